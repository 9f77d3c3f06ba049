/* map.c - a hash table from strings to 32-bit numbers: open addressing with linear probing, at
 * most 3/4 full. Keys are copied into an arena; nothing is ever removed.
 */
#include "base/map.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/text.h"

#include <string.h>

typedef struct slot {
    const char *key; /* NULL: free */
    size_t length;
    uint32_t hash; /* spares most comparisons, and hashing again when the table grows */
    uint32_t value;
} slot;

struct ro_map {
    ro_allocator allocator;
    ro_arena *keys;
    slot *slots;
    size_t capacity; /* a power of two */
    size_t count;
};

ro_map *ro_map_new(const ro_allocator *allocator)
{
    allocator = ro_alloc_or_default(allocator);
    ro_map *map = ro_alloc_zeroed(allocator, 1, sizeof *map);
    if (map == NULL)
        return NULL;
    map->allocator = *allocator;
    map->capacity = 16;
    map->keys = ro_arena_new(allocator);
    map->slots = ro_alloc_zeroed(allocator, map->capacity, sizeof *map->slots);
    if (map->keys == NULL || map->slots == NULL) {
        ro_map_free(map);
        return NULL;
    }
    return map;
}

void ro_map_free(ro_map *map)
{
    if (map == NULL)
        return;
    const ro_allocator allocator = map->allocator;
    ro_alloc_free(&allocator, map->slots, map->capacity, sizeof *map->slots);
    ro_arena_free(map->keys);
    ro_alloc_free(&allocator, map, 1, sizeof *map);
}

static uint32_t hash_of(ro_text key)
{
    const uint64_t hash = ro_text_hash(key.data, key.length, 0);
    return (uint32_t)(hash ^ hash >> 32);
}

/* The slot that holds key, or the free one where it belongs. */
static slot *find(const ro_map *map, ro_text key, uint32_t hash)
{
    for (size_t at = hash & (map->capacity - 1);; at = (at + 1) & (map->capacity - 1)) {
        slot *each = &map->slots[at];
        if (each->key == NULL)
            return each;
        if (each->hash == hash && ro_text_equal((ro_text){each->key, each->length}, key))
            return each;
    }
}

static bool grow(ro_map *map)
{
    const size_t capacity = 2 * map->capacity;
    slot *slots = ro_alloc_zeroed(&map->allocator, capacity, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < map->capacity; ++i) {
        if (map->slots[i].key == NULL)
            continue;
        size_t at = map->slots[i].hash & (capacity - 1);
        while (slots[at].key != NULL)
            at = (at + 1) & (capacity - 1);
        slots[at] = map->slots[i];
    }
    ro_alloc_free(&map->allocator, map->slots, map->capacity, sizeof *map->slots);
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

ro_status ro_map_set(ro_map *map, ro_text key, uint32_t value)
{
    const uint32_t hash = hash_of(key);
    slot *found = find(map, key, hash);
    if (found->key == NULL) {
        if (map->count >= map->capacity / 4 * 3) {
            if (!grow(map))
                return RO_STATUS_OUT_OF_MEMORY;
            found = find(map, key, hash);
        }
        const char *copy = ro_arena_copy(map->keys, key.data, key.length);
        if (copy == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *found = (slot){copy, key.length, hash, value};
        ++map->count;
    }
    found->value = value;
    return RO_STATUS_OK;
}

bool ro_map_get(const ro_map *map, ro_text key, uint32_t *value)
{
    const slot *found = find(map, key, hash_of(key));
    if (found->key == NULL)
        return false;
    *value = found->value;
    return true;
}

size_t ro_map_count(const ro_map *map)
{
    return map->count;
}
