/* sighting.c - names in a text that may be a place's: what the lexicon, the gazetteer and the
 * recogniser take for one, and rows of names that end like a site's ("Abbey Road").
 *
 * The longest from the left wins. How likely each is a place's name is a sum of weights
 * (evidence.def); which place it names is choosing.c's.
 */
#include "where/sighting.h"

#include "base/map.h"
#include "base/text.h"

#include <math.h>

/* How many tokens a name of a place has at most. */
#define LONGEST 12
/* The powers of ten of the people of a large town. */
#define LARGE_TOWN 6

bool ro_sighting_has_word(const ro_atlas *atlas, ro_place_word word, ro_text text)
{
    return ro_wordlist_has(atlas->words, word, text);
}

bool ro_sighting_has_word_at(const ro_atlas *atlas, const ro_document *document, ro_place_word word,
                             uint32_t token)
{
    return token < document->token_count &&
           ro_sighting_has_word(atlas, word, ro_text_of(document->tokens[token].lower));
}

static bool is_capital(ro_text text)
{
    size_t at = 0;
    return text.length > 0 && ro_text_is_upper(ro_text_decode(text, &at));
}

static bool is_proper(const ro_token *token)
{
    return strcmp(token->tag, "NNP") == 0 || strcmp(token->tag, "NNPS") == 0;
}

/* ---- what the lexicon says ------------------------------------------------------------------- */

typedef struct reading {
    const ro_fact *fact;
    bool is_weak;
    uint32_t end;       /* of the place's name; 0 if there is none              */
    uint32_t known_end; /* of the longest name, of a place or of something else */
} reading;

static bool is_place(const ro_fact *fact)
{
    return fact->what == RO_FACT_WHAT_COUNTRY || fact->what == RO_FACT_WHAT_CAPITAL ||
           fact->what == RO_FACT_WHAT_REGION || fact->what == RO_FACT_WHAT_DEMONYM;
}

/* The longest phrase at first that can be a place; of several facts the lexicon's first, those
 * behind "?" last. */
static reading read_lexicon(const ro_atlas *atlas, const ro_document *document, uint32_t first,
                            uint32_t limit)
{
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    reading best = {0};
    for (uint32_t i = first; i < limit; i++) {
        if (!ro_lexicon_read(atlas->lexicon, &cursor, ro_document_token_text(document, i)))
            break;
        uint32_t forms = cursor.forms;
        bool weak;
        const ro_fact *place = NULL;
        bool is_weak = true;
        ro_text written = ro_document_span_text(document, first, i + 1);
        for (const ro_fact *fact = ro_lexicon_fact_next(atlas->lexicon, &forms, written, &weak);
             fact != NULL; fact = ro_lexicon_fact_next(atlas->lexicon, &forms, written, &weak)) {
            if (is_place(fact) && (place == NULL || (is_weak && !weak))) {
                place = fact;
                is_weak = weak;
            }
            if (!weak)
                best.known_end = i + 1;
        }
        if (place != NULL) {
            best.fact = place;
            best.is_weak = is_weak;
            best.end = i + 1;
        }
    }
    return best;
}

/* ---- what the gazetteer says ----------------------------------------------------------------- */

/* The longest name at first that is written as names are. */
static uint32_t read_gazetteer(const ro_atlas *atlas, const ro_document *document, uint32_t first,
                               uint32_t limit, ro_sighting *found)
{
    ro_gazetteer_cursor cursor = RO_GAZETTEER_CURSOR;
    uint32_t end = 0;
    if (atlas->gazetteer == NULL || !is_capital(ro_document_token_text(document, first)))
        return 0;
    for (uint32_t i = first; i < limit && i < first + LONGEST; i++) {
        ro_text text = ro_document_token_text(document, i);
        if (!ro_gazetteer_read(atlas->gazetteer, &cursor, text))
            break;
        bool is_word = is_capital(text) || strcmp(document->tokens[i].tag, "CD") == 0;
        if (cursor.count == 0 || (i > first && !is_word))
            continue;
        end = i + 1;
        found->entry = cursor.first;
        found->entries = cursor.count;
    }
    return end;
}

/* ---- what the recogniser says ---------------------------------------------------------------- */

typedef struct seen {
    const ro_name *name; /* NULL if none                     */
    uint32_t first, end; /* its tokens, without "the", "'s"  */
    bool is_place;
} seen;

static seen seen_at(const ro_document *document, uint32_t token)
{
    uint32_t index = document->tokens[token].name;
    if (index == RO_NONE)
        return (seen){0};
    const ro_name *name = &document->names.items[index];
    seen found = {name, name->first, name->end, false};
    while (found.first + 1 < found.end && document->tokens[found.first].upos == RO_UPOS_DET)
        found.first++;
    while (found.end > found.first + 1 && strcmp(document->tokens[found.end - 1].tag, "POS") == 0)
        found.end--;
    found.is_place = strcmp(name->label, "GPE") == 0 || strcmp(name->label, "LOC") == 0 ||
                     strcmp(name->label, "FAC") == 0;
    return found;
}

/* Whether a name stands beside what it is called: "Maradun village", "the town of Gao". */
static bool is_called(const ro_atlas *atlas, const ro_document *document, ro_place_word word,
                      uint32_t first, uint32_t end)
{
    uint32_t sentence = document->tokens[first].sentence, limit = document->sentences[sentence].end;
    bool is_before = end < limit && ro_sighting_has_word_at(atlas, document, word, end);
    if (end + 2 < limit && strcmp(document->tokens[end].lower, ",") == 0 &&
        document->tokens[end + 1].upos == RO_UPOS_DET) { /* "Sake, a small town" */
        uint32_t noun = end + 2;
        while (noun + 1 < limit && document->tokens[noun].upos == RO_UPOS_ADJ)
            noun++;
        is_before = is_before || ro_sighting_has_word_at(atlas, document, word, noun);
    }
    return is_before || (first >= 2 && document->tokens[first - 2].sentence == sentence &&
                         strcmp(document->tokens[first - 1].lower, "of") == 0 &&
                         ro_sighting_has_word_at(atlas, document, word, first - 2));
}

/* The end of the row of names at first that is called a settlement or a division; 0 if there is
 * none. */
static uint32_t read_called(const ro_atlas *atlas, const ro_document *document, uint32_t first,
                            uint32_t limit)
{
    uint32_t end = first;
    if (first > 0 && document->tokens[first - 1].sentence == document->tokens[first].sentence &&
        is_proper(&document->tokens[first - 1]))
        return 0;
    while (end < limit && end < first + LONGEST && is_proper(&document->tokens[end]) &&
           is_capital(ro_document_token_text(document, end)))
        end++;
    return end > first && (is_called(atlas, document, RO_PLACE_WORD_SETTLEMENT, first, end) ||
                           is_called(atlas, document, RO_PLACE_WORD_DIVISION, first, end))
               ? end
               : 0;
}

/* The end of the row of capital names at first whose last word is one of a site; 0 if there is
 * none. */
static uint32_t read_site(const ro_atlas *atlas, const ro_document *document, uint32_t first,
                          uint32_t limit)
{
    uint32_t end = 0;
    if (first > 0 && document->tokens[first - 1].sentence == document->tokens[first].sentence &&
        is_proper(&document->tokens[first - 1]) &&
        is_capital(ro_document_token_text(document, first - 1)))
        return 0;
    for (uint32_t i = first; i < limit && i < first + LONGEST; i++) {
        ro_text text = ro_document_token_text(document, i);
        if (i > first && strcmp(document->tokens[i].tag, "POS") == 0)
            continue; /* "St. Peter's Square" */
        if (!is_capital(text) || !(is_proper(&document->tokens[i]) || i > first))
            break;
        if (i > first && ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_SITE, i))
            end = i + 1;
    }
    return end;
}

/* ---- evidence -------------------------------------------------------------------------------- */

static int32_t evidence_of_recogniser(const ro_atlas *atlas, const ro_document *document,
                                      const ro_sighting *sighting)
{
    const int32_t *weights = atlas->weights;
    seen found = seen_at(document, sighting->first);
    if (found.name == NULL)
        return weights[RO_EVIDENCE_UNSEEN];
    bool is_whole = found.first >= sighting->first && found.end <= sighting->end;
    if (found.is_place)
        return weights[is_whole ? RO_EVIDENCE_AS_PLACE : RO_EVIDENCE_IN_PLACE];
    if (strcmp(found.name->label, "PERSON") == 0)
        return weights[is_whole ? RO_EVIDENCE_AS_PERSON : RO_EVIDENCE_IN_PERSON];
    if (strcmp(found.name->label, "ORG") == 0)
        return weights[is_whole ? RO_EVIDENCE_AS_ORGANIZATION : RO_EVIDENCE_IN_ORGANIZATION];
    return weights[RO_EVIDENCE_AS_OTHER];
}

/* Nationality words count before what they tell of; by themselves they are a people or a
 * language. */
static bool is_modifier(const ro_document *document, uint32_t token)
{
    const ro_token *word = &document->tokens[token];
    bool is_many = strcmp(word->tag, "NNPS") == 0 || strcmp(word->tag, "NNS") == 0;
    bool is_before = word->head > token && !is_many &&
                     (document->tokens[word->head].upos == RO_UPOS_NOUN ||
                      document->tokens[word->head].upos == RO_UPOS_PROPN);
    bool is_hyphen = token + 1 < document->token_count && !word->space_after &&
                     ro_text_equal_string(ro_document_token_text(document, token + 1), "-");
    return is_before || is_hyphen ||
           (strcmp(word->tag, "JJ") == 0 && word->head != token &&
            strcmp(word->deprel, "conj") == 0);
}

bool ro_sighting_is_adjective(const ro_atlas *atlas, const ro_sighting *sighting)
{
    ro_gazetteer_place place;
    ro_gazetteer_use use;
    if (sighting->fact != NULL)
        return sighting->fact->what == RO_FACT_WHAT_DEMONYM;
    return sighting->entries > 0 && atlas->gazetteer != NULL &&
           ro_gazetteer_at(atlas->gazetteer, sighting->entry, &place, &use) &&
           use.naming == RO_GAZETTEER_NAMING_ADJECTIVE;
}

/* How well known the best known place of the name is. */
static int32_t evidence_of_fame(const ro_atlas *atlas, const ro_document *document,
                                const ro_sighting *sighting)
{
    const int32_t *weights = atlas->weights;
    ro_gazetteer_place place;
    ro_gazetteer_use use = {0};
    bool is_common =
        sighting->fact == NULL && sighting->end == sighting->first + 1 &&
        ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_COMMON, sighting->first);
    bool is_known = sighting->fact != NULL && !sighting->is_weak;
    bool is_weak = sighting->fact != NULL && sighting->is_weak;
    int32_t total = 0;
    if (sighting->entries > 0 && ro_gazetteer_at(atlas->gazetteer, sighting->entry, &place, &use)) {
        total = (int32_t)(weights[RO_EVIDENCE_CROWD] * log10(place.people + 1.0));
        is_known = is_known || (!use.weak && place.kind != RO_PLACE_KIND_CITY &&
                                place.within[0] == '\0' && !is_common);
        is_weak = is_weak || use.weak;
    } else if (sighting->fact != NULL) { /* as of a large town: no gazetteer says */
        total = weights[RO_EVIDENCE_CROWD] * LARGE_TOWN;
    } else {
        total = weights[RO_EVIDENCE_UNKNOWN];
    }
    if (is_common)
        total += weights[RO_EVIDENCE_COMMON];
    if (!is_known && sighting->entries > 0 && use.naming == RO_GAZETTEER_NAMING_OTHER)
        total += weights[RO_EVIDENCE_OTHER];
    return total + (is_known  ? weights[RO_EVIDENCE_KNOWN]
                    : is_weak ? weights[RO_EVIDENCE_WEAK]
                              : 0);
}

static int32_t evidence_of(const ro_atlas *atlas, const ro_document *document,
                           const ro_sighting *sighting, bool is_site)
{
    const int32_t *weights = atlas->weights;
    uint32_t before = sighting->first;
    int32_t total = weights[RO_EVIDENCE_ANY] + evidence_of_fame(atlas, document, sighting) +
                    evidence_of_recogniser(atlas, document, sighting);
    bool is_one = sighting->end == sighting->first + 1;
    if (ro_sighting_is_adjective(atlas, sighting))
        return total + weights[is_modifier(document, sighting->end - 1) ? RO_EVIDENCE_ADJECTIVE
                                                                        : RO_EVIDENCE_PEOPLE_WORD];
    if (is_one && !is_proper(&document->tokens[sighting->first]))
        total += weights[RO_EVIDENCE_NO_NAME];
    if (is_site)
        total += weights[RO_EVIDENCE_SITE];
    if (sighting->is_division ||
        is_called(atlas, document, RO_PLACE_WORD_SETTLEMENT, sighting->first, sighting->end))
        total += weights[RO_EVIDENCE_TITLED];
    while (before > 0 && ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_PART, before - 1))
        before--;
    if (before > 0 &&
        document->tokens[before - 1].sentence == document->tokens[sighting->first].sentence &&
        ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_BEHIND, before - 1))
        total += weights[RO_EVIDENCE_LOCATED];
    return total;
}

/* ---- namesakes ------------------------------------------------------------------------------- */

/* The words of longer names of persons: "Nelson" may be somebody. */
static ro_status find_namesakes(const ro_document *document, ro_map *namesakes)
{
    for (uint32_t i = 0; i < document->names.count; i++) {
        const ro_name *name = &document->names.items[i];
        if (strcmp(name->label, "PERSON") != 0 || name->end - name->first < 2)
            continue;
        for (uint32_t token = name->first; token < name->end; token++)
            if (is_capital(ro_document_token_text(document, token)) &&
                ro_map_set(namesakes, ro_text_of(document->tokens[token].lower), 1) != RO_STATUS_OK)
                return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

/* ---- finding --------------------------------------------------------------------------------- */

static ro_place_kind kind_of_label(const char *label)
{
    return strcmp(label, "GPE") == 0   ? RO_PLACE_KIND_CITY
           : strcmp(label, "FAC") == 0 ? RO_PLACE_KIND_FACILITY
                                       : RO_PLACE_KIND_AREA;
}

/* Takes the name that the lexicon and the gazetteer have, the longer of theirs, and what they know
 * of it; end stays 0 if there is none. */
static reading look_up(const ro_atlas *atlas, const ro_document *document, uint32_t limit,
                       ro_sighting *found)
{
    reading known = read_lexicon(atlas, document, found->first, limit);
    uint32_t listed = read_gazetteer(atlas, document, found->first, limit, found);
    found->end = listed > known.end ? listed : known.end;
    if (known.end > 0 && known.end == found->end) {
        found->fact = known.fact;
        found->is_weak = known.is_weak;
    }
    if (listed < found->end)
        found->entries = 0;
    return known;
}

/* Takes a longer name of a site, or, where nothing is known, what the recogniser sees or what is
 * called a place. Whether it is a site. */
static bool look_at_words(const ro_atlas *atlas, const ro_document *document, uint32_t limit,
                          const seen *named, ro_sighting *found)
{
    uint32_t first = found->first, site = read_site(atlas, document, first, limit);
    /* "Kenya's Rift Valley" is no site of that name, "St. Peter's Square" is */
    bool is_owned = found->fact != NULL && found->end < limit &&
                    strcmp(document->tokens[found->end].tag, "POS") == 0;
    bool is_site = site > found->end && !is_owned;
    if (is_site) {
        *found = (ro_sighting){.first = first, .end = site, .inside = RO_NONE};
        found->kind = RO_PLACE_KIND_FACILITY;
    } else if (found->end == 0 && named->is_place && named->first == first) {
        found->end = named->end;
        found->kind = kind_of_label(named->name->label);
    } else if (found->end == 0) {
        found->end = read_called(atlas, document, first, limit);
        found->kind = RO_PLACE_KIND_CITY;
    }
    found->is_division =
        found->end > 0 && is_called(atlas, document, RO_PLACE_WORD_DIVISION, first, found->end);
    if (found->is_division && found->fact == NULL && found->entries == 0)
        found->kind = RO_PLACE_KIND_REGION;
    return is_site;
}

/* "The South" may not hide "South China Sea". */
static bool hides_longer(const ro_atlas *atlas, const ro_document *document, uint32_t limit,
                         const ro_sighting *found)
{
    uint32_t second = found->first + 1;
    ro_sighting behind;
    return document->tokens[found->first].upos == RO_UPOS_DET && second < limit &&
           (read_lexicon(atlas, document, second, limit).end > found->end ||
            read_gazetteer(atlas, document, second, limit, &behind) > found->end);
}

/* The name at a token that may be a place's; false if there is none, *end then where to go on. */
static bool sight(const ro_atlas *atlas, const ro_document *document, const ro_map *namesakes,
                  uint32_t first, ro_sighting *found, uint32_t *end)
{
    uint32_t limit = document->sentences[document->tokens[first].sentence].end, any;
    seen named = seen_at(document, first);
    *found = (ro_sighting){.first = first, .inside = RO_NONE, .kind = RO_PLACE_KIND_AREA};
    reading known = look_up(atlas, document, limit, found);
    bool is_site = look_at_words(atlas, document, limit, &named, found);
    *end = first + 1;
    if (found->end == 0 || hides_longer(atlas, document, limit, found))
        return false;
    *end = found->end;
    found->is_person = named.name != NULL && strcmp(named.name->label, "PERSON") == 0;
    found->evidence = evidence_of(atlas, document, found, is_site);
    if (found->fact == NULL && found->end == first + 1 &&
        ro_map_get(namesakes, ro_text_of(document->tokens[first].lower), &any))
        found->evidence += atlas->weights[RO_EVIDENCE_NAMESAKE];
    if (known.known_end > found->end) /* "Washington Post" */
        found->evidence += atlas->weights[RO_EVIDENCE_IN_ORGANIZATION];
    return true;
}

/* Which sighting another lies in by the text's word: "Paris, Texas", "Tripoli in northern
 * Lebanon". */
static void link_inside(const ro_atlas *atlas, const ro_document *document,
                        ro_sighting_list *sightings)
{
    for (uint32_t i = 0; i + 1 < sightings->count; i++) {
        ro_sighting *inner = &sightings->items[i], *outer = inner + 1;
        uint32_t at = inner->end;
        at += ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_DIVISION, at) ||
              ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_SETTLEMENT,
                                      at); /* "Niger state, Nigeria" */
        if (outer->first <= at || outer->first > at + 3)
            continue;
        const char *joint = document->tokens[at].lower;
        bool is_joint = strcmp(joint, ",") == 0 || strcmp(joint, "in") == 0;
        for (at++; at < outer->first && is_joint; at++)
            is_joint = ro_sighting_has_word_at(atlas, document, RO_PLACE_WORD_PART, at);
        if (is_joint)
            inner->inside = i + 1;
    }
}

static ro_status find(const ro_atlas *atlas, ro_document *document, const ro_map *namesakes,
                      ro_sighting_list *sightings)
{
    for (uint32_t i = 0; i < document->token_count;) {
        ro_sighting found;
        uint32_t end, timex = ro_document_timex_behind(document, i);
        if (timex < document->timexes.count && document->timexes.items[timex].first <= i) {
            i = document->timexes.items[timex].end; /* "6 a.m. EST", "10 p.m. Moscow time" */
            continue;
        }
        if (sight(atlas, document, namesakes, i, &found, &end)) {
            ro_sighting *added = RO_LIST_ADD(document->arena, sightings);
            if (added == NULL)
                return RO_STATUS_OUT_OF_MEMORY;
            *added = found;
        }
        i = end;
    }
    link_inside(atlas, document, sightings);
    return RO_STATUS_OK;
}

ro_status ro_sighting_find(const ro_atlas *atlas, ro_document *document,
                           ro_sighting_list *sightings)
{
    ro_map *namesakes = ro_map_new(ro_lexicon_allocator(atlas->lexicon));
    ro_status status =
        namesakes != NULL ? find_namesakes(document, namesakes) : RO_STATUS_OUT_OF_MEMORY;
    if (status == RO_STATUS_OK)
        status = find(atlas, document, namesakes, sightings);
    ro_map_free(namesakes);
    return status;
}
