/* test_lexicon.c - lexicon.c: longest phrases, spelling, offices by day, faults with their lines,
 * our own data, and memory that runs out. */
#include "unit.h"

#include "base/text.h"
#include "data_folder.h"
#include "failing_allocator.h"
#include "lexicon/lexicon.h"

static const char sectors[] = "sector\tGOV\tgovernment\nsector\tIGO\tinternational\n";
static const char countries[] =
    "country\tAAA\tAland | Republic of Aland\ndemonym\tAAA\tAlandic\ncountry\tBBB\tNew Aland\n"
    "capital\tAAA\tUpper Town\n";
static const char leaders[] =
    "person\tAAAGOV\tAnn Example | Example\tpresident\t2001-05-02\t2005-05-02\tshe\n"
    "person\tAAAGOV\tBob Sample\tpresident\t2005-05-03\t\the\n"
    "person\tAAAGOV\tAnn Example | Example\tpremier\t2007\t2009-06\tshe\n"
    "person\tIGOXYZ\tCid Third\thead\t2001\t\n";
static const char organizations[] = "organization\tIGOXYZ\tXYZ | League of Xylophones\n";
static const char roles[] = "role\tGOV\tpresident | head of state\nrole\t\taide\n";

static void write_all(data_folder *folder)
{
    data_folder_make(folder);
    data_folder_add_folder(folder, "lexicon");
    data_folder_write(folder, "lexicon/sectors.tsv", sectors);
    data_folder_write(folder, "lexicon/countries.tsv", countries);
    data_folder_write(folder, "lexicon/leaders.tsv", leaders);
    data_folder_write(folder, "lexicon/organizations.tsv", organizations);
    data_folder_write(folder, "lexicon/roles.tsv", roles);
}

static int open_small(void **state)
{
    static data_folder folder;
    ro_lexicon *lexicon = NULL;
    write_all(&folder);
    ro_status status = ro_lexicon_open(folder.path, NULL, &lexicon, NULL);
    data_folder_remove(&folder);
    *state = lexicon;
    return status == RO_STATUS_OK ? 0 : -1;
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
        const ro_fact *fact = ro_lexicon_fact_next(lexicon, &forms, ro_text_of(words[0]));
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
    size_t count;
    const ro_fact *fact = find(*state, WORDS("Bob", "Sample"), &count);
    assert_string_equal(fact->country, "AAA");
    assert_string_equal(fact->sectors, "GOV");
    assert_string_equal(fact->pronoun, "he");
    fact = find(*state, WORDS("XYZ"), &count);
    assert_string_equal(fact->code, "IGOXYZ");
    assert_string_equal(fact->country, "");
    assert_string_equal(fact->sectors, "IGO");
    assert_null(find(*state, WORDS("xyz"), &count));
}

static void roles_have_plurals(void **state)
{
    size_t count;
    assert_string_equal(find(*state, WORDS("presidents"), &count)->role, "president");
    assert_string_equal(find(*state, WORDS("Head", "of", "state"), &count)->role, "president");
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
    /* "2009-06" ends with its last day */
    assert_non_null(ro_lexicon_holder(lexicon, "AAA", "premier", (ro_date){2009, 6, 30}));
    assert_null(ro_lexicon_holder(lexicon, "AAA", "premier", (ro_date){2009, 7, 1}));
    assert_non_null(ro_lexicon_holder(lexicon, "IGOXYZ", "head", (ro_date){2020, 1, 1}));
    assert_null(ro_lexicon_holder(lexicon, "BBB", "president", (ro_date){2005, 5, 2}));
}

static void a_long_word_is_no_phrase(void **state)
{
    char word[400];
    memset(word, 'a', sizeof word);
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    assert_false(ro_lexicon_read(*state, &cursor, (ro_text){word, sizeof word}));
    assert_int_equal(cursor.forms, RO_LEXICON_NONE);
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const char *const faulty[] = {
        "nonsense\tAAAGOV\tX Y\n",
        "person\tZZZGOV\tX Y\n",
        "person\tAAAGO\tX Y\n",
        "person\tAAAGOV\t | \n",
        "person\tAAAGOV\tX Y\tpresident\t2001-02-30\n",
        "person\tAAAGOV\tX Y\tpresident\t2005\t2004\n",
        "person\tAAAGOV\tX Y\tpresident\t2001\t\tit\n",
        "person\tAAAGOV\tX Y\tpresident\t2001\t\the\tmore\n",
        "country\tAAA\tAgain\n",
        "person\tAAAGOV\t!!\n",
    };
    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        data_folder folder;
        char text[256];
        snprintf(text, sizeof text, "# a comment\n%s", faulty[i]);
        write_all(&folder);
        data_folder_write(&folder, "lexicon/leaders.tsv", text);
        ro_lexicon *lexicon = NULL;
        ro_error error = {0};
        assert_int_equal(ro_lexicon_open(folder.path, NULL, &lexicon, &error),
                         RO_STATUS_BAD_FORMAT);
        assert_null(lexicon);
        assert_int_equal(error.line, 2);
        assert_non_null(strstr(error.path, "leaders.tsv"));
        data_folder_remove(&folder);
    }
}

static void a_missing_file_is_told(void **state)
{
    (void)state;
    ro_lexicon *lexicon = NULL;
    assert_int_equal(ro_lexicon_open("/nowhere", NULL, &lexicon, NULL), RO_STATUS_NOT_FOUND);
}

static void memory_may_run_out_at_any_request(void **state)
{
    (void)state;
    data_folder folder;
    write_all(&folder);
    for (size_t at = 1;; at++) {
        failing_allocator counter = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_lexicon *lexicon = NULL;
        ro_status status = ro_lexicon_open(folder.path, &allocator, &lexicon, NULL);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        ro_lexicon_close(lexicon);
        assert_int_equal(counter.held, 0);
        if (!counter.failed)
            break;
    }
    data_folder_remove(&folder);
}

static void our_own_data_is_sound(void **state)
{
    (void)state;
    ro_lexicon *lexicon = NULL;
    ro_error error = {0};
    if (ro_lexicon_open("data", NULL, &lexicon, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    assert_true(ro_lexicon_fact_count(lexicon) > 1000);
    assert_string_equal(
        ro_lexicon_holder(lexicon, "FRA", "president", (ro_date){2016, 7, 14})->name,
        "Francois Hollande");
    size_t count;
    assert_string_equal(find(lexicon, WORDS("Kremlin"), &count)->code, "RUSGOV");
    ro_lexicon_close(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_longest_phrase_wins, open_small, close_small),
        cmocka_unit_test_setup_teardown(codes_are_split, open_small, close_small),
        cmocka_unit_test_setup_teardown(roles_have_plurals, open_small, close_small),
        cmocka_unit_test_setup_teardown(offices_go_by_the_day, open_small, close_small),
        cmocka_unit_test_setup_teardown(a_long_word_is_no_phrase, open_small, close_small),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(a_missing_file_is_told),
        cmocka_unit_test(memory_may_run_out_at_any_request),
        cmocka_unit_test(our_own_data_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
