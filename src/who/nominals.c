/* nominals.c - entities from nouns with their owners: "the French president", "a close adviser to
 * the premier", "Turkish police", and the nationality words that own nothing here.
 *
 * Whose a noun is, owner.c finds out; inner phrases come first, so that "sources at the minister's
 * office" finds the office settled. A nominal then joins the name it stands beside, the holder of
 * the office on the document's day, or an earlier entity (antecedent.c); else it is somebody
 * without a name.
 */
#include "base/text.h"
#include "doc/clause.h"
#include "doc/tree.h"
#include "who/nominal.h"

#include <stdlib.h>

typedef RO_LIST(ro_nominal) nominal_list;

static bool is_plural(const ro_token *token)
{
    return strcmp(token->tag, "NNS") == 0 || strcmp(token->tag, "NNPS") == 0 ||
           strstr(token->morph, "Number=Plur") != NULL;
}

enum {
    DEPTH_LIMIT = 64, /* deeper than any sentence that somebody wrote */
    OWNERS = 8        /* of one noun                                   */
};

static uint32_t depth_of(const ro_document *document, uint32_t token)
{
    uint32_t depth = 0;
    while (document->tokens[token].head != token && depth < DEPTH_LIMIT) {
        token = document->tokens[token].head;
        depth++;
    }
    return depth;
}

static ro_article article_of(const ro_words *words, const ro_document *document, uint32_t head)
{
    uint32_t child = ro_tree_next_child(document, head, document->tokens[head].left);
    ro_article found = RO_ARTICLE_NONE;
    for (; child != RO_NONE && child < head;
         child = ro_tree_next_child(document, head, child + 1)) {
        if (ro_tree_has_deprel(document, child, "poss") ||
            ro_words_is(words, document, child, RO_WORD_DEFINITE))
            return RO_ARTICLE_DEFINITE;
        if (ro_tree_has_deprel(document, child, "det|nummod"))
            found = RO_ARTICLE_INDEFINITE;
    }
    return found;
}

/* ---- making ---------------------------------------------------------------------------------- */

static ro_status add_new(ro_roster *roster, const ro_nominal *found, const ro_actor *actor,
                         bool plural, uint32_t *entity)
{
    ro_document *document = roster->document;
    uint32_t first, end;
    ro_tree_noun_phrase(document, found->head, &first, &end);
    ro_text text = ro_document_span_text(document, first, end);
    bool is_person = found->role->what == RO_FACT_WHAT_ROLE;
    ro_entity made = {
        .name = ro_arena_copy(document->arena, text.data, text.length),
        .kind = found->role->what == RO_FACT_WHAT_BODY   ? RO_ENTITY_KIND_ORGANIZATION
                : found->role->what == RO_FACT_WHAT_SITE ? RO_ENTITY_KIND_PLACE
                : is_person && !plural                   ? RO_ENTITY_KIND_PERSON
                                                         : RO_ENTITY_KIND_GROUP,
        .actor = *actor,
        .anonymous = is_person,
        .fact = found->role->source,
    };
    ro_trait trait = {.role = actor->role, .pronoun = found->role->pronoun, .plural = plural};
    if (made.name == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    return ro_roster_add_entity(roster, &made, &trait, entity);
}

/* The latest group of people with this role: "sources" before "one source". */
static uint32_t find_group(const ro_roster *roster, const ro_nominal *found)
{
    uint32_t stop = found->head > RO_ROSTER_WINDOW ? found->head - RO_ROSTER_WINDOW : 0;
    for (uint32_t i = found->head; i-- > stop;) {
        uint32_t at = ro_roster_entity_at(roster, i);
        if (at != RO_NONE && roster->traits.items[at].plural &&
            strcmp(roster->traits.items[at].role, found->role->role) == 0)
            return at;
    }
    return RO_NONE;
}

/* Gives a named person the code of the office that stands beside the name, unless the lexicon
 * knew better. */
static ro_status enrich(ro_roster *roster, uint32_t entity, const ro_actor *actor,
                        const ro_fact *role)
{
    ro_entity *known = &roster->document->entities.items[entity];
    ro_trait *trait = &roster->traits.items[entity];
    if (known->kind !=
        (role->what == RO_FACT_WHAT_ROLE ? RO_ENTITY_KIND_PERSON : RO_ENTITY_KIND_ORGANIZATION))
        return RO_STATUS_OK;
    if (trait->pronoun[0] == '\0')
        trait->pronoun = role->pronoun;
    if (trait->role[0] == '\0')
        trait->role = known->actor.role = actor->role;
    if (known->actor.code[0] != '\0' || actor->code[0] == '\0')
        return RO_STATUS_OK;
    known->actor = *actor;
    known->fact = role->source;
    trait->role = actor->role;
    if (known->kind != RO_ENTITY_KIND_PERSON || ro_owner_is_former(actor))
        return RO_STATUS_OK;
    return ro_roster_know_office(roster, ro_roster_owner_of(actor), role->role, entity);
}

/* Who holds the nominal's office: in the document, else on its day by the lexicon. */
static ro_status find_holder(ro_roster *roster, const ro_nominal *found, const ro_actor *actor,
                             uint32_t *entity)
{
    const char *owner = ro_roster_owner_of(actor);
    *entity = ro_roster_find_holder(roster, owner, found->role->role);
    const ro_fact *holder =
        *entity == RO_NONE
            ? ro_lexicon_holder(roster->lexicon, owner, found->role->role, roster->document->date)
            : NULL;
    return holder != NULL ? ro_roster_add_fact(roster, holder, entity) : RO_STATUS_OK;
}

/* "His country" is his. */
static ro_status find_country(ro_roster *roster, const ro_nominal *found, uint32_t *entity)
{
    uint32_t whose =
        found->possessor != RO_NONE ? ro_roster_entity_at(roster, found->possessor) : RO_NONE;
    if (whose == RO_NONE || found->plural || found->role->what != RO_FACT_WHAT_SITE ||
        strcmp(found->role->role, "country") != 0 ||
        ro_tree_child(roster->document, found->head, "amod|compound") != RO_NONE)
        return RO_STATUS_OK;
    const ro_fact *country =
        ro_lexicon_country(roster->lexicon, roster->document->entities.items[whose].actor.country);
    return country != NULL ? ro_roster_add_fact(roster, country, entity) : RO_STATUS_OK;
}

static ro_status link_nominal(ro_roster *roster, const ro_nominal *found, const ro_actor *actor,
                              bool has_owner, uint32_t *entity, const char **rule)
{
    const ro_document *document = roster->document;
    bool is_role = found->role->what == RO_FACT_WHAT_ROLE;
    *entity = ro_antecedent_named(roster, found, rule);
    if (*entity != RO_NONE)
        return enrich(roster, *entity, actor, found->role);
    if (is_role && !found->plural && has_owner && found->article != RO_ARTICLE_INDEFINITE &&
        !ro_owner_is_former(actor)) {
        *rule = "office";
        ro_status status = find_holder(roster, found, actor, entity);
        if (status != RO_STATUS_OK || *entity != RO_NONE)
            return status;
    }
    *rule = "owner's country";
    if (find_country(roster, found, entity) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    if (*entity == RO_NONE)
        *entity = ro_antecedent_find(roster, found, actor, has_owner, rule);
    if (*entity != RO_NONE)
        return RO_STATUS_OK;
    *rule = "noun";
    /* "one source" after "sources at the ministry" is one of them */
    uint32_t among = is_role && !found->plural && !has_owner ? find_group(roster, found) : RO_NONE;
    const ro_actor *whole = among != RO_NONE ? &document->entities.items[among].actor : actor;
    return add_new(roster, found, whole, found->plural, entity);
}

/* Whom somebody speaks for: an organization, a country or a group that owns the office. */
static void set_side(ro_roster *roster, uint32_t entity, const ro_owner *owner)
{
    ro_entity *known = &roster->document->entities.items[entity];
    uint32_t side = owner != NULL ? owner->entity : RO_NONE;
    if (known->acts_for != RO_NONE || owner == NULL || side == entity)
        return;
    const ro_fact *country = ro_lexicon_country(roster->lexicon, owner->actor.country);
    if (side == RO_NONE && country != NULL)
        side = ro_roster_find_name(roster, RO_ENTITY_KIND_COUNTRY, ro_text_of(country->name));
    if (side != RO_NONE && roster->document->entities.items[side].kind != RO_ENTITY_KIND_PERSON)
        known->acts_for = side;
}

/* "His Russian counterpart" has the office that he has. */
static const ro_fact *role_of(const ro_roster *roster, const ro_nominal *found)
{
    if (strcmp(found->role->role, "counterpart") != 0 || found->possessor == RO_NONE)
        return found->role;
    uint32_t whose = ro_roster_entity_at(roster, found->possessor);
    const char *role = whose != RO_NONE ? roster->traits.items[whose].role : "";
    const ro_fact *office = role[0] != '\0' ? ro_lexicon_role(roster->lexicon, role) : NULL;
    return office != NULL ? office : found->role;
}

static ro_status add_one(ro_roster *roster, const ro_nominal *found, const ro_owner *owner)
{
    const ro_actor *actor = ro_owner_compose(roster, owner, found->head, found->role);
    uint32_t entity = RO_NONE;
    const char *rule = "";
    if (actor == NULL ||
        link_nominal(roster, found, actor, owner != NULL, &entity, &rule) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    set_side(roster, entity, owner);
    return ro_roster_add_mention(roster, entity, found->hit->first, found->hit->end, found->head,
                                 RO_MENTION_TYPE_NOMINAL, rule);
}

/* Whether a second owner makes a second actor: "Chadian and Malian delegations" and "the presidents
 * of Chad and Mali" are two, "the ambassador of Chad to Mali" is one. */
static bool is_another(const ro_document *document, const ro_nominal *found, const ro_owner *first,
                       const ro_owner *second)
{
    if (strcmp(ro_roster_owner_of(&second->actor), ro_roster_owner_of(&first->actor)) == 0)
        return false;
    return second->token < found->head ||
           (found->plural && ro_tree_has_deprel(document, second->token, "conj"));
}

/* One mention for each owner; "his Russian counterpart" has one, Russia. */
static ro_status add_nominal(ro_roster *roster, const ro_nominal *given)
{
    ro_nominal found = *given;
    found.role = role_of(roster, given);
    ro_owner owner, next;
    uint32_t pair[2];
    if (ro_antecedent_pair(roster, given, pair)) {
        for (int i = 0; i < 2; i++)
            if (ro_roster_add_mention(roster, pair[i], given->hit->first, given->hit->end,
                                      given->head, RO_MENTION_TYPE_NOMINAL,
                                      "the two") != RO_STATUS_OK)
                return RO_STATUS_OUT_OF_MEMORY;
        return RO_STATUS_OK;
    }
    uint32_t from = found.role != given->role ? found.possessor + 1 : 0, count = 0;
    if (!ro_owner_next(roster, found.head, &from, &owner))
        return add_one(roster, &found, NULL);
    do {
        if (add_one(roster, &found, &owner) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        if (!ro_owner_next(roster, found.head, &from, &next) ||
            !is_another(roster->document, &found, &owner, &next))
            break;
        owner = next;
    } while (++count < OWNERS);
    return RO_STATUS_OK;
}

/* "The coach Ann Smith" and "Mali's coach Ann Smith" are two mentions, "coach Ann Smith" is one. */
static ro_status split_title(ro_roster *roster, const ro_hit *hit, uint32_t name, uint32_t entity)
{
    const ro_document *document = roster->document;
    uint32_t opens = ro_tree_child(document, hit->head, "det|poss");
    if (opens == RO_NONE)
        opens = ro_tree_child(document, name, "det|poss");
    if (opens == RO_NONE || opens >= hit->first)
        return RO_STATUS_OK;
    ro_mention *named = &roster->document->mentions.items[roster->mention_of[name]];
    if (named->first < hit->end && hit->end < named->end)
        named->first = hit->end;
    return ro_roster_add_span(roster, entity, document->tokens[opens].left, hit->end, hit->head,
                              RO_MENTION_TYPE_NOMINAL, "title");
}

/* A title before a name gives the name its code. */
static ro_status add_title(ro_roster *roster, const ro_hit *hit, uint32_t name)
{
    uint32_t from = 0, entity = ro_roster_entity_at(roster, name);
    ro_owner owner;
    bool has_owner = ro_owner_next(roster, name, &from, &owner) && owner.entity != entity;
    if (!has_owner) {
        from = 0;
        has_owner = ro_owner_next(roster, hit->head, &from, &owner) && owner.entity != entity;
    }
    const ro_actor *actor =
        ro_owner_compose(roster, has_owner ? &owner : NULL, hit->head, hit->role);
    if (actor == NULL || enrich(roster, entity, actor, hit->role) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    set_side(roster, entity, has_owner ? &owner : NULL);
    return split_title(roster, hit, name, entity);
}

/* The person's name that a title stands before, RO_NONE. */
static uint32_t titled_name(const ro_roster *roster, const ro_hit *hit)
{
    const ro_document *document = roster->document;
    if (hit->end >= document->token_count || !roster->named[hit->end] ||
        document->tokens[hit->end].sentence != document->tokens[hit->first].sentence)
        return RO_NONE;
    uint32_t name = document->tokens[hit->end].head;
    if (ro_roster_entity_at(roster, hit->end) != RO_NONE)
        name = hit->end;
    uint32_t entity = ro_roster_entity_at(roster, name);
    bool is_role = hit->role->what == RO_FACT_WHAT_ROLE;
    if (entity == RO_NONE || hit->role->what == RO_FACT_WHAT_SITE ||
        document->entities.items[entity].kind !=
            (is_role ? RO_ENTITY_KIND_PERSON : RO_ENTITY_KIND_ORGANIZATION) ||
        (!is_role && !ro_tree_has_deprel(document, hit->head, "compound|nmod")) ||
        is_plural(&document->tokens[hit->head]))
        return RO_NONE;
    return name;
}

/* "The Armenians of Lebanon" are Lebanon's. */
static ro_status add_residents(ro_roster *roster, const ro_hit *hit, uint32_t place, bool *added)
{
    ro_document *document = roster->document;
    uint32_t index = roster->hit_of[place], first, end, entity;
    const ro_fact *home = index != RO_NONE ? roster->hits.items[index].name : NULL;
    *added = home != NULL && home->country[0] != '\0' && home->what != RO_FACT_WHAT_PERSON &&
             strcmp(home->country, hit->demonym->country) != 0 &&
             is_plural(&document->tokens[hit->head]);
    if (!*added)
        return RO_STATUS_OK;
    ro_tree_noun_phrase(document, hit->head, &first, &end);
    ro_text text = ro_document_span_text(document, first, end);
    ro_entity made = {.name = ro_arena_copy(document->arena, text.data, text.length),
                      .kind = RO_ENTITY_KIND_GROUP,
                      .actor = {home->country, home->country, "", ""},
                      .fact = home->source};
    ro_trait trait = {.role = "", .pronoun = "", .plural = true};
    if (made.name == NULL || ro_roster_add_entity(roster, &made, &trait, &entity) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    return ro_roster_add_mention(roster, entity, hit->first, hit->end, hit->head,
                                 RO_MENTION_TYPE_NOMINAL, "residents");
}

/* Nationality words that no role noun used are names of their country. */
static ro_status add_demonyms(ro_roster *roster, const bool *used)
{
    for (uint32_t i = 0; i < roster->hits.count; i++) {
        const ro_hit *hit = &roster->hits.items[i];
        uint32_t entity;
        if (hit->demonym == NULL || hit->name != NULL || used[i] || roster->named[hit->head])
            continue;
        bool added = false;
        uint32_t place = ro_clause_prepositional(roster->document, hit->head, "of|in|from");
        if (place != RO_NONE && add_residents(roster, hit, place, &added) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        if (added)
            continue;
        if (ro_roster_add_fact(roster, hit->demonym, &entity) != RO_STATUS_OK ||
            ro_roster_add_mention(roster, entity, hit->first, hit->end, hit->head,
                                  RO_MENTION_TYPE_NAME, "nationality") != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

/* Marks the nationality words inside a phrase as used. */
static void use_demonyms(const ro_roster *roster, uint32_t head, bool *used)
{
    uint32_t first, end;
    ro_tree_noun_phrase(roster->document, head, &first, &end);
    for (uint32_t i = first; i < head; i++)
        if (roster->hit_of[i] != RO_NONE)
            used[roster->hit_of[i]] = true;
}

/* Whether what a nominal is rests on a pronoun of its sentence. */
static bool waits(const ro_document *document, const ro_nominal *nominal)
{
    uint32_t rests_on = nominal->possessor;
    if (ro_tree_has_deprel(document, nominal->head, "attr"))
        rests_on = ro_tree_child(document, document->tokens[nominal->head].head, "nsubj");
    return rests_on != RO_NONE && document->tokens[rests_on].upos == RO_UPOS_PRON;
}

static ro_status collect(ro_roster *roster, nominal_list *list, bool *used)
{
    ro_document *document = roster->document;
    for (uint32_t i = 0; i < roster->hits.count; i++) {
        const ro_hit *hit = &roster->hits.items[i];
        const ro_token *token = &document->tokens[hit->head];
        if (hit->role == NULL || roster->named[hit->head] ||
            (token->upos != RO_UPOS_NOUN && token->upos != RO_UPOS_PROPN) ||
            ro_speakers_own_country(roster->words, document, hit->head))
            continue;
        uint32_t name = titled_name(roster, hit);
        if (name != RO_NONE) {
            use_demonyms(roster, name, used);
            if (add_title(roster, hit, name) != RO_STATUS_OK)
                return RO_STATUS_OUT_OF_MEMORY;
            continue;
        }
        ro_nominal *added = RO_LIST_ADD(document->arena, list);
        if (added == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *added = (ro_nominal){.hit = hit,
                              .role = hit->role,
                              .head = hit->head,
                              .sentence = token->sentence,
                              .depth = depth_of(document, hit->head),
                              .possessor = ro_tree_child(document, hit->head, "poss"),
                              .article = article_of(roster->words, document, hit->head),
                              .plural = is_plural(token)};
        ro_tree_noun_phrase(document, hit->head, &added->first, &added->end);
        added->waits = waits(document, added);
        use_demonyms(roster, hit->head, used);
    }
    return RO_STATUS_OK;
}

/* By sentence; in it what waits for a pronoun last and in text order, of the rest the deeper phrase
 * first. */
static int compare_nominals(const void *left, const void *right)
{
    const ro_nominal *a = left, *b = right;
    if (a->sentence != b->sentence)
        return a->sentence < b->sentence ? -1 : 1;
    if (a->waits != b->waits)
        return b->waits ? -1 : 1;
    if (a->depth != b->depth && !a->waits)
        return a->depth > b->depth ? -1 : 1;
    return a->head < b->head ? -1 : a->head > b->head;
}

/* Sentence by sentence: nouns, then pronouns, each noun that rests on one when those before it are
 * known. */
ro_status ro_nominals_find(ro_roster *roster)
{
    const ro_document *document = roster->document;
    nominal_list list = {0};
    bool *used = ro_arena_alloc(document->arena, roster->hits.count, sizeof *used);
    if (used == NULL || collect(roster, &list, used) != RO_STATUS_OK ||
        add_demonyms(roster, used) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    if (list.count > 1)
        qsort(list.items, list.count, sizeof list.items[0], compare_nominals);
    for (uint32_t sentence = 0, i = 0; sentence < document->sentence_count; sentence++) {
        uint32_t done = document->sentences[sentence].first; /* pronouns before are settled */
        for (; i < list.count && list.items[i].sentence == sentence; i++) {
            const ro_nominal *nominal = &list.items[i];
            if (nominal->waits && nominal->head > done) {
                if (ro_pronouns_find(roster, done, nominal->head) != RO_STATUS_OK)
                    return RO_STATUS_OUT_OF_MEMORY;
                done = nominal->head;
            }
            if (add_nominal(roster, nominal) != RO_STATUS_OK)
                return RO_STATUS_OUT_OF_MEMORY;
        }
        if (ro_pronouns_find(roster, done, document->sentences[sentence].end) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}
