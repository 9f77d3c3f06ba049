/* event.h - who did what to whom. Plain data. */
#ifndef RO_DOC_EVENT_H
#define RO_DOC_EVENT_H
#include "base/arena.h"
#include "doc/entity.h"

typedef enum ro_event_status {
#define RO_EVENT_STATUS(member, name) RO_EVENT_STATUS_##member,
#include "doc/event_status.def"
#undef RO_EVENT_STATUS
} ro_event_status;
const char *ro_event_status_name(ro_event_status status);
bool ro_event_status_parse(ro_text name, ro_event_status *status);

typedef enum ro_granularity {
#define RO_GRANULARITY(member, name) RO_GRANULARITY_##member,
#include "doc/granularity.def"
#undef RO_GRANULARITY
} ro_granularity;
const char *ro_granularity_name(ro_granularity granularity);

/* A party of an event, as written here. */
typedef struct ro_participant {
    uint32_t entity;       /* index into entities, RO_NONE if none   */
    uint32_t first, end;   /* tokens of the whole noun phrase        */
} ro_participant;
typedef RO_LIST(ro_participant) ro_participant_list;

typedef enum ro_place_from {
#define RO_PLACE_FROM(member, name) RO_PLACE_FROM_##member,
#include "doc/place_from.def"
#undef RO_PLACE_FROM
} ro_place_from;
const char *ro_place_from_name(ro_place_from from);

typedef struct ro_event {
    const char *event_type, *mode;  /* PLOVER: CONSULT, phone; "" if none                       */
    const char *contexts;           /* separated by ' ', "" if none                             */
    const char *cameo;              /* "041"                                                    */
    int quad, pentaclass;
    double goldstein;
    bool main;
    ro_participant_list actors, recipients;
    ro_date date, date_end;
    ro_granularity granularity;
    uint32_t timex;                 /* index into timexes, RO_NONE                              */
    uint32_t place;                 /* index into places, RO_NONE                               */
    ro_place_from place_from;
    const char *duration;           /* ISO 8601, "" if none                                     */
    int count_ordinal;              /* 3 of "their third call", 0 if none                       */
    const char *count_since;        /* TIMEX3 value: 2022-02-24, 2019; "" if none               */
    const char *count_within;       /* of "the second in a month": P1M; "" if none              */
    int killed, injured, size;      /* -1 if not given                                          */
    ro_event_status status;
    bool negated;
    RO_LIST(uint32_t) attributions; /* innermost first                                          */
    uint32_t trigger_first, trigger_end; /* tokens                                              */
    uint32_t sentence;
    double confidence;
    const char *frame;              /* the frame that made it: "call-phone (events.frames:12)" */
} ro_event;
#endif
