/* timerules.h - what a time expression looks like: patterns over pieces. Private to src/when. */
#ifndef RO_WHEN_TIMERULES_H
#define RO_WHEN_TIMERULES_H
#include "when/timewords.h"

typedef enum ro_operation {
#define RO_OPERATION(member, name) RO_OPERATION_##member,
#include "when/operation.def"
#undef RO_OPERATION
} ro_operation;

/* One line of rules.tsv. */
typedef struct ro_timerule {
    ro_timex_type type;
    ro_operation operation;
    const char *argument; /* "" if none                        */
    const char *source;   /* "rules.tsv:12"                    */
} ro_timerule;

typedef struct ro_timerules ro_timerules;

/* What a rule found. */
typedef struct ro_timematch {
    const ro_timerule *rule;
    uint32_t first, end; /* pieces of the expression                                           */
    bool has[RO_TIME_CLASS_COUNT_OF];
    ro_reading readings[RO_TIME_CLASS_COUNT_OF]; /* the last of each class                    */
    double first_number; /* of two years, numbers or days, and the first of two units         */
    const char *first_unit;
} ro_timematch;

/* Reads rules.tsv; words is borrowed. */
ro_status ro_timerules_open(const char *path, ro_arena *arena, const ro_allocator *allocator,
                            const ro_timewords *words, ro_timerules **rules, ro_error *error);
void ro_timerules_close(ro_timerules *rules);
/* The longest match that begins at pieces[start] (context included); false if there is none. */
bool ro_timerules_match(const ro_timerules *rules, const ro_piece *pieces, uint32_t count,
                        uint32_t start, ro_timematch *match);
#endif
