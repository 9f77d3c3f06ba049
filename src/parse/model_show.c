/* model_show.c - describes a model file as text for people: where it comes from, what it runs, how
 * large it is, which labels it gives. Running it is left to the other files here; reading the
 * container to nn/weights.c.
 */
#include "base/error.h"
#include "base/text.h"
#include "nn/weights.h"
#include "parse/description.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COLUMNS 96
#define INDENT 20

typedef struct printer {
    ro_sink sink;
    ro_status status; /* of the first write that failed */
    const ro_weights *weights;
    size_t column; /* of a list being wrapped */
} printer;

/* Writes text, with spaces for control characters: a package may name itself anything. */
static void put_text(printer *p, const char *text)
{
    char piece[256];
    size_t length = strlen(text);
    while (length > 0 && p->status == RO_STATUS_OK) {
        size_t count = length < sizeof piece ? length : sizeof piece;
        for (size_t i = 0; i < count; i++)
            piece[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i];
        p->status = p->sink.write(p->sink.context, piece, count);
        text += count;
        length -= count;
    }
}

static void put_line_end(printer *p)
{
    if (p->status == RO_STATUS_OK)
        p->status = p->sink.write(p->sink.context, "\n", 1);
}

static void put(printer *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Short things only: numbers and our own words. */
static void put(printer *p, const char *format, ...)
{
    char text[160];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put_text(p, text);
}

static const char *string_of(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

static void put_fact(printer *p, const char *name, const char *value)
{
    if (*value == '\0')
        return;
    put(p, "%-18s", name);
    put_text(p, value);
    put_line_end(p);
}

/* A number with its thousands apart: 3 187 174. */
static void put_number(printer *p, uint64_t number)
{
    char digits[24], apart[32];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, number);
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            apart[length++] = ' ';
        apart[length++] = digits[i];
    }
    apart[length] = '\0';
    put_text(p, apart);
}

/* One item of a list that is wrapped and indented. */
static void put_item(printer *p, const char *item)
{
    size_t length = strlen(item) + 1;
    if (p->column + length > COLUMNS) {
        put_line_end(p);
        p->column = 0;
    }
    if (p->column == 0) {
        put(p, "%*s", INDENT, "");
        p->column = INDENT;
    } else {
        put(p, " ");
    }
    put_text(p, item);
    p->column += length;
}

static void end_list(printer *p)
{
    if (p->column > 0)
        put_line_end(p);
    p->column = 0;
}

/* Learned numbers (tensors of floats, and of int8 without their scales) below a prefix; all of them
 * for "". */
static uint64_t count_parameters(const ro_weights *weights, const char *prefix)
{
    uint64_t total = 0;
    size_t length = strlen(prefix);
    for (size_t i = 0; i < ro_weights_count(weights); i++) {
        const ro_weight *weight = ro_weights_at(weights, i);
        bool below = length == 0 ||
                     (strncmp(weight->name, prefix, length) == 0 && weight->name[length] == '/');
        bool learned =
            weight->type == RO_WEIGHT_TYPE_I8 ||
            (weight->type == RO_WEIGHT_TYPE_F32 && !ro_text_ends(ro_text_of(weight->name), "/S"));
        if (below && learned)
            total += weight->bytes / ro_weights_type_size(weight->type);
    }
    return total;
}

static void show_encoder(printer *p, const json_t *encoder)
{
    if (json_is_string(encoder)) {
        put(p, ", on ");
        put_text(p, json_string_value(encoder));
    } else if (json_is_object(encoder)) {
        put(p, ", %zu features, %zu layers of %" JSON_INTEGER_FORMAT,
            json_array_size(json_object_get(encoder, "features")),
            json_array_size(json_object_get(encoder, "layers")),
            json_integer_value(json_object_get(encoder, "width")));
    }
}

static int by_string(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* The labels of moves, each once, sorted; a tagger's as they are; a morphologizer's "POS morph". */
static void show_labels(printer *p, const json_t *component)
{
    const json_t *labels = json_object_get(component, "labels");
    for (size_t i = 0; i < json_array_size(labels); i++) {
        const json_t *label = json_array_get(labels, i);
        if (json_is_string(label)) {
            put_item(p, json_string_value(label));
        } else {
            const char *morph = string_of(label, "morph");
            char text[256];
            snprintf(text, sizeof text, "%s%s%s", string_of(label, "pos"),
                     *morph != '\0' ? "/" : "", morph);
            put_item(p, text);
        }
    }
    const json_t *moves = json_object_get(component, "moves");
    size_t count = json_array_size(moves);
    const char *names[1024];
    if (count > sizeof names / sizeof *names)
        count = sizeof names / sizeof *names;
    for (size_t i = 0; i < count; i++)
        names[i] = string_of(json_array_get(moves, i), "label");
    qsort(names, count, sizeof *names, by_string);
    for (size_t i = 0; i < count; i++)
        if (*names[i] != '\0' && (i == 0 || strcmp(names[i], names[i - 1]) != 0))
            put_item(p, names[i]);
    end_list(p);
}

/* The look-up tables below a prefix, with their sizes. */
static void show_tables(printer *p, const char *prefix)
{
    size_t length = strlen(prefix);
    for (size_t i = 0; i < ro_weights_count(p->weights); i++) {
        const ro_weight *weight = ro_weights_at(p->weights, i);
        ro_text name = ro_text_of(weight->name);
        if (strncmp(name.data, prefix, length) != 0 || name.data[length] != '/' ||
            !ro_text_ends(name, "/keys"))
            continue;
        char text[RO_WEIGHT_NAME_SIZE + 32];
        snprintf(text, sizeof text, "%.*s:%" PRIu64,
                 (int)(name.length - length - 1 - strlen("/keys")), name.data + length + 1,
                 weight->dims[0]);
        put_item(p, text);
    }
    end_list(p);
}

static void show_component(printer *p, const char *name, const json_t *component)
{
    const char *factory = string_of(component, "factory");
    const char *architecture = string_of(component, "architecture");
    put(p, "  ");
    put_text(p, name);
    put(p, "%*s", strlen(name) < 16 ? (int)(16 - strlen(name)) : 1, "");
    put_text(p, *architecture != '\0' ? architecture : factory);
    show_encoder(p, json_object_get(component, "encoder"));
    if (json_is_array(json_object_get(component, "labels")))
        put(p, ", %zu labels", json_array_size(json_object_get(component, "labels")));
    if (json_is_array(json_object_get(component, "moves")))
        put(p, ", %zu moves", json_array_size(json_object_get(component, "moves")));
    if (json_is_array(json_object_get(component, "patterns")))
        put(p, ", %zu rules", json_array_size(json_object_get(component, "patterns")));
    if (*string_of(component, "mode") != '\0') {
        put(p, ", mode ");
        put_text(p, string_of(component, "mode"));
    }
    uint64_t parameters = count_parameters(p->weights, name);
    if (parameters > 0) {
        put(p, ", ");
        put_number(p, parameters);
        put(p, " parameters");
    }
    put_line_end(p);
    show_labels(p, component);
    show_tables(p, name);
}

static void show_package(printer *p, const json_t *model)
{
    const json_t *package = json_object_get(model, "package");
    put_fact(p, "language", string_of(model, "language"));
    put(p, "%-18s", "package");
    put_text(p, string_of(package, "name"));
    put(p, " ");
    put_text(p, string_of(package, "version"));
    put_line_end(p);
    put_fact(p, "made for spaCy", string_of(package, "spacy_version"));
    put_fact(p, "licence", string_of(package, "license"));
    put_fact(p, "author", string_of(package, "author"));
    put_fact(p, "url", string_of(package, "url"));
    put_fact(p, "sha256", string_of(package, "sha256"));
}

static void show_file(printer *p)
{
    put(p, "%-18s", "file");
    put_text(p, ro_weights_path(p->weights));
    put(p, ", ");
    put_number(p, ro_weights_size(p->weights));
    put(p, " bytes, %zu tensors, ", ro_weights_count(p->weights));
    put_number(p, count_parameters(p->weights, ""));
    put(p, " parameters");
    put_line_end(p);
}

static long long number_at(const json_t *object, const char *key)
{
    return (long long)json_integer_value(json_object_get(object, key));
}

static void show_transformer(printer *p, const json_t *transformer)
{
    put(p, "%-18s", "transformer");
    put_text(p, string_of(transformer, "architecture"));
    put(p, ", %lld layers of %lld, %lld heads, inner %lld, %lld positions",
        number_at(transformer, "layers"), number_at(transformer, "width"),
        number_at(transformer, "heads"), number_at(transformer, "inner"),
        number_at(transformer, "positions"));
    put_line_end(p);
    put_fact(p, "precision", string_of(transformer, "precision"));
}

static void show_wordpiece(printer *p, const json_t *wordpiece)
{
    static const char *const STEPS[] = {"clean_text", "split_chinese", "strip_accents",
                                        "lowercase"};
    const ro_weight *offsets = ro_weights_find(p->weights, "wordpiece/offsets");
    put(p, "%-18s", "pieces");
    put_number(p, offsets != NULL && offsets->dims[0] > 0 ? offsets->dims[0] - 1 : 0);
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++)
        if (json_is_true(json_object_get(wordpiece, STEPS[i])))
            put(p, ", %s", STEPS[i]);
    put_line_end(p);
}

/* The heads, a line each, and the run of training that made them. */
static void show_heads(printer *p, const json_t *heads)
{
    const json_t *list = json_object_get(heads, "heads");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *head = json_array_get(list, i);
        put(p, "%-18s", i == 0 ? "heads" : "");
        put_text(p, string_of(head, "name"));
        put(p, ", %s of %zu labels", string_of(head, "kind"),
            json_array_size(json_object_get(head, "labels")));
        put_line_end(p);
    }
    if (heads != NULL)
        put_fact(p, "trained by", string_of(heads, "command"));
}

static void show_tokenizer(printer *p, const json_t *tokenizer)
{
    put(p, "%-18s%zu exceptions", "tokenizer",
        json_array_size(json_object_get(tokenizer, "exceptions")));
    static const char *const PATTERNS[] = {"prefix", "suffix", "infix", "token_match", "url_match"};
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++)
        if (json_is_string(json_object_get(tokenizer, PATTERNS[i])))
            put(p, ", %s", PATTERNS[i]);
    put_line_end(p);
}

static void show_pipeline(printer *p, const json_t *model)
{
    const json_t *pipeline = json_object_get(model, "pipeline");
    const json_t *disabled = json_object_get(model, "disabled");
    put(p, "pipeline");
    put_line_end(p);
    for (size_t i = 0; i < json_array_size(pipeline); i++) {
        const char *name = json_string_value(json_array_get(pipeline, i));
        if (name != NULL)
            show_component(p, name, json_object_get(json_object_get(model, "components"), name));
    }
    for (size_t i = 0; i < json_array_size(disabled); i++) {
        const char *name = json_string_value(json_array_get(disabled, i));
        put_fact(p, i == 0 ? "left out" : "", name != NULL ? name : "");
    }
}

static void show(printer *p, const json_t *model)
{
    const json_t *transformer = json_object_get(model, "transformer");
    show_package(p, model);
    show_file(p);
    if (transformer != NULL) {
        show_transformer(p, transformer);
        show_wordpiece(p, json_object_get(model, "wordpiece"));
    } else {
        show_tokenizer(p, json_object_get(model, "tokenizer"));
        show_pipeline(p, model);
    }
    show_heads(p, json_object_get(model, "heads"));
}

ro_status ro_model_show(const char *model_path, ro_sink sink, ro_error *error)
{
    ro_weights *weights = NULL;
    json_t *model = NULL;
    ro_status status = ro_weights_open(model_path, NULL, &weights, error);
    if (status != RO_STATUS_OK)
        return status;
    status = ro_description_read(weights, &model, error);
    if (status == RO_STATUS_OK) {
        printer p = {.sink = sink, .weights = weights};
        show(&p, model);
        status = p.status;
        if (status != RO_STATUS_OK)
            ro_error_set(error, status, "model", "the description could not be written");
    }
    json_decref(model);
    ro_weights_close(weights);
    return status;
}
