/* kernels.h - the arithmetic that layers are made of, in several versions with the same bits.
 *
 * Every version gives bit for bit the same results: an output element of a product is one chain of
 * fused multiply-adds in the order of k, and sums over a row run in 16 lanes that are folded
 * in halves. So a record never depends on the machine. The plain version is the reference.
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
    /* Layer norm of one row in place (1e-8 added to the variance), then scale and shift, plus a
     * residual row if it is not NULL. */
    void (*normalize)(float *row, const float *scale, const float *shift, const float *residual,
                      size_t width);
} ro_kernels;

extern const ro_kernels ro_kernels_plain;
#ifdef RO_HAVE_X86_KERNELS
extern const ro_kernels ro_kernels_avx2;
extern const ro_kernels ro_kernels_avx512;
#endif

/* The kernels named "plain", "avx2" or "avx512"; NULL: the fastest that this CPU runs. Gives NULL
 * for an unknown name or one that this CPU or build lacks. */
const ro_kernels *ro_kernels_find(const char *name);

/* maxout and normalize of each row: x is rows x x_stride, residual (or NULL) and out are rows x
 * width. */
void ro_kernels_maxout_norm(const ro_kernels *kernels, const float *x, size_t x_stride, size_t rows,
                            const float *bias, const float *scale, const float *shift,
                            const float *residual, size_t width, size_t pieces, float *out);

/* The index of the first largest of count >= 1 values; NaNs are passed over (0 if all are). */
size_t ro_kernels_argmax(const float *values, size_t count);
#endif
