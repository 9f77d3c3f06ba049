/* gazetteer_image.c - where the parts of a compiled gazetteer lie, and whether they lie in its
 * bytes. What stands in them is checked where it is read, by gazetteer.c.
 */
#include "where/gazetteer_image.h"

#include "base/text.h"

static uint64_t align(uint64_t offset)
{
    return (offset + 7) & ~(uint64_t)7;
}

ro_gazetteer_layout ro_gazetteer_image_layout(const ro_gazetteer_header *header)
{
    ro_gazetteer_layout layout = {.places = sizeof *header};
    uint64_t keys = (uint64_t)header->keys + 1;
    layout.keys = layout.places + (uint64_t)header->places * sizeof(ro_gazetteer_record);
    layout.entries = layout.keys + keys * sizeof(ro_gazetteer_key);
    layout.strings = align(layout.entries + (uint64_t)header->entries * sizeof(uint32_t));
    layout.length = align(layout.strings + header->strings);
    return layout;
}

uint64_t ro_gazetteer_image_checksum(const void *bytes, size_t length)
{
    size_t start = offsetof(ro_gazetteer_header, version);
    return ro_text_hash((const char *)bytes + start, length - start, 0);
}

ro_status ro_gazetteer_image_open(const void *bytes, size_t length, ro_gazetteer_image *image)
{
    const ro_gazetteer_header *header = bytes;
    if (length < sizeof *header || memcmp(header->magic, RO_GAZETTEER_IMAGE_MAGIC, 8) != 0)
        return RO_STATUS_BAD_FORMAT;
    if (header->version != RO_GAZETTEER_IMAGE_VERSION ||
        header->byte_order != RO_GAZETTEER_IMAGE_BYTE_ORDER)
        return RO_STATUS_BAD_VERSION;
    ro_gazetteer_layout layout = ro_gazetteer_image_layout(header);
    const char *start = bytes;
    /* a string ends at a NUL: the last byte is one, so that none goes on behind the strings */
    if (header->length != length || layout.length != length || header->strings == 0 ||
        header->countries > header->places || start[layout.strings + header->strings - 1] != '\0')
        return RO_STATUS_CORRUPT;
    *image = (ro_gazetteer_image){
        .header = header,
        .places = (const void *)(start + layout.places),
        .keys = (const void *)(start + layout.keys),
        .entries = (const void *)(start + layout.entries),
        .strings = start + layout.strings,
    };
    return RO_STATUS_OK;
}
