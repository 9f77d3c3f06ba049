/* arena.c - memory that is freed all at once: chunks from 4 KiB, each twice the one before up to
 * 1 MiB, cut into pieces in order. A request larger than a chunk gets one of its own. Where the
 * bytes come from is alloc.c's matter.
 *
 * Under AddressSanitizer every request is an allocation of its own, so that a read or write
 * behind a piece is found as it would be with malloc.
 */
#include "base/arena.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ONE_REQUEST_A_CHUNK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_REQUEST_A_CHUNK 1
#endif
#endif
#ifndef ONE_REQUEST_A_CHUNK
#define ONE_REQUEST_A_CHUNK 0
#endif

enum {
    ALIGNMENT = _Alignof(max_align_t),
    FIRST_CHUNK = 4096,
    LARGEST_CHUNK = 1024 * 1024,
};

typedef struct chunk {
    struct chunk *next;
    size_t size; /* bytes of pieces, the header not counted */
    _Alignas(max_align_t) char pieces[];
} chunk;

struct ro_arena {
    ro_allocator allocator;
    chunk *chunks;
    char *free_bytes; /* what is left of the newest shared chunk */
    size_t free_count;
    size_t next_size;
};

ro_arena *ro_arena_new(const ro_allocator *allocator)
{
    allocator = ro_alloc_or_default(allocator);
    ro_arena *arena = ro_alloc_zeroed(allocator, 1, sizeof *arena);
    if (arena == NULL)
        return NULL;
    arena->allocator = *allocator;
    arena->next_size = FIRST_CHUNK - sizeof(chunk);
    return arena;
}

void ro_arena_free(ro_arena *arena)
{
    if (arena == NULL)
        return;
    const ro_allocator allocator = arena->allocator;
    for (chunk *each = arena->chunks, *next; each != NULL; each = next) {
        next = each->next;
        allocator.free(allocator.context, each, sizeof *each + each->size);
    }
    ro_alloc_free(&allocator, arena, 1, sizeof *arena);
}

static chunk *add_chunk(ro_arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(chunk))
        return NULL;
    chunk *added = arena->allocator.alloc(arena->allocator.context, sizeof *added + size);
    if (added == NULL)
        return NULL;
    added->size = size;
    added->next = arena->chunks;
    arena->chunks = added;
    return added;
}

/* bytes that are not zeroed. */
static char *take(ro_arena *arena, size_t bytes)
{
    if (bytes == 0) /* has a place of its own too, so that it is not NULL */
        bytes = 1;
    const size_t padding = (ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT;
    if (bytes > SIZE_MAX - padding)
        return NULL;
    if (ONE_REQUEST_A_CHUNK || bytes + padding > arena->next_size / 2) {
        chunk *own = add_chunk(arena, bytes);
        return own != NULL ? own->pieces : NULL;
    }
    bytes += padding;
    if (bytes > arena->free_count) {
        chunk *added = add_chunk(arena, arena->next_size);
        if (added == NULL)
            return NULL;
        arena->free_bytes = added->pieces;
        arena->free_count = added->size;
        if (arena->next_size < LARGEST_CHUNK - sizeof(chunk))
            arena->next_size = 2 * (arena->next_size + sizeof(chunk)) - sizeof(chunk);
    }
    char *piece = arena->free_bytes;
    arena->free_bytes += bytes;
    arena->free_count -= bytes;
    return piece;
}

void *ro_arena_alloc(ro_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    char *piece = take(arena, count * size);
    return piece != NULL ? memset(piece, 0, count * size) : NULL;
}

char *ro_arena_copy(ro_arena *arena, const char *bytes, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = take(arena, length + 1);
    if (copy == NULL)
        return NULL;
    if (length > 0) /* bytes may be NULL when there are none */
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *ro_arena_format(ro_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *out = length >= 0 ? take(arena, (size_t)length + 1) : NULL;
    if (out == NULL)
        return NULL;
    va_start(arguments, format);
    vsnprintf(out, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return out;
}

void *ro_arena_list_grow(ro_arena *arena, void *items, uint32_t *count, uint32_t *capacity,
                         size_t size)
{
    if (*count == *capacity) {
        if (*capacity > UINT32_MAX / 2)
            return NULL;
        const uint32_t wider = *capacity > 0 ? 2 * *capacity : 8;
        void *moved = ro_arena_alloc(arena, wider, size);
        if (moved == NULL)
            return NULL;
        if (*count > 0)
            memcpy(moved, items, *count * size);
        items = moved;
        *capacity = wider;
    }
    ++*count;
    return items;
}
