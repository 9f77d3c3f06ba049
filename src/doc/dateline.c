/* dateline.c - finds a dateline and takes it apart from the sentence that follows, with which the
 * parser reads it: in "TUNIS (Reuters) - Rebels fled" TUNIS is no subject.
 *
 * A dateline is a row of names, numbers and marks up to a dash between spaces, with no small letter
 * behind it, that begins with a word in capitals or holds a number, a comma or an agency in
 * brackets. Which place it names is where/siting.c's.
 */
#include "doc/dateline.h"

#include "base/text.h"
#include "doc/tree.h"

/* How far into a text a dateline may stand, behind titles; how many tokens it and a sentence that
 * it opens have at most. */
#define OPENINGS 4
#define DATELINE 16
#define SENTENCE 512

static bool is_dash(const char *word)
{
    return strcmp(word, "-") == 0 || strcmp(word, "--") == 0 || strcmp(word, "_") == 0 ||
           strcmp(word, "\xE2\x80\x93") == 0 || strcmp(word, "\xE2\x80\x94") == 0;
}

/* Whether a word is written in capitals: more than one letter, none of them small. */
static bool is_all_capital(ro_text text)
{
    size_t letters = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t letter = ro_text_decode(text, &at);
        if (ro_text_is_alpha(letter) && !ro_text_is_upper(letter))
            return false;
        letters += ro_text_is_alpha(letter);
    }
    return letters > 1;
}

static bool is_small(const ro_document *document, uint32_t token)
{
    size_t at = 0;
    uint32_t letter = ro_text_decode(ro_document_token_text(document, token), &at);
    return ro_text_is_alpha(letter) && !ro_text_is_upper(letter);
}

/* The token behind the dash of a dateline that begins at first; first if there is none. */
static uint32_t find_end(const ro_document *document, uint32_t first, uint32_t limit)
{
    bool is_marked = is_all_capital(ro_document_token_text(document, first));
    if (strcmp(document->tokens[first].tag, "NNP") != 0 && !is_marked)
        return first;
    limit = limit - first > DATELINE ? first + DATELINE : limit;
    for (uint32_t i = first; i < limit; i++) {
        const ro_token *token = &document->tokens[i];
        bool is_open = i + 1 < document->token_count && !is_small(document, i + 1);
        if (is_dash(token->lower) && i > first && document->tokens[i - 1].space_after)
            return is_marked && is_open && token->space_after ? i + 1 : first;
        if (is_small(document, i))
            return first;
        is_marked = is_marked || strcmp(token->tag, "CD") == 0 || strcmp(token->lower, "(") == 0 ||
                    strcmp(token->lower, ",") == 0;
    }
    return first;
}

/* Hangs the tokens of [first, end) that hang on none of them on one root: the one that was, else
 * the first verb, else the first. */
static void hang(ro_document *document, uint32_t first, uint32_t end)
{
    ro_token *tokens = document->tokens;
    uint32_t root = RO_NONE;
    bool is_whole = false;
    for (uint32_t i = first; i < end; i++) {
        bool is_top = tokens[i].head < first || tokens[i].head >= end || tokens[i].head == i;
        bool is_better =
            root == RO_NONE || (!is_whole && tokens[i].head == i) ||
            (!is_whole && !ro_tree_is_verb(document, root) && ro_tree_is_verb(document, i));
        if (is_top && is_better) {
            root = i;
            is_whole = tokens[i].head == i;
        }
    }
    for (uint32_t i = first; i < end; i++) {
        if (tokens[i].head >= first && tokens[i].head < end && tokens[i].head != i)
            continue;
        bool is_root = i == root;
        tokens[i].deprel = is_root ? "ROOT" : tokens[i].head == i ? "dep" : tokens[i].deprel;
        tokens[i].head = root;
    }
}

/* The extents of the subtrees of a sentence, anew. */
static void measure(ro_token *tokens, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        tokens[i].left = tokens[i].right = i;
    for (uint32_t i = first; i < end; i++)
        for (uint32_t at = i; tokens[at].head != at; at = tokens[at].head) {
            ro_token *head = &tokens[tokens[at].head];
            head->left = head->left < i ? head->left : i;
            head->right = head->right > i ? head->right : i;
        }
}

/* Cuts a sentence in two before a token. */
static bool cut(ro_document *document, uint32_t sentence, uint32_t end)
{
    uint32_t count = document->sentence_count;
    ro_sentence *made = ro_arena_alloc(document->arena, count + 1, sizeof *made);
    if (made == NULL)
        return false;
    memcpy(made, document->sentences, (sentence + 1) * sizeof *made);
    memcpy(made + sentence + 1, document->sentences + sentence, (count - sentence) * sizeof *made);
    made[sentence].end = made[sentence + 1].first = end;
    for (uint32_t i = end; i < document->token_count; i++)
        document->tokens[i].sentence++;
    document->sentences = made;
    document->sentence_count = count + 1;
    for (uint32_t i = sentence; i < sentence + 2; i++) {
        hang(document, made[i].first, made[i].end);
        measure(document->tokens, made[i].first, made[i].end);
    }
    ro_tree_link(document->tokens, document->token_count);
    return true;
}

bool ro_dateline_split(ro_document *document)
{
    document->dateline = RO_NONE;
    for (uint32_t i = 0; i < document->sentence_count && i < OPENINGS; i++) {
        const ro_sentence *sentence = &document->sentences[i];
        uint32_t first = sentence->first;
        while (first + 1 < sentence->end &&
               (document->tokens[first].is_space || document->tokens[first].upos == RO_UPOS_PUNCT))
            first++;
        uint32_t end = find_end(document, first, sentence->end);
        if (end == first || sentence->end - sentence->first > SENTENCE)
            continue;
        document->dateline = i;
        return end == sentence->end || cut(document, i, end);
    }
    return true;
}
