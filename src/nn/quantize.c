/* quantize.c - float weights as int8, by row, when a model is imported. What the activations become
 * at run time is the kernels' matter.
 */
#include "nn/quantize.h"

#include <math.h>

#define LARGEST 127.0f

void ro_quantize_rows(const float *weights, size_t rows, size_t columns, int8_t *out, float *scales)
{
    for (size_t r = 0; r < rows; r++) {
        const float *row = weights + r * columns;
        float largest = 0;
        for (size_t c = 0; c < columns; c++)
            largest = fmaxf(largest, fabsf(row[c]));
        /* below this a scale has too few bits left, and a weight may come out beyond 127 */
        scales[r] = largest / LARGEST >= 0x1p-126f ? largest / LARGEST : 0;
        for (size_t c = 0; c < columns; c++)
            out[r * columns + c] = (int8_t)(scales[r] > 0 ? nearbyintf(row[c] / scales[r]) : 0);
    }
}
