/* linear.c - an affine layer over packed weights (matrix.c).
 */
#include "nn/linear.h"

#include "base/alloc.h"
#include "base/error.h"
#include "nn/matrix.h"

#include <string.h>

ro_status ro_linear_open(const ro_weights *file, const char *weights, const char *bias,
                         size_t outputs, size_t inputs, const ro_allocator *allocator,
                         ro_linear *linear, ro_error *error)
{
    const ro_weight *w, *b;
    ro_status status = ro_weights_get(file, weights, RO_WEIGHT_TYPE_F32, 2,
                                      (const uint64_t[]){outputs, inputs}, &w, error);
    if (status == RO_STATUS_OK && w->bytes == 0)
        status = ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(file), 0,
                                 UINT64_MAX, "tensor '%s' is empty", weights);
    if (status == RO_STATUS_OK)
        status = ro_weights_get(file, bias, RO_WEIGHT_TYPE_F32, 1, w->dims, &b, error);
    if (status != RO_STATUS_OK)
        return status;
    ro_linear made = {.outputs = (size_t)w->dims[0]};
    status =
        ro_matrix_pack_rows(w->data, made.outputs, (size_t)w->dims[1], allocator, &made.matrix);
    if (status != RO_STATUS_OK)
        return status;
    made.bias = ro_alloc_aligned(allocator, made.matrix.padded, sizeof *made.bias);
    if (made.bias == NULL) {
        ro_matrix_free(&made.matrix, allocator);
        return RO_STATUS_OUT_OF_MEMORY;
    }
    memset(made.bias, 0, made.matrix.padded * sizeof *made.bias);
    memcpy(made.bias, b->data, made.outputs * sizeof *made.bias);
    *linear = made;
    return RO_STATUS_OK;
}

void ro_linear_close(ro_linear *linear, const ro_allocator *allocator)
{
    ro_alloc_free_aligned(allocator, linear->bias, linear->matrix.padded, sizeof *linear->bias);
    ro_matrix_free(&linear->matrix, allocator);
    *linear = (ro_linear){0};
}

void ro_linear_run(const ro_linear *linear, const ro_kernels *kernels, const float *in,
                   size_t in_stride, size_t rows, float *out)
{
    size_t width = linear->matrix.padded;
    kernels->product(in, in_stride, rows, &linear->matrix, out, width);
    for (size_t i = 0; i < rows; i++)
        kernels->add_rows((const float *const[]){out + i * width, linear->bias}, 2, out + i * width,
                          width);
}
