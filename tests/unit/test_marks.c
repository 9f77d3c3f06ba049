/* test_marks.c - marks.c: code points to bytes, what is no mark, and how long many of them take. */
#include "unit.h"

#include "base/text.h"
#include "failing_allocator.h"
#include "read/marks.h"

#include <jansson.h>
#include <stdio.h>

/* 1, 2, 3 and 4 bytes: "a\u00e9\u91ce\U0001F600b" is 5 code points, 11 bytes. */
static const char TEXT[] = "a\xC3\xA9\xE9\x87\x8E\xF0\x9F\x98\x80"
                           "b";

static ro_document *new_document(const char *text)
{
    ro_document *document = NULL;
    assert_int_equal(
        ro_document_new(RO_TEXT("x"), ro_text_of(text), (ro_date){0}, NULL, &document, NULL),
        RO_STATUS_OK);
    return document;
}

static ro_status read_marks(ro_document *document, const char *text, size_t *at)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    const char *expected = NULL;
    assert_non_null(value);
    ro_status status = ro_marks_read(value, document, &expected, at);
    assert_non_null(expected);
    json_decref(value);
    return status;
}

static void assert_span(ro_span span, uint32_t start, uint32_t end)
{
    assert_int_equal(span.start, start);
    assert_int_equal(span.end, end);
}

static void code_points_become_bytes(void **state)
{
    (void)state;
    static const uint32_t bytes[] = {0, 1, 3, 6, 10, 11};
    for (int start = 0; start <= 5; start++)
        for (int end = start; end <= 5; end++) {
            ro_document *document = new_document(TEXT);
            char text[80];
            size_t at;
            snprintf(text, sizeof text, "[{\"start\":%d,\"end\":%d,\"actor\":[[%d,5],[0,%d]]}]",
                     start, end, start, end);
            assert_int_equal(read_marks(document, text, &at), RO_STATUS_OK);
            assert_int_equal(document->marks.count, 1);
            const ro_mark *mark = &document->marks.items[0];
            assert_span(mark->span, bytes[start], bytes[end]);
            assert_int_equal(mark->counts[RO_SIDE_ACTOR], 2);
            assert_span(mark->sides[RO_SIDE_ACTOR][0], bytes[start], 11);
            assert_span(mark->sides[RO_SIDE_ACTOR][1], 0, bytes[end]);
            assert_int_equal(mark->counts[RO_SIDE_RECIPIENT], 0);
            assert_true(mark->pair);
            ro_document_free(document);
        }
}

static void what_is_left_out_is_the_whole_and_no_pair(void **state)
{
    (void)state;
    ro_document *document = new_document("date 2022-03-03 \xC3\xA9.");
    size_t at;
    assert_int_equal(read_marks(document,
                                "[{}, {\"start\":null,\"end\":null,\"actor\":null,\"more\":1},"
                                "{\"actor\":[]}, {\"start\":0,\"end\":18,\"recipient\":[[16,17]]}]",
                                &at),
                     RO_STATUS_OK);
    assert_int_equal(document->marks.count, 4);
    const ro_mark *marks = document->marks.items;
    assert_true(document->body > 0);
    for (int i = 0; i < 3; i++)
        assert_span(marks[i].span, document->body, document->length);
    assert_false(marks[0].pair || marks[1].pair);
    assert_true(marks[2].pair && marks[2].counts[RO_SIDE_ACTOR] == 0);
    assert_span(marks[3].span, 0, 19); /* of the text as given */
    assert_span(marks[3].sides[RO_SIDE_RECIPIENT][0], 16, 18);
    assert_true(marks[3].pair && marks[3].counts[RO_SIDE_ACTOR] == 0);
    ro_document_free(document);
    document = new_document("");
    assert_int_equal(read_marks(document, "[{\"start\":0,\"end\":0}, {}]", &at), RO_STATUS_OK);
    assert_span(document->marks.items[1].span, 0, 0);
    ro_document_free(document);
    document = new_document("a");
    assert_int_equal(read_marks(document, "[]", &at), RO_STATUS_OK);
    assert_int_equal(document->marks.count, 0);
    ro_document_free(document);
}

static void refuses_what_is_no_mark_and_says_which(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "1",
        "null",
        "[]",
        "\"x\"",
        "{\"start\":0}",
        "{\"end\":1}",
        "{\"start\":0,\"end\":6}", /* the text ends at 5 */
        "{\"start\":6,\"end\":6}",
        "{\"start\":-1,\"end\":1}",
        "{\"start\":2,\"end\":1}",
        "{\"start\":0,\"end\":9223372036854775807}",
        "{\"start\":-9223372036854775808,\"end\":0}",
        "{\"start\":0,\"end\":4294967296}",
        "{\"start\":0.0,\"end\":1}",
        "{\"start\":\"0\",\"end\":1}",
        "{\"start\":true,\"end\":1}",
        "{\"actor\":1}",
        "{\"actor\":{}}",
        "{\"actor\":[1]}",
        "{\"actor\":[[]]}",
        "{\"actor\":[[0]]}",
        "{\"actor\":[[0,1,2]]}",
        "{\"actor\":[[0,6]]}",
        "{\"actor\":[[1,0]]}",
        "{\"actor\":[[0,1],[null,1]]}",
        "{\"recipient\":[{\"start\":0,\"end\":1}]}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ro_document *document = new_document(TEXT);
        char text[128];
        size_t at = 99;
        snprintf(text, sizeof text, "[{}, %s, 7]", bad[i]);
        if (read_marks(document, text, &at) != RO_STATUS_BAD_FORMAT || at != 1)
            fail_msg("%s is taken for a mark", bad[i]);
        ro_document_free(document);
    }
    static const char *const none[] = {"{}", "null", "\"[]\"", "1", "true"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        ro_document *document = new_document(TEXT);
        size_t at;
        assert_int_equal(read_marks(document, none[i], &at), RO_STATUS_BAD_FORMAT);
        ro_document_free(document);
    }
}

/* A text so long that each mark may not begin to count anew: this takes a moment, or hours. */
static void many_marks_in_a_long_text_are_read_at_once(void **state)
{
    (void)state;
    enum { POINTS = 500000, MARKS = 100000 };
    char *text = malloc(2 * POINTS + 1);
    assert_non_null(text);
    for (size_t i = 0; i < POINTS; i++)
        memcpy(text + 2 * i, "\xC3\xA9", 2);
    text[2 * POINTS] = '\0';
    ro_document *document = new_document(text);
    json_t *list = json_array();
    for (int i = 0; i < MARKS; i++)
        json_array_append_new(list, json_pack("{s:i, s:i, s:[[i, i]]}", "start", POINTS - 1 - i,
                                              "end", POINTS - i, "actor", i, POINTS));
    const char *expected;
    size_t at;
    assert_int_equal(ro_marks_read(list, document, &expected, &at), RO_STATUS_OK);
    assert_int_equal(document->marks.count, MARKS);
    for (uint32_t i = 0; i < MARKS; i++) {
        const ro_mark *mark = &document->marks.items[i];
        assert_span(mark->span, 2 * (POINTS - 1 - i), 2 * (POINTS - i));
        assert_span(mark->sides[RO_SIDE_ACTOR][0], 2 * i, 2 * POINTS);
    }
    json_decref(list);
    ro_document_free(document);
    free(text);
}

static void memory_may_fail_at_any_request(void **state)
{
    (void)state;
    for (size_t fail_at = 1;; fail_at++) {
        failing_allocator failing = {.fail_at = fail_at};
        ro_allocator allocator = failing_allocator_of(&failing);
        ro_document *document = NULL;
        size_t at;
        ro_status status = ro_document_new(RO_TEXT("x"), RO_TEXT("abc"), (ro_date){0}, &allocator,
                                           &document, NULL);
        if (status == RO_STATUS_OK)
            status = read_marks(document, "[{\"actor\":[[0,1]],\"recipient\":[[1,2]]}]", &at);
        ro_document_free(document);
        assert_int_equal(status, failing.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_int_equal(failing.held, 0);
        if (!failing.failed)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_become_bytes),
        cmocka_unit_test(what_is_left_out_is_the_whole_and_no_pair),
        cmocka_unit_test(refuses_what_is_no_mark_and_says_which),
        cmocka_unit_test(many_marks_in_a_long_text_are_read_at_once),
        cmocka_unit_test(memory_may_fail_at_any_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
