/* test_emit.c - emit.c: escapes, numbers, commas, blocks, a sink that fails. */
#include "sample_document.h"

#include "write/emit.h"

static sample_sink sink;

static ro_emit *start(void)
{
    static ro_emit emit;
    sink = (sample_sink){.used = 0};
    ro_emit_start(&emit, (ro_sink){sample_sink_write, &sink});
    return &emit;
}

static const char *finish(ro_emit *emit)
{
    assert_int_equal(ro_emit_finish(emit), RO_STATUS_OK);
    return sink.bytes;
}

static void strings_are_escaped(void **state)
{
    (void)state;
    ro_emit *emit = start();
    ro_emit_json_text(emit, RO_TEXT("a\"b\\c/\b\f\n\r\t\x01\x1f\0\x7f é\xE2\x80\xA8z"));
    assert_string_equal(finish(emit), "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0001\\u001f\\u0000\x7f é"
                                      "\xE2\x80\xA8z\"");
    emit = start();
    ro_emit_json_text(emit, (ro_text){NULL, 0});
    assert_string_equal(finish(emit), "\"\"");
}

static void numbers_are_short_and_stable(void **state)
{
    (void)state;
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0, "0"},          {-0.0, "0"},           {1, "1"},        {-10, "-10"},
        {3.4, "3.4"},      {-2.8, "-2.8"},        {0.5, "0.5"},    {-0.25, "-0.25"},
        {0.000001, "0.000001"}, {0.0000004, "0"}, {-0.0000004, "0"},
        {48.85341, "48.85341"}, {0.1 + 0.2, "0.3"}, {0.9999999, "1"}, {100, "100"},
        {123456789.125, "123456789.125"}, {1.05, "1.05"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_emit *emit = start();
        ro_emit_json_number(emit, cases[i].number);
        assert_string_equal(finish(emit), cases[i].text);
    }
    ro_emit *emit = start();
    ro_emit_open(emit, '[');
    ro_emit_json_unsigned(emit, UINT64_MAX);
    ro_emit_json_signed(emit, INT64_MIN);
    ro_emit_json_unsigned(emit, 0);
    ro_emit_close(emit, ']');
    assert_string_equal(finish(emit), "[18446744073709551615,-9223372036854775808,0]");
}

static void commas_stand_between_values_only(void **state)
{
    (void)state;
    ro_emit *emit = start();
    ro_emit_open(emit, '{');
    ro_emit_key(emit, "a");
    ro_emit_open(emit, '[');
    ro_emit_open(emit, '{');
    ro_emit_close(emit, '}');
    ro_emit_open(emit, '[');
    ro_emit_close(emit, ']');
    ro_emit_json_id(emit, 'e', 0);
    ro_emit_close(emit, ']');
    ro_emit_field_boolean(emit, "b", false);
    ro_emit_field_text(emit, "left out", (ro_text){"", 0});
    ro_emit_field_string(emit, "left out", NULL);
    ro_emit_field_date(emit, "left out", (ro_date){0, 0, 0});
    ro_emit_field_date(emit, "d", (ro_date){987, 6, 5});
    ro_emit_field_id(emit, "i", 'n', 41);
    ro_emit_close(emit, '}');
    assert_string_equal(finish(emit),
                        "{\"a\":[{},[],\"e1\"],\"b\":false,\"d\":\"0987-06-05\",\"i\":\"n42\"}");
}

/* Whatever the sizes, the bytes are the same and come in few writes. */
static void blocks_keep_every_byte(void **state)
{
    (void)state;
    static char expected[60000], piece[20000];
    size_t used = 0;
    ro_emit *emit = start();
    for (size_t size = 0; size < 300; size++) {
        memset(piece, 'a' + (int)(size % 26), size);
        ro_emit_bytes(emit, piece, size);
        memcpy(expected + used, piece, size);
        used += size;
    }
    assert_true(used > sizeof emit->buffer);
    ro_emit_finish(emit);
    assert_int_equal(sink.used, used);
    assert_memory_equal(sink.bytes, expected, used);
    assert_true(sink.writes <= 4);
    /* longer than a block, behind something that is still in it */
    memset(piece, 'z', sizeof piece);
    emit = start();
    ro_emit_character(emit, 'y');
    ro_emit_bytes(emit, piece, sizeof piece);
    ro_emit_finish(emit);
    assert_int_equal(sink.used, sizeof piece + 1);
    assert_int_equal(sink.bytes[0], 'y');
    assert_memory_equal(sink.bytes + 1, piece, sizeof piece);
}

static void the_first_failure_stays(void **state)
{
    (void)state;
    ro_emit *emit = start();
    sink.refuse_after = 1;
    for (int i = 0; i < 60000; i++)
        ro_emit_character(emit, 'x');
    assert_int_equal(ro_emit_finish(emit), RO_STATUS_IO);
    assert_int_equal(sink.writes, 1);
    assert_int_equal(sink.used, sizeof emit->buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(numbers_are_short_and_stable),
        cmocka_unit_test(commas_stand_between_values_only),
        cmocka_unit_test(blocks_keep_every_byte),
        cmocka_unit_test(the_first_failure_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
