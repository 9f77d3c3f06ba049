/* test_quotes.c - quotes.c: balanced, carried over paragraphs, broken off. */
#include "hand_parsed.h"

#include "doc/quotes.h"

/* A parse of words alone: what quotes.c looks at is the marks. */
#define W(form) form "/" form "/X/X/0/dep "
#define OPEN W("\u201C")
#define CLOSE W("\u201D")
#define BREAK "\n\n/\n\n/_SP/SPACE/0/dep "

static void check(const char *parse, const ro_quote *expected, uint32_t count)
{
    ro_document *document = hand_parsed(parse);
    for (uint32_t i = 0; i < document->token_count; i++)
        if (document->tokens[i].tag[0] == '_')
            document->tokens[i].is_space = true;
    ro_arena *arena = ro_arena_new(NULL);
    ro_quotes quotes;
    assert_int_equal(ro_quotes_find(document, arena, &quotes), RO_STATUS_OK);
    assert_int_equal(quotes.list.count, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(quotes.list.items[i].first, expected[i].first);
        assert_int_equal(quotes.list.items[i].end, expected[i].end);
        assert_int_equal(quotes.list.items[i].closed, expected[i].closed);
        assert_int_equal(quotes.of[expected[i].first], i);
    }
    ro_arena_free(arena);
    ro_document_free(document);
}

static void a_quotation_holds_its_marks(void **state)
{
    (void)state;
    check(W("He") W("said") OPEN W("yes") CLOSE W("."), &(ro_quote){2, 5, true}, 1);
    check(W("He") W("said") W("yes"), NULL, 0);
    check(W("He") CLOSE W("yes"), NULL, 0);
}

static void other_marks_inside_belong_to_it(void **state)
{
    (void)state;
    check(OPEN W("the") W("\u00AB") W("deal") W("\u00BB") W("is") W("off") CLOSE,
          &(ro_quote){0, 8, true}, 1);
    check(OPEN W("the") OPEN W("deal") CLOSE W("is") W("off") CLOSE, &(ro_quote){0, 8, true}, 1);
}

static void an_open_one_ends_with_its_paragraph(void **state)
{
    (void)state;
    check(OPEN W("one") W("two") BREAK W("Three") W("four"), &(ro_quote){0, 3, false}, 1);
    check(OPEN W("one") OPEN W("two") CLOSE BREAK W("Three"), &(ro_quote){0, 5, true}, 1);
    check(W("one") OPEN W("two"), &(ro_quote){1, 3, false}, 1);
}

static void a_mark_that_opens_the_next_paragraph_carries_it_on(void **state)
{
    (void)state;
    check(OPEN W("one") W("two") BREAK OPEN W("three") CLOSE W("four"), &(ro_quote){0, 7, true}, 1);
    static const ro_quote two[] = {{0, 3, true}, {4, 7, true}};
    check(OPEN W("one") CLOSE BREAK OPEN W("three") CLOSE, two, 2);
}

static void straight_marks_face_the_side_without_space(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(W("He") W("said") W("\"") W("yes") W("\"") W("and"));
    document->tokens[2].space_after = false;
    document->tokens[3].space_after = false;
    ro_arena *arena = ro_arena_new(NULL);
    ro_quotes quotes;
    assert_int_equal(ro_quotes_find(document, arena, &quotes), RO_STATUS_OK);
    assert_int_equal(quotes.list.count, 1);
    assert_int_equal(quotes.list.items[0].first, 2);
    assert_int_equal(quotes.list.items[0].end, 5);
    assert_int_equal(quotes.of[1], RO_NONE);
    assert_int_equal(quotes.of[5], RO_NONE);
    ro_arena_free(arena);
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quotation_holds_its_marks),
        cmocka_unit_test(other_marks_inside_belong_to_it),
        cmocka_unit_test(an_open_one_ends_with_its_paragraph),
        cmocka_unit_test(a_mark_that_opens_the_next_paragraph_carries_it_on),
        cmocka_unit_test(straight_marks_face_the_side_without_space),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
