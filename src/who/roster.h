/* roster.h - the entities of one document while who is finding them. Private to src/who. */
#ifndef RO_WHO_ROSTER_H
#define RO_WHO_ROSTER_H
#include "base/map.h"
#include "doc/document.h"
#include "doc/quotes.h"
#include "lexicon/lexicon.h"
#include "who/words.h"

/* A phrase of the lexicon in the text, tokens [first, end). */
typedef struct ro_hit {
    uint32_t first, end;
    uint32_t head;       /* its token that depends on something outside                          */
    const ro_fact *name; /* country, capital, region, organization or person; NULL if none       */
    const ro_fact *demonym;
    const ro_fact *role; /* role, body, group or site                                            */
    uint32_t forms;      /* all its facts, for ro_lexicon_fact_next                              */
    bool open;           /* more than one thing could be meant                                   */
    bool beside;         /* the country of name stands beside it: "Mali's Defence Ministry"      */
} ro_hit;

/* What linking needs to know of an entity and the document does not keep. */
typedef struct ro_trait {
    const char *role;    /* the role's first form: "foreign minister"; "" if none                */
    const char *pronoun; /* he, she; "" if not known                                             */
    bool plural;
    bool named;     /* has a name of its own                                                */
    bool unsure;    /* nothing said what kind of thing the name is                          */
    bool in_office; /* holds the role on the document's day                                 */
    uint32_t count; /* its mentions                                                         */
} ro_trait;

/* A name in the text, tokens [first, end), without articles and endings. */
typedef struct ro_naming {
    uint32_t first, end;
    ro_entity_kind kind;
    bool recognised; /* by the model; else a run of proper nouns */
} ro_naming;

enum {
    RO_KIND_COUNT = 0
#define RO_ENTITY_KIND(member, name) +1
#include "doc/entity_kind.def"
#undef RO_ENTITY_KIND
};

typedef struct ro_kind_votes {
    uint32_t of[RO_KIND_COUNT]; /* by ro_entity_kind */
} ro_kind_votes;

typedef struct ro_roster {
    const ro_lexicon *lexicon;
    const struct ro_salience *salience;
    const ro_words *words;
    ro_document *document;
    RO_LIST(ro_hit) hits;
    RO_LIST(ro_trait) traits; /* one an entity                                                   */
    RO_LIST(ro_naming) namings;
    RO_LIST(ro_kind_votes) votes;
    ro_map *kinds;            /* words of a name -> its votes                                    */
    uint32_t *naming_of;      /* token -> the naming that covers it, RO_NONE                     */
    uint32_t *hit_of;         /* token -> the hit that covers it, RO_NONE                        */
    uint32_t *mention_of;     /* token -> the latest mention added with this head, RO_NONE       */
    bool *named;              /* tokens inside a name mention                                    */
    ro_map *known;            /* names and offices -> the entity that had them last              */
    ro_map *context;          /* what the document speaks of beyond doubt -> how often           */
    ro_quotes quotes;
    const char *last_country; /* before the phrase that hits.c is settling; NULL: none yet       */
} ro_roster;

/* How far back a nominal or a pronoun looks, in tokens. */
#define RO_ROSTER_WINDOW 2000

/* Makes room and finds the lexicon's phrases. OK or OUT_OF_MEMORY, as all below. */
ro_status ro_roster_start(ro_roster *roster, const ro_lexicon *lexicon,
                          const struct ro_salience *salience, const ro_words *words,
                          ro_document *document);
/* Releases what does not live in the document; after a failed start, too. */
void ro_roster_stop(ro_roster *roster);
/* Adds an entity without mentions. Strings are borrowed and must live as long as the document. */
ro_status ro_roster_add_entity(ro_roster *roster, const ro_entity *entity, const ro_trait *trait,
                               uint32_t *index);
/* The named entity of this kind whose name this is, wholly or in short: the last word of a
 * person's, the first words of an organization's, a person's with other middle words. RO_NONE. */
uint32_t ro_roster_find_name(const ro_roster *roster, ro_entity_kind kind, ro_text name);
/* The named entity of any kind with this whole name, RO_NONE. */
uint32_t ro_roster_find_whole_name(const ro_roster *roster, ro_text name);
/* The entity with this short form: RO_ROSTER_LAST a person's last word or an organization's first
 * ones, RO_ROSTER_FIRST a person's first word. *shared: others have it, too. RO_NONE. */
#define RO_ROSTER_LAST '~'
#define RO_ROSTER_FIRST '1'
uint32_t ro_roster_find_short(const ro_roster *roster, char letter, ro_entity_kind kind,
                              ro_text name, bool *shared);
/* The organization or place whose initials these are, RO_NONE. */
uint32_t ro_roster_find_initials(const ro_roster *roster, ro_text name);
/* The person whose office this is in the document; "leader" stands for any head. RO_NONE. */
uint32_t ro_roster_find_holder(const ro_roster *roster, const char *owner, const char *role);
/* Whose office an actor's is: a country's, or an organization's by its code. */
const char *ro_roster_owner_of(const ro_actor *actor);
/* Makes a person findable by an office. */
ro_status ro_roster_know_office(ro_roster *roster, const char *owner, const char *role,
                                uint32_t entity);
/* Adds a mention: the noun phrase of head, which is made to hold tokens [first, end), without an
 * apposition to it. rule is static: how it came to its entity. */
ro_status ro_roster_add_mention(ro_roster *roster, uint32_t entity, uint32_t first, uint32_t end,
                                uint32_t head, ro_mention_type type, const char *rule);
/* Adds a mention of just tokens [first, end). */
ro_status ro_roster_add_span(ro_roster *roster, uint32_t entity, uint32_t first, uint32_t end,
                             uint32_t head, ro_mention_type type, const char *rule);
/* The entity mentioned with this head token, RO_NONE. */
uint32_t ro_roster_entity_at(const ro_roster *roster, uint32_t token);
/* The entity of a fact, made if it is not there yet. */
ro_status ro_roster_add_fact(ro_roster *roster, const ro_fact *fact, uint32_t *index);

/* Finds the lexicon's phrases, longest first from the left, settled by context. hits.c */
ro_status ro_hits_find(ro_roster *roster);

/* Finds the names and what kind of thing each is. naming.c */
ro_status ro_naming_find(ro_roster *roster);
/* "he" or "she" by a given name among tokens [first, end) or "Mr", "Mrs" before; "". naming.c */
const char *ro_naming_pronoun(const ro_roster *roster, uint32_t first, uint32_t end);
/* The person of the document whose surname stands at a token, the nearest before it if several
 * have it; RO_NONE. sweep.c */
uint32_t ro_sweep_find_surname(const ro_roster *roster, uint32_t token);
/* Finds the document's names where the recogniser passed over them. sweep.c */
ro_status ro_sweep_find(ro_roster *roster);

/* Puts the document's mentions in their order and makes them findable; false when out of memory.
 * who.c */
bool ro_who_order_mentions(ro_document *document);

/* Gives entities that have sectors alone the country of the document, if it speaks of one only.
 * owner.c */
ro_status ro_owner_give_country(ro_roster *roster);

/* The passes: names, then sentence by sentence nominals and pronouns. */
ro_status ro_names_find(ro_roster *roster);
ro_status ro_nominals_find(ro_roster *roster);
/* Gives the third-person pronouns among tokens [first, end) to their entities. */
ro_status ro_pronouns_find(ro_roster *roster, uint32_t first, uint32_t end);
#endif
