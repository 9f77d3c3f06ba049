/* nesting.h - in which attribution's content a token stands. */
#ifndef RO_DOC_NESTING_H
#define RO_DOC_NESTING_H
#include "doc/document.h"

/* Writes for every token the index of the attribution with the shortest content that holds it,
 * RO_NONE where none does. inner has room for token_count, and so has scratch. */
void ro_nesting_mark(const ro_document *document, uint32_t *inner, uint32_t *scratch);
/* The same with quotations alone: who speaks there. */
void ro_nesting_mark_spoken(const ro_document *document, uint32_t *inner, uint32_t *scratch);
/* The first token that ends behind a byte; token_count if there is none. */
uint32_t ro_nesting_token_at(const ro_document *document, uint32_t byte);
#endif
