/* choosing.c - which place a name is meant for: prominence, what the text says it lies in, the
 * countries and divisions that the text's other places lie in, and how near those are.
 *
 * All mentions of a name in a text are taken for one place (one sense a discourse: Gale, Church and
 * Yarowsky 1992). Names are first settled by themselves, then again with the others around them, as
 * in Leidner's (2007) survey of toponym resolution; a sum of weights decides (evidence.def).
 */
#include "where/choosing.h"

#include "base/map.h"
#include "base/text.h"

#include <math.h>

/* How many places of one name are looked at, of those with most people, and how many other places
 * nearness is asked of: texts that are none do not cost the square of their length. */
#define CANDIDATES 64
#define NEIGHBORS 64
/* How many names to either side of one are asked for their country. */
#define BESIDE 4
/* Countries and divisions of one text that are counted. */
#define COUNTED 256
/* A city has at least this part of the people of its division, if the lexicon may mean it. */
#define COMPARABLE 50
/* Degrees beyond which a place is not near. */
#define FAR_DEGREES 5.0
/* Degrees from the middle of a town to its edge, at most. */
#define TOWN_DEGREES 0.3

/* ---- groups ---------------------------------------------------------------------------------- */

/* Gives sightings of one name one group: those that the gazetteer and the lexicon take for the
 * same, and unknown names that are written alike. */
static ro_status group(ro_document *document, const ro_allocator *allocator,
                       ro_sighting_list *sightings, ro_choice_list *choices)
{
    ro_map *groups = ro_map_new(allocator);
    ro_status status = groups == NULL ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK;
    for (uint32_t i = 0; i < sightings->count && status == RO_STATUS_OK; i++) {
        ro_sighting *each = &sightings->items[i];
        ro_text name = ro_document_span_text(document, each->first, each->end);
        if (each->entries > 0 || each->fact != NULL) {
            const char *key =
                ro_arena_format(document->arena, "%u %u %s", each->entry, each->entries,
                                each->fact != NULL ? each->fact->source : "");
            if (key == NULL) {
                status = RO_STATUS_OUT_OF_MEMORY;
                break;
            }
            name = ro_text_of(key);
        }
        if (ro_map_get(groups, name, &each->group))
            continue;
        ro_choice *made = RO_LIST_ADD(document->arena, choices);
        if (made == NULL || ro_map_set(groups, name, choices->count - 1) != RO_STATUS_OK) {
            status = RO_STATUS_OUT_OF_MEMORY;
            break;
        }
        *made = (ro_choice){.first = i};
        each->group = choices->count - 1;
    }
    ro_map_free(groups);
    return status;
}

/* ---- candidates ------------------------------------------------------------------------------ */

static int32_t prominence(const int32_t *weights, const ro_gazetteer_place *place,
                          const ro_gazetteer_use *use)
{
    int32_t total = (int32_t)(weights[RO_EVIDENCE_PEOPLE] * log10(place->people + 1.0));
    if (place->kind == RO_PLACE_KIND_COUNTRY)
        total += weights[RO_EVIDENCE_COUNTRY];
    else if (place->kind == RO_PLACE_KIND_REGION)
        total += weights[place->within[0] == '\0' ? RO_EVIDENCE_DIVISION : RO_EVIDENCE_DISTRICT];
    else if (place->kind != RO_PLACE_KIND_CITY)
        total += weights[RO_EVIDENCE_AREA];
    if (use->naming == RO_GAZETTEER_NAMING_OTHER && place->kind == RO_PLACE_KIND_CITY)
        total += weights[RO_EVIDENCE_OTHER_NAME];
    return total + (use->weak ? weights[RO_EVIDENCE_WEAK_NAME] : 0);
}

static ro_place_candidate candidate_of(const ro_gazetteer_place *place)
{
    return (ro_place_candidate){.name = place->name,
                                .kind = place->kind,
                                .country = place->country,
                                .within = place->within,
                                .latitude = place->latitude,
                                .longitude = place->longitude,
                                .geonames_id = place->geonames_id,
                                .fact = ""};
}

/* Whether a place of the gazetteer can be what the lexicon takes the name for; a nationality word
 * may be that of a part of the country: "Scottish". */
static bool is_of_fact(const ro_fact *fact, const ro_place_candidate *candidate)
{
    bool is_state = fact->what == RO_FACT_WHAT_COUNTRY;
    bool is_several = candidate->country[0] == '\0' && fact->what == RO_FACT_WHAT_REGION;
    if (strcmp(candidate->country, fact->country) != 0 && !is_several)
        return false;
    return fact->what == RO_FACT_WHAT_DEMONYM ||
           (is_state                             ? candidate->kind == RO_PLACE_KIND_COUNTRY
            : fact->what == RO_FACT_WHAT_CAPITAL ? candidate->kind == RO_PLACE_KIND_CITY
                                                 : candidate->kind != RO_PLACE_KIND_COUNTRY);
}

static ro_place_kind kind_of_fact(const ro_fact *fact)
{
    return fact->what == RO_FACT_WHAT_CAPITAL  ? RO_PLACE_KIND_CITY
           : fact->what == RO_FACT_WHAT_REGION ? RO_PLACE_KIND_REGION
                                               : RO_PLACE_KIND_COUNTRY;
}

/* The place of the gazetteer that a fact tells of by its own name, not by the text's. */
static bool find_of_fact(const ro_atlas *atlas, const ro_fact *fact, ro_gazetteer_place *place)
{
    if (atlas->gazetteer == NULL)
        return false;
    if (kind_of_fact(fact) == RO_PLACE_KIND_COUNTRY)
        return ro_gazetteer_country(atlas->gazetteer, fact->country, place);
    uint32_t first, count = ro_gazetteer_find(atlas->gazetteer, ro_text_of(fact->name), &first);
    for (uint32_t i = 0; i < count && i < CANDIDATES; i++) {
        if (!ro_gazetteer_at(atlas->gazetteer, first + i, place, NULL))
            continue;
        ro_place_candidate candidate = candidate_of(place);
        if (is_of_fact(fact, &candidate))
            return true;
    }
    return false;
}

/* What the lexicon takes the name for, where the gazetteer has no place of it by this name. */
static ro_place_candidate candidate_of_fact(const ro_atlas *atlas, const ro_fact *fact)
{
    ro_gazetteer_place place;
    bool is_state = kind_of_fact(fact) == RO_PLACE_KIND_COUNTRY;
    const ro_fact *country = ro_lexicon_country(atlas->lexicon, fact->country);
    ro_place_candidate made = {.name = fact->name,
                               .kind = kind_of_fact(fact),
                               .country = fact->country,
                               .within = "",
                               .latitude = NAN,
                               .longitude = NAN};
    if (find_of_fact(atlas, fact, &place))
        made = candidate_of(&place);
    made.fact = fact->source;
    if (is_state && country != NULL)
        made.name = country->name;
    return made;
}

/* Adds what the lexicon says of a name to a place that it can be; false if it is another. Of one
 * name the lexicon may mean a division or its city, but no village elsewhere in the country: *most
 * live in the first that fits. */
static bool count_fact(const ro_atlas *atlas, const ro_sighting *sighting, uint32_t people,
                       ro_place_candidate *candidate, uint32_t *most)
{
    const ro_fact *fact = sighting->fact;
    if (fact == NULL || !is_of_fact(fact, candidate) || people < *most / COMPARABLE)
        return false;
    *most = people > *most ? people : *most;
    const ro_fact *country = ro_lexicon_country(atlas->lexicon, fact->country);
    candidate->score += sighting->is_weak ? 0 : atlas->weights[RO_EVIDENCE_LEXICON];
    candidate->fact = fact->source;
    if (candidate->kind == RO_PLACE_KIND_COUNTRY && country != NULL)
        candidate->name = country->name;
    return true;
}

/* "Kharkiv" is the city before the region around it. */
static void count_seats(const int32_t *weights, const ro_choice *choice)
{
    for (uint32_t i = 0; i < choice->count; i++) {
        ro_place_candidate *division = &choice->candidates[i];
        bool has_seat = false;
        if (division->kind != RO_PLACE_KIND_REGION || division->within[0] != '\0')
            continue;
        for (uint32_t j = 0; j < choice->count && !has_seat; j++)
            has_seat = choice->candidates[j].kind == RO_PLACE_KIND_CITY &&
                       strcmp(choice->candidates[j].country, division->country) == 0 &&
                       strcmp(choice->candidates[j].within, division->name) == 0;
        division->score += has_seat ? weights[RO_EVIDENCE_SEAT] : 0;
    }
}

/* Lists the places of a name, each with what speaks for it by itself. */
static ro_status list_candidates(const ro_atlas *atlas, ro_document *document,
                                 const ro_sighting *sighting, ro_choice *choice)
{
    uint32_t most = sighting->entries < CANDIDATES ? sighting->entries : CANDIDATES;
    choice->candidates = ro_arena_alloc(document->arena, most + 1, sizeof *choice->candidates);
    choice->beside = ro_arena_alloc(document->arena, most + 1, sizeof *choice->beside);
    if (choice->candidates == NULL || choice->beside == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    const ro_fact *fact = sighting->fact;
    bool is_there = false;
    int32_t best = 0;
    uint32_t people = 0;
    for (uint32_t i = 0; i < most; i++) {
        ro_gazetteer_place place;
        ro_gazetteer_use use;
        if (!ro_gazetteer_at(atlas->gazetteer, sighting->entry + i, &place, &use))
            continue;
        ro_place_candidate *made = &choice->candidates[choice->count++];
        *made = candidate_of(&place);
        made->score = prominence(atlas->weights, &place, &use);
        best = made->score > best ? made->score : best;
        is_there = count_fact(atlas, sighting, place.people, made, &people) || is_there;
    }
    if (fact != NULL && !is_there) {
        ro_place_candidate *made = &choice->candidates[choice->count++];
        *made = candidate_of_fact(atlas, fact);
        if (isnan(made->latitude) && choice->count > 1) { /* another state's by now: Leningrad */
            made->latitude = choice->candidates[0].latitude;
            made->longitude = choice->candidates[0].longitude;
        }
        made->score = best + (sighting->is_weak ? 0 : atlas->weights[RO_EVIDENCE_LEXICON]);
    }
    count_seats(atlas->weights, choice);
    return RO_STATUS_OK;
}

/* ---- which are names of places --------------------------------------------------------------- */

/* Degrees between two places, roughly. */
static double degrees(const ro_place_candidate *a, const ro_place_candidate *b)
{
    double high = fabs(a->latitude - b->latitude), wide = fabs(a->longitude - b->longitude);
    wide = (wide > 180 ? 360 - wide : wide) * cos((a->latitude + b->latitude) * 3.14159265 / 360);
    return sqrt(high * high + wide * wide);
}

/* Whether a place lies in another: a town is no shape, but a site near its middle lies in it. */
static bool is_in(const ro_place_candidate *inner, const ro_place_candidate *outer)
{
    if (strcmp(inner->country, outer->country) != 0 || inner->country[0] == '\0')
        return false;
    if (outer->kind == RO_PLACE_KIND_COUNTRY)
        return inner->kind != RO_PLACE_KIND_COUNTRY;
    if (outer->kind == RO_PLACE_KIND_CITY)
        return inner->kind != RO_PLACE_KIND_CITY && inner->kind != RO_PLACE_KIND_REGION &&
               inner->kind != RO_PLACE_KIND_COUNTRY && degrees(inner, outer) < TOWN_DEGREES;
    return outer->kind == RO_PLACE_KIND_REGION && strcmp(inner->within, outer->name) == 0;
}

/* Whether a place can lie in one of several. */
static bool is_in_any(const ro_place_candidate *inner, const ro_choice *outer)
{
    for (uint32_t i = 0; i < outer->count; i++)
        if (is_in(inner, &outer->candidates[i]))
            return true;
    return false;
}

/* "China, Japan and Mexico" names countries, no towns of those names; "Niger state" is none. */
static bool is_list_of_countries(const ro_choice *inner, const ro_choice *outer,
                                 const ro_sighting *sighting)
{
    return inner->count > 0 && inner->candidates[0].kind == RO_PLACE_KIND_COUNTRY &&
           outer->candidates[0].kind == RO_PLACE_KIND_COUNTRY && !sighting->is_division;
}

/* "Paris, Texas" tells that both are places; in "Paris, London" none lies in the other. */
static void count_lists(const ro_atlas *atlas, ro_sighting_list *sightings,
                        const ro_choice_list *choices)
{
    for (uint32_t i = 0; i < sightings->count; i++) {
        ro_sighting *each = &sightings->items[i];
        if (each->inside == RO_NONE)
            continue;
        ro_sighting *outer = &sightings->items[each->inside];
        const ro_choice *choice = &choices->items[each->group];
        bool is_inside = false;
        for (uint32_t j = 0; j < choice->count && !is_inside; j++)
            is_inside = is_in_any(&choice->candidates[j], &choices->items[outer->group]);
        if (!is_inside || is_list_of_countries(choice, &choices->items[outer->group], each)) {
            each->inside = RO_NONE;
            continue;
        }
        each->evidence += atlas->weights[RO_EVIDENCE_LISTED];
        outer->evidence += atlas->weights[RO_EVIDENCE_LISTED];
    }
}

static void accept(const ro_atlas *atlas, ro_sighting_list *sightings, ro_choice_list *choices)
{
    for (uint32_t i = 0; i < sightings->count; i++)
        if (sightings->items[i].evidence > 0)
            choices->items[sightings->items[i].group].is_place = true;
    for (uint32_t i = 0; i < sightings->count; i++) {
        ro_sighting *each = &sightings->items[i];
        ro_choice *choice = &choices->items[each->group];
        if (each->evidence <= 0 && choice->is_place && !each->is_person)
            each->evidence += atlas->weights[RO_EVIDENCE_AGAIN];
        choice->sightings += each->evidence > 0;
    }
}

/* ---- context --------------------------------------------------------------------------------- */

/* How many of the text's places lie in a country or a division. */
typedef struct tally {
    const char *country, *within;
    double places;
} tally;

typedef struct context {
    tally countries[COUNTED], divisions[COUNTED];
    uint32_t country_count, division_count;
    double places;
    const ro_place_candidate *neighbors[NEIGHBORS];
    uint32_t neighbor_groups[NEIGHBORS], neighbor_count;
} context;

static uint32_t find_tally(const tally *tallies, uint32_t count, const char *country,
                           const char *within)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(tallies[i].country, country) == 0 &&
            (within == NULL || strcmp(tallies[i].within, within) == 0))
            return i;
    return RO_NONE;
}

static void add_tally(tally *tallies, uint32_t *count, const char *country, const char *within,
                      double places)
{
    uint32_t found = find_tally(tallies, *count, country, within);
    if (found != RO_NONE)
        tallies[found].places += places;
    else if (*count < COUNTED)
        tallies[(*count)++] = (tally){country, within, places};
}

/* The division of a place, or the place itself if it is one. */
static const char *division_of(const ro_place_candidate *place)
{
    return place->kind == RO_PLACE_KIND_REGION && place->within[0] == '\0' ? place->name
                                                                           : place->within;
}

/* Counts what a choice adds to (or, with -1, takes from) the text's places. */
static void count_choice(context *around, const ro_choice *choice, double sign)
{
    if (!choice->is_place || choice->count == 0 || choice->sightings == 0)
        return;
    const ro_place_candidate *place = &choice->candidates[0];
    double places = sign * sqrt(choice->sightings);
    around->places += places;
    if (place->country[0] == '\0')
        return;
    add_tally(around->countries, &around->country_count, place->country, NULL, places);
    if (division_of(place)[0] != '\0')
        add_tally(around->divisions, &around->division_count, place->country, division_of(place),
                  places);
}

static void look_around(const ro_choice_list *choices, context *around)
{
    *around = (context){.places = 0.5}; /* a single place tells little */
    for (uint32_t i = 0; i < choices->count; i++) {
        const ro_choice *choice = &choices->items[i];
        count_choice(around, choice, 1);
        if (!choice->is_place || choice->count == 0 || around->neighbor_count == NEIGHBORS ||
            choice->candidates[0].kind == RO_PLACE_KIND_COUNTRY ||
            isnan(choice->candidates[0].latitude))
            continue;
        around->neighbor_groups[around->neighbor_count] = i;
        around->neighbors[around->neighbor_count++] = &choice->candidates[0];
    }
}

/* 1 beside the nearest other place of the text, 0 far from all. */
static double nearness(const context *around, const ro_place_candidate *place, uint32_t group_at)
{
    double best = FAR_DEGREES;
    for (uint32_t i = 0; i < around->neighbor_count; i++)
        if (around->neighbor_groups[i] != group_at && !isnan(place->latitude)) {
            double off = degrees(place, around->neighbors[i]);
            best = off < best ? off : best;
        }
    return 1 - best / FAR_DEGREES;
}

/* Whether nothing but commas and conjunctions ("and") stands between two sightings. */
static bool is_listed(const ro_document *document, const ro_sighting *before,
                      const ro_sighting *behind)
{
    if (behind->first - before->end > 2)
        return false;
    for (uint32_t i = before->end; i < behind->first; i++) {
        const ro_token *token = &document->tokens[i];
        if (token->upos != RO_UPOS_CCONJ && strcmp(token->lower, ",") != 0)
            return false;
    }
    return behind->first > before->end;
}

static bool is_peer(const ro_place_candidate *place, const ro_choice *other)
{
    if (!other->is_place || other->count == 0 || other->candidates[0].kind != place->kind)
        return false;
    return place->kind == RO_PLACE_KIND_COUNTRY ||
           (place->kind == RO_PLACE_KIND_REGION && place->within[0] == '\0' &&
            strcmp(other->candidates[0].country, place->country) == 0);
}

/* What the neighbors in a list say: one at either side. */
static int32_t score_list(const ro_atlas *atlas, const ro_document *document,
                          const ro_sighting_list *sightings, const ro_choice_list *choices,
                          uint32_t at, const ro_place_candidate *place)
{
    const ro_sighting *items = sightings->items;
    bool is_behind = at > 0 && items[at].inside == RO_NONE && items[at - 1].inside != at &&
                     is_listed(document, &items[at - 1], &items[at]) &&
                     is_peer(place, &choices->items[items[at - 1].group]);
    bool is_before = at + 1 < sightings->count && items[at].inside == RO_NONE &&
                     is_listed(document, &items[at], &items[at + 1]) &&
                     is_peer(place, &choices->items[items[at + 1].group]);
    return is_behind || is_before ? atlas->weights[RO_EVIDENCE_PEER] : 0;
}

/* What the places named with a name's sightings say: the one it lies in, those of its sentence. */
static int32_t score_beside(const ro_atlas *atlas, const ro_document *document,
                            const ro_sighting_list *sightings, const ro_choice_list *choices,
                            uint32_t at, const ro_place_candidate *place)
{
    const ro_sighting *each = &sightings->items[at];
    uint32_t sentence = document->tokens[each->first].sentence;
    int32_t total = score_list(atlas, document, sightings, choices, at, place);
    if (each->is_division && place->kind == RO_PLACE_KIND_REGION)
        total += atlas->weights[RO_EVIDENCE_AS_TITLED];
    if (each->inside != RO_NONE) {
        if (is_in_any(place, &choices->items[sightings->items[each->inside].group]))
            total += atlas->weights[RO_EVIDENCE_INSIDE];
    }
    for (int step = -1; step <= 1; step += 2)
        for (uint32_t i = at, seen = 0; seen < BESIDE; seen++) {
            if ((step < 0 && i == 0) || (step > 0 && i + 1 == sightings->count))
                break;
            i = (uint32_t)((int64_t)i + step);
            const ro_choice *other = &choices->items[sightings->items[i].group];
            if (document->tokens[sightings->items[i].first].sentence != sentence)
                break;
            if (sightings->items[i].group != each->group && other->is_place && other->count > 0 &&
                other->candidates[0].country[0] != '\0' &&
                strcmp(other->candidates[0].country, place->country) == 0)
                return total + atlas->weights[RO_EVIDENCE_BESIDE];
        }
    return total;
}

static int32_t score_around(const ro_atlas *atlas, const context *around,
                            const ro_place_candidate *place, uint32_t group_at)
{
    const int32_t *weights = atlas->weights;
    double total = weights[RO_EVIDENCE_NEAR] * nearness(around, place, group_at);
    uint32_t country = find_tally(around->countries, around->country_count, place->country, NULL);
    uint32_t division =
        find_tally(around->divisions, around->division_count, place->country, division_of(place));
    if (country != RO_NONE)
        total +=
            weights[RO_EVIDENCE_SAME_COUNTRY] * around->countries[country].places / around->places;
    if (division != RO_NONE)
        total += weights[RO_EVIDENCE_SAME_DIVISION] * around->divisions[division].places /
                 around->places;
    return (int32_t)total;
}

/* ---- ranking --------------------------------------------------------------------------------- */

/* Puts the best candidate first, and RO_CHOOSING_KEPT of them in order; of equals the one that
 * stands first. */
static void rank(ro_choice *choice)
{
    for (uint32_t i = 0; i < RO_CHOOSING_KEPT && i < choice->count; i++) {
        uint32_t best = i;
        for (uint32_t j = i + 1; j < choice->count; j++)
            if (choice->candidates[j].score > choice->candidates[best].score)
                best = j;
        ro_place_candidate found = choice->candidates[best];
        memmove(&choice->candidates[i + 1], &choice->candidates[i],
                (best - i) * sizeof choice->candidates[0]);
        choice->candidates[i] = found;
    }
}

/* How many mentions of a name are asked what stands beside them. */
#define ASKED 16

static void add_beside(const ro_atlas *atlas, const ro_document *document,
                       const ro_sighting_list *sightings, ro_choice_list *choices)
{
    for (uint32_t i = 0; i < sightings->count; i++) {
        ro_choice *choice = &choices->items[sightings->items[i].group];
        if (choice->count < 2 || sightings->items[i].evidence <= 0 || choice->asked++ >= ASKED)
            continue;
        for (uint32_t j = 0; j < choice->count; j++) {
            int32_t beside =
                score_beside(atlas, document, sightings, choices, i, &choice->candidates[j]);
            if (beside > choice->beside[j])
                choice->beside[j] = beside;
        }
    }
    for (uint32_t i = 0; i < choices->count; i++)
        for (uint32_t j = 0; j < choices->items[i].count; j++)
            choices->items[i].candidates[j].score += choices->items[i].beside[j];
}

static void add_around(const ro_atlas *atlas, const ro_choice_list *choices)
{
    context around;
    look_around(choices, &around);
    for (uint32_t i = 0; i < choices->count; i++) {
        ro_choice *choice = &choices->items[i];
        if (!choice->is_place || choice->count < 2)
            continue;
        count_choice(&around, choice, -1);
        for (uint32_t j = 0; j < choice->count; j++)
            choice->candidates[j].score += score_around(atlas, &around, &choice->candidates[j], i);
        count_choice(&around, choice, 1);
    }
}

ro_status ro_choosing_settle(const ro_atlas *atlas, ro_document *document,
                             ro_sighting_list *sightings, ro_choice_list *choices)
{
    ro_status status = group(document, ro_lexicon_allocator(atlas->lexicon), sightings, choices);
    for (uint32_t i = 0; i < choices->count && status == RO_STATUS_OK; i++)
        status = list_candidates(atlas, document, &sightings->items[choices->items[i].first],
                                 &choices->items[i]);
    if (status != RO_STATUS_OK)
        return status;
    /* each name by itself, then which are places', then with the others around it; beside[] goes by
     * the order of the first ranking */
    for (uint32_t i = 0; i < choices->count; i++)
        rank(&choices->items[i]);
    count_lists(atlas, sightings, choices);
    accept(atlas, sightings, choices);
    add_beside(atlas, document, sightings, choices);
    add_around(atlas, choices);
    for (uint32_t i = 0; i < choices->count; i++)
        rank(&choices->items[i]);
    return RO_STATUS_OK;
}

/* The best of a name's places that lies in another, or, with is_outer, that another lies in. */
static const ro_place_candidate *best_with(const ro_choice *choice, const ro_place_candidate *other,
                                           bool is_outer)
{
    const ro_place_candidate *best = NULL;
    for (uint32_t i = 0; i < choice->count; i++) {
        const ro_place_candidate *each = &choice->candidates[i];
        if ((is_outer ? is_in(other, each) : is_in(each, other)) &&
            (best == NULL || each->score > best->score))
            best = each;
    }
    return best;
}

const ro_place_candidate *ro_choosing_chosen(const ro_sighting_list *sightings,
                                             const ro_choice_list *choices, uint32_t at)
{
    const ro_sighting *each = &sightings->items[at];
    const ro_choice *choice = &choices->items[each->group];
    const ro_place_candidate *best = NULL;
    if (choice->count == 0)
        return NULL;
    if (each->inside != RO_NONE) {
        const ro_choice *outer = &choices->items[sightings->items[each->inside].group];
        best = best_with(choice, &outer->candidates[0], false);
    } else if (at > 0 && sightings->items[at - 1].inside == at) {
        const ro_choice *inner = &choices->items[sightings->items[at - 1].group];
        if (inner->count > 0 && best_with(inner, &choice->candidates[0], false) == NULL)
            best = best_with(choice, &inner->candidates[0], true);
    }
    return best != NULL ? best : &choice->candidates[0];
}
