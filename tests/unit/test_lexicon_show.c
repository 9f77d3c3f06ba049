/* test_lexicon_show.c - lexicon_show.c: what the lexicon's commands write. */
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

/* What find writes of a text on a day. */
static const char *find(const char *text, ro_date day, size_t phrases)
{
    static written to;
    small_lexicon small;
    size_t found = SIZE_MAX;
    to = (written){.status = RO_STATUS_OK};
    small_lexicon_make(&small);
    assert_int_equal(ro_lexicon_find(&small.options, ro_text_of(text), day, (ro_sink){take, &to},
                                     &found, NULL),
                     RO_STATUS_OK);
    assert_int_equal(found, phrases);
    small_lexicon_remove(&small);
    return to.text;
}

static void all_of_a_fact_is_shown(void **state)
{
    (void)state;
    assert_string_equal(find("the Example's", (ro_date){0}, 1),
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
    assert_string_equal(find("Panel", (ro_date){0}, 1),
                        "Panel\n"
                        "  code     IGOXYZ\n"
                        "  kind     organization: XYZ Panel\n"
                        "  sector   IGO international, PLOVER IGO\n"
                        "  role     body\n"
                        "  parent   League Council\n"
                        "  weak     counts only where something else speaks for it\n"
                        "  line     organizations.tsv:2\n");
    assert_string_equal(find("aides", (ro_date){0}, 1),
                        "aides\n"
                        "  code     that of whom it belongs to\n"
                        "  kind     role: aide\n"
                        "  role     aide\n"
                        "  line     roles.tsv:4\n");
}

static void the_day_says_which_office_counts(void **state)
{
    (void)state;
    assert_non_null(strstr(find("Ann Example", (ro_date){2008, 1, 1}, 1),
                           "  code     AAAGOV\n  kind     person: Ann Example, she\n"
                           "  country  AAA Aland\n  sector   GOV government, PLOVER GOV\n"
                           "  role     prime minister\n"));
    assert_non_null(strstr(find("Ann Example", (ro_date){2006, 12, 1}, 1), "prime minister\n  term "
                                                                           "    2007-01-01 to "
                                                                           "2009-06-30, not on"));
    assert_non_null(strstr(find("Ann Example", (ro_date){2010, 1, 1}, 1),
                           "  code     AAAELI, out of office: AAAGOV\n"));
}

static void the_longest_phrase_at_each_place_is_found(void **state)
{
    (void)state;
    const char *text = find("Premiers of the Republic of Aland (and New-Aland) met.", (ro_date){0},
                            3);
    assert_memory_equal(text, "Premiers\n", 9);
    assert_non_null(strstr(text, "\nRepublic of Aland\n"));
    assert_non_null(strstr(text, "\nNew-Aland\n"));
}

static void what_is_unknown_is_told(void **state)
{
    (void)state;
    assert_string_equal(find(" Alanda ", (ro_date){0}, 0),
                        "Alanda\n  unknown; what begins like it: Aland, Alandic\n");
    assert_string_equal(find("zzz", (ro_date){0}, 0), "zzz\n  unknown\n");
    assert_string_equal(find("", (ro_date){0}, 0), "\n  unknown\n");
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
    size_t found = 7;
    small_lexicon_make(&small);
    assert_int_equal(ro_lexicon_find(&small.options, RO_TEXT("a\x80"), (ro_date){0},
                                     (ro_sink){take, &to}, &found, NULL),
                     RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(found, 7);
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
        size_t found = 0;
        small.options.allocator = &allocator;
        ro_status status = ro_lexicon_find(&small.options, RO_TEXT("Ann Example"), (ro_date){0},
                                           (ro_sink){take, &to}, &found, NULL);
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
        cmocka_unit_test(what_is_unknown_is_told),
        cmocka_unit_test(facts_are_counted_by_kind),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(memory_may_run_out_at_any_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
