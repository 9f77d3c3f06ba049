/* test_dateline.c - dateline.c: datelines become sentences of their own, and what hung on them keeps
 * its place in the tree. */
#include "unit.h"

#include "hand_parsed.h"

#include "doc/dateline.h"

/* As the parser reads it: the dateline is a second subject. */
#define TUNIS                                                                                      \
    "TUNIS/Tunis/NNP/PROPN/7/nsubj ,/,/,/PUNCT/0/punct March/March/NNP/PROPN/0/npadvmod "          \
    "3/3/CD/NUM/2/nummod -/-/:/PUNCT/0/punct Young/young/JJ/ADJ/6/amod "                           \
    "rebels/rebel/NNS/NOUN/7/nsubj fled/flee/VBD/VERB/7/ROOT ././PUNCT/PUNCT/7/punct"

static void a_dateline_is_a_sentence_of_its_own(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(TUNIS " | They/they/PRP/PRON/10/nsubj "
                                              "left/leave/VBD/VERB/10/ROOT");
    assert_true(ro_dateline_split(document));
    assert_int_equal(document->dateline, 0);
    assert_int_equal(document->sentence_count, 3);
    assert_int_equal(document->sentences[0].end, 5);
    assert_int_equal(document->sentences[1].first, 5);
    assert_int_equal(document->sentences[1].end, 9);
    assert_int_equal(document->tokens[4].sentence, 0);
    assert_int_equal(document->tokens[5].sentence, 1);
    assert_int_equal(document->tokens[9].sentence, 2);
    const ro_token *tokens = document->tokens;
    assert_int_equal(tokens[0].head, 0);
    assert_string_equal(tokens[0].deprel, "ROOT");
    assert_int_equal(tokens[7].head, 7);
    assert_int_equal(tokens[7].left, 5); /* no more the dateline's */
    assert_int_equal(tokens[7].right, 8);
    assert_int_equal(ro_tree_child(document, 7, "nsubj"), 6);
    assert_int_equal(ro_tree_child(document, 0, "npadvmod"), 2);
    ro_document_free(document);
}

/* Where the parser took the dateline for the root, the first verb behind it is. */
static void what_hung_on_it_gets_a_root(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(
        "TUNIS/Tunis/NNP/PROPN/0/ROOT (/(/-LRB-/PUNCT/2/punct AP/AP/NNP/PROPN/0/appos "
        ")/)/-RRB-/PUNCT/2/punct -/-/:/PUNCT/0/punct Rebels/rebel/NNS/NOUN/0/appos "
        "fled/flee/VBD/VERB/0/acl");
    assert_true(ro_dateline_split(document));
    assert_int_equal(document->sentence_count, 2);
    assert_int_equal(document->tokens[6].head, 6);
    assert_string_equal(document->tokens[6].deprel, "ROOT");
    assert_int_equal(document->tokens[5].head, 6);
    assert_int_equal(document->tokens[6].left, 5);
    ro_document_free(document);
}

static void running_text_has_none(void **state)
{
    (void)state;
    static const char *const parses[] = {
        "NATO/NATO/NNP/PROPN/3/nsubj -/-/:/PUNCT/0/punct which/which/WDT/PRON/3/nsubj "
        "met/meet/VBD/VERB/3/ROOT",
        "Paris/Paris/NNP/PROPN/3/nsubj -/-/:/PUNCT/0/punct The/the/DT/DET/3/det "
        "city/city/NN/NOUN/3/ROOT",
        "The/the/DT/DET/1/det talks/talk/NNS/NOUN/3/nsubj -/-/:/PUNCT/1/punct "
        "Failed/fail/VBD/VERB/3/ROOT",
        "TUNIS/Tunis/NNP/PROPN/0/ROOT",
    };
    for (size_t i = 0; i < sizeof parses / sizeof parses[0]; i++) {
        ro_document *document = hand_parsed(parses[i]);
        assert_true(ro_dateline_split(document));
        assert_int_equal(document->dateline, RO_NONE);
        assert_int_equal(document->sentence_count, 1);
        ro_document_free(document);
    }
}

static void one_that_stands_alone_is_not_cut(void **state)
{
    (void)state;
    ro_document *document =
        hand_parsed("TUNIS/Tunis/NNP/PROPN/0/ROOT -/-/:/PUNCT/0/punct | "
                    "Rebels/rebel/NNS/NOUN/3/nsubj fled/flee/VBD/VERB/3/ROOT");
    assert_true(ro_dateline_split(document));
    assert_int_equal(document->dateline, 0);
    assert_int_equal(document->sentence_count, 2);
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dateline_is_a_sentence_of_its_own),
        cmocka_unit_test(what_hung_on_it_gets_a_root),
        cmocka_unit_test(running_text_has_none),
        cmocka_unit_test(one_that_stands_alone_is_not_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
