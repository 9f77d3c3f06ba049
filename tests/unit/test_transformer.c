/* test_transformer.c - transformer.c on a tiny random model: float32 against the same network
 * written naively in double, int8 against that network over the numbers that int8 weights stand
 * for; versions, batches and neighbours must not show; what is refused, and memory that runs out.
 */
#include "unit.h"

#include "failing_allocator.h"
#include "model_file.h"
#include "nn/transformer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 32, INNER = 80, HEADS = 2, SIZE = WIDTH / HEADS, LAYERS = 2 };
enum { POSITIONS = 300, PIECES = 50, ROOM = 1200 };

static const char *const versions[] = {"plain", "avx2", "avx512", "avx512vnni"};
static const ro_transformer_shape shape = {WIDTH,     LAYERS, HEADS,  INNER,
                                           POSITIONS, PIECES, 1e-12F, false};

/* ---- a model --------------------------------------------------------------------------------- */

/* Tensors by name; those that hold weights have scales in the int8 file. */
typedef struct tensor {
    char name[40];
    uint32_t rank;
    uint64_t dims[2];
    bool weights;
    float *values; /* in int8 models: what the int8 numbers stand for */
    int8_t *numbers;
    float *scales;
} tensor;

typedef struct model {
    tensor tensors[64];
    size_t count;
} model;

/* What to spoil in a file that is made. */
typedef struct damage {
    const char *name;
    enum { NONE, ABSENT, SHORT, WRONG_TYPE, NOT_A_NUMBER, INFINITE } kind;
} damage;

static size_t size_of(const tensor *of)
{
    return (size_t)of->dims[0] * (of->rank == 2 ? (size_t)of->dims[1] : 1);
}

static void add(model *to, const char *name, uint64_t rows, uint64_t columns, bool weights,
                float center)
{
    tensor *made = &to->tensors[to->count++];
    *made = (tensor){.rank = columns > 0 ? 2 : 1, .dims = {rows, columns}, .weights = weights};
    snprintf(made->name, sizeof made->name, "transformer/%s", name);
    made->values = malloc(size_of(made) * sizeof *made->values);
    assert_non_null(made->values);
    uint32_t seed = (uint32_t)to->count * 7919U;
    for (size_t i = 0; i < size_of(made); i++) {
        seed = seed * 1664525U + 1013904223U;
        made->values[i] = center + 0.5F * ((float)(seed >> 8) / (float)(1 << 23) - 1.0F);
    }
}

/* By row, nearest, symmetric. One row of zeros is among them. */
static void quantize(tensor *of)
{
    size_t rows = (size_t)of->dims[0], columns = (size_t)of->dims[1];
    of->numbers = malloc(rows * columns);
    of->scales = malloc(rows * sizeof *of->scales);
    assert_true(of->numbers != NULL && of->scales != NULL);
    for (size_t i = 0; i < rows; i++) {
        float most = 0.0F, *row = of->values + i * columns;
        for (size_t j = 0; j < columns; j++)
            most = fmaxf(most, fabsf(i == 3 ? 0.0F : row[j]));
        of->scales[i] = most / 127.0F;
        for (size_t j = 0; j < columns; j++) {
            of->numbers[i * columns + j] = most > 0.0F ? (int8_t)lrintf(row[j] / of->scales[i]) : 0;
            row[j] = (float)of->numbers[i * columns + j] * of->scales[i];
        }
    }
}

static model *make_model(bool int8)
{
    model *made = calloc(1, sizeof *made);
    assert_non_null(made);
    add(made, "words/W", PIECES, WIDTH, true, 0);
    add(made, "positions", POSITIONS, WIDTH, false, 0);
    add(made, "norm/G", WIDTH, 0, false, 1);
    add(made, "norm/beta", WIDTH, 0, false, 0);
    static const struct {
        const char *name;
        uint64_t rows, columns;
        bool weights;
        float center;
    } parts[] = {{"qkv/W", 3 * WIDTH, WIDTH, true, 0}, {"qkv/b", 3 * WIDTH, 0, false, 0},
                 {"out/W", WIDTH, WIDTH, true, 0},     {"out/b", WIDTH, 0, false, 0},
                 {"out_norm/G", WIDTH, 0, false, 1},   {"out_norm/beta", WIDTH, 0, false, 0},
                 {"inner/W", INNER, WIDTH, true, 0},   {"inner/b", INNER, 0, false, 0},
                 {"outer/W", WIDTH, INNER, true, 0},   {"outer/b", WIDTH, 0, false, 0},
                 {"outer_norm/G", WIDTH, 0, false, 1}, {"outer_norm/beta", WIDTH, 0, false, 0}};
    for (size_t layer = 0; layer < LAYERS; layer++)
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            char name[32];
            snprintf(name, sizeof name, "%zu/%s", layer, parts[i].name);
            add(made, name, parts[i].rows, parts[i].columns, parts[i].weights, parts[i].center);
        }
    for (size_t i = 0; int8 && i < made->count; i++)
        if (made->tensors[i].weights)
            quantize(&made->tensors[i]);
    return made;
}

static void free_model(model *of)
{
    for (size_t i = 0; i < of->count; i++) {
        free(of->tensors[i].values);
        free(of->tensors[i].numbers);
        free(of->tensors[i].scales);
    }
    free(of);
}

static void write_tensor(ro_weights_writer *writer, const char *name, ro_weight_type type,
                         uint32_t rank, const uint64_t *dims, const void *data,
                         const damage *spoiled)
{
    uint64_t is[2] = {dims[0], rank == 2 ? dims[1] : 0};
    float *copy = NULL;
    if (strcmp(name, spoiled->name) == 0) {
        if (spoiled->kind == ABSENT)
            return;
        if (spoiled->kind == SHORT)
            is[0]--;
        if (spoiled->kind == WRONG_TYPE)
            type = type == RO_WEIGHT_TYPE_F32 ? RO_WEIGHT_TYPE_U32 : RO_WEIGHT_TYPE_U8;
        if (spoiled->kind == NOT_A_NUMBER || spoiled->kind == INFINITE) {
            size_t count = (size_t)dims[0] * (rank == 2 ? (size_t)dims[1] : 1);
            copy = malloc(count * sizeof *copy);
            assert_non_null(copy);
            memcpy(copy, data, count * sizeof *copy);
            copy[count - 1] = spoiled->kind == INFINITE ? -INFINITY : NAN;
            data = copy;
        }
    }
    assert_int_equal(ro_weights_writer_add(writer, name, type, rank, is, data, NULL), RO_STATUS_OK);
    free(copy);
}

static ro_weights *write_model(const model *of, const damage *spoiled)
{
    ro_weights_writer *writer = ro_weights_writer_new(ro_alloc_default());
    assert_non_null(writer);
    for (size_t i = 0; i < of->count; i++) {
        const tensor *each = &of->tensors[i];
        write_tensor(writer, each->name,
                     each->numbers != NULL ? RO_WEIGHT_TYPE_I8 : RO_WEIGHT_TYPE_F32, each->rank,
                     each->dims, each->numbers != NULL ? (const void *)each->numbers : each->values,
                     spoiled);
        if (each->numbers == NULL)
            continue;
        char name[48];
        snprintf(name, sizeof name, "%s", each->name);
        name[strlen(name) - 1] = 'S';
        write_tensor(writer, name, RO_WEIGHT_TYPE_F32, 1, each->dims, each->scales, spoiled);
    }
    return model_file_open(writer);
}

static const damage whole = {"", NONE};

static ro_transformer_shape shape_of(bool int8)
{
    ro_transformer_shape made = shape;
    made.int8 = int8;
    return made;
}

/* ---- the reference --------------------------------------------------------------------------- */

static const float *find(const model *of, const char *name, size_t layer)
{
    char full[80];
    if (layer == SIZE_MAX)
        snprintf(full, sizeof full, "transformer/%s", name);
    else
        snprintf(full, sizeof full, "transformer/%zu/%s", layer, name);
    for (size_t i = 0; i < of->count; i++)
        if (strcmp(of->tensors[i].name, full) == 0)
            return of->tensors[i].values;
    fail_msg("no tensor %s", full);
    return NULL;
}

/* With int8 weights the inputs are made whole numbers by row as well, 255 steps over what they span
 * with 0 among them. */
static void affine(const model *of, const char *name, size_t layer, const double *in, size_t inputs,
                   size_t outputs, bool int8, double *out)
{
    char w[32], b[32];
    snprintf(w, sizeof w, "%s/W", name);
    snprintf(b, sizeof b, "%s/b", name);
    const float *weights = find(of, w, layer), *bias = find(of, b, layer);
    double least = 0.0, most = 0.0, taken[INNER];
    for (size_t k = 0; k < inputs; k++) {
        least = fmin(least, in[k]);
        most = fmax(most, in[k]);
    }
    double scale = (most - least) / 255.0, zero = nearbyint(-least / scale);
    for (size_t k = 0; k < inputs; k++) {
        double code = fmin(fmax(nearbyint(in[k] / scale) + zero, 0.0), 255.0);
        taken[k] = int8 ? (code - zero) * scale : in[k];
    }
    for (size_t j = 0; j < outputs; j++) {
        out[j] = bias[j];
        for (size_t k = 0; k < inputs; k++)
            out[j] += taken[k] * weights[j * inputs + k];
    }
}

static void norm(const model *of, const char *name, size_t layer, double *row)
{
    char g[32], beta[32];
    snprintf(g, sizeof g, "%s/G", name);
    snprintf(beta, sizeof beta, "%s/beta", name);
    const float *scale = find(of, g, layer), *shift = find(of, beta, layer);
    double mean = 0.0, variance = 0.0;
    for (size_t j = 0; j < WIDTH; j++)
        mean += row[j] / WIDTH;
    for (size_t j = 0; j < WIDTH; j++)
        variance += (row[j] - mean) * (row[j] - mean) / WIDTH;
    for (size_t j = 0; j < WIDTH; j++)
        row[j] = (row[j] - mean) / sqrt(variance + 1e-12) * scale[j] + shift[j];
}

static void attend(double (*qkv)[3 * WIDTH], size_t rows, double (*out)[WIDTH])
{
    static double scores[POSITIONS];
    for (size_t i = 0; i < rows; i++)
        for (size_t head = 0; head < HEADS; head++) {
            double sum = 0.0;
            for (size_t j = 0; j < rows; j++) {
                scores[j] = 0.0;
                for (size_t k = head * SIZE; k < (head + 1) * SIZE; k++)
                    scores[j] += qkv[i][k] * qkv[j][WIDTH + k];
                sum += scores[j] = exp(scores[j] / sqrt(SIZE));
            }
            for (size_t k = head * SIZE; k < (head + 1) * SIZE; k++) {
                out[i][k] = 0.0;
                for (size_t j = 0; j < rows; j++)
                    out[i][k] += scores[j] / sum * qkv[j][2 * WIDTH + k];
            }
        }
}

static void reference(const model *of, const uint32_t *ids, size_t rows, bool int8,
                      double (*x)[WIDTH])
{
    static double qkv[POSITIONS][3 * WIDTH], context[POSITIONS][WIDTH];
    const float *words = find(of, "words/W", SIZE_MAX), *at = find(of, "positions", SIZE_MAX);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < WIDTH; j++)
            x[i][j] = (double)words[ids[i] * WIDTH + j] + at[i * WIDTH + j];
        norm(of, "norm", SIZE_MAX, x[i]);
    }
    for (size_t layer = 0; layer < LAYERS; layer++) {
        for (size_t i = 0; i < rows; i++)
            affine(of, "qkv", layer, x[i], WIDTH, 3 * WIDTH, int8, qkv[i]);
        attend(qkv, rows, context);
        for (size_t i = 0; i < rows; i++) {
            double part[WIDTH], wide[INNER];
            affine(of, "out", layer, context[i], WIDTH, WIDTH, int8, part);
            for (size_t j = 0; j < WIDTH; j++)
                x[i][j] += part[j];
            norm(of, "out_norm", layer, x[i]);
            affine(of, "inner", layer, x[i], WIDTH, INNER, int8, wide);
            for (size_t j = 0; j < INNER; j++)
                wide[j] *= (1.0 + erf(wide[j] / sqrt(2.0))) / 2.0;
            affine(of, "outer", layer, wide, INNER, WIDTH, int8, part);
            for (size_t j = 0; j < WIDTH; j++)
                x[i][j] += part[j];
            norm(of, "outer_norm", layer, x[i]);
        }
    }
}

/* ---- tests ----------------------------------------------------------------------------------- */

/* Lengths around the rows of tiles, blocks and groups; one longer than a group, one of none. */
static const size_t lengths[] = {1, 7, 16, 0, 33, 300, 2, 64, 100, 28, 17, 140};
enum { COUNT = sizeof lengths / sizeof *lengths };

static size_t fill_ids(uint32_t *ids, size_t *starts)
{
    size_t used = starts[0] = 0;
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < lengths[i]; j++, used++)
            ids[used] = (uint32_t)(used * 31 + i * 7) % PIECES;
        starts[i + 1] = used;
    }
    assert_true(used <= ROOM);
    return used;
}

static ro_transformer *open_transformer(const ro_weights *weights, bool int8, const char *version)
{
    const ro_kernels *kernels = ro_kernels_find(version);
    const ro_transformer_shape is = shape_of(int8);
    ro_transformer *transformer = NULL;
    if (kernels == NULL) {
        print_message("# %s: not on this CPU, skipped\n", version != NULL ? version : "");
        return NULL;
    }
    assert_int_equal(
        ro_transformer_open(weights, &is, kernels, ro_alloc_default(), &transformer, NULL),
        RO_STATUS_OK);
    return transformer;
}

static void run_all(const ro_transformer *transformer, const uint32_t *ids, const size_t *starts,
                    size_t count, float *out)
{
    ro_transformer_scratch *scratch = ro_transformer_scratch_new(transformer);
    assert_non_null(scratch);
    assert_int_equal(ro_transformer_run(transformer, scratch, ids, starts, count, out),
                     RO_STATUS_OK);
    ro_transformer_scratch_free(scratch);
}

/* int8 has the bounds of float32, but where a value lies so near to where a code turns that float32
 * gives it another than double does: its sequence is then off by what a step of a code makes. */
static void check(bool int8)
{
    static uint32_t ids[ROOM];
    static float first[ROOM * WIDTH], out[ROOM * WIDTH];
    static double expected[POSITIONS][WIDTH];
    size_t starts[COUNT + 1], rows = fill_ids(ids, starts);
    model *of = make_model(int8);
    ro_weights *weights = write_model(of, &whole);
    for (size_t v = 0; v < sizeof versions / sizeof *versions; v++) {
        ro_transformer *transformer = open_transformer(weights, int8, versions[v]);
        if (transformer == NULL)
            continue;
        run_all(transformer, ids, starts, COUNT, v == 0 ? first : out);
        if (v > 0)
            assert_memory_equal(first, out, rows * WIDTH * sizeof *out);
        ro_transformer_close(transformer);
    }
    double sum = 0.0;
    size_t near = 0; /* sequences whose largest difference is one of float32 */
    for (size_t i = 0; i < COUNT; i++) {
        double most = 0.0;
        reference(of, ids + starts[i], lengths[i], int8, expected);
        for (size_t j = 0; j < lengths[i] * WIDTH; j++) {
            double off = fabs(first[starts[i] * WIDTH + j] - expected[j / WIDTH][j % WIDTH]);
            most = fmax(most, off);
            sum += off;
        }
        print_message("# %zu pieces: largest difference %g\n", lengths[i], most);
        near += most < 2e-5;
    }
    sum /= (double)(rows * WIDTH);
    assert_true(int8 ? near >= COUNT / 2 && sum < 1e-3 : near == COUNT && sum < 1e-6);
    ro_weights_close(weights);
    free_model(of);
}

static void float_vectors_are_those_of_the_reference(void **state)
{
    (void)state;
    check(false);
}

static void int8_vectors_are_those_of_the_reference(void **state)
{
    (void)state;
    check(true);
}

static void neither_batches_nor_neighbours_show(void **state)
{
    (void)state;
    static uint32_t ids[ROOM];
    static float all[ROOM * WIDTH], part[ROOM * WIDTH];
    size_t starts[COUNT + 1];
    fill_ids(ids, starts);
    for (size_t int8 = 0; int8 < 2; int8++) {
        model *of = make_model(int8 != 0);
        ro_weights *weights = write_model(of, &whole);
        ro_transformer *transformer = open_transformer(weights, int8 != 0, NULL);
        run_all(transformer, ids, starts, COUNT, all);
        for (size_t i = 0; i < COUNT; i++) {
            run_all(transformer, ids, starts + i, 1, part);
            assert_memory_equal(part, all + starts[i] * WIDTH, lengths[i] * WIDTH * sizeof *part);
        }
        run_all(transformer, ids, starts + 2, 7, part);
        assert_memory_equal(part, all + starts[2] * WIDTH,
                            (starts[9] - starts[2]) * WIDTH * sizeof *part);
        run_all(transformer, ids, starts, 0, part);
        ro_transformer_close(transformer);
        ro_weights_close(weights);
        free_model(of);
    }
}

static void odd_ids_and_lengths_are_refused(void **state)
{
    (void)state;
    static uint32_t ids[POSITIONS + 1];
    static float out[(POSITIONS + 1) * WIDTH];
    model *of = make_model(false);
    ro_weights *weights = write_model(of, &whole);
    ro_transformer *transformer = open_transformer(weights, false, NULL);
    ro_transformer_scratch *scratch = ro_transformer_scratch_new(transformer);
    assert_int_equal(
        ro_transformer_run(transformer, scratch, ids, (const size_t[]){0, POSITIONS + 1}, 1, out),
        RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(
        ro_transformer_run(transformer, scratch, ids, (const size_t[]){0, 4, 3}, 2, out),
        RO_STATUS_BAD_ARGUMENT);
    ids[2] = PIECES;
    assert_int_equal(ro_transformer_run(transformer, scratch, ids, (const size_t[]){0, 4}, 1, out),
                     RO_STATUS_BAD_ARGUMENT);
    ro_transformer_scratch_free(scratch);
    ro_transformer_close(transformer);
    ro_weights_close(weights);
    free_model(of);
}

static void odd_tensors_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        bool int8;
        damage spoiled;
    } cases[] = {
        {false, {"transformer/words/W", ABSENT}},
        {false, {"transformer/words/W", NOT_A_NUMBER}},
        {true, {"transformer/words/W", WRONG_TYPE}},
        {true, {"transformer/words/S", ABSENT}},
        {true, {"transformer/words/S", INFINITE}},
        {false, {"transformer/positions", SHORT}},
        {true, {"transformer/positions", INFINITE}},
        {false, {"transformer/norm/G", ABSENT}},
        {false, {"transformer/norm/beta", NOT_A_NUMBER}},
        {false, {"transformer/0/qkv/W", INFINITE}},
        {false, {"transformer/0/qkv/W", SHORT}},
        {false, {"transformer/0/qkv/b", NOT_A_NUMBER}},
        {true, {"transformer/0/qkv/W", SHORT}},
        {true, {"transformer/0/qkv/S", ABSENT}},
        {true, {"transformer/1/out/S", NOT_A_NUMBER}},
        {true, {"transformer/1/inner/S", SHORT}},
        {false, {"transformer/1/outer/W", WRONG_TYPE}},
        {true, {"transformer/1/outer/b", ABSENT}},
        {false, {"transformer/0/out_norm/G", INFINITE}},
        {false, {"transformer/1/outer_norm/beta", ABSENT}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        model *of = make_model(cases[i].int8);
        ro_weights *weights = write_model(of, &cases[i].spoiled);
        const ro_transformer_shape is = shape_of(cases[i].int8);
        ro_transformer *transformer = NULL;
        ro_error error = {0};
        assert_int_equal(ro_transformer_open(weights, &is, &ro_kernels_plain, ro_alloc_default(),
                                             &transformer, &error),
                         RO_STATUS_CORRUPT);
        assert_null(transformer);
        assert_non_null(strstr(error.message, cases[i].spoiled.name));
        assert_string_equal(error.path, ro_weights_path(weights));
        ro_weights_close(weights);
        free_model(of);
    }
}

static void odd_shapes_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        size_t width, layers, heads, inner, positions, pieces;
        float epsilon;
        const char *named;
    } cases[] = {
        {24, 2, 1, 80, 300, 50, 0.0F, "width of 24"},
        {0, 2, 1, 80, 300, 50, 0.0F, "width of 0"},
        {32, 0, 2, 80, 300, 50, 0.0F, "layers of 0"},
        {32, 1000, 2, 80, 300, 50, 0.0F, "layers of 1000"},
        {32, 2, 0, 80, 300, 50, 0.0F, "heads of 0"},
        {32, 2, 4, 80, 300, 50, 0.0F, "4 heads"},
        {48, 2, 2, 80, 300, 50, 0.0F, "2 heads"},
        {32, 2, 2, 81, 300, 50, 0.0F, "inner width of 81"},
        {32, 2, 2, 1 << 20, 300, 50, 0.0F, "inner width of 1048576"},
        {32, 2, 2, 80, 0, 50, 0.0F, "positions of 0"},
        {32, 2, 2, 80, 300, 0, 0.0F, "pieces of 0"},
        {32, 2, 2, 80, 300, 50, NAN, "epsilon"},
        {32, 2, 2, 80, 300, 50, -1.0F, "epsilon"},
    };
    model *of = make_model(false);
    ro_weights *weights = write_model(of, &whole);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ro_transformer_shape is = {
            cases[i].width,     cases[i].layers, cases[i].heads,   cases[i].inner,
            cases[i].positions, cases[i].pieces, cases[i].epsilon, false};
        ro_transformer *transformer = NULL;
        ro_error error = {0};
        assert_int_equal(ro_transformer_open(weights, &is, &ro_kernels_plain, ro_alloc_default(),
                                             &transformer, &error),
                         RO_STATUS_UNSUPPORTED);
        assert_null(transformer);
        assert_non_null(strstr(error.message, cases[i].named));
    }
    ro_weights_close(weights);
    free_model(of);
}

/* Opens, makes room and runs; whatever request fails, all is given back. */
static bool open_and_run(const ro_weights *weights, bool int8, size_t fail_at)
{
    failing_allocator counter = {.fail_at = fail_at};
    const ro_allocator allocator = failing_allocator_of(&counter);
    const ro_transformer_shape is = shape_of(int8);
    ro_transformer *transformer = NULL;
    ro_error error = {0};
    ro_status status =
        ro_transformer_open(weights, &is, ro_kernels_find(NULL), &allocator, &transformer, &error);
    assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
    assert_int_equal(error.status, status);
    if (status == RO_STATUS_OK) {
        ro_transformer_scratch *scratch = ro_transformer_scratch_new(transformer);
        assert_true((scratch == NULL) == counter.failed);
        static float out[3 * WIDTH];
        if (scratch != NULL)
            assert_int_equal(ro_transformer_run(transformer, scratch, (const uint32_t[]){1, 2, 3},
                                                (const size_t[]){0, 1, 3}, 2, out),
                             RO_STATUS_OK);
        ro_transformer_scratch_free(scratch);
    }
    ro_transformer_close(transformer);
    assert_int_equal(counter.held, 0);
    return counter.failed;
}

static void memory_may_run_out(void **state)
{
    (void)state;
    for (size_t int8 = 0; int8 < 2; int8++) {
        model *of = make_model(int8 != 0);
        ro_weights *weights = write_model(of, &whole);
        for (size_t n = 1; open_and_run(weights, int8 != 0, n); n++)
            ;
        ro_weights_close(weights);
        free_model(of);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(float_vectors_are_those_of_the_reference),
        cmocka_unit_test(int8_vectors_are_those_of_the_reference),
        cmocka_unit_test(neither_batches_nor_neighbours_show),
        cmocka_unit_test(odd_ids_and_lengths_are_refused),
        cmocka_unit_test(odd_tensors_are_refused_by_name),
        cmocka_unit_test(odd_shapes_are_refused_by_name),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
