/* entity.h - entities with actor codes, their mentions, and places. Plain data. */
#ifndef RO_DOC_ENTITY_H
#define RO_DOC_ENTITY_H
#include "readout.h"

/* Bytes [start, end) of the document's text. */
typedef struct ro_span {
    uint32_t start, end;
} ro_span;

typedef enum ro_entity_kind {
#define RO_ENTITY_KIND(member, name) RO_ENTITY_KIND_##member,
#include "doc/entity_kind.def"
#undef RO_ENTITY_KIND
} ro_entity_kind;
const char *ro_entity_kind_name(ro_entity_kind kind);
bool ro_entity_kind_parse(ro_text name, ro_entity_kind *kind);

typedef enum ro_mention_type {
    RO_MENTION_TYPE_NAME,
    RO_MENTION_TYPE_NOMINAL,
    RO_MENTION_TYPE_PRONOUN
} ro_mention_type;
const char *ro_mention_type_name(ro_mention_type type);

/* An actor's code: country alpha-3 + CAMEO sectors, "RUSGOV". Strings are "" if none, and live as
 * long as the document or the engine. */
typedef struct ro_actor {
    const char *code;      /* RUSGOV, UKRMIL, IGOUNO                              */
    const char *country;   /* RUS; "" if none                                     */
    const char *sectors;   /* GOV, or several separated by ' '; "" if none        */
    const char *role;      /* president, former president; "" if none             */
} ro_actor;

typedef struct ro_entity {
    const char *name;      /* fullest name in the document, or the lexicon's; "I"
                              if it has none                                      */
    ro_entity_kind kind;
    ro_actor actor;
    bool anonymous;        /* "a close advisor"                                   */
    const char *fact;      /* "countries.tsv:12", the lexicon line; "" if none    */
    uint32_t acts_for;     /* the entity that it speaks for: of a spokesman his
                              ministry; RO_NONE                                   */
} ro_entity;

typedef struct ro_mention {
    uint32_t entity;       /* index into entities                                 */
    uint32_t first, end;   /* tokens of the whole noun phrase                     */
    uint32_t head;         /* head token                                          */
    ro_mention_type type;
    const char *rule;      /* how it came to its entity: "name", "apposition"; static */
} ro_mention;

typedef enum ro_place_kind {
#define RO_PLACE_KIND(member, name) RO_PLACE_KIND_##member,
#include "doc/place_kind.def"
#undef RO_PLACE_KIND
} ro_place_kind;
const char *ro_place_kind_name(ro_place_kind kind);
bool ro_place_kind_parse(ro_text name, ro_place_kind *kind);

/* A place that a name may be meant for. */
typedef struct ro_place_candidate {
    const char *name;      /* its main name                                       */
    ro_place_kind kind;
    const char *country;   /* alpha-3, "" if none                                 */
    const char *within;    /* its first-level division, "" if none                */
    double latitude, longitude; /* NAN if not known                               */
    uint32_t geonames_id;  /* 0 if not known                                      */
    const char *fact;      /* the lexicon line that it is, "" if none             */
    int32_t score;         /* what speaks for it                                  */
} ro_place_candidate;

typedef struct ro_place {
    uint32_t first, end;   /* tokens                                              */
    const char *name;      /* canonical name                                      */
    ro_place_kind kind;
    const char *country;   /* alpha-3, "" if none                                 */
    const char *within;    /* its first-level division, "" if none                */
    double latitude, longitude; /* NAN if not known                               */
    uint32_t geonames_id;  /* 0 if not known                                      */
    const char *near;      /* where its own position is not known, the place named
                              nearby whose position stands for it; "" else        */
    const ro_place_candidate *candidates; /* that it was chosen from, best first  */
    uint32_t candidate_count;
    const char *fact;      /* the lexicon line, "" if none                        */
} ro_place;
#endif
