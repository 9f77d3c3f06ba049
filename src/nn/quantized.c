/* quantized.c - float weights as int8, when a model is imported, and int8 weights in the panels
 * that the kernels read (kernels.h), when it is opened. As a model of 10 million weights is packed
 * each time, a column is read once, in its order, for the panel and for its sum.
 */
#include "nn/quantized.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

#define LARGEST 127.0F

void ro_quantized_round(const float *weights, size_t rows, size_t columns, int8_t *out,
                        float *scales)
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

static void pack_panel(const int8_t *weights, size_t width, size_t inner, int8_t *panel)
{
    for (size_t first = 0; first < width; first += RO_LANES)
        for (size_t k = 0; k < inner; k += RO_LANES) {
            uint32_t square[RO_LANES][RO_LANES / 4]; /* fours of 16 columns: all cache lines used */
            for (size_t j = 0; j < RO_LANES; j++)
                memcpy(square[j], weights + (first + j) * inner + k, RO_LANES);
            for (size_t four = 0; four < RO_LANES / 4; four++) {
                uint32_t line[RO_LANES];
                for (size_t j = 0; j < RO_LANES; j++)
                    line[j] = square[j][four];
                memcpy(panel + (k + 4 * four) * width + 4 * first, line, sizeof line);
            }
        }
}

ro_status ro_quantized_pack(const int8_t *weights, const float *scales, size_t columns,
                            size_t inner, const ro_allocator *allocator, ro_quantized *quantized)
{
    ro_quantized made = {inner, columns, NULL, NULL, scales};
    made.data = ro_alloc_aligned(allocator, inner * columns, sizeof *made.data);
    made.sums = ro_alloc_aligned(allocator, columns, sizeof *made.sums);
    if (made.data == NULL || made.sums == NULL) {
        ro_quantized_free(&made, allocator);
        return RO_STATUS_OUT_OF_MEMORY;
    }
    for (size_t first = 0; first < columns; first += RO_PANEL) {
        size_t width = columns - first < RO_PANEL ? columns - first : RO_PANEL;
        pack_panel(weights + first * inner, width, inner, made.data + first * inner);
        for (size_t j = first; j < first + width; j++) {
            int32_t sum = 0;
            for (size_t k = 0; k < inner; k++)
                sum += weights[j * inner + k];
            made.sums[j] = sum;
        }
    }
    *quantized = made;
    return RO_STATUS_OK;
}

void ro_quantized_free(ro_quantized *quantized, const ro_allocator *allocator)
{
    ro_alloc_free_aligned(allocator, quantized->data, quantized->inner * quantized->columns,
                          sizeof *quantized->data);
    ro_alloc_free_aligned(allocator, quantized->sums, quantized->columns, sizeof *quantized->sums);
    *quantized = (ro_quantized){0};
}
