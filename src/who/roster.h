/* roster.h - the entities of one document while who is finding them. Private to src/who. */
#ifndef RO_WHO_ROSTER_H
#define RO_WHO_ROSTER_H
#include "base/map.h"
#include "doc/document.h"
#include "lexicon/lexicon.h"

/* A phrase of the lexicon in the text, tokens [first, end). */
typedef struct ro_hit {
    uint32_t first, end;
    uint32_t head;       /* its token that depends on something outside                          */
    const ro_fact *name; /* country, capital, region, organization or person; NULL if none       */
    const ro_fact *demonym;
    const ro_fact *role; /* role, body or group                                                  */
} ro_hit;

/* What linking needs to know of an entity and the document does not keep. */
typedef struct ro_trait {
    const char *role;    /* the role's first form: "foreign minister"; "" if none                */
    const char *pronoun; /* he, she; "" if not known                                             */
    bool plural;
    bool named;     /* has a name of its own                                                */
    uint32_t count; /* its mentions                                                         */
} ro_trait;

typedef struct ro_roster {
    const ro_lexicon *lexicon;
    ro_document *document;
    RO_LIST(ro_hit) hits;
    RO_LIST(ro_trait) traits; /* one an entity                                                   */
    uint32_t *hit_of;         /* token -> the hit that covers it, RO_NONE                        */
    uint32_t *mention_of;     /* token -> the latest mention added with this head, RO_NONE       */
    bool *named;              /* tokens inside a name mention                                    */
    ro_map *known;            /* names and offices -> the entity that had them last              */
} ro_roster;

/* How far back a nominal or a pronoun looks, in tokens. */
#define RO_ROSTER_WINDOW 2000

/* Finds the lexicon's phrases: longest first from the left. OK or OUT_OF_MEMORY, as all below. */
ro_status ro_roster_start(ro_roster *roster, const ro_lexicon *lexicon, ro_document *document);
/* Releases what does not live in the document; after a failed start, too. */
void ro_roster_stop(ro_roster *roster);
/* Adds an entity without mentions. Strings are borrowed and must live as long as the document. */
ro_status ro_roster_add_entity(ro_roster *roster, const ro_entity *entity, const ro_trait *trait,
                               uint32_t *index);
/* The named entity of this kind whose name this is, wholly or in short: the last word of a
 * person's, the first words of an organization's, a person's with other middle words. RO_NONE. */
uint32_t ro_roster_find_name(const ro_roster *roster, ro_entity_kind kind, ro_text name);
/* The person whose office this is in the document; "leader" stands for any head. RO_NONE. */
uint32_t ro_roster_find_holder(const ro_roster *roster, const char *owner, const char *role);
/* Makes a person findable by an office. */
ro_status ro_roster_know_office(ro_roster *roster, const char *owner, const char *role,
                                uint32_t entity);
/* Adds a mention: the noun phrase of head, which is made to hold tokens [first, end). */
ro_status ro_roster_add_mention(ro_roster *roster, uint32_t entity, uint32_t first, uint32_t end,
                                uint32_t head, ro_mention_type type);
/* The entity mentioned with this head token, RO_NONE. */
uint32_t ro_roster_entity_at(const ro_roster *roster, uint32_t token);
/* Joins an owner's actor with a role's sectors: FRA + GOV. NULL when out of memory. */
const ro_actor *ro_roster_compose(ro_roster *roster, const ro_actor *owner, const ro_fact *role);
/* The entity of a fact, made if it is not there yet. */
ro_status ro_roster_add_fact(ro_roster *roster, const ro_fact *fact, uint32_t *index);

/* The passes, in their order. */
ro_status ro_names_find(ro_roster *roster);    /* names.c    */
ro_status ro_nominals_find(ro_roster *roster); /* nominals.c */
ro_status ro_pronouns_find(ro_roster *roster); /* pronouns.c */
#endif
