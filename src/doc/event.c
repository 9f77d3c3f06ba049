/* event.c - names of event statuses, of how exact a date is and of where a place was told. */
#include "doc/event.h"

#include "base/closed_set.h"

static const char *const statuses[] = {
#define RO_EVENT_STATUS(member, name) name,
#include "doc/event_status.def"
#undef RO_EVENT_STATUS
};

static const char *const granularities[] = {
#define RO_GRANULARITY(member, name) name,
#include "doc/granularity.def"
#undef RO_GRANULARITY
};

static const char *const places_from[] = {
#define RO_PLACE_FROM(member, name) name,
#include "doc/place_from.def"
#undef RO_PLACE_FROM
};

const char *ro_event_status_name(ro_event_status status)
{
    return ro_closed_set_name(statuses, RO_CLOSED_SET_COUNT(statuses), (unsigned)status);
}

bool ro_event_status_parse(ro_text name, ro_event_status *status)
{
    unsigned index;
    if (!ro_closed_set_find(statuses, RO_CLOSED_SET_COUNT(statuses), name, &index))
        return false;
    *status = (ro_event_status)index;
    return true;
}

const char *ro_granularity_name(ro_granularity granularity)
{
    return ro_closed_set_name(granularities, RO_CLOSED_SET_COUNT(granularities),
                              (unsigned)granularity);
}

const char *ro_place_from_name(ro_place_from from)
{
    return ro_closed_set_name(places_from, RO_CLOSED_SET_COUNT(places_from), (unsigned)from);
}
