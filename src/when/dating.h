/* dating.h - the dates, durations and counts of events. Private to src/when. */
#ifndef RO_WHEN_DATING_H
#define RO_WHEN_DATING_H
#include "lexicon/wordlist.h"
#include "when/timewords.h"

typedef enum ro_time_cue {
#define RO_TIME_CUE(member, name) RO_TIME_CUE_##member,
#include "when/time_cue.def"
#undef RO_TIME_CUE
    RO_TIME_CUES
} ro_time_cue;

/* What the dating of events goes by; both are borrowed. */
typedef struct ro_dating {
    const ro_wordlist *cues; /* cues.tsv */
    const ro_timewords *words;
} ro_dating;

/* Whether a word, in small letters, is one of a cue. */
bool ro_dating_has_cue(const ro_dating *dating, ro_time_cue cue, const char *word);
/* Whether a token stands under "since", below limit: "since Monday", "since the fighting began on
 * Monday". It tells of a start, not of the day of an event. */
bool ro_dating_is_since(const ro_dating *dating, const ro_document *document, uint32_t token,
                        uint32_t limit);
/* Fills the time fields of every event. */
ro_status ro_dating_anchor(const ro_dating *dating, ro_document *document);
#endif
