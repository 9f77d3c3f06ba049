/* quantized.h - int8 weights: rounding floats to them, and packing them for product_int8. */
#ifndef RO_NN_QUANTIZED_H
#define RO_NN_QUANTIZED_H
#include "nn/kernels.h"

/* The most inputs, so that neither a sum of products of codes (0 to 255) and weights, nor the zero
 * of the codes times a sum of weights, nor both together can leave 32 bits. */
#define RO_QUANTIZED_INNER_MOST 16384u

/* Symmetric, a scale a row: scales[r] is the row's largest magnitude / 127, out[r][c] the nearest
 * integer (ties to even) of weights[r][c] / scales[r], in -127 to 127. A row of zeros, or one too
 * small to have a scale, is zeros with scale 0. weights are finite; all is row-major. */
void ro_quantized_round(const float *weights, size_t rows, size_t columns, int8_t *out,
                        float *scales);

/* Packs weights of shape [columns][inner] with a scale for every column, borrowed; columns and
 * inner are multiples of RO_LANES, inner at most RO_QUANTIZED_INNER_MOST. Ownership: data and
 * sums, from the allocator. OK or OUT_OF_MEMORY. */
ro_status ro_quantized_pack(const int8_t *weights, const float *scales, size_t columns,
                            size_t inner, const ro_allocator *allocator, ro_quantized *quantized);
void ro_quantized_free(ro_quantized *quantized, const ro_allocator *allocator);
#endif
