/* dating.c - the dates and durations of events, from the timexes of their clauses.
 *
 * A timex belongs to the first verb or event above it in the tree. An event takes its own, else
 * that of the clause it stands in, as far as the clause is not told by somebody ("said that ...");
 * the clause of a subordinate "as", "while", "when" shares its main clause's; else the day that the
 * document says it began. A past main clause without a timex goes on at the day of the main clause
 * before it. Counts are counting.c's, values timevalue.c's.
 */
#include "when/dating.h"

#include "base/date.h"
#include "base/text.h"
#include "doc/tree.h"
#include "when/counting.h"
#include "when/timelength.h"

#include <math.h>

/* How many sentences a day that was told goes on for. */
#define CARRY 2
/* How many beginnings of a document are remembered: every event is held against them. */
#define ONSETS 64

bool ro_dating_has_cue(const ro_dating *dating, ro_time_cue cue, const char *word)
{
    return ro_wordlist_has(dating->cues, cue, ro_text_of(word));
}

bool ro_dating_is_since(const ro_dating *dating, const ro_document *document, uint32_t token,
                        uint32_t limit)
{
    uint32_t steps = 0;
    for (uint32_t i = token; i != limit && document->tokens[i].head != i && steps < RO_TREE_CLIMB;
         i = document->tokens[i].head, steps++) {
        uint32_t mark = ro_tree_child(document, i, "mark");
        if (ro_dating_has_cue(dating, RO_TIME_CUE_SINCE, document->tokens[i].lower) ||
            (mark != RO_NONE &&
             ro_dating_has_cue(dating, RO_TIME_CUE_SINCE, document->tokens[mark].lower)))
            return true;
    }
    return false;
}

/* Whether a timex hangs on node without another clause or event between, or what came before or
 * after: "shelled Goma twenty years after the 1994 genocide". */
static bool hangs_on(const ro_dating *dating, const ro_document *document, uint32_t timex,
                     uint32_t node, const bool *is_trigger)
{
    uint32_t steps = 0;
    for (uint32_t i = timex; i != node; i = document->tokens[i].head) {
        bool is_other =
            i != timex && ro_dating_has_cue(dating, RO_TIME_CUE_APART, document->tokens[i].lower);
        if (is_other || document->tokens[i].head == i ||
            (i != timex && ro_tree_is_verb(document, i)) || (i != timex && is_trigger[i]) ||
            steps++ == RO_TREE_CLIMB)
            return false;
    }
    return true;
}

/* "The 17th-century castle" tells nothing of what happened there. */
static bool is_century(const ro_timex *timex)
{
    return strlen(timex->value) == 2;
}

/* The nearest timex that hangs on node, a date or a duration; RO_NONE. */
static uint32_t timex_on(const ro_dating *dating, const ro_document *document, uint32_t node,
                         bool durations, const bool *is_trigger)
{
    uint32_t best = RO_NONE, best_gap = UINT32_MAX;
    uint32_t left, right;
    ro_tree_around(document, node, &left, &right);
    for (uint32_t i = ro_document_timex_behind(document, left); i < document->timexes.count; i++) {
        const ro_timex *timex = &document->timexes.items[i];
        if (timex->first > right)
            break;
        if ((timex->type == RO_TIMEX_TYPE_DURATION) != durations ||
            timex->type == RO_TIMEX_TYPE_SET)
            continue;
        uint32_t head = ro_tree_span_head(document, timex->first, timex->end);
        uint32_t gap = head > node ? head - node : node - head;
        ro_date first, last;
        ro_granularity granularity;
        if (gap >= best_gap || !hangs_on(dating, document, head, node, is_trigger) ||
            (!durations && (is_century(timex) || ro_dating_is_since(dating, document, head, node) ||
                            (timex->value[0] != '\0' &&
                             !ro_timelength_bounds(timex->value, &first, &last, &granularity)))))
            continue;
        best = i;
        best_gap = gap;
    }
    return best;
}

/* The node above an event's that shares its time; RO_NONE at a clause that somebody tells. */
static uint32_t above(const ro_dating *dating, const ro_document *document, uint32_t node)
{
    const ro_token *token = &document->tokens[node];
    if (token->head == node || ro_tree_has_deprel(document, node, "ccomp|parataxis|acl|pcomp"))
        return RO_NONE;
    if (ro_tree_has_deprel(document, node, "advcl")) {
        uint32_t mark = ro_tree_child(document, node, "mark|advmod|prep");
        bool is_participle = mark == RO_NONE && strcmp(token->tag, "VBG") == 0;
        bool is_with = mark != RO_NONE &&
                       ro_dating_has_cue(dating, RO_TIME_CUE_ALONG, document->tokens[mark].lemma);
        return is_with || is_participle ? token->head : RO_NONE;
    }
    return token->head;
}

static uint32_t date_timex(const ro_dating *dating, const ro_document *document, uint32_t trigger,
                           const bool *is_trigger)
{
    uint32_t steps = 0;
    for (uint32_t node = trigger; node != RO_NONE && steps < RO_TREE_CLIMB;
         node = above(dating, document, node), steps++) {
        uint32_t found = timex_on(dating, document, node, false, is_trigger);
        if (found != RO_NONE)
            return found;
    }
    return RO_NONE;
}

/* Whether two timexes are the ends of one stretch: "between March 3 and March 5", "from May to
 * June"; or of one that goes on: "in April and May". */
static bool is_stretch(const ro_dating *dating, const ro_document *document, uint32_t timex,
                       ro_date *first, ro_date *last)
{
    const ro_timex *from = &document->timexes.items[timex], *to = from + 1;
    ro_date end, next;
    ro_granularity granularity, other;
    if (timex + 1 >= document->timexes.count || from->first == 0 || to->first != from->end + 1 ||
        !ro_timelength_bounds(from->value, first, &end, &granularity) ||
        !ro_timelength_bounds(to->value, &next, last, &other))
        return false;
    const char *opens = document->tokens[from->first - 1].lower;
    const char *joins = document->tokens[from->end].lower;
    bool is_and = ro_dating_has_cue(dating, RO_TIME_CUE_AND, joins);
    bool is_between = ro_dating_has_cue(dating, RO_TIME_CUE_BETWEEN, opens);
    bool is_next = ro_date_compare(ro_date_add_days(end, 1), next) == 0;
    bool is_from = ro_dating_has_cue(dating, RO_TIME_CUE_FROM, opens) &&
                   ro_dating_has_cue(dating, RO_TIME_CUE_UNTIL, joins);
    return ((is_and && (is_between || is_next)) || is_from) && ro_date_compare(end, *last) < 0;
}

static void set_date(const ro_dating *dating, ro_document *document, ro_event *event,
                     uint32_t timex)
{
    ro_date first, last, later;
    if (timex > 0 && is_stretch(dating, document, timex - 1, &first, &later))
        timex--;
    event->timex = timex;
    if (!ro_timelength_bounds(document->timexes.items[timex].value, &event->date, &last,
                              &event->granularity))
        return;
    if (is_stretch(dating, document, timex, &first, &later))
        last = later;
    if (ro_date_compare(event->date, last) != 0)
        event->date_end = last;
}

static void clear_date(ro_event *event)
{
    event->timex = RO_NONE;
    event->date = event->date_end = RO_DATE_NONE;
    event->granularity = RO_GRANULARITY_NONE;
}

/* Whether the event's clause is told in the past and not by somebody. */
static bool is_past_main(const ro_document *document, uint32_t trigger)
{
    uint32_t node = trigger, steps = 0;
    while (!ro_tree_is_verb(document, node)) {
        if (document->tokens[node].head == node || steps++ == RO_TREE_CLIMB ||
            !ro_tree_has_deprel(document, node, "nsubj|nsubjpass|dobj"))
            return false;
        node = document->tokens[node].head;
    }
    return strcmp(document->tokens[node].tag, "VBD") == 0 &&
           ro_tree_has_deprel(document, node, "ROOT|conj");
}

/* Whether a timex begins with a day, or a time of one: no week, no month. */
static bool is_day(const ro_timex *timex)
{
    ro_date first, last;
    ro_granularity granularity;
    return ro_timelength_bounds(timex->value, &first, &last, &granularity) &&
           (granularity == RO_GRANULARITY_DAY || granularity == RO_GRANULARITY_TIME);
}

/* The day that the main clauses of the sentences before have told; RO_NONE. */
static uint32_t carried(const ro_dating *dating, const ro_document *document, uint32_t sentence,
                        const bool *is_trigger)
{
    for (uint32_t back = 1; back <= CARRY && back <= sentence; back++) {
        const ro_sentence *before = &document->sentences[sentence - back];
        for (uint32_t i = before->first; i < before->end; i++) {
            if (document->tokens[i].head != i || !ro_tree_is_verb(document, i))
                continue;
            uint32_t found = timex_on(dating, document, i, false, is_trigger);
            if (found != RO_NONE && is_day(&document->timexes.items[found]))
                return found;
        }
    }
    return RO_NONE;
}

/* ---- onsets ---------------------------------------------------------------------------------- */

/* "The war began on May 2" dates what the document calls a war. */
typedef struct onset {
    const char *lemma;
    uint32_t timex;
} onset;

typedef RO_LIST(onset) onset_list;

static ro_status find_onsets(const ro_dating *dating, const ro_document *document,
                             onset_list *onsets)
{
    for (uint32_t i = 0; i < document->timexes.count && onsets->count < ONSETS; i++) {
        const ro_timex *timex = &document->timexes.items[i];
        uint32_t verb = ro_tree_span_head(document, timex->first, timex->end);
        for (int step = 0; step < RO_TREE_CLIMB && !ro_tree_is_verb(document, verb); step++)
            verb = document->tokens[verb].head;
        uint32_t noun = ro_tree_child(document, verb, "nsubj|nsubjpass");
        if (ro_date_is_none(timex->date) || noun == RO_NONE ||
            document->tokens[noun].upos != RO_UPOS_NOUN ||
            !ro_dating_has_cue(dating, RO_TIME_CUE_ONSET, document->tokens[verb].lemma))
            continue;
        onset *added = RO_LIST_ADD(document->arena, onsets);
        if (added == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *added = (onset){document->tokens[noun].lemma, i};
    }
    return RO_STATUS_OK;
}

static uint32_t onset_of(const ro_document *document, const onset_list *onsets, uint32_t trigger)
{
    for (uint32_t i = 0; i < onsets->count; i++)
        if (document->tokens[trigger].upos == RO_UPOS_NOUN &&
            strcmp(onsets->items[i].lemma, document->tokens[trigger].lemma) == 0)
            return onsets->items[i].timex;
    return RO_NONE;
}

/* ---- durations ------------------------------------------------------------------------------- */

/* "In a month", "two days after the vote" tell when or how often, not how long. */
static bool is_no_length(const ro_dating *dating, const ro_document *document, uint32_t timex)
{
    const ro_timex *found = &document->timexes.items[timex];
    uint32_t head = ro_tree_span_head(document, found->first, found->end);
    if (found->end < document->token_count &&
        ro_dating_has_cue(dating, RO_TIME_CUE_APART, document->tokens[found->end].lemma))
        return true;
    return ro_tree_has_deprel(document, head, "pobj") &&
           ro_dating_has_cue(dating, RO_TIME_CUE_NO_LENGTH,
                             document->tokens[document->tokens[head].head].lemma);
}

static void set_duration(const ro_dating *dating, const ro_document *document, ro_event *event,
                         uint32_t trigger, const bool *is_trigger)
{
    uint32_t found = timex_on(dating, document, trigger, true, is_trigger);
    if (found != RO_NONE && is_no_length(dating, document, found))
        found = RO_NONE;
    uint32_t head = document->tokens[trigger].head;
    if (found == RO_NONE && ro_tree_has_deprel(document, trigger, "nsubj") &&
        ro_dating_has_cue(dating, RO_TIME_CUE_LAST, document->tokens[head].lemma))
        found = timex_on(dating, document, head, true, is_trigger);
    /* "for weeks" has no length in ISO 8601 */
    if (found != RO_NONE && strchr(document->timexes.items[found].value, 'X') == NULL)
        event->duration = document->timexes.items[found].value;
}

ro_status ro_dating_anchor(const ro_dating *dating, ro_document *document)
{
    bool *is_trigger = ro_arena_alloc(document->arena, document->token_count, sizeof *is_trigger);
    if (is_trigger == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    onset_list onsets = {0};
    if (find_onsets(dating, document, &onsets) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < document->events.count; i++)
        is_trigger[document->events.items[i].trigger_first] = true;
    uint32_t sentence = RO_NONE, told = RO_NONE; /* before the sentence of the event at hand */
    for (uint32_t i = 0; i < document->events.count; i++) {
        ro_event *event = &document->events.items[i];
        uint32_t trigger = event->trigger_first;
        is_trigger[trigger] = false; /* it is no obstacle to itself */
        uint32_t timex = date_timex(dating, document, trigger, is_trigger);
        if (timex == RO_NONE)
            timex = onset_of(document, &onsets, trigger);
        if (event->sentence != sentence) {
            sentence = event->sentence;
            told = carried(dating, document, sentence, is_trigger);
        }
        if (timex == RO_NONE && event->status == RO_EVENT_STATUS_ACTUAL &&
            is_past_main(document, trigger))
            timex = told;
        if (timex != RO_NONE)
            set_date(dating, document, event, timex);
        set_duration(dating, document, event, trigger, is_trigger);
        ro_counting_set(dating, document, event);
        if (event->timex != RO_NONE &&
            event->count_within == document->timexes.items[event->timex].value)
            clear_date(event); /* "the fourth time this year" dates the count */
        is_trigger[trigger] = true;
    }
    return RO_STATUS_OK;
}
