/* tree.c - what several stages ask of the dependency tree: children, ancestors, noun phrases.
 *
 * Labels are those of the two schemes that spaCy's models use, ClearNLP's (English) and Universal
 * Dependencies' (most others); where they differ a list names both.
 */
#include "doc/tree.h"

#include "base/text.h"

/* Whether name is one of several, separated by '|'. */
static bool is_one_of(const char *name, const char *several)
{
    const size_t length = strlen(name);
    for (const char *each = several;; ++each) {
        const size_t part = strcspn(each, "|");
        if (part == length && memcmp(each, name, length) == 0)
            return true;
        each += part;
        if (*each == '\0')
            return false;
    }
}

/* More children than any word that somebody wrote has; see RO_TREE_REACH. */
enum { CHILDREN = 256 };

void ro_tree_link(ro_token *tokens, uint32_t count)
{
    for (uint32_t i = 0; i < count; ++i)
        tokens[i].first_child = 0; /* counts the children, for now */
    for (uint32_t i = 0; i < count; ++i)
        if (tokens[i].head != i)
            tokens[i].next_sibling = tokens[tokens[i].head].first_child++;
    for (uint32_t i = 0; i < count; ++i)
        tokens[i].first_child = RO_NONE;
    for (uint32_t i = count; i-- > 0;) {
        const uint32_t place = tokens[i].next_sibling;
        tokens[i].next_sibling = RO_NONE;
        if (tokens[i].head == i || place >= CHILDREN)
            continue;
        ro_token *head = &tokens[tokens[i].head];
        tokens[i].next_sibling = head->first_child;
        head->first_child = i;
    }
}

uint32_t ro_tree_next_child(const ro_document *document, uint32_t parent, uint32_t from)
{
    if (parent >= document->token_count)
        return RO_NONE;
    const ro_token *tokens = document->tokens;
    const bool goes_on = from > 0 && from <= document->token_count && from - 1 != parent &&
                         tokens[from - 1].head == parent;
    uint32_t child = goes_on ? tokens[from - 1].next_sibling : tokens[parent].first_child;
    while (child != RO_NONE && child < from)
        child = tokens[child].next_sibling;
    return child;
}

uint32_t ro_tree_child(const ro_document *document, uint32_t parent, const char *deprels)
{
    if (parent >= document->token_count)
        return RO_NONE;
    uint32_t child = ro_tree_next_child(document, parent, document->tokens[parent].left);
    while (child != RO_NONE && !is_one_of(document->tokens[child].deprel, deprels))
        child = ro_tree_next_child(document, parent, child + 1);
    return child;
}

uint32_t ro_tree_span_head(const ro_document *document, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; ++i) {
        const ro_token *token = &document->tokens[i];
        const bool outside = token->head == i || token->head < first || token->head >= end;
        if (outside && token->upos != RO_UPOS_PUNCT && token->upos != RO_UPOS_DET)
            return i;
    }
    return end - 1;
}

bool ro_tree_is_verb(const ro_document *document, uint32_t token)
{
    return document->tokens[token].upos == RO_UPOS_VERB ||
           document->tokens[token].upos == RO_UPOS_AUX;
}

bool ro_tree_is_under(const ro_document *document, uint32_t descendant, uint32_t token)
{
    if (descendant >= document->token_count || token >= document->token_count ||
        descendant < document->tokens[token].left || descendant > document->tokens[token].right)
        return false;
    while (descendant != token) {
        const uint32_t head = document->tokens[descendant].head;
        if (head == descendant)
            return false;
        descendant = head;
    }
    return true;
}

bool ro_tree_has_deprel(const ro_document *document, uint32_t token, const char *deprels)
{
    return token < document->token_count && is_one_of(document->tokens[token].deprel, deprels);
}

bool ro_tree_has_lemma(const ro_document *document, uint32_t token, const char *lemmas)
{
    return token < document->token_count && is_one_of(document->tokens[token].lemma, lemmas);
}

/* ---- noun phrases ---------------------------------------------------------------------------- */

/* Left of a head noun these belong to its clause or to what it depends on, not to its phrase. */
#define NOT_IN_PHRASE_LEFT                                                                         \
    "nsubj|nsubjpass|nsubj:pass|csubj|csubjpass|csubj:pass|expl|expl:subj|cop|aux|auxpass|"        \
    "aux:pass|aux:tense|advcl|mark|cc|case|obl|obl:mod|obl:arg|parataxis|dislocated|discourse|"    \
    "intj|vocative"
/* To its right the phrase ends before the first of these. */
#define NOT_IN_PHRASE_RIGHT                                                                        \
    "relcl|acl:relcl|acl|advcl|ccomp|xcomp|parataxis|conj|cc|nsubj|obl|obl:mod|obl:arg|dislocated"

/* The closing partner of an opening mark, the mark itself for straight quotes, 0 for others. */
static uint32_t partner_of(uint32_t mark)
{
    static const struct {
        uint32_t open, close;
    } pairs[] = {{'(', ')'},       {'[', ']'},   {'"', '"'},  {'\'', '\''},    {0x201C, 0x201D},
                 {0x2018, 0x2019}, {0xAB, 0xBB}, {'`', '\''}, {0x201E, 0x201C}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i)
        if (pairs[i].open == mark)
            return pairs[i].close;
    return 0;
}

static uint32_t first_code_point(const ro_document *document, uint32_t token)
{
    const ro_text text = ro_document_token_text(document, token);
    size_t offset = 0;
    return text.length > 0 ? ro_text_decode(text, &offset) : 0;
}

/* Whether the mark at the edge of tokens [first, end) has its partner inside them. */
static bool is_paired(const ro_document *document, uint32_t edge, uint32_t first, uint32_t end)
{
    const uint32_t mark = first_code_point(document, edge);
    for (uint32_t i = first; i < end; ++i) {
        const uint32_t other = i != edge ? first_code_point(document, i) : 0;
        if (other != 0 && (i > edge ? partner_of(mark) == other : partner_of(other) == mark))
            return true;
    }
    return false;
}

static bool is_loose(const ro_document *document, uint32_t edge, uint32_t first, uint32_t end)
{
    const ro_token *token = &document->tokens[edge];
    return token->is_space ||
           (token->upos == RO_UPOS_PUNCT && !is_paired(document, edge, first, end));
}

void ro_tree_noun_phrase(const ro_document *document, uint32_t head, uint32_t *first, uint32_t *end)
{
    const ro_token *tokens = document->tokens;
    uint32_t from = tokens[head].left, to = tokens[head].right + 1;
    for (uint32_t child = ro_tree_next_child(document, head, from); child != RO_NONE;
         child = ro_tree_next_child(document, head, child + 1)) {
        const ro_token *each = &tokens[child];
        if (child < head && is_one_of(each->deprel, NOT_IN_PHRASE_LEFT)) {
            from = each->right < head ? each->right + 1 : head;
        } else if (child > head && is_one_of(each->deprel, NOT_IN_PHRASE_RIGHT)) {
            to = each->left > head ? each->left : head + 1;
            break;
        }
    }
    if (head - from > RO_TREE_REACH)
        from = head - RO_TREE_REACH;
    if (to - head > RO_TREE_REACH)
        to = head + RO_TREE_REACH;
    while (from < head && is_loose(document, from, from, to))
        ++from;
    while (to > head + 1 && is_loose(document, to - 1, from, to))
        --to;
    *first = from;
    *end = to;
}

void ro_tree_around(const ro_document *document, uint32_t token, uint32_t *first, uint32_t *last)
{
    const ro_token *node = &document->tokens[token];
    *first = token - node->left > RO_TREE_REACH ? token - RO_TREE_REACH : node->left;
    *last = node->right - token > RO_TREE_REACH ? token + RO_TREE_REACH : node->right;
}

/* ---- mentions -------------------------------------------------------------------------------- */

bool ro_tree_link_mentions(ro_document *document)
{
    uint32_t *mention_of =
        ro_arena_alloc(document->arena, document->token_count, sizeof *mention_of);
    if (mention_of == NULL)
        return false;
    for (uint32_t i = 0; i < document->token_count; ++i)
        mention_of[i] = RO_NONE;
    for (uint32_t i = document->mentions.count; i-- > 0;)
        mention_of[document->mentions.items[i].head] = i;
    document->mention_of = mention_of;
    return true;
}

uint32_t ro_tree_mention_at(const ro_document *document, uint32_t token)
{
    return token < document->token_count && document->mention_of != NULL
               ? document->mention_of[token]
               : RO_NONE;
}
