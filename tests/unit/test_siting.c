/* test_siting.c - siting.c: where events happened, by their clause, their sentence or the dateline,
 * and how the event says so. Places are put into documents parsed by hand. */
#include "where_stage.h"

#include "doc/dateline.h"

#include "where/siting.h"

static void add_place(ro_document *document, uint32_t first, uint32_t end, ro_place_kind kind)
{
    ro_place *place = RO_LIST_ADD(document->arena, &document->places);
    assert_non_null(place);
    *place = (ro_place){.first = first,
                        .end = end,
                        .name = "",
                        .kind = kind,
                        .country = "",
                        .within = "",
                        .near = "",
                        .fact = ""};
}

static void add_event(ro_document *document, const char *type, uint32_t trigger)
{
    ro_event *event = RO_LIST_ADD(document->arena, &document->events);
    assert_non_null(event);
    *event = (ro_event){.event_type = type,
                        .mode = strcmp(type, "COERCE") == 0 ? "seize" : "",
                        .trigger_first = trigger,
                        .trigger_end = trigger + 1,
                        .sentence = document->tokens[trigger].sentence,
                        .timex = RO_NONE,
                        .place = RO_NONE};
}

enum { MOST = 4 };

typedef struct site_case {
    const char *parse;
    struct {
        uint32_t first, end;
        bool is_demonym;
    } places[MOST];
    struct {
        uint32_t trigger, place;
        ro_place_from from;
    } events[MOST]; /* up to a trigger of 0 behind the first */
} site_case;

static void site(where_stage *stage, const char *type, const site_case *each)
{
    stage->document = hand_parsed(each->parse);
    assert_true(ro_dateline_split(stage->document));
    for (size_t i = 0; i < MOST && each->places[i].end > 0; i++)
        add_place(stage->document, each->places[i].first, each->places[i].end,
                  each->places[i].is_demonym ? RO_PLACE_KIND_DEMONYM : RO_PLACE_KIND_CITY);
    for (size_t i = 0; i < MOST && (i == 0 || each->events[i].trigger > 0); i++)
        add_event(stage->document, type, each->events[i].trigger);
    assert_int_equal(ro_siting_anchor(&stage->atlas, stage->document), RO_STATUS_OK);
    for (uint32_t i = 0; i < stage->document->events.count; i++) {
        assert_int_equal(stage->document->events.items[i].place, each->events[i].place);
        assert_int_equal(stage->document->events.items[i].place_from, each->events[i].from);
    }
    where_done(stage);
}

#define SITE(stage, type, cases)                                                                   \
    for (size_t at_ = 0; at_ < sizeof(cases) / sizeof(cases)[0]; at_++)                            \
    site(stage, type, &(cases)[at_])

static void the_clause_comes_first(void **state)
{
    static const site_case cases[] = {
        {"Envoys/envoy/NNS/NOUN/1/nsubj met/meet/VBD/VERB/1/ROOT in/in/IN/ADP/1/prep "
         "Paris/Paris/NNP/PROPN/2/pobj",
         {{3, 4, false}},
         {{1, 0, RO_PLACE_FROM_CLAUSE}}},
        /* of a list the first, of several the nearest */
        {"Envoys/envoy/NNS/NOUN/1/nsubj met/meet/VBD/VERB/1/ROOT in/in/IN/ADP/1/prep "
         "Paris/Paris/NNP/PROPN/2/pobj and/and/CC/CCONJ/3/cc London/London/NNP/PROPN/3/conj",
         {{3, 4, false}, {5, 6, false}},
         {{1, 0, RO_PLACE_FROM_CLAUSE}}},
        {"In/in/IN/ADP/3/prep Paris/Paris/NNP/PROPN/0/pobj envoys/envoy/NNS/NOUN/3/nsubj "
         "met/meet/VBD/VERB/3/ROOT near/near/IN/ADP/3/prep London/London/NNP/PROPN/4/pobj",
         {{1, 2, false}, {5, 6, false}},
         {{3, 1, RO_PLACE_FROM_CLAUSE}}},
        /* a noun takes that of the clause it is an argument of */
        {"They/they/PRP/PRON/1/nsubj held/hold/VBD/VERB/1/ROOT talks/talk/NNS/NOUN/1/dobj "
         "in/in/IN/ADP/1/prep Paris/Paris/NNP/PROPN/3/pobj",
         {{4, 5, false}},
         {{2, 0, RO_PLACE_FROM_CLAUSE}}},
        /* each its own */
        {"Rebels/rebel/NNS/NOUN/1/nsubj met/meet/VBD/VERB/1/ROOT in/in/IN/ADP/1/prep "
         "Paris/Paris/NNP/PROPN/2/pobj and/and/CC/CCONJ/1/cc fought/fight/VBD/VERB/1/conj "
         "in/in/IN/ADP/5/prep London/London/NNP/PROPN/6/pobj",
         {{3, 4, false}, {7, 8, false}},
         {{1, 0, RO_PLACE_FROM_CLAUSE}, {5, 1, RO_PLACE_FROM_CLAUSE}}},
    };
    SITE(*state, "CONSULT", cases);
}

/* "shelled Paris": there, if the type of the event says so. */
static void what_is_attacked_is_a_site(void **state)
{
    static const char shelled[] =
        "Rebels/rebel/NNS/NOUN/1/nsubj shelled/shell/VBD/VERB/1/ROOT old/old/JJ/ADJ/3/amod "
        "Paris/Paris/NNP/PROPN/1/dobj from/from/IN/ADP/1/prep London/London/NNP/PROPN/4/pobj "
        "near/near/IN/ADP/1/prep Dallas/Dallas/NNP/PROPN/6/pobj";
    static const site_case cases[] = {
        {shelled, {{3, 4, false}, {5, 6, false}, {7, 8, false}}, {{1, 0, RO_PLACE_FROM_CLAUSE}}},
        {"Paris/Paris/NNP/PROPN/2/nsubjpass was/be/VBD/AUX/2/auxpass shelled/shell/VBN/VERB/2/ROOT",
         {{0, 1, false}},
         {{2, 0, RO_PLACE_FROM_CLAUSE}}},
        /* who attacks is not where */
        {"Paris/Paris/NNP/PROPN/1/nsubj attacked/attack/VBD/VERB/1/ROOT "
         "rebels/rebel/NNS/NOUN/1/dobj",
         {{0, 1, false}},
         {{1, RO_NONE, RO_PLACE_FROM_NONE}}},
    };
    static const site_case others[] = {
        {shelled, {{3, 4, false}, {5, 6, false}, {7, 8, false}}, {{1, 2, RO_PLACE_FROM_CLAUSE}}},
    };
    SITE(*state, "ASSAULT", cases);
    SITE(*state, "COERCE", cases); /* whose mode is "seize" */
    SITE(*state, "CONSULT", others);
}

static void then_the_sentence(void **state)
{
    static const site_case cases[] = {
        {"Envoys/envoy/NNS/NOUN/1/nsubj met/meet/VBD/VERB/1/ROOT in/in/IN/ADP/1/prep "
         "Paris/Paris/NNP/PROPN/2/pobj ,/,/,/PUNCT/1/punct aides/aide/NNS/NOUN/6/nsubj "
         "said/say/VBD/VERB/1/parataxis",
         {{3, 4, false}},
         {{1, 0, RO_PLACE_FROM_CLAUSE}, {6, 0, RO_PLACE_FROM_SENTENCE}}},
        /* not the next one's */
        {"Aides/aide/NNS/NOUN/1/nsubj met/meet/VBD/VERB/1/ROOT | "
         "Rain/rain/NN/NOUN/3/nsubj fell/fall/VBD/VERB/3/ROOT in/in/IN/ADP/3/prep "
         "Paris/Paris/NNP/PROPN/4/pobj",
         {{5, 6, false}},
         {{1, RO_NONE, RO_PLACE_FROM_NONE}}},
    };
    SITE(*state, "CONSULT", cases);
}

static void who_acts_is_no_site(void **state)
{
    static const site_case cases[] = {
        /* "Paris called London" */
        {"Paris/Paris/NNP/PROPN/1/nsubj called/call/VBD/VERB/1/ROOT London/London/NNP/PROPN/1/dobj",
         {{0, 1, false}, {2, 3, false}},
         {{1, RO_NONE, RO_PLACE_FROM_NONE}}},
        /* "talks with Paris" */
        {"Talks/talk/NNS/NOUN/0/ROOT with/with/IN/ADP/0/prep Paris/Paris/NNP/PROPN/1/pobj",
         {{2, 3, false}},
         {{0, RO_NONE, RO_PLACE_FROM_NONE}}},
        /* "in French hands" */
        {"It/it/PRP/PRON/1/nsubj fell/fall/VBD/VERB/1/ROOT in/in/IN/ADP/1/prep "
         "French/french/JJ/ADJ/4/amod hands/hand/NNS/NOUN/2/pobj",
         {{3, 4, true}},
         {{1, RO_NONE, RO_PLACE_FROM_NONE}}},
    };
    SITE(*state, "CONSULT", cases);
}

static const char dateline[] =
    "TUNIS/Tunis/NNP/PROPN/7/dep ,/,/,/PUNCT/0/punct March/March/NNP/PROPN/0/appos "
    "3/3/CD/NUM/2/nummod Reuters/Reuters/NNP/PROPN/0/appos -/-/:/PUNCT/0/punct "
    "Envoys/envoy/NNS/NOUN/7/nsubj met/meet/VBD/VERB/7/ROOT | "
    "They/they/PRP/PRON/9/nsubj spoke/speak/VBD/VERB/9/ROOT in/in/IN/ADP/9/prep "
    "Paris/Paris/NNP/PROPN/10/pobj | It/it/PRP/PRON/13/nsubj ended/end/VBD/VERB/13/ROOT";

static void last_the_dateline(void **state)
{
    const site_case cases[] = {
        {dateline,
         {{0, 1, false}, {11, 12, false}},
         {{7, 0, RO_PLACE_FROM_DATELINE},
          {9, 1, RO_PLACE_FROM_CLAUSE},
          {13, 0, RO_PLACE_FROM_DATELINE}}},
        /* behind a title, with a dash of its own kind */
        {"Talks/talk/NNS/NOUN/1/nsubj end/end/VBP/VERB/1/ROOT ^ TUNIS/Tunis/NNP/PROPN/5/dep "
         "\u2014/\u2014/:/PUNCT/2/punct Envoys/envoy/NNS/NOUN/5/nsubj met/meet/VBD/VERB/5/ROOT",
         {{2, 3, false}},
         {{1, 0, RO_PLACE_FROM_DATELINE}, {5, 0, RO_PLACE_FROM_DATELINE}}},
    };
    SITE(*state, "CONSULT", cases);
}

static void running_text_is_no_dateline(void **state)
{
    static const site_case cases[] = {
        /* small letters before the dash */
        {"Tunis/Tunis/NNP/PROPN/1/nsubj waited/wait/VBD/VERB/1/ROOT -/-/:/PUNCT/1/punct "
         "envoys/envoy/NNS/NOUN/4/nsubj met/meet/VBD/VERB/1/parataxis",
         {{0, 1, false}},
         {{4, RO_NONE, RO_PLACE_FROM_NONE}}},
        /* no dash */
        {"Tunis/Tunis/NNP/PROPN/2/dep ,/,/,/PUNCT/0/punct Envoys/envoy/NNS/NOUN/3/nsubj "
         "met/meet/VBD/VERB/3/ROOT",
         {{0, 1, false}},
         {{3, RO_NONE, RO_PLACE_FROM_NONE}}},
        /* not at the beginning of a sentence */
        {"In/in/IN/ADP/4/prep Tunis/Tunis/NNP/PROPN/4/nsubj -/-/:/PUNCT/4/punct "
         "Envoys/envoy/NNS/NOUN/4/nsubj met/meet/VBD/VERB/4/ROOT | "
         "It/it/PRP/PRON/6/nsubj ended/end/VBD/VERB/6/ROOT",
         {{1, 2, false}},
         {{6, RO_NONE, RO_PLACE_FROM_NONE}}},
        /* a nationality word */
        {"FRENCH/french/JJ/ADJ/3/dep -/-/:/PUNCT/0/punct Envoys/envoy/NNS/NOUN/3/nsubj "
         "met/meet/VBD/VERB/3/ROOT",
         {{0, 1, true}},
         {{3, RO_NONE, RO_PLACE_FROM_NONE}}},
        /* further on in the text */
        {"It/it/PRP/PRON/1/nsubj was/be/VBD/VERB/1/ROOT | It/it/PRP/PRON/3/nsubj "
         "was/be/VBD/VERB/3/ROOT | It/it/PRP/PRON/5/nsubj was/be/VBD/VERB/5/ROOT | "
         "It/it/PRP/PRON/7/nsubj was/be/VBD/VERB/7/ROOT ^ TUNIS/Tunis/NNP/PROPN/11/dep "
         "-/-/:/PUNCT/8/punct Envoys/envoy/NNS/NOUN/11/nsubj met/meet/VBD/VERB/11/ROOT",
         {{8, 9, false}},
         {{11, RO_NONE, RO_PLACE_FROM_NONE}}},
    };
    SITE(*state, "CONSULT", cases);
}

static void without_events_nothing_happens(void **state)
{
    where_stage *stage = *state;
    stage->document = hand_parsed("in/in/IN/ADP/0/ROOT Paris/Paris/NNP/PROPN/0/pobj");
    add_place(stage->document, 1, 2, RO_PLACE_KIND_CITY);
    assert_int_equal(ro_siting_anchor(&stage->atlas, stage->document), RO_STATUS_OK);
    assert_int_equal(stage->document->events.count, 0);
    where_done(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clause_comes_first),
        cmocka_unit_test(what_is_attacked_is_a_site),
        cmocka_unit_test(then_the_sentence),
        cmocka_unit_test(who_acts_is_no_site),
        cmocka_unit_test(last_the_dateline),
        cmocka_unit_test(running_text_is_no_dateline),
        cmocka_unit_test(without_events_nothing_happens),
    };
    return cmocka_run_group_tests(tests, where_open, where_close);
}
