/* timex.c - names of TIMEX3 types and of what is odd about a date. */
#include "doc/timex.h"

#include "base/closed_set.h"

static const char *const types[] = {
#define RO_TIMEX_TYPE(member) #member,
#include "doc/timex_type.def"
#undef RO_TIMEX_TYPE
};

const char *ro_timex_type_name(ro_timex_type type)
{
    return ro_closed_set_name(types, RO_CLOSED_SET_COUNT(types), (unsigned)type);
}

bool ro_timex_type_parse(ro_text name, ro_timex_type *type)
{
    unsigned index;
    if (!ro_closed_set_find(types, RO_CLOSED_SET_COUNT(types), name, &index))
        return false;
    *type = (ro_timex_type)index;
    return true;
}

static const char *const flags[] = {
#define RO_TIME_FLAG(member, name) name,
#include "doc/time_flag.def"
#undef RO_TIME_FLAG
};

const char *ro_time_flag_name(ro_time_flag flag)
{
    return ro_closed_set_name(flags, RO_CLOSED_SET_COUNT(flags), (unsigned)flag);
}
