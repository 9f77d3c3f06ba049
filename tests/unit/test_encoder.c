/* test_encoder.c - encoder.c against the same network written naively in double; its cache and
 * its blocks must not show in the results.
 */
#include "unit.h"

#include "model_file.h"
#include "nn/encoder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 16, PIECES = 3, FEATURES = 2, LAYERS = 2, TABLE = 7, ROWS = 40, FORMS = 12 };

static float weights_of(size_t which, size_t index)
{
    uint32_t x = (uint32_t)(which * 7919 + index * 104729 + 12345);
    x ^= x >> 13;
    x *= 0x5bd1e995U;
    x ^= x >> 15;
    return (float)(x % 2000) / 1000.0F - 1.0F;
}

static void add(ro_weights_writer *writer, const char *name, size_t which, uint32_t rank,
                const uint64_t *dims)
{
    size_t count = 1;
    for (uint32_t i = 0; i < rank; i++)
        count *= (size_t)dims[i];
    float *data = malloc(count * sizeof *data);
    assert_non_null(data);
    for (size_t i = 0; i < count; i++)
        data[i] = weights_of(which, i);
    assert_int_equal(
        ro_weights_writer_add(writer, name, RO_WEIGHT_TYPE_F32, rank, dims, data, NULL),
        RO_STATUS_OK);
    free(data);
}

static ro_weights *make_weights(void)
{
    ro_weights_writer *writer = ro_weights_writer_new(ro_alloc_default());
    assert_non_null(writer);
    add(writer, "e0", 0, 2, (const uint64_t[]){TABLE, WIDTH});
    add(writer, "e1", 1, 2, (const uint64_t[]){TABLE, WIDTH});
    for (size_t i = 0; i <= LAYERS; i++) {
        char name[8];
        uint64_t inputs = i == 0 ? FEATURES * WIDTH : 3 * WIDTH;
        snprintf(name, sizeof name, "w%zu", i);
        add(writer, name, 10 + i, 3, (const uint64_t[]){WIDTH, PIECES, inputs});
        snprintf(name, sizeof name, "b%zu", i);
        add(writer, name, 20 + i, 2, (const uint64_t[]){WIDTH, PIECES});
        snprintf(name, sizeof name, "g%zu", i);
        add(writer, name, 30 + i, 1, (const uint64_t[]){WIDTH});
        snprintf(name, sizeof name, "s%zu", i);
        add(writer, name, 40 + i, 1, (const uint64_t[]){WIDTH});
    }
    return model_file_open(writer);
}

static const ro_encoder_names names = {
    .feature_count = FEATURES,
    .layer_count = LAYERS,
    .tables = {"e0", "e1"},
    .seeds = {8, 9},
    .mix = {"w0", "b0", "g0", "s0", 0},
    .layers = {{"w1", "b1", "g1", "s1", 1}, {"w2", "b2", "g2", "s2", 1}}};

static void give_ids(void *context, uint32_t form, uint64_t *ids)
{
    (void)context;
    ids[0] = form * UINT64_C(0x123456789ABCDEF);
    ids[1] = form % 3;
}

/* ---- the reference --------------------------------------------------------------------------- */

static void hash(uint64_t id, uint32_t seed, uint32_t out[4])
{
    uint64_t h1 = id * 0x87c37b91114253d5U, h2 = seed ^ 8U;
    h1 = (h1 << 31 | h1 >> 33) * 0x4cf5ad432745937fU;
    h1 ^= seed;
    h1 ^= 8;
    h1 += h2;
    h2 += h1;
    uint64_t h[2] = {h1, h2};
    for (size_t i = 0; i < 2; i++) {
        h[i] = (h[i] ^ h[i] >> 33) * 0xff51afd7ed558ccdU;
        h[i] = (h[i] ^ h[i] >> 33) * 0xc4ceb9fe1a85ec53U;
        h[i] ^= h[i] >> 33;
    }
    h[0] += h[1];
    h[1] += h[0];
    for (size_t i = 0; i < 4; i++)
        out[i] = (uint32_t)(h[i / 2] >> (i % 2 * 32));
}

/* The reference's own hash, against thinc 8.3.14: NumpyOps().hash([5], 8). */
static void the_hash_is_thincs(void **state)
{
    (void)state;
    uint32_t keys[4];
    hash(5, 8, keys);
    static const uint32_t expected[4] = {0x6b22d6f6, 0xfe7ac443, 0x20b44271, 0xfdb82665};
    assert_memory_equal(keys, expected, sizeof expected);
}

static void maxout_norm(size_t layer, const double *in, size_t inputs, double *out)
{
    double mean = 0.0, variance = 0.0;
    for (size_t o = 0; o < WIDTH; o++) {
        out[o] = -1e30;
        for (size_t p = 0; p < PIECES; p++) {
            double sum = weights_of(20 + layer, o * PIECES + p);
            for (size_t k = 0; k < inputs; k++)
                sum += weights_of(10 + layer, (o * PIECES + p) * inputs + k) * in[k];
            out[o] = sum > out[o] ? sum : out[o];
        }
        mean += out[o] / WIDTH;
    }
    for (size_t o = 0; o < WIDTH; o++)
        variance += (out[o] - mean) * (out[o] - mean) / WIDTH;
    for (size_t o = 0; o < WIDTH; o++)
        out[o] = (out[o] - mean) / sqrt(variance + 1e-8) * weights_of(30 + layer, o) +
                 weights_of(40 + layer, o);
}

static void reference(const uint32_t *forms, size_t rows, double *out)
{
    static double x[ROWS + 2][WIDTH], next[ROWS + 2][WIDTH];
    memset(x, 0, sizeof x);
    memset(next, 0, sizeof next);
    for (size_t i = 0; i < rows; i++) {
        double in[FEATURES * WIDTH] = {0};
        uint64_t ids[FEATURES];
        if (forms[i] == UINT32_MAX)
            continue;
        give_ids(NULL, forms[i], ids);
        for (size_t f = 0; f < FEATURES; f++) {
            uint32_t keys[4];
            hash(ids[f], names.seeds[f], keys);
            for (size_t k = 0; k < 4; k++)
                for (size_t j = 0; j < WIDTH; j++)
                    in[f * WIDTH + j] += weights_of(f, keys[k] % TABLE * WIDTH + j);
        }
        maxout_norm(0, in, FEATURES * WIDTH, x[i + 1]);
    }
    for (size_t layer = 1; layer <= LAYERS; layer++) {
        for (size_t i = 1; i <= rows; i++) {
            double in[3 * WIDTH];
            memcpy(in, x[i - 1], sizeof in);
            maxout_norm(layer, in, 3 * WIDTH, next[i]);
            for (size_t j = 0; j < WIDTH; j++)
                next[i][j] += x[i][j];
        }
        memcpy(x, next, sizeof x);
    }
    memcpy(out, x[1], rows * sizeof *x);
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void fill_forms(uint32_t *forms)
{
    for (uint32_t i = 0; i < ROWS; i++)
        forms[i] = i % 11 == 3 ? UINT32_MAX : (i * 5 + i / 7) % FORMS;
}

static void vectors_are_those_of_the_reference(void **state)
{
    (void)state;
    static const char *const versions[] = {"plain", "avx2", "avx512", "avx512vnni"};
    ro_weights *weights = make_weights();
    uint32_t forms[ROWS];
    fill_forms(forms);
    double expected[ROWS * WIDTH];
    reference(forms, ROWS, expected);
    for (size_t v = 0; v < sizeof versions / sizeof *versions; v++) {
        const ro_kernels *kernels = ro_kernels_find(versions[v]);
        if (kernels == NULL)
            continue;
        ro_encoder *encoder;
        assert_int_equal(
            ro_encoder_open(weights, &names, kernels, ro_alloc_default(), &encoder, NULL),
            RO_STATUS_OK);
        ro_encoder_cache *cache = ro_encoder_cache_new(encoder, 64, ROWS);
        float out[ROWS * WIDTH];
        assert_int_equal(ro_encoder_run(encoder, cache, forms, ROWS, give_ids, NULL, out),
                         RO_STATUS_OK);
        for (size_t i = 0; i < ROWS * WIDTH; i++)
            assert_true(fabs(out[i] - expected[i]) < 1e-3 * (1.0 + fabs(expected[i])));
        ro_encoder_cache_free(cache);
        ro_encoder_close(encoder);
    }
    ro_weights_close(weights);
}

/* A small cache, other blocks, a second run: the same bits. */
static void cache_and_blocks_do_not_show(void **state)
{
    (void)state;
    ro_weights *weights = make_weights();
    ro_encoder *encoder;
    assert_int_equal(
        ro_encoder_open(weights, &names, ro_kernels_find(NULL), ro_alloc_default(), &encoder, NULL),
        RO_STATUS_OK);
    size_t reach = ro_encoder_reach(encoder);
    assert_int_equal(reach, LAYERS);
    uint32_t forms[ROWS];
    fill_forms(forms);
    float whole[ROWS * WIDTH], part[ROWS * WIDTH];
    ro_encoder_cache *large = ro_encoder_cache_new(encoder, 64, ROWS);
    assert_int_equal(ro_encoder_run(encoder, large, forms, ROWS, give_ids, NULL, whole),
                     RO_STATUS_OK);
    ro_encoder_cache *small = ro_encoder_cache_new(encoder, 10, 9);
    for (size_t first = reach; first + reach < ROWS; first++) {
        size_t rows = 2 * reach + 1;
        assert_int_equal(
            ro_encoder_run(encoder, small, forms + first - reach, rows, give_ids, NULL, part),
            RO_STATUS_OK);
        assert_memory_equal(part + reach * WIDTH, whole + first * WIDTH, WIDTH * sizeof(float));
    }
    ro_encoder_cache_reset(large);
    assert_int_equal(ro_encoder_run(encoder, large, forms, ROWS, give_ids, NULL, part),
                     RO_STATUS_OK);
    assert_memory_equal(part, whole, sizeof whole);
    ro_encoder_cache_free(small);
    ro_encoder_cache_free(large);
    ro_encoder_close(encoder);
    ro_weights_close(weights);
}

static void wrong_shapes_are_refused(void **state)
{
    (void)state;
    ro_weights *weights = make_weights();
    ro_encoder *encoder = NULL;
    ro_error error = {0};
    ro_encoder_names wrong = names;
    wrong.layers[1].weights = "w0"; /* 2 W inputs instead of 3 W */
    assert_int_equal(
        ro_encoder_open(weights, &wrong, &ro_kernels_plain, ro_alloc_default(), &encoder, &error),
        RO_STATUS_CORRUPT);
    assert_non_null(strstr(error.message, "w0"));
    wrong = names;
    wrong.mix.scale = "nowhere";
    assert_int_equal(
        ro_encoder_open(weights, &wrong, &ro_kernels_plain, ro_alloc_default(), &encoder, &error),
        RO_STATUS_CORRUPT);
    wrong = names;
    wrong.layer_count = 0;
    assert_int_equal(
        ro_encoder_open(weights, &wrong, &ro_kernels_plain, ro_alloc_default(), &encoder, &error),
        RO_STATUS_UNSUPPORTED);
    assert_null(encoder);
    ro_weights_close(weights);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hash_is_thincs),
        cmocka_unit_test(vectors_are_those_of_the_reference),
        cmocka_unit_test(cache_and_blocks_do_not_show),
        cmocka_unit_test(wrong_shapes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
