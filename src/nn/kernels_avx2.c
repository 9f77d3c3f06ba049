/* kernels_avx2.c - kernels for AVX2 with FMA. A tile of 6 rows by 2 vectors of 8 columns stays
 * in registers over the whole of k (12 accumulators); otherwise as kernels_avx512.c. Compiled with
 * -mavx2 -mfma; called only where the CPU has them.
 */
#include "nn/kernels.h"
#include "nn/kernels_numbers.h"
#include "nn/kernels_unroll.h"

#include <immintrin.h>
#include <math.h>
#include <string.h>

#define TILE_ROWS 6
#define HALF 8u

/* rows is a constant at every call, so that the loops unroll into registers. Takes 16 columns of
 * a panel that is panel_width wide. */
static inline __attribute__((always_inline)) void tile(size_t rows, const float *a, size_t a_stride,
                                                       const float *panel, size_t panel_width,
                                                       size_t inner, float *c, size_t c_stride)
{
    __m256 low[TILE_ROWS], high[TILE_ROWS];
    RO_UNROLL(6)
    for (size_t i = 0; i < rows; i++)
        low[i] = high[i] = _mm256_setzero_ps();
    for (size_t k = 0; k < inner; k++) {
        __m256 b_low = _mm256_loadu_ps(panel + k * panel_width);
        __m256 b_high = _mm256_loadu_ps(panel + k * panel_width + HALF);
        RO_UNROLL(6)
        for (size_t i = 0; i < rows; i++) {
            __m256 value = _mm256_broadcast_ss(a + i * a_stride + k);
            low[i] = _mm256_fmadd_ps(value, b_low, low[i]);
            high[i] = _mm256_fmadd_ps(value, b_high, high[i]);
        }
    }
    RO_UNROLL(6)
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

static void normalize(float *row, const float *before, const ro_norm *norm, const float *after,
                      size_t width)
{
    __m256 low = _mm256_setzero_ps(), high = low;
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m256 a = _mm256_loadu_ps(row + j), b = _mm256_loadu_ps(row + j + HALF);
        if (before != NULL) {
            a = _mm256_add_ps(a, _mm256_loadu_ps(before + j));
            b = _mm256_add_ps(b, _mm256_loadu_ps(before + j + HALF));
            _mm256_storeu_ps(row + j, a);
            _mm256_storeu_ps(row + j + HALF, b);
        }
        low = _mm256_add_ps(low, a);
        high = _mm256_add_ps(high, b);
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
    __m256 inverse = _mm256_set1_ps(1.0F / sqrtf(fold(low, high) / (float)width + norm->epsilon));
    for (size_t j = 0; j < width; j += HALF) {
        __m256 value = _mm256_mul_ps(_mm256_loadu_ps(row + j), inverse);
        value = _mm256_fmadd_ps(value, _mm256_loadu_ps(norm->scale + j),
                                _mm256_loadu_ps(norm->shift + j));
        if (after != NULL)
            value = _mm256_add_ps(value, _mm256_loadu_ps(after + j));
        _mm256_storeu_ps(row + j, value);
    }
}

static __m256 magnitude(__m256 x)
{
    return _mm256_andnot_ps(_mm256_set1_ps(-0.0F), x);
}

static __m256 step(__m256 p, __m256 x, float number)
{
    return _mm256_fmadd_ps(p, x, _mm256_set1_ps(number));
}

static void gelu(float *x, const float *bias, size_t width)
{
    for (size_t j = 0; j < width; j += HALF) {
        __m256 value = _mm256_loadu_ps(x + j);
        if (bias != NULL)
            value = _mm256_add_ps(value, _mm256_loadu_ps(bias + j));
        __m256 z = _mm256_min_ps(magnitude(value), _mm256_set1_ps(RO_GELU_END));
        __m256 p = step(_mm256_set1_ps(RO_GELU_7), z, RO_GELU_6);
        p = step(p, z, RO_GELU_5);
        p = step(p, z, RO_GELU_4);
        p = step(p, z, RO_GELU_3);
        p = step(p, z, RO_GELU_2);
        p = step(p, z, RO_GELU_1);
        p = step(p, z, RO_GELU_0);
        p = _mm256_mul_ps(p, p);
        p = _mm256_mul_ps(p, p);
        p = _mm256_mul_ps(p, p);
        value = _mm256_max_ps(value, _mm256_setzero_ps());
        _mm256_storeu_ps(x + j, _mm256_fnmadd_ps(z, p, value));
    }
}

static float fold_largest(__m256 low, __m256 high)
{
    __m256 eight = _mm256_max_ps(low, high);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps(two, two, 1)));
}

static __m256 power_of_two(__m256 y)
{
    __m256 counts = _mm256_cmp_ps(y, _mm256_set1_ps(RO_POWER_LEAST), _CMP_GT_OQ);
    __m256 whole = _mm256_round_ps(y, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m256 part = _mm256_sub_ps(y, whole);
    __m256 p = step(_mm256_set1_ps(RO_POWER_5), part, RO_POWER_4);
    p = step(p, part, RO_POWER_3);
    p = step(p, part, RO_POWER_2);
    p = step(p, part, RO_POWER_1);
    p = step(p, part, RO_POWER_0);
    __m256i exponent = _mm256_slli_epi32(_mm256_cvtps_epi32(whole), 23);
    p = _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(p), exponent));
    return _mm256_and_ps(p, counts);
}

static float exponents(float *x, size_t count, float factor)
{
    __m256 low = _mm256_set1_ps(-INFINITY), high = low;
    for (size_t j = count; j % RO_LANES != 0; j++)
        x[j] = -INFINITY;
    for (size_t j = 0; j < count; j += RO_LANES) {
        low = _mm256_max_ps(low, _mm256_loadu_ps(x + j));
        high = _mm256_max_ps(high, _mm256_loadu_ps(x + j + HALF));
    }
    __m256 most = _mm256_set1_ps(fold_largest(low, high)), factors = _mm256_set1_ps(factor);
    low = high = _mm256_setzero_ps();
    for (size_t j = 0; j < count; j += RO_LANES) {
        __m256 a = _mm256_sub_ps(_mm256_loadu_ps(x + j), most);
        __m256 b = _mm256_sub_ps(_mm256_loadu_ps(x + j + HALF), most);
        a = power_of_two(_mm256_mul_ps(a, factors));
        b = power_of_two(_mm256_mul_ps(b, factors));
        low = _mm256_add_ps(low, a);
        high = _mm256_add_ps(high, b);
        _mm256_storeu_ps(x + j, a);
        _mm256_storeu_ps(x + j + HALF, b);
    }
    return fold(low, high);
}

/* Eight values as codes. */
static __m256i encode(const float *x, __m256 inverse, int32_t zero)
{
    float least = -(float)zero;
    __m256 value = _mm256_mul_ps(_mm256_loadu_ps(x), inverse);
    value = _mm256_max_ps(value, _mm256_set1_ps(least));
    value = _mm256_min_ps(value, _mm256_set1_ps(RO_CODE_MOST + least));
    return _mm256_add_epi32(_mm256_cvtps_epi32(value), _mm256_set1_epi32(zero));
}

static void quantize(const float *row, size_t width, uint8_t *codes, ro_coding *coding)
{
    __m256 over[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    __m256 under[2] = {over[0], over[0]}, sign = _mm256_set1_ps(-0.0F);
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m256 low = _mm256_loadu_ps(row + j), high = _mm256_loadu_ps(row + j + HALF);
        over[0] = _mm256_max_ps(over[0], low);
        over[1] = _mm256_max_ps(over[1], high);
        under[0] = _mm256_max_ps(under[0], _mm256_xor_ps(low, sign));
        under[1] = _mm256_max_ps(under[1], _mm256_xor_ps(high, sign));
    }
    float factor;
    *coding = ro_kernels_coding(fold_largest(under[0], under[1]), fold_largest(over[0], over[1]),
                                &factor);
    __m256 inverse = _mm256_set1_ps(factor);
    int32_t zero = coding->zero;
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m256i words = _mm256_packs_epi32(encode(row + j, inverse, zero),
                                           encode(row + j + HALF, inverse, zero));
        words = _mm256_permute4x64_epi64(words, 0xD8);
        _mm_storeu_si128(
            (__m128i *)(void *)(codes + j),
            _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1)));
    }
}

/* ---- int8 products --------------------------------------------------------------------------- */

#define INT8_ROWS 2

/* Codes and weights widened to 16 bits; two products of neighbours are added exactly. A vector
 * holds 4 columns, two sums each. Takes 16 columns, from first on, of a panel; rows is a constant
 * at every call. */
static inline __attribute__((always_inline)) void
int8_tile(size_t rows, const uint8_t *codes, const ro_coding *codings, const ro_quantized *b,
          size_t first, const float *bias, float *c, size_t c_stride)
{
    size_t start = first / RO_PANEL * RO_PANEL, left = b->columns - start;
    size_t width = left < RO_PANEL ? left : RO_PANEL;
    const int8_t *panel = b->data + start * b->inner + 4 * (first - start);
    __m256i sum[INT8_ROWS][4];
    RO_UNROLL(2)
    for (size_t i = 0; i < rows; i++) {
        RO_UNROLL(4)
        for (size_t v = 0; v < 4; v++)
            sum[i][v] = _mm256_setzero_si256();
    }
    for (size_t k = 0; k < b->inner; k += 4) {
        __m256i value[INT8_ROWS];
        RO_UNROLL(2)
        for (size_t i = 0; i < rows; i++) {
            int four;
            memcpy(&four, codes + i * b->inner + k, sizeof four);
            value[i] = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
        }
        RO_UNROLL(4)
        for (size_t v = 0; v < 4; v++) {
            const void *at = panel + k * width + v * 16;
            __m256i weights = _mm256_cvtepi8_epi16(_mm_loadu_si128(at));
            RO_UNROLL(2)
            for (size_t i = 0; i < rows; i++)
                sum[i][v] = _mm256_add_epi32(sum[i][v], _mm256_madd_epi16(value[i], weights));
        }
    }
    RO_UNROLL(2)
    for (size_t i = 0; i < rows; i++) {
        RO_UNROLL(2)
        for (size_t half = 0; half < 2; half++) {
            size_t at = first + half * HALF;
            __m256i all = _mm256_hadd_epi32(sum[i][2 * half], sum[i][2 * half + 1]);
            all = _mm256_permute4x64_epi64(all, 0xD8);
            __m256i zeros = _mm256_mullo_epi32(_mm256_set1_epi32(codings[i].zero),
                                               _mm256_loadu_si256((const void *)(b->sums + at)));
            all = _mm256_sub_epi32(all, zeros);
            __m256 scale =
                _mm256_mul_ps(_mm256_set1_ps(codings[i].scale), _mm256_loadu_ps(b->scales + at));
            _mm256_storeu_ps(c + i * c_stride + at, _mm256_fmadd_ps(_mm256_cvtepi32_ps(all), scale,
                                                                    _mm256_loadu_ps(bias + at)));
        }
    }
}

static void product_int8(const uint8_t *codes, const ro_coding *codings, size_t rows,
                         const ro_quantized *b, const float *bias, float *c, size_t c_stride)
{
    for (size_t first = 0; first < b->columns; first += RO_LANES) {
        size_t i = 0;
        for (; i + INT8_ROWS <= rows; i += INT8_ROWS)
            int8_tile(INT8_ROWS, codes + i * b->inner, codings + i, b, first, bias,
                      c + i * c_stride, c_stride);
        if (i < rows)
            int8_tile(1, codes + i * b->inner, codings + i, b, first, bias, c + i * c_stride,
                      c_stride);
    }
}

const ro_kernels ro_kernels_avx2 = {"avx2", product,   add_rows, maxout,      normalize,
                                    gelu,   exponents, quantize, product_int8};
