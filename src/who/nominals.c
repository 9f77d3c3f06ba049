/* nominals.c - entities from nouns with their owners: "the French president", "a close adviser to
 * the premier", "Turkish police", and the nationality words that own nothing here.
 *
 * A role noun's owner is looked for among its modifiers, its possessor and the objects of its
 * prepositions; inner phrases come first, so that "sources at the minister's office" finds the
 * office settled. A nominal then joins the name it stands beside, the holder of the office on the
 * document's day, or an earlier nominal; else it is somebody without a name.
 */
#include "base/text.h"
#include "doc/tree.h"
#include "who/roster.h"

/* A noun phrase under a role noun. */
typedef struct nominal {
    const ro_hit *hit;
    const ro_fact *role;
    uint32_t head, depth;
} nominal;

typedef RO_LIST(nominal) nominal_list;

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}
#define IS_ONE_OF(word, words) is_one_of((word), (words), sizeof(words) / sizeof *(words))

static bool is_plural(const ro_token *token)
{
    return strcmp(token->tag, "NNS") == 0 || strcmp(token->tag, "NNPS") == 0 ||
           strstr(token->morph, "Number=Plur") != NULL;
}

#define DEPTH_LIMIT 64 /* deeper than any sentence that somebody wrote */

static uint32_t depth_of(const ro_document *document, uint32_t token)
{
    uint32_t depth = 0;
    while (document->tokens[token].head != token && depth < DEPTH_LIMIT) {
        token = document->tokens[token].head;
        depth++;
    }
    return depth;
}

/* ---- owners ---------------------------------------------------------------------------------- */

/* The actor that a modifier names: a country, a nationality word, an entity already found. */
static const ro_actor *actor_at(const ro_roster *roster, uint32_t token, ro_actor *room)
{
    uint32_t index = roster->hit_of[token];
    const ro_hit *hit = index != RO_NONE ? &roster->hits.items[index] : NULL;
    if (hit != NULL && hit->demonym != NULL) {
        *room = (ro_actor){hit->demonym->code, hit->demonym->country, "", ""};
        return room;
    }
    uint32_t entity = ro_roster_entity_at(roster, token);
    if (entity == RO_NONE)
        return NULL;
    const ro_actor *actor = &roster->document->entities.items[entity].actor;
    return actor->code[0] != '\0' ? actor : NULL;
}

/* The next owner of a role noun at or after token *from among its modifiers, possessor and
 * prepositional objects; NULL if there is none. Conjuncts of a modifier are modifiers. */
static const ro_actor *next_owner(const ro_roster *roster, uint32_t head, uint32_t *from,
                                  ro_actor *room)
{
    static const char *const prepositions[] = {"of", "to", "for", "at", "in", "from", "with"};
    const ro_document *document = roster->document;
    const ro_token *tokens = document->tokens;
    uint32_t first, end;
    ro_tree_noun_phrase(document, head, &first, &end);
    for (uint32_t i = *from > first ? *from : first; i < end; i++) {
        uint32_t above = tokens[i].head, conjunct = i;
        while (ro_tree_has_deprel(document, conjunct, "conj") && tokens[conjunct].head > first)
            conjunct = tokens[conjunct].head;
        bool is_modifier =
            i < head && tokens[conjunct].head == head &&
            ro_tree_has_deprel(document, conjunct, "amod|compound|nmod|poss|nmod:poss");
        /* the parser often hangs a nationality word on a title's other word */
        uint32_t hit = roster->hit_of[i];
        if (i < head && hit != RO_NONE && roster->hits.items[hit].demonym != NULL)
            is_modifier = is_modifier || ro_tree_is_under(document, i, head);
        bool is_object = i > head && ro_tree_has_deprel(document, i, "pobj") &&
                         tokens[above].head == head && IS_ONE_OF(tokens[above].lower, prepositions);
        if (!is_modifier && !is_object)
            continue;
        const ro_actor *actor = actor_at(roster, i, room);
        if (actor != NULL) {
            *from = i + 1;
            return actor;
        }
    }
    return NULL;
}

/* ---- linking --------------------------------------------------------------------------------- */

/* Whether a role's word says the same as another's, wholly or as its last word: "minister" after
 * "foreign minister". */
static bool is_same_role(const char *role, const char *earlier)
{
    size_t length = strlen(role), full = strlen(earlier);
    return length > 0 && full >= length && strcmp(earlier + full - length, role) == 0 &&
           (full == length || earlier[full - length - 1] == ' ');
}

/* The latest entity before a token with this role, number and, if it has one, owner. */
static uint32_t find_earlier(const ro_roster *roster, const nominal *found, const ro_actor *actor,
                             bool has_owner, bool plural)
{
    const ro_document *document = roster->document;
    uint32_t stop = found->head > RO_ROSTER_WINDOW ? found->head - RO_ROSTER_WINDOW : 0;
    for (uint32_t i = found->head; i-- > stop;) {
        uint32_t at = ro_roster_entity_at(roster, i);
        if (at == RO_NONE)
            continue;
        const ro_trait *trait = &roster->traits.items[at];
        if (trait->plural == plural && is_same_role(found->role->role, trait->role) &&
            (!has_owner || strcmp(document->entities.items[at].actor.country, actor->country) == 0))
            return at;
    }
    return RO_NONE;
}

/* The name that a nominal stands beside: "the minister, Ann Smith", "Ann Smith, the minister". */
static uint32_t find_beside(const ro_roster *roster, uint32_t head)
{
    const ro_document *document = roster->document;
    const ro_token *token = &document->tokens[head];
    if (ro_tree_has_deprel(document, head, "appos"))
        return ro_roster_entity_at(roster, token->head);
    uint32_t beside = ro_tree_child(document, head, "appos");
    return beside != RO_NONE ? ro_roster_entity_at(roster, beside) : RO_NONE;
}

typedef enum determiner { DETERMINER_NONE, DETERMINER_DEFINITE, DETERMINER_INDEFINITE } determiner;

static determiner determiner_of(const ro_document *document, uint32_t head)
{
    static const char *const definite[] = {"the", "this", "that", "these", "those", "both"};
    uint32_t child = ro_tree_next_child(document, head, document->tokens[head].left);
    determiner found = DETERMINER_NONE;
    for (; child != RO_NONE && child < head;
         child = ro_tree_next_child(document, head, child + 1)) {
        if (ro_tree_has_deprel(document, child, "poss") ||
            IS_ONE_OF(document->tokens[child].lower, definite))
            return DETERMINER_DEFINITE;
        if (ro_tree_has_deprel(document, child, "det|nummod"))
            found = DETERMINER_INDEFINITE;
    }
    return found;
}

/* ---- making ---------------------------------------------------------------------------------- */

static ro_status add_new(ro_roster *roster, const nominal *found, const ro_actor *actor,
                         bool plural, uint32_t *entity)
{
    ro_document *document = roster->document;
    uint32_t first, end;
    ro_tree_noun_phrase(document, found->head, &first, &end);
    ro_text text = ro_document_span_text(document, first, end);
    bool is_person = found->role->what == RO_FACT_WHAT_ROLE;
    ro_entity made = {
        .name = ro_arena_copy(document->arena, text.data, text.length),
        .kind = found->role->what == RO_FACT_WHAT_BODY ? RO_ENTITY_KIND_ORGANIZATION
                : is_person && !plural                 ? RO_ENTITY_KIND_PERSON
                                                       : RO_ENTITY_KIND_GROUP,
        .actor = *actor,
        .anonymous = is_person,
        .fact = found->role->source,
    };
    ro_trait trait = {.role = found->role->role, .pronoun = found->role->pronoun, .plural = plural};
    if (made.name == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    return ro_roster_add_entity(roster, &made, &trait, entity);
}

/* Gives a named person the code of the office that stands beside the name, unless the lexicon
 * knew better. */
static ro_status enrich(ro_roster *roster, uint32_t entity, const ro_actor *actor,
                        const ro_fact *role)
{
    ro_entity *known = &roster->document->entities.items[entity];
    ro_trait *trait = &roster->traits.items[entity];
    if (known->kind != RO_ENTITY_KIND_PERSON || role->what != RO_FACT_WHAT_ROLE)
        return RO_STATUS_OK;
    if (trait->pronoun[0] == '\0')
        trait->pronoun = role->pronoun;
    if (known->actor.code[0] != '\0' || actor->code[0] == '\0')
        return RO_STATUS_OK;
    known->actor = *actor;
    known->fact = role->source;
    trait->role = role->role;
    const char *owner = actor->country[0] != '\0' ? actor->country : actor->code;
    return ro_roster_know_office(roster, owner, role->role, entity);
}

static ro_status link_nominal(ro_roster *roster, const nominal *found, const ro_actor *actor,
                              bool has_owner, uint32_t *entity)
{
    const ro_document *document = roster->document;
    bool is_role = found->role->what == RO_FACT_WHAT_ROLE;
    bool plural = is_role && is_plural(&document->tokens[found->head]);
    determiner article = determiner_of(document, found->head);
    *entity = find_beside(roster, found->head);
    if (*entity != RO_NONE)
        return enrich(roster, *entity, actor, found->role);
    bool is_bare = article == DETERMINER_NONE && has_owner;
    if (is_role && !plural && has_owner && article != DETERMINER_INDEFINITE) {
        const char *owner = actor->country[0] != '\0' ? actor->country : actor->code;
        *entity = ro_roster_find_holder(roster, owner, found->role->role);
        const ro_fact *holder =
            *entity == RO_NONE
                ? ro_lexicon_holder(roster->lexicon, owner, found->role->role, document->date)
                : NULL;
        if (holder != NULL)
            return ro_roster_add_fact(roster, holder, entity);
    }
    if (*entity == RO_NONE && (article == DETERMINER_DEFINITE || is_bare || !is_role))
        *entity = find_earlier(roster, found, actor, has_owner, plural);
    if (*entity != RO_NONE)
        return RO_STATUS_OK;
    /* "one source" after "sources at the ministry" is one of them */
    uint32_t among = is_role && !plural && !has_owner
                         ? find_earlier(roster, found, actor, false, true)
                         : RO_NONE;
    const ro_actor *whole = among != RO_NONE ? &document->entities.items[among].actor : actor;
    return add_new(roster, found, whole, plural, entity);
}

static ro_status add_nominal(ro_roster *roster, const nominal *found)
{
    static const ro_actor nobody = {"", "", "", ""};
    ro_actor room;
    uint32_t from = 0, count = 0;
    const ro_actor *owner = next_owner(roster, found->head, &from, &room);
    do {
        const ro_actor *actor =
            ro_roster_compose(roster, owner != NULL ? owner : &nobody, found->role);
        uint32_t entity = RO_NONE;
        if (actor == NULL ||
            link_nominal(roster, found, actor, owner != NULL, &entity) != RO_STATUS_OK ||
            ro_roster_add_mention(roster, entity, found->hit->first, found->hit->end, found->head,
                                  RO_MENTION_TYPE_NOMINAL) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        /* "Chadian and Malian delegations" are two; "the ambassador of Chad to Mali" is one */
        ro_actor before = owner != NULL ? *owner : nobody;
        owner =
            from > 0 && from < found->head ? next_owner(roster, found->head, &from, &room) : NULL;
        if (from > found->head || (owner != NULL && strcmp(owner->country, before.country) == 0))
            owner = NULL;
    } while (owner != NULL && ++count < 8);
    return RO_STATUS_OK;
}

/* A title before a name gives the name its code and is no mention of its own. */
static ro_status add_title(ro_roster *roster, const ro_hit *hit, uint32_t name)
{
    static const ro_actor nobody = {"", "", "", ""};
    ro_actor room;
    uint32_t from = 0;
    uint32_t entity = ro_roster_entity_at(roster, name);
    const ro_actor *owner = next_owner(roster, name, &from, &room);
    if (owner == &roster->document->entities.items[entity].actor)
        owner = NULL;
    const ro_actor *actor = ro_roster_compose(roster, owner != NULL ? owner : &nobody, hit->role);
    if (actor == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    return enrich(roster, entity, actor, hit->role);
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
    if (entity == RO_NONE || document->entities.items[entity].kind != RO_ENTITY_KIND_PERSON ||
        hit->role->what != RO_FACT_WHAT_ROLE || is_plural(&document->tokens[hit->head]))
        return RO_NONE;
    return name;
}

/* Nationality words that no role noun used are names of their country. */
static ro_status add_demonyms(ro_roster *roster, const bool *used)
{
    for (uint32_t i = 0; i < roster->hits.count; i++) {
        const ro_hit *hit = &roster->hits.items[i];
        uint32_t entity;
        if (hit->demonym == NULL || hit->name != NULL || used[i] || roster->named[hit->head])
            continue;
        if (ro_roster_add_fact(roster, hit->demonym, &entity) != RO_STATUS_OK ||
            ro_roster_add_mention(roster, entity, hit->first, hit->end, hit->head,
                                  RO_MENTION_TYPE_NAME) != RO_STATUS_OK)
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

static ro_status collect(ro_roster *roster, nominal_list *list, bool *used)
{
    const ro_document *document = roster->document;
    for (uint32_t i = 0; i < roster->hits.count; i++) {
        const ro_hit *hit = &roster->hits.items[i];
        const ro_token *token = &document->tokens[hit->head];
        if (hit->role == NULL || roster->named[hit->head] ||
            (token->upos != RO_UPOS_NOUN && token->upos != RO_UPOS_PROPN))
            continue;
        uint32_t name = titled_name(roster, hit);
        if (name != RO_NONE) {
            use_demonyms(roster, name, used);
            if (add_title(roster, hit, name) != RO_STATUS_OK)
                return RO_STATUS_OUT_OF_MEMORY;
            continue;
        }
        nominal *added = RO_LIST_ADD(document->arena, list);
        if (added == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *added = (nominal){hit, hit->role, hit->head, depth_of(document, hit->head)};
        use_demonyms(roster, hit->head, used);
    }
    return RO_STATUS_OK;
}

/* Within a sentence the deeper phrase first, else in text order. */
static void order(const ro_document *document, nominal_list *list)
{
    for (uint32_t i = 1; i < list->count; i++) {
        nominal moving = list->items[i];
        uint32_t at = i;
        while (at > 0 && list->items[at - 1].depth < moving.depth &&
               document->tokens[list->items[at - 1].head].sentence ==
                   document->tokens[moving.head].sentence) {
            list->items[at] = list->items[at - 1];
            at--;
        }
        list->items[at] = moving;
    }
}

ro_status ro_nominals_find(ro_roster *roster)
{
    nominal_list list = {0};
    bool *used = ro_arena_alloc(roster->document->arena, roster->hits.count, sizeof *used);
    if (used == NULL || collect(roster, &list, used) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    order(roster->document, &list);
    for (uint32_t i = 0; i < list.count; i++)
        if (add_nominal(roster, &list.items[i]) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    return add_demonyms(roster, used);
}
