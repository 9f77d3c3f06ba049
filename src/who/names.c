/* names.c - entities from names: the lexicon's phrases and the recogniser's spans, settled where
 * they overlap, and short forms joined to full ones.
 *
 * The lexicon wins where it covers the span or ends a person's name with titles before it; the
 * recogniser wins where it knows more words of the name ("Ann Putin" is not Vladimir Putin). Its
 * spans are naming.c's; known names once more in other places are sweep.c's; titles and appositions
 * give codes in nominals.c.
 */
#include "base/text.h"
#include "doc/tree.h"
#include "lexicon/phrase.h"
#include "who/roster.h"

/* The entity that a name or short name belongs to, if the document has it. */
static uint32_t find_known(const ro_roster *roster, const ro_naming *name)
{
    ro_entity_kind kind = name->kind;
    const ro_document *document = roster->document;
    ro_text text = ro_document_span_text(document, name->first, name->end);
    uint32_t entity = ro_roster_find_whole_name(roster, text);
    bool shared;
    if (entity == RO_NONE && name->end - name->first == 1)
        entity = ro_sweep_find_surname(roster, name->first);
    if (entity == RO_NONE)
        entity = ro_roster_find_name(roster, kind, text);
    bool is_given = kind == RO_ENTITY_KIND_PERSON ||
                    ro_naming_pronoun(roster, name->first, name->end)[0] != '\0';
    if (entity == RO_NONE && is_given && name->end - name->first == 1) {
        entity =
            ro_roster_find_short(roster, RO_ROSTER_FIRST, RO_ENTITY_KIND_PERSON, text, &shared);
        entity = shared ? RO_NONE : entity;
    }
    if (entity == RO_NONE && name->end - name->first == 1 && text.length >= 2 &&
        ro_phrase_case_of(text) == RO_PHRASE_CASE_UPPER)
        entity = ro_roster_find_initials(roster, text);
    return entity;
}

/* The country in or before a longer name: "U.S. Army Corps", "Iran's Expediency Council". */
static const ro_fact *country_of(const ro_roster *roster, const ro_naming *name)
{
    const ro_token *tokens = roster->document->tokens;
    uint32_t from = name->first;
    if (from > 0 && strcmp(tokens[from - 1].tag, "POS") == 0)
        from--;
    if (from > 0 && tokens[from - 1].sentence == tokens[name->first].sentence)
        from--;
    for (uint32_t i = from; i < name->end; i++) {
        uint32_t index = roster->hit_of[i];
        const ro_hit *hit = index != RO_NONE ? &roster->hits.items[index] : NULL;
        bool is_inside = i >= name->first;
        if (hit != NULL && hit->demonym != NULL)
            return hit->demonym;
        if (hit != NULL && hit->name != NULL && hit->name->what == RO_FACT_WHAT_COUNTRY &&
            (is_inside || from + 1 < name->first))
            return hit->name;
    }
    return NULL;
}

/* The noun in an organization's name that says what it is: the last word of "Quito Water Board",
 * the first of "Bank of the South"; NULL if none does. */
static const ro_fact *noun_of(const ro_roster *roster, const ro_naming *name)
{
    const uint32_t places[] = {name->end - 1, name->first};
    for (size_t i = 0; i < 2; i++) {
        uint32_t index = roster->hit_of[places[i]];
        const ro_fact *noun = index != RO_NONE ? roster->hits.items[index].role : NULL;
        if (noun != NULL && (noun->what == RO_FACT_WHAT_BODY || noun->what == RO_FACT_WHAT_GROUP))
            return noun;
    }
    return NULL;
}

/* Codes an organization that the lexicon does not know by what its name says. */
static ro_status read_name(ro_roster *roster, const ro_naming *name, ro_entity *entity,
                           ro_trait *trait)
{
    const ro_fact *country = country_of(roster, name), *noun = noun_of(roster, name);
    if (entity->kind != RO_ENTITY_KIND_ORGANIZATION)
        return RO_STATUS_OK;
    if (country != NULL) {
        entity->actor.code = entity->actor.country = country->country;
        entity->fact = country->source;
    }
    if (noun == NULL)
        return RO_STATUS_OK;
    trait->role = noun->role;
    if (noun->code[0] == '\0')
        return RO_STATUS_OK;
    entity->fact = noun->source;
    entity->actor.sectors = noun->sectors;
    entity->actor.code =
        ro_arena_format(roster->document->arena, "%s%s", entity->actor.country, noun->code);
    return entity->actor.code != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

static ro_status add_unknown(ro_roster *roster, const ro_naming *name)
{
    ro_document *document = roster->document;
    ro_text text = ro_document_span_text(document, name->first, name->end);
    uint32_t entity = find_known(roster, name);
    char key[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(text, key, 0, sizeof key);
    if (length == 0 || length == SIZE_MAX)
        return RO_STATUS_OK; /* no letters, or no name's length */
    if (entity == RO_NONE) {
        ro_entity made = {.name = ro_arena_copy(document->arena, text.data, text.length),
                          .kind = name->kind,
                          .actor = {"", "", "", ""},
                          .fact = ""};
        ro_trait trait = {.role = "",
                          .pronoun = "",
                          .named = true,
                          .unsure = !name->recognised,
                          .plural = name->kind == RO_ENTITY_KIND_GROUP};
        if (name->kind == RO_ENTITY_KIND_PERSON)
            trait.pronoun = ro_naming_pronoun(roster, name->first, name->end);
        if (made.name == NULL || read_name(roster, name, &made, &trait) != RO_STATUS_OK ||
            ro_roster_add_entity(roster, &made, &trait, &entity) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    uint32_t head = ro_tree_span_head(document, name->first, name->end);
    for (uint32_t i = name->first; i < name->end; i++)
        roster->named[i] = true;
    return ro_roster_add_mention(roster, entity, name->first, name->end, head, RO_MENTION_TYPE_NAME,
                                 "name");
}

/* ---- names that it knows --------------------------------------------------------------------- */

/* The name that the recogniser or a run of proper nouns has at a token; NULL if none. */
static const ro_naming *naming_at(const ro_roster *roster, uint32_t token)
{
    uint32_t index = roster->naming_of[token];
    return index != RO_NONE ? &roster->namings.items[index] : NULL;
}

/* Whether a surname alone stands behind a word that belongs to another person's name. */
static bool is_part_of_other_name(const ro_roster *roster, const ro_hit *hit)
{
    const ro_naming *name = naming_at(roster, hit->first);
    if (hit->end - hit->first > 1 || name == NULL || name->kind != RO_ENTITY_KIND_PERSON)
        return false;
    if (name->end > hit->end)
        return true;
    for (uint32_t i = name->first; i < hit->first; i++) {
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
    uint32_t known = ro_sweep_find_surname(roster, hit->first);
    return known != RO_NONE
               ? known
               : ro_roster_find_name(roster, RO_ENTITY_KIND_PERSON, ro_text_of(hit->name->name));
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
        ro_tree_has_deprel(document, hit->head, "nsubj|nsubjpass")) {
        actor->sectors = "GOV";
        actor->code = ro_arena_format(document->arena, "%sGOV", actor->country);
        if (actor->code == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return ro_roster_add_mention(roster, entity, hit->first, hit->end, hit->head,
                                 RO_MENTION_TYPE_NAME, "lexicon");
}

/* The recogniser's span is left to others where the lexicon has taken part of it, and where it is
 * a role's or a body's word with nothing but countries before it ("Russian Foreign Ministry", not
 * "Harvard University"). */
static bool is_left_to_others(const ro_roster *roster, const ro_naming *name)
{
    bool all_known = true;
    for (uint32_t i = name->first; i < name->end; i++) {
        if (roster->named[i])
            return true;
        uint32_t hit = roster->hit_of[i];
        all_known = all_known && hit != RO_NONE && roster->hits.items[hit].first >= name->first;
    }
    uint32_t last = roster->hit_of[name->end - 1];
    if (last == RO_NONE)
        return false;
    const ro_hit *hit = &roster->hits.items[last];
    if (hit->first < name->first) /* "State" of "Secretary of State" */
        return hit->role != NULL;
    if (hit->demonym != NULL && hit->first == name->first)
        return true;
    /* but "Baker" may be anybody's surname */
    return hit->role != NULL && all_known &&
           (name->kind != RO_ENTITY_KIND_PERSON || name->end - name->first > 1);
}

/* A country in a longer name of an organization ("Mali Airlines") or a place ("Western Sahara")
 * belongs to that name. */
static bool is_part_of_longer(const ro_roster *roster, const ro_hit *hit)
{
    const ro_document *document = roster->document;
    const ro_naming *name = naming_at(roster, hit->first);
    if (name == NULL || hit->name->what != RO_FACT_WHAT_COUNTRY)
        return false;
    if (name->kind == RO_ENTITY_KIND_PLACE)
        return name->first < hit->first && name->end == hit->end &&
               document->tokens[hit->first - 1].upos == RO_UPOS_PROPN;
    return name->kind == RO_ENTITY_KIND_ORGANIZATION && name->end > hit->end &&
           strcmp(document->tokens[hit->end].tag, "POS") != 0 && !is_left_to_others(roster, name);
}

/* Full names first, so that a surname before its full name still finds it. */
static ro_status add_all_known(ro_roster *roster, bool single)
{
    for (uint32_t i = 0; i < roster->hits.count; i++) {
        const ro_hit *hit = &roster->hits.items[i];
        bool is_surname = hit->name != NULL && hit->name->what == RO_FACT_WHAT_PERSON &&
                          hit->end - hit->first == 1;
        if (hit->name == NULL || is_surname != single ||
            (hit->role != NULL && !hit->beside && has_owner(roster, hit)) ||
            is_part_of_other_name(roster, hit) || is_part_of_longer(roster, hit))
            continue;
        if (add_known(roster, hit) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

static ro_status add_all_unknown(ro_roster *roster, bool single)
{
    for (uint32_t i = 0; i < roster->namings.count; i++) {
        const ro_naming *name = &roster->namings.items[i];
        if ((name->end - name->first == 1) != single || is_left_to_others(roster, name))
            continue;
        if (add_unknown(roster, name) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

ro_status ro_names_find(ro_roster *roster)
{
    ro_status status = ro_naming_find(roster);
    if (status == RO_STATUS_OK)
        status = add_all_known(roster, false);
    if (status == RO_STATUS_OK)
        status = add_all_unknown(roster, false);
    if (status == RO_STATUS_OK)
        status = add_all_known(roster, true);
    if (status == RO_STATUS_OK)
        status = add_all_unknown(roster, true);
    return status == RO_STATUS_OK ? ro_sweep_find(roster) : status;
}
