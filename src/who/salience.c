/* salience.c - how likely an earlier mention is what a pronoun stands for: a sum of weights, after
 * Lappin and Leass (1994).
 *
 * The weights are data; tools/train/weights.py finds them. What number, gender and binding forbid
 * is pronouns.c's.
 */
#include "who/salience.h"

#include "base/text.h"
#include "doc/tree.h"
#include "lexicon/weighing.h"

enum { MENTIONS_COUNTED = 12 };

static const char *const names[] = {
#define RO_SALIENCE(member, name) name,
#include "who/salience.def"
#undef RO_SALIENCE
};

ro_status ro_salience_open(const char *data_folder, ro_salience *salience, ro_error *error)
{
    return ro_weighing_read(data_folder, "who/salience.tsv", names, RO_SALIENCE_FEATURES,
                            salience->weights, error);
}

/* ---- features -------------------------------------------------------------------------------- */

/* The verb (or other head) of the clause that a noun is an argument of, through prepositions. */
static uint32_t governor(const ro_document *document, uint32_t token)
{
    uint32_t head = document->tokens[token].head;
    while (head != token && document->tokens[head].upos == RO_UPOS_ADP &&
           document->tokens[head].head != head)
        head = document->tokens[head].head;
    return head;
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

static int32_t place_score(const int32_t *weights, const ro_document *document,
                           const ro_mention *mention, const ro_token *pronoun)
{
    int32_t total = 0;
    const ro_token *head = &document->tokens[mention->head];
    if (ro_tree_has_deprel(document, mention->head, "nsubj|nsubjpass|csubj"))
        total += weights[RO_SALIENCE_SUBJECT];
    else if (ro_tree_has_deprel(document, mention->head, "agent|dobj|dative|obj"))
        total += weights[RO_SALIENCE_OBJECT];
    else if (ro_tree_has_deprel(document, mention->head, "poss|nmod:poss"))
        total += weights[RO_SALIENCE_OWNER];
    else if (ro_tree_has_deprel(document, mention->head, "pobj|attr"))
        total += weights[RO_SALIENCE_INNER];
    if (strcmp(head->deprel, pronoun->deprel) == 0)
        total += weights[RO_SALIENCE_SAME_PLACE];
    return total;
}

/* Whether a pronoun stands under a relative clause in which the noun acts: "Ann, who said she". */
static bool acts_in_relative(const ro_document *document, uint32_t noun, uint32_t pronoun)
{
    uint32_t clause = ro_tree_child(document, noun, "relcl|acl:relcl");
    uint32_t subject =
        clause != RO_NONE ? ro_tree_child(document, clause, "nsubj|nsubjpass") : RO_NONE;
    return subject != RO_NONE && subject != pronoun && document->tokens[subject].tag[0] == 'W' &&
           ro_tree_is_under(document, pronoun, clause);
}

/* Whose clause or claim holds the pronoun: "Ann said she", "Ann's insistence that she". */
static int32_t clause_score(const int32_t *weights, const ro_roster *roster,
                            const ro_mention *mention, uint32_t pronoun)
{
    const ro_document *document = roster->document;
    const uint32_t *quote_of = roster->quotes.of;
    uint32_t above = document->tokens[mention->head].head;
    int32_t total = 0;
    if (acts_in_relative(document, mention->head, pronoun))
        total += weights[RO_SALIENCE_HOLDS] + weights[RO_SALIENCE_SUBJECT];
    if (above == mention->head)
        return total;
    if (ro_tree_is_under(document, pronoun, above)) {
        bool is_quoted = quote_of[pronoun] != quote_of[mention->head];
        if (ro_tree_has_deprel(document, mention->head, "nsubj|nsubjpass"))
            total += weights[is_quoted ? RO_SALIENCE_HOLDS_QUOTE : RO_SALIENCE_HOLDS];
        else if (ro_tree_has_deprel(document, mention->head, "poss") &&
                 holds_clause_of(document, above, pronoun))
            total += weights[RO_SALIENCE_HOLDS_OWNER];
    }
    if (document->tokens[governor(document, pronoun)].head == above)
        total += weights[RO_SALIENCE_NEAREST_CLAUSE];
    return total;
}

static int32_t kind_score(const int32_t *weights, const ro_roster *roster,
                          const ro_mention *mention, ro_number asked, const char *gender)
{
    const ro_entity *entity = &roster->document->entities.items[mention->entity];
    const ro_trait *trait = &roster->traits.items[mention->entity];
    if (asked == RO_NUMBER_ONE) {
        if (entity->kind != RO_ENTITY_KIND_PERSON)
            return weights[RO_SALIENCE_NO_PERSON];
        return strcmp(trait->pronoun, gender) == 0 ? weights[RO_SALIENCE_SAME_GENDER] : 0;
    }
    switch (entity->kind) {
    case RO_ENTITY_KIND_ORGANIZATION:
        return asked == RO_NUMBER_MANY && !trait->plural ? weights[RO_SALIENCE_ORGANIZATION] : 0;
    case RO_ENTITY_KIND_COUNTRY:
        return weights[RO_SALIENCE_COUNTRY];
    case RO_ENTITY_KIND_PLACE:
        return weights[RO_SALIENCE_PLACE];
    default:
        return 0;
    }
}

int32_t ro_salience_score(const ro_salience *salience, const ro_roster *roster,
                          const ro_mention *mention, uint32_t pronoun, ro_number asked,
                          const char *gender, bool nearest)
{
    const ro_document *document = roster->document;
    const int32_t *weights = salience->weights;
    const ro_token *token = &document->tokens[pronoun];
    uint32_t distance = token->sentence - document->tokens[mention->head].sentence;
    uint32_t count = roster->traits.items[mention->entity].count;
    int32_t total = (int32_t)distance * weights[RO_SALIENCE_SENTENCE];
    total += distance > 0 ? weights[RO_SALIENCE_OTHER_SENTENCE]
                          : clause_score(weights, roster, mention, pronoun);
    total += place_score(weights, document, mention, token);
    total += kind_score(weights, roster, mention, asked, gender);
    total +=
        (int32_t)(count < MENTIONS_COUNTED ? count : MENTIONS_COUNTED) * weights[RO_SALIENCE_COUNT];
    if (mention->type == RO_MENTION_TYPE_PRONOUN)
        total += weights[RO_SALIENCE_PRONOUN];
    return nearest ? total + weights[RO_SALIENCE_NEAR] : total;
}
