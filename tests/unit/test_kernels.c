/* test_kernels.c - kernels_*.c: every version gives the bits of the plain one, and the plain one
 * the numbers of double arithmetic within the bound of float sums.
 */
#include "unit.h"

#include "base/alloc.h"
#include "nn/kernels.h"
#include "nn/matrix.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 17 };

static const char *const names[] = {"avx2", "avx512", "avx512vnni"};

static float next_float(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return (float)(*state >> 8) / (float)(1 << 23) - 1.0F;
}

static float *floats(size_t count, uint32_t seed)
{
    float *out = malloc(count * sizeof *out);
    assert_non_null(out);
    for (size_t i = 0; i < count; i++)
        out[i] = next_float(&seed);
    return out;
}

/* Skips a version that this CPU lacks, and says so. */
static const ro_kernels *kernels_or_skip(const char *name)
{
    const ro_kernels *kernels = ro_kernels_find(name);
    if (kernels == NULL)
        print_message("# %s: not on this CPU, skipped\n", name);
    return kernels;
}

static void assert_same_bits(const float *a, const float *b, size_t count)
{
    assert_memory_equal(a, b, count * sizeof *a);
}

static const size_t shapes[][4] = {/* rows, inner, columns, stride */
                                   {1, 1, 1, 1},     {1, 64, 106, 64},   {2, 3, 17, 3},
                                   {5, 96, 48, 96},  {6, 288, 288, 96},  {7, 10, 33, 12},
                                   {8, 31, 50, 31},  {13, 288, 100, 96}, {16, 64, 130, 64},
                                   {23, 48, 49, 16}, {64, 96, 97, 96}};

static void products_have_the_same_bits(void **state)
{
    (void)state;
    float *a = floats(ROOM, 1), *weights = floats(ROOM, 2);
    float *plain = floats(ROOM, 3), *other = floats(ROOM, 4);
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        size_t rows = shapes[s][0], inner = shapes[s][1], columns = shapes[s][2];
        ro_matrix matrix;
        assert_int_equal(ro_matrix_pack_rows(weights, columns, inner, ro_alloc_default(), &matrix),
                         RO_STATUS_OK);
        ro_kernels_plain.product(a, shapes[s][3], rows, &matrix, plain, matrix.padded);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            const ro_kernels *kernels = kernels_or_skip(names[k]);
            if (kernels == NULL)
                continue;
            kernels->product(a, shapes[s][3], rows, &matrix, other, matrix.padded);
            assert_same_bits(plain, other, rows * matrix.padded);
        }
        ro_matrix_free(&matrix, ro_alloc_default());
    }
    free(a);
    free(weights);
    free(plain);
    free(other);
}

/* A chain of n fused multiply-adds is off by at most n * epsilon times the sum of magnitudes
 * (Higham 2002, section 3.1). */
static void products_are_within_the_bound_of_float_sums(void **state)
{
    (void)state;
    float *a = floats(ROOM, 5), *weights = floats(ROOM, 6), *c = floats(ROOM, 7);
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        size_t rows = shapes[s][0], inner = shapes[s][1], columns = shapes[s][2];
        ro_matrix matrix;
        assert_int_equal(ro_matrix_pack_rows(weights, columns, inner, ro_alloc_default(), &matrix),
                         RO_STATUS_OK);
        ro_kernels_plain.product(a, shapes[s][3], rows, &matrix, c, matrix.padded);
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < matrix.padded; j++) {
                double sum = 0.0, magnitude = 0.0;
                for (size_t k = 0; k < inner && j < columns; k++) {
                    double term = (double)a[i * shapes[s][3] + k] * weights[j * inner + k];
                    sum += term;
                    magnitude += fabs(term);
                }
                double off = fabs(sum - (double)c[i * matrix.padded + j]);
                assert_true(off <= (double)inner * FLT_EPSILON * magnitude);
            }
        ro_matrix_free(&matrix, ro_alloc_default());
    }
    free(a);
    free(weights);
    free(c);
}

static void row_results_do_not_depend_on_the_other_rows(void **state)
{
    (void)state;
    float *a = floats(ROOM, 8), *weights = floats(ROOM, 9), *all = floats(ROOM, 10);
    float one[320];
    ro_matrix matrix;
    assert_int_equal(ro_matrix_pack_rows(weights, 288, 96, ro_alloc_default(), &matrix),
                     RO_STATUS_OK);
    const ro_kernels *kernels = ro_kernels_find(NULL);
    kernels->product(a, 96, 29, &matrix, all, matrix.padded);
    for (size_t i = 0; i < 29; i++) {
        kernels->product(a + i * 96, 96, 1, &matrix, one, matrix.padded);
        assert_same_bits(one, all + i * matrix.padded, matrix.padded);
    }
    ro_matrix_free(&matrix, ro_alloc_default());
    free(a);
    free(weights);
    free(all);
}

static void maxout_norms_have_the_same_bits(void **state)
{
    (void)state;
    float *x = floats(ROOM, 11), *bias = floats(1024, 12), *scale = floats(1024, 13);
    float *shift = floats(1024, 14), *residual = floats(ROOM, 15);
    float *plain = floats(ROOM, 16), *other = floats(ROOM, 17);
    for (size_t width = 16; width <= 96; width += 16)
        for (size_t pieces = 1; pieces <= 4; pieces++)
            for (size_t with = 0; with < 2; with++) {
                const float *added = with ? residual : NULL;
                const ro_norm norm = {scale, shift, with ? 1e-8F : 1e-12F};
                ro_kernels_maxout_norm(&ro_kernels_plain, x, width * pieces, 9, bias, &norm, added,
                                       width, pieces, plain);
                for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
                    const ro_kernels *kernels = kernels_or_skip(names[k]);
                    if (kernels == NULL)
                        continue;
                    ro_kernels_maxout_norm(kernels, x, width * pieces, 9, bias, &norm, added, width,
                                           pieces, other);
                    assert_same_bits(plain, other, 9 * width);
                }
            }
    free(x);
    free(bias);
    free(scale);
    free(shift);
    free(residual);
    free(plain);
    free(other);
}

static void a_normalized_row_has_mean_0_and_variance_1(void **state)
{
    (void)state;
    float x[32], zero[32] = {0}, one[32], out[32];
    uint32_t seed = 18;
    for (size_t i = 0; i < 32; i++) {
        x[i] = 100.0F + 5.0F * next_float(&seed);
        one[i] = 1.0F;
    }
    const ro_norm norm = {one, zero, 1e-8F};
    ro_kernels_maxout_norm(&ro_kernels_plain, x, 32, 1, zero, &norm, NULL, 32, 1, out);
    double mean = 0.0, variance = 0.0;
    for (size_t i = 0; i < 32; i++)
        mean += (double)out[i] / 32;
    for (size_t i = 0; i < 32; i++)
        variance += (out[i] - mean) * (out[i] - mean) / 32;
    assert_true(fabs(mean) < 1e-5);
    assert_true(fabs(variance - 1.0) < 1e-4);
}

static void added_rows_have_the_same_bits_and_may_be_absent(void **state)
{
    (void)state;
    float *x = floats(256, 19), plain[64], other[64];
    const float *rows[] = {x, NULL, x + 64, x + 128};
    ro_kernels_plain.add_rows(rows, 4, plain, 64);
    for (size_t j = 0; j < 64; j++)
        assert_true(plain[j] == x[j] + x[64 + j] + x[128 + j]);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const ro_kernels *kernels = kernels_or_skip(names[k]);
        if (kernels == NULL)
            continue;
        kernels->add_rows(rows, 4, other, 64);
        assert_same_bits(plain, other, 64);
    }
    free(x);
}

static void a_row_may_be_added_before_the_norm(void **state)
{
    (void)state;
    float *x = floats(96, 20), *before = floats(96, 21), *scale = floats(96, 22);
    float *shift = floats(96, 23), plain[96], other[96];
    const ro_norm norm = {scale, shift, 0.25F};
    double mean = 0.0, variance = 0.0;
    for (size_t j = 0; j < 96; j++)
        mean += ((double)x[j] + before[j]) / 96;
    for (size_t j = 0; j < 96; j++)
        variance += (x[j] + before[j] - mean) * (x[j] + before[j] - mean) / 96;
    memcpy(plain, x, sizeof plain);
    ro_kernels_plain.normalize(plain, before, &norm, NULL, 96);
    for (size_t j = 0; j < 96; j++) {
        double expected = (x[j] + before[j] - mean) / sqrt(variance + 0.25) * scale[j] + shift[j];
        assert_true(fabs(plain[j] - expected) < 1e-5);
    }
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const ro_kernels *kernels = kernels_or_skip(names[k]);
        if (kernels == NULL)
            continue;
        memcpy(other, x, sizeof other);
        kernels->normalize(other, before, &norm, NULL, 96);
        assert_same_bits(plain, other, 96);
    }
    free(x);
    free(before);
    free(scale);
    free(shift);
}

static void gelus_are_near_and_have_the_same_bits(void **state)
{
    (void)state;
    enum { STEPS = 1 << 16 };
    float *x = floats(STEPS, 24), *bias = floats(STEPS, 25);
    float *plain = floats(STEPS, 26), *other = floats(STEPS, 27);
    for (size_t j = 0; j < STEPS; j++)
        x[j] = (float)j / (STEPS / 16) - 8.0F;
    memcpy(x, (const float[]){-1e30F, 1e30F, -INFINITY, INFINITY, 0.0F, -0.0F, 1e-40F, -1e-40F},
           8 * sizeof *x);
    for (size_t with = 0; with < 2; with++) {
        memcpy(plain, x, STEPS * sizeof *x);
        ro_kernels_plain.gelu(plain, with ? bias : NULL, STEPS);
        for (size_t j = 8; j < STEPS; j++) {
            double in = with ? (double)(x[j] + bias[j]) : (double)x[j];
            assert_true(fabs(plain[j] - in * (1.0 + erf(in / sqrt(2.0))) / 2.0) < 1e-6);
        }
        assert_true(plain[1] == 1e30F && plain[3] == INFINITY && fabsf(plain[0]) < 1e-6F);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            const ro_kernels *kernels = kernels_or_skip(names[k]);
            if (kernels == NULL)
                continue;
            memcpy(other, x, STEPS * sizeof *x);
            kernels->gelu(other, with ? bias : NULL, STEPS);
            assert_same_bits(plain, other, STEPS);
        }
    }
    free(x);
    free(bias);
    free(plain);
    free(other);
}

static void exponents_are_near_and_have_the_same_bits(void **state)
{
    (void)state;
    float *x = floats(128, 28), plain[128], other[128];
    for (size_t count = 1; count <= 100; count++)
        for (float factor = 0.25F; factor < 300.0F; factor *= 8.0F) {
            float most = x[0];
            for (size_t j = 1; j < count; j++)
                most = x[j] > most ? x[j] : most;
            memcpy(plain, x, sizeof plain);
            float sum = ro_kernels_plain.exponents(plain, count, factor);
            double expected_sum = 0.0;
            for (size_t j = 0; j < count; j++) {
                double y = (double)((x[j] - most) * factor), expected = exp2(y);
                expected_sum += plain[j];
                assert_true(y > -125.0 ? fabs(plain[j] - expected) <= 3e-7 * expected
                                       : plain[j] == 0.0F);
            }
            assert_true(fabs(sum - expected_sum) <= 1e-5 * expected_sum);
            size_t room = (count + RO_LANES - 1) / RO_LANES * RO_LANES;
            for (size_t j = count; j < room; j++)
                assert_true(plain[j] == 0.0F);
            for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
                const ro_kernels *kernels = kernels_or_skip(names[k]);
                if (kernels == NULL)
                    continue;
                memcpy(other, x, sizeof other);
                float other_sum = kernels->exponents(other, count, factor);
                assert_same_bits(&sum, &other_sum, 1);
                assert_same_bits(plain, other, 128);
            }
        }
    free(x);
}

/* Codes stand for what is nearest, the ends are 0 and 255, and 0 is met exactly; no row, not even
 * one with a NaN or an infinity, makes what is no code. */
static void rows_are_quantized_alike(void **state)
{
    (void)state;
    enum { WIDTH = 64, ROWS = 40 };
    float *x = floats(ROWS * WIDTH, 29);
    ro_coding coding, other_coding;
    uint8_t plain[WIDTH], other[WIDTH];
    for (size_t j = 0; j < WIDTH; j++) {
        x[j] = 0.0F;
        x[WIDTH + j] *= 1e-33F; /* counts as 0 */
        x[2 * WIDTH + j] *= 1e30F;
        x[6 * WIDTH + j] = fabsf(x[6 * WIDTH + j]) + 1.0F;
        x[7 * WIDTH + j] = -1.0F - fabsf(x[7 * WIDTH + j]);
    }
    memcpy(x + 3 * WIDTH, (const float[]){200.0F, 0.5F, 1.5F, 2.5F, -0.5F, -55.0F, 0.0F, -0.0F},
           8 * sizeof *x); /* scale 1: ties go to even */
    x[4 * WIDTH + 7] = NAN;
    x[5 * WIDTH + 9] = -INFINITY;
    for (size_t i = 0; i < ROWS; i++) {
        const float *row = x + i * WIDTH;
        ro_kernels_plain.quantize(row, WIDTH, plain, &coding);
        assert_true(coding.zero >= 0 && coding.zero <= 255);
        if (i <= 1)
            assert_true(coding.scale == 0.0F && coding.zero == 0);
        for (size_t j = 0; j < WIDTH && i != 4 && i != 5; j++) {
            float off = fabsf((float)(plain[j] - coding.zero) * coding.scale - row[j]);
            assert_true(i <= 1 ? plain[j] == 0 : off <= 0.5001F * coding.scale);
        }
        if (i == 6 || i == 7)
            assert_int_equal(coding.zero, i == 6 ? 0 : 255);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            const ro_kernels *kernels = kernels_or_skip(names[k]);
            if (kernels == NULL)
                continue;
            kernels->quantize(row, WIDTH, other, &other_coding);
            assert_memory_equal(plain, other, WIDTH);
            assert_same_bits(&coding.scale, &other_coding.scale, 1);
            assert_int_equal(coding.zero, other_coding.zero);
        }
        if (i == 3)
            assert_memory_equal(plain, ((const uint8_t[]){255, 55, 57, 57, 55, 0, 55, 55}), 8);
    }
    free(x);
}

static void the_first_largest_is_found_and_nans_are_passed_over(void **state)
{
    (void)state;
    assert_int_equal(ro_kernels_argmax((const float[]){1, 3, 2, 3}, 4), 1);
    assert_int_equal(ro_kernels_argmax((const float[]){-2}, 1), 0);
    assert_int_equal(ro_kernels_argmax((const float[]){NAN, 1, NAN, 2}, 4), 3);
    assert_int_equal(ro_kernels_argmax((const float[]){NAN, NAN}, 2), 0);
}

static void unknown_kernels_are_not_found(void **state)
{
    (void)state;
    assert_null(ro_kernels_find("sse9"));
    assert_string_equal(ro_kernels_find("plain")->name, "plain");
    assert_non_null(ro_kernels_find(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_have_the_same_bits),
        cmocka_unit_test(products_are_within_the_bound_of_float_sums),
        cmocka_unit_test(row_results_do_not_depend_on_the_other_rows),
        cmocka_unit_test(maxout_norms_have_the_same_bits),
        cmocka_unit_test(a_normalized_row_has_mean_0_and_variance_1),
        cmocka_unit_test(added_rows_have_the_same_bits_and_may_be_absent),
        cmocka_unit_test(a_row_may_be_added_before_the_norm),
        cmocka_unit_test(gelus_are_near_and_have_the_same_bits),
        cmocka_unit_test(exponents_are_near_and_have_the_same_bits),
        cmocka_unit_test(rows_are_quantized_alike),
        cmocka_unit_test(the_first_largest_is_found_and_nans_are_passed_over),
        cmocka_unit_test(unknown_kernels_are_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
