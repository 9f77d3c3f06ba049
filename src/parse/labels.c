/* labels.c - numbers the strings that a model gives to tokens, so that stages compare numbers.
 */
#include "parse/labels.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"

struct ro_labels {
    ro_allocator allocator;
    ro_arena *arena;
    ro_map *numbers;
    RO_LIST(const char *) texts;
};

ro_labels *ro_labels_new(const ro_allocator *allocator)
{
    ro_labels *labels = ro_alloc_zeroed(allocator, 1, sizeof *labels);
    if (labels == NULL)
        return NULL;
    labels->allocator = *allocator;
    labels->arena = ro_arena_new(allocator);
    labels->numbers = ro_map_new(allocator);
    ro_label empty;
    if (labels->arena == NULL || labels->numbers == NULL ||
        ro_labels_add(labels, RO_TEXT(""), &empty) != RO_STATUS_OK) {
        ro_labels_free(labels);
        return NULL;
    }
    return labels;
}

void ro_labels_free(ro_labels *labels)
{
    if (labels == NULL)
        return;
    ro_allocator allocator = labels->allocator;
    ro_arena_free(labels->arena);
    ro_map_free(labels->numbers);
    ro_alloc_free(&allocator, labels, 1, sizeof *labels);
}

ro_status ro_labels_add(ro_labels *labels, ro_text text, ro_label *label)
{
    uint32_t number = labels->texts.count;
    if (ro_map_get(labels->numbers, text, &number)) {
        *label = (ro_label)number;
        return RO_STATUS_OK;
    }
    if (number > UINT16_MAX)
        return RO_STATUS_TOO_LARGE;
    const char *copy = ro_arena_copy(labels->arena, text.data, text.length);
    const char **item = copy != NULL ? RO_LIST_ADD(labels->arena, &labels->texts) : NULL;
    if (item == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *item = copy;
    *label = (ro_label)number;
    return ro_map_set(labels->numbers, text, number);
}

const char *ro_labels_text(const ro_labels *labels, ro_label label)
{
    return labels->texts.items[label];
}
