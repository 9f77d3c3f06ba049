/* dense.c - an affine layer in either precision. With int8 weights each input row is made codes
 * that span its own values just before the product, so that a row depends on itself alone.
 */
#include "nn/dense.h"

#include "nn/quantized.h"

#include <stdio.h>

static ro_status open_int8(const ro_weights *file, const char *const names[3], size_t outputs,
                           size_t inputs, const ro_allocator *allocator, ro_dense *dense,
                           ro_error *error)
{
    const ro_weight *w, *scales;
    const uint64_t shape[] = {outputs, inputs};
    ro_status status = ro_weights_get(file, names[0], RO_WEIGHT_TYPE_I8, 2, shape, &w, error);
    if (status == RO_STATUS_OK)
        status = ro_weights_get_finite(file, names[2], 1, shape, &scales, error);
    if (status != RO_STATUS_OK)
        return status;
    return ro_quantized_pack(w->data, scales->data, outputs, inputs, allocator, &dense->integers);
}

ro_status ro_dense_open(const ro_weights *file, const char *name, size_t outputs, size_t inputs,
                        bool int8, const ro_allocator *allocator, ro_dense *dense, ro_error *error)
{
    char w[RO_WEIGHT_NAME_SIZE], b[RO_WEIGHT_NAME_SIZE], s[RO_WEIGHT_NAME_SIZE];
    snprintf(w, sizeof w, "%s/W", name);
    snprintf(b, sizeof b, "%s/b", name);
    snprintf(s, sizeof s, "%s/S", name);
    ro_dense made = {.int8 = int8};
    const ro_weight *bias, *weights;
    const uint64_t shape[] = {outputs, inputs};
    ro_status status = ro_weights_get_finite(file, b, 1, shape, &bias, error);
    if (status != RO_STATUS_OK)
        return status;
    made.bias = bias->data;
    if (int8) {
        status = open_int8(file, (const char *const[]){w, b, s}, outputs, inputs, allocator, &made,
                           error);
    } else {
        status = ro_weights_get_finite(file, w, 2, shape, &weights, error);
        if (status == RO_STATUS_OK)
            status = ro_linear_open(file, w, b, outputs, inputs, allocator, &made.floats, error);
    }
    if (status == RO_STATUS_OK)
        *dense = made;
    return status;
}

void ro_dense_close(ro_dense *dense, const ro_allocator *allocator)
{
    ro_linear_close(&dense->floats, allocator);
    ro_quantized_free(&dense->integers, allocator);
    *dense = (ro_dense){0};
}

void ro_dense_run(const ro_dense *dense, const ro_kernels *kernels, const float *in, size_t rows,
                  bool gelu, const ro_dense_codes *codes, float *out)
{
    if (dense->int8) {
        const ro_quantized *weights = &dense->integers;
        for (size_t i = 0; i < rows; i++)
            kernels->quantize(in + i * weights->inner, weights->inner,
                              codes->codes + i * weights->inner, &codes->codings[i]);
        kernels->product_int8(codes->codes, codes->codings, rows, weights, dense->bias, out,
                              weights->columns);
        for (size_t i = 0; gelu && i < rows; i++)
            kernels->gelu(out + i * weights->columns, NULL, weights->columns);
    } else if (gelu) {
        const ro_matrix *weights = &dense->floats.matrix;
        kernels->product(in, weights->inner, rows, weights, out, weights->columns);
        for (size_t i = 0; i < rows; i++)
            kernels->gelu(out + i * weights->columns, dense->bias, weights->columns);
    } else {
        ro_linear_run(&dense->floats, kernels, in, dense->floats.matrix.inner, rows, out);
    }
}
