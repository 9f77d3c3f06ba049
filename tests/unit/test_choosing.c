/* test_choosing.c - choosing.c: which place a name is meant for, one reason at a time. Weights and
 * places are the stage's. */
#include "where_stage.h"

/* Settles a document in which the recogniser sees these tokens as places. */
static void settle(where_stage *stage, const char *parse, const uint32_t *places)
{
    where_read(stage, parse);
    for (; places != NULL && *places != RO_NONE; places++)
        where_name(stage->document, *places, *places + 1, "GPE");
    where_settle(stage);
}

#define PLACES(...) ((const uint32_t[]){__VA_ARGS__, RO_NONE})

/* The score of a candidate of the first name, by what where_chosen would say of it. */
static int32_t score_of(const where_stage *stage, const char *country, const char *within)
{
    const ro_choice *choice = &stage->choices.items[stage->sightings.items[0].group];
    for (uint32_t i = 0; i < choice->count; i++)
        if (strcmp(choice->candidates[i].country, country) == 0 &&
            strcmp(choice->candidates[i].within, within) == 0)
            return choice->candidates[i].score;
    fail_msg("no candidate in %s %s", country, within);
    return 0;
}

static void by_itself_the_best_known_is_meant(void **state)
{
    where_stage *stage = *state;
    settle(stage, "in/in/IN/ADP/0/ROOT Paris/Paris/NNP/PROPN/0/pobj", PLACES(1));
    assert_string_equal(where_chosen(stage, 1), "city FRA Île-de-France Paris");
    /* 20 for each power of ten of its people, 60 as the lexicon has it */
    assert_int_equal(score_of(stage, "FRA", "Île-de-France"), 126 + 60);
    assert_int_equal(score_of(stage, "USA", "Texas"), 87);
    assert_int_equal(score_of(stage, "USA", "Kentucky"), 79);
    where_done(stage);
    settle(stage, "in/in/IN/ADP/0/ROOT Alba/Alba/NNP/PROPN/0/pobj", PLACES(1));
    assert_string_equal(where_chosen(stage, 1), "city FRA Alba");
    where_done(stage);
}

static void kinds_have_their_weight(void **state)
{
    where_stage *stage = *state;
    /* a country before the division with more people */
    settle(stage, "in/in/IN/ADP/0/ROOT Georgia/Georgia/NNP/PROPN/0/pobj", PLACES(1));
    assert_string_equal(where_chosen(stage, 1), "country GEO Georgia");
    where_done(stage);
    settle(stage, "in/in/IN/ADP/0/ROOT Reading/Reading/NNP/PROPN/0/pobj", PLACES(1));
    int32_t main_name = score_of(stage, "USA", "");
    where_done(stage);
    settle(stage,
           "in/in/IN/ADP/0/ROOT Old/Old/NNP/PROPN/2/compound Reading/Reading/NNP/PROPN/0/pobj",
           NULL);
    assert_int_equal(score_of(stage, "USA", ""), main_name - 60 - 50); /* another name, weak */
    where_done(stage);
}

static void what_it_lies_in_settles_it(void **state)
{
    where_stage *stage = *state;
    settle(stage,
           "in/in/IN/ADP/0/ROOT Paris/Paris/NNP/PROPN/0/pobj ,/,/,/PUNCT/1/punct "
           "Texas/Texas/NNP/PROPN/1/appos",
           PLACES(1, 3));
    assert_string_equal(where_chosen(stage, 1), "city USA Texas Paris");
    assert_string_equal(where_chosen(stage, 3), "region USA Texas");
    where_done(stage);
    settle(stage,
           "in/in/IN/ADP/0/ROOT Tripoli/Tripoli/NNP/PROPN/0/pobj in/in/IN/ADP/1/prep "
           "northern/northern/JJ/ADJ/4/amod Lebanon/Lebanon/NNP/PROPN/2/pobj",
           PLACES(1, 4));
    assert_string_equal(where_chosen(stage, 1), "city LBN North Lebanon Tripoli");
    where_done(stage);
    settle(stage, "in/in/IN/ADP/0/ROOT Tripoli/Tripoli/NNP/PROPN/0/pobj", PLACES(1));
    assert_string_equal(where_chosen(stage, 1), "city LBY Tripoli");
    where_done(stage);
    /* the state rather than the country, where the town lies in it */
    settle(stage,
           "in/in/IN/ADP/0/ROOT Nelson/Nelson/NNP/PROPN/0/pobj ,/,/,/PUNCT/1/punct "
           "Kentucky/Kentucky/NNP/PROPN/1/appos",
           PLACES(1, 3));
    assert_string_equal(where_chosen(stage, 1), "city USA Kentucky Nelson");
    where_done(stage);
}

/* In "Paris, London" neither lies in the other: a list. */
static void a_list_of_places_is_no_address(void **state)
{
    where_stage *stage = *state;
    settle(stage,
           "in/in/IN/ADP/0/ROOT Paris/Paris/NNP/PROPN/0/pobj ,/,/,/PUNCT/1/punct "
           "London/London/NNP/PROPN/1/appos",
           PLACES(1, 3));
    assert_int_equal(stage->sightings.items[0].inside, RO_NONE);
    assert_string_equal(where_chosen(stage, 1), "city FRA Île-de-France Paris");
    assert_string_equal(where_chosen(stage, 3), "city GBR London");
    where_done(stage);
}

/* Each tells that the other is a place, even if the recogniser saw neither. */
static void an_address_makes_both_places(void **state)
{
    where_stage *stage = *state;
    settle(stage, "Alba/Alba/NNP/PROPN/0/ROOT ,/,/,/PUNCT/0/punct Texas/Texas/NNP/PROPN/0/appos",
           NULL);
    assert_string_equal(where_chosen(stage, 0), "city USA Texas Alba");
    where_done(stage);
    settle(stage, "Alba/Alba/NNP/PROPN/0/ROOT", NULL);
    assert_string_equal(where_chosen(stage, 0), "no place");
    where_done(stage);
}

static void the_countries_of_the_other_places_count(void **state)
{
    where_stage *stage = *state;
    const char *const parse = "Tripoli/Tripoli/NNP/PROPN/0/ROOT | Beirut/Beirut/NNP/PROPN/1/ROOT | "
                              "Lebanon/Lebanon/NNP/PROPN/2/ROOT";
    settle(stage, parse, PLACES(0, 1, 2));
    int32_t with = score_of(stage, "LBN", "North Lebanon");
    int32_t libya = score_of(stage, "LBY", "");
    where_done(stage);
    settle(stage, "Tripoli/Tripoli/NNP/PROPN/0/ROOT", PLACES(0));
    assert_true(with > score_of(stage, "LBN", "North Lebanon"));
    assert_int_equal(libya, score_of(stage, "LBY", ""));
    where_done(stage);
    /* in one sentence more than in two */
    settle(
        stage,
        "Tripoli/Tripoli/NNP/PROPN/0/ROOT and/and/CC/CCONJ/0/cc Beirut/Beirut/NNP/PROPN/0/conj | "
        "Lebanon/Lebanon/NNP/PROPN/3/ROOT",
        PLACES(0, 2, 3));
    assert_int_equal(score_of(stage, "LBN", "North Lebanon"), with + 30);
    where_done(stage);
}

static void nearness_counts(void **state)
{
    where_stage *stage = *state;
    int32_t *weights = stage->atlas.weights;
    weights[RO_EVIDENCE_SAME_COUNTRY] = weights[RO_EVIDENCE_SAME_DIVISION] = 0;
    settle(stage, "Alba/Alba/NNP/PROPN/0/ROOT | Dallas/Dallas/NNP/PROPN/1/ROOT", PLACES(0, 1));
    /* 1.18 degrees of latitude and longitude, of 5 beyond which nothing counts */
    assert_int_equal(score_of(stage, "USA", "Texas"), 53 + 24);
    assert_int_equal(score_of(stage, "FRA", ""), 59);
    assert_string_equal(where_chosen(stage, 0), "city USA Texas Alba");
    where_done(stage);
    /* its own places are not near it */
    settle(stage, "Alba/Alba/NNP/PROPN/0/ROOT | Alba/Alba/NNP/PROPN/1/ROOT", PLACES(0, 1));
    assert_int_equal(score_of(stage, "USA", "Texas"), 53);
    where_done(stage);
    weights[RO_EVIDENCE_SAME_COUNTRY] = 60;
    weights[RO_EVIDENCE_SAME_DIVISION] = 40;
}

static void a_name_has_one_sense_a_text(void **state)
{
    where_stage *stage = *state;
    settle(stage,
           "Paris/Paris/NNP/PROPN/0/ROOT ,/,/,/PUNCT/0/punct Texas/Texas/NNP/PROPN/0/appos | "
           "in/in/IN/ADP/3/ROOT Paris/Paris/NNP/PROPN/3/pobj | "
           "PARIS/Paris/NNP/PROPN/5/ROOT",
           PLACES(0, 2, 4, 5));
    assert_int_equal(stage->sightings.items[0].group, stage->sightings.items[2].group);
    assert_string_equal(where_chosen(stage, 4), "city USA Texas Paris");
    assert_string_equal(where_chosen(stage, 5), "city USA Texas Paris");
    where_done(stage);
    /* what is a place elsewhere in the text is likelier one here */
    settle(stage,
           "to/to/IN/ADP/0/ROOT Dallas/Dallas/NNP/PROPN/0/pobj | "
           "Dallas/Dallas/NNP/PROPN/3/nsubj won/win/VBD/VERB/3/ROOT",
           PLACES(1));
    assert_string_equal(where_chosen(stage, 2), "city USA Texas Dallas");
    where_done(stage);
    settle(stage, "Dallas/Dallas/NNP/PROPN/1/nsubj won/win/VBD/VERB/1/ROOT", NULL);
    assert_string_equal(where_chosen(stage, 0), "no place");
    where_done(stage);
}

/* A mention that says where it lies is that place, whatever the others are. */
static void a_mention_may_say_for_itself(void **state)
{
    where_stage *stage = *state;
    settle(stage,
           "in/in/IN/ADP/0/ROOT Paris/Paris/NNP/PROPN/0/pobj ,/,/,/PUNCT/1/punct "
           "France/France/NNP/PROPN/1/appos | "
           "in/in/IN/ADP/4/ROOT Paris/Paris/NNP/PROPN/4/pobj ,/,/,/PUNCT/5/punct "
           "Kentucky/Kentucky/NNP/PROPN/5/appos",
           PLACES(1, 3, 5, 7));
    assert_string_equal(where_chosen(stage, 1), "city FRA Île-de-France Paris");
    assert_string_equal(where_chosen(stage, 5), "city USA Kentucky Paris");
    where_done(stage);
}

/* "Texas and Georgia": two states. */
static void neighbors_in_a_list_are_of_a_kind(void **state)
{
    where_stage *stage = *state;
    settle(stage,
           "in/in/IN/ADP/0/ROOT Georgia/Georgia/NNP/PROPN/0/pobj and/and/CC/CCONJ/1/cc "
           "Texas/Texas/NNP/PROPN/1/conj",
           PLACES(1, 3));
    assert_string_equal(where_chosen(stage, 1), "region USA Georgia");
    where_done(stage);
    settle(stage,
           "in/in/IN/ADP/0/ROOT Georgia/Georgia/NNP/PROPN/0/pobj and/and/CC/CCONJ/1/cc "
           "France/France/NNP/PROPN/1/conj",
           PLACES(1, 3));
    assert_string_equal(where_chosen(stage, 1), "country GEO Georgia");
    where_done(stage);
}

/* "Scottish" is of Scotland, though the lexicon only knows whose nationality word it is. */
static void nationality_words_may_be_those_of_parts(void **state)
{
    where_stage *stage = *state;
    settle(stage, "Scottish/scottish/JJ/ADJ/1/amod police/police/NNS/NOUN/1/ROOT", PLACES(0));
    assert_string_equal(where_chosen(stage, 0), "region GBR Scotland");
    where_done(stage);
    settle(stage, "British/british/JJ/ADJ/1/amod police/police/NNS/NOUN/1/ROOT", PLACES(0));
    assert_string_equal(where_chosen(stage, 0), "country GBR United Kingdom");
    where_done(stage);
    settle(stage, "American/american/JJ/ADJ/1/amod police/police/NNS/NOUN/1/ROOT", PLACES(0));
    assert_string_equal(where_chosen(stage, 0), "country USA United States");
    where_done(stage);
}

static void without_a_gazetteer_the_lexicon_says_what(void **state)
{
    where_stage *stage = *state;
    stage->atlas.gazetteer = NULL;
    settle(
        stage,
        "Tripoli/Tripoli/NNP/PROPN/0/ROOT in/in/IN/ADP/0/prep Lebanon/Lebanon/NNP/PROPN/1/pobj | "
        "Texas/Texas/NNP/PROPN/3/ROOT",
        PLACES(0, 2, 3));
    assert_string_equal(where_chosen(stage, 0), "city LBY Tripoli");
    assert_string_equal(where_chosen(stage, 2), "country LBN Lebanon");
    assert_string_equal(where_chosen(stage, 3), "region USA Texas");
    const ro_place_candidate *tripoli = &stage->choices.items[0].candidates[0];
    assert_true(isnan(tripoli->latitude) && isnan(tripoli->longitude));
    assert_string_equal(tripoli->within, "");
    where_done(stage);
    stage->atlas.gazetteer = stage->gazetteer;
}

/* What the lexicon knows and the gazetteer does not. */
static void a_place_of_the_lexicon_alone_has_no_position(void **state)
{
    where_stage *stage = *state;
    settle(stage,
           "in/in/IN/ADP/0/ROOT Kalorama/Kalorama/NNP/PROPN/2/compound "
           "Heights/Heights/NNP/PROPN/0/pobj",
           NULL);
    assert_string_equal(where_chosen(stage, 1), "region USA Kalorama Heights");
    assert_true(isnan(stage->choices.items[0].candidates[0].latitude));
    where_done(stage);
}

static void unknown_names_have_no_candidates(void **state)
{
    where_stage *stage = *state;
    where_read(stage, "on/on/IN/ADP/0/ROOT Abbey/Abbey/NNP/PROPN/2/compound "
                      "Road/Road/NNP/PROPN/0/pobj");
    where_name(stage->document, 1, 3, "FAC");
    where_settle(stage);
    assert_string_equal(where_chosen(stage, 1), "unknown");
    where_done(stage);
}

static void nothing_to_choose_from(void **state)
{
    where_stage *stage = *state;
    settle(stage, "It/it/PRP/PRON/1/nsubj rained/rain/VBD/VERB/1/ROOT", NULL);
    assert_int_equal(stage->sightings.count, 0);
    assert_int_equal(stage->choices.count, 0);
    where_done(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_itself_the_best_known_is_meant),
        cmocka_unit_test(kinds_have_their_weight),
        cmocka_unit_test(what_it_lies_in_settles_it),
        cmocka_unit_test(a_list_of_places_is_no_address),
        cmocka_unit_test(an_address_makes_both_places),
        cmocka_unit_test(the_countries_of_the_other_places_count),
        cmocka_unit_test(nearness_counts),
        cmocka_unit_test(a_name_has_one_sense_a_text),
        cmocka_unit_test(a_mention_may_say_for_itself),
        cmocka_unit_test(neighbors_in_a_list_are_of_a_kind),
        cmocka_unit_test(nationality_words_may_be_those_of_parts),
        cmocka_unit_test(without_a_gazetteer_the_lexicon_says_what),
        cmocka_unit_test(a_place_of_the_lexicon_alone_has_no_position),
        cmocka_unit_test(unknown_names_have_no_candidates),
        cmocka_unit_test(nothing_to_choose_from),
    };
    return cmocka_run_group_tests(tests, where_open, where_close);
}
