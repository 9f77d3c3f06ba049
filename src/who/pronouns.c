/* pronouns.c - gives third-person pronouns to the entities they stand for.
 *
 * Number, gender and binding say who can be meant; among these the sum of salience.c decides. "he
 * [Brown]" is settled by its brackets. First and second person are speakers.c's.
 */
#include "base/text.h"
#include "doc/clause.h"
#include "doc/tree.h"
#include "who/salience.h"

enum {
    WINDOW = 4,       /* sentences before the pronoun's own    */
    CANDIDATES = 128, /* that agree with it, the nearest first */
    BRACKETED = 6     /* tokens in brackets behind it          */
};

typedef struct pronoun {
    ro_word class;
    const char *gender;
    ro_number number;
} pronoun;

static const pronoun *pronoun_of(const ro_roster *roster, uint32_t token)
{
    static const pronoun pronouns[] = {
        {RO_WORD_HE, "he", RO_NUMBER_ONE},
        {RO_WORD_SHE, "she", RO_NUMBER_ONE},
        {RO_WORD_THEY, "", RO_NUMBER_MANY},
        {RO_WORD_IT, "", RO_NUMBER_THING},
    };
    uint8_t upos = roster->document->tokens[token].upos;
    if (upos != RO_UPOS_PRON && upos != RO_UPOS_DET)
        return NULL;
    for (size_t i = 0; i < sizeof pronouns / sizeof pronouns[0]; i++)
        if (ro_words_is(roster->words, roster->document, token, pronouns[i].class))
            return &pronouns[i];
    return NULL;
}

/* "It" as a subject or object is an actor only as the subject of a verb other than those that take
 * an empty subject ("it seems", "it rained"). */
static bool is_empty(const ro_roster *roster, uint32_t token)
{
    const ro_document *document = roster->document;
    uint32_t verb = document->tokens[token].head;
    if (ro_tree_has_deprel(document, token, "poss|nmod:poss") ||
        ro_words_is(roster->words, document, token, RO_WORD_REFLEXIVE))
        return false;
    return !ro_tree_has_deprel(document, token, "nsubj") ||
           document->tokens[verb].upos != RO_UPOS_VERB ||
           ro_words_is_lemma(roster->words, document, verb, RO_WORD_EMPTY_SUBJECT);
}

static bool agrees(const ro_roster *roster, uint32_t entity, const pronoun *asked)
{
    const ro_entity *candidate = &roster->document->entities.items[entity];
    const ro_trait *trait = &roster->traits.items[entity];
    switch (asked->number) {
    case RO_NUMBER_ONE:
        return (candidate->kind == RO_ENTITY_KIND_PERSON || trait->unsure) && !trait->plural &&
               (trait->pronoun[0] == '\0' || strcmp(trait->pronoun, asked->gender) == 0);
    case RO_NUMBER_MANY:
        return (trait->plural && candidate->kind != RO_ENTITY_KIND_PLACE) ||
               candidate->kind == RO_ENTITY_KIND_GROUP ||
               candidate->kind == RO_ENTITY_KIND_ORGANIZATION;
    default:
        return !trait->plural && (candidate->kind == RO_ENTITY_KIND_COUNTRY ||
                                  candidate->kind == RO_ENTITY_KIND_ORGANIZATION ||
                                  candidate->kind == RO_ENTITY_KIND_PLACE);
    }
}

/* The entity named in brackets behind a pronoun: "he [Brown]". */
static uint32_t bracketed(const ro_roster *roster, uint32_t token, const pronoun *asked)
{
    const ro_document *document = roster->document;
    uint32_t first = token + 2;
    if (first + 1 >= document->token_count ||
        (strcmp(document->tokens[token + 1].lower, "[") != 0 &&
         strcmp(document->tokens[token + 1].lower, "(") != 0))
        return RO_NONE;
    for (uint32_t i = first + 1; i < document->token_count && i < first + BRACKETED; i++) {
        if (strcmp(document->tokens[i].lower, "]") != 0 &&
            strcmp(document->tokens[i].lower, ")") != 0)
            continue;
        uint32_t index = roster->mention_of[i - 1];
        const ro_mention *mention = index != RO_NONE ? &document->mentions.items[index] : NULL;
        /* the phrase may hold its brackets */
        bool is_filled = mention != NULL && mention->first > token && mention->first <= first &&
                         mention->end >= i;
        return is_filled && agrees(roster, mention->entity, asked) ? mention->entity : RO_NONE;
    }
    return RO_NONE;
}

/* The subject of the verb that a pronoun is another argument of: two arguments of one verb are two
 * things, unless the pronoun says "own" or "self". */
static uint32_t forbidden(const ro_roster *roster, uint32_t token)
{
    const ro_document *document = roster->document;
    if (ro_tree_has_deprel(document, token, "poss|nmod:poss|nsubj|nsubjpass") ||
        ro_words_is(roster->words, document, token, RO_WORD_REFLEXIVE))
        return RO_NONE;
    /* through prepositions and the nouns that they hang on: "arrested dozens of them" */
    uint32_t verb = token;
    while (!ro_tree_is_verb(document, verb) && document->tokens[verb].head != verb &&
           !ro_tree_has_deprel(document, verb, "nsubj|nsubjpass"))
        verb = document->tokens[verb].head;
    uint32_t subject =
        ro_tree_is_verb(document, verb) ? ro_clause_subject(document, verb) : RO_NONE;
    return subject != RO_NONE ? ro_roster_entity_at(roster, ro_clause_antecedent(document, subject))
                              : RO_NONE;
}

/* "Himself" is who does what it is done to. */
static uint32_t reflexive(const ro_roster *roster, uint32_t token, const pronoun *asked)
{
    const ro_document *document = roster->document;
    uint32_t verb = document->tokens[token].head;
    if (!ro_words_is(roster->words, document, token, RO_WORD_REFLEXIVE) ||
        !ro_tree_is_verb(document, verb))
        return RO_NONE;
    uint32_t subject = ro_clause_subject(document, verb);
    if (subject == RO_NONE)
        return RO_NONE;
    uint32_t entity = ro_roster_entity_at(roster, ro_clause_antecedent(document, subject));
    return entity != RO_NONE && agrees(roster, entity, asked) ? entity : RO_NONE;
}

static int32_t threshold_of(const ro_salience *salience, ro_number number)
{
    return salience->weights[number == RO_NUMBER_ONE    ? RO_SALIENCE_THRESHOLD
                             : number == RO_NUMBER_MANY ? RO_SALIENCE_THRESHOLD_MANY
                                                        : RO_SALIENCE_THRESHOLD_IT];
}

static uint32_t resolve(const ro_roster *roster, uint32_t token, const pronoun *asked)
{
    const ro_document *document = roster->document;
    uint32_t entity = bracketed(roster, token, asked);
    if (entity == RO_NONE)
        entity = reflexive(roster, token, asked);
    if (entity != RO_NONE)
        return entity;
    uint32_t sentence = document->tokens[token].sentence;
    uint32_t from = document->sentences[sentence > WINDOW ? sentence - WINDOW : 0].first;
    if (token - from > RO_ROSTER_WINDOW)
        from = token - RO_ROSTER_WINDOW;
    uint32_t other = forbidden(roster, token), candidates = 0;
    int32_t best = threshold_of(roster->salience, asked->number);
    for (uint32_t i = token; i-- > from && candidates < CANDIDATES;) {
        uint32_t index = roster->mention_of[i];
        if (index == RO_NONE)
            continue;
        const ro_mention *mention = &document->mentions.items[index];
        if (mention->entity == other || !agrees(roster, mention->entity, asked) ||
            (token >= mention->first && token < mention->end))
            continue;
        int32_t total = ro_salience_score(roster->salience, roster, mention, token, asked->number,
                                          asked->gender, candidates == 0);
        candidates++;
        if (total > best) {
            best = total;
            entity = mention->entity;
        }
    }
    return entity;
}

ro_status ro_pronouns_find(ro_roster *roster, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const pronoun *asked = pronoun_of(roster, i);
        if (asked == NULL || roster->mention_of[i] != RO_NONE ||
            (asked->class == RO_WORD_IT && is_empty(roster, i)))
            continue;
        uint32_t entity = resolve(roster, i, asked);
        if (entity == RO_NONE)
            continue;
        if (roster->traits.items[entity].pronoun[0] == '\0')
            roster->traits.items[entity].pronoun = asked->gender;
        if (ro_roster_add_mention(roster, entity, i, i + 1, i, RO_MENTION_TYPE_PRONOUN,
                                  "pronoun") != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}
