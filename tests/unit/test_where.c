/* test_where.c - where.c and siting.c: places and the sites of events in documents parsed by hand. */
#include "unit.h"

#include "hand_parsed.h"
#include "where/where.h"

#include <math.h>

typedef struct opened {
    ro_lexicon *lexicon;
    ro_where *where;
} opened;

static int open_where(void **state)
{
    static opened made;
    ro_error error = {0};
    if (ro_lexicon_open("data", NULL, &made.lexicon, &error) != RO_STATUS_OK ||
        ro_where_open("data", made.lexicon, NULL, NULL, &made.where, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    *state = &made;
    return 0;
}

static int close_where(void **state)
{
    opened *made = *state;
    ro_where_close(made->where);
    ro_lexicon_close(made->lexicon);
    return 0;
}

static void find(void **state, ro_document *document)
{
    assert_int_equal(ro_where_find(((opened *)*state)->where, document, NULL), RO_STATUS_OK);
}

static ro_document *meeting(void)
{
    return hand_parsed(
        "Polish/polish/JJ/ADJ/1/amod envoys/envoy/NNS/NOUN/2/nsubj met/meet/VBD/VERB/2/ROOT "
        "in/in/IN/ADP/2/prep Vienna/Vienna/NNP/PROPN/3/pobj ,/,/,/PUNCT/2/punct "
        "Moscow/Moscow/NNP/PROPN/7/nsubj said/say/VBD/VERB/2/parataxis");
}

static void places_have_kinds_and_countries(void **state)
{
    ro_document *document = meeting();
    find(state, document);
    assert_int_equal(document->places.count, 3);
    const ro_place *places = document->places.items;
    assert_int_equal(places[0].kind, RO_PLACE_KIND_DEMONYM);
    assert_string_equal(places[0].name, "Poland");
    assert_string_equal(places[0].country, "POL");
    assert_int_equal(places[1].kind, RO_PLACE_KIND_CITY);
    assert_string_equal(places[1].country, "AUT");
    assert_true(isnan(places[1].latitude));
    assert_non_null(strstr(places[1].fact, "countries.tsv:"));
    ro_document_free(document);
}

static void an_event_is_where_its_clause_says(void **state)
{
    ro_document *document = meeting();
    find(state, document);
    *RO_LIST_ADD(document->arena, &document->events) =
        (ro_event){.trigger_first = 2, .trigger_end = 3, .place = RO_NONE};
    *RO_LIST_ADD(document->arena, &document->events) =
        (ro_event){.trigger_first = 7, .trigger_end = 8, .place = RO_NONE};
    assert_int_equal(ro_where_anchor(((opened *)*state)->where, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->events.items[0].place, 1);
    assert_int_equal(document->events.items[1].place, RO_NONE); /* Moscow speaks */
    ro_document_free(document);
}

static void names_of_people_hold_no_places(void **state)
{
    ro_document *document =
        hand_parsed("Jordan/Jordan/NNP/PROPN/1/compound Hill/Hill/NNP/PROPN/2/nsubj "
                    "left/leave/VBD/VERB/2/ROOT");
    *RO_LIST_ADD(document->arena, &document->names) = (ro_name){0, 2, "PERSON"};
    document->tokens[0].name = document->tokens[1].name = 0;
    find(state, document);
    assert_int_equal(document->places.count, 0);
    ro_document_free(document);
}

static void unknown_places_keep_their_name(void **state)
{
    ro_document *document = hand_parsed("in/in/IN/ADP/0/ROOT the/the/DT/DET/2/det "
                                        "Elbonias/Elbonias/NNP/PROPN/0/pobj");
    *RO_LIST_ADD(document->arena, &document->names) = (ro_name){1, 3, "LOC"};
    document->tokens[1].name = document->tokens[2].name = 0;
    find(state, document);
    assert_int_equal(document->places.count, 1);
    assert_string_equal(document->places.items[0].name, "Elbonias");
    assert_string_equal(document->places.items[0].country, "");
    assert_int_equal(document->places.items[0].kind, RO_PLACE_KIND_AREA);
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_have_kinds_and_countries),
        cmocka_unit_test(an_event_is_where_its_clause_says),
        cmocka_unit_test(names_of_people_hold_no_places),
        cmocka_unit_test(unknown_places_keep_their_name),
    };
    return cmocka_run_group_tests(tests, open_where, close_where);
}
