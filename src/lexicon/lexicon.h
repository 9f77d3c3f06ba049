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
/* How many kinds there are. */
enum {
    RO_LEXICON_WHATS = 0
#define RO_FACT_WHAT(member, name) +1
#include "lexicon/fact_what.def"
#undef RO_FACT_WHAT
};
/* How a line writes it: "person"; static. */
const char *ro_lexicon_what_name(ro_fact_what what);

/* The pronouns that a line can have, from 0 on: "", "he", "she"; static. */
enum { RO_LEXICON_PRONOUNS = 3 };
const char *ro_lexicon_pronoun_name(uint32_t pronoun);

/* One line of the lexicon. Strings are "" if not given, and live as long as the lexicon. */
typedef struct ro_fact {
    ro_fact_what what;
    const char *name;    /* the first form                                                   */
    const char *code;    /* RUSGOV; of a role its sectors alone: GOV, "" to take its owner's */
    const char *country; /* RUS                                                              */
    const char *sectors; /* GOV, or several separated by ' '                                 */
    const char *role;    /* as the role is called first, "prime minister" for "premier"; of a
                            role, body, group or site itself what it is another word for     */
    ro_date from, until; /* first and last day of an office; year 0: open                    */
    const char *pronoun; /* he, she                                                          */
    const char *source;  /* "leaders.tsv:12"                                                 */
    const char *parent;  /* of an organization: the name of the one it belongs to            */
} ro_fact;

#define RO_LEXICON_NONE UINT32_MAX
#define RO_LEXICON_KEY 160

/* A phrase being read word by word. */
typedef struct ro_lexicon_cursor {
    uint32_t forms; /* the forms that are exactly what was read so far, RO_LEXICON_NONE if none */
    uint32_t length;
    char key[RO_LEXICON_KEY];
} ro_lexicon_cursor;

/* Reads the .tsv files of options->data_folder/lexicon and lays options->lexicons over them; a
 * compiled table that fits the text is read in its stead. Every fault in them goes to
 * options->report; then it fails with BAD_FORMAT, naming the first and how many there are. Else
 * what opening a file returns, BAD_ARGUMENT (no data folder), TOO_LARGE, or OUT_OF_MEMORY.
 * Read-only afterwards, shared by threads. options->model_path is not asked for. */
ro_status ro_lexicon_open_with(const ro_engine_options *options, ro_lexicon **lexicon,
                               ro_error *error);
/* The same of data_folder alone. */
ro_status ro_lexicon_open(const char *data_folder, const ro_allocator *allocator,
                          ro_lexicon **lexicon, ro_error *error);
/* The same over a table in memory, borrowed and aligned to 8 bytes, whatever text it was made from:
 * BAD_FORMAT, BAD_VERSION, CORRUPT, OUT_OF_MEMORY. */
ro_status ro_lexicon_open_table(const void *bytes, size_t length, const ro_allocator *allocator,
                                ro_lexicon **lexicon);
void ro_lexicon_close(ro_lexicon *lexicon);
/* Facts in the order in which they count: own lexicons first, then ours. */
size_t ro_lexicon_fact_count(const ro_lexicon *lexicon);
const ro_fact *ro_lexicon_fact_at(const ro_lexicon *lexicon, size_t index);
/* The compiled table that it reads; borrowed. */
ro_text ro_lexicon_table(const ro_lexicon *lexicon);
/* The allocator that it was opened with, for what its users keep beside it; borrowed. */
const ro_allocator *ro_lexicon_allocator(const ro_lexicon *lexicon);

/* Starts a cursor: set it to RO_LEXICON_CURSOR, then add tokens while it returns true; the last
 * cursor->forms that was not NONE is the longest match. False: no form goes on like this. */
#define RO_LEXICON_CURSOR ((ro_lexicon_cursor){.forms = RO_LEXICON_NONE})
bool ro_lexicon_read(const ro_lexicon *lexicon, ro_lexicon_cursor *cursor, ro_text token);
/* The next fact among *forms that may be spelled as written, moving *forms on; NULL at the end.
 * Facts come in the order of the files. *weak tells whether the form counts only where something
 * else speaks for it; with weak NULL such forms are passed over. */
const ro_fact *ro_lexicon_fact_next(const ro_lexicon *lexicon, uint32_t *forms, ro_text written,
                                    bool *weak);

/* The country's own line; NULL if there is no such country. */
const ro_fact *ro_lexicon_country(const ro_lexicon *lexicon, const char *alpha3);
/* The line of a role, body, group or site whose first form this is; NULL if there is none. */
const ro_fact *ro_lexicon_role(const ro_lexicon *lexicon, const char *name);
/* A sector's own line (its meaning is the name, what PLOVER calls it the role); NULL if there is
 * none. */
const ro_fact *ro_lexicon_sector(const ro_lexicon *lexicon, const char sector[3]);
/* A sector's place in sectors.tsv, from 0; UINT32_MAX if it is none. */
uint32_t ro_lexicon_sector_rank(const ro_lexicon *lexicon, const char sector[3]);
/* Who held an office on a day: the only person with this owner (a country, or an organization's
 * code) and role then; in own lexicons, if they name any. NULL if nobody or several did, if the day
 * is none, or if the role is not one that one person at a time holds. */
const ro_fact *ro_lexicon_holder(const ro_lexicon *lexicon, const char *owner, const char *role,
                                 ro_date day);
/* Whether a day lies in a fact's term. True for every term if the day is none. */
bool ro_lexicon_in_term(const ro_fact *fact, ro_date day);
/* Days between a fact's term and a day; 0 within it, or if the day is none. */
int32_t ro_lexicon_days_off(const ro_fact *fact, ro_date day);
/* Whether the fact is a person's office in a state's government that ended before the day: then he
 * is of its former elite (ELI), unless another fact says more. */
bool ro_lexicon_is_former(const ro_fact *fact, ro_date day);
#endif
