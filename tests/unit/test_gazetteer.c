/* test_gazetteer.c - gazetteer.c and gazetteer_image.c: names are found whole and word by word, those
 * of most people first; a damaged table is refused, or gives less. */
#include "small_gazetteer.h"

#include "where/gazetteer_image.h"

typedef struct opened {
    void *table;
    size_t length;
    ro_gazetteer *gazetteer;
} opened;

static int open_small(void **state)
{
    static opened one;
    one.table = small_gazetteer_table(&one.length);
    assert_int_equal(ro_gazetteer_open_table(one.table, one.length, NULL, &one.gazetteer),
                     RO_STATUS_OK);
    *state = &one;
    return 0;
}

static int close_small(void **state)
{
    opened *one = *state;
    ro_gazetteer_close(one->gazetteer);
    ro_alloc_free_aligned(ro_alloc_default(), one->table, one->length, 1);
    return 0;
}

static void names_lead_to_places_with_most_people_first(void **state)
{
    const ro_gazetteer *gazetteer = ((opened *)*state)->gazetteer;
    static const char *const cases[][2] = {
        {"Paris", "city FRA Paris, city USA Paris"},
        {"paris", "city FRA Paris, city USA Paris"},
        {"Lutetia", "city FRA Paris other"},
        {"Ile de France", "region FRA Île-de-France"},
        {"Georgia", "region USA Georgia, country GEO Georgia"},
        {"French", "country FRA France adjective"},
        {"Nizza", "city FRA Nice other weak"},
        {"Baltic States", "area  Baltics other"},
        {"New York", "region USA New York, city USA New York City other"},
        {"New", ""},
        {"York", ""},
        {"", ""},
        {"...", ""},
        {"zzz", ""},
        {"Pari", ""},
        {"Pariss", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(small_gazetteer_find(gazetteer, cases[i][0]), cases[i][1]);
}

static void a_place_tells_all_of_its_line(void **state)
{
    const ro_gazetteer *gazetteer = ((opened *)*state)->gazetteer;
    ro_gazetteer_place place, again;
    uint32_t first;
    assert_int_equal(ro_gazetteer_find(gazetteer, RO_TEXT("Lutetia"), &first), 1);
    assert_true(ro_gazetteer_at(gazetteer, first, &place, NULL));
    assert_string_equal(place.name, "Paris");
    assert_string_equal(place.within, "Île-de-France");
    assert_float_equal(place.latitude, 48.85341, 1e-9);
    assert_float_equal(place.longitude, 2.3488, 1e-9);
    assert_int_equal(place.people, 2138551);
    assert_int_equal(place.geonames_id, 2988507);
    assert_true(ro_gazetteer_place_at(gazetteer, place.index, &again));
    assert_ptr_equal(again.name, place.name);
    assert_int_equal(ro_gazetteer_find(gazetteer, RO_TEXT("Waiyevo"), &first), 1);
    assert_true(ro_gazetteer_at(gazetteer, first, &place, NULL));
    assert_string_equal(place.within, "");
    assert_float_equal(place.longitude, -180, 1e-9);
    assert_int_equal(place.geonames_id, 0);
}

/* What the tokens of a phrase give: for each the number of entries, '-' where no name goes on. */
static const char *read_words(const ro_gazetteer *gazetteer, const char *words)
{
    static char counts[32];
    ro_gazetteer_cursor cursor = RO_GAZETTEER_CURSOR;
    size_t used = 0;
    for (const char *word = words; *word != '\0';) {
        const size_t length = strcspn(word, " ");
        if (!ro_gazetteer_read(gazetteer, &cursor, (ro_text){word, length})) {
            counts[used++] = '-';
            break;
        }
        counts[used++] = (char)('0' + cursor.count);
        word += length + (word[length] == ' ');
    }
    counts[used] = '\0';
    return counts;
}

static void names_are_read_word_by_word(void **state)
{
    const ro_gazetteer *gazetteer = ((opened *)*state)->gazetteer;
    assert_string_equal(read_words(gazetteer, "New York City"), "021");
    assert_string_equal(read_words(gazetteer, "New York Times"), "02-");
    assert_string_equal(read_words(gazetteer, "New Jersey"), "0-");
    assert_string_equal(read_words(gazetteer, "Île - de - France"), "00001");
    assert_string_equal(read_words(gazetteer, "Black Sea"), "01");
    assert_string_equal(read_words(gazetteer, "Paris said"), "2-");
    assert_string_equal(read_words(gazetteer, "Zagreb"), "-");
    assert_string_equal(read_words(gazetteer, ". Paris"), "-");
}

static void a_name_too_long_for_a_key_is_none(void **state)
{
    const ro_gazetteer *gazetteer = ((opened *)*state)->gazetteer;
    char name[RO_GAZETTEER_KEY + 64];
    uint32_t first;
    memset(name, 'a', sizeof name);
    assert_int_equal(ro_gazetteer_find(gazetteer, (ro_text){name, sizeof name}, &first), 0);
}

static void countries_and_divisions_have_their_own_way(void **state)
{
    const ro_gazetteer *gazetteer = ((opened *)*state)->gazetteer;
    ro_gazetteer_place place = {0};
    static const char *const codes[] = {"AND", "FRA", "GEO"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(ro_gazetteer_country(gazetteer, codes[i], &place));
        assert_string_equal(place.country, codes[i]);
        assert_int_equal(place.kind, RO_PLACE_KIND_COUNTRY);
        assert_int_equal(place.index, i);
    }
    assert_false(ro_gazetteer_country(gazetteer, "USA", &place));
    assert_false(ro_gazetteer_country(gazetteer, "", &place));
}

/* ---- damage ---------------------------------------------------------------------------------- */

/* Looks at everything there is, and a little beyond. */
static void read_all(const ro_gazetteer *gazetteer)
{
    static const char *const phrases[] = {"Paris", "new york city", "zz", "baltic", "x"};
    ro_gazetteer_place place;
    size_t sum = 0;
    for (uint32_t i = 0; i <= ro_gazetteer_place_count(gazetteer) + 1; i++) {
        if (!ro_gazetteer_place_at(gazetteer, i, &place))
            continue;
        sum += strlen(place.name) + strlen(place.within) + strlen(place.country);
        assert_true(ro_place_kind_name(place.kind)[0] != '\0');
        assert_true(place.latitude >= -90 && place.longitude <= 180);
        ro_gazetteer_country(gazetteer, place.country, &place);
    }
    for (uint32_t i = 0; i < 64; i++)
        sum += ro_gazetteer_at(gazetteer, i, &place, NULL);
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        uint32_t first, count = ro_gazetteer_find(gazetteer, ro_text_of(phrases[i]), &first);
        for (uint32_t at = 0; at < count; at++)
            sum += ro_gazetteer_at(gazetteer, first + at, &place, NULL);
        sum += strlen(read_words(gazetteer, phrases[i]));
    }
    assert_true(sum > 0); /* so that all of it is read */
}

static void a_cut_table_is_refused(void **state)
{
    const opened *one = *state;
    for (size_t length = 0; length < one->length; length++) {
        ro_gazetteer *gazetteer = NULL;
        void *cut = test_malloc(length + 1); /* so that a byte too far is seen */
        memcpy(cut, one->table, length);
        assert_int_equal(ro_gazetteer_open_table(cut, length, NULL, &gazetteer),
                         length < sizeof(ro_gazetteer_header) ? RO_STATUS_BAD_FORMAT
                                                              : RO_STATUS_CORRUPT);
        assert_null(gazetteer);
        test_free(cut);
    }
}

static void damage_never_leads_out_of_the_table(void **state)
{
    const opened *one = *state;
    size_t refused = 0;
    unsigned char *bytes = test_malloc(one->length);
    memcpy(bytes, one->table, one->length);
    for (size_t i = 0; i < one->length; i++) {
        const unsigned char before = bytes[i];
        for (int change = 0; change < 10; change++) {
            ro_gazetteer *gazetteer = NULL;
            bytes[i] = (unsigned char)(change < 8 ? before ^ 1 << change : change == 8 ? 0xFF : 0);
            if (ro_gazetteer_open_table(bytes, one->length, NULL, &gazetteer) == RO_STATUS_OK) {
                assert_true(bytes[i] == before || !ro_gazetteer_is_whole(gazetteer));
                read_all(gazetteer);
                ro_gazetteer_close(gazetteer);
            } else {
                refused++;
            }
        }
        bytes[i] = before;
    }
    assert_true(refused > 100); /* what the header says must fit, one byte of "zero" apart */
    test_free(bytes);
}

static ro_status status_with(const opened *one, size_t offset, uint32_t value)
{
    ro_gazetteer *gazetteer = NULL;
    void *bytes = test_malloc(one->length);
    memcpy(bytes, one->table, one->length);
    memcpy((char *)bytes + offset, &value, sizeof value);
    const ro_status status = ro_gazetteer_open_table(bytes, one->length, NULL, &gazetteer);
    ro_gazetteer_close(gazetteer);
    test_free(bytes);
    return status;
}

static void other_tables_are_told_apart(void **state)
{
    const opened *one = *state;
    assert_true(ro_gazetteer_is_whole(one->gazetteer));
    assert_int_equal(status_with(one, 0, 0), RO_STATUS_BAD_FORMAT);
    assert_int_equal(status_with(one, offsetof(ro_gazetteer_header, version), 99),
                     RO_STATUS_BAD_VERSION);
    assert_int_equal(status_with(one, offsetof(ro_gazetteer_header, byte_order), 0x04030201),
                     RO_STATUS_BAD_VERSION);
    assert_int_equal(status_with(one, offsetof(ro_gazetteer_header, places), UINT32_MAX),
                     RO_STATUS_CORRUPT);
    assert_int_equal(status_with(one, offsetof(ro_gazetteer_header, countries), UINT32_MAX),
                     RO_STATUS_CORRUPT);
    assert_int_equal(status_with(one, offsetof(ro_gazetteer_header, strings), 0),
                     RO_STATUS_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lead_to_places_with_most_people_first),
        cmocka_unit_test(a_place_tells_all_of_its_line),
        cmocka_unit_test(names_are_read_word_by_word),
        cmocka_unit_test(a_name_too_long_for_a_key_is_none),
        cmocka_unit_test(countries_and_divisions_have_their_own_way),
        cmocka_unit_test(a_cut_table_is_refused),
        cmocka_unit_test(damage_never_leads_out_of_the_table),
        cmocka_unit_test(other_tables_are_told_apart),
    };
    return cmocka_run_group_tests(tests, open_small, close_small);
}
