/* names.c - entities from names: the lexicon's phrases and the recogniser's spans, settled where
 * they overlap, and short forms joined to full ones.
 *
 * The lexicon wins where it covers the span or ends a person's name with titles before it; the
 * recogniser wins where it knows more words of the name ("Ann Putin" is not Vladimir Putin).
 * Titles and appositions give codes in nominals.c.
 */
#include "base/text.h"
#include "doc/tree.h"
#include "lexicon/phrase.h"
#include "who/roster.h"

typedef struct span {
    uint32_t first, end;
} span;

/* Without articles, possessive endings, quotation marks and white space at the edges. */
static span trim(const ro_document *document, span name)
{
    const ro_token *tokens = document->tokens;
    while (name.first < name.end &&
           (tokens[name.first].upos == RO_UPOS_DET || tokens[name.first].upos == RO_UPOS_PUNCT ||
            tokens[name.first].is_space))
        name.first++;
    while (name.first < name.end &&
           (strcmp(tokens[name.end - 1].tag, "POS") == 0 ||
            tokens[name.end - 1].upos == RO_UPOS_PUNCT || tokens[name.end - 1].is_space))
        name.end--;
    return name;
}

static bool kind_of_label(const char *label, ro_entity_kind *kind)
{
    static const struct {
        const char *label;
        ro_entity_kind kind;
    } kinds[] = {
        {"PERSON", RO_ENTITY_KIND_PERSON},    {"PER", RO_ENTITY_KIND_PERSON},
        {"ORG", RO_ENTITY_KIND_ORGANIZATION}, {"GPE", RO_ENTITY_KIND_PLACE},
        {"LOC", RO_ENTITY_KIND_PLACE},        {"FAC", RO_ENTITY_KIND_PLACE},
        {"NORP", RO_ENTITY_KIND_GROUP},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(label, kinds[i].label) == 0) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

/* ---- names that the lexicon does not know ---------------------------------------------------- */

static ro_status add_unknown(ro_roster *roster, span name, ro_entity_kind kind,
                             const ro_fact *country)
{
    ro_document *document = roster->document;
    ro_text text = ro_document_span_text(document, name.first, name.end);
    char key[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(text, key, 0, sizeof key);
    if (length == 0 || length == SIZE_MAX)
        return RO_STATUS_OK; /* no letters, or no name's length */
    uint32_t entity = ro_roster_find_name(roster, kind, text);
    if (entity == RO_NONE) {
        ro_entity made = {.name = ro_arena_copy(document->arena, text.data, text.length),
                          .kind = kind,
                          .actor = {"", "", "", ""},
                          .fact = ""};
        if (country != NULL) {
            made.actor.code = made.actor.country = country->country;
            made.fact = country->source;
        }
        ro_trait trait = {
            .role = "", .pronoun = "", .named = true, .plural = kind == RO_ENTITY_KIND_GROUP};
        if (made.name == NULL ||
            ro_roster_add_entity(roster, &made, &trait, &entity) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    uint32_t head = ro_tree_span_head(document, name.first, name.end);
    for (uint32_t i = name.first; i < name.end; i++)
        roster->named[i] = true;
    return ro_roster_add_mention(roster, entity, name.first, name.end, head, RO_MENTION_TYPE_NAME);
}

/* ---- names that it knows --------------------------------------------------------------------- */

/* Whether a surname alone stands behind a word that belongs to another person's name. */
static bool is_part_of_other_name(const ro_roster *roster, const ro_hit *hit)
{
    const ro_document *document = roster->document;
    uint32_t index = document->tokens[hit->first].name;
    if (hit->end - hit->first > 1 || index == RO_NONE)
        return false;
    const ro_name *found = &document->names.items[index];
    ro_entity_kind kind;
    if (!kind_of_label(found->label, &kind) || kind != RO_ENTITY_KIND_PERSON)
        return false;
    span name = trim(document, (span){found->first, found->end});
    if (name.end > hit->end)
        return true;
    for (uint32_t i = name.first; i < hit->first; i++) {
        uint32_t other = roster->hit_of[i];
        if (other == RO_NONE || roster->hits.items[other].role == NULL)
            return true;
    }
    return false;
}

/* A surname that the document gives to somebody else with a full name is that person's. */
static uint32_t other_bearer(const ro_roster *roster, const ro_hit *hit)
{
    if (hit->name->what != RO_FACT_WHAT_PERSON || hit->end - hit->first > 1)
        return RO_NONE;
    uint32_t known =
        ro_roster_find_name(roster, RO_ENTITY_KIND_PERSON, ro_text_of(hit->name->name));
    if (known != RO_NONE)
        return known;
    return ro_roster_find_name(roster, RO_ENTITY_KIND_PERSON,
                               ro_document_token_text(roster->document, hit->first));
}

/* "Russia's Security Council", "the Iranian parliament": a name that is also a common noun is one
 * where it has an owner. */
static bool has_owner(const ro_roster *roster, const ro_hit *hit)
{
    const ro_document *document = roster->document;
    if (ro_tree_child(document, hit->head, "poss") != RO_NONE)
        return true;
    if (hit->first == 0 || roster->hit_of[hit->first - 1] == RO_NONE)
        return false;
    const ro_hit *before = &roster->hits.items[roster->hit_of[hit->first - 1]];
    return before->demonym != NULL;
}

static ro_status add_known(ro_roster *roster, const ro_hit *hit)
{
    ro_document *document = roster->document;
    uint32_t entity = other_bearer(roster, hit);
    if (entity == RO_NONE && ro_roster_add_fact(roster, hit->name, &entity) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = hit->first; i < hit->end; i++)
        roster->named[i] = true;
    /* a capital that acts stands for its government */
    ro_actor *actor = &document->entities.items[entity].actor;
    if (hit->name->what == RO_FACT_WHAT_CAPITAL && actor->sectors[0] == '\0' &&
        ro_tree_has_deprel(document, hit->head, "nsubj|nsubjpass|agent")) {
        actor->sectors = "GOV";
        actor->code = ro_arena_format(document->arena, "%sGOV", actor->country);
        if (actor->code == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return ro_roster_add_mention(roster, entity, hit->first, hit->end, hit->head,
                                 RO_MENTION_TYPE_NAME);
}

/* The recogniser's span is left to others where its last word is a role's or a body's ("Russian
 * Foreign Ministry") or where the lexicon has taken part of it. */
static bool is_left_to_others(const ro_roster *roster, span name, ro_entity_kind kind)
{
    for (uint32_t i = name.first; i < name.end; i++)
        if (roster->named[i])
            return true;
    uint32_t last = roster->hit_of[name.end - 1];
    if (last == RO_NONE || roster->hits.items[last].first < name.first)
        return false;
    const ro_hit *hit = &roster->hits.items[last];
    if (hit->demonym != NULL && hit->first == name.first)
        return true;
    return hit->role != NULL && kind != RO_ENTITY_KIND_PERSON;
}

/* The first country in a longer name, as in "U.S. Army Corps". */
static const ro_fact *country_in(const ro_roster *roster, span name)
{
    for (uint32_t i = name.first; i < name.end; i++) {
        uint32_t index = roster->hit_of[i];
        const ro_hit *hit = index != RO_NONE ? &roster->hits.items[index] : NULL;
        if (hit != NULL && hit->demonym != NULL)
            return hit->demonym;
        if (hit != NULL && hit->name != NULL && hit->name->what == RO_FACT_WHAT_COUNTRY)
            return hit->name;
    }
    return NULL;
}

/* A country at the start of an organization's longer name belongs to that name. */
static bool is_part_of_longer(const ro_roster *roster, const ro_hit *hit)
{
    const ro_document *document = roster->document;
    uint32_t index = document->tokens[hit->first].name;
    if (index == RO_NONE || hit->name->what != RO_FACT_WHAT_COUNTRY)
        return false;
    const ro_name *found = &document->names.items[index];
    span name = trim(document, (span){found->first, found->end});
    return strcmp(found->label, "ORG") == 0 && name.end > hit->end &&
           strcmp(document->tokens[hit->end].tag, "POS") != 0 &&
           !is_left_to_others(roster, name, RO_ENTITY_KIND_ORGANIZATION);
}

/* Full names first, so that a surname before its full name still finds it. */
static ro_status add_all_known(ro_roster *roster, bool single)
{
    for (uint32_t i = 0; i < roster->hits.count; i++) {
        const ro_hit *hit = &roster->hits.items[i];
        bool is_surname = hit->name != NULL && hit->name->what == RO_FACT_WHAT_PERSON &&
                          hit->end - hit->first == 1;
        if (hit->name == NULL || is_surname != single ||
            (hit->role != NULL && has_owner(roster, hit)) || is_part_of_other_name(roster, hit) ||
            is_part_of_longer(roster, hit))
            continue;
        if (add_known(roster, hit) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

static ro_status add_all_unknown(ro_roster *roster, bool single)
{
    const ro_document *document = roster->document;
    for (uint32_t i = 0; i < document->names.count; i++) {
        const ro_name *found = &document->names.items[i];
        ro_entity_kind kind;
        if (!kind_of_label(found->label, &kind))
            continue;
        span name = trim(document, (span){found->first, found->end});
        bool is_single = name.end - name.first == 1;
        if (name.first >= name.end || is_single != single || is_left_to_others(roster, name, kind))
            continue;
        const ro_fact *country =
            kind == RO_ENTITY_KIND_ORGANIZATION ? country_in(roster, name) : NULL;
        if (add_unknown(roster, name, kind, country) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

/* Surnames of the document's people that the recogniser passed over or took for something else. */
static ro_status add_surnames(ro_roster *roster)
{
    const ro_document *document = roster->document;
    for (uint32_t i = 0; i < document->token_count; i++) {
        const ro_token *token = &document->tokens[i];
        bool is_alone =
            token->name == RO_NONE ||
            document->names.items[token->name].end - document->names.items[token->name].first == 1;
        if (token->upos != RO_UPOS_PROPN || roster->named[i] || roster->hit_of[i] != RO_NONE ||
            !is_alone ||
            ro_roster_find_name(roster, RO_ENTITY_KIND_PERSON,
                                ro_document_token_text(document, i)) == RO_NONE)
            continue;
        if (add_unknown(roster, (span){i, i + 1}, RO_ENTITY_KIND_PERSON, NULL) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

ro_status ro_names_find(ro_roster *roster)
{
    ro_status status = add_all_known(roster, false);
    if (status == RO_STATUS_OK)
        status = add_all_unknown(roster, false);
    if (status == RO_STATUS_OK)
        status = add_all_known(roster, true);
    if (status == RO_STATUS_OK)
        status = add_surnames(roster);
    if (status == RO_STATUS_OK)
        status = add_all_unknown(roster, true);
    return status;
}
