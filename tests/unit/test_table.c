/* test_table.c - table.c: rows, comments, fields, pieces, and what is refused with its line. */
#include "unit.h"

#include "base/text.h"
#include "data_folder.h"
#include "lexicon/table.h"

static ro_status open_text(data_folder *folder, const char *text, ro_table *table)
{
    static char path[128];
    data_folder_make(folder);
    data_folder_write(folder, "t.tsv", text);
    snprintf(path, sizeof path, "%s/t.tsv", folder->path);
    return ro_table_open(path, table, NULL);
}

static void rows_have_fields_and_lines(void **state)
{
    (void)state;
    data_folder folder;
    ro_table table;
    assert_int_equal(open_text(&folder, "# one\n\na\t b c \t\td # e\n \t \nf", &table),
                     RO_STATUS_OK);
    assert_int_equal(ro_table_next(&table, NULL), RO_STATUS_OK);
    assert_int_equal(table.line, 3);
    assert_int_equal(table.field_count, 4);
    assert_true(ro_text_equal_string(table.fields[1], "b c"));
    assert_int_equal(table.fields[2].length, 0);
    assert_true(ro_text_equal_string(table.fields[3], "d"));
    assert_int_equal(ro_table_next(&table, NULL), RO_STATUS_OK);
    assert_int_equal(table.line, 5);
    assert_true(ro_text_equal_string(table.fields[0], "f"));
    assert_int_equal(table.fields[3].length, 0); /* not the row before's */
    assert_int_equal(ro_table_next(&table, NULL), RO_STATUS_END);
    ro_table_close(&table);
    data_folder_remove(&folder);
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const char *const faulty[][2] = {
        {"ok\n\x80\n", "expected UTF-8, found \"other bytes\""},
        {"ok\n1\t2\t3\t4\t5\t6\t7\t8\t9\n", "expected at most 8 fields, found \"9\""},
    };
    for (size_t i = 0; i < 2; i++) {
        data_folder folder;
        ro_table table;
        ro_error error = {0};
        assert_int_equal(open_text(&folder, faulty[i][0], &table), RO_STATUS_OK);
        assert_int_equal(ro_table_next(&table, &error), RO_STATUS_OK);
        assert_int_equal(ro_table_next(&table, &error), RO_STATUS_BAD_FORMAT);
        assert_int_equal(error.line, 2);
        assert_non_null(strstr(error.path, "t.tsv"));
        assert_string_equal(error.message, faulty[i][1]);
        ro_table_close(&table);
        data_folder_remove(&folder);
    }
}

static void a_byte_order_mark_is_passed_over(void **state)
{
    (void)state;
    data_folder folder;
    ro_table table;
    assert_int_equal(open_text(&folder, "\xEF\xBB\xBF" "a\n\xEF\xBB\xBF" "b\n", &table),
                     RO_STATUS_OK);
    assert_int_equal(ro_table_next(&table, NULL), RO_STATUS_OK);
    assert_true(ro_text_equal_string(table.fields[0], "a"));
    assert_int_equal(ro_table_next(&table, NULL), RO_STATUS_OK);
    assert_int_equal(table.fields[0].length, 4); /* elsewhere it is what it is */
    ro_table_close(&table);
    data_folder_remove(&folder);
}

static void a_missing_file_is_told(void **state)
{
    (void)state;
    ro_table table;
    assert_int_equal(ro_table_open("/nowhere/at/all.tsv", &table, NULL), RO_STATUS_NOT_FOUND);
}

static void pieces_are_trimmed_and_never_empty(void **state)
{
    (void)state;
    ro_text list = RO_TEXT(" a b |c||  | d"), piece;
    assert_true(ro_table_piece(&list, '|', &piece) && ro_text_equal_string(piece, "a b"));
    assert_true(ro_table_piece(&list, '|', &piece) && ro_text_equal_string(piece, "c"));
    assert_true(ro_table_piece(&list, '|', &piece) && ro_text_equal_string(piece, "d"));
    assert_false(ro_table_piece(&list, '|', &piece));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_have_fields_and_lines),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(a_byte_order_mark_is_passed_over),
        cmocka_unit_test(a_missing_file_is_told),
        cmocka_unit_test(pieces_are_trimmed_and_never_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
