/* test_faults.c - what is wrong in lexicon files: every kind of fault with its line, all of them in
 * the order of files and lines, and what is none. */
#include "small_lexicon.h"

#include "lexicon/faults.h"

/* The faults of the small lexicon with text as leaders.tsv. */
static const char *faults_of(const char *text)
{
    static small_lexicon small;
    ro_lexicon *lexicon = NULL;
    small_lexicon_make(&small);
    data_folder_write(&small.folder, "lexicon/leaders.tsv", text);
    ro_error error = {0};
    ro_status status = ro_lexicon_open_with(&small.options, &lexicon, &error);
    assert_int_equal(status, small.faults[0] != '\0' ? RO_STATUS_BAD_FORMAT : RO_STATUS_OK);
    ro_lexicon_close(lexicon);
    small_lexicon_remove(&small);
    return small.faults;
}

/* Each text has a comment as its first line and one fault in the line that ends it. */
static const struct {
    const char *text, *fault;
} faulty[] = {
    {"nonsense\tAAAGOV\tX Y", "expected country, person, role ... and a tab as the first field"},
    {"person\tZZZGOV\tX Y", "expected a code of a known country or sector, found \"ZZZGOV\""},
    {"person\tAAAGO\tX Y", "expected a code of capital letters, three, six ... fifteen"},
    {"person\tAAAgov\tX Y", "expected a code of capital letters"},
    {"person\tAAAGOVGOVGOVGOVGOV\tX Y", "expected a code of capital letters"},
    {"person\t\tX Y", "expected a code, found \"\""},
    {"organization\t\tX Y", "expected a code, or a parent that has one"},
    {"capital\tAAAGOV\tX Y", "expected the code of a country, found \"AAAGOV\""},
    {"demonym\tGOV\tX Y", "expected the code of a country, found \"GOV\""},
    {"role\tAAAGOV\tx y", "expected sectors alone, found \"AAAGOV\""},
    {"capital\tXXX\tX Y", "expected a code of a known country or sector, found \"XXX\""},
    {"role\tGOVXYZ\tx y", "expected a known sector behind GOV, found \"XYZ\""},
    {"role\tIGOXYZ\tx y", "expected a known sector behind IGO, found \"XYZ\""},
    {"person\tAAAGVO\tX Y", "expected a known sector behind AAA, found \"GVO\""},
    {"person\tAAAGOVMLI\tX Y", "expected a known sector behind AAAGOV, found \"MLI\""},
    {"person\tAAABBB\tX Y", "expected a known sector behind AAA, found \"BBB\""},
    {"organization\tMILXYZ\tX Y", "expected a known sector behind MIL, found \"XYZ\""},
    {"organization\t\tX\t\t\t\t\tY\norganization\tXXX\tY",
     "known country or sector, found \"XXX\""},
    {"country\tAAA\tAgain", "expected a new code, found that of \"Aland\" (countries.tsv:1): AAA"},
    {"country\tGOV\tAgain", "expected a new code, found that of \"government\" (sectors.tsv:1)"},
    {"country\t\tAgain", "expected a code of three letters, found \"\""},
    {"country\tXXXYYY\tAgain", "expected a code of three letters, found \"XXXYYY\""},
    {"sector\tXXX\txs\tfour", "expected the three letters of PLOVER, found \"four\""},
    {"person\tAAAGOV\t | ", "expected forms between '|' as the third field, found none"},
    {"person\tAAAGOV", "expected forms between '|' as the third field, found none"},
    {"person\tAAAGOV\t!!", "expected forms of at most 150 bytes, with letters, found \"!!\""},
    {"person\tAAAGOV\tX Y | ?", "with letters, found \"\""},
    {"person\tAAAGOV\t1234", "with letters, found \"1234\""},
    {"person\tAAAGOV\tX Y | X-Y", "\"X-Y\" is the same form as \"X Y\""},
    {"person\tAAAGOV\tX Y | Élan | ?Elan", "\"Elan\" is the same form as \"Élan\": accents and "
                                          "signs do not count, and both ask for the same capitals"},
    {"person\tAAAGOV\tX Y\ttsar", "expected a form of a role, body, group or site line, found "
                                  "\"tsar\""},
    {"role\tGOV\tx\tx y", "expected a form of a role, body, group or site line"},
    {"role\tGOV\tone\ttwo\nrole\tGOV\ttwo\tthree\nrole\tGOV\tthree\ttwo", 
     "\"three\" is another word for \"two\", in a circle or a row of more than 16"},
    {"person\tAAAGOV\tX Y\tpresident\t2001-02-30", "expected a day as YYYY-MM-DD"},
    {"person\tAAAGOV\tX Y\tpresident\t\t2001-13", "expected a day as YYYY-MM-DD"},
    {"person\tAAAGOV\tX Y\tpresident\t5", "expected a day as YYYY-MM-DD"},
    {"person\tAAAGOV\tX Y\tpresident\t2005\t2004",
     "expected a term that ends after it begins, found 2005 to 2004"},
    {"person\tAAAGOV\tX Y\tpresident\t2001\t\tit", "expected he or she, found \"it\""},
    {"person\tAAAGOV\tX Y\tpresident\t2001\t\the\tXYZ",
     "expected an empty field \"parent\" beside \"person\", found \"XYZ\""},
    {"role\tGOV\tx\t\t\t\t\ttwo", "expected \"one\" as parent of a role, found \"two\""},
    {"body\tGOV\tx\t\t\t\t\tone", "expected an empty field \"parent\" beside \"body\""},
    {"given\tGOV\tX", "expected an empty field \"code\" beside \"given\", found \"GOV\""},
    {"country\tCCC\tC\tpresident", "expected an empty field \"role\" beside \"country\""},
    {"organization\tAAA\tX\t\t\t\tshe",
     "expected an empty field \"pronoun\" beside \"organization\""},
    {"role\tGOV\tx\t\t2001", "expected an empty field \"from\" beside \"role\", found \"2001\""},
    {"sector\tXXX\tx\t\t\t2001", "expected an empty field \"until\" beside \"sector\""},
    {"sector\tXXX\tx | y", "expected one meaning of a sector, found another: \"y\""},
    {"person\tAAAGOV\tX Y\tpresident\t2001\t\the\t\tmore",
     "expected at most 8 fields, found \"more\""},
    {"organization\t\tX\t\t\t\t\tX Y", "expected the name of an organization as parent"},
    {"organization\t\tX\t\t\t\t\tLeague of Xylophones", "expected the name of an organization"},
    {"organization\tAAA\tX\t\t\t\t\tX", "\"X\" belongs to \"X\", in a circle or a row"},
    {"person\tAAAGOV\tX \x80", "expected UTF-8"},
    {"person\tAAAGOV\tX \x1b[1mY", "expected text, found the control character U+001B"},
    {"person\tAAAGOV\tX \xC2\x85Y", "found the control character U+0085"},
    {"person\tAAAGOV\tX \xE2\x80\xA8Y", "found the control character U+2028"},
    {"person\tAAAGOV\tX \xE2\x80\xAEY", "found the control character U+202E"},
    /* cut where a character ends */
    {"person\tAAAGOV\tX Y\txééééééééééééééééééééééééééééééééééééééééé",
     "found \"xééééééééééééééééééééééééééééééééééééééé\""},
    {"withdraw\t\tAland", "expected a form that an earlier file gives, found \"Aland\""},
    {"person\tAAAGOV\tX Y\tpresident\t2001\nperson\tAAAMIL\tX Y\thead of state\t2004",
     "\"X Y\" is stated already, by leaders.tsv:2"},
    {"organization\tAAAMIL\tX\norganization\tAAAMIL\tX | Y", "\"X\" is stated already, by"},
    {"given\t\tKim | Tom\ngiven\t\tTom", "\"Tom\" is stated already"},
    {"person\tAAAGOV\tX Y\tpresident\t2001\t2005\nperson\tAAAGOV\tZ\tpresident\t2004\t2009",
     "expected one at a time as president of AAA, found \"Z\" and \"X Y\" (leaders.tsv:2) in "
     "overlapping terms"},
    {"person\tAAAGOV\tX Y\tpresident\nperson\tAAAGOV\tZ\tpresident\t2004-01-02\t2004-01-04",
     "expected one at a time as president of AAA"},
    /* what is in doubt is not compared */
    {"person\tAAAGOV\tZ\tpresident\t2001\t2009\nperson\tAAAGOV\tX Y\tpresident\t2002-13",
     "expected a day as YYYY-MM-DD"},
    {"person\tAAAGOV\tX Y\tpresident\t2002\nperson\tAAAGOV\tX Y\tpresident\t2008\t2007",
     "expected a term that ends after it begins"},
    {"person\tAAAGOV\tX Y\t\t2002\nperson\tAAAGOV\tX Y\ttsar\t2008", "found \"tsar\""},
    {"person\tIGOXYZ\tX Y\tchief\nperson\tIGOXYZ\tZ\tchief", "as chief of IGOXYZ"},
};

static void each_is_told_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        char text[512], place[32];
        int lines = 2;
        snprintf(text, sizeof text, "# a comment\n%s\n", faulty[i].text);
        for (const char *c = faulty[i].text; *c != '\0'; c++)
            lines += *c == '\n';
        snprintf(place, sizeof place, "leaders.tsv:%d: ", lines);
        const char *faults = faults_of(text);
        if (strstr(faults, faulty[i].fault) == NULL ||
            strncmp(faults, place, strlen(place)) != 0 ||
            strchr(faults, '\n') != faults + strlen(faults) - 1)
            fail_msg("%s\nexpected alone: %s%s\nfound: %s", text, place, faulty[i].fault, faults);
    }
}

static const char *const sound[] = {
    /* a shared day, a shared month, a shared year */
    "person\tAAAGOV\tX\tpresident\t2001\t2005-03-01\nperson\tAAAGOV\tY\tpresident\t2005-03-01\n",
    "person\tAAAGOV\tX\tpresident\t2001\t2005-03\nperson\tAAAGOV\tY\tpresident\t2005-03\n",
    "person\tAAAGOV\tX\tpresident\t2001\t2005\nperson\tAAAGOV\tY\tpresident\t2005-11-30\n",
    /* other countries, other offices, one who comes again, an office of several */
    "person\tAAAGOV\tX\tpresident\nperson\tBBBGOV\tY\tpresident\n",
    "person\tAAAGOV\tX\tpresident\nperson\tAAAGOV\tY\tpremier\n",
    "person\tAAAGOV\tX\tpresident\t2001\t2002\nperson\tAAAGOV\tX\tpresident\t2003\t2004\n",
    "person\tAAAGOV\tX\tpresident\t2001\t2002\nperson\tAAAGOV\tX\tpresident\t2002\t2004\n",
    "person\tAAAGOV\tX\taide\nperson\tAAAGOV\tY\taide\n",
    "organization\tAAAMIL\tX\norganization\tBBBMIL\tX\norganization\tAAA\tX\t\t2001\n",
    "person\tAAAGOV\tWHO X | Who X\n",
    /* letters of one's own */
    "organization\tIGOXYZ\tX\norganization\tIGOAAA\tY\n",
    /* what each kind takes */
    ("country\tCCC\tC\t\t2001\t2002\ncapital\tCCC\tD\t\t2001\ndemonym\tCCC\tE\t\t\t2001\n"
     "region\tCCC\tF\t\t2001\n"),
    "role\tGOV\tqueen\thead of state\t\t\tshe\nsite\tGOV\ttown\tcity\ngiven\t\tX | Y\t\t\t\the\n",
    "\xEF\xBB\xBFperson\tAAAGOV\tX\n",
};

static void what_is_none_is_not_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++)
        if (faults_of(sound[i])[0] != '\0')
            fail_msg("%s\nfound: %s", sound[i], faults_of(sound[i]));
}

static void overlaps_are_found_behind_longer_terms(void **state)
{
    (void)state;
    /* the longest term stays in mind while others of the same person come by */
    assert_string_equal(
        faults_of("person\tAAAGOV\tX\tpresident\t2001-01-01\t2020-01-01\n"
                  "person\tAAAGOV\tY\tpresident\t2020-01-01\t2021-01-01\n"
                  "person\tAAAGOV\tX\tpresident\t2020-06-01\t2022-01-01\n"
                  "person\tAAAGOV\tZ\tpresident\t2021-06-01\t2023-01-01\n"),
        "leaders.tsv:3: expected one at a time as president of AAA, found \"X\" and \"Y\" "
        "(leaders.tsv:2) in overlapping terms\n"
        "leaders.tsv:4: expected one at a time as president of AAA, found \"Z\" and \"X\" "
        "(leaders.tsv:3) in overlapping terms\n");
}

/* A chain of 16 links and one of 17: nouns that are other words for each other, and parents. */
static void long_chains_are_told_once(void **state)
{
    (void)state;
    for (int links = 16; links <= 17; links++) {
        char text[4096], expected[256];
        size_t length = 0;
        for (int i = 0; i < links; i++)
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       "role\t\tr%dr\tr%dr\norganization\t\to%d\t\t\t\t\to%d\n", i,
                                       i + 1, i, i + 1);
        snprintf(text + length, sizeof text - length, "role\tGOV\tr%dr\norganization\tAAA\to%d\n",
                 links, links);
        snprintf(expected, sizeof expected,
                 "leaders.tsv:33: \"r16r\" is another word for \"r17r\", in a circle or a row of more "
                 "than 16\nleaders.tsv:34: \"o16\" belongs to \"o17\", in a circle or a row of more "
                 "than 16\n");
        assert_string_equal(faults_of(text), links == 16 ? "" : expected);
    }
}

/* Of two layers the upper one is to blame, and only where it is wrong. */
static void a_code_of_ours_is_not_blamed(void **state)
{
    (void)state;
    small_lexicon small;
    ro_lexicon *lexicon = NULL;
    small_lexicon_make(&small);
    small_lexicon_lay(&small, "country\tGOV\tGovland\nsector\tAAA\tx\n");
    assert_int_equal(ro_lexicon_open_with(&small.options, &lexicon, NULL), RO_STATUS_BAD_FORMAT);
    assert_string_equal(small.faults,
                        "own1.tsv:1: expected a new code, found that of \"government\" "
                        "(sectors.tsv:1): GOV\n"
                        "own1.tsv:2: expected a new code, found that of \"Aland\" "
                        "(countries.tsv:1): AAA\n");
    small_lexicon_remove(&small);
}

/* 1,500 lines of one name with a form each: every form would lead to every line. */
static void what_multiplies_is_refused(void **state)
{
    (void)state;
    enum { LINES = 1500, ROOM = LINES * 64 };
    char *text = test_malloc(ROOM);
    size_t length = 0;
    for (int i = 0; i < LINES; i++)
        length += (size_t)snprintf(text + length, ROOM - length,
                                   "person\tAAAGOV\tX Y | form %d\t\t%d\t%d\n", i, 1000 + i,
                                   1000 + i);
    const char *faults = faults_of(text);
    assert_non_null(strstr(faults, "expected fewer lines or forms of \"X Y\": each form leads to "
                                   "each line"));
    assert_ptr_equal(strchr(faults, '\n'), faults + strlen(faults) - 1);
    test_free(text);
}

static void all_are_told_in_order(void **state)
{
    (void)state;
    small_lexicon small;
    ro_lexicon *lexicon = NULL;
    ro_error error = {0};
    small_lexicon_make(&small);
    data_folder_write(&small.folder, "lexicon/leaders.tsv",
                      "person\tAAAGOV\tX\ttsar\t20\t\tit\nperson\tAAAGOV\t??\n");
    data_folder_write(&small.folder, "lexicon/media.tsv", "organization\tZZZ\tX\n");
    small_lexicon_lay(&small, "person\tAAAGOV\n\nwithdraw\tAAA\tAlandia\tcity\n");
    assert_int_equal(ro_lexicon_open_with(&small.options, &lexicon, &error), RO_STATUS_BAD_FORMAT);
    static const char *const places[] = {
        "own1.tsv:1: expected forms",
        "own1.tsv:3: expected an empty field \"role\" beside \"withdraw\"",
        "own1.tsv:3: expected a form that an earlier file gives to AAA",
        "leaders.tsv:1: expected a day",
        "leaders.tsv:1: expected he or she",
        "leaders.tsv:1: expected a form of a role",
        "leaders.tsv:2: expected forms",
        "media.tsv:1: expected a code of a known country",
    };
    const char *at = small.faults;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        assert_memory_equal(at, places[i], strlen(places[i]));
        at = strchr(at, '\n') + 1;
    }
    assert_string_equal(at, "");
    assert_int_equal(error.line, 1);
    assert_non_null(strstr(error.path, "own1.tsv"));
    assert_non_null(strstr(error.message, "found none (the first of 8 faults)"));
    small.options.report = NULL; /* nobody wants to know */
    assert_int_equal(ro_lexicon_open_with(&small.options, &lexicon, NULL), RO_STATUS_BAD_FORMAT);
    assert_null(lexicon);
    small_lexicon_remove(&small);
}

static void none_are_no_error(void **state)
{
    (void)state;
    ro_faults faults = {.arena = ro_arena_new(NULL)};
    assert_int_equal(ro_faults_tell(&faults, NULL, NULL, NULL, NULL), RO_STATUS_OK);
    faults.lost = true;
    assert_int_equal(ro_faults_tell(&faults, NULL, NULL, NULL, NULL), RO_STATUS_OUT_OF_MEMORY);
    ro_arena_free(faults.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_told_with_its_line),
        cmocka_unit_test(what_is_none_is_not_told),
        cmocka_unit_test(overlaps_are_found_behind_longer_terms),
        cmocka_unit_test(long_chains_are_told_once),
        cmocka_unit_test(a_code_of_ours_is_not_blamed),
        cmocka_unit_test(what_multiplies_is_refused),
        cmocka_unit_test(all_are_told_in_order),
        cmocka_unit_test(none_are_no_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
