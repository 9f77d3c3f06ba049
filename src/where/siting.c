/* siting.c - where events happened: the place that stands under "in", "at", "near" ... in an
 * event's clause, else in its sentence, else the place of the dateline.
 *
 * The nearest such place in the tree counts: under the trigger, else under what the trigger is an
 * argument of, up to the end of its clause. Nationality words and places that act are no sites. A
 * dateline opens a text or a paragraph near its beginning: "TUNIS, March 3 (Reuters) -".
 */
#include "where/siting.h"

#include "base/text.h"
#include "doc/tree.h"

/* How far from an event its place may stand, in tokens and in steps up the tree: further than in
 * any sentence that somebody wrote, so that text that is none does not cost the square of its
 * length. */
#define REACH 256
#define CLIMB 64

/* The preposition that a place stands under, through a list of places; RO_NONE. */
static uint32_t preposition_of(const ro_atlas *atlas, const ro_document *document, uint32_t token)
{
    for (int step = 0;
         step < CLIMB && ro_tree_has_deprel(document, token, "conj|appos|compound|nmod"); step++)
        token = document->tokens[token].head;
    if (!ro_tree_has_deprel(document, token, "pobj"))
        return RO_NONE;
    uint32_t preposition = document->tokens[token].head;
    return ro_sighting_has_word(atlas, RO_PLACE_WORD_AT,
                                ro_text_of(document->tokens[preposition].lower))
               ? preposition
               : RO_NONE;
}

/* Whether a preposition hangs on node without another clause between. */
static bool hangs_on(const ro_document *document, uint32_t preposition, uint32_t node,
                     const bool *is_trigger)
{
    uint32_t steps = 0;
    for (uint32_t i = preposition; i != node; i = document->tokens[i].head)
        if (document->tokens[i].head == i || ro_tree_is_verb(document, i) || is_trigger[i] ||
            steps++ == CLIMB)
            return false;
    return true;
}

/* The first place that ends behind a token. */
static uint32_t place_behind(const ro_document *document, uint32_t token)
{
    uint32_t low = 0, high = document->places.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->places.items[middle].end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t place_on(const ro_atlas *atlas, const ro_document *document, uint32_t node,
                         const bool *is_trigger)
{
    uint32_t best = RO_NONE, best_gap = UINT32_MAX;
    uint32_t left = document->tokens[node].left, right = document->tokens[node].right;
    left = node - left > REACH ? node - REACH : left;
    right = right - node > REACH ? node + REACH : right;
    for (uint32_t i = place_behind(document, left); i < document->places.count; i++) {
        const ro_place *place = &document->places.items[i];
        if (place->first > right)
            break;
        if (place->kind == RO_PLACE_KIND_DEMONYM)
            continue;
        uint32_t preposition =
            preposition_of(atlas, document, ro_tree_span_head(document, place->first, place->end));
        if (preposition == RO_NONE || !hangs_on(document, preposition, node, is_trigger))
            continue;
        uint32_t gap = preposition > node ? preposition - node : node - preposition;
        if (gap < best_gap) {
            best = i;
            best_gap = gap;
        }
    }
    return best;
}

/* The place of what a token says: its own, else that of what it is an argument of. */
static uint32_t place_of(const ro_atlas *atlas, const ro_document *document, uint32_t node,
                         const bool *is_trigger)
{
    for (int step = 0; step < CLIMB; step++) {
        uint32_t place = place_on(atlas, document, node, is_trigger);
        bool is_clause =
            ro_tree_is_verb(document, node) && !ro_tree_has_deprel(document, node, "xcomp");
        if (place != RO_NONE || is_clause || document->tokens[node].head == node)
            return place;
        node = document->tokens[node].head;
    }
    return RO_NONE;
}

static bool is_target(const ro_atlas *atlas, const char *name)
{
    char lower[64];
    ro_text text = ro_text_of(name);
    return text.length * 2 < sizeof lower &&
           ro_sighting_has_word(atlas, RO_PLACE_WORD_TARGET,
                                (ro_text){lower, ro_text_lower(text, lower)});
}

/* The place that an event is done to, where that tells where it happened: "shelled Kharkiv". */
static uint32_t place_struck(const ro_atlas *atlas, const ro_document *document,
                             const ro_event *event)
{
    if (!is_target(atlas, event->event_type) && !is_target(atlas, event->mode))
        return RO_NONE;
    for (uint32_t child = ro_tree_next_child(document, event->trigger_first, 0); child != RO_NONE;
         child = ro_tree_next_child(document, event->trigger_first, child + 1)) {
        if (!ro_tree_has_deprel(document, child, "dobj|nsubjpass"))
            continue;
        uint32_t place = place_behind(document, child);
        if (place < document->places.count && document->places.items[place].first <= child &&
            document->places.items[place].kind != RO_PLACE_KIND_DEMONYM &&
            document->places.items[place].kind != RO_PLACE_KIND_COUNTRY)
            return place;
    }
    return RO_NONE;
}

/* The place of an event's sentence that stands nearest to it under a preposition. */
static uint32_t place_beside(const ro_atlas *atlas, const ro_document *document,
                             const ro_event *event)
{
    const ro_sentence *sentence = &document->sentences[event->sentence];
    uint32_t trigger = event->trigger_first, best = RO_NONE, best_gap = REACH;
    uint32_t from = trigger - sentence->first > REACH ? trigger - REACH : sentence->first;
    for (uint32_t i = place_behind(document, from); i < document->places.count; i++) {
        const ro_place *place = &document->places.items[i];
        uint32_t gap = place->first > trigger ? place->first - trigger : trigger - place->first;
        if (place->first >= sentence->end || place->first > trigger + REACH)
            break;
        if (place->kind == RO_PLACE_KIND_DEMONYM || gap >= best_gap ||
            preposition_of(atlas, document,
                           ro_tree_span_head(document, place->first, place->end)) == RO_NONE)
            continue;
        best = i;
        best_gap = gap;
    }
    return best;
}

/* ---- the dateline ---------------------------------------------------------------------------- */

/* How far into a text a dateline may open a sentence, and how many tokens it has: after a title. */
#define OPENINGS 4
#define DATELINE 16

static bool is_dash(const char *word)
{
    return strcmp(word, "-") == 0 || strcmp(word, "--") == 0 || strcmp(word, "_") == 0 ||
           strcmp(word, "\xE2\x80\x93") == 0 || strcmp(word, "\xE2\x80\x94") == 0;
}

/* Whether names, numbers and marks alone lead from a token to a dash. */
static bool leads_to_dash(const ro_document *document, uint32_t token)
{
    for (uint32_t i = token; i < document->token_count && i < token + DATELINE; i++) {
        const ro_token *each = &document->tokens[i];
        ro_text text = ro_document_token_text(document, i);
        size_t at = 0;
        if (is_dash(each->lower))
            return i > token || (each->space_after && document->tokens[token - 1].space_after);
        if (!each->is_space && ro_text_is_alpha(ro_text_decode(text, &at)) &&
            (at = 0, !ro_text_is_upper(ro_text_decode(text, &at))))
            return false;
    }
    return false;
}

/* The place that opens the text or one of its first sentences and leads to a dash; RO_NONE. */
static uint32_t dateline_of(const ro_document *document)
{
    for (uint32_t i = 0; i < document->sentence_count && i < OPENINGS; i++) {
        uint32_t first = document->sentences[i].first;
        while (first < document->sentences[i].end &&
               (document->tokens[first].is_space || document->tokens[first].upos == RO_UPOS_PUNCT))
            first++;
        uint32_t place = place_behind(document, first);
        if (place < document->places.count && document->places.items[place].first == first &&
            document->places.items[place].kind != RO_PLACE_KIND_DEMONYM &&
            leads_to_dash(document, document->places.items[place].end))
            return place;
    }
    return RO_NONE;
}

ro_status ro_siting_anchor(const ro_atlas *atlas, ro_document *document)
{
    bool *is_trigger = ro_arena_alloc(document->arena, document->token_count, sizeof *is_trigger);
    if (is_trigger == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < document->events.count; i++)
        is_trigger[document->events.items[i].trigger_first] = true;
    uint32_t dateline = document->events.count > 0 ? dateline_of(document) : RO_NONE;
    for (uint32_t i = 0; i < document->events.count; i++) {
        ro_event *event = &document->events.items[i];
        is_trigger[event->trigger_first] = false; /* it is no obstacle to itself */
        event->place = place_struck(atlas, document, event);
        if (event->place == RO_NONE)
            event->place = place_of(atlas, document, event->trigger_first, is_trigger);
        is_trigger[event->trigger_first] = true;
        event->place_from = RO_PLACE_FROM_CLAUSE;
        if (event->place == RO_NONE) {
            event->place = place_beside(atlas, document, event);
            event->place_from = RO_PLACE_FROM_SENTENCE;
        }
        if (event->place == RO_NONE) {
            event->place = dateline;
            event->place_from = RO_PLACE_FROM_DATELINE;
        }
        if (event->place == RO_NONE)
            event->place_from = RO_PLACE_FROM_NONE;
    }
    return RO_STATUS_OK;
}
