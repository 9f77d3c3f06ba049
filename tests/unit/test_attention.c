/* test_attention.c - attention.c against softmax(queries keys' / sqrt(size)) values in double, for
 * lengths around the sizes of vectors, panels and blocks.
 */
#include "unit.h"

#include "base/alloc.h"
#include "failing_allocator.h"
#include "nn/attention.h"

#include <math.h>
#include <stdlib.h>

enum { LONGEST = 99 };

static const char *const names[] = {"plain", "avx2", "avx512", "avx512vnni"};

static float *rows_of(size_t count, uint32_t seed)
{
    float *out = malloc(count * sizeof *out);
    assert_non_null(out);
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525U + 1013904223U;
        out[i] = ((float)(seed >> 8) / (float)(1 << 23) - 1.0F) * 2.0F;
    }
    return out;
}

static void reference(const float *in, size_t rows, size_t heads, size_t size, double *out)
{
    size_t width = heads * size, stride = 3 * width;
    double scores[LONGEST];
    for (size_t head = 0; head < heads; head++)
        for (size_t i = 0; i < rows; i++) {
            double most = -1e300, sum = 0.0;
            for (size_t j = 0; j < rows; j++) {
                scores[j] = 0.0;
                for (size_t k = 0; k < size; k++)
                    scores[j] += (double)in[i * stride + head * size + k] *
                                 in[j * stride + width + head * size + k];
                scores[j] /= sqrt((double)size);
                most = scores[j] > most ? scores[j] : most;
            }
            for (size_t j = 0; j < rows; j++)
                sum += scores[j] = exp(scores[j] - most);
            for (size_t k = 0; k < size; k++) {
                double value = 0.0;
                for (size_t j = 0; j < rows; j++)
                    value += scores[j] / sum * in[j * stride + 2 * width + head * size + k];
                out[i * width + head * size + k] = value;
            }
        }
}

static void check(ro_attention *attention, size_t rows, size_t heads, size_t size)
{
    size_t width = heads * size;
    float *in = rows_of(rows * 3 * width, (uint32_t)rows);
    float *out = malloc(rows * width * sizeof *out), *first = malloc(rows * width * sizeof *out);
    double *expected = malloc(rows * width * sizeof *expected);
    assert_true(out != NULL && first != NULL && expected != NULL);
    reference(in, rows, heads, size, expected);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const ro_kernels *kernels = ro_kernels_find(names[k]);
        if (kernels == NULL) {
            print_message("# %s: not on this CPU, skipped\n", names[k]);
            continue;
        }
        ro_attention_run(attention, kernels, in, rows, k == 0 ? first : out);
        for (size_t i = 0; k == 0 && i < rows * width; i++)
            assert_true(fabs(first[i] - expected[i]) < 1e-5);
        if (k > 0)
            assert_memory_equal(first, out, rows * width * sizeof *out);
    }
    free(in);
    free(out);
    free(first);
    free(expected);
}

static void vectors_are_those_of_the_reference(void **state)
{
    (void)state;
    static const size_t sizes[] = {16, 32, 64}, lengths[] = {1, 2, 15, 16, 17, 31, 33, 48, 50, 99};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        ro_attention *attention = ro_attention_new(LONGEST, 2, sizes[s], ro_alloc_default());
        assert_non_null(attention);
        /* from the longest down: what the one before left behind must not show */
        for (size_t l = sizeof lengths / sizeof *lengths; l-- > 0;)
            check(attention, lengths[l], 2, sizes[s]);
        ro_attention_free(attention);
    }
}

static void memory_may_run_out(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        failing_allocator counter = {.fail_at = n};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_attention *attention = ro_attention_new(20, 3, 16, &allocator);
        assert_true((attention == NULL) == counter.failed);
        ro_attention_free(attention);
        assert_int_equal(counter.held, 0);
        if (!counter.failed)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_are_those_of_the_reference),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
