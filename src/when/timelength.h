/* timelength.h - how long, how often, and which days a value covers. Private to src/when. */
#ifndef RO_WHEN_TIMELENGTH_H
#define RO_WHEN_TIMELENGTH_H
#include "when/timevalue.h"

/* The value of a match of the operations duration and set. False if it makes no sense. */
bool ro_timelength_resolve(const ro_timematch *match, ro_timevalue *value);
bool ro_timelength_resolve_set(const ro_timematch *match, ro_timevalue *value);
/* First and last day and granularity of a TIMEX3 value that is a date, or of two with a slash
 * between them; false for others, and for one that is no day of the calendar. */
bool ro_timelength_bounds(const char *value, ro_date *first, ro_date *last,
                          ro_granularity *granularity);
#endif
