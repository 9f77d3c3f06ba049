/* kernels_avx512.c - kernels for AVX-512 (F, DQ). A tile of 8 rows by up to 3 vectors of
 * 16 columns stays in registers over the whole of k (24 accumulators). The method is that of
 * GotoBLAS (Goto and van de Geijn 2008) less the blocking of k, which here is at most some
 * hundreds. Compiled with -mavx512f -mavx512dq; called only where the CPU has them.
 */
#include "nn/kernels.h"

#include <immintrin.h>
#include <math.h>

#define TILE_ROWS 8

/* rows and vectors are constants at every call, so that the loops unroll into registers. */
static inline __attribute__((always_inline)) void tile(size_t rows, size_t vectors, const float *a,
                                                       size_t a_stride, const float *panel,
                                                       size_t inner, float *c, size_t c_stride)
{
    __m512 sum[TILE_ROWS][3];
#pragma GCC unroll 8
    for (size_t i = 0; i < rows; i++)
#pragma GCC unroll 3
        for (size_t v = 0; v < vectors; v++)
            sum[i][v] = _mm512_setzero_ps();
    for (size_t k = 0; k < inner; k++) {
        __m512 b[3];
#pragma GCC unroll 3
        for (size_t v = 0; v < vectors; v++)
            b[v] = _mm512_loadu_ps(panel + (k * vectors + v) * RO_LANES);
#pragma GCC unroll 8
        for (size_t i = 0; i < rows; i++) {
            __m512 value = _mm512_set1_ps(a[i * a_stride + k]);
#pragma GCC unroll 3
            for (size_t v = 0; v < vectors; v++)
                sum[i][v] = _mm512_fmadd_ps(value, b[v], sum[i][v]);
        }
    }
#pragma GCC unroll 8
    for (size_t i = 0; i < rows; i++)
#pragma GCC unroll 3
        for (size_t v = 0; v < vectors; v++)
            _mm512_storeu_ps(c + i * c_stride + v * RO_LANES, sum[i][v]);
}

#define TILE_CASE(rows)                                                                            \
    case rows:                                                                                     \
        tile(rows, vectors, a, a_stride, panel, inner, c, c_stride);                               \
        break

static inline __attribute__((always_inline)) void panel_product(size_t vectors, const float *a,
                                                                size_t a_stride, size_t rows,
                                                                const float *panel, size_t inner,
                                                                float *c, size_t c_stride)
{
    for (; rows >= TILE_ROWS; rows -= TILE_ROWS) {
        tile(TILE_ROWS, vectors, a, a_stride, panel, inner, c, c_stride);
        a += TILE_ROWS * a_stride;
        c += TILE_ROWS * c_stride;
    }
    switch (rows) {
        TILE_CASE(1);
        TILE_CASE(2);
        TILE_CASE(3);
        TILE_CASE(4);
        TILE_CASE(5);
        TILE_CASE(6);
        TILE_CASE(7);
    default:
        break;
    }
}

static void product(const float *a, size_t a_stride, size_t rows, const ro_matrix *b, float *c,
                    size_t c_stride)
{
    for (size_t first = 0; first < b->padded; first += RO_PANEL) {
        const float *panel = b->data + first * b->inner;
        size_t left = b->padded - first;
        if (left >= RO_PANEL)
            panel_product(3, a, a_stride, rows, panel, b->inner, c + first, c_stride);
        else if (left == 2 * RO_LANES)
            panel_product(2, a, a_stride, rows, panel, b->inner, c + first, c_stride);
        else
            panel_product(1, a, a_stride, rows, panel, b->inner, c + first, c_stride);
    }
}

static void add_rows(const float *const *rows, size_t count, float *out, size_t width)
{
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 sum = _mm512_setzero_ps();
        for (size_t i = 0; i < count; i++)
            if (rows[i] != NULL)
                sum = _mm512_add_ps(sum, _mm512_loadu_ps(rows[i] + j));
        _mm512_storeu_ps(out + j, sum);
    }
}

static void maxout(const float *x, const float *bias, size_t width, size_t pieces, float *out)
{
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 best = _mm512_add_ps(_mm512_loadu_ps(x + j), _mm512_loadu_ps(bias + j));
        for (size_t p = 1; p < pieces; p++)
            best = _mm512_max_ps(best, _mm512_add_ps(_mm512_loadu_ps(x + p * width + j),
                                                     _mm512_loadu_ps(bias + p * width + j)));
        _mm512_storeu_ps(out + j, best);
    }
}

static float fold(__m512 lanes)
{
    __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(lanes), _mm512_extractf32x8_ps(lanes, 1));
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}

static void normalize(float *row, const float *scale, const float *shift, const float *residual,
                      size_t width)
{
    __m512 sum = _mm512_setzero_ps();
    for (size_t j = 0; j < width; j += RO_LANES)
        sum = _mm512_add_ps(sum, _mm512_loadu_ps(row + j));
    __m512 mean = _mm512_set1_ps(fold(sum) / (float)width);
    __m512 squares = _mm512_setzero_ps();
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 value = _mm512_sub_ps(_mm512_loadu_ps(row + j), mean);
        squares = _mm512_fmadd_ps(value, value, squares);
        _mm512_storeu_ps(row + j, value);
    }
    __m512 inverse = _mm512_set1_ps(1.0F / sqrtf(fold(squares) / (float)width + 1e-8F));
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 value = _mm512_mul_ps(_mm512_loadu_ps(row + j), inverse);
        value = _mm512_fmadd_ps(value, _mm512_loadu_ps(scale + j), _mm512_loadu_ps(shift + j));
        if (residual != NULL)
            value = _mm512_add_ps(value, _mm512_loadu_ps(residual + j));
        _mm512_storeu_ps(row + j, value);
    }
}

const ro_kernels ro_kernels_avx512 = {"avx512", product, add_rows, maxout, normalize};
