/* source.h - who is behind a cue, and whom it was said to. */
#ifndef RO_SAYS_SOURCE_H
#define RO_SAYS_SOURCE_H
#include "doc/document.h"

/* The head token of the source of a verb (or adjective) that is a cue, and of a noun; RO_NONE if
 * nobody is named. */
uint32_t ro_source_of_verb(const ro_document *document, uint32_t verb);
uint32_t ro_source_of_noun(const ro_document *document, uint32_t noun);
/* The head token of whom a verb's content was said to; RO_NONE if none. */
uint32_t ro_source_addressee(const ro_document *document, uint32_t verb);
#endif
