/* test_lexicon_show.c - lexicon_show.c, together.c, near.c: what the lexicon's commands write. */
#include "small_lexicon.h"

#include "failing_allocator.h"

typedef struct written {
    char text[4096];
    size_t length;
    ro_status status; /* what writing gives */
} written;

static ro_status take(void *context, const char *bytes, size_t count)
{
    written *to = context;
    assert_true(to->length + count < sizeof to->text);
    memcpy(to->text + to->length, bytes, count);
    to->length += count;
    to->text[to->length] = '\0';
    return to->status;
}

/* What find writes of a text on a day, with a file laid over (NULL: none). */
static const char *find_over(const char *own, const char *text, ro_date day, bool known)
{
    static written to;
    small_lexicon small;
    size_t unknown = SIZE_MAX;
    const ro_text texts[] = {ro_text_of(text)};
    to = (written){.status = RO_STATUS_OK};
    small_lexicon_make(&small);
    if (own != NULL)
        small_lexicon_lay(&small, own);
    assert_int_equal(ro_lexicon_find(&small.options, texts, 1, day, (ro_sink){take, &to}, &unknown,
                                     NULL),
                     RO_STATUS_OK);
    assert_int_equal(unknown, !known);
    small_lexicon_remove(&small);
    return to.text;
}

static const char *find(const char *text, ro_date day, bool known)
{
    return find_over(NULL, text, day, known);
}

/* What find writes as together, "" if nothing; what it writes of the last pair, if of several. */
static const char *together(const char *own, const char *text, ro_date day)
{
    static char line[256];
    const char *found = find_over(own, text, day, true), *at = NULL;
    for (const char *next = found; (next = strstr(next, "  together ")) != NULL; next++)
        at = next + 11;
    snprintf(line, sizeof line, "%.*s", at != NULL ? (int)strcspn(at, "\n") : 0,
             at != NULL ? at : "");
    return line;
}

static void all_of_a_fact_is_shown(void **state)
{
    (void)state;
    assert_string_equal(find("the Example's", (ro_date){0}, true),
                        "Example\n"
                        "  code     AAAGOV\n"
                        "  kind     person: Ann Example, she\n"
                        "  country  AAA Aland\n"
                        "  sector   GOV government, PLOVER GOV\n"
                        "  role     president\n"
                        "  term     2001-05-02 to 2005-05-02\n"
                        "  line     leaders.tsv:1\n"
                        "  or       AAAGOV person: Ann Example, prime minister, 2007-01-01 to "
                        "2009-06-30 (leaders.tsv:3)\n");
    assert_string_equal(find("Panel", (ro_date){0}, true),
                        "Panel\n"
                        "  code     IGOXYZ\n"
                        "  kind     organization: XYZ Panel\n"
                        "  sector   IGO international, PLOVER IGO\n"
                        "  role     body\n"
                        "  parent   League Council\n"
                        "  weak     counts only where something else speaks for it\n"
                        "  line     organizations.tsv:2\n");
    assert_string_equal(find("aides", (ro_date){0}, true),
                        "aides\n"
                        "  code     that of whom it belongs to\n"
                        "  kind     role: aide\n"
                        "  role     aide\n"
                        "  line     roles.tsv:4\n");
}

static void the_day_says_which_office_counts(void **state)
{
    (void)state;
    assert_non_null(strstr(find("Ann Example", (ro_date){2008, 1, 1}, true),
                           "  code     AAAGOV\n  kind     person: Ann Example, she\n"
                           "  country  AAA Aland\n  sector   GOV government, PLOVER GOV\n"
                           "  role     prime minister\n"));
    assert_non_null(strstr(find("Ann Example", (ro_date){2006, 12, 1}, true),
                           "prime minister\n  term     2007-01-01 to 2009-06-30, not on"));
    assert_non_null(strstr(find("Ann Example", (ro_date){2010, 1, 1}, true),
                           "  code     AAAELI, out of office: AAAGOV\n"));
}

static void the_longest_phrase_at_each_place_is_found(void **state)
{
    (void)state;
    const char *text = find("Premiers of the Republic of Aland (and New-Aland) met.", (ro_date){0},
                            true);
    assert_memory_equal(text, "Premiers\n", 9);
    assert_non_null(strstr(text, "\nRepublic of Aland\n"));
    assert_non_null(strstr(text, "\nNew-Aland\n"));
}

static void an_owner_and_a_noun_are_coded_together(void **state)
{
    (void)state;
    const ro_date none = {0}, day = {2003, 1, 1};
    static const char ann[] =
        "AAAGOV person: Ann Example, president, 2001-05-02 to 2005-05-02 (leaders.tsv:1)";
    assert_string_equal(together(NULL, "the Alandic president", day), ann);
    assert_string_equal(together(NULL, "a head of state of Aland", day), ann);
    assert_string_equal(together(NULL, "presidents of the Republic of Aland", day),
                        "AAAGOV Republic of Aland + presidents (countries.tsv:1, roles.tsv:1)");
    assert_string_equal(together(NULL, "Aland's president", none),
                        "AAAGOV Aland + president (countries.tsv:1, roles.tsv:1)");
    assert_string_equal(together(NULL, "XYZ chief", day),
                        "IGOXYZ person: Cid Third, chief, from 2001-01-01 (leaders.tsv:4)");
    assert_string_equal(together(NULL, "XYZ presidents", day),
                        "IGOXYZ XYZ + presidents (organizations.tsv:1, roles.tsv:1)");
    assert_string_equal(together(NULL, "an aide of the XYZ", day),
                        "IGOXYZ XYZ + aide (organizations.tsv:1, roles.tsv:4)");
    /* one after another: the aide of the one who is president */
    assert_string_equal(together(NULL, "the Alandic president's aide", day),
                        "AAAGOV president + aide (roles.tsv:1, roles.tsv:4)");
    static const char *const apart[] = {"Aland, president", "Alandic city", "president Aland",
                                        "president in Aland", "Aland and president",
                                        "president of Alandic", "Ann Example president"};
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++)
        assert_string_equal(together(NULL, apart[i], day), "");
}

static void sectors_come_together_in_their_order(void **state)
{
    (void)state;
    static const char own[] = "group\tMEDMIL\tcrew\norganization\tGOV\tBoard\n"
                              "organization\tBBBGOV\tBBB Corps | ?Corps\n"
                              "organization\tAAAMIL\tAAA Corps | ?Corps\n";
    assert_non_null(strstr(together(own, "Alandic crew", (ro_date){0}),
                           "AAAMILMED Alandic + crew (countries.tsv:2, "));
    assert_non_null(strstr(together(own, "Board crew", (ro_date){0}), "GOV Board + crew ("));
    assert_non_null(strstr(together(own, "Alandic Corps", (ro_date){0}),
                           "AAAMIL organization: AAA Corps ("));
    assert_non_null(strstr(together(own, "Alandic Corps crew", (ro_date){0}),
                           "AAAMIL Corps + crew ("));
}

static void what_is_unknown_is_told(void **state)
{
    (void)state;
    assert_string_equal(find(" Alanda ", (ro_date){0}, false),
                        "Alanda\n  unknown; what begins like it: Aland, Alandic\n");
    assert_string_equal(find("zzz", (ro_date){0}, false), "zzz\n  unknown\n");
    assert_string_equal(find("", (ro_date){0}, false), "\n  unknown\n");
    /* other forms than names, one of a line; not what is withdrawn */
    assert_string_equal(find("Republik", (ro_date){0}, false),
                        "Republik\n  unknown; what begins like it: republic of aland (Aland)\n");
    assert_string_equal(find_over("withdraw\t\tAland\n", "Alanda", (ro_date){0}, false),
                        "Alanda\n  unknown; what begins like it: Alandic\n");
}

static void what_lacks_capitals_is_told(void **state)
{
    (void)state;
    assert_string_equal(find("aland", (ro_date){0}, false),
                        "aland\n  unknown; with a capital: Aland (countries.tsv:1)\n");
    assert_string_equal(find("Xyz", (ro_date){0}, false),
                        "Xyz\n  unknown; in capitals: XYZ (organizations.tsv:1)\n");
    assert_string_equal(find("the sample met upper town", (ro_date){0}, false),
                        "sample\n  unknown; with a capital: Bob Sample (leaders.tsv:2)\n"
                        "upper town\n  unknown; with a capital: Upper Town (countries.tsv:4)\n");
}

static void many_texts_are_one_opening(void **state)
{
    (void)state;
    written to = {.status = RO_STATUS_OK};
    small_lexicon small;
    size_t unknown = SIZE_MAX;
    const ro_text texts[] = {RO_TEXT("zzz"), RO_TEXT("aides"), RO_TEXT("Zzz")};
    small_lexicon_make(&small);
    assert_int_equal(ro_lexicon_find(&small.options, texts, 3, (ro_date){0}, (ro_sink){take, &to},
                                     &unknown, NULL),
                     RO_STATUS_OK);
    assert_int_equal(unknown, 2);
    assert_memory_equal(to.text, "zzz\n  unknown\naides\n", 20);
    assert_int_equal(ro_lexicon_find(&small.options, texts, 0, (ro_date){0}, (ro_sink){take, &to},
                                     &unknown, NULL),
                     RO_STATUS_OK);
    assert_int_equal(unknown, 0);
    to.status = RO_STATUS_IO;
    assert_int_equal(ro_lexicon_find(&small.options, texts, 3, (ro_date){0}, (ro_sink){take, &to},
                                     &unknown, NULL),
                     RO_STATUS_IO);
    small_lexicon_remove(&small);
}

static void facts_are_counted_by_kind(void **state)
{
    (void)state;
    written to = {.status = RO_STATUS_OK};
    small_lexicon small;
    small_lexicon_make(&small);
    assert_int_equal(ro_lexicon_check(&small.options, (ro_sink){take, &to}, NULL), RO_STATUS_OK);
    assert_string_equal(to.text, "22 facts: 4 sector, 2 country, 1 demonym, 1 capital, "
                                 "3 organization, 4 person, 5 role, 1 body, 1 site\n");
    to.status = RO_STATUS_IO;
    assert_int_equal(ro_lexicon_check(&small.options, (ro_sink){take, &to}, NULL), RO_STATUS_IO);
    small_lexicon_lay(&small, "person\n");
    assert_int_equal(ro_lexicon_check(&small.options, (ro_sink){take, &to}, NULL),
                     RO_STATUS_BAD_FORMAT);
    assert_memory_equal(small.faults, "own1.tsv:1: ", 12);
    small_lexicon_remove(&small);
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    written to = {.status = RO_STATUS_OK};
    small_lexicon small;
    size_t unknown = 7;
    const ro_text texts[] = {RO_TEXT("aides"), RO_TEXT("a\x80")};
    small_lexicon_make(&small);
    assert_int_equal(ro_lexicon_find(&small.options, texts, 2, (ro_date){0}, (ro_sink){take, &to},
                                     &unknown, NULL),
                     RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(unknown, 7);
    assert_string_equal(to.text, "");
    small_lexicon_remove(&small);
}

static void memory_may_run_out_at_any_request(void **state)
{
    (void)state;
    small_lexicon small;
    small_lexicon_make(&small);
    for (size_t at = 1;; at++) {
        failing_allocator counter = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&counter);
        written to = {.status = RO_STATUS_OK};
        const ro_text texts[] = {RO_TEXT("Ann Example"), RO_TEXT("Alandic presidents")};
        size_t unknown = 0;
        small.options.allocator = &allocator;
        ro_status status = ro_lexicon_find(&small.options, texts, 2, (ro_date){0},
                                           (ro_sink){take, &to}, &unknown, NULL);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_int_equal(counter.held, 0);
        if (!counter.failed)
            break;
    }
    small_lexicon_remove(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_a_fact_is_shown),
        cmocka_unit_test(the_day_says_which_office_counts),
        cmocka_unit_test(the_longest_phrase_at_each_place_is_found),
        cmocka_unit_test(an_owner_and_a_noun_are_coded_together),
        cmocka_unit_test(sectors_come_together_in_their_order),
        cmocka_unit_test(what_is_unknown_is_told),
        cmocka_unit_test(what_lacks_capitals_is_told),
        cmocka_unit_test(many_texts_are_one_opening),
        cmocka_unit_test(facts_are_counted_by_kind),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(memory_may_run_out_at_any_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
