/* test_quantized.c - float weights as int8, and the products over what is packed of those: the
 * plain version against whole numbers of 64 bits, the others bit for bit against the plain one.
 */
#include "unit.h"

#include "base/alloc.h"
#include "failing_allocator.h"
#include "nn/quantized.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { INNER = 1536, COLUMNS = 160, ROWS = 19 };

static const char *const names[] = {"avx2", "avx512", "avx512vnni"};

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

typedef struct operands {
    int8_t weights[COLUMNS * INNER];
    uint8_t codes[ROWS * INNER];
    float column_scales[COLUMNS], bias[COLUMNS];
    ro_coding codings[ROWS];
} operands;

/* extreme: only the largest magnitudes, so that any sum kept in too few bits is cut. */
static operands *make_operands(uint32_t seed, bool extreme)
{
    operands *made = malloc(sizeof *made);
    assert_non_null(made);
    for (size_t i = 0; i < COLUMNS * INNER; i++)
        made->weights[i] =
            (int8_t)(extreme ? (i / INNER % 2 ? -128 : 127) : (int)(next(&seed) % 255) - 127);
    for (size_t i = 0; i < ROWS * INNER; i++)
        made->codes[i] = (uint8_t)(extreme ? (i / INNER % 2 ? 0 : 255) : next(&seed) % 256);
    for (size_t j = 0; j < COLUMNS; j++) {
        made->column_scales[j] = (float)(next(&seed) % 1000) * 1e-5F;
        made->bias[j] = (float)(next(&seed) % 2001) * 1e-3F - 1.0F;
    }
    for (size_t i = 0; i < ROWS; i++) {
        made->codings[i].scale = (float)(next(&seed) % 1000) * 1e-4F;
        made->codings[i].zero = (int32_t)(extreme ? (i / 2 % 2) * 255 : next(&seed) % 256);
    }
    return made;
}

static const size_t shapes[][3] = {/* rows, inner, columns */
                                   {1, 16, 16},  {2, 16, 48},   {3, 32, 64},    {4, 48, 80},
                                   {5, 64, 96},  {6, 80, 112},  {7, 96, 128},   {8, 384, 144},
                                   {9, 16, 160}, {19, 384, 96}, {11, 1536, 160}};

static void check(const operands *all, size_t rows, size_t inner, size_t columns)
{
    static float plain[ROWS * COLUMNS], other[ROWS * COLUMNS];
    ro_quantized packed;
    assert_int_equal(ro_quantized_pack(all->weights, all->column_scales, columns, inner,
                                       ro_alloc_default(), &packed),
                     RO_STATUS_OK);
    ro_kernels_plain.product_int8(all->codes, all->codings, rows, &packed, all->bias, plain,
                                  COLUMNS);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            int64_t sum = 0;
            for (size_t k = 0; k < inner; k++)
                sum += (all->codes[i * inner + k] - all->codings[i].zero) *
                       all->weights[j * inner + k];
            float expected =
                fmaf((float)sum, all->codings[i].scale * all->column_scales[j], all->bias[j]);
            assert_true(plain[i * COLUMNS + j] == expected);
        }
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const ro_kernels *kernels = ro_kernels_find(names[k]);
        if (kernels == NULL) {
            print_message("# %s: not on this CPU, skipped\n", names[k]);
            continue;
        }
        kernels->product_int8(all->codes, all->codings, rows, &packed, all->bias, other, COLUMNS);
        for (size_t i = 0; i < rows; i++)
            assert_memory_equal(plain + i * COLUMNS, other + i * COLUMNS, columns * sizeof *plain);
        /* a row alone */
        kernels->product_int8(all->codes + (rows - 1) * inner, all->codings + rows - 1, 1, &packed,
                              all->bias, other, COLUMNS);
        assert_memory_equal(plain + (rows - 1) * COLUMNS, other, columns * sizeof *plain);
    }
    ro_quantized_free(&packed, ro_alloc_default());
}

static void products_are_those_of_whole_numbers(void **state)
{
    (void)state;
    operands *all = make_operands(1, false);
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
        check(all, shapes[s][0], shapes[s][1], shapes[s][2]);
    free(all);
}

static void no_sum_is_cut(void **state)
{
    (void)state;
    operands *all = make_operands(2, true);
    check(all, ROWS, INNER, COLUMNS);
    free(all);
}

static void memory_may_run_out(void **state)
{
    (void)state;
    operands *all = make_operands(3, false);
    for (size_t n = 1;; n++) {
        failing_allocator counter = {.fail_at = n};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_quantized packed;
        ro_status status =
            ro_quantized_pack(all->weights, all->column_scales, 96, 64, &allocator, &packed);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        if (status == RO_STATUS_OK)
            ro_quantized_free(&packed, &allocator);
        assert_int_equal(counter.held, 0);
        if (status == RO_STATUS_OK)
            break;
    }
    free(all);
}

static void weights_are_rounded_by_row(void **state)
{
    (void)state;
    static const float weights[] = {
        127, 0.5f,  1.5f, -2.5f, /* scale 1: halves go to the even neighbour */
        0,   -0.0f, 0,    0,     /* nothing                                  */
        -2,  1,     0,    2,     /* scale 2 / 127                            */
    };
    int8_t out[12];
    float scales[3];
    ro_quantized_round(weights, 3, 4, out, scales);
    static const int8_t expected[] = {127, 0, 2, -2, 0, 0, 0, 0, -127, 64, 0, 127};
    assert_memory_equal(out, expected, sizeof out);
    assert_true(scales[0] == 1 && scales[1] == 0 && scales[2] == 2 / 127.0f);
}

static void rounding_meets_the_edges_of_float(void **state)
{
    (void)state;
    static const float weights[] = {FLT_MAX, -FLT_MAX, FLT_MIN, 0x1p-149f, 0x1p-149f, 0};
    int8_t out[6];
    float scales[3];
    ro_quantized_round(weights, 3, 2, out, scales);
    static const int8_t expected[] = {127, -127, 0, 0, 0, 0};
    assert_memory_equal(out, expected, sizeof out);
    assert_true(scales[0] > 0 && scales[1] == 0 && scales[2] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_rounded_by_row),
        cmocka_unit_test(rounding_meets_the_edges_of_float),
        cmocka_unit_test(products_are_those_of_whole_numbers),
        cmocka_unit_test(no_sum_is_cut),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
