/* where.h - places, and where events happened. */
#ifndef RO_WHERE_WHERE_H
#define RO_WHERE_WHERE_H
#include "doc/document.h"
#include "lexicon/lexicon.h"

/* Fills document->places, in text order: countries, capitals and nationality words of the lexicon,
 * and names that the recogniser took for places. Coordinates are not known yet. OUT_OF_MEMORY. */
ro_status ro_where_find(const ro_lexicon *lexicon, ro_document *document, ro_error *error);
/* Gives each of document->events its place: one that its clause says it happened in; never a place
 * that acts. OUT_OF_MEMORY. */
ro_status ro_where_anchor(ro_document *document, ro_error *error);
#endif
