/* test_import_bert.c - import_bert.c, import_wordpiece.c and what they give model_show.c and
 * engine/pieces.c: what becomes of a small BERT-shaped package, and that a broken or unsupported one
 * is refused by name and leaves nothing behind. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */
#include "tiny_package.h"
#include "unit.h"

#include "base/text.h"
#include "nn/quantized.h"
#include "nn/weights.h"
#include "parse/wordpiece.h"
#include "readout.h"

#include <ftw.h>
#include <math.h>
#include <unistd.h>

enum { WIDTH = 32, LAYERS = 2, HEADS = 2, INNER = 48, POSITIONS = 3, PIECES = 6, TYPES = 2 };

#define CONFIG                                                                                     \
    "{\"architectures\":[\"BertModel\"],\"model_type\":\"bert\",\"hidden_act\":\"gelu\","          \
    "\"position_embedding_type\":\"absolute\",\"hidden_size\":32,\"num_hidden_layers\":2,"         \
    "\"num_attention_heads\":2,\"intermediate_size\":48,\"max_position_embeddings\":3,"            \
    "\"vocab_size\":6,\"type_vocab_size\":2,\"layer_norm_eps\":1e-12}"
#define TOKENIZER                                                                                  \
    "{\"added_tokens\":[{\"id\":2,\"content\":\"[CLS]\",\"special\":true}],"                       \
    "\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true,"                             \
    "\"handle_chinese_chars\":true,\"strip_accents\":null,\"lowercase\":true},"                    \
    "\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},"                                           \
    "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":["                             \
    "{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},"                                         \
    "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},"                                                 \
    "{\"SpecialToken\":{\"id\":\"[SEP]\",\"type_id\":0}}]},"                                       \
    "\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\"},"                                      \
    "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\","                                   \
    "\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,"                       \
    "\"vocab\":{\"##b\":5,\"[PAD]\":0,\"[UNK]\":1,\"[CLS]\":2,\"[SEP]\":3,\"a\":4}}}"
#define METADATA                                                                                   \
    "Metadata-Version: 2.4\nName: small-bert\nVersion: 0.3\nLicense: MIT\nSummary: A test.\n"      \
    "Author: Nobody\n\nLicense: not this one\n"
#define CARD "---\nlanguage: en\nlicense: apache-2.0\ntags:\n- small\n---\n# Small\nlicense: none\n"

static char folder[64], package_path[80], wheel_path[80], model_path[80];
static tiny_package package;

/* ---- weights of a package -------------------------------------------------------------------- */

typedef struct tensor {
    char name[96];
    uint64_t rows, columns; /* columns 0: a vector */
} tensor;

/* How a file of weights is other than it should be; zeroed, it is not. */
typedef struct fault {
    const char *name;   /* of the tensor */
    bool missing, flat; /* flat: of rank 1 */
    uint64_t more_rows;
    float value;        /* of its first number, unless 0 */
    const char *dtype;  /* of four bytes too */
    const char *prefix; /* of all names */
} fault;

static size_t list_tensors(tensor *all)
{
    static const struct {
        const char *name;
        uint64_t rows, columns;
    } OUTER[] = {{"embeddings.word_embeddings.weight", PIECES, WIDTH},
                 {"embeddings.position_embeddings.weight", POSITIONS, WIDTH},
                 {"embeddings.token_type_embeddings.weight", TYPES, WIDTH},
                 {"embeddings.LayerNorm.weight", WIDTH, 0},
                 {"embeddings.LayerNorm.bias", WIDTH, 0},
                 {"pooler.dense.bias", WIDTH, 0}},
      INSIDE[] = {{"attention.self.query.weight", WIDTH, WIDTH},
                  {"attention.self.query.bias", WIDTH, 0},
                  {"attention.self.key.weight", WIDTH, WIDTH},
                  {"attention.self.key.bias", WIDTH, 0},
                  {"attention.self.value.weight", WIDTH, WIDTH},
                  {"attention.self.value.bias", WIDTH, 0},
                  {"attention.output.dense.weight", WIDTH, WIDTH},
                  {"attention.output.dense.bias", WIDTH, 0},
                  {"attention.output.LayerNorm.weight", WIDTH, 0},
                  {"attention.output.LayerNorm.bias", WIDTH, 0},
                  {"intermediate.dense.weight", INNER, WIDTH},
                  {"intermediate.dense.bias", INNER, 0},
                  {"output.dense.weight", WIDTH, INNER},
                  {"output.dense.bias", WIDTH, 0},
                  {"output.LayerNorm.weight", WIDTH, 0},
                  {"output.LayerNorm.bias", WIDTH, 0}};
    size_t count = 0;
    for (size_t i = 0; i < TINY_COUNT(OUTER); i++, count++) {
        snprintf(all[count].name, sizeof all->name, "%s", OUTER[i].name);
        all[count].rows = OUTER[i].rows;
        all[count].columns = OUTER[i].columns;
    }
    for (int layer = 0; layer < LAYERS; layer++)
        for (size_t i = 0; i < TINY_COUNT(INSIDE); i++, count++) {
            snprintf(all[count].name, sizeof all->name, "encoder.layer.%d.%s", layer,
                     INSIDE[i].name);
            all[count].rows = INSIDE[i].rows;
            all[count].columns = INSIDE[i].columns;
        }
    return count;
}

/* The i-th number of the n-th tensor. */
static float number_of(size_t n, size_t i)
{
    return (float)((n * 37 + i * 11) % 101) / 8 - 6;
}

/* Puts model.safetensors together; the names of a faulty one have a prefix. */
static void put_weights(fault wrong)
{
    static char bytes[1 << 18];
    char header[16384] = "{\"__metadata__\":{\"format\":\"pt\"}";
    static float numbers[1 << 15];
    tensor all[64];
    size_t count = list_tensors(all), used = strlen(header), done = 0;
    for (size_t n = 0; n < count; n++) {
        bool is_wrong = wrong.name != NULL && strcmp(all[n].name, wrong.name) == 0;
        uint64_t rows = all[n].rows + (is_wrong ? wrong.more_rows : 0);
        uint64_t size = rows * (all[n].columns > 0 ? all[n].columns : 1);
        char shape[64];
        if (is_wrong && wrong.missing)
            continue;
        if (all[n].columns > 0 && !(is_wrong && wrong.flat))
            snprintf(shape, sizeof shape, "%d,%d", (int)rows, (int)all[n].columns);
        else
            snprintf(shape, sizeof shape, "%d", (int)size);
        used +=
            (size_t)snprintf(header + used, sizeof header - used,
                             ",\"%s%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}",
                             wrong.prefix != NULL ? wrong.prefix : "", all[n].name,
                             is_wrong && wrong.dtype != NULL ? wrong.dtype : "F32", shape,
                             (int)done * 4, (int)(done + size) * 4);
        for (size_t i = 0; i < size; i++)
            numbers[done + i] = number_of(n, i);
        if (is_wrong && !(wrong.value == 0))
            numbers[done] = wrong.value;
        done += size;
    }
    used += (size_t)snprintf(header + used, sizeof header - used, "}");
    assert_true(used < sizeof header && 8 + used + done * 4 <= sizeof bytes);
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(used >> 8 * i & 0xFF);
    memcpy(bytes + 8, header, used);
    memcpy(bytes + 8 + used, numbers, done * 4);
    tiny_put(&package, "model.safetensors", bytes, 8 + used + done * 4);
}

static void make_package(void)
{
    tiny_put_string(&package, "config.json", CONFIG);
    tiny_put_string(&package, "tokenizer.json", TOKENIZER);
    tiny_put_string(&package, "README.md", CARD);
    tiny_put_string(&package, "small-0.3.dist-info/METADATA", METADATA);
    put_weights((fault){0});
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/readout-test-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(package_path, sizeof package_path, "%s/package", folder);
    snprintf(wheel_path, sizeof wheel_path, "%s/tiny.whl", folder);
    snprintf(model_path, sizeof model_path, "%s/tiny.model", folder);
    make_package();
    return 0;
}

static int remove_one(const char *path, const struct stat *facts, int type, struct FTW *at)
{
    (void)facts, (void)type, (void)at;
    return remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    tiny_free(&package);
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Imports a folder or wheel; on failure there must be no model and an error that says so. No data
 * folder is needed. */
static ro_status import(const char *path, ro_precision precision, ro_error *error)
{
    *error = (ro_error){0};
    remove(model_path);
    const ro_import_options options = {.data_folder = "/tmp/no-such", .precision = precision};
    ro_status status = ro_model_import(path, model_path, &options, error);
    assert_int_equal(error->status, status);
    assert_int_equal(access(model_path, F_OK) == 0, status == RO_STATUS_OK);
    assert_true(status == RO_STATUS_OK || error->message[0] != '\0');
    return status;
}

static void assert_refused(ro_status expected, const char *file, const char *words)
{
    ro_error error;
    tiny_write_folder(&package, package_path);
    const ro_status status = import(package_path, RO_PRECISION_AUTO, &error);
    if (status != expected || strstr(error.message, file) == NULL ||
        strstr(error.message, words) == NULL)
        fail_msg("expected status %d with '%s' and '%s', found %d: %s", expected, file, words,
                 status, error.message);
}

/* ---- what it makes --------------------------------------------------------------------------- */

static ro_weights *open_model(ro_precision precision)
{
    ro_error error;
    ro_weights *weights = NULL;
    tiny_write_wheel(&package, wheel_path);
    assert_int_equal(import(wheel_path, precision, &error), RO_STATUS_OK);
    assert_int_equal(ro_weights_open(model_path, NULL, &weights, NULL), RO_STATUS_OK);
    return weights;
}

static const ro_weight *get(const ro_weights *weights, const char *name, ro_weight_type type,
                            uint32_t rank, uint64_t rows, uint64_t columns)
{
    const ro_weight *weight = NULL;
    ro_error error = {0};
    if (ro_weights_get(weights, name, type, rank, (const uint64_t[]){rows, columns}, &weight,
                       &error) != RO_STATUS_OK)
        fail_msg("%s", error.message);
    return weight;
}

static size_t index_of(const char *name)
{
    tensor all[64];
    size_t count = list_tensors(all), n = 0;
    while (n < count && strcmp(all[n].name, name) != 0)
        n++;
    assert_true(n < count);
    return n;
}

/* Rows of one of ours, from a row on, are those of one of theirs. */
static void assert_rows(const ro_weights *weights, const char *ours, size_t from,
                        const char *theirs, size_t rows, size_t columns, bool int8)
{
    char name[64];
    float expected[4096], scales[128];
    int8_t values[4096];
    size_t n = index_of(theirs);
    for (size_t i = 0; i < rows * columns; i++)
        expected[i] = number_of(n, i);
    const ro_weight *weight = ro_weights_find(weights, ours);
    assert_non_null(weight);
    if (!int8) {
        assert_int_equal(weight->type, RO_WEIGHT_TYPE_F32);
        assert_memory_equal((const float *)weight->data + from * columns, expected,
                            rows * columns * sizeof *expected);
        return;
    }
    ro_quantized_round(expected, rows, columns, values, scales);
    snprintf(name, sizeof name, "%.*s/S", (int)strlen(ours) - 2, ours);
    const ro_weight *scale = ro_weights_find(weights, name);
    assert_non_null(scale);
    assert_int_equal(weight->type, RO_WEIGHT_TYPE_I8);
    assert_memory_equal((const int8_t *)weight->data + from * columns, values, rows * columns);
    assert_memory_equal((const float *)scale->data + from, scales, rows * sizeof *scales);
}

static void check_weights(const ro_weights *weights, bool int8)
{
    ro_weight_type type = int8 ? RO_WEIGHT_TYPE_I8 : RO_WEIGHT_TYPE_F32;
    get(weights, "transformer/words/W", type, 2, PIECES, WIDTH);
    get(weights, "transformer/1/qkv/W", type, 2, 3 * WIDTH, WIDTH);
    get(weights, "transformer/1/inner/W", type, 2, INNER, WIDTH);
    get(weights, "transformer/1/outer/W", type, 2, WIDTH, INNER);
    get(weights, "transformer/1/qkv/b", RO_WEIGHT_TYPE_F32, 1, 3 * WIDTH, 0);
    assert_rows(weights, "transformer/words/W", 0, "embeddings.word_embeddings.weight", PIECES,
                WIDTH, int8);
    static const char *const PARTS[] = {"query", "key", "value"};
    for (size_t i = 0; i < 3; i++) {
        char name[64];
        snprintf(name, sizeof name, "encoder.layer.1.attention.self.%s.weight", PARTS[i]);
        assert_rows(weights, "transformer/1/qkv/W", i * WIDTH, name, WIDTH, WIDTH, int8);
        snprintf(name, sizeof name, "encoder.layer.0.attention.self.%s.bias", PARTS[i]);
        assert_rows(weights, "transformer/0/qkv/b", i * WIDTH, name, WIDTH, 1, false);
    }
    assert_rows(weights, "transformer/0/out/W", 0, "encoder.layer.0.attention.output.dense.weight",
                WIDTH, WIDTH, int8);
    assert_rows(weights, "transformer/1/inner/W", 0, "encoder.layer.1.intermediate.dense.weight",
                INNER, WIDTH, int8);
    assert_rows(weights, "transformer/1/outer/W", 0, "encoder.layer.1.output.dense.weight", WIDTH,
                INNER, int8);
    assert_rows(weights, "transformer/0/out_norm/G", 0,
                "encoder.layer.0.attention.output.LayerNorm.weight", WIDTH, 1, false);
    assert_rows(weights, "transformer/0/outer_norm/beta", 0,
                "encoder.layer.0.output.LayerNorm.bias", WIDTH, 1, false);
    assert_rows(weights, "transformer/norm/G", 0, "embeddings.LayerNorm.weight", WIDTH, 1, false);
    const float *positions =
        get(weights, "transformer/positions", RO_WEIGHT_TYPE_F32, 2, POSITIONS, WIDTH)->data;
    size_t from = index_of("embeddings.position_embeddings.weight");
    size_t added = index_of("embeddings.token_type_embeddings.weight");
    for (size_t i = 0; i < POSITIONS * WIDTH; i++)
        assert_true(positions[i] == number_of(from, i) + number_of(added, i % WIDTH));
}

static void test_writes_weights(void **state)
{
    (void)state;
    ro_weights *weights = open_model(RO_PRECISION_AUTO);
    check_weights(weights, true);
    assert_int_equal(ro_weights_count(weights), 3 + 2 + 3 + LAYERS * 16);
    ro_weights_close(weights);
    weights = open_model(RO_PRECISION_FLOAT32);
    check_weights(weights, false);
    assert_int_equal(ro_weights_count(weights), 3 + 1 + 3 + LAYERS * 12);
    ro_weights_close(weights);
    put_weights((fault){.prefix = "bert."});
    weights = open_model(RO_PRECISION_INT8);
    check_weights(weights, true);
    ro_weights_close(weights);
}

static void test_describes(void **state)
{
    (void)state;
    ro_weights *weights = open_model(RO_PRECISION_AUTO);
    const ro_weight *description = get(weights, "model.json", RO_WEIGHT_TYPE_U8, 1, 0, 0);
    json_t *found = json_loadb(description->data, description->bytes, 0, NULL);
    assert_non_null(found);
    json_t *package_found = json_object_get(found, "package");
    assert_int_equal(strlen(json_string_value(json_object_get(package_found, "sha256"))), 64);
    json_object_set_new(package_found, "sha256", json_null());
    json_t *expected = json_loads(
        "{\"readout_model\":1,\"language\":\"en\",\"package\":{\"name\":\"small-bert\","
        "\"version\":\"0.3\",\"license\":\"apache-2.0\",\"author\":\"Nobody\",\"url\":\"\","
        "\"description\":\"A test.\",\"spacy_version\":\"\",\"sha256\":null},"
        "\"transformer\":{\"architecture\":\"BertModel\",\"precision\":\"int8\",\"width\":32,"
        "\"layers\":2,\"heads\":2,\"inner\":48,\"positions\":3,\"epsilon\":1e-12},"
        "\"wordpiece\":{\"lowercase\":true,\"strip_accents\":true,\"split_chinese\":true,"
        "\"clean_text\":true,\"prefix\":\"##\",\"longest_word\":100,\"unknown\":1,\"start\":2,"
        "\"end\":3,\"padding\":0}}",
        0, NULL);
    assert_non_null(expected);
    assert_true(json_equal(found, expected));
    json_decref(found);
    json_decref(expected);
    ro_wordpiece *wordpiece = NULL;
    assert_int_equal(ro_wordpiece_open_model(weights, NULL, &wordpiece, NULL), RO_STATUS_OK);
    assert_int_equal(ro_wordpiece_count(wordpiece), PIECES);
    assert_true(ro_text_equal_string(ro_wordpiece_text(wordpiece, 5), "##b"));
    ro_wordpiece_close(wordpiece);
    ro_weights_close(weights);
}

/* A folder, and a folder around it as an installed package has, give the same but for the wheel's
 * own name and hash. */
static void test_folders(void **state)
{
    (void)state;
    ro_error error;
    char inner[100];
    snprintf(inner, sizeof inner, "%s/model", package_path);
    mkdir(package_path, 0700);
    tiny_write_folder(&package, inner);
    assert_int_equal(import(inner, RO_PRECISION_AUTO, &error), RO_STATUS_OK);
    assert_int_equal(import(package_path, RO_PRECISION_AUTO, &error), RO_STATUS_OK);
    tiny_put_string(&package, "README.md", "no card");
    tiny_write_folder(&package, inner);
    assert_int_equal(import(inner, RO_PRECISION_AUTO, &error), RO_STATUS_OK);
}

typedef struct gathered {
    char text[4096];
    size_t used;
} gathered;

static ro_status gather(void *context, const char *bytes, size_t count)
{
    gathered *to = context;
    assert_true(to->used + count < sizeof to->text);
    memcpy(to->text + to->used, bytes, count);
    to->used += count;
    to->text[to->used] = '\0';
    return RO_STATUS_OK;
}

static void test_shows_and_cuts(void **state)
{
    (void)state;
    gathered shown = {.used = 0}, cut = {.used = 0};
    ro_pieces *pieces = NULL;
    ro_document *document = NULL;
    ro_weights_close(open_model(RO_PRECISION_AUTO));
    assert_int_equal(ro_model_show(model_path, (ro_sink){gather, &shown}, NULL), RO_STATUS_OK);
    assert_non_null(strstr(shown.text, "small-bert 0.3"));
    assert_non_null(strstr(shown.text, "apache-2.0"));
    assert_non_null(strstr(shown.text, "BertModel, 2 layers of 32, 2 heads"));
    assert_non_null(strstr(shown.text, "int8"));
    assert_non_null(strstr(shown.text, "pieces            6, clean_text"));
    assert_int_equal(ro_pieces_open(model_path, NULL, &pieces, NULL), RO_STATUS_OK);
    assert_int_equal(ro_document_new(RO_TEXT("d"), RO_TEXT("date 2024-05-15 \u2014 \u00C1b x"),
                                     (ro_date){0}, NULL, &document, NULL),
                     RO_STATUS_OK);
    assert_int_equal(ro_pieces_write(pieces, document, (ro_sink){gather, &cut}, NULL),
                     RO_STATUS_OK);
    assert_string_equal(cut.text, "{\"id\":\"d\",\"ids\":[1,4,5,1],"
                                  "\"spans\":[[16,17],[18,19],[19,20],[21,22]]}\n");
    ro_document_free(document);
    ro_pieces_close(pieces);
    assert_int_equal(ro_pieces_open("/tmp/no-such", NULL, &pieces, NULL), RO_STATUS_NOT_FOUND);
}

/* ---- what it refuses --------------------------------------------------------------------------- */

/* Replaces a piece of a file's text. */
static void change(const char *file, const char *whole, const char *from, const char *to)
{
    char text[4096];
    const char *at = strstr(whole, from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - whole), whole, to, at + strlen(from));
    tiny_put_string(&package, file, text);
}

static void test_refuses_configurations(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        ro_status status;
        const char *words;
    } CASES[] = {
        {"[\"BertModel\"]", "[\"RobertaModel\"]", RO_STATUS_UNSUPPORTED, "'RobertaModel'"},
        {"[\"BertModel\"]", "null", RO_STATUS_UNSUPPORTED, "architecture"},
        {"\"bert\"", "\"roberta\"", RO_STATUS_UNSUPPORTED, "model_type 'roberta'"},
        {"\"gelu\"", "\"gelu_new\"", RO_STATUS_UNSUPPORTED, "hidden_act 'gelu_new'"},
        {"\"absolute\"", "\"relative_key\"", RO_STATUS_UNSUPPORTED, "'relative_key'"},
        {"\"num_attention_heads\":2", "\"num_attention_heads\":3", RO_STATUS_UNSUPPORTED,
         "3 heads"},
        {"\"hidden_size\":32", "\"hidden_size\":0", RO_STATUS_BAD_FORMAT, "hidden_size"},
        {"\"hidden_size\":32", "\"hidden_size\":\"4\"", RO_STATUS_BAD_FORMAT, "hidden_size"},
        {"\"num_hidden_layers\":2,", "", RO_STATUS_BAD_FORMAT, "num_hidden_layers"},
        {"\"num_hidden_layers\":2", "\"num_hidden_layers\":300", RO_STATUS_BAD_FORMAT,
         "num_hidden_layers"},
        {"1e-12", "0", RO_STATUS_BAD_FORMAT, "layer_norm_eps"},
        {"\"vocab_size\":6", "\"vocab_size\":6,\"is_decoder\":true", RO_STATUS_UNSUPPORTED,
         "is_decoder"},
        {"{\"arch", "\"arch", RO_STATUS_BAD_FORMAT, "JSON"},
    };
    for (size_t i = 0; i < TINY_COUNT(CASES); i++) {
        change("config.json", CONFIG, CASES[i].from, CASES[i].to);
        assert_refused(CASES[i].status, "config.json: ", CASES[i].words);
    }
}

static void test_refuses_tokenizers(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        ro_status status;
        const char *words;
    } CASES[] = {
        {"{\"type\":\"BertNormalizer\"", "{\"type\":\"NFC\"", RO_STATUS_UNSUPPORTED, "'NFC'"},
        {"{\"type\":\"BertPreTokenizer\"}", "null", RO_STATUS_UNSUPPORTED, "pre_tokenizer"},
        {"{\"type\":\"BertPreTokenizer\"", "{\"type\":\"Whitespace\"", RO_STATUS_UNSUPPORTED,
         "'Whitespace'"},
        {"\"decoder\":{\"type\":\"WordPiece\"", "\"decoder\":{\"type\":\"ByteLevel\"",
         RO_STATUS_UNSUPPORTED, "decoder 'ByteLevel'"},
        {"\"model\":{\"type\":\"WordPiece\"", "\"model\":{\"type\":\"BPE\"", RO_STATUS_UNSUPPORTED,
         "model 'BPE'"},
        {"\"TemplateProcessing\"", "\"RobertaProcessing\"", RO_STATUS_UNSUPPORTED,
         "'RobertaProcessing'"},
        {",{\"SpecialToken\":{\"id\":\"[SEP]\",\"type_id\":0}}]", "]", RO_STATUS_UNSUPPORTED,
         "post_processor"},
        {"\"continuing_subword_prefix\":\"##\"", "\"continuing_subword_prefix\":\"@@\"",
         RO_STATUS_UNSUPPORTED, "'@@'"},
        {"\"max_input_chars_per_word\":100", "\"max_input_chars_per_word\":1000",
         RO_STATUS_UNSUPPORTED, "max_input_chars_per_word"},
        {"\"special\":true", "\"special\":false", RO_STATUS_UNSUPPORTED, "added token '[CLS]'"},
        {"{\"id\":2,", "{\"id\":3,", RO_STATUS_BAD_FORMAT, "'[CLS]'"},
        {"\"clean_text\":true,", "", RO_STATUS_BAD_FORMAT, "clean_text"},
        {"\"a\":4", "\"a\":3", RO_STATUS_BAD_FORMAT, "each once"},
        {"\"a\":4", "\"a\":6", RO_STATUS_BAD_FORMAT, "each once"},
        {"\"a\":4", "\"a\":-1", RO_STATUS_BAD_FORMAT, "each once"},
        {"\"a\":4", "\"a\":\"4\"", RO_STATUS_BAD_FORMAT, "each once"},
        {",\"a\":4", "", RO_STATUS_BAD_FORMAT, "5 pieces"},
        {"\"a\":4", "\"a\":4,\"c\":6", RO_STATUS_BAD_FORMAT, "7 pieces"},
        {"\"[PAD]\":0", "\"pad\":0", RO_STATUS_BAD_FORMAT, "'[PAD]'"},
        {"\"unk_token\":\"[UNK]\"", "\"unk_token\":\"?\"", RO_STATUS_BAD_FORMAT, "'?'"},
        {"\"[SEP]\":3", "\"sep\":3", RO_STATUS_BAD_FORMAT, "'[SEP]'"},
    };
    for (size_t i = 0; i < TINY_COUNT(CASES); i++) {
        change("tokenizer.json", TOKENIZER, CASES[i].from, CASES[i].to);
        assert_refused(CASES[i].status, "tokenizer.json: ", CASES[i].words);
    }
    change("tokenizer.json", TOKENIZER, "{\"type\":\"WordPiece\",\"prefix\":\"##\"}", "null");
    ro_weights_close(open_model(RO_PRECISION_AUTO)); /* nothing is decoded here */
}

static void test_refuses_weights(void **state)
{
    (void)state;
    static const struct {
        fault wrong;
        ro_status status;
        const char *words;
    } CASES[] = {
        {{.name = "embeddings.LayerNorm.bias", .missing = true}, RO_STATUS_BAD_FORMAT, "missing"},
        {{.name = "embeddings.word_embeddings.weight", .more_rows = 1},
         RO_STATUS_BAD_FORMAT,
         "another shape than config.json says: 6 x 32"},
        {{.name = "encoder.layer.1.output.dense.weight", .flat = true},
         RO_STATUS_BAD_FORMAT,
         "another shape"},
        {{.name = "encoder.layer.1.output.dense.bias", .more_rows = 2},
         RO_STATUS_BAD_FORMAT,
         "says: 32"},
        {{.name = "encoder.layer.0.attention.self.key.weight", .value = NAN},
         RO_STATUS_BAD_FORMAT,
         "no number"},
        {{.name = "embeddings.token_type_embeddings.weight", .value = INFINITY},
         RO_STATUS_BAD_FORMAT,
         "infinity"},
        {{.name = "encoder.layer.0.output.LayerNorm.weight", .value = -INFINITY},
         RO_STATUS_BAD_FORMAT,
         "infinity"},
        {{.name = "encoder.layer.0.output.LayerNorm.weight", .dtype = "U32"},
         RO_STATUS_UNSUPPORTED,
         "type U32"},
    };
    for (size_t i = 0; i < TINY_COUNT(CASES); i++) {
        put_weights(CASES[i].wrong);
        assert_refused(CASES[i].status, CASES[i].wrong.name, CASES[i].words);
        assert_refused(CASES[i].status, "model.safetensors: tensor ", CASES[i].words);
    }
}

/* Every file but those that only describe the package, cut at a number of places, is noticed. */
static void test_refuses_cut_and_missing_files(void **state)
{
    (void)state;
    ro_error error;
    tiny_write_folder(&package, package_path);
    for (size_t i = 0; i < package.count; i++) {
        const tiny_file *file = &package.files[i];
        char path[160];
        if (strstr(file->name, "json") == NULL && strstr(file->name, "safetensors") == NULL)
            continue;
        snprintf(path, sizeof path, "%s/%s", package_path, file->name);
        for (size_t length = 0; length < file->length; length += 1 + length / 3) {
            tiny_write_file(path, file->bytes, length);
            assert_int_equal(import(package_path, RO_PRECISION_AUTO, &error), RO_STATUS_BAD_FORMAT);
        }
        remove(path);
        assert_int_equal(import(package_path, RO_PRECISION_AUTO, &error), RO_STATUS_BAD_FORMAT);
        tiny_write_file(path, file->bytes, file->length);
    }
    assert_int_equal(import(package_path, RO_PRECISION_AUTO, &error), RO_STATUS_OK);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_writes_weights),
        CASE(test_describes),
        CASE(test_folders),
        CASE(test_shows_and_cuts),
        CASE(test_refuses_configurations),
        CASE(test_refuses_tokenizers),
        CASE(test_refuses_weights),
        CASE(test_refuses_cut_and_missing_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
