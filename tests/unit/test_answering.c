/* test_answering.c - answering.c: documents asked and encoded through the public functions, with a
 * copy of the English model that has small heads of the test's own. Needs READOUT_MODEL; what is
 * said of the accurate encoder's vectors is skipped where READOUT_MODELS has none.
 */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include "unit.h"

#include "base/text.h"
#include "doc/document.h"
#include "failing_allocator.h"
#include "nn/weights.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_WIDTH = 1024 };
static char model_path[] = "/tmp/readout-test-XXXXXX";

static const char *const TEXTS[] = {
    "The ministers met in Oslo on Monday. They agreed to meet again in May.",
    "",
    "   \n\n ",
    "Ana Torres, the mayor, said she wasn't aware of the \xC3\xA9t\xC3\xA9 mail.",
    "\"No,\" he said. \"Not before 9 a.m. on 3 March 2023, and not for $5m!\"",
};
enum { COUNT = sizeof TEXTS / sizeof *TEXTS };

static ro_document *new_document(const char *text, const ro_allocator *allocator)
{
    ro_document *document = NULL;
    ro_document_new(RO_TEXT("x"), ro_text_of(text), (ro_date){0}, allocator, &document, NULL);
    return document;
}

static ro_engine *open_engine(const char *model, const char *encoder)
{
    ro_engine *engine = NULL;
    ro_error error = {0};
    const ro_engine_options options = {.model_path = model, .encoder_path = encoder, .heads = RO_ASKING_REQUIRED};
    if (ro_engine_open(&options, &engine, &error) != RO_STATUS_OK)
        fail_msg("%s", error.message);
    return engine;
}

static ro_worker *new_worker(const ro_engine *engine)
{
    ro_worker *worker = NULL;
    assert_int_equal(ro_worker_new(engine, &worker, NULL), RO_STATUS_OK);
    return worker;
}

/* ---- the model ------------------------------------------------------------------------------- */

static void add_head(ro_weights_writer *writer, const char *name, uint64_t rows, uint64_t columns)
{
    static float numbers[4 * MOST_WIDTH];
    uint32_t seed = (uint32_t)ro_text_hash(name, strlen(name), 2);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        seed = seed * 1664525u + 1013904223u;
        numbers[i] = (float)(seed >> 8) / (float)(1 << 24) - 0.5F;
    }
    assert_int_equal(ro_weights_writer_add(writer, name, RO_WEIGHT_TYPE_F32, columns > 0 ? 2 : 1,
                                           (const uint64_t[]){rows, columns}, numbers, NULL),
                     RO_STATUS_OK);
}

static void add_heads(ro_weights_writer *writer, uint64_t width)
{
    add_head(writer, "heads/tags/W", 3, width);
    add_head(writer, "heads/tags/b", 3, 0);
    add_head(writer, "heads/tags/transitions", 3, 3);
    add_head(writer, "heads/classes/W", 2, width);
    add_head(writer, "heads/classes/b", 2, 0);
    add_head(writer, "heads/classes/query", width, 0);
}

static uint32_t width_of_model(void)
{
    ro_engine *engine = open_engine(getenv("READOUT_MODEL"), NULL);
    ro_worker *worker = new_worker(engine);
    ro_document *document = new_document("x", NULL);
    assert_int_equal(ro_worker_encode(worker, &document, 1, NULL, NULL), RO_STATUS_OK);
    uint32_t width = document->vector_width;
    ro_document_free(document);
    ro_worker_free(worker);
    ro_engine_close(engine);
    assert_true(width > 0 && width <= MOST_WIDTH);
    return width;
}

static int make_model(void **state)
{
    (void)state;
    ro_weights *weights = NULL;
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    uint32_t width = width_of_model();
    assert_int_equal(ro_weights_open(getenv("READOUT_MODEL"), NULL, &weights, NULL), RO_STATUS_OK);
    for (size_t i = 0; i < ro_weights_count(weights); i++) {
        const ro_weight *at = ro_weights_at(weights, i);
        if (strncmp(at->name, "heads/", 6) == 0)
            continue; /* ours take their place */
        if (strcmp(at->name, "model.json") != 0) {
            assert_int_equal(ro_weights_writer_add(writer, at->name, at->type, at->rank, at->dims,
                                                   at->data, NULL),
                             RO_STATUS_OK);
            continue;
        }
        json_t *model = json_loadb(at->data, at->bytes, 0, NULL);
        json_object_set_new(model, "heads",
                            json_pack("{s:i, s:i, s:i, s:[{s:s, s:s, s:[s, s, s]},"
                                      "{s:s, s:s, s:[s, s]}]}",
                                      "width", (int)width, "window", 0, "overlap", 0, "heads",
                                      "name", "tags", "kind", "chain", "labels", "O", "B-a", "I-a",
                                      "name", "classes", "kind", "span", "labels", "yes", "no"));
        char *text = json_dumps(model, JSON_COMPACT);
        assert_non_null(text);
        const uint64_t length = strlen(text);
        assert_int_equal(
            ro_weights_writer_add(writer, at->name, RO_WEIGHT_TYPE_U8, 1, &length, text, NULL),
            RO_STATUS_OK);
        free(text);
        json_decref(model);
    }
    add_heads(writer, width);
    int file = mkstemp(model_path);
    assert_true(file >= 0 && close(file) == 0);
    assert_int_equal(ro_weights_writer_write(writer, model_path, NULL), RO_STATUS_OK);
    ro_weights_writer_free(writer);
    ro_weights_close(weights);
    return 0;
}

static int remove_model(void **state)
{
    (void)state;
    return unlink(model_path);
}

/* ---- vectors --------------------------------------------------------------------------------- */

static void assert_same_vectors(const ro_document *a, const ro_document *b)
{
    assert_non_null(a->vectors);
    assert_non_null(b->vectors);
    assert_int_equal(a->token_count, b->token_count);
    assert_int_equal(a->vector_width, b->vector_width);
    assert_memory_equal(a->vector_starts, b->vector_starts,
                        (a->token_count + 1) * sizeof *a->vector_starts);
    size_t rows = a->vector_starts[a->token_count];
    if (rows > 0)
        assert_memory_equal(a->vectors, b->vectors, rows * a->vector_width * sizeof(float));
}

/* A text of many blocks and windows of the encoders. */
static char *long_text(size_t times)
{
    static const char part[] = "Ministers of both countries met again in Oslo, on Monday. ";
    char *text = malloc(times * sizeof part);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * (sizeof part - 1), part, sizeof part);
    return text;
}

static void do_not_depend_on_the_batch(const char *model, const char *encoder, size_t times)
{
    ro_engine *engine = open_engine(model, encoder);
    char *longest = long_text(times);
    ro_document *alone[COUNT + 1], *together[COUNT + 1], *backwards[COUNT + 1];
    ro_status statuses[COUNT + 1];
    ro_worker *worker = new_worker(engine);
    for (size_t i = 0; i <= COUNT; i++) {
        const char *text = i < COUNT ? TEXTS[i] : longest;
        alone[i] = new_document(text, NULL);
        together[i] = new_document(text, NULL);
        backwards[COUNT - i] = new_document(text, NULL);
        assert_int_equal(ro_worker_encode(worker, &alone[i], 1, NULL, NULL), RO_STATUS_OK);
    }
    ro_worker_free(worker);
    worker = new_worker(engine);
    assert_int_equal(ro_worker_encode(worker, together, COUNT + 1, statuses, NULL), RO_STATUS_OK);
    assert_int_equal(ro_worker_encode(worker, backwards, COUNT + 1, statuses, NULL), RO_STATUS_OK);
    for (size_t i = 0; i <= COUNT; i++) {
        assert_int_equal(statuses[i], RO_STATUS_OK);
        assert_same_vectors(alone[i], together[i]);
        assert_same_vectors(alone[i], backwards[COUNT - i]);
    }
    for (size_t i = 0; i <= COUNT; i++) {
        ro_document_free(alone[i]);
        ro_document_free(together[i]);
        ro_document_free(backwards[i]);
    }
    free(longest);
    ro_worker_free(worker);
    ro_engine_close(engine);
}

static void fast_vectors_do_not_depend_on_the_batch(void **state)
{
    (void)state;
    do_not_depend_on_the_batch(getenv("READOUT_MODEL"), NULL, 1200); /* more than a group */
}

static void accurate_vectors_do_not_depend_on_the_batch(void **state)
{
    (void)state;
    char path[4096];
    snprintf(path, sizeof path, "%s/accurate.model", getenv("READOUT_MODELS"));
    if (access(path, R_OK) != 0)
        skip();
    do_not_depend_on_the_batch(getenv("READOUT_MODEL"), path, 100);
}

/* ---- answers --------------------------------------------------------------------------------- */

static ro_status append(void *context, const char *bytes, size_t count)
{
    char *text = context;
    size_t used = strlen(text);
    assert_true(used + count < 1 << 14);
    memcpy(text + used, bytes, count);
    text[used + count] = '\0';
    return RO_STATUS_OK;
}

static void write_answers(const ro_document *document, char text[1 << 14])
{
    const ro_write_options options = {.output = RO_OUTPUT_ANSWERS};
    text[0] = '\0';
    assert_int_equal(ro_document_write(document, &options, (ro_sink){append, text}, NULL),
                     RO_STATUS_OK);
}

static void answers_do_not_depend_on_the_batch(void **state)
{
    (void)state;
    ro_engine *engine = open_engine(model_path, NULL);
    ro_worker *worker = new_worker(engine);
    ro_document *together[COUNT];
    static char one[1 << 14], other[1 << 14];
    for (size_t i = 0; i < COUNT; i++)
        together[i] = new_document(TEXTS[i], NULL);
    assert_int_equal(ro_worker_answer(worker, together, COUNT, NULL, NULL), RO_STATUS_OK);
    for (size_t i = 0; i < COUNT; i++) {
        ro_document *alone = new_document(TEXTS[i], NULL);
        assert_int_equal(ro_worker_answer(worker, &alone, 1, NULL, NULL), RO_STATUS_OK);
        assert_int_equal(alone->answers.count, 2);
        assert_null(alone->vectors);
        assert_int_equal(alone->marks.count, alone->sentence_count);
        write_answers(alone, one);
        write_answers(together[i], other);
        assert_string_equal(one, other);
        /* asked again: the same, once */
        assert_int_equal(ro_worker_answer(worker, &alone, 1, NULL, NULL), RO_STATUS_OK);
        assert_int_equal(alone->answers.count, 2);
        write_answers(alone, one);
        assert_string_equal(one, other);
        json_t *json = json_loads(one, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(json);
        assert_true(json_is_array(json_object_get(json, "tags")));
        assert_int_equal(json_array_size(json_object_get(json, "marks")), alone->sentence_count);
        json_decref(json);
        ro_document_free(alone);
    }
    for (size_t i = 0; i < COUNT; i++)
        ro_document_free(together[i]);
    ro_worker_free(worker);
    ro_engine_close(engine);
}

/* White space has no vector; a span goes on over it, and none begins or ends with it. */
static void chains_pass_over_white_space(void **state)
{
    (void)state;
    static const char text[] =
        " \n They  met  in  Oslo.\n\nMinisters  of  both  countries\n\nmet  again  in  May.  They  "
        "agreed  to  go  on\n\nuntil  all  of  it  is  done. \n";
    ro_engine *engine = open_engine(model_path, NULL);
    ro_worker *worker = new_worker(engine);
    ro_document *document = new_document(text, NULL), *encoded = new_document(text, NULL);
    assert_int_equal(ro_worker_answer(worker, &document, 1, NULL, NULL), RO_STATUS_OK);
    assert_int_equal(ro_worker_encode(worker, &encoded, 1, NULL, NULL), RO_STATUS_OK);
    const ro_answer *answer = &document->answers.items[0];
    size_t inside = 0, between = 0;
    for (uint32_t t = 0; t < document->token_count; t++) {
        const bool is_space = document->tokens[t].is_space, last = t + 1 == document->token_count;
        assert_int_equal(encoded->vector_starts[t + 1] - encoded->vector_starts[t], !is_space);
        if (!is_space)
            continue;
        const char *next = last ? "O" : answer->labels[answer->tags[t + 1]];
        assert_string_equal(answer->labels[answer->tags[t]], next[0] == 'I' ? next : "O");
        inside += next[0] == 'I';
        between += next[0] != 'I';
    }
    assert_true(inside > 0 && between > 0);
    ro_document_free(document);
    ro_document_free(encoded);
    ro_worker_free(worker);
    ro_engine_close(engine);
}

/* Marks from the text's first byte to its last, none of a token, within one, of white space. */
static void marks_are_answered_each(void **state)
{
    (void)state;
    static const ro_span spans[] = {{0, 25}, {0, 0}, {2, 2}, {1, 2}, {4, 5}, {25, 25}, {3, 4}};
    static const bool asked[] = {true, false, false, true, true, false, false};
    ro_engine *engine = open_engine(model_path, NULL);
    ro_worker *worker = new_worker(engine);
    ro_document *document = new_document("The talks in Oslo failed.", NULL);
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        RO_LIST_ADD(document->arena, &document->marks)->span = spans[i];
    assert_int_equal(ro_worker_answer(worker, &document, 1, NULL, NULL), RO_STATUS_OK);
    assert_int_equal(document->marks.count, sizeof spans / sizeof *spans);
    const float *probabilities = document->answers.items[1].probabilities;
    assert_string_equal(document->answers.items[1].head, "classes");
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        float sum = probabilities[2 * i] + probabilities[2 * i + 1];
        assert_true(asked[i] ? sum > 0.999F && sum < 1.001F : sum == 0);
    }
    ro_document_free(document);
    ro_worker_free(worker);
    ro_engine_close(engine);
}

static void a_model_without_heads_is_refused_where_they_are_wanted(void **state)
{
    (void)state;
    ro_engine *engine = NULL;
    ro_error error = {0};
    char french[4096]; /* there is nothing trained for it */
    snprintf(french, sizeof french, "%s/fr.model", getenv("READOUT_MODELS"));
    ro_engine_options options = {.model_path = french, .heads = RO_ASKING_REQUIRED};
    assert_int_equal(ro_engine_open(&options, &engine, &error), RO_STATUS_UNSUPPORTED);
    assert_null(engine);
    assert_non_null(strstr(error.message, "the model has no heads: import it with --heads"));
    assert_string_equal(error.path, options.model_path);
    options.heads = RO_ASKING_NEVER;
    assert_int_equal(ro_engine_open(&options, &engine, &error), RO_STATUS_OK);
    ro_worker *worker = new_worker(engine);
    ro_document *document = new_document("x", NULL);
    assert_int_equal(ro_worker_answer(worker, &document, 1, NULL, &error), RO_STATUS_BAD_ARGUMENT);
    ro_document_free(document);
    ro_worker_free(worker);
    ro_engine_close(engine);
    options = (ro_engine_options){.model_path = model_path, .heads = RO_ASKING_REQUIRED};
    assert_int_equal(ro_engine_open(&options, &engine, &error), RO_STATUS_OK);
    ro_engine_close(engine);
}

/* One request fails, of the worker or of a document: some documents fail, and all can be asked once
 * more. */
static void memory_may_fail_at_any_request(void **state)
{
    (void)state;
    static char expected[1 << 14], found[1 << 14];
    failing_allocator failing = {0};
    const ro_allocator allocator = failing_allocator_of(&failing);
    const ro_engine_options options = {
        .model_path = model_path, .allocator = &allocator, .heads = RO_ASKING_REQUIRED};
    ro_engine *engine = NULL;
    assert_int_equal(ro_engine_open(&options, &engine, NULL), RO_STATUS_OK);
    ro_worker *worker = new_worker(engine);
    for (size_t fail_at = 0;; fail_at++) { /* 0: none, for what is expected */
        ro_document *documents[2] = {new_document(TEXTS[0], NULL), new_document(TEXTS[0], NULL)};
        ro_status statuses[2];
        ro_error error = {0};
        failing.requests = 0;
        failing.fail_at = fail_at;
        failing.failed = false;
        ro_status status = ro_worker_answer(worker, documents, 2, statuses, &error);
        bool failed = failing.failed;
        failing.fail_at = 0;
        for (int i = 0; i < 2; i++) {
            assert_true(statuses[i] == RO_STATUS_OK || statuses[i] == RO_STATUS_OUT_OF_MEMORY);
            if (statuses[i] != RO_STATUS_OK)
                assert_int_equal(ro_worker_answer(worker, &documents[i], 1, NULL, NULL),
                                 RO_STATUS_OK);
            assert_int_equal(documents[i]->answers.count, 2);
            write_answers(documents[i], found);
            if (fail_at == 0)
                strcpy(expected, found);
            assert_string_equal(found, expected);
            ro_document_free(documents[i]);
        }
        assert_true(failed || status == RO_STATUS_OK);
        assert_true(status == RO_STATUS_OK || error.status == RO_STATUS_OUT_OF_MEMORY);
        if (fail_at > 0 && !failed)
            break;
    }
    ro_worker_free(worker);
    ro_engine_close(engine);
    assert_int_equal(failing.held, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fast_vectors_do_not_depend_on_the_batch),
        cmocka_unit_test(accurate_vectors_do_not_depend_on_the_batch),
        cmocka_unit_test(answers_do_not_depend_on_the_batch),
        cmocka_unit_test(chains_pass_over_white_space),
        cmocka_unit_test(marks_are_answered_each),
        cmocka_unit_test(a_model_without_heads_is_refused_where_they_are_wanted),
        cmocka_unit_test(memory_may_fail_at_any_request),
    };
    return cmocka_run_group_tests(tests, make_model, remove_model);
}
