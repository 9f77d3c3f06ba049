/* test_chain.c - chain.c against a search through all chains; what may not follow what, ties, and
 * the labels that are refused.
 */
#include "unit.h"

#include "failing_allocator.h"
#include "nn/chain.h"

#include <string.h>

enum { LABELS = 8, TOKENS = 5, STRIDE = 16 };

static const char *const ATTRIBUTION[] = {"O",     "B-source",  "I-source",  "B-cue",
                                          "I-cue", "B-content", "I-content", "R-content"};

/* Whole quarters, so that every order of adding gives the same float. */
static float quarter(uint32_t *state, int most)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)((int)(*state >> 16) % (8 * most + 1) - 4 * most) / 4.0F;
}

static ro_chain make(const char *const *labels, size_t count, const float *transitions)
{
    ro_chain chain;
    size_t faulty;
    assert_true(ro_chain_make(&chain, labels, count, transitions, &faulty));
    return chain;
}

static void decode(const ro_chain *chain, const float *scores, size_t tokens, uint8_t *labels)
{
    ro_arena *arena = ro_arena_new(NULL);
    assert_non_null(arena);
    assert_int_equal(ro_chain_decode(chain, scores, STRIDE, tokens, arena, labels), RO_STATUS_OK);
    ro_arena_free(arena);
}

/* ---- the reference --------------------------------------------------------------------------- */

static bool allowed(const char *before, const char *label)
{
    if (before == NULL)
        return label[0] == 'O' || label[0] == 'B';
    return label[0] != 'I' || (before[0] != 'O' && strcmp(before + 1, label + 1) == 0);
}

/* All chains are gone through with the last token's label as the slowest to change, so that of
 * equals the first is the one with the earlier labels, seen from the end. False if none is legal. */
static bool search(const char *const *labels, size_t count, const float *transitions,
                   const float *scores, size_t tokens, uint8_t *best)
{
    size_t all = 1;
    double top = 0;
    bool found = false;
    for (size_t t = 0; t < tokens; t++)
        all *= count;
    for (size_t number = 0; number < all; number++) {
        uint8_t chain[TOKENS];
        size_t rest = number;
        double sum = 0;
        bool legal = true;
        for (size_t t = 0; t < tokens; t++, rest /= count) {
            chain[t] = (uint8_t)(rest % count);
            sum += (double)scores[t * STRIDE + chain[t]];
            sum += t > 0 ? (double)transitions[chain[t - 1] * count + chain[t]] : 0;
            legal = legal && allowed(t > 0 ? labels[chain[t - 1]] : NULL, labels[chain[t]]);
        }
        if (!legal || (found && sum <= top))
            continue;
        found = true;
        top = sum;
        memcpy(best, chain, tokens);
    }
    return found;
}

static void agrees_with_a_search_through_all_chains(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (size_t count = 1; count <= LABELS; count++)
        for (size_t tokens = 1; tokens <= (count > 5 ? 4 : TOKENS); tokens++)
            for (int round = 0; round < 20; round++) {
                float transitions[LABELS * LABELS], scores[TOKENS * STRIDE];
                uint8_t expected[TOKENS], found[TOKENS];
                int most = round % 2 == 0 ? 8 : 1; /* 1: many ties */
                for (size_t i = 0; i < count * count; i++)
                    transitions[i] = quarter(&seed, most);
                for (size_t i = 0; i < TOKENS * STRIDE; i++) /* behind the labels too */
                    scores[i] = quarter(&seed, most) + (i % STRIDE < count ? 0.0F : 1000.0F);
                ro_chain chain = make(ATTRIBUTION, count, transitions);
                assert_true(search(ATTRIBUTION, count, transitions, scores, tokens, expected));
                decode(&chain, scores, tokens, found);
                assert_memory_equal(found, expected, tokens);
            }
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void forbidden_labels_are_not_taken_for_any_score(void **state)
{
    (void)state;
    enum { O, B_SOURCE, I_SOURCE, B_CUE, I_CUE, B_CONTENT, I_CONTENT, R_CONTENT };
    static const float none[LABELS * LABELS] = {0};
    ro_chain chain = make(ATTRIBUTION, LABELS, none);
    uint8_t labels[TOKENS];
    for (int wanted = 0; wanted < LABELS; wanted++) {
        float scores[2 * STRIDE] = {0};
        scores[wanted] = 900;
        decode(&chain, scores, 1, labels);
        assert_int_equal(labels[0],
                         ATTRIBUTION[wanted][0] == 'I' || wanted == R_CONTENT ? O : wanted);
        scores[wanted] = 0;
        scores[B_CUE] = 800; /* I-cue may follow, no other I; R-content may, and O, and any B */
        scores[STRIDE + wanted] = 700;
        decode(&chain, scores, 2, labels);
        assert_int_equal(labels[0], B_CUE);
        assert_int_equal(labels[1], wanted == I_SOURCE || wanted == I_CONTENT ? O : wanted);
    }
    float scores[3 * STRIDE] = {0};
    scores[B_CONTENT] = scores[STRIDE + R_CONTENT] = scores[2 * STRIDE + I_CONTENT] = 5;
    decode(&chain, scores, 3, labels);
    assert_memory_equal(labels, ((uint8_t[]){B_CONTENT, R_CONTENT, I_CONTENT}), 3);
}

static void of_equals_the_earlier_label_is_taken(void **state)
{
    (void)state;
    static const float none[LABELS * LABELS] = {0};
    float scores[TOKENS * STRIDE] = {0};
    uint8_t labels[TOKENS];
    ro_chain chain = make(ATTRIBUTION, LABELS, none);
    decode(&chain, scores, TOKENS, labels);
    assert_memory_equal(labels, ((uint8_t[TOKENS]){0}), TOKENS);
}

/* Sums are kept small: what a token says counts as much at the end as at the start. */
static void a_long_chain_keeps_its_precision(void **state)
{
    (void)state;
    enum { MANY = 200000 };
    static const float none[9] = {0};
    static const char *const names[] = {"O", "B-a", "I-a"};
    ro_chain chain = make(names, 3, none);
    ro_arena *arena = ro_arena_new(NULL);
    float *scores = ro_arena_alloc(arena, MANY * 3, sizeof *scores);
    uint8_t *labels = ro_arena_alloc(arena, MANY, 1);
    assert_true(scores != NULL && labels != NULL);
    for (size_t t = 0; t < MANY; t++) {
        scores[3 * t] = 900;
        scores[3 * t + 1] = t % 7 == 0 ? 900.0001F : 0;
    }
    assert_int_equal(ro_chain_decode(&chain, scores, 3, MANY, arena, labels), RO_STATUS_OK);
    for (size_t t = 0; t < MANY; t++)
        assert_int_equal(labels[t], t % 7 == 0);
    ro_arena_free(arena);
}

static void no_tokens_are_no_chain(void **state)
{
    (void)state;
    static const float none[1] = {0};
    ro_chain chain = make(ATTRIBUTION, 1, none);
    uint8_t labels[1] = {77};
    decode(&chain, none, 0, labels);
    assert_int_equal(labels[0], 77);
}

static void refuses_labels_that_are_no_chains(void **state)
{
    (void)state;
    static const char *const bad[] = {"",    "o",  "B",   "B-",  "I-",        "R",
                                      "X-a", "-a", "B_a", "O-a", "b-content", "OO"};
    static const float none[(RO_CHAIN_LABELS + 1) * (RO_CHAIN_LABELS + 1)] = {0};
    const char *many[RO_CHAIN_LABELS + 1];
    ro_chain chain;
    size_t faulty;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *labels[] = {"O", "B-a", bad[i]};
        assert_false(ro_chain_make(&chain, labels, 3, none, &faulty));
        assert_int_equal(faulty, 2);
    }
    assert_false(ro_chain_make(&chain, (const char *const[]){"B-a", "O"}, 2, none, &faulty));
    assert_int_equal(faulty, 0);
    assert_false(ro_chain_make(&chain, many, 0, none, &faulty));
    assert_int_equal(faulty, 0);
    for (size_t i = 0; i <= RO_CHAIN_LABELS; i++)
        many[i] = "O";
    assert_false(ro_chain_make(&chain, many, RO_CHAIN_LABELS + 1, none, &faulty));
    assert_int_equal(faulty, RO_CHAIN_LABELS + 1);
    assert_true(ro_chain_make(&chain, many, RO_CHAIN_LABELS, none, &faulty));
    assert_int_equal(chain.count, RO_CHAIN_LABELS);
}

static void memory_may_fail(void **state)
{
    (void)state;
    static const float none[1] = {0};
    ro_chain chain = make(ATTRIBUTION, 1, none);
    uint8_t labels[1];
    for (size_t fail_at = 2;; fail_at++) { /* the first is the arena's own */
        failing_allocator failing = {.fail_at = fail_at};
        ro_allocator allocator = failing_allocator_of(&failing);
        ro_arena *arena = ro_arena_new(&allocator);
        ro_status status = ro_chain_decode(&chain, none, 1, 1, arena, labels);
        ro_arena_free(arena);
        assert_int_equal(status, failing.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_int_equal(failing.held, 0);
        if (!failing.failed)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_a_search_through_all_chains),
        cmocka_unit_test(forbidden_labels_are_not_taken_for_any_score),
        cmocka_unit_test(of_equals_the_earlier_label_is_taken),
        cmocka_unit_test(a_long_chain_keeps_its_precision),
        cmocka_unit_test(no_tokens_are_no_chain),
        cmocka_unit_test(refuses_labels_that_are_no_chains),
        cmocka_unit_test(memory_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
