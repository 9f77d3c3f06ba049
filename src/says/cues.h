/* cues.h - the words that say that somebody says something, and the nouns that sources are. */
#ifndef RO_SAYS_CUES_H
#define RO_SAYS_CUES_H
#include "doc/attribution.h"

typedef enum ro_cue_part {
#define RO_CUE_PART(member, name) RO_CUE_PART_##member,
#include "says/cue_part.def"
#undef RO_CUE_PART
    RO_CUE_PART_COUNT
} ro_cue_part;

typedef enum ro_cue_pattern {
#define RO_CUE_PATTERN(member, name) RO_CUE_PATTERN_##member,
#include "says/cue_pattern.def"
#undef RO_CUE_PATTERN
    RO_CUE_PATTERN_COUNT
} ro_cue_pattern;

/* One line of data/says/cues.tsv. */
typedef struct ro_cue {
    uint32_t patterns;        /* 1u << ro_cue_pattern, or'ed                       */
    const char *prepositions; /* "about|of", "" if none                            */
    ro_stance stance;
    bool listed;              /* a word's own line, not that of any word            */
    const char *line;         /* "cues.tsv:12"                                     */
    struct ro_cue *next;      /* another line of the same lemma and part, or NULL */
} ro_cue;

typedef struct ro_cues ro_cues;

/* Reads cues.tsv and sources.tsv of data_folder/says; see ro_says_open. */
ro_status ro_cues_open(const char *data_folder, const ro_allocator *allocator, ro_cues **cues,
                       ro_error *error);
void ro_cues_close(ro_cues *cues);
/* The first line of a lemma (with its particle or preposition, "" if none); NULL if none. "*" is
 * any word that something else takes for a cue. */
const ro_cue *ro_cues_find(const ro_cues *cues, const char *lemma, const char *particle,
                           ro_cue_part part);
/* The kind of source that a noun is by itself; false if it says nothing of it. */
bool ro_cues_source_kind(const ro_cues *cues, const char *noun, ro_source_kind *kind);
#endif
