/* test_document.c - document.c: decoding, ids, the date prefix, limits, failing memory. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "unit.h"

#include "base/text.h"
#include "doc/document.h"
#include "failing_allocator.h"

#include <sys/mman.h>

static ro_document *document_of(ro_text text)
{
    ro_document *document = NULL;
    assert_int_equal(ro_document_new(RO_TEXT("x"), text, (ro_date){0}, NULL, &document, NULL),
                     RO_STATUS_OK);
    return document;
}

static void undecodable_bytes_are_replaced_one_each(void **state)
{
    (void)state;
    const struct {
        ro_text given;
        const char *expected; /* with '?' for U+FFFD */
        size_t replaced;
    } cases[] = {
        {RO_TEXT(""), "", 0},
        {RO_TEXT("caf\xC3\xA9"), "caf\xC3\xA9", 0},
        {RO_TEXT("\xFF"), "?", 1},
        {RO_TEXT("a\xC3"), "a?", 1},
        {RO_TEXT("a\xE2\x82z"), "a??z", 2},
        {RO_TEXT("\xED\xA0\x80"), "???", 3},      /* a lone surrogate */
        {RO_TEXT("\xC0\x80"), "??", 2},           /* an overlong NUL */
        {RO_TEXT("\xF4\x90\x80\x80"), "????", 4}, /* beyond U+10FFFF */
        {RO_TEXT("\x80\xE2\x82\xAC\x80"), "?\xE2\x82\xAC?", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        char expected[64];
        size_t length = 0;
        for (const char *c = cases[i].expected; *c != '\0'; ++c) {
            if (*c == '?')
                length += ro_text_encode(0xFFFD, expected + length);
            else
                expected[length++] = *c;
        }
        ro_document *document = document_of(cases[i].given);
        assert_true(ro_text_equal(ro_document_text_get(document), (ro_text){expected, length}));
        assert_int_equal(document->text[length], '\0');
        assert_int_equal(ro_document_replaced_count(document), cases[i].replaced);
        ro_document_free(document);
    }
}

static void nuls_and_control_characters_stay(void **state)
{
    (void)state;
    const ro_text text = RO_TEXT("a\0b\x01\r\n\x7F");
    ro_document *document = document_of(text);
    assert_true(ro_text_equal(ro_document_text_get(document), text));
    assert_int_equal(ro_document_replaced_count(document), 0);
    ro_document_free(document);
}

static void the_text_is_copied_and_empty_at_first(void **state)
{
    (void)state;
    char text[] = "Talks were held.";
    ro_document *document = document_of(ro_text_of(text));
    text[0] = 'X';
    assert_int_equal(ro_document_text_get(document).data[0], 'T');
    assert_int_equal(ro_document_token_count(document), 0);
    assert_int_equal(ro_document_sentence_count(document), 0);
    assert_int_equal(ro_document_event_count(document), 0);
    assert_int_equal(ro_document_attribution_count(document), 0);
    assert_null(document->source);
    ro_document_free(document);
    ro_document_free(NULL);
}

static void prefixes_give_date_and_body(void **state)
{
    (void)state;
    const struct {
        ro_text text;
        ro_date date;
        uint32_t body;
    } cases[] = {
        {RO_TEXT("date 2022-03-03 They met."), {2022, 3, 3}, 16},
        {RO_TEXT("date 2022-03-03\nThey met."), {2022, 3, 3}, 16},
        {RO_TEXT("date 2022-03-03\r\n\r\n They met."), {2022, 3, 3}, 20},
        {RO_TEXT(" \n\tdate \t2022-03-03 They met."), {2022, 3, 3}, 20},
        {RO_TEXT("\xEF\xBB\xBF"
                 "date 2022-03-03 They met."),
         {2022, 3, 3},
         19},
        {RO_TEXT("\xEF\xBB\xBF"
                 "They met."),
         {0, 0, 0},
         3},
        {RO_TEXT("date 2022-03-03"), {2022, 3, 3}, 15},
        {RO_TEXT("date 2022-03-03\xC2\xA0x"), {2022, 3, 3}, 17},
        {RO_TEXT("date 2024-02-29 x"), {2024, 2, 29}, 16},
        {RO_TEXT("date 2022-03-03T10:00 x"), {2022, 3, 3}, 22},
        {RO_TEXT("date: 2022-03-03\nThey met."), {2022, 3, 3}, 17},
        {RO_TEXT("date:2022-03-03 x"), {2022, 3, 3}, 16},
        /* written like a day, which it is not */
        {RO_TEXT("date 2022-02-31 They met."), {0, 0, 0}, 16},
        {RO_TEXT("date 2023-02-29"), {0, 0, 0}, 15},
        {RO_TEXT("date 2022-03-033 x"), {0, 0, 0}, 17},
        {RO_TEXT("date 2882015-03-03 x"), {0, 0, 0}, 19},
        {RO_TEXT("date 3/4/2022 x"), {0, 0, 0}, 14},
        /* no prefix, but text */
        {RO_TEXT("date 3 of the tour"), {0, 0, 0}, 0},
        {RO_TEXT("date 2022-03- x"), {0, 0, 0}, 0},
        {RO_TEXT("date 1.2.3.4 x"), {0, 0, 0}, 0},
        {RO_TEXT("date2022-03-03 x"), {0, 0, 0}, 0},
        {RO_TEXT("date : 2022-03-03 x"), {0, 0, 0}, 0},
        {RO_TEXT("date: soon"), {0, 0, 0}, 0},
        {RO_TEXT("date 2022-03"), {0, 0, 0}, 0},
        {RO_TEXT("date"), {0, 0, 0}, 0},
        {RO_TEXT("date "), {0, 0, 0}, 0},
        {RO_TEXT("dates 2022-03-03 x"), {0, 0, 0}, 0},
        {RO_TEXT("The date 2022-03-03 x"), {0, 0, 0}, 0},
        {RO_TEXT("  They met."), {0, 0, 0}, 0},
        {RO_TEXT(""), {0, 0, 0}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        ro_document *document = document_of(cases[i].text);
        const ro_date date = ro_document_date_get(document);
        assert_int_equal(document->body, cases[i].body);
        assert_int_equal(date.year, cases[i].date.year);
        assert_int_equal(date.month, cases[i].date.month);
        assert_int_equal(date.day, cases[i].date.day);
        assert_true(ro_text_equal(ro_document_text_get(document), cases[i].text));
        /* what was written like a day is kept as it stood */
        const bool is_kept = cases[i].body > 3 && date.year == 0;
        assert_int_equal(ro_document_date_found_get(document).length > 0, is_kept);
        ro_document_free(document);
    }
}

static void a_given_date_wins_over_the_prefix(void **state)
{
    (void)state;
    ro_document *document = NULL;
    assert_int_equal(ro_document_new(RO_TEXT(""), RO_TEXT("date 2022-03-03 x"),
                                     (ro_date){2023, 1, 2}, NULL, &document, NULL),
                     RO_STATUS_OK);
    assert_int_equal(ro_document_date_get(document).year, 2023);
    assert_int_equal(document->body, 16);
    ro_document_free(document);
}

static void ids_are_kept_or_made_from_the_text(void **state)
{
    (void)state;
    ro_document *documents[4];
    static const char *const texts[] = {"One text.", "One text.", "Another text.", ""};
    for (size_t i = 0; i < 4; ++i)
        assert_int_equal(ro_document_new((ro_text){NULL, 0}, ro_text_of(texts[i]), (ro_date){0},
                                         NULL, &documents[i], NULL),
                         RO_STATUS_OK);
    const ro_text id = ro_document_id_get(documents[0]);
    assert_int_equal(id.length, 16);
    assert_int_equal(strspn(id.data, "0123456789abcdef"), 16);
    assert_true(ro_text_equal(id, ro_document_id_get(documents[1])));
    assert_false(ro_text_equal(id, ro_document_id_get(documents[2])));
    assert_int_equal(ro_document_id_get(documents[3]).length, 16);
    /* written down, so that ids stay what they were in ledgers */
    assert_string_equal(id.data, "c3886d1774ff374f");
    for (size_t i = 0; i < 4; ++i)
        ro_document_free(documents[i]);

    ro_document *document = NULL;
    assert_int_equal(
        ro_document_new(RO_TEXT("no-7\xFF"), RO_TEXT("x"), (ro_date){0}, NULL, &document, NULL),
        RO_STATUS_OK);
    assert_true(ro_text_equal_string(ro_document_id_get(document), "no-7\xEF\xBF\xBD"));
    ro_document_free(document);
}

static void wrong_arguments_are_refused(void **state)
{
    (void)state;
    ro_document *document = NULL;
    ro_error error = {0};
    assert_int_equal(
        ro_document_new(RO_TEXT("a\0b"), RO_TEXT("x"), (ro_date){0}, NULL, &document, &error),
        RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(
        ro_document_new(RO_TEXT(""), RO_TEXT("x"), (ro_date){2022, 2, 30}, NULL, &document, &error),
        RO_STATUS_BAD_ARGUMENT);
    assert_null(document);
}

static void four_gigabytes_are_too_large(void **state)
{
    (void)state;
#if SIZE_MAX > UINT32_MAX
    /* address space alone: nothing of it is looked at */
    const size_t size = (size_t)UINT32_MAX + 1;
    void *bytes = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (bytes == MAP_FAILED)
        skip();
    ro_document *document = NULL;
    ro_error error = {0};
    assert_int_equal(ro_document_new(RO_TEXT("x"), (ro_text){bytes, size}, (ro_date){0}, NULL,
                                     &document, &error),
                     RO_STATUS_TOO_LARGE);
    assert_null(document);
    munmap(bytes, size);
#else
    skip();
#endif
}

static void failing_memory_leaks_nothing(void **state)
{
    (void)state;
    bool failed = true;
    for (size_t n = 1; failed; ++n) {
        failing_allocator counter = {.fail_at = n};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_document *document = NULL;
        ro_error error = {0};
        const ro_status status = ro_document_new(RO_TEXT(""), RO_TEXT("date 2022-03-03 a\xFF"),
                                                 (ro_date){0}, &allocator, &document, &error);
        failed = counter.failed;
        assert_int_equal(status, failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_int_equal(error.status, failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_true(failed == (document == NULL));
        ro_document_free(document);
        assert_int_equal(counter.held, 0);
    }
}

static void spans_are_those_of_their_tokens(void **state)
{
    (void)state;
    ro_document *document = document_of(RO_TEXT("They met \xC3\xA9tait."));
    ro_token tokens[] = {{.start = 0, .end = 4},
                         {.start = 5, .end = 8},
                         {.start = 9, .end = 15},
                         {.start = 15, .end = 16}};
    document->tokens = tokens;
    document->token_count = 4;
    assert_true(ro_text_equal_string(ro_document_token_text(document, 2), "\xC3\xA9tait"));
    assert_true(ro_text_equal_string(ro_document_span_text(document, 0, 2), "They met"));
    const ro_span span = ro_document_span(document, 1, 4);
    assert_int_equal(span.start, 5);
    assert_int_equal(span.end, 16);
    assert_int_equal(ro_document_span_text(document, 2, 2).length, 0);
    assert_int_equal(ro_document_span(document, 2, 2).start, 9);
    assert_int_equal(ro_document_span_text(document, 4, 5).length, 0);
    assert_int_equal(ro_document_span_text(document, RO_NONE, RO_NONE).length, 0);
    ro_document_free(document);
}

static void the_timex_behind_a_token_holds_it_or_follows(void **state)
{
    (void)state;
    ro_document *document = document_of(RO_TEXT("two of them"));
    assert_int_equal(ro_document_timex_behind(document, 0), 0);
    const uint32_t spans[][2] = {{2, 3}, {5, 8}};
    for (size_t i = 0; i < 2; i++) {
        ro_timex *timex = RO_LIST_ADD(document->arena, &document->timexes);
        assert_non_null(timex);
        *timex = (ro_timex){.first = spans[i][0], .end = spans[i][1], .value = ""};
    }
    const uint32_t expected[] = {0, 0, 0, 1, 1, 1, 1, 1, 2, 2};
    for (uint32_t token = 0; token < 10; token++)
        assert_int_equal(ro_document_timex_behind(document, token), expected[token]);
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undecodable_bytes_are_replaced_one_each),
        cmocka_unit_test(nuls_and_control_characters_stay),
        cmocka_unit_test(the_text_is_copied_and_empty_at_first),
        cmocka_unit_test(prefixes_give_date_and_body),
        cmocka_unit_test(a_given_date_wins_over_the_prefix),
        cmocka_unit_test(ids_are_kept_or_made_from_the_text),
        cmocka_unit_test(wrong_arguments_are_refused),
        cmocka_unit_test(four_gigabytes_are_too_large),
        cmocka_unit_test(failing_memory_leaks_nothing),
        cmocka_unit_test(spans_are_those_of_their_tokens),
        cmocka_unit_test(the_timex_behind_a_token_holds_it_or_follows),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
