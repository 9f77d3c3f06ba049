/* test_when.c - when.c and what stands behind it: timexes of documents parsed by hand, dates of
 * events, faults in the data, and memory that runs out. */
#include "unit.h"

#include "base/date.h"
#include "data_folder.h"
#include "failing_allocator.h"
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

/* One sentence of words alone, hung on its last: enough for what asks no tree. */
static ro_document *words_of(const char *const *words, ro_date date)
{
    char parse[1024] = "";
    size_t count = 0, at = 0;
    while (words[count] != NULL)
        count++;
    for (size_t i = 0; i < count; i++)
        at += (size_t)snprintf(parse + at, sizeof parse - at, "%s%s/%s/NN/NOUN/%zu/%s",
                               i > 0 ? " " : "", words[i], words[i], count - 1,
                               i + 1 < count ? "dep" : "ROOT");
    ro_document *document = hand_parsed(parse);
    document->date = date;
    return document;
}

static void values_are_read(void **state)
{
    static const struct {
        const char *words[10];
        const char *value; /* NULL: no timex */
        ro_timex_type type;
    } cases[] = {
        {{"on", "Wednesday", "night"}, "2024-05-15TNI", RO_TIMEX_TYPE_TIME},
        {{"March", "3", ",", "2021"}, "2021-03-03", RO_TIMEX_TYPE_DATE},
        {{"the", "3rd", "of", "March", "2021"}, "2021-03-03", RO_TIMEX_TYPE_DATE},
        {{"February", "30", ",", "2021"}, "2021-02-30", RO_TIMEX_TYPE_DATE},
        {{"nineteen", "ninety-six"}, "1996", RO_TIMEX_TYPE_DATE},
        {{"the", "day", "before", "yesterday"}, "2024-05-13", RO_TIMEX_TYPE_DATE},
        {{"last", "summer"}, "2023-SU", RO_TIMEX_TYPE_DATE},
        {{"two", "hundred", "and", "five", "days"}, "P205D", RO_TIMEX_TYPE_DURATION},
        {{"2.5", "million", "years"}, "P2500000Y", RO_TIMEX_TYPE_DURATION},
        {{"an", "hour-and-a-half-long"}, "PT1H30M", RO_TIMEX_TYPE_DURATION},
        {{"half", "a", "century", "ago"}, "1974", RO_TIMEX_TYPE_DATE},
        {{"two", "decades"}, "P20Y", RO_TIMEX_TYPE_DURATION},
        {{"several", "weeks", "ago"}, "PAST_REF", RO_TIMEX_TYPE_DATE},
        {{"every", "two", "weeks"}, "P2W", RO_TIMEX_TYPE_SET},
        {{"99999999999999999999", "years"}, NULL, RO_TIMEX_TYPE_DURATION},
        {{"may", "march"}, NULL, RO_TIMEX_TYPE_DATE},
        {{"2882015"}, NULL, RO_TIMEX_TYPE_DATE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = words_of(cases[i].words, (ro_date){2024, 5, 15});
        assert_int_equal(ro_when_find(*state, document, NULL), RO_STATUS_OK);
        if (cases[i].value == NULL) {
            assert_int_equal(document->timexes.count, 0);
        } else {
            assert_int_equal(document->timexes.count, 1);
            assert_string_equal(document->timexes.items[0].value, cases[i].value);
            assert_int_equal(document->timexes.items[0].type, cases[i].type);
            assert_non_null(strstr(document->timexes.items[0].rule, "rules.tsv:"));
        }
        ro_document_free(document);
    }
}

static void without_a_date_values_stay_open(void **state)
{
    static const struct {
        const char *words[4];
        const char *value;
    } cases[] = {
        {{"Thursday"}, "XXXX-WXX-4"},
        {{"March", "3"}, "XXXX-03-03"},
        {{"yesterday"}, ""},
        {{"last", "week"}, ""},
        {{"March", "2021"}, "2021-03"},
        {{"tonight"}, "XXXX-XX-XXTNI"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = words_of(cases[i].words, RO_DATE_NONE);
        assert_int_equal(ro_when_find(*state, document, NULL), RO_STATUS_OK);
        assert_int_equal(document->timexes.count, 1);
        assert_string_equal(document->timexes.items[0].value, cases[i].value);
        ro_document_free(document);
    }
}

static ro_event *add_event(ro_document *document, uint32_t trigger)
{
    ro_event *event = RO_LIST_ADD(document->arena, &document->events);
    assert_non_null(event);
    *event = (ro_event){.timex = RO_NONE,
                        .place = RO_NONE,
                        .duration = "",
                        .count_since = "",
                        .count_within = "",
                        .trigger_first = trigger,
                        .trigger_end = trigger + 1,
                        .sentence = document->tokens[trigger].sentence};
    return event;
}

static void events_get_dates_durations_and_counts(void **state)
{
    ro_document *document = hand_parsed(
        "Ann/Ann/NNP/PROPN/1/nsubj phoned/phone/VBD/VERB/1/ROOT Bob/Bob/NNP/PROPN/1/dobj "
        "on/on/IN/ADP/1/prep Monday/Monday/NNP/PROPN/3/pobj ,/,/,/PUNCT/1/punct "
        "their/their/PRP$/PRON/8/poss third/third/JJ/ADJ/8/amod call/call/NN/NOUN/1/dobj "
        "since/since/IN/SCONJ/12/mark the/the/DT/DET/11/det war/war/NN/NOUN/12/nsubj "
        "began/begin/VBD/VERB/8/advcl on/on/IN/ADP/12/prep May/May/NNP/PROPN/13/pobj "
        "2/2/CD/NUM/14/nummod | They/they/PRP/PRON/17/nsubj spoke/speak/VBD/VERB/17/ROOT "
        "for/for/IN/ADP/17/prep two/two/CD/NUM/20/nummod hours/hour/NNS/NOUN/18/pobj");
    document->date = (ro_date){2024, 5, 15};
    assert_int_equal(ro_when_find(*state, document, NULL), RO_STATUS_OK);
    add_event(document, 1);
    add_event(document, 11);
    add_event(document, 17);
    assert_int_equal(ro_when_anchor(*state, document, NULL), RO_STATUS_OK);
    const ro_event *call = &document->events.items[0], *war = call + 1, *talk = call + 2;
    assert_int_equal(ro_date_compare(call->date, (ro_date){2024, 5, 13}), 0);
    assert_int_equal(call->granularity, RO_GRANULARITY_DAY);
    assert_int_equal(call->count_ordinal, 3);
    assert_string_equal(call->count_since, "2024-05-02");
    assert_int_equal(ro_date_compare(war->date, (ro_date){2024, 5, 2}), 0);
    assert_string_equal(talk->duration, "PT2H");
    /* told on from Monday's main clause */
    assert_int_equal(ro_date_compare(talk->date, (ro_date){2024, 5, 13}), 0);
    ro_document_free(document);
}

static void what_somebody_tells_keeps_its_own_date(void **state)
{
    ro_document *document = hand_parsed(
        "Ann/Ann/NNP/PROPN/1/nsubj said/say/VBD/VERB/1/ROOT on/on/IN/ADP/1/prep "
        "Monday/Monday/NNP/PROPN/2/pobj Bob/Bob/NNP/PROPN/5/nsubj left/leave/VBD/VERB/1/ccomp");
    document->date = (ro_date){2024, 5, 15};
    assert_int_equal(ro_when_find(*state, document, NULL), RO_STATUS_OK);
    add_event(document, 5);
    assert_int_equal(ro_when_anchor(*state, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->events.items[0].timex, RO_NONE);
    assert_true(ro_date_is_none(document->events.items[0].date));
    ro_document_free(document);
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *words, *rules, *cues, *file;
    } cases[] = {
        {"nonsense\t1\tx\n", "", "", "words.tsv"},
        {"unit\tD\n", "", "", "words.tsv"},
        {"", "NOSUCH\tDATE\tdate\t\t[x]\tx\n", "", "rules.tsv"},
        {"", "now\tDAY\tdate\t\t[x]\tx\n", "", "rules.tsv"},
        {"", "now\tDATE\tnosuch\t\t[x]\tx\n", "", "rules.tsv"},
        {"", "now\tDATE\tfixed\tX\t[now]\n", "", "rules.tsv"},
        {"", "now\tDATE\tfixed\tX\t[now]\tX\tX\n", "", "rules.tsv"},
        {"", "a? b? c? d? e? f? g?\tDATE\tdate\t\t[x]\tx\n", "", "rules.tsv"},
        {"", "a b c d e f g h i j k l m\tDATE\tdate\t\t[x]\tx\n", "", "rules.tsv"},
        {"", "a|b|c|d|e|f|g|h|i|j|k\tDATE\tdate\t\t[x]\tx\n", "", "rules.tsv"},
        {"", "", "nosuch\tx\n", "cues.tsv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        data_folder folder;
        ro_when *when = NULL;
        ro_error error = {0};
        data_folder_make(&folder);
        data_folder_add_folder(&folder, "when");
        data_folder_write(&folder, "when/words.tsv", cases[i].words);
        data_folder_write(&folder, "when/rules.tsv", cases[i].rules);
        data_folder_write(&folder, "when/cues.tsv", cases[i].cues);
        assert_int_equal(ro_when_open(folder.path, NULL, &when, &error), RO_STATUS_BAD_FORMAT);
        assert_null(when);
        assert_int_equal(error.line, 1);
        assert_non_null(strstr(error.path, cases[i].file));
        data_folder_remove(&folder);
    }
}

static void memory_may_run_out_at_any_request(void **state)
{
    (void)state;
    for (size_t at = 1;; at += 1 + at / 8) { /* every early request, then ever fewer */
        failing_allocator counter = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_when *when = NULL;
        ro_status status = ro_when_open("data", &allocator, &when, NULL);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        ro_when_close(when);
        assert_int_equal(counter.held, 0);
        if (!counter.failed)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(without_a_date_values_stay_open),
        cmocka_unit_test(events_get_dates_durations_and_counts),
        cmocka_unit_test(what_somebody_tells_keeps_its_own_date),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(memory_may_run_out_at_any_request),
    };
    return cmocka_run_group_tests(tests, open_data, close_data);
}
