/* choosing.h - which place a name is meant for. Private to src/where. */
#ifndef RO_WHERE_CHOOSING_H
#define RO_WHERE_CHOOSING_H
#include "where/sighting.h"

/* How many places a name may be meant for are kept in order, to be shown. */
#define RO_CHOOSING_KEPT 5

/* Those of one name: they are taken for one place. */
typedef struct ro_choice {
    ro_place_candidate *candidates; /* the one that is meant first                        */
    int32_t *beside;                /* what names beside its mentions add to each         */
    uint32_t count;
    uint32_t asked;                 /* mentions that were looked beside                   */
    uint32_t sightings;             /* that count as names of places                      */
    uint32_t first;                 /* the first of them                                  */
    bool is_place;                  /* whether any does                                   */
} ro_choice;

typedef RO_LIST(ro_choice) ro_choice_list;

/* Groups sightings by name, decides which are names of places and ranks the places of each name.
 * OUT_OF_MEMORY. */
ro_status ro_choosing_settle(const ro_atlas *atlas, ro_document *document,
                             ro_sighting_list *sightings, ro_choice_list *choices);
/* The place that a sighting is meant for: that of its name, or one that lies where the text puts
 * this mention ("Valencia, Venezuela"), or in which it puts another ("Atlanta, Georgia"); NULL if
 * no place of the name is known. */
const ro_place_candidate *ro_choosing_chosen(const ro_sighting_list *sightings,
                                             const ro_choice_list *choices, uint32_t at);
#endif
