/* test_phrase.c - phrase.c: keys, spelling, plurals. */
#include "unit.h"

#include "base/text.h"
#include "lexicon/phrase.h"

#include <utf8proc.h>

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
    assert_string_equal(key_of("Washington, D.C."), "washington , dc"); /* not "Washington DC" */
    assert_string_equal(key_of(", x"), "x");
    assert_string_equal(key_of("E\u0301lyse\u0301e x"), "elysee x"); /* marks by themselves */
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

/* ---- ASCII is dealt with apart: it must come out as all other characters do ------------------- */

/* What ro_phrase_add does, one code point after another. */
static size_t add_slowly(ro_text text, char *key, size_t length, size_t capacity)
{
    bool gap = length > 0;
    for (size_t offset = 0; offset < text.length;) {
        const uint32_t code_point = ro_text_decode(text, &offset);
        const utf8proc_category_t class = utf8proc_category((utf8proc_int32_t)code_point);
        if (code_point == '.' || class == UTF8PROC_CATEGORY_MN || class == UTF8PROC_CATEGORY_ME)
            continue;
        const bool divides = code_point == ',' || code_point == ';' || code_point == ':';
        if (!ro_text_is_alpha(code_point) && !ro_text_is_digit(code_point)) {
            gap = length > 0;
            if (!divides || length == 0)
                continue;
        }
        utf8proc_int32_t parts[32];
        const utf8proc_ssize_t count = utf8proc_decompose_char(
            (utf8proc_int32_t)code_point, parts, 32,
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD, NULL);
        for (utf8proc_ssize_t i = 0; i < count; i++) {
            if (length + 6 > capacity)
                return SIZE_MAX;
            if (gap)
                key[length++] = ' ';
            gap = divides;
            length += ro_text_encode((uint32_t)parts[i], key + length);
        }
    }
    return length;
}

static bool fits_slowly(ro_phrase_case asked, ro_text written)
{
    size_t letters = 0, capitals = 0;
    for (size_t offset = 0; offset < written.length;) {
        const uint32_t code_point = ro_text_decode(written, &offset);
        letters += ro_text_is_alpha(code_point);
        capitals += ro_text_is_upper(code_point);
    }
    return asked == RO_PHRASE_CASE_ANY || (asked == RO_PHRASE_CASE_CAPITAL && capitals > 0) ||
           capitals == letters;
}

/* As one token, and as a later one of a phrase; with room, and with little. */
static void assert_same_both_ways(ro_text text)
{
    for (size_t capacity = 8; capacity <= 64; capacity *= 2) {
        for (size_t length = 0; length <= 3; length += 3) {
            char quick[64] = "abc", slow[64] = "abc";
            const size_t found = ro_phrase_add(text, quick, length, capacity);
            assert_int_equal(found, add_slowly(text, slow, length, capacity));
            if (found != SIZE_MAX)
                assert_memory_equal(quick, slow, found);
        }
    }
    for (int asked = RO_PHRASE_CASE_ANY; asked <= RO_PHRASE_CASE_UPPER; asked++)
        assert_int_equal(ro_phrase_case_fits((ro_phrase_case)asked, text),
                         fits_slowly((ro_phrase_case)asked, text));
}

static void ascii_comes_out_as_the_slow_way_has_it(void **state)
{
    (void)state;
    for (int first = 0; first < 0x80; first++) {
        for (int second = 0; second < 0x80; second++) {
            const char pair[] = {(char)first, (char)second, 'x', (char)first};
            assert_same_both_ways((ro_text){pair, first % 2 == 0 ? 4 : 2});
        }
    }
}

static void mixed_text_comes_out_as_the_slow_way_has_it(void **state)
{
    (void)state;
    static const uint32_t others[] = {0xC9, 0xDF, 0x301, 0x2019, 0x130, 0xFB01, 0x660, 0x3A3,
                                      0xA0, 0x4E2D, 0x1F600, 0xB2, 0x488, 0x903};
    uint32_t random = 12345;
    for (int round = 0; round < 20000; round++) {
        char text[64];
        size_t length = 0, count = 1 + random % 10;
        for (size_t i = 0; i < count; i++) {
            random = random * 1664525 + 1013904223;
            const uint32_t pick = random >> 16;
            length += ro_text_encode(pick % 3 == 0 ? others[pick / 3 % 14] : pick % 0x80,
                                     text + length);
        }
        assert_same_both_ways((ro_text){text, length});
    }
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
        cmocka_unit_test(ascii_comes_out_as_the_slow_way_has_it),
        cmocka_unit_test(mixed_text_comes_out_as_the_slow_way_has_it),
        cmocka_unit_test(spelling_is_asked_as_the_form_has_it),
        cmocka_unit_test(plurals_are_regular),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
