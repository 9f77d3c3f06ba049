/* test_hits.c - hits.c: the lexicon's phrases in a text, and how those in doubt are settled. */
#include "unit.h"

#include "who_stage.h"

/* The phrases as "words>code" of a name, "words+code" of a nationality word, "words~role"; a mark
 * of doubt behind: '?'. Good until the next call. */
static const char *describe(const who_stage *stage)
{
    static char text[512];
    size_t at = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < stage->roster.hits.count; i++) {
        const ro_hit *hit = &stage->roster.hits.items[i];
        if (hit->first == hit->end)
            continue;
        ro_text words = ro_document_span_text(stage->document, hit->first, hit->end);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%.*s", at > 0 ? ", " : "",
                               (int)words.length, words.data);
        if (hit->name != NULL)
            at += (size_t)snprintf(text + at, sizeof text - at, ">%s", hit->name->code);
        if (hit->demonym != NULL)
            at += (size_t)snprintf(text + at, sizeof text - at, "+%s", hit->demonym->code);
        if (hit->role != NULL)
            at += (size_t)snprintf(text + at, sizeof text - at, "~%s", hit->role->role);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s", hit->open ? "?" : "");
        assert_true(at < sizeof text);
        for (uint32_t token = hit->first; token < hit->end; token++)
            assert_int_equal(stage->roster.hit_of[token], i);
    }
    return text;
}

static void check(who_stage *stage, const char *parse, ro_date day, const char *expected)
{
    stage_read(stage, parse);
    stage->document->date = day;
    stage_start(stage);
    assert_string_equal(describe(stage), expected);
    stage_done(stage);
}

static const ro_date no_day = {0, 0, 0};

static void the_longest_phrase_wins(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "Borian/borian/JJ/ADJ/2/amod foreign/foreign/JJ/ADJ/2/amod "
          "minister/minister/NN/NOUN/3/nsubj left/leave/VBD/VERB/3/ROOT",
          no_day, "Borian+BOR, foreign minister~foreign minister");
    check(stage,
          "The/the/DT/DET/1/det League/League/NNP/PROPN/4/nsubj of/of/IN/ADP/1/prep "
          "Lakes/Lakes/NNP/PROPN/2/pobj left/leave/VBD/VERB/4/ROOT",
          no_day, "League of Lakes>IGOLOL");
    /* no phrase goes over the end of a sentence */
    check(stage,
          "Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT Red/Red/NNP/PROPN/1/dobj | "
          "Dawn/Dawn/NNP/PROPN/4/nsubj broke/break/VBD/VERB/4/ROOT",
          no_day, "");
    /* a form with a capital asks for one */
    check(stage,
          "Red/Red/NNP/PROPN/1/compound Dawn/Dawn/NNP/PROPN/2/nsubj saw/see/VBD/VERB/2/ROOT "
          "red/red/JJ/ADJ/4/amod dawn/dawn/NN/NOUN/2/dobj",
          no_day, "Red Dawn>REB");
}

static void the_country_named_otherwise_counts(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "The/the/DT/DET/2/det Free/Free/NNP/PROPN/2/compound Army/Army/NNP/PROPN/3/nsubj "
          "left/leave/VBD/VERB/3/ROOT",
          no_day, "Free Army>AVAREB?");
    check(stage,
          "The/the/DT/DET/2/det Free/Free/NNP/PROPN/2/compound Army/Army/NNP/PROPN/3/nsubj "
          "left/leave/VBD/VERB/3/ROOT Boria/Boria/NNP/PROPN/3/dobj",
          no_day, "Free Army>BORREB?, Boria>BOR");
    /* both named: the one named last before it */
    check(stage,
          "Avalia/Avalia/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Boria/Boria/NNP/PROPN/0/conj "
          "met/meet/VBD/VERB/3/ROOT | The/the/DT/DET/6/det Free/Free/NNP/PROPN/6/compound "
          "Army/Army/NNP/PROPN/7/nsubj left/leave/VBD/VERB/7/ROOT | "
          "Avalia/Avalia/NNP/PROPN/9/nsubj slept/sleep/VBD/VERB/9/ROOT | "
          "The/the/DT/DET/12/det Free/Free/NNP/PROPN/12/compound Army/Army/NNP/PROPN/13/nsubj "
          "left/leave/VBD/VERB/13/ROOT",
          no_day, "Avalia>AVA, Boria>BOR, Free Army>BORREB?, Avalia>AVA, Free Army>AVAREB?");
}

static void the_country_beside_counts_before_the_last(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "Avalia/Avalia/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Boria/Boria/NNP/PROPN/0/conj "
          "met/meet/VBD/VERB/3/ROOT | The/the/DT/DET/6/det "
          "Interior/Interior/NNP/PROPN/6/compound Ministry/Ministry/NNP/PROPN/9/nsubj "
          "of/of/IN/ADP/6/prep Avalia/Avalia/NNP/PROPN/7/pobj left/leave/VBD/VERB/9/ROOT",
          no_day, "Avalia>AVA, Boria>BOR, Interior Ministry>AVAMIL?, Avalia>AVA");
    check(stage,
          "Avalia/Avalia/NNP/PROPN/3/poss 's/'s/POS/PART/0/case "
          "Free/Free/NNP/PROPN/3/compound Army/Army/NNP/PROPN/4/nsubj "
          "met/meet/VBD/VERB/4/ROOT Boria/Boria/NNP/PROPN/4/dobj and/and/CC/CCONJ/5/cc "
          "its/it/PRP$/PRON/8/poss Free/Free/NNP/PROPN/9/compound Army/Army/NNP/PROPN/5/conj",
          no_day, "Avalia>AVA, Free Army>AVAREB?, Boria>BOR, Free Army>BORREB?");
    stage_read(stage, "Boria/Boria/NNP/PROPN/1/nsubj saw/see/VBD/VERB/1/ROOT "
                      "Avalia/Avalia/NNP/PROPN/4/poss 's/'s/POS/PART/2/case "
                      "Interior/Interior/NNP/PROPN/5/compound Ministry/Ministry/NNP/PROPN/1/dobj");
    stage_start(stage);
    assert_string_equal(describe(stage), "Boria>BOR, Avalia>AVA, Interior Ministry>AVAMIL?");
    assert_true(stage->roster.hits.items[2].beside);
    assert_int_equal(stage->roster.hits.items[2].head, 5);
    stage_done(stage);
    stage_read(stage, "The/the/DT/DET/3/det Boria/Boria/NNP/PROPN/3/compound "
                      "Interior/Interior/NNP/PROPN/3/compound Ministry/Ministry/NNP/PROPN/4/nsubj "
                      "left/leave/VBD/VERB/4/ROOT | The/the/DT/DET/7/det "
                      "Interior/Interior/NNP/PROPN/7/compound Ministry/Ministry/NNP/PROPN/8/nsubj "
                      "ate/eat/VBD/VERB/8/ROOT");
    stage_start(stage);
    assert_string_equal(describe(stage),
                        "Boria>BOR, Interior Ministry>BORMIL?, Interior Ministry>BORMIL?");
    assert_true(stage->roster.hits.items[1].beside);
    assert_false(stage->roster.hits.items[2].beside);
    stage_done(stage);
}

static void who_holds_the_office_on_the_day(void **state)
{
    static const struct {
        ro_date day;
        const char *name;
    } cases[] = {
        {{2003, 5, 1}, "Ann Rook"}, {{2004, 12, 31}, "Ann Rook"}, {{2005, 1, 1}, "Max Rook"},
        {{1990, 1, 1}, "Ann Rook"}, {{0, 0, 0}, "Ann Rook"},
    };
    who_stage *stage = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stage_read(stage, "Rook/Rook/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT");
        stage->document->date = cases[i].day;
        stage_start(stage);
        assert_int_equal(stage->roster.hits.count, 1);
        assert_true(stage->roster.hits.items[0].open);
        assert_string_equal(stage->roster.hits.items[0].name->name, cases[i].name);
        stage_done(stage);
    }
}

static void a_weak_surname_asks_for_a_title_or_the_full_name(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "Kell/Kell/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT "
          "Boria/Boria/NNP/PROPN/1/dobj",
          no_day, "Boria>BOR");
    check(stage,
          "Premier/Premier/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          no_day, "Premier~premier, Kell>BORGOV?");
    check(stage,
          "President/President/NNP/PROPN/1/compound Kell/Kell/NNP/PROPN/2/nsubj "
          "left/leave/VBD/VERB/2/ROOT",
          no_day, "President~president");
    stage_read(stage, "Kell/Kell/NNP/PROPN/1/nsubj left/leave/VBD/VERB/1/ROOT | "
                      "Ivo/Ivo/NNP/PROPN/3/compound Kell/Kell/NNP/PROPN/4/nsubj "
                      "slept/sleep/VBD/VERB/4/ROOT");
    stage_start(stage);
    assert_int_equal(ro_names_find(&stage->roster), RO_STATUS_OK);
    assert_int_equal(stage->document->entities.count, 1);
    assert_int_equal(stage_entity(stage, 0), stage_entity(stage, 3));
    stage_done(stage);
}

/* One that is neither the first nor the last word of the name, so that sweep.c cannot find it. */
static void a_weak_form_counts_with_the_full_name_elsewhere(void **state)
{
    who_stage *stage = *state;
    static const char alone[] =
        "Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT Foxy/Foxy/NNP/PROPN/1/dobj | "
        "Hail/hail/NN/NOUN/4/nsubj hit/hit/VBD/VERB/4/ROOT Old/Old/NNP/PROPN/6/compound "
        "Foxy/Foxy/NNP/PROPN/4/dobj";
    stage_read(stage, alone);
    stage_start(stage);
    assert_int_equal(ro_names_find(&stage->roster), RO_STATUS_OK);
    for (uint32_t i = 0; i < stage->document->entities.count; i++)
        assert_string_not_equal(stage->document->entities.items[i].name, "Bo Vell");
    stage_done(stage);
    stage_read(stage,
               "Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT Foxy/Foxy/NNP/PROPN/1/dobj | "
               "Hail/hail/NN/NOUN/4/nsubj hit/hit/VBD/VERB/4/ROOT Old/Old/NNP/PROPN/6/compound "
               "Foxy/Foxy/NNP/PROPN/4/dobj | Bo/Bo/NNP/PROPN/8/compound "
               "Vell/Vell/NNP/PROPN/9/nsubj slept/sleep/VBD/VERB/9/ROOT");
    stage_start(stage);
    assert_int_equal(ro_names_find(&stage->roster), RO_STATUS_OK);
    assert_int_equal(stage_entity(stage, 2), stage_entity(stage, 8));
    assert_int_equal(stage_entity(stage, 6), stage_entity(stage, 8));
    stage_done(stage);
}

static void a_region_asks_for_a_comma_or_another_region(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT Kentia/Kentia/NNP/PROPN/1/dobj "
          "and/and/CC/CCONJ/2/cc Avalia/Avalia/NNP/PROPN/2/conj",
          no_day, "Kentia>KEN?, Avalia>AVA");
    check(stage,
          "Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT Milton/Milton/NNP/PROPN/1/dobj "
          ",/,/./PUNCT/2/punct Kentia/Kentia/NNP/PROPN/2/appos",
          no_day, "Kentia>AVA?");
    check(stage,
          "Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT hard/hard/NN/NOUN/1/dobj "
          ",/,/./PUNCT/2/punct Kentia/Kentia/NNP/PROPN/2/appos",
          no_day, "Kentia>KEN?");
    check(stage,
          "Rain/rain/NN/NOUN/1/nsubj hit/hit/VBD/VERB/1/ROOT Kentia/Kentia/NNP/PROPN/1/dobj "
          "and/and/CC/CCONJ/2/cc Ostmark/Ostmark/NNP/PROPN/2/conj",
          no_day, "Kentia>AVA?, Ostmark>AVA");
}

static void an_organization_asks_for_its_parent(void **state)
{
    who_stage *stage = *state;
    check(stage,
          "The/the/DT/DET/2/det Water/Water/NNP/PROPN/2/compound "
          "Panel/Panel/NNP/PROPN/3/nsubj left/leave/VBD/VERB/3/ROOT",
          no_day, "Panel~panel");
    check(stage,
          "The/the/DT/DET/2/det Water/Water/NNP/PROPN/2/compound "
          "Panel/Panel/NNP/PROPN/3/nsubj left/leave/VBD/VERB/3/ROOT LOL/LOL/NNP/PROPN/3/dobj",
          no_day, "Water Panel>IGOLOL?, LOL>IGOLOL");
    check(stage,
          "The/the/DT/DET/2/det Water/Water/NNP/PROPN/2/compound "
          "Panel/Panel/NNP/PROPN/3/nsubj left/leave/VBD/VERB/3/ROOT | The/the/DT/DET/7/det "
          "Lake/Lake/NNP/PROPN/7/compound Water/Water/NNP/PROPN/7/compound "
          "Panel/Panel/NNP/PROPN/8/nsubj slept/sleep/VBD/VERB/8/ROOT",
          no_day, "Water Panel>IGOLOL?, Lake Water Panel>IGOLOL");
}

static void a_rejected_phrase_gives_way_to_a_shorter_one(void **state)
{
    who_stage *stage = *state;
    stage_read(stage, "A/a/DT/DET/3/det Border/Border/NNP/PROPN/3/compound "
                      "Guard/Guard/NNP/PROPN/3/compound Command/Command/NNP/PROPN/4/nsubj "
                      "left/leave/VBD/VERB/4/ROOT");
    stage_start(stage);
    assert_string_equal(describe(stage), "Border Guard~border guard");
    assert_int_equal(stage->roster.hit_of[3], RO_NONE);
    assert_int_equal(stage->roster.hits.items[0].head, 1);
    stage_done(stage);
    check(stage,
          "A/a/DT/DET/3/det Border/Border/NNP/PROPN/3/compound "
          "Guard/Guard/NNP/PROPN/3/compound Command/Command/NNP/PROPN/4/nsubj "
          "left/leave/VBD/VERB/4/ROOT Avalia/Avalia/NNP/PROPN/4/dobj",
          no_day, "Border Guard Command>AVACOP?, Avalia>AVA");
    /* what it gives back is looked at once more */
    stage_read(stage,
               "The/the/DT/DET/2/det Interior/Interior/NNP/PROPN/2/compound "
               "Ministry/Ministry/NNP/PROPN/3/nsubj saw/see/VBD/VERB/3/ROOT a/a/DT/DET/7/det "
               "Border/Border/NNP/PROPN/7/compound Guard/Guard/NNP/PROPN/7/compound "
               "Command/Command/NNP/PROPN/3/dobj");
    stage_start(stage);
    assert_string_equal(describe(stage), "Border Guard~border guard, Ministry~ministry");
    assert_int_equal(stage->roster.hit_of[1], RO_NONE);
    stage_done(stage);
}

static void a_country_inside_a_persons_name_is_none(void **state)
{
    who_stage *stage = *state;
    static const char parse[] =
        "Avalia/Avalia/NNP/PROPN/1/compound Hill/Hill/NNP/PROPN/2/nsubj "
        "met/meet/VBD/VERB/2/ROOT Ivo/Ivo/NNP/PROPN/4/compound Kell/Kell/NNP/PROPN/2/dobj";
    stage_read(stage, parse);
    stage_name(stage, 0, 2, "PERSON");
    stage_name(stage, 3, 5, "PERSON");
    stage_start(stage);
    assert_string_equal(describe(stage), "Ivo Kell>BORGOV");
    stage_done(stage);
    stage_read(stage, parse);
    stage_name(stage, 0, 2, "ORG");
    stage_start(stage);
    assert_string_equal(describe(stage), "Avalia>AVA, Ivo Kell>BORGOV");
    stage_done(stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_phrase_wins),
        cmocka_unit_test(the_country_named_otherwise_counts),
        cmocka_unit_test(the_country_beside_counts_before_the_last),
        cmocka_unit_test(who_holds_the_office_on_the_day),
        cmocka_unit_test(a_weak_surname_asks_for_a_title_or_the_full_name),
        cmocka_unit_test(a_weak_form_counts_with_the_full_name_elsewhere),
        cmocka_unit_test(a_region_asks_for_a_comma_or_another_region),
        cmocka_unit_test(an_organization_asks_for_its_parent),
        cmocka_unit_test(a_rejected_phrase_gives_way_to_a_shorter_one),
        cmocka_unit_test(a_country_inside_a_persons_name_is_none),
    };
    return cmocka_run_group_tests(tests, stage_open, stage_close);
}
