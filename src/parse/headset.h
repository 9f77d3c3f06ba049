/* headset.h - the heads of a model file. */
#ifndef RO_PARSE_HEADSET_H
#define RO_PARSE_HEADSET_H
#include "nn/head.h"

#include <jansson.h>

typedef struct ro_headset ro_headset; /* read-only, shared by threads */

/* Opens the heads that description, the object "heads" of model.json, names, over vectors of width;
 * NULL: an empty set. CORRUPT for a description that is damaged, or made for vectors of another
 * width or with a tensor that is not as it should be (ro_head_open); UNSUPPORTED, OUT_OF_MEMORY. */
ro_status ro_headset_open(const ro_weights *weights, const json_t *description, size_t width,
                          const ro_kernels *kernels, const ro_allocator *allocator,
                          ro_headset **set, ro_error *error);
void ro_headset_close(ro_headset *set);
size_t ro_headset_count(const ro_headset *set);
/* In the order of the file; index is below the count. */
const ro_head *ro_headset_at(const ro_headset *set, size_t index);
/* The pieces of a window that the heads were trained on, and of which neighbours share; 0 for
 * none. */
size_t ro_headset_window(const ro_headset *set);
size_t ro_headset_overlap(const ro_headset *set);
#endif
