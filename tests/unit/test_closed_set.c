/* test_closed_set.c - the names that the .def files give: each is read back as what it names. */
#include "unit.h"

#include "base/text.h"
#include "doc/attribution.h"
#include "doc/entity.h"
#include "doc/event.h"
#include "doc/timex.h"
#include "doc/token.h"

#define ROUND_TRIP(type, first, last)                                                              \
    do {                                                                                           \
        for (int i = (int)(first); i <= (int)(last); ++i) {                                        \
            const char *name = type##_name((type)i);                                               \
            type read = (type)-1;                                                                  \
            assert_true(i == 0 || name[0] != '\0');                                                \
            assert_true(type##_parse(ro_text_of(name), &read));                                    \
            assert_int_equal(read, i);                                                             \
        }                                                                                          \
        type untouched = (type)77;                                                                 \
        assert_false(type##_parse(RO_TEXT("no such name"), &untouched));                           \
        assert_int_equal(untouched, 77);                                                           \
        assert_string_equal(type##_name((type)((last) + 1)), "");                                  \
        assert_string_equal(type##_name((type)-1), "");                                            \
    } while (0)

static void names_are_read_back(void **state)
{
    (void)state;
    ROUND_TRIP(ro_upos, RO_UPOS_NONE, RO_UPOS_SPACE);
    ROUND_TRIP(ro_entity_kind, RO_ENTITY_KIND_PERSON, RO_ENTITY_KIND_GROUP);
    ROUND_TRIP(ro_place_kind, RO_PLACE_KIND_COUNTRY, RO_PLACE_KIND_DEMONYM);
    ROUND_TRIP(ro_stance, RO_STANCE_ASSERT, RO_STANCE_DECLINE);
    ROUND_TRIP(ro_event_status, RO_EVENT_STATUS_ACTUAL, RO_EVENT_STATUS_DENIED);
    ROUND_TRIP(ro_timex_type, RO_TIMEX_TYPE_DATE, RO_TIMEX_TYPE_SET);
}

static void names_are_those_of_the_contract(void **state)
{
    (void)state;
    assert_string_equal(ro_upos_name(RO_UPOS_NONE), "");
    assert_string_equal(ro_upos_name(RO_UPOS_PROPN), "PROPN");
    assert_string_equal(ro_entity_kind_name(RO_ENTITY_KIND_ORGANIZATION), "organization");
    assert_string_equal(ro_mention_type_name(RO_MENTION_TYPE_NAME), "name");
    assert_string_equal(ro_mention_type_name(RO_MENTION_TYPE_NOMINAL), "nominal");
    assert_string_equal(ro_mention_type_name(RO_MENTION_TYPE_PRONOUN), "pronoun");
    assert_string_equal(ro_place_kind_name(RO_PLACE_KIND_AREA), "area");
    assert_string_equal(ro_source_kind_name(RO_SOURCE_KIND_COLLECTIVE), "collective");
    assert_string_equal(ro_style_name(RO_STYLE_MIXED), "mixed");
    assert_string_equal(ro_stance_name(RO_STANCE_THREATEN), "threaten");
    assert_string_equal(ro_event_status_name(RO_EVENT_STATUS_HYPOTHETICAL), "hypothetical");
    assert_string_equal(ro_granularity_name(RO_GRANULARITY_NONE), "");
    assert_string_equal(ro_granularity_name(RO_GRANULARITY_MONTH), "month");
    assert_string_equal(ro_timex_type_name(RO_TIMEX_TYPE_DURATION), "DURATION");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_back),
        cmocka_unit_test(names_are_those_of_the_contract),
    };
    return cmocka_run_group_tests_name("closed_set", tests, NULL, NULL);
}
