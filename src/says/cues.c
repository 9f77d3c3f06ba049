/* cues.c - reads data/says/cues.tsv and sources.tsv and looks words up in them.
 *
 * A lemma may have several lines of one part (each with its own stance); they form a list in the
 * order of the file. Finding cues in a sentence is claim.c's work.
 */
#include "says/cues.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/closed_set.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "lexicon/table.h"
#include <stdio.h>

enum { KEY_LIMIT = 96 };

struct ro_cues {
    const ro_allocator *allocator;
    ro_arena *arena;
    ro_map *index; /* "verb say" -> lines */
    ro_map *nouns; /* "spokesman" -> ro_source_kind */
    RO_LIST(ro_cue *) lines;
};

static const char *const part_names[] = {
#define RO_CUE_PART(member, name) name,
#include "says/cue_part.def"
#undef RO_CUE_PART
};

static const char *const pattern_names[] = {
#define RO_CUE_PATTERN(member, name) name,
#include "says/cue_pattern.def"
#undef RO_CUE_PATTERN
};

/* "verb point out"; an empty text if it is too long to be a key. */
static ro_text make_key(char *key, ro_cue_part part, const char *lemma, const char *particle)
{
    int length = snprintf(key, KEY_LIMIT, "%s %s%s%s", part_names[part], lemma,
                          particle[0] != '\0' ? " " : "", particle);
    return (ro_text){key, length > 0 && length < KEY_LIMIT ? (size_t)length : 0};
}

static ro_status read_patterns(ro_cues *cues, const ro_table *table, ro_cue *cue, ro_error *error)
{
    ro_text list = table->fields[2], piece;
    const char *prepositions = "";
    while (ro_table_piece(&list, ',', &piece)) {
        unsigned pattern;
        if (ro_closed_set_find(pattern_names, RO_CUE_PATTERN_COUNT, piece, &pattern)) {
            cue->patterns |= 1u << pattern;
            continue;
        }
        prepositions =
            ro_arena_format(cues->arena, "%s%s%.*s", prepositions,
                            prepositions[0] != '\0' ? "|" : "", (int)piece.length, piece.data);
        if (prepositions == NULL)
            return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    }
    cue->prepositions = prepositions;
    if (cue->patterns == 0 && prepositions[0] == '\0')
        return ro_table_fault(table, error, "a pattern", table->fields[2]);
    return RO_STATUS_OK;
}

/* Puts a line behind the others of its key. */
static ro_status add_line(ro_cues *cues, ro_text key, ro_cue *cue, ro_error *error)
{
    uint32_t first;
    if (ro_map_get(cues->index, key, &first)) {
        ro_cue *last = cues->lines.items[first];
        while (last->next != NULL)
            last = last->next;
        last->next = cue;
    } else if (ro_map_set(cues->index, key, cues->lines.count) != RO_STATUS_OK) {
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    }
    ro_cue **slot = RO_LIST_ADD(cues->arena, &cues->lines);
    if (slot == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    *slot = cue;
    return RO_STATUS_OK;
}

static ro_status read_cue(ro_cues *cues, const ro_table *table, ro_error *error)
{
    unsigned part;
    if (table->field_count != 5)
        return ro_table_fault(table, error, "lemma, part, patterns, stance, source",
                              table->fields[0]);
    if (!ro_closed_set_find(part_names, RO_CUE_PART_COUNT, table->fields[1], &part))
        return ro_table_fault(table, error, "verb, noun, adjective or preposition",
                              table->fields[1]);
    ro_cue *cue = ro_arena_alloc(cues->arena, 1, sizeof *cue);
    char *lemma = ro_arena_copy(cues->arena, table->fields[0].data, table->fields[0].length);
    if (cue == NULL || lemma == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    if (!ro_stance_parse(table->fields[3], &cue->stance))
        return ro_table_fault(table, error, "a stance", table->fields[3]);
    char buffer[KEY_LIMIT];
    ro_text key = make_key(buffer, (ro_cue_part)part, lemma, "");
    if (table->fields[0].length == 0 || key.length == 0)
        return ro_table_fault(table, error, "a lemma of 1 to 80 bytes", table->fields[0]);
    cue->listed = !ro_text_equal_string(table->fields[0], "*");
    ro_status status = read_patterns(cues, table, cue, error);
    if (status != RO_STATUS_OK)
        return status;
    cue->line = ro_arena_format(cues->arena, "cues.tsv:%llu", (unsigned long long)table->line);
    if (cue->line == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    return add_line(cues, key, cue, error);
}

static ro_status read_noun(ro_cues *cues, const ro_table *table, ro_error *error)
{
    static const char *const kinds[] = {
#define RO_SOURCE_KIND(member, name) name,
#include "doc/source_kind.def"
#undef RO_SOURCE_KIND
    };
    unsigned kind;
    if (table->field_count != 3 || table->fields[0].length == 0)
        return ro_table_fault(table, error, "noun, kind, source", table->fields[0]);
    if (!ro_closed_set_find(kinds, RO_CLOSED_SET_COUNT(kinds), table->fields[1], &kind))
        return ro_table_fault(table, error, "a kind of source", table->fields[1]);
    if (ro_map_set(cues->nouns, table->fields[0], kind) != RO_STATUS_OK)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    return RO_STATUS_OK;
}

static ro_status read_file(ro_cues *cues, const char *data_folder, const char *name,
                           ro_status (*read_row)(ro_cues *, const ro_table *, ro_error *),
                           ro_error *error)
{
    const char *path = ro_arena_format(cues->arena, "%s/%s", data_folder, name);
    if (path == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    while ((status = ro_table_next(&table, error)) == RO_STATUS_OK)
        if ((status = read_row(cues, &table, error)) != RO_STATUS_OK)
            break;
    ro_table_close(&table);
    return status == RO_STATUS_END ? RO_STATUS_OK : status;
}

ro_status ro_cues_open(const char *data_folder, const ro_allocator *allocator, ro_cues **cues,
                       ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_cues *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    made->allocator = allocator;
    made->arena = ro_arena_new(allocator);
    made->index = ro_map_new(allocator);
    made->nouns = ro_map_new(allocator);
    ro_status status = RO_STATUS_OK;
    if (made->arena == NULL || made->index == NULL || made->nouns == NULL)
        status = ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    if (status == RO_STATUS_OK)
        status = read_file(made, data_folder, "says/cues.tsv", read_cue, error);
    if (status == RO_STATUS_OK)
        status = read_file(made, data_folder, "says/sources.tsv", read_noun, error);
    if (status != RO_STATUS_OK) {
        ro_cues_close(made);
        return status;
    }
    *cues = made;
    return RO_STATUS_OK;
}

void ro_cues_close(ro_cues *cues)
{
    if (cues == NULL)
        return;
    ro_map_free(cues->nouns);
    ro_map_free(cues->index);
    ro_arena_free(cues->arena);
    ro_alloc_free(cues->allocator, cues, 1, sizeof *cues);
}

const ro_cue *ro_cues_find(const ro_cues *cues, const char *lemma, const char *particle,
                           ro_cue_part part)
{
    char buffer[KEY_LIMIT];
    uint32_t first;
    if (!ro_map_get(cues->index, make_key(buffer, part, lemma, particle), &first))
        return NULL;
    return cues->lines.items[first];
}

bool ro_cues_source_kind(const ro_cues *cues, const char *noun, ro_source_kind *kind)
{
    uint32_t value;
    if (!ro_map_get(cues->nouns, ro_text_of(noun), &value))
        return false;
    *kind = (ro_source_kind)value;
    return true;
}
