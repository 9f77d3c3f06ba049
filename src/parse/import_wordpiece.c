/* import_wordpiece.c - reads the tokenizer of a BERT-shaped package, tokenizer.json as
 * HuggingFace's tokenizers writes it: the vocabulary becomes two tensors, the rest model.json's
 * "wordpiece". What wordpiece.c does not do is refused by name.
 */
#include "base/text.h"
#include "parse/import.h"
#include "parse/wordpiece.h"

#define FILE_NAME "tokenizer.json"

static ro_status refuse(const ro_import *import, const char *part, const char *found,
                        const char *expected)
{
    return ro_import_fail(import, RO_STATUS_UNSUPPORTED, FILE_NAME,
                          "%s '%.60s' is not supported, only %s", part, found, expected);
}

static const char *string_at(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

/* Refuses a part of the tokenizer that is of another type. */
static ro_status check_type(const ro_import *import, const json_t *root, const char *part,
                            const char *type)
{
    const char *found = string_at(json_object_get(root, part), "type");
    return strcmp(found, type) == 0 ? RO_STATUS_OK : refuse(import, part, found, type);
}

/* ---- normalizer and model -------------------------------------------------------------------- */

/* Copies a truth; null, where other is not NULL, is what other is. */
static bool copy_truth(json_t *to, const char *key, const json_t *from, const char *name,
                       const char *other)
{
    const json_t *value = json_object_get(from, name);
    if (json_is_null(value) && other != NULL)
        value = json_object_get(from, other);
    return json_is_boolean(value) &&
           json_object_set_new(to, key, json_boolean(json_is_true(value))) == 0;
}

static ro_status read_normalizer(const ro_import *import, const json_t *root, json_t *wordpiece)
{
    const json_t *normalizer = json_object_get(root, "normalizer");
    ro_status status = check_type(import, root, "normalizer", "BertNormalizer");
    if (status == RO_STATUS_OK)
        status = check_type(import, root, "pre_tokenizer", "BertPreTokenizer");
    if (status != RO_STATUS_OK)
        return status;
    if (!copy_truth(wordpiece, "lowercase", normalizer, "lowercase", NULL) ||
        !copy_truth(wordpiece, "strip_accents", normalizer, "strip_accents", "lowercase") ||
        !copy_truth(wordpiece, "split_chinese", normalizer, "handle_chinese_chars", NULL) ||
        !copy_truth(wordpiece, "clean_text", normalizer, "clean_text", NULL))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME,
                              "normalizer lacks lowercase, strip_accents, handle_chinese_chars or "
                              "clean_text");
    return RO_STATUS_OK;
}

static ro_status read_model(const ro_import *import, const json_t *root, json_t *wordpiece)
{
    const json_t *model = json_object_get(root, "model");
    const json_t *longest = json_object_get(model, "max_input_chars_per_word");
    const char *prefix = string_at(model, "continuing_subword_prefix");
    ro_status status = check_type(import, root, "model", "WordPiece");
    if (status == RO_STATUS_OK && !json_is_null(json_object_get(root, "decoder")))
        status = check_type(import, root, "decoder", "WordPiece");
    if (status != RO_STATUS_OK)
        return status;
    if (strcmp(prefix, RO_WORDPIECE_PREFIX) != 0)
        return refuse(import, "continuing_subword_prefix", prefix, RO_WORDPIECE_PREFIX);
    if (!json_is_integer(longest) || json_integer_value(longest) < 1 ||
        json_integer_value(longest) > RO_WORDPIECE_WORD)
        return ro_import_fail(import, RO_STATUS_UNSUPPORTED, FILE_NAME,
                              "max_input_chars_per_word is no number from 1 to %d",
                              RO_WORDPIECE_WORD);
    if (json_object_set_new(wordpiece, "prefix", json_string(prefix)) != 0 ||
        json_object_set_new(wordpiece, "longest_word", json_integer(json_integer_value(longest))) !=
            0)
        return ro_import_no_memory(import);
    return RO_STATUS_OK;
}

/* ---- vocabulary ------------------------------------------------------------------------------ */

/* Puts the pieces in the order of their ids, which must be 0 to pieces - 1, each once. */
static ro_status order(ro_import *import, const json_t *vocabulary, uint64_t pieces,
                       ro_text **ordered)
{
    const char *piece;
    const json_t *id;
    if (!json_is_object(vocabulary) || json_object_size(vocabulary) != pieces)
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME,
                              "the vocabulary has %zu pieces, config.json says %llu",
                              json_object_size(vocabulary), (unsigned long long)pieces);
    ro_text *made = ro_arena_alloc(import->arena, pieces, sizeof *made);
    if (made == NULL)
        return ro_import_no_memory(import);
    json_object_foreach((json_t *)(uintptr_t)vocabulary, piece, id)
    {
        json_int_t at = json_integer_value(id);
        if (!json_is_integer(id) || at < 0 || (uint64_t)at >= pieces || made[at].data != NULL)
            return ro_import_fail(
                import, RO_STATUS_BAD_FORMAT, FILE_NAME,
                "the ids of the vocabulary are not 0 to %llu, each once ('%.60s')",
                (unsigned long long)pieces - 1, piece);
        made[at] = ro_text_of(piece);
    }
    *ordered = made;
    return RO_STATUS_OK;
}

static ro_status write_vocabulary(ro_import *import, const json_t *vocabulary, uint64_t pieces)
{
    ro_text *ordered = NULL;
    uint64_t length = 0, edges = pieces + 1;
    ro_status status = order(import, vocabulary, pieces, &ordered);
    if (status != RO_STATUS_OK)
        return status;
    uint32_t *offsets = ro_arena_alloc(import->arena, edges, sizeof *offsets);
    for (uint64_t i = 0; i < pieces; i++)
        length += ordered[i].length;
    if (length > UINT32_MAX)
        return ro_import_fail(import, RO_STATUS_TOO_LARGE, FILE_NAME, "the vocabulary is too long");
    char *text = ro_arena_alloc(import->arena, length, 1);
    if (offsets == NULL || text == NULL)
        return ro_import_no_memory(import);
    for (uint64_t i = 0; i < pieces; i++) {
        if (ordered[i].length > 0)
            memcpy(text + offsets[i], ordered[i].data, ordered[i].length);
        offsets[i + 1] = offsets[i] + (uint32_t)ordered[i].length;
    }
    status = ro_weights_writer_add(import->writer, "wordpiece/offsets", RO_WEIGHT_TYPE_U32, 1,
                                   &edges, offsets, import->error);
    return status == RO_STATUS_OK
               ? ro_weights_writer_add(import->writer, "wordpiece/text", RO_WEIGHT_TYPE_U8, 1,
                                       &length, text, import->error)
               : status;
}

/* ---- special pieces -------------------------------------------------------------------------- */

/* Describes a special piece by its id. */
static ro_status add_special(const ro_import *import, const json_t *vocabulary, const char *key,
                             const char *piece, json_t *wordpiece)
{
    const json_t *id = json_object_get(vocabulary, piece);
    if (!json_is_integer(id))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME,
                              "the special piece '%.60s' (%s) is not in the vocabulary", piece,
                              key);
    return json_object_set_new(wordpiece, key, json_integer(json_integer_value(id))) == 0
               ? RO_STATUS_OK
               : ro_import_no_memory(import);
}

/* What stands before and behind a text: post_processor, as TemplateProcessing or BertProcessing. */
static bool find_edges(const json_t *processor, const char **start, const char **end)
{
    const char *type = string_at(processor, "type"), *sequence;
    if (strcmp(type, "BertProcessing") == 0) {
        *start = json_string_value(json_array_get(json_object_get(processor, "cls"), 0));
        *end = json_string_value(json_array_get(json_object_get(processor, "sep"), 0));
        return *start != NULL && *end != NULL;
    }
    json_t *single = json_object_get(processor, "single");
    return strcmp(type, "TemplateProcessing") == 0 &&
           json_unpack(single, "[{s:{s:s}}, {s:{s:s}}, {s:{s:s}}!]", "SpecialToken", "id", start,
                       "Sequence", "id", &sequence, "SpecialToken", "id", end) == 0;
}

static ro_status read_special(const ro_import *import, const json_t *root, json_t *wordpiece)
{
    const json_t *processor = json_object_get(root, "post_processor");
    const json_t *model = json_object_get(root, "model");
    const json_t *vocabulary = json_object_get(model, "vocab");
    const char *start, *end;
    if (!find_edges(processor, &start, &end))
        return refuse(import, "post_processor", string_at(processor, "type"),
                      "one that puts a piece before and one behind a text");
    ro_status status =
        add_special(import, vocabulary, "unknown", string_at(model, "unk_token"), wordpiece);
    if (status == RO_STATUS_OK)
        status = add_special(import, vocabulary, "start", start, wordpiece);
    if (status == RO_STATUS_OK)
        status = add_special(import, vocabulary, "end", end, wordpiece);
    if (status == RO_STATUS_OK)
        status = add_special(import, vocabulary, "padding", "[PAD]", wordpiece);
    return status;
}

/* Words that a tokenizer was given apart from its vocabulary are found before it looks at the text:
 * only special ones, which we take for text, may be. */
static ro_status check_added(const ro_import *import, const json_t *root)
{
    const json_t *all = json_object_get(root, "added_tokens");
    const json_t *vocabulary = json_object_get(json_object_get(root, "model"), "vocab");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *added = json_array_get(all, i);
        const char *content = string_at(added, "content");
        if (!json_is_true(json_object_get(added, "special")))
            return refuse(import, "added token", content, "special ones");
        if (!json_equal(json_object_get(added, "id"), json_object_get(vocabulary, content)))
            return ro_import_fail(import, RO_STATUS_BAD_FORMAT, FILE_NAME,
                                  "the added token '%.60s' has another id in the vocabulary",
                                  content);
    }
    return RO_STATUS_OK;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static ro_status read_root(ro_import *import, const json_t *root, uint64_t pieces,
                           json_t *wordpiece)
{
    ro_status status = read_normalizer(import, root, wordpiece);
    if (status == RO_STATUS_OK)
        status = read_model(import, root, wordpiece);
    if (status == RO_STATUS_OK)
        status = write_vocabulary(import, json_object_get(json_object_get(root, "model"), "vocab"),
                                  pieces);
    if (status == RO_STATUS_OK)
        status = read_special(import, root, wordpiece);
    return status == RO_STATUS_OK ? check_added(import, root) : status;
}

ro_status ro_import_wordpiece_read(ro_import *import, uint64_t pieces, json_t **wordpiece)
{
    json_t *root = NULL, *made = json_object();
    ro_status status =
        made != NULL ? ro_import_json(import, FILE_NAME, &root) : ro_import_no_memory(import);
    if (status == RO_STATUS_OK)
        status = read_root(import, root, pieces, made);
    json_decref(root);
    if (status != RO_STATUS_OK) {
        json_decref(made);
        return status;
    }
    *wordpiece = made;
    return RO_STATUS_OK;
}
