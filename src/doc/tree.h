/* tree.h - what several stages ask of the dependency tree. */
#ifndef RO_DOC_TREE_H
#define RO_DOC_TREE_H
#include "doc/document.h"

/* How far from a word what belongs to it is looked for, in tokens and in steps up the tree: further
 * than in any sentence that somebody wrote. Without limits, text that is none would cost the square
 * of its length. */
enum { RO_TREE_REACH = 256, RO_TREE_CLIMB = 64 };

/* Links each token to its first child and next sibling, from the heads, 256 children at most. To be
 * called once when the heads are set; the questions about children below rest on it. */
void ro_tree_link(ro_token *tokens, uint32_t count);
/* The next child of parent at or after token from, in text order; RO_NONE if none. Start with
 * from = tokens[parent].left and go on with the result + 1. */
uint32_t ro_tree_next_child(const ro_document *document, uint32_t parent, uint32_t from);
/* The first child with this deprel (or one of several, separated by '|'); RO_NONE if none. */
uint32_t ro_tree_child(const ro_document *document, uint32_t parent, const char *deprels);
/* The head of tokens [first, end): the first that depends on none of them, marks and articles left
 * aside; the last token if there is none. */
uint32_t ro_tree_span_head(const ro_document *document, uint32_t first, uint32_t end);
/* Whether a token is a verb or an auxiliary. */
bool ro_tree_is_verb(const ro_document *document, uint32_t token);
/* Whether descendant is token or stands below it. */
bool ro_tree_is_under(const ro_document *document, uint32_t descendant, uint32_t token);
/* Whether a token's deprel is one of several, separated by '|'. */
bool ro_tree_has_deprel(const ro_document *document, uint32_t token, const char *deprels);
/* Whether a token's lemma is one of several, separated by '|'. */
bool ro_tree_has_lemma(const ro_document *document, uint32_t token, const char *lemmas);
/* The whole noun phrase of a head token, as tokens [*first, *end): its subtree without a relative
 * clause, an appended clause, a trailing punctuation mark or the conjuncts after it, and at most
 * RO_TREE_REACH tokens to either side. */
void ro_tree_noun_phrase(const ro_document *document, uint32_t head, uint32_t *first,
                         uint32_t *end);
/* The tokens under one, [*first, *last], and at most RO_TREE_REACH to either side. */
void ro_tree_around(const ro_document *document, uint32_t token, uint32_t *first, uint32_t *last);
/* Makes mentions findable by their heads; to be called when they stand in their order. False when
 * out of memory. */
bool ro_tree_link_mentions(ro_document *document);
/* The first mention whose head is this token, an index into mentions; RO_NONE if none. */
uint32_t ro_tree_mention_at(const ro_document *document, uint32_t token);
#endif
