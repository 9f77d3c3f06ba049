/* test_text.c - text.c against Python 3.11: classes and lower case of every code point, and spaCy's
 * hashes. The long numbers are FNV-1a sums that Python printed over the same bytes:
 *
 *   def fnv(chunks):
 *       h = 0xcbf29ce484222325
 *       for x in (x for chunk in chunks for x in chunk): h = (h ^ x) * 0x100000001b3 % 2**64
 *       return h
 *   code_points = [chr(c) for c in range(0x110000)]
 *   fnv(bytes([c.isalpha() | c.isdigit() << 1 | c.isspace() << 2 | c.isupper() << 3 |
 *              (unicodedata.category(c)[0] == "P") << 4]) for c in code_points)
 *   fnv((before + c + behind).lower().encode() + b"\xff" for c in code_points if no surrogate)
 */
#include "unit.h"

#include "base/text.h"

#include <stdlib.h>

static const uint64_t fnv_start = 0xcbf29ce484222325;

static uint64_t fnv(uint64_t sum, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        sum = (sum ^ (unsigned char)bytes[i]) * 0x100000001b3;
    return sum;
}

static void classes_are_those_of_python(void **state)
{
    (void)state;
    uint64_t sum = fnv_start;
    for (uint32_t c = 0; c < 0x110000; ++c) {
        const char bits =
            (char)(ro_text_is_alpha(c) | ro_text_is_digit(c) << 1 | ro_text_is_space(c) << 2 |
                   ro_text_is_upper(c) << 3 | ro_text_is_punctuation(c) << 4);
        sum = fnv(sum, &bits, 1);
    }
    assert_true(sum == 0x43ed7204b7202bbd);
    assert_false(ro_text_is_alpha(0x110000) || ro_text_is_space(UINT32_MAX));
}

/* The sum over the lower case of before + each code point + behind. */
static uint64_t lower_sum(const char *before, const char *behind)
{
    uint64_t sum = fnv_start;
    for (uint32_t c = 0; c < 0x110000; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char text[32], lower[3 * sizeof text + 1];
        size_t length = strlen(before);
        memcpy(text, before, length);
        length += ro_text_encode(c, text + length);
        memcpy(text + length, behind, strlen(behind));
        length += strlen(behind);
        const size_t written = ro_text_lower((ro_text){text, length}, lower);
        assert_true(written <= 3 * length);
        sum = fnv(fnv(sum, lower, written), "\xFF", 1);
    }
    return sum;
}

#define SIGMA "\xCE\xA3"

static void lower_case_is_that_of_python(void **state)
{
    (void)state;
    assert_true(lower_sum("", "") == 0x6b763109dc190e82);
}

static void sigma_is_final_where_python_says_so(void **state)
{
    (void)state;
    assert_true(lower_sum("", SIGMA) == 0xab0860e2573c6bf7);
    assert_true(lower_sum("A", SIGMA) == 0x89190e15e765d639);
    assert_true(lower_sum("A" SIGMA, "A") == 0x454ad61bafc8dfa9);
}

static void hashes_are_those_of_spacy(void **state)
{
    (void)state;
    /* spacy.strings.hash_string of the first 0, 1, 2, ... characters */
    static const char text[] = "The delegations met again on Monday afternoon";
    static const uint64_t hashes[] = {
        0xc6a4a7935bd064dc, 0x4d781d605f601c6f, 0xd7f35945208b5be4, 0x46377be2327109e2,
        0x78d193c05fbed1f2, 0x3e73aa68403f2568, 0xd76115bfd977f106, 0x1f9361043603d7ac,
        0xeb7fc28b83178f8c, 0xd0e4a6d36de1b0f2, 0x20db4d4ba501fa1d, 0x8912723e4a185109,
        0x21cfe29f115dc5b1, 0xb6fa2afa66a33d34, 0x093c7257a45c97ba, 0x9af5a7c02868ddfa,
        0x8f23fd5c31d7eb45, 0x9c62bd681fd4c7e8, 0xbc9cce6b6982b645, 0x897e1b831b7b1750,
        0xfb9bb84053032fee, 0xe33e54ffb1632ca8, 0xf9e86662982613c1, 0xc36ea8bcfb42c965,
        0x3104f16b5c89cbeb, 0xa9e117d5a0dd1d7c, 0xa63caaaa5b2dee82, 0xfc54d4a2d71f64d2,
        0xe15546a55504d39a, 0xd448eca622de5f33, 0x537fbca5e597efbf, 0x34f24828194e17c0,
        0x604b2d8e12cb1476, 0x4542bf8a498afba7, 0x68200605e3a7722f, 0xd544351417c891da,
        0x03f73b31f6989907, 0x42788dcdd1e31ee4, 0xb36f42cd5eb38709, 0xb4af43a5a41f7fb1,
        0xaa30b98e05878e41,
    };
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; ++i)
        assert_true(ro_text_hash(text, i, 1) == hashes[i]);
    assert_true(ro_text_hash("\xC3\x89lys\xC3\xA9"
                             "e",
                             8, 1) == 0xd395983e6295508f);
}

static void code_points_go_to_utf_8_and_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; ++c) {
        char bytes[4];
        const size_t length = ro_text_encode(c, bytes);
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        assert_int_equal(ro_text_valid_prefix(bytes, length), surrogate ? 0 : length);
        for (size_t cut = 0; cut < length; ++cut)
            assert_int_equal(ro_text_valid_prefix(bytes, cut), 0);
        size_t offset = 0;
        assert_int_equal(ro_text_decode((ro_text){bytes, length}, &offset), c);
        assert_int_equal(offset, length);
        assert_int_equal(ro_text_count((ro_text){bytes, length}), 1);
    }
}

/* The valid sequences are exactly the encodings: of all that begin with any three bytes. */
static void nothing_else_is_valid(void **state)
{
    (void)state;
    size_t valid[5] = {0};
    for (uint32_t i = 0; i < 0x1000000; ++i) {
        const char bytes[] = {(char)(i >> 16), (char)(i >> 8), (char)i, (char)0x80};
        const size_t length = ro_text_valid_prefix(bytes, 4);
        ++valid[length];
    }
    assert_int_equal(valid[1], 0x80 << 16);
    assert_int_equal(valid[2], 0x780 << 8);
    assert_int_equal(valid[3], 0x10000 - 0x800 - 0x800);
    assert_int_equal(valid[4], 0x100000 / 64);
}

static void a_cut_sequence_is_not_read_beyond(void **state)
{
    (void)state;
    char *cut = malloc(2);
    memcpy(cut, "\xE2\x82", 2);
    size_t offset = 0;
    assert_int_equal(ro_text_decode((ro_text){cut, 2}, &offset), 0xFFFD);
    assert_int_equal(offset, 2);
    free(cut);
}

static void slices_compare_and_trim(void **state)
{
    (void)state;
    assert_true(ro_text_equal(ro_text_of(NULL), (ro_text){NULL, 0}));
    assert_true(ro_text_equal(RO_TEXT("a\0b"), (ro_text){"a\0bc", 3}));
    assert_false(ro_text_equal(RO_TEXT("a\0b"), RO_TEXT("a\0c")));
    assert_false(ro_text_equal_string(RO_TEXT("a\0b"), "a"));
    assert_true(ro_text_starts(RO_TEXT("Minsk"), "Min"));
    assert_false(ro_text_starts(RO_TEXT("Min"), "Minsk"));
    assert_true(ro_text_ends(RO_TEXT("Minsk"), "sk"));
    assert_false(ro_text_ends(RO_TEXT("sk"), "Minsk"));
    assert_true(ro_text_ends((ro_text){NULL, 0}, ""));
    static const char *const padded[] = {"a b", " a b", "a b \t\r\n", "\xC2\xA0 a b\xE3\x80\x80",
                                         "\034a b\xC2\x85"};
    for (size_t i = 0; i < sizeof padded / sizeof *padded; ++i)
        assert_true(ro_text_equal_string(ro_text_trim(ro_text_of(padded[i])), "a b"));
    assert_int_equal(ro_text_trim(RO_TEXT(" \xE2\x80\x89 \n")).length, 0);
    assert_int_equal(ro_text_trim(RO_TEXT("")).length, 0);
}

static void texts_are_cut_between_characters(void **state)
{
    (void)state;
    const ro_text text = RO_TEXT("aé€😀");
    static const size_t lengths[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t most = 0; most < sizeof lengths / sizeof *lengths; ++most) {
        assert_int_equal(ro_text_cut(text, most).length, lengths[most]);
        /* what another has cut already ends with a whole character, too */
        const ro_text part = {text.data, most < text.length ? most : text.length};
        assert_int_equal(ro_text_cut(part, SIZE_MAX).length, lengths[most]);
    }
    assert_int_equal(ro_text_cut(RO_TEXT("\x80\x80\x80\x80\x80"), 4).length, 4); /* no UTF-8 */
    assert_int_equal(ro_text_cut(RO_TEXT(""), 4).length, 0);
    assert_true(ro_text_is_valid(text));
    assert_false(ro_text_is_valid((ro_text){text.data, 9}));
    assert_true(ro_text_is_valid(RO_TEXT("")));
}

static void controls_are_those_of_unicode(void **state)
{
    (void)state;
    static const uint32_t controls[] = {0, '\n', 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x2028, 0x2029,
                                        0x202E, 0xFEFF};
    static const uint32_t others[] = {' ', 'a', '~', 0xA0, 0xE9, 0x301, 0x2013, 0x3000, 0x1F600,
                                      0x110000};
    for (size_t i = 0; i < sizeof controls / sizeof *controls; ++i)
        assert_true(ro_text_is_control(controls[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; ++i)
        assert_false(ro_text_is_control(others[i]));
}

static void decomposition_is_that_of_unicode(void **state)
{
    (void)state;
    static const struct {
        uint32_t from, to[4];
    } CASES[] = {
        {'a', {'a'}},        {0xE9, {'e', 0x301}},           {0xAC01, {0x1100, 0x1161, 0x11A8}},
        {0x344, {0x308, 0x301}}, {0x1F82, {0x3B1, 0x313, 0x300, 0x345}}, {0xFB01, {0xFB01}},
        {0x110000, {0x110000}},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        uint32_t found[RO_TEXT_DECOMPOSED] = {0};
        size_t count = ro_text_decompose(CASES[i].from, found);
        assert_memory_equal(found, CASES[i].to, sizeof CASES[i].to);
        assert_true(count <= 4 && (count == 4 || CASES[i].to[count] == 0));
    }
    assert_int_equal(ro_text_combining(0x301), 230);
    assert_int_equal(ro_text_combining(0x323), 220);
    assert_int_equal(ro_text_combining('a'), 0);
    assert_int_equal(ro_text_combining(UINT32_MAX), 0);
    assert_int_equal(ro_text_lower_point('Q'), 'q');
    assert_int_equal(ro_text_lower_point(0xC9), 0xE9);
    assert_int_equal(ro_text_lower_point(0x3A3), 0x3C3);
    assert_int_equal(ro_text_lower_point(UINT32_MAX), UINT32_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_those_of_python),
        cmocka_unit_test(lower_case_is_that_of_python),
        cmocka_unit_test(sigma_is_final_where_python_says_so),
        cmocka_unit_test(hashes_are_those_of_spacy),
        cmocka_unit_test(code_points_go_to_utf_8_and_back),
        cmocka_unit_test(nothing_else_is_valid),
        cmocka_unit_test(a_cut_sequence_is_not_read_beyond),
        cmocka_unit_test(slices_compare_and_trim),
        cmocka_unit_test(texts_are_cut_between_characters),
        cmocka_unit_test(controls_are_those_of_unicode),
        cmocka_unit_test(decomposition_is_that_of_unicode),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
