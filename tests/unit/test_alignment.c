/* test_alignment.c - the first piece of each token. */
#include "parse/alignment.h"
#include "unit.h"

static void test_finds_the_first_piece(void **state)
{
    (void)state;
    /* "don't  naive\x01 x" : do n't (space) naive x; pieces don ' t na ##ive x */
    static const ro_subword pieces[] = {
        {1, 0, 3}, {2, 3, 4}, {3, 4, 5}, {4, 7, 9}, {5, 9, 12}, {6, 14, 15},
    };
    static const ro_token tokens[] = {
        {.start = 10, .end = 12}, {.start = 12, .end = 15}, {.start = 16, .end = 17},
        {.start = 17, .end = 22}, {.start = 22, .end = 23}, {.start = 24, .end = 25},
        {.start = 25, .end = 26},
    };
    uint32_t first[7];
    ro_alignment_find(tokens, 7, pieces, 6, 10, first);
    static const uint32_t expected[] = {0, 0, RO_NONE, 3, RO_NONE, 5, RO_NONE};
    assert_memory_equal(first, expected, sizeof first);
}

/* One syllable of Hangul is several pieces of the same bytes; one piece is several tokens. */
static void test_shared_bytes(void **state)
{
    (void)state;
    static const ro_subword pieces[] = {{1, 0, 3}, {2, 0, 3}, {3, 0, 3}, {4, 3, 8}};
    static const ro_token tokens[] = {
        {.start = 0, .end = 3}, {.start = 3, .end = 5}, {.start = 5, .end = 8}};
    uint32_t first[3];
    ro_alignment_find(tokens, 3, pieces, 4, 0, first);
    static const uint32_t expected[] = {0, 3, 3};
    assert_memory_equal(first, expected, sizeof first);
    ro_alignment_find(tokens, 3, NULL, 0, 0, first);
    assert_int_equal(first[0], RO_NONE);
    ro_alignment_find(NULL, 0, pieces, 4, 0, first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_the_first_piece),
        cmocka_unit_test(test_shared_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
