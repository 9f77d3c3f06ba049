/* kernels_avx2.c - kernels for AVX2 with FMA. A tile of 6 rows by 2 vectors of 8 columns stays
 * in registers over the whole of k (12 accumulators); otherwise as kernels_avx512.c. Compiled with
 * -mavx2 -mfma; called only where the CPU has them.
 */
#include "nn/kernels.h"

#include <immintrin.h>
#include <math.h>

#define TILE_ROWS 6
#define HALF 8u

/* rows is a constant at every call, so that the loops unroll into registers. Takes 16 columns of
 * a panel that is panel_width wide. */
static inline __attribute__((always_inline)) void tile(size_t rows, const float *a, size_t a_stride,
                                                       const float *panel, size_t panel_width,
                                                       size_t inner, float *c, size_t c_stride)
{
    __m256 low[TILE_ROWS], high[TILE_ROWS];
#pragma GCC unroll 6
    for (size_t i = 0; i < rows; i++)
        low[i] = high[i] = _mm256_setzero_ps();
    for (size_t k = 0; k < inner; k++) {
        __m256 b_low = _mm256_loadu_ps(panel + k * panel_width);
        __m256 b_high = _mm256_loadu_ps(panel + k * panel_width + HALF);
#pragma GCC unroll 6
        for (size_t i = 0; i < rows; i++) {
            __m256 value = _mm256_broadcast_ss(a + i * a_stride + k);
            low[i] = _mm256_fmadd_ps(value, b_low, low[i]);
            high[i] = _mm256_fmadd_ps(value, b_high, high[i]);
        }
    }
#pragma GCC unroll 6
    for (size_t i = 0; i < rows; i++) {
        _mm256_storeu_ps(c + i * c_stride, low[i]);
        _mm256_storeu_ps(c + i * c_stride + HALF, high[i]);
    }
}

#define TILE_CASE(rows)                                                                            \
    case rows:                                                                                     \
        tile(rows, a, a_stride, panel, panel_width, inner, c, c_stride);                           \
        break

static void lanes_product(const float *a, size_t a_stride, size_t rows, const float *panel,
                          size_t panel_width, size_t inner, float *c, size_t c_stride)
{
    for (; rows >= TILE_ROWS; rows -= TILE_ROWS) {
        tile(TILE_ROWS, a, a_stride, panel, panel_width, inner, c, c_stride);
        a += TILE_ROWS * a_stride;
        c += TILE_ROWS * c_stride;
    }
    switch (rows) {
        TILE_CASE(1);
        TILE_CASE(2);
        TILE_CASE(3);
        TILE_CASE(4);
        TILE_CASE(5);
    default:
        break;
    }
}

static void product(const float *a, size_t a_stride, size_t rows, const ro_matrix *b, float *c,
                    size_t c_stride)
{
    for (size_t first = 0; first < b->padded; first += RO_LANES) {
        size_t start = first / RO_PANEL * RO_PANEL;
        size_t left = b->padded - start;
        const float *panel = b->data + start * b->inner;
        lanes_product(a, a_stride, rows, panel + (first - start), left < RO_PANEL ? left : RO_PANEL,
                      b->inner, c + first, c_stride);
    }
}

static void add_rows(const float *const *rows, size_t count, float *out, size_t width)
{
    for (size_t j = 0; j < width; j += HALF) {
        __m256 sum = _mm256_setzero_ps();
        for (size_t i = 0; i < count; i++)
            if (rows[i] != NULL)
                sum = _mm256_add_ps(sum, _mm256_loadu_ps(rows[i] + j));
        _mm256_storeu_ps(out + j, sum);
    }
}

static void maxout(const float *x, const float *bias, size_t width, size_t pieces, float *out)
{
    for (size_t j = 0; j < width; j += HALF) {
        __m256 best = _mm256_add_ps(_mm256_loadu_ps(x + j), _mm256_loadu_ps(bias + j));
        for (size_t p = 1; p < pieces; p++)
            best = _mm256_max_ps(best, _mm256_add_ps(_mm256_loadu_ps(x + p * width + j),
                                                     _mm256_loadu_ps(bias + p * width + j)));
        _mm256_storeu_ps(out + j, best);
    }
}

static float fold(__m256 low, __m256 high)
{
    __m256 eight = _mm256_add_ps(low, high);
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}

static void normalize(float *row, const float *scale, const float *shift, const float *residual,
                      size_t width)
{
    __m256 low = _mm256_setzero_ps(), high = low;
    for (size_t j = 0; j < width; j += RO_LANES) {
        low = _mm256_add_ps(low, _mm256_loadu_ps(row + j));
        high = _mm256_add_ps(high, _mm256_loadu_ps(row + j + HALF));
    }
    __m256 mean = _mm256_set1_ps(fold(low, high) / (float)width);
    low = high = _mm256_setzero_ps();
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m256 a = _mm256_sub_ps(_mm256_loadu_ps(row + j), mean);
        __m256 b = _mm256_sub_ps(_mm256_loadu_ps(row + j + HALF), mean);
        low = _mm256_fmadd_ps(a, a, low);
        high = _mm256_fmadd_ps(b, b, high);
        _mm256_storeu_ps(row + j, a);
        _mm256_storeu_ps(row + j + HALF, b);
    }
    __m256 inverse = _mm256_set1_ps(1.0F / sqrtf(fold(low, high) / (float)width + 1e-8F));
    for (size_t j = 0; j < width; j += HALF) {
        __m256 value = _mm256_mul_ps(_mm256_loadu_ps(row + j), inverse);
        value = _mm256_fmadd_ps(value, _mm256_loadu_ps(scale + j), _mm256_loadu_ps(shift + j));
        if (residual != NULL)
            value = _mm256_add_ps(value, _mm256_loadu_ps(residual + j));
        _mm256_storeu_ps(row + j, value);
    }
}

const ro_kernels ro_kernels_avx2 = {"avx2", product, add_rows, maxout, normalize};
