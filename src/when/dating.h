/* dating.h - the dates, durations and counts of events. Private to src/when. */
#ifndef RO_WHEN_DATING_H
#define RO_WHEN_DATING_H
#include "when/timewords.h"

typedef enum ro_time_cue {
    RO_TIME_CUE_FUTURE,
    RO_TIME_CUE_PLAN,
    RO_TIME_CUE_SCHEDULE,
    RO_TIME_CUE_LAST,
    RO_TIME_CUE_ONSET,
    RO_TIME_CUE_COUNT,
    RO_TIME_CUE_COUNT_OF
} ro_time_cue;

/* The words of cues.tsv; each cue a set of lower-cased words. */
typedef struct ro_dating {
    ro_map *cues[RO_TIME_CUE_COUNT_OF];
    const ro_timewords *words;
} ro_dating;

bool ro_dating_has_cue(const ro_dating *dating, ro_time_cue cue, const char *word);
/* Whether a token stands under "since", below limit: "since Monday", "since the fighting began on
 * Monday". It tells of a start, not of the day of an event. */
bool ro_dating_is_since(const ro_document *document, uint32_t token, uint32_t limit);
/* Fills the time fields of every event. */
ro_status ro_dating_anchor(const ro_dating *dating, ro_document *document);
#endif
