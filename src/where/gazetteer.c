/* gazetteer.c - finds names of places in a compiled gazetteer (gazetteer_image.h), mapped from a
 * file.
 *
 * Keys are in order, so looking for one is a binary search, and what stands behind it tells whether
 * a longer name begins with it: no beginnings are kept. Nothing is checked when it is opened but
 * the header: most of the table is never read. So every number and text of it is checked where it
 * is read; what is damaged is not found.
 */
#include "where/gazetteer.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "lexicon/phrase.h"
#include "where/gazetteer_image.h"

struct ro_gazetteer {
    ro_allocator allocator; /* a copy: the caller's may go away */
    ro_gazetteer_image image;
    ro_file_map map; /* length 0: the table is borrowed */
};

/* ---- opening --------------------------------------------------------------------------------- */

ro_status ro_gazetteer_open_table(const void *bytes, size_t length, const ro_allocator *allocator,
                                  ro_gazetteer **gazetteer)
{
    ro_gazetteer_image image;
    ro_status status = ro_gazetteer_image_open(bytes, length, &image);
    if (status != RO_STATUS_OK)
        return status;
    allocator = ro_alloc_or_default(allocator);
    ro_gazetteer *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    made->allocator = *allocator;
    made->image = image;
    *gazetteer = made;
    return RO_STATUS_OK;
}

static const char *reason_of(ro_status status)
{
    switch (status) {
    case RO_STATUS_BAD_FORMAT:
        return "is no gazetteer, expected what 'readout gazetteer compile' writes";
    case RO_STATUS_BAD_VERSION:
        return "was made by another version or on another machine, expected one compiled here";
    case RO_STATUS_CORRUPT:
        return "is damaged or cut short, expected the whole table";
    default:
        return ro_status_text(status);
    }
}

ro_status ro_gazetteer_open(const char *path, const ro_allocator *allocator,
                            ro_gazetteer **gazetteer, ro_error *error)
{
    ro_file_map map;
    ro_gazetteer *made = NULL;
    ro_status status = ro_file_map_open(path, &map, error);
    if (status != RO_STATUS_OK)
        return status;
    status = ro_gazetteer_open_table(map.data, map.length, allocator, &made);
    if (status != RO_STATUS_OK) {
        ro_file_map_close(&map);
        return ro_error_set_at(error, status, "gazetteer", path, 0, UINT64_MAX, "%s",
                               reason_of(status));
    }
    made->map = map;
    *gazetteer = made;
    return RO_STATUS_OK;
}

void ro_gazetteer_close(ro_gazetteer *gazetteer)
{
    if (gazetteer == NULL)
        return;
    ro_allocator allocator = gazetteer->allocator;
    ro_file_map_close(&gazetteer->map);
    ro_alloc_free(&allocator, gazetteer, 1, sizeof *gazetteer);
}

ro_text ro_gazetteer_table(const ro_gazetteer *gazetteer)
{
    const ro_gazetteer_header *header = gazetteer->image.header;
    return (ro_text){(const char *)header, (size_t)header->length};
}

bool ro_gazetteer_is_whole(const ro_gazetteer *gazetteer)
{
    ro_text table = ro_gazetteer_table(gazetteer);
    return gazetteer->image.header->checksum ==
           ro_gazetteer_image_checksum(table.data, table.length);
}

/* ---- places ---------------------------------------------------------------------------------- */

/* NULL if it does not lie among the strings, is too long for a name, or is no UTF-8. */
static const char *string_at(const ro_gazetteer_image *image, uint32_t offset)
{
    uint32_t size = image->header->strings;
    if (offset >= size)
        return NULL;
    const char *start = image->strings + offset;
    size_t room = size - offset < RO_GAZETTEER_KEY ? size - offset : RO_GAZETTEER_KEY;
    const char *end = memchr(start, '\0', room);
    return end != NULL && ro_text_is_valid((ro_text){start, (size_t)(end - start)}) ? start : NULL;
}

static bool is_country(const char code[4])
{
    bool is_none = code[0] == '\0', is_code = true;
    for (int i = 0; i < 3; i++)
        is_code = is_code && code[i] >= 'A' && code[i] <= 'Z';
    return (is_none || is_code) && code[3] == '\0';
}

static bool is_within(int32_t coordinate, int32_t degrees)
{
    return coordinate >= -degrees * 100000 && coordinate <= degrees * 100000;
}

bool ro_gazetteer_place_at(const ro_gazetteer *gazetteer, uint32_t index, ro_gazetteer_place *place)
{
    const ro_gazetteer_image *image = &gazetteer->image;
    if (index >= image->header->places)
        return false;
    const ro_gazetteer_record *from = &image->places[index];
    const char *name = string_at(image, from->name), *within = string_at(image, from->within);
    if (name == NULL || name[0] == '\0' || within == NULL || from->kind >= RO_PLACE_KIND_DEMONYM ||
        !is_country(from->country) || !is_within(from->latitude, 90) ||
        !is_within(from->longitude, 180))
        return false;
    *place = (ro_gazetteer_place){
        .index = index,
        .name = name,
        .kind = (ro_place_kind)from->kind,
        .country = from->country,
        .within = within,
        .latitude = from->latitude / 100000.0,
        .longitude = from->longitude / 100000.0,
        .people = from->people,
        .geonames_id = from->geonames_id,
    };
    return true;
}

bool ro_gazetteer_at(const ro_gazetteer *gazetteer, uint32_t entry, ro_gazetteer_place *place,
                     ro_gazetteer_use *use)
{
    const ro_gazetteer_image *image = &gazetteer->image;
    if (entry >= image->header->entries)
        return false;
    uint32_t found = image->entries[entry], naming = found >> RO_GAZETTEER_ENTRY_NAMING & 3;
    if (naming > RO_GAZETTEER_NAMING_ADJECTIVE ||
        !ro_gazetteer_place_at(gazetteer, found & RO_GAZETTEER_ENTRY_PLACE, place))
        return false;
    if (use != NULL)
        *use =
            (ro_gazetteer_use){(ro_gazetteer_naming)naming, (found & RO_GAZETTEER_ENTRY_WEAK) != 0};
    return true;
}

uint32_t ro_gazetteer_place_count(const ro_gazetteer *gazetteer)
{
    return gazetteer->image.header->places;
}

uint32_t ro_gazetteer_name_count(const ro_gazetteer *gazetteer)
{
    return gazetteer->image.header->keys;
}

/* ---- names ----------------------------------------------------------------------------------- */

/* The text of a key, "" if it does not lie among the strings; these end with a NUL. */
static const char *key_at(const ro_gazetteer_image *image, uint32_t index)
{
    uint32_t text = image->keys[index].text;
    return text < image->header->strings ? image->strings + text : "";
}

/* The first key from low on that does not come before the one given. */
static uint32_t search(const ro_gazetteer_image *image, uint32_t low, const char *key,
                       size_t length)
{
    uint32_t high = image->header->keys;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strncmp(key_at(image, middle), key, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool begins(const ro_gazetteer_image *image, uint32_t index, const char *key, size_t length)
{
    return index < image->header->keys && strncmp(key_at(image, index), key, length) == 0;
}

bool ro_gazetteer_read(const ro_gazetteer *gazetteer, ro_gazetteer_cursor *cursor, ro_text token)
{
    const ro_gazetteer_image *image = &gazetteer->image;
    size_t length = ro_phrase_add(token, cursor->key, cursor->length, sizeof cursor->key);
    cursor->count = 0;
    if (length == SIZE_MAX)
        return false;
    if (length == cursor->length)
        return length > 0;
    uint32_t at = search(image, cursor->low, cursor->key, length), next = at;
    if (begins(image, at, cursor->key, length) && key_at(image, at)[length] == '\0') {
        uint32_t first = image->keys[at].first, end = image->keys[at + 1].first;
        if (first < end && end <= image->header->entries) {
            cursor->first = first;
            cursor->count = end - first;
        }
        next = at + 1;
    }
    cursor->low = at;
    cursor->length = (uint32_t)length;
    return next > at ||
           (begins(image, at, cursor->key, length) && key_at(image, at)[length] == ' ');
}

uint32_t ro_gazetteer_find(const ro_gazetteer *gazetteer, ro_text phrase, uint32_t *first)
{
    ro_gazetteer_cursor cursor = RO_GAZETTEER_CURSOR;
    ro_gazetteer_read(gazetteer, &cursor, phrase);
    *first = cursor.first;
    return cursor.count;
}

/* ---- countries ------------------------------------------------------------------------------- */

bool ro_gazetteer_country(const ro_gazetteer *gazetteer, const char *alpha3,
                          ro_gazetteer_place *place)
{
    const ro_gazetteer_image *image = &gazetteer->image;
    uint32_t low = 0, high = image->header->countries;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strncmp(image->places[middle].country, alpha3, 4);
        if (order == 0)
            return ro_gazetteer_place_at(gazetteer, middle, place);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
