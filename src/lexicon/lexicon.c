/* lexicon.c - plain-text facts about actors and places, found by longest phrase.
 *
 * Reading and comparing words is table.c's and phrase.c's job; this file checks the facts and
 * keeps them. A form is a key in one hash table, and so is every beginning of a form that ends
 * with a word: reading a phrase stops at the first word with which no form goes on.
 *
 * Forms of one key are chained in the order of the files. Offices are chained by "FRA president".
 */
#include "lexicon/lexicon.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "lexicon/phrase.h"
#include "lexicon/table.h"

#include <stdio.h>

typedef struct form {
    uint32_t fact, next;
    ro_phrase_case spelling;
} form;

typedef RO_LIST(form) form_list;

struct ro_lexicon {
    ro_allocator allocator; /* a copy: the caller's may go away */
    ro_arena *arena;
    ro_map *keys;    /* phrase key -> the first form, or RO_LEXICON_NONE for a mere beginning */
    ro_map *states;  /* alpha-3 -> fact                                                      */
    ro_map *sectors; /* GOV -> fact                                                          */
    ro_map *offices; /* "FRA president" -> its first holder                                  */
    RO_LIST(ro_fact) facts;
    form_list forms, holders;
};

/* Sectors and countries come first: the codes of the others are checked against them. */
static const char *const file_names[] = {"sectors.tsv", "countries.tsv", "leaders.tsv",
                                         "organizations.tsv", "roles.tsv"};

static const char *const what_names[] = {
#define RO_FACT_WHAT(member, name) name,
#include "lexicon/fact_what.def"
#undef RO_FACT_WHAT
};

static bool parse_what(ro_text name, ro_fact_what *what)
{
    for (size_t i = 0; i < sizeof what_names / sizeof what_names[0]; i++) {
        if (ro_text_equal_string(name, what_names[i])) {
            *what = (ro_fact_what)i;
            return true;
        }
    }
    return false;
}

static bool is_role_like(ro_fact_what what)
{
    return what == RO_FACT_WHAT_ROLE || what == RO_FACT_WHAT_BODY || what == RO_FACT_WHAT_GROUP;
}

/* Appends an entry to the chain that map holds under key. */
static ro_status chain(ro_lexicon *lexicon, ro_map *map, form_list *list, ro_text key, form entry)
{
    uint32_t last = RO_LEXICON_NONE;
    ro_map_get(map, key, &last);
    for (uint32_t i = last; i != RO_LEXICON_NONE; i = list->items[i].next) {
        if (list->items[i].fact == entry.fact && list->items[i].spelling == entry.spelling)
            return RO_STATUS_OK;
        last = i;
    }
    form *added = RO_LIST_ADD(lexicon->arena, list);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    entry.next = RO_LEXICON_NONE;
    *added = entry;
    if (last == RO_LEXICON_NONE)
        return ro_map_set(map, key, list->count - 1);
    list->items[last].next = list->count - 1;
    return RO_STATUS_OK;
}

/* Adds a form and every beginning of it. */
static ro_status add_form(ro_lexicon *lexicon, uint32_t fact, ro_text written)
{
    char key[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(written, key, 0, sizeof key);
    if (length == 0 || length == SIZE_MAX)
        return RO_STATUS_BAD_FORMAT;
    for (size_t i = 1; i < length; i++) {
        uint32_t there;
        if (key[i] != ' ' || ro_map_get(lexicon->keys, (ro_text){key, i}, &there))
            continue;
        if (ro_map_set(lexicon->keys, (ro_text){key, i}, RO_LEXICON_NONE) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    form entry = {.fact = fact, .spelling = ro_phrase_case_of(written)};
    return chain(lexicon, lexicon->keys, &lexicon->forms, (ro_text){key, length}, entry);
}

/* A role's plural is a form of it, too. */
static ro_status add_forms(ro_lexicon *lexicon, uint32_t fact, ro_text forms)
{
    ro_text piece;
    while (ro_table_piece(&forms, '|', &piece)) {
        ro_status status = add_form(lexicon, fact, piece);
        char plural[RO_LEXICON_KEY];
        size_t length = ro_phrase_plural(piece, plural, sizeof plural);
        if (status == RO_STATUS_OK && is_role_like(lexicon->facts.items[fact].what) &&
            length != SIZE_MAX)
            status = add_form(lexicon, fact, (ro_text){plural, length});
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}

/* Reads a day; "2012" and "2012-05" stand for their first day, or their last if it is an end. */
static bool parse_day(ro_text text, bool is_end, ro_date *date)
{
    char day[] = "0000-01-01";
    *date = RO_DATE_NONE;
    if (text.length == 0)
        return true;
    if (text.length != 4 && text.length != 7 && text.length != 10)
        return false;
    if (text.length == 4 && is_end)
        memcpy(day + 5, "12-31", 5);
    memcpy(day, text.data, text.length);
    if (!ro_date_parse((ro_text){day, 10}, date))
        return false;
    if (text.length == 7 && is_end)
        date->day = (int8_t)ro_date_days_in_month(date->year, date->month);
    return true;
}

/* Splits a code into country and sectors. The first three letters are a country or a sector; the
 * rest of an organization's code (UNO of IGOUNO) is its own. BAD_FORMAT for any other code. */
static ro_status split_code(ro_lexicon *lexicon, ro_fact *fact, ro_text code)
{
    uint32_t found;
    char sectors[64];
    size_t length = 0;
    if (code.length % 3 != 0 || code.length > 15)
        return RO_STATUS_BAD_FORMAT;
    for (size_t i = 0; i < code.length; i += 3) {
        ro_text part = {code.data + i, 3};
        if (i == 0 && ro_map_get(lexicon->states, part, &found)) {
            fact->country = lexicon->facts.items[found].country;
        } else if (ro_map_get(lexicon->sectors, part, &found)) {
            if (length > 0)
                sectors[length++] = ' ';
            memcpy(sectors + length, part.data, 3);
            length += 3;
        } else if (i == 0) {
            return RO_STATUS_BAD_FORMAT;
        }
    }
    fact->sectors = ro_arena_copy(lexicon->arena, sectors, length);
    return fact->sectors != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

/* Whose office it is: a country's or an organization's. */
static const char *owner_of(const ro_fact *fact)
{
    return fact->country[0] != '\0' ? fact->country : fact->code;
}

static ro_status add_office(ro_lexicon *lexicon, uint32_t index)
{
    const ro_fact *fact = &lexicon->facts.items[index];
    if (fact->what != RO_FACT_WHAT_PERSON || fact->role[0] == '\0')
        return RO_STATUS_OK;
    const char *key = ro_arena_format(lexicon->arena, "%s %s", owner_of(fact), fact->role);
    if (key == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    form entry = {.fact = index};
    return chain(lexicon, lexicon->offices, &lexicon->holders, ro_text_of(key), entry);
}

static ro_status add_fact(ro_lexicon *lexicon, const ro_table *table, const char *file_name,
                          ro_error *error)
{
    const ro_text *fields = table->fields;
    ro_fact fact = {.country = "", .sectors = "", .role = ""};
    fact.pronoun = ro_text_equal_string(fields[6], "he")    ? "he"
                   : ro_text_equal_string(fields[6], "she") ? "she"
                                                            : "";
    if (table->field_count > 7 || (fields[6].length > 0 && fact.pronoun[0] == '\0'))
        return ro_table_fault(table, error, "he or she as the seventh and last field", fields[6]);
    if (!parse_what(fields[0], &fact.what))
        return ro_table_fault(table, error, "country, person, role ... as the first field",
                              fields[0]);
    if (!parse_day(fields[4], false, &fact.from))
        return ro_table_fault(table, error, "a date YYYY-MM-DD", fields[4]);
    if (!parse_day(fields[5], true, &fact.until))
        return ro_table_fault(table, error, "a date YYYY-MM-DD", fields[5]);
    if (!ro_date_is_none(fact.from) && !ro_date_is_none(fact.until) &&
        ro_date_compare(fact.until, fact.from) < 0)
        return ro_table_fault(table, error, "a term that ends after it begins", fields[5]);
    ro_text forms = fields[2], first;
    if (!ro_table_piece(&forms, '|', &first))
        return ro_table_fault(table, error, "forms between '|' as the third field", fields[2]);
    fact.name = ro_arena_copy(lexicon->arena, first.data, first.length);
    fact.code = ro_arena_copy(lexicon->arena, fields[1].data, fields[1].length);
    fact.role = is_role_like(fact.what) && fields[3].length == 0
                    ? fact.name
                    : ro_arena_copy(lexicon->arena, fields[3].data, fields[3].length);
    fact.source =
        ro_arena_format(lexicon->arena, "%s:%llu", file_name, (unsigned long long)table->line);
    if (fact.name == NULL || fact.code == NULL || fact.role == NULL || fact.source == NULL)
        return RO_STATUS_OUT_OF_MEMORY;

    uint32_t index = lexicon->facts.count;
    ro_status status = RO_STATUS_OK;
    if (fact.what == RO_FACT_WHAT_SECTOR || fact.what == RO_FACT_WHAT_COUNTRY) {
        bool is_sector = fact.what == RO_FACT_WHAT_SECTOR;
        uint32_t there;
        if (fields[1].length != 3 || ro_map_get(lexicon->states, fields[1], &there) ||
            ro_map_get(lexicon->sectors, fields[1], &there))
            return ro_table_fault(table, error, "a new code of three letters", fields[1]);
        *(is_sector ? &fact.sectors : &fact.country) = fact.code;
        status = ro_map_set(is_sector ? lexicon->sectors : lexicon->states, fields[1], index);
    } else {
        status = split_code(lexicon, &fact, fields[1]);
        if (status == RO_STATUS_BAD_FORMAT)
            return ro_table_fault(table, error, "a code that starts with a known country or sector",
                                  fields[1]);
    }
    ro_fact *added = RO_LIST_ADD(lexicon->arena, &lexicon->facts);
    if (added == NULL || status != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = fact;
    if (fact.what != RO_FACT_WHAT_SECTOR)
        status = add_forms(lexicon, index, fields[2]);
    if (status == RO_STATUS_BAD_FORMAT)
        return ro_table_fault(table, error, "forms of at most 150 bytes, with letters", fields[2]);
    return status == RO_STATUS_OK ? add_office(lexicon, index) : status;
}

static ro_status read_file(ro_lexicon *lexicon, const char *data_folder, const char *file_name,
                           ro_error *error)
{
    const char *path = ro_arena_format(lexicon->arena, "%s/lexicon/%s", data_folder, file_name);
    if (path == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    while ((status = ro_table_next(&table, error)) == RO_STATUS_OK) {
        status = add_fact(lexicon, &table, file_name, error);
        if (status != RO_STATUS_OK)
            break;
    }
    ro_table_close(&table);
    return status == RO_STATUS_END ? RO_STATUS_OK : status;
}

ro_status ro_lexicon_open(const char *data_folder, const ro_allocator *allocator,
                          ro_lexicon **lexicon, ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_lexicon *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "lexicon", "out of memory");
    made->allocator = *allocator;
    made->arena = ro_arena_new(&made->allocator);
    made->keys = ro_map_new(&made->allocator);
    made->states = ro_map_new(&made->allocator);
    made->sectors = ro_map_new(&made->allocator);
    made->offices = ro_map_new(&made->allocator);
    ro_status status = RO_STATUS_OK;
    if (made->arena == NULL || made->keys == NULL || made->states == NULL ||
        made->sectors == NULL || made->offices == NULL)
        status = RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < sizeof file_names / sizeof file_names[0] && status == RO_STATUS_OK; i++)
        status = read_file(made, data_folder, file_names[i], error);
    if (status == RO_STATUS_OK) {
        *lexicon = made;
        return status;
    }
    ro_lexicon_close(made);
    if (status == RO_STATUS_OUT_OF_MEMORY)
        return ro_error_set(error, status, "lexicon", "out of memory");
    return status;
}

void ro_lexicon_close(ro_lexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    ro_map_free(lexicon->keys);
    ro_map_free(lexicon->states);
    ro_map_free(lexicon->sectors);
    ro_map_free(lexicon->offices);
    ro_arena_free(lexicon->arena);
    ro_allocator allocator = lexicon->allocator;
    ro_alloc_free(&allocator, lexicon, 1, sizeof *lexicon);
}

size_t ro_lexicon_fact_count(const ro_lexicon *lexicon)
{
    return lexicon->facts.count;
}

const ro_allocator *ro_lexicon_allocator(const ro_lexicon *lexicon)
{
    return &lexicon->allocator;
}

bool ro_lexicon_read(const ro_lexicon *lexicon, ro_lexicon_cursor *cursor, ro_text token)
{
    size_t length = ro_phrase_add(token, cursor->key, cursor->length, sizeof cursor->key);
    uint32_t forms = RO_LEXICON_NONE;
    bool grew = length != SIZE_MAX && length > cursor->length;
    bool open = length != SIZE_MAX && length > 0;
    if (grew)
        open = ro_map_get(lexicon->keys, (ro_text){cursor->key, length}, &forms);
    cursor->forms = forms;
    if (open)
        cursor->length = (uint32_t)length;
    return open;
}

const ro_fact *ro_lexicon_fact_next(const ro_lexicon *lexicon, uint32_t *forms, ro_text written)
{
    while (*forms != RO_LEXICON_NONE) {
        const form *entry = &lexicon->forms.items[*forms];
        *forms = entry->next;
        if (ro_phrase_case_fits(entry->spelling, written))
            return &lexicon->facts.items[entry->fact];
    }
    return NULL;
}

const ro_fact *ro_lexicon_country(const ro_lexicon *lexicon, const char *alpha3)
{
    uint32_t index;
    if (!ro_map_get(lexicon->states, ro_text_of(alpha3), &index))
        return NULL;
    return &lexicon->facts.items[index];
}

const ro_fact *ro_lexicon_holder(const ro_lexicon *lexicon, const char *owner, const char *role,
                                 ro_date day)
{
    char key[RO_LEXICON_KEY];
    uint32_t entry;
    int length = snprintf(key, sizeof key, "%s %s", owner, role);
    if (ro_date_is_none(day) || length < 0 || (size_t)length >= sizeof key ||
        !ro_map_get(lexicon->offices, (ro_text){key, (size_t)length}, &entry))
        return NULL;
    const ro_fact *holder = NULL;
    for (; entry != RO_LEXICON_NONE; entry = lexicon->holders.items[entry].next) {
        const ro_fact *fact = &lexicon->facts.items[lexicon->holders.items[entry].fact];
        if (!ro_lexicon_in_term(fact, day))
            continue;
        if (holder != NULL && strcmp(holder->name, fact->name) != 0)
            return NULL;
        holder = fact;
    }
    return holder;
}

bool ro_lexicon_in_term(const ro_fact *fact, ro_date day)
{
    if (ro_date_is_none(day))
        return true;
    return (fact->from.year == 0 || ro_date_compare(fact->from, day) <= 0) &&
           (fact->until.year == 0 || ro_date_compare(day, fact->until) <= 0);
}
