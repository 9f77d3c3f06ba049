/* lexicon.h - plain-text facts about actors and places, found by longest phrase. It knows no
 * document. The format is specified in docs/lexicon.md. */
#ifndef RO_LEXICON_LEXICON_H
#define RO_LEXICON_LEXICON_H
#include "readout.h"

typedef struct ro_lexicon ro_lexicon;

typedef enum ro_fact_what {
#define RO_FACT_WHAT(member, name) RO_FACT_WHAT_##member,
#include "lexicon/fact_what.def"
#undef RO_FACT_WHAT
} ro_fact_what;

/* One line of the lexicon. Strings are "" if not given, and live as long as the lexicon. */
typedef struct ro_fact {
    ro_fact_what what;
    const char *name;    /* the first form                                                   */
    const char *code;    /* RUSGOV; of a role its sectors alone: GOV, "" to take its owner's */
    const char *country; /* RUS                                                              */
    const char *sectors; /* GOV, or several separated by ' '                                 */
    const char *role;    /* president; of a role, body or group: the first form              */
    ro_date from, until; /* first and last day of an office; year 0: open                    */
    const char *pronoun; /* he, she                                                          */
    const char *source;  /* "leaders.tsv:12"                                                 */
} ro_fact;

#define RO_LEXICON_NONE UINT32_MAX
#define RO_LEXICON_KEY 160

/* A phrase being read word by word. */
typedef struct ro_lexicon_cursor {
    uint32_t forms; /* the forms that are exactly what was read so far, RO_LEXICON_NONE if none */
    uint32_t length;
    char key[RO_LEXICON_KEY];
} ro_lexicon_cursor;

/* Reads the .tsv files of data_folder/lexicon. A fault fails with BAD_FORMAT, naming file and line;
 * else what opening a file returns, or OUT_OF_MEMORY. Read-only afterwards, shared by threads. */
ro_status ro_lexicon_open(const char *data_folder, const ro_allocator *allocator,
                          ro_lexicon **lexicon, ro_error *error);
void ro_lexicon_close(ro_lexicon *lexicon);
size_t ro_lexicon_fact_count(const ro_lexicon *lexicon);
/* The allocator that it was opened with, for what its users keep beside it; borrowed. */
const ro_allocator *ro_lexicon_allocator(const ro_lexicon *lexicon);

/* Starts a cursor: set it to RO_LEXICON_CURSOR, then add tokens while it returns true; the last
 * cursor->forms that was not NONE is the longest match. False: no form goes on like this. */
#define RO_LEXICON_CURSOR ((ro_lexicon_cursor){.forms = RO_LEXICON_NONE})
bool ro_lexicon_read(const ro_lexicon *lexicon, ro_lexicon_cursor *cursor, ro_text token);
/* The next fact among *forms that may be spelled as written, moving *forms on; NULL at the end.
 * Facts come in the order of the files. */
const ro_fact *ro_lexicon_fact_next(const ro_lexicon *lexicon, uint32_t *forms, ro_text written);

/* The country's own line; NULL if there is no such country. */
const ro_fact *ro_lexicon_country(const ro_lexicon *lexicon, const char *alpha3);
/* Who held an office on a day: the only person with this owner (a country, or an organization's
 * code) and role then. NULL if nobody or several did, or if the day is none. */
const ro_fact *ro_lexicon_holder(const ro_lexicon *lexicon, const char *owner, const char *role,
                                 ro_date day);
/* Whether a day lies in a fact's term. True for every term if the day is none. */
bool ro_lexicon_in_term(const ro_fact *fact, ro_date day);
#endif
