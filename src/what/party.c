/* party.c - who stands in a slot: conjuncts, relative pronouns, noun phrases that are no mention
 * but are made of one ("Norwegian soldiers", "soldiers of Mali", "the minister's claims").
 *
 * A noun phrase keeps its whole span and takes the entity of its modifier; a possessor or the noun
 * behind "of" stands for itself.
 */
#include "what/party.h"

#include "doc/clause.h"
#include "doc/nesting.h"
#include "doc/tree.h"

#include <string.h>

enum { CONJUNCTS = 12 };

static bool can_act(const ro_document *document, uint32_t entity)
{
    return entity != RO_NONE && entity < document->entities.count;
}

static uint32_t entity_at(const ro_document *document, uint32_t token)
{
    uint32_t mention = ro_tree_mention_at(document, token);
    return mention == RO_NONE ? RO_NONE : document->mentions.items[mention].entity;
}

/* Whether a modifier is a country, people or organization by itself, as in "Norwegian". */
static bool is_coded(const ro_document *document, uint32_t token)
{
    uint32_t entity = entity_at(document, token);
    return can_act(document, entity) &&
           document->entities.items[entity].kind != RO_ENTITY_KIND_PERSON;
}

bool ro_party_is_kind(const ro_document *document, uint32_t token, ro_entity_kind kind)
{
    uint32_t entity = entity_at(document, ro_clause_antecedent(document, token));
    return can_act(document, entity) && document->entities.items[entity].kind == kind;
}

static bool add(ro_document *document, ro_participant_list *list, uint32_t entity, uint32_t first,
                uint32_t end)
{
    for (uint32_t i = 0; i < list->count; i++)
        if ((entity != RO_NONE && list->items[i].entity == entity) ||
            (entity == RO_NONE && list->items[i].first == first))
            return true;
    ro_participant *made = RO_LIST_ADD(document->arena, list);
    if (made == NULL)
        return false;
    *made = (ro_participant){entity, first, end};
    return true;
}

/* Whether a dash stands between a dateline and the noun that the parser hangs it on: "GAZA CITY -
 * Israeli aircraft". */
static bool is_behind_dash(const ro_document *document, uint32_t dateline, uint32_t noun)
{
    for (uint32_t i = dateline + 1; i < noun; i++)
        if (document->tokens[i].space_after && document->tokens[i - 1].space_after &&
            (strcmp(document->tokens[i].lower, "-") == 0 ||
             strcmp(document->tokens[i].lower, "–") == 0 ||
             strcmp(document->tokens[i].lower, "—") == 0))
            return true;
    return false;
}

/* The modifiers of a noun that are entities: "Chadian and Malian" of "delegations". */
static size_t entity_modifiers(const ro_document *document, uint32_t noun, uint32_t *found)
{
    size_t count = 0;
    uint32_t from = document->tokens[noun].left;
    for (uint32_t child; (child = ro_tree_next_child(document, noun, from)) != RO_NONE;
         from = child + 1) {
        if (child > noun || !ro_tree_has_deprel(document, child, "amod|compound|nmod") ||
            is_behind_dash(document, child, noun))
            continue;
        for (uint32_t each = child; each != RO_NONE && count < CONJUNCTS;
             each = ro_tree_child(document, each, "conj"))
            if (is_coded(document, each))
                found[count++] = each;
    }
    return count;
}

/* The noun phrase of a token, without the sign of its genitive. */
static void phrase_of(const ro_document *document, uint32_t token, uint32_t *first, uint32_t *end)
{
    ro_tree_noun_phrase(document, token, first, end);
    if (*end - *first > 1 && ro_tree_has_deprel(document, *end - 1, "case"))
        (*end)--;
}

/* Every mention that a token heads: "Chadian and Malian delegations" are two. */
static bool add_mentions(ro_document *document, ro_participant_list *list, uint32_t token,
                         uint32_t first, uint32_t end)
{
    uint32_t at = ro_tree_mention_at(document, token);
    while (at > 0 && document->mentions.items[at - 1].head == token)
        at--;
    for (; at < document->mentions.count && document->mentions.items[at].head == token; at++)
        if (!add(document, list, document->mentions.items[at].entity, first, end))
            return false;
    return true;
}

/* One conjunct. */
static bool add_one(ro_document *document, uint32_t token, ro_participant_list *list)
{
    uint32_t first, end, modifiers[CONJUNCTS];
    phrase_of(document, token, &first, &end);
    uint32_t owner = ro_tree_child(document, token, "poss");
    uint32_t entity = entity_at(document, token);
    size_t count = entity_modifiers(document, token, modifiers);
    if (entity != RO_NONE)
        return add_mentions(document, list, token, first, end);
    for (size_t i = 0; i < count; i++)
        if (!add(document, list, entity_at(document, modifiers[i]), first, end))
            return false;
    if (count > 0)
        return true;
    if (owner != RO_NONE && entity_at(document, owner) != RO_NONE) {
        phrase_of(document, owner, &first, &end);
        return add(document, list, entity_at(document, owner), first, end);
    }
    uint32_t of = ro_clause_prepositional(document, token, "of|from");
    if (of != RO_NONE && entity_at(document, of) != RO_NONE)
        return add(document, list, entity_at(document, of), first, end);
    if (document->tokens[token].upos == RO_UPOS_NOUN ||
        document->tokens[token].upos == RO_UPOS_PROPN)
        return add(document, list, RO_NONE, first, end);
    return true;
}

bool ro_party_is_agent(const ro_document *document, uint32_t token)
{
    uint32_t modifiers[CONJUNCTS];
    token = ro_clause_antecedent(document, token);
    if (can_act(document, entity_at(document, token)) ||
        entity_modifiers(document, token, modifiers) > 0)
        return true;
    uint32_t owner = ro_tree_child(document, token, "poss");
    uint32_t of = ro_clause_prepositional(document, token, "of|from");
    return (owner != RO_NONE && can_act(document, entity_at(document, owner))) ||
           (of != RO_NONE && can_act(document, entity_at(document, of)));
}

bool ro_party_add(ro_document *document, uint32_t token, ro_participant_list *list)
{
    token = ro_clause_antecedent(document, token);
    for (int i = 0; i < CONJUNCTS && token != RO_NONE; i++) {
        if (!add_one(document, token, list))
            return false;
        token = ro_tree_child(document, token, "conj");
    }
    return true;
}

/* The tokens of a byte span. */
static ro_participant span_tokens(const ro_document *document, ro_span span)
{
    ro_participant found = {.entity = RO_NONE};
    found.first = found.end = ro_nesting_token_at(document, span.start);
    while (found.end < document->token_count && document->tokens[found.end].start < span.end)
        found.end++;
    return found;
}

bool ro_party_add_speaker(ro_document *document, const uint32_t *inner, uint32_t trigger,
                          ro_participant_list *list)
{
    uint32_t at = inner[trigger];
    if (at == RO_NONE || document->attributions.items[at].source.count == 0)
        return true;
    const ro_attribution *said = &document->attributions.items[at];
    ro_participant found = span_tokens(document, said->source.items[0]);
    return add(document, list, said->source_entity, found.first, found.end);
}
