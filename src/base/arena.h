/* arena.h - memory that is freed all at once. One document owns one arena. */
#ifndef RO_BASE_ARENA_H
#define RO_BASE_ARENA_H
#include "readout.h"

typedef struct ro_arena ro_arena;

/* NULL when out of memory. */
ro_arena *ro_arena_new(const ro_allocator *allocator);
void ro_arena_free(ro_arena *arena);
/* count * size bytes, zeroed, aligned for any type; NULL when out of memory. No bytes give a valid
 * pointer too. */
void *ro_arena_alloc(ro_arena *arena, size_t count, size_t size);
/* A copy of length bytes with a NUL behind it; NULL when out of memory. */
char *ro_arena_copy(ro_arena *arena, const char *bytes, size_t length);
/* A formatted string; NULL when out of memory. */
char *ro_arena_format(ro_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Growing lists in an arena: RO_LIST(ro_event) events; ro_event *e = RO_LIST_ADD(arena, &events);
 * gives a zeroed new last item, or NULL when out of memory. Earlier items may move. */
#define RO_LIST(type)                                                                              \
    struct {                                                                                       \
        type *items;                                                                               \
        uint32_t count, capacity;                                                                  \
    }
#define RO_LIST_ADD(arena, list)                                                                   \
    (((list)->items = ro_arena_list_grow((arena), (list)->items, &(list)->count,                   \
                                         &(list)->capacity, sizeof *(list)->items)) != NULL        \
         ? &(list)->items[(list)->count - 1]                                                       \
         : NULL)
/* Used by RO_LIST_ADD: makes room for one more item and counts it; on failure NULL, and the list
 * is lost to its owner (the document is then given up). */
void *ro_arena_list_grow(ro_arena *arena, void *items, uint32_t *count, uint32_t *capacity,
                         size_t size);
#endif
