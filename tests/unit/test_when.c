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

/* Sentences of words alone, parted by "|", each hung on its last word; "word/TAG" has a tag. */
static ro_document *sentences_of(const char *text)
{
    char parse[2048] = "";
    size_t at = 0;
    unsigned index = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, "|");
        unsigned words = 0;
        for (size_t i = 0; i < length; i++)
            words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
        unsigned last = index + words - 1;
        for (size_t i = 0; i < length; i += 1) {
            int word = (int)strcspn(text + i, " |/"), whole = (int)strcspn(text + i, " |");
            if (whole == 0)
                continue;
            const char *tag = whole > word ? text + i + word + 1 : "NN";
            at += (size_t)snprintf(parse + at, sizeof parse - at, "%.*s/%.*s/%.*s/%s/%u/%s ", word,
                                   text + i, word, text + i, whole > word ? whole - word - 1 : 2,
                                   tag, strncmp(tag, "VB", 2) == 0 ? "VERB" : "NOUN", last,
                                   index < last ? "dep" : "ROOT");
            index++;
            i += (size_t)whole;
        }
        text += length;
        if (*text == '|') {
            text++;
            at += (size_t)snprintf(parse + at, sizeof parse - at, "| ");
        }
        assert_true(at < sizeof parse);
    }
    ro_document *document = hand_parsed(parse);
    document->date = (ro_date){2024, 5, 15};
    return document;
}

/* The values of its timexes, with their flags: "2023-02-30 impossible, P2D"; static. */
static const char *values_of(const ro_when *when, ro_document *document)
{
    static char text[256];
    size_t at = 0;
    text[0] = '\0';
    assert_int_equal(ro_when_find(when, document, NULL), RO_STATUS_OK);
    for (uint32_t i = 0; i < document->timexes.count; i++) {
        const ro_timex *timex = &document->timexes.items[i];
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s%s%s", i > 0 ? ", " : "",
                               timex->value, timex->flag != RO_TIME_FLAG_NONE ? " " : "",
                               ro_time_flag_name(timex->flag));
    }
    return text;
}

static void read_values(const ro_when *when, const char *const (*cases)[2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ro_document *document = sentences_of(cases[i][0]);
        const char *values = values_of(when, document);
        if (strcmp(values, cases[i][1]) != 0)
            fail_msg("%s: %s, not %s", cases[i][0], values, cases[i][1]);
        ro_document_free(document);
    }
}

#define READ_VALUES(when, cases) read_values(when, cases, sizeof(cases) / sizeof(cases)[0])

static void what_was_told_before_counts(void **state)
{
    static const char *const cases[][2] = {
        {"signed March 3 and left the next day", "2024-03-03, 2024-03-04"},
        {"signed March 3 | envoys left the next day", "2024-03-03, 2024-03-04"},
        /* one sentence on, no further: then it is the day of publication */
        {"signed March 3 | rain fell | envoys left the next day", "2024-03-03, 2024-05-16"},
        {"signed March 3 and left two days later", "2024-03-03, 2024-03-05"},
        {"signed March 3 and left two days earlier", "2024-03-03, 2024-03-01"},
        {"signed March 3 and broken that night", "2024-03-03, 2024-03-03TNI"},
        {"elected in June 2019 and killed that year", "2019-06, 2019"},
        /* days count from a day, not from a month */
        {"told in March 2021 and left the next day", "2021-03, 2024-05-16"},
        {"signed March 13 and lost the previous Monday", "2024-03-13, 2024-03-11"},
        {"signed March 13 at 10:30", "2024-03-13, 2024-03-13T10:30"},
    };
    READ_VALUES(*state, cases);
}

static void quarters_go_on(void **state)
{
    static const char *const cases[][2] = {
        {"grew in the third quarter of 2023 from a year earlier", "2023-Q3, 2022-Q3"},
        {"grew in the third quarter of 2023 | losses fell from a year earlier", "2023-Q3, 2022-Q3"},
        {"grew in the first quarter of 2022 | costs fell in the quarter", "2022-Q1, 2022-Q1"},
        /* two of them count from the same quarter */
        {"grew in the third quarter of 2023 from a year earlier | costs fell from a year earlier",
         "2023-Q3, 2022-Q3, 2022-Q3"},
        {"costs fell in the quarter", "2024-Q1"},
        {"two years earlier", "2022"},
        {"a year earlier", "2023"},
    };
    READ_VALUES(*state, cases);
}

static void ranges_have_both_ends(void **state)
{
    static const char *const cases[][2] = {
        {"held March 3 to 5", "2024-03-03/2024-03-05"},
        {"held March 3-5 , 2021", "2021-03-03/2021-03-05"},
        {"toured 12-14 April", "2024-04-12/2024-04-14"},
        {"the 1914-1918 war", "1914/1918"},
        {"the 1939-45 war", "1939/1945"},
        {"in 2022-03", "2022-03"},
        /* backwards it is none */
        {"the 1918-1914 war", ""},
    };
    READ_VALUES(*state, cases);
}

static void durations_add_up(void **state)
{
    static const char *const cases[][2] = {
        {"took two hours and 40 minutes", "PT2H40M"},
        {"took an hour and 20 minutes", "PT1H20M"},
        {"took three hours , 20 minutes", "PT3H20M"},
        {"took two years and a half", "P2Y6M"},
        {"took two-and-a-half years", "P2Y6M"},
        {"took five to seven years", "P5Y"},
        {"took more than 50 days", "P50D"},
        {"lost the past two months", "P2M"},
        {"weeks or months", "PXW"},
    };
    READ_VALUES(*state, cases);
}

static void odd_dates_are_kept_and_flagged(void **state)
{
    static const char *const cases[][2] = {
        {"on February 30 , 2023", "2023-02-30 impossible"},
        {"on April 31", "XXXX-04-31 impossible"},
        {"on 31.2.2022", "2022-02-31 impossible"},
        {"on 2021-02-29", "2021-02-29 impossible"},
        {"on February 29 , 2024", "2024-02-29"},
        {"on March 3 , 1812", "1812-03-03 early"},
        {"in 1899", "1899 early"},
        {"in 1900", "1900"},
        {"the 1890s", "189 early"},
        {"on March 4 , 1204 ,/,", "1204-03-04 early"},
    };
    READ_VALUES(*state, cases);
    ro_document *document = sentences_of("on February 30 , 2023");
    values_of(*state, document);
    assert_true(ro_date_is_none(document->timexes.items[0].date));
    ro_document_free(document);
}

/* The parser took the full stop of "Aug." for the sentence's end. */
static void a_month_may_end_its_sentence_wrongly(void **state)
{
    static const struct {
        const char *text, *value;
        uint32_t end;
    } cases[] = {
        {"landed on Aug. | 5 in Lima", "2024-08-05", 4},
        {"landed on Sept. | 5 , 2021 in Lima", "2021-09-05", 6},
        {"landed in Aug. | Five planes flew", "2024-08", 3},
        /* what is written out does not end in a full stop of its own */
        {"landed in August | 5 planes flew", "2024-08", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = sentences_of(cases[i].text);
        const char *values = values_of(*state, document);
        if (strcmp(values, cases[i].value) != 0 || document->timexes.items[0].end != cases[i].end)
            fail_msg("%s: %s, up to %u", cases[i].text, values, document->timexes.items[0].end);
        ro_document_free(document);
    }
}

static void months_may_be_names_of_persons(void **state)
{
    ro_document *document = hand_parsed(
        "Jan/Jan/NNP/PROPN/1/compound Kowal/Kowal/NNP/PROPN/2/nsubj met/meet/VBD/VERB/2/ROOT "
        "April/April/NNP/PROPN/2/dobj Marsh/Marsh/NNP/PROPN/3/flat in/in/IN/ADP/2/prep "
        "June/June/NNP/PROPN/5/pobj");
    *RO_LIST_ADD(document->arena, &document->names) = (ro_name){3, 5, "PERSON"};
    document->tokens[3].name = document->tokens[4].name = 0;
    document->date = (ro_date){2024, 5, 15};
    assert_string_equal(values_of(*state, document), "2023-06");
    assert_int_equal(document->timexes.items[0].first, 6);
    ro_document_free(document);
}

/* What looks like a time and is none, hides nothing that is one. */
static void what_is_no_time_is_passed_over(void **state)
{
    static const char *const cases[][2] = {
        {"a 44-year-old teacher left on Friday", "2024-05-10"},
        {"fired a second rocket", ""},
        {"soon after the quake", ""},
        {"more than a quarter of the workforce", ""},
        {"as soon as the truce holds", ""},
    };
    READ_VALUES(*state, cases);
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

/* "between March 3 and March 5": both ends, as the event's own. */
static void events_go_on_to_the_end_of_a_range(void **state)
{
    static const struct {
        const char *parse, *first, *last;
    } cases[] = {
        {"They/they/PRP/PRON/1/nsubj met/meet/VBD/VERB/1/ROOT between/between/IN/ADP/1/prep "
         "March/March/NNP/PROPN/2/pobj 3/3/CD/NUM/3/nummod and/and/CC/CCONJ/3/cc "
         "March/March/NNP/PROPN/3/conj 5/5/CD/NUM/6/nummod",
         "2024-03-03", "2024-03-05"},
        {"They/they/PRP/PRON/1/nsubj met/meet/VBD/VERB/1/ROOT from/from/IN/ADP/1/prep "
         "March/March/NNP/PROPN/2/pobj until/until/IN/ADP/1/prep April/April/NNP/PROPN/4/pobj",
         "2024-03-01", "2024-04-30"},
        {"They/they/PRP/PRON/1/nsubj met/meet/VBD/VERB/1/ROOT March/March/NNP/PROPN/1/npadvmod "
         "3/3/CD/NUM/2/nummod to/to/IN/ADP/3/prep 5/5/CD/NUM/4/pobj",
         "2024-03-03", "2024-03-05"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = hand_parsed(cases[i].parse);
        char first[11], last[11];
        document->date = (ro_date){2024, 5, 15};
        assert_int_equal(ro_when_find(*state, document, NULL), RO_STATUS_OK);
        const ro_event *event = add_event(document, 1);
        assert_int_equal(ro_when_anchor(*state, document, NULL), RO_STATUS_OK);
        ro_date_format(event->date, first);
        ro_date_format(event->date_end, last);
        assert_string_equal(first, cases[i].first);
        assert_string_equal(last, cases[i].last);
        ro_document_free(document);
    }
}

/* "Told with a participle, what came with it happened that day." */
static void participles_share_the_day_of_their_clause(void **state)
{
    ro_document *document = hand_parsed(
        "Rebels/rebel/NNS/NOUN/1/nsubj struck/strike/VBD/VERB/1/ROOT on/on/IN/ADP/1/prep "
        "Monday/Monday/NNP/PROPN/2/pobj ,/,/,/PUNCT/1/punct killing/kill/VBG/VERB/1/advcl "
        "nine/nine/CD/NUM/5/dobj");
    document->date = (ro_date){2024, 5, 15};
    assert_int_equal(ro_when_find(*state, document, NULL), RO_STATUS_OK);
    add_event(document, 1);
    add_event(document, 5);
    assert_int_equal(ro_when_anchor(*state, document, NULL), RO_STATUS_OK);
    for (uint32_t i = 0; i < 2; i++)
        assert_int_equal(ro_date_compare(document->events.items[i].date, (ro_date){2024, 5, 13}),
                         0);
    ro_document_free(document);
}

/* A day goes on in the next sentence, a weekend does not. */
static void only_days_go_on(void **state)
{
    static const struct {
        const char *parse;
        uint32_t told, next;
        bool goes_on;
    } cases[] = {
        {"They/they/PRP/PRON/1/nsubj met/meet/VBD/VERB/1/ROOT on/on/IN/ADP/1/prep "
         "Monday/Monday/NNP/PROPN/2/pobj | They/they/PRP/PRON/5/nsubj spoke/speak/VBD/VERB/5/ROOT",
         1, 5, true},
        {"They/they/PRP/PRON/1/nsubj met/meet/VBD/VERB/1/ROOT last/last/JJ/ADJ/3/amod "
         "weekend/weekend/NN/NOUN/1/npadvmod | They/they/PRP/PRON/5/nsubj "
         "spoke/speak/VBD/VERB/5/ROOT",
         1, 5, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = hand_parsed(cases[i].parse);
        document->date = (ro_date){2024, 5, 15};
        assert_int_equal(ro_when_find(*state, document, NULL), RO_STATUS_OK);
        add_event(document, cases[i].told);
        add_event(document, cases[i].next);
        for (uint32_t at = 0; at < 2; at++)
            document->events.items[at].status = RO_EVENT_STATUS_ACTUAL;
        assert_int_equal(ro_when_anchor(*state, document, NULL), RO_STATUS_OK);
        assert_int_equal(document->events.items[0].timex, 0);
        assert_int_equal(document->events.items[1].timex, cases[i].goes_on ? 0 : RO_NONE);
        ro_document_free(document);
    }
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
        cmocka_unit_test(what_was_told_before_counts),
        cmocka_unit_test(quarters_go_on),
        cmocka_unit_test(ranges_have_both_ends),
        cmocka_unit_test(durations_add_up),
        cmocka_unit_test(odd_dates_are_kept_and_flagged),
        cmocka_unit_test(a_month_may_end_its_sentence_wrongly),
        cmocka_unit_test(months_may_be_names_of_persons),
        cmocka_unit_test(what_is_no_time_is_passed_over),
        cmocka_unit_test(without_a_date_values_stay_open),
        cmocka_unit_test(events_get_dates_durations_and_counts),
        cmocka_unit_test(events_go_on_to_the_end_of_a_range),
        cmocka_unit_test(participles_share_the_day_of_their_clause),
        cmocka_unit_test(only_days_go_on),
        cmocka_unit_test(what_somebody_tells_keeps_its_own_date),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(memory_may_run_out_at_any_request),
    };
    return cmocka_run_group_tests(tests, open_data, close_data);
}
