/* mood.c - whether an event happened: "will", "would", "if", "did not", and what frames say of the
 * events that they govern (a plan, a refusal, a threat).
 *
 * The nearest sign wins: the event's own auxiliaries, then its governors from the inside out.
 */
#include "what/mood.h"

#include "doc/clause.h"
#include "doc/tree.h"
#include <string.h>

enum { CLIMB_LIMIT = 8 };

bool ro_mood_is_negated(const ro_document *document, uint32_t token)
{
    if (ro_tree_child(document, token, "neg") != RO_NONE)
        return true;
    uint32_t from = document->tokens[token].left;
    for (uint32_t child; (child = ro_tree_next_child(document, token, from)) != RO_NONE;
         from = child + 1)
        if ((ro_tree_has_deprel(document, child, "advmod") &&
             ro_tree_has_lemma(document, child, "never|neither|nor")) ||
            (ro_tree_has_deprel(document, child, "det") &&
             ro_tree_has_lemma(document, child, "no|neither")))
            return true;
    return false;
}

/* Whether a verb has an auxiliary of one of these forms. */
static bool has_auxiliary(const ro_document *document, uint32_t verb, const char *lemmas)
{
    uint32_t from = document->tokens[verb].left;
    for (uint32_t child; (child = ro_tree_next_child(document, verb, from)) != RO_NONE;
         from = child + 1)
        if (ro_tree_has_deprel(document, child, "aux") &&
            ro_tree_has_lemma(document, child, lemmas))
            return true;
    return false;
}

bool ro_mood_is_future(const ro_document *document, uint32_t token)
{
    return has_auxiliary(document, token, "will|shall|'ll|\u2019ll|wo") ||
           (ro_tree_has_deprel(document, token, "xcomp") &&
            ro_tree_has_lemma(document, document->tokens[token].head, "go") &&
            ro_clause_is_infinitive(document, token));
}

/* What a verb's own auxiliaries say; false if they say nothing. "Could not" is what happened. */
static bool own_status(const ro_document *document, uint32_t verb, ro_event_status *status)
{
    if (ro_mood_is_future(document, verb)) {
        *status = RO_EVENT_STATUS_PLANNED;
        return true;
    }
    uint32_t mark = ro_tree_child(document, verb, "mark");
    bool open = has_auxiliary(document, verb, "would|could|may|might|should|must|ought|can") &&
                !ro_mood_is_negated(document, verb);
    if (open || (mark != RO_NONE && ro_tree_has_lemma(document, mark, "if|unless"))) {
        *status = RO_EVENT_STATUS_HYPOTHETICAL;
        return true;
    }
    if (strcmp(document->tokens[verb].tag, "VBG") == 0 && has_auxiliary(document, verb, "be")) {
        uint32_t be = ro_tree_child(document, verb, "aux");
        const char *tag = document->tokens[be].tag;
        if (strcmp(tag, "VBP") == 0 || strcmp(tag, "VBZ") == 0) {
            *status = RO_EVENT_STATUS_ONGOING;
            return true;
        }
    }
    if (ro_tree_has_deprel(document, verb, "advcl|relcl|acl") &&
        ro_clause_is_infinitive(document, verb)) {
        *status = RO_EVENT_STATUS_PLANNED; /* "came to meet" */
        return true;
    }
    return false;
}

ro_event_status ro_mood_status(const ro_match *match)
{
    const ro_document *document = match->document;
    uint32_t token = match->trigger;
    ro_event_status status;
    for (int step = 0; step < CLIMB_LIMIT; step++) {
        if (document->tokens[token].upos == RO_UPOS_VERB && own_status(document, token, &status))
            return status;
        uint32_t head = document->tokens[token].head;
        if (head == token ||
            ro_tree_has_deprel(document, token, "nsubj|nsubjpass|advcl|parataxis|relcl|conj"))
            break;
        ro_match governor = {match->frames, document, head};
        const ro_frame *frame = ro_match_frame(&governor, false);
        if (frame != NULL && frame->has_inside && !ro_mood_is_negated(document, head) &&
            !own_status(document, head, &status))
            return frame->inside;
        token = head;
    }
    return RO_EVENT_STATUS_ACTUAL;
}
