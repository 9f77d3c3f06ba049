/* timex.h - time expressions (TIMEX3). Plain data. */
#ifndef RO_DOC_TIMEX_H
#define RO_DOC_TIMEX_H
#include "readout.h"

typedef enum ro_timex_type {
#define RO_TIMEX_TYPE(member) RO_TIMEX_TYPE_##member,
#include "doc/timex_type.def"
#undef RO_TIMEX_TYPE
} ro_timex_type;
const char *ro_timex_type_name(ro_timex_type type);
bool ro_timex_type_parse(ro_text name, ro_timex_type *type);

typedef enum ro_time_flag {
#define RO_TIME_FLAG(member, name) RO_TIME_FLAG_##member,
#include "doc/time_flag.def"
#undef RO_TIME_FLAG
} ro_time_flag;
const char *ro_time_flag_name(ro_time_flag flag);

/* Dates before this year are flagged. */
#define RO_TIME_EARLY 1900

typedef struct ro_timex {
    uint32_t first, end;   /* tokens                                                         */
    ro_timex_type type;
    const char *value;     /* TIMEX3 value: 2022-03-02TNI, PT1H30M, XXXX-WXX-4; "" if open  */
    ro_date date;          /* the first day the value covers, none if it is no date         */
    ro_time_flag flag;
    const char *rule;      /* the rule or data line that made it                            */
} ro_timex;
#endif
