/* test_who.c - who.c and its passes, on documents parsed by hand with our own lexicon; memory that
 * runs out. tests/golden/who.txt has more, parsed by the model. */
#include "unit.h"

#include "failing_allocator.h"
#include "hand_parsed.h"
#include "who/who.h"

static ro_lexicon *lexicon;

static int open_lexicon(void **state)
{
    ro_who *who = NULL;
    ro_error error = {0};
    if (ro_lexicon_open("data", NULL, &lexicon, &error) != RO_STATUS_OK ||
        ro_who_open("data", lexicon, NULL, &who, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    *state = who;
    return 0;
}

static int close_lexicon(void **state)
{
    ro_who_close(*state);
    ro_lexicon_close(lexicon);
    return 0;
}

static const ro_entity *entity_of(const ro_document *document, uint32_t head)
{
    for (uint32_t i = 0; i < document->mentions.count; i++)
        if (document->mentions.items[i].head == head)
            return &document->entities.items[document->mentions.items[i].entity];
    return NULL;
}

static void add_name(ro_document *document, uint32_t first, uint32_t end, const char *label)
{
    *RO_LIST_ADD(document->arena, &document->names) = (ro_name){first, end, label};
    for (uint32_t i = first; i < end; i++)
        document->tokens[i].name = document->names.count - 1;
}

static const char aide[] =
    "An/a/DT/DET/1/det aide/aide/NN/NOUN/4/nsubj to/to/IN/ADP/1/prep "
    "Macron/Macron/NNP/PROPN/2/pobj "
    "said/say/VBD/VERB/4/ROOT the/the/DT/DET/7/det French/french/JJ/ADJ/7/amod "
    "president/president/NN/NOUN/8/nsubj called/call/VBD/VERB/4/ccomp him/he/PRP/PRON/8/dobj | "
    "The/the/DT/DET/11/det aide/aide/NN/NOUN/12/nsubj smiled/smile/VBD/VERB/12/ROOT";

static void owners_offices_and_earlier_nominals(void **state)
{
    ro_document *document = hand_parsed(aide);
    document->date = (ro_date){2023, 6, 1};
    assert_int_equal(ro_who_find(*state, document, NULL), RO_STATUS_OK);
    const ro_entity *helper = entity_of(document, 1);
    assert_non_null(helper);
    assert_string_equal(helper->name, "An aide to Macron");
    assert_string_equal(helper->actor.code, "FRAGOV");
    assert_string_equal(helper->actor.country, "FRA");
    assert_true(helper->anonymous);
    assert_ptr_equal(entity_of(document, 11), helper);
    const ro_entity *president = entity_of(document, 3);
    assert_string_equal(president->name, "Emmanuel Macron");
    assert_false(president->anonymous);
    assert_string_equal(president->actor.role, "president");
    assert_ptr_equal(entity_of(document, 7), president);
    /* the president called him: not himself */
    assert_ptr_not_equal(entity_of(document, 9), president);
    for (uint32_t i = 1; i < document->mentions.count; i++)
        assert_true(document->mentions.items[i - 1].first <= document->mentions.items[i].first);
    ro_document_free(document);
}

static void offices_go_by_the_documents_day(void **state)
{
    static const struct {
        ro_date day;
        const char *name, *code;
    } cases[] = {
        {{2016, 3, 1}, "Francois Hollande", "FRAGOV"},
        {{2023, 3, 1}, "Emmanuel Macron", "FRAGOV"},
        {{1900, 1, 1}, "The French president", "FRAGOV"},
        {{0, 0, 0}, "The French president", "FRAGOV"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = hand_parsed(
            "The/the/DT/DET/2/det French/french/JJ/ADJ/2/amod president/president/NN/NOUN/3/nsubj "
            "left/leave/VBD/VERB/3/ROOT");
        document->date = cases[i].day;
        assert_int_equal(ro_who_find(*state, document, NULL), RO_STATUS_OK);
        assert_string_equal(entity_of(document, 2)->name, cases[i].name);
        assert_string_equal(entity_of(document, 2)->actor.code, cases[i].code);
        ro_document_free(document);
    }
}

static void titles_and_appositions_code_unknown_names(void **state)
{
    ro_document *document = hand_parsed(
        "Peruvian/peruvian/JJ/ADJ/3/amod Foreign/Foreign/NNP/PROPN/2/compound "
        "Minister/Minister/NNP/PROPN/4/compound Ana/Ana/NNP/PROPN/4/compound "
        "Ruiz/Ruiz/NNP/PROPN/5/nsubj met/meet/VBD/VERB/5/ROOT Ole/Ole/NNP/PROPN/7/compound "
        "Dahl/Dahl/NNP/PROPN/5/dobj ,/,/,/PUNCT/7/punct the/the/DT/DET/11/det "
        "Danish/danish/JJ/ADJ/11/amod envoy/envoy/NN/NOUN/7/appos | "
        "Ruiz/Ruiz/NNP/PROPN/13/nsubj smiled/smile/VBD/VERB/13/ROOT");
    add_name(document, 3, 5, "PERSON");
    add_name(document, 6, 8, "PERSON");
    assert_int_equal(ro_who_find(*state, document, NULL), RO_STATUS_OK);
    const ro_entity *minister = entity_of(document, 4), *envoy = entity_of(document, 7);
    assert_string_equal(minister->name, "Ana Ruiz");
    assert_string_equal(minister->actor.code, "PERGOV");
    assert_ptr_equal(entity_of(document, 12), minister); /* which the recogniser passed over */
    assert_string_equal(envoy->actor.code, "DNKGOV");
    assert_ptr_equal(entity_of(document, 11), envoy);
    assert_null(entity_of(document, 2)); /* a title is no mention of its own */
    ro_document_free(document);
}

static void two_nationalities_are_two_actors(void **state)
{
    ro_document *document = hand_parsed(
        "Kenyan/kenyan/JJ/ADJ/3/amod and/and/CC/CCONJ/0/cc Ghanaian/ghanaian/JJ/ADJ/0/conj "
        "soldiers/soldier/NNS/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT");
    assert_int_equal(ro_who_find(*state, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->mentions.count, 2);
    assert_string_equal(document->entities.items[0].actor.code, "KENMIL");
    assert_string_equal(document->entities.items[1].actor.code, "GHAMIL");
    assert_int_equal(document->mentions.items[0].head, 3);
    assert_int_equal(document->mentions.items[1].head, 3);
    ro_document_free(document);
}

static void another_persons_surname_is_not_the_leaders(void **state)
{
    ro_document *document = hand_parsed(
        "Anna/Anna/NNP/PROPN/1/compound Scholz/Scholz/NNP/PROPN/2/nsubj bakes/bake/VBZ/VERB/2/ROOT "
        "| Scholz/Scholz/NNP/PROPN/4/nsubj sells/sell/VBZ/VERB/4/ROOT");
    add_name(document, 0, 2, "PERSON");
    add_name(document, 3, 4, "PERSON");
    document->date = (ro_date){2023, 6, 1};
    assert_int_equal(ro_who_find(*state, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->entities.count, 1);
    assert_string_equal(document->entities.items[0].name, "Anna Scholz");
    assert_string_equal(document->entities.items[0].actor.code, "");
    ro_document_free(document);
}

static void brackets_settle_a_pronoun(void **state)
{
    ro_document *document =
        hand_parsed("Biden/Biden/NNP/PROPN/1/nsubj said/say/VBD/VERB/1/ROOT he/he/PRP/PRON/6/nsubj "
                    "[/[/-LRB-/PUNCT/4/punct Modi/Modi/NNP/PROPN/2/appos ]/]/-RRB-/PUNCT/4/punct "
                    "left/leave/VBD/VERB/1/ccomp");
    document->date = (ro_date){2023, 6, 1};
    assert_int_equal(ro_who_find(*state, document, NULL), RO_STATUS_OK);
    assert_string_equal(entity_of(document, 2)->name, "Narendra Modi");
    ro_document_free(document);
}

static void an_empty_document_has_nobody(void **state)
{
    ro_document *document;
    assert_int_equal(
        ro_document_new(RO_TEXT("x"), RO_TEXT(""), (ro_date){0}, NULL, &document, NULL),
        RO_STATUS_OK);
    assert_int_equal(ro_who_find(*state, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->entities.count, 0);
    ro_document_free(document);
}

static void memory_may_run_out_at_any_request(void **state)
{
    for (size_t at = 1;; at++) {
        ro_document *document = hand_parsed(aide);
        failing_allocator counter = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_arena *arena = document->arena;
        document->arena = ro_arena_new(&allocator);
        ro_status status =
            document->arena == NULL ? RO_STATUS_OUT_OF_MEMORY : ro_who_find(*state, document, NULL);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        ro_arena_free(document->arena);
        assert_int_equal(counter.held, 0);
        document->arena = arena;
        ro_document_free(document);
        if (!counter.failed)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(owners_offices_and_earlier_nominals),
        cmocka_unit_test(offices_go_by_the_documents_day),
        cmocka_unit_test(titles_and_appositions_code_unknown_names),
        cmocka_unit_test(two_nationalities_are_two_actors),
        cmocka_unit_test(another_persons_surname_is_not_the_leaders),
        cmocka_unit_test(brackets_settle_a_pronoun),
        cmocka_unit_test(an_empty_document_has_nobody),
        cmocka_unit_test(memory_may_run_out_at_any_request),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
