/* gazetteer_draft.c - reads the text of a gazetteer: checks every field, and lays earlier files
 * over later ones. What becomes of it is gazetteer_make.c's. The format: docs/gazetteer.md.
 *
 * A place of a later file is one that an earlier file has if its GeoNames id is the same; or if
 * kind and country are and its main name is a form of it (of a country the code is enough), and
 * they are not apart (is_apart). Then it only fills in what the earlier one lacks.
 */
#include "where/gazetteer_draft.h"

#include "base/text.h"
#include "lexicon/phrase.h"
#include "lexicon/table.h"

#include <stdlib.h>

enum { KIND, COUNTRY, FORMS, ADJECTIVES, LATITUDE, LONGITUDE, PEOPLE, GEONAMES_ID, WITHIN, FIELDS };
enum { DEGREE = 100000 };
/* How many places of a name, kind and country a later one is held against: more than there are. */
enum { NAMESAKES = 256 };

typedef struct reader {
    ro_gazetteer_draft *draft;
    ro_table table;
    uint32_t earlier; /* places of the files before */
    ro_error *error;
} reader;

static ro_status refuse(const reader *from, const char *expected, ro_text found)
{
    return ro_table_fault(&from->table, from->error, expected, found);
}

static bool is_none(ro_text field)
{
    return ro_text_equal_string(field, "-");
}

/* ---- fields ---------------------------------------------------------------------------------- */

/* Reads decimal degrees, rounded to a hundred thousandth; false if they are none or beyond most. */
static bool parse_degrees(ro_text text, int32_t most, int32_t *degrees)
{
    bool is_negative = text.length > 0 && text.data[0] == '-', has_point = false;
    int64_t value = 0, scale = DEGREE;
    size_t digits = 0;
    for (size_t i = is_negative; i < text.length; i++) {
        char byte = text.data[i];
        if (byte == '.' && !has_point && digits > 0) {
            has_point = true;
            continue;
        }
        if (byte < '0' || byte > '9' || ++digits > 18)
            return false;
        if (!has_point)
            value = value * 10 + (byte - '0') * (int64_t)DEGREE;
        else if (scale > 0)
            value += (scale /= 10) > 0 ? (byte - '0') * scale : byte >= '5';
        if (value > most * (int64_t)DEGREE)
            return false;
    }
    *degrees = (int32_t)(is_negative ? -value : value);
    return digits > 0;
}

/* Reads a number of at most 18 digits; one too large for the table is the largest there. */
static bool parse_number(ro_text text, uint32_t *number)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.data[i] - '0');
    }
    *number = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
    return text.length > 0 && text.length <= 18;
}

static bool is_code(ro_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < 'A' || text.data[i] > 'Z')
            return false;
    return text.length == 3;
}

/* A NUL would cut a name, other control characters spoil what shows it. */
static ro_status check_characters(const reader *from)
{
    if (from->table.field_count != FIELDS)
        return refuse(from, "nine fields between tabs", from->table.fields[KIND]);
    for (size_t i = 0; i < FIELDS; i++) {
        ro_text field = from->table.fields[i];
        for (size_t at = 0; at < field.length;)
            if (ro_text_is_control(ro_text_decode(field, &at)))
                return refuse(from, "text", RO_TEXT("a control character"));
    }
    return RO_STATUS_OK;
}

static ro_status read_place(const reader *from, ro_gazetteer_draft_place *place)
{
    const ro_text *fields = from->table.fields;
    ro_status status = check_characters(from);
    if (status != RO_STATUS_OK)
        return status;
    if (!ro_place_kind_parse(fields[KIND], &place->kind) || place->kind == RO_PLACE_KIND_DEMONYM)
        return refuse(from, "country, region, city, facility, water, mountain or area",
                      fields[KIND]);
    if (is_code(fields[COUNTRY]))
        place->country = fields[COUNTRY];
    else if (place->kind == RO_PLACE_KIND_COUNTRY || !is_none(fields[COUNTRY]))
        return refuse(from, "a country of three capitals", fields[COUNTRY]);
    if (!parse_degrees(fields[LATITUDE], 90, &place->latitude))
        return refuse(from, "a latitude from -90 to 90", fields[LATITUDE]);
    if (!parse_degrees(fields[LONGITUDE], 180, &place->longitude))
        return refuse(from, "a longitude from -180 to 180", fields[LONGITUDE]);
    if (!parse_number(fields[PEOPLE], &place->people))
        return refuse(from, "a number of people", fields[PEOPLE]);
    if (!is_none(fields[GEONAMES_ID]) && !parse_number(fields[GEONAMES_ID], &place->geonames_id))
        return refuse(from, "a GeoNames id or -", fields[GEONAMES_ID]);
    if (fields[WITHIN].length >= RO_GAZETTEER_KEY)
        return refuse(from, "a division of at most 159 bytes", fields[WITHIN]);
    if (!is_none(fields[WITHIN]))
        place->within = fields[WITHIN];
    return RO_STATUS_OK;
}

/* ---- names ----------------------------------------------------------------------------------- */

static bool has_letter(ro_text text)
{
    for (size_t at = 0; at < text.length;)
        if (ro_text_is_alpha(ro_text_decode(text, &at)))
            return true;
    return false;
}

/* Adds a name of a place; *form gets it without the sign of a weak one. */
static ro_status add_name(const reader *from, uint32_t place, ro_gazetteer_naming naming,
                          ro_text *form)
{
    char key[RO_GAZETTEER_KEY];
    ro_text piece = *form;
    bool weak = ro_text_starts(piece, "?");
    if (weak)
        piece = ro_text_trim((ro_text){piece.data + 1, piece.length - 1});
    size_t length = piece.length < sizeof key ? ro_phrase_add(piece, key, 0, sizeof key) : SIZE_MAX;
    if (length == 0 || length == SIZE_MAX || !has_letter(piece))
        return refuse(from, "forms of at most 150 bytes, with letters", piece);
    ro_arena *arena = from->draft->arena;
    ro_gazetteer_draft_name *added = RO_LIST_ADD(arena, &from->draft->names);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added =
        (ro_gazetteer_draft_name){ro_arena_copy(arena, key, length), place, (uint8_t)naming, weak};
    *form = piece;
    return added->key != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

/* Adds the names of a place; the first form is the main one. */
static ro_status add_names(const reader *from, uint32_t place)
{
    ro_text forms = from->table.fields[FORMS], adjectives = from->table.fields[ADJECTIVES], form;
    ro_text *name = &from->draft->places.items[place].name;
    ro_gazetteer_naming naming = RO_GAZETTEER_NAMING_MAIN;
    ro_status status = RO_STATUS_OK;
    while (status == RO_STATUS_OK && ro_table_piece(&forms, '|', &form)) {
        status = add_name(from, place, naming, &form);
        if (naming == RO_GAZETTEER_NAMING_MAIN)
            *name = form;
        naming = RO_GAZETTEER_NAMING_OTHER;
    }
    if (status == RO_STATUS_OK && naming == RO_GAZETTEER_NAMING_MAIN)
        status = refuse(from, "forms between '|' as the third field", RO_TEXT("none"));
    if (is_none(adjectives))
        return status;
    while (status == RO_STATUS_OK && ro_table_piece(&adjectives, '|', &form))
        status = add_name(from, place, RO_GAZETTEER_NAMING_ADJECTIVE, &form);
    return status;
}

/* ---- the same place in two files ------------------------------------------------------------- */

/* "2988507"; NULL when out of memory. */
static const char *key_of_id(ro_arena *arena, const ro_gazetteer_draft_place *place)
{
    return ro_arena_format(arena, "%lu", (unsigned long)place->geonames_id);
}

/* "city FRA paris"; NULL when out of memory. name is a key. */
static const char *key_of_name(ro_arena *arena, const ro_gazetteer_draft_place *place,
                               const char *name)
{
    if (place->kind == RO_PLACE_KIND_COUNTRY)
        name = "";
    return ro_arena_format(arena, "%s %.*s %s", ro_place_kind_name(place->kind),
                           (int)place->country.length, place->country.data, name);
}

/* Divisions of two levels, what lies in two divisions, and points that are more than a degree
 * apart. */
static bool is_apart(const ro_gazetteer_draft_place *a, const ro_gazetteer_draft_place *b)
{
    bool is_point = a->kind == RO_PLACE_KIND_CITY || a->kind == RO_PLACE_KIND_FACILITY;
    bool are_within = a->within.length > 0 && b->within.length > 0;
    if ((are_within || a->kind == RO_PLACE_KIND_REGION) && !ro_text_equal(a->within, b->within))
        return true;
    int32_t around = abs(a->longitude - b->longitude);
    if (around > 180 * DEGREE)
        around = 360 * DEGREE - around;
    return is_point && (abs(a->latitude - b->latitude) > DEGREE || around > DEGREE);
}

/* The place of an earlier file that is this one, RO_GAZETTEER_DRAFT_NONE if there is none. */
static ro_status find_earlier(const ro_gazetteer_draft *draft,
                              const ro_gazetteer_draft_place *place, const char *name,
                              uint32_t *found)
{
    const char *id = key_of_id(draft->arena, place);
    const char *key = key_of_name(draft->arena, place, name);
    uint32_t at = RO_GAZETTEER_DRAFT_NONE;
    if (id == NULL || key == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    bool is_known = place->geonames_id != 0 && ro_map_get(draft->same, ro_text_of(id), &at);
    if (!is_known)
        ro_map_get(draft->same, ro_text_of(key), &at);
    int steps = 0;
    while (!is_known && at != RO_GAZETTEER_DRAFT_NONE &&
           is_apart(&draft->places.items[draft->links.items[at].place], place))
        at = steps++ < NAMESAKES ? draft->links.items[at].next : RO_GAZETTEER_DRAFT_NONE;
    *found = at != RO_GAZETTEER_DRAFT_NONE ? draft->links.items[at].place : at;
    return RO_STATUS_OK;
}

/* Makes the place just read, the last one, part of one of an earlier file that is the same. The
 * names from first_name on are its own. */
static ro_status lay_under(ro_gazetteer_draft *draft, uint32_t first_name)
{
    ro_gazetteer_draft_place *last = &draft->places.items[draft->places.count - 1];
    uint32_t at;
    ro_status status = find_earlier(draft, last, draft->names.items[first_name].key, &at);
    if (status != RO_STATUS_OK || at == RO_GAZETTEER_DRAFT_NONE)
        return status;
    ro_gazetteer_draft_place *there = &draft->places.items[at];
    if (there->people == 0)
        there->people = last->people;
    if (there->geonames_id == 0)
        there->geonames_id = last->geonames_id;
    if (there->within.length == 0)
        there->within = last->within;
    for (uint32_t i = first_name; i < draft->names.count; i++) {
        ro_gazetteer_draft_name *name = &draft->names.items[i];
        name->place = at;
        if (name->naming == RO_GAZETTEER_NAMING_MAIN)
            name->naming = RO_GAZETTEER_NAMING_OTHER;
    }
    draft->places.count--;
    return RO_STATUS_OK;
}

/* Puts a place before those that a key leads to. */
static ro_status link_place(ro_gazetteer_draft *draft, const char *key, uint32_t place)
{
    uint32_t next = RO_GAZETTEER_DRAFT_NONE;
    if (key == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_gazetteer_draft_link *added = RO_LIST_ADD(draft->arena, &draft->links);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_map_get(draft->same, ro_text_of(key), &next);
    *added = (ro_gazetteer_draft_link){place, next};
    return ro_map_set(draft->same, ro_text_of(key), draft->links.count - 1);
}

/* Lets places be found by the names from first_name on and by their ids; of several that are called
 * the same the first one first. */
static ro_status link_names(ro_gazetteer_draft *draft, uint32_t first_name, bool regions_only)
{
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = draft->names.count; i-- > first_name && status == RO_STATUS_OK;) {
        const ro_gazetteer_draft_name *name = &draft->names.items[i];
        const ro_gazetteer_draft_place *place = &draft->places.items[name->place];
        if (name->naming == RO_GAZETTEER_NAMING_ADJECTIVE ||
            (regions_only && place->kind != RO_PLACE_KIND_REGION))
            continue;
        status = link_place(draft, key_of_name(draft->arena, place, name->key), name->place);
        if (status == RO_STATUS_OK && place->geonames_id != 0)
            status = link_place(draft, key_of_id(draft->arena, place), name->place);
    }
    return status;
}

/* Calls the divisions that places lie in by their main names, so that they are found by them. */
static ro_status name_divisions(ro_gazetteer_draft *draft)
{
    char name[RO_GAZETTEER_KEY + 1];
    ro_status status = link_names(draft, 0, true);
    for (uint32_t i = 0; i < draft->places.count && status == RO_STATUS_OK; i++) {
        ro_gazetteer_draft_place *place = &draft->places.items[i];
        ro_gazetteer_draft_place division = {
            .kind = RO_PLACE_KIND_REGION, .country = place->country, .within = {"", 0}};
        uint32_t found;
        size_t length = ro_phrase_add(place->within, name, 0, RO_GAZETTEER_KEY);
        if (length == 0 || length == SIZE_MAX)
            continue;
        name[length] = '\0';
        status = find_earlier(draft, &division, name, &found);
        if (status == RO_STATUS_OK && found != RO_GAZETTEER_DRAFT_NONE)
            place->within = draft->places.items[found].name;
    }
    return status;
}

/* ---- files ----------------------------------------------------------------------------------- */

static ro_status read_line(reader *from)
{
    ro_gazetteer_draft *draft = from->draft;
    ro_gazetteer_draft_place place = {.name = {"", 0}, .within = {"", 0}, .country = {"", 0}};
    ro_status status = read_place(from, &place);
    if (status != RO_STATUS_OK)
        return status;
    uint32_t first_name = draft->names.count;
    ro_gazetteer_draft_place *added = RO_LIST_ADD(draft->arena, &draft->places);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = place;
    status = add_names(from, draft->places.count - 1);
    return status == RO_STATUS_OK && from->earlier > 0 ? lay_under(draft, first_name) : status;
}

ro_status ro_gazetteer_draft_read(ro_gazetteer_draft *draft, const ro_gazetteer_text *texts,
                                  size_t count, ro_error *error)
{
    ro_status status = RO_STATUS_OK;
    for (size_t i = 0; i < count && status == RO_STATUS_OK; i++) {
        reader from = {.draft = draft, .earlier = draft->places.count, .error = error};
        uint32_t first_name = draft->names.count;
        from.table = (ro_table){.map = {texts[i].bytes.data, texts[i].bytes.length},
                                .path = texts[i].path,
                                .limit = FIELDS};
        while ((status = ro_table_next(&from.table, error)) == RO_STATUS_OK)
            if ((status = read_line(&from)) != RO_STATUS_OK)
                return status;
        if (status == RO_STATUS_END)
            status = i + 1 < count ? link_names(draft, first_name, false) : RO_STATUS_OK;
    }
    return status == RO_STATUS_OK ? name_divisions(draft) : status;
}
