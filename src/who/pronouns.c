/* pronouns.c - gives third-person pronouns to the entities they stand for.
 *
 * A deterministic salience score over the mentions of the last sentences, after Lappin and Leass
 * (1994): nearer sentences, subjects before objects before the rest, the same grammatical place,
 * subjects of clauses that hold the pronoun; what number, gender or binding forbids is out.
 * "he [Brown]" is settled by its brackets. First and second person wait for who speaks.
 */
#include "base/text.h"
#include "doc/tree.h"
#include "who/roster.h"

#define WINDOW 3       /* sentences before the pronoun's own    */
#define CANDIDATES 128 /* that agree with it, the nearest first */

typedef enum number { NUMBER_ONE, NUMBER_MANY, NUMBER_THING } number;

static bool is_pronoun(const ro_token *token, number *asked, const char **pronoun)
{
    static const struct {
        const char *word, *pronoun;
        number asked;
    } pronouns[] = {
        {"he", "he", NUMBER_ONE},     {"him", "he", NUMBER_ONE},
        {"his", "he", NUMBER_ONE},    {"himself", "he", NUMBER_ONE},
        {"she", "she", NUMBER_ONE},   {"her", "she", NUMBER_ONE},
        {"hers", "she", NUMBER_ONE},  {"herself", "she", NUMBER_ONE},
        {"they", "", NUMBER_MANY},    {"them", "", NUMBER_MANY},
        {"their", "", NUMBER_MANY},   {"themselves", "", NUMBER_MANY},
        {"theirs", "", NUMBER_MANY},  {"its", "", NUMBER_THING},
        {"itself", "", NUMBER_THING},
    };
    for (size_t i = 0; i < sizeof pronouns / sizeof pronouns[0]; i++) {
        if (strcmp(token->lower, pronouns[i].word) == 0) {
            *asked = pronouns[i].asked;
            *pronoun = pronouns[i].pronoun;
            return true;
        }
    }
    return false;
}

static bool agrees(const ro_roster *roster, uint32_t entity, number asked, const char *pronoun)
{
    const ro_entity *candidate = &roster->document->entities.items[entity];
    const ro_trait *trait = &roster->traits.items[entity];
    bool is_person = candidate->kind == RO_ENTITY_KIND_PERSON;
    switch (asked) {
    case NUMBER_ONE:
        return is_person && !trait->plural &&
               (trait->pronoun[0] == '\0' || strcmp(trait->pronoun, pronoun) == 0);
    case NUMBER_MANY:
        return trait->plural || candidate->kind == RO_ENTITY_KIND_GROUP ||
               candidate->kind == RO_ENTITY_KIND_ORGANIZATION;
    default:
        return candidate->kind == RO_ENTITY_KIND_COUNTRY ||
               candidate->kind == RO_ENTITY_KIND_ORGANIZATION ||
               (candidate->kind == RO_ENTITY_KIND_PLACE);
    }
}

/* The verb (or other head) of the clause that a noun is an argument of, through prepositions. */
static uint32_t governor(const ro_document *document, uint32_t token)
{
    uint32_t head = document->tokens[token].head;
    while (head != token && document->tokens[head].upos == RO_UPOS_ADP &&
           document->tokens[head].head != head)
        head = document->tokens[head].head;
    return head;
}

static int place_score(const ro_document *document, const ro_mention *mention)
{
    if (ro_tree_has_deprel(document, mention->head, "nsubj|nsubjpass|csubj"))
        return 40;
    if (ro_tree_has_deprel(document, mention->head, "agent|dobj|dative|obj"))
        return 20;
    return ro_tree_has_deprel(document, mention->head, "poss|pobj|attr") ? 8 : 0;
}

/* Whether a pronoun stands in a clause that depends on a noun. */
static bool holds_clause_of(const ro_document *document, uint32_t noun, uint32_t pronoun)
{
    for (uint32_t i = pronoun; i != noun; i = document->tokens[i].head) {
        if (document->tokens[i].head == noun)
            return ro_tree_has_deprel(document, i, "acl|ccomp|advcl|relcl");
        if (document->tokens[i].head == i)
            break;
    }
    return false;
}

/* Higher is likelier; negative if it cannot be. */
static int score(const ro_roster *roster, const ro_mention *mention, uint32_t pronoun, number asked)
{
    const ro_document *document = roster->document;
    const ro_token *token = &document->tokens[pronoun];
    uint32_t distance = token->sentence - document->tokens[mention->head].sentence;
    if (pronoun >= mention->first && pronoun < mention->end)
        return -1;
    int total =
        100 - (distance == 0 ? 0 : 15 + 30 * (int)distance) + place_score(document, mention);
    /* whose clause or claim holds the pronoun: "Ann said she", "Ann's insistence that she" */
    uint32_t above = document->tokens[mention->head].head;
    if (distance == 0 && above != mention->head && ro_tree_is_under(document, pronoun, above) &&
        (ro_tree_has_deprel(document, mention->head, "nsubj|nsubjpass") ||
         (ro_tree_has_deprel(document, mention->head, "poss") &&
          holds_clause_of(document, above, pronoun))))
        total += ro_tree_has_deprel(document, mention->head, "poss") ? 80 : 20;
    if (distance == 0 && above != mention->head &&
        document->tokens[governor(document, pronoun)].head == above)
        total += 10; /* the nearest of several clauses */
    const ro_entity *entity = &document->entities.items[mention->entity];
    if (asked == NUMBER_MANY && entity->kind == RO_ENTITY_KIND_ORGANIZATION)
        total -= 25;
    if (strcmp(document->tokens[mention->head].deprel, token->deprel) == 0)
        total += 10;
    if (mention->type == RO_MENTION_TYPE_PRONOUN)
        total += 5;
    uint32_t count = roster->traits.items[mention->entity].count;
    return total + (int)(count < 8 ? count : 8);
}

/* The entity named in brackets behind a pronoun: "he [Brown]". */
static uint32_t bracketed(const ro_roster *roster, uint32_t pronoun)
{
    const ro_document *document = roster->document;
    uint32_t first = pronoun + 1;
    if (first + 2 >= document->token_count || (strcmp(document->tokens[first].lower, "[") != 0 &&
                                               strcmp(document->tokens[first].lower, "(") != 0))
        return RO_NONE;
    for (uint32_t i = first + 1; i < document->token_count && i < first + 6; i++) {
        if (strcmp(document->tokens[i].lower, "]") == 0 ||
            strcmp(document->tokens[i].lower, ")") == 0)
            return ro_roster_entity_at(roster, i - 1);
    }
    return RO_NONE;
}

/* The subject of the verb that a pronoun is another argument of: two arguments of one verb are two
 * things, unless the pronoun says "own" or "self". */
static uint32_t forbidden(const ro_roster *roster, uint32_t pronoun)
{
    const ro_document *document = roster->document;
    ro_text word = ro_text_of(document->tokens[pronoun].lower);
    if (ro_tree_has_deprel(document, pronoun, "poss|nmod:poss|nsubj|nsubjpass") ||
        ro_text_ends(word, "self") || ro_text_ends(word, "selves"))
        return RO_NONE;
    uint32_t subject = ro_tree_child(document, governor(document, pronoun), "nsubj|nsubjpass");
    return subject != RO_NONE ? ro_roster_entity_at(roster, subject) : RO_NONE;
}

static uint32_t resolve(const ro_roster *roster, uint32_t pronoun, number asked, const char *word)
{
    const ro_document *document = roster->document;
    uint32_t entity = bracketed(roster, pronoun);
    if (entity != RO_NONE)
        return entity;
    uint32_t sentence = document->tokens[pronoun].sentence;
    uint32_t from = document->sentences[sentence > WINDOW ? sentence - WINDOW : 0].first;
    if (pronoun - from > RO_ROSTER_WINDOW)
        from = pronoun - RO_ROSTER_WINDOW;
    uint32_t other = forbidden(roster, pronoun);
    int best = 0;
    for (uint32_t i = pronoun, candidates = 0; i-- > from && candidates < CANDIDATES;) {
        uint32_t index = roster->mention_of[i];
        if (index == RO_NONE)
            continue;
        const ro_mention *mention = &document->mentions.items[index];
        if (mention->entity == other || !agrees(roster, mention->entity, asked, word))
            continue;
        candidates++;
        int total = score(roster, mention, pronoun, asked);
        if (total > best) {
            best = total;
            entity = mention->entity;
        }
    }
    return entity;
}

ro_status ro_pronouns_find(ro_roster *roster)
{
    const ro_document *document = roster->document;
    for (uint32_t i = 0; i < document->token_count; i++) {
        number asked;
        const char *word;
        if (!is_pronoun(&document->tokens[i], &asked, &word) || roster->mention_of[i] != RO_NONE)
            continue;
        uint32_t entity = resolve(roster, i, asked, word);
        if (entity == RO_NONE)
            continue;
        if (roster->traits.items[entity].pronoun[0] == '\0')
            roster->traits.items[entity].pronoun = word;
        if (ro_roster_add_mention(roster, entity, i, i + 1, i, RO_MENTION_TYPE_PRONOUN) !=
            RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}
