/* quantized.c - packs int8 weights into the panels that the kernels read (kernels.h). A model of
 * 10 million weights is packed each time it is opened, so a column is read once, in its order, for
 * the panel and for its sum.
 */
#include "nn/quantized.h"

#include "base/alloc.h"
#include "nn/kernels_numbers.h"

#include <string.h>

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
    made.starts = ro_alloc_aligned(allocator, columns, sizeof *made.starts);
    if (made.data == NULL || made.starts == NULL) {
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
            made.starts[j] = -RO_CODE_ZERO * sum;
        }
    }
    *quantized = made;
    return RO_STATUS_OK;
}

void ro_quantized_free(ro_quantized *quantized, const ro_allocator *allocator)
{
    ro_alloc_free_aligned(allocator, quantized->data, quantized->inner * quantized->columns,
                          sizeof *quantized->data);
    ro_alloc_free_aligned(allocator, quantized->starts, quantized->columns,
                          sizeof *quantized->starts);
    *quantized = (ro_quantized){0};
}
