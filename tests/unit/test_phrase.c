/* test_phrase.c - phrase.c: keys, spelling, plurals. */
#include "unit.h"

#include "base/text.h"
#include "lexicon/phrase.h"

static const char *key_of(const char *text)
{
    static char key[64];
    size_t length = ro_phrase_add(ro_text_of(text), key, 0, sizeof key - 1);
    assert_true(length < sizeof key);
    key[length] = '\0';
    return key;
}

static void case_accents_and_signs_do_not_count(void **state)
{
    (void)state;
    assert_string_equal(key_of("Côte d'Ivoire"), "cote d ivoire");
    assert_string_equal(key_of("COTE D’IVOIRE"), "cote d ivoire");
    assert_string_equal(key_of("U.S."), "us");
    assert_string_equal(key_of("Guinea-Bissau"), "guinea bissau");
    assert_string_equal(key_of("Türkiye"), "turkiye");
    assert_string_equal(key_of("Straße ﬁn"), "strasse fin");
    assert_string_equal(key_of(" - "), "");
}

static void words_are_added_with_one_space(void **state)
{
    (void)state;
    char key[32];
    size_t length = ro_phrase_add(RO_TEXT("South"), key, 0, sizeof key);
    length = ro_phrase_add(RO_TEXT("-"), key, length, sizeof key);
    assert_int_equal(length, 5);
    length = ro_phrase_add(RO_TEXT("Sudan"), key, length, sizeof key);
    assert_int_equal(length, 11);
    assert_memory_equal(key, "south sudan", 11);
}

static void a_key_never_grows_past_its_room(void **state)
{
    (void)state;
    char key[16];
    assert_int_equal(ro_phrase_add(RO_TEXT("abcdefghijklmnopqrstuvwxyz"), key, 0, sizeof key),
                     SIZE_MAX);
}

static void spelling_is_asked_as_the_form_has_it(void **state)
{
    (void)state;
    assert_int_equal(ro_phrase_case_of(RO_TEXT("foreign minister")), RO_PHRASE_CASE_ANY);
    assert_int_equal(ro_phrase_case_of(RO_TEXT("al-Shabab")), RO_PHRASE_CASE_CAPITAL);
    assert_int_equal(ro_phrase_case_of(RO_TEXT("U.S.")), RO_PHRASE_CASE_UPPER);
    assert_true(ro_phrase_case_fits(RO_PHRASE_CASE_UPPER, RO_TEXT("US")));
    assert_false(ro_phrase_case_fits(RO_PHRASE_CASE_UPPER, RO_TEXT("Us")));
    assert_true(ro_phrase_case_fits(RO_PHRASE_CASE_CAPITAL, RO_TEXT("POLISH")));
    assert_false(ro_phrase_case_fits(RO_PHRASE_CASE_CAPITAL, RO_TEXT("polish")));
    assert_true(ro_phrase_case_fits(RO_PHRASE_CASE_ANY, RO_TEXT("Foreign Minister")));
}

static void plurals_are_regular(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"deputy", "deputies"},
        {"envoy", "envoys"},
        {"spokesman", "spokesmen"},
        {"coach", "coaches"},
        {"governor", "governors"},
        {"boss", "bosses"},
        {"police officer", "police officers"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char plural[32];
        size_t length = ro_phrase_plural(ro_text_of(pairs[i][0]), plural, sizeof plural);
        assert_true(ro_text_equal_string((ro_text){plural, length}, pairs[i][1]));
    }
    char small[4];
    assert_int_equal(ro_phrase_plural(RO_TEXT("deputy"), small, sizeof small), SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_accents_and_signs_do_not_count),
        cmocka_unit_test(words_are_added_with_one_space),
        cmocka_unit_test(a_key_never_grows_past_its_room),
        cmocka_unit_test(spelling_is_asked_as_the_form_has_it),
        cmocka_unit_test(plurals_are_regular),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
