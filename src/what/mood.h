/* mood.h - whether an event happened: negation and status, from auxiliaries and governing verbs. */
#ifndef RO_WHAT_MOOD_H
#define RO_WHAT_MOOD_H
#include "what/match.h"

/* Whether a verb or noun is negated where it stands ("did not meet", "no talks"). */
bool ro_mood_is_negated(const ro_document *document, uint32_t token);
/* Whether a verb is in the future ("will pay"). */
bool ro_mood_is_future(const ro_document *document, uint32_t token);
/* The status of a match's event, by its own auxiliaries, a condition it stands under, and the
 * nearest frame above it that says something of what it governs. */
ro_event_status ro_mood_status(const ro_match *match);
#endif
