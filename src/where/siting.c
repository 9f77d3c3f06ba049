/* siting.c - where events happened: the place that stands under "in", "at", "near" ... in an
 * event's clause, else in its sentence, else the place of the dateline.
 *
 * The place that stands highest in the tree counts, and of such the nearest: under the trigger,
 * else under what the trigger is an argument of, up to the end of its clause. Nationality words and
 * places that act are no sites. What a dateline is, doc/dateline.c says.
 */
#include "where/siting.h"

#include "base/text.h"
#include "doc/tree.h"

/* How many steps a country stands behind what lies in it; a region one less. */
#define COARSE 3

/* The noun that a place stands for in its clause, through a list of places and "the town of". */
static uint32_t seat_of(const ro_atlas *atlas, const ro_document *document, uint32_t token)
{
    for (int step = 0; step < RO_TREE_CLIMB; step++) {
        uint32_t head = document->tokens[token].head, above = document->tokens[head].head;
        if (ro_tree_has_deprel(document, token, "conj|appos|compound|nmod"))
            token = head;
        else if (ro_tree_has_deprel(document, token, "pobj") &&
                 strcmp(document->tokens[head].lower, "of") == 0 &&
                 (ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_SETTLEMENT, above) ||
                  ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_DIVISION, above)))
            token = above;
        else
            break;
    }
    return token;
}

/* The preposition that a place stands under; RO_NONE. */
static uint32_t preposition_of(const ro_atlas *atlas, const ro_document *document, uint32_t token)
{
    token = seat_of(atlas, document, token);
    if (!ro_tree_has_deprel(document, token, "pobj"))
        return RO_NONE;
    uint32_t preposition = document->tokens[token].head;
    return ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_AT, preposition) ? preposition
                                                                                   : RO_NONE;
}

/* How many steps below node a preposition hangs, without another clause between; RO_NONE if it does
 * not. */
static uint32_t depth_under(const ro_document *document, uint32_t preposition, uint32_t node,
                            const bool *is_trigger)
{
    uint32_t steps = 0;
    for (uint32_t i = preposition; i != node; i = document->tokens[i].head)
        if (document->tokens[i].head == i || ro_tree_is_verb(document, i) || is_trigger[i] ||
            steps++ == RO_TREE_CLIMB)
            return RO_NONE;
    return steps;
}

/* The place told highest under node, and of such the nearest; "near Gao, in Mali" is near Gao. */
static uint32_t place_on(const ro_atlas *atlas, const ro_document *document, uint32_t node,
                         const bool *is_trigger)
{
    uint32_t best = RO_NONE, best_depth = RO_NONE, best_gap = UINT32_MAX;
    uint32_t left, right;
    ro_tree_around(document, node, &left, &right);
    for (uint32_t i = ro_document_place_behind(document, left); i < document->places.count; i++) {
        const ro_place *place = &document->places.items[i];
        if (place->first > right)
            break;
        if (place->kind == RO_PLACE_KIND_DEMONYM)
            continue;
        uint32_t preposition =
            preposition_of(atlas, document, ro_tree_span_head(document, place->first, place->end));
        uint32_t depth =
            preposition != RO_NONE ? depth_under(document, preposition, node, is_trigger) : RO_NONE;
        if (depth != RO_NONE)
            depth += place->kind == RO_PLACE_KIND_COUNTRY  ? COARSE
                     : place->kind == RO_PLACE_KIND_REGION ? COARSE - 1
                                                           : 0;
        uint32_t gap = preposition > node ? preposition - node : node - preposition;
        if (depth < best_depth || (depth == best_depth && depth != RO_NONE && gap < best_gap)) {
            best = i;
            best_depth = depth;
            best_gap = gap;
        }
    }
    return best;
}

/* The place of what a token says: its own, else that of what it is an argument of. */
static uint32_t place_of(const ro_atlas *atlas, const ro_document *document, uint32_t node,
                         const bool *is_trigger)
{
    for (int step = 0; step < RO_TREE_CLIMB; step++) {
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
    uint32_t trigger = event->trigger_first, left, right;
    ro_tree_around(document, trigger, &left, &right);
    for (uint32_t i = ro_document_place_behind(document, left); i < document->places.count; i++) {
        const ro_place *place = &document->places.items[i];
        if (place->first > right)
            break;
        uint32_t seat =
            seat_of(atlas, document, ro_tree_span_head(document, place->first, place->end));
        if (place->kind != RO_PLACE_KIND_DEMONYM && place->kind != RO_PLACE_KIND_COUNTRY &&
            document->tokens[seat].head == trigger &&
            ro_tree_has_deprel(document, seat, "dobj|nsubjpass"))
            return i;
    }
    return RO_NONE;
}

/* The place of an event's sentence that stands nearest to it under a preposition. */
static uint32_t place_beside(const ro_atlas *atlas, const ro_document *document,
                             const ro_event *event)
{
    const ro_sentence *sentence = &document->sentences[event->sentence];
    uint32_t trigger = event->trigger_first, best = RO_NONE, best_gap = RO_TREE_REACH;
    uint32_t from =
        trigger - sentence->first > RO_TREE_REACH ? trigger - RO_TREE_REACH : sentence->first;
    for (uint32_t i = ro_document_place_behind(document, from); i < document->places.count; i++) {
        const ro_place *place = &document->places.items[i];
        uint32_t gap = place->first > trigger ? place->first - trigger : trigger - place->first;
        if (place->first >= sentence->end || place->first > trigger + RO_TREE_REACH)
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

/* The place that the dateline names first; RO_NONE. */
static uint32_t dateline_of(const ro_document *document)
{
    if (document->dateline == RO_NONE)
        return RO_NONE;
    const ro_sentence *dateline = &document->sentences[document->dateline];
    for (uint32_t i = ro_document_place_behind(document, dateline->first);
         i < document->places.count && document->places.items[i].first < dateline->end; i++)
        if (document->places.items[i].kind != RO_PLACE_KIND_DEMONYM)
            return i;
    return RO_NONE;
}

/* ---- all ------------------------------------------------------------------------------------- */

/* "..., killing four" happened where its main clause did: the event of that, RO_NONE if there is
 * none. event_at has the event that each token triggers. */
static uint32_t main_event(const ro_document *document, const ro_event *event,
                           const uint32_t *event_at)
{
    const ro_token *token = &document->tokens[event->trigger_first];
    bool is_participle = strcmp(token->tag, "VBG") == 0 && strcmp(token->deprel, "advcl") == 0;
    return is_participle ? event_at[token->head] : RO_NONE;
}

static void find_clause_places(const ro_atlas *atlas, ro_document *document, bool *is_trigger)
{
    for (uint32_t i = 0; i < document->events.count; i++) {
        ro_event *event = &document->events.items[i];
        is_trigger[event->trigger_first] = false; /* it is no obstacle to itself */
        event->place = place_struck(atlas, document, event);
        if (event->place == RO_NONE)
            event->place = place_of(atlas, document, event->trigger_first, is_trigger);
        is_trigger[event->trigger_first] = true;
        event->place_from = event->place != RO_NONE ? RO_PLACE_FROM_CLAUSE : RO_PLACE_FROM_NONE;
    }
}

ro_status ro_siting_anchor(const ro_atlas *atlas, ro_document *document)
{
    bool *is_trigger = ro_arena_alloc(document->arena, document->token_count, sizeof *is_trigger);
    uint32_t *event_at = ro_arena_alloc(document->arena, document->token_count, sizeof *event_at);
    if (is_trigger == NULL || event_at == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < document->token_count; i++)
        event_at[i] = RO_NONE;
    for (uint32_t i = 0; i < document->events.count; i++) {
        is_trigger[document->events.items[i].trigger_first] = true;
        event_at[document->events.items[i].trigger_first] = i;
    }
    find_clause_places(atlas, document, is_trigger);
    uint32_t dateline = document->events.count > 0 ? dateline_of(document) : RO_NONE;
    for (uint32_t i = 0; i < document->events.count; i++) {
        ro_event *event = &document->events.items[i];
        if (event->place != RO_NONE)
            continue;
        uint32_t other = main_event(document, event, event_at);
        if (other != RO_NONE && document->events.items[other].place_from == RO_PLACE_FROM_CLAUSE) {
            event->place = document->events.items[other].place;
            event->place_from = RO_PLACE_FROM_CLAUSE;
        } else if ((event->place = place_beside(atlas, document, event)) != RO_NONE) {
            event->place_from = RO_PLACE_FROM_SENTENCE;
        } else if ((event->place = dateline) != RO_NONE) {
            event->place_from = RO_PLACE_FROM_DATELINE;
        }
    }
    return RO_STATUS_OK;
}
