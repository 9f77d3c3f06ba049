/* counting.c - how many times: "their third call since May 2", "the second visit in a month", "for
 * the first time this year".
 *
 * An ordinal on a noun that is counted (cues.tsv) counts the event that the noun names, stands
 * beside or, as "time", stands under. What follows says since when, or within how long. Values are
 * those of the time expressions; which day an event has is dating.c's.
 */
#include "when/counting.h"

#include "base/date.h"
#include "base/text.h"
#include "doc/tree.h"

/* How many steps a noun may stand above an event: "the third round of talks". */
#define ABOVE 4

static int ordinal_of(const ro_dating *dating, const ro_document *document, uint32_t noun)
{
    for (uint32_t child = ro_tree_next_child(document, noun, document->tokens[noun].left);
         child != RO_NONE && child < noun; child = ro_tree_next_child(document, noun, child + 1)) {
        ro_piece piece = {.token = child,
                          .text = ro_document_token_text(document, child),
                          .lower = ro_text_of(document->tokens[child].lower)};
        ro_reading reading;
        if (ro_timewords_read(dating->words, &piece, 1, 0, RO_TIME_CLASS_ORDINAL, &reading) &&
            reading.number >= 1)
            return (int)reading.number;
    }
    return 0;
}

static bool is_counted(const ro_dating *dating, const ro_document *document, uint32_t noun)
{
    const ro_token *token = &document->tokens[noun];
    return token->upos == RO_UPOS_NOUN &&
           ro_dating_has_cue(dating, RO_TIME_CUE_COUNT, token->lemma);
}

/* Whether a counted noun stands beside a trigger, without another clause between: "spoke, their
 * third call", "for the third time"; not "accused them of a second attack". An infinitive is none
 * where somebody's own is counted: "called him to discuss it, their third call". */
static bool is_beside(const ro_dating *dating, const ro_document *document, uint32_t noun,
                      uint32_t trigger)
{
    const ro_token *tokens = document->tokens;
    uint32_t above = tokens[noun].head;
    bool is_own = ro_tree_child(document, noun, "poss") != RO_NONE;
    if (ro_tree_has_deprel(document, noun, "pobj") &&
        (!ro_dating_has_cue(dating, RO_TIME_CUE_COUNTED, tokens[above].lemma) ||
         tokens[above].head != trigger))
        return false;
    for (uint32_t i = noun, steps = 0; i != trigger; i = tokens[i].head, steps++) {
        bool is_infinitive =
            strcmp(tokens[i].tag, "VB") == 0 && ro_tree_has_deprel(document, i, "advcl");
        if (tokens[i].head == i || steps == ABOVE ||
            (i != noun && ro_tree_is_verb(document, i) && !(is_own && is_infinitive)))
            return false;
    }
    return true;
}

/* Whether the nearest word that a timex hangs on is "in" or "within", or it is "this year" and the
 * like by itself. */
static bool is_within(const ro_dating *dating, const ro_document *document, const ro_timex *timex,
                      uint32_t head)
{
    uint32_t above = document->tokens[head].head;
    if (ro_tree_has_deprel(document, head, "pobj"))
        return ro_dating_has_cue(dating, RO_TIME_CUE_WITHIN, document->tokens[above].lemma) &&
               timex->type == RO_TIMEX_TYPE_DURATION;
    return timex->type == RO_TIMEX_TYPE_DATE && strlen(timex->value) < sizeof "2024-05-15" - 1 &&
           ro_dating_has_cue(dating, RO_TIME_CUE_THIS, document->tokens[timex->first].lower);
}

/* What is said behind a counted noun, up to the end of what node governs. */
static void set_span(const ro_dating *dating, const ro_document *document, ro_event *event,
                     uint32_t noun, uint32_t node)
{
    const ro_token *tokens = document->tokens;
    uint32_t last =
        tokens[node].right > tokens[noun].right ? tokens[node].right : tokens[noun].right;
    for (uint32_t i = ro_document_timex_behind(document, noun); i < document->timexes.count; i++) {
        const ro_timex *timex = &document->timexes.items[i];
        if (timex->first > last || timex->first > noun + RO_TREE_REACH)
            break;
        uint32_t head = ro_tree_span_head(document, timex->first, timex->end);
        if (event->count_since[0] == '\0' && !ro_date_is_none(timex->date) &&
            ro_dating_is_since(dating, document, head, noun))
            event->count_since = timex->value;
        else if (event->count_within[0] == '\0' && is_within(dating, document, timex, head))
            event->count_within = timex->value;
    }
}

void ro_counting_set(const ro_dating *dating, ro_document *document, ro_event *event)
{
    const ro_token *tokens = document->tokens;
    uint32_t trigger = event->trigger_first, noun = trigger, first, last;
    /* the event itself, or what it is told under: "the third round of talks", "the first time that
     * they met" */
    for (int step = 0; step < ABOVE; step++) {
        if (is_counted(dating, document, noun))
            event->count_ordinal = ordinal_of(dating, document, noun);
        if (event->count_ordinal != 0 ||
            !ro_tree_has_deprel(document, noun, "pobj|prep|relcl|acl|compound"))
            break;
        noun = tokens[noun].head;
    }
    ro_tree_around(document, trigger, &first, &last);
    for (uint32_t i = first; i <= last && event->count_ordinal == 0; i++) {
        noun = i;
        if (is_counted(dating, document, i) && is_beside(dating, document, i, trigger))
            event->count_ordinal = ordinal_of(dating, document, i);
    }
    if (event->count_ordinal != 0)
        set_span(dating, document, event, noun, trigger);
}
