/* attention.h - self-attention of several heads over one sequence, in float32. */
#ifndef RO_NN_ATTENTION_H
#define RO_NN_ATTENTION_H
#include "nn/kernels.h"

/* Scratch memory for one thread. */
typedef struct ro_attention ro_attention;

/* For sequences of up to longest rows and heads of size numbers, a multiple of RO_LANES. NULL when
 * out of memory. */
ro_attention *ro_attention_new(size_t longest, size_t heads, size_t size,
                               const ro_allocator *allocator);
void ro_attention_free(ro_attention *attention);
/* in: rows x (3 heads size), each row its queries, keys and values; out: rows x (heads size), for
 * each head softmax(queries keys' / sqrt(size)) values. */
void ro_attention_run(ro_attention *attention, const ro_kernels *kernels, const float *in,
                      size_t rows, float *out);
#endif
