/* labels.h - the strings that a model gives to tokens (tags, morphologies, relations), numbered. */
#ifndef RO_PARSE_LABELS_H
#define RO_PARSE_LABELS_H
#include "readout.h"

typedef struct ro_labels ro_labels;
typedef uint16_t ro_label; /* 0 is the empty string */

ro_labels *ro_labels_new(const ro_allocator *allocator); /* NULL when out of memory */
void ro_labels_free(ro_labels *labels);
/* The number of a string, added if it is new. OUT_OF_MEMORY, or TOO_LARGE beyond 65535. */
ro_status ro_labels_add(ro_labels *labels, ro_text text, ro_label *label);
/* NUL-terminated, lives as long as the labels; label must be one of these. */
const char *ro_labels_text(const ro_labels *labels, ro_label label);
#endif
