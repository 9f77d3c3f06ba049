/* test_error.c - error.c: every status has a text, messages are cut and cleaned. */
#include "unit.h"

#include "base/error.h"

#include <string.h>

static void every_status_has_a_text(void **state)
{
    (void)state;
    static const ro_status all[] = {
#define RO_STATUS(member, text) RO_STATUS_##member,
#include "readout/status.def"
#undef RO_STATUS
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; ++i) {
        assert_true(strlen(ro_status_text(all[i])) > 3);
        assert_string_not_equal(ro_status_text(all[i]), "unknown status");
    }
    assert_string_equal(ro_status_text((ro_status)999), "unknown status");
}

static void an_error_says_where(void **state)
{
    (void)state;
    ro_error error = {0};
    assert_int_equal(ro_error_set_at(&error, RO_STATUS_BAD_FORMAT, "read", "a.jsonl", 7, 12,
                                     "expected %s", "an object"),
                     RO_STATUS_BAD_FORMAT);
    assert_int_equal(error.status, RO_STATUS_BAD_FORMAT);
    assert_string_equal(error.stage, "read");
    assert_string_equal(error.path, "a.jsonl");
    assert_int_equal(error.line, 7);
    assert_int_equal(error.offset, 12);
    assert_string_equal(error.message, "expected an object");
    assert_int_equal(ro_error_set(&error, RO_STATUS_IO, "model", "no"), RO_STATUS_IO);
    assert_string_equal(error.path, "");
    assert_int_equal(error.line, 0);
    assert_true(error.offset == UINT64_MAX);
    assert_int_equal(ro_error_set(NULL, RO_STATUS_IO, "model", "no"), RO_STATUS_IO);
}

static void long_and_odd_words_fit(void **state)
{
    (void)state;
    ro_error error = {0};
    char path[1000];
    for (size_t i = 0; i < sizeof path - 1; i += 3)
        memcpy(path + i, "\xE2\x82\xAC", 3); /* three bytes a sign: 255 bytes hold 85 of them */
    path[sizeof path - 1] = '\0';
    ro_error_set_at(&error, RO_STATUS_IO, "a stage with a long name that", path, 0, 0,
                    "\x1B[31m%s\nnext", "line");
    assert_int_equal(strlen(error.path), 255);
    assert_int_equal(strlen(error.stage), sizeof error.stage - 1);
    assert_string_equal(error.message, " [31mline next");
    ro_error_set(&error, RO_STATUS_IO, "", "x%s", path); /* 319 bytes hold x and 106 of them */
    assert_int_equal(strlen(error.message), 319);
    ro_error_set(&error, RO_STATUS_IO, "", "xx%s", path);
    assert_int_equal(strlen(error.message), 317);
    path[254] = '\0';
    memmove(path + 1, path, 255);
    path[0] = 'x'; /* 255 bytes fit whole */
    ro_error_set_at(&error, RO_STATUS_IO, "", path, 0, 0, "x");
    assert_int_equal(strlen(error.path), 255);
    path[255] = '\xE2'; /* and a sign that does not is left out whole */
    memcpy(path + 253, "\xE2\x82\xAC", 4);
    ro_error_set_at(&error, RO_STATUS_IO, "", path, 0, 0, "x");
    assert_int_equal(strlen(error.path), 253);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_text),
        cmocka_unit_test(an_error_says_where),
        cmocka_unit_test(long_and_odd_words_fit),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
