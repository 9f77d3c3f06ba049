/* claim.h - one cue with what hangs on it, as tokens; says.c turns claims into attributions. */
#ifndef RO_SAYS_CLAIM_H
#define RO_SAYS_CLAIM_H
#include "says/cues.h"
#include "doc/quotes.h"

enum { RO_CLAIM_RANGES = 6, RO_CLAIM_LIMIT = 2000 }; /* ranges of a content; its tokens at most */

/* Tokens [first, end). */
typedef struct ro_range {
    uint32_t first, end;
} ro_range;

typedef struct ro_claim {
    const ro_cue *line;
    uint32_t token;       /* that carries the cue                                   */
    ro_range cue;
    uint32_t source;      /* head token, RO_NONE if the claim has none              */
    uint32_t addressee;   /* head token, RO_NONE if none                            */
    ro_range content[RO_CLAIM_RANGES];
    uint32_t count;       /* of content                                             */
    bool negated;
} ro_claim;

/* What the search for claims reads. */
typedef struct ro_claim_search {
    const ro_cues *cues;
    const ro_quotes *quotes;
    const ro_document *document;
} ro_claim_search;

/* Reads the claim that a token makes as a cue; false if it makes none. */
bool ro_claim_read(const ro_claim_search *search, uint32_t token, ro_claim *claim);
#endif
