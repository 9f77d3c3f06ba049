/* lookup.c - look-up tables of a model file: binary search over ids, in the mapped file.
 */
#include "parse/lookup.h"

#include "base/error.h"
#include "base/text.h"

#include <stdio.h>

bool ro_lookup_sorted(const uint64_t *keys, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (keys[i - 1] >= keys[i])
            return false;
    return true;
}

static bool is_utf8(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t valid = ro_text_valid_prefix(text + at, length - at);
        if (valid == 0)
            return false;
        at += valid;
    }
    return true;
}

static ro_status check_values(const ro_weights *weights, const char *name, const ro_lookup *table,
                              uint64_t bytes, ro_error *error)
{
    bool good = table->offsets[0] == 0 && table->offsets[table->count] == bytes;
    for (size_t i = 0; good && i < table->count; i++)
        good = table->offsets[i] <= table->offsets[i + 1] && table->offsets[i + 1] <= bytes &&
               is_utf8(table->text + table->offsets[i], table->offsets[i + 1] - table->offsets[i]);
    return good ? RO_STATUS_OK
                : ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0,
                                  UINT64_MAX, "table %s: its offsets do not cut its text", name);
}

ro_status ro_lookup_open(const ro_weights *weights, const char *name, ro_lookup *table,
                         ro_error *error)
{
    char keys_name[96], offsets_name[96], text_name[96];
    snprintf(keys_name, sizeof keys_name, "%s/keys", name);
    snprintf(offsets_name, sizeof offsets_name, "%s/offsets", name);
    snprintf(text_name, sizeof text_name, "%s/text", name);
    *table = (ro_lookup){0};
    if (ro_weights_find(weights, keys_name) == NULL)
        return RO_STATUS_OK;
    const ro_weight *keys, *offsets, *text;
    ro_status status = ro_weights_get(weights, keys_name, RO_WEIGHT_TYPE_U64, 1,
                                      (const uint64_t[]){0}, &keys, error);
    if (status != RO_STATUS_OK)
        return status;
    ro_lookup made = {.keys = keys->data, .count = (size_t)keys->dims[0]};
    if (!ro_lookup_sorted(made.keys, made.count))
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0,
                               UINT64_MAX, "table %s: its keys are not sorted", name);
    if (ro_weights_find(weights, offsets_name) != NULL) {
        status = ro_weights_get(weights, offsets_name, RO_WEIGHT_TYPE_U32, 1,
                                (const uint64_t[]){made.count + 1}, &offsets, error);
        if (status == RO_STATUS_OK)
            status = ro_weights_get(weights, text_name, RO_WEIGHT_TYPE_U8, 1, (const uint64_t[]){0},
                                    &text, error);
        if (status != RO_STATUS_OK)
            return status;
        made.offsets = offsets->data;
        made.text = text->data;
        status = check_values(weights, name, &made, text->dims[0], error);
        if (status != RO_STATUS_OK)
            return status;
    }
    *table = made;
    return RO_STATUS_OK;
}

size_t ro_lookup_search(const uint64_t *keys, size_t count, uint64_t id)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && keys[low] == id ? low : count;
}

bool ro_lookup_has(const ro_lookup *table, uint64_t id)
{
    return ro_lookup_search(table->keys, table->count, id) < table->count;
}

bool ro_lookup_find(const ro_lookup *table, uint64_t id, ro_text *value)
{
    size_t at = ro_lookup_search(table->keys, table->count, id);
    if (at == table->count)
        return false;
    *value = table->offsets != NULL ? (ro_text){table->text + table->offsets[at],
                                                table->offsets[at + 1] - table->offsets[at]}
                                    : (ro_text){"", 0};
    return true;
}

bool ro_lookup_next(ro_text *list, ro_text *item)
{
    if (list->data == NULL)
        return false;
    const char *end = list->length > 0 ? memchr(list->data, '\0', list->length) : NULL;
    if (end == NULL) {
        *item = *list;
        *list = (ro_text){NULL, 0};
    } else {
        *item = (ro_text){list->data, (size_t)(end - list->data)};
        list->length -= item->length + 1;
        list->data = end + 1;
    }
    return true;
}
