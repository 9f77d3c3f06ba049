/* chain.c - linear chains of labels: which may follow which, the best one by Viterbi's method, and
 * how probable each label is over all of them. Where the scores come from is head.c's.
 *
 * K is the number of labels.
 */
#include "nn/chain.h"

#include <math.h>
#include <string.h>

/* Added to what labels forbid: far below any sum of learned scores, so that forbidden chains are
 * chosen only where all are. The same in tools/train/labels.py. */
static const float forbidden = -1e4F;

static bool is_label(const char *label)
{
    return strcmp(label, "O") == 0 || (strchr("BIR", label[0]) != NULL && label[0] != '\0' &&
                                       label[1] == '-' && label[2] != '\0');
}

static bool may_follow(const char *label, const char *before)
{
    return label[0] != 'I' || (before[0] != 'O' && strcmp(label + 2, before + 2) == 0);
}

bool ro_chain_make(ro_chain *chain, const char *const *labels, size_t count,
                   const float *transitions, size_t *faulty)
{
    *faulty = count;
    if (count == 0 || count > RO_CHAIN_LABELS)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_label(labels[i]) || (i == 0 && labels[i][0] != 'O')) {
            *faulty = i;
            return false;
        }
    *chain = (ro_chain){.count = count};
    for (size_t from = 0; from < count; from++)
        for (size_t to = 0; to < count; to++)
            chain->moves[from * count + to] =
                transitions[from * count + to] +
                (may_follow(labels[to], labels[from]) ? 0 : forbidden);
    for (size_t i = 0; i < count; i++)
        chain->starts[i] = labels[i][0] == 'I' || labels[i][0] == 'R' ? forbidden : 0;
    return true;
}

/* best[to] becomes the best score of a chain that ends here in to, from[to] the label before. */
static void step(const ro_chain *chain, const float *scores, float *best, uint8_t *from)
{
    float next[RO_CHAIN_LABELS];
    for (size_t to = 0; to < chain->count; to++) {
        size_t kept = 0;
        float top = best[0] + chain->moves[to];
        for (size_t i = 1; i < chain->count; i++) {
            float sum = best[i] + chain->moves[i * chain->count + to];
            if (sum > top) {
                top = sum;
                kept = i;
            }
        }
        next[to] = top + scores[to];
        from[to] = (uint8_t)kept;
    }
    memcpy(best, next, chain->count * sizeof *best);
}

/* So that the sums of a long document keep their precision: only differences matter. */
static void lower(float *best, size_t count)
{
    float top = best[0];
    for (size_t i = 1; i < count; i++)
        top = best[i] > top ? best[i] : top;
    for (size_t i = 0; i < count; i++)
        best[i] -= top;
}

ro_status ro_chain_decode(const ro_chain *chain, const float *scores, size_t stride, size_t tokens,
                          ro_arena *arena, uint8_t *labels)
{
    if (tokens == 0)
        return RO_STATUS_OK;
    float best[RO_CHAIN_LABELS];
    uint8_t *from = ro_arena_alloc(arena, tokens, chain->count);
    if (from == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < chain->count; i++)
        best[i] = scores[i] + chain->starts[i];
    for (size_t t = 1; t < tokens; t++) {
        lower(best, chain->count);
        step(chain, scores + t * stride, best, from + t * chain->count);
    }
    size_t last = 0;
    for (size_t i = 1; i < chain->count; i++)
        last = best[i] > best[last] ? i : last;
    for (size_t t = tokens; t-- > 0;) {
        labels[t] = (uint8_t)last;
        last = from[t * chain->count + last];
    }
    return RO_STATUS_OK;
}

/* ---- probabilities --------------------------------------------------------------------------- */

/* Makes numbers sum to one; where all are zero, which only forbidden chains are, they stay so. */
static void share(double *numbers, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += numbers[i];
    for (size_t i = 0; i < count && sum > 0; i++)
        numbers[i] /= sum;
}

/* The labels' weights by a token alone, the greatest 1. */
static void exponents(const float *scores, size_t count, double *weights)
{
    float top = scores[0];
    for (size_t i = 1; i < count; i++)
        top = scores[i] > top ? scores[i] : top;
    for (size_t i = 0; i < count; i++)
        weights[i] = exp((double)scores[i] - (double)top);
}

/* Each row is scaled to sum to one, which keeps long documents in range and changes no ratio. */
ro_status ro_chain_weigh(const ro_chain *chain, const float *scores, size_t stride, size_t tokens,
                         ro_arena *arena, float *probabilities)
{
    size_t count = chain->count;
    double *moves = ro_arena_alloc(arena, count * count, sizeof *moves);
    double *forward = ro_arena_alloc(arena, tokens * count, sizeof *forward);
    double backward[RO_CHAIN_LABELS], weights[RO_CHAIN_LABELS], next[RO_CHAIN_LABELS];
    if (moves == NULL || (tokens > 0 && forward == NULL))
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < count * count; i++)
        moves[i] = exp((double)chain->moves[i]);
    for (size_t t = 0; t < tokens; t++) {
        double *here = forward + t * count, *before = here - (t > 0 ? count : 0);
        exponents(scores + t * stride, count, weights);
        for (size_t to = 0; to < count; to++) {
            double sum = t == 0 ? exp((double)chain->starts[to]) : 0;
            for (size_t from = 0; from < count && t > 0; from++)
                sum += before[from] * moves[from * count + to];
            here[to] = sum * weights[to];
        }
        share(here, count);
    }
    for (size_t i = 0; i < count; i++)
        backward[i] = 1;
    for (size_t t = tokens; t-- > 0;) {
        double *here = forward + t * count;
        for (size_t i = 0; i < count; i++)
            here[i] *= backward[i];
        share(here, count);
        for (size_t i = 0; i < count; i++)
            probabilities[t * count + i] = (float)here[i];
        exponents(scores + t * stride, count, weights);
        for (size_t from = 0; from < count; from++) {
            next[from] = 0;
            for (size_t to = 0; to < count; to++)
                next[from] += moves[from * count + to] * weights[to] * backward[to];
        }
        share(next, count);
        memcpy(backward, next, count * sizeof *backward);
    }
    return RO_STATUS_OK;
}
