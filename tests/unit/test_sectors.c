/* test_sectors.c - sectors.c: CAMEO's order, and asking a list. */
#include "unit.h"

#include "lexicon/sectors.h"

static ro_lexicon *lexicon;

static int open_lexicon(void **state)
{
    ro_error error = {0};
    (void)state;
    if (ro_lexicon_open("data", NULL, &lexicon, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    return 0;
}

static int close_lexicon(void **state)
{
    (void)state;
    ro_lexicon_close(lexicon);
    return 0;
}

static void sectors_come_in_their_order_and_once(void **state)
{
    (void)state;
    ro_arena *arena = ro_arena_new(NULL);
    ro_sectors set = {.count = 0};
    assert_non_null(arena);
    assert_string_equal(ro_sectors_join(&set, arena, "FRA", ""), "FRA");
    ro_sectors_add(&set, lexicon, "LEG");
    ro_sectors_add(&set, lexicon, "OPP LEG");
    ro_sectors_add(&set, lexicon, "");
    assert_string_equal(ro_sectors_join(&set, arena, "FRA", ""), "FRAOPPLEG");
    assert_string_equal(ro_sectors_join(&set, arena, "", " "), "OPP LEG");
    ro_sectors_add(&set, lexicon, "GOV MIL COP JUD MED EDU BUS");
    assert_int_equal(set.count, RO_SECTORS_MOST);
    ro_arena_free(arena);
}

static void a_list_has_one_of_another(void **state)
{
    (void)state;
    assert_true(ro_sectors_have("GOV MIL", "MIL"));
    assert_true(ro_sectors_have("GOV MIL", "REB|GOV"));
    assert_true(ro_sectors_have("MIL", "GOV MIL"));
    assert_false(ro_sectors_have("GOV MIL", "REB|INS"));
    assert_false(ro_sectors_have("", "GOV"));
    assert_false(ro_sectors_have("GOV", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sectors_come_in_their_order_and_once),
        cmocka_unit_test(a_list_has_one_of_another),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
