/* test_gazetteer_make.c - gazetteer_draft.c and gazetteer_make.c: earlier files laid over later ones,
 * every fault of a line, the same bytes every time, memory that runs out. */
#include "small_gazetteer.h"

#include "failing_allocator.h"

#include <stdlib.h>

/* What a phrase means by two texts, as small_gazetteer_find tells it; *place is the first. */
static const char *find_in(const char *ours, const char *theirs, const char *phrase,
                           ro_gazetteer_place *place)
{
    void *table = NULL;
    size_t length;
    uint32_t first;
    ro_gazetteer *gazetteer = NULL;
    ro_error error = {0};
    if (small_gazetteer_compile(ours, theirs, NULL, &table, &length, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    assert_int_equal(ro_gazetteer_open_table(table, length, NULL, &gazetteer), RO_STATUS_OK);
    const char *found = small_gazetteer_find(gazetteer, phrase);
    if (place != NULL && ro_gazetteer_find(gazetteer, ro_text_of(phrase), &first) > 0) {
        assert_true(ro_gazetteer_at(gazetteer, first, place, NULL));
        place->name = place->country = place->within = NULL; /* they go with the table */
    }
    ro_gazetteer_close(gazetteer);
    ro_alloc_free_aligned(ro_alloc_default(), table, length, 1);
    return found;
}

static void an_earlier_file_counts_and_a_later_one_fills_in(void **state)
{
    (void)state;
    ro_gazetteer_place place;
    static const char ours[] = "city\tFRA\tNice | ?Nizza\t-\t43.7\t7.3\t0\t-\t-\n";
    static const char theirs[] =
        "city\tFRA\tNICE | Nizza | Nissa\tNiçois\t43.70313\t7.26608\t342669\t2990440\tCôte\n";
    assert_string_equal(find_in(ours, theirs, "Nice", &place), "city FRA Nice");
    assert_float_equal(place.longitude, 7.3, 1e-9);
    assert_int_equal(place.people, 342669);
    assert_int_equal(place.geonames_id, 2990440);
    assert_string_equal(find_in(ours, theirs, "Nizza", NULL), "city FRA Nice other weak");
    assert_string_equal(find_in(ours, theirs, "Nissa", NULL), "city FRA Nice other");
    assert_string_equal(find_in(ours, theirs, "Niçois", NULL), "city FRA Nice adjective");
    static const char full[] = "city\tFRA\tNice\t-\t43.7\t7.3\t5\t7\t-\n";
    assert_string_equal(find_in(full, theirs, "Nissa", &place), "city FRA Nice other");
    assert_int_equal(place.people, 5);
    assert_int_equal(place.geonames_id, 7);
}

static void a_country_is_its_code(void **state)
{
    (void)state;
    assert_string_equal(find_in("country\tCZE\tCzechia\t-\t49\t15\t0\t-\t-\n",
                                "country\tCZE\tCzech Republic\tCzech\t49\t15\t9\t3\t-\n",
                                "Czech Republic", NULL),
                        "country CZE Czechia other");
}

static void places_of_one_name_stay_apart(void **state)
{
    (void)state;
    static const struct {
        const char *ours, *theirs, *found;
    } cases[] = {
        /* within one file nothing is the same */
        {"city\tUSA\tA\t-\t1\t1\t2\t-\t-\ncity\tUSA\tA\t-\t1\t1\t1\t-\t-\n", "",
         "city USA A, city USA A"},
        {"", "city\tUSA\tA\t-\t1\t1\t2\t-\t-\ncity\tUSA\tA\t-\t1\t1\t1\t-\t-\n",
         "city USA A, city USA A"},
        {"city\tUSA\tA\t-\t1\t1\t1\t-\t-\n", "city\tUSA\tA\t-\t1.9\t1.9\t2\t-\t-\n",
         "city USA A"},
        {"city\tUSA\tA\t-\t1\t1\t1\t-\t-\n", "city\tUSA\tA\t-\t2.1\t1\t2\t-\t-\n",
         "city USA A, city USA A"},
        {"city\tUSA\tA\t-\t1\t1\t1\t-\t-\n", "city\tUSA\tA\t-\t1\t2.1\t2\t-\t-\n",
         "city USA A, city USA A"},
        {"city\tFJI\tA\t-\t1\t179.9\t1\t-\t-\n", "city\tFJI\tA\t-\t1\t-179.9\t2\t-\t-\n",
         "city FJI A"},
        {"region\tUSA\tA\t-\t1\t1\t1\t-\t-\n", "region\tUSA\tA\t-\t9\t9\t2\t-\t-\n",
         "region USA A"},
        {"region\tUSA\tA\t-\t1\t1\t1\t-\tX\n", "region\tUSA\tA\t-\t1\t1\t2\t-\tY\n",
         "region USA A, region USA A"},
        {"region\tUSA\tA\t-\t1\t1\t1\t-\tX\n", "city\tUSA\tA\t-\t1\t1\t2\t-\tX\n",
         "city USA A, region USA A"},
        {"city\tCAN\tA\t-\t1\t1\t1\t-\t-\n", "city\tUSA\tA\t-\t1\t1\t2\t-\t-\n",
         "city USA A, city CAN A"},
        /* two levels of divisions; a form of the earlier one */
        {"region\tUSA\tA\t-\t1\t1\t1\t-\t-\n", "region\tUSA\tA\t-\t1\t1\t2\t-\tY\n",
         "region USA A, region USA A"},
        {"region\tUSA\tB | A\t-\t1\t1\t1\t-\t-\n", "region\tUSA\tA\t-\t9\t9\t2\t-\t-\n",
         "region USA B other"},
        {"region\tUSA\tB\tA\t1\t1\t1\t-\t-\n", "region\tUSA\tA\t-\t9\t9\t2\t-\t-\n",
         "region USA A, region USA B adjective"},
        /* by the id, whatever else differs */
        {"region\tUSA\tA state | A\t-\t1\t1\t1\t7\tX\n", "region\tUSA\tA\t-\t9\t9\t2\t7\tY\n",
         "region USA A state other"},
        {"city\tUSA\tA\t-\t1\t1\t1\t8\t-\n", "city\tUSA\tA\t-\t1\t1\t2\t7\t-\n", "city USA A"},
        /* of two in the earlier file the first that fits */
        {"city\tUSA\tA\t-\t9\t9\t3\t-\t-\ncity\tUSA\tA | B\t-\t1\t1\t0\t-\t-\n",
         "city\tUSA\tA\t-\t1\t1\t5\t-\t-\n", "city USA A, city USA A"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(find_in(cases[i].ours, cases[i].theirs, "a", NULL), cases[i].found);
}

static void divisions_are_called_by_their_main_names(void **state)
{
    (void)state;
    static const char ours[] = "region\tUSA\tWashington state | ?Washington\t-\t47\t-120\t0\t-\t-\n";
    static const char theirs[] = "region\tUSA\tWashington\t-\t47\t-120\t7\t-\t-\n"
                                 "city\tUSA\tSeattle\t-\t47\t-122\t9\t-\tWashington\n"
                                 "city\tCAN\tSeattle\t-\t47\t-122\t8\t-\tWashington\n";
    void *table = NULL;
    size_t length;
    uint32_t first;
    ro_gazetteer *gazetteer = NULL;
    ro_gazetteer_place seattle;
    assert_int_equal(small_gazetteer_compile(ours, theirs, NULL, &table, &length, NULL),
                     RO_STATUS_OK);
    assert_int_equal(ro_gazetteer_open_table(table, length, NULL, &gazetteer), RO_STATUS_OK);
    assert_int_equal(ro_gazetteer_find(gazetteer, RO_TEXT("Seattle"), &first), 2);
    assert_true(ro_gazetteer_at(gazetteer, first, &seattle, NULL));
    assert_string_equal(seattle.within, "Washington state");
    assert_true(ro_gazetteer_at(gazetteer, first + 1, &seattle, NULL));
    assert_string_equal(seattle.within, "Washington");
    ro_gazetteer_close(gazetteer);
    ro_alloc_free_aligned(ro_alloc_default(), table, length, 1);
}

static void degrees_are_rounded(void **state)
{
    (void)state;
    ro_gazetteer_place place;
    find_in("city\t-\tA\t-\t-0.000014\t179.999996\t0\t-\t-\n", "", "A", &place);
    assert_float_equal(place.latitude, -0.00001, 1e-9);
    assert_float_equal(place.longitude, 180, 1e-9);
    find_in("city\t-\tA\t-\t90\t-12.5\t4294967295\t4294967295\t-\n", "", "A", &place);
    assert_float_equal(place.latitude, 90, 1e-9);
    assert_float_equal(place.longitude, -12.5, 1e-9);
    assert_int_equal(place.people, UINT32_MAX);
    assert_int_equal(place.geonames_id, UINT32_MAX);
    find_in("area\t-\tAsia\t-\t35\t90\t4700000000\t-\t-\n", "", "Asia", &place);
    assert_int_equal(place.people, UINT32_MAX);
}

static void nothing_makes_an_empty_table(void **state)
{
    (void)state;
    assert_string_equal(find_in("", "# only words\n\n", "A", NULL), "");
}

#define LONG_50 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx"

static void every_fault_names_its_line(void **state)
{
    (void)state;
    static const char *const faults[][2] = {
        {"place\tUSA\tA\t-\t1\t1\t1\t-\t-",
         "expected country, region, city, facility, water, mountain or area, found \"place\""},
        {"demonym\tUSA\tA\t-\t1\t1\t1\t-\t-",
         "expected country, region, city, facility, water, mountain or area, found \"demonym\""},
        {"city\tUS\tA\t-\t1\t1\t1\t-\t-", "expected a country of three capitals, found \"US\""},
        {"city\tusa\tA\t-\t1\t1\t1\t-\t-", "expected a country of three capitals, found \"usa\""},
        {"city\t\tA\t-\t1\t1\t1\t-\t-", "expected a country of three capitals, found \"\""},
        {"country\t-\tA\t-\t1\t1\t1\t-\t-", "expected a country of three capitals, found \"-\""},
        {"city\tUSA\t\t-\t1\t1\t1\t-\t-",
         "expected forms between '|' as the third field, found \"none\""},
        {"city\tUSA\t | \t-\t1\t1\t1\t-\t-",
         "expected forms between '|' as the third field, found \"none\""},
        {"city\tUSA\t-\t-\t1\t1\t1\t-\t-",
         "expected forms of at most 150 bytes, with letters, found \"-\""},
        {"city\tUSA\tA | ?\t-\t1\t1\t1\t-\t-",
         "expected forms of at most 150 bytes, with letters, found \"\""},
        {"city\tUSA\tA\t12\t1\t1\t1\t-\t-",
         "expected forms of at most 150 bytes, with letters, found \"12\""},
        {"city\tUSA\t" LONG_50 LONG_50 LONG_50 LONG_50 "\t-\t1\t1\t1\t-\t-",
         "expected forms of at most 150 bytes, with letters, found \"" LONG_50
         "abcdefghijklmnopqrstuvwxyzabcd\""},
        {"city\tUSA\tA\t-\t90.00001\t1\t1\t-\t-",
         "expected a latitude from -90 to 90, found \"90.00001\""},
        {"city\tUSA\tA\t-\t-\t1\t1\t-\t-", "expected a latitude from -90 to 90, found \"-\""},
        {"city\tUSA\tA\t-\t\t1\t1\t-\t-", "expected a latitude from -90 to 90, found \"\""},
        {"city\tUSA\tA\t-\t1e1\t1\t1\t-\t-", "expected a latitude from -90 to 90, found \"1e1\""},
        {"city\tUSA\tA\t-\t1.2.3\t1\t1\t-\t-",
         "expected a latitude from -90 to 90, found \"1.2.3\""},
        {"city\tUSA\tA\t-\t99999999999999999999\t1\t1\t-\t-",
         "expected a latitude from -90 to 90, found \"99999999999999999999\""},
        {"city\tUSA\tA\t-\t1\t-180.1\t1\t-\t-",
         "expected a longitude from -180 to 180, found \"-180.1\""},
        {"city\tUSA\tA\t-\t1\tnan\t1\t-\t-",
         "expected a longitude from -180 to 180, found \"nan\""},
        {"city\tUSA\tA\t-\t1\t1\t-\t-\t-", "expected a number of people, found \"-\""},
        {"city\tUSA\tA\t-\t1\t1\t1234567890123456789\t-\t-",
         "expected a number of people, found \"1234567890123456789\""},
        {"city\tUSA\tA\t-\t1\t1\t1.5\t-\t-", "expected a number of people, found \"1.5\""},
        {"city\tUSA\tA\t-\t1\t1\t1\tX\t-", "expected a GeoNames id or -, found \"X\""},
        {"city\tUSA\tA\t-\t1\t1\t1\t-\t" LONG_50 LONG_50 LONG_50 LONG_50,
         "expected a division of at most 159 bytes, found \"" LONG_50
         "abcdefghijklmnopqrstuvwxyzabcd\""},
        {"city\tUSA\tA\t-\t1\t1\t1\t-", "expected nine fields between tabs, found \"city\""},
        {"city\tUSA\tA\t-\t1\t1\t1\t-\t-\tmore", "expected at most 9 fields, found \"more\""},
        {"city\tUSA\tA\x01\t-\t1\t1\t1\t-\t-", "expected text, found \"a control character\""},
        {"city\tUSA\tA\xff\t-\t1\t1\t1\t-\t-", "expected UTF-8, found \"other bytes\""},
    };
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        char text[512];
        void *table = NULL;
        size_t length;
        ro_error error = {0};
        snprintf(text, sizeof text, "\ncity\tUSA\tB\t-\t1\t1\t1\t-\t-\n%s\n", faults[i][0]);
        assert_int_equal(small_gazetteer_compile("", text, NULL, &table, &length, &error),
                         RO_STATUS_BAD_FORMAT);
        assert_null(table);
        assert_string_equal(error.path, "theirs.tsv");
        assert_int_equal(error.line, 3);
        assert_string_equal(error.message, faults[i][1]);
    }
}

static void the_same_texts_give_the_same_bytes(void **state)
{
    (void)state;
    size_t lengths[2];
    void *tables[2];
    for (int i = 0; i < 2; i++)
        tables[i] = small_gazetteer_table(&lengths[i]);
    assert_int_equal(lengths[0], lengths[1]);
    assert_memory_equal(tables[0], tables[1], lengths[0]);
    for (int i = 0; i < 2; i++)
        ro_alloc_free_aligned(ro_alloc_default(), tables[i], lengths[i], 1);
}

static void memory_that_runs_out_is_told(void **state)
{
    (void)state;
    failing_allocator memory = {.fail_at = 1};
    const ro_allocator allocator = failing_allocator_of(&memory);
    for (;; memory.fail_at++) {
        void *table = NULL;
        size_t length;
        ro_gazetteer *gazetteer = NULL;
        ro_error error = {0};
        memory.requests = 0;
        memory.failed = false;
        ro_status status = small_gazetteer_compile(small_gazetteer_ours, small_gazetteer_theirs,
                                                   &allocator, &table, &length, &error);
        if (status == RO_STATUS_OK)
            status = ro_gazetteer_open_table(table, length, &allocator, &gazetteer);
        assert_int_equal(status, memory.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        ro_gazetteer_close(gazetteer);
        if (table != NULL)
            ro_alloc_free_aligned(&allocator, table, length, 1);
        assert_int_equal(memory.held, 0);
        if (!memory.failed)
            break;
    }
    assert_true(memory.fail_at > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_earlier_file_counts_and_a_later_one_fills_in),
        cmocka_unit_test(a_country_is_its_code),
        cmocka_unit_test(places_of_one_name_stay_apart),
        cmocka_unit_test(divisions_are_called_by_their_main_names),
        cmocka_unit_test(degrees_are_rounded),
        cmocka_unit_test(nothing_makes_an_empty_table),
        cmocka_unit_test(every_fault_names_its_line),
        cmocka_unit_test(the_same_texts_give_the_same_bytes),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
