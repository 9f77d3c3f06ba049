/* lemma.c - finds the lemma of a form from its part of speech and morphology, as spaCy's
 * lemmatizer.py and lang/fr/lemmatizer.py do. Tables and rules come from the package; what is a
 * base form is data of the language (data/spacy).
 */
#include "parse/lemma.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "doc/token.h"

#include <stdio.h>
#include <string.h>

enum {
    UPOS_COUNT = 32,
    FORMS_MAX = 16,
    FIRST_SLOTS = 1 << 13,
};
#define NONE UINT32_MAX

typedef struct suffix_rule {
    ro_text old, replacement;
} suffix_rule;

/* A form is a base form if its features have these values (an empty value: must be absent). */
typedef struct base_form {
    uint8_t upos; /* RO_UPOS_NONE: any */
    RO_LIST(ro_text) names;
    RO_LIST(ro_text) values;
} base_form;

typedef enum lemma_procedure { PROCEDURE_RULES, PROCEDURE_INDEX, PROCEDURE_LOOKUP } lemma_procedure;

struct ro_lemma {
    ro_allocator allocator;
    const ro_vocabulary *vocabulary;
    const ro_labels *labels;
    ro_arena *arena;
    lemma_procedure procedure;
    bool overwrite;
    bool treated[UPOS_COUNT]; /* by the index procedure; others are looked up */
    ro_lookup exceptions[UPOS_COUNT], index[UPOS_COUNT], lookup;
    RO_LIST(suffix_rule) rules[UPOS_COUNT];
    RO_LIST(base_form) base_forms;
};

typedef struct memo {
    uint64_t key;
    const char *lemma;
} memo;

struct ro_lemma_scratch {
    ro_allocator allocator;
    ro_arena *arena;
    memo *slots; /* open addressing, lemma NULL if free */
    size_t slot_count, used;
};

/* ---- opening --------------------------------------------------------------------------------- */

static ro_status copy_text(ro_lemma *lemma, const char *text, size_t length, ro_text *out)
{
    const char *copy = ro_arena_copy(lemma->arena, text, length);
    *out = (ro_text){copy, length};
    return copy != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

/* Parts of speech stand in lower case in packages ("noun"); "" is any. */
static bool parse_upos(const char *name, ro_upos *upos)
{
    char upper[16];
    size_t length = strlen(name);
    if (length >= sizeof upper)
        return false;
    for (size_t i = 0; i <= length; i++)
        upper[i] = (char)(name[i] >= 'a' && name[i] <= 'z' ? name[i] - 'a' + 'A' : name[i]);
    return ro_upos_parse(ro_text_of(upper), upos);
}

static ro_status open_tables(ro_lemma *lemma, const char *component, const ro_weights *weights,
                             ro_error *error)
{
    char table[RO_WEIGHT_NAME_SIZE]; /* a longer name is no tensor's */
    snprintf(table, sizeof table, "%s/lookup", component);
    ro_status status = ro_lookup_open(weights, table, &lemma->lookup, error);
    for (int upos = 1; upos < UPOS_COUNT && status == RO_STATUS_OK; upos++) {
        const char *name = ro_upos_name((ro_upos)upos);
        if (*name == '\0')
            break;
        char lower[16] = "";
        for (size_t i = 0; name[i] != '\0' && i + 1 < sizeof lower; i++)
            lower[i] = (char)(name[i] - 'A' + 'a');
        snprintf(table, sizeof table, "%s/exc/%s", component, lower);
        status = ro_lookup_open(weights, table, &lemma->exceptions[upos], error);
        snprintf(table, sizeof table, "%s/index/%s", component, lower);
        if (status == RO_STATUS_OK)
            status = ro_lookup_open(weights, table, &lemma->index[upos], error);
    }
    return status;
}

static ro_status open_rules(ro_lemma *lemma, const char *pos, const json_t *list, ro_error *error)
{
    ro_upos upos;
    if (!parse_upos(pos, &upos) || !json_is_array(list))
        return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                            "lemmatizer.rules: no part of speech '%s'", pos);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *pair = json_array_get(list, i);
        const json_t *old = json_array_get(pair, 0), *new = json_array_get(pair, 1);
        suffix_rule *rule = RO_LIST_ADD(lemma->arena, &lemma->rules[upos]);
        if (rule == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        if (!json_is_string(old) || !json_is_string(new))
            return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                                "lemmatizer.rules.%s: expected pairs of strings", pos);
        if (copy_text(lemma, json_string_value(old), json_string_length(old), &rule->old) !=
                RO_STATUS_OK ||
            copy_text(lemma, json_string_value(new), json_string_length(new), &rule->replacement) !=
                RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

static ro_status open_base_form(ro_lemma *lemma, const json_t *item, ro_error *error)
{
    const char *pos = json_string_value(json_object_get(item, "pos"));
    json_t *features = json_object_get(item, "features");
    base_form *form = RO_LIST_ADD(lemma->arena, &lemma->base_forms);
    ro_upos upos;
    if (form == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    if (pos == NULL || !parse_upos(pos, &upos) || !json_is_object(features))
        return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                            "lemmatizer.base_forms: expected a part of speech and features");
    form->upos = (uint8_t)upos;
    for (void *i = json_object_iter(features); i != NULL; i = json_object_iter_next(features, i)) {
        const char *name = json_object_iter_key(i);
        const json_t *value = json_object_iter_value(i);
        ro_text *name_copy = RO_LIST_ADD(lemma->arena, &form->names);
        ro_text *value_copy = RO_LIST_ADD(lemma->arena, &form->values);
        if (name_copy == NULL || value_copy == NULL ||
            copy_text(lemma, name, strlen(name), name_copy) != RO_STATUS_OK ||
            copy_text(lemma, json_is_string(value) ? json_string_value(value) : "",
                      json_string_length(value), value_copy) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

static ro_status open_procedure(ro_lemma *lemma, const json_t *component, ro_error *error)
{
    const char *mode = json_string_value(json_object_get(component, "mode"));
    const char *procedure = json_string_value(json_object_get(component, "procedure"));
    if (mode != NULL && strcmp(mode, "lookup") == 0)
        lemma->procedure = PROCEDURE_LOOKUP;
    else if (mode != NULL && strcmp(mode, "rule") == 0 && procedure != NULL &&
             strcmp(procedure, "rules") == 0)
        lemma->procedure = PROCEDURE_RULES;
    else if (mode != NULL && strcmp(mode, "rule") == 0 && procedure != NULL &&
             strcmp(procedure, "index") == 0)
        lemma->procedure = PROCEDURE_INDEX;
    else
        return ro_error_set(error, RO_STATUS_UNSUPPORTED, "model",
                            "lemmatizer: mode '%s' with procedure '%s' is not supported",
                            mode != NULL ? mode : "", procedure != NULL ? procedure : "");
    const json_t *treated = json_object_get(component, "pos");
    for (size_t i = 0; i < json_array_size(treated); i++) {
        const char *name = json_string_value(json_array_get(treated, i));
        ro_upos upos;
        if (name == NULL || !parse_upos(name, &upos))
            return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                                "lemmatizer.pos: expected parts of speech");
        lemma->treated[upos] = true;
    }
    return RO_STATUS_OK;
}

static ro_status open_parts(ro_lemma *lemma, const json_t *component, const char *name,
                            const ro_weights *weights, ro_error *error)
{
    ro_status status = open_procedure(lemma, component, error);
    if (status == RO_STATUS_OK)
        status = open_tables(lemma, name, weights, error);
    json_t *rules = json_object_get(component, "rules");
    for (void *i = json_object_iter(rules); i != NULL && status == RO_STATUS_OK;
         i = json_object_iter_next(rules, i))
        status = open_rules(lemma, json_object_iter_key(i), json_object_iter_value(i), error);
    const json_t *base_forms = json_object_get(component, "base_forms");
    for (size_t i = 0; i < json_array_size(base_forms) && status == RO_STATUS_OK; i++)
        status = open_base_form(lemma, json_array_get(base_forms, i), error);
    lemma->overwrite = json_is_true(json_object_get(component, "overwrite"));
    return status;
}

ro_status ro_lemma_open(const json_t *component, const char *name, const ro_weights *weights,
                        const ro_vocabulary *vocabulary, const ro_labels *labels,
                        const ro_allocator *allocator, ro_lemma **lemma, ro_error *error)
{
    ro_lemma *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    made->allocator = *allocator;
    made->vocabulary = vocabulary;
    made->labels = labels;
    made->arena = ro_arena_new(allocator);
    ro_status status = made->arena != NULL ? open_parts(made, component, name, weights, error)
                                           : RO_STATUS_OUT_OF_MEMORY;
    if (status != RO_STATUS_OK) {
        ro_lemma_close(made);
        return status;
    }
    *lemma = made;
    return RO_STATUS_OK;
}

void ro_lemma_close(ro_lemma *lemma)
{
    if (lemma == NULL)
        return;
    ro_allocator allocator = lemma->allocator;
    ro_arena_free(lemma->arena);
    ro_alloc_free(&allocator, lemma, 1, sizeof *lemma);
}

/* ---- scratch --------------------------------------------------------------------------------- */

ro_lemma_scratch *ro_lemma_scratch_new(const ro_lemma *lemma)
{
    ro_lemma_scratch *scratch = ro_alloc_zeroed(&lemma->allocator, 1, sizeof *scratch);
    if (scratch == NULL)
        return NULL;
    scratch->allocator = lemma->allocator;
    if (ro_lemma_scratch_clear(scratch) != RO_STATUS_OK) {
        ro_lemma_scratch_free(scratch);
        return NULL;
    }
    return scratch;
}

void ro_lemma_scratch_free(ro_lemma_scratch *scratch)
{
    if (scratch == NULL)
        return;
    ro_allocator allocator = scratch->allocator;
    ro_arena_free(scratch->arena);
    ro_alloc_free(&allocator, scratch->slots, scratch->slot_count, sizeof *scratch->slots);
    ro_alloc_free(&allocator, scratch, 1, sizeof *scratch);
}

ro_status ro_lemma_scratch_clear(ro_lemma_scratch *scratch)
{
    ro_arena *arena = ro_arena_new(&scratch->allocator);
    memo *slots = ro_alloc_zeroed(&scratch->allocator, FIRST_SLOTS, sizeof *slots);
    if (arena == NULL || slots == NULL) {
        ro_arena_free(arena);
        ro_alloc_free(&scratch->allocator, slots, FIRST_SLOTS, sizeof *slots);
        return RO_STATUS_OUT_OF_MEMORY;
    }
    ro_arena_free(scratch->arena);
    ro_alloc_free(&scratch->allocator, scratch->slots, scratch->slot_count, sizeof *slots);
    scratch->arena = arena;
    scratch->slots = slots;
    scratch->slot_count = FIRST_SLOTS;
    scratch->used = 0;
    return RO_STATUS_OK;
}

static memo *find_slot(memo *slots, size_t count, uint64_t key)
{
    size_t slot = (size_t)((key * 0x9E3779B97F4A7C15U) >> 20) & (count - 1);
    while (slots[slot].lemma != NULL && slots[slot].key != key)
        slot = (slot + 1) & (count - 1);
    return &slots[slot];
}

static bool grow_slots(ro_lemma_scratch *scratch)
{
    if (2 * scratch->used < scratch->slot_count)
        return true;
    size_t count = 2 * scratch->slot_count;
    memo *slots = ro_alloc_zeroed(&scratch->allocator, count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < scratch->slot_count; i++)
        if (scratch->slots[i].lemma != NULL)
            *find_slot(slots, count, scratch->slots[i].key) = scratch->slots[i];
    ro_alloc_free(&scratch->allocator, scratch->slots, scratch->slot_count, sizeof *slots);
    scratch->slots = slots;
    scratch->slot_count = count;
    return true;
}

/* ---- finding a lemma ------------------------------------------------------------------------- */

/* The value of a feature in "Number=Sing|Person=3"; empty if absent. */
static ro_text feature_of(const char *morph, ro_text name)
{
    while (*morph != '\0') {
        size_t length = strcspn(morph, "|");
        if (length > name.length && morph[name.length] == '=' &&
            memcmp(morph, name.data, name.length) == 0)
            return (ro_text){morph + name.length + 1, length - name.length - 1};
        morph += length + (morph[length] == '|');
    }
    return (ro_text){"", 0};
}

static bool is_base_form(const ro_lemma *lemma, uint8_t upos, const char *morph)
{
    for (uint32_t i = 0; i < lemma->base_forms.count; i++) {
        const base_form *form = &lemma->base_forms.items[i];
        bool holds = form->upos == RO_UPOS_NONE || form->upos == upos;
        for (uint32_t j = 0; j < form->names.count && holds; j++)
            holds = ro_text_equal(feature_of(morph, form->names.items[j]), form->values.items[j]);
        if (holds)
            return true;
    }
    return false;
}

static bool is_alpha(ro_text text)
{
    for (size_t at = 0; at < text.length;)
        if (!ro_text_is_alpha(ro_text_decode(text, &at)))
            return false;
    return text.length > 0;
}

static bool ends_with(ro_text text, ro_text end)
{
    return text.length >= end.length &&
           (end.length == 0 ||
            memcmp(text.data + text.length - end.length, end.data, end.length) == 0);
}

static bool replace_end(ro_arena *arena, ro_text text, const suffix_rule *rule, ro_text *out)
{
    size_t stem = text.length - rule->old.length;
    char *form = ro_arena_alloc(arena, stem + rule->replacement.length + 1, 1);
    if (form == NULL)
        return false;
    memcpy(form, text.data, stem);
    if (rule->replacement.length > 0)
        memcpy(form + stem, rule->replacement.data, rule->replacement.length);
    *out = (ro_text){form, stem + rule->replacement.length};
    return true;
}

/* What the suffix rules make of a form: known is the last one in the index, other the first that is
 * no word of letters, unknown the first of the rest; forms are those of the first two kinds, for a
 * later test of membership. Empty (data NULL) where there is none. */
typedef struct derived_forms {
    ro_text known, other, unknown;
    ro_text forms[FORMS_MAX];
    size_t count;
} derived_forms;

static bool derive(const ro_lemma *lemma, ro_arena *arena, uint8_t upos, ro_text string,
                   derived_forms *out)
{
    *out = (derived_forms){0};
    for (uint32_t i = 0; i < lemma->rules[upos].count; i++) {
        const suffix_rule *rule = &lemma->rules[upos].items[i];
        ro_text form;
        if (!ends_with(string, rule->old))
            continue;
        if (!replace_end(arena, string, rule, &form))
            return false;
        if (form.length == 0)
            continue;
        bool known = ro_lookup_has(&lemma->index[upos], ro_vocabulary_id(lemma->vocabulary, form));
        if (known) {
            out->known = form;
        } else if (!is_alpha(form)) {
            out->other = out->other.data == NULL ? form : out->other;
        } else {
            out->unknown = out->unknown.data == NULL ? form : out->unknown;
            continue;
        }
        if (out->count < FORMS_MAX)
            out->forms[out->count++] = form;
    }
    return true;
}

static ro_text first_of(ro_text a, ro_text b)
{
    return a.data != NULL ? a : b;
}

static bool contains(const derived_forms *derived, ro_text form)
{
    for (size_t i = 0; i < derived->count; i++)
        if (ro_text_equal(derived->forms[i], form))
            return true;
    return false;
}

/* spaCy's Lemmatizer.rule_lemmatize: forms in the index first, the last found in front; then
 * exceptions before them; then forms out of the vocabulary. */
static bool by_rules(const ro_lemma *lemma, ro_arena *arena, const ro_form *form, uint8_t upos,
                     const char *morph, ro_text *out)
{
    *out = form->lower;
    if (upos == RO_UPOS_NONE || upos == RO_UPOS_EOL || upos == RO_UPOS_SPACE ||
        is_base_form(lemma, upos, morph))
        return true;
    if (lemma->index[upos].count == 0 && lemma->exceptions[upos].count == 0 &&
        lemma->rules[upos].count == 0) {
        if (upos == RO_UPOS_PROPN)
            *out = form->text;
        return true;
    }
    derived_forms derived;
    if (!derive(lemma, arena, upos, form->lower, &derived))
        return false;
    ro_text best = first_of(derived.known, derived.other), list = {NULL, 0}, item;
    ro_lookup_find(&lemma->exceptions[upos], form->attributes.lower, &list);
    ro_text exception = {NULL, 0};
    while (ro_lookup_next(&list, &item))
        if (!contains(&derived, item) &&
            !(exception.data != NULL && ro_text_equal(item, exception)))
            exception = item;
    *out = first_of(first_of(exception, best), first_of(derived.unknown, form->text));
    return true;
}

static ro_text look_up(const ro_lemma *lemma, uint64_t id, ro_text otherwise)
{
    ro_text list, item;
    return ro_lookup_find(&lemma->lookup, id, &list) && ro_lookup_next(&list, &item) ? item
                                                                                     : otherwise;
}

/* spaCy's FrenchLemmatizer.rule_lemmatize: index, exceptions, rules, look-up. */
static bool by_index(const ro_lemma *lemma, ro_arena *arena, const ro_form *form, uint8_t upos,
                     ro_text *out)
{
    *out = form->lower;
    if (upos == RO_UPOS_NONE || upos == RO_UPOS_EOL || upos == RO_UPOS_SPACE)
        return true;
    if (!lemma->treated[upos]) {
        *out = look_up(lemma, form->attributes.orth, form->text);
        return true;
    }
    uint64_t id = form->attributes.lower;
    if (ro_lookup_has(&lemma->index[upos], id))
        return true;
    ro_text list;
    if (ro_lookup_find(&lemma->exceptions[upos], id, &list) && ro_lookup_next(&list, out))
        return true;
    derived_forms derived;
    if (!derive(lemma, arena, upos, form->lower, &derived))
        return false;
    if (derived.count > 0)
        *out = derived.forms[0];
    else
        *out = first_of(derived.unknown, look_up(lemma, id, form->lower));
    return true;
}

static const char *find_lemma(const ro_lemma *lemma, ro_arena *arena, const ro_form *form,
                              uint8_t upos, const char *morph)
{
    ro_text found = form->text;
    bool good = true;
    if (lemma->procedure == PROCEDURE_RULES)
        good = by_rules(lemma, arena, form, upos, morph, &found);
    else if (lemma->procedure == PROCEDURE_INDEX)
        good = by_index(lemma, arena, form, upos, &found);
    else
        found = look_up(lemma, form->attributes.orth, form->text);
    return good ? ro_arena_copy(arena, found.data, found.length) : NULL;
}

ro_status ro_lemma_run(const ro_lemma *lemma, ro_lemma_scratch *scratch, ro_work *work)
{
    for (uint32_t i = 0; i < work->count; i++) {
        if (work->lemmas[i] != NULL && !lemma->overwrite)
            continue;
        uint64_t key =
            (uint64_t)work->forms[i] << 24 | (uint64_t)work->morphs[i] << 8 | work->upos[i];
        if (!grow_slots(scratch))
            return RO_STATUS_OUT_OF_MEMORY;
        memo *slot = find_slot(scratch->slots, scratch->slot_count, key);
        if (slot->lemma == NULL) {
            const char *found =
                find_lemma(lemma, scratch->arena, ro_forms_at(work->table, work->forms[i]),
                           work->upos[i], ro_labels_text(lemma->labels, work->morphs[i]));
            if (found == NULL)
                return RO_STATUS_OUT_OF_MEMORY;
            *slot = (memo){key, found};
            scratch->used++;
        }
        work->lemmas[i] = slot->lemma;
    }
    return RO_STATUS_OK;
}
