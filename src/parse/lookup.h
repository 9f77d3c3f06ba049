/* lookup.h - look-up tables of a model file, keyed by string ids (docs/model-format.md). */
#ifndef RO_PARSE_LOOKUP_H
#define RO_PARSE_LOOKUP_H
#include "nn/weights.h"

/* A map from ids to strings (lists joined by NULs), or a set of ids (offsets NULL). Borrowed from
 * the weights. An absent table has no keys. */
typedef struct ro_lookup {
    const uint64_t *keys;
    size_t count;
    const uint32_t *offsets;
    const char *text;
} ro_lookup;

/* Opens "<name>/keys" with "<name>/offsets" and "<name>/text", or only keys. Absent keys give an
 * empty table. CORRUPT if keys are unsorted, offsets run out of the text, or the text is no UTF-8.
 */
ro_status ro_lookup_open(const ro_weights *weights, const char *name, ro_lookup *table,
                         ro_error *error);
bool ro_lookup_has(const ro_lookup *table, uint64_t id);
/* False if absent; *value is empty for a set. */
bool ro_lookup_find(const ro_lookup *table, uint64_t id, ro_text *value);
/* Takes the first of strings joined by NULs off *list; false when none is left. Start with the
 * value that ro_lookup_find gave. */
bool ro_lookup_next(ro_text *list, ro_text *item);
/* Whether the keys are ascending and unique. */
bool ro_lookup_sorted(const uint64_t *keys, size_t count);
/* The index of id among sorted keys, or count. */
size_t ro_lookup_search(const uint64_t *keys, size_t count, uint64_t id);
#endif
