/* test_weighing.c - weighing.c: tables of weights, and their faults. */
#include "unit.h"

#include "data_folder.h"
#include "lexicon/weighing.h"

static const char *const names[] = {"near", "far away", "same"};
enum { NAMES = 3 };

static ro_status read_table(const char *text, int32_t *weights, ro_error *error)
{
    data_folder folder;
    data_folder_make(&folder);
    data_folder_write(&folder, "weights.tsv", text);
    ro_status status = ro_weighing_read(folder.path, "weights.tsv", names, NAMES, weights, error);
    data_folder_remove(&folder);
    return status;
}

static void each_name_has_its_weight(void **state)
{
    (void)state;
    int32_t weights[NAMES];
    assert_int_equal(read_table("# feature\tweight\n\nsame\t-7 # against it\nnear\t0\n"
                                "far away\t999999",
                                weights, NULL),
                     RO_STATUS_OK);
    assert_int_equal(weights[0], 0);
    assert_int_equal(weights[1], 999999);
    assert_int_equal(weights[2], -7);
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        const char *expected, *found;
    } cases[] = {
        {"near\t1\ncolour\t2\nsame\t3\n", 2, "a feature", "\"colour\""},
        {"near\t1\nfar away\t2\nnear\t3\n", 3, "once", "\"near\""},
        {"near\t1\nfar away\t2\n", 2, "same", "the end of the file"},
        {"", 0, "near", "the end of the file"},
        {"near\n", 1, "a whole number", "\"\""},
        {"near\t1\t2\n", 1, "a whole number", "\"1\""},
        {"near\t\n", 1, "a whole number", "\"\""},
        {"near\t-\n", 1, "a whole number", "\"-\""},
        {"near\t+1\n", 1, "a whole number", "\"+1\""},
        {"near\t0.5\n", 1, "a whole number", "\"0.5\""},
        {"near\t1000000\n", 1, "a whole number", "\"1000000\""},
        {"near\t\xFF\n", 1, "UTF-8", "other bytes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t weights[NAMES];
        ro_error error = {0};
        assert_int_equal(read_table(cases[i].text, weights, &error), RO_STATUS_BAD_FORMAT);
        assert_int_equal(error.status, RO_STATUS_BAD_FORMAT);
        if (error.line != (uint64_t)cases[i].line || strstr(error.path, "/weights.tsv") == NULL ||
            strstr(error.message, cases[i].expected) == NULL ||
            strstr(error.message, cases[i].found) == NULL)
            fail_msg("%d: %s:%d: %s", (int)i, error.path, (int)error.line, error.message);
    }
}

static void a_file_that_is_not_there(void **state)
{
    (void)state;
    int32_t weights[NAMES];
    ro_error error = {0};
    assert_int_equal(ro_weighing_read("/no/such", "weights.tsv", names, NAMES, weights, &error),
                     RO_STATUS_NOT_FOUND);
    assert_string_equal(error.path, "/no/such/weights.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_name_has_its_weight),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(a_file_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
