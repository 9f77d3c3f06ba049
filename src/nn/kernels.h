/* kernels.h - the arithmetic that layers are made of, in several versions with the same bits.
 *
 * Every version gives bit for bit the same results: an output element of a float product is one
 * chain of fused multiply-adds in the order of k, sums of an int8 product are exact, and sums over
 * a row run in 16 lanes that are folded in halves; exp and erf are polynomials of our own in fixed
 * steps (kernels_numbers.h). So a record never depends on the machine. The plain version is the
 * reference.
 *
 * Shapes: rows x inner (K) times inner x columns (N). Vectors and row widths are multiples of
 * RO_LANES where said. Pointers need no alignment. Nothing here allocates or fails.
 */
#ifndef RO_NN_KERNELS_H
#define RO_NN_KERNELS_H
#include "readout.h"

#define RO_LANES 16u /* columns are padded to a multiple of this                         */
#define RO_PANEL 48u /* columns of one packed panel; the last may hold 16 or 32          */

/* A weight matrix packed for products: panels of RO_PANEL columns, each inner x panel width. */
typedef struct ro_matrix {
    size_t inner, columns, padded; /* padded: columns rounded up to RO_LANES, zeros behind */
    float *data;                   /* inner * padded floats                               */
} ro_matrix;

/* int8 weights packed for product_int8 (quantized.c): panels of RO_PANEL columns as in ro_matrix;
 * in a panel, for every four k, the four weights of each column side by side. */
typedef struct ro_quantized {
    size_t inner, columns; /* multiples of RO_LANES                          */
    int8_t *data;          /* inner * columns, each -127 to 127              */
    int32_t *sums;         /* by column: the sum of its weights              */
    const float *scales;   /* by column: what a weight of 1 stands for       */
} ro_quantized;

/* What the codes of a row stand for: a code for (code - zero) * scale. */
typedef struct ro_coding {
    float scale;
    int32_t zero; /* 0 to 255 */
} ro_coding;

/* A layer norm: (x - mean) / sqrt(variance + epsilon) * scale + shift. */
typedef struct ro_norm {
    const float *scale, *shift;
    float epsilon;
} ro_norm;

typedef struct ro_kernels {
    const char *name;
    /* c[i][j] = sum over k of a[i * a_stride + k] * b[k][j], for j < b->padded. Rows of a may
     * overlap (a_stride < inner): that is how a window over neighbouring rows is read. */
    void (*product)(const float *a, size_t a_stride, size_t rows, const ro_matrix *b, float *c,
                    size_t c_stride);
    /* out[j] = rows[0][j] + rows[1][j] + ...; a NULL row counts as zeros. count >= 1. */
    void (*add_rows)(const float *const *rows, size_t count, float *out, size_t width);
    /* out[j] = the largest over pieces p of x[p * width + j] + bias[p * width + j]. */
    void (*maxout)(const float *x, const float *bias, size_t width, size_t pieces, float *out);
    /* Layer norm of one row in place; before (or NULL) is added to the row first, after (or NULL)
     * to the result. */
    void (*normalize)(float *row, const float *before, const ro_norm *norm, const float *after,
                      size_t width);
    /* x[j] = gelu(x[j] + bias[j]), gelu(x) = x (1 + erf(x / sqrt 2)) / 2, less than 1e-6 off. bias
     * may be NULL. */
    void (*gelu)(float *x, const float *bias, size_t width);
    /* x[j] = 2 to the power of (x[j] - the largest) * factor, 0 where that is under 2^-125. Gives
     * their sum. x has room for whole RO_LANES; what is behind count becomes 0. factor >= 0. */
    float (*exponents)(float *x, size_t count, float factor);
    /* One row as codes of 0 to 255 that span it and 0: the scale is the largest less the smallest
     * over 255, zero the code of 0, and a code zero + the nearest (ties to even) of x / scale. So
     * a row that lies on one side, as behind GELU, has nearly all codes for that side. A row that
     * spans no more than 1e-30 is zeros: scale, zero and codes 0. */
    void (*quantize)(const float *row, size_t width, uint8_t *codes, ro_coding *coding);
    /* c[i][j] = float(sum over k of (codes[i][k] - codings[i].zero) * b[k][j]) *
     * (codings[i].scale * b->scales[j]) + bias[j], the last two steps one fused multiply-add. Rows
     * of codes are b->inner bytes. The zero of a row is taken from its sums through b->sums. */
    void (*product_int8)(const uint8_t *codes, const ro_coding *codings, size_t rows,
                         const ro_quantized *b, const float *bias, float *c, size_t c_stride);
} ro_kernels;

extern const ro_kernels ro_kernels_plain;
#ifdef RO_HAVE_X86_KERNELS
extern const ro_kernels ro_kernels_avx2;
extern const ro_kernels ro_kernels_avx512;     /* F, DQ, BW, VL            */
extern const ro_kernels ro_kernels_avx512vnni; /* the same, and VNNI       */
#endif

/* The kernels named "plain", "avx2", "avx512" or "avx512vnni"; NULL: the fastest that this CPU
 * runs. Gives NULL for an unknown name or one that this CPU or build lacks. */
const ro_kernels *ro_kernels_find(const char *name);

/* maxout and normalize of each row: x is rows x x_stride, residual (or NULL) and out are rows x
 * width. */
void ro_kernels_maxout_norm(const ro_kernels *kernels, const float *x, size_t x_stride, size_t rows,
                            const float *bias, const ro_norm *norm, const float *residual,
                            size_t width, size_t pieces, float *out);

/* What every version's quantize does between its two passes: the coding of a row whose values lie
 * from -under to over, both at least 0, and in *inverse what a value of 1 is in codes. */
ro_coding ro_kernels_coding(float under, float over, float *inverse);

/* The index of the first largest of count >= 1 values; NaNs are passed over (0 if all are). */
size_t ro_kernels_argmax(const float *values, size_t count);
#endif
