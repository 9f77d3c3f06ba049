/* who.h - who is spoken of: entities with actor codes, and their mentions. */
#ifndef RO_WHO_WHO_H
#define RO_WHO_WHO_H
#include "doc/document.h"
#include "lexicon/lexicon.h"

typedef struct ro_who ro_who;

/* Reads data_folder/who. The lexicon is borrowed and must live as long. A fault fails with
 * BAD_FORMAT, naming file and line; else what opening a file returns, or OUT_OF_MEMORY. Read-only
 * afterwards, shared by threads. */
ro_status ro_who_open(const char *data_folder, const ro_lexicon *lexicon,
                      const ro_allocator *allocator, ro_who **who, ro_error *error);
void ro_who_close(ro_who *who);

/* Fills document->entities and document->mentions from tokens, tree and names; offices are those
 * of document->date. Mentions are in the order of their first tokens; "Ukrainian and Russian
 * delegations" gives two mentions with one span and one head. Call it once a document. Fails with
 * OUT_OF_MEMORY only; the document's entities are then not to be used. */
ro_status ro_who_find(const ro_who *who, ro_document *document, ro_error *error);
/* The second pass, when document->attributions are there: gives "I", "we" and "you" to who speaks
 * and is spoken to, and attributions with such a source their source_entity. Fails as the first. */
ro_status ro_who_find_speakers(const ro_who *who, ro_document *document, ro_error *error);
#endif
