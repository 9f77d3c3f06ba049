/* gazetteer_make.h - from the text of a gazetteer (docs/gazetteer.md) to the table that gazetteer.c
 * reads. */
#ifndef RO_WHERE_GAZETTEER_MAKE_H
#define RO_WHERE_GAZETTEER_MAKE_H
#include "readout.h"

/* A file in memory, borrowed. */
typedef struct ro_gazetteer_text {
    const char *path; /* for faults */
    ro_text bytes;
} ro_gazetteer_text;

/* Compiles texts, of which the first count most, to a table of *length bytes, to be freed by
 * ro_alloc_free_aligned. The same texts give the same bytes. BAD_FORMAT, naming file and line of
 * the first fault, TOO_LARGE, OUT_OF_MEMORY. */
ro_status ro_gazetteer_make_table(const ro_gazetteer_text *texts, size_t count,
                                  const ro_allocator *allocator, void **table, size_t *length,
                                  ro_error *error);
#endif
