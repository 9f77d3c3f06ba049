/* clause.c - the clause around a verb, over ClearNLP's labels: who does it and to whom.
 *
 * A verb without a subject of its own takes its governor's: "She left, adding that ..." (advcl),
 * "... and said" (conj), "began to shell" (xcomp), "after warning" (pcomp), "a letter saying"
 * (acl).
 * An infinitive takes the object of a verb of asking, ordering or allowing ("urged them to leave").
 */
#include "doc/clause.h"

#include "doc/tree.h"
#include <string.h>

enum { CLIMB_LIMIT = 16 };

/* Verbs whose object does what the infinitive under them says. */
#define OBJECT_CONTROL                                                                             \
    "advise|allow|ask|authorize|beg|cause|challenge|command|compel|convince|direct|enable|"        \
    "encourage|exhort|expect|forbid|force|get|help|implore|instruct|invite|lead|let|order|permit|" \
    "persuade|press|pressure|prompt|push|request|require|teach|tell|train|urge|want|warn"

static bool has_tag(const ro_document *document, uint32_t token, const char *tag)
{
    return strcmp(document->tokens[token].tag, tag) == 0;
}

bool ro_clause_is_infinitive(const ro_document *document, uint32_t verb)
{
    uint32_t aux = ro_tree_child(document, verb, "aux");
    return aux != RO_NONE && has_tag(document, aux, "TO");
}

bool ro_clause_is_passive(const ro_document *document, uint32_t verb)
{
    for (int step = 0; step < CLIMB_LIMIT; step++) {
        if (ro_tree_child(document, verb, "auxpass|nsubjpass") != RO_NONE)
            return true;
        if (!has_tag(document, verb, "VBN"))
            return false;
        if (ro_tree_has_deprel(document, verb, "acl"))
            return true;
        if (!ro_tree_has_deprel(document, verb, "conj") ||
            ro_tree_child(document, verb, "nsubj|aux") != RO_NONE)
            return false;
        verb = document->tokens[verb].head;
    }
    return false;
}

uint32_t ro_clause_prepositional(const ro_document *document, uint32_t parent,
                                 const char *prepositions)
{
    uint32_t from = document->tokens[parent].left;
    for (uint32_t child; (child = ro_tree_next_child(document, parent, from)) != RO_NONE;
         from = child + 1) {
        if (!ro_tree_has_deprel(document, child, "prep|agent|dative") ||
            !ro_tree_has_lemma(document, child, prepositions))
            continue;
        uint32_t object = ro_tree_child(document, child, "pobj|pcomp");
        if (object != RO_NONE)
            return object;
    }
    return RO_NONE;
}

/* Who owns a noun: "Iran's plan to ...", "made a plan to ...". */
static uint32_t owner_of(const ro_document *document, uint32_t noun)
{
    uint32_t found = ro_tree_child(document, noun, "poss");
    if (found == RO_NONE)
        found = ro_clause_prepositional(document, noun, "by|of");
    if (found == RO_NONE && ro_tree_has_deprel(document, noun, "dobj"))
        found = ro_tree_child(document, document->tokens[noun].head, "nsubj");
    return found;
}

/* The verb whose subject a verb without one shares; RO_NONE, with *found set, where the search
 * ends. */
static uint32_t governor_of(const ro_document *document, uint32_t verb, uint32_t *found)
{
    uint32_t head = document->tokens[verb].head;
    *found = RO_NONE;
    if (head == verb)
        return RO_NONE;
    if (ro_tree_has_deprel(document, verb, "acl|relcl")) {
        if (ro_clause_is_infinitive(document, verb))
            *found = owner_of(document, head);
        else if (has_tag(document, verb, "VBG"))
            *found = head;
        return RO_NONE;
    }
    if (ro_tree_has_deprel(document, verb, "pcomp")) {
        if (!ro_tree_has_deprel(document, head, "prep"))
            return RO_NONE;
        head = document->tokens[head].head;
        if (!ro_tree_is_verb(document, head)) {
            *found = owner_of(document, head);
            return RO_NONE;
        }
        uint32_t object = ro_tree_child(document, head, "dobj"); /* "accused them of lying" */
        if (object != RO_NONE && ro_tree_has_lemma(document, head, "accuse|suspect|stop|prevent")) {
            *found = object;
            return RO_NONE;
        }
        return head;
    }
    if (ro_tree_has_deprel(document, verb, "xcomp|ccomp")) {
        uint32_t object = ro_tree_child(document, head, "dobj");
        if (object != RO_NONE && ro_clause_is_infinitive(document, verb) &&
            ro_tree_has_lemma(document, head, OBJECT_CONTROL)) {
            *found = object;
            return RO_NONE;
        }
        return head;
    }
    return ro_tree_has_deprel(document, verb, "conj|advcl|acomp|dep") ? head : RO_NONE;
}

uint32_t ro_clause_subject(const ro_document *document, uint32_t verb)
{
    bool shared = false; /* with a verb that governs this one */
    for (int step = 0; step < CLIMB_LIMIT; step++) {
        if (!ro_tree_is_verb(document, verb) && !ro_tree_has_deprel(document, verb, "acomp"))
            return RO_NONE;
        uint32_t subject = ro_tree_child(document, verb, "nsubj|csubj");
        if (subject != RO_NONE)
            return has_tag(document, subject, "EX") ? RO_NONE : subject;
        if (ro_clause_is_passive(document, verb))
            return shared ? ro_tree_child(document, verb, "nsubjpass")
                          : ro_clause_prepositional(document, verb, "by");
        uint32_t found, next = governor_of(document, verb, &found);
        if (next == RO_NONE)
            return found;
        shared = !ro_tree_has_deprel(document, verb, "conj");
        verb = next;
    }
    return RO_NONE;
}

/* The name that stands where a predicate would, without anything that it could be said of. */
static uint32_t lone_name(const ro_document *document, uint32_t verb)
{
    uint32_t name = ro_tree_child(document, verb, "oprd");
    return name != RO_NONE && document->tokens[name].upos == RO_UPOS_PROPN &&
                   ro_tree_child(document, verb, "dobj|nsubjpass|ccomp") == RO_NONE &&
                   !ro_tree_has_deprel(document, verb, "relcl|acl")
               ? name
               : RO_NONE;
}

uint32_t ro_clause_predicate(const ro_document *document, uint32_t verb)
{
    uint32_t predicate = ro_tree_child(document, verb, "oprd");
    return predicate == lone_name(document, verb) ? RO_NONE : predicate;
}

uint32_t ro_clause_object(const ro_document *document, uint32_t verb)
{
    if (!ro_clause_is_passive(document, verb)) {
        uint32_t object = ro_tree_child(document, verb, "dobj");
        if (object == RO_NONE)
            object = lone_name(document, verb);
        if (object == RO_NONE && ro_tree_has_deprel(document, verb, "relcl") &&
            ro_tree_child(document, verb, "nsubj") != RO_NONE &&
            strcmp(document->tokens[ro_tree_child(document, verb, "nsubj")].tag, "WP") != 0 &&
            strcmp(document->tokens[ro_tree_child(document, verb, "nsubj")].tag, "WDT") != 0)
            object = document->tokens[verb].head; /* "the ship Iran seized" */
        if (object == RO_NONE) { /* "found him guilty", "ordered them to leave" */
            uint32_t clause = ro_tree_child(document, verb, "ccomp");
            if (clause != RO_NONE && clause > verb &&
                (!ro_tree_is_verb(document, clause) || ro_clause_is_infinitive(document, clause)))
                object = ro_tree_child(document, clause, "nsubj");
        }
        return object;
    }
    for (int step = 0; step < CLIMB_LIMIT; step++) {
        uint32_t object = ro_tree_child(document, verb, "nsubjpass");
        if (object != RO_NONE)
            return object;
        uint32_t head = document->tokens[verb].head;
        if (ro_tree_has_deprel(document, verb, "acl"))
            return head;
        if (!ro_tree_has_deprel(document, verb, "conj|xcomp|advcl") || head == verb)
            return RO_NONE;
        if (!ro_clause_is_passive(document, head))
            return ro_tree_child(document, head, "nsubj");
        verb = head;
    }
    return RO_NONE;
}

uint32_t ro_clause_antecedent(const ro_document *document, uint32_t token)
{
    if (!has_tag(document, token, "WP") && !has_tag(document, token, "WDT"))
        return token;
    uint32_t verb = document->tokens[token].head;
    for (int step = 0; step < CLIMB_LIMIT; step++) {
        if (ro_tree_has_deprel(document, verb, "relcl"))
            return document->tokens[verb].head;
        if (document->tokens[verb].head == verb)
            break;
        verb = document->tokens[verb].head;
    }
    return token;
}
