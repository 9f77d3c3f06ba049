/* test_python_regex.c - python_regex.c: what Python's patterns become, that they then match what
 * Python matches, and what is refused. What Python matches was asked of Python 3.11.
 */
#include "unit.h"

#include "base/text.h"
#include "parse/python_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static ro_arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = ro_arena_new(NULL);
    return arena != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ro_arena_free(arena);
    return 0;
}

static ro_text translate(const char *pattern)
{
    ro_text out = {NULL, 0};
    ro_error error = {0};
    if (ro_python_regex_translate(arena, ro_text_of(pattern), "test", &out, &error) != RO_STATUS_OK)
        fail_msg("%s: %.200s", error.message, pattern);
    return out;
}

static bool matches(const char *pattern, const char *text)
{
    const ro_text regex = translate(pattern);
    int number;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex.data, regex.length, PCRE2_UTF | PCRE2_UCP,
                                     &number, &offset, NULL);
    assert_non_null(code);
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    const int found = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    assert_true(found > 0 || found == PCRE2_ERROR_NOMATCH);
    return found > 0;
}

static void test_translations(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"", ""},
        {"a|b.$", "a|b.$"},
        {"\\u00a7\\U0001F600", "\\x{a7}\\x{1f600}"},
        {"(?u)^x", "^x"},
        {"(?iu)x", "(?i)x"},
        {"(?ms).", "(?ms)."},
        {"\\Z\\v", "\\z\\x0b"},
        {"x{,3}y{1,}", "x{0,3}y{1,}"},
        {"[b-dac]", "[a-d]"},
        {"[^]a]", "[^\\x{5d}a]"},
        {"[-a]", "[\\x{2d}a]"},
        {"[a-]", "[\\x{2d}a]"},
        {"[\\u00e9\\n\\]]", "[\\x{a}\\x{5d}\\x{e9}]"},
        {"[\\w.\\d]", "[\\x{2e}\\p{L}\\p{N}_\\d]"},
        {"[\\u00a1-\\uffff]", "[\\x{a1}-\\x{ffff}]"},
        {"(?i)i", "(?i)[i\\x{130}\\x{131}]"},
        {"(?i)(?P<ii>x)(?P=ii)(?:x)(?<!x)", "(?i)(?P<ii>x)(?P=ii)(?:x)(?<!x)"},
        {"\\(\\[\\.", "\\(\\[\\."},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const ro_text out = translate(CASES[i][0]);
        if (!ro_text_equal_string(out, CASES[i][1]))
            fail_msg("'%s' became '%.*s', expected '%s'", CASES[i][0], (int)out.length, out.data,
                     CASES[i][1]);
    }
}

static void test_matches_what_python_matches(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text;
        bool found;
    } CASES[] = {
        {"^\\s$", "\x1c", true},          /* PCRE2's own \s has no U+001C ... */
        {"^\\s$", "\xe1\xa0\x8e", false}, /* ... and has U+180E, which is none to Python */
        {"^\\S$", "\x1c", false},
        {"^[\\s]$", "\xc2\x85", true},
        {"^\\w$", "\xc2\xb2", true},     /* superscript two: isalnum */
        {"^\\w$", "\xcc\x81", false},    /* a combining accent, a word to PCRE2 10.43 */
        {"^\\W$", "\xe2\x80\xbf", true}, /* U+203F, a connector */
        {"^\\d$", "\xd9\xa3", true},     /* an Arabic digit */
        {"x$", "x\n", true},
        {"x\\Z", "x\n", false},
        {"(?i)^i$", "\xc4\xb0", true},     /* dotted capital I */
        {"(?i)^[a-z]$", "\xc4\xb1", true}, /* dotless i */
        {"(?i)^k$", "\xe2\x84\xaa", true}, /* the Kelvin sign */
        {"^[a-z]$", "\xc4\xb1", false},
        {"^a{,2}$", "aa", true},
        {"^a{,2}$", "a{,2}", false},
        {"(?<=[a-c][a-c])-", "ab-", true},
        {"^[^a\\u00e9]$", "\xc3\xa9", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (matches(CASES[i].pattern, CASES[i].text) != CASES[i].found)
            fail_msg("'%s' %s '%s'", CASES[i].pattern, CASES[i].found ? "missed" : "matched",
                     CASES[i].text);
}

/* A class of 600 ranges, too large to be repeated: with 1,000 of them PCRE2 alone would give up. */
static void test_shares_large_classes(void **state)
{
    (void)state;
    enum { RANGES = 600, USES = 1000 };
    static char class[RANGES * 6 + 8], pattern[USES * (sizeof class + 32)];
    size_t length = (size_t)sprintf(class, "[");
    for (int i = 0; i < RANGES; i++)
        length += (size_t)sprintf(class + length, "\\u%04x", 0x400 + 2 * i);
    sprintf(class + length, "]");
    length = 0;
    for (int i = 0; i < USES; i++)
        length += (size_t)sprintf(pattern + length, "%s^n%d(?:-|%s+$)", i > 0 ? "|" : "", i, class);
    const ro_text out = translate(pattern);
    assert_true(out.length < 100000);
    assert_true(matches(pattern, "n999\xd0\x80\xd0\x80"));
    assert_false(matches(pattern, "n999\xd0\x80x"));
    assert_false(matches(pattern, "n1000\xd0\x80"));
    /* the definitions number no group anew: \1 is still the pattern's first */
    length = (size_t)sprintf(pattern, "^(.)");
    for (int i = 0; i < 10; i++)
        length += (size_t)sprintf(pattern + length, "%s", class);
    sprintf(pattern + length, "\\1$");
    assert_true(matches(pattern, "x\xd0\x80\xd0\x80\xd0\x80\xd0\x80\xd0\x80\xd0\x80\xd0\x80\xd0\x80"
                                 "\xd0\x80\xd0\x80x"));
    assert_false(matches(pattern,
                         "x\xd0\x80\xd0\x80\xd0\x80\xd0\x80\xd0\x80\xd0\x80\xd0\x80\xd0\x80"
                         "\xd0\x80\xd0\x80y"));
}

static void test_refuses(void **state)
{
    (void)state;
    static const char *const CASES[] = {
        "[a",        "[\\W]",     "[\\u12]", "[b-a]",   "[a-\\d]", "\\",  "\\N{DASH}",
        "\\ud800",   "[\\ud800]", "(?a)x",   "(?x)x y", "(?u:x)",  "(",   "a**",
        "(?<=ab*)c", "\\u12",     "[\\",     "\xff",    "\\p{L}",  "\\h", "(?P<a>x)(?P<a>y)",
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        ro_text out = {NULL, 0};
        ro_error error = {0};
        assert_int_equal(
            ro_python_regex_translate(arena, ro_text_of(CASES[i]), "test", &out, &error),
            RO_STATUS_UNSUPPORTED);
        assert_null(out.data);
        assert_non_null(strstr(error.message, "pattern test"));
        assert_true(error.offset <= strlen(CASES[i]));
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_translations),
        CASE(test_matches_what_python_matches),
        CASE(test_shares_large_classes),
        CASE(test_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
