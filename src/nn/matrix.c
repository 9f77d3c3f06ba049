/* matrix.c - packs weights into the panels that the kernels read (kernels.h). */
#include "nn/matrix.h"

#include "base/alloc.h"

ro_status ro_matrix_pack(const float *weights, const size_t *offsets, size_t count, size_t inner,
                         const ro_allocator *allocator, ro_matrix *matrix)
{
    size_t padded = (count + RO_LANES - 1) / RO_LANES * RO_LANES;
    float *data = ro_alloc_aligned(allocator, inner * padded, sizeof *data);
    if (data == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t first = 0; first < padded; first += RO_PANEL) {
        size_t width = padded - first < RO_PANEL ? padded - first : RO_PANEL;
        float *panel = data + first * inner;
        for (size_t j = 0; j < width; j++)
            for (size_t k = 0; k < inner; k++)
                panel[k * width + j] = first + j < count ? weights[offsets[first + j] + k] : 0.0F;
    }
    *matrix = (ro_matrix){inner, count, padded, data};
    return RO_STATUS_OK;
}

ro_status ro_matrix_pack_rows(const float *weights, size_t columns, size_t inner,
                              const ro_allocator *allocator, ro_matrix *matrix)
{
    return ro_matrix_pack_maxout(weights, columns, 1, 1, inner, allocator, matrix);
}

ro_status ro_matrix_pack_maxout(const float *weights, size_t width, size_t pieces, size_t parts,
                                size_t inner, const ro_allocator *allocator, ro_matrix *matrix)
{
    size_t count = width * pieces * parts;
    size_t *offsets = ro_alloc_zeroed(allocator, count, sizeof *offsets);
    if (offsets == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t part = 0; part < parts; part++)
        for (size_t p = 0; p < pieces; p++)
            for (size_t o = 0; o < width; o++)
                offsets[(part * pieces + p) * width + o] =
                    ((o * pieces + p) * parts + part) * inner;
    ro_status status = ro_matrix_pack(weights, offsets, count, inner, allocator, matrix);
    ro_alloc_free(allocator, offsets, count, sizeof *offsets);
    return status;
}

void ro_matrix_free(ro_matrix *matrix, const ro_allocator *allocator)
{
    ro_alloc_free_aligned(allocator, matrix->data, matrix->inner * matrix->padded,
                          sizeof *matrix->data);
    *matrix = (ro_matrix){0};
}

float *ro_matrix_turn(const float *vector, size_t width, size_t pieces,
                      const ro_allocator *allocator)
{
    float *turned = ro_alloc_aligned(allocator, width * pieces, sizeof *turned);
    if (turned == NULL)
        return NULL;
    for (size_t p = 0; p < pieces; p++)
        for (size_t o = 0; o < width; o++)
            turned[p * width + o] = vector[o * pieces + p];
    return turned;
}
