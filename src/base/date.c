/* date.c - days of the proleptic Gregorian calendar: parsing, counting, weekdays. What an
 * expression such as "last Tuesday" means is the when stage's matter.
 *
 * Days are counted from March 1st of the year 0, so that the leap day comes last in a year: the
 * method of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
 */
#include "base/date.h"

enum { FIRST_DAY = -719162, LAST_DAY = 2932896 }; /* 0001-01-01 and 9999-12-31 from 1970-01-01 */

bool ro_date_is_none(ro_date date)
{
    return date.month == 0;
}

bool ro_date_is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int ro_date_days_in_month(int year, int month)
{
    static const int days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month] + (month == 2 && ro_date_is_leap(year));
}

bool ro_date_is_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && day >= 1 && day <= ro_date_days_in_month(year, month);
}

int32_t ro_date_to_days(ro_date date)
{
    const int32_t year = date.month > 2 ? date.year : date.year - 1; /* begins in March */
    const int32_t era = year / 400;                                  /* year is never negative */
    const int32_t year_of_era = year - era * 400;
    const int32_t month = (date.month + 9) % 12; /* March is 0 */
    const int32_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    const int32_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

ro_date ro_date_from_days(int32_t days)
{
    if (days < FIRST_DAY || days > LAST_DAY)
        return RO_DATE_NONE;
    days += 719468;
    const int32_t era = days / 146097;
    const int32_t day_of_era = days - era * 146097;
    const int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t month = (5 * day_of_year + 2) / 153; /* March is 0 */
    return (ro_date){
        .year = (int16_t)(year_of_era + era * 400 + (month >= 10)),
        .month = (int8_t)(month < 10 ? month + 3 : month - 9),
        .day = (int8_t)(day_of_year - (153 * month + 2) / 5 + 1),
    };
}

ro_date ro_date_add_days(ro_date date, int32_t days)
{
    const int64_t sum = (int64_t)ro_date_to_days(date) + days;
    return sum < FIRST_DAY || sum > LAST_DAY ? RO_DATE_NONE : ro_date_from_days((int32_t)sum);
}

ro_date ro_date_add_months(ro_date date, int32_t months)
{
    const int64_t count = (int64_t)date.year * 12 + date.month - 1 + months;
    if (count < 12 || count >= 10000 * 12)
        return RO_DATE_NONE;
    const int year = (int)(count / 12), month = (int)(count % 12) + 1;
    const int last = ro_date_days_in_month(year, month);
    return (ro_date){(int16_t)year, (int8_t)month, (int8_t)(date.day < last ? date.day : last)};
}

int ro_date_weekday(ro_date date)
{
    /* counted from 0001-01-01, a Monday, so that nothing is negative */
    return (ro_date_to_days(date) - FIRST_DAY) % 7 + 1;
}

int ro_date_week(ro_date date, int *year)
{
    /* a week belongs to the year that holds its Thursday; in days, for the first and last week of
     * the calendar have Thursdays that may lie outside it */
    const int32_t thursday = ro_date_to_days(date) + 4 - ro_date_weekday(date);
    int of = date.year;
    if (thursday < ro_date_to_days((ro_date){date.year, 1, 1}))
        --of;
    else if (thursday > ro_date_to_days((ro_date){date.year, 12, 31}))
        ++of;
    if (year != NULL)
        *year = of;
    return (thursday - ro_date_to_days((ro_date){(int16_t)of, 1, 1})) / 7 + 1;
}

int ro_date_compare(ro_date a, ro_date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    return a.month != b.month ? a.month - b.month : a.day - b.day;
}

void ro_date_format(ro_date date, char out[static 11])
{
    if (ro_date_is_none(date)) {
        out[0] = '\0';
        return;
    }
    const int numbers[] = {date.year / 100, date.year % 100, date.month, date.day};
    static const int at[] = {0, 2, 5, 8};
    for (int i = 0; i < 4; ++i) {
        out[at[i]] = (char)('0' + numbers[i] / 10 % 10);
        out[at[i] + 1] = (char)('0' + numbers[i] % 10);
    }
    out[4] = out[7] = '-';
    out[10] = '\0';
}

bool ro_date_parse(ro_text text, ro_date *date)
{
    if (text.length != 10)
        return false;
    int numbers[3] = {0, 0, 0};
    int part = 0;
    for (size_t i = 0; i < 10; ++i) {
        const char c = text.data[i];
        if (i == 4 || i == 7) {
            if (c != '-')
                return false;
            ++part;
        } else if (c < '0' || c > '9') {
            return false;
        } else {
            numbers[part] = numbers[part] * 10 + (c - '0');
        }
    }
    if (!ro_date_is_valid(numbers[0], numbers[1], numbers[2]))
        return false;
    *date = (ro_date){(int16_t)numbers[0], (int8_t)numbers[1], (int8_t)numbers[2]};
    return true;
}
