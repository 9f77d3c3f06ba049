/* weighed.h - the options that a stage weighed, kept where somebody wants to see why. */
#ifndef RO_DOC_WEIGHED_H
#define RO_DOC_WEIGHED_H
#include "base/range.h"
#include "base/arena.h"

/* One option of one part of one decision. */
typedef struct ro_weighed {
    uint32_t decision; /* counted within the document          */
    const char *part;  /* "cue", "content", "source", "any"    */
    const ro_range *ranges; /* tokens                          */
    uint32_t count;
    double score;
    const float *values; /* [feature]                          */
} ro_weighed;

typedef struct ro_weighed_list {
    RO_LIST(ro_weighed) list;
    const char *const *features;
    uint32_t feature_count;
} ro_weighed_list;
#endif
