/* test_overlay.c - own lexicons: which lines they replace, what they withdraw, and whose forms come
 * first. */
#include "small_lexicon.h"

static ro_lexicon *open_over(const char *first, const char *second)
{
    small_lexicon small;
    small_lexicon_make(&small);
    small_lexicon_lay(&small, first);
    if (second != NULL)
        small_lexicon_lay(&small, second);
    ro_lexicon *lexicon = small_lexicon_open(&small);
    small_lexicon_remove(&small);
    return lexicon;
}

/* Checks which lines a phrase leads to. */
static void leads(const ro_lexicon *lexicon, const char *phrase, const char *lines)
{
    assert_string_equal(small_lexicon_lines(lexicon, phrase), lines);
}

static void the_last_file_comes_first(void **state)
{
    (void)state;
    ro_lexicon *lexicon = open_over("person\tBBBGOV\tZoe Example | Example\n",
                                    "person\tBBBGOV\tMax Example\n");
    leads(lexicon, "Example", "?own2.tsv:1 own1.tsv:1 leaders.tsv:1 leaders.tsv:3");
    ro_lexicon_close(lexicon);
}

static void a_person_is_replaced_in_one_office(void **state)
{
    (void)state;
    ro_lexicon *lexicon = open_over(
        "person\tAAAGOV\tAnn Example\thead of state\t2001-05-02\t2002-01-01\tshe\n", NULL);
    leads(lexicon, "Ann Example", "own1.tsv:1 leaders.tsv:3");
    leads(lexicon, "Example", "own1.tsv:1 leaders.tsv:3"); /* a form of the name, still */
    assert_null(ro_lexicon_holder(lexicon, "AAA", "president", (ro_date){2004, 1, 1}));
    assert_non_null(ro_lexicon_holder(lexicon, "AAA", "president", (ro_date){2001, 6, 1}));
    ro_lexicon_close(lexicon);
}

static void who_is_put_into_an_office_holds_it(void **state)
{
    (void)state;
    ro_lexicon *lexicon =
        open_over("person\tAAAGOV\tMia New\tpresident\t2004-01-01\t2006-01-01\tshe\n", NULL);
    const ro_date days[] = {{2003, 12, 31}, {2004, 1, 1}, {2005, 6, 1}, {2006, 1, 2}};
    static const char *const names[] = {"Ann Example", "Mia New", "Mia New", "Bob Sample"};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(ro_lexicon_holder(lexicon, "AAA", "president", days[i])->name,
                            names[i]);
    ro_lexicon_close(lexicon);
}

static void other_things_are_replaced_by_name(void **state)
{
    (void)state;
    ro_lexicon *lexicon = open_over("organization\tBBBMIL\txyz\nbody\tMIL\tBody\n", NULL);
    leads(lexicon, "XYZ", "own1.tsv:1");
    assert_string_equal(small_lexicon_fact(lexicon, "XYZ Panel")->code, "BBBMIL");
    assert_string_equal(ro_lexicon_role(lexicon, "body")->sectors, "MIL");
    ro_lexicon_close(lexicon);
}

static void a_code_stands_for_one_country(void **state)
{
    (void)state;
    ro_lexicon *lexicon =
        open_over("country\tAAA\tÅlandia\nsector\tMIL\tforces\tFRC\nsector\tNEW\tnew\n", NULL);
    assert_string_equal(ro_lexicon_country(lexicon, "AAA")->name, "Ålandia");
    leads(lexicon, "Aland", "");
    leads(lexicon, "Alandia", "own1.tsv:1");
    /* sectors keep their order, and new ones come behind */
    assert_int_equal(ro_lexicon_sector_rank(lexicon, "GOV"), 0);
    assert_int_equal(ro_lexicon_sector_rank(lexicon, "MIL"), 1);
    assert_int_equal(ro_lexicon_sector_rank(lexicon, "NEW"), 4);
    assert_string_equal(ro_lexicon_sector(lexicon, "MIL")->role, "FRC");
    ro_lexicon_close(lexicon);
}

static void one_given_name_is_replaced_alone(void **state)
{
    (void)state;
    ro_lexicon *lexicon =
        open_over("given\t\tKim | Tom\t\t\t\the\n", "given\t\tKim\t\t\t\tshe\n");
    leads(lexicon, "Kim", "own2.tsv:1");
    leads(lexicon, "Tom", "own1.tsv:1");
    ro_lexicon_close(lexicon);
}

static void a_form_is_withdrawn(void **state)
{
    (void)state;
    ro_lexicon *lexicon = open_over("withdraw\t\tExample | Sample | Panel\n", NULL);
    leads(lexicon, "Example", "");
    leads(lexicon, "Sample", ""); /* was never written */
    leads(lexicon, "Panel", "");
    leads(lexicon, "Ann Example", "leaders.tsv:1 leaders.tsv:3");
    ro_lexicon_close(lexicon);
}

static void a_form_is_withdrawn_from_one_code(void **state)
{
    (void)state;
    ro_lexicon *lexicon = open_over("person\tBBBGOV\tMax Example\nperson\tAAAMIL\tIda Example\n",
                                    "withdraw\tBBBGOV\tExample\n");
    leads(lexicon, "Example", "?own1.tsv:2 leaders.tsv:1 leaders.tsv:3");
    ro_lexicon_close(lexicon);
}

static void a_weak_form_above_wins(void **state)
{
    (void)state;
    ro_lexicon *lexicon =
        open_over("person\tAAAGOV\tAnn Example | ?Example\tpremier\t2007\t2009-06\tshe\n", NULL);
    leads(lexicon, "Example", "?own1.tsv:1 ?leaders.tsv:1");
    ro_lexicon_close(lexicon);
}

static void what_loses_its_name_is_gone(void **state)
{
    (void)state;
    ro_lexicon *lexicon =
        open_over("withdraw\t\tAnn Example | Aland | president\n", NULL);
    leads(lexicon, "Ann Example", "");
    leads(lexicon, "Example", "");
    leads(lexicon, "Republic of Aland", "");
    leads(lexicon, "presidents", "");
    assert_null(ro_lexicon_holder(lexicon, "AAA", "president", (ro_date){2001, 6, 1}));
    /* what refers to a country or a role finds it all the same */
    assert_string_equal(ro_lexicon_country(lexicon, "AAA")->name, "Aland");
    assert_string_equal(small_lexicon_fact(lexicon, "Bob Sample")->role, "president");
    assert_non_null(ro_lexicon_role(lexicon, "president"));
    ro_lexicon_close(lexicon);
}

static void what_is_given_above_or_beside_counts(void **state)
{
    (void)state;
    ro_lexicon *lexicon = open_over("withdraw\t\tExample\nperson\tBBBGOV\tMax Example\n", NULL);
    leads(lexicon, "Example", "?own1.tsv:2");
    ro_lexicon_close(lexicon);
    lexicon = open_over("withdraw\t\tAnn Example\n",
                        "person\tAAAGOV\tAnn Example\tpremier\t2007\t2009-06\tshe\n");
    leads(lexicon, "Ann Example", "own2.tsv:1");
    assert_null(ro_lexicon_holder(lexicon, "AAA", "president", (ro_date){2001, 6, 1}));
    ro_lexicon_close(lexicon);
}

/* A file may take a name away from a line that it replaces, too. */
static void what_is_replaced_can_be_withdrawn(void **state)
{
    (void)state;
    ro_lexicon *lexicon =
        open_over("organization\tBBBMIL\tXYZ\nwithdraw\tIGOXYZ\tXYZ\nwithdraw\t\tAnn Example\n"
                  "person\tAAAGOV\tAnn Example\tpremier\nperson\tAAAGOV\tAnn Example\tpresident\n",
                  NULL);
    leads(lexicon, "XYZ", "own1.tsv:1");
    leads(lexicon, "Ann Example", "own1.tsv:4 own1.tsv:5");
    ro_lexicon_close(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_file_comes_first),
        cmocka_unit_test(a_person_is_replaced_in_one_office),
        cmocka_unit_test(who_is_put_into_an_office_holds_it),
        cmocka_unit_test(other_things_are_replaced_by_name),
        cmocka_unit_test(a_code_stands_for_one_country),
        cmocka_unit_test(one_given_name_is_replaced_alone),
        cmocka_unit_test(a_form_is_withdrawn),
        cmocka_unit_test(a_form_is_withdrawn_from_one_code),
        cmocka_unit_test(a_weak_form_above_wins),
        cmocka_unit_test(what_loses_its_name_is_gone),
        cmocka_unit_test(what_is_given_above_or_beside_counts),
        cmocka_unit_test(what_is_replaced_can_be_withdrawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
