/* phrases.h - finds sequences of string ids in a sequence of ids: spaCy's PhraseMatcher. */
#ifndef RO_PARSE_PHRASES_H
#define RO_PARSE_PHRASES_H
#include "readout.h"

typedef struct ro_phrases ro_phrases;

ro_phrases *ro_phrases_new(const ro_allocator *allocator); /* NULL when out of memory */
void ro_phrases_free(ro_phrases *phrases);
/* Adds a sequence of count >= 1 ids, copied. OK or OUT_OF_MEMORY. */
ro_status ro_phrases_add(ro_phrases *phrases, const uint64_t *ids, size_t count);
/* To be called once after the last add and before the first search; read-only afterwards. */
void ro_phrases_finish(ro_phrases *phrases);
/* Gives the lengths of the phrases that match at ids[at], in no order; returns how many, at most
 * room. */
size_t ro_phrases_at(const ro_phrases *phrases, const uint64_t *ids, size_t count, size_t at,
                     uint32_t *lengths, size_t room);
#endif
