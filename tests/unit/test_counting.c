/* test_counting.c - counting.c: which number an event has in a row of its kind, since when, and
 * within how long. Dates of events are test_when.c's. */
#include "unit.h"

#include "hand_parsed.h"
#include "when/when.h"

static int open_data(void **state)
{
    ro_when *when = NULL;
    ro_error error = {0};
    if (ro_when_open("data", NULL, &when, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    *state = when;
    return 0;
}

static int close_data(void **state)
{
    ro_when_close(*state);
    return 0;
}

typedef struct count_case {
    const char *parse;
    uint32_t trigger;
    int ordinal;
    const char *since, *within;
} count_case;

/* Told on 2024-05-15. */
static void count(const ro_when *when, const count_case *each)
{
    ro_document *document = hand_parsed(each->parse);
    document->date = (ro_date){2024, 5, 15};
    assert_int_equal(ro_when_find(when, document, NULL), RO_STATUS_OK);
    ro_event *event = RO_LIST_ADD(document->arena, &document->events);
    assert_non_null(event);
    *event = (ro_event){.timex = RO_NONE,
                        .place = RO_NONE,
                        .duration = "",
                        .count_since = "",
                        .count_within = "",
                        .trigger_first = each->trigger,
                        .trigger_end = each->trigger + 1,
                        .sentence = document->tokens[each->trigger].sentence};
    assert_int_equal(ro_when_anchor(when, document, NULL), RO_STATUS_OK);
    assert_int_equal(event->count_ordinal, each->ordinal);
    assert_string_equal(event->count_since, each->since);
    assert_string_equal(event->count_within, each->within);
    ro_document_free(document);
}

#define COUNT(when, cases)                                                                         \
    for (size_t at_ = 0; at_ < sizeof(cases) / sizeof(cases)[0]; at_++)                            \
    count(when, &(cases)[at_])

#define THEY "They/they/PRP/PRON/1/nsubj spoke/speak/VBD/VERB/1/ROOT "

static void ordinals_count_events(void **state)
{
    static const count_case cases[] = {
        /* "They held their third call." */
        {"They/they/PRP/PRON/1/nsubj held/hold/VBD/VERB/1/ROOT their/their/PRP$/PRON/4/poss "
         "third/third/JJ/ADJ/4/amod call/call/NN/NOUN/1/dobj",
         4, 3, "", ""},
        {"the/the/DT/DET/2/det 22nd/22nd/JJ/ADJ/2/amod visit/visit/NN/NOUN/2/ROOT", 2, 22, "", ""},
        /* "They spoke, their third call." */
        {THEY ",/,/,/PUNCT/1/punct their/their/PRP$/PRON/5/poss third/third/JJ/ADJ/5/amod "
              "call/call/NN/NOUN/1/npadvmod",
         1, 3, "", ""},
        /* "They spoke to end it, their third call." */
        {THEY "to/to/TO/PART/3/aux end/end/VB/VERB/1/advcl ,/,/,/PUNCT/1/punct "
              "their/their/PRP$/PRON/7/poss third/third/JJ/ADJ/7/amod call/call/NN/NOUN/3/dobj",
         1, 3, "", ""},
        /* "They spoke to end a third strike." */
        {THEY "to/to/TO/PART/3/aux end/end/VB/VERB/1/advcl a/a/DT/DET/6/det "
              "third/third/JJ/ADJ/6/amod strike/strike/NN/NOUN/3/dobj",
         1, 0, "", ""},
        /* "They spoke of a third strike." */
        {THEY "of/of/IN/ADP/1/prep a/a/DT/DET/5/det third/third/JJ/ADJ/5/amod "
              "strike/strike/NN/NOUN/2/pobj",
         1, 0, "", ""},
        /* "They spoke for the third time." */
        {THEY "for/for/IN/ADP/1/prep the/the/DT/DET/5/det third/third/JJ/ADJ/5/amod "
              "time/time/NN/NOUN/2/pobj",
         1, 3, "", ""},
        /* "the fourth round of talks" */
        {"the/the/DT/DET/2/det fourth/fourth/JJ/ADJ/2/amod round/round/NN/NOUN/2/ROOT "
         "of/of/IN/ADP/2/prep talks/talk/NNS/NOUN/3/pobj",
         4, 4, "", ""},
        /* "the first time that they met" */
        {"the/the/DT/DET/2/det first/first/JJ/ADJ/2/amod time/time/NN/NOUN/2/ROOT "
         "that/that/WDT/PRON/5/mark they/they/PRP/PRON/5/nsubj met/meet/VBD/VERB/2/relcl",
         5, 1, "", ""},
    };
    COUNT(*state, cases);
}

static void since_when(void **state)
{
    static const count_case cases[] = {
        /* "their third call since May 2" */
        {"their/their/PRP$/PRON/2/poss third/third/JJ/ADJ/2/amod call/call/NN/NOUN/2/ROOT "
         "since/since/IN/ADP/2/prep May/May/NNP/PROPN/3/pobj 2/2/CD/NUM/4/nummod",
         2, 3, "2024-05-02", ""},
        /* "for the third time since 2019" */
        {THEY "for/for/IN/ADP/1/prep the/the/DT/DET/5/det third/third/JJ/ADJ/5/amod "
              "time/time/NN/NOUN/2/pobj since/since/IN/ADP/5/prep 2019/2019/CD/NUM/6/pobj",
         1, 3, "2019", ""},
        /* "their third call since the war began on May 2" */
        {"their/their/PRP$/PRON/2/poss third/third/JJ/ADJ/2/amod call/call/NN/NOUN/2/ROOT "
         "since/since/IN/SCONJ/6/mark the/the/DT/DET/5/det war/war/NN/NOUN/6/nsubj "
         "began/begin/VBD/VERB/2/advcl on/on/IN/ADP/6/prep May/May/NNP/PROPN/7/pobj "
         "2/2/CD/NUM/8/nummod",
         2, 3, "2024-05-02", ""},
        /* "their third call on May 2" is not since then */
        {"their/their/PRP$/PRON/2/poss third/third/JJ/ADJ/2/amod call/call/NN/NOUN/2/ROOT "
         "on/on/IN/ADP/2/prep May/May/NNP/PROPN/3/pobj 2/2/CD/NUM/4/nummod",
         2, 3, "", ""},
    };
    COUNT(*state, cases);
}

static void within_how_long(void **state)
{
    static const count_case cases[] = {
        /* "the second visit in a month" */
        {"the/the/DT/DET/2/det second/second/JJ/ADJ/2/amod visit/visit/NN/NOUN/2/ROOT "
         "in/in/IN/ADP/2/prep a/a/DT/DET/5/det month/month/NN/NOUN/3/pobj",
         2, 2, "", "P1M"},
        /* "their third call within two weeks" */
        {"their/their/PRP$/PRON/2/poss third/third/JJ/ADJ/2/amod call/call/NN/NOUN/2/ROOT "
         "within/within/IN/ADP/2/prep two/two/CD/NUM/5/nummod weeks/week/NNS/NOUN/3/pobj",
         2, 3, "", "P2W"},
        /* "for the third time this year" */
        {THEY "for/for/IN/ADP/1/prep the/the/DT/DET/5/det third/third/JJ/ADJ/5/amod "
              "time/time/NN/NOUN/2/pobj this/this/DT/DET/7/det year/year/NN/NOUN/5/npadvmod",
         1, 3, "", "2024"},
        /* the same in a headline */
        {THEY "for/for/IN/ADP/1/prep the/the/DT/DET/5/det third/third/JJ/ADJ/5/amod "
              "time/time/NN/NOUN/2/pobj This/this/DT/DET/7/det Year/year/NN/NOUN/5/npadvmod",
         1, 3, "", "2024"},
        /* "the second visit of two hours" */
        {"the/the/DT/DET/2/det second/second/JJ/ADJ/2/amod visit/visit/NN/NOUN/2/ROOT "
         "of/of/IN/ADP/2/prep two/two/CD/NUM/5/nummod hours/hour/NNS/NOUN/3/pobj",
         2, 2, "", ""},
    };
    COUNT(*state, cases);
}

static void without_an_ordinal_nothing_is_counted(void **state)
{
    static const count_case cases[] = {
        {"their/their/PRP$/PRON/1/poss call/call/NN/NOUN/1/ROOT since/since/IN/ADP/1/prep "
         "May/May/NNP/PROPN/2/pobj 2/2/CD/NUM/3/nummod",
         1, 0, "", ""},
        /* a noun that counts nothing: "the third party" */
        {"the/the/DT/DET/2/det third/third/JJ/ADJ/2/amod party/party/NN/NOUN/3/nsubj "
         "spoke/speak/VBD/VERB/3/ROOT",
         3, 0, "", ""},
        /* an ordinal behind it: "call first" */
        {"call/call/VB/VERB/0/ROOT first/first/RB/ADV/0/advmod", 0, 0, "", ""},
    };
    COUNT(*state, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinals_count_events),
        cmocka_unit_test(since_when),
        cmocka_unit_test(within_how_long),
        cmocka_unit_test(without_an_ordinal_nothing_is_counted),
    };
    return cmocka_run_group_tests(tests, open_data, close_data);
}
