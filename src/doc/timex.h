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

typedef struct ro_timex {
    uint32_t first, end;   /* tokens                                                         */
    ro_timex_type type;
    const char *value;     /* TIMEX3 value: 2022-03-02TNI, PT1H30M, XXXX-WXX-4; "" if open  */
    ro_date date;          /* the first day the value covers, none if it is no date         */
    const char *rule;      /* the rule or data line that made it                            */
} ro_timex;
#endif
