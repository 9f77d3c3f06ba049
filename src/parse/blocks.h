/* blocks.h - the vectors of a batch's tokens, computed block by block when first asked for.
 *
 * The documents of a batch stand one behind another as rows, with padding rows between, so that the
 * products are large; a block is RO_BLOCK_ROWS rows. What a block gives (a class for each token
 * classifier, the precomputed features for each transition scorer) is kept: classes for all rows,
 * features for the last RO_BLOCK_SLOTS blocks. A long document's far tokens are computed again, so
 * memory does not grow with it.
 */
#ifndef RO_PARSE_BLOCKS_H
#define RO_PARSE_BLOCKS_H
#include "nn/encoder.h"
#include "parse/forms.h"
#include "parse/transition.h"

enum { RO_BLOCK_ROWS = 160, RO_BLOCK_SLOTS = 16, RO_BLOCK_HEADS = 4 };

/* Which feature an encoder reads of a form. */
typedef enum ro_feature {
#define RO_FEATURE(member) RO_FEATURE_##member,
#include "parse/feature.def"
#undef RO_FEATURE
} ro_feature;
bool ro_blocks_feature_parse(const char *name, ro_feature *feature);

/* An encoder with all that reads its vectors; read-only. */
typedef struct ro_stack {
    ro_encoder *encoder;
    ro_feature features[RO_ENCODER_FEATURES];
    size_t feature_count;
    ro_linear classifiers[RO_BLOCK_HEADS];
    size_t classifier_count;
    ro_transition transitions[RO_BLOCK_HEADS];
    size_t transition_count;
} ro_stack;

void ro_blocks_close_stack(ro_stack *stack, const ro_allocator *allocator);

/* One thread's blocks of one stack. */
typedef struct ro_blocks ro_blocks;
ro_blocks *ro_blocks_new(const ro_stack *stack, const ro_kernels *kernels,
                         const ro_allocator *allocator); /* NULL when out of memory */
void ro_blocks_free(ro_blocks *blocks);
/* The forms' numbers mean other forms from now on. */
void ro_blocks_forget_forms(ro_blocks *blocks);
/* Begins a batch: rows are 2 * form + (a space follows), or UINT32_MAX for padding; at least the
 * encoder's reach of padding stands before, between and behind documents. rows is borrowed until
 * the next begin. */
ro_status ro_blocks_begin(ro_blocks *blocks, ro_forms *forms, const uint32_t *rows, size_t count);
/* Between begin and the first question: all rows' vectors, count x the encoder's width, are put
 * into kept (borrowed) as they are computed; finish computes those that nothing asked for. Rows of
 * padding get what they come to. OK or OUT_OF_MEMORY. */
void ro_blocks_keep(ro_blocks *blocks, float *kept);
ro_status ro_blocks_finish(ro_blocks *blocks);
/* Scores a state of a transition scorer: rows[f] is the row of its f-th token or UINT32_MAX.
 * *scores has a float a class and is borrowed until the next call. OK or OUT_OF_MEMORY. */
ro_status ro_blocks_score(ro_blocks *blocks, size_t transition, const uint32_t *rows,
                          const float **scores);
/* The class that a classifier gives a row. OK or OUT_OF_MEMORY. */
ro_status ro_blocks_class(ro_blocks *blocks, size_t classifier, size_t row, uint16_t *class_found);
/* Nanoseconds spent computing blocks. */
uint64_t ro_blocks_nanoseconds(const ro_blocks *blocks);
#endif
