/* test_says.c - says.c over parses written by hand, with the cues of data/. */
#include "hand_parsed.h"

#include "failing_allocator.h"
#include "says/says.h"

static ro_says *open_says(void)
{
    ro_says *says = NULL;
    ro_error error = {0};
    if (ro_says_open(&(ro_says_options){.data_folder = "data"}, &says, &error) != RO_STATUS_OK)
        fail_msg("%s:%llu: %s", error.path, (unsigned long long)error.line, error.message);
    return says;
}

static ro_document *read(const char *parse)
{
    ro_says *says = open_says();
    ro_document *document = hand_parsed(parse);
    assert_int_equal(ro_says_find(says, document, NULL), RO_STATUS_OK);
    ro_says_close(says);
    return document;
}

static void check(const ro_document *document, uint32_t index, const char *source, const char *cue,
                  const char *content)
{
    assert_true(index < document->attributions.count);
    const ro_attribution *found = &document->attributions.items[index];
    assert_string_equal(hand_spans(document, &found->source), source);
    assert_string_equal(hand_spans(document, &found->cue), cue);
    assert_string_equal(hand_spans(document, &found->content), content);
}

static void a_clause_behind_its_cue(void **state)
{
    (void)state;
    ro_document *document =
        read("The/the/DT/DET/1/det mayor/mayor/NN/NOUN/4/nsubj had/have/VBD/AUX/4/aux "
             "not/not/RB/PART/4/neg said/say/VBN/VERB/4/ROOT that/that/IN/SCONJ/7/mark "
             "it/it/PRP/PRON/7/nsubj rained/rain/VBD/VERB/4/ccomp ./././PUNCT/4/punct");
    assert_int_equal(document->attributions.count, 1);
    check(document, 0, "The mayor", "had not said", "that it rained");
    const ro_attribution *found = &document->attributions.items[0];
    assert_true(found->negated);
    assert_int_equal(found->stance, RO_STANCE_ASSERT);
    assert_int_equal(found->style, RO_STYLE_INDIRECT);
    assert_int_equal(found->source_kind, RO_SOURCE_KIND_ROLE);
    assert_int_equal(found->in, RO_NONE);
    ro_document_free(document);
}

static void a_claim_told_inside_a_claim(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(
        "Rome/Rome/NNP/PROPN/1/nsubj said/say/VBD/VERB/1/ROOT Smith/Smith/NNP/PROPN/3/nsubj "
        "told/tell/VBD/VERB/1/ccomp Brown/Brown/NNP/PROPN/3/dobj that/that/IN/SCONJ/7/mark "
        "it/it/PRP/PRON/7/nsubj rained/rain/VBD/VERB/3/ccomp ./././PUNCT/1/punct");
    hand_entity(document, "Rome", RO_ENTITY_KIND_COUNTRY, "ITA", 0, 1, 0);
    hand_entity(document, "Smith", RO_ENTITY_KIND_PERSON, "GBRGOV", 2, 3, 2);
    uint32_t brown = hand_entity(document, "Brown", RO_ENTITY_KIND_PERSON, "", 4, 5, 4);
    ro_says *says = open_says();
    assert_int_equal(ro_says_find(says, document, NULL), RO_STATUS_OK);
    ro_says_close(says);
    assert_int_equal(document->attributions.count, 2);
    check(document, 0, "Rome", "said", "Smith told Brown that it rained");
    check(document, 1, "Smith", "told", "that it rained");
    assert_int_equal(document->attributions.items[0].source_kind, RO_SOURCE_KIND_INSTITUTION);
    assert_int_equal(document->attributions.items[1].source_kind, RO_SOURCE_KIND_NAMED);
    assert_int_equal(document->attributions.items[1].addressee, brown);
    assert_int_equal(document->attributions.items[1].in, 0);
    assert_int_equal(document->attributions.items[0].in, RO_NONE);
    ro_document_free(document);
}

/* The tree hangs only the last clause under the cue; the marks give the whole. Behind the cue the
 * quotation goes on as a sentence of its own. */
static const char quoted[] =
    "\u201C/\u201C/``/PUNCT/2/punct It/it/PRP/PRON/2/nsubj rains/rain/VBZ/VERB/2/ROOT "
    "./././PUNCT/2/punct | It/it/PRP/PRON/5/nsubj snows/snow/VBZ/VERB/10/ccomp "
    ",/,/,/PUNCT/10/punct "
    "\u201D/\u201D/''/PUNCT/10/punct the/the/DT/DET/9/det mayor/mayor/NN/NOUN/10/nsubj "
    "said/say/VBD/VERB/10/ROOT ./././PUNCT/10/punct | \u201C/\u201C/``/PUNCT/14/punct "
    "It/it/PRP/PRON/14/nsubj hails/hail/VBZ/VERB/14/ROOT ./././PUNCT/14/punct "
    "\u201D/\u201D/''/PUNCT/14/punct";

static void a_quotation_is_whole_and_goes_on(void **state)
{
    (void)state;
    ro_document *document = read(quoted);
    assert_int_equal(document->attributions.count, 1);
    check(document, 0, "the mayor", "said",
          "\u201CIt rains. It snows,\u201D + \u201CIt hails.\u201D");
    assert_int_equal(document->attributions.items[0].style, RO_STYLE_DIRECT);
    ro_document_free(document);
}

static void according_to_takes_the_clause_around_it(void **state)
{
    (void)state;
    ro_document *document =
        read("It/it/PRP/PRON/1/nsubj rained/rain/VBD/VERB/1/ROOT ,/,/,/PUNCT/1/punct "
             "according/accord/VBG/VERB/1/prep to/to/IN/ADP/3/prep the/the/DT/DET/6/det "
             "report/report/NN/NOUN/4/pobj ./././PUNCT/1/punct");
    assert_int_equal(document->attributions.count, 1);
    check(document, 0, "the report", "according to", "It rained");
    assert_int_equal(document->attributions.items[0].source_kind, RO_SOURCE_KIND_DOCUMENT);
    ro_document_free(document);
}

static void what_says_nothing_gives_nothing(void **state)
{
    (void)state;
    ro_document *document =
        read("The/the/DT/DET/1/det harvest/harvest/NN/NOUN/2/nsubj was/be/VBD/AUX/2/ROOT "
             "good/good/JJ/ADJ/2/acomp ./././PUNCT/2/punct");
    assert_int_equal(document->attributions.count, 0);
    ro_document_free(document);
    document = hand_parsed("x/x/X/X/0/ROOT");
    document->token_count = document->sentence_count = 0;
    ro_says *says = open_says();
    assert_int_equal(ro_says_find(says, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->attributions.count, 0);
    ro_says_close(says);
    ro_document_free(document);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    ro_status status = RO_STATUS_OUT_OF_MEMORY;
    for (size_t fail_at = 1; status == RO_STATUS_OUT_OF_MEMORY; fail_at += fail_at < 64 ? 1 : 97) {
        failing_allocator failing = {.fail_at = fail_at};
        ro_allocator allocator = failing_allocator_of(&failing);
        ro_says *says = NULL;
        status = ro_says_open(&(ro_says_options){.data_folder = "data", .allocator = &allocator},
                              &says, NULL);
        ro_says_close(says);
        assert_int_equal(failing.held, 0);
        assert_int_equal(status == RO_STATUS_OUT_OF_MEMORY, failing.failed);
    }
    assert_int_equal(status, RO_STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clause_behind_its_cue),
        cmocka_unit_test(a_claim_told_inside_a_claim),
        cmocka_unit_test(a_quotation_is_whole_and_goes_on),
        cmocka_unit_test(according_to_takes_the_clause_around_it),
        cmocka_unit_test(what_says_nothing_gives_nothing),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
