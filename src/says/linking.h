/* linking.h - which cues make an attribution, and with which words, content and source. */
#ifndef RO_SAYS_LINKING_H
#define RO_SAYS_LINKING_H
#include "says/option.h"

/* Weights of the features, in hundredths. */
typedef struct ro_linking_weights {
    int32_t of[RO_FEATURES];
} ro_linking_weights;

/* An attribution as tokens. */
typedef struct ro_link {
    uint32_t token;     /* that carries the cue                                       */
    const ro_cue *line; /* that gives its stance                                      */
    bool negated;
    uint32_t addressee; /* head token, RO_NONE if none                                */
    ro_range cue;
    ro_option content, source; /* the source may have no range                        */
    double score;       /* log odds that it is one                                    */
    bool nested;        /* it was read inside the content of another, by the tree     */
} ro_link;

typedef RO_LIST(ro_link) ro_link_list;

/* Fills links in the order of their cues. own weighs what the head and the tree propose, tree what
 * the tree alone does, to which the tagging blank belongs. weighed gets every option of the
 * outermost ones if it is not NULL. OK or OUT_OF_MEMORY. */
ro_status ro_linking_find(const ro_option_search *search, const ro_tagging *blank,
                          const ro_linking_weights *own, const ro_linking_weights *tree,
                          ro_arena *arena, ro_weighed_list *weighed, ro_link_list *links);
const char *const *ro_linking_features(void);
#endif
