/* date.h - days of the proleptic Gregorian calendar, 0001-01-01 to 9999-12-31. ro_date_parse is in
 * readout.h. Functions that take a date want a day of the calendar, not none. */
#ifndef RO_BASE_DATE_H
#define RO_BASE_DATE_H
#include "readout.h"

/* No date: year, month and day are 0. */
#define RO_DATE_NONE ((ro_date){0, 0, 0})

bool ro_date_is_none(ro_date date);
/* Whether it is a day of the calendar in 0001..9999. */
bool ro_date_is_valid(int year, int month, int day);
bool ro_date_is_leap(int year);
/* 28 to 31; 0 if month is not 1..12. */
int ro_date_days_in_month(int year, int month);
/* Days since 1970-01-01, which is 0. */
int32_t ro_date_to_days(ro_date date);
/* The inverse; none outside 0001..9999. */
ro_date ro_date_from_days(int32_t days);
/* The date so many days later (earlier if negative); none outside 0001..9999. */
ro_date ro_date_add_days(ro_date date, int32_t days);
/* The same day so many months later, or the last of that month if it has no such day (January 31
 * and one month: February 28 or 29); none outside 0001..9999. */
ro_date ro_date_add_months(ro_date date, int32_t months);
/* 1 for Monday to 7 for Sunday, as in ISO 8601. */
int ro_date_weekday(ro_date date);
/* The ISO 8601 week, 1 to 53; *year (may be NULL) gets the year that the week belongs to. */
int ro_date_week(ro_date date, int *year);
/* Negative, 0 or positive as a is before, on or after b. None comes first. */
int ro_date_compare(ro_date a, ro_date b);
/* Writes YYYY-MM-DD and a NUL; "" for none. */
void ro_date_format(ro_date date, char out[static 11]);
#endif
