/* match.h - which frame a token triggers, and what stands in its slots. */
#ifndef RO_WHAT_MATCH_H
#define RO_WHAT_MATCH_H
#include "doc/document.h"
#include "what/frames.h"

enum { RO_MATCH_TOKENS = 8 }; /* of one slot at most */

/* What a match reads of a document. */
typedef struct ro_match {
    const ro_frames *frames;
    const ro_document *document;
    uint32_t trigger;
} ro_match;

/* Whether a token may trigger frames at all, and of which part; verb and noun. */
bool ro_match_part(const ro_document *document, uint32_t token, ro_frame_part *part);
/* The frame of a trigger: of those whose conditions hold the one whose weigh most, and of these
 * the first; NULL if none. with_code leaves out frames that have none. */
const ro_frame *ro_match_frame(const ro_match *match, bool with_code);
/* The head tokens in a slot; returns how many (0 for SPEAKER, which is no token of the clause). */
size_t ro_match_slot(const ro_match *match, ro_slot slot, uint32_t tokens[RO_MATCH_TOKENS]);
/* The verb that a noun does its work through ("launched" of "launched an attack"); RO_NONE. */
uint32_t ro_match_light_verb(const ro_match *match);
#endif
