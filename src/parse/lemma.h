/* lemma.h - spaCy's lemmatizers: by rules, by index (French), by look-up. */
#ifndef RO_PARSE_LEMMA_H
#define RO_PARSE_LEMMA_H
#include "parse/work.h"

#include <jansson.h>

typedef struct ro_lemma ro_lemma; /* read-only, shared */

/* Opens a component of model.json with the tables below its name. CORRUPT, UNSUPPORTED (another
 * mode) or OUT_OF_MEMORY. labels, vocabulary and weights must outlive it. */
ro_status ro_lemma_open(const json_t *component, const char *name, const ro_weights *weights,
                        const ro_vocabulary *vocabulary, const ro_labels *labels,
                        const ro_allocator *allocator, ro_lemma **lemma, ro_error *error);
void ro_lemma_close(ro_lemma *lemma);

/* One thread's memory: lemmas by form, part of speech and morphology. */
typedef struct ro_lemma_scratch ro_lemma_scratch;
ro_lemma_scratch *ro_lemma_scratch_new(const ro_lemma *lemma);
void ro_lemma_scratch_free(ro_lemma_scratch *scratch);
/* To be called when the forms are cleared. OK or OUT_OF_MEMORY. */
ro_status ro_lemma_scratch_clear(ro_lemma_scratch *scratch);

/* Sets the lemmas that are not set (all, if the component overwrites). They live until the scratch
 * is cleared. OK or OUT_OF_MEMORY. */
ro_status ro_lemma_run(const ro_lemma *lemma, ro_lemma_scratch *scratch, ro_work *work);
#endif
