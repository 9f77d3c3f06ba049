/* where.c - places: countries, capitals and nationality words of the lexicon, and the recogniser's
 * place names that it does not know.
 *
 * The longest phrase from the left wins; one inside a longer name of a person
 * is none. Where events happened is siting.c's.
 */
#include "where/where.h"

#include "base/error.h"
#include "base/text.h"
#include "where/siting.h"

#include <math.h>

typedef struct found_place {
    const ro_fact *fact;
    uint32_t end;
} found_place;

static bool is_place(const ro_fact *fact)
{
    return fact->what == RO_FACT_WHAT_COUNTRY || fact->what == RO_FACT_WHAT_CAPITAL ||
           fact->what == RO_FACT_WHAT_REGION || fact->what == RO_FACT_WHAT_DEMONYM;
}

/* Whether a phrase stands behind another name and a comma, as a part of a country does: "Macon,
 * Georgia". */
static bool is_behind_comma(const ro_document *document, uint32_t first)
{
    return first >= 2 && strcmp(document->tokens[first - 1].lower, ",") == 0 &&
           document->tokens[first - 2].upos == RO_UPOS_PROPN;
}

/* The longest phrase at first, if it can be a place; of several the lexicon's first, but behind a
 * comma the part of a country. */
static found_place match(const ro_lexicon *lexicon, const ro_document *document, uint32_t first,
                         uint32_t limit)
{
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    found_place best = {0};
    for (uint32_t i = first; i < limit; i++) {
        if (!ro_lexicon_read(lexicon, &cursor, ro_document_token_text(document, i)))
            break;
        uint32_t forms = cursor.forms;
        bool is_known = false, weak;
        const ro_fact *place = NULL;
        ro_text written = ro_document_span_text(document, first, i + 1);
        for (const ro_fact *fact = ro_lexicon_fact_next(lexicon, &forms, written, &weak);
             fact != NULL; fact = ro_lexicon_fact_next(lexicon, &forms, written, &weak)) {
            bool is_part = fact->what == RO_FACT_WHAT_REGION && is_behind_comma(document, first);
            if (weak && !is_part)
                continue;
            is_known = is_known || is_place(fact) || fact->what == RO_FACT_WHAT_ORGANIZATION ||
                       fact->what == RO_FACT_WHAT_PERSON;
            if ((place == NULL && is_place(fact)) ||
                (is_part && place != NULL && place->what != RO_FACT_WHAT_REGION))
                place = fact;
        }
        if (is_known)
            best = (found_place){place, i + 1};
    }
    return best;
}

static bool is_inside_other_name(const ro_document *document, uint32_t first, uint32_t end)
{
    uint32_t index = document->tokens[first].name;
    if (index == RO_NONE)
        return false;
    const ro_name *name = &document->names.items[index];
    return strcmp(name->label, "PERSON") == 0 && name->end - name->first > end - first;
}

static ro_place_kind kind_of(const ro_fact *fact)
{
    switch (fact->what) {
    case RO_FACT_WHAT_COUNTRY:
        return RO_PLACE_KIND_COUNTRY;
    case RO_FACT_WHAT_CAPITAL:
        return RO_PLACE_KIND_CITY;
    case RO_FACT_WHAT_DEMONYM:
        return RO_PLACE_KIND_DEMONYM;
    default:
        return RO_PLACE_KIND_REGION;
    }
}

static ro_status add(ro_document *document, uint32_t first, uint32_t end, const char *name,
                     ro_place_kind kind, const ro_fact *fact)
{
    ro_place *place = RO_LIST_ADD(document->arena, &document->places);
    if (place == NULL || name == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *place = (ro_place){.first = first,
                        .end = end,
                        .name = name,
                        .kind = kind,
                        .country = fact != NULL ? fact->country : "",
                        .latitude = NAN,
                        .longitude = NAN,
                        .fact = fact != NULL ? fact->source : ""};
    return RO_STATUS_OK;
}

static ro_status add_known(const ro_lexicon *lexicon, ro_document *document, uint32_t first,
                           const found_place *found)
{
    const ro_fact *fact = found->fact;
    const ro_fact *country = ro_lexicon_country(lexicon, fact->country);
    bool is_demonym = fact->what == RO_FACT_WHAT_DEMONYM;
    const char *name = is_demonym && country != NULL ? country->name : fact->name;
    return add(document, first, found->end, name, kind_of(fact), fact);
}

/* A name that the recogniser took for a place and the lexicon does not know. */
static ro_status add_unknown(ro_document *document, const ro_name *name)
{
    uint32_t first = name->first, end = name->end;
    while (first + 1 < end && document->tokens[first].upos == RO_UPOS_DET)
        first++;
    while (end > first + 1 && strcmp(document->tokens[end - 1].tag, "POS") == 0)
        end--;
    ro_text text = ro_document_span_text(document, first, end);
    ro_place_kind kind = strcmp(name->label, "GPE") == 0   ? RO_PLACE_KIND_CITY
                         : strcmp(name->label, "FAC") == 0 ? RO_PLACE_KIND_FACILITY
                                                           : RO_PLACE_KIND_AREA;
    return add(document, first, end, ro_arena_copy(document->arena, text.data, text.length), kind,
               NULL);
}

/* The recogniser's place name that begins at a token, its articles left out; NULL if none. */
static const ro_name *place_name_at(const ro_document *document, uint32_t token)
{
    uint32_t index = document->tokens[token].name;
    if (index == RO_NONE || document->tokens[token].upos == RO_UPOS_DET)
        return NULL;
    const ro_name *name = &document->names.items[index];
    uint32_t first = name->first;
    while (first < token && document->tokens[first].upos == RO_UPOS_DET)
        first++;
    bool is_place = strcmp(name->label, "GPE") == 0 || strcmp(name->label, "LOC") == 0 ||
                    strcmp(name->label, "FAC") == 0;
    return is_place && first == token ? name : NULL;
}

ro_status ro_where_find(const ro_lexicon *lexicon, ro_document *document, ro_error *error)
{
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = 0; i < document->token_count && status == RO_STATUS_OK;) {
        uint32_t limit = document->sentences[document->tokens[i].sentence].end;
        found_place found = match(lexicon, document, i, limit);
        const ro_name *name = place_name_at(document, i);
        if (found.fact != NULL && !is_inside_other_name(document, i, found.end)) {
            status = add_known(lexicon, document, i, &found);
            i = found.end;
        } else if (name != NULL && found.end == 0) {
            status = add_unknown(document, name);
            i = name->end;
        } else {
            i = found.end > i ? found.end : i + 1;
        }
    }
    return status == RO_STATUS_OK ? status : ro_error_set(error, status, "where", "out of memory");
}

ro_status ro_where_anchor(ro_document *document, ro_error *error)
{
    if (ro_siting_anchor(document) != RO_STATUS_OK)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "where", "out of memory");
    return RO_STATUS_OK;
}
