/* kernels_plain.c - the reference kernels, in portable C. Slow where fmaf is a call; what the
 * other versions are proved against, bit for bit.
 */
#include "nn/kernels.h"

#include <math.h>

static size_t panel_width(const ro_matrix *b, size_t first)
{
    size_t left = b->padded - first;
    return left < RO_PANEL ? left : RO_PANEL;
}

static void product(const float *a, size_t a_stride, size_t rows, const ro_matrix *b, float *c,
                    size_t c_stride)
{
    for (size_t first = 0; first < b->padded; first += RO_PANEL) {
        size_t width = panel_width(b, first);
        const float *panel = b->data + first * b->inner;
        for (size_t i = 0; i < rows; i++) {
            float sum[RO_PANEL] = {0};
            for (size_t k = 0; k < b->inner; k++)
                for (size_t j = 0; j < width; j++)
                    sum[j] = fmaf(a[i * a_stride + k], panel[k * width + j], sum[j]);
            for (size_t j = 0; j < width; j++)
                c[i * c_stride + first + j] = sum[j];
        }
    }
}

static void add_rows(const float *const *rows, size_t count, float *out, size_t width)
{
    for (size_t j = 0; j < width; j++) {
        float sum = 0.0F;
        for (size_t i = 0; i < count; i++)
            if (rows[i] != NULL)
                sum += rows[i][j];
        out[j] = sum;
    }
}

static void maxout(const float *x, const float *bias, size_t width, size_t pieces, float *out)
{
    for (size_t j = 0; j < width; j++) {
        float best = x[j] + bias[j];
        for (size_t p = 1; p < pieces; p++) {
            float value = x[p * width + j] + bias[p * width + j];
            best = best > value ? best : value; /* as maxps: the second operand on a NaN */
        }
        out[j] = best;
    }
}

/* Folds 16 lanes in halves: the order that a vector register gives. */
static float fold(float lanes[RO_LANES])
{
    for (size_t half = RO_LANES / 2; half > 0; half /= 2)
        for (size_t j = 0; j < half; j++)
            lanes[j] += lanes[j + half];
    return lanes[0];
}

static void normalize(float *row, const float *scale, const float *shift, const float *residual,
                      size_t width)
{
    float lanes[RO_LANES] = {0};
    for (size_t j = 0; j < width; j++)
        lanes[j % RO_LANES] += row[j];
    float mean = fold(lanes) / (float)width;
    float squares[RO_LANES] = {0};
    for (size_t j = 0; j < width; j++) {
        row[j] -= mean;
        squares[j % RO_LANES] = fmaf(row[j], row[j], squares[j % RO_LANES]);
    }
    float inverse = 1.0F / sqrtf(fold(squares) / (float)width + 1e-8F);
    for (size_t j = 0; j < width; j++) {
        float value = fmaf(row[j] * inverse, scale[j], shift[j]);
        row[j] = residual != NULL ? value + residual[j] : value;
    }
}

const ro_kernels ro_kernels_plain = {"plain", product, add_rows, maxout, normalize};
