/* test_tagging.c - tagging.c: what a head says, made ready to be asked span by span. */
#include "hand_parsed.h"

#include "says/tagging.h"
#include <math.h>

enum { TOKENS = 5, LABELS = 4 };

static const char *const label_names[LABELS] = {"O", "B-content", "I-content", "R-content"};

/* He said, a line break, "it" and "rains": the last two are a content over the break. */
static const char parse[] = "He/he/PRP/PRON/1/nsubj said/say/VBD/VERB/1/ROOT \n/\n/_SP/SPACE/1/dep "
                            "it/it/PRP/PRON/4/nsubj rains/rain/VBZ/VERB/1/ccomp";

static ro_document *new_document(void)
{
    ro_document *document = hand_parsed(parse);
    document->tokens[2].is_space = true;
    return document;
}

/* An answer that gives each token's label so much, and the rest to O. */
static void add_answer(ro_document *document, const char *head, const uint8_t *labels, float share)
{
    ro_answer *answer = RO_LIST_ADD(document->arena, &document->answers);
    assert_non_null(answer);
    *answer = (ro_answer){.head = head, .labels = label_names, .label_count = LABELS};
    answer->tags = ro_arena_alloc(document->arena, TOKENS, 1);
    answer->probabilities =
        ro_arena_alloc(document->arena, TOKENS * LABELS, sizeof *answer->probabilities);
    memcpy(answer->tags, labels, TOKENS);
    for (size_t t = 0; t < TOKENS; t++) {
        answer->probabilities[t * LABELS] += 1 - share;
        answer->probabilities[t * LABELS + labels[t]] += share;
    }
}

static void spans_go_on_over_white_space(void **state)
{
    (void)state;
    ro_document *document = new_document();
    ro_arena *arena = ro_arena_new(NULL);
    ro_tagging tagging;
    add_answer(document, "roles", (const uint8_t[]){1, 1, 1, 1, 1}, 1);
    add_answer(document, "attribution", (const uint8_t[]){0, 1, 0, 2, 3}, 0.75F);
    assert_int_equal(ro_tagging_read(document, arena, &tagging), RO_STATUS_OK);
    assert_true(tagging.known);
    const ro_tagged_list *spans = &tagging.spans[RO_PART_CONTENT];
    assert_int_equal(spans->count, 2);
    assert_true(ro_tagging_is_span(&tagging, RO_PART_CONTENT, (ro_range){1, 4}));
    assert_false(ro_tagging_is_span(&tagging, RO_PART_CONTENT, (ro_range){1, 3}));
    assert_true(spans->items[1].resumes && spans->items[1].range.first == 4);
    assert_true(ro_tagging_of(&tagging, RO_PART_CONTENT, 0) == 0);
    assert_true(ro_tagging_of(&tagging, RO_PART_CONTENT, 1) == 0.75F);
    assert_true(ro_tagging_of(&tagging, RO_PART_CONTENT, 2) == 0.75F); /* as behind the break */
    assert_true(ro_tagging_of(&tagging, RO_PART_SOURCE, 1) == 0);
    assert_true(fabs(ro_tagging_mean(&tagging, RO_PART_CONTENT, (ro_range){0, 4}) - 0.5625) < 1e-6);
    assert_true(fabs(ro_tagging_begin(&tagging, RO_PART_CONTENT, 1) - log(0.75)) < 1e-6);
    assert_true(
        fabs(ro_tagging_chain(&tagging, RO_PART_CONTENT, (ro_range){1, 4}) - 2 * log(0.75)) < 1e-6);
    assert_true(fabs(ro_tagging_end(&tagging, RO_PART_CONTENT, 3) - log(0.25)) < 1e-6);
    assert_true(ro_tagging_end(&tagging, RO_PART_CONTENT, TOKENS) == 0);
    assert_int_equal(ro_tagging_behind(&tagging, RO_PART_CONTENT, 0), 0);
    assert_int_equal(ro_tagging_behind(&tagging, RO_PART_CONTENT, 4), 1);
    assert_int_equal(ro_tagging_behind(&tagging, RO_PART_CONTENT, 5), 2);
    assert_int_equal(ro_tagging_behind(&tagging, RO_PART_CUE, 0), 0);
    ro_arena_free(arena);
    ro_document_free(document);
}

static void of_two_encoders_the_surer_counts_twice(void **state)
{
    (void)state;
    ro_document *document = new_document();
    ro_arena *arena = ro_arena_new(NULL);
    ro_tagging tagging;
    add_answer(document, "attribution", (const uint8_t[]){1, 0, 0, 0, 0}, 1);
    add_answer(document, "attribution", (const uint8_t[]){0, 1, 0, 0, 0}, 1);
    assert_int_equal(ro_tagging_read(document, arena, &tagging), RO_STATUS_OK);
    assert_true(fabsf(ro_tagging_of(&tagging, RO_PART_CONTENT, 0) - 1 / 3.0F) < 1e-6F);
    assert_true(fabsf(ro_tagging_of(&tagging, RO_PART_CONTENT, 1) - 2 / 3.0F) < 1e-6F);
    assert_int_equal(tagging.spans[RO_PART_CONTENT].count, 1);
    assert_int_equal(tagging.spans[RO_PART_CONTENT].items[0].range.first, 1);
    ro_arena_free(arena);
    ro_document_free(document);
}

static void without_an_answer_nothing_is_known(void **state)
{
    (void)state;
    ro_document *document = new_document();
    ro_arena *arena = ro_arena_new(NULL);
    ro_tagging tagging;
    assert_int_equal(ro_tagging_read(document, arena, &tagging), RO_STATUS_OK);
    assert_false(tagging.known);
    assert_true(ro_tagging_begin(&tagging, RO_PART_CUE, 1) == 0);
    assert_true(ro_tagging_end(&tagging, RO_PART_CUE, 1) == 0);
    assert_true(ro_tagging_chain(&tagging, RO_PART_CUE, (ro_range){0, TOKENS}) == 0);
    ro_arena_free(arena);
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_go_on_over_white_space),
        cmocka_unit_test(of_two_encoders_the_surer_counts_twice),
        cmocka_unit_test(without_an_answer_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
