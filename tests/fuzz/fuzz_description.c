/* fuzz_description.c - any description (model.json) over a small set of weights is refused, or
 * opens a pipeline that reads a text. What the container of the weights may hold is
 * fuzz_weights.c's.
 *
 * The weights: an encoder of width 16 with two features and a layer, two heads of each kind on it,
 * empty tensors, and the tables of a tokenizer and a lemmatizer.
 */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include "base/alloc.h"
#include "base/file.h"
#include "base/text.h"
#include "fuzz.h"
#include "parse/pipeline.h"

#include <string.h>
#include <unistd.h>

static const char text[] =
    "Don't go to the U.N. talks (e.g. in Gen\xC3\xA8ve), 10km/h\xE2\x80\x94or "
    "see http://a.b/c-d?\n\n \"Walks\" went  on.\xC2\xA0ok gimme";

/* ---- weights --------------------------------------------------------------------------------- */

typedef struct tensor_shape {
    const char *name;
    uint32_t rank;
    uint64_t dims[RO_WEIGHT_RANK_MAX];
} tensor_shape;

enum { WIDTH = 16, PIECES = 2, MOST = 8 * WIDTH * PIECES * WIDTH };

static const tensor_shape shapes[] = {
    {"e/E", 2, {5, WIDTH}},
    {"e/mix/W", 3, {WIDTH, PIECES, 2 * WIDTH}},
    {"e/W", 3, {WIDTH, PIECES, 3 * WIDTH}},
    {"e/b", 2, {WIDTH, PIECES}},
    {"e/G", 1, {WIDTH}},
    {"t/W", 2, {3, WIDTH}},
    {"t/b", 1, {3}},
    {"s/W", 2, {2, WIDTH}},
    {"s/b", 1, {2}},
    {"l/W", 2, {WIDTH, WIDTH}},
    {"l/b", 1, {WIDTH}},
    {"p/W", 4, {8, WIDTH, PIECES, WIDTH}},
    {"p/pad", 3, {8, WIDTH, PIECES}},
    {"n/W", 4, {3, WIDTH, PIECES, WIDTH}},
    {"n/pad", 3, {3, WIDTH, PIECES}},
    {"u5/W", 2, {5, WIDTH}},
    {"u5/b", 1, {5}},
    {"u6/W", 2, {6, WIDTH}},
    {"u6/b", 1, {6}},
    {"none/b", 1, {0}},
    {"none/W", 2, {0, WIDTH}},
    {"none/wide", 4, {8, UINT64_C(1) << 40, 0, WIDTH}},
    {"none/pad", 3, {8, UINT64_C(1) << 40, 0}},
    {"none/flat", 2, {UINT64_C(1) << 40, 0}},
};

static void add(ro_weights_writer *writer, const char *name, ro_weight_type type, uint64_t count,
                const void *data)
{
    fuzz_require(ro_weights_writer_add(writer, name, type, 1, &count, data, NULL) == RO_STATUS_OK);
}

/* One table of one row. */
static void add_table(ro_weights_writer *writer, const char *keys, const char *offsets,
                      const char *values, const char *key, const char *value)
{
    const uint64_t id = ro_text_hash(key, strlen(key), 1);
    const uint32_t ends[] = {0, (uint32_t)strlen(value)};
    add(writer, keys, RO_WEIGHT_TYPE_U64, 1, &id);
    add(writer, offsets, RO_WEIGHT_TYPE_U32, 2, ends);
    add(writer, values, RO_WEIGHT_TYPE_U8, ends[1], value);
}

static void fill(ro_weights_writer *writer)
{
    static float numbers[MOST];
    uint32_t state = 1;
    for (size_t i = 0; i < MOST; i++) {
        state = state * 1664525u + 1013904223u;
        numbers[i] = (float)(state >> 8) / (float)(1 << 23) - 1.0F;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        fuzz_require(ro_weights_writer_add(writer, shapes[i].name, RO_WEIGHT_TYPE_F32,
                                           shapes[i].rank, shapes[i].dims, numbers,
                                           NULL) == RO_STATUS_OK);
    const uint64_t hash = ro_text_hash("X", 1, 1), number = 101;
    add(writer, "symbols/keys", RO_WEIGHT_TYPE_U64, 1, &hash);
    add(writer, "symbols/values", RO_WEIGHT_TYPE_U64, 1, &number);
    add_table(writer, "norms/keys", "norms/offsets", "norms/text", "'", "\"");
    add_table(writer, "lemmatizer/exc/verb/keys", "lemmatizer/exc/verb/offsets",
              "lemmatizer/exc/verb/text", "went", "go");
    add_table(writer, "lemmatizer/lookup/keys", "lemmatizer/lookup/offsets",
              "lemmatizer/lookup/text", "talks", "talk");
    const uint64_t walk = ro_text_hash("walk", 4, 1);
    add(writer, "lemmatizer/index/verb/keys", RO_WEIGHT_TYPE_U64, 1, &walk);
}

/* The bytes of a model file with these weights, made once. */
static ro_text model_bytes(void)
{
    static ro_file_map map;
    if (map.data == NULL) {
        char path[] = "/tmp/readout-fuzz-XXXXXX";
        const int file = mkstemp(path);
        fuzz_require(file >= 0 && close(file) == 0);
        ro_weights_writer *writer = ro_weights_writer_new(NULL);
        fuzz_require(writer != NULL);
        fill(writer);
        fuzz_require(ro_weights_writer_write(writer, path, NULL) == RO_STATUS_OK);
        ro_weights_writer_free(writer);
        fuzz_require(ro_file_map_open(path, &map, NULL) == RO_STATUS_OK && unlink(path) == 0);
    }
    return (ro_text){map.data, map.length};
}

/* ---- a document ------------------------------------------------------------------------------ */

static void check_document(const ro_document *document)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < document->token_count; i++) {
        const ro_token *token = &document->tokens[i];
        fuzz_require(token->start == at && token->end > token->start);
        fuzz_require((document->text[token->start] & 0xC0) != 0x80);
        at = token->end + token->space_after;
        fuzz_require(token->head < document->token_count && token->left <= i && token->right >= i);
        fuzz_require(token->right < document->token_count);
        fuzz_require(token->tag != NULL && token->lemma != NULL && token->deprel != NULL);
        const ro_sentence *sentence = &document->sentences[token->sentence];
        fuzz_require(token->sentence < document->sentence_count);
        fuzz_require(i >= sentence->first && i < sentence->end);
    }
    fuzz_require(at == document->length);
    for (uint32_t i = 0; i < document->names.count; i++) {
        const ro_name *name = &document->names.items[i];
        fuzz_require(name->first < name->end && name->end <= document->token_count);
    }
}

static void read_text(const ro_pipeline *pipeline, const char *bytes, size_t length)
{
    ro_document *document;
    ro_status status;
    fuzz_require(ro_document_new(RO_TEXT(""), (ro_text){bytes, length}, (ro_date){0}, NULL,
                                 &document, NULL) == RO_STATUS_OK);
    ro_pipeline_scratch *scratch = ro_pipeline_scratch_new(pipeline);
    fuzz_require(scratch != NULL);
    fuzz_require(ro_pipeline_run(scratch, &document, 1, NULL, &status) == RO_STATUS_OK);
    fuzz_require(status == RO_STATUS_OK);
    check_document(document);
    ro_pipeline_scratch_free(scratch);
    ro_document_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ro_text bytes = model_bytes();
    ro_weights *weights = NULL;
    ro_pipeline *pipeline = NULL;
    ro_error error = {0};
    fuzz_require(ro_weights_open_memory("fuzz", bytes.data, bytes.length, NULL, &weights, NULL) ==
                 RO_STATUS_OK);
    const ro_status status =
        ro_pipeline_open_weights(weights, (ro_text){(const char *)data, size},
                                 ro_kernels_find("plain"), ro_alloc_default(), &pipeline, &error);
    fuzz_require((status == RO_STATUS_OK) == (pipeline != NULL));
    if (status == RO_STATUS_OK)
        read_text(pipeline, text, sizeof text - 1);
    else
        fuzz_require(error.status == status && error.message[0] != '\0' && error.path[0] != '\0');
    ro_pipeline_close(pipeline);
    return 0;
}
