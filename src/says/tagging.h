/* tagging.h - what the attribution head says of a document, made ready to be asked span by span. */
#ifndef RO_SAYS_TAGGING_H
#define RO_SAYS_TAGGING_H
#include "base/range.h"
#include "doc/document.h"

typedef enum ro_part {
#define RO_PART(member, name) RO_PART_##member,
#include "says/part.def"
#undef RO_PART
    RO_PART_COUNT
} ro_part;

/* A span of the best chain. */
typedef struct ro_tagged {
    ro_range range;
    bool resumes; /* the one before it, of the same part */
} ro_tagged;

typedef RO_LIST(ro_tagged) ro_tagged_list;

/* Arrays have a number a token and one behind; sums are of the tokens before each. */
typedef struct ro_tagging {
    bool known;                       /* false: no head was asked, all numbers are 0         */
    float *begins[RO_PART_COUNT];     /* that a span of the part begins, or resumes, here    */
    float *inside[RO_PART_COUNT];     /* that one goes on here                               */
    double *shares[RO_PART_COUNT];    /* sums of both                                        */
    double *chains[RO_PART_COUNT];    /* sums of the logarithms of inside                    */
    ro_tagged_list spans[RO_PART_COUNT]; /* in text order                                    */
} ro_tagging;

/* Reads the answer of the head "attribution", if there is one. OK or OUT_OF_MEMORY. */
ro_status ro_tagging_read(const ro_document *document, ro_arena *arena, ro_tagging *tagging);
/* The tagging of a document of which no head was asked. OK or OUT_OF_MEMORY. */
ro_status ro_tagging_blank(const ro_document *document, ro_arena *arena, ro_tagging *tagging);
/* How probable it is that a token belongs to a part. */
float ro_tagging_of(const ro_tagging *tagging, ro_part part, uint32_t token);
/* The mean of that over tokens [first, end), which are some. */
double ro_tagging_mean(const ro_tagging *tagging, ro_part part, ro_range range);
/* Logarithms of how probable it is that a span begins where a range does, goes on to its last
 * token, and ends there. 0 where nothing is known. */
double ro_tagging_begin(const ro_tagging *tagging, ro_part part, uint32_t first);
double ro_tagging_chain(const ro_tagging *tagging, ro_part part, ro_range range);
double ro_tagging_end(const ro_tagging *tagging, ro_part part, uint32_t end);
/* The first span of a part that ends behind a token; the number of spans if there is none. */
uint32_t ro_tagging_behind(const ro_tagging *tagging, ro_part part, uint32_t token);
/* Whether a range is a span of a part. */
bool ro_tagging_is_span(const ro_tagging *tagging, ro_part part, ro_range range);
#endif
