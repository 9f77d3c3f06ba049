/* timelength.c - how long and how often: values of DURATION and SET, and the days that a value of
 * DATE or TIME covers.
 *
 * P2Y, PT1H30M, PXM (a number not told), XXXX-WXX-4 (every Thursday), as TimeML 1.2.1 writes them.
 * A decade is ten years, a century a hundred. What a date is worth is timevalue.c's.
 */
#include "when/timelength.h"

#include "base/date.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>

/* ---- durations ------------------------------------------------------------------------------- */

/* The units of a duration, larger ones first; one below a day has a T before it. */
static const struct {
    const char *unit, *letter, *smaller;
    int factor; /* smaller units in one; 0: halves are written 2.5 */
} units[] = {
    {"Y", "Y", "M", 12},   {"Q", "Q", "", 0},     {"M", "M", "", 0},
    {"W", "W", "D", 7},    {"WE", "WE", "", 0},   {"D", "D", "TH", 24},
    {"TH", "H", "TM", 60}, {"TM", "M", "TS", 60}, {"TS", "S", "", 0},
};

#define UNITS (sizeof units / sizeof units[0])

static size_t find_unit(const char *unit)
{
    size_t i = 0;
    while (i < UNITS && strcmp(units[i].unit, unit) != 0)
        i++;
    return i;
}

/* Appends "2Y" or "T30M"; is_below once a T stands. */
static void append(char *text, size_t room, double count, size_t unit, bool *is_below)
{
    size_t length = strlen(text);
    bool is_t = units[unit].unit[0] == 'T' && !*is_below;
    *is_below = *is_below || is_t;
    text += length;
    room -= length;
    if (isnan(count))
        snprintf(text, room, "%sX%s", is_t ? "T" : "", units[unit].letter);
    else if (count == floor(count))
        snprintf(text, room, "%s%d%s", is_t ? "T" : "", (int)count, units[unit].letter);
    else
        snprintf(text, room, "%s%ld.%ld%s", is_t ? "T" : "", lround(count * 10) / 10,
                 lround(count * 10) % 10, units[unit].letter);
}

/* A decade is ten years, if their number is told. */
static void in_years(double *count, const char **unit)
{
    if (isnan(*count) || (strcmp(*unit, "DE") != 0 && strcmp(*unit, "CE") != 0))
        return;
    *count *= (*unit)[0] == 'D' ? 10 : 100;
    *unit = "Y";
}

/* Whole units, and what is over in the next smaller one. */
static bool append_halves(char *text, size_t room, double count, const char *name, bool *is_below)
{
    in_years(&count, &name);
    if (isnan(count) && (strcmp(name, "DE") == 0 || strcmp(name, "CE") == 0)) {
        snprintf(text + strlen(text), room - strlen(text), "X%s", name);
        return true;
    }
    size_t unit = find_unit(name);
    if (unit == UNITS || count < 0 || count > 1e9)
        return false;
    double whole = floor(count);
    long rest = isnan(count) ? 0 : lround((count - whole) * units[unit].factor);
    if (rest > 0 && rest == units[unit].factor) {
        whole++;
        rest = 0;
    }
    if (rest == 0 && units[unit].factor > 0)
        count = isnan(count) ? count : whole;
    if (rest == 0) {
        append(text, room, count, unit, is_below);
        return true;
    }
    if (whole > 0)
        append(text, room, whole, unit, is_below);
    append(text, room, (double)rest, find_unit(units[unit].smaller), is_below);
    return true;
}

bool ro_timelength_resolve(const ro_timematch *match, ro_timevalue *value)
{
    const char *argument = match->rule->argument;
    const ro_reading *number = &match->readings[RO_TIME_CLASS_NUMBER];
    const ro_reading *read = &match->readings[RO_TIME_CLASS_UNIT];
    const char *unit = match->has[RO_TIME_CLASS_UNIT] ? read->value : "";
    double count = 0;
    bool is_below = false;
    if (argument[0] == 'X')
        count = NAN;
    else
        ro_timewords_parse_number(ro_text_of(argument), &count);
    if (match->has[RO_TIME_CLASS_NUMBER])
        count += number->number;
    snprintf(value->text, sizeof value->text, "P");
    if (argument[0] == 'X' && match->first_unit != NULL) /* "weeks or months" */
        return append_halves(value->text, sizeof value->text, count, match->first_unit, &is_below);
    if (match->first_unit == NULL) { /* "two to three weeks": at least two */
        if (match->first_number > 0)
            count = match->first_number;
        return append_halves(value->text, sizeof value->text, count, unit, &is_below);
    }
    /* "an hour and twenty minutes", not "two weeks, three weeks" */
    if (find_unit(unit) <= find_unit(match->first_unit))
        return false;
    double first = match->first_number > 0 ? match->first_number : 1;
    return append_halves(value->text, sizeof value->text, first, match->first_unit, &is_below) &&
           append_halves(value->text, sizeof value->text, count, unit, &is_below);
}

bool ro_timelength_resolve_set(const ro_timematch *match, ro_timevalue *value)
{
    const ro_reading *weekday = &match->readings[RO_TIME_CLASS_WEEKDAY];
    const ro_reading *month = &match->readings[RO_TIME_CLASS_MONTH];
    const ro_reading *part = &match->readings[RO_TIME_CLASS_PART];
    bool has_part = match->has[RO_TIME_CLASS_PART], is_below = false;
    size_t room = sizeof value->text;
    if (match->has[RO_TIME_CLASS_WEEKDAY]) {
        snprintf(value->text, room, "XXXX-WXX-%d%s%s", (int)weekday->number, has_part ? "T" : "",
                 has_part ? part->value : "");
        return true;
    }
    if (match->has[RO_TIME_CLASS_MONTH] || match->has[RO_TIME_CLASS_SEASON]) {
        if (match->has[RO_TIME_CLASS_MONTH])
            snprintf(value->text, room, "XXXX-%02d", (int)month->number);
        else
            snprintf(value->text, room, "XXXX-%s", match->readings[RO_TIME_CLASS_SEASON].value);
        return true;
    }
    if (has_part) {
        snprintf(value->text, room, "XXXX-XX-XXT%s", part->value);
        return true;
    }
    double count = match->has[RO_TIME_CLASS_NUMBER] ? match->readings[RO_TIME_CLASS_NUMBER].number
                   : match->has[RO_TIME_CLASS_ORDINAL]
                       ? match->readings[RO_TIME_CLASS_ORDINAL].number
                       : 1;
    if (match->rule->argument[0] != '\0')
        ro_timewords_parse_number(ro_text_of(match->rule->argument), &count);
    snprintf(value->text, room, "P");
    return match->has[RO_TIME_CLASS_UNIT] &&
           append_halves(value->text, room, count, match->readings[RO_TIME_CLASS_UNIT].value,
                         &is_below);
}

/* ---- bounds ---------------------------------------------------------------------------------- */

static ro_date month_end(int year, int month)
{
    return (ro_date){(int16_t)year, (int8_t)month, (int8_t)ro_date_days_in_month(year, month)};
}

/* 2022-SP, 1989-H2: three or six months; winter goes on into the next year. */
static bool bounds_of_months(int year, const char *code, ro_date *first, ro_date *last)
{
    static const struct {
        const char *code;
        int first, last;
    } periods[] = {{"SP", 3, 5},  {"SU", 6, 8}, {"FA", 9, 11}, {"WI", 12, 2}, {"H1", 1, 6},
                   {"H2", 7, 12}, {"Q1", 1, 3}, {"Q2", 4, 6},  {"Q3", 7, 9},  {"Q4", 10, 12}};
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        if (strcmp(code, periods[i].code) != 0)
            continue;
        *first = (ro_date){(int16_t)year, (int8_t)periods[i].first, 1};
        *last = month_end(year + (periods[i].last < periods[i].first), periods[i].last);
        return ro_date_is_valid(last->year, last->month, last->day);
    }
    return false;
}

static void bounds_of_week(int year, int week, bool is_end, ro_date *first, ro_date *last)
{
    ro_date fourth = {(int16_t)year, 1, 4}; /* is always in week 1 */
    *first = ro_date_add_days(fourth, 7 * (week - 1) + (is_end ? 6 : 1) - ro_date_weekday(fourth));
    *last = ro_date_add_days(*first, is_end ? 1 : 6);
}

static bool bounds_of_one(ro_text text, ro_date *first, ro_date *last, ro_granularity *granularity)
{
    char value[RO_TIMEVALUE_SIZE];
    if (text.length == 0 || text.length >= sizeof value)
        return false;
    memcpy(value, text.data, text.length);
    value[text.length] = '\0';
    size_t length = text.length, digits = strspn(value, "0123456789");
    int number = 0, part = 0, end = 0;
    if (length >= 10 && ro_date_parse((ro_text){value, 10}, first)) {
        *last = *first;
        *granularity = length > 10 ? RO_GRANULARITY_TIME : RO_GRANULARITY_DAY;
        return length == 10 || value[10] == 'T';
    }
    if (digits < 2 || digits > 4 || sscanf(value, "%4d", &number) != 1 || number < 1)
        return false;
    if (length == digits) { /* a year, a decade, a century */
        int span = digits == 4 ? 1 : digits == 3 ? 10 : 100;
        *first = (ro_date){(int16_t)(number * span), 1, 1};
        *last = (ro_date){(int16_t)(number * span + span - 1), 12, 31};
        *granularity = RO_GRANULARITY_YEAR;
        return true;
    }
    if (digits != 4 || value[4] != '-')
        return false;
    *granularity = RO_GRANULARITY_MONTH;
    if (bounds_of_months(number, value + 5, first, last))
        return true;
    if (sscanf(value + 5, "W%2d%n", &part, &end) == 1 && part >= 1 && part <= 53) {
        bool is_end = strcmp(value + 5 + end, "-WE") == 0;
        *granularity = RO_GRANULARITY_WEEK;
        bounds_of_week(number, part, is_end, first, last);
        return is_end || value[5 + end] == '\0';
    }
    if (length != 7 || sscanf(value + 5, "%2d", &part) != 1 || part < 1 || part > 12)
        return false;
    *first = (ro_date){(int16_t)number, (int8_t)part, 1};
    *last = month_end(number, part);
    return true;
}

bool ro_timelength_bounds(const char *value, ro_date *first, ro_date *last,
                          ro_granularity *granularity)
{
    const char *slash = strchr(value, '/');
    if (slash == NULL)
        return bounds_of_one(ro_text_of(value), first, last, granularity);
    ro_date inner;
    ro_granularity other;
    return bounds_of_one((ro_text){value, (size_t)(slash - value)}, first, &inner, granularity) &&
           bounds_of_one(ro_text_of(slash + 1), &inner, last, &other) &&
           ro_date_compare(*first, *last) <= 0;
}
