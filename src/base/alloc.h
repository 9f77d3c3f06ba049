/* alloc.h - memory through one ro_allocator; only alloc.c calls malloc. */
#ifndef RO_BASE_ALLOC_H
#define RO_BASE_ALLOC_H
#include "readout.h"

/* The allocator over malloc; static. */
const ro_allocator *ro_alloc_default(void);
/* given, or the default where given is NULL. */
const ro_allocator *ro_alloc_or_default(const ro_allocator *given);
/* count * size bytes, zeroed; NULL when out of memory or when the product overflows. */
void *ro_alloc_zeroed(const ro_allocator *allocator, size_t count, size_t size);
/* Releases what ro_alloc_zeroed(allocator, count, size) gave. */
void ro_alloc_free(const ro_allocator *allocator, void *pointer, size_t count, size_t size);
/* count * size bytes aligned to 64, not zeroed; for the numeric kernels. */
void *ro_alloc_aligned(const ro_allocator *allocator, size_t count, size_t size);
void ro_alloc_free_aligned(const ro_allocator *allocator, void *pointer, size_t count, size_t size);
#endif
