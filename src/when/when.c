/* when.c - time expressions in a document: opens the data, cuts text into pieces, asks the rules,
 * and keeps the timexes.
 *
 * timewords.c reads words, timerules.c matches patterns, timevalue.c resolves values, dating.c
 * gives events their dates. Tense tells whether "on Friday" is past or to come.
 */
#include "when/when.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/error.h"
#include "base/text.h"
#include "doc/closed_set.h"
#include "doc/tree.h"
#include "lexicon/table.h"
#include "when/dating.h"
#include "when/timerules.h"
#include "when/timevalue.h"

/* Limits that no sentence that somebody wrote comes near: steps up a tree, and how many timexes
 * back the last date told may stand. */
#define CLIMB 64
#define TOLD 256

struct ro_when {
    ro_allocator allocator;
    ro_arena *arena;
    ro_timewords words;
    ro_timerules *rules;
    ro_dating dating;
};

/* ---- opening --------------------------------------------------------------------------------- */

static ro_status add_cue(ro_when *when, const ro_table *table, ro_error *error)
{
    static const char *const names[] = {"future", "plan", "last", "onset", "count"};
    unsigned cue;
    if (!ro_closed_set_find(names, RO_TIME_CUE_COUNT_OF, table->fields[0], &cue))
        return ro_table_fault(table, error, "future, plan, last, onset or count", table->fields[0]);
    ro_text forms = table->fields[1], word;
    while (ro_table_piece(&forms, '|', &word))
        if (ro_map_set(when->dating.cues[cue], word, 1) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    return RO_STATUS_OK;
}

static ro_status read_cues(ro_when *when, const char *path, ro_error *error)
{
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    while ((status = ro_table_next(&table, error)) == RO_STATUS_OK)
        if ((status = add_cue(when, &table, error)) != RO_STATUS_OK)
            break;
    ro_table_close(&table);
    return status == RO_STATUS_END ? RO_STATUS_OK : status;
}

static ro_status read_data(ro_when *when, const char *data_folder, ro_error *error)
{
    static const char *const names[] = {"words", "rules", "cues"};
    const char *paths[3];
    for (int i = 0; i < 3; i++) {
        paths[i] = ro_arena_format(when->arena, "%s/when/%s.tsv", data_folder, names[i]);
        if (paths[i] == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    when->dating.words = &when->words;
    for (int cue = 0; cue < RO_TIME_CUE_COUNT_OF; cue++)
        if ((when->dating.cues[cue] = ro_map_new(&when->allocator)) == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
    ro_status status =
        ro_timewords_open(paths[0], when->arena, &when->allocator, &when->words, error);
    if (status == RO_STATUS_OK)
        status = ro_timerules_open(paths[1], when->arena, &when->allocator, &when->words,
                                   &when->rules, error);
    return status == RO_STATUS_OK ? read_cues(when, paths[2], error) : status;
}

ro_status ro_when_open(const char *data_folder, const ro_allocator *allocator, ro_when **when,
                       ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_when *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "when", "out of memory");
    made->allocator = *allocator;
    made->arena = ro_arena_new(allocator);
    ro_status status =
        made->arena == NULL ? RO_STATUS_OUT_OF_MEMORY : read_data(made, data_folder, error);
    if (status == RO_STATUS_OK) {
        *when = made;
        return status;
    }
    ro_when_close(made);
    return status == RO_STATUS_OUT_OF_MEMORY ? ro_error_set(error, status, "when", "out of memory")
                                             : status;
}

void ro_when_close(ro_when *when)
{
    if (when == NULL)
        return;
    for (int cue = 0; cue < RO_TIME_CUE_COUNT_OF; cue++)
        ro_map_free(when->dating.cues[cue]);
    ro_timerules_close(when->rules);
    ro_timewords_close(&when->words);
    ro_arena_free(when->arena);
    ro_allocator allocator = when->allocator;
    ro_alloc_free(&allocator, when, 1, sizeof *when);
}

/* ---- pieces ---------------------------------------------------------------------------------- */

typedef RO_LIST(ro_piece) piece_list;

static bool is_hyphen(ro_text text)
{
    return ro_text_equal_string(text, "-") || ro_text_equal_string(text, "\xE2\x80\x91") ||
           ro_text_equal_string(text, "\xE2\x80\x93");
}

/* Cuts a token at its hyphens; its lower-cased form has the same ones. */
static ro_status add_pieces(const ro_document *document, uint32_t token, piece_list *pieces)
{
    ro_text text = ro_document_token_text(document, token);
    ro_text lower = ro_text_of(document->tokens[token].lower);
    if (document->tokens[token].is_space)
        return RO_STATUS_OK;
    bool is_whole = is_hyphen(text);
    while (text.length > 0) {
        const char *cut = is_whole ? NULL : memchr(text.data, '-', text.length);
        const char *lower_cut = is_whole ? NULL : memchr(lower.data, '-', lower.length);
        bool is_cut = cut != NULL && lower_cut != NULL && cut > text.data;
        ro_piece *piece = RO_LIST_ADD(document->arena, pieces);
        if (piece == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *piece = (ro_piece){.token = token, .text = text, .lower = lower};
        if (cut == text.data && lower_cut == lower.data && text.length > 1)
            is_cut = true, cut++, lower_cut++;
        if (is_cut) {
            piece->text.length = (size_t)(cut - text.data);
            piece->lower.length = (size_t)(lower_cut - lower.data);
        }
        bool is_glued = token > 0 && !document->tokens[token].space_after &&
                        !document->tokens[token - 1].space_after;
        piece->is_hyphen = is_hyphen(piece->text) && (!is_whole || is_glued);
        text = (ro_text){text.data + piece->text.length, text.length - piece->text.length};
        lower = (ro_text){lower.data + piece->lower.length, lower.length - piece->lower.length};
    }
    return RO_STATUS_OK;
}

/* ---- direction ------------------------------------------------------------------------------- */

static bool has_auxiliary(const ro_dating *dating, const ro_document *document, uint32_t verb)
{
    const ro_token *tokens = document->tokens;
    for (uint32_t child = ro_tree_next_child(document, verb, tokens[verb].left); child != RO_NONE;
         child = ro_tree_next_child(document, verb, child + 1))
        if (ro_tree_has_deprel(document, child, "aux|auxpass") &&
            ro_dating_has_cue(dating, RO_TIME_CUE_FUTURE, tokens[child].lower))
            return true;
    return false;
}

/* Whether a preposition points to an end that may lie ahead of a past clause: "extended to June".
 */
static bool points_ahead(const ro_document *document, uint32_t preposition)
{
    return ro_tree_has_lemma(document, preposition, "to|until|till|through|by|for|past");
}

/* Whether the clause around a token is told as past or as to come. is_direct while nothing but
 * prepositions stands between. */
static ro_direction direction_of(const ro_dating *dating, const ro_document *document,
                                 uint32_t token)
{
    const ro_token *tokens = document->tokens;
    bool is_infinitive = false, is_direct = true;
    uint32_t i = token;
    for (int step = 0; step < CLIMB; step++, i = tokens[i].head) {
        const char *tag = tokens[i].tag;
        bool is_verb = tokens[i].upos == RO_UPOS_VERB || tokens[i].upos == RO_UPOS_AUX;
        bool is_plan = ro_dating_has_cue(dating, RO_TIME_CUE_PLAN, tokens[i].lemma);
        if (i != token && (is_verb || is_plan)) {
            if (has_auxiliary(dating, document, i) ||
                (is_plan && (is_infinitive || strcmp(tag, "VBN") == 0)))
                return RO_DIRECTION_FUTURE;
            if (strcmp(tag, "VBD") == 0 || strcmp(tag, "VBN") == 0)
                return is_direct ? RO_DIRECTION_PAST : RO_DIRECTION_LIKELY_PAST;
            if (is_direct && (strcmp(tag, "VBZ") == 0 || strcmp(tag, "VBP") == 0))
                return RO_DIRECTION_FUTURE; /* "the talks begin on Friday" */
            is_infinitive = is_infinitive || strcmp(tag, "VB") == 0;
        }
        if (i != token)
            is_direct = is_direct && tokens[i].upos == RO_UPOS_ADP && !points_ahead(document, i);
        if (tokens[i].head == i)
            break;
    }
    return RO_DIRECTION_OPEN;
}

/* ---- finding --------------------------------------------------------------------------------- */

/* "May" as an auxiliary, "March" as a verb, "1,998 of them" and "2000 people" are no dates. */
static bool is_other_word(const ro_document *document, const ro_timematch *match,
                          const ro_piece *pieces)
{
    const ro_token *token = &document->tokens[pieces[match->end - 1].token];
    bool is_single = match->end - match->first == 1;
    if (match->has[RO_TIME_CLASS_MONTH] && is_single &&
        (strcmp(token->tag, "MD") == 0 || token->upos == RO_UPOS_VERB))
        return true;
    return match->has[RO_TIME_CLASS_YEAR] && is_single && strcmp(token->deprel, "nummod") == 0 &&
           strcmp(document->tokens[token->head].tag, "NNS") == 0;
}

/* The day that a timex before has told, at most so many sentences back, else that of publication.
 */
static ro_date told_before(const ro_document *document, uint32_t token, uint32_t sentences)
{
    uint32_t sentence = document->tokens[token].sentence;
    for (uint32_t i = document->timexes.count; i-- > 0;) {
        const ro_timex *timex = &document->timexes.items[i];
        if (document->tokens[timex->first].sentence + sentences < sentence ||
            document->timexes.count - i > TOLD)
            break;
        if (!ro_date_is_none(timex->date))
            return timex->date;
    }
    return document->date;
}

static ro_status add_timex(const ro_when *when, ro_document *document, const ro_timematch *match,
                           const ro_piece *pieces)
{
    uint32_t first = pieces[match->first].token, end = pieces[match->end - 1].token + 1;
    const ro_timex *before =
        document->timexes.count > 0 ? &document->timexes.items[document->timexes.count - 1] : NULL;
    ro_time_context context = {
        document->date, told_before(document, first, 1), told_before(document, first, 0),
        direction_of(&when->dating, document, ro_tree_span_head(document, first, end))};
    ro_timevalue value;
    if ((before != NULL && before->end > first) || is_other_word(document, match, pieces) ||
        !ro_timevalue_resolve(match, &context, &value))
        return RO_STATUS_OK;
    ro_timex *timex = RO_LIST_ADD(document->arena, &document->timexes);
    const char *text = ro_arena_copy(document->arena, value.text, strlen(value.text));
    if (timex == NULL || text == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *timex = (ro_timex){.first = first,
                        .end = end,
                        .type = value.type,
                        .value = text,
                        .date = value.date,
                        .rule = match->rule->source};
    return RO_STATUS_OK;
}

static ro_status find_in_sentence(const ro_when *when, ro_document *document,
                                  const ro_sentence *sentence, piece_list *pieces)
{
    pieces->count = 0;
    for (uint32_t token = sentence->first; token < sentence->end; token++)
        if (add_pieces(document, token, pieces) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t at = 0; at < pieces->count;) {
        ro_timematch match;
        if (!ro_timerules_match(when->rules, pieces->items, pieces->count, at, &match)) {
            at++;
            continue;
        }
        /* words before a match that are no part of it may not hide a longer one */
        ro_timematch inner;
        if (match.first > at &&
            ro_timerules_match(when->rules, pieces->items, pieces->count, match.first, &inner) &&
            inner.end > match.end)
            match = inner;
        if (add_timex(when, document, &match, pieces->items) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        at = match.end;
    }
    return RO_STATUS_OK;
}

ro_status ro_when_find(const ro_when *when, ro_document *document, ro_error *error)
{
    piece_list pieces = {0};
    for (uint32_t i = 0; i < document->sentence_count; i++)
        if (find_in_sentence(when, document, &document->sentences[i], &pieces) != RO_STATUS_OK)
            return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "when", "out of memory");
    return RO_STATUS_OK;
}

ro_status ro_when_anchor(const ro_when *when, ro_document *document, ro_error *error)
{
    if (ro_dating_anchor(&when->dating, document) != RO_STATUS_OK)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "when", "out of memory");
    return RO_STATUS_OK;
}
