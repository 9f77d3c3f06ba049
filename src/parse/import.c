/* import.c - turns a package into one model file: opens it and has each part read by the
 * import_*.c file that knows it; of a spaCy v3 pipeline the configuration is read here. What the
 * file holds is specified in docs/model-format.md.
 *
 * What is refused is refused by the name of the component and its architecture, before anything
 * is written. Components that the package disables are neither read nor judged.
 */
#include "parse/import.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "parse/config.h"

#include <stdarg.h>
#include <stdio.h>

ro_status ro_import_fail(const ro_import *import, ro_status status, const char *about,
                         const char *format, ...)
{
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return ro_error_set_at(import->error, status, "import", ro_package_path(import->package), 0,
                           UINT64_MAX, "%s: %s", about, message);
}

ro_status ro_import_no_memory(const ro_import *import)
{
    return ro_error_set(import->error, RO_STATUS_OUT_OF_MEMORY, "import", "out of memory");
}

ro_status ro_import_json(ro_import *import, const char *name, json_t **json)
{
    ro_text bytes;
    json_error_t fault;
    ro_status status = ro_package_read(import->package, name, &bytes, import->error);
    if (status != RO_STATUS_OK)
        return status;
    *json = json_loadb(bytes.data, bytes.length, 0, &fault);
    if (*json == NULL)
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, name, "line %d is no JSON: %s",
                              fault.line, fault.text);
    return RO_STATUS_OK;
}

static bool is_list_of_names(const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!json_is_string(json_array_get(list, i)))
            return false;
    return json_is_array(list);
}

static bool contains(const json_t *list, const char *name)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_array_get(list, i)), name) == 0)
            return true;
    return false;
}

/* The components that run: those of the pipeline that are not disabled. */
static ro_status read_pipeline(ro_import *import)
{
    const json_t *all = ro_config_get(import->config, "nlp.pipeline");
    const json_t *disabled = ro_config_get(import->config, "nlp.disabled");
    if (!is_list_of_names(all) || (disabled != NULL && !is_list_of_names(disabled)))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, "config.cfg",
                              "[nlp] has no list 'pipeline' or a bad list 'disabled'");
    import->pipeline = json_array();
    for (size_t i = 0; i < json_array_size(all); i++) {
        const char *name = json_string_value(json_array_get(all, i));
        if (!contains(disabled, name) &&
            json_array_append_new(import->pipeline, json_string(name)) != 0)
            return ro_import_no_memory(import);
    }
    return RO_STATUS_OK;
}

static ro_status read_config(ro_import *import)
{
    ro_text text;
    ro_status status = ro_package_read(import->package, "config.cfg", &text, import->error);
    if (status == RO_STATUS_OK)
        status =
            ro_config_parse(text, ro_package_path(import->package), &import->config, import->error);
    if (status != RO_STATUS_OK)
        return status;
    import->language = ro_config_string(import->config, "nlp.lang");
    if (import->language == NULL)
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, "config.cfg", "[nlp] has no 'lang'");
    return read_pipeline(import);
}

/* The package's own description, from meta.json. */
static ro_status describe_package(ro_import *import, json_t **package)
{
    static const char *const COPIED[] = {"version", "license",     "author",
                                         "url",     "description", "spacy_version"};
    json_t *meta = NULL;
    ro_status status = ro_import_json(import, "meta.json", &meta);
    if (status != RO_STATUS_OK)
        return status;
    const char *name = json_string_value(json_object_get(meta, "name"));
    const char *sha256 = ro_package_sha256(import->package);
    char full[128];
    snprintf(full, sizeof full, "%s_%s", import->language, name != NULL ? name : "pipeline");
    json_t *made = json_pack("{s:s, s:s?}", "name", full, "sha256", sha256);
    int failed = made == NULL;
    for (size_t i = 0; !failed && i < sizeof COPIED / sizeof *COPIED; i++) {
        json_t *value = json_object_get(meta, COPIED[i]);
        failed = json_object_set_new(made, COPIED[i],
                                     json_is_string(value) ? json_incref(value) : json_string(""));
    }
    json_decref(meta);
    if (failed) {
        json_decref(made);
        return ro_import_no_memory(import);
    }
    *package = made;
    return RO_STATUS_OK;
}

static ro_status read_components(ro_import *import, json_t *model)
{
    json_t *components = json_object();
    if (json_object_set_new(model, "components", components) != 0)
        return ro_import_no_memory(import);
    ro_status status = RO_STATUS_OK;
    for (size_t i = 0; status == RO_STATUS_OK && i < json_array_size(import->pipeline); i++) {
        const char *name = json_string_value(json_array_get(import->pipeline, i));
        json_t *described = NULL;
        status = ro_import_components_read(import, name, &described);
        if (status == RO_STATUS_OK && json_object_set_new(components, name, described) != 0)
            status = ro_import_no_memory(import);
    }
    return status;
}

/* Puts model.json together. */
static ro_status describe(ro_import *import, json_t *model)
{
    json_t *package = NULL, *tokenizer = NULL;
    const json_t *disabled = ro_config_get(import->config, "nlp.disabled");
    ro_status status = describe_package(import, &package);
    if (status != RO_STATUS_OK)
        return status;
    int failed = json_object_set_new(model, "readout_model", json_integer(1));
    failed |= json_object_set_new(model, "language", json_string(import->language));
    failed |= json_object_set_new(model, "package", package);
    failed |= json_object_set(model, "pipeline", import->pipeline);
    failed |= json_object_set_new(model, "disabled",
                                  disabled != NULL ? json_deep_copy(disabled) : json_array());
    if (failed)
        return ro_import_no_memory(import);
    status = read_components(import, model);
    if (status == RO_STATUS_OK)
        status = ro_import_tokenizer_read(import, &tokenizer);
    if (status == RO_STATUS_OK && json_object_set_new(model, "tokenizer", tokenizer) != 0)
        status = ro_import_no_memory(import);
    return status;
}

static ro_status add_description(ro_import *import, const json_t *model)
{
    uint64_t length = json_dumpb(model, NULL, 0, JSON_COMPACT);
    char *text = ro_arena_alloc(import->arena, length, 1);
    if (length == 0 || text == NULL || json_dumpb(model, text, length, JSON_COMPACT) != length)
        return ro_import_no_memory(import);
    return ro_weights_writer_add(import->writer, "model.json", RO_WEIGHT_TYPE_U8, 1, &length, text,
                                 import->error);
}

/* Everything of a spaCy pipeline. */
static ro_status read_pipeline_package(ro_import *import, const char *data_folder, json_t *model)
{
    if (import->precision == RO_PRECISION_INT8)
        return ro_import_fail(import, RO_STATUS_UNSUPPORTED, "config.cfg",
                              "the weights of a spaCy pipeline are kept as float32 only");
    ro_status status = read_config(import);
    if (status == RO_STATUS_OK)
        status = ro_import_facts_read(import, data_folder);
    if (status == RO_STATUS_OK)
        status = describe(import, model);
    return status == RO_STATUS_OK ? ro_import_tables_vocabulary(import) : status;
}

static ro_status open_trained(ro_import *import, const char *path)
{
    ro_status status = ro_trained_open(path, &import->trained, import->error);
    return status == RO_STATUS_OK
               ? ro_trained_check(import->trained, ro_package_sha256(import->package),
                                  import->error)
               : status;
}

static ro_status run(ro_import *import, const char *package_path, const char *model_path,
                     const ro_import_options *options)
{
    json_t *model = json_object();
    if (model == NULL)
        return ro_import_no_memory(import);
    ro_status status = ro_package_open(package_path, NULL, &import->package, import->error);
    if (status == RO_STATUS_OK && options->heads_path != NULL)
        status = open_trained(import, options->heads_path);
    if (status == RO_STATUS_OK)
        status = ro_package_kind_get(import->package) == RO_PACKAGE_KIND_BERT
                     ? ro_import_bert_read(import, model)
                     : read_pipeline_package(import, options->data_folder, model);
    if (status == RO_STATUS_OK && import->trained != NULL)
        status = ro_trained_write(import->trained, import->writer, model, import->error);
    if (status == RO_STATUS_OK)
        status = add_description(import, model);
    if (status == RO_STATUS_OK)
        status = ro_weights_writer_write(import->writer, model_path, import->error);
    json_decref(model);
    return status;
}

ro_status ro_model_import(const char *package_path, const char *model_path,
                          const ro_import_options *options, ro_error *error)
{
    ro_import import = {.error = error,
                        .precision = options->precision,
                        .arena = ro_arena_new(NULL),
                        .writer = ro_weights_writer_new(NULL)};
    ro_status status = import.arena != NULL && import.writer != NULL
                           ? run(&import, package_path, model_path, options)
                           : ro_import_no_memory(&import);
    ro_trained_close(import.trained);
    ro_map_free(import.symbol_ids);
    json_decref(import.pipeline);
    json_decref(import.config);
    ro_package_close(import.package);
    ro_weights_writer_free(import.writer);
    ro_arena_free(import.arena);
    return status;
}
