/* test_write.c - write.c: formats are told apart, failures of the sink come through. */
#include "sample_document.h"

static void a_sink_that_fails_is_told(void **state)
{
    (void)state;
    static sample_sink sink;
    ro_document *document = sample_new();
    for (int output = RO_OUTPUT_JSONL; output <= RO_OUTPUT_CONLLU; output++) {
        ro_write_options options = {(ro_output)output, false, 0};
        ro_error error = {.status = RO_STATUS_OK};
        sink = (sample_sink){.refuse_after = 1, .writes = 1};
        assert_int_equal(
            ro_document_write(document, &options, (ro_sink){sample_sink_write, &sink}, &error),
            RO_STATUS_IO);
        assert_int_equal(error.status, RO_STATUS_IO);
        assert_string_equal(error.stage, "write");
        assert_int_equal(sink.used, 0);
    }
    ro_document_free(document);
}

static void an_unknown_format_is_refused(void **state)
{
    (void)state;
    static sample_sink sink;
    ro_document *document = sample_new();
    ro_write_options options = {(ro_output)17, false, 0};
    ro_error error = {.status = RO_STATUS_OK};
    assert_int_equal(
        ro_document_write(document, &options, (ro_sink){sample_sink_write, &sink}, &error),
        RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(error.status, RO_STATUS_BAD_ARGUMENT);
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sink_that_fails_is_told),
        cmocka_unit_test(an_unknown_format_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
