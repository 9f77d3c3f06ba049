/* what.c - fills a document's events: a token that triggers a frame (match.c) gives an event with
 * its participants (party.c), status (mood.c), the attributions that it stands under, a confidence.
 *
 * An event without any participant that is an entity is not reported: most readings of a verb about
 * things and processes fall away so. A weak event (a mere statement) is reported only where its
 * sentence holds no other. The main event of a sentence is the one highest in its tree, steps from
 * a content to the verb of saying above it not counted.
 */
#include "what/what.h"

#include "base/alloc.h"
#include "base/error.h"
#include "doc/nesting.h"
#include "doc/tree.h"
#include "what/match.h"
#include "what/mood.h"
#include "what/party.h"

enum { DEPTH_LIMIT = 256 }; /* deeper than any sentence that somebody wrote */

struct ro_what {
    const ro_allocator *allocator;
    ro_ontology *ontology;
    ro_frames *frames;
};

/* A frame that fired, before its event is made. */
typedef struct fired {
    const ro_frame *frame;
    uint32_t trigger;
    uint32_t depth; /* in the sentence's tree */
    ro_participant_list actors, recipients;
} fired;

typedef RO_LIST(fired) firing_list;

static ro_status no_memory(ro_error *error)
{
    return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "what", "out of memory");
}

ro_status ro_what_open(const char *data_folder, const ro_allocator *allocator, ro_what **what,
                       ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_what *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return no_memory(error);
    made->allocator = allocator;
    ro_status status = ro_ontology_open(data_folder, allocator, &made->ontology, error);
    if (status == RO_STATUS_OK)
        status = ro_frames_open(data_folder, made->ontology, allocator, &made->frames, error);
    if (status != RO_STATUS_OK) {
        ro_what_close(made);
        return status;
    }
    *what = made;
    return RO_STATUS_OK;
}

void ro_what_close(ro_what *what)
{
    if (what == NULL)
        return;
    ro_frames_close(what->frames);
    ro_ontology_close(what->ontology);
    ro_alloc_free(what->allocator, what, 1, sizeof *what);
}

/* ---- participants --------------------------------------------------------------------------- */

/* Adds what the first slot with anything in it holds (or all of them). */
static bool add_slots(const ro_match *match, ro_document *document, const uint32_t *inner,
                      const ro_slot_list *slots, bool all, ro_participant_list *list)
{
    for (uint32_t i = 0; i < slots->count && (all || list->count == 0); i++) {
        uint32_t tokens[RO_MATCH_TOKENS];
        if (slots->items[i].kind == RO_SLOT_SPEAKER) {
            if (!ro_party_add_speaker(document, inner, match->trigger, list))
                return false;
            continue;
        }
        size_t count = ro_match_slot(match, slots->items[i], tokens);
        for (size_t j = 0; j < count; j++) {
            /* an adjective names a party only if it is an entity ("Russian") */
            if (slots->items[i].kind == RO_SLOT_MODIFIER &&
                !ro_party_is_agent(document, tokens[j]))
                continue;
            if (!ro_party_add(document, tokens[j], list))
                return false;
        }
    }
    return true;
}

/* Nobody does anything to himself: what is an actor is no recipient. */
static void drop_selves(const ro_participant_list *actors, ro_participant_list *recipients)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < recipients->count; i++) {
        const ro_participant *each = &recipients->items[i];
        bool self = false;
        for (uint32_t j = 0; j < actors->count; j++)
            self = self || (each->entity != RO_NONE && each->entity == actors->items[j].entity) ||
                   each->first == actors->items[j].first;
        if (!self)
            recipients->items[kept++] = *each;
    }
    recipients->count = kept;
}

static bool has_entity(const ro_participant_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].entity != RO_NONE)
            return true;
    return false;
}

static bool find_parties(const ro_match *match, ro_document *document, const uint32_t *inner,
                         fired *firing)
{
    const ro_frame *frame = firing->frame;
    if (!add_slots(match, document, inner, &frame->both, true, &firing->actors) ||
        !add_slots(match, document, inner, &frame->actors, false, &firing->actors) ||
        !add_slots(match, document, inner, &frame->recipients, false, &firing->recipients))
        return false;
    drop_selves(&firing->actors, &firing->recipients);
    return true;
}

/* ---- firings -------------------------------------------------------------------------------- */

static uint32_t depth_of(const ro_document *document, uint32_t token, const bool *is_cue)
{
    uint32_t depth = 0;
    for (int step = 0; step < DEPTH_LIMIT && document->tokens[token].head != token; step++) {
        token = document->tokens[token].head;
        depth += !is_cue[token];
    }
    return depth;
}

static bool find_firings(const ro_what *what, ro_document *document, const uint32_t *inner,
                         const bool *is_cue, ro_arena *arena, firing_list *firings)
{
    for (uint32_t i = 0; i < document->token_count; i++) {
        ro_match match = {what->frames, document, i};
        const ro_frame *frame = ro_match_frame(&match, true);
        if (frame == NULL)
            continue;
        fired found = {.frame = frame, .trigger = i};
        if (!find_parties(&match, document, inner, &found))
            return false;
        if (!has_entity(&found.actors) && !has_entity(&found.recipients))
            continue;
        found.depth = depth_of(document, i, is_cue);
        fired *kept = RO_LIST_ADD(arena, firings);
        if (kept == NULL)
            return false;
        *kept = found;
    }
    return true;
}

/* Whether a is a better main event than b of the same sentence. */
static bool is_better(const fired *a, const fired *b)
{
    if (a->frame->weak != b->frame->weak)
        return b->frame->weak;
    return a->depth < b->depth;
}

/* ---- events --------------------------------------------------------------------------------- */

/* What speaks for an event, explained in docs/frames.md. */
static double confidence_of(const ro_document *document, const fired *firing)
{
    double confidence = 0.4;
    const ro_participant_list *lists[] = {&firing->actors, &firing->recipients};
    for (int i = 0; i < 2; i++) {
        if (has_entity(lists[i]))
            confidence += 0.1;
        for (uint32_t j = 0; j < lists[i]->count; j++)
            if (lists[i]->items[j].entity != RO_NONE &&
                document->entities.items[lists[i]->items[j].entity].actor.code[0] != '\0') {
                confidence += 0.1;
                break;
            }
    }
    if (firing->frame->conditions.count > 0)
        confidence += 0.1;
    return firing->frame->weak ? confidence / 2 : confidence;
}

static bool add_attributions(ro_document *document, const uint32_t *inner, ro_event *event)
{
    for (uint32_t at = inner[event->trigger_first]; at != RO_NONE;
         at = document->attributions.items[at].in) {
        uint32_t *slot = RO_LIST_ADD(document->arena, &event->attributions);
        if (slot == NULL)
            return false;
        *slot = at;
    }
    return true;
}

static bool add_event(const ro_what *what, ro_document *document, const uint32_t *inner,
                      const fired *firing, bool is_main)
{
    ro_event *event = RO_LIST_ADD(document->arena, &document->events);
    if (event == NULL)
        return false;
    ro_match match = {what->frames, document, firing->trigger};
    uint32_t light = ro_match_light_verb(&match);
    uint32_t verb = light != RO_NONE ? light : firing->trigger;
    bool negated = ro_mood_is_negated(document, firing->trigger) ||
                   ro_mood_is_negated(document, verb);
    const ro_code *code = firing->frame->code, *announced = NULL;
    if (ro_mood_is_future(document, verb))
        announced = ro_ontology_announced(what->ontology, code->event_type, negated);
    if (announced != NULL) {
        code = announced;
        negated = false;
    }
    *event = (ro_event){
        .event_type = code->event_type,
        .mode = announced != NULL ? announced->mode : firing->frame->mode,
        .contexts = code->contexts,
        .cameo = code->cameo,
        .quad = code->quad,
        .pentaclass = code->pentaclass,
        .goldstein = code->goldstein,
        .main = is_main,
        .actors = firing->actors,
        .recipients = firing->recipients,
        .timex = RO_NONE,
        .place = RO_NONE,
        .duration = "",
        .count_since = "",
        .count_within = "",
        .killed = -1,
        .injured = -1,
        .size = -1,
        .status = ro_mood_status(&match),
        .negated = negated,
        .trigger_first = firing->trigger,
        .trigger_end = firing->trigger + 1,
        .sentence = document->tokens[firing->trigger].sentence,
        .confidence = confidence_of(document, firing),
        .frame = firing->frame->line,
    };
    /* "did not agree" is a refusal that did happen */
    for (uint32_t i = 0; i < firing->frame->conditions.count; i++)
        if (firing->frame->conditions.items[i].test == RO_FRAME_TEST_NEGATED)
            event->negated = false;
    return add_attributions(document, inner, event);
}

/* Adds the events of one sentence: firings [first, end). */
static bool add_sentence(const ro_what *what, ro_document *document, const uint32_t *inner,
                         const firing_list *firings, uint32_t first, uint32_t end)
{
    uint32_t best = first;
    for (uint32_t i = first + 1; i < end; i++)
        if (is_better(&firings->items[i], &firings->items[best]))
            best = i;
    for (uint32_t i = first; i < end; i++) {
        const fired *each = &firings->items[i];
        if (each->frame->weak && i != best)
            continue;
        if (!add_event(what, document, inner, each, i == best))
            return false;
    }
    return true;
}

static bool find(const ro_what *what, ro_document *document, ro_arena *arena)
{
    size_t count = document->token_count;
    uint32_t *inner = ro_arena_alloc(arena, count, sizeof *inner);
    uint32_t *scratch = ro_arena_alloc(arena, count, sizeof *scratch);
    bool *is_cue = ro_arena_alloc(arena, count, sizeof *is_cue);
    if (inner == NULL || scratch == NULL || is_cue == NULL)
        return false;
    ro_nesting_mark(document, inner, scratch);
    for (uint32_t i = 0; i < document->attributions.count; i++)
        is_cue[document->attributions.items[i].cue_token] = true;
    firing_list firings = {0};
    if (!find_firings(what, document, inner, is_cue, arena, &firings))
        return false;
    for (uint32_t first = 0, end; first < firings.count; first = end) {
        uint32_t sentence = document->tokens[firings.items[first].trigger].sentence;
        for (end = first + 1; end < firings.count; end++)
            if (document->tokens[firings.items[end].trigger].sentence != sentence)
                break;
        if (!add_sentence(what, document, inner, &firings, first, end))
            return false;
    }
    return true;
}

ro_status ro_what_find(const ro_what *what, ro_document *document, ro_error *error)
{
    ro_arena *arena = ro_arena_new(what->allocator);
    bool good = arena != NULL && find(what, document, arena);
    ro_arena_free(arena);
    return good ? RO_STATUS_OK : no_memory(error);
}
