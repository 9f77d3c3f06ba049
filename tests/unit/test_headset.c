/* test_headset.c - headset.c: descriptions of heads that are whole, and those that are refused. */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include "failing_allocator.h"
#include "model_file.h"
#include "parse/headset.h"
#include "unit.h"

#include <jansson.h>

enum { WIDTH = 16 };

#define HEAD(name, kind, labels)                                                                   \
    "{\"name\":\"" name "\",\"kind\":\"" kind "\",\"labels\":[" labels "]}"
#define SET(list) "{\"width\":16,\"window\":128,\"overlap\":32,\"heads\":[" list "]}"
#define TAGS HEAD("tags", "chain", "\"O\",\"B-a\"")
#define CLASSES HEAD("sentence_classes", "span", "\"yes\",\"no\"")

static void add(ro_weights_writer *writer, const char *name, uint64_t rows, uint64_t columns)
{
    static const float zeros[4 * WIDTH];
    assert_int_equal(ro_weights_writer_add(writer, name, RO_WEIGHT_TYPE_F32, columns > 0 ? 2 : 1,
                                           (const uint64_t[]){rows, columns}, zeros, NULL),
                     RO_STATUS_OK);
}

static ro_weights *small_weights(void)
{
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    add(writer, "heads/tags/W", 2, WIDTH);
    add(writer, "heads/tags/b", 2, 0);
    add(writer, "heads/tags/transitions", 2, 2);
    add(writer, "heads/sentence_classes/W", 2, WIDTH);
    add(writer, "heads/sentence_classes/b", 2, 0);
    add(writer, "heads/sentence_classes/query", WIDTH, 0);
    return model_file_open(writer);
}

/* description NULL: none. */
static ro_status open_set(const ro_weights *weights, const char *description,
                          const ro_allocator *allocator, ro_headset **set, ro_error *error)
{
    json_t *json = description != NULL ? json_loads(description, 0, NULL) : NULL;
    assert_true(description == NULL || json != NULL);
    *set = NULL;
    *error = (ro_error){0};
    ro_status status =
        ro_headset_open(weights, json, WIDTH, ro_kernels_find(NULL), allocator, set, error);
    json_decref(json);
    assert_true((status == RO_STATUS_OK) == (*set != NULL));
    assert_int_equal(error->status, status);
    return status;
}

static void opens_heads_in_their_order(void **state)
{
    (void)state;
    ro_weights *weights = small_weights();
    ro_headset *set;
    ro_error error;
    assert_int_equal(open_set(weights, SET(TAGS "," CLASSES), ro_alloc_default(), &set, &error),
                     RO_STATUS_OK);
    assert_int_equal(ro_headset_count(set), 2);
    assert_int_equal(ro_headset_window(set), 128);
    assert_int_equal(ro_headset_overlap(set), 32);
    const ro_head_shape *shape = ro_head_shape_get(ro_headset_at(set, 1));
    assert_string_equal(shape->name, "sentence_classes");
    assert_int_equal(shape->kind, RO_HEAD_KIND_SPAN);
    assert_int_equal(shape->label_count, 2);
    assert_string_equal(shape->labels[1], "no");
    assert_string_equal(ro_head_shape_get(ro_headset_at(set, 0))->name, "tags");
    ro_headset_close(set);
    assert_int_equal(open_set(weights, NULL, ro_alloc_default(), &set, &error), RO_STATUS_OK);
    assert_int_equal(ro_headset_count(set) + ro_headset_window(set), 0);
    ro_headset_close(set);
    assert_int_equal(open_set(weights, SET(""), ro_alloc_default(), &set, &error), RO_STATUS_OK);
    assert_int_equal(ro_headset_count(set), 0);
    ro_headset_close(set);
    ro_headset_close(NULL);
    ro_weights_close(weights);
}

static void refuses_damaged_descriptions(void **state)
{
    (void)state;
    static const struct {
        const char *description, *words;
    } cases[] = {
        {"[]", "expected width, window, overlap and a list of heads"},
        {"{\"window\":0,\"overlap\":0,\"heads\":[]}", "expected width"},
        {"{\"width\":16,\"overlap\":0,\"heads\":[]}", "expected width"},
        {"{\"width\":16,\"window\":0,\"heads\":[]}", "expected width"},
        {"{\"width\":16,\"window\":0,\"overlap\":0}", "expected width"},
        {"{\"width\":16,\"window\":0,\"overlap\":0,\"heads\":{}}", "expected width"},
        {"{\"width\":16.0,\"window\":0,\"overlap\":0,\"heads\":[]}", "expected width"},
        {"{\"width\":\"16\",\"window\":0,\"overlap\":0,\"heads\":[]}", "expected width"},
        {"{\"width\":-16,\"window\":0,\"overlap\":0,\"heads\":[]}", "expected width"},
        {"{\"width\":16,\"window\":5000,\"overlap\":0,\"heads\":[]}", "expected width"},
        {"{\"width\":16,\"window\":128,\"overlap\":-1,\"heads\":[]}", "expected width"},
        {"{\"width\":16,\"window\":128,\"overlap\":65,\"heads\":[]}", "overlap by more than half"},
        {"{\"width\":16,\"window\":0,\"overlap\":1,\"heads\":[]}", "overlap by more than half"},
        {"{\"width\":384,\"window\":0,\"overlap\":0,\"heads\":[]}",
         "made for vectors of 384, but those of this encoder have 16"},
        {SET("1"), "no name of its own"},
        {SET("{\"kind\":\"chain\",\"labels\":[\"O\"]}"), "no name of its own"},
        {SET(HEAD("", "chain", "\"O\"")), "no name of its own"},
        {SET(HEAD("Tags", "chain", "\"O\"")), "no name of its own"},
        {SET(HEAD("a\\\"b", "chain", "\"O\"")), "no name of its own"},
        {SET(HEAD("id", "chain", "\"O\"")), "no name of its own"},
        {SET(HEAD("marks", "chain", "\"O\"")), "no name of its own"},
        {SET(HEAD("end", "span", "\"O\"")), "no name of its own"},
        {SET(HEAD("of_more_letters_than_a_name_may_have", "span", "\"O\"")), "no name of its own"},
        {SET(TAGS "," TAGS), "no name of its own"},
        {SET("{\"name\":\"tags\",\"labels\":[\"O\"]}"), "kind other than chain"},
        {SET(HEAD("tags", "spans", "\"O\"")), "kind other than chain"},
        {SET("{\"name\":\"tags\",\"kind\":\"chain\"}"), "no labels"},
        {SET(HEAD("tags", "chain", "")), "no labels"},
        {SET(HEAD("tags", "chain", "\"O\",7")), "a label is no string"},
        {SET(HEAD("sentence_classes", "span", "\"yes\",\"\"")), "a label is no string, or empty"},
        {SET(HEAD("tags", "chain", "\"O\",\"B-a\",\"I-a\"")), "'heads/tags/W'"},
        {SET(HEAD("tags", "chain", "\"O\",\"a\"")), "label 'a'"},
        {SET(HEAD("other", "span", "\"yes\"")), "'heads/other/W'"},
        {SET(TAGS "," HEAD("pair", "pair", "\"yes\"")), "'heads/pair/hidden/W'"},
    };
    ro_weights *weights = small_weights();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ro_headset *set;
        ro_error error;
        ro_status status =
            open_set(weights, cases[i].description, ro_alloc_default(), &set, &error);
        if (status != RO_STATUS_CORRUPT || strstr(error.message, cases[i].words) == NULL)
            fail_msg("%s: expected '%s', found %d: %s", cases[i].description, cases[i].words,
                     status, error.message);
    }
    ro_weights_close(weights);
}

static void refuses_too_many(void **state)
{
    (void)state;
    ro_weights *weights = small_weights();
    json_t *description = json_loads(SET(HEAD("sentence_classes", "span", "")), 0, NULL);
    json_t *list = json_object_get(description, "heads"), *head = json_array_get(list, 0);
    ro_headset *set = NULL;
    ro_error error = {0};
    for (int i = 0; i < 1025; i++)
        json_array_append_new(json_object_get(head, "labels"), json_string("x"));
    assert_int_equal(ro_headset_open(weights, description, WIDTH, ro_kernels_find(NULL),
                                     ro_alloc_default(), &set, &error),
                     RO_STATUS_CORRUPT);
    assert_non_null(strstr(error.message, "no labels, or too many"));
    for (int i = 0; i < 32; i++)
        json_array_append(list, head);
    assert_int_equal(ro_headset_open(weights, description, WIDTH, ro_kernels_find(NULL),
                                     ro_alloc_default(), &set, &error),
                     RO_STATUS_CORRUPT);
    assert_non_null(strstr(error.message, "heads: too many"));
    json_decref(description);
    ro_weights_close(weights);
}

static void memory_may_fail_at_any_request(void **state)
{
    (void)state;
    ro_weights *weights = small_weights();
    for (size_t fail_at = 1;; fail_at++) {
        failing_allocator failing = {.fail_at = fail_at};
        ro_allocator allocator = failing_allocator_of(&failing);
        ro_headset *set;
        ro_error error;
        ro_status status = open_set(weights, SET(TAGS "," CLASSES), &allocator, &set, &error);
        assert_int_equal(status, failing.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        ro_headset_close(set);
        assert_int_equal(failing.held, 0);
        if (!failing.failed)
            break;
    }
    ro_weights_close(weights);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_heads_in_their_order),
        cmocka_unit_test(refuses_damaged_descriptions),
        cmocka_unit_test(refuses_too_many),
        cmocka_unit_test(memory_may_fail_at_any_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
