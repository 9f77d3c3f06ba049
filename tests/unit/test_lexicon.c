/* test_lexicon.c - lexicon.c and the steps behind it: longest phrases, spelling, weak forms,
 * surnames, shared forms, roles, parents, offices by day, our own data, memory that runs out. */
#include "small_lexicon.h"

#include "failing_allocator.h"

static int open_small(void **state)
{
    static small_lexicon small;
    small_lexicon_make(&small);
    *state = small_lexicon_open(&small);
    small_lexicon_remove(&small);
    return 0;
}

static int close_small(void **state)
{
    ro_lexicon_close(*state);
    return 0;
}

/* The first fact of the longest phrase at the start of words, and how many words it has. */
static const ro_fact *find(const ro_lexicon *lexicon, const char *const *words, size_t *count)
{
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    const ro_fact *found = NULL;
    *count = 0;
    for (size_t i = 0; words[i] != NULL && ro_lexicon_read(lexicon, &cursor, ro_text_of(words[i]));
         i++) {
        uint32_t forms = cursor.forms;
        const ro_fact *fact = ro_lexicon_fact_next(lexicon, &forms, ro_text_of(words[0]), NULL);
        if (fact != NULL) {
            found = fact;
            *count = i + 1;
        }
    }
    return found;
}
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void the_longest_phrase_wins(void **state)
{
    size_t count;
    const ro_fact *fact = find(*state, WORDS("Republic", "of", "Aland", "said"), &count);
    assert_non_null(fact);
    assert_int_equal(count, 3);
    assert_string_equal(fact->country, "AAA");
    assert_string_equal(fact->name, "Aland");
    assert_string_equal(fact->source, "countries.tsv:1");
    assert_null(find(*state, WORDS("Republic", "of", "China"), &count));
    fact = find(*state, WORDS("New", "-", "Aland"), &count);
    assert_non_null(fact);
    assert_string_equal(fact->country, "BBB");
}

static void codes_are_split(void **state)
{
    const ro_fact *fact = small_lexicon_fact(*state, "Bob Sample");
    assert_string_equal(fact->country, "AAA");
    assert_string_equal(fact->sectors, "GOV");
    assert_string_equal(fact->pronoun, "he");
    fact = small_lexicon_fact(*state, "XYZ");
    assert_string_equal(fact->code, "IGOXYZ");
    assert_string_equal(fact->country, "");
    assert_string_equal(fact->sectors, "IGO");
    assert_null(small_lexicon_fact(*state, "xyz"));
}

static void sectors_have_a_place_and_a_name_in_plover(void **state)
{
    assert_int_equal(ro_lexicon_sector_rank(*state, "GOV"), 0);
    assert_int_equal(ro_lexicon_sector_rank(*state, "MED"), 2);
    assert_int_equal(ro_lexicon_sector_rank(*state, "XXX"), UINT32_MAX);
    assert_int_equal(ro_lexicon_sector_rank(*state, "AAA"), UINT32_MAX);
    assert_string_equal(ro_lexicon_sector(*state, "MED")->role, "JRN");
    assert_string_equal(ro_lexicon_sector(*state, "GOV")->role, "GOV");
    assert_null(ro_lexicon_sector(*state, "XXX"));
    assert_string_equal(ro_lexicon_sector(*state, "MIL")->name, "army");
    assert_null(small_lexicon_fact(*state, "government")); /* a meaning is no form */
}

static void roles_have_plurals_and_synonyms(void **state)
{
    assert_string_equal(small_lexicon_fact(*state, "presidents")->role, "president");
    assert_null(small_lexicon_fact(*state, "Heads of state")); /* made at the end alone */
    assert_string_equal(small_lexicon_fact(*state, "Head of state")->role, "president");
    assert_string_equal(small_lexicon_fact(*state, "cities")->role, "city");
    const ro_fact *premier = small_lexicon_fact(*state, "premiers");
    assert_string_equal(premier->name, "premier");
    assert_string_equal(premier->role, "prime minister");
    assert_string_equal(ro_lexicon_role(*state, "Prime Minister")->source, "roles.tsv:3");
    assert_string_equal(ro_lexicon_role(*state, "premier")->source, "roles.tsv:2");
    assert_null(ro_lexicon_role(*state, "head of state")); /* a form, but no name */
    assert_null(ro_lexicon_role(*state, "Aland"));
    assert_null(ro_lexicon_role(*state, ""));
    /* those of people and organizations lead to the first name, too */
    assert_string_equal(small_lexicon_fact(*state, "Bob Sample")->role, "president");
    assert_string_equal(small_lexicon_fact(*state, "XYZ")->role, "body");
}

static void parents_give_their_code(void **state)
{
    const ro_fact *panel = small_lexicon_fact(*state, "XYZ Panel");
    assert_string_equal(panel->code, "IGOXYZ");
    assert_string_equal(panel->sectors, "IGO");
    assert_string_equal(panel->parent, "League Council");
    assert_string_equal(small_lexicon_fact(*state, "League Council")->parent, "XYZ");
    assert_string_equal(small_lexicon_fact(*state, "XYZ")->parent, "");
}

static void weak_forms_are_told(void **state)
{
    assert_string_equal(small_lexicon_lines(*state, "Panel"), "?organizations.tsv:2");
    assert_string_equal(small_lexicon_lines(*state, "panel"), "");
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    assert_true(ro_lexicon_read(*state, &cursor, RO_TEXT("Panel")));
    uint32_t forms = cursor.forms;
    assert_null(ro_lexicon_fact_next(*state, &forms, RO_TEXT("Panel"), NULL));
}

static void surnames_are_weak_forms(void **state)
{
    assert_string_equal(small_lexicon_lines(*state, "Sample"), "?leaders.tsv:2");
    assert_string_equal(small_lexicon_lines(*state, "sample"), "");
    assert_string_equal(small_lexicon_lines(*state, "Third"), "?leaders.tsv:4");
    /* given: strong, and of both lines with the name */
    assert_string_equal(small_lexicon_lines(*state, "Example"), "leaders.tsv:1 leaders.tsv:3");
    assert_string_equal(small_lexicon_lines(*state, "Bob"), "");
}

static void what_is_no_surname_is_left(void **state)
{
    (void)state;
    small_lexicon small;
    small_lexicon_make(&small);
    data_folder_write(&small.folder, "lexicon/leaders.tsv",
                      "person\tAAAGOV\tOno II | Ann Lee Jr. | Ann the great | Ann  Ō\u0301zu\n"
                      "person\tAAAGOV\tANN KEY\nperson\tAAAGOV\tAnn al-Zed | ?Al-Zed\n");
    ro_lexicon *lexicon = small_lexicon_open(&small);
    assert_string_equal(small_lexicon_lines(lexicon, "II"), "");
    assert_string_equal(small_lexicon_lines(lexicon, "Jr."), "");
    assert_string_equal(small_lexicon_lines(lexicon, "great"), "");
    assert_string_equal(small_lexicon_lines(lexicon, "Ozu"), "?leaders.tsv:1");
    assert_string_equal(small_lexicon_lines(lexicon, "KEY"), "?leaders.tsv:2");
    assert_string_equal(small_lexicon_lines(lexicon, "Key"), "");
    assert_string_equal(small_lexicon_lines(lexicon, "al Zed"), "?leaders.tsv:3");
    ro_lexicon_close(lexicon);
    small_lexicon_remove(&small);
}

static void forms_belong_to_the_name(void **state)
{
    (void)state;
    small_lexicon small;
    small_lexicon_make(&small);
    data_folder_write(&small.folder, "lexicon/institutions.tsv",
                      "organization\tAAAMIL\tÉlan Guard | ?Guard\t\t2001\n"
                      "organization\tBBBMIL\tElan-Guard | the Elans | Guard\t\t\t2000\n"
                      "person\tAAAGOV\tElan Guard\n");
    ro_lexicon *lexicon = small_lexicon_open(&small);
    assert_string_equal(small_lexicon_lines(lexicon, "the Elans"),
                        "institutions.tsv:1 institutions.tsv:2");
    assert_string_equal(small_lexicon_lines(lexicon, "Elan Guard"),
                        "institutions.tsv:1 institutions.tsv:2 institutions.tsv:3");
    /* strong in one line: strong; a person of the name is another thing */
    assert_string_equal(small_lexicon_lines(lexicon, "Guard"),
                        "institutions.tsv:1 institutions.tsv:2 ?institutions.tsv:3");
    assert_string_equal(small_lexicon_fact(lexicon, "the Elans")->name, "Élan Guard");
    ro_lexicon_close(lexicon);
    small_lexicon_remove(&small);
}

static void each_given_name_stands_for_itself(void **state)
{
    (void)state;
    small_lexicon small;
    small_lexicon_make(&small);
    data_folder_write(&small.folder, "lexicon/given_names.tsv",
                      "given\t\tMia | Kim\t\t\t\tshe\ngiven\t\tKim | Tom\t\t\t\the\n");
    ro_lexicon *lexicon = small_lexicon_open(&small);
    assert_string_equal(small_lexicon_lines(lexicon, "Mia"), "given_names.tsv:1");
    assert_string_equal(small_lexicon_lines(lexicon, "Kim"),
                        "given_names.tsv:1 given_names.tsv:2");
    assert_string_equal(small_lexicon_fact(lexicon, "Tom")->name, "Tom");
    assert_string_equal(small_lexicon_fact(lexicon, "Tom")->pronoun, "he");
    ro_lexicon_close(lexicon);
    small_lexicon_remove(&small);
}

static void offices_go_by_the_day(void **state)
{
    const ro_lexicon *lexicon = *state;
    assert_string_equal(ro_lexicon_holder(lexicon, "AAA", "president", (ro_date){2005, 5, 2})->name,
                        "Ann Example");
    assert_string_equal(ro_lexicon_holder(lexicon, "AAA", "president", (ro_date){2005, 5, 3})->name,
                        "Bob Sample");
    assert_null(ro_lexicon_holder(lexicon, "AAA", "president", (ro_date){2001, 5, 1}));
    assert_null(ro_lexicon_holder(lexicon, "AAA", "president", (ro_date){0, 0, 0}));
    /* "2009-06" ends with its last day; the office is called by its first name */
    assert_non_null(ro_lexicon_holder(lexicon, "AAA", "prime minister", (ro_date){2009, 6, 30}));
    assert_null(ro_lexicon_holder(lexicon, "AAA", "prime minister", (ro_date){2009, 7, 1}));
    assert_non_null(ro_lexicon_holder(lexicon, "IGOXYZ", "chief", (ro_date){2020, 1, 1}));
    assert_null(ro_lexicon_holder(lexicon, "BBB", "president", (ro_date){2005, 5, 2}));
}

static void nobody_is_the_only_one_in_an_office_of_several(void **state)
{
    (void)state;
    small_lexicon small;
    small_lexicon_make(&small);
    data_folder_write(&small.folder, "lexicon/leaders.tsv", "person\tAAAGOV\tAnn Lee\taide\n");
    ro_lexicon *lexicon = small_lexicon_open(&small);
    assert_string_equal(small_lexicon_fact(lexicon, "Ann Lee")->role, "aide");
    assert_null(ro_lexicon_holder(lexicon, "AAA", "aide", (ro_date){2005, 5, 2}));
    ro_lexicon_close(lexicon);
    small_lexicon_remove(&small);
}

static void who_left_a_government_is_former(void **state)
{
    const ro_fact *ann = small_lexicon_fact(*state, "Ann Example");
    assert_false(ro_lexicon_is_former(ann, (ro_date){2005, 5, 2}));
    assert_true(ro_lexicon_is_former(ann, (ro_date){2005, 5, 3}));
    assert_false(ro_lexicon_is_former(ann, (ro_date){2000, 1, 1}));
    assert_false(ro_lexicon_is_former(ann, (ro_date){0, 0, 0}));
    assert_false(ro_lexicon_is_former(small_lexicon_fact(*state, "Cid Third"),
                                      (ro_date){2030, 1, 1}));
}

static void days_off_count_to_the_nearest_end_of_a_term(void **state)
{
    const ro_fact *ann = small_lexicon_fact(*state, "Ann Example");
    assert_int_equal(ro_lexicon_days_off(ann, (ro_date){2001, 5, 2}), 0);
    assert_int_equal(ro_lexicon_days_off(ann, (ro_date){2005, 5, 2}), 0);
    assert_int_equal(ro_lexicon_days_off(ann, (ro_date){2001, 4, 30}), 2);
    assert_int_equal(ro_lexicon_days_off(ann, (ro_date){2005, 6, 2}), 31);
    assert_int_equal(ro_lexicon_days_off(ann, (ro_date){0, 0, 0}), 0);
}

static void a_long_word_is_no_phrase(void **state)
{
    char word[400];
    memset(word, 'a', sizeof word);
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    assert_false(ro_lexicon_read(*state, &cursor, (ro_text){word, sizeof word}));
    assert_int_equal(cursor.forms, RO_LEXICON_NONE);
    word[399] = '\0';
    assert_null(ro_lexicon_role(*state, word));
    assert_null(ro_lexicon_country(*state, word));
    assert_null(ro_lexicon_holder(*state, word, word, (ro_date){2005, 5, 2}));
}

static void a_missing_file_is_told(void **state)
{
    (void)state;
    ro_lexicon *lexicon = NULL;
    ro_error error = {0};
    small_lexicon small;
    assert_int_equal(ro_lexicon_open("/nowhere", NULL, &lexicon, NULL), RO_STATUS_NOT_FOUND);
    assert_int_equal(ro_lexicon_open(NULL, NULL, &lexicon, &error), RO_STATUS_BAD_ARGUMENT);
    assert_string_equal(error.message, "no data folder is given");
    small_lexicon_make(&small);
    small.lexicons[0] = "/nowhere/own.tsv";
    small.options.lexicon_count = 1;
    assert_int_equal(ro_lexicon_open_with(&small.options, &lexicon, &error), RO_STATUS_NOT_FOUND);
    assert_string_equal(error.path, "/nowhere/own.tsv");
    small_lexicon_remove(&small);
}

static void memory_may_run_out_at_any_request(void **state)
{
    (void)state;
    small_lexicon small;
    small_lexicon_make(&small);
    small_lexicon_lay(&small, "person\tAAAGOV\tBob Sample\tpremier\t2010\nwithdraw\t\tPanel\n");
    for (size_t at = 1;; at++) {
        failing_allocator counter = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&counter);
        small.options.allocator = &allocator;
        ro_lexicon *lexicon = NULL;
        ro_status status = ro_lexicon_open_with(&small.options, &lexicon, NULL);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_true((status == RO_STATUS_OK) == (lexicon != NULL));
        ro_lexicon_close(lexicon);
        assert_int_equal(counter.held, 0);
        if (!counter.failed)
            break;
    }
    small_lexicon_remove(&small);
}

static void print_fault(void *context, const ro_error *fault)
{
    (void)context;
    print_message("# %s:%d: %s\n", fault->path, (int)fault->line, fault->message);
}

static void our_own_data_is_sound(void **state)
{
    (void)state;
    ro_lexicon *lexicon = NULL;
    ro_error error = {0};
    const ro_engine_options options = {.data_folder = "data", .report = print_fault};
    if (ro_lexicon_open_with(&options, &lexicon, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    assert_true(ro_lexicon_fact_count(lexicon) > 1000);
    assert_string_equal(
        ro_lexicon_holder(lexicon, "FRA", "president", (ro_date){2016, 7, 14})->source,
        small_lexicon_fact(lexicon, "Francois Hollande")->source);
    assert_string_equal(small_lexicon_fact(lexicon, "Kremlin")->code, "RUSGOV");
    ro_lexicon_close(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_longest_phrase_wins, open_small, close_small),
        cmocka_unit_test_setup_teardown(codes_are_split, open_small, close_small),
        cmocka_unit_test_setup_teardown(sectors_have_a_place_and_a_name_in_plover, open_small,
                                        close_small),
        cmocka_unit_test_setup_teardown(roles_have_plurals_and_synonyms, open_small, close_small),
        cmocka_unit_test_setup_teardown(parents_give_their_code, open_small, close_small),
        cmocka_unit_test_setup_teardown(weak_forms_are_told, open_small, close_small),
        cmocka_unit_test_setup_teardown(surnames_are_weak_forms, open_small, close_small),
        cmocka_unit_test(what_is_no_surname_is_left),
        cmocka_unit_test(forms_belong_to_the_name),
        cmocka_unit_test(each_given_name_stands_for_itself),
        cmocka_unit_test_setup_teardown(offices_go_by_the_day, open_small, close_small),
        cmocka_unit_test(nobody_is_the_only_one_in_an_office_of_several),
        cmocka_unit_test_setup_teardown(who_left_a_government_is_former, open_small, close_small),
        cmocka_unit_test_setup_teardown(days_off_count_to_the_nearest_end_of_a_term, open_small,
                                        close_small),
        cmocka_unit_test_setup_teardown(a_long_word_is_no_phrase, open_small, close_small),
        cmocka_unit_test(a_missing_file_is_told),
        cmocka_unit_test(memory_may_run_out_at_any_request),
        cmocka_unit_test(our_own_data_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
