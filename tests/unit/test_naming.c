/* test_naming.c - naming.c: where names stand and what kind of thing each is. */
#include "unit.h"

#include "who_stage.h"

/* The names as "words:kind", in the order in which they were found. Good until the next call. */
static const char *describe(const who_stage *stage)
{
    static char text[512];
    size_t at = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < stage->roster.namings.count; i++) {
        const ro_naming *name = &stage->roster.namings.items[i];
        ro_text words = ro_document_span_text(stage->document, name->first, name->end);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%.*s:%s", at > 0 ? ", " : "",
                               (int)words.length, words.data, ro_entity_kind_name(name->kind));
        assert_true(at < sizeof text);
        for (uint32_t token = name->first; token < name->end; token++)
            assert_int_equal(stage->roster.naming_of[token], i);
    }
    return text;
}

static const char *find(who_stage *stage)
{
    stage_start(stage);
    assert_int_equal(ro_naming_find(&stage->roster), RO_STATUS_OK);
    return describe(stage);
}

/* One span of the recogniser in a parse, "" as its label for none. */
static void check(who_stage *stage, const char *parse, uint32_t first, uint32_t end,
                  const char *label, const char *expected)
{
    stage_read(stage, parse);
    if (label[0] != '\0')
        stage_name(stage, first, end, label);
    assert_string_equal(find(stage), expected);
    stage_done(stage);
}

/* ---- spans ----------------------------------------------------------------------------------- */

static void articles_endings_and_marks_are_cut_off(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "The/the/DT/DET/2/det Ivo/Ivo/NNP/PROPN/2/compound Brandt/Brandt/NNP/PROPN/4/poss "
          "'s/'s/POS/PART/2/case dog/dog/NN/NOUN/5/nsubj bit/bit/VBD/VERB/5/ROOT",
          0, 4, "PERSON", "Ivo Brandt:person");
    check(stage,
          "\u201C/\u201C/./PUNCT/1/punct Brandt/Brandt/NNP/PROPN/3/nsubj "
          "\u201D/\u201D/./PUNCT/1/punct left/leave/VBD/VERB/3/ROOT",
          0, 3, "PERSON", "Brandt:person");
    check(stage, "The/the/DT/DET/1/det farm/farm/NN/NOUN/2/nsubj burned/burn/VBD/VERB/2/ROOT", 0, 1,
          "ORG", "");
    check(stage,
          "Brandt/Brandt/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT in/in/IN/ADP/1/prep "
          "May/May/NNP/PROPN/2/pobj",
          3, 4, "DATE", "");
}

static void a_comma_ends_all_but_organizations(void **state)
{
    static const char parse[] =
        "Reed/Reed/NNP/PROPN/6/nsubj ,/,/./PUNCT/0/punct Marsh/Marsh/NNP/PROPN/0/conj "
        "and/and/CC/CCONJ/0/cc Sons/Sons/NNPS/PROPN/2/conj soon/soon/RB/PART/6/advmod "
        "left/leave/VBD/VERB/6/ROOT";
    who_stage *stage = *state;
    check(stage, parse, 0, 5, "ORG", "Reed, Marsh and Sons:organization");
    check(stage, parse, 0, 5, "GPE", "Reed:place");
}

static void verbs_and_new_lines_end_a_name(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "Ole/Ole/NNP/PROPN/1/compound Brandt/Brandt/NNP/PROPN/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          0, 3, "ORG", "Ole Brandt:person");
    check(stage,
          "Marsh/Marsh/NNP/PROPN/1/compound Rising/rising/VBG/VERB/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          0, 2, "ORG", "Marsh Rising:organization");
    check(stage,
          "Marsh/Marsh/NNP/PROPN/0/ROOT \n\n/\n\n/_SP/SPACE/0/dep "
          "Brandt/Brandt/NNP/PROPN/3/nsubj left/leave/VBD/VERB/3/ROOT",
          0, 3, "ORG", "Marsh:organization");
}

static void a_result_is_no_part_of_a_name(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "Milton/Milton/NNP/PROPN/0/ROOT 1/1/CD/NUM/0/nummod -/-/./PUNCT/0/punct "
          "0/0/CD/NUM/0/nummod",
          0, 4, "GPE", "Milton:place");
    check(stage,
          "Milton/Milton/NNP/PROPN/0/ROOT 1/1/CD/NUM/0/nummod -/-/SYM/SYM/0/punct "
          "0/0/CD/NUM/0/nummod",
          0, 4, "GPE", "Milton:place");
    check(stage, "Milton/Milton/NNP/PROPN/0/ROOT 1/1/CD/NUM/0/nummod -/-/SYM/SYM/0/punct", 0, 3,
          "GPE", "Milton:place");
    check(stage, "Radio/Radio/NNP/PROPN/2/nsubj 4/4/CD/NUM/0/nummod left/leave/VBD/VERB/2/ROOT", 0,
          2, "ORG", "Radio 4:organization");
    check(stage, "4/4/CD/NUM/1/nsubj left/leave/VBD/VERB/1/ROOT", 0, 1, "GPE", "4:place");
}

/* ---- runs of proper nouns -------------------------------------------------------------------- */

static void a_run_is_a_name_where_one_is_expected(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "Grubb/Grubb/NNP/PROPN/1/compound Hollow/Hollow/NNP/PROPN/2/nsubj "
          "sells/sell/VBZ/VERB/2/ROOT Fen/Fen/NNP/PROPN/4/compound "
          "Marsh/Marsh/NNP/PROPN/2/dobj",
          0, 0, "", "Grubb Hollow:organization, Fen Marsh:organization");
    check(stage,
          "Rain/rain/NN/NOUN/1/nsubj stopped/stop/VBD/VERB/1/ROOT "
          "Fen/Fen/NNP/PROPN/3/compound Marsh/Marsh/NNP/PROPN/1/npadvmod",
          0, 0, "", "");
    /* a single one as a subject or owner, but not as a sentence's first word */
    check(stage, "Grubb/Grubb/NNP/PROPN/1/nsubj sells/sell/VBZ/VERB/1/ROOT", 0, 0, "", "");
    check(stage,
          "Now/now/RB/PART/2/advmod Grubb/Grubb/NNP/PROPN/2/nsubj sells/sell/VBZ/VERB/2/ROOT "
          "Fen/Fen/NNP/PROPN/5/poss 's/'s/POS/PART/3/case Marsh/Marsh/NNP/PROPN/2/dobj",
          0, 0, "", "Grubb:organization, Fen:organization");
    /* five words are the longest */
    check(stage,
          "A/A/NNP/PROPN/5/compound B/B/NNP/PROPN/5/compound C/C/NNP/PROPN/5/compound "
          "D/D/NNP/PROPN/5/compound E/E/NNP/PROPN/6/nsubj F/F/NNP/PROPN/4/appos "
          "sells/sell/VBZ/VERB/6/ROOT",
          0, 0, "", "A B C D E:organization");
    /* no run goes over the end of a sentence */
    check(stage,
          "Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT Grubb/Grubb/NNP/PROPN/1/dobj | "
          "Fen/Fen/NNP/PROPN/4/nsubj sells/sell/VBZ/VERB/4/ROOT",
          0, 0, "", "");
}

static void what_others_have_taken_is_no_run(void **state)
{
    static const char parse[] = "Now/now/RB/PART/3/advmod Lake/Lake/NNP/PROPN/2/compound "
                                "Monday/Monday/NNP/PROPN/3/nsubj begins/begin/VBZ/VERB/3/ROOT";
    who_stage *stage = *state;
    check(stage, parse, 0, 0, "", "Lake Monday:organization");
    check(stage, parse, 1, 3, "LAW", "");
    check(stage, parse, 1, 3, "ORG", "Lake Monday:organization");
    stage_read(stage, parse);
    ro_document *document = stage->document;
    for (uint32_t i = 0; i < 2; i++) { /* the days before and behind do not matter */
        ro_timex *day = RO_LIST_ADD(document->arena, &document->timexes);
        assert_non_null(day);
        *day = (ro_timex){.first = i == 0 ? 0 : 3, .end = i == 0 ? 1 : 4, .value = "", .rule = ""};
    }
    assert_string_equal(find(stage), "Lake Monday:organization");
    stage->document->timexes.items[1].first = 1;
    stage->document->timexes.items[1].end = 3;
    ro_roster_stop(&stage->roster);
    assert_string_equal(find(stage), "");
    stage_done(stage);
    /* the lexicon has it */
    check(stage,
          "Now/now/RB/PART/3/advmod Red/Red/NNP/PROPN/2/compound Dawn/Dawn/NNP/PROPN/3/nsubj "
          "begins/begin/VBZ/VERB/3/ROOT",
          0, 0, "", "");
}

static void a_run_with_a_given_name_is_a_person(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "Rain/rain/NN/NOUN/1/nsubj stopped/stop/VBD/VERB/1/ROOT "
          "Ida/Ida/NNP/PROPN/3/compound Marsh/Marsh/NNP/PROPN/1/npadvmod",
          0, 0, "", "Ida Marsh:person");
    check(stage, "Now/now/RB/PART/2/advmod Ida/Ida/NNP/PROPN/2/nsubj sells/sell/VBZ/VERB/2/ROOT", 0,
          0, "", "Ida:person");
}

/* ---- kinds ----------------------------------------------------------------------------------- */

static void most_votes_give_the_kind_everywhere(void **state)
{
    static const char parse[] = "Marsh/Marsh/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | "
                                "Marsh/Marsh/NNP/PROPN/3/nsubj slept/sleep/VBD/VERB/3/ROOT | "
                                "Marsh/Marsh/NNP/PROPN/5/nsubj ate/eat/VBD/VERB/5/ROOT";
    who_stage *stage = *state;
    stage_read(stage, parse);
    stage_name(stage, 0, 1, "ORG");
    stage_name(stage, 2, 3, "PERSON");
    stage_name(stage, 4, 5, "PERSON");
    assert_string_equal(find(stage), "Marsh:person, Marsh:person, Marsh:person");
    stage_done(stage);
    stage_read(stage, parse);
    stage_name(stage, 0, 1, "ORG");
    stage_name(stage, 2, 3, "GPE");
    assert_string_equal(find(stage), "Marsh:organization, Marsh:place"); /* one each */
    stage_done(stage);
}

static void labels_are_those_of_both_models(void **state)
{
    static const struct {
        const char *label, *expected;
    } cases[] = {
        {"PERSON", "Marsh:person"},
        {"PER", "Marsh:person"},
        {"ORG", "Marsh:organization"},
        {"GPE", "Marsh:place"},
        {"LOC", "Marsh:place"},
        {"FAC", "Marsh:place"},
        {"NORP", "Marsh:group"},
        {"LAW", ""},
        {"MISC", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(*state, "Marsh/Marsh/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT", 0, 1,
              cases[i].label, cases[i].expected);
}

static void what_stands_beside_speaks_for_a_person(void **state)
{
    who_stage *stage = *state;
    /* a given name */
    check(stage,
          "Ole/Ole/NNP/PROPN/1/compound Marsh/Marsh/NNP/PROPN/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          0, 2, "ORG", "Ole Marsh:person");
    check(stage,
          "Tor/Tor/NNP/PROPN/1/compound Marsh/Marsh/NNP/PROPN/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          0, 2, "ORG", "Tor Marsh:organization");
    /* not where the name ends with a word that says something else */
    check(stage,
          "Ole/Ole/NNP/PROPN/1/compound Ministry/Ministry/NNP/PROPN/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          0, 2, "ORG", "Ole Ministry:organization");
    /* a title */
    check(stage,
          "minister/minister/NN/NOUN/1/compound Marsh/Marsh/NNP/PROPN/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          1, 2, "ORG", "Marsh:person");
    check(stage,
          "farm/farm/NN/NOUN/1/compound Marsh/Marsh/NNP/PROPN/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          1, 2, "ORG", "Marsh:organization");
    /* an apposition behind and before */
    check(stage,
          "Marsh/Marsh/NNP/PROPN/5/nsubj ,/,/./PUNCT/0/punct the/the/DT/DET/3/det "
          "minister/minister/NN/NOUN/0/appos ,/,/./PUNCT/0/punct left/leave/VBD/VERB/5/ROOT",
          0, 1, "ORG", "Marsh:person");
    check(stage,
          "The/the/DT/DET/1/det minister/minister/NN/NOUN/5/nsubj ,/,/./PUNCT/1/punct "
          "Marsh/Marsh/NNP/PROPN/1/appos ,/,/./PUNCT/1/punct left/leave/VBD/VERB/5/ROOT",
          3, 4, "GPE", "Marsh:person");
    check(stage,
          "Marsh/Marsh/NNP/PROPN/5/nsubj ,/,/./PUNCT/0/punct the/the/DT/DET/3/det "
          "village/village/NN/NOUN/0/appos ,/,/./PUNCT/0/punct left/leave/VBD/VERB/5/ROOT",
          0, 1, "ORG", "Marsh:organization");
    /* a predicate */
    check(stage,
          "Marsh/Marsh/NNP/PROPN/1/nsubj is/be/VBD/AUX/1/ROOT a/a/DT/DET/3/det "
          "minister/minister/NN/NOUN/1/attr",
          0, 1, "ORG", "Marsh:person");
    check(stage,
          "Marsh/Marsh/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT a/a/DT/DET/3/det "
          "minister/minister/NN/NOUN/1/attr",
          0, 1, "ORG", "Marsh:organization");
}

static void a_body_before_it_speaks_for_an_organization(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "The/the/DT/DET/1/det company/company/NN/NOUN/2/nmod Marsh/Marsh/NNP/PROPN/3/nsubj "
          "left/leave/VBD/VERB/3/ROOT",
          2, 3, "PERSON", "Marsh:organization");
    check(stage,
          "The/the/DT/DET/1/det militia/militia/NN/NOUN/2/compound "
          "Marsh/Marsh/NNP/PROPN/3/nsubj left/leave/VBD/VERB/3/ROOT",
          2, 3, "PERSON", "Marsh:organization");
    check(stage,
          "The/the/DT/DET/1/det company/company/NN/NOUN/3/nsubj "
          "Marsh/Marsh/NNP/PROPN/3/npadvmod left/leave/VBD/VERB/3/ROOT",
          2, 3, "PERSON", "Marsh:person");
}

static void given_names_tell_he_from_she(void **state)
{
    static const struct {
        const char *parse;
        uint32_t first, end;
        const char *pronoun;
    } cases[] = {
        {"Ida/Ida/NNP/PROPN/1/compound Marsh/Marsh/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT",
         0, 2, "she"},
        {"Ole/Ole/NNP/PROPN/1/compound Marsh/Marsh/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT",
         0, 2, "he"},
        {"Mrs/Mrs/NNP/PROPN/1/compound Marsh/Marsh/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT",
         1, 2, "she"},
        {"Marsh/Marsh/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT", 0, 1, ""},
        /* of two words the first, of three any */
        {"Marsh/Marsh/NNP/PROPN/1/compound Ida/Ida/NNP/PROPN/2/nsubj "
         "left/leave/VBD/VERB/2/ROOT",
         0, 2, ""},
        {"Tor/Tor/NNP/PROPN/2/compound Ole/Ole/NNP/PROPN/2/compound "
         "Marsh/Marsh/NNP/PROPN/3/nsubj left/leave/VBD/VERB/3/ROOT",
         0, 3, "he"},
        /* the last word of another sentence says nothing */
        {"Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT Ida/Ida/NNP/PROPN/1/dobj | "
         "Marsh/Marsh/NNP/PROPN/4/nsubj left/leave/VBD/VERB/4/ROOT",
         3, 4, ""},
    };
    who_stage *stage = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stage_read(stage, cases[i].parse);
        stage_start(stage);
        assert_string_equal(ro_naming_pronoun(&stage->roster, cases[i].first, cases[i].end),
                            cases[i].pronoun);
        stage_done(stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(articles_endings_and_marks_are_cut_off),
        cmocka_unit_test(a_comma_ends_all_but_organizations),
        cmocka_unit_test(verbs_and_new_lines_end_a_name),
        cmocka_unit_test(a_result_is_no_part_of_a_name),
        cmocka_unit_test(a_run_is_a_name_where_one_is_expected),
        cmocka_unit_test(what_others_have_taken_is_no_run),
        cmocka_unit_test(a_run_with_a_given_name_is_a_person),
        cmocka_unit_test(most_votes_give_the_kind_everywhere),
        cmocka_unit_test(labels_are_those_of_both_models),
        cmocka_unit_test(what_stands_beside_speaks_for_a_person),
        cmocka_unit_test(a_body_before_it_speaks_for_an_organization),
        cmocka_unit_test(given_names_tell_he_from_she),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
