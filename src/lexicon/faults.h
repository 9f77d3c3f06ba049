/* faults.h - what is wrong in lexicon files, all of it, told in the order of files and lines. */
#ifndef RO_LEXICON_FAULTS_H
#define RO_LEXICON_FAULTS_H
#include "base/arena.h"

/* A file of facts in memory, borrowed. */
typedef struct ro_lexicon_text {
    const char *path;   /* for faults                             */
    const char *source; /* for facts: "leaders.tsv"                */
    ro_text bytes;
    uint32_t layer;     /* 0: ours; own lexicons count from 1      */
} ro_lexicon_text;

typedef struct ro_fault {
    uint32_t text, order;
    uint64_t line;
    const char *message;
} ro_fault;

typedef struct ro_faults {
    ro_arena *arena;
    RO_LIST(ro_fault) list;
    bool lost; /* out of memory: not all are in the list */
} ro_faults;

/* A text's place among the texts, its line, and what was expected and found. */
void ro_faults_add(ro_faults *faults, uint32_t text, uint64_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Tells all faults to report (which may be NULL); *error is the first one and says how many. OK if
 * there are none, else BAD_FORMAT; OUT_OF_MEMORY if some were lost. */
ro_status ro_faults_tell(ro_faults *faults, const ro_lexicon_text *texts,
                         void (*report)(void *context, const ro_error *fault), void *context,
                         ro_error *error);
#endif
