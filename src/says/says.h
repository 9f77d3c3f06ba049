/* says.h - who says so: attributions of a document, with source, cue and content. */
#ifndef RO_SAYS_SAYS_H
#define RO_SAYS_SAYS_H
#include "doc/document.h"

typedef struct ro_says ro_says;

typedef struct ro_says_options {
    const char *data_folder;
    const ro_allocator *allocator;
    bool accurate; /* the heads asked are those of the accurate encoder's vectors          */
    bool keeps;    /* every option that is weighed is kept in the document                        */
} ro_says_options;

/* Reads cues.tsv, sources.tsv and the weights of data_folder/says. A fault fails with BAD_FORMAT,
 * naming file and line; else what opening a file returns, or OUT_OF_MEMORY. Read-only afterwards,
 * shared by threads. */
ro_status ro_says_open(const ro_says_options *options, ro_says **says, ro_error *error);
void ro_says_close(ro_says *says);

/* Appends the attributions of a parsed document, in the order of their cues. Entities and mentions
 * are read where they exist. OK, or OUT_OF_MEMORY (the document is then given up). */
ro_status ro_says_find(const ro_says *says, ro_document *document, ro_error *error);
#endif
