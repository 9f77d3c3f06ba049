/* gazetteer_draft.h - the places and names of a gazetteer's text, on the way to its table. */
#ifndef RO_WHERE_GAZETTEER_DRAFT_H
#define RO_WHERE_GAZETTEER_DRAFT_H
#include "base/arena.h"
#include "base/map.h"
#include "doc/entity.h"
#include "where/gazetteer.h"
#include "where/gazetteer_make.h"

#define RO_GAZETTEER_DRAFT_NONE UINT32_MAX

typedef struct ro_gazetteer_draft_place {
    ro_text name, within; /* borrowed from the text                           */
    ro_text country;      /* three capitals, or empty                         */
    ro_place_kind kind;
    int32_t latitude, longitude; /* hundred thousandths of a degree           */
    uint32_t people, geonames_id;
} ro_gazetteer_draft_place;

typedef struct ro_gazetteer_draft_name {
    const char *key; /* as phrase.h makes it */
    uint32_t place;
    uint8_t naming;
    bool weak;
} ro_gazetteer_draft_name;

/* A place among those that a key of draft->same leads to. */
typedef struct ro_gazetteer_draft_link {
    uint32_t place, next;
} ro_gazetteer_draft_link;

typedef struct ro_gazetteer_draft {
    ro_arena *arena;
    ro_map *same; /* id; or kind, country and name -> the first link to places of earlier files */
    RO_LIST(ro_gazetteer_draft_link) links;
    RO_LIST(ro_gazetteer_draft_place) places;
    RO_LIST(ro_gazetteer_draft_name) names; /* in the order in which they count */
} ro_gazetteer_draft;

/* Adds the lines of texts to an empty draft with an arena and a map. BAD_FORMAT with file and line,
 * OUT_OF_MEMORY. */
ro_status ro_gazetteer_draft_read(ro_gazetteer_draft *draft, const ro_gazetteer_text *texts,
                                  size_t count, ro_error *error);
#endif
