/* weights.h - named tensors in one memory-mapped file (docs/model-format.md), and its writer. */
#ifndef RO_NN_WEIGHTS_H
#define RO_NN_WEIGHTS_H
#include "readout.h"

#define RO_WEIGHT_NAME_SIZE 64 /* bytes of a name with its NUL */
#define RO_WEIGHT_RANK_MAX 4

typedef enum ro_weight_type {
#define RO_WEIGHT_TYPE(member, name, size) RO_WEIGHT_TYPE_##member,
#include "nn/weight_type.def"
#undef RO_WEIGHT_TYPE
} ro_weight_type;
const char *ro_weights_type_name(ro_weight_type type);
size_t ro_weights_type_size(ro_weight_type type);

typedef struct ro_weights ro_weights;

/* One named tensor: row-major, data aligned to 64 bytes, all borrowed from its ro_weights. Dims
 * beyond rank are 0; rank 0 holds one number. */
typedef struct ro_weight {
    const char *name;
    ro_weight_type type;
    uint32_t rank;
    uint64_t dims[RO_WEIGHT_RANK_MAX];
    const void *data;
    uint64_t bytes;
} ro_weight;

/* Maps a file and checks it whole, checksum included. Read-only afterwards, so threads may share
 * it. What ro_file_map_open fails with, BAD_FORMAT (no model file), BAD_VERSION, CORRUPT,
 * OUT_OF_MEMORY. */
ro_status ro_weights_open(const char *path, const ro_allocator *allocator, ro_weights **weights,
                          ro_error *error);
/* The same over bytes in memory, borrowed until closed and aligned to 64 (else BAD_ARGUMENT); name
 * (copied) stands in errors. */
ro_status ro_weights_open_memory(const char *name, const void *bytes, size_t count,
                                 const ro_allocator *allocator, ro_weights **weights,
                                 ro_error *error);
void ro_weights_close(ro_weights *weights);

/* NULL if there is none of that name. */
const ro_weight *ro_weights_find(const ro_weights *weights, const char *name);
/* Finds a tensor of this type, rank and shape (0 in dims: any). CORRUPT, with the shapes found and
 * expected, if it is absent or another. */
ro_status ro_weights_get(const ro_weights *weights, const char *name, ro_weight_type type,
                         uint32_t rank, const uint64_t dims[], const ro_weight **weight,
                         ro_error *error);
/* ro_weights_get of a float32 tensor, all of whose numbers must be finite; else CORRUPT as well. */
ro_status ro_weights_get_finite(const ro_weights *weights, const char *name, uint32_t rank,
                                const uint64_t dims[], const ro_weight **weight, ro_error *error);
/* All tensors, sorted by name; index is below the count. */
size_t ro_weights_count(const ro_weights *weights);
const ro_weight *ro_weights_at(const ro_weights *weights, size_t index);
const char *ro_weights_path(const ro_weights *weights);
/* The bytes of the whole file. */
size_t ro_weights_size(const ro_weights *weights);

/* Collects tensors, then writes them as one file. */
typedef struct ro_weights_writer ro_weights_writer;

ro_weights_writer *ro_weights_writer_new(const ro_allocator *allocator); /* NULL: out of memory */
/* Copies the data, the product of dims times the type's size. BAD_ARGUMENT for an empty, long or
 * repeated name, a rank above 4 or a size that overflows; OUT_OF_MEMORY. */
ro_status ro_weights_writer_add(ro_weights_writer *writer, const char *name, ro_weight_type type,
                                uint32_t rank, const uint64_t dims[], const void *data,
                                ro_error *error);
/* Same tensors, same bytes, whatever the order of adding. NOT_PERMITTED, IO, OUT_OF_MEMORY. */
ro_status ro_weights_writer_write(const ro_weights_writer *writer, const char *path,
                                  ro_error *error);
void ro_weights_writer_free(ro_weights_writer *writer);
#endif
