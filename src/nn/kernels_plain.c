/* kernels_plain.c - the reference kernels, in portable C. Slow where fmaf is a call; what the
 * other versions are proved against, bit for bit.
 */
#include "nn/kernels.h"
#include "nn/kernels_numbers.h"

#include <math.h>
#include <string.h>

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

static void normalize(float *row, const float *before, const ro_norm *norm, const float *after,
                      size_t width)
{
    float lanes[RO_LANES] = {0};
    for (size_t j = 0; j < width; j++) {
        row[j] = before != NULL ? row[j] + before[j] : row[j];
        lanes[j % RO_LANES] += row[j];
    }
    float mean = fold(lanes) / (float)width;
    float squares[RO_LANES] = {0};
    for (size_t j = 0; j < width; j++) {
        row[j] -= mean;
        squares[j % RO_LANES] = fmaf(row[j], row[j], squares[j % RO_LANES]);
    }
    float inverse = 1.0F / sqrtf(fold(squares) / (float)width + norm->epsilon);
    for (size_t j = 0; j < width; j++) {
        float value = fmaf(row[j] * inverse, norm->scale[j], norm->shift[j]);
        row[j] = after != NULL ? value + after[j] : value;
    }
}

static float smaller(float a, float b)
{
    return a < b ? a : b; /* as minps and maxps: the second operand on a NaN */
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

static void gelu(float *x, const float *bias, size_t width)
{
    static const float numbers[] = {RO_GELU_6, RO_GELU_5, RO_GELU_4, RO_GELU_3,
                                    RO_GELU_2, RO_GELU_1, RO_GELU_0};
    for (size_t j = 0; j < width; j++) {
        float value = bias != NULL ? x[j] + bias[j] : x[j];
        float z = smaller(fabsf(value), RO_GELU_END);
        float p = RO_GELU_7;
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            p = fmaf(p, z, numbers[i]);
        p *= p;
        p *= p;
        p *= p;
        x[j] = fmaf(-z, p, larger(value, 0.0F));
    }
}

static float power_of_two(float y)
{
    static const float numbers[] = {RO_POWER_4, RO_POWER_3, RO_POWER_2, RO_POWER_1, RO_POWER_0};
    if (!(y > RO_POWER_LEAST))
        return 0.0F;
    float whole = (y + RO_ROUNDER) - RO_ROUNDER;
    float part = y - whole, p = RO_POWER_5;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        p = fmaf(p, part, numbers[i]);
    int32_t bits;
    memcpy(&bits, &p, sizeof bits);
    bits += (int32_t)whole * (1 << 23);
    memcpy(&p, &bits, sizeof p);
    return p;
}

static float largest(const float *x, size_t count, bool negated, float least)
{
    float lanes[RO_LANES];
    for (size_t j = 0; j < RO_LANES; j++)
        lanes[j] = least;
    for (size_t j = 0; j < count; j++)
        lanes[j % RO_LANES] = larger(lanes[j % RO_LANES], negated ? -x[j] : x[j]);
    for (size_t half = RO_LANES / 2; half > 0; half /= 2)
        for (size_t j = 0; j < half; j++)
            lanes[j] = larger(lanes[j], lanes[j + half]);
    return lanes[0];
}

static float exponents(float *x, size_t count, float factor)
{
    float most = largest(x, count, false, -INFINITY), lanes[RO_LANES] = {0};
    for (size_t j = 0; j < count; j++) {
        x[j] = power_of_two((x[j] - most) * factor);
        lanes[j % RO_LANES] += x[j];
    }
    for (size_t j = count; j % RO_LANES != 0; j++)
        x[j] = 0.0F;
    return fold(lanes);
}

static void quantize(const float *row, size_t width, uint8_t *codes, ro_coding *coding)
{
    float under = largest(row, width, true, 0.0F), over = largest(row, width, false, 0.0F), inverse;
    *coding = ro_kernels_coding(under, over, &inverse);
    float least = -(float)coding->zero, most = RO_CODE_MOST + least;
    for (size_t j = 0; j < width; j++) {
        float value = smaller(larger(row[j] * inverse, least), most);
        codes[j] = (uint8_t)((int)((value + RO_ROUNDER) - RO_ROUNDER) + coding->zero);
    }
}

static void product_int8(const uint8_t *codes, const ro_coding *codings, size_t rows,
                         const ro_quantized *b, const float *bias, float *c, size_t c_stride)
{
    for (size_t first = 0; first < b->columns; first += RO_PANEL) {
        size_t left = b->columns - first, width = left < RO_PANEL ? left : RO_PANEL;
        const int8_t *panel = b->data + first * b->inner;
        for (size_t i = 0; i < rows; i++) {
            const uint8_t *row = codes + i * b->inner;
            int32_t sum[RO_PANEL];
            for (size_t j = 0; j < width; j++)
                sum[j] = -codings[i].zero * b->sums[first + j];
            for (size_t k = 0; k < b->inner; k += 4)
                for (size_t j = 0; j < width; j++) {
                    const int8_t *four = panel + k * width + 4 * j;
                    sum[j] += row[k] * four[0] + row[k + 1] * four[1] + row[k + 2] * four[2] +
                              row[k + 3] * four[3];
                }
            for (size_t j = 0; j < width; j++)
                c[i * c_stride + first + j] =
                    fmaf((float)sum[j], codings[i].scale * b->scales[first + j], bias[first + j]);
        }
    }
}

const ro_kernels ro_kernels_plain = {"plain", product,   add_rows, maxout,      normalize,
                                     gelu,    exponents, quantize, product_int8};
