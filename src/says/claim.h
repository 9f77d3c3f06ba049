/* claim.h - a cue with what hangs on it by the tree: every reading that its lines allow. */
#ifndef RO_SAYS_CLAIM_H
#define RO_SAYS_CLAIM_H
#include "base/range.h"
#include "doc/quotes.h"
#include "says/cues.h"

/* Ranges of a content; its tokens at most, in quotation marks and without; claims of one token. */
enum { RO_CLAIM_RANGES = 6, RO_CLAIM_LIMIT = 2000, RO_CLAIM_UNQUOTED = 200, RO_CLAIM_MOST = 12 };

/* How a content hangs on its cue. */
typedef enum ro_reading {
#define RO_READING(member, name) RO_READING_##member,
#include "says/reading.def"
#undef RO_READING
    RO_READING_COUNT
} ro_reading;

typedef struct ro_claim {
    const ro_cue *line;
    ro_reading reading;
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

/* Reads the claims that a token makes as a cue, RO_CLAIM_MOST at most, the likeliest by its lines
 * first; their number. proposed: something else takes the token for a cue, so that any word may be
 * one, and in any way. */
uint32_t ro_claim_read(const ro_claim_search *search, uint32_t token, bool proposed,
                       ro_claim *claims);
#endif
