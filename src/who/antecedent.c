/* antecedent.c - which earlier entity a nominal speaks of again.
 *
 * Sieves, the surest first (Raghunathan et al. 2010): what stands beside it or is called so, the
 * same words, the same noun with no new modifier, a name that ends with the noun or has it for its
 * own, and for general nouns ("the country", "the company", "the woman") the nearest name of that
 * kind. An indefinite phrase speaks of something new.
 */
#include "base/text.h"
#include "doc/clause.h"
#include "doc/tree.h"
#include "lexicon/phrase.h"
#include "lexicon/sectors.h"
#include "who/nominal.h"

enum { NEAR = 8 }; /* sentences in which a general noun looks for a name */

/* Whether a role's word says the same as another's, wholly or as its last word: "minister" after
 * "foreign minister". */
static bool is_same_role(const char *role, const char *earlier)
{
    size_t length = strlen(role), full = strlen(earlier);
    return length > 0 && full >= length && strcmp(earlier + full - length, role) == 0 &&
           (full == length || earlier[full - length - 1] == ' ');
}

/* ---- beside and called ----------------------------------------------------------------------- */

static bool is_negated(const ro_document *document, uint32_t verb)
{
    return ro_tree_child(document, verb, "neg") != RO_NONE;
}

/* Whether an entity can be what a noun says: a person a person's noun. */
static bool can_be(const ro_roster *roster, uint32_t entity, const ro_nominal *nominal)
{
    ro_entity_kind kind = roster->document->entities.items[entity].kind;
    switch (nominal->role->what) {
    case RO_FACT_WHAT_ROLE:
        return kind == RO_ENTITY_KIND_PERSON || (nominal->plural && kind == RO_ENTITY_KIND_GROUP);
    case RO_FACT_WHAT_SITE:
        return kind == RO_ENTITY_KIND_PLACE || kind == RO_ENTITY_KIND_COUNTRY;
    case RO_FACT_WHAT_BODY:
        return kind == RO_ENTITY_KIND_ORGANIZATION || kind == RO_ENTITY_KIND_COUNTRY;
    default:
        return kind == RO_ENTITY_KIND_ORGANIZATION || kind == RO_ENTITY_KIND_GROUP;
    }
}

#define ARMED "REB|INS|SEP|UAF|RAD|IMG|CRM"

/* The name that a noun behind it only explains: "the Hamas movement", "the al-Shabaab militia". */
static uint32_t explained(const ro_roster *roster, const ro_nominal *nominal)
{
    const ro_document *document = roster->document;
    uint32_t name = ro_tree_child(document, nominal->head, "compound|nmod");
    uint32_t entity = name != RO_NONE ? ro_roster_entity_at(roster, name) : RO_NONE;
    if (entity == RO_NONE || nominal->plural || !roster->traits.items[entity].named ||
        document->entities.items[entity].kind != RO_ENTITY_KIND_ORGANIZATION ||
        nominal->role->what == RO_FACT_WHAT_ROLE || nominal->role->what == RO_FACT_WHAT_SITE)
        return RO_NONE;
    const char *sectors = document->entities.items[entity].actor.sectors;
    bool is_own =
        is_same_role(nominal->role->role, roster->traits.items[entity].role) ||
        is_same_role(roster->traits.items[entity].role, nominal->role->role) ||
        (ro_sectors_have(sectors, ARMED) && ro_sectors_have(nominal->role->sectors, ARMED)) ||
        (ro_sectors_have(sectors, "PTY") && strcmp(nominal->role->code, "PTY") == 0);
    return is_own ? entity : RO_NONE;
}

uint32_t ro_antecedent_named(const ro_roster *roster, const ro_nominal *nominal, const char **rule)
{
    const ro_document *document = roster->document;
    uint32_t head = nominal->head, other = explained(roster, nominal);
    *rule = "name and noun";
    if (other != RO_NONE)
        return other;
    *rule = "apposition";
    if (ro_tree_has_deprel(document, head, "appos"))
        other = document->tokens[head].head;
    else
        other = ro_tree_child(document, head, "appos");
    uint32_t entity = other != RO_NONE ? ro_roster_entity_at(roster, other) : RO_NONE;
    if (entity != RO_NONE && can_be(roster, entity, nominal))
        return entity;
    uint32_t verb = document->tokens[head].head;
    if (!ro_tree_has_deprel(document, head, "attr") || is_negated(document, verb) ||
        !ro_words_is_lemma(roster->words, document, verb, RO_WORD_COPULA))
        return RO_NONE;
    *rule = "predicate";
    uint32_t subject = ro_tree_child(document, verb, "nsubj");
    entity = subject != RO_NONE && subject < head ? ro_roster_entity_at(roster, subject) : RO_NONE;
    if (entity == RO_NONE || roster->traits.items[entity].plural != nominal->plural ||
        !can_be(roster, entity, nominal))
        return RO_NONE;
    return entity;
}

/* ---- the same words and the same noun -------------------------------------------------------- */

/* The words that a noun phrase adds to its noun, articles and possessors left out. */
static bool is_modifier(const ro_document *document, const ro_nominal *nominal, uint32_t token)
{
    const ro_token *at = &document->tokens[token];
    return (token < nominal->hit->first || token >= nominal->hit->end) &&
           at->head == nominal->head &&
           ro_tree_has_deprel(document, token, "amod|compound|nummod|nmod");
}

static bool has_word(const ro_document *document, const ro_mention *mention, const char *lemma)
{
    for (uint32_t i = mention->first; i < mention->end; i++)
        if (strcmp(document->tokens[i].lemma, lemma) == 0)
            return true;
    return false;
}

/* Whether every modifier of a nominal stands in an earlier mention, too. */
static bool adds_nothing(const ro_roster *roster, const ro_nominal *nominal,
                         const ro_mention *earlier)
{
    const ro_document *document = roster->document;
    for (uint32_t i = nominal->first; i < nominal->end; i++) {
        if (!is_modifier(document, nominal, i))
            continue;
        bool is_empty = ro_words_is_lemma(roster->words, document, i, RO_WORD_ADDS_NOTHING);
        if (!is_empty && !has_word(document, earlier, document->tokens[i].lemma))
            return false;
    }
    return true;
}

/* Whether a nominal's words are those of an earlier mention, articles left out. */
static bool is_same_phrase(const ro_document *document, const ro_nominal *nominal,
                           const ro_mention *earlier)
{
    uint32_t a = nominal->first, b = earlier->first;
    while (a < nominal->end && document->tokens[a].upos == RO_UPOS_DET)
        a++;
    while (b < earlier->end && document->tokens[b].upos == RO_UPOS_DET)
        b++;
    if (nominal->end - a != earlier->end - b)
        return false;
    for (; a < nominal->end; a++, b++)
        if (strcmp(document->tokens[a].lower, document->tokens[b].lower) != 0)
            return false;
    return true;
}

static bool has_country_of(const ro_roster *roster, uint32_t entity, const ro_actor *actor)
{
    return strcmp(roster->document->entities.items[entity].actor.country, actor->country) == 0;
}

/* Whose an earlier nominal was: "his party" is another when somebody else has it. */
static uint32_t possessor_entity(const ro_roster *roster, uint32_t head)
{
    uint32_t possessor = ro_tree_child(roster->document, head, "poss");
    return possessor != RO_NONE ? ro_roster_entity_at(roster, possessor) : RO_NONE;
}

/* "Every country" and "no country" are none that could be spoken of again. */
static bool is_quantified(const ro_roster *roster, uint32_t head)
{
    uint32_t word = ro_tree_child(roster->document, head, "det");
    return ro_words_is_lemma(roster->words, roster->document, word, RO_WORD_QUANTIFIER);
}

/* The office that is asked for: "former president" where it is over. */
static const char *office_of(const ro_nominal *nominal, const ro_actor *actor)
{
    return ro_owner_is_former(actor) ? actor->role : nominal->role->role;
}

static bool repeats(const ro_roster *roster, const ro_nominal *nominal, const ro_mention *earlier,
                    const ro_actor *actor, bool has_owner)
{
    const ro_document *document = roster->document;
    const ro_trait *trait = &roster->traits.items[earlier->entity];
    if (earlier->type != RO_MENTION_TYPE_NOMINAL || trait->plural != nominal->plural ||
        !is_same_role(office_of(nominal, actor), trait->role) ||
        is_quantified(roster, earlier->head))
        return false;
    if (nominal->article == RO_ARTICLE_NONE && nominal->plural)
        return is_same_phrase(document, nominal, earlier);
    if (nominal->possessor != RO_NONE) {
        uint32_t whose = ro_roster_entity_at(roster, nominal->possessor);
        uint32_t earlier_whose = possessor_entity(roster, earlier->head);
        if (earlier_whose != RO_NONE ? earlier_whose != whose : !has_owner)
            return false;
    }
    return (!has_owner || has_country_of(roster, earlier->entity, actor)) &&
           adds_nothing(roster, nominal, earlier);
}

/* ---- names ----------------------------------------------------------------------------------- */

/* Whether a name ends with a noun: "Supreme Court" is "the court" later. */
static bool ends_with(const char *name, const char *noun)
{
    char words[RO_LEXICON_KEY], key[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(ro_text_of(name), words, 0, sizeof words);
    size_t wanted = ro_phrase_add(ro_text_of(noun), key, 0, sizeof key);
    return length != SIZE_MAX && wanted != SIZE_MAX && length > wanted &&
           words[length - wanted - 1] == ' ' && memcmp(words + length - wanted, key, wanted) == 0;
}

/* Whether a noun is a name's own: its last word, its office, what the lexicon has stand for it. */
static bool is_noun_of(const ro_roster *roster, const ro_nominal *nominal, const ro_actor *actor,
                       uint32_t entity)
{
    const ro_entity *named = &roster->document->entities.items[entity];
    const ro_trait *trait = &roster->traits.items[entity];
    if (!can_be(roster, entity, nominal) || !trait->named)
        return false;
    if (is_same_role(office_of(nominal, actor), trait->role))
        return true;
    /* but "Bishop" may be anybody's surname */
    return named->kind != RO_ENTITY_KIND_PERSON && (ends_with(named->name, nominal->role->role) ||
                                                    ends_with(named->name, nominal->role->name));
}

/* Whether an organization that the lexicon says nothing of may be what a noun says: "the company",
 * "the party"; a ministry or an army would be known by its name. */
static bool can_be_body(const ro_entity *named, const ro_trait *trait, const ro_fact *noun)
{
    if (named->kind == RO_ENTITY_KIND_ORGANIZATION &&
        ro_sectors_have(named->actor.sectors, ARMED) && ro_sectors_have(noun->sectors, ARMED))
        return true; /* "the militant group" of whatever kind */
    if (named->kind != RO_ENTITY_KIND_ORGANIZATION || trait->role[0] != '\0' ||
        ro_sectors_have(noun->sectors, "GOV|MIL|LEG|JUD|COP|SPY"))
        return false;
    return named->actor.sectors[0] == '\0' || noun->sectors[0] == '\0' ||
           ro_sectors_have(named->actor.sectors, noun->sectors);
}

/* Whether a noun says no more than what kind of thing a name is. */
static bool is_general(const ro_roster *roster, const ro_nominal *nominal, uint32_t entity)
{
    const ro_entity *named = &roster->document->entities.items[entity];
    const ro_trait *trait = &roster->traits.items[entity];
    const char *noun = nominal->role->role;
    if (!trait->named || nominal->plural)
        return false;
    switch (nominal->role->what) {
    case RO_FACT_WHAT_SITE:
        return strcmp(noun, "country") == 0
                   ? named->kind == RO_ENTITY_KIND_COUNTRY
                   : named->kind == RO_ENTITY_KIND_PLACE && strcmp(noun, "city") == 0;
    case RO_FACT_WHAT_BODY:
    case RO_FACT_WHAT_GROUP:
        return can_be_body(named, trait, nominal->role);
    case RO_FACT_WHAT_ROLE:
        return named->kind == RO_ENTITY_KIND_PERSON && nominal->role->pronoun[0] != '\0' &&
               (nominal->role->code[0] == '\0' || strcmp(nominal->role->code, "CVL") == 0) &&
               trait->pronoun[0] != '\0' && strcmp(trait->pronoun, nominal->role->pronoun) == 0;
    default:
        return false;
    }
}

/* Whether a nominal has a modifier that could tell one thing from another. */
static bool is_modified(const ro_document *document, const ro_nominal *nominal)
{
    for (uint32_t i = nominal->first; i < nominal->end; i++)
        if (is_modifier(document, nominal, i))
            return true;
    return ro_tree_child(document, nominal->head, "acl|relcl") != RO_NONE ||
           ro_clause_prepositional(document, nominal->head, "of|for|to|with") != RO_NONE;
}

uint32_t ro_antecedent_find(const ro_roster *roster, const ro_nominal *nominal,
                            const ro_actor *actor, bool has_owner, const char **rule)
{
    const ro_document *document = roster->document;
    bool is_bare_plural = nominal->article == RO_ARTICLE_NONE && nominal->plural;
    bool is_bare = nominal->article == RO_ARTICLE_NONE && !nominal->plural && !has_owner;
    bool is_body =
        nominal->role->what == RO_FACT_WHAT_BODY || nominal->role->what == RO_FACT_WHAT_GROUP;
    if (nominal->article == RO_ARTICLE_INDEFINITE || (is_bare && !is_body))
        return RO_NONE;
    bool is_plain = nominal->article == RO_ARTICLE_DEFINITE && nominal->possessor == RO_NONE &&
                    !has_owner && !is_modified(document, nominal);
    uint32_t sentence = document->tokens[nominal->head].sentence, general = RO_NONE;
    uint32_t stop = nominal->first > RO_ROSTER_WINDOW ? nominal->first - RO_ROSTER_WINDOW : 0;
    for (uint32_t i = nominal->first; i-- > stop;) {
        uint32_t index = roster->mention_of[i];
        if (index == RO_NONE)
            continue;
        const ro_mention *earlier = &document->mentions.items[index];
        if (repeats(roster, nominal, earlier, actor, has_owner)) {
            *rule = "same noun";
            return earlier->entity;
        }
        if (is_bare_plural)
            continue;
        if (general == RO_NONE && is_plain && sentence - document->tokens[i].sentence <= NEAR &&
            is_general(roster, nominal, earlier->entity))
            general = earlier->entity;
        if (earlier->type == RO_MENTION_TYPE_NAME && !nominal->plural &&
            (is_plain || (has_owner && has_country_of(roster, earlier->entity, actor))) &&
            is_noun_of(roster, nominal, actor, earlier->entity)) {
            *rule = "noun of the name";
            return earlier->entity;
        }
    }
    *rule = "general noun";
    return general;
}

/* ---- two at once ----------------------------------------------------------------------------- */

/* "Both sides", "the two presidents". */
static bool speaks_of_two(const ro_roster *roster, const ro_nominal *nominal)
{
    const ro_document *document = roster->document;
    if (!nominal->plural)
        return false;
    uint32_t number = ro_tree_child(document, nominal->head, "nummod");
    if (ro_words_is_lemma(roster->words, document, number, RO_WORD_TWO))
        return nominal->article == RO_ARTICLE_DEFINITE;
    uint32_t word = ro_tree_child(document, nominal->head, "det|predet|preconj");
    return ro_words_is_lemma(roster->words, document, word, RO_WORD_BOTH);
}

/* Whether an entity may be one of two: a president of "the two presidents"; of "both sides"
 * anybody who can act, which a place and a news agency do not. */
static bool can_be_one_of(const ro_roster *roster, const ro_nominal *nominal, uint32_t entity)
{
    const ro_entity *known = &roster->document->entities.items[entity];
    const ro_trait *trait = &roster->traits.items[entity];
    bool is_person = known->kind == RO_ENTITY_KIND_PERSON;
    if (known->actor.code[0] == '\0' || (is_person && trait->plural))
        return false;
    switch (nominal->role->what) {
    case RO_FACT_WHAT_ROLE:
        return is_person &&
               (is_same_role(nominal->role->role, trait->role) ||
                strcmp(nominal->role->role, "leader") == 0 || nominal->role->pronoun[0] != '\0');
    case RO_FACT_WHAT_SITE:
        return known->kind == RO_ENTITY_KIND_COUNTRY && strcmp(nominal->role->role, "country") == 0;
    default:
        if (nominal->role->code[0] != '\0')
            return is_same_role(nominal->role->role, trait->role);
        return !ro_sectors_have(known->actor.sectors, "MED") &&
               (known->kind != RO_ENTITY_KIND_PLACE || known->actor.sectors[0] != '\0');
    }
}

/* Adds an entity to a pair unless it is there or of the same side; the new count. */
static uint32_t add_to_pair(const ro_roster *roster, uint32_t pair[2], uint32_t count,
                            uint32_t entity)
{
    const ro_entity *entities = roster->document->entities.items;
    if (count == 1 && (entity == pair[0] ||
                       strcmp(entities[entity].actor.code, entities[pair[0]].actor.code) == 0))
        return count;
    pair[count] = entity;
    return count + 1;
}

/* The first two of a sentence's arguments that can be meant, before a token. */
static uint32_t pair_of_sentence(const ro_roster *roster, const ro_nominal *nominal,
                                 uint32_t sentence, uint32_t actor, uint32_t pair[2])
{
    const ro_document *document = roster->document;
    const ro_sentence *span = &document->sentences[sentence];
    uint32_t count = 0;
    for (uint32_t i = span->first; i < span->end && i < nominal->first && count < 2; i++) {
        uint32_t entity = ro_roster_entity_at(roster, i);
        if (entity != RO_NONE && entity != actor &&
            ro_tree_has_deprel(document, i, "nsubj|nsubjpass|dobj|dative|pobj|conj|poss") &&
            can_be_one_of(roster, nominal, entity))
            count = add_to_pair(roster, pair, count, entity);
    }
    return count;
}

/* Two who stand in one sentence, else the nearest two; who does something to both is neither. */
bool ro_antecedent_pair(const ro_roster *roster, const ro_nominal *nominal, uint32_t pair[2])
{
    const ro_document *document = roster->document;
    if (!speaks_of_two(roster, nominal))
        return false;
    uint32_t verb = nominal->head, sentence = document->tokens[nominal->head].sentence, count = 0;
    while (!ro_tree_is_verb(document, verb) && document->tokens[verb].head != verb)
        verb = document->tokens[verb].head;
    uint32_t subject =
        ro_tree_is_verb(document, verb) ? ro_clause_subject(document, verb) : RO_NONE;
    uint32_t actor = subject != RO_NONE && subject != nominal->head
                         ? ro_roster_entity_at(roster, subject)
                         : RO_NONE;
    for (uint32_t back = 0; back <= NEAR && back <= sentence; back++)
        if (pair_of_sentence(roster, nominal, sentence - back, actor, pair) == 2)
            return true;
    for (uint32_t i = nominal->first; i-- > 0 && count < 2;) {
        if (sentence - document->tokens[i].sentence > NEAR)
            break;
        uint32_t entity = ro_roster_entity_at(roster, i);
        if (entity != RO_NONE && entity != actor && can_be_one_of(roster, nominal, entity))
            count = add_to_pair(roster, pair, count, entity);
    }
    return count == 2;
}
