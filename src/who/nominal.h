/* nominal.h - a noun phrase under a noun of the lexicon, on its way to its entity. Private to
 * src/who. */
#ifndef RO_WHO_NOMINAL_H
#define RO_WHO_NOMINAL_H
#include "who/roster.h"

typedef enum ro_article {
    RO_ARTICLE_NONE,      /* "rebels"                                            */
    RO_ARTICLE_DEFINITE,  /* "the rebels", "those rebels", "their rebels"        */
    RO_ARTICLE_INDEFINITE /* "a rebel", "two rebels", "some rebels", "no rebels" */
} ro_article;

typedef struct ro_nominal {
    const ro_hit *hit;
    const ro_fact *role;
    uint32_t head, depth, sentence;
    uint32_t first, end;  /* its noun phrase                                                     */
    uint32_t possessor;   /* the token that possesses it, RO_NONE                                */
    ro_article article;
    bool plural;
    bool waits;           /* for the pronouns of its sentence: "his party", "He is a minister"   */
} ro_nominal;

/* Whose a noun is. */
typedef struct ro_owner {
    ro_actor actor;
    uint32_t entity;      /* RO_NONE for a nationality word */
    uint32_t token;       /* its head in the text           */
} ro_owner;

/* The next owner of a noun at or after token *from, which is moved on; false if there is none.
 * owner.c */
bool ro_owner_next(const ro_roster *roster, uint32_t head, uint32_t *from, ro_owner *owner);
/* Joins an owner's actor (NULL: nobody's) with what a role says: FRA + GOV. NULL when out of
 * memory. owner.c */
const ro_actor *ro_owner_compose(ro_roster *roster, const ro_owner *owner, uint32_t head,
                                 const ro_fact *role);

/* Whether an actor's office is over: "former president". owner.c */
bool ro_owner_is_former(const ro_actor *actor);

/* The earlier entity that a nominal speaks of again, with the rule in *rule; RO_NONE if it speaks
 * of something new. actor is its own by now; has_owner: part of it comes from an owner, which an
 * antecedent must share. antecedent.c */
uint32_t ro_antecedent_find(const ro_roster *roster, const ro_nominal *nominal,
                            const ro_actor *actor, bool has_owner, const char **rule);
/* The two entities of "both sides" or "the two presidents"; false if it is no such phrase.
 * antecedent.c */
bool ro_antecedent_pair(const ro_roster *roster, const ro_nominal *nominal, uint32_t pair[2]);
/* The entity that a nominal is said to be: "Ann Smith, the minister", "Ann Smith is a minister";
 * RO_NONE. antecedent.c */
uint32_t ro_antecedent_named(const ro_roster *roster, const ro_nominal *nominal,
                             const char **rule);
/* Gives "I", "we" and "you" to who speaks; see ro_who_find_speakers. speakers.c */
ro_status ro_speakers_find(const ro_words *words, ro_document *document);
/* Whether a noun is "my country", "your country": whose, is known when speakers are. speakers.c */
bool ro_speakers_own_country(const ro_words *words, const ro_document *document, uint32_t noun);
/* The person whose words the whole text is, by its opening; RO_NONE. Of an interview it is who is
 * asked. author.c */
uint32_t ro_author_find(const ro_words *words, const ro_document *document, bool *is_interview);
#endif
