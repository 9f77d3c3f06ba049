/* test_jsonl.c - jsonl.c: every field of the contract, in order; nothing for what is absent. */
#include "sample_document.h"

#include "failing_allocator.h"

static const ro_write_options plain = {RO_OUTPUT_JSONL, false, 0};

/* The prefix "date 2023-05-02 " is 16 code points, and the ë of Zoë is one, of two bytes. */
static const char expected[] =
    "{\"schema\":1,\"id\":\"s-1\",\"date\":\"2023-05-02\","
    "\"sentences\":[{\"start\":16,\"end\":45},{\"start\":46,\"end\":55}],"
    "\"entities\":["
    "{\"id\":\"n1\",\"name\":\"Zoë Ndiaye\",\"kind\":\"person\",\"actor\":{\"code\":\"MLIGOV\","
    "\"country\":\"MLI\",\"sectors\":[\"GOV\",\"SPY\"],\"role\":\"minister\"},"
    "\"anonymous\":false,\"mentions\":["
    "{\"start\":16,\"end\":19,\"text\":\"Zoë\",\"head\":[16,19],\"type\":\"name\"},"
    "{\"start\":46,\"end\":48,\"text\":\"It\",\"head\":[46,48],\"type\":\"pronoun\"}]},"
    "{\"id\":\"n2\",\"name\":\"Mali\",\"kind\":\"country\",\"actor\":{\"code\":\"MLI\","
    "\"country\":\"MLI\"},\"anonymous\":false,\"mentions\":["
    "{\"start\":25,\"end\":29,\"text\":\"Mali\",\"head\":[25,29],\"type\":\"nominal\"}]},"
    "{\"id\":\"n3\",\"name\":\"a neighbour\",\"kind\":\"group\",\"anonymous\":true}],"
    "\"timexes\":[{\"start\":46,\"end\":48,\"text\":\"It\",\"type\":\"DURATION\","
    "\"value\":\"PT1H\"}],"
    "\"places\":[{\"start\":39,\"end\":44,\"text\":\"Niger\",\"name\":\"Niger\","
    "\"kind\":\"country\",\"country\":\"NER\",\"within\":\"Tillabéri\",\"latitude\":13.5,"
    "\"longitude\":-2.1098,\"geonames_id\":2440476,\"near\":\"Ayorou\"},"
    "{\"start\":25,\"end\":29,\"text\":\"Mali\",\"name\":\"Mali\",\"kind\":\"demonym\"}],"
    "\"attributions\":["
    "{\"id\":\"a1\",\"source\":{\"spans\":[[16,19]],\"text\":\"Zoë\",\"entity\":\"n1\","
    "\"name\":\"Zoë Ndiaye\",\"code\":\"MLIGOV\",\"kind\":\"named\"},"
    "\"cue\":{\"spans\":[[20,24]],\"text\":\"said\"},"
    "\"content\":{\"spans\":[[25,29],[32,44]],\"text\":\"Mali called Niger\"},"
    "\"style\":\"indirect\",\"stance\":\"deny\",\"negated\":true,\"addressee\":\"n3\","
    "\"date\":\"2023-05-01\",\"sentence\":0},"
    "{\"id\":\"a2\",\"content\":{\"spans\":[[46,55]],\"text\":\"It rained\"},"
    "\"style\":\"direct\",\"stance\":\"assert\",\"negated\":false,\"in\":\"a1\",\"sentence\":1}],"
    "\"events\":["
    "{\"id\":\"e1\",\"event_type\":\"CONSULT\",\"mode\":\"phone\","
    "\"contexts\":[\"diplomatic\",\"military\"],\"cameo\":\"041\",\"quad\":1,\"pentaclass\":1,"
    "\"goldstein\":-2.8,\"main\":true,"
    "\"actors\":[{\"entity\":\"n1\",\"start\":16,\"end\":19,\"text\":\"Zoë\","
    "\"name\":\"Zoë Ndiaye\",\"code\":\"MLIGOV\",\"country\":\"MLI\","
    "\"sectors\":[\"GOV\",\"SPY\"]}],"
    "\"recipients\":[{\"start\":39,\"end\":44,\"text\":\"Niger\"}],"
    "\"date\":\"2023-05-01\",\"date_end\":\"2023-05-07\",\"date_granularity\":\"week\","
    "\"timex\":0,\"location\":{\"start\":39,\"end\":44,\"text\":\"Niger\",\"name\":\"Niger\","
    "\"country\":\"NER\",\"within\":\"Tillabéri\",\"latitude\":13.5,\"longitude\":-2.1098,"
    "\"geonames_id\":2440476,\"near\":\"Ayorou\",\"from\":\"sentence\"},"
    "\"duration\":\"PT1H\","
    "\"count\":{\"ordinal\":3,\"since\":\"2023-02-24\",\"within\":\"P1M\"},"
    "\"killed\":0,\"injured\":12,\"status\":\"denied\",\"negated\":true,"
    "\"attribution\":[\"a2\",\"a1\"],\"trigger\":{\"start\":32,\"end\":38},\"sentence\":0,"
    "\"confidence\":0.876543},"
    "{\"id\":\"e2\",\"event_type\":\"STATEMENT\",\"cameo\":\"010\",\"quad\":0,\"pentaclass\":0,"
    "\"main\":false,\"status\":\"actual\",\"negated\":false,"
    "\"trigger\":{\"start\":49,\"end\":55},\"sentence\":1,\"confidence\":1}]}\n";

static void every_field_is_written_in_order(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    assert_string_equal(sample_written(document, plain), expected);
    /* writing leaves no trace: the same bytes again */
    assert_string_equal(sample_written(document, plain), expected);
    ro_document_free(document);
}

static void what_is_given_is_passed_on(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("a \"b\"", "\xEF\xBB\xBFone\ttwo\xFF");
    document->source = "Gazette";
    document->url = "https://example.org/?a=1&b=2";
    document->title = "A\nB";
    document->language = "en";
    assert_string_equal(sample_written(document, (ro_write_options){RO_OUTPUT_JSONL, true, 0}),
                        "{\"schema\":1,\"id\":\"a \\\"b\\\"\",\"source\":\"Gazette\","
                        "\"url\":\"https://example.org/?a=1&b=2\",\"title\":\"A\\nB\","
                        "\"language\":\"en\","
                        "\"text\":\"\xEF\xBB\xBFone\\ttwo\xEF\xBF\xBD\"}\n");
    ro_document_free(document);
}

static void an_empty_document_is_a_line(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("none", "");
    assert_string_equal(sample_written(document, plain), "{\"schema\":1,\"id\":\"none\"}\n");
    /* a text that was asked for is there, though it is empty */
    assert_string_equal(sample_written(document, (ro_write_options){RO_OUTPUT_JSONL, true, 0}),
                        "{\"schema\":1,\"id\":\"none\",\"text\":\"\"}\n");
    ro_document_free(document);
}

/* All or nothing: a document that there is no memory for leaves no half line behind. */
static void no_memory_writes_nothing(void **state)
{
    (void)state;
    failing_allocator memory = {.fail_at = 0};
    ro_allocator allocator = failing_allocator_of(&memory);
    ro_document *document = NULL;
    static sample_sink sink;
    for (size_t ahead = 1; ahead <= 2; ahead++) {
        ro_error error = {.status = RO_STATUS_OK};
        assert_int_equal(ro_document_new(ro_text_of("s-1"), ro_text_of("Mali called."),
                                         (ro_date){0, 0, 0}, &allocator, &document, NULL),
                         RO_STATUS_OK);
        for (int i = 0; i < 100000; i++) /* more than an arena has at hand */
            *RO_LIST_ADD(document->arena, &document->entities) =
                (ro_entity){"x", RO_ENTITY_KIND_GROUP, {"", "", "", ""}, false, "", RO_NONE};
        memory.fail_at = memory.requests + 1;
        sink = (sample_sink){.used = 0};
        assert_int_equal(
            ro_document_write(document, &plain, (ro_sink){sample_sink_write, &sink}, &error),
            RO_STATUS_OUT_OF_MEMORY);
        assert_int_equal(error.status, RO_STATUS_OUT_OF_MEMORY);
        assert_int_equal(sink.used, 0);
        memory.fail_at = 0;
        ro_document_free(document);
    }
    assert_int_equal(memory.held, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_written_in_order),
        cmocka_unit_test(what_is_given_is_passed_on),
        cmocka_unit_test(an_empty_document_is_a_line),
        cmocka_unit_test(no_memory_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
