/* source.c - who is behind a cue: subjects of verbs, owners of nouns; and whom it was said to. The
 * search through the clause is doc/clause.c's.
 */
#include "says/source.h"

#include "doc/clause.h"
#include "doc/tree.h"

uint32_t ro_source_of_verb(const ro_document *document, uint32_t verb)
{
    return ro_clause_subject(document, verb);
}

uint32_t ro_source_of_noun(const ro_document *document, uint32_t noun)
{
    uint32_t found = ro_tree_child(document, noun, "poss");
    if (found == RO_NONE)
        found = ro_clause_prepositional(document, noun, "by|from");
    if (found != RO_NONE)
        return found;
    /* "made the claim that", "expressed hope that": the verb's subject */
    if (ro_tree_has_deprel(document, noun, "dobj"))
        return ro_clause_subject(document, document->tokens[noun].head);
    return ro_clause_prepositional(document, noun, "of");
}

uint32_t ro_source_addressee(const ro_document *document, uint32_t verb)
{
    uint32_t found = ro_tree_child(document, verb, "dative");
    if (found != RO_NONE && ro_tree_child(document, found, "pobj") != RO_NONE)
        found = ro_tree_child(document, found, "pobj");
    if (found == RO_NONE)
        found = ro_clause_object(document, verb);
    if (found == RO_NONE)
        found = ro_clause_prepositional(document, verb, "to");
    return found;
}
