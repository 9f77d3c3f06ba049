/* headset.c - opens the heads that model.json describes. What a head does is nn/head.c's.
 */
#include "parse/headset.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

enum { HEADS = 32, LABELS = 1024, WINDOW = 4096, NAME = 32 };

struct ro_headset {
    ro_allocator allocator;
    size_t window, overlap, count;
    ro_head *heads[HEADS];
};

static ro_status fail(const ro_weights *weights, ro_error *error, const char *what)
{
    return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0,
                           UINT64_MAX, "heads: %s", what);
}

/* A number of model.json from 0 to most; false if it is none. */
static bool read_number(const json_t *object, const char *key, size_t most, size_t *number)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0 ||
        (uint64_t)json_integer_value(value) > most)
        return false;
    *number = (size_t)json_integer_value(value);
    return true;
}

/* A name stands in names of tensors, and is a key of what is written (write/answers.c). */
static bool is_name(const char *name)
{
    static const char *const taken[] = {"id", "marks", "start", "end"};
    size_t length = name != NULL ? strlen(name) : 0;
    if (length == 0 || length > NAME || strspn(name, "abcdefghijklmnopqrstuvwxyz_") != length)
        return false;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(name, taken[i]) == 0)
            return false;
    return true;
}

static bool is_there(const ro_headset *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(ro_head_shape_get(set->heads[i])->name, name) == 0)
            return true;
    return false;
}

static ro_status open_head(const ro_weights *weights, const json_t *item, size_t width,
                           const ro_kernels *kernels, ro_headset *set, ro_error *error)
{
    const char *labels[LABELS];
    const json_t *list = json_object_get(item, "labels");
    const char *kind = json_string_value(json_object_get(item, "kind"));
    ro_head_shape shape = {.name = json_string_value(json_object_get(item, "name")),
                           .width = width,
                           .labels = labels,
                           .label_count = json_array_size(list)};
    if (!is_name(shape.name) || is_there(set, shape.name))
        return fail(weights, error,
                    "one has no name of its own, of lower-case letters and underscores");
    if (kind == NULL || !ro_head_kind_parse(ro_text_of(kind), &shape.kind))
        return fail(weights, error, "one has a kind other than chain, span and pair");
    if (shape.label_count == 0 || shape.label_count > LABELS)
        return fail(weights, error, "one has no labels, or too many");
    for (size_t i = 0; i < shape.label_count; i++)
        if ((labels[i] = json_string_value(json_array_get(list, i))) == NULL || *labels[i] == '\0')
            return fail(weights, error, "a label is no string, or empty");
    ro_status status =
        ro_head_open(weights, &shape, kernels, &set->allocator, &set->heads[set->count], error);
    set->count += status == RO_STATUS_OK;
    return status;
}

static ro_status open_all(const ro_weights *weights, const json_t *description, size_t width,
                          const ro_kernels *kernels, ro_headset *set, ro_error *error)
{
    const json_t *list = json_object_get(description, "heads");
    size_t made_for = 0;
    if (!read_number(description, "width", SIZE_MAX, &made_for) || !json_is_array(list) ||
        !read_number(description, "window", WINDOW, &set->window) ||
        !read_number(description, "overlap", WINDOW, &set->overlap))
        return fail(weights, error, "expected width, window, overlap and a list of heads");
    if (made_for != width)
        return ro_error_set_at(
            error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0, UINT64_MAX,
            "heads: made for vectors of %zu, but those of this encoder have %zu", made_for, width);
    if (set->overlap > set->window / 2) /* each piece would be read over and over */
        return fail(weights, error, "windows overlap by more than half");
    if (json_array_size(list) > HEADS)
        return fail(weights, error, "too many");
    ro_status status = RO_STATUS_OK;
    for (size_t i = 0; i < json_array_size(list) && status == RO_STATUS_OK; i++)
        status = open_head(weights, json_array_get(list, i), width, kernels, set, error);
    return status;
}

ro_status ro_headset_open(const ro_weights *weights, const json_t *description, size_t width,
                          const ro_kernels *kernels, const ro_allocator *allocator,
                          ro_headset **set, ro_error *error)
{
    ro_headset *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "out of memory");
    made->allocator = *allocator;
    ro_status status = description == NULL
                           ? RO_STATUS_OK
                           : open_all(weights, description, width, kernels, made, error);
    if (status != RO_STATUS_OK) {
        ro_headset_close(made);
        return status;
    }
    *set = made;
    return RO_STATUS_OK;
}

void ro_headset_close(ro_headset *set)
{
    if (set == NULL)
        return;
    ro_allocator allocator = set->allocator;
    for (size_t i = 0; i < set->count; i++)
        ro_head_close(set->heads[i]);
    ro_alloc_free(&allocator, set, 1, sizeof *set);
}

size_t ro_headset_count(const ro_headset *set)
{
    return set->count;
}

const ro_head *ro_headset_at(const ro_headset *set, size_t index)
{
    return set->heads[index];
}

size_t ro_headset_window(const ro_headset *set)
{
    return set->window;
}

size_t ro_headset_overlap(const ro_headset *set)
{
    return set->overlap;
}
