/* phrases.c - matches many short id sequences at once: a bit filter on the first id, then a
 * binary search. Most tokens stop at the filter.
 */
#include "parse/phrases.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { FILTER_BITS = 1 << 14 };

typedef struct phrase {
    const uint64_t *ids;
    size_t count;
} phrase;

struct ro_phrases {
    ro_allocator allocator;
    ro_arena *arena;
    RO_LIST(phrase) items;
    uint64_t filter[FILTER_BITS / 64];
};

ro_phrases *ro_phrases_new(const ro_allocator *allocator)
{
    ro_phrases *phrases = ro_alloc_zeroed(allocator, 1, sizeof *phrases);
    if (phrases == NULL)
        return NULL;
    phrases->allocator = *allocator;
    phrases->arena = ro_arena_new(allocator);
    if (phrases->arena == NULL) {
        ro_phrases_free(phrases);
        return NULL;
    }
    return phrases;
}

void ro_phrases_free(ro_phrases *phrases)
{
    if (phrases == NULL)
        return;
    ro_allocator allocator = phrases->allocator;
    ro_arena_free(phrases->arena);
    ro_alloc_free(&allocator, phrases, 1, sizeof *phrases);
}

ro_status ro_phrases_add(ro_phrases *phrases, const uint64_t *ids, size_t count)
{
    uint64_t *copy = ro_arena_alloc(phrases->arena, count, sizeof *copy);
    phrase *item = copy != NULL ? RO_LIST_ADD(phrases->arena, &phrases->items) : NULL;
    if (item == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    memcpy(copy, ids, count * sizeof *copy);
    *item = (phrase){copy, count};
    phrases->filter[ids[0] % FILTER_BITS / 64] |= UINT64_C(1) << (ids[0] % 64);
    return RO_STATUS_OK;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = ((const phrase *)a)->ids[0], y = ((const phrase *)b)->ids[0];
    return (x > y) - (x < y);
}

void ro_phrases_finish(ro_phrases *phrases)
{
    if (phrases->items.count > 0)
        qsort(phrases->items.items, phrases->items.count, sizeof(phrase), compare);
}

size_t ro_phrases_at(const ro_phrases *phrases, const uint64_t *ids, size_t count, size_t at,
                     uint32_t *lengths, size_t room)
{
    uint64_t id = ids[at];
    if ((phrases->filter[id % FILTER_BITS / 64] >> (id % 64) & 1) == 0)
        return 0;
    const phrase *items = phrases->items.items;
    size_t low = 0, high = phrases->items.count, found = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].ids[0] < id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < phrases->items.count && items[low].ids[0] == id && found < room; low++)
        if (items[low].count <= count - at &&
            memcmp(items[low].ids, ids + at, items[low].count * sizeof *ids) == 0)
            lengths[found++] = (uint32_t)items[low].count;
    return found;
}
