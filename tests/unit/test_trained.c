/* test_trained.c - trained.c: what adapters make of matrices, that heads are copied as they are, and
 * that files which are not ours, or not for this package, are refused by name. */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include "model_file.h"
#include "parse/trained.h"
#include "trained_file.h"
#include "unit.h"

#include <math.h>

#define DIGEST "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
#define DESCRIPTION                                                                                \
    "{\"package\":{\"name\":\"small\",\"version\":\"0.3\",\"sha256\":\"" DIGEST                    \
    "\"},\"width\":16,\"window\":0,\"overlap\":0,\"heads\":[]}"

/* Opens, takes and removes a file. */
static ro_status open_file(trained_file *file, ro_trained **trained, ro_error *error)
{
    char path[32];
    *error = (ro_error){0};
    *trained = NULL;
    trained_file_write(file, path);
    ro_status status = ro_trained_open(path, trained, error);
    assert_true((status == RO_STATUS_OK) == (*trained != NULL));
    if (status != RO_STATUS_OK) {
        assert_string_equal(error->path, path);
        assert_int_equal(error->status, status);
    }
    unlink(path);
    return status;
}

static ro_trained *open_good(trained_file *file)
{
    ro_trained *trained;
    ro_error error;
    if (open_file(file, &trained, &error) != RO_STATUS_OK)
        fail_msg("%s", error.message);
    return trained;
}

static void assert_says(ro_status status, const ro_error *error, const char *words,
                        const char *more)
{
    if (status != RO_STATUS_BAD_FORMAT || error->status != status ||
        strstr(error->message, words) == NULL || strstr(error->message, more) == NULL)
        fail_msg("expected '%s' and '%s', found %d: %s", words, more, status, error->message);
}

/* ---- opening --------------------------------------------------------------------------------- */

static void refuses_files_of_others(void **state)
{
    (void)state;
    static const char *const none[] = {"", "[]", "1", "{", "{\"width\":16} x", "nothing"};
    ro_trained *trained;
    ro_error error;
    ro_status status = open_file(trained_file_new(NULL), &trained, &error);
    assert_says(status, &error, "no \"readout_heads\"", "header");
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        status = open_file(trained_file_new(none[i]), &trained, &error);
        assert_says(status, &error, "no JSON object", "readout_heads");
    }
    error = (ro_error){0};
    assert_int_equal(ro_trained_open("/nonexistent/file", &trained, &error), RO_STATUS_NOT_FOUND);
    assert_int_equal(ro_trained_open("meson.build", &trained, &error), RO_STATUS_BAD_FORMAT);
    assert_string_equal(error.path, "meson.build");
    ro_trained_close(NULL);
}

static void checks_the_package_it_was_made_for(void **state)
{
    (void)state;
    static const char other[] = "0000000000000000000000000000000000000000000000000000000000000000";
    ro_error error = {0};
    ro_trained *trained = open_good(trained_file_new(DESCRIPTION));
    assert_int_equal(ro_trained_check(trained, DIGEST, &error), RO_STATUS_OK);
    assert_int_equal(ro_trained_check(trained, NULL, &error), RO_STATUS_OK);
    ro_status status = ro_trained_check(trained, other, &error);
    assert_says(status, &error, "small 0.3 with SHA-256 b9a0018dff09...", "000000000000...");
    ro_trained_close(trained);
    static const char *const without[] = {"{}", "{\"package\":[]}", "{\"package\":{\"sha256\":1}}"};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        trained = open_good(trained_file_new(without[i]));
        error = (ro_error){0};
        status = ro_trained_check(trained, other, &error);
        assert_says(status, &error, "made for the package ?", "not for this one");
        ro_trained_close(trained);
    }
}

/* ---- adapters -------------------------------------------------------------------------------- */

static void adds_low_rank_products(void **state)
{
    (void)state;
    static const float a[] = {1, 2, 3, /**/ -1, 0.5F, 4}, b[] = {1, 0, /**/ 0.25F, -2};
    static const uint16_t half_a[] = {0x3C00, 0x4000, 0x4200, 0xBC00, 0x3800, 0x4400};
    float weights[] = {10, 20, 30, /**/ 40, 50, 60};
    static const float expected[] = {11, 22, 33, /**/ 42.25F, 49.5F, 52.75F};
    ro_error error = {0};
    for (int half = 0; half <= 1; half++) {
        float copy[6], vector[2] = {7, 8};
        memcpy(copy, weights, sizeof copy);
        trained_file *file = trained_file_new(DESCRIPTION);
        if (half)
            trained_file_add(file, "layer.A", "F16", 2, 3, half_a, sizeof half_a);
        else
            trained_file_add_floats(file, "layer.A", 2, 3, a);
        trained_file_add_floats(file, "layer.B", 2, 2, b);
        trained_file_add_floats(file, "layer.bias", 2, 0, (const float[]){0.5F, -0.0F});
        ro_trained *trained = open_good(file);
        assert_int_equal(ro_trained_adapt(trained, "other.weight", 2, 3, copy, &error),
                         RO_STATUS_OK);
        assert_int_equal(ro_trained_adapt(trained, "other.bias", 2, 0, vector, &error),
                         RO_STATUS_OK);
        assert_memory_equal(copy, weights, sizeof copy);
        assert_int_equal(ro_trained_adapt(trained, "layer.weight", 2, 3, copy, &error),
                         RO_STATUS_OK);
        assert_memory_equal(copy, expected, sizeof copy);
        assert_true(vector[0] == 7 && vector[1] == 8);
        assert_int_equal(ro_trained_adapt(trained, "layer.bias", 2, 0, vector, &error),
                         RO_STATUS_OK);
        assert_true(vector[0] == 0.5F && vector[1] == 0 && signbit(vector[1]));
        ro_trained_close(trained);
    }
    float copy[6];
    memcpy(copy, weights, sizeof copy);
    assert_int_equal(ro_trained_adapt(NULL, "layer.weight", 2, 3, copy, &error), RO_STATUS_OK);
    assert_memory_equal(copy, weights, sizeof copy);
}

static void puts_a_whole_matrix_in_place_before_it_adds(void **state)
{
    (void)state;
    static const float whole[] = {1, 2, 3, 4}, a[] = {1, 1}, b[] = {0, 2};
    static const float expected[] = {1, 2, 5, 6};
    float weights[] = {9, 9, 9, 9};
    trained_file *file = trained_file_new(DESCRIPTION);
    trained_file_add_floats(file, "x.weight", 2, 2, whole);
    trained_file_add_floats(file, "x.A", 1, 2, a);
    trained_file_add_floats(file, "x.B", 2, 1, b);
    ro_trained *trained = open_good(file);
    assert_int_equal(ro_trained_adapt(trained, "x.weight", 2, 2, weights, NULL), RO_STATUS_OK);
    assert_memory_equal(weights, expected, sizeof weights);
    ro_trained_close(trained);
}

/* Adapts "layer.weight" [2, 3], or the vector "layer.bias" [2], by a file, which it takes. */
static ro_status adapt(trained_file *file, bool vector, ro_error *error)
{
    float weights[] = {10, 20, 30, 40, 50, 3e38F};
    ro_trained *trained = open_good(file);
    *error = (ro_error){0};
    ro_status status = ro_trained_adapt(trained, vector ? "layer.bias" : "layer.weight", 2,
                                        vector ? 0 : 3, weights, error);
    ro_trained_close(trained);
    return status;
}

static void refuses_what_does_not_fit_the_matrix(void **state)
{
    (void)state;
    static const float ones[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    static const float bad[] = {1, NAN, 1, 1, 1, 1}, large[] = {1, 1, 3e38F, 1, 1, 1};
    const struct {
        const char *name;
        size_t rows, columns;
        const float *numbers;
        const char *words;
    } cases[] = {
        {"layer.A", 2, 4, ones, "'layer.A' has another shape than expected: any x 3"},
        {"layer.A", 6, 0, ones, "'layer.A' has another shape"},
        {"layer.A", 0, 3, ones, "'layer.A' has another shape"},
        {"layer.B", 3, 2, ones, "'layer.B' has another shape than expected: 2 x 2"},
        {"layer.B", 2, 1, ones, "'layer.B' has another shape than expected: 2 x 2"},
        {"layer.A", 2, 3, bad, "'layer.A' holds an infinity or no number"},
        {"layer.B", 2, 2, bad, "'layer.B' holds an infinity or no number"},
        {"layer.A", 2, 3, large, "'layer.B' overflows"},
        {"layer.weight", 3, 2, ones, "'layer.weight' has another shape than expected: 2 x 3"},
        {"layer.weight", 2, 3, bad, "'layer.weight' holds an infinity"},
    };
    ro_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        trained_file *file = trained_file_new(DESCRIPTION);
        if (strcmp(cases[i].name, "layer.A") != 0)
            trained_file_add_floats(file, "layer.A", 2, 3, ones);
        if (strcmp(cases[i].name, "layer.B") != 0)
            trained_file_add_floats(file, "layer.B", 2, 2, ones);
        trained_file_add_floats(file, cases[i].name, cases[i].rows, cases[i].columns,
                                cases[i].numbers);
        assert_says(adapt(file, false, &error), &error, cases[i].words, "tensor");
    }
    trained_file *file = trained_file_new(DESCRIPTION); /* A without B */
    trained_file_add_floats(file, "layer.A", 2, 3, ones);
    assert_says(adapt(file, false, &error), &error, "'layer.B' is missing", "");
    file = trained_file_new(DESCRIPTION);
    trained_file_add(file, "layer.bias", "I32", 2, 0, ones, 8);
    assert_says(adapt(file, true, &error), &error, "'layer.bias' is of a type",
                "F32, F16 and BF16");
    file = trained_file_new(DESCRIPTION);
    trained_file_add_floats(file, "layer.bias", 3, 0, ones);
    assert_says(adapt(file, true, &error), &error, "'layer.bias' has another shape", "2");
}

/* ---- heads ----------------------------------------------------------------------------------- */

static ro_status write_heads(trained_file *file, json_t *model, ro_weights **weights,
                             ro_error *error)
{
    ro_trained *trained = open_good(file);
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    *error = (ro_error){0};
    ro_status status = ro_trained_write(trained, writer, model, error);
    ro_trained_close(trained);
    if (status == RO_STATUS_OK)
        *weights = model_file_open(writer);
    else
        ro_weights_writer_free(writer);
    return status;
}

static void copies_heads_and_what_describes_them(void **state)
{
    (void)state;
    static const uint16_t halves[] = {0x3C00, 0xC000, 0x0001, 0x3555};
    static const uint16_t brains[] = {0x3F80, 0xC000};
    trained_file *file = trained_file_new(DESCRIPTION);
    trained_file_add(file, "heads/tags/W", "F16", 2, 2, halves, sizeof halves);
    trained_file_add(file, "heads/tags/b", "BF16", 2, 0, brains, sizeof brains);
    json_t *model = json_object();
    ro_weights *weights;
    ro_error error;
    assert_int_equal(write_heads(file, model, &weights, &error), RO_STATUS_OK);
    assert_int_equal(ro_weights_count(weights), 2);
    const ro_weight *w = ro_weights_find(weights, "heads/tags/W");
    assert_true(w != NULL && w->type == RO_WEIGHT_TYPE_F32 && w->rank == 2 && w->dims[0] == 2);
    const float *numbers = w->data;
    assert_true(numbers[0] == 1 && numbers[1] == -2 && numbers[2] == 0x1p-24F);
    assert_true(numbers[3] == 0x1.554p-2F);
    const ro_weight *b = ro_weights_find(weights, "heads/tags/b");
    assert_true(b != NULL && b->rank == 1 && b->dims[0] == 2);
    numbers = b->data;
    assert_true(numbers[0] == 1 && numbers[1] == -2);
    const json_t *heads = json_object_get(model, "heads");
    assert_int_equal(json_integer_value(json_object_get(heads, "width")), 16);
    ro_weights_close(weights);
    json_decref(model);
}

static void refuses_tensors_that_nothing_takes(void **state)
{
    (void)state;
    static const float ones[8] = {1, 1, 1, 1, 1, 1, 1, 1}, bad[] = {INFINITY, 1};
    const struct {
        const char *name;
        size_t rows, columns;
        const float *numbers;
        const char *words;
    } cases[] = {
        {"encoder.layer.9.x.A", 2, 2, ones, "'encoder.layer.9.x.A' fits nothing in the package"},
        {"layer.B", 2, 2, ones, "'layer.B' fits nothing in the package"}, /* B without A */
        {"heads", 2, 2, ones, "'heads' fits nothing in the package"},
        {"heads/tags/b", 2, 0, bad, "'heads/tags/b' holds an infinity"},
        {"heads/tags/W", 0, 4, ones, "'heads/tags/W' has another shape"},
        {"heads/a_name_of_so_many_letters_that_no_model_file_has_a_place_for_it/W", 2, 2, ones,
         "has a longer name"},
    };
    ro_error error;
    ro_weights *weights;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        trained_file *file = trained_file_new(DESCRIPTION);
        json_t *model = json_object();
        trained_file_add_floats(file, cases[i].name, cases[i].rows, cases[i].columns,
                                cases[i].numbers);
        assert_says(write_heads(file, model, &weights, &error), &error, cases[i].words, "tensor");
        assert_int_equal(json_object_size(model), 0);
        json_decref(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_files_of_others),
        cmocka_unit_test(checks_the_package_it_was_made_for),
        cmocka_unit_test(adds_low_rank_products),
        cmocka_unit_test(puts_a_whole_matrix_in_place_before_it_adds),
        cmocka_unit_test(refuses_what_does_not_fit_the_matrix),
        cmocka_unit_test(copies_heads_and_what_describes_them),
        cmocka_unit_test(refuses_tensors_that_nothing_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
