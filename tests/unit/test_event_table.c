/* test_event_table.c - event_table.c: what the cells say; no control character gets through. */
#include "sample_document.h"

static void the_table_says_who_says_so(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    assert_string_equal(
        sample_written(document, (ro_write_options){RO_OUTPUT_TABLE, false, 160}),
        "s-1 2023-05-02 (2 events, 2 sentences)\n"
        "    Date                      What                        Who                  "
        "To whom  Where  Status           Who says so\n"
        "e1  2023-05-01 to 2023-05-07  CONSULT phone 041 \"called\"  Zoë Ndiaye [MLIGOV]  "
        "Niger    Niger  denied, negated  someone < Zoë Ndiaye, said\n"
        "e2                            STATEMENT 010 \"rained\"                            "
        "               actual           the dispatch\n"
        "\n");
    ro_document_free(document);
}

static void a_document_without_events_is_a_line(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("x", "Nothing.");
    document->title = "A \x1B[31mred\n\ttitle";
    assert_string_equal(sample_written(document, (ro_write_options){RO_OUTPUT_TABLE, false, 0}),
                        "x A [31mred title (0 events, 0 sentences)\n");
    ro_document_free(document);
}

static void every_width_is_kept(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    for (int width = 40; width <= 200; width++) {
        const char *at =
            sample_written(document, (ro_write_options){RO_OUTPUT_TABLE, false, width});
        while (*at != '\0') {
            size_t length = strcspn(at, "\n");
            assert_true(ro_text_count((ro_text){at, length}) <= (size_t)width);
            at += length + 1;
        }
    }
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_who_says_so),
        cmocka_unit_test(a_document_without_events_is_a_line),
        cmocka_unit_test(every_width_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
