/* test_owner.c - owner.c: whose a noun is, what code both make, and the country of a dispatch. */
#include "unit.h"

#include "who_stage.h"

static void check_code(who_stage *stage, const char *parse, uint32_t head, const char *code)
{
    stage_read(stage, parse);
    stage_find(stage);
    assert_string_equal(stage_code(stage, head), code);
    stage_done(stage);
}

/* ---- owners ---------------------------------------------------------------------------------- */

static void where_an_owner_stands(void **state)
{
    who_stage *stage = *state;
    check_code(stage,
               "The/the/DT/DET/2/det Borian/borian/JJ/ADJ/2/amod general/general/NN/NOUN/3/nsubj "
               "left/leave/VBD/VERB/3/ROOT",
               2, "BORMIL");
    check_code(stage,
               "Boria/Boria/NNP/PROPN/2/poss 's/'s/POS/PART/0/case general/general/NN/NOUN/3/nsubj "
               "left/leave/VBD/VERB/3/ROOT",
               2, "BORMIL");
    check_code(stage,
               "Boria/Boria/NNP/PROPN/1/compound general/general/NN/NOUN/2/nsubj "
               "left/leave/VBD/VERB/2/ROOT",
               1, "BORMIL");
    check_code(stage,
               "A/a/DT/DET/1/det general/general/NN/NOUN/4/nsubj from/from/IN/ADP/1/prep "
               "Boria/Boria/NNP/PROPN/2/pobj left/leave/VBD/VERB/4/ROOT",
               1, "BORMIL");
    /* not behind another preposition, not under the verb; Avalia keeps it from being at home */
    check_code(stage,
               "Avalia/Avalia/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT a/a/DT/DET/3/det "
               "general/general/NN/NOUN/1/dobj against/against/IN/ADP/3/prep "
               "Boria/Boria/NNP/PROPN/4/pobj",
               3, "MIL");
    check_code(stage,
               "Avalia/Avalia/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT a/a/DT/DET/3/det "
               "general/general/NN/NOUN/1/dobj from/from/IN/ADP/1/prep "
               "Boria/Boria/NNP/PROPN/4/pobj",
               3, "MIL");
    check_code(stage,
               "Avalia/Avalia/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT a/a/DT/DET/3/det "
               "general/general/NN/NOUN/1/dobj with/with/IN/ADP/3/prep a/a/DT/DET/6/det "
               "farm/farm/NN/NOUN/4/pobj in/in/IN/ADP/6/prep Boria/Boria/NNP/PROPN/7/pobj",
               3, "MIL");
    /* a nationality word that hangs on another word of the phrase */
    check_code(stage,
               "The/the/DT/DET/3/det Borian/borian/JJ/ADJ/2/amod army/army/NN/NOUN/3/compound "
               "general/general/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "BORMIL");
}

static void conjunct_owners_make_one_actor_each(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "Borian/borian/JJ/ADJ/3/amod and/and/CC/CCONJ/0/cc Kentian/kentian/JJ/ADJ/0/conj "
               "generals/general/NNS/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT");
    stage_find(stage);
    assert_int_equal(stage->document->mentions.count, 2);
    assert_string_equal(stage_code(stage, 3), "BORMIL");
    const ro_mention *second = stage_mention(stage, 3, 1);
    assert_non_null(second);
    assert_string_equal(stage->document->entities.items[second->entity].actor.code, "KENMIL");
    stage_done(stage);
    stage_read(stage,
               "Boria/Boria/NNP/PROPN/3/nmod and/and/CC/CCONJ/0/cc Kentia/Kentia/NNP/PROPN/0/conj "
               "generals/general/NNS/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT");
    stage_find(stage);
    assert_string_equal(stage_code(stage, 3), "BORMIL");
    second = stage_mention(stage, 3, 1);
    assert_non_null(second);
    assert_string_equal(stage->document->entities.items[second->entity].actor.code, "KENMIL");
    stage_done(stage);
    stage_read(stage,
               "The/the/DT/DET/1/det generals/general/NNS/NOUN/6/nsubj of/of/IN/ADP/1/prep "
               "Boria/Boria/NNP/PROPN/2/pobj and/and/CC/CCONJ/3/cc Kentia/Kentia/NNP/PROPN/3/conj "
               "left/leave/VBD/VERB/6/ROOT");
    stage_find(stage);
    assert_string_equal(stage_code(stage, 1), "BORMIL");
    second = stage_mention(stage, 1, 1);
    assert_non_null(second);
    assert_string_equal(stage->document->entities.items[second->entity].actor.code, "KENMIL");
    stage_done(stage);
    /* one man between two countries is the first one's */
    stage_read(stage,
               "The/the/DT/DET/1/det minister/minister/NN/NOUN/6/nsubj of/of/IN/ADP/1/prep "
               "Boria/Boria/NNP/PROPN/2/pobj to/to/IN/ADP/1/prep Kentia/Kentia/NNP/PROPN/4/pobj "
               "left/leave/VBD/VERB/6/ROOT");
    stage_find(stage);
    assert_string_equal(stage_code(stage, 1), "BORGOV");
    assert_null(stage_mention(stage, 1, 1));
    stage_done(stage);
}

/* ---- composing ------------------------------------------------------------------------------- */

static void sectors_stand_in_the_order_of_the_lexicon(void **state)
{
    who_stage *stage = *state;
    check_code(stage,
               "Borian/borian/JJ/ADJ/2/amod opposition/opposition/NN/NOUN/2/compound "
               "lawmakers/lawmaker/NNS/NOUN/3/nsubj left/leave/VBD/VERB/3/ROOT",
               2, "BORLEGOPP");
    check_code(stage,
               "Borian/borian/JJ/ADJ/3/amod rebel/rebel/NN/NOUN/3/compound "
               "police/police/NN/NOUN/3/compound general/general/NN/NOUN/4/nsubj "
               "left/leave/VBD/VERB/4/ROOT",
               3, "BORMILCOPREB");
    stage_read(stage, "Borian/borian/JJ/ADJ/2/amod police/police/NN/NOUN/2/compound "
                      "police/police/NN/NOUN/3/nsubj left/leave/VBD/VERB/3/ROOT");
    stage_find(stage);
    assert_string_equal(stage_code(stage, 2), "BORCOP"); /* each once */
    assert_string_equal(stage->document->entities.items[stage_entity(stage, 2)].actor.sectors,
                        "COP");
    stage_done(stage);
    stage_read(stage, "Borian/borian/JJ/ADJ/2/amod opposition/opposition/NN/NOUN/2/compound "
                      "lawmaker/lawmaker/NN/NOUN/3/nsubj left/leave/VBD/VERB/3/ROOT");
    stage_find(stage);
    const ro_actor *actor = &stage->document->entities.items[stage_entity(stage, 2)].actor;
    assert_string_equal(actor->sectors, "LEG OPP");
    assert_string_equal(actor->country, "BOR");
    assert_string_equal(actor->role, "lawmaker");
    stage_done(stage);
}

static void an_empty_code_takes_its_owners(void **state)
{
    who_stage *stage = *state;
    check_code(stage,
               "An/an/DT/DET/1/det aide/aide/NN/NOUN/5/nsubj to/to/IN/ADP/1/prep "
               "Ivo/Ivo/NNP/PROPN/4/compound Kell/Kell/NNP/PROPN/2/pobj left/leave/VBD/VERB/5/ROOT",
               1, "BORGOV");
    check_code(stage,
               "A/a/DT/DET/2/det Borian/borian/JJ/ADJ/2/amod aide/aide/NN/NOUN/3/nsubj "
               "left/leave/VBD/VERB/3/ROOT",
               2, "BOR");
    check_code(stage,
               "Avalia/Avalia/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT "
               "Boria/Boria/NNP/PROPN/1/dobj and/and/CC/CCONJ/2/cc an/an/DT/DET/5/det "
               "aide/aide/NN/NOUN/2/conj",
               5, "");
    /* a person's sectors are his alone, his country is not */
    check_code(stage,
               "Ivo/Ivo/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/3/poss 's/'s/POS/PART/1/case "
               "general/general/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "BORMIL");
    check_code(stage,
               "Una/Una/NNP/PROPN/1/compound Dell/Dell/NNP/PROPN/3/poss 's/'s/POS/PART/1/case "
               "general/general/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "MIL");
    /* a group's are its people's, too, unless its country says more */
    check_code(stage,
               "The/the/DT/DET/1/det rebels/rebel/NNS/NOUN/3/poss '/'/POS/PART/1/case "
               "general/general/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "MILREB");
    check_code(stage,
               "The/the/DT/DET/2/det Borian/borian/JJ/ADJ/2/amod rebels/rebel/NNS/NOUN/4/poss "
               "'/'/POS/PART/2/case general/general/NN/NOUN/5/nsubj left/leave/VBD/VERB/5/ROOT",
               4, "BORMIL");
}

static void an_organizations_people_act_for_it(void **state)
{
    who_stage *stage = *state;
    check_code(stage,
               "A/a/DT/DET/2/det LOL/LOL/NNP/PROPN/2/compound general/general/NN/NOUN/3/nsubj "
               "left/leave/VBD/VERB/3/ROOT",
               2, "IGOLOL");
    check_code(stage,
               "A/a/DT/DET/1/det reporter/reporter/NN/NOUN/5/nsubj with/with/IN/ADP/1/prep "
               "Red/Red/NNP/PROPN/4/compound Dawn/Dawn/NNP/PROPN/2/pobj left/leave/VBD/VERB/5/ROOT "
               "Avalia/Avalia/NNP/PROPN/5/dobj and/and/CC/CCONJ/6/cc Boria/Boria/NNP/PROPN/6/conj",
               1, "REB");
}

static void who_was_in_government_is_of_the_former_elite(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "The/the/DT/DET/3/det former/former/JJ/ADJ/3/amod Borian/borian/JJ/ADJ/3/amod "
               "minister/minister/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT");
    stage_find(stage);
    const ro_actor *actor = &stage->document->entities.items[stage_entity(stage, 3)].actor;
    assert_string_equal(actor->code, "BORELI");
    assert_string_equal(actor->sectors, "ELI");
    assert_string_equal(actor->role, "former minister");
    stage_done(stage);
    check_code(stage,
               "The/the/DT/DET/3/det ousted/oust/VBN/VERB/3/amod Borian/borian/JJ/ADJ/3/amod "
               "president/president/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "BORELI");
    check_code(stage,
               "The/the/DT/DET/3/det ousted/ousted/JJ/ADJ/3/amod Borian/borian/JJ/ADJ/3/amod "
               "president/president/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "BORELI");
    check_code(stage,
               "The/the/DT/DET/3/det retiring/retire/VBG/VERB/3/amod Borian/borian/JJ/ADJ/3/amod "
               "president/president/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "BORGOV");
    check_code(stage,
               "The/the/DT/DET/3/det then/then/JJ/ADJ/3/amod Borian/borian/JJ/ADJ/3/amod "
               "minister/minister/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "BORGOV");
    /* a former rebel is still called one */
    check_code(stage,
               "The/the/DT/DET/3/det former/former/JJ/ADJ/3/amod Borian/borian/JJ/ADJ/3/amod "
               "rebel/rebel/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
               3, "BORREB");
}

/* ---- the country of a dispatch --------------------------------------------------------------- */

/* "Police left" somewhere in a dispatch; head: of "police". */
static void one_country_is_home(void **state)
{
    who_stage *stage = *state;
    static const struct {
        const char *parse;
        uint32_t head;
        const char *code;
    } cases[] = {
        /* a place */
        {"Police/police/NN/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT in/in/IN/ADP/1/prep "
         "Boria/Boria/NNP/PROPN/2/pobj",
         0, "BORCOP"},
        {"Police/police/NN/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT "
         "Borgrad/Borgrad/NNP/PROPN/1/dobj",
         0, "BORCOP"},
        {"Police/police/NN/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT in/in/IN/ADP/1/prep "
         "Borgrad/Borgrad/NNP/PROPN/2/pobj and/and/CC/CCONJ/3/cc "
         "Avaport/Avaport/NNP/PROPN/3/conj",
         0, "COP"},
        /* somebody's country, if no place tells */
        {"Police/police/NN/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT the/the/DT/DET/4/det "
         "Borian/borian/JJ/ADJ/4/amod board/board/NN/NOUN/1/dobj",
         0, "BORCOP"},
        {"Police/police/NN/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT the/the/DT/DET/4/det "
         "Borian/borian/JJ/ADJ/4/amod board/board/NN/NOUN/1/dobj in/in/IN/ADP/1/prep "
         "Avaport/Avaport/NNP/PROPN/5/pobj",
         0, "AVACOP"},
        {"Police/police/NN/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT the/the/DT/DET/4/det "
         "Borian/borian/JJ/ADJ/4/amod board/board/NN/NOUN/1/dobj and/and/CC/CCONJ/4/cc "
         "the/the/DT/DET/8/det Kentian/kentian/JJ/ADJ/8/amod "
         "alliance/alliance/NN/NOUN/4/conj",
         0, "COP"},
        /* a country that acts is none, and keeps another from being home */
        {"Boria/Boria/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT police/police/NN/NOUN/1/dobj", 2,
         "COP"},
        {"Boria/Boria/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT police/police/NN/NOUN/1/dobj "
         "in/in/IN/ADP/1/prep Avaport/Avaport/NNP/PROPN/3/pobj",
         2, "COP"},
        {"Boria/Boria/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT police/police/NN/NOUN/1/dobj "
         "in/in/IN/ADP/1/prep Borgrad/Borgrad/NNP/PROPN/3/pobj",
         2, "BORCOP"},
        /* a leader may be abroad */
        {"Ivo/Ivo/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/2/nsubj saw/see/VBD/VERB/2/ROOT "
         "police/police/NN/NOUN/2/dobj",
         3, "COP"},
        {"Ivo/Ivo/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/2/nsubj saw/see/VBD/VERB/2/ROOT "
         "police/police/NN/NOUN/2/dobj in/in/IN/ADP/2/prep Avaport/Avaport/NNP/PROPN/4/pobj",
         3, "AVACOP"},
        /* who is of no country stays so */
        {"LOL/LOL/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT "
         "Borgrad/Borgrad/NNP/PROPN/1/dobj",
         0, "IGOLOL"},
        {"A/a/DT/DET/1/det company/company/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT "
         "Borgrad/Borgrad/NNP/PROPN/2/dobj",
         1, "MNC"},
        {"An/an/DT/DET/1/det aide/aide/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT "
         "Borgrad/Borgrad/NNP/PROPN/2/dobj",
         1, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stage_read(stage, cases[i].parse);
        stage_find(stage);
        const char *code = stage_code(stage, cases[i].head);
        if (strcmp(code, cases[i].code) != 0)
            fail_msg("case %d: \"%s\", expected \"%s\"", (int)i, code, cases[i].code);
        stage_done(stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_an_owner_stands),
        cmocka_unit_test(conjunct_owners_make_one_actor_each),
        cmocka_unit_test(sectors_stand_in_the_order_of_the_lexicon),
        cmocka_unit_test(an_empty_code_takes_its_owners),
        cmocka_unit_test(an_organizations_people_act_for_it),
        cmocka_unit_test(who_was_in_government_is_of_the_former_elite),
        cmocka_unit_test(one_country_is_home),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
