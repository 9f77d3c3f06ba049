/* what.h - who did what to whom: events of a document, from frames over the tree. */
#ifndef RO_WHAT_WHAT_H
#define RO_WHAT_WHAT_H
#include "doc/document.h"

typedef struct ro_what ro_what;

/* Reads data_folder/ontology and data_folder/frames. A fault fails with BAD_FORMAT, naming file and
 * line; else what opening a file returns, or OUT_OF_MEMORY. Read-only afterwards, shared by
 * threads. */
ro_status ro_what_open(const char *data_folder, const ro_allocator *allocator, ro_what **what,
                       ro_error *error);
void ro_what_close(ro_what *what);

/* Appends the events of a parsed document, in the order of their triggers. Entities, mentions and
 * attributions are read where they exist; dates and places are left open. OK, or OUT_OF_MEMORY (the
 * document is then given up). */
ro_status ro_what_find(const ro_what *what, ro_document *document, ro_error *error);
#endif
