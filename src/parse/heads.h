/* heads.h - what follows from the heads of a parse: extents, sentence starts, lifted arcs. */
#ifndef RO_PARSE_HEADS_H
#define RO_PARSE_HEADS_H
#include "parse/labels.h"

/* The tree of count tokens. heads[i] == i is a root. */
typedef struct ro_heads {
    uint32_t count;
    uint32_t *heads, *left, *right; /* left and right: extents of subtrees, inclusive */
    ro_label *labels;
    int8_t *starts;     /* 1 starts a sentence, -1 does not, 0 unknown   */
    const bool *spaces; /* tokens of white space                         */
} ro_heads;

/* Sets left, right and starts from heads. */
void ro_heads_extend(ro_heads *tree);

/* A label X||Y says that an arc was lifted: its head is the first Y below. plain and head are the
 * numbers of X and Y; head is 0 for labels that are not lifted. */
typedef struct ro_lifted {
    ro_label plain, head;
} ro_lifted;

/* Undoes lifted arcs; lifted is indexed by label, of lifted_count labels. queue has room for count.
 * Then extends. */
void ro_heads_deprojectivize(ro_heads *tree, const ro_lifted *lifted, size_t lifted_count,
                             uint32_t *queue);
#endif
