/* image.c - checks the bytes of a compiled lexicon and finds keys in them.
 *
 * A checksum tells damage; the numbers are checked all the same, so that not even an image with a
 * checksum that fits can lead a reader out of it, or round in circles. What they mean is
 * lexicon.c's matter.
 */
#include "lexicon/image.h"

#include "base/date.h"
#include "base/text.h"
#include "lexicon/lexicon.h"
#include "lexicon/phrase.h"

static uint64_t align(uint64_t offset)
{
    return (offset + 7) & ~(uint64_t)7;
}

ro_image_layout ro_image_layout_of(const ro_image_header *header)
{
    ro_image_layout layout = {.facts = sizeof *header};
    layout.forms = align(layout.facts + (uint64_t)header->facts * sizeof(ro_image_fact));
    layout.slots = align(layout.forms + (uint64_t)header->forms * sizeof(ro_image_form));
    layout.sectors = align(layout.slots + (uint64_t)header->slots * sizeof(ro_image_slot));
    layout.strings = align(layout.sectors + (uint64_t)header->sectors * sizeof(uint32_t));
    layout.length = align(layout.strings + header->strings);
    return layout;
}

uint32_t ro_image_hash(const char *key, size_t length)
{
    uint64_t hash = ro_text_hash(key, length, 0);
    return (uint32_t)(hash ^ hash >> 32);
}

uint64_t ro_image_checksum(const void *bytes, size_t length)
{
    size_t start = offsetof(ro_image_header, version);
    return ro_text_hash((const char *)bytes + start, length - start, 0);
}

/* ---- checking -------------------------------------------------------------------------------- */

static bool is_date(ro_date date)
{
    return (date.year == 0 && date.month == 0 && date.day == 0) ||
           ro_date_is_valid(date.year, date.month, date.day);
}

static bool facts_are_sound(const ro_image *image)
{
    uint32_t strings = image->header->strings;
    for (uint32_t i = 0; i < image->header->facts; i++) {
        const ro_image_fact *fact = &image->facts[i];
        if (fact->name >= strings || fact->code >= strings || fact->country >= strings ||
            fact->sectors >= strings || fact->role >= strings || fact->parent >= strings ||
            fact->source >= strings || fact->what >= RO_LEXICON_WHATS ||
            fact->pronoun >= RO_LEXICON_PRONOUNS || !is_date(fact->from) || !is_date(fact->until))
            return false;
    }
    return true;
}

static bool forms_are_sound(const ro_image *image)
{
    uint32_t count = image->header->forms;
    for (uint32_t i = 0; i < count; i++) {
        const ro_image_form *form = &image->forms[i];
        if (form->fact >= image->header->facts || form->spelling > RO_PHRASE_CASE_UPPER ||
            form->weak > 1 ||
            (form->next != RO_IMAGE_NONE && (form->next <= i || form->next >= count)))
            return false;
    }
    return true;
}

static bool slot_is_sound(const ro_image *image, const ro_image_slot *slot)
{
    const ro_image_header *header = image->header;
    if (slot->key >= header->strings)
        return false;
    switch (image->strings[slot->key]) {
    case RO_IMAGE_COUNTRY:
    case RO_IMAGE_NOUN:
        return slot->value < header->facts;
    case RO_IMAGE_SECTOR:
        return slot->value < header->sectors;
    case RO_IMAGE_OFFICE:
        return slot->value < header->forms;
    default:
        return slot->value == RO_IMAGE_NONE || slot->value < header->forms;
    }
}

/* One slot is free at least, at which looking for a key ends. */
static bool slots_are_sound(const ro_image *image)
{
    uint32_t count = image->header->slots, used = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (image->slots[i].key == 0)
            continue;
        used++;
        if (!slot_is_sound(image, &image->slots[i]))
            return false;
    }
    return count > 0 && (count & (count - 1)) == 0 && used < count;
}

static bool is_sound(const ro_image *image)
{
    const ro_image_header *header = image->header;
    if (header->strings == 0 || image->strings[0] != '\0' ||
        image->strings[header->strings - 1] != '\0')
        return false;
    for (uint32_t i = 0; i < header->sectors; i++)
        if (image->sectors[i] >= header->facts)
            return false;
    return facts_are_sound(image) && forms_are_sound(image) && slots_are_sound(image);
}

ro_status ro_image_open(const void *bytes, size_t length, ro_image *image)
{
    const ro_image_header *header = bytes;
    if (length < sizeof *header || memcmp(header->magic, RO_IMAGE_MAGIC, 8) != 0)
        return RO_STATUS_BAD_FORMAT;
    if (header->version != RO_IMAGE_VERSION || header->byte_order != RO_IMAGE_BYTE_ORDER)
        return RO_STATUS_BAD_VERSION;
    ro_image_layout layout = ro_image_layout_of(header);
    if (header->length != length || layout.length != length ||
        header->checksum != ro_image_checksum(bytes, length))
        return RO_STATUS_CORRUPT;
    const char *start = bytes;
    *image = (ro_image){
        .header = header,
        .facts = (const void *)(start + layout.facts),
        .forms = (const void *)(start + layout.forms),
        .slots = (const void *)(start + layout.slots),
        .sectors = (const void *)(start + layout.sectors),
        .strings = start + layout.strings,
    };
    return is_sound(image) ? RO_STATUS_OK : RO_STATUS_CORRUPT;
}

/* ---- finding --------------------------------------------------------------------------------- */

bool ro_image_find(const ro_image *image, const char *key, size_t length, uint32_t *value)
{
    uint32_t hash = ro_image_hash(key, length), mask = image->header->slots - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        const ro_image_slot *slot = &image->slots[at];
        if (slot->key == 0) {
            *value = RO_IMAGE_NONE;
            return false;
        }
        const char *found = image->strings + slot->key;
        if (slot->hash == hash && strncmp(found, key, length) == 0 && found[length] == '\0') {
            *value = slot->value;
            return true;
        }
    }
}
