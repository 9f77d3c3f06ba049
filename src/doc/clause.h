/* clause.h - the clause around a verb: who does it, to whom, what its prepositions hold. */
#ifndef RO_DOC_CLAUSE_H
#define RO_DOC_CLAUSE_H
#include "doc/document.h"

/* Whether a verb is passive, by itself or with the verb it is coordinated with. */
bool ro_clause_is_passive(const ro_document *document, uint32_t verb);
/* Whether a verb is an infinitive with "to". */
bool ro_clause_is_infinitive(const ro_document *document, uint32_t verb);
/* The token that does what a verb says: its subject, the agent of a passive, or what governs the
 * clause ("urged them to leave": them); RO_NONE if nobody is named. May be a relative pronoun. */
uint32_t ro_clause_subject(const ro_document *document, uint32_t verb);
/* The token to which it is done; RO_NONE if none. May be a relative pronoun. */
uint32_t ro_clause_object(const ro_document *document, uint32_t verb);
/* What a verb's object is called or made ("called it a lie": lie); RO_NONE if none. A proper name
 * without an object beside it is the object, whatever the parser says: "Mali called Chad". */
uint32_t ro_clause_predicate(const ro_document *document, uint32_t verb);
/* The object of the first preposition under parent whose lemma is one of several, separated by '|';
 * RO_NONE if none. */
uint32_t ro_clause_prepositional(const ro_document *document, uint32_t parent,
                                 const char *prepositions);
/* The noun that a relative pronoun stands for; the token itself if it is none. */
uint32_t ro_clause_antecedent(const ro_document *document, uint32_t token);
#endif
