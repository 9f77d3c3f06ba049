/* sighting.h - names in a text that may be a place's. Private to src/where. */
#ifndef RO_WHERE_SIGHTING_H
#define RO_WHERE_SIGHTING_H
#include "doc/document.h"
#include "lexicon/lexicon.h"
#include "lexicon/wordlist.h"
#include "where/gazetteer.h"

enum {
#define RO_EVIDENCE(member, name) RO_EVIDENCE_##member,
#include "where/evidence.def"
#undef RO_EVIDENCE
    RO_EVIDENCES
};

typedef enum ro_place_word {
#define RO_PLACE_WORD(member, name) RO_PLACE_WORD_##member,
#include "where/place_word.def"
#undef RO_PLACE_WORD
    RO_PLACE_WORDS
} ro_place_word;

/* What the finding and choosing of places goes by; read-only. */
typedef struct ro_atlas {
    const ro_lexicon *lexicon;
    const ro_gazetteer *gazetteer; /* NULL if there is none */
    const ro_wordlist *words;
    int32_t weights[RO_EVIDENCES];
} ro_atlas;

/* A name that may be a place's: what is known of it, and where it stands. */
typedef struct ro_sighting {
    uint32_t first, end;     /* tokens                                                  */
    const ro_fact *fact;     /* what the lexicon takes it for; NULL                     */
    bool is_weak;            /* for the lexicon                                         */
    bool is_division;        /* "Kharkiv region"                                        */
    bool is_person;          /* for the recogniser                                      */
    uint32_t entry, entries; /* the places of this name in the gazetteer                */
    ro_place_kind kind;      /* of a name that neither knows                            */
    uint32_t inside;         /* the sighting that it lies in by the text's word, RO_NONE */
    uint32_t group;          /* those of one name share it                              */
    int32_t evidence;        /* whether it is a place's name: the sum so far            */
} ro_sighting;

typedef RO_LIST(ro_sighting) ro_sighting_list;

/* Whether a word, in small letters, or that of a token is in a class; false for RO_NONE. */
bool ro_sighting_has_word(const ro_atlas *atlas, ro_place_word word, ro_text text);
bool ro_sighting_has_word_at(const ro_atlas *atlas, const ro_document *document, ro_place_word word,
                             uint32_t token);
/* Whether it is a nationality word or the like, not the name itself. */
bool ro_sighting_is_adjective(const ro_atlas *atlas, const ro_sighting *sighting);
/* Fills sightings, in text order, none over another. OUT_OF_MEMORY. */
ro_status ro_sighting_find(const ro_atlas *atlas, ro_document *document,
                           ro_sighting_list *sightings);
#endif
