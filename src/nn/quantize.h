/* quantize.h - float weights as int8, by row. */
#ifndef RO_NN_QUANTIZE_H
#define RO_NN_QUANTIZE_H
#include <stddef.h>
#include <stdint.h>

/* Symmetric, a scale a row: scales[r] is the row's largest magnitude / 127, out[r][c] the nearest
 * integer (ties to even) of weights[r][c] / scales[r], in -127 to 127. A row of zeros, or one too
 * small to have a scale, is zeros with scale 0. weights are finite; all is row-major. */
void ro_quantize_rows(const float *weights, size_t rows, size_t columns, int8_t *out,
                      float *scales);
#endif
