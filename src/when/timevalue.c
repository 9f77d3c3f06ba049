/* timevalue.c - what a match is worth: TIMEX3 values, resolved against the day of publication or
 * the last date told.
 *
 * Values follow TimeML 1.2.1: 2022-03-02TNI, 2022-W09, 1998-Q3, 199 (a decade), P2Y, XXXX-WXX-4.
 * Calendar arithmetic is base/date.c's. An operation each; rules.tsv says which.
 */
#include "when/timevalue.h"

#include "base/date.h"
#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#define MOST_UNITS 100000 /* further off lies no day of the calendar that a text is dated by */

static bool put(ro_timevalue *value, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool put(ro_timevalue *value, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(value->text, sizeof value->text, format, arguments);
    va_end(arguments);
    return length >= 0 && (size_t)length < sizeof value->text;
}

static bool put_day(ro_timevalue *value, ro_date day)
{
    ro_date_format(day, value->text);
    value->date = day;
    return !ro_date_is_none(day);
}

/* What a match found of a class: its number, or its value as words.tsv has it. */
static double number_of(const ro_timematch *match, ro_time_class class, double otherwise)
{
    return match->has[class] ? match->readings[class].number : otherwise;
}

static int whole_of(const ro_timematch *match, ro_time_class class, int otherwise)
{
    double number = number_of(match, class, otherwise);
    return isnan(number) ? otherwise : (int)number;
}

static const char *unit_of(const ro_timematch *match)
{
    return match->has[RO_TIME_CLASS_UNIT] ? match->readings[RO_TIME_CLASS_UNIT].value : "";
}

/* The number at the start of an argument ("-1D", "0.5") and what stands behind it. */
static double argument_of(const ro_timematch *match, double otherwise, const char **rest)
{
    const char *text = match->rule->argument;
    bool is_negative = text[0] == '-';
    size_t length = strspn(text + is_negative, "0123456789.");
    double number = otherwise;
    if (length > 0 && ro_timewords_parse_number((ro_text){text + is_negative, length}, &number) &&
        is_negative)
        number = -number;
    *rest = length > 0 ? text + is_negative + length : text;
    return number;
}

/* ---- periods --------------------------------------------------------------------------------- */

/* The period of this unit that is so many later than the one that holds day. */
static bool put_period(ro_timevalue *value, ro_date day, const char *unit, int count)
{
    if (ro_date_is_none(day))
        return true; /* stays open */
    int year = day.year, month = day.month;
    if (strcmp(unit, "D") == 0)
        return put_day(value, ro_date_add_days(day, count));
    if (strcmp(unit, "W") == 0 || strcmp(unit, "WE") == 0) {
        ro_date other = ro_date_add_days(day, 7 * count);
        if (ro_date_is_none(other))
            return false;
        bool is_end = unit[1] == 'E';
        value->date = ro_date_add_days(other, (is_end ? 6 : 1) - ro_date_weekday(other));
        int week = ro_date_week(other, &year);
        return put(value, "%04d-W%02d%s", year, week, is_end ? "-WE" : "");
    }
    if (strcmp(unit, "M") == 0) {
        ro_date other = ro_date_add_months((ro_date){day.year, day.month, 1}, count);
        value->date = other;
        return !ro_date_is_none(other) && put(value, "%04d-%02d", other.year, other.month);
    }
    if (strcmp(unit, "Q") == 0) {
        int quarter = year * 4 + (month - 1) / 3 + count;
        value->date = (ro_date){(int16_t)(quarter / 4), (int8_t)(quarter % 4 * 3 + 1), 1};
        return quarter >= 4 && quarter < 10000 * 4 &&
               put(value, "%04d-Q%d", quarter / 4, quarter % 4 + 1);
    }
    int span = strcmp(unit, "Y") == 0 ? 1 : strcmp(unit, "DE") == 0 ? 10 : 100;
    year = (year / span + count) * span;
    if (year < 1 || year > 9999)
        return false;
    value->date = (ro_date){(int16_t)year, 1, 1};
    return put(value, "%0*d", span == 1 ? 4 : span == 10 ? 3 : 2, year / span);
}

static bool is_below_day(const char *unit)
{
    return unit[0] == 'T';
}

static bool resolve_shift(const ro_timematch *match, ro_date from, double count, const char *unit,
                          ro_timevalue *value)
{
    if (match->has[RO_TIME_CLASS_NUMBER])
        count *= match->readings[RO_TIME_CLASS_NUMBER].number;
    if (isnan(count) || is_below_day(unit))
        return put(value, signbit(count) || strchr(match->rule->argument, '-') != NULL
                              ? "PAST_REF"
                              : "FUTURE_REF");
    if (!(fabs(count) <= MOST_UNITS))
        return false;
    if (count != floor(count)) { /* half a century is 50 years */
        static const char *const smaller[][2] = {{"CE", "Y"}, {"DE", "Y"}, {"Y", "M"}};
        static const int factors[] = {100, 10, 12};
        for (size_t i = 0; i < 3; i++)
            if (strcmp(unit, smaller[i][0]) == 0)
                return put_period(value, from, smaller[i][1], (int)lround(count * factors[i]));
    }
    return put_period(value, from, unit, (int)lround(count));
}

/* ---- dates ----------------------------------------------------------------------------------- */

static bool resolve_weekday(const ro_timematch *match, const ro_time_context *context,
                            ro_timevalue *value)
{
    int weekday = whole_of(match, RO_TIME_CLASS_WEEKDAY, 1);
    ro_date day = context->published;
    if (ro_date_is_none(day))
        return put(value, "XXXX-WXX-%d", weekday);
    int ahead = (weekday - ro_date_weekday(day) + 7) % 7; /* 0 on the day itself */
    bool is_future = context->direction == RO_DIRECTION_FUTURE;
    if (match->has[RO_TIME_CLASS_SHIFT]) {
        double shift = match->readings[RO_TIME_CLASS_SHIFT].number;
        is_future = shift >= 0;
        if (shift != 0 && ahead == 0)
            ahead = 7;
        return put_day(value, ro_date_add_days(day, is_future    ? ahead
                                                    : ahead == 7 ? -7
                                                                 : ahead - 7));
    }
    return put_day(value, ro_date_add_days(day, ahead == 0 ? 0 : is_future ? ahead : ahead - 7));
}

/* The year of a month and day (0: the month alone) that no year is told of. */
static int nearest_year(const ro_time_context *context, int month, int day)
{
    ro_date from = context->published;
    int place = month * 32 + day, now = from.month * 32 + (day > 0 ? from.day : 0);
    /* what lies a little ahead is not last year's: "the vote in May was put off" */
    int most = context->direction == RO_DIRECTION_PAST          ? 0
               : context->direction == RO_DIRECTION_LIKELY_PAST ? 3
                                                                : 6;
    if (context->direction == RO_DIRECTION_FUTURE)
        return from.year + (place < now);
    return from.year + (most == 6 && now - place > most * 32) - (place - now > most * 32);
}

static bool resolve_month(const ro_timematch *match, const ro_time_context *context,
                          ro_timevalue *value)
{
    int month = whole_of(match, RO_TIME_CLASS_MONTH, whole_of(match, RO_TIME_CLASS_MM, 0));
    int day = whole_of(match, RO_TIME_CLASS_DAY, whole_of(match, RO_TIME_CLASS_DD, 0));
    int year = whole_of(match, RO_TIME_CLASS_YEAR, 0), shift = 0;
    if (match->has[RO_TIME_CLASS_HOLIDAY]) {
        const char *holiday = match->readings[RO_TIME_CLASS_HOLIDAY].value; /* 12-25 */
        double part = 0;
        ro_timewords_parse_number((ro_text){holiday, 2}, &part);
        month = (int)part;
        ro_timewords_parse_number((ro_text){holiday + 3, strlen(holiday) - 3}, &part);
        day = (int)part;
    }
    bool is_shifted = match->has[RO_TIME_CLASS_SHIFT];
    if (is_shifted)
        shift = whole_of(match, RO_TIME_CLASS_SHIFT, 0);
    if (year == 0 && ro_date_is_none(context->published))
        return day > 0 ? put(value, "XXXX-%02d-%02d", month, day) : put(value, "XXXX-%02d", month);
    ro_date from = context->published;
    if (year == 0 && is_shifted) /* "last April"; in April 1998 that of 1997 */
        year = shift < 0   ? from.year - (month >= from.month)
               : shift > 0 ? from.year + (month <= from.month)
                           : from.year;
    if (year == 0)
        year = nearest_year(context, month, day);
    if (!ro_date_is_valid(year, month, day > 0 ? day : 1))
        return false;
    value->date = (ro_date){(int16_t)year, (int8_t)month, (int8_t)(day > 0 ? day : 1)};
    return day > 0 ? put_day(value, value->date) : put(value, "%04d-%02d", year, month);
}

/* "June last year": the year is the one that is shifted. */
static bool resolve_month_of_year(const ro_timematch *match, const ro_time_context *context,
                                  ro_timevalue *value)
{
    int month = whole_of(match, RO_TIME_CLASS_MONTH, 1);
    if (ro_date_is_none(context->published))
        return put(value, "XXXX-%02d", month);
    int year = context->published.year + whole_of(match, RO_TIME_CLASS_SHIFT, 0);
    value->date = (ro_date){(int16_t)year, (int8_t)month, 1};
    return put(value, "%04d-%02d", year, month);
}

static int year_near(const ro_timematch *match, const ro_time_context *context)
{
    return match->has[RO_TIME_CLASS_YEAR]
               ? whole_of(match, RO_TIME_CLASS_YEAR, 0)
               : context->published.year + whole_of(match, RO_TIME_CLASS_SHIFT, 0);
}

static bool resolve_quarter(const ro_timematch *match, const ro_time_context *context,
                            ro_timevalue *value)
{
    int quarter = whole_of(match, RO_TIME_CLASS_ORDINAL, 0), year = year_near(match, context);
    if (quarter < 1 || quarter > 4)
        return false;
    if (year == 0)
        return put(value, "XXXX-Q%d", quarter);
    bool is_told = match->has[RO_TIME_CLASS_YEAR] || match->has[RO_TIME_CLASS_SHIFT];
    int now = (context->published.month - 1) / 3 + 1;
    if (!is_told && context->direction != RO_DIRECTION_FUTURE)
        year -= quarter > now + (context->direction == RO_DIRECTION_OPEN);
    value->date = (ro_date){(int16_t)year, (int8_t)(quarter * 3 - 2), 1};
    return put(value, "%04d-Q%d", year, quarter);
}

static bool resolve_season(const ro_timematch *match, const ro_time_context *context,
                           ro_timevalue *value)
{
    const char *season = match->readings[RO_TIME_CLASS_SEASON].value;
    int year = year_near(match, context), month = context->published.month;
    if (year == 0)
        return put(value, "XXXX-%s", season);
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    static const int ends[] = {5, 8, 11, 12};
    for (size_t i = 0; i < 4; i++) /* "last summer" in autumn is this year's */
        if (strcmp(season, seasons[i]) == 0 && !match->has[RO_TIME_CLASS_YEAR] &&
            whole_of(match, RO_TIME_CLASS_SHIFT, 0) < 0 && month > ends[i])
            year++;
    return put(value, "%04d-%s", year, season);
}

/* 11/02/89: month first unless it cannot be one. */
static bool resolve_slashed(const ro_timematch *match, ro_timevalue *value)
{
    ro_text text = match->readings[RO_TIME_CLASS_SLASHED].text;
    int parts[3] = {0}, part = 0;
    for (size_t i = 0; i < text.length && part < 3; i++) {
        if (text.data[i] == '/')
            part++;
        else if (parts[part] < 10000)
            parts[part] = parts[part] * 10 + (text.data[i] - '0');
    }
    int year = parts[2] < 30 ? parts[2] + 2000 : parts[2] < 100 ? parts[2] + 1900 : parts[2];
    bool is_day_first = parts[0] > 12;
    int month = parts[is_day_first], day = parts[!is_day_first];
    return ro_date_is_valid(year, month, day) &&
           put_day(value, (ro_date){(int16_t)year, (int8_t)month, (int8_t)day});
}

static bool resolve_day(const ro_timematch *match, const ro_time_context *context,
                        ro_timevalue *value)
{
    if (match->has[RO_TIME_CLASS_DAYWORD])
        return put_period(value, context->published, "D",
                          whole_of(match, RO_TIME_CLASS_DAYWORD, 0));
    return resolve_weekday(match, context, value);
}

static bool resolve_date(const ro_timematch *match, const ro_time_context *context,
                         ro_timevalue *value)
{
    bool good;
    if (match->has[RO_TIME_CLASS_SLASHED])
        return resolve_slashed(match, value);
    if (match->has[RO_TIME_CLASS_SEASON])
        return resolve_season(match, context, value);
    if (match->has[RO_TIME_CLASS_ORDINAL])
        return resolve_quarter(match, context, value);
    if (match->has[RO_TIME_CLASS_MONTH] && match->has[RO_TIME_CLASS_SHIFT] &&
        match->readings[RO_TIME_CLASS_SHIFT].end > match->readings[RO_TIME_CLASS_MONTH].end)
        return resolve_month_of_year(match, context, value);
    if (match->has[RO_TIME_CLASS_MONTH] || match->has[RO_TIME_CLASS_MM] ||
        match->has[RO_TIME_CLASS_HOLIDAY])
        return resolve_month(match, context, value);
    if (match->has[RO_TIME_CLASS_DECADE]) {
        const ro_reading *decade = &match->readings[RO_TIME_CLASS_DECADE];
        value->date = (ro_date){(int16_t)(decade->number * 10), 1, 1};
        return put(value, "%03d", (int)decade->number);
    }
    if (match->has[RO_TIME_CLASS_YEAR]) {
        value->date = (ro_date){(int16_t)whole_of(match, RO_TIME_CLASS_YEAR, 0), 1, 1};
        return put(value, "%04d", whole_of(match, RO_TIME_CLASS_YEAR, 0));
    }
    good = resolve_day(match, context, value);
    if (good && value->text[0] != '\0' && match->has[RO_TIME_CLASS_PART]) {
        size_t length = strlen(value->text);
        snprintf(value->text + length, sizeof value->text - length, "T%s",
                 match->readings[RO_TIME_CLASS_PART].value);
    }
    return good;
}

static bool resolve_clock(const ro_timematch *match, const ro_time_context *context,
                          ro_timevalue *value)
{
    int minutes =
        whole_of(match, RO_TIME_CLASS_CLOCK, whole_of(match, RO_TIME_CLASS_COUNT, 0) * 60);
    if (!match->has[RO_TIME_CLASS_CLOCK] && !match->has[RO_TIME_CLASS_COUNT])
        minutes = strcmp(match->readings[RO_TIME_CLASS_HOUR].value, "24:00") == 0 ? 1440 : 720;
    if (match->has[RO_TIME_CLASS_HALF]) {
        minutes %= 720;
        minutes += 60 * whole_of(match, RO_TIME_CLASS_HALF, 0);
    }
    ro_timevalue day = {.text = ""};
    bool is_told = match->has[RO_TIME_CLASS_WEEKDAY] || match->has[RO_TIME_CLASS_DAYWORD];
    if (!(is_told ? resolve_day(match, context, &day)
                  : put_period(&day, context->told_here, "D", 0)))
        return false;
    value->date = day.date;
    return put(value, "%sT%02d:%02d%s", day.text[0] != '\0' ? day.text : "XXXX-XX-XX", minutes / 60,
               minutes % 60,
               match->has[RO_TIME_CLASS_ZONE] ? match->readings[RO_TIME_CLASS_ZONE].value : "");
}

/* "tonight", "this morning": the argument is days from publication and, where no word tells it,
 * the part of the day. */
static bool resolve_part(const ro_timematch *match, const ro_time_context *context,
                         ro_timevalue *value)
{
    const char *part;
    double days = argument_of(match, 0, &part);
    if (match->has[RO_TIME_CLASS_PART])
        part = match->readings[RO_TIME_CLASS_PART].value;
    ro_timevalue day = {.text = ""};
    if (!put_period(&day, context->published, "D", (int)days))
        return false;
    value->date = day.date;
    return put(value, "%sT%s", day.text[0] != '\0' ? day.text : "XXXX-XX-XX", part);
}

/* "The weekend" told as past, at the start of a week, is the one before. */
static double weekend_shift(const ro_time_context *context, const char *unit)
{
    return strcmp(unit, "WE") == 0 && context->direction != RO_DIRECTION_FUTURE &&
                   !ro_date_is_none(context->published) && ro_date_weekday(context->published) <= 4
               ? -1
               : 0;
}

static bool resolve_told(const ro_timematch *match, const ro_time_context *context,
                         ro_timevalue *value)
{
    const char *unit;
    double count = argument_of(match, 1, &unit);
    if (match->has[RO_TIME_CLASS_UNIT])
        unit = unit_of(match);
    return unit[0] != '\0' && resolve_shift(match, context->told, count, unit, value);
}

/* ---- durations and sets ---------------------------------------------------------------------- */

/* P2Y, PT1H30M: a half goes into the next smaller unit. */
static bool put_duration(ro_timevalue *value, double count, const char *unit)
{
    static const struct {
        const char *unit, *larger, *smaller;
        int factor; /* smaller units in one; 0: none */
    } units[] = {
        {"TS", "S", "", 0},  {"TM", "M", "S", 60}, {"TH", "H", "M", 60},
        {"D", "D", "H", 24}, {"W", "W", "D", 7},   {"M", "M", "", 0},
        {"Y", "Y", "M", 12}, {"Q", "Q", "", 0},    {"WE", "WE", "", 0},
    };
    if (strcmp(unit, "DE") == 0 || strcmp(unit, "CE") == 0) {
        if (isnan(count))
            return put(value, "PX%s", unit);
        count *= unit[0] == 'D' ? 10 : 100;
        unit = "Y";
    }
    if (count < 0 || count > 1e9)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(unit, units[i].unit) != 0)
            continue;
        const char *mark = is_below_day(unit) ? "T" : "";
        if (isnan(count))
            return put(value, "P%sX%s", mark, units[i].larger);
        int whole = (int)floor(count);
        int rest = (int)lround((count - whole) * units[i].factor);
        if (rest == 0 && count != whole)
            return put(value, "P%s%d.%d%s", mark, whole, (int)lround((count - whole) * 10),
                       units[i].larger);
        if (rest == 0)
            return put(value, "P%s%d%s", mark, whole, units[i].larger);
        const char *inner = strcmp(unit, "D") == 0 ? "T" : "";
        if (whole == 0)
            return put(value, "P%s%s%d%s", mark, inner, rest, units[i].smaller);
        return put(value, "P%s%d%s%s%d%s", mark, whole, units[i].larger, inner, rest,
                   units[i].smaller);
    }
    return false;
}

static bool resolve_duration(const ro_timematch *match, ro_timevalue *value)
{
    const char *rest;
    double count = argument_of(match, 0, &rest);
    if (rest[0] == 'X')
        count = NAN;
    if (match->has[RO_TIME_CLASS_NUMBER])
        count += match->readings[RO_TIME_CLASS_NUMBER].number;
    return put_duration(value, count, unit_of(match));
}

static bool resolve_set(const ro_timematch *match, ro_timevalue *value)
{
    if (match->has[RO_TIME_CLASS_WEEKDAY])
        return match->has[RO_TIME_CLASS_PART]
                   ? put(value, "XXXX-WXX-%dT%s", whole_of(match, RO_TIME_CLASS_WEEKDAY, 1),
                         match->readings[RO_TIME_CLASS_PART].value)
                   : put(value, "XXXX-WXX-%d", whole_of(match, RO_TIME_CLASS_WEEKDAY, 1));
    if (match->has[RO_TIME_CLASS_MONTH])
        return put(value, "XXXX-%02d", whole_of(match, RO_TIME_CLASS_MONTH, 1));
    return put_duration(value, number_of(match, RO_TIME_CLASS_NUMBER, 1), unit_of(match));
}

/* ---- bounds ---------------------------------------------------------------------------------- */

static ro_date month_end(int year, int month)
{
    return (ro_date){(int16_t)year, (int8_t)month, (int8_t)ro_date_days_in_month(year, month)};
}

bool ro_timevalue_bounds(const char *value, ro_date *first, ro_date *last,
                         ro_granularity *granularity)
{
    int year = 0, part = 0, end = 0;
    size_t length = strlen(value), digits = strspn(value, "0123456789");
    if (length >= 10 && ro_date_parse((ro_text){value, 10}, first)) {
        *last = *first;
        *granularity = length > 10 ? RO_GRANULARITY_TIME : RO_GRANULARITY_DAY;
        return true;
    }
    if (digits == 4 && length >= 4)
        year = (value[0] - '0') * 1000 + (value[1] - '0') * 100 + (value[2] - '0') * 10 +
               (value[3] - '0');
    if (year < 1)
        return false;
    if (sscanf(value, "%*4d-W%2d%n", &part, &end) == 1 && part >= 1 && part <= 53) {
        ro_date fourth = {(int16_t)year, 1, 4}; /* is always in week 1 */
        bool is_end = ro_text_ends(ro_text_of(value), "-WE");
        *first =
            ro_date_add_days(fourth, 7 * (part - 1) + (is_end ? 6 : 1) - ro_date_weekday(fourth));
        *last = ro_date_add_days(*first, is_end ? 1 : 6);
        *granularity = RO_GRANULARITY_WEEK;
    } else if (sscanf(value, "%*4d-Q%1d", &part) == 1 && part >= 1 && part <= 4) {
        *first = (ro_date){(int16_t)year, (int8_t)(part * 3 - 2), 1};
        *last = month_end(year, part * 3);
        *granularity = RO_GRANULARITY_MONTH;
    } else if (sscanf(value, "%*4d-%2d", &part) == 1 && length == 7 && part >= 1 && part <= 12) {
        *first = (ro_date){(int16_t)year, (int8_t)part, 1};
        *last = month_end(year, part);
        *granularity = RO_GRANULARITY_MONTH;
    } else {
        *first = (ro_date){(int16_t)year, 1, 1};
        *last = (ro_date){(int16_t)year, 12, 31};
        *granularity = RO_GRANULARITY_YEAR;
    }
    return true;
}

/* ---- all ------------------------------------------------------------------------------------- */

bool ro_timevalue_resolve(const ro_timematch *match, const ro_time_context *context,
                          ro_timevalue *value)
{
    const char *rest;
    *value = (ro_timevalue){.type = match->rule->type};
    switch (match->rule->operation) {
    case RO_OPERATION_DATE:
        return resolve_date(match, context, value);
    case RO_OPERATION_CLOCK:
        return resolve_clock(match, context, value);
    case RO_OPERATION_PART:
        return resolve_part(match, context, value);
    case RO_OPERATION_SHIFT: {
        double count = argument_of(match, whole_of(match, RO_TIME_CLASS_SHIFT, 0), &rest);
        if (!match->has[RO_TIME_CLASS_UNIT])
            return resolve_shift(match, context->published, count + weekend_shift(context, rest),
                                 rest, value);
        return resolve_shift(match, context->published, count, unit_of(match), value);
    }
    case RO_OPERATION_AGO:
        return resolve_shift(match, context->published, argument_of(match, 1, &rest),
                             unit_of(match), value);
    case RO_OPERATION_TOLD:
        return resolve_told(match, context, value);
    case RO_OPERATION_CENTURY:
        return put(value, "%02d", whole_of(match, RO_TIME_CLASS_ORDINAL, 1) - 1);
    case RO_OPERATION_RANGE:
        value->date = (ro_date){(int16_t)match->first_year, 1, 1};
        return match->first_year < number_of(match, RO_TIME_CLASS_YEAR, 0) &&
               put(value, "%04d/%04d", (int)match->first_year,
                   whole_of(match, RO_TIME_CLASS_YEAR, 0));
    case RO_OPERATION_DURATION:
        return resolve_duration(match, value);
    case RO_OPERATION_SET:
        return resolve_set(match, value);
    default:
        return put(value, "%s", match->rule->argument);
    }
}
