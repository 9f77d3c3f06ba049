/* timevalue.c - what a match is worth: TIMEX3 values, resolved against the day of publication or
 * the last date told.
 *
 * Values follow TimeML 1.2.1: 2022-03-02TNI, 2022-W09, 1998-Q3, 199 (a decade), P2Y, XXXX-WXX-4.
 * Calendar arithmetic is base/date.c's. An operation each; rules.tsv says which.
 */
#include "when/timevalue.h"

#include "base/date.h"
#include "base/text.h"
#include "when/timelength.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#define MOST_NUMBER 1e9
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

/* A day that is none of the calendar is kept as it was found. */
static bool put_impossible(ro_timevalue *value, int year, int month, int day)
{
    value->flag = RO_TIME_FLAG_IMPOSSIBLE;
    if (year == 0)
        return put(value, "XXXX-%02d-%02d", month, day);
    return put(value, "%04d-%02d-%02d", year, month, day);
}

/* What a match found of a class: its number, or its value as words.tsv has it. */
static double number_of(const ro_timematch *match, ro_time_class class, double otherwise)
{
    return match->has[class] ? match->readings[class].number : otherwise;
}

static int whole_of(const ro_timematch *match, ro_time_class class, int otherwise)
{
    double number = number_of(match, class, otherwise);
    return fabs(number) < MOST_NUMBER ? (int)number : otherwise; /* not for NAN either */
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
    bool is_before = isnan(count) ? strchr(match->rule->argument, '-') != NULL : count < 0;
    if (isnan(count) || is_below_day(unit))
        return count != 0 && put(value, is_before ? "PAST_REF" : "FUTURE_REF");
    if (!(fabs(count) <= MOST_UNITS))
        return false;
    if (count != floor(count)) { /* half a century is 50 years */
        static const char *const smaller[][2] = {{"CE", "Y"}, {"DE", "Y"}, {"Y", "M"}, {"W", "D"}};
        static const int factors[] = {100, 10, 12, 7};
        for (size_t i = 0; i < 4; i++)
            if (strcmp(unit, smaller[i][0]) == 0)
                return put_period(value, from, smaller[i][1], (int)lround(count * factors[i]));
    }
    return put_period(value, from, unit, (int)lround(count));
}

/* "past years", "the coming weeks" */
static bool resolve_vague(const ro_timematch *match, ro_timevalue *value)
{
    return put(value, whole_of(match, RO_TIME_CLASS_SHIFT, 0) < 0 ? "PAST_REF" : "FUTURE_REF");
}

/* ---- dates ----------------------------------------------------------------------------------- */

/* The weekday before or after a day. */
static bool put_weekday(const ro_timematch *match, ro_date day, bool is_after, ro_timevalue *value)
{
    int weekday = whole_of(match, RO_TIME_CLASS_WEEKDAY, 1);
    if (ro_date_is_none(day))
        return put(value, "XXXX-WXX-%d", weekday);
    int ahead = (weekday - ro_date_weekday(day) + 6) % 7 + 1; /* 7 on the day itself */
    return put_day(value, ro_date_add_days(day, is_after ? ahead : ahead == 7 ? -7 : ahead - 7));
}

static bool resolve_weekday(const ro_timematch *match, const ro_time_context *context,
                            ro_timevalue *value)
{
    int weekday = whole_of(match, RO_TIME_CLASS_WEEKDAY, 1);
    ro_date day = context->published;
    if (ro_date_is_none(day))
        return put(value, "XXXX-WXX-%d", weekday);
    if (match->has[RO_TIME_CLASS_UNIT]) /* "Wednesday of last week" */
        return put_day(value, ro_date_add_days(day, 7 * whole_of(match, RO_TIME_CLASS_SHIFT, 0) +
                                                        weekday - ro_date_weekday(day)));
    int ahead = (weekday - ro_date_weekday(day) + 7) % 7; /* 0 on the day itself */
    bool is_future = context->direction == RO_DIRECTION_FUTURE;
    if (match->has[RO_TIME_CLASS_SHIFT] && match->readings[RO_TIME_CLASS_SHIFT].number != 0)
        return put_weekday(match, day, match->readings[RO_TIME_CLASS_SHIFT].number > 0, value);
    is_future = is_future || (match->has[RO_TIME_CLASS_SHIFT] && /* "this Friday" */
                              context->direction != RO_DIRECTION_PAST);
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
               : context->direction == RO_DIRECTION_FUTURE      ? 12
                                                                : 6;
    int ahead = place - now + (place < now ? 12 * 32 : 0);
    bool is_future = ahead <= most * 32;
    return from.year + (place < now) - !is_future;
}

/* The year, of this one and its neighbours, in which the day is the weekday that was told: "Sunday,
 * March 8". */
static int year_of_weekday(const ro_timematch *match, int year, int month, int day)
{
    static const int steps[] = {0, 1, -1};
    for (size_t i = 0; i < 3 && match->has[RO_TIME_CLASS_WEEKDAY]; i++) {
        int other = year + steps[i];
        if (ro_date_is_valid(other, month, day) &&
            ro_date_weekday((ro_date){(int16_t)other, (int8_t)month, (int8_t)day}) ==
                whole_of(match, RO_TIME_CLASS_WEEKDAY, 0))
            return other;
    }
    return year;
}

static bool resolve_month(const ro_timematch *match, const ro_time_context *context,
                          ro_timevalue *value)
{
    int month = whole_of(match, RO_TIME_CLASS_MONTH, whole_of(match, RO_TIME_CLASS_MM, 0));
    int day = whole_of(match, RO_TIME_CLASS_DAY, whole_of(match, RO_TIME_CLASS_DD, 0));
    int year = whole_of(match, RO_TIME_CLASS_YEAR, whole_of(match, RO_TIME_CLASS_FARYEAR, 0));
    int shift = 0;
    if (match->has[RO_TIME_CLASS_HOLIDAY]) {
        const char *holiday = match->readings[RO_TIME_CLASS_HOLIDAY].value; /* 12-25 */
        double part = 0;
        ro_timewords_parse_number((ro_text){holiday, 2}, &part);
        month = (int)part;
        ro_timewords_parse_number((ro_text){holiday + 3, strlen(holiday) - 3}, &part);
        day = (int)part;
    }
    bool is_shifted = match->has[RO_TIME_CLASS_SHIFT] && !match->has[RO_TIME_CLASS_WEEKDAY];
    if (is_shifted)
        shift = whole_of(match, RO_TIME_CLASS_SHIFT, 0);
    if (year == 0 && match->has[RO_TIME_CLASS_FARYEAR])
        return put_impossible(value, 0, month, day);
    if (year == 0 && !ro_date_is_valid(2000, month, day > 0 ? day : 1))
        return put_impossible(value, 0, month, day);
    if (year == 0 && ro_date_is_none(context->published))
        return day > 0 ? put(value, "XXXX-%02d-%02d", month, day) : put(value, "XXXX-%02d", month);
    ro_date from = context->published;
    if (year == 0 && is_shifted) /* "last April"; in April 1998 that of 1997 */
        year = shift < 0   ? from.year - (month >= from.month)
               : shift > 0 ? from.year + (month <= from.month)
                           : from.year;
    if (year == 0)
        year = year_of_weekday(match, nearest_year(context, month, day), month, day);
    if (!ro_date_is_valid(year, month, day > 0 ? day : 1))
        return put_impossible(value, year, month, day);
    value->date = (ro_date){(int16_t)year, (int8_t)month, (int8_t)(day > 0 ? day : 1)};
    return day > 0 ? put_day(value, value->date) : put(value, "%04d-%02d", year, month);
}

/* "June last year": the year is the one that is shifted. */
static bool resolve_month_of_year(const ro_timematch *match, const ro_time_context *context,
                                  ro_timevalue *value)
{
    ro_timematch told = *match;
    told.has[RO_TIME_CLASS_SHIFT] = false;
    if (!ro_date_is_none(context->published)) {
        told.has[RO_TIME_CLASS_YEAR] = true;
        told.readings[RO_TIME_CLASS_YEAR].number =
            context->published.year + whole_of(match, RO_TIME_CLASS_SHIFT, 0);
    }
    return resolve_month(&told, context, value);
}

static int year_near(const ro_timematch *match, const ro_time_context *context)
{
    if (!match->has[RO_TIME_CLASS_YEAR] && ro_date_is_none(context->published))
        return 0;
    return match->has[RO_TIME_CLASS_YEAR]
               ? whole_of(match, RO_TIME_CLASS_YEAR, 0)
               : context->published.year + whole_of(match, RO_TIME_CLASS_SHIFT, 0);
}

static bool resolve_quarter(const ro_timematch *match, const ro_time_context *context,
                            ro_timevalue *value)
{
    int quarter = whole_of(match, RO_TIME_CLASS_ORDINAL, whole_of(match, RO_TIME_CLASS_QCODE, 0));
    int year = year_near(match, context);
    if (quarter < 1 || quarter > 4)
        return false;
    if (year == 0)
        return put(value, "XXXX-Q%d", quarter);
    bool is_told = match->has[RO_TIME_CLASS_YEAR] || match->has[RO_TIME_CLASS_SHIFT];
    int now = (context->published.month - 1) / 3 + 1;
    const char *rest;
    year += (int)argument_of(match, 0, &rest);
    if (!is_told && context->direction != RO_DIRECTION_FUTURE)
        year -= quarter > now + (context->direction == RO_DIRECTION_OPEN);
    value->date = (ro_date){(int16_t)year, (int8_t)(quarter * 3 - 2), 1};
    return put(value, "%04d-Q%d", year, quarter);
}

/* "the first half of 2021" */
static bool resolve_half(const ro_timematch *match, const ro_time_context *context,
                         ro_timevalue *value)
{
    int year = year_near(match, context);
    const char *half = match->readings[RO_TIME_CLASS_YEARHALF].value;
    if (year == 0)
        return put(value, "XXXX-%s", half);
    value->date = (ro_date){(int16_t)year, (int8_t)(half[1] == '1' ? 1 : 7), 1};
    return put(value, "%04d-%s", year, half);
}

static bool resolve_season(const ro_timematch *match, const ro_time_context *context,
                           ro_timevalue *value)
{
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    const char *season = match->readings[RO_TIME_CLASS_SEASON].value;
    int year = whole_of(match, RO_TIME_CLASS_YEAR, 0), month = context->published.month, begin = 3;
    for (int i = 0; i < 4; i++)
        if (strcmp(season, seasons[i]) == 0)
            begin = 3 + 3 * i;
    if (year == 0 && ro_date_is_none(context->published))
        return put(value, "XXXX-%s", season);
    if (year == 0) {
        int shift = whole_of(match, RO_TIME_CLASS_SHIFT, 0);
        bool is_told = match->has[RO_TIME_CLASS_SHIFT] && shift != 0;
        bool is_over = month > begin + 2, is_ahead = month < begin;
        year = context->published.year;
        if (is_told) /* "last summer" in autumn is this year's, "next winter" in May too */
            year += shift < 0 ? -!is_over : !(begin - month > 3);
        else if (context->direction == RO_DIRECTION_FUTURE)
            year += is_over;
        else if (context->direction != RO_DIRECTION_OPEN)
            year -= is_ahead;
    }
    ro_granularity granularity;
    ro_date last;
    return put(value, "%04d-%s", year, season) &&
           ro_timelength_bounds(value->text, &value->date, &last, &granularity);
}

/* 11/02/89: month first unless it cannot be one; with dots, 2.11.89, the day. */
static bool resolve_slashed(const ro_timematch *match, ro_timevalue *value)
{
    ro_text text = match->readings[RO_TIME_CLASS_SLASHED].text;
    int parts[3] = {0}, part = 0;
    for (size_t i = 0; i < text.length && part < 3; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            part++;
        else
            parts[part] = parts[part] * 10 + (text.data[i] - '0');
    }
    int year = parts[2] < 30 ? parts[2] + 2000 : parts[2] < 100 ? parts[2] + 1900 : parts[2];
    bool is_day_first = parts[0] > 12 || memchr(text.data, '.', text.length) != NULL;
    int month = parts[is_day_first], day = parts[!is_day_first];
    if (!ro_date_is_valid(year, month, day))
        return put_impossible(value, year, month, day);
    return put_day(value, (ro_date){(int16_t)year, (int8_t)month, (int8_t)day});
}

static bool resolve_day(const ro_timematch *match, const ro_time_context *context,
                        ro_timevalue *value)
{
    if (match->has[RO_TIME_CLASS_DAYWORD])
        return put_period(value, context->published, "D",
                          whole_of(match, RO_TIME_CLASS_DAYWORD, 0));
    return resolve_weekday(match, context, value);
}

/* Adds the part of the day that was told to a day. */
static bool add_part(const ro_timematch *match, ro_timevalue *value)
{
    size_t length = strlen(value->text);
    const char *part = match->has[RO_TIME_CLASS_PART] ? match->readings[RO_TIME_CLASS_PART].value
                       : value->type == RO_TIMEX_TYPE_TIME ? match->rule->argument
                                                           : "";
    if (length > 0 && part[0] != '\0')
        snprintf(value->text + length, sizeof value->text - length, "T%s", part);
    return true;
}

static bool resolve_date(const ro_timematch *match, const ro_time_context *context,
                         ro_timevalue *value)
{
    if (match->has[RO_TIME_CLASS_SLASHED])
        return resolve_slashed(match, value);
    if (match->has[RO_TIME_CLASS_SEASON])
        return resolve_season(match, context, value);
    if (match->has[RO_TIME_CLASS_ORDINAL] || match->has[RO_TIME_CLASS_QCODE])
        return resolve_quarter(match, context, value);
    if (match->has[RO_TIME_CLASS_MONTH] && match->has[RO_TIME_CLASS_SHIFT] &&
        match->readings[RO_TIME_CLASS_SHIFT].end > match->readings[RO_TIME_CLASS_MONTH].end)
        return resolve_month_of_year(match, context, value);
    if (match->has[RO_TIME_CLASS_MONTH] || match->has[RO_TIME_CLASS_MM] ||
        match->has[RO_TIME_CLASS_HOLIDAY])
        return resolve_month(match, context, value) && add_part(match, value);
    if (match->has[RO_TIME_CLASS_YEARHALF] && !match->has[RO_TIME_CLASS_DECADE])
        return resolve_half(match, context, value);
    if (match->has[RO_TIME_CLASS_DECADE]) {
        const ro_reading *decade = &match->readings[RO_TIME_CLASS_DECADE];
        value->date = (ro_date){(int16_t)(decade->number * 10), 1, 1};
        return put(value, "%03d", (int)decade->number);
    }
    if (match->has[RO_TIME_CLASS_YEAR] || match->has[RO_TIME_CLASS_NUMBER]) {
        int year = whole_of(match, RO_TIME_CLASS_YEAR, whole_of(match, RO_TIME_CLASS_NUMBER, 0));
        if (year < 1000 || year > 9999)
            return false;
        value->date = (ro_date){(int16_t)year, 1, 1};
        return put(value, "%04d", year);
    }
    return resolve_day(match, context, value) && add_part(match, value);
}

static bool resolve_clock(const ro_timematch *match, const ro_time_context *context,
                          ro_timevalue *value)
{
    int minutes =
        whole_of(match, RO_TIME_CLASS_CLOCK, whole_of(match, RO_TIME_CLASS_COUNT, 0) * 60);
    if (match->has[RO_TIME_CLASS_HHMM])
        minutes = whole_of(match, RO_TIME_CLASS_HHMM, 0);
    else if (!match->has[RO_TIME_CLASS_CLOCK] && !match->has[RO_TIME_CLASS_COUNT])
        minutes = strcmp(match->readings[RO_TIME_CLASS_HOUR].value, "24:00") == 0 ? 1440 : 720;
    if (match->has[RO_TIME_CLASS_HALF]) {
        minutes %= 720;
        minutes += 60 * whole_of(match, RO_TIME_CLASS_HALF, 0);
    }
    ro_timevalue day = {.text = ""};
    bool is_told = match->has[RO_TIME_CLASS_WEEKDAY] || match->has[RO_TIME_CLASS_DAYWORD];
    if (!(match->has[RO_TIME_CLASS_MONTH] ? resolve_month(match, context, &day)
          : is_told                       ? resolve_day(match, context, &day)
                                          : put_period(&day, context->told_here, "D", 0)))
        return false;
    value->flag = day.flag;
    value->date = day.date;
    const char *zone = match->readings[RO_TIME_CLASS_ZONE].value; /* "-": a clock of the place */
    if (match->has[RO_TIME_CLASS_ZONE] && strcmp(zone, "-") == 0)
        zone = "";
    return put(value, "%sT%02d:%02d%s", day.text[0] != '\0' ? day.text : "XXXX-XX-XX", minutes / 60,
               minutes % 60, match->has[RO_TIME_CLASS_ZONE] ? zone : "");
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

/* Years back of a quarter is that quarter of another year: "profit was lower a year earlier". */
static bool resolve_ago(const ro_timematch *match, const ro_time_context *context, ro_date from,
                        ro_timevalue *value)
{
    const char *rest;
    double count = argument_of(match, 1, &rest), years = number_of(match, RO_TIME_CLASS_NUMBER, 1);
    if (strcmp(unit_of(match), "Y") == 0 && !ro_date_is_none(context->quarter) &&
        count * years == -1)
        return put_period(value, context->quarter, "Q", -4);
    return resolve_shift(match, from, count, unit_of(match), value);
}

static bool resolve_told(const ro_timematch *match, const ro_time_context *context,
                         ro_timevalue *value)
{
    const char *unit;
    double count = argument_of(match, 1, &unit);
    if (match->has[RO_TIME_CLASS_WEEKDAY])
        return put_weekday(match, context->told_day, count > 0, value);
    if (match->has[RO_TIME_CLASS_PART])
        return put_period(value, context->told_day, "D", (int)count) && add_part(match, value);
    if (match->has[RO_TIME_CLASS_UNIT])
        unit = unit_of(match);
    bool is_exact = strcmp(unit, "D") == 0 || strcmp(unit, "W") == 0;
    ro_date from = is_exact ? context->told_day : context->told;
    if (match->has[RO_TIME_CLASS_UNIT])
        return resolve_ago(match, context, from, value);
    return unit[0] != '\0' && resolve_shift(match, from, count, unit, value);
}

/* "The quarter", "the latest month": the last such period that was told of, else the last one that
 * was over on the day of publication. */
static bool resolve_latest(const ro_timematch *match, const ro_time_context *context,
                           ro_timevalue *value)
{
    const char *unit;
    double count = argument_of(match, 0, &unit);
    if (match->has[RO_TIME_CLASS_UNIT])
        unit = unit_of(match);
    bool is_told = strcmp(unit, "Q") == 0 && !ro_date_is_none(context->latest_quarter);
    ro_date from = is_told ? context->latest_quarter : context->published;
    if (is_told && match->has[RO_TIME_CLASS_YEAR])
        from.year = (int16_t)whole_of(match, RO_TIME_CLASS_YEAR, 0);
    else if (match->has[RO_TIME_CLASS_YEAR])
        return resolve_date(match, context, value);
    return put_period(value, from, unit, (int)count - !is_told);
}

/* "1914-1918", "1939-45"; but "2022-03" is March. */
static bool resolve_years(const ro_timematch *match, ro_timevalue *value)
{
    int last = whole_of(match, RO_TIME_CLASS_YEAR, 0), first = (int)match->first_number;
    if (match->has[RO_TIME_CLASS_DD]) {
        int digits = whole_of(match, RO_TIME_CLASS_DD, 0);
        first = last;
        last = first / 100 * 100 + digits;
        if (digits >= 1 && digits <= 12 && last != first + 1) {
            value->date = (ro_date){(int16_t)first, (int8_t)digits, 1};
            return put(value, "%04d-%02d", first, digits);
        }
    }
    value->date = (ro_date){(int16_t)first, 1, 1};
    return first < last && put(value, "%04d/%04d", first, last);
}

/* "March 3 to 5" */
static bool resolve_range(const ro_timematch *match, const ro_time_context *context,
                          ro_timevalue *value)
{
    if (!match->has[RO_TIME_CLASS_MONTH])
        return resolve_years(match, value);
    ro_timematch first = *match, last = *match;
    ro_timevalue other = {.text = ""};
    first.readings[RO_TIME_CLASS_DAY].number = match->first_number;
    if (!(match->first_number < number_of(match, RO_TIME_CLASS_DAY, 0)) ||
        !resolve_month(&first, context, value))
        return false;
    if (!ro_date_is_none(value->date)) { /* both in one year */
        last.has[RO_TIME_CLASS_YEAR] = true;
        last.readings[RO_TIME_CLASS_YEAR].number = value->date.year;
    }
    if (!resolve_month(&last, context, &other))
        return false;
    size_t length = strlen(value->text);
    snprintf(value->text + length, sizeof value->text - length, "/%.16s", other.text);
    value->flag = other.flag != RO_TIME_FLAG_NONE ? other.flag : value->flag;
    return true;
}

/* ---- all ------------------------------------------------------------------------------------- */

static bool resolve(const ro_timematch *match, const ro_time_context *context, ro_timevalue *value)
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
        return resolve_ago(match, context, context->published, value);
    case RO_OPERATION_TOLD:
        return resolve_told(match, context, value);
    case RO_OPERATION_CENTURY: {
        int century = whole_of(match, RO_TIME_CLASS_ORDINAL, 1) - 1;
        value->date = (ro_date){(int16_t)(century > 0 ? century * 100 : 1), 1, 1};
        return century >= 0 && century < 100 && put(value, "%02d", century);
    }
    case RO_OPERATION_RANGE:
        return resolve_range(match, context, value);
    case RO_OPERATION_LATEST:
        return resolve_latest(match, context, value);
    case RO_OPERATION_DURATION:
        return ro_timelength_resolve(match, value);
    case RO_OPERATION_VAGUE:
        return resolve_vague(match, value);
    case RO_OPERATION_SET:
        return ro_timelength_resolve_set(match, value);
    case RO_OPERATION_NONE:
        return false;
    case RO_OPERATION_FIXED:
        return put(value, "%s", match->rule->argument);
    }
    return false;
}

bool ro_timevalue_resolve(const ro_timematch *match, const ro_time_context *context,
                          ro_timevalue *value)
{
    if (!resolve(match, context, value))
        return false;
    if (value->flag == RO_TIME_FLAG_NONE && !ro_date_is_none(value->date) &&
        value->date.year < RO_TIME_EARLY)
        value->flag = RO_TIME_FLAG_EARLY;
    return true;
}
