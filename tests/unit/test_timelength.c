/* test_timelength.c - timelength.c: how long and how often, and the days that a TIMEX3 value
 * covers. What other matches are worth is tested through when.c and by tests/golden/when.txt. */
#include "unit.h"

#include "base/date.h"
#include "when/timelength.h"

#include <math.h>

static void values_cover_days(void **state)
{
    (void)state;
    static const struct {
        const char *value, *first, *last;
        ro_granularity granularity;
    } cases[] = {
        {"2022-03-02", "2022-03-02", "2022-03-02", RO_GRANULARITY_DAY},
        {"2022-03-02TNI", "2022-03-02", "2022-03-02", RO_GRANULARITY_TIME},
        {"2022-03-02T10:30", "2022-03-02", "2022-03-02", RO_GRANULARITY_TIME},
        {"2020-02", "2020-02-01", "2020-02-29", RO_GRANULARITY_MONTH},
        {"1998-Q4", "1998-10-01", "1998-12-31", RO_GRANULARITY_MONTH},
        {"2024", "2024-01-01", "2024-12-31", RO_GRANULARITY_YEAR},
        {"2021-W01", "2021-01-04", "2021-01-10", RO_GRANULARITY_WEEK},
        {"2020-W53", "2020-12-28", "2021-01-03", RO_GRANULARITY_WEEK},
        {"2024-W20-WE", "2024-05-18", "2024-05-19", RO_GRANULARITY_WEEK},
        {"2023-WI", "2023-12-01", "2024-02-29", RO_GRANULARITY_MONTH},
        {"1989-H2", "1989-07-01", "1989-12-31", RO_GRANULARITY_MONTH},
        {"198", "1980-01-01", "1989-12-31", RO_GRANULARITY_YEAR},
        {"2022-03-03/2022-03-05", "2022-03-03", "2022-03-05", RO_GRANULARITY_DAY},
        {"1914/1918", "1914-01-01", "1918-12-31", RO_GRANULARITY_YEAR},
        {"2022-03-02T24:00", "2022-03-02", "2022-03-02", RO_GRANULARITY_TIME},
        {"2022-W09", "2022-02-28", "2022-03-06", RO_GRANULARITY_WEEK},
        {"2021-H1", "2021-01-01", "2021-06-30", RO_GRANULARITY_MONTH},
        {"1968-SP", "1968-03-01", "1968-05-31", RO_GRANULARITY_MONTH},
        {"18", "1800-01-01", "1899-12-31", RO_GRANULARITY_YEAR},
        {"2021-12/2022-02", "2021-12-01", "2022-02-28", RO_GRANULARITY_MONTH},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_date first, last;
        ro_granularity granularity;
        char text[11];
        assert_true(ro_timelength_bounds(cases[i].value, &first, &last, &granularity));
        ro_date_format(first, text);
        assert_string_equal(text, cases[i].first);
        ro_date_format(last, text);
        assert_string_equal(text, cases[i].last);
        assert_int_equal(granularity, cases[i].granularity);
    }
}

static void other_values_cover_none(void **state)
{
    (void)state;
    static const char *const values[] = {
        "",           "PT1H30M",       "XXXX-WXX-4",  "PAST_REF", "XXXX-03-02", "P2Y",
        "2022-02-30", "2882015-03-04", "2022-13",     "2022-W54", "2024/2022",  "2022-03-03/",
        "2022-W00",   "2022-Q5",       "2022-03-02X", "2022-H3",  "0",          "XXXX",
        "2022-3",     "20222",         "FUTURE_REF"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        ro_date first, last;
        ro_granularity granularity;
        assert_false(ro_timelength_bounds(values[i], &first, &last, &granularity));
    }
}

/* ---- how long, how often --------------------------------------------------------------------- */

/* One match by what it found; NAN of a number that is not told, "" of what is not there. */
typedef struct length_case {
    const char *argument;
    double first_number; /* 0: none */
    const char *first_unit;
    double number; /* -1: none */
    const char *unit;
    const char *value; /* NULL: makes no sense */
} length_case;

static ro_timematch match_of(const length_case *from, ro_timerule *rule)
{
    *rule = (ro_timerule){.argument = from->argument, .source = ""};
    ro_timematch match = {.rule = rule, .first_number = from->first_number};
    match.first_unit = from->first_unit;
    if (!(from->number < 0)) {
        match.has[RO_TIME_CLASS_NUMBER] = true;
        match.readings[RO_TIME_CLASS_NUMBER] = (ro_reading){.number = from->number, .value = ""};
    }
    if (from->unit[0] != '\0') {
        match.has[RO_TIME_CLASS_UNIT] = true;
        match.readings[RO_TIME_CLASS_UNIT] = (ro_reading){.number = NAN, .value = from->unit};
    }
    return match;
}

static void durations_are_told(void **state)
{
    (void)state;
    static const length_case cases[] = {
        {"", 0, NULL, 12, "D", "P12D"},
        {"", 0, NULL, 90, "TM", "PT90M"},
        {"", 0, NULL, 2.5, "Y", "P2Y6M"},
        {"", 0, NULL, 0.5, "TH", "PT30M"},
        {"0.5", 0, NULL, 2, "TH", "PT2H30M"},
        {"1.5", 0, NULL, -1, "TH", "PT1H30M"},
        {"1", 0, NULL, -1, "W", "P1W"},
        /* a day and a half is 36 hours */
        {"", 0, NULL, 1.5, "D", "P1DT12H"},
        {"", 0, NULL, 2.5, "Q", "P2.5Q"},
        {"", 0, NULL, 2, "DE", "P20Y"},
        {"", 0, NULL, 1.5, "CE", "P150Y"},
        {"", 0, NULL, 0.5, "DE", "P5Y"},
        {"", 0, NULL, NAN, "D", "PXD"},
        {"", 0, NULL, NAN, "TM", "PTXM"},
        {"", 0, NULL, NAN, "DE", "PXDE"},
        {"X", 0, NULL, -1, "M", "PXM"},
        {"X", 0, "W", -1, "M", "PXW"}, /* weeks or months */
        {"", 2, NULL, 3, "W", "P2W"},  /* two to three weeks */
        {"", 0, "TH", 20, "TM", "PT1H20M"},
        {"", 2, "TH", 40, "TM", "PT2H40M"},
        {"", 1, "Y", 6, "M", "P1Y6M"},
        {"", 0, NULL, 2e9, "Y", NULL},
        {"", 0, NULL, 2, "", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_timerule rule;
        ro_timematch match = match_of(&cases[i], &rule);
        ro_timevalue value = {.text = ""};
        assert_int_equal(ro_timelength_resolve(&match, &value), cases[i].value != NULL);
        if (cases[i].value != NULL)
            assert_string_equal(value.text, cases[i].value);
    }
}

static void sets_are_told(void **state)
{
    (void)state;
    static const length_case units[] = {
        {"", 0, NULL, -1, "D", "P1D"},  {"", 0, NULL, 4, "Y", "P4Y"},
        {"2", 0, NULL, -1, "W", "P2W"}, {"", 0, NULL, -1, "TH", "PT1H"},
        {"1", 0, NULL, 3, "D", "P1D"},  {"", 0, NULL, -1, "", NULL},
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        ro_timerule rule;
        ro_timematch match = match_of(&units[i], &rule);
        ro_timevalue value = {.text = ""};
        assert_int_equal(ro_timelength_resolve_set(&match, &value), units[i].value != NULL);
        if (units[i].value != NULL)
            assert_string_equal(value.text, units[i].value);
    }
    static const struct {
        ro_time_class class, other;
        double number;
        const char *code, *other_code, *value;
    } words[] = {
        {RO_TIME_CLASS_WEEKDAY, RO_TIME_CLASS_PART, 5, "5", "NI", "XXXX-WXX-5TNI"},
        {RO_TIME_CLASS_WEEKDAY, RO_TIME_CLASS_WEEKDAY, 1, "1", "1", "XXXX-WXX-1"},
        {RO_TIME_CLASS_MONTH, RO_TIME_CLASS_MONTH, 10, "10", "10", "XXXX-10"},
        {RO_TIME_CLASS_SEASON, RO_TIME_CLASS_SEASON, NAN, "SU", "SU", "XXXX-SU"},
        {RO_TIME_CLASS_PART, RO_TIME_CLASS_PART, NAN, "MO", "MO", "XXXX-XX-XXTMO"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        static const ro_timerule rule = {.argument = "", .source = ""};
        ro_timematch match = {.rule = &rule};
        match.has[words[i].other] = match.has[words[i].class] = true;
        match.readings[words[i].other] = (ro_reading){.number = NAN, .value = words[i].other_code};
        match.readings[words[i].class] =
            (ro_reading){.number = words[i].number, .value = words[i].code};
        ro_timevalue value = {.text = ""};
        assert_true(ro_timelength_resolve_set(&match, &value));
        assert_string_equal(value.text, words[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_cover_days),
        cmocka_unit_test(other_values_cover_none),
        cmocka_unit_test(durations_are_told),
        cmocka_unit_test(sets_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
