/* ruler_open.c - reads the patterns of an attribute ruler (spaCy's Matcher syntax, as far as
 * packages use it) into conditions. Running them is ruler.c's.
 */
#include "parse/ruler_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "doc/token.h"

#include <string.h>

static ro_text text_of(const json_t *value)
{
    return (ro_text){json_string_value(value), json_string_length(value)};
}

static bool find_field(const char *name, ro_ruler_field *field)
{
    static const char *const names[] = {
#define RO_RULER_FIELD(member) #member,
#include "parse/ruler_field.def"
#undef RO_RULER_FIELD
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *field = (ro_ruler_field)i;
            return true;
        }
    return false;
}

static ro_status open_value(ro_ruler *ruler, ro_ruler_field field, const json_t *value,
                            uint64_t *out, ro_error *error)
{
    if (field == RO_RULER_FIELD_IS_SPACE && json_is_boolean(value)) {
        *out = json_is_true(value);
        return RO_STATUS_OK;
    }
    if (!json_is_string(value) || field == RO_RULER_FIELD_IS_SPACE)
        return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                            "attribute_ruler: a pattern's value has the wrong type");
    ro_label label;
    ro_upos upos;
    ro_status status;
    switch (field) {
    case RO_RULER_FIELD_TAG:
    case RO_RULER_FIELD_DEP:
        status = ro_labels_add(ruler->labels, text_of(value), &label);
        if (status == RO_STATUS_OK)
            *out = label;
        return status;
    case RO_RULER_FIELD_POS:
        if (!ro_upos_parse(text_of(value), &upos))
            return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                                "attribute_ruler: no part of speech '%s'",
                                json_string_value(value));
        *out = upos;
        return RO_STATUS_OK;
    default:
        *out = ro_vocabulary_id(ruler->vocabulary, text_of(value));
        return RO_STATUS_OK;
    }
}

static ro_status open_values(ro_ruler *ruler, const json_t *value, ro_condition *condition,
                             ro_error *error)
{
    bool list = json_is_array(value);
    condition->value_count = list ? json_array_size(value) : 1;
    condition->values =
        ro_arena_alloc(ruler->arena, condition->value_count, sizeof *condition->values);
    if (condition->values == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_status status = RO_STATUS_OK;
    for (size_t i = 0; i < condition->value_count && status == RO_STATUS_OK; i++)
        status = open_value(ruler, condition->field, list ? json_array_get(value, i) : value,
                            &condition->values[i], error);
    return status;
}

static ro_status open_regex(ro_ruler *ruler, const json_t *value, ro_condition *condition,
                            ro_error *error)
{
    ro_owned_regex *owned = ro_arena_alloc(ruler->arena, 1, sizeof *owned);
    if (owned == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *owned = (ro_owned_regex){.next = ruler->regexes};
    ruler->regexes = owned;
    ro_status status = ro_regex_open(text_of(value), &ruler->allocator, &owned->regex, error);
    condition->regex = owned->regex;
    return status;
}

/* Whether a field's text is at hand, and not only its id. */
static bool has_text(ro_ruler_field field)
{
    return field != RO_RULER_FIELD_NORM && field != RO_RULER_FIELD_POS &&
           field != RO_RULER_FIELD_IS_SPACE;
}

static ro_status open_operator(ro_ruler *ruler, const char *name, const json_t *value,
                               ro_condition *condition, ro_error *error)
{
    if (strcmp(name, "REGEX") == 0 && json_is_string(value) && has_text(condition->field))
        return open_regex(ruler, value, condition, error);
    condition->negated = strcmp(name, "NOT_IN") == 0;
    if (!(condition->negated || strcmp(name, "IN") == 0) || !json_is_array(value))
        return ro_error_set(error, RO_STATUS_UNSUPPORTED, "model",
                            "attribute_ruler: the operator %s is not supported here", name);
    return open_values(ruler, value, condition, error);
}

static ro_status open_condition(ro_ruler *ruler, ro_token_pattern *token, const char *name,
                                const json_t *value, ro_error *error)
{
    ro_ruler_field field;
    if (!find_field(name, &field))
        return ro_error_set(error, RO_STATUS_UNSUPPORTED, "model",
                            "attribute_ruler: the attribute %s is not supported", name);
    if (!json_is_object(value)) {
        ro_condition *condition = RO_LIST_ADD(ruler->arena, &token->conditions);
        if (condition == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        condition->field = field;
        return open_values(ruler, value, condition, error);
    }
    void *iterator = json_object_iter((json_t *)(uintptr_t)value);
    for (; iterator != NULL;
         iterator = json_object_iter_next((json_t *)(uintptr_t)value, iterator)) {
        ro_condition *condition = RO_LIST_ADD(ruler->arena, &token->conditions);
        if (condition == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        condition->field = field;
        ro_status status = open_operator(ruler, json_object_iter_key(iterator),
                                         json_object_iter_value(iterator), condition, error);
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}

static ro_status open_effect(ro_ruler *ruler, const json_t *attributes, ro_effect *effect,
                             ro_error *error)
{
    struct {
        const char *name;
        unsigned bit;
        ro_label *label;
    } fields[] = {{"TAG", RO_EFFECT_TAG, &effect->tag},
                  {"MORPH", RO_EFFECT_MORPH, &effect->morph},
                  {"DEP", RO_EFFECT_DEPREL, &effect->deprel},
                  {"LEMMA", RO_EFFECT_LEMMA, &effect->lemma}};
    size_t known = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const json_t *value = json_object_get(attributes, fields[i].name);
        if (!json_is_string(value))
            continue;
        ro_status status = ro_labels_add(ruler->labels, text_of(value), fields[i].label);
        if (status != RO_STATUS_OK)
            return status;
        effect->sets |= fields[i].bit;
        known++;
    }
    const json_t *pos = json_object_get(attributes, "POS");
    ro_upos upos;
    if (json_is_string(pos) && ro_upos_parse(text_of(pos), &upos)) {
        effect->sets |= RO_EFFECT_UPOS;
        effect->upos = (uint8_t)upos;
        known++;
    }
    if (known != json_object_size(attributes))
        return ro_error_set(error, RO_STATUS_UNSUPPORTED, "model",
                            "attribute_ruler: a rule sets other attributes than TAG, POS, MORPH, "
                            "DEP and LEMMA");
    return RO_STATUS_OK;
}

static ro_status open_tokens(ro_ruler *ruler, const json_t *pattern, ro_rule *rule, ro_error *error)
{
    for (size_t i = 0; i < json_array_size(pattern); i++) {
        json_t *item = json_array_get(pattern, i);
        if (!json_is_object(item))
            return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                                "attribute_ruler: a pattern's token is no object");
        ro_token_pattern *token = RO_LIST_ADD(ruler->arena, &rule->tokens);
        if (token == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        for (void *iterator = json_object_iter(item); iterator != NULL;
             iterator = json_object_iter_next(item, iterator)) {
            ro_status status = open_condition(ruler, token, json_object_iter_key(iterator),
                                              json_object_iter_value(iterator), error);
            if (status != RO_STATUS_OK)
                return status;
        }
    }
    return RO_STATUS_OK;
}

/* One entry: its patterns are alternatives with one effect, hence a rule each. */
static ro_status open_entry(ro_ruler *ruler, const json_t *entry, ro_error *error)
{
    const json_t *patterns = json_object_get(entry, "patterns");
    json_int_t index = json_integer_value(json_object_get(entry, "index"));
    for (size_t i = 0; i < json_array_size(patterns); i++) {
        const json_t *pattern = json_array_get(patterns, i);
        json_int_t length = (json_int_t)json_array_size(pattern);
        json_int_t target = index < 0 ? index + length : index;
        if (target < 0 || target >= length)
            return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                                "attribute_ruler: a rule's index is outside its pattern");
        ro_rule *rule = RO_LIST_ADD(ruler->arena, &ruler->rules);
        if (rule == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        rule->target = (uint32_t)target;
        ro_status status =
            open_effect(ruler, json_object_get(entry, "attrs"), &rule->effect, error);
        if (status == RO_STATUS_OK)
            status = open_tokens(ruler, pattern, rule, error);
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}

ro_status ro_ruler_open(const json_t *component, const ro_vocabulary *vocabulary, ro_labels *labels,
                        const ro_allocator *allocator, ro_ruler **ruler, ro_error *error)
{
    ro_ruler *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    made->allocator = *allocator;
    made->vocabulary = vocabulary;
    made->labels = labels;
    made->arena = ro_arena_new(allocator);
    ro_status status = made->arena != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    const json_t *entries = json_object_get(component, "patterns");
    for (size_t i = 0; i < json_array_size(entries) && status == RO_STATUS_OK; i++)
        status = open_entry(made, json_array_get(entries, i), error);
    if (status != RO_STATUS_OK) {
        ro_ruler_close(made);
        return status;
    }
    *ruler = made;
    return RO_STATUS_OK;
}

void ro_ruler_close(ro_ruler *ruler)
{
    if (ruler == NULL)
        return;
    ro_allocator allocator = ruler->allocator;
    for (const ro_owned_regex *owned = ruler->regexes; owned != NULL; owned = owned->next)
        ro_regex_close(owned->regex);
    ro_arena_free(ruler->arena);
    ro_alloc_free(&allocator, ruler, 1, sizeof *ruler);
}
