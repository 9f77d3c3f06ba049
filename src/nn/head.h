/* head.h - heads: what turns the vectors of tokens into labels of tokens, spans and pairs of spans.
 *
 * A head knows the width of the vectors, not which encoder they come from. Its tensors are those of
 * docs/model-format.md under heads/<name>/. Shapes: W the vectors' width, H a hidden layer's, K the
 * labels, T the tokens of a document.
 */
#ifndef RO_NN_HEAD_H
#define RO_NN_HEAD_H
#include "base/arena.h"
#include "base/range.h"
#include "nn/kernels.h"
#include "nn/weights.h"

typedef enum ro_head_kind {
#define RO_HEAD_KIND(member, name) RO_HEAD_KIND_##member,
#include "nn/head_kind.def"
#undef RO_HEAD_KIND
    RO_HEAD_KIND_COUNT
} ro_head_kind;
const char *ro_head_kind_name(ro_head_kind kind);
bool ro_head_kind_parse(ro_text name, ro_head_kind *kind);

typedef struct ro_head ro_head; /* read-only, shared by threads */

typedef struct ro_head_shape {
    const char *name;
    ro_head_kind kind;
    size_t width; /* of the vectors; a multiple of RO_LANES */
    const char *const *labels;
    size_t label_count;
} ro_head_shape;

/* The vectors of a document's tokens: count rows of the head's width. */
typedef struct ro_token_vectors {
    const float *rows;
    uint32_t count;
} ro_token_vectors;

/* Reads and packs a head's tensors; shape and its strings are copied. CORRUPT for a tensor that is
 * absent, of another shape (a head for another encoder) or not finite (each named) and for labels
 * that are no chain's, UNSUPPORTED for a width that is no multiple of RO_LANES, OUT_OF_MEMORY. */
ro_status ro_head_open(const ro_weights *weights, const ro_head_shape *shape,
                       const ro_kernels *kernels, const ro_allocator *allocator, ro_head **head,
                       ro_error *error);
void ro_head_close(ro_head *head);
const ro_head_shape *ro_head_shape_get(const ro_head *head);

/* Each takes temporary memory from the arena, and fails with OUT_OF_MEMORY only. Vectors are those
 * of a whole document: a head may look at the tokens around those it is asked about. */

/* The best chain of labels of a document, a number a token, and the probability of each label of
 * each token, [T][K]. Kind CHAIN. */
ro_status ro_head_tag(const ro_head *head, ro_token_vectors vectors, ro_arena *arena,
                      uint8_t *labels, float *probabilities);
/* The probability of each label of a span that is not empty, K floats. Kind SPAN. */
ro_status ro_head_classify(const ro_head *head, ro_token_vectors vectors, ro_range span,
                           ro_arena *arena, float *probabilities);
/* The same of a pair within a span: each side is a list of ranges, which may be empty. Kind
 * PAIR. */
typedef struct ro_head_pair {
    ro_range span;
    const ro_range *sides[2]; /* actor, recipient */
    size_t counts[2];
} ro_head_pair;
ro_status ro_head_relate(const ro_head *head, ro_token_vectors vectors, const ro_head_pair *pair,
                         ro_arena *arena, float *probabilities);
#endif
