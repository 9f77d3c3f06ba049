/* test_explain.c - explain.c: each thing found stands below its sentence, with what made it. */
#include "sample_document.h"

static const char *explained(const ro_document *document, int width)
{
    return sample_written(document, (ro_write_options){RO_OUTPUT_EXPLAIN, false, width});
}

static void all_is_told_with_what_made_it(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    assert_string_equal(
        explained(document, 160),
        "s-1 2023-05-02 (2 events, 2 sentences)\n"
        "\n"
        "1   Zoë said Mali called Niger.\n"
        "    who    n1  Zoë     Zoë Ndiaye [MLIGOV], person, minister                  "
        "                            name, leaders.tsv:12\n"
        "    who    n2  Mali    Mali [MLI], country                                    "
        "                            nominal, same head\n"
        "    where      Niger   Niger, country, NER, near Ayorou                       "
        "                            countries.tsv:7; Niger, NER 240; Niger, Niger, "
        "NGA 180\n"
        "    where      Mali    Mali, demonym\n"
        "    says   a1  said    Zoë Ndiaye [MLIGOV] to a neighbour, deny, negated, "
        "indirect: Mali called Niger     cues.tsv:2\n"
        "    what   e1  called  CONSULT phone 041: Zoë Ndiaye [MLIGOV] → Niger, "
        "denied, negated, 2023-05-01, in    call (talk.frames:3)\n"
        "                       Niger (sentence), by a2, a1\n"
        "\n"
        "2   It rained\n"
        "    who   n1  It      Zoë Ndiaye [MLIGOV], person, minister      pronoun, "
        "leaders.tsv:12\n"
        "    when      It      PT1H, DURATION                             rules.tsv:3\n"
        "    says  a2          someone, assert, direct, in a1: It rained\n"
        "    what  e2  rained  STATEMENT 010, actual\n"
        "\n");
    ro_document_free(document);
}

/* From the width on at which words fit, no line is wider; below it still ends. */
static void every_width_is_kept(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    for (int width = 1; width <= 200; width++) {
        const char *at = explained(document, width);
        assert_non_null(strstr(at, "rained"));
        while (width >= 40 && *at != '\0') {
            size_t length = strcspn(at, "\n");
            assert_true(ro_text_count((ro_text){at, length}) <= (size_t)width);
            at += length + 1;
        }
    }
    ro_document_free(document);
}

static void no_control_character_gets_through(void **state)
{
    (void)state;
    static char text[] = "date 2023-05-02 Zoë said Mali \n\ncalled Niger. It rained";
    ro_document *document = sample_new();
    text[strlen(text) - 2] = '\x1B';
    document->text = text;
    document->entities.items[0].name = "Zoë\x1B[31m\nNdiaye";
    document->title = "Rain\x07";
    const char *written = explained(document, 100);
    for (const char *at = written; *at != '\0'; at++)
        assert_true((unsigned char)*at >= 0x20 || *at == '\n');
    assert_non_null(strstr(written, "It rain d"));
    assert_non_null(strstr(written, "Zoë [31m Ndiaye"));
    ro_document_free(document);
}

static void nothing_found_leaves_the_sentence(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("x", "Nothing.");
    assert_string_equal(explained(document, 0), "x (0 events, 0 sentences)\n\n");
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_told_with_what_made_it),
        cmocka_unit_test(every_width_is_kept),
        cmocka_unit_test(no_control_character_gets_through),
        cmocka_unit_test(nothing_found_leaves_the_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
