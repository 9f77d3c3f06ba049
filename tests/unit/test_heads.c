/* test_heads.c - heads.c: extents, sentence starts, lifted arcs. */
#include "unit.h"

#include "parse/heads.h"

#include <string.h>

enum { MOST = 16 };

typedef struct tree_sample {
    uint32_t heads[MOST], left[MOST], right[MOST], queue[MOST];
    ro_label labels[MOST];
    int8_t starts[MOST];
    bool spaces[MOST];
    ro_heads tree;
} tree_sample;

static ro_heads *make(tree_sample *sample, const uint32_t *heads, uint32_t count)
{
    memset(sample, 0, sizeof *sample);
    memcpy(sample->heads, heads, count * sizeof *heads);
    sample->tree = (ro_heads){count,          sample->heads,  sample->left,  sample->right,
                              sample->labels, sample->starts, sample->spaces};
    return &sample->tree;
}

static void extents_and_sentences_follow_from_heads(void **state)
{
    (void)state;
    tree_sample sample;
    /* two sentences: 0 <- 1 -> 2 -> 3 and 4 -> 5 */
    ro_heads *tree = make(&sample, (const uint32_t[]){1, 1, 1, 2, 4, 4}, 6);
    ro_heads_extend(tree);
    assert_memory_equal(sample.left, ((const uint32_t[]){0, 0, 2, 3, 4, 5}), 24);
    assert_memory_equal(sample.right, ((const uint32_t[]){0, 3, 3, 3, 5, 5}), 24);
    assert_memory_equal(sample.starts, ((const int8_t[]){1, -1, -1, -1, 1, -1}), 6);
}

static void a_crossing_arc_widens_its_sentence(void **state)
{
    (void)state;
    tree_sample sample;
    /* 3 hangs on 0 across the root 2: the extents of 0 and of its root meet */
    ro_heads *tree = make(&sample, (const uint32_t[]){1, 1, 1, 0, 1}, 5);
    ro_heads_extend(tree);
    assert_int_equal(sample.right[0], 3);
    assert_int_equal(sample.left[1], 0);
    assert_int_equal(sample.right[1], 4);
    assert_memory_equal(sample.starts, ((const int8_t[]){1, -1, -1, -1, -1}), 5);
}

static void a_lifted_arc_goes_to_the_first_such_label_below(void **state)
{
    (void)state;
    enum { PREP_OBJECT = 1, PREP, OBJECT, SUBJECT };
    tree_sample sample;
    /* 1 is the root; 4 was lifted to it from the object, 3 */
    ro_heads *tree = make(&sample, (const uint32_t[]){1, 1, 3, 1, 1}, 5);
    const ro_label labels[] = {SUBJECT, 0, OBJECT, OBJECT, PREP_OBJECT};
    memcpy(sample.labels, labels, sizeof labels);
    const ro_lifted lifted[] = {{0, 0}, {PREP, OBJECT}, {0, 0}, {0, 0}, {0, 0}};
    ro_heads_extend(tree);
    ro_heads_deprojectivize(tree, lifted, 5, sample.queue);
    assert_int_equal(sample.heads[4], 3);
    assert_int_equal(sample.labels[4], PREP);
    assert_int_equal(sample.right[3], 4);
}

static void a_lifted_arc_stays_where_no_such_label_is(void **state)
{
    (void)state;
    tree_sample sample;
    ro_heads *tree = make(&sample, (const uint32_t[]){1, 1, 1}, 3);
    sample.labels[2] = 1;
    sample.labels[0] = 3;
    sample.spaces[0] = true; /* white space does not count */
    const ro_lifted lifted[] = {{0, 0}, {2, 3}, {0, 0}, {0, 0}};
    ro_heads_extend(tree);
    ro_heads_deprojectivize(tree, lifted, 4, sample.queue);
    assert_int_equal(sample.heads[2], 1);
    assert_int_equal(sample.labels[2], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extents_and_sentences_follow_from_heads),
        cmocka_unit_test(a_crossing_arc_widens_its_sentence),
        cmocka_unit_test(a_lifted_arc_goes_to_the_first_such_label_below),
        cmocka_unit_test(a_lifted_arc_stays_where_no_such_label_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
