/* test_words.c - words.c: our own words, and faults of their file; how such files are read is
 * test_wordlist.c's. */
#include "english_words.h"

#include "data_folder.h"
#include "hand_parsed.h"

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

static void faults_name_their_line(void **state)
{
    (void)state;
    data_folder folder;
    ro_words *opened = NULL;
    ro_error error = {0};
    data_folder_make(&folder);
    data_folder_add_folder(&folder, "who");
    data_folder_write(&folder, "who/words.tsv", "# words\nhe\the\nhee\the\n");
    assert_int_equal(ro_words_open(folder.path, NULL, &opened, &error), RO_STATUS_BAD_FORMAT);
    assert_int_equal(error.line, 3);
    assert_non_null(strstr(error.path, "/who/words.tsv"));
    data_folder_write(&folder, "who/words.tsv", "he\the\n");
    assert_int_equal(ro_words_open(folder.path, NULL, &opened, &error), RO_STATUS_BAD_FORMAT);
    assert_non_null(strstr(error.message, "she"));
    assert_null(opened);
    data_folder_remove(&folder);
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
