/* failing_allocator.h - an allocator that fails at the n-th request, and counts what is not given
 * back, with the sizes that it is given back by. */
#ifndef RO_TEST_FAILING_ALLOCATOR_H
#define RO_TEST_FAILING_ALLOCATOR_H
#include "readout.h"

#include <stdlib.h>

typedef struct failing_allocator {
    size_t fail_at;  /* the request that fails, from 1; 0: none */
    size_t requests; /* so far */
    size_t held;     /* bytes not given back */
    bool failed;
} failing_allocator;

static inline bool failing_allocator_refuses(failing_allocator *state)
{
    const bool refuses = ++state->requests == state->fail_at;
    state->failed = state->failed || refuses;
    return refuses;
}

static inline void *failing_allocator_alloc(void *context, size_t size)
{
    failing_allocator *state = context;
    void *pointer = failing_allocator_refuses(state) ? NULL : malloc(size);
    state->held += pointer != NULL ? size : 0;
    return pointer;
}

static inline void *failing_allocator_resize(void *context, void *pointer, size_t old_size,
                                             size_t new_size)
{
    failing_allocator *state = context;
    void *moved = failing_allocator_refuses(state) ? NULL : realloc(pointer, new_size);
    if (moved != NULL)
        state->held += new_size - old_size;
    return moved;
}

static inline void failing_allocator_free(void *context, void *pointer, size_t size)
{
    failing_allocator *state = context;
    state->held -= pointer != NULL ? size : 0;
    free(pointer);
}

static inline ro_allocator failing_allocator_of(failing_allocator *state)
{
    return (ro_allocator){failing_allocator_alloc, failing_allocator_resize, failing_allocator_free,
                          state};
}
#endif
