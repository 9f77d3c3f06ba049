/* bert.h - the accurate encoder: a model file with pieces, a transformer and heads. */
#ifndef RO_PARSE_BERT_H
#define RO_PARSE_BERT_H
#include "doc/document.h"
#include "parse/headset.h"

typedef struct ro_bert ro_bert; /* read-only, shared by threads */

/* Opens a model file of a BERT-shaped encoder (docs/model-format.md). kernels must outlive it.
 * Fails with what ro_weights_open does, CORRUPT or UNSUPPORTED with the tensor or field,
 * OUT_OF_MEMORY. */
ro_status ro_bert_open(const char *path, const ro_kernels *kernels, const ro_allocator *allocator,
                       ro_bert **bert, ro_error *error);
void ro_bert_close(ro_bert *bert);
const ro_headset *ro_bert_heads(const ro_bert *bert);

/* One thread's memory. NULL when out of memory. */
typedef struct ro_bert_scratch ro_bert_scratch;
ro_bert_scratch *ro_bert_scratch_new(const ro_bert *bert);
void ro_bert_scratch_free(ro_bert_scratch *scratch);

/* Gives each parsed document the vectors of its tokens (document->vectors), in the arena: a token's
 * is that of its first piece. A long text is read in overlapping windows, each piece taken from the
 * one where it sees most. The same document gets the same bytes whatever the others are. OK or
 * OUT_OF_MEMORY. */
ro_status ro_bert_run(ro_bert_scratch *scratch, ro_document *const *documents, size_t count,
                      ro_arena *vectors);
#endif
