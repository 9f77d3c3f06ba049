/* tokenizer.h - spaCy's rule-based tokenizer. */
#ifndef RO_PARSE_TOKENIZER_H
#define RO_PARSE_TOKENIZER_H
#include "parse/forms.h"

#include <jansson.h>

typedef struct ro_tokenizer ro_tokenizer; /* read-only, shared */

/* A token before anything is known of it: bytes [start, end) of the text that was tokenized. */
typedef struct ro_piece {
    uint32_t start, end, form;
    bool space_after;
} ro_piece;

/* Opens the object "tokenizer" of model.json (borrowed only during the call); vocabulary must
 * outlive the tokenizer. CORRUPT or BAD_FORMAT say what is wrong; OUT_OF_MEMORY. */
ro_status ro_tokenizer_open(const json_t *description, const ro_vocabulary *vocabulary,
                            const ro_allocator *allocator, ro_tokenizer **tokenizer,
                            ro_error *error);
void ro_tokenizer_close(ro_tokenizer *tokenizer);

/* One thread's memory: a cache of what stretches without white space become. */
typedef struct ro_tokenizer_scratch ro_tokenizer_scratch;
ro_tokenizer_scratch *ro_tokenizer_scratch_new(const ro_tokenizer *tokenizer);
void ro_tokenizer_scratch_free(ro_tokenizer_scratch *scratch);
/* Forgets the cache; to be called when the forms are cleared. OK or OUT_OF_MEMORY. */
ro_status ro_tokenizer_scratch_clear(ro_tokenizer_scratch *scratch);

/* Cuts valid UTF-8 into pieces; *pieces is borrowed until the next call. Forms are numbered in
 * forms. OK or OUT_OF_MEMORY. */
ro_status ro_tokenizer_run(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                           ro_forms *forms, ro_text text, const ro_piece **pieces, size_t *count);
#endif
