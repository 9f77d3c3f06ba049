/* timevalue.h - what a match is worth: TIMEX3 values. Private to src/when. */
#ifndef RO_WHEN_TIMEVALUE_H
#define RO_WHEN_TIMEVALUE_H
#include "when/timerules.h"

/* Which way an expression points that does not say so itself. */
typedef enum ro_direction {
    RO_DIRECTION_PAST,        /* "met in June"                       */
    RO_DIRECTION_LIKELY_PAST, /* "told of cuts in June"              */
    RO_DIRECTION_FUTURE,      /* "will meet in June", "meets on ..." */
    RO_DIRECTION_OPEN
} ro_direction;

/* What a value is resolved against; dates may be none. */
typedef struct ro_time_context {
    ro_date published;
    ro_date told;      /* the last date told before, or published      */
    ro_date told_day;  /* the last one exact to the day                */
    ro_date told_here; /* the same within the sentence                 */
    ro_date quarter;   /* the first day of a quarter told just before  */
    ro_date latest_quarter; /* or anywhere before                      */
    ro_direction direction;
} ro_time_context;

#define RO_TIMEVALUE_SIZE 48

typedef struct ro_timevalue {
    char text[RO_TIMEVALUE_SIZE]; /* "" if it stays open                         */
    ro_date date;                 /* the first day it covers, or none            */
    ro_timex_type type;
    ro_time_flag flag;
} ro_timevalue;

/* Resolves a match. False if it makes no sense: it is then no time expression. */
bool ro_timevalue_resolve(const ro_timematch *match, const ro_time_context *context,
                          ro_timevalue *value);
#endif
