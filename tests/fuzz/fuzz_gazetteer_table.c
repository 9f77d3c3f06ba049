/* fuzz_gazetteer_table.c - a compiled gazetteer of any bytes is refused, or all that it gives can be
 * read. The bytes are tried as they are, and again under a header that fits their length.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "fuzz.h"
#include "where/gazetteer.h"
#include "where/gazetteer_image.h"

/* Reads a place; its strings are whole and valid. */
static void read_place(const ro_gazetteer_place *place)
{
    fuzz_require(ro_text_is_valid(ro_text_of(place->name)) && place->name[0] != '\0');
    fuzz_require(ro_text_is_valid(ro_text_of(place->within)) && strlen(place->country) <= 3);
}

static void read_phrase(const ro_gazetteer *gazetteer, ro_text phrase)
{
    uint32_t first, count = ro_gazetteer_find(gazetteer, phrase, &first);
    for (uint32_t i = 0; i < count && i < 64; i++) {
        ro_gazetteer_place place;
        if (ro_gazetteer_at(gazetteer, first + i, &place, NULL))
            read_place(&place);
    }
    ro_gazetteer_cursor cursor = RO_GAZETTEER_CURSOR;
    for (size_t at = 0; at < phrase.length;) {
        size_t start = at;
        ro_text_decode(phrase, &at);
        if (!ro_gazetteer_read(gazetteer, &cursor, (ro_text){phrase.data + start, at - start}))
            break;
    }
}

static void try_bytes(const void *bytes, size_t size)
{
    static const char *const phrases[] = {"a", "Paris", "new york", "zz"};
    ro_gazetteer *gazetteer = NULL;
    if (ro_gazetteer_open_table(bytes, size, NULL, &gazetteer) != RO_STATUS_OK)
        return;
    ro_gazetteer_is_whole(gazetteer);
    for (uint32_t i = 0; i < ro_gazetteer_place_count(gazetteer); i++) {
        ro_gazetteer_place place, other;
        if (!ro_gazetteer_place_at(gazetteer, i, &place))
            continue;
        read_place(&place);
        read_phrase(gazetteer, ro_text_of(place.name));
        if (ro_gazetteer_country(gazetteer, place.country, &other))
            read_place(&other);
    }
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        read_phrase(gazetteer, ro_text_of(phrases[i]));
    ro_gazetteer_close(gazetteer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ro_allocator *allocator = ro_alloc_default();
    unsigned char *copy = ro_alloc_aligned(allocator, size + 1, 1);
    if (copy == NULL)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    try_bytes(copy, size);
    if (size >= sizeof(ro_gazetteer_header)) {
        ro_gazetteer_header header;
        memcpy(&header, copy, sizeof header);
        memcpy(header.magic, RO_GAZETTEER_IMAGE_MAGIC, sizeof header.magic);
        header.version = RO_GAZETTEER_IMAGE_VERSION;
        header.byte_order = RO_GAZETTEER_IMAGE_BYTE_ORDER;
        header.length = size;
        memcpy(copy, &header, sizeof header);
        try_bytes(copy, size);
    }
    ro_alloc_free_aligned(allocator, copy, size + 1, 1);
    return 0;
}
