/* tagging.c - reads the attribution head's answer: per part what begins and goes on where, and the
 * spans of the best chain.
 */
#include "says/tagging.h"

#include <math.h>
#include <string.h>

static const char *const part_names[] = {
#define RO_PART(member, name) name,
#include "says/part.def"
#undef RO_PART
};

static const double least = 1e-4; /* of a probability whose logarithm is taken */

/* Of the head, of each encoder that was asked; the surest encoder's is the last. */
static bool is_answer(const ro_answer *answer)
{
    return strcmp(answer->head, "attribution") == 0;
}

/* The part that a label is of; false for O and for parts of other heads. */
static bool part_of(const char *label, ro_part *part)
{
    for (int i = 0; i < RO_PART_COUNT; i++)
        if (label[0] != '\0' && label[1] == '-' && strcmp(label + 2, part_names[i]) == 0) {
            *part = (ro_part)i;
            return true;
        }
    return false;
}

static ro_status read_spans(const ro_document *document, const ro_answer *answer, ro_arena *arena,
                            ro_tagging *tagging)
{
    ro_tagged *open = NULL;
    ro_part open_part = RO_PART_COUNT, part;
    for (uint32_t t = 0; t < document->token_count; t++) {
        const char *label = answer->labels[answer->tags[t]];
        if (document->tokens[t].is_space)
            continue;
        if (!part_of(label, &part)) {
            open = NULL;
        } else if (label[0] == 'I' && open != NULL && part == open_part) {
            open->range.end = t + 1;
        } else {
            open = RO_LIST_ADD(arena, &tagging->spans[part]);
            if (open == NULL)
                return RO_STATUS_OUT_OF_MEMORY;
            *open = (ro_tagged){{t, t + 1}, label[0] == 'R'};
            open_part = part;
        }
    }
    return RO_STATUS_OK;
}

/* White space has no label of its own: it goes on with what goes on behind it. */
static void read_spaces(const ro_document *document, ro_tagging *tagging)
{
    for (uint32_t t = document->token_count; t-- > 0;)
        for (int i = 0; i < RO_PART_COUNT && document->tokens[t].is_space; i++) {
            tagging->begins[i][t] = 0;
            tagging->inside[i][t] = tagging->inside[i][t + 1];
        }
}

ro_status ro_tagging_blank(const ro_document *document, ro_arena *arena, ro_tagging *tagging)
{
    size_t count = document->token_count;
    *tagging = (ro_tagging){0};
    for (int i = 0; i < RO_PART_COUNT; i++) {
        tagging->begins[i] = ro_arena_alloc(arena, count + 1, sizeof *tagging->begins[i]);
        tagging->inside[i] = ro_arena_alloc(arena, count + 1, sizeof *tagging->inside[i]);
        tagging->shares[i] = ro_arena_alloc(arena, count + 1, sizeof *tagging->shares[i]);
        tagging->chains[i] = ro_arena_alloc(arena, count + 1, sizeof *tagging->chains[i]);
        if (tagging->begins[i] == NULL || tagging->inside[i] == NULL ||
            tagging->shares[i] == NULL || tagging->chains[i] == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

/* Adds an answer's probabilities, weighted. */
static void add_answer(const ro_answer *answer, float weight, uint32_t count, ro_tagging *tagging)
{
    ro_part part;
    for (uint32_t t = 0; t < count; t++)
        for (uint32_t i = 0; i < answer->label_count; i++) {
            const char *label = answer->labels[i];
            float share = weight * answer->probabilities[(size_t)t * answer->label_count + i];
            if (part_of(label, &part))
                *(label[0] == 'I' ? &tagging->inside[part][t] : &tagging->begins[part][t]) += share;
        }
}

/* Where two encoders were asked, the later, surer one counts twice. */
static const ro_answer *add_answers(const ro_document *document, ro_tagging *tagging)
{
    const ro_answer *surest = NULL;
    uint32_t asked = 0;
    for (uint32_t i = 0; i < document->answers.count; i++)
        asked += is_answer(&document->answers.items[i]);
    for (uint32_t i = 0; i < document->answers.count; i++)
        if (is_answer(&document->answers.items[i])) {
            float weight = asked < 2 ? 1.0F : surest == NULL ? 1 / 3.0F : 2 / 3.0F;
            surest = &document->answers.items[i];
            add_answer(surest, weight, document->token_count, tagging);
        }
    return surest;
}

ro_status ro_tagging_read(const ro_document *document, ro_arena *arena, ro_tagging *tagging)
{
    uint32_t count = document->token_count;
    ro_status status = ro_tagging_blank(document, arena, tagging);
    const ro_answer *answer = status == RO_STATUS_OK ? add_answers(document, tagging) : NULL;
    if (answer == NULL)
        return status;
    tagging->known = true;
    read_spaces(document, tagging);
    for (uint32_t t = 0; t < count; t++)
        for (int i = 0; i < RO_PART_COUNT; i++) {
            tagging->shares[i][t + 1] =
                tagging->shares[i][t] + (double)ro_tagging_of(tagging, (ro_part)i, t);
            tagging->chains[i][t + 1] =
                tagging->chains[i][t] + log(fmax((double)tagging->inside[i][t], least));
        }
    return read_spans(document, answer, arena, tagging);
}

float ro_tagging_of(const ro_tagging *tagging, ro_part part, uint32_t token)
{
    return tagging->begins[part][token] + tagging->inside[part][token];
}

double ro_tagging_mean(const ro_tagging *tagging, ro_part part, ro_range range)
{
    return (tagging->shares[part][range.end] - tagging->shares[part][range.first]) /
           (range.end - range.first);
}

double ro_tagging_begin(const ro_tagging *tagging, ro_part part, uint32_t first)
{
    return tagging->known ? log(fmax((double)tagging->begins[part][first], least)) : 0;
}

double ro_tagging_chain(const ro_tagging *tagging, ro_part part, ro_range range)
{
    return range.end - range.first > 1
               ? tagging->chains[part][range.end] - tagging->chains[part][range.first + 1]
               : 0;
}

double ro_tagging_end(const ro_tagging *tagging, ro_part part, uint32_t end)
{
    return tagging->known ? log(fmax(1 - (double)tagging->inside[part][end], least)) : 0;
}

uint32_t ro_tagging_behind(const ro_tagging *tagging, ro_part part, uint32_t token)
{
    const ro_tagged_list *spans = &tagging->spans[part];
    uint32_t low = 0, high = spans->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (spans->items[middle].range.end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool ro_tagging_is_span(const ro_tagging *tagging, ro_part part, ro_range range)
{
    uint32_t at = ro_tagging_behind(tagging, part, range.first);
    const ro_tagged_list *spans = &tagging->spans[part];
    return at < spans->count && spans->items[at].range.first == range.first &&
           spans->items[at].range.end == range.end;
}
