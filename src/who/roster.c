/* roster.c - the entities of one document while who is finding them: their names and offices,
 * their mentions, and what the passes ask of them.
 *
 * hits.c finds the lexicon's phrases; which phrase is which entity is decided by names.c and
 * nominals.c. All memory is the document's arena.
 */
#include "who/roster.h"

#include "base/date.h"
#include "base/text.h"
#include "doc/tree.h"
#include "lexicon/phrase.h"

#include <stdio.h>

ro_status ro_roster_start(ro_roster *roster, const ro_lexicon *lexicon,
                          const struct ro_salience *salience, const ro_words *words,
                          ro_document *document)
{
    *roster =
        (ro_roster){.lexicon = lexicon, .salience = salience, .words = words, .document = document};
    uint32_t count = document->token_count;
    roster->hit_of = ro_arena_alloc(document->arena, count, sizeof *roster->hit_of);
    roster->naming_of = ro_arena_alloc(document->arena, count, sizeof *roster->naming_of);
    roster->mention_of = ro_arena_alloc(document->arena, count, sizeof *roster->mention_of);
    roster->named = ro_arena_alloc(document->arena, count, sizeof *roster->named);
    if (roster->hit_of == NULL || roster->naming_of == NULL || roster->mention_of == NULL ||
        roster->named == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    roster->known = ro_map_new(ro_lexicon_allocator(lexicon));
    roster->context = ro_map_new(ro_lexicon_allocator(lexicon));
    roster->kinds = ro_map_new(ro_lexicon_allocator(lexicon));
    if (roster->known == NULL || roster->context == NULL || roster->kinds == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        roster->hit_of[i] = roster->naming_of[i] = roster->mention_of[i] = RO_NONE;
    if (ro_quotes_find(document, document->arena, &roster->quotes) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    return ro_hits_find(roster);
}

void ro_roster_stop(ro_roster *roster)
{
    ro_map_free(roster->known);
    ro_map_free(roster->context);
    ro_map_free(roster->kinds);
    roster->known = roster->context = roster->kinds = NULL;
}

/* ---- names and offices ----------------------------------------------------------------------- */

/* Keys are a letter for what they say ('=' whole name, '~' short, '&' first and last word, '1'
 * first word, '^' initials, '@' office), a digit for the kind, and words as the lexicon compares
 * them. A short form that two entities share leads to the later one and is marked under '!'. */
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

/* Where the last word of the key starts. */
static size_t last_word(const name_key *key)
{
    size_t last = key->length;
    while (last > 0 && key->text[2 + last - 1] != ' ')
        last--;
    return last;
}

/* Leaves the first and the last word; false if there is one word only. */
static bool cut_middle(name_key *key)
{
    char *words = key->text + 2;
    char *first = memchr(words, ' ', key->length);
    size_t last = last_word(key);
    if (first == NULL)
        return false;
    size_t kept = (size_t)(first - words) + 1;
    memmove(words + kept, words + last, key->length - last);
    key->length = kept + key->length - last;
    return true;
}

static ro_status know(ro_roster *roster, name_key *key, char letter, uint32_t entity)
{
    uint32_t other;
    if (letter != '=' && ro_map_get(roster->known, lettered(key, letter), &other) &&
        other != entity && ro_map_set(roster->known, lettered(key, '!'), 1) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    return ro_map_set(roster->known, lettered(key, letter), entity);
}

static ro_status know_person(ro_roster *roster, name_key key, uint32_t entity)
{
    name_key short_form = key;
    ro_status status = RO_STATUS_OK;
    if (!cut_middle(&short_form))
        return RO_STATUS_OK;
    status = know(roster, &short_form, '&', entity);
    short_form.length = (size_t)((char *)memchr(key.text + 2, ' ', key.length) - (key.text + 2));
    if (status == RO_STATUS_OK)
        status = know(roster, &short_form, '1', entity);
    size_t last = last_word(&key);
    memmove(key.text + 2, key.text + 2 + last, key.length - last);
    key.length -= last;
    return status == RO_STATUS_OK ? know(roster, &key, '~', entity) : status;
}

/* The initials of a name of several words, with and without small words. */
static ro_status know_initials(ro_roster *roster, const char *name, uint32_t entity)
{
    name_key all = {.text = {0, '0'}}, capitals = all;
    ro_text text = ro_text_of(name);
    bool starts = true;
    for (size_t offset = 0; offset < text.length && all.length < RO_LEXICON_KEY - 8;) {
        size_t at = offset;
        uint32_t code_point = ro_text_decode(text, &offset);
        bool is_word = ro_text_is_alpha(code_point) || ro_text_is_digit(code_point);
        if (is_word && starts) {
            char letter[32];
            size_t length =
                ro_phrase_add((ro_text){text.data + at, offset - at}, letter, 0, sizeof letter);
            length = length < 4 ? length : 0;
            memcpy(all.text + 2 + all.length, letter, length);
            all.length += length;
            if (ro_text_is_upper(code_point) || ro_text_is_digit(code_point)) {
                memcpy(capitals.text + 2 + capitals.length, letter, length);
                capitals.length += length;
            }
        }
        starts = !is_word && code_point != '\'';
    }
    ro_status status = RO_STATUS_OK;
    if (all.length >= 2)
        status = know(roster, &all, '^', entity);
    if (capitals.length >= 2 && status == RO_STATUS_OK)
        status = know(roster, &capitals, '^', entity);
    return status;
}

/* The first words of an organization's name. */
static ro_status know_beginnings(ro_roster *roster, name_key key, uint32_t entity)
{
    ro_status status = RO_STATUS_OK;
    for (size_t length = key.length; length-- > 1 && status == RO_STATUS_OK;) {
        if (key.text[2 + length] != ' ')
            continue;
        key.length = length;
        status = know(roster, &key, '~', entity);
    }
    return status;
}

static ro_status know_name(ro_roster *roster, const ro_entity *entity, uint32_t index)
{
    name_key key;
    if (!make_key(&key, entity->kind, ro_text_of(entity->name)))
        return RO_STATUS_OK;
    ro_status status = know(roster, &key, '=', index);
    if (status == RO_STATUS_OK && entity->kind == RO_ENTITY_KIND_PERSON)
        status = know_person(roster, key, index);
    if (status == RO_STATUS_OK && entity->kind == RO_ENTITY_KIND_ORGANIZATION)
        status = know_beginnings(roster, key, index);
    if (status == RO_STATUS_OK && entity->kind != RO_ENTITY_KIND_PERSON)
        status = know_initials(roster, entity->name, index);
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

uint32_t ro_roster_find_whole_name(const ro_roster *roster, ro_text name)
{
    static const ro_entity_kind kinds[] = {RO_ENTITY_KIND_PERSON, RO_ENTITY_KIND_ORGANIZATION,
                                           RO_ENTITY_KIND_COUNTRY, RO_ENTITY_KIND_PLACE,
                                           RO_ENTITY_KIND_GROUP};
    name_key key;
    uint32_t found = RO_NONE;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (make_key(&key, kinds[i], name) &&
            ro_map_get(roster->known, lettered(&key, '='), &found))
            return found;
    return RO_NONE;
}

uint32_t ro_roster_find_initials(const ro_roster *roster, ro_text name)
{
    name_key key;
    uint32_t found = RO_NONE;
    if (make_key(&key, (ro_entity_kind)0, name))
        ro_map_get(roster->known, lettered(&key, '^'), &found);
    return found;
}

uint32_t ro_roster_find_short(const ro_roster *roster, char letter, ro_entity_kind kind,
                              ro_text name, bool *shared)
{
    name_key key;
    uint32_t found = RO_NONE, mark;
    *shared = false;
    if (!make_key(&key, kind, name) || !ro_map_get(roster->known, lettered(&key, letter), &found))
        return RO_NONE;
    *shared = ro_map_get(roster->known, lettered(&key, '!'), &mark);
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
    char key[RO_LEXICON_KEY];
    if (owner[0] == '\0' || role[0] == '\0' || !office_key(key, sizeof key, owner, role))
        return RO_STATUS_OK;
    ro_status status = ro_map_set(roster->known, ro_text_of(key), entity);
    if (status == RO_STATUS_OK && ro_words_has(roster->words, role, RO_WORD_HEAD_OF_STATE) &&
        office_key(key, sizeof key, owner, "leader"))
        status = ro_map_set(roster->known, ro_text_of(key), entity);
    return status;
}

/* ---- entities and mentions ------------------------------------------------------------------- */

const char *ro_roster_owner_of(const ro_actor *actor)
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
    added->acts_for = RO_NONE;
    *known = *trait;
    *index = roster->document->entities.count - 1;
    if (!trait->named)
        return RO_STATUS_OK;
    if (trait->in_office && ro_roster_know_office(roster, ro_roster_owner_of(&entity->actor),
                                                  trait->role, *index) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    return know_name(roster, entity, *index);
}

/* Whether a phrase's mention ends before a child of its head: an apposition is a mention of its
 * own, and what says where, when or how belongs to the clause more often than to the noun. */
static bool is_cut(const ro_roster *roster, uint32_t child, bool is_person_name)
{
    const ro_document *document = roster->document;
    if (ro_tree_has_deprel(document, child, "appos|npadvmod|advmod|punct"))
        return !ro_tree_has_deprel(document, child, "punct") ||
               strcmp(document->tokens[child].lower, ",") == 0;
    if (!ro_tree_has_deprel(document, child, "prep"))
        return false;
    uint32_t object = ro_tree_child(document, child, "pobj");
    uint32_t entity = object != RO_NONE ? ro_roster_entity_at(roster, object) : RO_NONE;
    if (!is_person_name && entity != RO_NONE &&
        ro_words_is_lemma(roster->words, document, child, RO_WORD_OF_OWNER) &&
        document->entities.items[entity].kind == RO_ENTITY_KIND_ORGANIZATION)
        return false; /* "sources in the ministry" */
    return !ro_words_is_lemma(roster->words, document, child,
                              is_person_name ? RO_WORD_OF_NAME : RO_WORD_OF_PHRASE);
}

/* Where the mention of a noun phrase ends; an inner relative clause and a new line end it, too. */
static uint32_t end_of_mention(const ro_roster *roster, uint32_t head, uint32_t end,
                               uint32_t phrase_end, bool is_person_name)
{
    const ro_document *document = roster->document;
    const ro_token *tokens = document->tokens;
    uint32_t child = ro_tree_next_child(document, head, head + 1);
    for (; child != RO_NONE && child < phrase_end;
         child = ro_tree_next_child(document, head, child + 1)) {
        if (tokens[child].left >= end && is_cut(roster, child, is_person_name)) {
            phrase_end = tokens[child].left;
            break;
        }
    }
    for (uint32_t i = end; i < phrase_end; i++)
        if (tokens[i].is_space)
            phrase_end = i;
        else if (tokens[i].left >= end && tokens[i].left < phrase_end &&
                 ro_tree_has_deprel(document, i, "relcl|acl:relcl"))
            phrase_end = tokens[i].left;
    while (phrase_end > end &&
           (strcmp(tokens[phrase_end - 1].tag, "POS") == 0 || tokens[phrase_end - 1].is_space ||
            (tokens[phrase_end - 1].upos == RO_UPOS_PUNCT && tokens[phrase_end - 1].head == head)))
        phrase_end--;
    return phrase_end;
}

/* A dash with white space about it, as behind "PARIS, May 3". */
static bool is_dash(const ro_document *document, uint32_t token)
{
    const ro_token *at = &document->tokens[token];
    return at->upos == RO_UPOS_PUNCT && at->space_after && token > 0 && at[-1].space_after &&
           (strcmp(at->lower, "-") == 0 || strcmp(at->lower, "–") == 0 ||
            strcmp(at->lower, "—") == 0 || strcmp(at->lower, "--") == 0);
}

/* "Both" of "both Mali and Chad" is of neither; a headline above or a dateline before is none of
 * it. */
static uint32_t start_of_mention(const ro_document *document, uint32_t head, uint32_t first,
                                 uint32_t phrase_first)
{
    uint32_t both = ro_tree_child(document, head, "preconj");
    for (uint32_t i = phrase_first; i < first; i++)
        if (i == both || document->tokens[i].is_space || is_dash(document, i))
            phrase_first = i + 1;
    return phrase_first;
}

ro_status ro_roster_add_mention(ro_roster *roster, uint32_t entity, uint32_t first, uint32_t end,
                                uint32_t head, ro_mention_type type, const char *rule)
{
    const ro_document *document = roster->document;
    uint32_t phrase_first = first, phrase_end = end;
    if (type != RO_MENTION_TYPE_PRONOUN) {
        ro_tree_noun_phrase(document, head, &phrase_first, &phrase_end);
        phrase_first =
            phrase_first < first ? start_of_mention(document, head, first, phrase_first) : first;
        phrase_end = phrase_end > end ? phrase_end : end;
        bool is_person_name = type == RO_MENTION_TYPE_NAME &&
                              document->entities.items[entity].kind == RO_ENTITY_KIND_PERSON;
        phrase_end = end_of_mention(roster, head, end, phrase_end, is_person_name);
    }
    return ro_roster_add_span(roster, entity, phrase_first, phrase_end, head, type, rule);
}

ro_status ro_roster_add_span(ro_roster *roster, uint32_t entity, uint32_t first, uint32_t end,
                             uint32_t head, ro_mention_type type, const char *rule)
{
    ro_document *document = roster->document;
    ro_mention *added = RO_LIST_ADD(document->arena, &document->mentions);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = (ro_mention){entity, first, end, head, type, rule};
    roster->mention_of[head] = document->mentions.count - 1;
    roster->traits.items[entity].count++;
    return RO_STATUS_OK;
}

uint32_t ro_roster_entity_at(const ro_roster *roster, uint32_t token)
{
    uint32_t mention = token < roster->document->token_count ? roster->mention_of[token] : RO_NONE;
    return mention == RO_NONE ? RO_NONE : roster->document->mentions.items[mention].entity;
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
    if (!ro_lexicon_is_former(fact, roster->document->date))
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
    if (kind == RO_ENTITY_KIND_PERSON && person_actor(roster, fact, &entity.actor) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_trait trait = {.role = entity.actor.role,
                      .pronoun = fact->pronoun,
                      .named = true,
                      .in_office = kind == RO_ENTITY_KIND_PERSON &&
                                   ro_lexicon_in_term(fact, roster->document->date)};
    return ro_roster_add_entity(roster, &entity, &trait, index);
}
