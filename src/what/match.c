/* match.c - which frame a token triggers: slots are looked up over the tree, conditions tested, the
 * most specific frame wins. Who stands in a slot, with conjuncts and entities, is party.c's work.
 */
#include "what/match.h"

#include "doc/clause.h"
#include "doc/tree.h"
#include "what/mood.h"
#include "what/party.h"
#include <string.h>

bool ro_match_part(const ro_document *document, uint32_t token, ro_frame_part *part)
{
    switch (document->tokens[token].upos) {
    case RO_UPOS_VERB:
        *part = RO_FRAME_PART_VERB;
        return true;
    case RO_UPOS_NOUN:
        *part = RO_FRAME_PART_NOUN;
        return !ro_tree_has_deprel(document, token, "compound|nmod|amod|poss|npadvmod");
    default:
        return false;
    }
}

uint32_t ro_match_light_verb(const ro_match *match)
{
    const ro_document *document = match->document;
    uint32_t noun = match->trigger, verb = document->tokens[noun].head;
    if (ro_tree_has_deprel(document, noun, "pobj") && ro_tree_has_deprel(document, verb, "prep"))
        verb = document->tokens[verb].head;
    else if (!ro_tree_has_deprel(document, noun, "dobj|nsubjpass"))
        return RO_NONE;
    if (document->tokens[verb].upos != RO_UPOS_VERB ||
        !ro_tree_has_lemma(document, verb, ro_frames_set(match->frames, "light")))
        return RO_NONE;
    return verb;
}

/* ---- slots ---------------------------------------------------------------------------------- */

static size_t one(uint32_t token, uint32_t *tokens)
{
    tokens[0] = token;
    return token != RO_NONE;
}

static size_t children(const ro_document *document, uint32_t parent, const char *deprels,
                       uint32_t *tokens)
{
    size_t count = 0;
    uint32_t from = document->tokens[parent].left;
    for (uint32_t child; count < RO_MATCH_TOKENS &&
                         (child = ro_tree_next_child(document, parent, from)) != RO_NONE;
         from = child + 1)
        if (ro_tree_has_deprel(document, child, deprels))
            tokens[count++] = child;
    return count;
}

/* What something is called: "called it a lie". The parser often hangs the name on the last clause
 * inside a long object, so the last noun with "a" under the verb stands for it. */
static uint32_t predicate_of(const ro_document *document, uint32_t verb)
{
    uint32_t found = ro_clause_predicate(document, verb);
    if (found != RO_NONE)
        return found;
    uint32_t clause = ro_tree_child(document, verb, "ccomp|xcomp");
    if (clause != RO_NONE) {
        found = ro_tree_child(document, clause, "attr|acomp");
        if (found != RO_NONE)
            return found;
        if (document->tokens[clause].upos == RO_UPOS_NOUN ||
            document->tokens[clause].upos == RO_UPOS_ADJ)
            return clause;
    }
    uint32_t object = ro_tree_child(document, verb, "dobj");
    for (uint32_t i = document->tokens[verb].right; i > verb; i--) {
        if (document->tokens[i].upos == RO_UPOS_PUNCT || document->tokens[i].is_space)
            continue;
        uint32_t article = ro_tree_child(document, i, "det");
        bool named = document->tokens[i].upos == RO_UPOS_NOUN && i != object &&
                     article != RO_NONE && (strcmp(document->tokens[article].lower, "a") == 0 ||
                                            strcmp(document->tokens[article].lower, "an") == 0);
        return named ? i : RO_NONE;
    }
    return RO_NONE;
}

/* Objects of a preposition: under the trigger, or under what it shares its arguments with (the
 * object of a verb, the light verb of a noun). */
static size_t prepositional(const ro_match *match, ro_frame_part part, const char *preposition,
                            uint32_t *tokens)
{
    const ro_document *document = match->document;
    uint32_t found = ro_clause_prepositional(document, match->trigger, preposition);
    uint32_t other = part == RO_FRAME_PART_VERB ? ro_clause_object(document, match->trigger)
                                                : ro_match_light_verb(match);
    /* "of" behind a light verb is not the noun's: "heard of talks" */
    if (found == RO_NONE && other != RO_NONE &&
        (part == RO_FRAME_PART_VERB || strcmp(preposition, "of") != 0))
        found = ro_clause_prepositional(document, other, preposition);
    return one(found == match->trigger ? RO_NONE : found, tokens);
}

static uint32_t indirect_of(const ro_document *document, uint32_t verb)
{
    uint32_t found = ro_tree_child(document, verb, "dative");
    if (found == RO_NONE)
        return RO_NONE;
    uint32_t object = ro_tree_child(document, found, "pobj");
    return object != RO_NONE ? object : found;
}

/* Whom the clause under a verb is about: its own subject ("demanded that Iran ..."), else its
 * object or what its prepositions hold, if that can act ("refused to meet the envoy"). */
static size_t clause_recipient(const ro_match *match, uint32_t *tokens)
{
    static const char *const prepositions[] = {"with", "against", "from", "on", "to", "for", "in"};
    const ro_document *document = match->document;
    uint32_t clause = ro_tree_child(document, match->trigger, "xcomp|ccomp");
    if (clause == RO_NONE)
        return 0;
    uint32_t found = ro_tree_child(document, clause, "nsubj|nsubjpass");
    if (found != RO_NONE && document->tokens[found].upos != RO_UPOS_PRON)
        return one(found, tokens);
    uint32_t object = ro_clause_object(document, clause);
    if (object != RO_NONE && ro_party_is_agent(document, object))
        return one(object, tokens);
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++) {
        found = ro_clause_prepositional(document, clause, prepositions[i]);
        if (found == RO_NONE && object != RO_NONE)
            found = ro_clause_prepositional(document, object, prepositions[i]);
        if (found != RO_NONE && ro_party_is_agent(document, found))
            return one(found, tokens);
    }
    return one(object, tokens);
}

static size_t verb_slot(const ro_match *match, ro_slot slot, uint32_t *tokens)
{
    const ro_document *document = match->document;
    switch (slot.kind) {
    case RO_SLOT_SUBJECT:
        return one(ro_clause_subject(document, match->trigger), tokens);
    case RO_SLOT_OBJECT:
        return one(ro_clause_object(document, match->trigger), tokens);
    case RO_SLOT_INDIRECT:
        return one(indirect_of(document, match->trigger), tokens);
    case RO_SLOT_PREDICATE:
        return one(predicate_of(document, match->trigger), tokens);
    case RO_SLOT_CLAUSE:
        return children(document, match->trigger, "xcomp|ccomp|advcl", tokens);
    case RO_SLOT_CLAUSE_RECIPIENT:
        return clause_recipient(match, tokens);
    case RO_SLOT_ADVERB:
        return children(document, match->trigger, "advmod", tokens);
    default:
        return 0;
    }
}

static size_t noun_slot(const ro_match *match, ro_slot slot, uint32_t *tokens)
{
    const ro_document *document = match->document;
    uint32_t verb;
    switch (slot.kind) {
    case RO_SLOT_POSSESSOR:
        return one(ro_tree_child(document, match->trigger, "poss"), tokens);
    case RO_SLOT_MODIFIER:
        return children(document, match->trigger, "amod|compound|nmod", tokens);
    case RO_SLOT_LIGHT:
        verb = ro_match_light_verb(match);
        return verb != RO_NONE ? one(ro_clause_subject(document, verb), tokens) : 0;
    default:
        return 0;
    }
}

size_t ro_match_slot(const ro_match *match, ro_slot slot, uint32_t tokens[RO_MATCH_TOKENS])
{
    ro_frame_part part;
    if (!ro_match_part(match->document, match->trigger, &part))
        return 0;
    if (slot.kind == RO_SLOT_TRIGGER)
        return one(match->trigger, tokens);
    if (slot.kind == RO_SLOT_PREPOSITION)
        return prepositional(match, part, slot.preposition, tokens);
    return part == RO_FRAME_PART_VERB ? verb_slot(match, slot, tokens)
                                      : noun_slot(match, slot, tokens);
}

/* ---- conditions ----------------------------------------------------------------------------- */

static bool is_event(const ro_match *match, uint32_t token, const char *types)
{
    ro_frame_part part;
    return ro_match_part(match->document, token, &part) &&
           ro_frames_has_type(match->frames, part, match->document->tokens[token].lemma, types);
}

/* A word of several, by its lemma or, for nouns that lemmatizers leave alone, its form. */
static bool is_one_of(const ro_document *document, uint32_t token, const char *words)
{
    if (ro_tree_has_lemma(document, token, words))
        return true;
    /* "a number of troops", "a state of emergency" */
    uint32_t of = ro_clause_prepositional(document, token, "of");
    return of != RO_NONE && document->tokens[token].upos == RO_UPOS_NOUN &&
           ro_tree_has_lemma(document, of, words);
}

static bool token_holds(const ro_match *match, const ro_condition *condition, uint32_t token)
{
    const ro_document *document = match->document;
    switch (condition->test) {
    case RO_FRAME_TEST_ANY:
        return true;
    case RO_FRAME_TEST_IS:
        return is_one_of(document, token, condition->words);
    case RO_FRAME_TEST_NOT:
        return !ro_tree_has_lemma(document, token, condition->words);
    case RO_FRAME_TEST_AGENT:
        return ro_party_is_agent(document, token);
    case RO_FRAME_TEST_PERSON:
        return ro_party_is_kind(document, token, RO_ENTITY_KIND_PERSON);
    case RO_FRAME_TEST_PLACE:
        return ro_party_is_kind(document, token, RO_ENTITY_KIND_PLACE) ||
               ro_party_is_kind(document, token, RO_ENTITY_KIND_COUNTRY);
    case RO_FRAME_TEST_EVENT:
        return is_event(match, token, condition->words);
    case RO_FRAME_TEST_AFFIRMED:
        return !ro_mood_is_negated(document, token);
    case RO_FRAME_TEST_NEGATED:
        return ro_mood_is_negated(document, token);
    case RO_FRAME_TEST_FUTURE:
        return ro_mood_is_future(document, token);
    case RO_FRAME_TEST_INFINITIVE:
        return ro_clause_is_infinitive(document, token);
    default:
        return false;
    }
}

/* "none" and "not" ask something of every token in the slot, the other tests of any. */
static bool condition_holds(const ro_match *match, const ro_condition *condition)
{
    bool all = condition->test == RO_FRAME_TEST_NONE || condition->test == RO_FRAME_TEST_NOT;
    for (uint32_t i = 0; i < condition->slots.count; i++) {
        uint32_t tokens[RO_MATCH_TOKENS];
        size_t count = ro_match_slot(match, condition->slots.items[i], tokens);
        for (size_t j = 0; j < count; j++)
            if (token_holds(match, condition, tokens[j]) != all)
                return !all;
    }
    return all;
}

static bool frame_holds(const ro_match *match, const ro_frame *frame)
{
    for (uint32_t i = 0; i < frame->conditions.count; i++)
        if (!condition_holds(match, &frame->conditions.items[i]))
            return false;
    return true;
}

const ro_frame *ro_match_frame(const ro_match *match, bool with_code)
{
    const ro_document *document = match->document;
    ro_frame_part part;
    if (!ro_match_part(document, match->trigger, &part))
        return NULL;
    uint32_t particle = ro_tree_child(document, match->trigger, "prt");
    const char *lemma = document->tokens[match->trigger].lemma, *behind = "";
    if (particle != RO_NONE)
        behind = document->tokens[particle].lower;
    const ro_frame *best = NULL;
    uint32_t cursor = 0;
    for (const ro_frame *frame;
         (frame = ro_frames_next(match->frames, part, lemma, behind, &cursor)) != NULL;)
        if ((frame->code != NULL || !with_code) &&
            (best == NULL || frame->weight > best->weight) &&
            frame_holds(match, frame))
            best = frame;
    return best;
}
