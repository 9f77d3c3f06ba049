/* test_timelength.c - timelength.c: the days that a TIMEX3 value covers. What matches are worth is
 * tested through when.c and by tests/golden/when.txt. */
#include "unit.h"

#include "base/date.h"
#include "when/timelength.h"

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
    static const char *const values[] = {"",           "PT1H30M", "XXXX-WXX-4", "PAST_REF",
                                         "XXXX-03-02", "P2Y",     "2022-02-30", "2882015-03-04",
                                         "2022-13",    "2022-W54", "2024/2022",  "2022-03-03/"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        ro_date first, last;
        ro_granularity granularity;
        assert_false(ro_timelength_bounds(values[i], &first, &last, &granularity));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_cover_days),
        cmocka_unit_test(other_values_cover_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
