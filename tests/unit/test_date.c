/* test_date.c - date.c over every day of the calendar, counted on by hand beside it. */
#include "unit.h"

#include "base/date.h"
#include "base/text.h"

enum { ALL_DAYS = 3652059 }; /* 0001-01-01 to 9999-12-31, as Python's date.max.toordinal() */

static void every_day_is_counted_written_and_read(void **state)
{
    (void)state;
    ro_date day = {1, 1, 1};
    int weekday = 1; /* Python: date(1, 1, 1).isoweekday() */
    int32_t number = ro_date_to_days(day);
    assert_int_equal(number, -719162);
    int32_t seen = 0;
    for (;; ++number) {
        ++seen;
        assert_true(ro_date_is_valid(day.year, day.month, day.day));
        assert_int_equal(ro_date_to_days(day), number);
        assert_int_equal(ro_date_compare(ro_date_from_days(number), day), 0);
        assert_int_equal(ro_date_weekday(day), weekday);
        char text[11];
        ro_date_format(day, text);
        ro_date read = RO_DATE_NONE;
        assert_true(ro_date_parse(ro_text_of(text), &read));
        assert_int_equal(ro_date_compare(read, day), 0);
        if (day.year == 9999 && day.month == 12 && day.day == 31)
            break;
        ro_date next = day; /* the calendar's own rule */
        if (next.day < ro_date_days_in_month(day.year, day.month)) {
            ++next.day;
        } else {
            next.day = 1;
            next.year = (int16_t)(next.year + (next.month == 12));
            next.month = (int8_t)(next.month % 12 + 1);
        }
        assert_int_equal(ro_date_compare(ro_date_add_days(day, 1), next), 0);
        assert_int_equal(ro_date_compare(ro_date_add_days(next, -1), day), 0);
        assert_true(ro_date_compare(day, next) < 0);
        day = next;
        weekday = weekday % 7 + 1;
    }
    assert_int_equal(seen, ALL_DAYS);
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(ro_date_to_days((ro_date){1970, 1, 1}), 0);
    assert_int_equal(ro_date_to_days((ro_date){2000, 3, 1}), 11017);
    assert_int_equal(ro_date_weekday((ro_date){2022, 2, 24}), 4); /* a Thursday */
    assert_int_equal(ro_date_days_in_month(2024, 2), 29);
    assert_int_equal(ro_date_days_in_month(1900, 2), 28);
    assert_int_equal(ro_date_days_in_month(2000, 2), 29);
    assert_int_equal(ro_date_days_in_month(2000, 0), 0);
    assert_int_equal(ro_date_days_in_month(2000, 13), 0);
    assert_false(ro_date_is_leap(2100));
}

static void nothing_lies_outside_the_calendar(void **state)
{
    (void)state;
    assert_true(ro_date_is_none(ro_date_add_days((ro_date){1, 1, 1}, -1)));
    assert_true(ro_date_is_none(ro_date_add_days((ro_date){9999, 12, 31}, 1)));
    assert_true(ro_date_is_none(ro_date_add_days((ro_date){2022, 1, 1}, INT32_MAX)));
    assert_true(ro_date_is_none(ro_date_add_days((ro_date){2022, 1, 1}, INT32_MIN)));
    assert_true(ro_date_is_none(ro_date_from_days(INT32_MIN)));
    assert_true(ro_date_is_none(ro_date_from_days(INT32_MAX)));
    assert_true(ro_date_is_none(ro_date_add_months((ro_date){1, 1, 1}, -1)));
    assert_true(ro_date_is_none(ro_date_add_months((ro_date){9999, 12, 1}, 1)));
    assert_true(ro_date_is_none(ro_date_add_months((ro_date){9999, 12, 1}, INT32_MIN)));
    char text[11] = "x";
    ro_date_format(RO_DATE_NONE, text);
    assert_string_equal(text, "");
}

static void months_keep_to_their_length(void **state)
{
    (void)state;
    static const struct {
        ro_date from;
        int months;
        ro_date to;
    } cases[] = {
        {{2022, 1, 31}, 1, {2022, 2, 28}},   {{2024, 1, 31}, 1, {2024, 2, 29}},
        {{2022, 3, 15}, -3, {2021, 12, 15}}, {{2022, 12, 31}, 12, {2023, 12, 31}},
        {{2024, 2, 29}, -12, {2023, 2, 28}}, {{2022, 5, 31}, -24, {2020, 5, 31}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
        assert_int_equal(
            ro_date_compare(ro_date_add_months(cases[i].from, cases[i].months), cases[i].to), 0);
}

static void weeks_are_those_of_iso_8601(void **state)
{
    (void)state;
    static const struct {
        ro_date date;
        int year, week;
    } cases[] = {
        {{2022, 3, 3}, 2022, 9},    {{2021, 1, 3}, 2020, 53},   {{2021, 1, 4}, 2021, 1},
        {{2018, 12, 31}, 2019, 1},  {{2020, 12, 31}, 2020, 53}, {{2016, 1, 1}, 2015, 53},
        {{9999, 12, 31}, 9999, 52}, {{1, 1, 1}, 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        int year = 0;
        assert_int_equal(ro_date_week(cases[i].date, &year), cases[i].week);
        assert_int_equal(year, cases[i].year);
    }
}

static void what_is_no_day_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2022-02-29", "2022-02-31", "2022-00-10",  "2022-13-01",  "2022-01-00",
        "2022-01-32", "0000-01-01", "2022-1-1",   "2022-01-1",   "2022/01/01",  "2022-01-011",
        "-022-01-01", "+022-01-01", "2022 01 01", " 2022-01-01", "2022-01-01 ", "20220101",
        "2022-0a-01", "1900-02-29", "2022-01--1",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
        ro_date date = {1, 2, 3};
        assert_false(ro_date_parse(ro_text_of(wrong[i]), &date));
        assert_int_equal(ro_date_compare(date, (ro_date){1, 2, 3}), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_is_counted_written_and_read),
        cmocka_unit_test(known_days),
        cmocka_unit_test(nothing_lies_outside_the_calendar),
        cmocka_unit_test(months_keep_to_their_length),
        cmocka_unit_test(weeks_are_those_of_iso_8601),
        cmocka_unit_test(what_is_no_day_is_refused),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
