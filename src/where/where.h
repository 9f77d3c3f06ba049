/* where.h - places, and where events happened. */
#ifndef RO_WHERE_WHERE_H
#define RO_WHERE_WHERE_H
#include "doc/document.h"
#include "lexicon/lexicon.h"
#include "where/gazetteer.h"

typedef struct ro_where ro_where;

/* Reads words.tsv, common.tsv and evidence.tsv of data_folder/where; lexicon and gazetteer (NULL:
 * places have no positions) are borrowed. A fault fails with BAD_FORMAT, naming file and line; else
 * what ro_wordlist_open returns. Read-only afterwards, shared by threads. */
ro_status ro_where_open(const char *data_folder, const ro_lexicon *lexicon,
                        const ro_gazetteer *gazetteer, const ro_allocator *allocator,
                        ro_where **where, ro_error *error);
void ro_where_close(ro_where *where);
/* Fills document->places, in text order: names of places, nationality words before what they tell
 * of, each taken for the place that the text around it speaks for. OUT_OF_MEMORY. */
ro_status ro_where_find(const ro_where *where, ro_document *document, ro_error *error);
/* Gives each of document->events its place: one that its clause says it happened in, else one of
 * its sentence, else that of the dateline; never a place that acts. OUT_OF_MEMORY. */
ro_status ro_where_anchor(const ro_where *where, ro_document *document, ro_error *error);
#endif
