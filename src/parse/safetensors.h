/* safetensors.h - the named tensors of a safetensors file, HuggingFace's container of weights. */
#ifndef RO_PARSE_SAFETENSORS_H
#define RO_PARSE_SAFETENSORS_H
#include "readout.h"

#define RO_SAFETENSORS_RANK 8 /* at most */

typedef enum ro_safetensor_type {
#define RO_SAFETENSOR_TYPE(member, size) RO_SAFETENSOR_TYPE_##member,
#include "parse/safetensor_type.def"
#undef RO_SAFETENSOR_TYPE
} ro_safetensor_type;
const char *ro_safetensors_type_name(ro_safetensor_type type); /* "F32" */

/* One tensor: row-major, little-endian, aligned to nothing; borrowed from its file. */
typedef struct ro_safetensor {
    const char *name;
    ro_safetensor_type type;
    uint32_t rank;
    uint64_t dims[RO_SAFETENSORS_RANK];
    uint64_t count; /* of numbers */
    const unsigned char *data;
} ro_safetensor;

typedef struct ro_safetensors ro_safetensors;

/* Reads a file's bytes, which are borrowed until it is closed; path (copied) stands in errors.
 * Everything is checked: the header's length and JSON, names, types, shapes, and that the tensors
 * cover the data without holes or overlaps. BAD_FORMAT with the tensor's name, UNSUPPORTED (an
 * unknown type, a rank above 8), OUT_OF_MEMORY. */
ro_status ro_safetensors_open(ro_text bytes, const char *path, const ro_allocator *allocator,
                              ro_safetensors **file, ro_error *error);
void ro_safetensors_close(ro_safetensors *file);
/* All tensors, sorted by name; index is below the count. */
size_t ro_safetensors_count(const ro_safetensors *file);
const ro_safetensor *ro_safetensors_at(const ro_safetensors *file, size_t index);
/* NULL if there is none of that name. */
const ro_safetensor *ro_safetensors_find(const ro_safetensors *file, const char *name);
/* A string of the header's "__metadata__"; NULL if there is none of that key. */
const char *ro_safetensors_metadata(const ro_safetensors *file, const char *key);
/* Copies the numbers of a tensor of type F32, F16 or BF16 as floats, which all of them are exactly;
 * false for any other type. */
bool ro_safetensors_floats(const ro_safetensor *tensor, float *out);
#endif
