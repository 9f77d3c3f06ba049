/* import_tokenizer.c - reads the tokenizer: its regular expressions, translated from Python's by
 * python_regex.c, and its exceptions (strings that are always cut into the same tokens).
 *
 * Source: spaCy's tokenizer.pyx (to_bytes, _validate_special_case). Keys of an exception's tokens
 * are the numbers of ORTH and NORM in spacy.attrs.
 */
#include "base/text.h"
#include "parse/config.h"
#include "parse/import.h"
#include "parse/pack.h"
#include "parse/python_regex.h"

#include <stdlib.h>

#define FILE_NAME "tokenizer"
#define ORTH 65
#define NORM 67

typedef struct exception {
    ro_text text;
    const msgpack_object *tokens;
} exception;

static int by_text(const void *a, const void *b)
{
    const ro_text left = ((const exception *)a)->text, right = ((const exception *)b)->text;
    size_t shorter = left.length < right.length ? left.length : right.length;
    int order = shorter > 0 ? memcmp(left.data, right.data, shorter) : 0;
    return order != 0 ? order : (left.length > right.length) - (left.length < right.length);
}

static ro_status read_pattern(ro_import *import, const msgpack_object *file, const char *key,
                              const char *name, json_t *tokenizer)
{
    const msgpack_object *value = ro_pack_get(file, key);
    ro_text pattern;
    json_t *json = NULL;
    if (value == NULL || value->type == MSGPACK_OBJECT_NIL) {
        json = json_null();
    } else if (ro_pack_text(value, &pattern)) {
        ro_status status =
            ro_python_regex_translate(import->arena, pattern, key, &pattern, import->error);
        if (status != RO_STATUS_OK)
            return status;
        json = json_stringn(pattern.data, pattern.length);
    } else {
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME, "%s is no string", key);
    }
    return json_object_set_new(tokenizer, name, json) == 0 ? RO_STATUS_OK
                                                           : ro_import_no_memory(import);
}

static ro_status bad_exception(const ro_import *import, ro_text text)
{
    return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME,
                          "the tokens of exception '%.*s' are not its parts",
                          text.length > 60 ? 60 : (int)text.length, text.data);
}

/* The tokens [{65: orth, 67: norm}] of an exception; together they must be its text. */
static ro_status read_tokens(ro_import *import, const exception *read, json_t *tokens)
{
    msgpack_object_array list;
    msgpack_object_map map;
    size_t at = 0;
    if (!ro_pack_array(read->tokens, &list) || list.size == 0)
        return bad_exception(import, read->text);
    for (uint32_t i = 0; i < list.size; i++) {
        ro_text orth = {NULL, 0}, norm = {NULL, 0}, value;
        if (!ro_pack_map(&list.ptr[i], &map))
            return bad_exception(import, read->text);
        for (uint32_t j = 0; j < map.size; j++) {
            uint64_t attribute = 0;
            if (!ro_pack_natural(&map.ptr[j].key, &attribute) ||
                !ro_pack_text(&map.ptr[j].val, &value) || (attribute != ORTH && attribute != NORM))
                return bad_exception(import, read->text);
            *(attribute == ORTH ? &orth : &norm) = value;
        }
        if (orth.length == 0 || orth.length > read->text.length - at ||
            memcmp(read->text.data + at, orth.data, orth.length) != 0)
            return bad_exception(import, read->text);
        at += orth.length;
        json_t *token = json_pack("{s:s%}", "orth", orth.data, orth.length);
        if (json_array_append_new(tokens, token) != 0 ||
            (norm.data != NULL &&
             json_object_set_new(token, "norm", json_stringn(norm.data, norm.length)) != 0))
            return ro_import_no_memory(import);
    }
    return at == read->text.length ? RO_STATUS_OK : bad_exception(import, read->text);
}

static ro_status read_exceptions(ro_import *import, const msgpack_object *file, json_t *tokenizer)
{
    msgpack_object_map map;
    json_t *exceptions = json_array();
    if (json_object_set_new(tokenizer, "exceptions", exceptions) != 0)
        return ro_import_no_memory(import);
    if (!ro_pack_map(ro_pack_get(file, "exceptions"), &map))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME, "exceptions are no map");
    exception *sorted = ro_arena_alloc(import->arena, map.size, sizeof *sorted);
    if (sorted == NULL)
        return ro_import_no_memory(import);
    for (uint32_t i = 0; i < map.size; i++) {
        if (!ro_pack_text(&map.ptr[i].key, &sorted[i].text))
            return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME,
                                  "an exception is no string");
        sorted[i].tokens = &map.ptr[i].val;
    }
    qsort(sorted, map.size, sizeof *sorted, by_text);
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = 0; status == RO_STATUS_OK && i < map.size; i++) {
        json_t *tokens = json_array();
        json_t *entry = json_pack("{s:s%, s:o}", "text", sorted[i].text.data, sorted[i].text.length,
                                  "tokens", tokens);
        status = json_array_append_new(exceptions, entry) == 0
                     ? read_tokens(import, &sorted[i], tokens)
                     : ro_import_no_memory(import);
    }
    return status;
}

static ro_status read_file(ro_import *import, const msgpack_object *file, json_t *tokenizer)
{
    static const char *const PATTERNS[][2] = {{"prefix_search", "prefix"},
                                              {"suffix_search", "suffix"},
                                              {"infix_finditer", "infix"},
                                              {"token_match", "token_match"},
                                              {"url_match", "url_match"}};
    ro_status status = RO_STATUS_OK;
    for (size_t i = 0; status == RO_STATUS_OK && i < sizeof PATTERNS / sizeof *PATTERNS; i++)
        status = read_pattern(import, file, PATTERNS[i][0], PATTERNS[i][1], tokenizer);
    bool heuristics = true;
    ro_pack_truth(ro_pack_get(file, "faster_heuristics"), &heuristics);
    if (status == RO_STATUS_OK &&
        json_object_set_new(tokenizer, "faster_heuristics", json_boolean(heuristics)) != 0)
        status = ro_import_no_memory(import);
    return status == RO_STATUS_OK ? read_exceptions(import, file, tokenizer) : status;
}

ro_status ro_import_tokenizer_read(ro_import *import, json_t **tokenizer)
{
    const json_t *settings = ro_config_get(import->config, "nlp.tokenizer");
    const char *type = json_string_value(json_object_get(settings, "@tokenizers"));
    if (type == NULL || strcmp(type, "spacy.Tokenizer.v1") != 0)
        return ro_import_fail(import, RO_STATUS_UNSUPPORTED, FILE_NAME, "'%s' is not supported",
                              type != NULL ? type : "none");
    ro_text bytes;
    ro_status status = ro_package_read(import->package, FILE_NAME, &bytes, import->error);
    if (status != RO_STATUS_OK)
        return status;
    ro_pack pack;
    if (!ro_pack_open(bytes, &pack))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME, "is no msgpack");
    json_t *read = json_object();
    status = read != NULL ? read_file(import, pack.root, read) : ro_import_no_memory(import);
    ro_pack_close(&pack);
    if (status != RO_STATUS_OK) {
        json_decref(read);
        return status;
    }
    *tokenizer = read;
    return RO_STATUS_OK;
}
