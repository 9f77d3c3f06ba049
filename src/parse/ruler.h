/* ruler.h - spaCy's attribute_ruler: patterns over tokens that set their attributes. */
#ifndef RO_PARSE_RULER_H
#define RO_PARSE_RULER_H
#include "parse/regex.h"
#include "parse/work.h"

#include <jansson.h>

typedef struct ro_ruler ro_ruler; /* read-only, shared */

/* Opens a component of model.json. UNSUPPORTED names an attribute or operator that is not run;
 * CORRUPT; OUT_OF_MEMORY. labels and vocabulary must outlive the ruler. */
ro_status ro_ruler_open(const json_t *component, const ro_vocabulary *vocabulary, ro_labels *labels,
                        const ro_allocator *allocator, ro_ruler **ruler, ro_error *error);
void ro_ruler_close(ro_ruler *ruler);

/* One thread's memory: which rules a token matches by itself, by form, tag, relation and part of
 * speech. */
typedef struct ro_ruler_scratch ro_ruler_scratch;
ro_ruler_scratch *ro_ruler_scratch_new(const ro_ruler *ruler);
void ro_ruler_scratch_free(ro_ruler_scratch *scratch);
/* To be called when the forms are cleared. OK or OUT_OF_MEMORY. */
ro_status ro_ruler_scratch_clear(ro_ruler_scratch *scratch);

/* Matches all patterns, then applies them in their order. OK or OUT_OF_MEMORY. */
ro_status ro_ruler_run(const ro_ruler *ruler, ro_ruler_scratch *scratch, ro_work *work);
#endif
