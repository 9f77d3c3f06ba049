/* make.h - the text of a lexicon and the table made from it. */
#ifndef RO_LEXICON_MAKE_H
#define RO_LEXICON_MAKE_H
#include "base/arena.h"
#include "lexicon/faults.h"

typedef struct ro_make_texts {
    ro_lexicon_text *items; /* the uppermost first: own lexicons from the last, then ours */
    uint32_t count;
    ro_arena *arena;
} ro_make_texts;

/* Maps the files of options->data_folder and of options->lexicons. What opening a file returns, or
 * OUT_OF_MEMORY; nothing is to be closed then. */
ro_status ro_make_texts_open(const ro_engine_options *options, ro_make_texts *texts,
                             ro_error *error);
void ro_make_texts_close(ro_make_texts *texts);
/* Changes when the name or a byte of a file does. */
uint64_t ro_make_digest(const ro_make_texts *texts);
/* Compiles texts (their arena may be NULL) to an image of *length bytes, to be freed by
 * ro_alloc_free_aligned. BAD_FORMAT after telling every fault to options->report, TOO_LARGE,
 * OUT_OF_MEMORY. */
ro_status ro_make_table(const ro_make_texts *texts, const ro_engine_options *options, void **table,
                        size_t *length, ro_error *error);
#endif
