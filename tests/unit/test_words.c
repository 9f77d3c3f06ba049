/* test_words.c - words.c: our own words, and every fault of the file. */
#include "english_words.h"

#include "data_folder.h"
#include "hand_parsed.h"

#include <stdio.h>

static const char *const classes[] = {
#define RO_WORD(member, name) name,
#include "who/words.def"
#undef RO_WORD
};

static void words_are_in_their_classes(void **state)
{
    (void)state;
    assert_true(ro_words_has(english, "him", RO_WORD_HE));
    assert_false(ro_words_has(english, "him", RO_WORD_SHE));
    assert_true(ro_words_has(english, "himself", RO_WORD_HE));
    assert_true(ro_words_has(english, "himself", RO_WORD_REFLEXIVE));
    assert_true(ro_words_has(english, "prime minister", RO_WORD_HEAD_OF_STATE));
    assert_false(ro_words_has(english, "prime", RO_WORD_HEAD_OF_STATE));
    assert_false(ro_words_has(english, "", RO_WORD_HE));
}

static void a_token_counts_by_its_form_or_its_lemma(void **state)
{
    (void)state;
    ro_document *document = hand_parsed("She/she/PRP/PRON/1/nsubj was/be/VBD/AUX/1/ROOT");
    assert_true(ro_words_is(english, document, 0, RO_WORD_SHE));
    assert_false(ro_words_is(english, document, 1, RO_WORD_COPULA));
    assert_true(ro_words_is_lemma(english, document, 1, RO_WORD_COPULA));
    assert_false(ro_words_is(english, document, RO_NONE, RO_WORD_SHE));
    assert_false(ro_words_is_lemma(english, document, RO_NONE, RO_WORD_COPULA));
    ro_document_free(document);
}

/* Every class with one word, without one class, behind a line. */
static ro_status open_with(const char *line, size_t without, ro_error *error)
{
    data_folder folder;
    char text[2048];
    ro_words *opened = NULL;
    size_t at = (size_t)snprintf(text, sizeof text, "%s", line);
    for (size_t i = 0; i < RO_WORD_COUNT; i++)
        if (i != without)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s\tx\n", classes[i]);
    assert_true(at < sizeof text);
    data_folder_make(&folder);
    data_folder_add_folder(&folder, "who");
    data_folder_write(&folder, "who/words.tsv", text);
    *error = (ro_error){0};
    ro_status status = ro_words_open(folder.path, NULL, &opened, error);
    ro_words_close(opened);
    data_folder_remove(&folder);
    return status;
}

static void faults_name_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        size_t without;
        uint64_t at;
        const char *expected;
    } cases[] = {
        {"hee\the\n", RO_WORD_COUNT, 1, "a class of words.def"},
        {"# words\nhe\the\nhe\this\n", RO_WORD_HE, 3, "a class of words.def, once"},
        {"he\n", RO_WORD_HE, 1, "words between '|'"},
        {"he\the\thim\n", RO_WORD_HE, 1, "words between '|'"},
        {"", RO_WORD_IT, RO_WORD_COUNT - 1, "it"},
    };
    ro_error error;
    assert_int_equal(open_with("", RO_WORD_COUNT, &error), RO_STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(open_with(cases[i].line, cases[i].without, &error),
                         RO_STATUS_BAD_FORMAT);
        assert_int_equal(error.line, cases[i].at);
        assert_non_null(strstr(error.message, cases[i].expected));
    }
    ro_words *opened = NULL;
    assert_int_equal(ro_words_open("/no/such/folder", NULL, &opened, &error),
                     RO_STATUS_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_in_their_classes),
        cmocka_unit_test(a_token_counts_by_its_form_or_its_lemma),
        cmocka_unit_test(faults_name_their_line),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
