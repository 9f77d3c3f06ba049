/* lexicon_show.h - what `readout lexicon find` is made of: lexicon_show.c cuts a text into phrases
 * and shows their facts, together.c what a noun and its owner make, near.c what comes close to a
 * text of which nothing is known. */
#ifndef RO_LEXICON_LEXICON_SHOW_H
#define RO_LEXICON_LEXICON_SHOW_H
#include "base/arena.h"
#include "lexicon/lexicon.h"

/* Where it goes, and what it is about. */
typedef struct ro_lexicon_show {
    ro_sink sink;
    ro_arena *arena;
    ro_status status; /* the first that was not OK: nothing is written from then on */
    const ro_lexicon *lexicon;
    ro_date day;
} ro_lexicon_show;

/* A fact that a phrase leads to. */
typedef struct ro_lexicon_match {
    const ro_fact *fact;
    bool weak;
} ro_lexicon_match;

/* A phrase of a text. */
typedef struct ro_lexicon_phrase {
    size_t start, end;
    RO_LIST(ro_lexicon_match) matches;
    uint32_t first; /* of the matches: that counts */
} ro_lexicon_phrase;

void ro_lexicon_show_say(ro_lexicon_show *to, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A line of a fact behind a label of at most eight letters. */
void ro_lexicon_show_match(ro_lexicon_show *to, const char *label, const ro_lexicon_match *match);
/* The word at *at or behind it, moving *at to its end; empty at the end of the text. */
ro_text ro_lexicon_show_word(ro_text text, size_t *at);

/* Whom the phrases read so far end with; all "" before the first. */
typedef struct ro_together {
    const char *country, *sectors, *code, *source;
    ro_text written;
    const ro_fact *noun; /* NULL: it is no noun but can own one, if it has a code */
    bool is_organization;
    size_t end;
} ro_together;
#define RO_TOGETHER_NOBODY ((ro_together){.country = "", .sectors = "", .code = "", .source = ""})

/* Shows whom the next phrase of a text means together with *before, if it does ("French" +
 * "president", "president" + "France"), and makes *before whom both end with. */
void ro_together_show(ro_lexicon_show *to, ro_text text, const ro_lexicon_phrase *phrase,
                      ro_together *before);
/* Shows a text of which nothing is known: what is, in other capitals, else forms that begin most
 * like it. */
void ro_near_show(ro_lexicon_show *to, ro_text text);
#endif
