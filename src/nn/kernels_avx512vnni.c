/* kernels_avx512vnni.c - kernels_avx512.c with an int8 product of its own: where the CPU has VNNI,
 * one instruction multiplies 64 codes by 64 weights and adds them by fours, exactly. A tile of 8
 * rows by up to 3 vectors of 16 columns stays in registers over the whole of k, as in the float
 * product. Compiled with the flags of kernels_avx512.c and -mavx512vnni.
 */
#include "nn/kernels_avx512.h"
#include "nn/kernels_unroll.h"

#include <immintrin.h>
#include <string.h>

#define TILE_ROWS 8

/* sum += codes by weights, in fours. Not the intrinsic: GCC 12 copies each sum before and behind
 * it, runs out of registers and loses half the speed. */
static inline __attribute__((always_inline)) void add_products(__m512i *sum, __m512i codes,
                                                               __m512i weights)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(*sum) : "v"(codes), "v"(weights));
}

/* rows and vectors are constants at every call, so that the loops unroll into registers. */
static inline __attribute__((always_inline)) void
tile(size_t rows, size_t vectors, const uint8_t *codes, const ro_coding *codings,
     const ro_quantized *b, size_t first, const float *bias, float *c, size_t c_stride)
{
    const int8_t *panel = b->data + first * b->inner;
    __m512i sum[TILE_ROWS][3];
    RO_UNROLL(8)
    for (size_t i = 0; i < rows; i++) {
        RO_UNROLL(3)
        for (size_t v = 0; v < vectors; v++)
            sum[i][v] = _mm512_mullo_epi32(_mm512_set1_epi32(-codings[i].zero),
                                           _mm512_loadu_si512(b->sums + first + v * RO_LANES));
    }
    for (size_t k = 0; k < b->inner; k += 4) {
        __m512i weights[3];
        RO_UNROLL(3)
        for (size_t v = 0; v < vectors; v++)
            weights[v] = _mm512_loadu_si512(panel + (k * vectors + 4 * v) * RO_LANES);
        RO_UNROLL(8)
        for (size_t i = 0; i < rows; i++) {
            int four;
            memcpy(&four, codes + i * b->inner + k, sizeof four);
            __m512i value = _mm512_set1_epi32(four);
            RO_UNROLL(3)
            for (size_t v = 0; v < vectors; v++)
                add_products(&sum[i][v], value, weights[v]);
        }
    }
    RO_UNROLL(8)
    for (size_t i = 0; i < rows; i++) {
        RO_UNROLL(3)
        for (size_t v = 0; v < vectors; v++) {
            size_t at = first + v * RO_LANES;
            __m512 scale =
                _mm512_mul_ps(_mm512_set1_ps(codings[i].scale), _mm512_loadu_ps(b->scales + at));
            __m512 value = _mm512_cvtepi32_ps(sum[i][v]);
            _mm512_storeu_ps(c + i * c_stride + at,
                             _mm512_fmadd_ps(value, scale, _mm512_loadu_ps(bias + at)));
        }
    }
}

#define TILE_CASE(rows)                                                                            \
    case rows:                                                                                     \
        tile(rows, vectors, codes, codings, b, first, bias, c, c_stride);                          \
        break

static inline __attribute__((always_inline)) void
panel_product(size_t vectors, const uint8_t *codes, const ro_coding *codings, size_t rows,
              const ro_quantized *b, size_t first, const float *bias, float *c, size_t c_stride)
{
    for (; rows >= TILE_ROWS; rows -= TILE_ROWS) {
        tile(TILE_ROWS, vectors, codes, codings, b, first, bias, c, c_stride);
        codes += TILE_ROWS * b->inner;
        codings += TILE_ROWS;
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

static void product_int8(const uint8_t *codes, const ro_coding *codings, size_t rows,
                         const ro_quantized *b, const float *bias, float *c, size_t c_stride)
{
    for (size_t first = 0; first < b->columns; first += RO_PANEL) {
        size_t left = b->columns - first;
        if (left >= RO_PANEL)
            panel_product(3, codes, codings, rows, b, first, bias, c, c_stride);
        else if (left == 2 * RO_LANES)
            panel_product(2, codes, codings, rows, b, first, bias, c, c_stride);
        else
            panel_product(1, codes, codings, rows, b, first, bias, c, c_stride);
    }
}

const ro_kernels ro_kernels_avx512vnni = {"avx512vnni",
                                          ro_kernels_avx512_product,
                                          ro_kernels_avx512_add_rows,
                                          ro_kernels_avx512_maxout,
                                          ro_kernels_avx512_normalize,
                                          ro_kernels_avx512_gelu,
                                          ro_kernels_avx512_exponents,
                                          ro_kernels_avx512_quantize,
                                          product_int8};
