/* quantized.h - packing int8 weights for ro_kernels.product_int8. */
#ifndef RO_NN_QUANTIZED_H
#define RO_NN_QUANTIZED_H
#include "nn/kernels.h"

/* The most inputs, so that a sum of products cannot leave 32 bits. */
#define RO_QUANTIZED_INNER_MOST 16384u

/* Packs weights of shape [columns][inner] with a scale for every column, borrowed; columns and
 * inner are multiples of RO_LANES, inner at most RO_QUANTIZED_INNER_MOST. Ownership: data and
 * starts, from the allocator. OK or OUT_OF_MEMORY. */
ro_status ro_quantized_pack(const int8_t *weights, const float *scales, size_t columns,
                            size_t inner, const ro_allocator *allocator, ro_quantized *quantized);
void ro_quantized_free(ro_quantized *quantized, const ro_allocator *allocator);
#endif
