/* marks.h - the field "marks" of a JSON document: what heads are asked about. */
#ifndef RO_READ_MARKS_H
#define RO_READ_MARKS_H
#include "doc/document.h"

#include <jansson.h>

/* Adds marks to a document: [{"start": 0, "end": 9, "actor": [[0, 3]], "recipient": [[5, 9]]}, ...]
 * in code points of its text as given. start and end left out (or null): the whole text; actor and
 * recipient: no pair. BAD_FORMAT with what was expected and the number of the mark (from 0) that is
 * none, or OUT_OF_MEMORY. */
ro_status ro_marks_read(const json_t *value, ro_document *document, const char **expected,
                        size_t *at);
#endif
