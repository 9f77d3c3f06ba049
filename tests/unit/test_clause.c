/* test_clause.c - clause.c: subjects and objects through actives, passives, control, relatives. */
#include "hand_parsed.h"

#include "doc/clause.h"

/* The men who attacked Oslo were told to leave, saying that it was burned. */
static const char men[] =
    "The/the/DT/DET/1/det men/man/NNS/NOUN/6/nsubjpass who/who/WP/PRON/3/nsubj "
    "attacked/attack/VBD/VERB/1/relcl Oslo/Oslo/NNP/PROPN/3/dobj were/be/VBD/AUX/6/auxpass "
    "told/tell/VBN/VERB/6/ROOT to/to/TO/PART/8/aux leave/leave/VB/VERB/6/xcomp ,/,/,/PUNCT/6/punct "
    "saying/say/VBG/VERB/8/advcl that/that/IN/SCONJ/14/mark it/it/PRP/PRON/14/nsubjpass "
    "was/be/VBD/AUX/14/auxpass burned/burn/VBN/VERB/10/ccomp by/by/IN/ADP/14/agent "
    "rebels/rebel/NNS/NOUN/15/pobj ././PUNCT/PUNCT/6/punct";

static void subjects_are_found_through_the_governors(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(men);
    assert_int_equal(ro_clause_subject(document, 3), 2);
    assert_int_equal(ro_clause_antecedent(document, 2), 1);
    assert_int_equal(ro_clause_antecedent(document, 1), 1);
    assert_int_equal(ro_clause_subject(document, 6), RO_NONE); /* passive, no agent */
    assert_int_equal(ro_clause_subject(document, 8), 1);       /* of "told", understood */
    assert_int_equal(ro_clause_subject(document, 10), 1);
    assert_int_equal(ro_clause_subject(document, 14), 16);     /* agent */
    ro_document_free(document);
}

static void objects_turn_round_in_the_passive(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(men);
    assert_int_equal(ro_clause_object(document, 3), 4);
    assert_int_equal(ro_clause_object(document, 6), 1);
    assert_int_equal(ro_clause_object(document, 14), 12);
    assert_int_equal(ro_clause_object(document, 8), RO_NONE);
    assert_true(ro_clause_is_passive(document, 14));
    assert_false(ro_clause_is_passive(document, 8));
    assert_true(ro_clause_is_infinitive(document, 8));
    assert_false(ro_clause_is_infinitive(document, 10));
    ro_document_free(document);
}

static void an_order_is_for_its_object(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(
        "Norway/Norway/NNP/PROPN/1/nsubj urged/urge/VBD/VERB/1/ROOT Chad/Chad/NNP/PROPN/1/dobj "
        "to/to/TO/PART/4/aux withdraw/withdraw/VB/VERB/1/xcomp and/and/CC/CCONJ/4/cc "
        "rest/rest/VB/VERB/4/conj");
    assert_int_equal(ro_clause_subject(document, 4), 2);
    assert_int_equal(ro_clause_subject(document, 6), 2);
    ro_document_free(document);
    document = hand_parsed(
        "Norway/Norway/NNP/PROPN/1/nsubj promised/promise/VBD/VERB/1/ROOT "
        "Chad/Chad/NNP/PROPN/1/dobj to/to/TO/PART/4/aux withdraw/withdraw/VB/VERB/1/xcomp");
    assert_int_equal(ro_clause_subject(document, 4), 0);
    ro_document_free(document);
}

static void a_loop_of_labels_ends(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(
        "go/go/VB/VERB/1/conj go/go/VB/VERB/2/conj go/go/VB/VERB/2/ROOT there/there/RB/ADV/2/x");
    assert_int_equal(ro_clause_subject(document, 0), RO_NONE);
    assert_int_equal(ro_clause_object(document, 0), RO_NONE);
    assert_int_equal(ro_clause_prepositional(document, 2, "with|to"), RO_NONE);
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subjects_are_found_through_the_governors),
        cmocka_unit_test(objects_turn_round_in_the_passive),
        cmocka_unit_test(an_order_is_for_its_object),
        cmocka_unit_test(a_loop_of_labels_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
