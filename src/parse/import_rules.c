/* import_rules.c - reads the components that are rules and tables: attribute_ruler (token patterns
 * and what they set) and lemmatizer (suffix rules, exceptions, indexes of known forms, look-ups).
 *
 * Rules go into model.json, tables of forms into tensors. What a language's own lemmatizer does
 * is a fact of data/spacy/languages.tsv.
 * Sources: spaCy's pipeline/{attributeruler,lemmatizer}.py, lang/{en,fr}/lemmatizer.py,
 * matcher/matcher.pyx, morphology.pyx.
 */
#include "base/text.h"
#include "parse/import.h"
#include "parse/pack.h"
#include "parse/python_regex.h"

#include <stdlib.h>

static ro_status set(const ro_import *import, json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value) == 0 ? RO_STATUS_OK
                                                        : ro_import_no_memory(import);
}

static bool is_one_of(const char *name, const char *const names[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* ---- morphology ---------------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
    const ro_text *left = a, *right = b;
    size_t shorter = left->length < right->length ? left->length : right->length;
    int order = shorter > 0 ? memcmp(left->data, right->data, shorter) : 0;
    return order != 0 ? order : (left->length > right->length) - (left->length < right->length);
}

/* Sorts the pieces of a list and writes them to out, which may be where they came from: copied. */
static bool sort_pieces(ro_arena *arena, ro_text list, char separator, char *out)
{
    RO_LIST(ro_text) pieces = {0};
    ro_text copy = {ro_arena_copy(arena, list.data, list.length), list.length};
    if (copy.data == NULL)
        return false;
    for (bool more = true; more;) {
        const char *end = memchr(copy.data, separator, copy.length);
        ro_text *piece = RO_LIST_ADD(arena, &pieces);
        if (piece == NULL)
            return false;
        more = end != NULL;
        *piece = (ro_text){copy.data, more ? (size_t)(end - copy.data) : copy.length};
        if (more)
            copy = (ro_text){end + 1, copy.length - piece->length - 1};
    }
    qsort(pieces.items, pieces.count, sizeof(ro_text), by_bytes);
    for (uint32_t i = 0; i < pieces.count; i++) {
        if (i > 0)
            *out++ = separator;
        memcpy(out, pieces.items[i].data, pieces.items[i].length);
        out += pieces.items[i].length;
    }
    return true;
}

const char *ro_import_rules_morph(ro_import *import, ro_text features)
{
    if (ro_text_equal_string(features, "_"))
        features.length = 0;
    char *out = ro_arena_copy(import->arena, features.data, features.length);
    if (out == NULL)
        return NULL;
    /* first the values of each feature, "Case=Acc,Dat", then the features */
    for (char *at = out; *at != '\0';) {
        char *values = at + strcspn(at, "=|");
        char *end = values + strcspn(values, "|");
        if (*values == '=' &&
            !sort_pieces(import->arena, (ro_text){values + 1, (size_t)(end - values - 1)}, ',',
                         values + 1))
            return NULL;
        at = *end == '|' ? end + 1 : end;
    }
    if (!sort_pieces(import->arena, ro_text_of(out), '|', out))
        return NULL;
    return out;
}

/* ---- attribute ruler ----------------------------------------------------------------------- */

static const char *const MATCHED[] = {
#define RO_RULER_FIELD(member) #member,
#include "parse/ruler_field.def"
#undef RO_RULER_FIELD
};
static const char *const SETTABLE[] = {"TAG", "POS", "MORPH", "LEMMA", "DEP"};

/* An attribute's name in upper case, from a string or a symbol's number; NULL if it is neither. */
static const char *attribute_name(ro_import *import, const msgpack_object *object)
{
    ro_text name;
    uint64_t id;
    if (!ro_pack_text(object, &name) &&
        !(ro_pack_natural(object, &id) && ro_import_facts_symbol(import, id, &name)))
        return NULL;
    char *upper = ro_arena_copy(import->arena, name.data, name.length);
    for (char *c = upper; c != NULL && *c != '\0'; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    return upper;
}

/* A string, number, truth or list of strings as JSON; NULL for anything else. */
static json_t *value_of(ro_import *import, const char *attribute, const msgpack_object *object)
{
    ro_text text;
    uint64_t number;
    bool truth;
    msgpack_object_array array;
    if (ro_pack_truth(object, &truth))
        return json_boolean(truth);
    if (ro_pack_natural(object, &number) && ro_import_facts_symbol(import, number, &text))
        return json_stringn(text.data, text.length);
    if (ro_pack_text(object, &text)) {
        if (strcmp(attribute, "MORPH") == 0)
            return json_string(ro_import_rules_morph(import, text));
        return json_stringn(text.data, text.length);
    }
    if (!ro_pack_array(object, &array))
        return NULL;
    json_t *list = json_array();
    for (uint32_t i = 0; list != NULL && i < array.size; i++) {
        if (!ro_pack_text(&array.ptr[i], &text) ||
            json_array_append_new(list, json_stringn(text.data, text.length)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static ro_status unsupported_pattern(const ro_import *import, const char *component,
                                     const char *what)
{
    return ro_import_fail(import, RO_STATUS_UNSUPPORTED, component,
                          "a pattern with '%s' is not supported", what != NULL ? what : "?");
}

/* {"IN": [...], "NOT_IN": [...], "REGEX": "..."} */
static ro_status read_predicates(ro_import *import, const char *component, const char *attribute,
                                 msgpack_object_map map, json_t **value)
{
    json_t *predicates = json_object();
    ro_status status = predicates != NULL ? RO_STATUS_OK : ro_import_no_memory(import);
    for (uint32_t i = 0; status == RO_STATUS_OK && i < map.size; i++) {
        const char *name = attribute_name(import, &map.ptr[i].key);
        ro_text regex;
        msgpack_object_array list;
        bool lists = name != NULL && (strcmp(name, "IN") == 0 || strcmp(name, "NOT_IN") == 0);
        if (lists && ro_pack_array(&map.ptr[i].val, &list)) {
            status = set(import, predicates, name, value_of(import, attribute, &map.ptr[i].val));
        } else if (name != NULL && strcmp(name, "REGEX") == 0 &&
                   ro_pack_text(&map.ptr[i].val, &regex)) {
            status =
                ro_python_regex_translate(import->arena, regex, component, &regex, import->error);
            if (status == RO_STATUS_OK)
                status = set(import, predicates, name, json_stringn(regex.data, regex.length));
        } else {
            status = unsupported_pattern(import, component, name);
        }
    }
    if (status != RO_STATUS_OK) {
        json_decref(predicates);
        return status;
    }
    *value = predicates;
    return RO_STATUS_OK;
}

/* One token of a pattern. */
static ro_status read_token(ro_import *import, const char *component, const msgpack_object *token,
                            json_t *tokens)
{
    msgpack_object_map map, predicates;
    json_t *read = json_object();
    if (json_array_append_new(tokens, read) != 0)
        return ro_import_no_memory(import);
    if (!ro_pack_map(token, &map))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, component,
                              "a pattern is no list of "
                              "maps");
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = 0; status == RO_STATUS_OK && i < map.size; i++) {
        const char *name = attribute_name(import, &map.ptr[i].key);
        if (name == NULL || !is_one_of(name, MATCHED, sizeof MATCHED / sizeof *MATCHED))
            return unsupported_pattern(import, component, name);
        json_t *value = NULL;
        if (ro_pack_map(&map.ptr[i].val, &predicates))
            status = read_predicates(import, component, name, predicates, &value);
        else
            value = value_of(import, name, &map.ptr[i].val);
        if (status == RO_STATUS_OK)
            status = set(import, read, name, value);
    }
    return status;
}

static ro_status read_patterns(ro_import *import, const char *component,
                               const msgpack_object *object, json_t *patterns)
{
    msgpack_object_array list, tokens;
    if (!ro_pack_array(object, &list))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, component, "patterns are no list");
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = 0; status == RO_STATUS_OK && i < list.size; i++) {
        json_t *pattern = json_array();
        if (json_array_append_new(patterns, pattern) != 0)
            return ro_import_no_memory(import);
        if (!ro_pack_array(&list.ptr[i], &tokens) || tokens.size == 0)
            return ro_import_fail(import, RO_STATUS_BAD_FORMAT, component,
                                  "a pattern is no list of maps");
        for (uint32_t j = 0; status == RO_STATUS_OK && j < tokens.size; j++)
            status = read_token(import, component, &tokens.ptr[j], pattern);
    }
    return status;
}

/* {"patterns": [[...]], "attrs": {...}, "index": 0} */
static ro_status read_rule(ro_import *import, const char *component, const msgpack_object *object,
                           json_t *rules)
{
    json_t *patterns = json_array(), *attributes = json_object();
    json_t *rule = json_pack("{s:o, s:o}", "patterns", patterns, "attrs", attributes);
    if (json_array_append_new(rules, rule) != 0)
        return ro_import_no_memory(import);
    const msgpack_object *index = ro_pack_get(object, "index");
    int64_t number = 0;
    if (index != NULL && (index->type == MSGPACK_OBJECT_POSITIVE_INTEGER ||
                          index->type == MSGPACK_OBJECT_NEGATIVE_INTEGER))
        number = index->via.i64;
    ro_status status = set(import, rule, "index", json_integer((json_int_t)number));
    if (status == RO_STATUS_OK)
        status = read_patterns(import, component, ro_pack_get(object, "patterns"), patterns);
    msgpack_object_map map;
    if (status == RO_STATUS_OK && !ro_pack_map(ro_pack_get(object, "attrs"), &map))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, component, "a rule without attrs");
    for (uint32_t i = 0; status == RO_STATUS_OK && i < map.size; i++) {
        const char *name = attribute_name(import, &map.ptr[i].key);
        if (name == NULL || !is_one_of(name, SETTABLE, sizeof SETTABLE / sizeof *SETTABLE))
            return ro_import_fail(import, RO_STATUS_UNSUPPORTED, component,
                                  "setting '%s' is not supported", name != NULL ? name : "?");
        status = set(import, attributes, name, value_of(import, name, &map.ptr[i].val));
    }
    return status;
}

ro_status ro_import_rules_ruler(ro_import *import, const char *component, json_t *described)
{
    const char *file = ro_arena_format(import->arena, "%s/patterns", component);
    ro_text bytes;
    json_t *rules = json_array();
    ro_status status = set(import, described, "patterns", rules);
    if (status != RO_STATUS_OK || file == NULL)
        return ro_import_no_memory(import);
    status = ro_package_read(import->package, file, &bytes, import->error);
    if (status != RO_STATUS_OK)
        return status;
    ro_pack pack;
    msgpack_object_array list = {0};
    if (!ro_pack_open(bytes, &pack))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, file, "is no msgpack");
    if (!ro_pack_array(pack.root, &list))
        status = ro_import_fail(import, RO_STATUS_BAD_FORMAT, file, "is no list");
    for (uint32_t i = 0; status == RO_STATUS_OK && i < list.size; i++)
        status = read_rule(import, component, &list.ptr[i], rules);
    ro_pack_close(&pack);
    return status;
}

/* ---- lemmatizer ---------------------------------------------------------------------------- */

static const char *const PARTS_OF_SPEECH[] = {
#define RO_UPOS(member) #member,
#include "doc/upos.def"
#undef RO_UPOS
};

/* A part of speech in lower case, by the id of that string; NULL if it is none: the lemmatizer
 * then never asks for it. */
static const char *part_of_speech(ro_import *import, const msgpack_object *key)
{
    uint64_t id;
    if (!ro_pack_natural(key, &id))
        return NULL;
    for (size_t i = 0; i < sizeof PARTS_OF_SPEECH / sizeof *PARTS_OF_SPEECH; i++) {
        char *lower = ro_arena_copy(import->arena, PARTS_OF_SPEECH[i], strlen(PARTS_OF_SPEECH[i]));
        for (char *c = lower; c != NULL && *c != '\0'; c++)
            *c = (char)(*c - 'A' + 'a');
        if (lower != NULL && ro_import_facts_id(import, ro_text_of(lower)) == id)
            return lower;
    }
    return NULL;
}

static ro_status bad_table(const ro_import *import, const char *component, const char *table)
{
    return ro_import_fail(import, RO_STATUS_BAD_FORMAT, component,
                          "lookups.bin: table %s is missing or malformed", table);
}

/* One table of forms: a list of strings (a set), or a map from strings or ids to values. */
static ro_status write_forms(ro_import *import, const char *component, const char *name,
                             const msgpack_object *object)
{
    msgpack_object_array list;
    msgpack_object_map map;
    ro_import_rows rows = {0};
    bool is_set = ro_pack_array(object, &list);
    if (!is_set && !ro_pack_map(object, &map))
        return bad_table(import, component, name);
    for (uint32_t i = 0; i < (is_set ? list.size : map.size); i++) {
        ro_text string;
        ro_import_row *row = RO_LIST_ADD(import->arena, &rows);
        if (row == NULL)
            return ro_import_no_memory(import);
        const msgpack_object *key = is_set ? &list.ptr[i] : &map.ptr[i].key;
        if (ro_pack_text(key, &string))
            row->id = ro_import_facts_id(import, string);
        else if (!ro_pack_natural(key, &row->id))
            return bad_table(import, component, name);
        if (!is_set && !ro_import_tables_value(import, &map.ptr[i].val, &row->value))
            return bad_table(import, component, name);
    }
    return ro_import_tables_write(import, name, &rows, is_set);
}

/* A table of tables, one a part of speech, as tensors "<component>/<part>/<pos>". */
static ro_status write_parts(ro_import *import, const char *component, const char *part,
                             const msgpack_object *table)
{
    msgpack_object_map map;
    if (table == NULL)
        return RO_STATUS_OK;
    if (!ro_pack_map(table, &map))
        return bad_table(import, component, part);
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = 0; status == RO_STATUS_OK && i < map.size; i++) {
        const char *pos = part_of_speech(import, &map.ptr[i].key);
        if (pos == NULL)
            continue;
        const char *name = ro_arena_format(import->arena, "%s/%s/%s", component, part, pos);
        status = name != NULL ? write_forms(import, component, name, &map.ptr[i].val)
                              : ro_import_no_memory(import);
    }
    return status;
}

/* {pos: [[old, new], ...]} */
static ro_status read_suffixes(ro_import *import, const char *component,
                               const msgpack_object *table, json_t *described)
{
    msgpack_object_map map;
    msgpack_object_array list, pair;
    json_t *rules = json_object();
    ro_status status = set(import, described, "rules", rules);
    if (table == NULL || status != RO_STATUS_OK)
        return status;
    if (!ro_pack_map(table, &map))
        return bad_table(import, component, "lemma_rules");
    for (uint32_t i = 0; status == RO_STATUS_OK && i < map.size; i++) {
        const char *pos = part_of_speech(import, &map.ptr[i].key);
        if (pos == NULL)
            continue;
        json_t *suffixes = json_array();
        status = set(import, rules, pos, suffixes);
        if (!ro_pack_array(&map.ptr[i].val, &list))
            return bad_table(import, component, "lemma_rules");
        for (uint32_t j = 0; status == RO_STATUS_OK && j < list.size; j++) {
            ro_text from, to;
            if (!ro_pack_array(&list.ptr[j], &pair) || pair.size != 2 ||
                !ro_pack_text(&pair.ptr[0], &from) || !ro_pack_text(&pair.ptr[1], &to))
                return bad_table(import, component, "lemma_rules");
            if (json_array_append_new(suffixes, json_pack("[s%, s%]", from.data, from.length,
                                                          to.data, to.length)) != 0)
                status = ro_import_no_memory(import);
        }
    }
    return status;
}

/* "VerbForm=Fin|Number=" as {"VerbForm": "Fin", "Number": null}. */
static json_t *features_of(ro_text list)
{
    json_t *features = json_object();
    while (features != NULL && list.length > 0) {
        const char *bar = memchr(list.data, '|', list.length);
        size_t length = bar != NULL ? (size_t)(bar - list.data) : list.length;
        const char *equals = memchr(list.data, '=', length);
        char name[64] = "";
        size_t name_length = equals != NULL ? (size_t)(equals - list.data) : length;
        if (name_length >= sizeof name)
            name_length = sizeof name - 1;
        memcpy(name, list.data, name_length);
        size_t value_length = equals != NULL ? length - name_length - 1 : 0;
        json_t *value = value_length > 0 ? json_stringn(equals + 1, value_length) : json_null();
        if (json_object_set_new(features, name, value) != 0) {
            json_decref(features);
            return NULL;
        }
        size_t used = bar != NULL ? length + 1 : length;
        list = (ro_text){list.data + used, list.length - used};
    }
    return features;
}

/* What languages.tsv says of the language's own lemmatizer. */
static ro_status describe_procedure(ro_import *import, const char *component, const char *mode,
                                    json_t *described)
{
    ro_text procedure = ro_import_facts_value(import, "procedure");
    bool lookup = strcmp(mode, "lookup") == 0;
    bool runs = ro_text_equal_string(procedure, "rules") ||
                ro_text_equal_string(procedure, "index") ||
                (lookup && ro_text_equal_string(procedure, "lookup"));
    if (!runs || (!lookup && strcmp(mode, "rule") != 0))
        return ro_import_fail(import, RO_STATUS_UNSUPPORTED, component,
                              "the lemmatizer of language '%s' is not supported in mode '%s'",
                              import->language, mode);
    if (ro_text_equal_string(procedure, "lookup"))
        procedure = RO_TEXT("rules");
    json_t *parts = json_array(), *forms = json_array();
    ro_status status =
        set(import, described, "procedure", json_stringn(procedure.data, procedure.length));
    ro_status parts_status = set(import, described, "pos", parts);
    ro_status forms_status = set(import, described, "base_forms", forms);
    if (status != RO_STATUS_OK || parts_status != RO_STATUS_OK || forms_status != RO_STATUS_OK)
        return ro_import_no_memory(import);
    for (uint32_t i = 0; i < import->facts.count; i++) {
        const ro_import_fact *fact = &import->facts.items[i];
        ro_text pos = ro_text_equal_string(fact->value, "*") ? RO_TEXT("") : fact->value;
        int failed = 0;
        if (ro_text_equal_string(fact->fact, "part_of_speech"))
            failed = json_array_append_new(parts, json_stringn(pos.data, pos.length));
        else if (ro_text_equal_string(fact->fact, "base_form"))
            failed =
                json_array_append_new(forms, json_pack("{s:s%, s:o}", "pos", pos.data, pos.length,
                                                       "features", features_of(fact->detail)));
        if (failed != 0)
            return ro_import_no_memory(import);
    }
    return RO_STATUS_OK;
}

/* The tables that a mode and a procedure need, as spaCy's get_lookups_config. */
static ro_status check_tables(const ro_import *import, const char *component, const char *mode,
                              const json_t *described, const msgpack_object *tables)
{
    static const char *const INDEX[] = {"lemma_lookup", "lemma_rules", "lemma_exc", "lemma_index"};
    const char *procedure = json_string_value(json_object_get(described, "procedure"));
    if (strcmp(mode, "lookup") == 0)
        return ro_pack_get(tables, "lemma_lookup") != NULL
                   ? RO_STATUS_OK
                   : bad_table(import, component, "lemma_lookup");
    bool all = procedure != NULL && strcmp(procedure, "index") == 0;
    for (size_t i = 0; i < sizeof INDEX / sizeof *INDEX; i++)
        if ((all || strcmp(INDEX[i], "lemma_rules") == 0) && ro_pack_get(tables, INDEX[i]) == NULL)
            return bad_table(import, component, INDEX[i]);
    return RO_STATUS_OK;
}

static ro_status write_tables(ro_import *import, const char *component, json_t *described,
                              const msgpack_object *tables)
{
    ro_status status =
        read_suffixes(import, component, ro_pack_get(tables, "lemma_rules"), described);
    if (status == RO_STATUS_OK)
        status = write_parts(import, component, "exc", ro_pack_get(tables, "lemma_exc"));
    if (status == RO_STATUS_OK)
        status = write_parts(import, component, "index", ro_pack_get(tables, "lemma_index"));
    const msgpack_object *lookup = ro_pack_get(tables, "lemma_lookup");
    if (status != RO_STATUS_OK || lookup == NULL)
        return status;
    const char *name = ro_arena_format(import->arena, "%s/lookup", component);
    return name != NULL ? write_forms(import, component, name, lookup)
                        : ro_import_no_memory(import);
}

ro_status ro_import_rules_lemmatizer(ro_import *import, const char *component, json_t *described)
{
    const json_t *settings =
        json_object_get(json_object_get(import->config, "components"), component);
    const char *mode = json_string_value(json_object_get(settings, "mode"));
    bool overwrite = json_is_true(json_object_get(settings, "overwrite"));
    if (mode == NULL)
        mode = "lookup";
    ro_status status = set(import, described, "mode", json_string(mode));
    if (status == RO_STATUS_OK)
        status = set(import, described, "overwrite", json_boolean(overwrite));
    if (status == RO_STATUS_OK)
        status = describe_procedure(import, component, mode, described);
    const char *file = ro_arena_format(import->arena, "%s/lookups/lookups.bin", component);
    ro_text bytes;
    if (status == RO_STATUS_OK)
        status = file != NULL ? ro_package_read(import->package, file, &bytes, import->error)
                              : ro_import_no_memory(import);
    if (status != RO_STATUS_OK)
        return status;
    ro_pack pack;
    if (!ro_pack_open(bytes, &pack))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, file, "is no msgpack");
    status = check_tables(import, component, mode, described, pack.root);
    if (status == RO_STATUS_OK)
        status = write_tables(import, component, described, pack.root);
    ro_pack_close(&pack);
    return status;
}
