/* author.c - whose words a whole text is: remarks, a speech, an interview that its opening names.
 *
 * "Remarks by Ana Ruiz", "Ana Ruiz's address", "an interview with Ana Ruiz": the person must belong
 * to the noun that says what kind of text follows, so "Ruiz gave a speech" makes nobody the author.
 */
#include "doc/clause.h"
#include "doc/tree.h"
#include "who/nominal.h"

enum { OPENING = 100 }; /* tokens in which a text says what it is */

/* The named person whom a token mentions, or who is joined to it, RO_NONE. */
static uint32_t person_at(const ro_document *document, uint32_t token)
{
    for (int i = 0; i < 2 && token != RO_NONE; i++) { /* itself and its apposition */
        uint32_t index = ro_tree_mention_at(document, token);
        uint32_t entity = index != RO_NONE ? document->mentions.items[index].entity : RO_NONE;
        if (entity != RO_NONE && !document->entities.items[entity].anonymous &&
            document->entities.items[entity].kind == RO_ENTITY_KIND_PERSON)
            return entity;
        token = ro_tree_child(document, token, "appos");
    }
    return RO_NONE;
}

/* Whose speech a noun says it is. */
static uint32_t person_of_noun(const ro_document *document, uint32_t noun)
{
    uint32_t from = document->tokens[noun].left, found = RO_NONE;
    for (uint32_t child;
         found == RO_NONE && (child = ro_tree_next_child(document, noun, from)) != RO_NONE;
         from = child + 1)
        if (ro_tree_has_deprel(document, child, "poss|compound|nmod"))
            found = person_at(document, child);
    uint32_t object = ro_clause_prepositional(document, noun, "by|with|of|from");
    return found == RO_NONE ? person_at(document, object) : found;
}

/* Who is interviewed. */
static uint32_t person_of_verb(const ro_document *document, uint32_t verb)
{
    uint32_t found = person_at(document, ro_clause_object(document, verb));
    if (found == RO_NONE && ro_tree_has_deprel(document, verb, "acl")) {
        uint32_t noun = document->tokens[verb].head;
        found = person_at(document, noun);
        if (found == RO_NONE && ro_tree_has_deprel(document, noun, "appos"))
            found = person_at(document, document->tokens[noun].head);
    }
    return found;
}

/* The first person who is named behind "interview" in its sentence: headlines are no sentences, and
 * their trees say little. */
static uint32_t person_behind(const ro_document *document, uint32_t token)
{
    uint32_t end = document->sentences[document->tokens[token].sentence].end, found = RO_NONE;
    while (++token < end && found == RO_NONE)
        found = person_at(document, token);
    return found;
}

uint32_t ro_author_find(const ro_words *words, const ro_document *document, bool *is_interview)
{
    uint32_t found = RO_NONE;
    *is_interview = false;
    for (uint32_t i = 0; i < document->token_count && i < OPENING && found == RO_NONE; i++) {
        *is_interview = ro_words_is_lemma(words, document, i, RO_WORD_INTERVIEW);
        if (*is_interview && ro_tree_is_verb(document, i))
            found = person_of_verb(document, i);
        else if (ro_words_is_lemma(words, document, i, RO_WORD_AUTHORED) &&
                 !ro_tree_is_verb(document, i))
            found = person_of_noun(document, i);
        if (*is_interview && found == RO_NONE)
            found = person_behind(document, i);
    }
    return found;
}
