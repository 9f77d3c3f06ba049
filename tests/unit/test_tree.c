/* test_tree.c - tree.c over sentences whose trees are written out by hand. */
#include "unit.h"

#include "base/text.h"
#include "doc/tree.h"

#include <stdlib.h>

enum { MOST = 24 };

/* A word of a test sentence: its form, the word its head is (the same word for a root), its label;
 * punctuation marks are those whose label is punct. */
typedef struct word {
    const char *form;
    uint32_t head;
    const char *deprel;
} word;

typedef struct parsed {
    ro_document *document;
    ro_token tokens[MOST];
    ro_sentence all;
} parsed;

static void build(parsed *sentence, const word *words, uint32_t count)
{
    char text[512] = "";
    ro_token *tokens = sentence->tokens;
    memset(tokens, 0, sizeof sentence->tokens);
    uint32_t end = 0;
    for (uint32_t i = 0; i < count; ++i) {
        const uint32_t length = (uint32_t)strlen(words[i].form);
        memcpy(text + end, words[i].form, length);
        text[end + length] = ' ';
        tokens[i] = (ro_token){.start = end,
                               .end = end + length,
                               .head = words[i].head,
                               .left = i,
                               .right = i,
                               .lemma = words[i].form,
                               .deprel = words[i].deprel,
                               .name = RO_NONE,
                               .upos = strcmp(words[i].deprel, "punct") == 0 ? RO_UPOS_PUNCT
                                                                             : RO_UPOS_NOUN};
        end += length + 1;
    }
    for (uint32_t i = 0; i < count; ++i) /* each token widens all that it stands under */
        for (uint32_t up = i, next = tokens[i].head; next != up;
             up = next, next = tokens[up].head) {
            tokens[next].left = tokens[next].left < i ? tokens[next].left : i;
            tokens[next].right = tokens[next].right > i ? tokens[next].right : i;
        }
    assert_int_equal(ro_document_new(RO_TEXT("x"), (ro_text){text, end}, (ro_date){0}, NULL,
                                     &sentence->document, NULL),
                     RO_STATUS_OK);
    ro_tree_link(tokens, count);
    sentence->document->tokens = tokens;
    sentence->document->token_count = count;
    sentence->all = (ro_sentence){0, count};
    sentence->document->sentences = &sentence->all;
    sentence->document->sentence_count = 1;
}

#define BUILD(sentence, words) build(sentence, words, sizeof(words) / sizeof *(words))

static void assert_phrase(const parsed *sentence, uint32_t head, const char *expected)
{
    uint32_t first, end;
    ro_tree_noun_phrase(sentence->document, head, &first, &end);
    const ro_text phrase = ro_document_span_text(sentence->document, first, end);
    char text[256];
    memcpy(text, phrase.data, phrase.length);
    text[phrase.length] = '\0';
    assert_string_equal(text, expected);
}

static const word ministers[] = {
    {"The", 2, "det"},     {"two", 2, "nummod"},  {"ministers", 9, "nsubj"}, {"of", 2, "prep"},
    {"Norway", 3, "pobj"}, {",", 2, "punct"},     {"who", 7, "nsubj"},       {"met", 2, "relcl"},
    {",", 2, "punct"},     {"signed", 9, "ROOT"}, {"a", 11, "det"},          {"treaty", 9, "dobj"},
    {"and", 11, "cc"},     {"a", 14, "det"},      {"note", 11, "conj"},      {".", 9, "punct"},
};

static void children_come_in_text_order(void **state)
{
    (void)state;
    parsed sentence;
    BUILD(&sentence, ministers);
    const ro_document *document = sentence.document;
    static const uint32_t expected[] = {2, 11, 15};
    uint32_t child = ro_tree_next_child(document, 9, document->tokens[9].left);
    for (size_t i = 0; i < 3; ++i) {
        assert_int_equal(child, expected[i]);
        child = ro_tree_next_child(document, 9, child + 1);
    }
    assert_int_equal(child, RO_NONE);
    assert_int_equal(ro_tree_next_child(document, 0, 0), RO_NONE);
    assert_int_equal(ro_tree_next_child(document, 99, 0), RO_NONE);
    assert_int_equal(ro_tree_child(document, 9, "dobj"), 11);
    assert_int_equal(ro_tree_child(document, 9, "iobj|obj|dobj"), 11);
    assert_int_equal(ro_tree_child(document, 9, "obj|punct|dobj"), 11);
    assert_int_equal(ro_tree_child(document, 9, "obj|iobj"), RO_NONE);
    assert_int_equal(ro_tree_child(document, 9, "dob"), RO_NONE);
    assert_int_equal(ro_tree_child(document, RO_NONE, "dobj"), RO_NONE);
    ro_document_free(sentence.document);
}

static void tokens_stand_under_their_heads(void **state)
{
    (void)state;
    parsed sentence;
    BUILD(&sentence, ministers);
    const ro_document *document = sentence.document;
    assert_true(ro_tree_is_under(document, 4, 9));
    assert_true(ro_tree_is_under(document, 4, 2));
    assert_true(ro_tree_is_under(document, 9, 9));
    assert_false(ro_tree_is_under(document, 9, 2));
    assert_false(ro_tree_is_under(document, 14, 2));
    assert_false(ro_tree_is_under(document, RO_NONE, 2));
    assert_false(ro_tree_is_under(document, 2, RO_NONE));
    assert_true(ro_tree_has_deprel(document, 11, "obj|dobj"));
    assert_false(ro_tree_has_deprel(document, 11, "obj"));
    assert_false(ro_tree_has_deprel(document, RO_NONE, "obj"));
    assert_true(ro_tree_has_lemma(document, 9, "agree|signed"));
    assert_false(ro_tree_has_lemma(document, 9, "sign|agree|signed-off"));
    assert_false(ro_tree_has_lemma(document, RO_NONE, "signed"));
    ro_document_free(sentence.document);
}

static void a_span_has_the_head_that_depends_on_nothing_in_it(void **state)
{
    (void)state;
    parsed sentence;
    BUILD(&sentence, ministers);
    ro_token *tokens = sentence.document->tokens;
    tokens[10].upos = RO_UPOS_DET;
    tokens[9].upos = RO_UPOS_VERB;
    tokens[11].upos = RO_UPOS_NOUN;
    assert_int_equal(ro_tree_span_head(sentence.document, 0, 5), 2);
    assert_int_equal(ro_tree_span_head(sentence.document, 3, 5), 3);
    assert_int_equal(ro_tree_span_head(sentence.document, 5, 8), 7);    /* no mark */
    assert_int_equal(ro_tree_span_head(sentence.document, 9, 12), 9);   /* a root */
    assert_int_equal(ro_tree_span_head(sentence.document, 10, 11), 10); /* nothing else there */
    assert_true(ro_tree_is_verb(sentence.document, 9));
    assert_false(ro_tree_is_verb(sentence.document, 11));
    ro_document_free(sentence.document);
}

static void phrases_end_before_clauses_and_conjuncts(void **state)
{
    (void)state;
    parsed sentence;
    BUILD(&sentence, ministers);
    assert_phrase(&sentence, 2, "The two ministers of Norway");
    assert_phrase(&sentence, 11, "a treaty");
    assert_phrase(&sentence, 14, "a note");
    assert_phrase(&sentence, 4, "Norway");
    assert_phrase(&sentence, 6, "who");
    ro_document_free(sentence.document);
}

static void marks_at_the_edge_stay_in_pairs_only(void **state)
{
    (void)state;
    static const word words[] = {
        {"\"", 3, "punct"},        {"the", 3, "det"},      {"(", 3, "punct"},
        {"operation", 8, "nsubj"}, {"of", 3, "prep"},      {"May", 4, "pobj"},
        {")", 3, "punct"},         {",", 3, "punct"},      {"ended", 8, "ROOT"},
        {"\"", 10, "punct"},       {"quietly", 8, "dobj"}, {"\"", 10, "punct"},
    };
    parsed sentence;
    BUILD(&sentence, words);
    assert_phrase(&sentence, 3, "the ( operation of May )");
    assert_phrase(&sentence, 10, "\" quietly \"");
    ro_document_free(sentence.document);
}

static void phrases_in_universal_dependencies(void **state)
{
    (void)state;
    /* "Le maire et la ministre de France, sont les invités": a predicate noun heads the clause */
    static const word words[] = {
        {"Le", 1, "det"},        {"maire", 9, "nsubj"}, {"et", 4, "cc"},       {"la", 4, "det"},
        {"ministre", 1, "conj"}, {"de", 6, "case"},     {"France", 4, "nmod"}, {"sont", 9, "cop"},
        {"les", 9, "det"},       {"hôtes", 9, "ROOT"},  {".", 9, "punct"},
    };
    parsed sentence;
    BUILD(&sentence, words);
    assert_phrase(&sentence, 1, "Le maire");
    assert_phrase(&sentence, 4, "la ministre de France");
    assert_phrase(&sentence, 6, "France");
    assert_phrase(&sentence, 9, "les hôtes");
    ro_document_free(sentence.document);
}

static void mentions_are_found_by_their_heads(void **state)
{
    (void)state;
    parsed sentence;
    BUILD(&sentence, ministers);
    ro_document *document = sentence.document;
    /* "The two ministers of Norway" 0..5 head 2, "Norway" 4..5, "a treaty" 10..12 */
    ro_mention mentions[] = {{.first = 0, .end = 5, .head = 2},
                             {.first = 4, .end = 5, .head = 4},
                             {.first = 10, .end = 12, .head = 11}};
    assert_int_equal(ro_tree_mention_at(document, 2), RO_NONE);
    document->mentions.items = mentions;
    document->mentions.count = 3;
    assert_true(ro_tree_link_mentions(document));
    assert_int_equal(ro_tree_mention_at(document, 2), 0);
    assert_int_equal(ro_tree_mention_at(document, 4), 1);
    assert_int_equal(ro_tree_mention_at(document, 11), 2);
    assert_int_equal(ro_tree_mention_at(document, 0), RO_NONE);
    assert_int_equal(ro_tree_mention_at(document, 15), RO_NONE);
    assert_int_equal(ro_tree_mention_at(document, RO_NONE), RO_NONE);
    mentions[1].head = 2; /* "Norwegian and Swedish ministers" are two */
    assert_true(ro_tree_link_mentions(document));
    assert_int_equal(ro_tree_mention_at(document, 2), 0);
    assert_int_equal(ro_tree_mention_at(document, 4), RO_NONE);
    ro_document_free(document);
}

/* Text that is no sentence: children and phrases end where no sentence ever does. */
static void odd_trees_are_cut_off(void **state)
{
    (void)state;
    enum { COUNT = 1000, HEAD = 500 };
    char text[2 * COUNT];
    ro_token *tokens = calloc(COUNT, sizeof *tokens);
    assert_non_null(tokens);
    for (uint32_t i = 0; i < COUNT; ++i) {
        text[2 * i] = 'a';
        text[2 * i + 1] = ' ';
        tokens[i] = (ro_token){.start = 2 * i,
                               .end = 2 * i + 1,
                               .head = HEAD,
                               .left = i == HEAD ? 0 : i,
                               .right = i == HEAD ? COUNT - 1 : i,
                               .deprel = i == HEAD ? "ROOT" : "compound",
                               .upos = RO_UPOS_NOUN};
    }
    ro_document *document;
    assert_int_equal(ro_document_new(RO_TEXT("x"), (ro_text){text, sizeof text}, (ro_date){0}, NULL,
                                     &document, NULL),
                     RO_STATUS_OK);
    ro_tree_link(tokens, COUNT);
    document->tokens = tokens;
    document->token_count = COUNT;
    uint32_t child = ro_tree_next_child(document, HEAD, 0), count = 0, first, end;
    for (; child != RO_NONE; child = ro_tree_next_child(document, HEAD, child + 1))
        assert_int_equal(child, count++);
    assert_int_equal(count, 256);
    ro_tree_noun_phrase(document, HEAD, &first, &end);
    assert_int_equal(first, HEAD - 256);
    assert_int_equal(end, HEAD + 256);
    ro_document_free(document);
    free(tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_come_in_text_order),
        cmocka_unit_test(tokens_stand_under_their_heads),
        cmocka_unit_test(a_span_has_the_head_that_depends_on_nothing_in_it),
        cmocka_unit_test(phrases_end_before_clauses_and_conjuncts),
        cmocka_unit_test(marks_at_the_edge_stay_in_pairs_only),
        cmocka_unit_test(phrases_in_universal_dependencies),
        cmocka_unit_test(mentions_are_found_by_their_heads),
        cmocka_unit_test(odd_trees_are_cut_off),
    };
    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
