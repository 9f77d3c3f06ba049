/* test_wordlist.c - wordlist.c: classes of words from one table and from several, their faults, and
 * memory that runs out. */
#include "unit.h"

#include "base/text.h"
#include "data_folder.h"
#include "failing_allocator.h"
#include "lexicon/wordlist.h"

enum { NEAR, FAR, OFF, NAMES };
static const char *const names[] = {"near", "far away", "off"};
static const char *const files[] = {"one.tsv", "two.tsv", NULL};

/* Reads one.tsv and, unless two is NULL, two.tsv. */
static ro_status read_tables(const char *one, const char *two, const ro_allocator *allocator,
                             ro_wordlist **list, ro_error *error)
{
    data_folder folder;
    const char *const first[] = {files[0], NULL};
    data_folder_make(&folder);
    data_folder_write(&folder, files[0], one);
    if (two != NULL)
        data_folder_write(&folder, files[1], two);
    ro_status status = ro_wordlist_open(folder.path, two != NULL ? files : first, names, NAMES,
                                        allocator, list, error);
    data_folder_remove(&folder);
    return status;
}

static bool has(const ro_wordlist *list, unsigned class, const char *word)
{
    return ro_wordlist_has(list, class, ro_text_of(word));
}

static const char our_one[] =
    "# class\twords\n\nnear\tBeside | by # close\nfar away\tBy far | ÉLOIGNÉ";
static const char our_two[] = "near\tat\noff\tat | | beside\n";

static void words_have_classes(void **state)
{
    (void)state;
    ro_wordlist *list = NULL;
    assert_int_equal(read_tables(our_one, our_two, NULL, &list, NULL), RO_STATUS_OK);
    assert_true(has(list, NEAR, "by"));
    assert_false(has(list, FAR, "by"));
    assert_true(has(list, FAR, "by far"));
    assert_false(has(list, NEAR, "by far"));
    /* of any case in the table, small when asked for */
    assert_true(has(list, NEAR, "beside"));
    assert_false(has(list, NEAR, "Beside"));
    assert_true(has(list, FAR, "éloigné"));
    /* lines add up, over tables too, and a word may be in several classes */
    assert_true(has(list, NEAR, "at"));
    assert_true(has(list, OFF, "at"));
    assert_true(has(list, OFF, "beside"));
    assert_false(has(list, OFF, ""));
    assert_false(has(list, NEAR, "close"));
    ro_wordlist_close(list);
    ro_wordlist_close(NULL);
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const char longest[] = "0123456789012345678901234567890123456789"
                                  "0123456789012345678901234567890123456789";
    char fits[256], too_long[256];
    snprintf(fits, sizeof fits, "near\t%s\nfar away\tx\noff\tx\n", longest);
    snprintf(too_long, sizeof too_long, "near\tx | %s0\n", longest);
    const struct {
        const char *one, *two;
        int line;
        const char *file, *expected, *found;
    } cases[] = {
        {"near\tx\nnearer\ty\n", NULL, 2, "/one.tsv", "a class", "\"nearer\""},
        {"near\tx\n", "\tx\n", 1, "/two.tsv", "a class", "\"\""},
        {"near\n", NULL, 1, "/one.tsv", "words", "\"\""},
        {"near\t\n", NULL, 1, "/one.tsv", "words", "\"\""},
        {"near\tx\ty\n", NULL, 1, "/one.tsv", "words", "\"x\""},
        {too_long, NULL, 1, "/one.tsv", "a short word", "01234"},
        {"near\tx\nfar away\ty\n", NULL, 2, "/one.tsv", "off", "the end of the file"},
        {"near\tx\noff\ty\n", "off\tx\n", 1, "/two.tsv", "far away", "the end of the file"},
        {"", NULL, 0, "/one.tsv", "near", "the end of the file"},
        {"near\t\xFF\n", NULL, 1, "/one.tsv", "UTF-8", "other bytes"},
    };
    ro_wordlist *list = NULL;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_error error = {0};
        assert_int_equal(read_tables(cases[i].one, cases[i].two, NULL, &list, &error),
                         RO_STATUS_BAD_FORMAT);
        assert_null(list);
        if (error.status != RO_STATUS_BAD_FORMAT || error.line != (uint64_t)cases[i].line ||
            strstr(error.path, cases[i].file) == NULL ||
            strstr(error.message, cases[i].expected) == NULL ||
            strstr(error.message, cases[i].found) == NULL)
            fail_msg("%d: %s:%d: %s", (int)i, error.path, (int)error.line, error.message);
    }
    assert_int_equal(read_tables(fits, NULL, NULL, &list, NULL), RO_STATUS_OK);
    assert_true(has(list, NEAR, longest));
    ro_wordlist_close(list);
}

static void what_cannot_be_opened(void **state)
{
    (void)state;
    static const char *const many[RO_WORDLIST_CLASSES + 1] = {"near"};
    ro_wordlist *list = NULL;
    ro_error error = {0};
    assert_int_equal(ro_wordlist_open("/no/such", files, names, NAMES, NULL, &list, &error),
                     RO_STATUS_NOT_FOUND);
    assert_string_equal(error.path, "/no/such/one.tsv");
    char folder[5000];
    memset(folder, 'x', sizeof folder - 1);
    folder[sizeof folder - 1] = '\0';
    assert_int_equal(ro_wordlist_open(folder, files, names, NAMES, NULL, &list, &error),
                     RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(
        ro_wordlist_open("data", files, many, RO_WORDLIST_CLASSES + 1, NULL, &list, &error),
        RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(error.status, RO_STATUS_BAD_ARGUMENT);
    assert_null(list);
}

static void memory_may_run_out_at_any_request(void **state)
{
    (void)state;
    for (size_t at = 1;; at++) {
        failing_allocator counter = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_wordlist *list = NULL;
        ro_error error = {0};
        ro_status status = read_tables(our_one, our_two, &allocator, &list, &error);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_int_equal(error.status, status);
        ro_wordlist_close(list);
        assert_int_equal(counter.held, 0);
        if (!counter.failed)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_classes),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(what_cannot_be_opened),
        cmocka_unit_test(memory_may_run_out_at_any_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
