/* chain.h - the best chain of labels under what each token says and what may follow what. */
#ifndef RO_NN_CHAIN_H
#define RO_NN_CHAIN_H
#include "base/arena.h"

enum { RO_CHAIN_LABELS = 32 }; /* at most */

typedef struct ro_chain {
    size_t count;                                       /* labels                       */
    float moves[RO_CHAIN_LABELS * RO_CHAIN_LABELS];     /* [from][to]                   */
    float starts[RO_CHAIN_LABELS];                      /* what the first label costs   */
} ro_chain;

/* Labels are O, which is the first of them, B-NAME (begins), I-NAME (goes on, behind a label of its
 * NAME only) and R-NAME (takes one up again); a chain starts with O or B. transitions,
 * [count][count] learned scores from label to label, is copied. False, with the number of the label
 * in *faulty, if one is none of these or the first is not O, or count is 0 or over RO_CHAIN_LABELS
 * (faulty: count). */
bool ro_chain_make(ro_chain *chain, const char *const *labels, size_t count,
                   const float *transitions, size_t *faulty);
/* The best chain (Viterbi 1967; of equals the earlier label) over scores, tokens rows of stride
 * floats, into labels. Memory from the arena. OK or OUT_OF_MEMORY. */
ro_status ro_chain_decode(const ro_chain *chain, const float *scores, size_t stride, size_t tokens,
                          ro_arena *arena, uint8_t *labels);
/* The probability of each label of each token under the chain (the forward-backward algorithm:
 * Rabiner 1989), tokens rows of chain->count floats. Memory from the arena. OK or OUT_OF_MEMORY. */
ro_status ro_chain_weigh(const ro_chain *chain, const float *scores, size_t stride, size_t tokens,
                         ro_arena *arena, float *probabilities);
#endif
