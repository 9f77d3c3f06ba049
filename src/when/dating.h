/* dating.h - the dates, durations and counts of events. Private to src/when. */
#ifndef RO_WHEN_DATING_H
#define RO_WHEN_DATING_H
#include "when/timewords.h"

typedef enum ro_time_cue {
    RO_TIME_CUE_FUTURE,
    RO_TIME_CUE_PLAN,
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
/* Fills the time fields of every event. */
ro_status ro_dating_anchor(const ro_dating *dating, ro_document *document);
#endif
