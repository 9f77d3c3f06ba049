/* content.h - the edges of a content: clauses, quotations, noun phrases. */
#ifndef RO_SAYS_CONTENT_H
#define RO_SAYS_CONTENT_H
#include "says/claim.h"

/* Adds tokens [first, end) to a claim's content; a range too many, or empty, is left out. */
void ro_content_add(ro_claim *claim, uint32_t first, uint32_t end);
/* Widens ranges to the whole of a quotation that they lie in and the cue does not, keeps them
 * inside the one that the cue stands in, trims them, joins those that meet. False if nothing is
 * left, or if it is too long to be what anybody said. */
bool ro_content_finish(const ro_claim_search *search, ro_claim *claim);
/* The quotation beside a cue: behind a colon, comma or the cue itself, or in front of the cue's
 * clause, which starts at token first. RO_NONE if there is none. */
uint32_t ro_content_quote_beside(const ro_claim_search *search, const ro_claim *claim,
                                 uint32_t first);
#endif
