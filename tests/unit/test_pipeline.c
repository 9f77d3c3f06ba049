/* test_pipeline.c - the English model through the public functions: batches do not show, memory
 * may fail at any request, odd texts are texts. Needs READOUT_MODEL.
 */
#include "unit.h"

#include "doc/document.h"
#include "failing_allocator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *model_path(void)
{
    const char *path = getenv("READOUT_MODEL");
    assert_non_null(path);
    return path;
}

static ro_document *new_document(const char *text, size_t length, const ro_allocator *allocator)
{
    ro_document *document = NULL;
    ro_status status = ro_document_new((ro_text){"", 0}, (ro_text){text, length}, (ro_date){0},
                                       allocator, &document, NULL);
    assert_true(status == RO_STATUS_OK || status == RO_STATUS_OUT_OF_MEMORY);
    return document;
}

static ro_engine *open_engine(const char *kernels)
{
    ro_engine *engine;
    ro_error error = {0};
    ro_engine_options options = {.model_path = model_path(), .kernels = kernels};
    assert_int_equal(ro_engine_open(&options, &engine, &error), RO_STATUS_OK);
    return engine;
}

typedef struct text_buffer {
    char *bytes;
    size_t length;
} text_buffer;

static ro_status append(void *context, const char *bytes, size_t count)
{
    text_buffer *buffer = context;
    buffer->bytes = realloc(buffer->bytes, buffer->length + count + 1);
    assert_non_null(buffer->bytes);
    memcpy(buffer->bytes + buffer->length, bytes, count);
    buffer->length += count;
    buffer->bytes[buffer->length] = '\0';
    return RO_STATUS_OK;
}

static void write_documents(ro_document *const *documents, size_t count, text_buffer *out)
{
    ro_write_options options = {.output = RO_OUTPUT_SPACY};
    for (size_t i = 0; i < count; i++)
        assert_int_equal(ro_document_write(documents[i], &options, (ro_sink){append, out}, NULL),
                         RO_STATUS_OK);
}

static const char *const texts[] = {
    "The ministers met in Oslo on Monday. They agreed to meet again in May.",
    "",
    "Ana Torres, the mayor, said she wasn't aware of the e-mail from http://example.org/a-b.",
    "   \n\n ",
    "\"No,\" he said. \"Not before 9 a.m. on 3 March 2023, and not for $5m!\"",
    "Who did what to whom is what the reporter whom we hired asked the aides about.",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static void batches_and_kernels_do_not_show(void **state)
{
    (void)state;
    static const char *const kernels[] = {"plain", "avx2", "avx512", "avx512vnni"};
    text_buffer first = {0};
    for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++) {
        if (!ro_engine_kernels_supported(kernels[k])) {
            print_message("# %s: not on this CPU, skipped\n", kernels[k]);
            continue;
        }
        ro_engine *engine = open_engine(kernels[k]);
        for (size_t together = 1; together <= TEXTS; together += TEXTS - 1) {
            ro_worker *worker;
            ro_document *documents[TEXTS];
            text_buffer out = {0};
            assert_int_equal(ro_worker_new(engine, &worker, NULL), RO_STATUS_OK);
            for (size_t i = 0; i < TEXTS; i++)
                documents[i] = new_document(texts[i], strlen(texts[i]), NULL);
            for (size_t i = 0; i < TEXTS; i += together)
                assert_int_equal(ro_worker_parse(worker, documents + i, together, NULL, NULL),
                                 RO_STATUS_OK);
            write_documents(documents, TEXTS, &out);
            if (first.bytes == NULL)
                append(&first, out.bytes, out.length);
            assert_string_equal(out.bytes, first.bytes);
            for (size_t i = 0; i < TEXTS; i++)
                ro_document_free(documents[i]);
            free(out.bytes);
            ro_worker_free(worker);
        }
        ro_engine_close(engine);
    }
    assert_non_null(strstr(first.bytes, "\"lemma\":\"minister\""));
    free(first.bytes);
}

/* A document longer than the blocks that are kept, twice the same text: the halves agree. */
static void a_long_document_is_read_as_its_parts_are(void **state)
{
    (void)state;
    enum { TIMES = 400 };
    const char *part = "Ministers met in Oslo on Monday and they agreed to meet again.\n\n";
    size_t length = strlen(part);
    char *text = malloc(TIMES * length + 1);
    assert_non_null(text);
    for (size_t i = 0; i < TIMES; i++)
        memcpy(text + i * length, part, length);
    ro_engine *engine = open_engine(NULL);
    ro_worker *worker;
    assert_int_equal(ro_worker_new(engine, &worker, NULL), RO_STATUS_OK);
    ro_document *document = new_document(text, TIMES * length, NULL);
    assert_int_equal(ro_worker_parse(worker, &document, 1, NULL, NULL), RO_STATUS_OK);
    assert_int_equal(document->token_count % TIMES, 0);
    uint32_t tokens = document->token_count / TIMES;
    for (uint32_t i = 20 * tokens; i < 21 * tokens; i++) {
        const ro_token *a = &document->tokens[i];
        const ro_token *b = &document->tokens[i + (TIMES - 50) * tokens];
        assert_string_equal(a->tag, b->tag);
        assert_string_equal(a->deprel, b->deprel);
        assert_int_equal(a->head - i, b->head - (i + (TIMES - 50) * tokens));
    }
    ro_document_free(document);
    ro_worker_free(worker);
    ro_engine_close(engine);
    free(text);
}

static void heads_stay_in_their_sentence(void **state)
{
    (void)state;
    ro_engine *engine = open_engine(NULL);
    ro_worker *worker;
    assert_int_equal(ro_worker_new(engine, &worker, NULL), RO_STATUS_OK);
    for (size_t t = 0; t < TEXTS; t++) {
        ro_document *document = new_document(texts[t], strlen(texts[t]), NULL);
        assert_int_equal(ro_worker_parse(worker, &document, 1, NULL, NULL), RO_STATUS_OK);
        for (uint32_t i = 0; i < document->token_count; i++) {
            const ro_token *token = &document->tokens[i];
            const ro_sentence *sentence = &document->sentences[token->sentence];
            assert_true(token->head >= sentence->first && token->head < sentence->end);
            assert_true(token->left <= i && token->right >= i);
        }
        ro_document_free(document);
    }
    ro_worker_free(worker);
    ro_engine_close(engine);
}

static void odd_texts_are_texts(void **state)
{
    (void)state;
    static const ro_text odd[] = {{"\0\0\0", 3},
                                  {"\x01\x02 \x7F \xC2\x85", 8},
                                  {"\xFF\xFE\xED\xA0\x80", 5},
                                  {"\xF0\x9F\x87\xB3\xF0\x9F\x87\xB4", 8},
                                  {"....................................", 36},
                                  {"))))))))))))))))))))))))))))))))))))", 36}};
    ro_engine *engine = open_engine(NULL);
    ro_worker *worker;
    assert_int_equal(ro_worker_new(engine, &worker, NULL), RO_STATUS_OK);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        ro_document *document = new_document(odd[i].data, odd[i].length, NULL);
        assert_int_equal(ro_worker_parse(worker, &document, 1, NULL, NULL), RO_STATUS_OK);
        assert_true(document->token_count > 0);
        ro_document_free(document);
    }
    ro_worker_free(worker);
    ro_engine_close(engine);
}

/* Opens, parses and closes with memory that fails at one request: true if it was reached. */
static bool survive(size_t fail_at)
{
    failing_allocator memory = {.fail_at = fail_at};
    ro_allocator allocator = failing_allocator_of(&memory);
    ro_engine_options options = {.model_path = model_path(), .allocator = &allocator};
    ro_engine *engine = NULL;
    ro_worker *worker = NULL;
    ro_document *document = NULL;
    ro_status status = ro_engine_open(&options, &engine, NULL);
    if (status == RO_STATUS_OK)
        status = ro_worker_new(engine, &worker, NULL);
    if (status == RO_STATUS_OK) {
        document = new_document(texts[2], strlen(texts[2]), &allocator);
        status = document != NULL ? ro_worker_parse(worker, &document, 1, NULL, NULL)
                                  : RO_STATUS_OUT_OF_MEMORY;
        memory.fail_at = 0; /* and goes on working afterwards */
        if (status != RO_STATUS_OK && document != NULL)
            assert_int_equal(ro_worker_parse(worker, &document, 1, NULL, NULL), RO_STATUS_OK);
    }
    assert_int_equal(status, memory.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
    ro_document_free(document);
    ro_worker_free(worker);
    ro_engine_close(engine);
    assert_int_equal(memory.held, 0);
    return memory.failed;
}

/* Every request of the last, interesting ones; of the thousands of opening a sample. */
static void memory_may_fail_at_any_request(void **state)
{
    (void)state;
    failing_allocator count = {0};
    ro_allocator allocator = failing_allocator_of(&count);
    ro_engine_options options = {.model_path = model_path(), .allocator = &allocator};
    ro_engine *engine;
    assert_int_equal(ro_engine_open(&options, &engine, NULL), RO_STATUS_OK);
    size_t opening = count.requests;
    ro_engine_close(engine);
    for (size_t at = 1; at < opening; at += 1 + at / 4)
        assert_true(survive(at));
    size_t at = opening;
    while (survive(at))
        at += 1 + (at - opening) / 16;
    assert_true(at > opening + 40);
}

static void a_missing_or_damaged_model_is_refused(void **state)
{
    (void)state;
    ro_engine *engine = NULL;
    ro_error error = {0};
    ro_engine_options options = {.model_path = "/nowhere/en.model"};
    assert_int_equal(ro_engine_open(&options, &engine, &error), RO_STATUS_NOT_FOUND);
    assert_string_equal(error.path, "/nowhere/en.model");
    options = (ro_engine_options){.model_path = model_path(), .kernels = "mmx"};
    assert_int_equal(ro_engine_open(&options, &engine, &error), RO_STATUS_BAD_ARGUMENT);
    assert_null(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_and_kernels_do_not_show),
        cmocka_unit_test(a_long_document_is_read_as_its_parts_are),
        cmocka_unit_test(heads_stay_in_their_sentence),
        cmocka_unit_test(odd_texts_are_texts),
        cmocka_unit_test(memory_may_fail_at_any_request),
        cmocka_unit_test(a_missing_or_damaged_model_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
