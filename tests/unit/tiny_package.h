/* tiny_package.h - a spaCy package of a few hundred numbers, made in memory, so that what an import
 * makes of it can be stated whole and broken in every way. As a folder or as a wheel.
 */
#ifndef RO_TEST_TINY_PACKAGE_H
#define RO_TEST_TINY_PACKAGE_H
#include "unit.h"

#include <archive.h>
#include <archive_entry.h>
#include <jansson.h>
#include <msgpack.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TINY_FILES 24

typedef struct tiny_file {
    const char *name;
    char *bytes;
    size_t length;
} tiny_file;

typedef struct tiny_package {
    tiny_file files[TINY_FILES];
    size_t count;
} tiny_package;

/* A layer of a network: an attribute, and parameters with their shapes (0 ends one). */
typedef struct tiny_layer {
    const char *name;
    const char *attribute;
    uint64_t value; /* of the attribute "seed", "window_size"; of "columns" the names are fixed */
    struct {
        const char *name;
        uint64_t shape[5];
    } parameters[3];
} tiny_layer;

static const char TINY_CONFIG[] =
    "[nlp]\n"
    "lang = \"en\"\n"
    "pipeline = [\"tok2vec\",\"tagger\",\"parser\",\n"
    "    \"attribute_ruler\",\"lemmatizer\",\"gone\"]\n"
    "disabled = [\"gone\"]\n"
    "tokenizer = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}\n"
    "# a comment\n"
    "[components]\n\n"
    "[components.gone]\nfactory = \"transformer\"\n"
    "[components.tok2vec]\nfactory = \"tok2vec\"\n"
    "[components.tok2vec.model]\n@architectures = \"spacy.Tok2Vec.v2\"\n"
    "[components.tok2vec.model.embed]\n@architectures = \"spacy.MultiHashEmbed.v2\"\n"
    "include_static_vectors = false\nwidth = ${components.tok2vec.model.encode:width}\n"
    "[components.tok2vec.model.encode]\n@architectures = \"spacy.MaxoutWindowEncoder.v2\"\n"
    "[components.tagger]\nfactory = \"tagger\"\n"
    "[components.tagger.model]\n@architectures = \"spacy.Tagger.v2\"\n"
    "[components.tagger.model.tok2vec]\n@architectures = \"spacy.Tok2VecListener.v1\"\n"
    "upstream = \"tok2vec\"\n"
    "[components.parser]\nfactory = \"parser\"\n"
    "[components.parser.model]\n@architectures = \"spacy.TransitionBasedParser.v2\"\n"
    "state_type = \"parser\"\nextra_state_tokens = false\nuse_upper = true\n"
    "[components.parser.model.tok2vec]\n@architectures = \"spacy.Tok2VecListener.v1\"\n"
    "upstream = \"*\"\n"
    "[components.attribute_ruler]\nfactory = \"attribute_ruler\"\n"
    "[components.lemmatizer]\nfactory = \"lemmatizer\"\nmode = \"rule\"\noverwrite = false\n";

#define TINY_EMBED "ints-getitem>>hashembed"
#define TINY_MAXOUT "maxout>>layernorm>>dropout"
#define TINY_START                                                                                 \
    "extract_features>>list2ragged>>with_array(" TINY_EMBED "|" TINY_EMBED                         \
    ")>>with_array(" TINY_MAXOUT ")>>ragged2list"
#define TINY_WINDOW "expand_window>>" TINY_MAXOUT

/* Width 4, two tables, one window layer of three pieces: breadth first, as thinc writes it. */
static const tiny_layer TINY_TOK2VEC[] = {
    {.name = TINY_START ">>with_array(residual(" TINY_WINDOW "))"},
    {.name = TINY_START},
    {.name = "with_array(residual(" TINY_WINDOW "))"},
    {.name = "extract_features", .attribute = "columns"},
    {.name = "list2ragged"},
    {.name = "with_array(" TINY_EMBED "|" TINY_EMBED ")"},
    {.name = "with_array(" TINY_MAXOUT ")"},
    {.name = "ragged2list"},
    {.name = "residual(" TINY_WINDOW ")"},
    {.name = TINY_EMBED "|" TINY_EMBED},
    {.name = TINY_MAXOUT},
    {.name = TINY_WINDOW},
    {.name = TINY_EMBED},
    {.name = TINY_EMBED},
    {.name = "maxout>>layernorm"},
    {.name = "dropout"},
    {.name = "expand_window", .attribute = "window_size", .value = 1},
    {.name = TINY_MAXOUT},
    {.name = "ints-getitem"},
    {.name = "hashembed", .attribute = "seed", .value = 8, .parameters = {{"E", {10, 4}}}},
    {.name = "ints-getitem"},
    {.name = "hashembed", .attribute = "seed", .value = 9, .parameters = {{"E", {7, 4}}}},
    {.name = "maxout", .parameters = {{"W", {4, 3, 8}}, {"b", {4, 3}}}},
    {.name = "layernorm", .parameters = {{"G", {4}}, {"b", {4}}}},
    {.name = "maxout>>layernorm"},
    {.name = "dropout"},
    {.name = "maxout", .parameters = {{"W", {4, 3, 12}}, {"b", {4, 3}}}},
    {.name = "layernorm", .parameters = {{"G", {4}}, {"b", {4}}}},
};

static const tiny_layer TINY_TAGGER[] = {
    {.name = "tok2vec-listener>>with_array(softmax)"},
    {.name = "tok2vec-listener"},
    {.name = "with_array(softmax)"},
    {.name = "softmax", .parameters = {{"W", {3, 4}}, {"b", {3}}}},
};

static const tiny_layer TINY_PARSER[] = {
    {.name = "parser_model"},
    {.name = "tok2vec-listener>>list2array>>linear"},
    {.name = "precomputable_affine",
     .parameters = {{"W", {8, 2, 2, 3}}, {"b", {2, 2}}, {"pad", {1, 8, 2, 2}}}},
    {.name = "linear", .parameters = {{"W", {9, 2}}, {"b", {9}}}},
    {.name = "tok2vec-listener"},
    {.name = "list2array"},
    {.name = "linear", .parameters = {{"W", {3, 4}}, {"b", {3}}}},
};

#define TINY_COUNT(list) (sizeof(list) / sizeof *(list))

/* ---- files -------------------------------------------------------------------------------------
 */

/* Sets a file, or replaces it. */
static void tiny_put(tiny_package *package, const char *name, const void *bytes, size_t length)
{
    size_t i = 0;
    while (i < package->count && strcmp(package->files[i].name, name) != 0)
        i++;
    assert_true(i < TINY_FILES);
    if (i == package->count)
        package->count++;
    else
        free(package->files[i].bytes);
    tiny_file *file = &package->files[i];
    *file = (tiny_file){name, malloc(length + 1), length};
    assert_non_null(file->bytes);
    if (length > 0)
        memcpy(file->bytes, bytes, length);
}

static void tiny_put_string(tiny_package *package, const char *name, const char *string)
{
    tiny_put(package, name, string, strlen(string));
}

static void tiny_free(tiny_package *package)
{
    for (size_t i = 0; i < package->count; i++)
        free(package->files[i].bytes);
    package->count = 0;
}

/* ---- msgpack -----------------------------------------------------------------------------------
 */

static void tiny_string(msgpack_packer *packer, const char *string)
{
    msgpack_pack_str(packer, strlen(string));
    msgpack_pack_str_body(packer, string, strlen(string));
}

static void tiny_bytes(msgpack_packer *packer, const void *bytes, size_t length)
{
    msgpack_pack_bin(packer, length);
    msgpack_pack_bin_body(packer, bytes, length);
}

/* An attribute of a layer: msgpack inside bytes. */
static void tiny_attribute(msgpack_packer *outer, const tiny_layer *layer, uint64_t column)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    bool is_table = strcmp(layer->name, "hashembed") == 0;
    msgpack_pack_map(outer, (layer->attribute != NULL ? 1u : 0u) + (is_table ? 1u : 0u));
    if (layer->attribute != NULL) {
        if (strcmp(layer->attribute, "columns") == 0) {
            msgpack_pack_array(&packer, 2);
            tiny_string(&packer, "NORM");
            msgpack_pack_uint64(&packer, 68); /* the symbol SHAPE */
        } else {
            msgpack_pack_uint64(&packer, layer->value);
        }
        tiny_string(outer, layer->attribute);
        tiny_bytes(outer, buffer.data, buffer.size);
    }
    if (is_table) {
        buffer.size = 0;
        msgpack_pack_uint64(&packer, column);
        tiny_string(outer, "column");
        tiny_bytes(outer, buffer.data, buffer.size);
    }
    msgpack_sbuffer_destroy(&buffer);
}

/* A parameter, as msgpack-numpy writes it: the numbers first, first + 1, ... halved. */
static void tiny_parameter(msgpack_packer *packer, const uint64_t *shape, float first)
{
    uint32_t rank = 0;
    size_t count = 1;
    while (rank < 4 && shape[rank] != 0)
        count *= shape[rank++];
    float *numbers = malloc(count * sizeof *numbers);
    assert_non_null(numbers);
    for (size_t i = 0; i < count; i++)
        numbers[i] = (first + (float)i) / 2;
    msgpack_pack_map(packer, 4);
    tiny_bytes(packer, "nd", 2);
    msgpack_pack_true(packer);
    tiny_bytes(packer, "type", 4);
    tiny_string(packer, "<f4");
    tiny_bytes(packer, "shape", 5);
    msgpack_pack_array(packer, rank);
    for (uint32_t i = 0; i < rank; i++)
        msgpack_pack_uint64(packer, shape[i]);
    tiny_bytes(packer, "data", 4);
    tiny_bytes(packer, numbers, count * sizeof *numbers);
    free(numbers);
}

static void tiny_put_network(tiny_package *package, const char *name, const tiny_layer *layers,
                             size_t count)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    msgpack_pack_map(&packer, 4);
    tiny_string(&packer, "nodes");
    msgpack_pack_array(&packer, count);
    for (size_t i = 0; i < count; i++) {
        msgpack_pack_map(&packer, 2);
        tiny_string(&packer, "index");
        msgpack_pack_uint64(&packer, i);
        tiny_string(&packer, "name");
        tiny_string(&packer, layers[i].name);
    }
    tiny_string(&packer, "attrs");
    msgpack_pack_array(&packer, count);
    uint64_t column = 0;
    for (size_t i = 0; i < count; i++) {
        tiny_attribute(&packer, &layers[i], column);
        column += strcmp(layers[i].name, "hashembed") == 0;
    }
    tiny_string(&packer, "params");
    msgpack_pack_array(&packer, count);
    for (size_t i = 0; i < count; i++) {
        size_t given = 0;
        while (given < 3 && layers[i].parameters[given].name != NULL)
            given++;
        msgpack_pack_map(&packer, given);
        for (size_t j = 0; j < given; j++) {
            tiny_string(&packer, layers[i].parameters[j].name);
            tiny_parameter(&packer, layers[i].parameters[j].shape, (float)(100 * i + 10 * j));
        }
    }
    tiny_string(&packer, "shims");
    msgpack_pack_array(&packer, 0);
    tiny_put(package, name, buffer.data, buffer.size);
    msgpack_sbuffer_destroy(&buffer);
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

/* Packs JSON as msgpack; a key "#9" becomes the number 9. */
static void tiny_pack_json(msgpack_packer *packer, const json_t *json)
{
    const char *key;
    json_t *value;
    size_t i;
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        msgpack_pack_map(packer, json_object_size(json));
        json_object_foreach((json_t *)(uintptr_t)json, key, value)
        {
            if (key[0] == '#')
                msgpack_pack_uint64(packer, strtoull(key + 1, NULL, 10));
            else
                tiny_string(packer, key);
            tiny_pack_json(packer, value);
        }
        break;
    case JSON_ARRAY:
        msgpack_pack_array(packer, json_array_size(json));
        json_array_foreach(json, i, value) tiny_pack_json(packer, value);
        break;
    case JSON_STRING:
        tiny_string(packer, json_string_value(json));
        break;
    case JSON_INTEGER:
        msgpack_pack_int64(packer, json_integer_value(json));
        break;
    case JSON_TRUE:
        msgpack_pack_true(packer);
        break;
    case JSON_FALSE:
        msgpack_pack_false(packer);
        break;
    default:
        msgpack_pack_nil(packer);
        break;
    }
}

static void tiny_put_pack(tiny_package *package, const char *name, const char *text)
{
    json_t *json = json_loads(text, 0, NULL);
    assert_non_null(json);
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    tiny_pack_json(&packer, json);
    tiny_put(package, name, buffer.data, buffer.size);
    msgpack_sbuffer_destroy(&buffer);
    json_decref(json);
}

#define TINY_NOUN "#16833663260455505849" /* the ids of "noun" (a hash) and "punct" (a symbol) */
#define TINY_PUNCT "#445"

static inline void tiny_make(tiny_package *package)
{
    package->count = 0;
    tiny_put_string(package, "config.cfg", TINY_CONFIG);
    tiny_put_string(package, "meta.json",
                    "{\"lang\":\"en\",\"name\":\"tiny\",\"version\":\"1.0\",\"license\":\"CC0\"}");
    tiny_put_network(package, "tok2vec/model", TINY_TOK2VEC, TINY_COUNT(TINY_TOK2VEC));
    tiny_put_network(package, "tagger/model", TINY_TAGGER, TINY_COUNT(TINY_TAGGER));
    tiny_put_string(package, "tagger/cfg",
                    "{\"labels\":[\"NN\",\"VB\",\"_SP\"],\"overwrite\":true}");
    tiny_put_network(package, "parser/model", TINY_PARSER, TINY_COUNT(TINY_PARSER));
    tiny_put_string(package, "parser/cfg", "{\"beam_width\":1,\"learn_tokens\":false}");
    tiny_put_pack(
        package, "parser/moves",
        "{\"moves\":\"{\\\"0\\\":{\\\"\\\":5},\\\"1\\\":{\\\"\\\":4},\\\"2\\\":{\\\"aux\\\":3,"
        "\\\"nsubj\\\":3,\\\"late\\\":-2,\\\"det\\\":9},\\\"3\\\":{\\\"late\\\":-1,"
        "\\\"obj\\\":2},\\\"4\\\":{\\\"ROOT\\\":1}}\"}");
    tiny_put_pack(
        package, "tokenizer",
        "{\"prefix_search\":\"^\\\\u00a7|^\\\\s\\\\(\",\"suffix_search\":null,"
        "\"infix_finditer\":\"[b-ea]\",\"token_match\":null,\"url_match\":\"(?u)^\\\\w+$\","
        "\"exceptions\":{\"don't\":[{\"#65\":\"do\"},{\"#65\":\"n't\",\"#67\":\"not\"}],"
        "\"a.m.\":[{\"#65\":\"a.m.\"}]},\"faster_heuristics\":false}");
    tiny_put_pack(package, "vocab/lookups.bin",
                  "{\"lexeme_norm\":{\"#9\":\"nine\",\"#5\":\"five\"}}");
    tiny_put_pack(package, "attribute_ruler/patterns",
                  "[{\"patterns\":[[{\"lower\":{\"REGEX\":\"^\\\\w?$\"}},"
                  "{\"TAG\":{\"NOT_IN\":[\"NN\"]},\"IS_SPACE\":false}]],\"attrs\":"
                  "{\"MORPH\":\"Number=Sing|Case=B,A\",\"LEMMA\":\"we\"},\"index\":-1}]");
    /* #1 is no part of speech: the lemmatizer would never ask for it */
    tiny_put_pack(package, "lemmatizer/lookups/lookups.bin",
                  "{\"lemma_rules\":{\"" TINY_NOUN "\":[[\"s\",\"\"]],\"" TINY_PUNCT "\":[]},"
                  "\"lemma_exc\":{\"" TINY_NOUN
                  "\":{\"mice\":[\"mouse\",\"mice\"],\"oxe\":[\"ox\"]}},"
                  "\"lemma_index\":{\"" TINY_NOUN "\":[\"b\",\"a\",\"b\"],\"#1\":[\"z\"]}}");
}

static void tiny_write_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Writes the package as a folder; the folders that it needs are made. */
static void tiny_write_folder(const tiny_package *package, const char *folder)
{
    mkdir(folder, 0700);
    for (size_t i = 0; i < package->count; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, package->files[i].name);
        for (char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/')) != NULL;
             slash++) {
            *slash = '\0';
            mkdir(path, 0700);
            *slash = '/';
        }
        tiny_write_file(path, package->files[i].bytes, package->files[i].length);
    }
}

/* Writes the package as a wheel: <en_tiny>/<en_tiny-1.0>/... */
static void tiny_write_wheel(const tiny_package *package, const char *path)
{
    struct archive *archive = archive_write_new();
    assert_non_null(archive);
    assert_int_equal(archive_write_set_format_zip(archive), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
    for (size_t i = 0; i < package->count; i++) {
        char name[256];
        struct archive_entry *entry = archive_entry_new();
        snprintf(name, sizeof name, "en_tiny/en_tiny-1.0/%s", package->files[i].name);
        archive_entry_set_pathname(entry, name);
        archive_entry_set_size(entry, (la_int64_t)package->files[i].length);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        assert_int_equal(
            archive_write_data(archive, package->files[i].bytes, package->files[i].length),
            package->files[i].length);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_free(archive), ARCHIVE_OK);
}
#endif
