/* transformer.h - BERT's encoder (Devlin et al. 2019) over sequences of different lengths, in
 * float32 or with int8 weights. Shapes: W is the width, I the inner width of the feed-forward
 * layers. Tensors, weights being [outputs, inputs] (with int8 weights W is int8, with float32
 * scales S by row beside it), N a layer's number from 0:
 *
 *     transformer/words/W [pieces, W]; positions [positions, W]; norm/G, beta
 *     transformer/N/qkv/W [3W, W], b; out/W [W, W], b; out_norm/G, beta;
 *     inner/W [I, W], b; outer/W [W, I], b; outer_norm/G, beta
 */
#ifndef RO_NN_TRANSFORMER_H
#define RO_NN_TRANSFORMER_H
#include "nn/kernels.h"
#include "nn/weights.h"

typedef struct ro_transformer ro_transformer; /* read-only, shared by threads */

typedef struct ro_transformer_shape {
    size_t width, layers, heads, inner;
    size_t positions; /* the longest sequence */
    size_t pieces;    /* ids are below        */
    float epsilon;
    bool int8;
} ro_transformer_shape;

/* UNSUPPORTED, with path and what is out of bounds, for a shape that is not run: W, I and W / heads
 * must be multiples of RO_LANES. */
ro_status ro_transformer_shape_check(const ro_transformer_shape *shape, const char *path,
                                     ro_error *error);

/* Reads and packs the tensors named transformer/...; the weights must outlive it. UNSUPPORTED for a
 * shape that is not run (W, I and W / heads must be multiples of RO_LANES), CORRUPT for a tensor
 * that is absent, of another type or shape, or not finite (each named), OUT_OF_MEMORY. */
ro_status ro_transformer_open(const ro_weights *weights, const ro_transformer_shape *shape,
                              const ro_kernels *kernels, const ro_allocator *allocator,
                              ro_transformer **transformer, ro_error *error);
void ro_transformer_close(ro_transformer *transformer);
const ro_transformer_shape *ro_transformer_shape_get(const ro_transformer *transformer);

/* Memory to run in, for one thread. NULL when out of memory. */
typedef struct ro_transformer_scratch ro_transformer_scratch;
ro_transformer_scratch *ro_transformer_scratch_new(const ro_transformer *transformer);
void ro_transformer_scratch_free(ro_transformer_scratch *scratch);

/* Encodes count sequences laid one behind another, without padding: ids of sequence i are
 * ids[starts[i]] to ids[starts[i + 1] - 1], starts ascending. out: a row of W for each of
 * ids[starts[0]] to ids[starts[count] - 1]. A row depends on its own sequence alone: same bytes
 * whatever the batch. OK, or BAD_ARGUMENT for an id or a length beyond the shape. Allocates
 * nothing. */
ro_status ro_transformer_run(const ro_transformer *transformer, ro_transformer_scratch *scratch,
                             const uint32_t *ids, const size_t *starts, size_t count, float *out);
#endif
