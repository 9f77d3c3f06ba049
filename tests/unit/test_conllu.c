/* test_conllu.c - conllu.c: ten columns whatever the text holds; offsets of the text as given. */
#include "sample_document.h"

#include <stdio.h>

static const ro_write_options conllu = {RO_OUTPUT_CONLLU, false, 0};

static void a_sentence_is_a_block(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    assert_string_equal(
        sample_written(document, conllu),
        "# newdoc id = s-1\n"
        "# sent_id = s-1-1\n"
        "# text = Zoë said Mali   called Niger.\n"
        "1\tZoë\tZoë\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\t"
        "start_char=16|end_char=19|NER=B-PERSON\n"
        "2\tsaid\tsay\tVERB\tVBD\tTense=Past\t0\troot\t_\tstart_char=20|end_char=24\n"
        "3\tMali\tMali\tPROPN\tNNP\t_\t5\tnsubj\t_\tstart_char=25|end_char=29\n"
        "4\t\\n\\n\t\\n\\n\tSPACE\t_SP\t_\t3\tdep\t_\t"
        "SpaceAfter=No|start_char=30|end_char=32\n"
        "5\tcalled\tcall\tVERB\tVBD\t_\t2\tccomp\t_\tstart_char=32|end_char=38|NER=B-EVENT\n"
        "6\tNiger\tNiger\tPROPN\tNNP\t_\t5\tdobj\t_\t"
        "SpaceAfter=No|start_char=39|end_char=44|NER=I-EVENT\n"
        "7\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tstart_char=44|end_char=45\n"
        "\n"
        "# sent_id = s-1-2\n"
        "# text = It rained\n"
        "1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\tstart_char=46|end_char=48\n"
        "2\trained\train\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No|start_char=49|end_char=55\n"
        "\n");
    ro_document_free(document);
}

/* One token of any text, white space or not. */
static ro_document *single(const char *id, const char *text, bool is_space)
{
    ro_document *document = sample_new_bare(id, text);
    document->tokens = ro_arena_alloc(document->arena, 1, sizeof(ro_token));
    document->sentences = ro_arena_alloc(document->arena, 1, sizeof(ro_sentence));
    document->tokens[0] = (ro_token){.end = document->length, .name = RO_NONE, .tag = "",
                                     .morph = "", .deprel = "", .lemma = text, .lower = text,
                                     .is_space = is_space, .sentence_start = true};
    document->sentences[0] = (ro_sentence){0, 1};
    document->token_count = document->sentence_count = 1;
    return document;
}

static void assert_form(const char *text, bool is_space, const char *form, const char *comment)
{
    char expected[512];
    ro_document *document = single("x", text, is_space);
    snprintf(expected, sizeof expected,
             "# newdoc id = x\n# sent_id = x-1\n# text = %s\n1\t%s\t%s\t_\t_\t_\t_\t_\t_\t"
             "SpaceAfter=No|start_char=0|end_char=%zu\n\n",
             comment, form, form, ro_text_count(ro_text_of(text)));
    assert_string_equal(sample_written(document, conllu), expected);
    ro_document_free(document);
}

static void what_breaks_a_line_is_escaped(void **state)
{
    (void)state;
    assert_form(" ", true, "\\s", " ");
    assert_form(" \t\r\n \n", true, "\\s\\t\\r\\n\\s\\n", "      ");
    assert_form("\xC2\xA0\xE3\x80\x80", true, "\\xa0\\u3000", "\xC2\xA0\xE3\x80\x80");
    assert_form("\xE2\x80\xA8\xC2\x85", true, "\\u2028\\x85", "  ");
    assert_form("a\x01\x7F" "b\xE2\x80\xA9", false, "a\\x01\\x7fb\\u2029", "a  b ");
    assert_form("a b\\n", false, "a b\\n", "a b\\n"); /* these do not break a line */
}

static void an_id_stays_on_its_line(void **state)
{
    (void)state;
    ro_document *document = single("a\nb", "x", false);
    const char *written = sample_written(document, conllu);
    assert_non_null(strstr(written, "# newdoc id = a b\n# sent_id = a b-1\n"));
    ro_document_free(document);
}

static void no_tokens_no_lines(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("none", "");
    assert_string_equal(sample_written(document, conllu), "");
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_is_a_block),
        cmocka_unit_test(what_breaks_a_line_is_escaped),
        cmocka_unit_test(an_id_stays_on_its_line),
        cmocka_unit_test(no_tokens_no_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
