/* transition.h - the scorer of spaCy's TransitionBasedParser.v2: a state's score for each action.
 *
 * A state looks at some tokens (features). What a token adds to the hidden layer as feature f does
 * not depend on the state, so it is computed for whole blocks of tokens before (blocks.c).
 * Shapes: F features, H hidden, P pieces, C classes.
 */
#ifndef RO_PARSE_TRANSITION_H
#define RO_PARSE_TRANSITION_H
#include "nn/linear.h"
#include "parse/labels.h"

#include <jansson.h>

enum { RO_TRANSITION_FEATURES = 13, RO_TRANSITION_CLASSES = 2048 };

/* One action: a letter (S D L R B of arcs, B I L U O of names) and a label, 0 if none. */
typedef struct ro_move {
    char action;
    ro_label label;
} ro_move;

/* Classes [first, end) share one action. */
typedef struct ro_move_run {
    char action;
    uint32_t first, end;
} ro_move_run;

typedef struct ro_transition {
    ro_linear linear;  /* encoder width -> inputs of lower                       */
    ro_matrix lower;   /* inputs -> F P H, of a token                            */
    float *bias, *pad; /* [P H], [F P H]                                         */
    ro_linear upper;   /* H -> C                                                 */
    size_t features, hidden, pieces, width; /* width = F P H                                   */
    ro_move *moves; /* C                                                      */
    ro_move_run *runs;
    uint32_t class_count, run_count;
} ro_transition;

/* Opens a component of model.json over vectors of width encoder_width. actions: the letters that
 * are allowed. CORRUPT, UNSUPPORTED or OUT_OF_MEMORY; close in any case. */
ro_status ro_transition_open(const json_t *component, const char *name, const char *actions,
                             const ro_weights *weights, size_t encoder_width, ro_labels *labels,
                             const ro_allocator *allocator, ro_transition *transition,
                             ro_error *error);
void ro_transition_close(ro_transition *transition, const ro_allocator *allocator);

/* Scores a state. parts[f] is what its f-th token adds as feature f: P H floats, at f * P * H of
 * the token's features or of pad. scratch: P H + H floats; scores: upper.matrix.padded floats. */
void ro_transition_score(const ro_transition *transition, const ro_kernels *kernels,
                         const float *const *parts, float *scratch, float *scores);
/* The best class among those whose action's bit (ro_transition_bit) is set in allowed; the first
 * of equals; UINT32_MAX if there is none. */
uint32_t ro_transition_best(const ro_transition *transition, const float *scores, uint32_t allowed);
/* A bit for each action letter. */
uint32_t ro_transition_bit(char action);
#endif
