/* test_salience.c - salience.c: the faults of its data file, and its features one at a time. */
#include "unit.h"

#include "who_stage.h"

static const char *const features[] = {
#define RO_SALIENCE(member, name) name,
#include "who/salience.def"
#undef RO_SALIENCE
};

/* ---- the file -------------------------------------------------------------------------------- */

/* Writes every feature with a weight, its place from 1, but one, and before them a line. */
static void write_weights(data_folder *folder, const char *line, size_t without)
{
    char text[2048];
    size_t at = (size_t)snprintf(text, sizeof text, "%s", line);
    for (size_t i = 0; i < RO_SALIENCE_FEATURES; i++)
        if (i != without)
            at +=
                (size_t)snprintf(text + at, sizeof text - at, "%s\t%d\n", features[i], (int)i + 1);
    assert_true(at < sizeof text);
    data_folder_write(folder, "who/salience.tsv", text);
}

static void every_feature_has_its_weight(void **state)
{
    (void)state;
    data_folder folder;
    ro_salience salience;
    data_folder_make(&folder);
    data_folder_add_folder(&folder, "who");
    write_weights(&folder, "# feature\tweight\n\n", RO_SALIENCE_FEATURES);
    assert_int_equal(ro_salience_open(folder.path, &salience, NULL), RO_STATUS_OK);
    for (size_t i = 0; i < RO_SALIENCE_FEATURES; i++)
        assert_int_equal(salience.weights[i], (int)i + 1);
    write_weights(&folder, "subject\t-999999 # against it\n", RO_SALIENCE_SUBJECT);
    assert_int_equal(ro_salience_open(folder.path, &salience, NULL), RO_STATUS_OK);
    assert_int_equal(salience.weights[RO_SALIENCE_SUBJECT], -999999);
    data_folder_remove(&folder);
    assert_int_equal(ro_salience_open("data", &salience, NULL), RO_STATUS_OK);
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        size_t without;
        int at;
        const char *expected, *found;
    } cases[] = {
        {"# a comment\ncolour\t3\n", RO_SALIENCE_FEATURES, 2, "a feature", "\"colour\""},
        {"subject\t3\n", RO_SALIENCE_FEATURES, 1 + 1 + RO_SALIENCE_SUBJECT, "once", "\"subject\""},
        {"\nsubject\n", RO_SALIENCE_SUBJECT, 2, "a whole number", "\"\""},
        {"subject\t3\t4\n", RO_SALIENCE_SUBJECT, 1, "a whole number", "\"3\""},
        {"subject\t1.5\n", RO_SALIENCE_SUBJECT, 1, "a whole number", "\"1.5\""},
        {"subject\t-\n", RO_SALIENCE_SUBJECT, 1, "a whole number", "\"-\""},
        {"subject\t+3\n", RO_SALIENCE_SUBJECT, 1, "a whole number", "\"+3\""},
        {"subject\t3x\n", RO_SALIENCE_SUBJECT, 1, "a whole number", "\"3x\""},
        {"subject\t1000000\n", RO_SALIENCE_SUBJECT, 1, "a whole number", "\"1000000\""},
        {"subject\t\xFF\n", RO_SALIENCE_SUBJECT, 1, "UTF-8", "other bytes"},
        {"subject\t1\t\t\t\t\t\t\t\t2\n", RO_SALIENCE_SUBJECT, 1, "at most 8 fields", "2"},
        {"", RO_SALIENCE_THRESHOLD_IT, RO_SALIENCE_FEATURES - 1, "threshold it", "the end"},
        {"", RO_SALIENCE_SENTENCE, RO_SALIENCE_FEATURES - 1, "sentence", "the end"},
    };
    data_folder folder;
    data_folder_make(&folder);
    data_folder_add_folder(&folder, "who");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_salience salience;
        ro_error error = {0};
        write_weights(&folder, cases[i].line, cases[i].without);
        assert_int_equal(ro_salience_open(folder.path, &salience, &error), RO_STATUS_BAD_FORMAT);
        assert_int_equal(error.status, RO_STATUS_BAD_FORMAT);
        assert_int_equal(error.line, cases[i].at);
        assert_non_null(strstr(error.path, "/who/salience.tsv"));
        if (strstr(error.message, cases[i].expected) == NULL ||
            strstr(error.message, cases[i].found) == NULL)
            fail_msg("%d: %s", (int)i, error.message);
    }
    data_folder_remove(&folder);
}

static void a_file_that_is_not_there(void **state)
{
    (void)state;
    ro_salience salience;
    ro_error error = {0};
    assert_int_equal(ro_salience_open("/no/such/folder", &salience, &error), RO_STATUS_NOT_FOUND);
    assert_string_equal(error.path, "/no/such/folder/who/salience.tsv");
    char *folder = malloc(5000);
    assert_non_null(folder);
    memset(folder, 'x', 4999);
    folder[4999] = '\0';
    assert_int_equal(ro_salience_open(folder, &salience, &error), RO_STATUS_BAD_ARGUMENT);
    free(folder);
}

/* ---- features -------------------------------------------------------------------------------- */

enum { WEIGHT = 7 };

/* What one feature gives a pronoun's candidate, counted in its weights. */
static int times(who_stage *stage, unsigned feature, uint32_t head, uint32_t pronoun,
                 ro_number asked, const char *gender)
{
    ro_salience alone = {{0}};
    alone.weights[feature] = WEIGHT;
    const ro_mention *mention = stage_mention(stage, head, 0);
    if (mention == NULL)
        fail_msg("token %u has no mention", head);
    int32_t score =
        ro_salience_score(&alone, &stage->roster, mention, pronoun, asked, gender, false);
    assert_int_equal(score % WEIGHT, 0);
    return (int)(score / WEIGHT);
}

typedef struct feature_case {
    unsigned feature;
    uint32_t head;
    int times;
} feature_case;

static void check(who_stage *stage, const feature_case *cases, size_t count, uint32_t pronoun,
                  ro_number asked, const char *gender)
{
    for (size_t i = 0; i < count; i++) {
        int found = times(stage, cases[i].feature, cases[i].head, pronoun, asked, gender);
        if (found != cases[i].times)
            fail_msg("%s of token %u: %d times, expected %d", features[cases[i].feature],
                     cases[i].head, found, cases[i].times);
    }
}
#define CHECK(cases, pronoun, asked, gender)                                                       \
    check(stage, cases, sizeof(cases) / sizeof *(cases), pronoun, asked, gender)

static void place_kind_and_distance(void **state)
{
    static const feature_case she[] = {
        {RO_SALIENCE_SENTENCE, 0, 2},    {RO_SALIENCE_OTHER_SENTENCE, 0, 1},
        {RO_SALIENCE_SUBJECT, 0, 1},     {RO_SALIENCE_SUBJECT, 4, 0},
        {RO_SALIENCE_OBJECT, 4, 1},      {RO_SALIENCE_OBJECT, 0, 0},
        {RO_SALIENCE_OWNER, 2, 1},       {RO_SALIENCE_OWNER, 4, 0},
        {RO_SALIENCE_INNER, 6, 1},       {RO_SALIENCE_INNER, 2, 0},
        {RO_SALIENCE_SAME_PLACE, 0, 1},  {RO_SALIENCE_SAME_PLACE, 4, 0},
        {RO_SALIENCE_SAME_GENDER, 0, 1}, {RO_SALIENCE_NO_PERSON, 0, 0},
        {RO_SALIENCE_NO_PERSON, 2, 1},   {RO_SALIENCE_HOLDS, 0, 0},
        {RO_SALIENCE_COUNTRY, 2, 0},     {RO_SALIENCE_ORGANIZATION, 8, 0},
        {RO_SALIENCE_PLACE, 6, 0},
    };
    static const feature_case he[] = {{RO_SALIENCE_SAME_GENDER, 0, 0}};
    static const feature_case it[] = {
        {RO_SALIENCE_COUNTRY, 2, 1},      {RO_SALIENCE_COUNTRY, 6, 0},
        {RO_SALIENCE_PLACE, 6, 1},        {RO_SALIENCE_PLACE, 2, 0},
        {RO_SALIENCE_ORGANIZATION, 8, 0}, {RO_SALIENCE_NO_PERSON, 2, 0},
    };
    static const feature_case they[] = {
        {RO_SALIENCE_ORGANIZATION, 8, 1},
        {RO_SALIENCE_ORGANIZATION, 4, 0},
    };
    who_stage *stage = *state;
    stage_read(stage,
               "Marie/Marie/NNP/PROPN/1/nsubj met/meet/VBD/VERB/1/ROOT "
               "Boria/Boria/NNP/PROPN/4/poss 's/'s/POS/PART/2/case militia/militia/NN/NOUN/1/dobj "
               "in/in/IN/ADP/1/prep Avaport/Avaport/NNP/PROPN/5/pobj for/for/IN/ADP/1/prep "
               "LOL/LOL/NNP/PROPN/7/pobj | Rain/rain/NN/NOUN/10/nsubj fell/fall/VBD/VERB/10/ROOT | "
               "She/she/PRP/PRON/12/nsubj smiled/smile/VBD/VERB/12/ROOT");
    stage_name(stage, 0, 1, "PERSON");
    stage->salience = (ro_salience){{0}}; /* nothing settles the pronoun */
    stage_find(stage);
    assert_null(stage_mention(stage, 11, 0));
    CHECK(she, 11, RO_NUMBER_ONE, "she");
    CHECK(he, 11, RO_NUMBER_ONE, "he");
    CHECK(it, 11, RO_NUMBER_THING, "");
    CHECK(they, 11, RO_NUMBER_MANY, "");
    ro_salience near = {{0}};
    near.weights[RO_SALIENCE_NEAR] = WEIGHT;
    const ro_mention *marie = stage_mention(stage, 0, 0);
    assert_int_equal(
        ro_salience_score(&near, &stage->roster, marie, 11, RO_NUMBER_ONE, "she", true), WEIGHT);
    assert_int_equal(times(stage, RO_SALIENCE_NEAR, 0, 11, RO_NUMBER_ONE, "she"), 0);
    stage_done(stage);
}

static void pronouns_and_how_often(void **state)
{
    who_stage *stage = *state;
    stage_read(stage,
               "Marie/Marie/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | "
               "She/she/PRP/PRON/3/nsubj smiled/smile/VBD/VERB/3/ROOT | She/she/PRP/PRON/5/nsubj "
               "slept/sleep/VBD/VERB/5/ROOT");
    stage_name(stage, 0, 1, "PERSON");
    stage->salience = (ro_salience){{0}};
    stage_find(stage);
    uint32_t marie = stage_entity(stage, 0);
    assert_int_equal(times(stage, RO_SALIENCE_COUNT, 0, 4, RO_NUMBER_ONE, "she"), 1);
    assert_int_equal(
        ro_roster_add_mention(&stage->roster, marie, 2, 3, 2, RO_MENTION_TYPE_PRONOUN, "pronoun"),
        RO_STATUS_OK);
    assert_int_equal(times(stage, RO_SALIENCE_COUNT, 0, 4, RO_NUMBER_ONE, "she"), 2);
    assert_int_equal(times(stage, RO_SALIENCE_PRONOUN, 2, 4, RO_NUMBER_ONE, "she"), 1);
    assert_int_equal(times(stage, RO_SALIENCE_PRONOUN, 0, 4, RO_NUMBER_ONE, "she"), 0);
    stage->roster.traits.items[marie].count = 40;
    assert_int_equal(times(stage, RO_SALIENCE_COUNT, 0, 4, RO_NUMBER_ONE, "she"), 12);
    stage_done(stage);
}

static void whose_clause_holds_the_pronoun(void **state)
{
    static const struct {
        const char *parse;
        uint32_t name, pronoun;
        int holds, quote, owner, nearest, subject;
    } cases[] = {
        {"Marie/Marie/NNP/PROPN/1/nsubj said/say/VBD/VERB/1/ROOT she/she/PRP/PRON/3/nsubj "
         "left/leave/VBD/VERB/1/ccomp",
         0, 2, 1, 0, 0, 1, 1},
        {"Rain/rain/NN/NOUN/1/nsubj told/tell/VBD/VERB/1/ROOT Marie/Marie/NNP/PROPN/1/dobj "
         "she/she/PRP/PRON/4/nsubj left/leave/VBD/VERB/1/ccomp",
         2, 3, 0, 0, 0, 1, 0},
        {"Marie/Marie/NNP/PROPN/1/nsubj said/say/VBD/VERB/1/ROOT :/:/./PUNCT/1/punct "
         "\u201C/\u201C/./PUNCT/5/punct She/she/PRP/PRON/5/nsubj left/leave/VBD/VERB/1/ccomp "
         "\u201D/\u201D/./PUNCT/5/punct",
         0, 4, 0, 1, 0, 1, 1},
        {"Marie/Marie/NNP/PROPN/2/poss 's/'s/POS/PART/0/case claim/claim/NN/NOUN/6/nsubj "
         "that/that/IN/SCONJ/5/mark she/she/PRP/PRON/5/nsubj left/leave/VBD/VERB/2/acl "
         "hurt/hurt/VBD/VERB/6/ROOT",
         0, 4, 0, 0, 1, 1, 0},
        {"Marie/Marie/NNP/PROPN/2/poss 's/'s/POS/PART/0/case dog/dog/NN/NOUN/3/nsubj "
         "thinks/think/VBZ/VERB/3/ROOT she/she/PRP/PRON/5/nsubj left/leave/VBD/VERB/3/ccomp",
         0, 4, 0, 0, 0, 0, 0},
        {"Marie/Marie/NNP/PROPN/7/nsubj ,/,/./PUNCT/0/punct who/who/WP/PRON/3/nsubj "
         "said/say/VBD/VERB/0/relcl she/she/PRP/PRON/5/nsubj left/leave/VBD/VERB/3/ccomp "
         ",/,/./PUNCT/0/punct smiled/smile/VBD/VERB/7/ROOT",
         0, 4, 2, 0, 0, 0, 2},
        {"Marie/Marie/NNP/PROPN/1/nsubj smiled/smile/VBD/VERB/1/ROOT and/and/CC/CCONJ/1/cc "
         "rain/rain/NN/NOUN/4/nsubj hit/hit/VBD/VERB/1/conj her/she/PRP/PRON/4/dobj",
         0, 5, 1, 0, 0, 1, 1},
    };
    who_stage *stage = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t name = cases[i].name, pronoun = cases[i].pronoun;
        stage_read(stage, cases[i].parse);
        stage_name(stage, name, name + 1, "PERSON");
        stage_find(stage);
        const feature_case expected[] = {
            {RO_SALIENCE_HOLDS, name, cases[i].holds},
            {RO_SALIENCE_HOLDS_QUOTE, name, cases[i].quote},
            {RO_SALIENCE_HOLDS_OWNER, name, cases[i].owner},
            {RO_SALIENCE_NEAREST_CLAUSE, name, cases[i].nearest},
            {RO_SALIENCE_SUBJECT, name, cases[i].subject},
        };
        CHECK(expected, pronoun, RO_NUMBER_ONE, "she");
        stage_done(stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_feature_has_its_weight),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(a_file_that_is_not_there),
        cmocka_unit_test_setup_teardown(place_kind_and_distance, stage_open, stage_close),
        cmocka_unit_test_setup_teardown(pronouns_and_how_often, stage_open, stage_close),
        cmocka_unit_test_setup_teardown(whose_clause_holds_the_pronoun, stage_open, stage_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
