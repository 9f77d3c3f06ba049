/* test_sweep.c - sweep.c: names once more, where the recogniser passed over them. */
#include "unit.h"

#include "who_stage.h"

static void find_names(who_stage *stage)
{
    stage_start(stage);
    assert_int_equal(ro_names_find(&stage->roster), RO_STATUS_OK);
}

static void a_surname_is_found_again(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "Ole/Ole/NNP/PROPN/1/compound Brandt/Brandt/NNP/PROPN/2/nsubj "
               "left/leave/VBD/VERB/2/ROOT | Brandt/Brandt/NNP/PROPN/4/compound "
               "camp/camp/NN/NOUN/5/nsubj slept/sleep/VBD/VERB/5/ROOT | The/the/DT/DET/7/det "
               "brandt/brandt/NN/NOUN/8/nsubj flew/fly/VBD/VERB/8/ROOT");
    stage_name(stage, 0, 2, "PERSON");
    find_names(stage);
    assert_int_equal(stage->document->entities.count, 1);
    assert_int_equal(stage->document->mentions.count, 2); /* a brandt without a capital is none */
    assert_string_equal(stage_rule(stage, 3), "name again");
    assert_int_equal(stage_entity(stage, 3), stage_entity(stage, 1));
    stage_done(stage);
}

static const char two_of_one_surname[] =
    "Ole/Ole/NNP/PROPN/1/compound Brandt/Brandt/NNP/PROPN/2/nsubj "
    "left/leave/VBD/VERB/2/ROOT | Brandt/Brandt/NNP/PROPN/4/nsubj "
    "slept/sleep/VBD/VERB/4/ROOT | Ida/Ida/NNP/PROPN/6/compound "
    "Brandt/Brandt/NNP/PROPN/7/nsubj ate/eat/VBD/VERB/7/ROOT | "
    "Brandt/Brandt/NNP/PROPN/9/nsubj rose/rise/VBD/VERB/9/ROOT | "
    "Ole/Ole/NNP/PROPN/11/nsubj sang/sing/VBD/VERB/11/ROOT";

static void a_shared_surname_is_the_nearest_persons_before(void **state)
{
    who_stage *stage = *state;
    for (int recognised = 0; recognised < 2; recognised++) {
        stage_read(stage, two_of_one_surname);
        stage_name(stage, 0, 2, "PERSON");
        stage_name(stage, 5, 7, "PERSON");
        if (recognised) {
            stage_name(stage, 3, 4, "PERSON");
            stage_name(stage, 8, 9, "PERSON");
        }
        find_names(stage);
        uint32_t ole = stage_entity(stage, 1), ida = stage_entity(stage, 6);
        assert_int_equal(stage->document->entities.count, 2);
        assert_int_not_equal(ole, ida);
        assert_int_equal(stage_entity(stage, 3), ole);
        assert_int_equal(stage_entity(stage, 8), ida);
        assert_int_equal(stage_entity(stage, 10), ole); /* a first name that he alone has */
        assert_int_equal(ro_sweep_find_surname(&stage->roster, 3), ole);
        assert_int_equal(ro_sweep_find_surname(&stage->roster, 8), ida);
        assert_int_equal(ro_sweep_find_surname(&stage->roster, 2), RO_NONE);
        stage_done(stage);
    }
}

static void a_surname_shared_with_a_leader_too(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "Ivo/Ivo/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/2/nsubj "
               "left/leave/VBD/VERB/2/ROOT | Ole/Ole/NNP/PROPN/4/compound "
               "Kell/Kell/NNP/PROPN/5/nsubj ate/eat/VBD/VERB/5/ROOT | Rain/rain/NN/NOUN/7/nsubj "
               "hit/hit/VBD/VERB/7/ROOT Kell/Kell/NNP/PROPN/7/dobj");
    stage_name(stage, 0, 2, "PERSON");
    stage_name(stage, 3, 5, "PERSON");
    find_names(stage);
    assert_int_equal(stage_entity(stage, 8), stage_entity(stage, 4));
    assert_int_not_equal(stage_entity(stage, 8), stage_entity(stage, 1));
    stage_done(stage);
}

static void another_person_between_is_not_the_nearest(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "Ole/Ole/NNP/PROPN/1/compound Brandt/Brandt/NNP/PROPN/2/nsubj "
               "left/leave/VBD/VERB/2/ROOT | Ida/Ida/NNP/PROPN/4/compound "
               "Brandt/Brandt/NNP/PROPN/5/nsubj ate/eat/VBD/VERB/5/ROOT | "
               "Tor/Tor/NNP/PROPN/7/compound Marsh/Marsh/NNP/PROPN/8/nsubj "
               "rose/rise/VBD/VERB/8/ROOT | Rain/rain/NN/NOUN/10/nsubj hit/hit/VBD/VERB/10/ROOT "
               "Brandt/Brandt/NNP/PROPN/10/dobj");
    for (uint32_t first = 0; first < 9; first += 3)
        stage_name(stage, first, first + 2, "PERSON");
    find_names(stage);
    assert_int_equal(stage->document->entities.count, 3);
    assert_int_equal(stage_entity(stage, 11), stage_entity(stage, 4));
    stage_done(stage);
}

static void a_shared_first_name_is_nobodys(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "Tor/Tor/NNP/PROPN/1/compound Brandt/Brandt/NNP/PROPN/2/nsubj "
               "left/leave/VBD/VERB/2/ROOT | Tor/Tor/NNP/PROPN/4/compound "
               "Marsh/Marsh/NNP/PROPN/5/nsubj ate/eat/VBD/VERB/5/ROOT | Tor/Tor/NNP/PROPN/7/nsubj "
               "slept/sleep/VBD/VERB/7/ROOT");
    stage_name(stage, 0, 2, "PERSON");
    stage_name(stage, 3, 5, "PERSON");
    find_names(stage);
    assert_int_equal(stage->document->mentions.count, 2);
    assert_null(stage_mention(stage, 6, 0));
    stage_done(stage);
}

static void a_name_inside_a_name(void **state)
{
    static const char parse[] =
        "The/the/DT/DET/1/det University/University/NNP/PROPN/4/nsubj of/of/IN/ADP/1/prep "
        "Milton/Milton/NNP/PROPN/2/pobj left/leave/VBD/VERB/4/ROOT "
        "Milton/Milton/NNP/PROPN/4/dobj";
    who_stage *stage = *state;
    stage_read(stage, parse);
    stage_name(stage, 1, 4, "ORG");
    stage_name(stage, 5, 6, "GPE");
    find_names(stage);
    assert_string_equal(stage_rule(stage, 3), "name in a name");
    assert_int_equal(stage_entity(stage, 3), stage_entity(stage, 5));
    assert_int_not_equal(stage_entity(stage, 1), stage_entity(stage, 5));
    assert_int_equal(stage_mention(stage, 3, 0)->first, 3);
    assert_int_equal(stage_mention(stage, 3, 0)->end, 4);
    stage_done(stage);
}

static void none_inside_a_persons_name(void **state)
{
    static const char parse[] =
        "Milton/Milton/NNP/PROPN/1/compound Turner/Turner/NNP/PROPN/2/nsubj "
        "left/leave/VBD/VERB/2/ROOT Milton/Milton/NNP/PROPN/2/dobj";
    who_stage *stage = *state;
    for (int is_person = 0; is_person < 2; is_person++) {
        stage_read(stage, parse);
        stage_name(stage, 0, 2, is_person ? "PERSON" : "ORG");
        stage_name(stage, 3, 4, "GPE");
        find_names(stage);
        assert_string_equal(stage_rule(stage, 3), "name");
        assert_string_equal(stage_rule(stage, 0), is_person ? "no mention" : "name in a name");
        stage_done(stage);
    }
}

static void initials_stand_for_the_name(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "The/the/DT/DET/3/det Fen/Fen/NNP/PROPN/3/compound Water/Water/NNP/PROPN/3/compound "
               "Union/Union/NNP/PROPN/4/nsubj slept/sleep/VBD/VERB/4/ROOT | "
               "Rain/rain/NN/NOUN/6/nsubj hit/hit/VBD/VERB/6/ROOT the/the/DT/DET/8/det "
               "FWU/FWU/NNP/PROPN/6/dobj | Hail/hail/NN/NOUN/10/nsubj hit/hit/VBD/VERB/10/ROOT "
               "the/the/DT/DET/12/det Fwu/Fwu/NNP/PROPN/10/dobj | Snow/snow/NN/NOUN/14/nsubj "
               "hit/hit/VBD/VERB/14/ROOT the/the/DT/DET/16/det FWX/FWX/NNP/PROPN/14/dobj");
    stage_name(stage, 1, 4, "ORG");
    find_names(stage);
    assert_string_equal(stage_rule(stage, 8), "name again");
    assert_int_equal(stage_entity(stage, 8), stage_entity(stage, 3));
    assert_null(stage_mention(stage, 12, 0)); /* initials are written as such */
    assert_null(stage_mention(stage, 16, 0));
    stage_done(stage);
}

static void an_organizations_first_words(void **state)
{
    who_stage *stage = *state;
    stage_read(stage, "Fen/Fen/NNP/PROPN/2/compound Dairy/Dairy/NNP/PROPN/2/compound "
                      "Works/Works/NNP/PROPN/3/nsubj left/leave/VBD/VERB/3/ROOT | A/a/DT/DET/7/det "
                      "Fen/Fen/NNP/PROPN/6/compound Dairy/Dairy/NNP/PROPN/7/compound "
                      "cow/cow/NN/NOUN/8/nsubj slept/sleep/VBD/VERB/8/ROOT | A/a/DT/DET/11/det "
                      "Dairy/Dairy/NNP/PROPN/11/compound cow/cow/NN/NOUN/12/nsubj "
                      "ate/eat/VBD/VERB/12/ROOT | A/a/DT/DET/16/det fen/fen/NN/NOUN/15/compound "
                      "Dairy/Dairy/NNP/PROPN/16/compound cow/cow/NN/NOUN/17/nsubj "
                      "rose/rise/VBD/VERB/17/ROOT");
    stage_name(stage, 0, 3, "ORG");
    find_names(stage);
    assert_string_equal(stage_rule(stage, 6), "name again");
    assert_int_equal(stage_entity(stage, 6), stage_entity(stage, 2));
    assert_int_equal(stage->document->mentions.count, 2);
    stage_done(stage);
}

static void no_name_goes_over_the_edge_of_another(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "Fen/Fen/NNP/PROPN/2/compound Dairy/Dairy/NNP/PROPN/2/compound "
               "Works/Works/NNP/PROPN/3/nsubj left/leave/VBD/VERB/3/ROOT | "
               "Rain/rain/NN/NOUN/5/nsubj hit/hit/VBD/VERB/5/ROOT Fen/Fen/NNP/PROPN/8/compound "
               "Dairy/Dairy/NNP/PROPN/8/compound Hall/Hall/NNP/PROPN/5/dobj");
    stage_name(stage, 0, 3, "ORG");
    stage_name(stage, 7, 9, "FAC");
    find_names(stage);
    assert_int_equal(stage->document->mentions.count, 2);
    assert_int_equal(stage_mention(stage, 8, 0)->first, 6); /* with its whole noun phrase */
    assert_null(stage_mention(stage, 6, 0));
    stage_done(stage);
}

static void a_word_of_the_lexicon_is_no_surname(void **state)
{
    who_stage *stage = *state;
    stage_read(stage, "Ole/Ole/NNP/PROPN/1/compound General/General/NNP/PROPN/2/nsubj "
                      "left/leave/VBD/VERB/2/ROOT | Later/later/RB/PART/5/advmod "
                      "General/General/NNP/PROPN/5/nsubj slept/sleep/VBD/VERB/5/ROOT");
    stage_name(stage, 0, 2, "PERSON");
    find_names(stage);
    assert_int_equal(stage->document->mentions.count, 1);
    assert_null(stage_mention(stage, 4, 0));
    stage_done(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_surname_is_found_again),
        cmocka_unit_test(a_shared_surname_is_the_nearest_persons_before),
        cmocka_unit_test(a_surname_shared_with_a_leader_too),
        cmocka_unit_test(another_person_between_is_not_the_nearest),
        cmocka_unit_test(a_shared_first_name_is_nobodys),
        cmocka_unit_test(a_name_inside_a_name),
        cmocka_unit_test(none_inside_a_persons_name),
        cmocka_unit_test(initials_stand_for_the_name),
        cmocka_unit_test(an_organizations_first_words),
        cmocka_unit_test(no_name_goes_over_the_edge_of_another),
        cmocka_unit_test(a_word_of_the_lexicon_is_no_surname),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
