/* alloc.c - hands out memory through an ro_allocator; the only file that calls malloc. Lists and
 * documents live in arenas (arena.c), which ask here for their chunks.
 *
 * An aligned block keeps the pointer that the allocator gave right in front of its first byte.
 */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

static void *default_alloc(void *context, size_t size)
{
    (void)context;
    return malloc(size > 0 ? size : 1);
}

static void *default_resize(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    return realloc(pointer, new_size > 0 ? new_size : 1);
}

static void default_free(void *context, void *pointer, size_t size)
{
    (void)context;
    (void)size;
    free(pointer);
}

const ro_allocator *ro_alloc_default(void)
{
    static const ro_allocator allocator = {default_alloc, default_resize, default_free, NULL};
    return &allocator;
}

const ro_allocator *ro_alloc_or_default(const ro_allocator *given)
{
    return given != NULL ? given : ro_alloc_default();
}

/* count * size, never 0, since an allocator may answer 0 with NULL; false on overflow. */
static bool product(size_t count, size_t size, size_t *bytes)
{
    if (size != 0 && count > SIZE_MAX / size)
        return false;
    *bytes = count * size > 0 ? count * size : 1;
    return true;
}

void *ro_alloc_zeroed(const ro_allocator *allocator, size_t count, size_t size)
{
    size_t bytes;
    if (!product(count, size, &bytes))
        return NULL;
    void *pointer = allocator->alloc(allocator->context, bytes);
    return pointer != NULL ? memset(pointer, 0, bytes) : NULL;
}

void ro_alloc_free(const ro_allocator *allocator, void *pointer, size_t count, size_t size)
{
    size_t bytes;
    if (pointer != NULL && product(count, size, &bytes))
        allocator->free(allocator->context, pointer, bytes);
}

/* The bytes that an aligned block of count * size takes; false on overflow. */
static bool aligned_size(size_t count, size_t size, size_t *bytes)
{
    const size_t extra = ALIGNMENT + sizeof(void *);
    if (!product(count, size, bytes) || *bytes > SIZE_MAX - extra)
        return false;
    *bytes += extra;
    return true;
}

void *ro_alloc_aligned(const ro_allocator *allocator, size_t count, size_t size)
{
    size_t bytes;
    if (!aligned_size(count, size, &bytes))
        return NULL;
    char *given = allocator->alloc(allocator->context, bytes);
    if (given == NULL)
        return NULL;
    char *first = given + sizeof(void *);
    char *pointer = first + (ALIGNMENT - (uintptr_t)first % ALIGNMENT) % ALIGNMENT;
    memcpy(pointer - sizeof given, &given, sizeof given);
    return pointer;
}

void ro_alloc_free_aligned(const ro_allocator *allocator, void *pointer, size_t count, size_t size)
{
    size_t bytes;
    if (pointer == NULL || !aligned_size(count, size, &bytes))
        return;
    void *given;
    memcpy(&given, (char *)pointer - sizeof given, sizeof given);
    allocator->free(allocator->context, given, bytes);
}
