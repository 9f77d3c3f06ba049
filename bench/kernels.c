/* kernels.c - times the products of the English model's layers with each kernel that this CPU
 * runs, and with OpenBLAS on one thread, in one run. Prints giga multiply-adds a second.
 *
 *     make bench-kernels
 *
 * OpenBLAS needs the rows of a window laid out one by one (its rows may not overlap), so its
 * figure for a window layer includes that copy, as it does in thinc; "copied" leaves it out.
 */
#include "nn/kernels.h"
#include "base/alloc.h"
#include "nn/matrix.h"

#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 7 };

typedef struct product_shape {
    const char *name;
    size_t rows, inner, columns, stride;
} product_shape;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static float *random_floats(size_t count)
{
    float *out = ro_alloc_aligned(ro_alloc_default(), count, sizeof *out);
    if (out == NULL)
        abort();
    uint32_t state = 1;
    for (size_t i = 0; i < count; i++) {
        state = state * 1664525U + 1013904223U;
        out[i] = (float)(state >> 8) / (float)(1 << 24) - 0.5F;
    }
    return out;
}

static void run_blas(const product_shape *shape, const float *a, const float *weights, float *wide,
                     float *c, bool copy)
{
    const float *rows = a;
    if (copy) {
        for (size_t i = 0; i < shape->rows; i++)
            memcpy(wide + i * shape->inner, a + i * shape->stride, shape->inner * sizeof *a);
        rows = wide;
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)shape->rows, (int)shape->columns,
                (int)shape->inner, 1.0F, copy || shape->stride < shape->inner ? wide : rows,
                (int)shape->inner, weights, (int)shape->inner, 0.0F, c, (int)shape->columns);
}

/* The best of some rounds, in giga multiply-adds a second. kernels NULL: OpenBLAS. */
static double measure(const product_shape *shape, const ro_kernels *kernels, bool copy)
{
    size_t reach = shape->rows * shape->stride + shape->inner;
    float *a = random_floats(reach), *wide = random_floats(shape->rows * shape->inner);
    float *weights = random_floats(shape->columns * shape->inner);
    float *c = random_floats(shape->rows * (shape->columns + RO_PANEL));
    ro_matrix matrix;
    if (ro_matrix_pack_rows(weights, shape->columns, shape->inner, ro_alloc_default(), &matrix) !=
        RO_STATUS_OK)
        abort();
    double work = (double)shape->rows * (double)shape->inner * (double)shape->columns;
    int repeats = (int)(5e8 / work) + 1;
    double best = 0.0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int i = 0; i < repeats; i++) {
            if (kernels != NULL)
                kernels->product(a, shape->stride, shape->rows, &matrix, c, matrix.padded);
            else
                run_blas(shape, a, weights, wide, c, copy);
        }
        double rate = work * repeats / (now() - start) * 1e-9;
        best = rate > best ? rate : best;
    }
    ro_matrix_free(&matrix, ro_alloc_default());
    ro_alloc_free_aligned(ro_alloc_default(), a, reach, sizeof *a);
    ro_alloc_free_aligned(ro_alloc_default(), wide, shape->rows * shape->inner, sizeof *wide);
    ro_alloc_free_aligned(ro_alloc_default(), weights, shape->columns * shape->inner, sizeof *c);
    ro_alloc_free_aligned(ro_alloc_default(), c, shape->rows * (shape->columns + RO_PANEL),
                          sizeof *c);
    return best;
}

int main(void)
{
    static const product_shape shapes[] = {{"window layer", 64, 288, 288, 96},
                                   {"mixing", 64, 576, 288, 576},
                                   {"first window, by form", 64, 96, 864, 96},
                                   {"state features", 64, 64, 1024, 64},
                                   {"one state's scores", 1, 64, 106, 64}};
    static const char *const names[] = {"plain", "avx2", "avx512", "avx512vnni"};
    openblas_set_num_threads(1);
    printf("%-24s", "GMAC/s");
    for (size_t k = 0; k < 4; k++)
        printf("%10s", names[k]);
    printf("%10s%10s\n", "OpenBLAS", "copied");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        printf("%-24s", shapes[i].name);
        for (size_t k = 0; k < 4; k++) {
            const ro_kernels *kernels = ro_kernels_find(names[k]);
            if (kernels == NULL)
                printf("%10s", "-");
            else
                printf("%10.1f", measure(&shapes[i], kernels, false));
        }
        bool window = shapes[i].stride < shapes[i].inner;
        printf("%10.1f%10.1f\n", measure(&shapes[i], NULL, window),
               measure(&shapes[i], NULL, false));
    }
    return 0;
}
