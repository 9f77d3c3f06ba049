/* gazetteer_make.c - makes the table of a gazetteer (gazetteer_image.h) of the draft that
 * gazetteer_draft.c reads.
 *
 * Places are numbered, countries first, and names sorted: by key, then by people, so that an entry
 * is found where it stands. Then all is written in one go: the same text gives the same bytes.
 */
#include "where/gazetteer_make.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "where/gazetteer_draft.h"
#include "where/gazetteer_image.h"

#include <stdlib.h>

/* A name with all that it is sorted by. */
typedef struct entry {
    const char *key;
    uint32_t people, place; /* as numbered */
    uint32_t order;         /* in which the names count */
    uint32_t text;          /* where the key stands, 0 if it is that of the entry before */
    uint8_t naming;
    bool weak;
} entry;

typedef struct plan {
    ro_gazetteer_draft *draft;
    ro_map *offsets;                         /* a string -> where it stands */
    const ro_gazetteer_draft_place **places; /* as numbered */
    uint32_t *numbers;                       /* place of the draft -> number */
    RO_LIST(ro_text) strings;                /* in the order of their offsets */
    entry *entries;
    ro_gazetteer_header header;
} plan;

/* ---- strings --------------------------------------------------------------------------------- */

static ro_status add_string(plan *to, ro_text text, uint32_t *offset)
{
    if (to->header.strings + (uint64_t)text.length + 1 > UINT32_MAX)
        return RO_STATUS_TOO_LARGE;
    ro_text *added = RO_LIST_ADD(to->draft->arena, &to->strings);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = text;
    *offset = to->header.strings;
    to->header.strings += (uint32_t)text.length + 1;
    return RO_STATUS_OK;
}

static ro_status share_string(plan *to, ro_text text)
{
    uint32_t offset;
    if (ro_map_get(to->offsets, text, &offset))
        return RO_STATUS_OK;
    ro_status status = add_string(to, text, &offset);
    return status == RO_STATUS_OK ? ro_map_set(to->offsets, text, offset) : status;
}

static uint32_t offset_of(const plan *from, ro_text text)
{
    uint32_t offset = 0;
    ro_map_get(from->offsets, text, &offset);
    return offset;
}

/* ---- places ---------------------------------------------------------------------------------- */

/* By their codes; of two with one code the earlier first. */
static int compare_countries(const void *a, const void *b)
{
    const ro_gazetteer_draft_place *left = *(const ro_gazetteer_draft_place *const *)a;
    const ro_gazetteer_draft_place *right = *(const ro_gazetteer_draft_place *const *)b;
    int order = memcmp(left->country.data, right->country.data, 3);
    return order != 0 ? order : (left > right) - (left < right);
}

static ro_status number_places(plan *to)
{
    const ro_gazetteer_draft *draft = to->draft;
    uint32_t count = draft->places.count, at = 0;
    to->places = ro_arena_alloc(draft->arena, count, sizeof(void *));
    to->numbers = ro_arena_alloc(draft->arena, count, sizeof *to->numbers);
    if (to->places == NULL || to->numbers == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (int countries = 1; countries >= 0; countries--) {
        for (uint32_t i = 0; i < count; i++)
            if ((draft->places.items[i].kind == RO_PLACE_KIND_COUNTRY) == countries)
                to->places[at++] = &draft->places.items[i];
        if (countries)
            to->header.countries = at;
    }
    if (to->header.countries > 1)
        qsort(to->places, to->header.countries, sizeof *to->places, compare_countries);
    ro_status status = share_string(to, (ro_text){"", 0});
    for (uint32_t i = 0; i < count && status == RO_STATUS_OK; i++) {
        to->numbers[to->places[i] - draft->places.items] = i;
        status = share_string(to, to->places[i]->name);
        if (status == RO_STATUS_OK)
            status = share_string(to, to->places[i]->within);
    }
    to->header.places = count;
    return count <= RO_GAZETTEER_ENTRY_PLACE ? status : RO_STATUS_TOO_LARGE;
}

/* ---- names ----------------------------------------------------------------------------------- */

static int compare_entries(const void *a, const void *b)
{
    const entry *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    if (order != 0)
        return order;
    if (left->people != right->people)
        return left->people > right->people ? -1 : 1;
    if (left->place != right->place)
        return left->place < right->place ? -1 : 1;
    return left->order < right->order ? -1 : 1;
}

/* Where a place has a key twice, the first counts. */
static ro_status keep_entries(plan *to, uint32_t count)
{
    ro_status status = RO_STATUS_OK;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count && status == RO_STATUS_OK; i++) {
        const entry *last = kept > 0 ? &to->entries[kept - 1] : NULL;
        entry next = to->entries[i];
        bool is_same = last != NULL && strcmp(last->key, next.key) == 0;
        if (is_same && last->place == next.place)
            continue;
        if (!is_same) {
            to->header.keys++;
            status = add_string(to, ro_text_of(next.key), &next.text);
        }
        to->entries[kept++] = next;
    }
    to->header.entries = kept;
    return status;
}

static ro_status sort_names(plan *to)
{
    const ro_gazetteer_draft *draft = to->draft;
    uint32_t count = draft->names.count;
    to->entries = ro_arena_alloc(draft->arena, count, sizeof *to->entries);
    if (to->entries == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const ro_gazetteer_draft_name *name = &draft->names.items[i];
        to->entries[i] = (entry){.key = name->key,
                                 .people = draft->places.items[name->place].people,
                                 .place = to->numbers[name->place],
                                 .order = i,
                                 .naming = name->naming,
                                 .weak = name->weak};
    }
    if (count > 1)
        qsort(to->entries, count, sizeof *to->entries, compare_entries);
    return keep_entries(to, count);
}

/* ---- the table ------------------------------------------------------------------------------- */

static void write_places(const plan *from, ro_gazetteer_record *records)
{
    for (uint32_t i = 0; i < from->header.places; i++) {
        const ro_gazetteer_draft_place *place = from->places[i];
        records[i] = (ro_gazetteer_record){.name = offset_of(from, place->name),
                                           .within = offset_of(from, place->within),
                                           .geonames_id = place->geonames_id,
                                           .people = place->people,
                                           .latitude = place->latitude,
                                           .longitude = place->longitude,
                                           .kind = (uint8_t)place->kind};
        if (place->country.length == 3)
            memcpy(records[i].country, place->country.data, 3);
    }
}

static void write_names(const plan *from, ro_gazetteer_key *keys, uint32_t *entries)
{
    for (uint32_t i = 0; i < from->header.entries; i++) {
        const entry *each = &from->entries[i];
        if (each->text != 0)
            *keys++ = (ro_gazetteer_key){each->text, i};
        entries[i] = each->place | (uint32_t)each->naming << RO_GAZETTEER_ENTRY_NAMING |
                     (each->weak ? RO_GAZETTEER_ENTRY_WEAK : 0);
    }
    *keys = (ro_gazetteer_key){0, from->header.entries};
}

static ro_status write_table(plan *from, const ro_allocator *allocator, void **table,
                             size_t *length)
{
    ro_gazetteer_header *header = &from->header;
    ro_gazetteer_layout layout = ro_gazetteer_image_layout(header);
    char *start =
        layout.length <= SIZE_MAX ? ro_alloc_aligned(allocator, (size_t)layout.length, 1) : NULL;
    if (start == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    memset(start, 0, (size_t)layout.length);
    memcpy(header->magic, RO_GAZETTEER_IMAGE_MAGIC, sizeof header->magic);
    header->version = RO_GAZETTEER_IMAGE_VERSION;
    header->byte_order = RO_GAZETTEER_IMAGE_BYTE_ORDER;
    header->length = layout.length;
    write_places(from, (void *)(start + layout.places));
    write_names(from, (void *)(start + layout.keys), (void *)(start + layout.entries));
    char *string = start + layout.strings;
    for (uint32_t i = 0; i < from->strings.count; i++) {
        ro_text text = from->strings.items[i];
        memcpy(string, text.data, text.length);
        string += text.length + 1;
    }
    memcpy(start, header, sizeof *header);
    header->checksum = ro_gazetteer_image_checksum(start, (size_t)layout.length);
    memcpy(start, header, sizeof *header);
    *table = start;
    *length = (size_t)layout.length;
    return RO_STATUS_OK;
}

ro_status ro_gazetteer_make_table(const ro_gazetteer_text *texts, size_t count,
                                  const ro_allocator *allocator, void **table, size_t *length,
                                  ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_gazetteer_draft draft = {.arena = ro_arena_new(allocator), .same = ro_map_new(allocator)};
    plan made = {.draft = &draft, .offsets = ro_map_new(allocator)};
    ro_status status = RO_STATUS_OUT_OF_MEMORY;
    if (draft.arena != NULL && draft.same != NULL && made.offsets != NULL)
        status = ro_gazetteer_draft_read(&draft, texts, count, error);
    if (status == RO_STATUS_OK)
        status = number_places(&made);
    if (status == RO_STATUS_OK)
        status = sort_names(&made);
    if (status == RO_STATUS_OK)
        status = write_table(&made, allocator, table, length);
    ro_map_free(draft.same);
    ro_map_free(made.offsets);
    ro_arena_free(draft.arena);
    if (status != RO_STATUS_OK && status != RO_STATUS_BAD_FORMAT)
        ro_error_set(error, status, "gazetteer", "%s", ro_status_text(status));
    return status;
}
