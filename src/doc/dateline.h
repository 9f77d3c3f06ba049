/* dateline.h - "TUNIS, March 3 (Reuters) -": where and when a dispatch was written. */
#ifndef RO_DOC_DATELINE_H
#define RO_DOC_DATELINE_H
#include "doc/document.h"

/* Finds the dateline that opens one of the first sentences and makes it a sentence of its own,
 * document->dateline, so that what the parser hung on it stands without it. To be called once, when
 * the tree is linked. False when out of memory. */
bool ro_dateline_split(ro_document *document);
#endif
