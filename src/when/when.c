/* when.c - time expressions in a document: opens the data, cuts text into pieces, asks the rules,
 * and keeps the timexes.
 *
 * timewords.c reads words, timerules.c matches patterns, timevalue.c resolves values, dating.c
 * gives events their dates. Tense tells whether "on Friday" is past or to come.
 */
#include "when/when.h"

#include "base/alloc.h"
#include "base/closed_set.h"
#include "base/date.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "doc/tree.h"
#include "when/dating.h"
#include "when/timerules.h"
#include "when/timevalue.h"

struct ro_when {
    ro_allocator allocator;
    ro_arena *arena;
    ro_timewords words;
    ro_timerules *rules;
    ro_wordlist *cues;
    ro_dating dating;
};

/* ---- opening --------------------------------------------------------------------------------- */

static const char *const cue_names[] = {
#define RO_TIME_CUE(member, name) name,
#include "when/time_cue.def"
#undef RO_TIME_CUE
};

static ro_status read_data(ro_when *when, const char *data_folder, ro_error *error)
{
    static const char *const cue_files[] = {"when/cues.tsv", NULL};
    char words[RO_FILE_PATH], rules[RO_FILE_PATH];
    ro_status status = ro_file_join(data_folder, "when/words.tsv", words, error);
    if (status == RO_STATUS_OK)
        status = ro_file_join(data_folder, "when/rules.tsv", rules, error);
    if (status == RO_STATUS_OK)
        status = ro_timewords_open(words, when->arena, &when->allocator, &when->words, error);
    if (status == RO_STATUS_OK)
        status = ro_timerules_open(rules, when->arena, &when->allocator, &when->words, &when->rules,
                                   error);
    if (status == RO_STATUS_OK)
        status = ro_wordlist_open(data_folder, cue_files, cue_names, RO_TIME_CUES, &when->allocator,
                                  &when->cues, error);
    when->dating = (ro_dating){when->cues, &when->words};
    return status;
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
    ro_wordlist_close(when->cues);
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
        *piece = (ro_piece){.token = token,
                            .text = text,
                            .lower = lower,
                            .tag = ro_text_of(document->tokens[token].tag)};
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

/* "To be signed": a participle under an infinitive's mark. */
static bool is_to(const ro_document *document, uint32_t verb)
{
    uint32_t mark = ro_tree_child(document, verb, "aux");
    return mark != RO_NONE && strcmp(document->tokens[mark].tag, "TO") == 0;
}

/* Whether a preposition points to an end that may lie ahead of a past clause: "extended to June".
 */
static bool points_ahead(const ro_dating *dating, const ro_document *document, uint32_t preposition)
{
    return ro_dating_has_cue(dating, RO_TIME_CUE_AHEAD, document->tokens[preposition].lemma);
}

/* Whether the clause around a token is told as past or as to come. is_direct while nothing but
 * prepositions stands between. */
static ro_direction direction_of(const ro_dating *dating, const ro_document *document,
                                 uint32_t token)
{
    const ro_token *tokens = document->tokens;
    bool is_infinitive = false, is_direct = true;
    uint32_t i = token;
    if (ro_dating_is_since(dating, document, token, RO_NONE))
        return RO_DIRECTION_PAST;
    for (int step = 0; step < RO_TREE_CLIMB; step++, i = tokens[i].head) {
        const char *tag = tokens[i].tag;
        bool is_verb = tokens[i].upos == RO_UPOS_VERB || tokens[i].upos == RO_UPOS_AUX;
        bool is_plan = ro_dating_has_cue(dating, RO_TIME_CUE_PLAN, tokens[i].lemma);
        if (i != token && (is_verb || is_plan)) {
            bool is_scheduled = (strcmp(tag, "VBN") == 0 || strcmp(tag, "JJ") == 0) && /* "due" */
                                ro_dating_has_cue(dating, RO_TIME_CUE_SCHEDULE, tokens[i].lemma);
            if (has_auxiliary(dating, document, i) || (is_plan && is_infinitive) || is_scheduled)
                return RO_DIRECTION_FUTURE;
            is_infinitive = is_infinitive || is_to(document, i);
            if (strcmp(tag, "VBD") == 0 || (strcmp(tag, "VBN") == 0 && !is_to(document, i)))
                return is_direct ? RO_DIRECTION_PAST : RO_DIRECTION_LIKELY_PAST;
            if (is_direct && (strcmp(tag, "VBZ") == 0 || strcmp(tag, "VBP") == 0))
                return RO_DIRECTION_FUTURE; /* "the talks begin on Friday" */
            is_infinitive = is_infinitive || strcmp(tag, "VB") == 0;
        }
        if (i != token)
            is_direct =
                is_direct && tokens[i].upos == RO_UPOS_ADP && !points_ahead(dating, document, i);
        if (tokens[i].head == i)
            break;
    }
    return RO_DIRECTION_OPEN;
}

/* ---- finding --------------------------------------------------------------------------------- */

/* Whether tokens are part of a longer name that is no time: "Jan Kowalski", "the Daily Star". */
static bool is_inside_name(const ro_document *document, uint32_t first, uint32_t end)
{
    static const char *const labels[] = {"PERSON", "ORG", "FAC", "PRODUCT", "WORK_OF_ART"};
    uint32_t index = document->tokens[first].name;
    if (index == RO_NONE || index != document->tokens[end - 1].name)
        return false;
    const ro_name *name = &document->names.items[index];
    unsigned label;
    return name->end - name->first > end - first &&
           ro_closed_set_find(labels, RO_CLOSED_SET_COUNT(labels), ro_text_of(name->label), &label);
}

/* "June Carter", which the recogniser need not know: a name follows that the month hangs on. */
static bool is_first_name(const ro_document *document, uint32_t token)
{
    const ro_token *month = &document->tokens[token];
    return month->head == token + 1 && strcmp(month->deprel, "compound") == 0 &&
           strcmp(document->tokens[month->head].tag, "NNP") == 0;
}

/* "May" as an auxiliary, "March" as a verb, "2000 people" are no dates. */
static bool is_other_word(const ro_document *document, const ro_timematch *match,
                          const ro_piece *pieces)
{
    uint32_t first = pieces[match->first].token, last = pieces[match->end - 1].token;
    const ro_token *token = &document->tokens[last];
    if (!match->has[RO_TIME_CLASS_YEAR] && is_inside_name(document, first, last + 1))
        return true;
    if (match->end - match->first != 1)
        return false;
    if (match->has[RO_TIME_CLASS_MONTH])
        return strcmp(token->tag, "MD") == 0 || token->upos == RO_UPOS_VERB ||
               is_first_name(document, last);
    return match->has[RO_TIME_CLASS_YEAR] && strcmp(token->deprel, "nummod") == 0 &&
           strcmp(document->tokens[token->head].tag, "NNS") == 0;
}

/* What the sentences before have told, for what goes by it. */
typedef struct memory {
    ro_date told, day, quarter;
    uint32_t told_in, day_in, quarter_in; /* sentences */
    uint32_t clock; /* the last timex of a clock whose day was not told before it, RO_NONE */
} memory;

/* How many sentences a quarter is spoken of without being named again. */
#define QUARTER_GOES_ON 2

static ro_time_context context_of(const ro_dating *dating, const ro_document *document,
                                  const memory *remembered, uint32_t first, uint32_t end)
{
    uint32_t sentence = document->tokens[first].sentence;
    bool is_told = !ro_date_is_none(remembered->told) && remembered->told_in + 1 >= sentence;
    bool is_day = !ro_date_is_none(remembered->day) && remembered->day_in + 1 >= sentence;
    bool is_here = is_day && remembered->day_in == sentence;
    bool is_quarter = remembered->quarter_in + QUARTER_GOES_ON >= sentence;
    return (ro_time_context){
        .published = document->date,
        .told = is_told ? remembered->told : document->date,
        .told_day = is_day ? remembered->day : document->date,
        .told_here = is_here ? remembered->day : document->date,
        .quarter = is_quarter ? remembered->quarter : RO_DATE_NONE,
        .latest_quarter = remembered->quarter,
        .direction = direction_of(dating, document, ro_tree_span_head(document, first, end)),
    };
}

static void remember(memory *remembered, const ro_timematch *match, const ro_timevalue *value,
                     uint32_t sentence)
{
    if (ro_date_is_none(value->date))
        return;
    remembered->told = value->date;
    remembered->told_in = sentence;
    ro_date first;
    if (value->text[0] != '\0' && ro_date_parse((ro_text){value->text, 10}, &first)) {
        remembered->day = value->date;
        remembered->day_in = sentence;
    }
    /* not one that was told by its distance: a year back from it would be two */
    ro_operation operation = match->rule->operation;
    bool is_direct = (operation == RO_OPERATION_DATE || operation == RO_OPERATION_LATEST) &&
                     match->rule->argument[0] != '-';
    if (is_direct && value->text[4] == '-' && value->text[5] == 'Q') {
        remembered->quarter = value->date;
        remembered->quarter_in = sentence;
    }
}

/* How many tokens a day stands behind the clock that it is told of: "at 10:15 on 9 May". */
#define CLOCK_REACH 3

/* Gives clocks whose day was not told before them the day that follows: "at 4:10 p.m. (0710 GMT) on
 * New Year's Day". */
static bool move_clocks(ro_document *document, memory *remembered, const ro_timevalue *day,
                        uint32_t first)
{
    ro_timex *items = document->timexes.items;
    uint32_t last = document->timexes.count - 2; /* the one before the day */
    if (remembered->clock == RO_NONE || remembered->clock > last || strlen(day->text) != 10 ||
        document->tokens[items[last].first].sentence != document->tokens[first].sentence ||
        first > items[last].end + CLOCK_REACH)
        return true;
    for (uint32_t i = remembered->clock; i <= last; i++) {
        if (items[i].type != RO_TIMEX_TYPE_TIME || strlen(items[i].value) < 10 ||
            ro_date_compare(items[i].date, items[remembered->clock].date) != 0)
            continue;
        char *text = ro_arena_copy(document->arena, items[i].value, strlen(items[i].value));
        if (text == NULL)
            return false;
        memcpy(text, day->text, 10);
        items[i].value = text;
    }
    for (uint32_t i = remembered->clock; i <= last; i++)
        if (items[i].type == RO_TIMEX_TYPE_TIME)
            items[i].date = day->date;
    remembered->clock = RO_NONE;
    return true;
}

static ro_status add_timex(const ro_when *when, ro_document *document, const ro_timematch *match,
                           const ro_piece *pieces, memory *remembered)
{
    uint32_t first = pieces[match->first].token, end = pieces[match->end - 1].token + 1;
    const ro_timex *before =
        document->timexes.count > 0 ? &document->timexes.items[document->timexes.count - 1] : NULL;
    ro_time_context context = context_of(&when->dating, document, remembered, first, end);
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
                        .flag = value.flag,
                        .rule = match->rule->source};
    uint32_t sentence = document->tokens[first].sentence;
    bool is_told = !ro_date_is_none(remembered->day) && remembered->day_in == sentence;
    bool has_day = match->has[RO_TIME_CLASS_MONTH] || match->has[RO_TIME_CLASS_WEEKDAY] ||
                   match->has[RO_TIME_CLASS_DAYWORD];
    if (match->rule->operation == RO_OPERATION_CLOCK && !has_day && !is_told)
        remembered->clock = document->timexes.count - 1;
    else if (match->rule->operation == RO_OPERATION_DATE &&
             !move_clocks(document, remembered, &value, first))
        return RO_STATUS_OUT_OF_MEMORY;
    remember(remembered, match, &value, sentence);
    return RO_STATUS_OK;
}

/* How many tokens of the next sentence a date may run into, at an "Aug." that was taken for its
 * end. */
#define BEHIND_STOP 3

static ro_status cut(const ro_document *document, uint32_t first, uint32_t end, piece_list *pieces)
{
    for (uint32_t token = first; token < end; token++)
        if (add_pieces(document, token, pieces) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    return RO_STATUS_OK;
}

/* Whether the last piece is a month written short: "Aug." */
static bool ends_in_month(const ro_timewords *words, const piece_list *pieces)
{
    if (pieces->count == 0)
        return false;
    const ro_piece *last = &pieces->items[pieces->count - 1];
    ro_reading month;
    return ro_text_ends(last->text, ".") && last->text.length <= sizeof "Sept." - 1 &&
           ro_timewords_read(words, last, 1, 0, RO_TIME_CLASS_MONTH, &month);
}

static ro_status find_in_sentence(const ro_when *when, ro_document *document,
                                  const ro_sentence *sentence, piece_list *pieces,
                                  memory *remembered)
{
    pieces->count = 0;
    if (cut(document, sentence->first, sentence->end, pieces) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    uint32_t own = pieces->count, rest = document->token_count - sentence->end;
    if (ends_in_month(&when->words, pieces) &&
        cut(document, sentence->end, sentence->end + (rest < BEHIND_STOP ? rest : BEHIND_STOP),
            pieces) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t at = 0; at < own;) {
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
        if (add_timex(when, document, &match, pieces->items, remembered) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        at = match.end;
    }
    return RO_STATUS_OK;
}

ro_status ro_when_find(const ro_when *when, ro_document *document, ro_error *error)
{
    piece_list pieces = {0};
    memory remembered = {.clock = RO_NONE};
    for (uint32_t i = 0; i < document->sentence_count; i++)
        if (find_in_sentence(when, document, &document->sentences[i], &pieces, &remembered) !=
            RO_STATUS_OK)
            return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "when", "out of memory");
    return RO_STATUS_OK;
}

ro_status ro_when_anchor(const ro_when *when, ro_document *document, ro_error *error)
{
    if (ro_dating_anchor(&when->dating, document) != RO_STATUS_OK)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "when", "out of memory");
    return RO_STATUS_OK;
}
