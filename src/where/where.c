/* where.c - places in a document: opens the words and weights, and makes places of the names that
 * count as such.
 *
 * sighting.c finds names, choosing.c says which are of places and which ones are meant, siting.c
 * where events happened. A name that no place is known of takes the position of the settlement
 * named nearest to it, and says so.
 */
#include "where/where.h"

#include "base/alloc.h"
#include "base/error.h"
#include "lexicon/weighing.h"
#include "where/choosing.h"
#include "where/siting.h"

#include <math.h>

/* How many places to either side of one are looked at for a position to take. */
#define NEARBY 12

struct ro_where {
    ro_allocator allocator;
    ro_wordlist *words; /* the atlas' */
    ro_atlas atlas;
};

/* ---- opening --------------------------------------------------------------------------------- */

static const char *const evidence_names[] = {
#define RO_EVIDENCE(member, name) name,
#include "where/evidence.def"
#undef RO_EVIDENCE
};

static const char *const word_names[] = {
#define RO_PLACE_WORD(member, name) name,
#include "where/place_word.def"
#undef RO_PLACE_WORD
};

static ro_status read_data(ro_where *where, const char *data_folder, ro_error *error)
{
    static const char *const files[] = {"where/words.tsv", "where/common.tsv", NULL};
    ro_status status = ro_wordlist_open(data_folder, files, word_names, RO_PLACE_WORDS,
                                        &where->allocator, &where->words, error);
    where->atlas.words = where->words;
    return status == RO_STATUS_OK
               ? ro_weighing_read(data_folder, "where/evidence.tsv", evidence_names, RO_EVIDENCES,
                                  where->atlas.weights, error)
               : status;
}

ro_status ro_where_open(const char *data_folder, const ro_lexicon *lexicon,
                        const ro_gazetteer *gazetteer, const ro_allocator *allocator,
                        ro_where **where, ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_where *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "where", "out of memory");
    made->allocator = *allocator;
    made->atlas.lexicon = lexicon;
    made->atlas.gazetteer = gazetteer;
    ro_status status = read_data(made, data_folder, error);
    if (status == RO_STATUS_OK)
        *where = made;
    else
        ro_where_close(made);
    return status;
}

void ro_where_close(ro_where *where)
{
    if (where == NULL)
        return;
    ro_wordlist_close(where->words);
    ro_allocator allocator = where->allocator;
    ro_alloc_free(&allocator, where, 1, sizeof *where);
}

/* ---- places ---------------------------------------------------------------------------------- */

static ro_status add_place(const ro_atlas *atlas, ro_document *document,
                           const ro_sighting *sighting, const ro_choice *choice,
                           const ro_place_candidate *chosen)
{
    ro_place *place = RO_LIST_ADD(document->arena, &document->places);
    if (place == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *place = (ro_place){.first = sighting->first,
                        .end = sighting->end,
                        .kind = sighting->kind,
                        .country = "",
                        .within = "",
                        .latitude = NAN,
                        .longitude = NAN,
                        .near = "",
                        .fact = ""};
    if (chosen == NULL) {
        ro_text text = ro_document_span_text(document, sighting->first, sighting->end);
        place->name = ro_arena_copy(document->arena, text.data, text.length);
        return place->name != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    }
    place->name = chosen->name;
    place->kind = ro_sighting_is_adjective(atlas, sighting) ? RO_PLACE_KIND_DEMONYM : chosen->kind;
    place->country = chosen->country;
    place->within = chosen->within;
    place->latitude = chosen->latitude;
    place->longitude = chosen->longitude;
    place->geonames_id = chosen->geonames_id;
    place->fact = chosen->fact;
    place->candidates = choice->candidates;
    place->candidate_count = choice->count < RO_CHOOSING_KEPT ? choice->count : RO_CHOOSING_KEPT;
    return RO_STATUS_OK;
}

/* Whether a place is small enough to tell where something near it is. */
static bool is_local(const ro_place *place)
{
    return !isnan(place->latitude) && place->near[0] == '\0' &&
           (place->kind == RO_PLACE_KIND_CITY ||
            (place->kind == RO_PLACE_KIND_REGION && place->within[0] != '\0'));
}

/* A name that no place is known of takes the position of the settlement named nearest to it. */
static void place_near(ro_document *document, uint32_t at)
{
    ro_place *places = document->places.items, *place = &places[at];
    const ro_place *best = NULL;
    uint32_t best_gap = UINT32_MAX;
    uint32_t from = at > NEARBY ? at - NEARBY : 0;
    for (uint32_t i = from; i < document->places.count && i <= at + NEARBY; i++) {
        const ro_place *other = &places[i];
        uint32_t gap =
            other->first > place->first ? other->first - place->first : place->first - other->first;
        if (i != at && is_local(other) && gap < best_gap) {
            best = other;
            best_gap = gap;
        }
    }
    if (best == NULL)
        return;
    place->near = best->name;
    place->country = best->country;
    place->within = best->within;
    place->latitude = best->latitude;
    place->longitude = best->longitude;
}

static ro_status find(const ro_where *where, ro_document *document)
{
    ro_sighting_list sightings = {0};
    ro_choice_list choices = {0};
    ro_status status = ro_sighting_find(&where->atlas, document, &sightings);
    if (status == RO_STATUS_OK)
        status = ro_choosing_settle(&where->atlas, document, &sightings, &choices);
    for (uint32_t i = 0; i < sightings.count && status == RO_STATUS_OK; i++)
        if (sightings.items[i].evidence > 0)
            status = add_place(&where->atlas, document, &sightings.items[i],
                               &choices.items[sightings.items[i].group],
                               ro_choosing_chosen(&sightings, &choices, i));
    for (uint32_t i = 0; i < document->places.count && status == RO_STATUS_OK; i++)
        if (document->places.items[i].candidate_count == 0)
            place_near(document, i);
    return status;
}

ro_status ro_where_find(const ro_where *where, ro_document *document, ro_error *error)
{
    ro_status status = find(where, document);
    return status == RO_STATUS_OK ? status : ro_error_set(error, status, "where", "out of memory");
}

ro_status ro_where_anchor(const ro_where *where, ro_document *document, ro_error *error)
{
    if (ro_siting_anchor(&where->atlas, document) != RO_STATUS_OK)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "where", "out of memory");
    return RO_STATUS_OK;
}
