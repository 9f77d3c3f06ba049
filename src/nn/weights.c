/* weights.c - opens and checks the container of named tensors that a model file is.
 *
 * The layout is docs/model-format.md: a header of 64 bytes, data aligned to 64, a directory at the
 * end. Every bit is under a check: the header's fields fix each other or are compared with the
 * file's size, everything behind the header is under a MurmurHash64A. The hash finds damage, it
 * does not prove where a file comes from, so every entry is checked as if it had been made to
 * harm. What the names mean is left to src/parse; writing is weights_writer.c.
 */
#include "nn/weights.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "nn/weights_layout.h"
#include <stdio.h>
#include <string.h>

struct ro_weights {
    const ro_allocator *allocator;
    ro_allocator allocator_copy;
    ro_file_map map; /* empty over memory */
    const unsigned char *bytes;
    size_t size;
    ro_weight *items; /* sorted by name */
    size_t count;
    char *path;
    size_t path_size;
};

static const struct {
    const char *name;
    size_t size;
} TYPES[] = {
#define RO_WEIGHT_TYPE(member, name, size) {name, size},
#include "nn/weight_type.def"
#undef RO_WEIGHT_TYPE
};

#define TYPE_COUNT (sizeof TYPES / sizeof *TYPES)

const char *ro_weights_type_name(ro_weight_type type)
{
    return (size_t)type < TYPE_COUNT ? TYPES[type].name : "";
}

size_t ro_weights_type_size(ro_weight_type type)
{
    return (size_t)type < TYPE_COUNT ? TYPES[type].size : 0;
}

bool ro_weights_layout_bytes(uint64_t size, uint32_t rank, const uint64_t *dims, uint64_t *bytes)
{
    uint64_t product = size;
    for (uint32_t i = 0; i < rank; i++) {
        if (dims[i] != 0 && product > UINT64_MAX / dims[i])
            return false;
        product *= dims[i];
    }
    *bytes = product;
    return true;
}

static ro_status fail(const ro_weights *weights, ro_error *error, ro_status status, uint64_t offset,
                      const char *message)
{
    return ro_error_set_at(error, status, "model", weights->path, 0, offset, "%s", message);
}

static ro_status check_header(const ro_weights *weights, ro_weights_header *header, ro_error *error)
{
    if (weights->size < sizeof *header)
        return fail(weights, error, RO_STATUS_BAD_FORMAT, weights->size,
                    "too short for a model file (made by 'readout model import')");
    memcpy(header, weights->bytes, sizeof *header);
    if (memcmp(header->magic, RO_WEIGHTS_LAYOUT_MAGIC, sizeof header->magic) != 0)
        return fail(weights, error, RO_STATUS_BAD_FORMAT, 0,
                    "no model file (made by 'readout model import')");
    if (header->byte_order != RO_WEIGHTS_LAYOUT_BYTE_ORDER)
        return fail(weights, error, RO_STATUS_CORRUPT, 12, "wrong byte order mark");
    if (header->version != RO_WEIGHTS_LAYOUT_VERSION)
        return ro_error_set_at(error, RO_STATUS_BAD_VERSION, "model", weights->path, 0, 8,
                               "model file of version %u, expected %u: import it again",
                               header->version, RO_WEIGHTS_LAYOUT_VERSION);
    if (header->file_size != weights->size)
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", weights->path, 0, 16,
                               "%zu bytes long, but its header says %llu: cut short or damaged",
                               weights->size, (unsigned long long)header->file_size);
    const unsigned char *rest = (const unsigned char *)header->zero;
    for (size_t i = 0; i < sizeof header->zero; i++)
        if (rest[i] != 0 || header->reserved != 0)
            return fail(weights, error, RO_STATUS_CORRUPT, 36, "reserved header bytes are not 0");
    /* The directory ends the file, so that its place and its length fix each other. */
    uint64_t length = header->count * (uint64_t)sizeof(ro_weights_entry);
    if (length > weights->size - sizeof *header || header->directory != weights->size - length ||
        header->directory % 64 != 0)
        return fail(weights, error, RO_STATUS_CORRUPT, 24, "the directory does not end the file");
    if (ro_text_hash(weights->bytes + sizeof *header, weights->size - sizeof *header, 0) !=
        header->checksum)
        return fail(weights, error, RO_STATUS_CORRUPT, 40, "wrong checksum: the file is damaged");
    return RO_STATUS_OK;
}

/* NULL, or what is wrong with an entry. */
static const char *check_entry(const ro_weights_entry *entry, const ro_weights_entry *before,
                               uint64_t directory)
{
    if (entry->name[0] == '\0' || entry->name[sizeof entry->name - 1] != '\0')
        return "bad name";
    if (before != NULL && strcmp(before->name, entry->name) >= 0)
        return "names out of order";
    if (entry->type >= TYPE_COUNT)
        return "unknown type";
    if (entry->rank > RO_WEIGHT_RANK_MAX)
        return "rank above 4";
    for (uint32_t i = entry->rank; i < RO_WEIGHT_RANK_MAX; i++)
        if (entry->dims[i] != 0)
            return "dimension beyond the rank";
    for (size_t i = 0; i < sizeof entry->zero; i++)
        if (entry->zero[i] != 0)
            return "reserved bytes are not 0";
    uint64_t bytes;
    if (!ro_weights_layout_bytes(TYPES[entry->type].size, entry->rank, entry->dims, &bytes) ||
        bytes != entry->bytes)
        return "byte count is not the product of the shape";
    if (entry->offset % 64 != 0)
        return "data not aligned to 64";
    if (entry->offset < sizeof(ro_weights_header) || entry->offset > directory ||
        entry->bytes > directory - entry->offset)
        return "data out of range";
    return NULL;
}

static ro_status read_directory(ro_weights *weights, const ro_weights_header *header,
                                ro_error *error)
{
    weights->items = ro_alloc_zeroed(weights->allocator, header->count, sizeof *weights->items);
    if (weights->items == NULL && header->count != 0)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "no memory for %u tensors",
                            header->count);
    weights->count = header->count;
    const ro_weights_entry *entries =
        (const void *)(weights->bytes + header->directory); /* aligned: checked above */
    for (size_t i = 0; i < weights->count; i++) {
        const ro_weights_entry *entry = &entries[i];
        const char *wrong = check_entry(entry, i > 0 ? entry - 1 : NULL, header->directory);
        if (wrong != NULL)
            return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", weights->path, 0,
                                   header->directory + i * sizeof *entry, "tensor %zu: %s", i,
                                   wrong);
        ro_weight *item = &weights->items[i];
        item->name = entry->name;
        item->type = (ro_weight_type)entry->type;
        item->rank = entry->rank;
        memcpy(item->dims, entry->dims, sizeof item->dims);
        item->data = weights->bytes + entry->offset;
        item->bytes = entry->bytes;
    }
    return RO_STATUS_OK;
}

static ro_weights *weights_new(const char *path, const ro_allocator *allocator)
{
    const ro_allocator *from = ro_alloc_or_default(allocator);
    ro_weights *weights = ro_alloc_zeroed(from, 1, sizeof *weights);
    if (weights == NULL)
        return NULL;
    weights->allocator_copy = *from;
    weights->allocator = &weights->allocator_copy;
    weights->path_size = strlen(path) + 1;
    weights->path = ro_alloc_zeroed(from, weights->path_size, 1);
    if (weights->path == NULL) {
        ro_alloc_free(from, weights, 1, sizeof *weights);
        return NULL;
    }
    memcpy(weights->path, path, weights->path_size);
    return weights;
}

static ro_status check_all(ro_weights *weights, ro_error *error)
{
    ro_weights_header header;
    ro_status status = check_header(weights, &header, error);
    if (status != RO_STATUS_OK)
        return status;
    if ((uintptr_t)weights->bytes % 64 != 0)
        return fail(weights, error, RO_STATUS_BAD_ARGUMENT, UINT64_MAX,
                    "the bytes of a model must be aligned to 64");
    return read_directory(weights, &header, error);
}

ro_status ro_weights_open(const char *path, const ro_allocator *allocator, ro_weights **weights,
                          ro_error *error)
{
    ro_weights *made = weights_new(path, allocator);
    if (made == NULL)
        return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "model", path, 0, UINT64_MAX,
                               "no memory");
    ro_status status = ro_file_map_open(path, &made->map, error);
    if (status == RO_STATUS_OK) {
        made->bytes = (const unsigned char *)made->map.data;
        made->size = made->map.length;
        status = check_all(made, error);
    }
    if (status != RO_STATUS_OK) {
        ro_weights_close(made);
        return status;
    }
    *weights = made;
    return RO_STATUS_OK;
}

ro_status ro_weights_open_memory(const char *name, const void *bytes, size_t count,
                                 const ro_allocator *allocator, ro_weights **weights,
                                 ro_error *error)
{
    ro_weights *made = weights_new(name, allocator);
    if (made == NULL)
        return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "model", name, 0, UINT64_MAX,
                               "no memory");
    made->bytes = bytes;
    made->size = count;
    ro_status status = check_all(made, error);
    if (status != RO_STATUS_OK) {
        ro_weights_close(made);
        return status;
    }
    *weights = made;
    return RO_STATUS_OK;
}

void ro_weights_close(ro_weights *weights)
{
    if (weights == NULL)
        return;
    ro_allocator allocator = weights->allocator_copy;
    ro_alloc_free(&allocator, weights->items, weights->count, sizeof *weights->items);
    if (weights->map.data != NULL)
        ro_file_map_close(&weights->map);
    ro_alloc_free(&allocator, weights->path, weights->path_size, 1);
    ro_alloc_free(&allocator, weights, 1, sizeof *weights);
}

const ro_weight *ro_weights_find(const ro_weights *weights, const char *name)
{
    size_t low = 0, high = weights->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, weights->items[middle].name);
        if (order == 0)
            return &weights->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* "float32 [50, 96]", with * for any. */
static void shape_text(ro_weight_type type, uint32_t rank, const uint64_t *dims, char *text,
                       size_t size)
{
    int used = snprintf(text, size, "%s [", ro_weights_type_name(type));
    for (uint32_t i = 0; i < rank && used > 0 && (size_t)used < size; i++) {
        const char *comma = i > 0 ? ", " : "";
        if (dims[i] == 0)
            used += snprintf(text + used, size - (size_t)used, "%s*", comma);
        else
            used += snprintf(text + used, size - (size_t)used, "%s%llu", comma,
                             (unsigned long long)dims[i]);
    }
    if (used > 0 && (size_t)used < size)
        snprintf(text + used, size - (size_t)used, "]");
}

ro_status ro_weights_get(const ro_weights *weights, const char *name, ro_weight_type type,
                         uint32_t rank, const uint64_t dims[], const ro_weight **weight,
                         ro_error *error)
{
    const ro_weight *found = ro_weights_find(weights, name);
    bool same = found != NULL && found->type == type && found->rank == rank;
    for (uint32_t i = 0; same && i < rank; i++)
        same = dims[i] == 0 || dims[i] == found->dims[i];
    if (same) {
        *weight = found;
        return RO_STATUS_OK;
    }
    char expected[128], is[128] = "absent";
    shape_text(type, rank, dims, expected, sizeof expected);
    if (found != NULL)
        shape_text(found->type, found->rank, found->dims, is, sizeof is);
    return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", weights->path, 0, UINT64_MAX,
                           "tensor '%s' is %s, expected %s", name, is, expected);
}

/* Whether bits are those of an infinity or a NaN: all ones in the exponent. */
static bool is_odd(uint32_t bits)
{
    return (bits & 0x7F800000U) == 0x7F800000U;
}

ro_status ro_weights_get_finite(const ro_weights *weights, const char *name, uint32_t rank,
                                const uint64_t dims[], const ro_weight **weight, ro_error *error)
{
    const ro_weight *found;
    ro_status status = ro_weights_get(weights, name, RO_WEIGHT_TYPE_F32, rank, dims, &found, error);
    if (status != RO_STATUS_OK)
        return status;
    const uint32_t *bits = found->data; /* float32 is 4 bytes, aligned to 64 */
    size_t count = found->bytes / sizeof *bits, at = 0;
    uint32_t odd = 0;
    for (size_t i = 0; i < count; i++) /* without a branch: models hold millions */
        odd |= is_odd(bits[i]);
    if (odd == 0) {
        *weight = found;
        return RO_STATUS_OK;
    }
    while (!is_odd(bits[at]))
        at++;
    return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", weights->path, 0, UINT64_MAX,
                           "tensor '%s' holds a number that is not finite (its number %zu)", name,
                           at);
}

size_t ro_weights_count(const ro_weights *weights)
{
    return weights->count;
}

const ro_weight *ro_weights_at(const ro_weights *weights, size_t index)
{
    return &weights->items[index];
}

const char *ro_weights_path(const ro_weights *weights)
{
    return weights->path;
}

size_t ro_weights_size(const ro_weights *weights)
{
    return weights->size;
}
