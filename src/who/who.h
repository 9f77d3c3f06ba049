/* who.h - who is spoken of: entities with actor codes, and their mentions. */
#ifndef RO_WHO_WHO_H
#define RO_WHO_WHO_H
#include "doc/document.h"
#include "lexicon/lexicon.h"

/* Fills document->entities and document->mentions from tokens, tree and names; offices are those
 * of document->date. Mentions are in the order of their first tokens; "Ukrainian and Russian
 * delegations" gives two mentions with one span and one head. Call it once a document. Fails with
 * OUT_OF_MEMORY only; the document's entities are then not to be used. */
ro_status ro_who_find(const ro_lexicon *lexicon, ro_document *document, ro_error *error);
#endif
