/* hand_parsed.h - documents from a parse that is written out by hand, one token a word:
 * "form/lemma/TAG/UPOS/head/deprel", heads counted from 0 in the whole document; a word "|" starts
 * a new sentence, "^" a new paragraph. Two words are parted by one space, but for a closing mark or
 * comma, which follows without, and an opening mark, which none follows. */
#ifndef RO_TEST_HAND_PARSED_H
#define RO_TEST_HAND_PARSED_H
#include "unit.h"

#include "base/text.h"
#include "doc/document.h"
#include "doc/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HAND_TOKENS = 96, HAND_TEXT = 1024 };

typedef struct hand_word {
    char form[32], lemma[32], tag[8], upos[8], deprel[16];
    uint32_t head;
    bool starts, paragraph; /* behind a "|", a "^" */
} hand_word;

static inline bool hand_is_one_of(const char *form, const char *const *forms)
{
    for (; *forms != NULL; forms++)
        if (strcmp(form, *forms) == 0)
            return true;
    return false;
}

static inline char *hand_copy(ro_document *document, const char *text)
{
    char *copy = ro_arena_copy(document->arena, text, strlen(text));
    assert_non_null(copy);
    return copy;
}

static inline uint32_t hand_read(const char *parse, hand_word *words)
{
    uint32_t count = 0;
    bool starts = true, paragraph = false;
    while (*parse != '\0') {
        size_t length = strcspn(parse, " ");
        char piece[128];
        assert_true(length < sizeof piece && count < HAND_TOKENS);
        memcpy(piece, parse, length);
        piece[length] = '\0';
        parse += length + strspn(parse + length, " ");
        if (strcmp(piece, "|") == 0 || strcmp(piece, "^") == 0) {
            starts = true;
            paragraph = piece[0] == '^';
            continue;
        }
        hand_word *word = &words[count++];
        int read = sscanf(piece, "%31[^/]/%31[^/]/%7[^/]/%7[^/]/%u/%15s", word->form, word->lemma,
                          word->tag, word->upos, &word->head, word->deprel);
        assert_int_equal(read, 6);
        word->starts = starts;
        word->paragraph = paragraph;
        starts = paragraph = false;
    }
    return count;
}

static inline ro_document *hand_parsed(const char *parse)
{
    static const char *const closing[] = {",", ".", ":", "?", "!", "\u201D", "\u2019s", NULL};
    hand_word *words = calloc(HAND_TOKENS, sizeof *words);
    assert_non_null(words);
    uint32_t count = hand_read(parse, words), sentences = 0, at = 0;
    uint32_t starts[HAND_TOKENS];
    char text[HAND_TEXT] = "";
    for (uint32_t i = 0; i < count; i++) {
        bool glued = i == 0 || hand_is_one_of(words[i].form, closing) ||
                     strcmp(words[i - 1].form, "\u201C") == 0;
        if (words[i].paragraph)
            at += (uint32_t)snprintf(text + at, sizeof text - at, "\n\n");
        else if (!glued)
            at += (uint32_t)snprintf(text + at, sizeof text - at, " ");
        starts[i] = at;
        at += (uint32_t)snprintf(text + at, sizeof text - at, "%s", words[i].form);
        assert_true(at < sizeof text);
        sentences += words[i].starts;
    }
    ro_document *document;
    assert_int_equal(ro_document_new(RO_TEXT("x"), (ro_text){text, at}, (ro_date){0}, NULL,
                                     &document, NULL),
                     RO_STATUS_OK);
    document->tokens = ro_arena_alloc(document->arena, count, sizeof(ro_token));
    document->sentences = ro_arena_alloc(document->arena, sentences, sizeof(ro_sentence));
    document->token_count = count;
    for (uint32_t i = 0; i < count; i++) {
        ro_upos upos;
        assert_true(ro_upos_parse(ro_text_of(words[i].upos), &upos));
        assert_true(words[i].head < count);
        if (words[i].starts)
            document->sentences[document->sentence_count++].first = i;
        document->sentences[document->sentence_count - 1].end = i + 1;
        char lower[128];
        lower[ro_text_lower(ro_text_of(words[i].form), lower)] = '\0';
        uint32_t end = starts[i] + (uint32_t)strlen(words[i].form);
        document->tokens[i] = (ro_token){.start = starts[i],
                                         .end = end,
                                         .head = words[i].head,
                                         .left = i,
                                         .right = i,
                                         .sentence = document->sentence_count - 1,
                                         .name = RO_NONE,
                                         .tag = hand_copy(document, words[i].tag),
                                         .morph = "",
                                         .deprel = hand_copy(document, words[i].deprel),
                                         .lemma = hand_copy(document, words[i].lemma),
                                         .lower = hand_copy(document, lower),
                                         .upos = (uint8_t)upos,
                                         .space_after = text[end] == ' ',
                                         .is_space = upos == RO_UPOS_SPACE,
                                         .sentence_start = words[i].starts};
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t up = i, next = words[i].head; next != up; up = next, next = words[up].head) {
            ro_token *token = &document->tokens[next];
            token->left = token->left < i ? token->left : i;
            token->right = token->right > i ? token->right : i;
        }
    ro_tree_link(document->tokens, count);
    free(words);
    return document;
}

/* Adds an entity with one mention, tokens [first, end) with this head. */
static inline uint32_t hand_entity(ro_document *document, const char *name, ro_entity_kind kind,
                                   const char *code, uint32_t first, uint32_t end, uint32_t head)
{
    ro_entity *entity = RO_LIST_ADD(document->arena, &document->entities);
    ro_mention *mention = RO_LIST_ADD(document->arena, &document->mentions);
    assert_non_null(entity);
    assert_non_null(mention);
    *entity = (ro_entity){.name = name, .kind = kind, .actor = {code, "", "", ""}, .fact = "",
                             .acts_for = RO_NONE};
    uint32_t index = document->entities.count - 1;
    *mention = (ro_mention){index, first, end, head, RO_MENTION_TYPE_NAME, "name"};
    assert_true(ro_tree_link_mentions(document));
    return index;
}

/* The text of the spans of a list, joined by " + "; good until the next call. */
static inline const char *hand_spans(const ro_document *document, const ro_span_list *list)
{
    static char text[HAND_TEXT];
    size_t at = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < list->count; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%.*s", i > 0 ? " + " : "",
                               (int)(list->items[i].end - list->items[i].start),
                               document->text + list->items[i].start);
    return text;
}
#endif
