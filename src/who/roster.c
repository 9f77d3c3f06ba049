/* roster.c - the entities of one document while who is finding them: the lexicon's phrases in the
 * text, entities, mentions, and what the passes ask of them.
 *
 * Which phrase is which entity is decided by names.c and nominals.c. All memory is the document's
 * arena.
 */
#include "who/roster.h"

#include "base/date.h"
#include "base/text.h"
#include "doc/tree.h"
#include "lexicon/phrase.h"

#include <stdio.h>

/* The office of a person that counts on the document's day: the one held then, else the nearest
 * in time; the first line of equals. */
static int32_t days_off(const ro_fact *fact, ro_date day)
{
    if (ro_lexicon_in_term(fact, day))
        return 0;
    if (!ro_date_is_none(fact->from) && ro_date_compare(day, fact->from) < 0)
        return ro_date_to_days(fact->from) - ro_date_to_days(day);
    return ro_date_to_days(day) - ro_date_to_days(fact->until);
}

static void take_fact(const ro_roster *roster, ro_hit *hit, const ro_fact *fact)
{
    switch (fact->what) {
    case RO_FACT_WHAT_DEMONYM:
        if (hit->demonym == NULL)
            hit->demonym = fact;
        break;
    case RO_FACT_WHAT_ROLE:
    case RO_FACT_WHAT_BODY:
    case RO_FACT_WHAT_GROUP:
        if (hit->role == NULL)
            hit->role = fact;
        break;
    case RO_FACT_WHAT_PERSON:
        if (hit->name == NULL ||
            (hit->name->what == RO_FACT_WHAT_PERSON &&
             days_off(fact, roster->document->date) < days_off(hit->name, roster->document->date)))
            hit->name = fact;
        break;
    default:
        if (hit->name == NULL)
            hit->name = fact;
        break;
    }
}

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

/* The longest phrase that starts at token first; false if there is none. */
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
        ro_hit longer = {.first = first, .end = i + 1};
        uint32_t forms = cursor.forms;
        ro_text written = ro_document_span_text(document, first, i + 1);
        for (const ro_fact *fact = ro_lexicon_fact_next(roster->lexicon, &forms, written);
             fact != NULL; fact = ro_lexicon_fact_next(roster->lexicon, &forms, written))
            take_fact(roster, &longer, fact);
        if (longer.name != NULL || longer.demonym != NULL || longer.role != NULL) {
            *hit = longer;
            found = true;
        }
    }
    return found;
}

ro_status ro_roster_start(ro_roster *roster, const ro_lexicon *lexicon, ro_document *document)
{
    *roster = (ro_roster){.lexicon = lexicon, .document = document};
    uint32_t count = document->token_count;
    roster->hit_of = ro_arena_alloc(document->arena, count, sizeof *roster->hit_of);
    roster->mention_of = ro_arena_alloc(document->arena, count, sizeof *roster->mention_of);
    roster->named = ro_arena_alloc(document->arena, count, sizeof *roster->named);
    if (roster->hit_of == NULL || roster->mention_of == NULL || roster->named == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    roster->known = ro_map_new(ro_lexicon_allocator(lexicon));
    if (roster->known == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        roster->hit_of[i] = roster->mention_of[i] = RO_NONE;
    for (uint32_t i = 0; i < count;) {
        ro_hit hit = {0};
        uint32_t limit = document->sentences[document->tokens[i].sentence].end;
        if (!match(roster, i, limit, &hit) || is_inside_person(document, &hit)) {
            i++;
            continue;
        }
        hit.head = ro_tree_span_head(document, hit.first, hit.end);
        ro_hit *added = RO_LIST_ADD(document->arena, &roster->hits);
        if (added == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *added = hit;
        for (; i < hit.end; i++)
            roster->hit_of[i] = roster->hits.count - 1;
    }
    return RO_STATUS_OK;
}

void ro_roster_stop(ro_roster *roster)
{
    ro_map_free(roster->known);
    roster->known = NULL;
}

/* ---- names and offices ----------------------------------------------------------------------- */

/* Keys are a letter for what they say ('=' whole name, '~' short, '&' first and last word, '@'
 * office), a digit for the kind, and words as the lexicon compares them. */
typedef struct name_key {
    char text[RO_LEXICON_KEY + 2];
    size_t length; /* of the words */
} name_key;

static bool make_key(name_key *key, ro_entity_kind kind, ro_text name)
{
    key->text[1] = (char)('0' + kind);
    key->length = ro_phrase_add(name, key->text + 2, 0, RO_LEXICON_KEY);
    return key->length > 0 && key->length != SIZE_MAX;
}

static ro_text lettered(name_key *key, char letter)
{
    key->text[0] = letter;
    return (ro_text){key->text, key->length + 2};
}

/* Leaves the first and the last word; false if there are none between. */
static bool cut_middle(name_key *key)
{
    char *words = key->text + 2;
    char *first = memchr(words, ' ', key->length);
    size_t last = key->length;
    while (last > 0 && words[last - 1] != ' ')
        last--;
    if (first == NULL)
        return false;
    size_t kept = (size_t)(first - words) + 1;
    memmove(words + kept, words + last, key->length - last);
    key->length = kept + key->length - last;
    return true;
}

static ro_status know_name(ro_roster *roster, const ro_entity *entity, uint32_t index)
{
    name_key key;
    if (!make_key(&key, entity->kind, ro_text_of(entity->name)))
        return RO_STATUS_OK;
    ro_status status = ro_map_set(roster->known, lettered(&key, '='), index);
    name_key other = key;
    if (entity->kind == RO_ENTITY_KIND_PERSON && cut_middle(&other)) {
        if (status == RO_STATUS_OK)
            status = ro_map_set(roster->known, lettered(&other, '&'), index);
        size_t last = key.length;
        while (key.text[2 + last - 1] != ' ')
            last--;
        memmove(key.text + 2, key.text + 2 + last, key.length - last);
        key.length -= last;
        if (status == RO_STATUS_OK)
            status = ro_map_set(roster->known, lettered(&key, '~'), index);
    }
    if (entity->kind == RO_ENTITY_KIND_ORGANIZATION) {
        for (size_t length = key.length; length-- > 1 && status == RO_STATUS_OK;) {
            if (key.text[2 + length] != ' ')
                continue;
            key.length = length;
            status = ro_map_set(roster->known, lettered(&key, '~'), index);
        }
    }
    return status;
}

uint32_t ro_roster_find_name(const ro_roster *roster, ro_entity_kind kind, ro_text name)
{
    name_key key;
    uint32_t found = RO_NONE;
    if (!make_key(&key, kind, name) || ro_map_get(roster->known, lettered(&key, '='), &found) ||
        ro_map_get(roster->known, lettered(&key, '~'), &found))
        return found;
    if (kind == RO_ENTITY_KIND_PERSON && cut_middle(&key))
        ro_map_get(roster->known, lettered(&key, '&'), &found);
    return found;
}

static bool office_key(char *key, size_t size, const char *owner, const char *role)
{
    int length = snprintf(key, size, "@%s %s", owner, role);
    return length > 0 && (size_t)length < size;
}

uint32_t ro_roster_find_holder(const ro_roster *roster, const char *owner, const char *role)
{
    char key[RO_LEXICON_KEY];
    uint32_t found = RO_NONE;
    if (owner[0] != '\0' && office_key(key, sizeof key, owner, role))
        ro_map_get(roster->known, ro_text_of(key), &found);
    return found;
}

ro_status ro_roster_know_office(ro_roster *roster, const char *owner, const char *role,
                                uint32_t entity)
{
    static const char *const leaders[] = {"president", "prime minister", "chancellor",
                                          "supreme leader", "king"};
    char key[RO_LEXICON_KEY];
    if (owner[0] == '\0' || role[0] == '\0' || !office_key(key, sizeof key, owner, role))
        return RO_STATUS_OK;
    ro_status status = ro_map_set(roster->known, ro_text_of(key), entity);
    for (size_t i = 0; i < sizeof leaders / sizeof leaders[0] && status == RO_STATUS_OK; i++)
        if (strcmp(role, leaders[i]) == 0 && office_key(key, sizeof key, owner, "leader"))
            status = ro_map_set(roster->known, ro_text_of(key), entity);
    return status;
}

/* ---- entities and mentions ------------------------------------------------------------------- */

/* Whose office an actor's is: a country's, or an organization's by its code. */
static const char *owner_of(const ro_actor *actor)
{
    return actor->country[0] != '\0' ? actor->country : actor->code;
}

ro_status ro_roster_add_entity(ro_roster *roster, const ro_entity *entity, const ro_trait *trait,
                               uint32_t *index)
{
    ro_entity *added = RO_LIST_ADD(roster->document->arena, &roster->document->entities);
    ro_trait *known = RO_LIST_ADD(roster->document->arena, &roster->traits);
    if (added == NULL || known == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = *entity;
    *known = *trait;
    *index = roster->document->entities.count - 1;
    if (!trait->named)
        return RO_STATUS_OK;
    if (entity->kind == RO_ENTITY_KIND_PERSON &&
        ro_roster_know_office(roster, owner_of(&entity->actor), trait->role, *index) !=
            RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    return know_name(roster, entity, *index);
}

ro_status ro_roster_add_mention(ro_roster *roster, uint32_t entity, uint32_t first, uint32_t end,
                                uint32_t head, ro_mention_type type)
{
    ro_document *document = roster->document;
    uint32_t phrase_first = first, phrase_end = end;
    if (type != RO_MENTION_TYPE_PRONOUN) {
        ro_tree_noun_phrase(document, head, &phrase_first, &phrase_end);
        phrase_first = phrase_first < first ? phrase_first : first;
        phrase_end = phrase_end > end ? phrase_end : end;
        /* a person's name has no place or time in it: "met Ann Smith in Rome" */
        uint32_t after = ro_tree_child(document, head, "prep");
        while (after != RO_NONE && after < end)
            after = ro_tree_next_child(document, head, after + 1);
        if (type == RO_MENTION_TYPE_NAME && after != RO_NONE && after < phrase_end &&
            document->entities.items[entity].kind == RO_ENTITY_KIND_PERSON &&
            ro_tree_has_deprel(document, after, "prep") &&
            !ro_tree_has_lemma(document, after, "of"))
            phrase_end = after;
        while (phrase_end > end && strcmp(document->tokens[phrase_end - 1].tag, "POS") == 0)
            phrase_end--;
    }
    ro_mention *added = RO_LIST_ADD(document->arena, &document->mentions);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = (ro_mention){entity, phrase_first, phrase_end, head, type};
    roster->mention_of[head] = document->mentions.count - 1;
    roster->traits.items[entity].count++;
    return RO_STATUS_OK;
}

uint32_t ro_roster_entity_at(const ro_roster *roster, uint32_t token)
{
    uint32_t mention = token < roster->document->token_count ? roster->mention_of[token] : RO_NONE;
    return mention == RO_NONE ? RO_NONE : roster->document->mentions.items[mention].entity;
}

const ro_actor *ro_roster_compose(ro_roster *roster, const ro_actor *owner, const ro_fact *role)
{
    ro_arena *arena = roster->document->arena;
    ro_actor *actor = ro_arena_alloc(arena, 1, sizeof *actor);
    if (actor == NULL)
        return NULL;
    *actor = *owner;
    actor->role = role->role;
    if (role->sectors[0] == '\0')
        return actor;
    /* a country's role replaces the sectors ("Macron's soldiers" are MIL); an organization's are
     * added to its own code */
    const char *base = owner->country[0] != '\0' ? owner->country : owner->code;
    actor->sectors = role->sectors;
    actor->code = strcmp(owner->sectors, "IGO") == 0 && strcmp(role->sectors, "GOV") == 0
                      ? owner->code
                      : ro_arena_format(arena, "%s%s", base, role->code);
    return actor->code == NULL ? NULL : actor;
}

static ro_entity_kind kind_of(const ro_fact *fact)
{
    switch (fact->what) {
    case RO_FACT_WHAT_PERSON:
        return RO_ENTITY_KIND_PERSON;
    case RO_FACT_WHAT_COUNTRY:
    case RO_FACT_WHAT_DEMONYM:
        return RO_ENTITY_KIND_COUNTRY;
    case RO_FACT_WHAT_CAPITAL:
    case RO_FACT_WHAT_REGION:
        return RO_ENTITY_KIND_PLACE;
    default:
        return RO_ENTITY_KIND_ORGANIZATION;
    }
}

/* Out of office a leader is one of the former elite (CAMEO ELI), until then what he will be. */
static ro_status person_actor(ro_roster *roster, const ro_fact *fact, ro_actor *actor)
{
    ro_date day = roster->document->date;
    bool is_former = !ro_lexicon_in_term(fact, day) && !ro_date_is_none(fact->until) &&
                     ro_date_compare(fact->until, day) < 0;
    if (!is_former || fact->country[0] == '\0' || strcmp(fact->sectors, "GOV") != 0)
        return RO_STATUS_OK;
    actor->code = ro_arena_format(roster->document->arena, "%sELI", fact->country);
    actor->role = ro_arena_format(roster->document->arena, "former %s", fact->role);
    actor->sectors = "ELI";
    return actor->code != NULL && actor->role != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

ro_status ro_roster_add_fact(ro_roster *roster, const ro_fact *fact, uint32_t *index)
{
    ro_entity_kind kind = kind_of(fact);
    const ro_fact *country = ro_lexicon_country(roster->lexicon, fact->country);
    const char *name = kind == RO_ENTITY_KIND_COUNTRY && country ? country->name : fact->name;
    name_key key;
    if (make_key(&key, kind, ro_text_of(name)) &&
        ro_map_get(roster->known, lettered(&key, '='), index))
        return RO_STATUS_OK;
    ro_entity entity = {
        .name = name,
        .kind = kind,
        .actor = {fact->code, fact->country, fact->sectors, fact->role},
        .fact = fact->source,
    };
    ro_trait trait = {.role = fact->role, .pronoun = fact->pronoun, .named = true};
    if (kind == RO_ENTITY_KIND_PERSON && person_actor(roster, fact, &entity.actor) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    return ro_roster_add_entity(roster, &entity, &trait, index);
}
