/* nesting.h - in which attribution's content a token stands. */
#ifndef RO_DOC_NESTING_H
#define RO_DOC_NESTING_H
#include "doc/document.h"

/* Writes for every token the index of the attribution with the shortest content that holds it,
 * RO_NONE where none does. inner has room for token_count, and so has scratch. */
void ro_nesting_mark(const ro_document *document, uint32_t *inner, uint32_t *scratch);
#endif
