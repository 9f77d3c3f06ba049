/* test_antecedent.c - antecedent.c: which earlier entity a noun speaks of again. */
#include "unit.h"

#include "who_stage.h"

typedef struct noun_case {
    const char *label; /* that the recogniser gives the earlier name, "" if none */
    const char *parse;
    uint32_t earlier, noun; /* head tokens */
    const char *rule;       /* by which the noun is the earlier one; NULL: it is another */
} noun_case;

static void check(who_stage *stage, const noun_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const noun_case *each = &cases[i];
        stage_read(stage, each->parse);
        if (each->label[0] != '\0')
            stage_name(stage, stage->document->tokens[each->earlier].left, each->earlier + 1,
                       each->label);
        stage_find(stage);
        bool is_same = stage_entity(stage, each->noun) == stage_entity(stage, each->earlier);
        const char *rule = stage_rule(stage, each->noun);
        if (is_same != (each->rule != NULL) || (is_same && strcmp(rule, each->rule) != 0))
            fail_msg("case %d: %s by \"%s\"", (int)i, is_same ? "the same" : "another", rule);
        stage_done(stage);
    }
}
#define CHECK(cases) check(*state, cases, sizeof(cases) / sizeof *(cases))

static void the_same_noun(void **state)
{
    static const noun_case cases[] = {
        {"",
         "A/a/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "The/the/DT/DET/4/det general/general/NN/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         1, 4, "same noun"},
        {"",
         "An/an/DT/DET/2/det old/old/JJ/ADJ/2/amod general/general/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT | The/the/DT/DET/5/det general/general/NN/NOUN/6/nsubj "
         "ate/eat/VBD/VERB/6/ROOT",
         2, 5, "same noun"},
        {"",
         "An/an/DT/DET/2/det old/old/JJ/ADJ/2/amod general/general/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT | The/the/DT/DET/6/det old/old/JJ/ADJ/6/amod "
         "general/general/NN/NOUN/7/nsubj ate/eat/VBD/VERB/7/ROOT",
         2, 6, "same noun"},
        {"",
         "An/an/DT/DET/2/det old/old/JJ/ADJ/2/amod general/general/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT | The/the/DT/DET/6/det same/same/JJ/ADJ/6/amod "
         "general/general/NN/NOUN/7/nsubj ate/eat/VBD/VERB/7/ROOT",
         2, 6, "same noun"},
        /* a new modifier, another noun, something indefinite */
        {"",
         "A/a/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "The/the/DT/DET/5/det old/old/JJ/ADJ/5/amod general/general/NN/NOUN/6/nsubj "
         "ate/eat/VBD/VERB/6/ROOT",
         1, 5, NULL},
        {"",
         "A/a/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "The/the/DT/DET/4/det farmer/farmer/NN/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         1, 4, NULL},
        {"",
         "A/a/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "A/a/DT/DET/4/det general/general/NN/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         1, 4, NULL},
        {"",
         "A/a/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "Two/two/CD/NUM/4/nummod generals/general/NNS/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         1, 4, NULL},
        /* one of many is not the many */
        {"",
         "Two/two/CD/NUM/1/nummod generals/general/NNS/NOUN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | The/the/DT/DET/4/det general/general/NN/NOUN/5/nsubj "
         "ate/eat/VBD/VERB/5/ROOT",
         1, 4, NULL},
        /* the last word of an office */
        {"",
         "A/a/DT/DET/2/det foreign/foreign/JJ/ADJ/2/amod minister/minister/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT | The/the/DT/DET/5/det "
         "minister/minister/NN/NOUN/6/nsubj ate/eat/VBD/VERB/6/ROOT",
         2, 5, "same noun"},
        {"",
         "A/a/DT/DET/1/det minister/minister/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "The/the/DT/DET/5/det foreign/foreign/JJ/ADJ/5/amod "
         "minister/minister/NN/NOUN/6/nsubj ate/eat/VBD/VERB/6/ROOT",
         1, 5, NULL},
        /* of another country */
        {"",
         "A/a/DT/DET/2/det Borian/borian/JJ/ADJ/2/amod general/general/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT | The/the/DT/DET/6/det Kentian/kentian/JJ/ADJ/6/amod "
         "general/general/NN/NOUN/7/nsubj ate/eat/VBD/VERB/7/ROOT",
         2, 6, NULL},
        {"",
         "A/a/DT/DET/2/det Borian/borian/JJ/ADJ/2/amod general/general/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT | The/the/DT/DET/6/det Borian/borian/JJ/ADJ/6/amod "
         "general/general/NN/NOUN/7/nsubj ate/eat/VBD/VERB/7/ROOT",
         2, 6, "same noun"},
        /* the nearest one */
        {"",
         "A/a/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "A/a/DT/DET/4/det general/general/NN/NOUN/5/nsubj slept/sleep/VBD/VERB/5/ROOT | "
         "The/the/DT/DET/7/det general/general/NN/NOUN/8/nsubj ate/eat/VBD/VERB/8/ROOT",
         4, 7, "same noun"},
    };
    CHECK(cases);
}

static void bare_nouns(void **state)
{
    static const noun_case cases[] = {
        {"",
         "Rebels/rebel/NNS/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT | "
         "Rebels/rebel/NNS/NOUN/3/nsubj ate/eat/VBD/VERB/3/ROOT",
         0, 2, "same noun"},
        {"",
         "Two/two/CD/NUM/1/nummod rebels/rebel/NNS/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "Rebels/rebel/NNS/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         1, 3, NULL},
        {"",
         "Rebels/rebel/NNS/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT | "
         "Young/young/JJ/ADJ/3/amod rebels/rebel/NNS/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, NULL},
        {"",
         "Young/young/JJ/ADJ/1/amod rebels/rebel/NNS/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT "
         "| Young/young/JJ/ADJ/4/amod rebels/rebel/NNS/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         1, 4, "same noun"},
        {"",
         "Rebels/rebel/NNS/NOUN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "rebels/rebel/NNS/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, "same noun"},
        /* a bare noun for people says nothing, one for a body or a force does */
        {"",
         "A/a/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT "
         "as/as/IN/ADP/2/prep general/general/NN/NOUN/3/pobj",
         1, 4, NULL},
        {"",
         "The/the/DT/DET/1/det police/police/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "Police/police/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         1, 3, "same noun"},
    };
    CHECK(cases);
}

static void quantified_nouns_are_not_spoken_of_again(void **state)
{
    static const noun_case cases[] = {
        {"",
         "Every/every/DT/DET/1/det general/general/NN/NOUN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | The/the/DT/DET/4/det general/general/NN/NOUN/5/nsubj "
         "ate/eat/VBD/VERB/5/ROOT",
         1, 4, NULL},
        {"",
         "No/no/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT | "
         "The/the/DT/DET/4/det general/general/NN/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         1, 4, NULL},
        {"",
         "This/this/DT/DET/1/det general/general/NN/NOUN/2/nsubj left/leave/VBD/VERB/2/ROOT "
         "| The/the/DT/DET/4/det general/general/NN/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         1, 4, "same noun"},
    };
    CHECK(cases);
}

static void what_somebody_has_is_his(void **state)
{
    who_stage *stage = *state;
    static const char parse[] =
        "Ida/Ida/NNP/PROPN/1/nsubj sold/sell/VBD/VERB/1/ROOT her/she/PRP$/PRON/3/poss "
        "party/party/NN/NOUN/1/dobj | Ole/Ole/NNP/PROPN/5/nsubj sold/sell/VBD/VERB/5/ROOT "
        "his/he/PRP$/PRON/7/poss party/party/NN/NOUN/5/dobj | He/he/PRP/PRON/9/nsubj "
        "likes/like/VBZ/VERB/9/ROOT his/he/PRP$/PRON/11/poss party/party/NN/NOUN/9/dobj | "
        "The/the/DT/DET/13/det party/party/NN/NOUN/14/nsubj burned/burn/VBD/VERB/14/ROOT";
    stage_read(stage, parse);
    stage_name(stage, 0, 1, "PERSON");
    stage_name(stage, 4, 5, "PERSON");
    stage_find(stage);
    assert_int_equal(stage_entity(stage, 2), stage_entity(stage, 0));
    assert_int_equal(stage_entity(stage, 6), stage_entity(stage, 4));
    assert_int_not_equal(stage_entity(stage, 7), stage_entity(stage, 3));
    assert_int_equal(stage_entity(stage, 11), stage_entity(stage, 7));
    assert_int_equal(stage_entity(stage, 13), stage_entity(stage, 7));
    stage_done(stage);
    static const noun_case cases[] = {
        {"",
         "Boria/Boria/NNP/PROPN/2/poss 's/'s/POS/PART/0/case militia/militia/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT | Kentia/Kentia/NNP/PROPN/6/poss 's/'s/POS/PART/4/case "
         "militia/militia/NN/NOUN/7/nsubj ate/eat/VBD/VERB/7/ROOT",
         2, 6, NULL},
        {"",
         "Boria/Boria/NNP/PROPN/2/poss 's/'s/POS/PART/0/case militia/militia/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT | Boria/Boria/NNP/PROPN/6/poss 's/'s/POS/PART/4/case "
         "militia/militia/NN/NOUN/7/nsubj ate/eat/VBD/VERB/7/ROOT",
         2, 6, "same noun"},
    };
    CHECK(cases);
}

static void predicates_and_appositions(void **state)
{
    static const noun_case cases[] = {
        {"PERSON",
         "Ida/Ida/NNP/PROPN/1/nsubj is/be/VBD/AUX/1/ROOT a/a/DT/DET/3/det "
         "minister/minister/NN/NOUN/1/attr",
         0, 3, "predicate"},
        {"PERSON",
         "Ida/Ida/NNP/PROPN/1/nsubj became/become/VBD/AUX/1/ROOT a/a/DT/DET/3/det "
         "minister/minister/NN/NOUN/1/attr",
         0, 3, "predicate"},
        {"PERSON",
         "Ida/Ida/NNP/PROPN/1/nsubj is/be/VBD/AUX/1/ROOT not/not/RB/PART/1/neg "
         "a/a/DT/DET/4/det minister/minister/NN/NOUN/1/attr",
         0, 4, NULL},
        {"PERSON",
         "Ida/Ida/NNP/PROPN/1/nsubj saw/see/VBD/AUX/1/ROOT a/a/DT/DET/3/det "
         "minister/minister/NN/NOUN/1/attr",
         0, 3, NULL},
        {"PERSON",
         "Ida/Ida/NNP/PROPN/1/nsubj is/be/VBD/AUX/1/ROOT a/a/DT/DET/3/det "
         "party/party/NN/NOUN/1/attr",
         0, 3, NULL},
        {"PERSON",
         "Ida/Ida/NNP/PROPN/1/nsubj leads/be/VBD/AUX/1/ROOT "
         "ministers/minister/NNS/NOUN/1/attr",
         0, 2, NULL},
        {"PERSON",
         "Ida/Ida/NNP/PROPN/5/nsubj ,/,/./PUNCT/0/punct a/a/DT/DET/3/det "
         "minister/minister/NN/NOUN/0/appos ,/,/./PUNCT/0/punct left/leave/VBD/VERB/5/ROOT",
         0, 3, "apposition"},
        {"PERSON",
         "A/a/DT/DET/1/det minister/minister/NN/NOUN/5/nsubj ,/,/./PUNCT/1/punct "
         "Ida/Ida/NNP/PROPN/1/appos ,/,/./PUNCT/1/punct left/leave/VBD/VERB/5/ROOT",
         3, 1, "apposition"},
        {"ORG",
         "Marsh/Marsh/NNP/PROPN/5/nsubj ,/,/./PUNCT/0/punct a/a/DT/DET/3/det "
         "minister/minister/NN/NOUN/0/appos ,/,/./PUNCT/0/punct left/leave/VBD/VERB/5/ROOT "
         "Marsh/Marsh/NNP/PROPN/5/dobj and/and/CC/CCONJ/6/cc Marsh/Marsh/NNP/PROPN/6/conj",
         0, 3, "apposition"},
        {"",
         "Boria/Boria/NNP/PROPN/5/nsubj ,/,/./PUNCT/0/punct a/a/DT/DET/3/det "
         "minister/minister/NN/NOUN/0/appos ,/,/./PUNCT/0/punct left/leave/VBD/VERB/5/ROOT",
         0, 3, NULL},
        {"",
         "Boria/Boria/NNP/PROPN/5/nsubj ,/,/./PUNCT/0/punct a/a/DT/DET/3/det "
         "country/country/NN/NOUN/0/appos ,/,/./PUNCT/0/punct left/leave/VBD/VERB/5/ROOT",
         0, 3, "apposition"},
    };
    CHECK(cases);
}

static void a_noun_behind_the_name_that_it_explains(void **state)
{
    static const noun_case cases[] = {
        {"",
         "The/the/DT/DET/3/det Red/Red/NNP/PROPN/2/compound Dawn/Dawn/NNP/PROPN/3/compound "
         "militia/militia/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
         2, 3, "name and noun"},
        {"",
         "The/the/DT/DET/2/det LOL/LOL/NNP/PROPN/2/compound "
         "alliance/alliance/NN/NOUN/3/nsubj left/leave/VBD/VERB/3/ROOT",
         1, 2, "name and noun"},
        {"",
         "The/the/DT/DET/2/det LOL/LOL/NNP/PROPN/2/compound board/board/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT",
         1, 2, NULL},
        {"",
         "The/the/DT/DET/2/det LOL/LOL/NNP/PROPN/2/compound militia/militia/NN/NOUN/3/nsubj "
         "left/leave/VBD/VERB/3/ROOT",
         1, 2, NULL},
        {"",
         "The/the/DT/DET/3/det Red/Red/NNP/PROPN/2/compound Dawn/Dawn/NNP/PROPN/3/compound "
         "rebels/rebel/NNS/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
         2, 3, NULL},
        {"",
         "The/the/DT/DET/3/det Red/Red/NNP/PROPN/2/compound Dawn/Dawn/NNP/PROPN/3/compound "
         "rebel/rebel/NN/NOUN/4/nsubj left/leave/VBD/VERB/4/ROOT",
         2, 3, NULL},
        {"",
         "The/the/DT/DET/2/det Boria/Boria/NNP/PROPN/2/compound "
         "militia/militia/NN/NOUN/3/nsubj left/leave/VBD/VERB/3/ROOT",
         1, 2, NULL},
    };
    CHECK(cases);
}

static void the_noun_of_a_name(void **state)
{
    static const noun_case cases[] = {
        /* its last word */
        {"ORG",
         "Fen/Fen/NNP/PROPN/1/compound Board/Board/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | The/the/DT/DET/4/det board/board/NN/NOUN/5/nsubj "
         "ate/eat/VBD/VERB/5/ROOT",
         1, 4, "noun of the name"},
        {"ORG",
         "Fen/Fen/NNP/PROPN/1/compound Board/Board/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | The/the/DT/DET/5/det new/new/JJ/ADJ/5/amod "
         "board/board/NN/NOUN/6/nsubj ate/eat/VBD/VERB/6/ROOT",
         1, 5, NULL},
        {"ORG",
         "Fen/Fen/NNP/PROPN/1/compound Board/Board/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | A/a/DT/DET/4/det board/board/NN/NOUN/5/nsubj "
         "ate/eat/VBD/VERB/5/ROOT",
         1, 4, NULL},
        {"ORG",
         "Fen/Fen/NNP/PROPN/1/compound Board/Board/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | The/the/DT/DET/4/det board/board/NN/NOUN/8/nsubj "
         "of/of/IN/ADP/4/prep rain/rain/NN/NOUN/5/pobj sadly/sadly/RB/PART/8/advmod "
         "ate/eat/VBD/VERB/8/ROOT",
         1, 4, NULL},
        /* what the lexicon has stand for it */
        {"",
         "LOL/LOL/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "alliance/alliance/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, "noun of the name"},
        /* its office */
        {"",
         "Ivo/Ivo/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | The/the/DT/DET/4/det premier/premier/NN/NOUN/5/nsubj "
         "ate/eat/VBD/VERB/5/ROOT",
         1, 4, "noun of the name"},
        {"",
         "Ivo/Ivo/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | The/the/DT/DET/4/det "
         "president/president/NN/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         1, 4, NULL},
        {"",
         "Ivo/Ivo/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT | The/the/DT/DET/5/det Kentian/kentian/JJ/ADJ/5/amod "
         "premier/premier/NN/NOUN/6/nsubj ate/eat/VBD/VERB/6/ROOT",
         1, 5, NULL},
    };
    CHECK(cases);
}

static void general_nouns(void **state)
{
    static const noun_case cases[] = {
        {"",
         "Boria/Boria/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "country/country/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, "general noun"},
        {"",
         "Boria/Boria/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/4/det "
         "old/old/JJ/ADJ/4/amod country/country/NN/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         0, 4, NULL},
        {"",
         "Boria/Boria/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "city/city/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, NULL},
        {"",
         "Boria/Boria/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "countries/countrie/NNS/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, NULL},
        {"",
         "Borgrad/Borgrad/NNP/PROPN/1/nsubj slept/sleep/VBD/VERB/1/ROOT | "
         "The/the/DT/DET/3/det city/city/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, "general noun"},
        {"ORG",
         "Marsh/Marsh/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "company/company/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, "general noun"},
        /* a ministry would be known by its name */
        {"ORG",
         "Marsh/Marsh/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "ministry/ministry/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, NULL},
        {"",
         "LOL/LOL/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "company/company/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, NULL},
        /* the woman is a she */
        {"PERSON",
         "Ida/Ida/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "woman/woman/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, "general noun"},
        {"PERSON",
         "Ole/Ole/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "woman/woman/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, NULL},
        {"PERSON",
         "Ida/Ida/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | The/the/DT/DET/3/det "
         "farmer/farmer/NN/NOUN/4/nsubj ate/eat/VBD/VERB/4/ROOT",
         0, 3, NULL},
        /* the nearest, and not for long */
        {"",
         "Kentia/Kentia/NNP/PROPN/1/nsubj met/meet/VBD/VERB/1/ROOT "
         "Boria/Boria/NNP/PROPN/1/dobj | The/the/DT/DET/4/det "
         "country/country/NN/NOUN/5/nsubj ate/eat/VBD/VERB/5/ROOT",
         2, 4, "general noun"},
        {"",
         "Boria/Boria/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | It/it/PRP/PRON/3/nsubj "
         "rained/rain/VBD/VERB/3/ROOT | It/it/PRP/PRON/5/nsubj rained/rain/VBD/VERB/5/ROOT | "
         "It/it/PRP/PRON/7/nsubj rained/rain/VBD/VERB/7/ROOT | It/it/PRP/PRON/9/nsubj "
         "rained/rain/VBD/VERB/9/ROOT | It/it/PRP/PRON/11/nsubj rained/rain/VBD/VERB/11/ROOT "
         "| It/it/PRP/PRON/13/nsubj rained/rain/VBD/VERB/13/ROOT | It/it/PRP/PRON/15/nsubj "
         "rained/rain/VBD/VERB/15/ROOT | The/the/DT/DET/17/det "
         "country/country/NN/NOUN/18/nsubj ate/eat/VBD/VERB/18/ROOT",
         0, 17, "general noun"},
        {"",
         "Boria/Boria/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | It/it/PRP/PRON/3/nsubj "
         "rained/rain/VBD/VERB/3/ROOT | It/it/PRP/PRON/5/nsubj rained/rain/VBD/VERB/5/ROOT | "
         "It/it/PRP/PRON/7/nsubj rained/rain/VBD/VERB/7/ROOT | It/it/PRP/PRON/9/nsubj "
         "rained/rain/VBD/VERB/9/ROOT | It/it/PRP/PRON/11/nsubj rained/rain/VBD/VERB/11/ROOT "
         "| It/it/PRP/PRON/13/nsubj rained/rain/VBD/VERB/13/ROOT | It/it/PRP/PRON/15/nsubj "
         "rained/rain/VBD/VERB/15/ROOT | It/it/PRP/PRON/17/nsubj "
         "rained/rain/VBD/VERB/17/ROOT | The/the/DT/DET/19/det "
         "country/country/NN/NOUN/20/nsubj ate/eat/VBD/VERB/20/ROOT",
         0, 19, NULL},
    };
    CHECK(cases);
}

/* ---- two at once ----------------------------------------------------------------------------- */

typedef struct pair_case {
    const char *parse;
    uint32_t noun, one, other; /* head tokens; one == other: it is no such phrase */
} pair_case;

static void two_at_once(void **state)
{
    static const pair_case cases[] = {
        {"Boria/Boria/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Kentia/Kentia/NNP/PROPN/0/conj "
         "talked/talk/VBD/VERB/3/ROOT | Both/both/DT/DET/5/det sides/side/NNS/NOUN/6/nsubj "
         "left/leave/VBD/VERB/6/ROOT",
         5, 0, 2},
        {"Boria/Boria/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Kentia/Kentia/NNP/PROPN/0/conj "
         "talked/talk/VBD/VERB/3/ROOT | The/the/DT/DET/6/det two/two/CD/NUM/6/nummod "
         "sides/side/NNS/NOUN/7/nsubj left/leave/VBD/VERB/7/ROOT",
         6, 0, 2},
        {"Boria/Boria/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Kentia/Kentia/NNP/PROPN/0/conj "
         "talked/talk/VBD/VERB/3/ROOT | Two/two/CD/NUM/5/nummod sides/side/NNS/NOUN/6/nsubj "
         "left/leave/VBD/VERB/6/ROOT",
         5, 0, 0},
        {"Boria/Boria/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Kentia/Kentia/NNP/PROPN/0/conj "
         "talked/talk/VBD/VERB/3/ROOT | The/the/DT/DET/5/det sides/side/NNS/NOUN/6/nsubj "
         "left/leave/VBD/VERB/6/ROOT",
         5, 0, 0},
        {"Boria/Boria/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Kentia/Kentia/NNP/PROPN/0/conj "
         "talked/talk/VBD/VERB/3/ROOT | The/the/DT/DET/6/det two/two/CD/NUM/6/nummod "
         "countries/country/NNS/NOUN/7/nsubj left/leave/VBD/VERB/7/ROOT",
         6, 0, 2},
        /* who does something to both is neither */
        {"Boria/Boria/NNP/PROPN/1/nsubj met/meet/VBD/VERB/1/ROOT Kentia/Kentia/NNP/PROPN/1/dobj | "
         "Avalia/Avalia/NNP/PROPN/4/nsubj invited/invite/VBD/VERB/4/ROOT "
         "both/both/DT/DET/6/det sides/side/NNS/NOUN/4/dobj",
         6, 0, 2},
        /* one side is not two, however often it is named */
        {"Boria/Boria/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Boria/Boria/NNP/PROPN/0/conj "
         "talked/talk/VBD/VERB/3/ROOT | Both/both/DT/DET/5/det sides/side/NNS/NOUN/6/nsubj "
         "left/leave/VBD/VERB/6/ROOT",
         5, 0, 0},
        /* "the two presidents" are presidents */
        {"Ann/Ann/NNP/PROPN/1/compound Rook/Rook/NNP/PROPN/7/nsubj ,/,/./PUNCT/1/punct "
         "Boria/Boria/NNP/PROPN/1/conj and/and/CC/CCONJ/1/cc a/a/DT/DET/6/det "
         "president/president/NN/NOUN/1/conj talked/talk/VBD/VERB/7/ROOT of/of/IN/ADP/7/prep "
         "Kentia/Kentia/NNP/PROPN/8/pobj | Both/both/DT/DET/11/det "
         "presidents/president/NNS/NOUN/12/nsubj left/leave/VBD/VERB/12/ROOT",
         11, 1, 6},
        {"Ann/Ann/NNP/PROPN/1/compound Rook/Rook/NNP/PROPN/3/nsubj "
         "Boria/Boria/NNP/PROPN/1/conj talked/talk/VBD/VERB/3/ROOT | Both/both/DT/DET/5/det "
         "presidents/president/NNS/NOUN/6/nsubj left/leave/VBD/VERB/6/ROOT",
         5, 0, 0},
        /* not for long */
        {"Boria/Boria/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Kentia/Kentia/NNP/PROPN/0/conj "
         "talked/talk/VBD/VERB/3/ROOT | It/it/PRP/PRON/5/nsubj rained/rain/VBD/VERB/5/ROOT | "
         "It/it/PRP/PRON/7/nsubj rained/rain/VBD/VERB/7/ROOT | It/it/PRP/PRON/9/nsubj "
         "rained/rain/VBD/VERB/9/ROOT | It/it/PRP/PRON/11/nsubj rained/rain/VBD/VERB/11/ROOT "
         "| It/it/PRP/PRON/13/nsubj rained/rain/VBD/VERB/13/ROOT | It/it/PRP/PRON/15/nsubj "
         "rained/rain/VBD/VERB/15/ROOT | It/it/PRP/PRON/17/nsubj "
         "rained/rain/VBD/VERB/17/ROOT | Both/both/DT/DET/19/det "
         "sides/side/NNS/NOUN/20/nsubj left/leave/VBD/VERB/20/ROOT",
         19, 0, 2},
        {"Boria/Boria/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Kentia/Kentia/NNP/PROPN/0/conj "
         "talked/talk/VBD/VERB/3/ROOT | It/it/PRP/PRON/5/nsubj rained/rain/VBD/VERB/5/ROOT | "
         "It/it/PRP/PRON/7/nsubj rained/rain/VBD/VERB/7/ROOT | It/it/PRP/PRON/9/nsubj "
         "rained/rain/VBD/VERB/9/ROOT | It/it/PRP/PRON/11/nsubj rained/rain/VBD/VERB/11/ROOT "
         "| It/it/PRP/PRON/13/nsubj rained/rain/VBD/VERB/13/ROOT | It/it/PRP/PRON/15/nsubj "
         "rained/rain/VBD/VERB/15/ROOT | It/it/PRP/PRON/17/nsubj "
         "rained/rain/VBD/VERB/17/ROOT | It/it/PRP/PRON/19/nsubj "
         "rained/rain/VBD/VERB/19/ROOT | Both/both/DT/DET/21/det "
         "sides/side/NNS/NOUN/22/nsubj left/leave/VBD/VERB/22/ROOT",
         21, 0, 0},
    };
    who_stage *stage = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stage_read(stage, cases[i].parse);
        stage_find(stage);
        const ro_mention *one = stage_mention(stage, cases[i].noun, 0);
        const ro_mention *other = stage_mention(stage, cases[i].noun, 1);
        bool is_pair = other != NULL && strcmp(one->rule, "the two") == 0;
        if (is_pair != (cases[i].one != cases[i].other))
            fail_msg("case %d: %s", (int)i, is_pair ? "a pair" : "no pair");
        if (is_pair) {
            assert_int_equal(one->entity, stage_entity(stage, cases[i].one));
            assert_int_equal(other->entity, stage_entity(stage, cases[i].other));
            assert_int_equal(one->first, other->first);
            assert_int_equal(one->end, other->end);
        }
        stage_done(stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_noun),
        cmocka_unit_test(bare_nouns),
        cmocka_unit_test(quantified_nouns_are_not_spoken_of_again),
        cmocka_unit_test(what_somebody_has_is_his),
        cmocka_unit_test(predicates_and_appositions),
        cmocka_unit_test(a_noun_behind_the_name_that_it_explains),
        cmocka_unit_test(the_noun_of_a_name),
        cmocka_unit_test(general_nouns),
        cmocka_unit_test(two_at_once),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
