/* safetensors.c - reads the safetensors container: 8 bytes, little-endian, that are the length of a
 * header; the header, JSON that gives each tensor's type, shape and range of the data; the data.
 * What the names mean is left to the caller.
 *
 * As the format's own reader does, a file is refused whose ranges leave holes or overlap, whose
 * header is longer than 100 MB, or that names something twice. It may come from anywhere, so
 * nothing in it is trusted. The JSON is jansson's, which bounds how deep it nests.
 */
#include "parse/safetensors.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <jansson.h>
#include <stdlib.h>

#define METADATA "__metadata__"

enum { LENGTH_BYTES = 8, HEADER_LIMIT = 100000000 };

struct ro_safetensors {
    ro_arena *arena;
    const char *path;
    json_t *header;
    ro_safetensor *items; /* sorted by name */
    size_t count;
};

static const struct {
    const char *name;
    uint64_t size;
} TYPES[] = {
#define RO_SAFETENSOR_TYPE(member, size) {#member, size},
#include "parse/safetensor_type.def"
#undef RO_SAFETENSOR_TYPE
};
#define TYPE_COUNT (sizeof TYPES / sizeof *TYPES)

const char *ro_safetensors_type_name(ro_safetensor_type type)
{
    return (size_t)type < TYPE_COUNT ? TYPES[type].name : "";
}

static ro_status refuse(const ro_safetensors *file, ro_error *error, ro_status status,
                        const char *name, const char *what)
{
    return ro_error_set_at(error, status, "import", file->path, 0, UINT64_MAX, "%s%.100s%s%s",
                           name != NULL ? "tensor " : "", name != NULL ? name : "",
                           name != NULL ? ": " : "", what);
}

static ro_status no_memory(const ro_safetensors *file, ro_error *error)
{
    return refuse(file, error, RO_STATUS_OUT_OF_MEMORY, NULL, "no memory for its header");
}

/* ---- one tensor ------------------------------------------------------------------------------ */

/* A whole number that is not negative. */
static bool read_natural(const json_t *value, uint64_t *number)
{
    json_int_t found = json_integer_value(value);
    *number = (uint64_t)found;
    return json_is_integer(value) && found >= 0;
}

static bool read_type(const json_t *value, ro_safetensor_type *type)
{
    const char *name = json_string_value(value);
    for (size_t i = 0; name != NULL && i < TYPE_COUNT; i++)
        if (strcmp(TYPES[i].name, name) == 0) {
            *type = (ro_safetensor_type)i;
            return true;
        }
    return false;
}

/* Sets rank, dims and count; NULL, or what is wrong. */
static const char *read_shape(const json_t *shape, ro_safetensor *tensor)
{
    tensor->count = 1;
    for (size_t i = 0; i < json_array_size(shape); i++) {
        uint64_t dim;
        if (!read_natural(json_array_get(shape, i), &dim))
            return "its shape is no list of sizes";
        if (dim != 0 && tensor->count > INT64_MAX / dim)
            return "its shape overflows";
        tensor->dims[tensor->rank++] = dim;
        tensor->count *= dim;
    }
    return NULL;
}

static ro_status read_tensor(const ro_safetensors *file, const char *name, const json_t *described,
                             ro_text data, ro_safetensor *tensor, ro_error *error)
{
    const json_t *type = json_object_get(described, "dtype");
    const json_t *shape = json_object_get(described, "shape");
    const json_t *range = json_object_get(described, "data_offsets");
    uint64_t start, end;
    *tensor = (ro_safetensor){.name = name};
    if (!json_is_string(type) || !json_is_array(shape) || json_array_size(range) != 2 ||
        json_object_size(described) != 3)
        return refuse(file, error, RO_STATUS_BAD_FORMAT, name,
                      "is not described by dtype, shape and two data_offsets");
    if (!read_type(type, &tensor->type))
        return refuse(file, error, RO_STATUS_UNSUPPORTED, name, "has an unknown dtype");
    if (json_array_size(shape) > RO_SAFETENSORS_RANK)
        return refuse(file, error, RO_STATUS_UNSUPPORTED, name, "has more than 8 dimensions");
    const char *fault = read_shape(shape, tensor);
    if (fault != NULL)
        return refuse(file, error, RO_STATUS_BAD_FORMAT, name, fault);
    if (!read_natural(json_array_get(range, 0), &start) ||
        !read_natural(json_array_get(range, 1), &end) || start > end || end > data.length)
        return refuse(file, error, RO_STATUS_BAD_FORMAT, name,
                      "its data_offsets do not lie within the file");
    uint64_t size = TYPES[tensor->type].size;
    if (tensor->count > UINT64_MAX / size || tensor->count * size != end - start)
        return refuse(file, error, RO_STATUS_BAD_FORMAT, name,
                      "its data_offsets do not fit its dtype and shape");
    tensor->data = (const unsigned char *)data.data + start;
    return RO_STATUS_OK;
}

/* ---- the file -------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const ro_safetensor *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static uint64_t bytes_of(const ro_safetensor *tensor)
{
    return tensor->count * TYPES[tensor->type].size;
}

static int by_place(const void *a, const void *b)
{
    const ro_safetensor *left = a, *right = b;
    if (left->data != right->data)
        return left->data < right->data ? -1 : 1;
    uint64_t one = bytes_of(left), other = bytes_of(right);
    return one < other ? -1 : one > other; /* empty ones first */
}

/* The tensors, one behind another, must be the data. Leaves them sorted by name. */
static ro_status check_cover(ro_safetensors *file, ro_text data, ro_error *error)
{
    const unsigned char *at = (const unsigned char *)data.data;
    const unsigned char *end = at + data.length;
    if (file->count > 0)
        qsort(file->items, file->count, sizeof *file->items, by_place);
    for (size_t i = 0; i < file->count; i++) {
        const ro_safetensor *tensor = &file->items[i];
        if (tensor->data != at)
            return refuse(file, error, RO_STATUS_BAD_FORMAT, tensor->name,
                          tensor->data < at ? "its data overlap another's"
                                            : "there is a hole before its data");
        at += bytes_of(tensor);
    }
    if (at != end)
        return refuse(file, error, RO_STATUS_BAD_FORMAT, NULL, "no tensor covers the file's end");
    if (file->count > 0)
        qsort(file->items, file->count, sizeof *file->items, by_name);
    return RO_STATUS_OK;
}

static ro_status read_metadata(const ro_safetensors *file, const json_t *metadata, ro_error *error)
{
    const char *key;
    const json_t *value;
    if (!json_is_object(metadata))
        return refuse(file, error, RO_STATUS_BAD_FORMAT, NULL, METADATA " is no object");
    json_object_foreach(
        (json_t *)(uintptr_t)metadata, key,
        value) if (!json_is_string(value)) return refuse(file, error, RO_STATUS_BAD_FORMAT, NULL,
                                                         METADATA
                                                         " holds something other than strings");
    return RO_STATUS_OK;
}

static ro_status read_header(ro_safetensors *file, ro_text bytes, ro_error *error)
{
    uint64_t length = 0;
    const char *name;
    const json_t *described;
    ro_status status = RO_STATUS_OK;
    if (bytes.length < LENGTH_BYTES)
        return refuse(file, error, RO_STATUS_BAD_FORMAT, NULL, "too short for a safetensors file");
    for (int i = LENGTH_BYTES - 1; i >= 0; i--)
        length = length << 8 | (unsigned char)bytes.data[i];
    if (length > HEADER_LIMIT || length > bytes.length - LENGTH_BYTES)
        return refuse(file, error, RO_STATUS_BAD_FORMAT, NULL,
                      "no safetensors file: its header would end beyond it");
    file->header = json_loadb(bytes.data + LENGTH_BYTES, length, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(file->header))
        return refuse(file, error, RO_STATUS_BAD_FORMAT, NULL, "its header is no JSON object");
    ro_text data = {bytes.data + LENGTH_BYTES + length, bytes.length - LENGTH_BYTES - length};
    file->items = ro_arena_alloc(file->arena, json_object_size(file->header), sizeof *file->items);
    if (file->items == NULL)
        return no_memory(file, error);
    json_object_foreach(file->header, name, described)
    {
        if (strcmp(name, METADATA) == 0)
            status = read_metadata(file, described, error);
        else
            status = read_tensor(file, name, described, data, &file->items[file->count++], error);
        if (status != RO_STATUS_OK)
            return status;
    }
    return check_cover(file, data, error);
}

ro_status ro_safetensors_open(ro_text bytes, const char *path, const ro_allocator *allocator,
                              ro_safetensors **file, ro_error *error)
{
    ro_arena *arena = ro_arena_new(allocator);
    ro_safetensors *made = arena != NULL ? ro_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (made != NULL)
        made->path = ro_arena_copy(arena, path, strlen(path));
    if (made == NULL || made->path == NULL) {
        ro_arena_free(arena);
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "import", "no memory for %s", path);
    }
    made->arena = arena;
    ro_status status = read_header(made, bytes, error);
    if (status != RO_STATUS_OK) {
        ro_safetensors_close(made);
        return status;
    }
    *file = made;
    return RO_STATUS_OK;
}

void ro_safetensors_close(ro_safetensors *file)
{
    if (file == NULL)
        return;
    json_decref(file->header);
    ro_arena_free(file->arena);
}

size_t ro_safetensors_count(const ro_safetensors *file)
{
    return file->count;
}

const ro_safetensor *ro_safetensors_at(const ro_safetensors *file, size_t index)
{
    return &file->items[index];
}

const ro_safetensor *ro_safetensors_find(const ro_safetensors *file, const char *name)
{
    const ro_safetensor wanted = {.name = name};
    return file->count > 0
               ? bsearch(&wanted, file->items, file->count, sizeof *file->items, by_name)
               : NULL;
}

const char *ro_safetensors_metadata(const ro_safetensors *file, const char *key)
{
    return json_string_value(json_object_get(json_object_get(file->header, METADATA), key));
}

/* ---- numbers --------------------------------------------------------------------------------- */

static float float_of_bits(uint32_t bits)
{
    float number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* IEEE 754 binary16. */
static float float_of_half(uint32_t half)
{
    uint32_t sign = (half & 0x8000) << 16, exponent = half >> 10 & 0x1F, fraction = half & 0x3FF;
    if (exponent == 0) { /* zero, or fraction / 2^24 */
        float size = (float)fraction * 0x1p-24f;
        return sign != 0 ? -size : size;
    }
    exponent = exponent == 0x1F ? 0xFF : exponent + 112;
    return float_of_bits(sign | exponent << 23 | fraction << 13);
}

bool ro_safetensors_floats(const ro_safetensor *tensor, float *out)
{
    const unsigned char *from = tensor->data;
    if (tensor->type == RO_SAFETENSOR_TYPE_F32) {
        for (uint64_t i = 0; i < tensor->count; i++, from += 4)
            out[i] = float_of_bits(from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 |
                                   (uint32_t)from[3] << 24);
        return true;
    }
    bool half = tensor->type == RO_SAFETENSOR_TYPE_F16;
    if (!half && tensor->type != RO_SAFETENSOR_TYPE_BF16)
        return false;
    for (uint64_t i = 0; i < tensor->count; i++, from += 2) {
        uint32_t bits = from[0] | (uint32_t)from[1] << 8;
        out[i] = half ? float_of_half(bits) : float_of_bits(bits << 16);
    }
    return true;
}
