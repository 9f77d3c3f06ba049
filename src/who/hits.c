/* hits.c - the lexicon's phrases in a text: longest first from the left, then settled by context.
 *
 * A form may belong to several facts, and a weak one asks for more than its words. So phrases are
 * found first and the countries counted that they name beyond doubt; then those in doubt are
 * settled: a fact whose country the document names otherwise before one whose it does not, the
 * nearer country before others, then what held on the document's day, then the lexicon's order.
 */
#include "base/date.h"
#include "base/text.h"
#include "doc/tree.h"
#include "who/roster.h"

/* How well a fact fits the document. */
typedef struct fit {
    int closeness;  /* 2: its country stands beside it, 1: is the last one named before it */
    bool supported; /* its country, parent or a title speaks for it */
    int32_t days;   /* from its term to the document's day          */
    bool dated;     /* that is in a term that the line gives        */
} fit;

/* ---- finding --------------------------------------------------------------------------------- */

/* A country inside a longer name of a person ("Jordan Hill") is none. */
static bool is_inside_person(const ro_document *document, const ro_hit *hit)
{
    uint32_t name = document->tokens[hit->first].name;
    if (name == RO_NONE || (hit->name != NULL && hit->name->what == RO_FACT_WHAT_PERSON))
        return false;
    const ro_name *found = &document->names.items[name];
    return strcmp(found->label, "PERSON") == 0 && hit->role == NULL && found->end >= hit->end &&
           found->end - found->first > hit->end - hit->first;
}

static bool is_name(const ro_fact *fact)
{
    return fact->what == RO_FACT_WHAT_COUNTRY || fact->what == RO_FACT_WHAT_CAPITAL ||
           fact->what == RO_FACT_WHAT_REGION || fact->what == RO_FACT_WHAT_ORGANIZATION ||
           fact->what == RO_FACT_WHAT_PERSON;
}

/* Whether one fact says the same thing as another on another day. */
static bool is_same_thing(const ro_fact *fact, const ro_fact *other)
{
    return fact->what == other->what && strcmp(fact->name, other->name) == 0;
}

/* A title before a person's name that is one of its offices: "President" before "Lee". */
static bool has_title(const ro_roster *roster, const ro_hit *hit, const ro_fact *person)
{
    if (hit->first == 0 || roster->hit_of[hit->first - 1] == RO_NONE)
        return false;
    const ro_fact *role = roster->hits.items[roster->hit_of[hit->first - 1]].role;
    return role != NULL && strcmp(role->role, person->role) == 0;
}

/* Whether the tagger takes a phrase for a name: "Key issues" has no Key in it. */
static bool is_proper(const ro_document *document, const ro_hit *hit)
{
    return document->tokens[hit->end - 1].upos == RO_UPOS_PROPN;
}

/* What speaks for a fact besides its own words at this place. */
static bool is_supported(const ro_roster *roster, const ro_hit *hit, const ro_fact *fact, bool weak)
{
    const ro_document *document = roster->document;
    uint32_t count = 0;
    if (fact->what == RO_FACT_WHAT_PERSON && has_title(roster, hit, fact))
        return true;
    if (fact->what == RO_FACT_WHAT_PERSON && weak) /* the full name stands elsewhere */
        return is_proper(roster->document, hit) &&
               ro_map_get(roster->context, ro_text_of(fact->name), &count);
    if (fact->what == RO_FACT_WHAT_REGION && weak) {
        /* "Macon, Georgia"; a country's name alone says nothing about which of its parts */
        bool behind_comma = hit->first >= 2 &&
                            strcmp(document->tokens[hit->first - 1].lower, ",") == 0 &&
                            document->tokens[hit->first - 2].upos == RO_UPOS_PROPN;
        char key[8] = "+";
        strncat(key, fact->country, 4);
        return behind_comma || ro_map_get(roster->context, ro_text_of(key), &count);
    }
    if (fact->country[0] != '\0' &&
        ro_map_get(roster->context, ro_text_of(fact->country), &count) && count > 0)
        return true;
    return ro_map_get(roster->context, ro_text_of(fact->name), &count) ||
           (fact->parent[0] != '\0' &&
            ro_map_get(roster->context, ro_text_of(fact->parent), &count));
}

/* The country of a phrase that is in no doubt, "" if none. */
static const char *country_of(const ro_hit *hit)
{
    const ro_fact *fact = hit->open ? NULL : hit->name != NULL ? hit->name : hit->demonym;
    return fact != NULL ? fact->country : "";
}

static bool is_country_at(const ro_roster *roster, uint32_t token, const char *country)
{
    uint32_t index = token < roster->document->token_count ? roster->hit_of[token] : RO_NONE;
    return index != RO_NONE && strcmp(country_of(&roster->hits.items[index]), country) == 0;
}

/* How near its country stands: beside it in "Mali's Defence Ministry" and "the Defence Ministry of
 * Mali". */
static int closeness_of(const ro_roster *roster, const ro_hit *hit, const char *country)
{
    const ro_token *tokens = roster->document->tokens;
    if (country[0] == '\0')
        return 0;
    if (hit->first >= 1 && is_country_at(roster, hit->first - 1, country))
        return 2;
    if (hit->first >= 2 && strcmp(tokens[hit->first - 1].tag, "POS") == 0 &&
        is_country_at(roster, hit->first - 2, country))
        return 2;
    if (hit->end < roster->document->token_count &&
        (strcmp(tokens[hit->end].lower, "of") == 0 || strcmp(tokens[hit->end].lower, "in") == 0) &&
        is_country_at(roster, hit->end + 1, country))
        return 2;
    return roster->last_country != NULL && strcmp(roster->last_country, country) == 0;
}

static fit fit_of(const ro_roster *roster, const ro_hit *hit, const ro_fact *fact, bool weak)
{
    ro_date day = roster->document->date;
    bool has_term = !ro_date_is_none(fact->from) || !ro_date_is_none(fact->until);
    return (fit){.closeness = closeness_of(roster, hit, fact->country),
                 .supported = is_supported(roster, hit, fact, weak),
                 .days = ro_lexicon_days_off(fact, day),
                 .dated = has_term && !ro_date_is_none(day) && ro_lexicon_in_term(fact, day)};
}

static bool is_better(const fit *now, const ro_fact *fact, const fit *best, const ro_fact *other)
{
    if (is_same_thing(fact, other))
        return now->days < best->days || (now->dated && !best->dated);
    if (now->supported != best->supported)
        return now->supported;
    if (now->closeness != best->closeness)
        return now->closeness > best->closeness;
    /* of two people the one whose office is nearer, of other things what holds at all */
    return fact->what == RO_FACT_WHAT_PERSON ? now->days < best->days
                                             : now->days == 0 && best->days > 0;
}

/* Chooses among the facts of hit->forms; hit->open is set where others could have been meant. */
static void choose(const ro_roster *roster, ro_hit *hit)
{
    ro_text written = ro_document_span_text(roster->document, hit->first, hit->end);
    uint32_t forms = hit->forms;
    bool weak;
    fit best = {0};
    hit->name = hit->demonym = hit->role = NULL;
    hit->open = false;
    for (const ro_fact *fact = ro_lexicon_fact_next(roster->lexicon, &forms, written, &weak);
         fact != NULL; fact = ro_lexicon_fact_next(roster->lexicon, &forms, written, &weak)) {
        if (fact->what == RO_FACT_WHAT_DEMONYM) {
            hit->open = hit->open || (hit->demonym != NULL && hit->demonym != fact);
            if (hit->demonym == NULL)
                hit->demonym = fact;
        } else if (!is_name(fact)) {
            if (hit->role == NULL && fact->what != RO_FACT_WHAT_GIVEN)
                hit->role = fact;
        } else {
            fit now = fit_of(roster, hit, fact, weak);
            bool is_other = hit->name != NULL && !is_same_thing(fact, hit->name);
            hit->open = hit->open || weak || is_other;
            if (weak && !now.supported)
                continue;
            if (hit->name == NULL || is_better(&now, fact, &best, hit->name)) {
                hit->name = fact;
                hit->beside = now.closeness == 2;
                best = now;
            }
        }
    }
}

/* The longest phrase at token first that ends before limit; false if there is none. A weak form
 * counts as a phrase here: settle() looks again. */
static bool match(const ro_roster *roster, uint32_t first, uint32_t limit, ro_hit *hit)
{
    const ro_document *document = roster->document;
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    bool found = false;
    for (uint32_t i = first; i < limit; i++) {
        if (!ro_lexicon_read(roster->lexicon, &cursor, ro_document_token_text(document, i)))
            break;
        if (cursor.forms == RO_LEXICON_NONE)
            continue;
        ro_hit longer = {.first = first, .end = i + 1, .forms = cursor.forms};
        choose(roster, &longer);
        if (longer.name != NULL || longer.demonym != NULL || longer.role != NULL || longer.open) {
            *hit = longer;
            found = true;
        }
    }
    return found;
}

static ro_status count(ro_roster *roster, const char *key)
{
    uint32_t number = 0;
    ro_map_get(roster->context, ro_text_of(key), &number);
    return ro_map_set(roster->context, ro_text_of(key), number + 1);
}

/* Counts what a phrase beyond doubt speaks for: its country, a part of one, its own name. */
static ro_status count_context(ro_roster *roster, const ro_hit *hit)
{
    const ro_fact *fact = hit->name != NULL ? hit->name : hit->demonym;
    if (fact == NULL || hit->open)
        return RO_STATUS_OK;
    ro_status status = RO_STATUS_OK;
    if (fact->country[0] != '\0')
        status = count(roster, fact->country);
    if (status == RO_STATUS_OK &&
        (fact->what == RO_FACT_WHAT_ORGANIZATION || fact->what == RO_FACT_WHAT_PERSON))
        status = count(roster, fact->name);
    if (status == RO_STATUS_OK && fact->what == RO_FACT_WHAT_REGION) {
        char key[8] = "+";
        strncat(key, fact->country, 4);
        status = count(roster, key);
    }
    return status;
}

/* Whether a phrase in doubt cuts one that is in none: "the North" of "the North Korea talks". */
static bool cuts_another(const ro_roster *roster, const ro_hit *hit, uint32_t limit)
{
    for (uint32_t i = hit->first + 1; hit->open && i < hit->end; i++) {
        ro_hit other = {0};
        if (match(roster, i, limit, &other) && other.end > hit->end && !other.open)
            return true;
    }
    return false;
}

/* Finds phrases among tokens [first, end). */
static ro_status find_between(ro_roster *roster, uint32_t first, uint32_t end)
{
    ro_document *document = roster->document;
    for (uint32_t i = first; i < end;) {
        ro_hit hit = {0};
        uint32_t limit = document->sentences[document->tokens[i].sentence].end;
        limit = limit < end ? limit : end;
        if (document->tokens[i].is_space || !match(roster, i, limit, &hit) ||
            is_inside_person(document, &hit) || cuts_another(roster, &hit, limit)) {
            i++;
            continue;
        }
        hit.head = ro_tree_span_head(document, hit.first, hit.end);
        ro_hit *added = RO_LIST_ADD(document->arena, &roster->hits);
        if (added == NULL || count_context(roster, &hit) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        *added = hit;
        for (; i < hit.end; i++)
            roster->hit_of[i] = roster->hits.count - 1;
    }
    return RO_STATUS_OK;
}

static bool is_nothing(const ro_hit *hit)
{
    return hit->name == NULL && hit->demonym == NULL && hit->role == NULL;
}

/* Looks again at the phrases in doubt. One that comes to nothing gives way to a shorter one, and
 * what it gives back is searched again: those hits stand at the end of the list. */
static ro_status settle(ro_roster *roster)
{
    for (uint32_t i = 0; i < roster->hits.count; i++) {
        ro_hit *hit = &roster->hits.items[i];
        if (!hit->open) {
            if (country_of(hit)[0] != '\0')
                roster->last_country = country_of(hit);
            continue;
        }
        uint32_t first = hit->first, end = hit->end;
        choose(roster, hit);
        while (is_nothing(hit) && hit->end > first) {
            ro_hit shorter = {.first = first, .end = first, .forms = RO_LEXICON_NONE};
            match(roster, first, hit->end - 1, &shorter);
            *hit = shorter;
        }
        uint32_t kept = hit->end;
        for (uint32_t token = first; token < end; token++)
            roster->hit_of[token] = token < kept ? i : RO_NONE;
        hit->head = kept > first ? ro_tree_span_head(roster->document, first, kept) : first;
        if (kept < end &&
            find_between(roster, kept > first ? kept : first + 1, end) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

ro_status ro_hits_find(ro_roster *roster)
{
    ro_status status = find_between(roster, 0, roster->document->token_count);
    return status == RO_STATUS_OK ? settle(roster) : status;
}
