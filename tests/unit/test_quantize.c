/* test_quantize.c - float weights as int8, by row. */
#include "nn/quantize.h"
#include "unit.h"

#include <float.h>

static void test_rounds_to_even_by_row(void **state)
{
    (void)state;
    static const float weights[] = {
        127, 0.5f,  1.5f, -2.5f, /* scale 1: halves go to the even neighbour */
        0,   -0.0f, 0,    0,     /* nothing                                  */
        -2,  1,     0,    2,     /* scale 2 / 127                            */
    };
    int8_t out[12];
    float scales[3];
    ro_quantize_rows(weights, 3, 4, out, scales);
    static const int8_t expected[] = {127, 0, 2, -2, 0, 0, 0, 0, -127, 64, 0, 127};
    assert_memory_equal(out, expected, sizeof out);
    assert_true(scales[0] == 1 && scales[1] == 0 && scales[2] == 2 / 127.0f);
}

static void test_edges_of_float(void **state)
{
    (void)state;
    static const float weights[] = {FLT_MAX, -FLT_MAX, FLT_MIN, 0x1p-149f, 0x1p-149f, 0};
    int8_t out[6];
    float scales[3];
    ro_quantize_rows(weights, 3, 2, out, scales);
    static const int8_t expected[] = {127, -127, 0, 0, 0, 0};
    assert_memory_equal(out, expected, sizeof out);
    assert_true(scales[0] > 0 && scales[1] == 0 && scales[2] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounds_to_even_by_row),
        cmocka_unit_test(test_edges_of_float),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
