/* option.h - what the words, the content or the source of an attribution may be, and what speaks
 * for each. Private to src/says.
 *
 * An anchor is a place where an attribution may be: a cue that the head or the tree proposes. For
 * each of its parts there are options, from the head's spans, the tree's claims and the edges of
 * both. Features are those of feature.def; a sum of weights decides (linking.c).
 */
#ifndef RO_SAYS_OPTION_H
#define RO_SAYS_OPTION_H
#include "says/claim.h"
#include "says/tagging.h"

typedef enum ro_feature {
#define RO_FEATURE(member, name) RO_FEATURE_##member,
#include "says/feature.def"
#undef RO_FEATURE
    RO_FEATURES
} ro_feature;

enum { RO_OPTIONS = 48 }; /* of a part, at most */

typedef struct ro_anchor {
    uint32_t token;         /* that carries the cue                                   */
    ro_range tagged;        /* the head's span of it; empty if it is the tree's alone */
    ro_claim claims[RO_CLAIM_MOST];
    uint32_t claim_count;
} ro_anchor;

/* Tokens; of a source one range, or none: nobody is named. */
typedef struct ro_option {
    ro_range ranges[RO_CLAIM_RANGES];
    uint32_t count;
    const ro_claim *claim;  /* the reading that gives just this; NULL  */
    double score;
    float values[RO_FEATURES];
} ro_option;

typedef struct ro_options {
    ro_option items[RO_OPTIONS];
    uint32_t count;
} ro_options;

/* What options are made from. */
typedef struct ro_option_search {
    ro_claim_search claims;
    const ro_tagging *tagging;
    const uint32_t *paragraphs; /* of each token, the paragraph it stands in */
} ro_option_search;

/* Each fills options, whose values are those of their own features. cue and content are what was
 * chosen before. shared: the source of the attribution before, NULL if none. */
void ro_cue_options(const ro_option_search *search, const ro_anchor *anchor, ro_options *options);
void ro_content_options(const ro_option_search *search, const ro_anchor *anchor,
                        const ro_option *cue, ro_options *options);
void ro_source_options(const ro_option_search *search, const ro_anchor *anchor,
                       const ro_option *cue, const ro_option *content, const ro_option *shared,
                       ro_options *options);

/* Adds an option of ranges unless it is there, or there are too many; NULL then. */
ro_option *ro_option_add(ro_options *options, const ro_range *ranges, uint32_t count);
/* Whether a token is neither a word nor a number: white space, punctuation. */
bool ro_option_is_mark(const ro_document *document, uint32_t token);
/* The words between two ranges that do not overlap, those of holes left out; counted no further
 * than RO_OPTION_FAR tokens. */
enum { RO_OPTION_FAR = 60 };
uint32_t ro_option_gap(const ro_document *document, ro_range a, ro_range b, const ro_option *holes);
/* Whether options, or an option and a range, have a token in common. */
bool ro_option_overlap(const ro_option *a, const ro_option *b);
bool ro_option_touches(const ro_option *option, ro_range range);
#endif
