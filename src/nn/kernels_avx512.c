/* kernels_avx512.c - kernels for AVX-512 (F, DQ, BW, VL). A tile of 8 rows by up to 3 vectors of
 * 16 columns stays in registers over the whole of k (24 accumulators). The method is that of
 * GotoBLAS (Goto and van de Geijn 2008) less the blocking of k, which here is at most some
 * hundreds. Compiled with -mavx512f -mavx512dq -mavx512bw -mavx512vl; called only where the CPU has
 * them.
 */
#include "nn/kernels_avx512.h"
#include "nn/kernels_numbers.h"
#include "nn/kernels_unroll.h"

#include <immintrin.h>
#include <math.h>
#include <string.h>

#define TILE_ROWS 8

/* rows and vectors are constants at every call, so that the loops unroll into registers. */
static inline __attribute__((always_inline)) void tile(size_t rows, size_t vectors, const float *a,
                                                       size_t a_stride, const float *panel,
                                                       size_t inner, float *c, size_t c_stride)
{
    __m512 sum[TILE_ROWS][3];
    RO_UNROLL(8)
    for (size_t i = 0; i < rows; i++) {
        RO_UNROLL(3)
        for (size_t v = 0; v < vectors; v++)
            sum[i][v] = _mm512_setzero_ps();
    }
    for (size_t k = 0; k < inner; k++) {
        __m512 b[3];
        RO_UNROLL(3)
        for (size_t v = 0; v < vectors; v++)
            b[v] = _mm512_loadu_ps(panel + (k * vectors + v) * RO_LANES);
        RO_UNROLL(8)
        for (size_t i = 0; i < rows; i++) {
            __m512 value = _mm512_set1_ps(a[i * a_stride + k]);
            RO_UNROLL(3)
            for (size_t v = 0; v < vectors; v++)
                sum[i][v] = _mm512_fmadd_ps(value, b[v], sum[i][v]);
        }
    }
    RO_UNROLL(8)
    for (size_t i = 0; i < rows; i++) {
        RO_UNROLL(3)
        for (size_t v = 0; v < vectors; v++)
            _mm512_storeu_ps(c + i * c_stride + v * RO_LANES, sum[i][v]);
    }
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

void ro_kernels_avx512_product(const float *a, size_t a_stride, size_t rows, const ro_matrix *b,
                               float *c, size_t c_stride)
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

void ro_kernels_avx512_add_rows(const float *const *rows, size_t count, float *out, size_t width)
{
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 sum = _mm512_setzero_ps();
        for (size_t i = 0; i < count; i++)
            if (rows[i] != NULL)
                sum = _mm512_add_ps(sum, _mm512_loadu_ps(rows[i] + j));
        _mm512_storeu_ps(out + j, sum);
    }
}

void ro_kernels_avx512_maxout(const float *x, const float *bias, size_t width, size_t pieces,
                              float *out)
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

void ro_kernels_avx512_normalize(float *row, const float *before, const ro_norm *norm,
                                 const float *after, size_t width)
{
    __m512 sum = _mm512_setzero_ps();
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 value = _mm512_loadu_ps(row + j);
        if (before != NULL) {
            value = _mm512_add_ps(value, _mm512_loadu_ps(before + j));
            _mm512_storeu_ps(row + j, value);
        }
        sum = _mm512_add_ps(sum, value);
    }
    __m512 mean = _mm512_set1_ps(fold(sum) / (float)width);
    __m512 squares = _mm512_setzero_ps();
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 value = _mm512_sub_ps(_mm512_loadu_ps(row + j), mean);
        squares = _mm512_fmadd_ps(value, value, squares);
        _mm512_storeu_ps(row + j, value);
    }
    __m512 inverse = _mm512_set1_ps(1.0F / sqrtf(fold(squares) / (float)width + norm->epsilon));
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 value = _mm512_mul_ps(_mm512_loadu_ps(row + j), inverse);
        value = _mm512_fmadd_ps(value, _mm512_loadu_ps(norm->scale + j),
                                _mm512_loadu_ps(norm->shift + j));
        if (after != NULL)
            value = _mm512_add_ps(value, _mm512_loadu_ps(after + j));
        _mm512_storeu_ps(row + j, value);
    }
}

static __m512 step(__m512 p, __m512 x, float number)
{
    return _mm512_fmadd_ps(p, x, _mm512_set1_ps(number));
}

void ro_kernels_avx512_gelu(float *x, const float *bias, size_t width)
{
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 value = _mm512_loadu_ps(x + j);
        if (bias != NULL)
            value = _mm512_add_ps(value, _mm512_loadu_ps(bias + j));
        __m512 z = _mm512_min_ps(_mm512_abs_ps(value), _mm512_set1_ps(RO_GELU_END));
        __m512 p = step(_mm512_set1_ps(RO_GELU_7), z, RO_GELU_6);
        p = step(p, z, RO_GELU_5);
        p = step(p, z, RO_GELU_4);
        p = step(p, z, RO_GELU_3);
        p = step(p, z, RO_GELU_2);
        p = step(p, z, RO_GELU_1);
        p = step(p, z, RO_GELU_0);
        p = _mm512_mul_ps(p, p);
        p = _mm512_mul_ps(p, p);
        p = _mm512_mul_ps(p, p);
        value = _mm512_max_ps(value, _mm512_setzero_ps());
        _mm512_storeu_ps(x + j, _mm512_fnmadd_ps(z, p, value));
    }
}

static float fold_largest(__m512 lanes)
{
    __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(lanes), _mm512_extractf32x8_ps(lanes, 1));
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps(two, two, 1)));
}

float ro_kernels_avx512_exponents(float *x, size_t count, float factor)
{
    __m512 least = _mm512_set1_ps(-INFINITY), most = least, sum = _mm512_setzero_ps();
    for (size_t j = count; j % RO_LANES != 0; j++)
        x[j] = -INFINITY;
    for (size_t j = 0; j < count; j += RO_LANES)
        most = _mm512_max_ps(most, _mm512_loadu_ps(x + j));
    most = _mm512_set1_ps(fold_largest(most));
    for (size_t j = 0; j < count; j += RO_LANES) {
        __m512 y = _mm512_sub_ps(_mm512_loadu_ps(x + j), most);
        y = _mm512_mul_ps(y, _mm512_set1_ps(factor));
        __mmask16 counts = _mm512_cmp_ps_mask(y, _mm512_set1_ps(RO_POWER_LEAST), _CMP_GT_OQ);
        __m512 whole = _mm512_roundscale_ps(y, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        __m512 part = _mm512_sub_ps(y, whole);
        __m512 p = step(_mm512_set1_ps(RO_POWER_5), part, RO_POWER_4);
        p = step(p, part, RO_POWER_3);
        p = step(p, part, RO_POWER_2);
        p = step(p, part, RO_POWER_1);
        p = step(p, part, RO_POWER_0);
        p = _mm512_maskz_scalef_ps(counts, p, whole);
        sum = _mm512_add_ps(sum, p);
        _mm512_storeu_ps(x + j, p);
    }
    return fold(sum);
}

void ro_kernels_avx512_quantize(const float *row, size_t width, uint8_t *codes, ro_coding *coding)
{
    __m512 over = _mm512_setzero_ps(), under = over, sign = _mm512_set1_ps(-0.0F);
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 value = _mm512_loadu_ps(row + j);
        over = _mm512_max_ps(over, value);
        under = _mm512_max_ps(under, _mm512_xor_ps(value, sign));
    }
    float factor;
    *coding = ro_kernels_coding(fold_largest(under), fold_largest(over), &factor);
    __m512 inverse = _mm512_set1_ps(factor), least = _mm512_set1_ps(-(float)coding->zero);
    __m512 most = _mm512_add_ps(least, _mm512_set1_ps(RO_CODE_MOST));
    __m512i zero = _mm512_set1_epi32(coding->zero);
    for (size_t j = 0; j < width; j += RO_LANES) {
        __m512 value = _mm512_mul_ps(_mm512_loadu_ps(row + j), inverse);
        value = _mm512_min_ps(_mm512_max_ps(value, least), most);
        __m512i code = _mm512_add_epi32(_mm512_cvtps_epi32(value), zero);
        _mm_storeu_si128((__m128i *)(void *)(codes + j), _mm512_cvtepi32_epi8(code));
    }
}

/* ---- int8 products --------------------------------------------------------------------------- */

#define INT8_ROWS 4

/* Codes and weights widened to 16 bits; two products of neighbours are added exactly. A vector
 * holds 8 columns, two sums each. rows and vectors are constants at every call. */
static inline __attribute__((always_inline)) void
int8_tile(size_t rows, size_t vectors, const uint8_t *codes, const ro_coding *codings,
          const ro_quantized *b, size_t first, const float *bias, float *c, size_t c_stride)
{
    const int8_t *panel = b->data + first * b->inner;
    __m512i sum[INT8_ROWS][6];
    RO_UNROLL(4)
    for (size_t i = 0; i < rows; i++) {
        RO_UNROLL(6)
        for (size_t v = 0; v < 2 * vectors; v++)
            sum[i][v] = _mm512_setzero_si512();
    }
    for (size_t k = 0; k < b->inner; k += 4) {
        __m512i value[INT8_ROWS];
        RO_UNROLL(4)
        for (size_t i = 0; i < rows; i++) {
            int four;
            memcpy(&four, codes + i * b->inner + k, sizeof four);
            value[i] = _mm512_cvtepu8_epi16(_mm256_set1_epi32(four));
        }
        RO_UNROLL(6)
        for (size_t v = 0; v < 2 * vectors; v++) {
            const void *at = panel + k * vectors * RO_LANES + v * 32;
            __m512i weights = _mm512_cvtepi8_epi16(_mm256_loadu_si256(at));
            RO_UNROLL(4)
            for (size_t i = 0; i < rows; i++)
                sum[i][v] = _mm512_add_epi32(sum[i][v], _mm512_madd_epi16(value[i], weights));
        }
    }
    const __m512i even =
        _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const __m512i odd = _mm512_add_epi32(even, _mm512_set1_epi32(1));
    RO_UNROLL(4)
    for (size_t i = 0; i < rows; i++) {
        RO_UNROLL(3)
        for (size_t v = 0; v < vectors; v++) {
            size_t at = first + v * RO_LANES;
            __m512i all =
                _mm512_add_epi32(_mm512_permutex2var_epi32(sum[i][2 * v], even, sum[i][2 * v + 1]),
                                 _mm512_permutex2var_epi32(sum[i][2 * v], odd, sum[i][2 * v + 1]));
            __m512i zeros = _mm512_mullo_epi32(_mm512_set1_epi32(codings[i].zero),
                                               _mm512_loadu_si512(b->sums + at));
            all = _mm512_sub_epi32(all, zeros);
            __m512 scale =
                _mm512_mul_ps(_mm512_set1_ps(codings[i].scale), _mm512_loadu_ps(b->scales + at));
            _mm512_storeu_ps(c + i * c_stride + at, _mm512_fmadd_ps(_mm512_cvtepi32_ps(all), scale,
                                                                    _mm512_loadu_ps(bias + at)));
        }
    }
}

#define INT8_CASE(rows)                                                                            \
    case rows:                                                                                     \
        int8_tile(rows, vectors, codes, codings, b, first, bias, c, c_stride);                     \
        break

static inline __attribute__((always_inline)) void
int8_panel(size_t vectors, const uint8_t *codes, const ro_coding *codings, size_t rows,
           const ro_quantized *b, size_t first, const float *bias, float *c, size_t c_stride)
{
    for (; rows >= INT8_ROWS; rows -= INT8_ROWS) {
        int8_tile(INT8_ROWS, vectors, codes, codings, b, first, bias, c, c_stride);
        codes += INT8_ROWS * b->inner;
        codings += INT8_ROWS;
        c += INT8_ROWS * c_stride;
    }
    switch (rows) {
        INT8_CASE(1);
        INT8_CASE(2);
        INT8_CASE(3);
    default:
        break;
    }
}

static void product_int8(const uint8_t *codes, const ro_coding *codings, size_t rows,
                         const ro_quantized *b, const float *bias, float *c, size_t c_stride)
{
    for (size_t first = 0; first < b->columns; first += RO_PANEL) {
        size_t left = b->columns - first;
        if (left >= RO_PANEL)
            int8_panel(3, codes, codings, rows, b, first, bias, c, c_stride);
        else if (left == 2 * RO_LANES)
            int8_panel(2, codes, codings, rows, b, first, bias, c, c_stride);
        else
            int8_panel(1, codes, codings, rows, b, first, bias, c, c_stride);
    }
}

const ro_kernels ro_kernels_avx512 = {"avx512",
                                      ro_kernels_avx512_product,
                                      ro_kernels_avx512_add_rows,
                                      ro_kernels_avx512_maxout,
                                      ro_kernels_avx512_normalize,
                                      ro_kernels_avx512_gelu,
                                      ro_kernels_avx512_exponents,
                                      ro_kernels_avx512_quantize,
                                      product_int8};
