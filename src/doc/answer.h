/* answer.h - what heads are asked about in a document, and what they say, before any rule. */
#ifndef RO_DOC_ANSWER_H
#define RO_DOC_ANSWER_H
#include "doc/entity.h"

/* The two sides of a marked pair. */
enum { RO_SIDE_ACTOR, RO_SIDE_RECIPIENT, RO_SIDE_COUNT };

/* A stretch of the text that heads are asked about, as the reader was given it; with sides, a pair
 * in it. Bytes; the spans of a side may be none. */
typedef struct ro_mark {
    ro_span span;
    ro_span *sides[RO_SIDE_COUNT];
    uint32_t counts[RO_SIDE_COUNT];
    bool pair;
} ro_mark;

/* What one head says. Names are borrowed from the engine. */
typedef struct ro_answer {
    const char *head;
    const char *const *labels;
    uint32_t label_count;
    uint8_t *tags;        /* [token], of a head over chains, else NULL                          */
    float *probabilities; /* of a head over chains [token][label]; of one over spans or pairs
                             [mark][label], zeros from the latter for a mark that is no pair    */
} ro_answer;
#endif
