/* test_lookup.c - lookup.c and labels.c: tables of a model file, good and damaged. */
#include "unit.h"

#include "model_file.h"
#include "parse/labels.h"
#include "parse/lookup.h"

static ro_weights_writer *new_writer(void)
{
    ro_weights_writer *writer = ro_weights_writer_new(ro_alloc_default());
    assert_non_null(writer);
    return writer;
}

static void values_are_found_by_id(void **state)
{
    (void)state;
    ro_weights_writer *writer = new_writer();
    static const char *const pairs[][2] = {{"went", "go"}, {"mice", "mouse"}, {"is", "be"}};
    model_file_add_table(writer, "lemmas", pairs, 3);
    ro_weights *weights = model_file_open(writer);
    ro_lookup table;
    assert_int_equal(ro_lookup_open(weights, "lemmas", &table, NULL), RO_STATUS_OK);
    ro_text value;
    for (size_t i = 0; i < 3; i++) {
        assert_true(ro_lookup_find(&table, model_file_id(pairs[i][0]), &value));
        assert_true(ro_text_equal_string(value, pairs[i][1]));
    }
    assert_false(ro_lookup_find(&table, 12345, &value));
    assert_false(ro_lookup_has(&table, model_file_id("go")));
    assert_int_equal(ro_lookup_open(weights, "absent", &table, NULL), RO_STATUS_OK);
    assert_int_equal(table.count, 0);
    assert_false(ro_lookup_has(&table, 0));
    ro_weights_close(weights);
}

static void lists_are_cut_at_nuls(void **state)
{
    (void)state;
    ro_text list = {"a\0bc\0", 5}, item;
    assert_true(ro_lookup_next(&list, &item));
    assert_true(ro_text_equal_string(item, "a"));
    assert_true(ro_lookup_next(&list, &item));
    assert_true(ro_text_equal_string(item, "bc"));
    assert_true(ro_lookup_next(&list, &item));
    assert_int_equal(item.length, 0);
    assert_false(ro_lookup_next(&list, &item));
}

static void damaged_tables_are_refused(void **state)
{
    (void)state;
    static const struct {
        uint64_t keys[2];
        uint32_t offsets[3];
        const char *text;
    } damages[] = {{{2, 1}, {0, 1, 2}, "ab"},        /* keys not sorted    */
                   {{1, 1}, {0, 1, 2}, "ab"},        /* a key twice        */
                   {{1, 2}, {0, 2, 1}, "a"},         /* offsets go back    */
                   {{1, 2}, {0, 1, 9}, "ab"},        /* beyond the text    */
                   {{1, 2}, {1, 1, 2}, "ab"},        /* not from the start */
                   {{1, 2}, {0, 1, 2}, "\xC3\xA9"}}; /* cuts a character   */
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        ro_weights_writer *writer = new_writer();
        ro_weights_writer_add(writer, "t/keys", RO_WEIGHT_TYPE_U64, 1, (const uint64_t[]){2},
                              damages[i].keys, NULL);
        ro_weights_writer_add(writer, "t/offsets", RO_WEIGHT_TYPE_U32, 1, (const uint64_t[]){3},
                              damages[i].offsets, NULL);
        ro_weights_writer_add(writer, "t/text", RO_WEIGHT_TYPE_U8, 1,
                              (const uint64_t[]){strlen(damages[i].text)}, damages[i].text, NULL);
        ro_weights *weights = model_file_open(writer);
        ro_lookup table;
        ro_error error = {0};
        assert_int_equal(ro_lookup_open(weights, "t", &table, &error), RO_STATUS_CORRUPT);
        assert_non_null(strstr(error.message, "table t"));
        ro_weights_close(weights);
    }
}

static void labels_keep_their_numbers(void **state)
{
    (void)state;
    ro_labels *labels = ro_labels_new(ro_alloc_default());
    ro_label a, b, again, empty;
    assert_int_equal(ro_labels_add(labels, RO_TEXT("nsubj"), &a), RO_STATUS_OK);
    assert_int_equal(ro_labels_add(labels, RO_TEXT("dobj"), &b), RO_STATUS_OK);
    assert_int_equal(ro_labels_add(labels, RO_TEXT("nsubj"), &again), RO_STATUS_OK);
    assert_int_equal(ro_labels_add(labels, RO_TEXT(""), &empty), RO_STATUS_OK);
    assert_int_equal(a, again);
    assert_int_not_equal(a, b);
    assert_int_equal(empty, 0);
    assert_string_equal(ro_labels_text(labels, b), "dobj");
    ro_labels_free(labels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found_by_id),
        cmocka_unit_test(lists_are_cut_at_nuls),
        cmocka_unit_test(damaged_tables_are_refused),
        cmocka_unit_test(labels_keep_their_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
