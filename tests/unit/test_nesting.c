/* test_nesting.c - nesting.c: the shortest content that holds a token is the innermost. */
#include "hand_parsed.h"

#include "doc/nesting.h"

static void attribute(ro_document *document, uint32_t first, uint32_t end)
{
    ro_attribution *made = RO_LIST_ADD(document->arena, &document->attributions);
    assert_non_null(made);
    made->in = RO_NONE;
    ro_span *span = RO_LIST_ADD(document->arena, &made->content);
    assert_non_null(span);
    *span = ro_document_span(document, first, end);
}

static void the_shortest_content_wins(void **state)
{
    (void)state;
    ro_document *document = hand_parsed("a/a/X/X/0/ROOT b/b/X/X/0/x c/c/X/X/0/x d/d/X/X/0/x "
                                        "e/e/X/X/0/x");
    attribute(document, 1, 5);
    attribute(document, 2, 4);
    attribute(document, 3, 4);
    attribute(document, 3, 4); /* of two of one length the later */
    uint32_t inner[5], scratch[5];
    ro_nesting_mark(document, inner, scratch);
    static const uint32_t expected[] = {RO_NONE, 0, 1, 3, 0};
    for (int i = 0; i < 5; i++)
        assert_int_equal(inner[i], expected[i]);
    ro_document_free(document);
}

static void without_attributions_nothing_is_marked(void **state)
{
    (void)state;
    ro_document *document = hand_parsed("a/a/X/X/0/ROOT");
    uint32_t inner[1] = {7}, scratch[1];
    ro_nesting_mark(document, inner, scratch);
    assert_int_equal(inner[0], RO_NONE);
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shortest_content_wins),
        cmocka_unit_test(without_attributions_nothing_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
