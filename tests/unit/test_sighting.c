/* test_sighting.c - sighting.c: what may be a place's name, how likely it is, and what the text
 * says it lies in. Weights are the stage's; which place is meant is test_choosing.c's. */
#include "where_stage.h"

typedef struct sight_case {
    const char *parse;
    struct {
        uint32_t first, end;
        const char *label;
    } names[3];
    const char *seen; /* the names that count as a place's */
} sight_case;

static void see(where_stage *stage, const sight_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        where_read(stage, cases[i].parse);
        for (size_t j = 0; j < 3 && cases[i].names[j].label != NULL; j++)
            where_name(stage->document, cases[i].names[j].first, cases[i].names[j].end,
                       cases[i].names[j].label);
        where_sight(stage);
        assert_string_equal(where_seen(stage), cases[i].seen);
        where_done(stage);
    }
}

#define SEE(stage, cases) see(stage, cases, sizeof(cases) / sizeof(cases)[0])

static void the_longest_name_wins(void **state)
{
    static const sight_case cases[] = {
        {"in/in/IN/ADP/0/ROOT Black/Black/NNP/PROPN/2/compound Forest/Forest/NNP/PROPN/0/pobj",
         {{1, 3, "LOC"}},
         "Black Forest"},
        {"in/in/IN/ADP/0/ROOT North/North/NNP/PROPN/2/compound Lebanon/Lebanon/NNP/PROPN/0/pobj",
         {{1, 3, "GPE"}},
         "North Lebanon"},
        /* the lexicon's longer name before the gazetteer's */
        {"in/in/IN/ADP/0/ROOT Kalorama/Kalorama/NNP/PROPN/2/compound "
         "Heights/Heights/NNP/PROPN/0/pobj",
         {{0, 0, NULL}},
         "Kalorama Heights"},
        /* "the North" does not hide it, nor counts by itself */
        {"in/in/IN/ADP/0/ROOT the/the/DT/DET/3/det North/North/NNP/PROPN/3/compound "
         "Lebanon/Lebanon/NNP/PROPN/0/pobj",
         {{1, 4, "GPE"}},
         "North Lebanon"},
        {"saw/see/VBD/VERB/0/ROOT the/the/DT/DET/2/det North/North/NNP/PROPN/0/dobj",
         {{0, 0, NULL}},
         ""},
        /* accents do not count, small letters do */
        {"in/in/IN/ADP/0/ROOT Ile-de-France/Ile-de-France/NNP/PROPN/0/pobj",
         {{1, 2, "GPE"}},
         "Ile-de-France"},
        {"in/in/IN/ADP/0/ROOT black/black/JJ/ADJ/2/amod forest/forest/NN/NOUN/0/pobj",
         {{0, 0, NULL}},
         ""},
    };
    SEE(*state, cases);
}

static void names_do_not_cross_sentences(void **state)
{
    static const sight_case cases[] = {
        {"Black/Black/NNP/PROPN/0/ROOT | Forest/Forest/NNP/PROPN/1/ROOT", {{0, 0, NULL}}, ""},
    };
    SEE(*state, cases);
}

/* A row of names that ends like a site's. */
static void sites_are_found(void **state)
{
    static const sight_case cases[] = {
        {"on/on/IN/ADP/0/ROOT Abbey/Abbey/NNP/PROPN/2/compound Road/Road/NNP/PROPN/0/pobj",
         {{1, 3, "FAC"}},
         "Abbey Road"},
        /* a site's name holds a place's */
        {"at/at/IN/ADP/0/ROOT Paris/Paris/NNP/PROPN/2/compound Airport/Airport/NNP/PROPN/0/pobj",
         {{1, 3, "FAC"}},
         "Paris Airport"},
        {"in/in/IN/ADP/0/ROOT Peter/Peter/NNP/PROPN/3/poss 's/'s/POS/PART/1/case "
         "Square/Square/NNP/PROPN/0/pobj",
         {{1, 4, "FAC"}},
         "Peter 's Square"},
        /* a country's is two names */
        {"in/in/IN/ADP/0/ROOT Libya/Libya/NNP/PROPN/4/poss 's/'s/POS/PART/1/case "
         "Abbey/Abbey/NNP/PROPN/4/compound Road/Road/NNP/PROPN/0/pobj",
         {{1, 2, "GPE"}, {3, 5, "FAC"}},
         "Libya, Abbey Road"},
        /* the word alone is no name, nor is what small letters say */
        {"on/on/IN/ADP/0/ROOT Road/Road/NNP/PROPN/0/pobj", {{0, 0, NULL}}, ""},
        {"on/on/IN/ADP/0/ROOT Abbey/Abbey/NNP/PROPN/2/compound road/road/NN/NOUN/0/pobj",
         {{0, 0, NULL}},
         ""},
        /* begun in the middle of a row of names it would be half a name */
        {"in/in/IN/ADP/0/ROOT Old/Old/NNP/PROPN/3/compound Abbey/Abbey/NNP/PROPN/3/compound "
         "Road/Road/NNP/PROPN/0/pobj",
         {{1, 4, "FAC"}},
         "Old Abbey Road"},
    };
    SEE(*state, cases);
}

static void names_of_persons_and_organizations_are_refused(void **state)
{
    static const sight_case cases[] = {
        {"Dallas/Dallas/NNP/PROPN/1/compound Hill/Hill/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT",
         {{0, 2, "PERSON"}},
         ""},
        /* a country's name is stronger than a first name's label, unless it is inside a person's */
        {"Georgia/Georgia/NNP/PROPN/1/nsubj won/win/VBD/VERB/1/ROOT",
         {{0, 1, "PERSON"}},
         "Georgia"},
        {"Georgia/Georgia/NNP/PROPN/1/compound Hill/Hill/NNP/PROPN/2/nsubj won/win/VBD/VERB/2/ROOT",
         {{0, 2, "PERSON"}},
         ""},
        /* what the lexicon knows as a longer name of something else */
        {"Washington/Washington/NNP/PROPN/1/compound Post/Post/NNP/PROPN/2/nsubj "
         "said/say/VBD/VERB/2/ROOT",
         {{0, 2, "PERSON"}},
         ""},
        {"Dallas/Dallas/NNP/PROPN/1/compound Group/Group/NNP/PROPN/2/nsubj "
         "grew/grow/VBD/VERB/2/ROOT",
         {{0, 2, "ORG"}},
         ""},
    };
    SEE(*state, cases);
}

/* "Nelson" is a town in Kentucky, but here a man of that name is spoken of. */
static void somebody_of_the_text_may_be_called_so(void **state)
{
    static const sight_case cases[] = {
        {"in/in/IN/ADP/0/ROOT Nelson/Nelson/NNP/PROPN/0/pobj", {{1, 2, "GPE"}}, "Nelson"},
        {"Horatio/Horatio/NNP/PROPN/1/compound Nelson/Nelson/NNP/PROPN/2/nsubj "
         "came/come/VBD/VERB/2/ROOT | to/to/IN/ADP/3/ROOT Nelson/Nelson/NNP/PROPN/3/pobj",
         {{0, 2, "PERSON"}, {4, 5, "GPE"}},
         ""},
        /* a single name of a person proves nothing */
        {"Nelson/Nelson/NNP/PROPN/1/nsubj came/come/VBD/VERB/1/ROOT | "
         "to/to/IN/ADP/2/ROOT Nelson/Nelson/NNP/PROPN/2/pobj",
         {{0, 1, "PERSON"}, {3, 4, "GPE"}},
         "Nelson"},
    };
    SEE(*state, cases);
}

static void nationality_words_count_before_what_they_tell_of(void **state)
{
    static const sight_case cases[] = {
        {"Libyan/libyan/JJ/ADJ/1/amod envoys/envoy/NNS/NOUN/2/nsubj met/meet/VBD/VERB/2/ROOT",
         {{0, 1, "NORP"}},
         "Libyan"},
        {"the/the/DT/DET/1/det Libyans/Libyan/NNPS/PROPN/2/nsubj met/meet/VBD/VERB/2/ROOT",
         {{1, 2, "NORP"}},
         ""},
        /* a language, a people */
        {"He/he/PRP/PRON/1/nsubj spoke/speak/VBD/VERB/1/ROOT French/French/NNP/PROPN/1/dobj",
         {{2, 3, "LANGUAGE"}},
         ""},
        /* "is French" tells of somebody; in a list each tells of the noun */
        {"He/he/PRP/PRON/1/nsubj is/be/VBZ/AUX/1/ROOT French/french/JJ/ADJ/1/acomp",
         {{2, 3, "NORP"}},
         ""},
        {"Libyan/libyan/JJ/ADJ/3/amod and/and/CC/CCONJ/0/cc French/french/JJ/ADJ/0/conj "
         "envoys/envoy/NNS/NOUN/3/ROOT",
         {{0, 1, "NORP"}, {2, 3, "NORP"}},
         "Libyan, French"},
        /* of the gazetteer alone */
        {"Baltic/baltic/JJ/ADJ/1/amod ports/port/NNS/NOUN/2/nsubj froze/freeze/VBD/VERB/2/ROOT",
         {{0, 1, "LOC"}},
         "Baltic"},
    };
    SEE(*state, cases);
}

/* "Maradun village", "the town of Maradun": a place, though nobody knows it. */
static void what_is_called_a_place_is_one(void **state)
{
    static const sight_case cases[] = {
        {"in/in/IN/ADP/0/ROOT Maradun/Maradun/NNP/PROPN/2/compound village/village/NN/NOUN/0/pobj",
         {{1, 2, "GPE"}},
         "Maradun"},
        {"the/the/DT/DET/1/det town/town/NN/NOUN/1/ROOT of/of/IN/ADP/1/prep "
         "Maradun/Maradun/NNP/PROPN/2/pobj",
         {{3, 4, "GPE"}},
         "Maradun"},
        {"the/the/DT/DET/1/det mayor/mayor/NN/NOUN/1/ROOT of/of/IN/ADP/1/prep "
         "Maradun/Maradun/NNP/PROPN/2/pobj",
         {{0, 0, NULL}},
         ""},
    };
    SEE(*state, cases);
    where_stage *stage = *state;
    static const struct {
        const char *parse;
        ro_place_kind kind;
        bool is_division;
    } kinds[] = {
        {"Maradun/Maradun/NNP/PROPN/1/compound village/village/NN/NOUN/1/ROOT", RO_PLACE_KIND_CITY,
         false},
        {"Maradun/Maradun/NNP/PROPN/1/compound region/region/NN/NOUN/1/ROOT", RO_PLACE_KIND_REGION,
         true},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        where_read(stage, kinds[i].parse);
        where_sight(stage);
        assert_int_equal(stage->sightings.count, 1);
        assert_int_equal(stage->sightings.items[0].kind, kinds[i].kind);
        assert_int_equal(stage->sightings.items[0].is_division, kinds[i].is_division);
        where_done(stage);
    }
}

static void common_words_need_more(void **state)
{
    static const sight_case cases[] = {
        {"Reading/Reading/NNP/PROPN/1/nsubj helps/help/VBZ/VERB/1/ROOT", {{0, 0, NULL}}, ""},
        {"in/in/IN/ADP/0/ROOT Reading/Reading/NNP/PROPN/0/pobj", {{1, 2, "GPE"}}, "Reading"},
        /* by another of its names, and as no name at all */
        {"in/in/IN/ADP/0/ROOT Old/Old/NNP/PROPN/2/compound Reading/Reading/NNP/PROPN/0/pobj",
         {{0, 0, NULL}},
         ""},
        {"in/in/IN/ADP/0/ROOT Dallas/dallas/VBG/VERB/0/pobj", {{0, 0, NULL}}, ""},
        {"in/in/IN/ADP/0/ROOT Dallas/Dallas/NNP/PROPN/0/pobj", {{0, 0, NULL}}, "Dallas"},
    };
    SEE(*state, cases);
}

static void what_a_preposition_is_before_is_likelier_a_place(void **state)
{
    where_stage *stage = *state;
    static const char *const parses[] = {
        "saw/see/VBD/VERB/0/ROOT Dallas/Dallas/NNP/PROPN/0/dobj",
        "in/in/IN/ADP/0/ROOT Dallas/Dallas/NNP/PROPN/0/pobj",
        "in/in/IN/ADP/0/ROOT northern/northern/JJ/ADJ/2/amod Dallas/Dallas/NNP/PROPN/0/pobj",
        "in/in/IN/ADP/0/ROOT | northern/northern/JJ/ADJ/2/amod Dallas/Dallas/NNP/PROPN/2/ROOT",
    };
    int32_t evidence[4];
    for (size_t i = 0; i < 4; i++) {
        where_read(stage, parses[i]);
        where_sight(stage);
        assert_int_equal(stage->sightings.count, 1);
        evidence[i] = stage->sightings.items[0].evidence;
        where_done(stage);
    }
    assert_int_equal(evidence[1], evidence[0] + 15);
    assert_int_equal(evidence[2], evidence[1]);
    assert_int_equal(evidence[3], evidence[0]);
}

/* What neither lexicon nor gazetteer knows stands where the recogniser saw it. */
static void unknown_names_take_their_kind_from_the_recogniser(void **state)
{
    where_stage *stage = *state;
    static const struct {
        const char *label;
        ro_place_kind kind;
    } cases[] = {
        {"GPE", RO_PLACE_KIND_CITY}, {"LOC", RO_PLACE_KIND_AREA}, {"FAC", RO_PLACE_KIND_FACILITY}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        where_read(stage,
                   "near/near/IN/ADP/0/ROOT the/the/DT/DET/3/det Elbon/Elbon/NNP/PROPN/3/compound "
                   "Hills/Hills/NNPS/PROPN/0/pobj 's/'s/POS/PART/3/case");
        where_name(stage->document, 1, 5, cases[i].label);
        where_sight(stage);
        assert_int_equal(stage->sightings.count, 1);
        assert_int_equal(stage->sightings.items[0].first, 2);
        assert_int_equal(stage->sightings.items[0].end, 4);
        assert_int_equal(stage->sightings.items[0].kind, cases[i].kind);
        assert_null(stage->sightings.items[0].fact);
        assert_int_equal(stage->sightings.items[0].entries, 0);
        where_done(stage);
    }
}

static void what_a_place_lies_in_is_linked(void **state)
{
    where_stage *stage = *state;
    static const struct {
        const char *parse;
        uint32_t inside; /* of the first sighting */
    } cases[] = {
        {"in/in/IN/ADP/0/ROOT Paris/Paris/NNP/PROPN/0/pobj ,/,/,/PUNCT/1/punct "
         "Texas/Texas/NNP/PROPN/1/appos",
         1},
        {"in/in/IN/ADP/0/ROOT Tripoli/Tripoli/NNP/PROPN/0/pobj in/in/IN/ADP/1/prep "
         "northern/northern/JJ/ADJ/4/amod Lebanon/Lebanon/NNP/PROPN/2/pobj",
         1},
        {"in/in/IN/ADP/0/ROOT Tripoli/Tripoli/NNP/PROPN/0/pobj and/and/CC/CCONJ/1/cc "
         "Lebanon/Lebanon/NNP/PROPN/1/conj",
         RO_NONE},
        {"in/in/IN/ADP/0/ROOT Tripoli/Tripoli/NNP/PROPN/0/pobj in/in/IN/ADP/1/prep "
         "old/old/JJ/ADJ/4/amod Lebanon/Lebanon/NNP/PROPN/2/pobj",
         RO_NONE},
        {"in/in/IN/ADP/0/ROOT Tripoli/Tripoli/NNP/PROPN/0/pobj Lebanon/Lebanon/NNP/PROPN/1/appos",
         RO_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        where_read(stage, cases[i].parse);
        where_sight(stage);
        assert_int_equal(stage->sightings.count, 2);
        assert_int_equal(stage->sightings.items[0].inside, cases[i].inside);
        assert_int_equal(stage->sightings.items[1].inside, RO_NONE);
        where_done(stage);
    }
}

static void without_a_gazetteer_the_lexicon_is_left(void **state)
{
    where_stage *stage = *state;
    stage->atlas.gazetteer = NULL;
    static const sight_case cases[] = {
        {"in/in/IN/ADP/0/ROOT Texas/Texas/NNP/PROPN/0/pobj", {{1, 2, "GPE"}}, "Texas"},
        {"in/in/IN/ADP/0/ROOT Dallas/Dallas/NNP/PROPN/0/pobj", {{0, 0, NULL}}, ""},
        {"Libyan/libyan/JJ/ADJ/1/amod envoys/envoy/NNS/NOUN/1/ROOT", {{0, 0, NULL}}, "Libyan"},
        {"on/on/IN/ADP/0/ROOT Abbey/Abbey/NNP/PROPN/2/compound Road/Road/NNP/PROPN/0/pobj",
         {{1, 3, "FAC"}},
         "Abbey Road"},
    };
    SEE(stage, cases);
    stage->atlas.gazetteer = stage->gazetteer;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_name_wins),
        cmocka_unit_test(names_do_not_cross_sentences),
        cmocka_unit_test(sites_are_found),
        cmocka_unit_test(names_of_persons_and_organizations_are_refused),
        cmocka_unit_test(somebody_of_the_text_may_be_called_so),
        cmocka_unit_test(nationality_words_count_before_what_they_tell_of),
        cmocka_unit_test(what_is_called_a_place_is_one),
        cmocka_unit_test(common_words_need_more),
        cmocka_unit_test(what_a_preposition_is_before_is_likelier_a_place),
        cmocka_unit_test(unknown_names_take_their_kind_from_the_recogniser),
        cmocka_unit_test(what_a_place_lies_in_is_linked),
        cmocka_unit_test(without_a_gazetteer_the_lexicon_is_left),
    };
    return cmocka_run_group_tests(tests, where_open, where_close);
}
