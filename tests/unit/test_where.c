/* test_where.c - where.c: places of documents parsed by hand, with and without a gazetteer, faults
 * in the data, and memory that runs out. Finding, choosing and siting have tests of their own. */
#include "unit.h"

#include "failing_allocator.h"
#include "where/where.h"
#include "where_stage.h"

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
        (ro_event){.event_type = "CONSULT", .mode = "", .trigger_first = 2, .place = RO_NONE};
    *RO_LIST_ADD(document->arena, &document->events) =
        (ro_event){.event_type = "CONSULT", .mode = "", .trigger_first = 7, .place = RO_NONE};
    assert_int_equal(ro_where_anchor(((opened *)*state)->where, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->events.items[0].place, 1);
    assert_int_equal(document->events.items[0].place_from, RO_PLACE_FROM_CLAUSE);
    assert_int_equal(document->events.items[1].place, 1); /* Moscow speaks */
    assert_int_equal(document->events.items[1].place_from, RO_PLACE_FROM_SENTENCE);
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

/* ---- with a gazetteer ------------------------------------------------------------------------ */

static const char sites[] =
    "Police/police/NNS/NOUN/1/nsubj met/meet/VBD/VERB/1/ROOT on/on/IN/ADP/1/prep "
    "Abbey/Abbey/NNP/PROPN/4/compound Road/Road/NNP/PROPN/2/pobj in/in/IN/ADP/1/prep "
    "Paris/Paris/NNP/PROPN/5/pobj ,/,/,/PUNCT/6/punct Texas/Texas/NNP/PROPN/6/appos";

static ro_where *open_staged(const where_stage *stage, const ro_allocator *allocator)
{
    ro_where *where = NULL;
    ro_error error = {0};
    if (ro_where_open("data", stage->lexicon, stage->gazetteer, allocator, &where, &error) !=
        RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    return where;
}

static void places_have_positions(void **state)
{
    where_stage *stage = *state;
    ro_where *where = open_staged(stage, NULL);
    ro_document *document = hand_parsed(sites);
    where_name(document, 3, 5, "FAC");
    where_name(document, 6, 7, "GPE");
    where_name(document, 8, 9, "GPE");
    assert_int_equal(ro_where_find(where, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->places.count, 3);
    const ro_place *road = &document->places.items[0], *paris = road + 1, *texas = road + 2;
    assert_string_equal(paris->name, "Paris");
    assert_string_equal(paris->country, "USA");
    assert_string_equal(paris->within, "Texas");
    assert_float_equal(paris->latitude, 33.66, 0.001);
    assert_float_equal(paris->longitude, -95.56, 0.001);
    assert_int_equal(paris->geonames_id, 4717560);
    assert_string_equal(paris->near, "");
    assert_int_equal(paris->candidate_count, 3);
    assert_string_equal(paris->candidates[0].within, "Texas");
    assert_true(paris->candidates[0].score > paris->candidates[1].score);
    assert_true(paris->candidates[1].score >= paris->candidates[2].score);
    assert_int_equal(texas->kind, RO_PLACE_KIND_REGION);
    /* nobody knows where the road is; the town is named beside it */
    assert_string_equal(road->name, "Abbey Road");
    assert_int_equal(road->kind, RO_PLACE_KIND_FACILITY);
    assert_string_equal(road->near, "Paris");
    assert_string_equal(road->country, "USA");
    assert_string_equal(road->within, "Texas");
    assert_float_equal(road->latitude, 33.66, 0.001);
    assert_int_equal(road->geonames_id, 0);
    assert_int_equal(road->candidate_count, 0);
    ro_document_free(document);
    ro_where_close(where);
}

/* A country is too large to tell where a road in it is, and what is near one place is not near
 * another by it. */
static void only_settlements_lend_their_position(void **state)
{
    where_stage *stage = *state;
    ro_where *where = open_staged(stage, NULL);
    ro_document *document = hand_parsed(
        "on/on/IN/ADP/0/ROOT Abbey/Abbey/NNP/PROPN/2/compound Road/Road/NNP/PROPN/0/pobj "
        "in/in/IN/ADP/2/prep Lebanon/Lebanon/NNP/PROPN/3/pobj");
    where_name(document, 1, 3, "FAC");
    where_name(document, 4, 5, "GPE");
    assert_int_equal(ro_where_find(where, document, NULL), RO_STATUS_OK);
    assert_int_equal(document->places.count, 2);
    assert_string_equal(document->places.items[0].near, "");
    assert_string_equal(document->places.items[0].country, "");
    assert_true(isnan(document->places.items[0].latitude));
    assert_true(isnan(document->places.items[0].longitude));
    ro_document_free(document);
    ro_where_close(where);
}

/* ---- data ------------------------------------------------------------------------------------ */

static const char *const features[] = {
#define RO_EVIDENCE(member, name) name,
#include "where/evidence.def"
#undef RO_EVIDENCE
};

static const char *const classes[] = {
#define RO_PLACE_WORD(member, name) name,
#include "where/place_word.def"
#undef RO_PLACE_WORD
};

/* Lines of words before every class with one, lines of common words, and lines of evidence before
 * every feature but one. */
static void write_data(data_folder *folder, const char *words, const char *common,
                       const char *evidence, size_t without)
{
    char text[2048], all[1024];
    size_t at = (size_t)snprintf(text, sizeof text, "%s", evidence);
    size_t behind = (size_t)snprintf(all, sizeof all, "%s", words);
    for (size_t i = 0; i < RO_EVIDENCES; i++)
        if (i != without)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s\t%d\n", features[i], (int)i);
    for (size_t i = 0; i < RO_PLACE_WORDS; i++)
        behind += (size_t)snprintf(all + behind, sizeof all - behind, "%s\tx\n", classes[i]);
    assert_true(at < sizeof text && behind < sizeof all);
    data_folder_write(folder, "where/words.tsv", all);
    data_folder_write(folder, "where/common.tsv", common);
    data_folder_write(folder, "where/evidence.tsv", text);
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *words, *common, *evidence;
        size_t without;
        int line;
        const char *file, *expected;
    } cases[] = {
        {"nosuch\tRoad\n", "", "", RO_EVIDENCES, 1, "/where/words.tsv", "a class"},
        {"site\tRoad\nat\n", "", "", RO_EVIDENCES, 2, "/where/words.tsv", "words"},
        {"site\tRoad\tLane\n", "", "", RO_EVIDENCES, 1, "/where/words.tsv", "words"},
        {"", "common\tbath\nnosuch\tbath\n", "", RO_EVIDENCES, 2, "/where/common.tsv", "a class"},
        {"", "", "nosuch\t3\n", RO_EVIDENCES, 1, "/where/evidence.tsv", "a feature"},
        {"", "", "any\t3\n", RO_EVIDENCES, 2, "/where/evidence.tsv", "once"},
        {"", "", "# any\nany\tx\n", 0, 2, "/where/evidence.tsv", "a whole number"},
        {"", "", "", RO_EVIDENCE_NEAR, RO_EVIDENCES - 1, "/where/evidence.tsv", "near"},
    };
    data_folder folder;
    data_folder_make(&folder);
    data_folder_add_folder(&folder, "where");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_where *where = NULL;
        ro_error error = {0};
        write_data(&folder, cases[i].words, cases[i].common, cases[i].evidence, cases[i].without);
        assert_int_equal(ro_where_open(folder.path, NULL, NULL, NULL, &where, &error),
                         RO_STATUS_BAD_FORMAT);
        assert_null(where);
        if (error.line != (uint64_t)cases[i].line || strstr(error.path, cases[i].file) == NULL ||
            strstr(error.message, cases[i].expected) == NULL)
            fail_msg("%d: %s:%d: %s", (int)i, error.path, (int)error.line, error.message);
    }
    data_folder_remove(&folder);
}

static void files_that_are_not_there(void **state)
{
    (void)state;
    ro_where *where = NULL;
    ro_error error = {0};
    assert_int_equal(ro_where_open("/no/such/folder", NULL, NULL, NULL, &where, &error),
                     RO_STATUS_NOT_FOUND);
    assert_string_equal(error.path, "/no/such/folder/where/words.tsv");
    char folder[5000];
    memset(folder, 'x', sizeof folder - 1);
    folder[sizeof folder - 1] = '\0';
    assert_int_equal(ro_where_open(folder, NULL, NULL, NULL, &where, &error),
                     RO_STATUS_BAD_ARGUMENT);
    assert_null(where);
    ro_where_close(NULL);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static void opening_may_run_out_of_memory(void **state)
{
    (void)state;
    for (size_t at = 1;; at += 1 + at / 8) { /* every early request, then ever fewer */
        failing_allocator counter = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_where *where = NULL;
        ro_error error = {0};
        ro_status status = ro_where_open("data", NULL, NULL, &allocator, &where, &error);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_int_equal(error.status, status);
        ro_where_close(where);
        assert_int_equal(counter.held, 0);
        if (!counter.failed)
            break;
    }
}

/* One pass over a document whose arena, and a lexicon whose maps, fail at one request. */
static bool runs_out(const where_stage *stage, size_t at)
{
    failing_allocator counter = {0};
    const ro_allocator allocator = failing_allocator_of(&counter);
    ro_lexicon *lexicon = NULL;
    ro_where *where = NULL;
    assert_int_equal(ro_lexicon_open(stage->folder.path, &allocator, &lexicon, NULL), RO_STATUS_OK);
    assert_int_equal(ro_where_open("data", lexicon, stage->gazetteer, &allocator, &where, NULL),
                     RO_STATUS_OK);
    ro_document *document = hand_parsed(sites);
    ro_arena *whole = document->arena;
    where_name(document, 3, 5, "FAC");
    where_name(document, 6, 7, "GPE");
    *RO_LIST_ADD(document->arena, &document->events) =
        (ro_event){.event_type = "CONSULT", .mode = "", .trigger_first = 1, .place = RO_NONE};
    document->arena = ro_arena_new(&allocator);
    assert_non_null(document->arena);
    counter.requests = 0;
    counter.fail_at = at;
    ro_error error = {0};
    ro_status status = ro_where_find(where, document, &error);
    if (status == RO_STATUS_OK)
        status = ro_where_anchor(where, document, &error);
    assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
    assert_int_equal(error.status, status);
    counter.fail_at = 0;
    ro_arena_free(document->arena);
    document->arena = whole;
    ro_document_free(document);
    ro_where_close(where);
    ro_lexicon_close(lexicon);
    assert_int_equal(counter.held, 0);
    return counter.failed;
}

static void finding_may_run_out_of_memory(void **state)
{
    size_t at = 1;
    while (runs_out(*state, at))
        at++;
    assert_true(at > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_have_kinds_and_countries),
        cmocka_unit_test(an_event_is_where_its_clause_says),
        cmocka_unit_test(names_of_people_hold_no_places),
        cmocka_unit_test_setup_teardown(places_have_positions, where_open, where_close),
        cmocka_unit_test_setup_teardown(only_settlements_lend_their_position, where_open,
                                        where_close),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(files_that_are_not_there),
        cmocka_unit_test(opening_may_run_out_of_memory),
        cmocka_unit_test_setup_teardown(finding_may_run_out_of_memory, where_open, where_close),
    };
    return cmocka_run_group_tests(tests, open_where, close_where);
}
