/* weights_writer.c - writes named tensors as one model file (docs/model-format.md).
 *
 * Tensors are copied when added, and laid out sorted by name, so that the same tensors give the
 * same bytes. The file is put together in memory and written whole. Reading it is weights.c.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "nn/weights.h"
#include "nn/weights_layout.h"
#include <stdlib.h>
#include <string.h>

typedef struct item {
    ro_weights_entry entry;
    void *data;
} item;

struct ro_weights_writer {
    ro_allocator allocator;
    item *items;
    size_t count, capacity;
};

static uint64_t align_up(uint64_t offset)
{
    return (offset + 63) / 64 * 64;
}

ro_weights_writer *ro_weights_writer_new(const ro_allocator *allocator)
{
    const ro_allocator *from = ro_alloc_or_default(allocator);
    ro_weights_writer *writer = ro_alloc_zeroed(from, 1, sizeof *writer);
    if (writer != NULL)
        writer->allocator = *from;
    return writer;
}

void ro_weights_writer_free(ro_weights_writer *writer)
{
    if (writer == NULL)
        return;
    ro_allocator allocator = writer->allocator;
    for (size_t i = 0; i < writer->count; i++)
        ro_alloc_free(&allocator, writer->items[i].data, writer->items[i].entry.bytes, 1);
    ro_alloc_free(&allocator, writer->items, writer->capacity, sizeof *writer->items);
    ro_alloc_free(&allocator, writer, 1, sizeof *writer);
}

static bool grow(ro_weights_writer *writer)
{
    size_t capacity = writer->capacity == 0 ? 64 : writer->capacity * 2;
    item *items = ro_alloc_zeroed(&writer->allocator, capacity, sizeof *items);
    if (items == NULL)
        return false;
    if (writer->count > 0)
        memcpy(items, writer->items, writer->count * sizeof *items);
    ro_alloc_free(&writer->allocator, writer->items, writer->capacity, sizeof *items);
    writer->items = items;
    writer->capacity = capacity;
    return true;
}

ro_status ro_weights_writer_add(ro_weights_writer *writer, const char *name, ro_weight_type type,
                                uint32_t rank, const uint64_t dims[], const void *data,
                                ro_error *error)
{
    uint64_t bytes, size = ro_weights_type_size(type);
    size_t length = strlen(name);
    if (length == 0 || length >= RO_WEIGHT_NAME_SIZE)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "model",
                            "tensor name '%s' is empty or longer than %d bytes", name,
                            RO_WEIGHT_NAME_SIZE - 1);
    if (size == 0 || rank > RO_WEIGHT_RANK_MAX ||
        !ro_weights_layout_bytes(size, rank, dims, &bytes) || bytes > SIZE_MAX / 2)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "model",
                            "tensor '%s' has a type, rank or size out of range", name);
    for (size_t i = 0; i < writer->count; i++)
        if (strcmp(writer->items[i].entry.name, name) == 0)
            return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "model", "two tensors named '%s'",
                                name);
    if (writer->count == writer->capacity && !grow(writer))
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "no memory for '%s'", name);
    item *added = &writer->items[writer->count];
    void *copy = ro_alloc_zeroed(&writer->allocator, bytes, 1);
    if (copy == NULL && bytes > 0)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "no memory for '%s'", name);
    if (bytes > 0)
        memcpy(copy, data, bytes);
    *added = (item){.data = copy, .entry = {.type = (uint32_t)type, .rank = rank, .bytes = bytes}};
    memcpy(added->entry.name, name, length);
    for (uint32_t i = 0; i < rank; i++)
        added->entry.dims[i] = dims[i];
    writer->count++;
    return RO_STATUS_OK;
}

static int by_name(const void *a, const void *b)
{
    const item *const *left = a, *const *right = b;
    return strcmp((*left)->entry.name, (*right)->entry.name);
}

/* Fills bytes (zeroed, header.file_size long) with data, directory and header. */
static void lay_out(ro_weights_header *header, item *const *sorted, unsigned char *bytes)
{
    uint64_t offset = sizeof *header;
    for (size_t i = 0; i < header->count; i++) {
        ro_weights_entry entry = sorted[i]->entry;
        entry.offset = offset;
        if (entry.bytes > 0)
            memcpy(bytes + offset, sorted[i]->data, entry.bytes);
        memcpy(bytes + header->directory + i * sizeof entry, &entry, sizeof entry);
        offset = align_up(offset + entry.bytes);
    }
    header->checksum = ro_text_hash(bytes + sizeof *header, header->file_size - sizeof *header, 0);
    memcpy(bytes, header, sizeof *header);
}

ro_status ro_weights_writer_write(const ro_weights_writer *writer, const char *path,
                                  ro_error *error)
{
    ro_weights_header header = {.version = RO_WEIGHTS_LAYOUT_VERSION,
                                .byte_order = RO_WEIGHTS_LAYOUT_BYTE_ORDER,
                                .count = (uint32_t)writer->count};
    memcpy(header.magic, RO_WEIGHTS_LAYOUT_MAGIC, sizeof header.magic);
    header.directory = sizeof header;
    for (size_t i = 0; i < writer->count; i++)
        header.directory = align_up(header.directory + writer->items[i].entry.bytes);
    header.file_size = header.directory + writer->count * sizeof(ro_weights_entry);

    item **sorted = ro_alloc_zeroed(&writer->allocator, writer->count + 1, sizeof *sorted);
    unsigned char *bytes = ro_alloc_zeroed(&writer->allocator, header.file_size, 1);
    ro_status status = RO_STATUS_OUT_OF_MEMORY;
    if (sorted == NULL || bytes == NULL) {
        ro_error_set(error, status, "model", "no memory to write %s", path);
    } else {
        for (size_t i = 0; i < writer->count; i++)
            sorted[i] = &writer->items[i];
        qsort(sorted, writer->count, sizeof *sorted, by_name);
        lay_out(&header, sorted, bytes);
        status = ro_file_write_whole(path, (const char *)bytes, header.file_size,
                                     &writer->allocator, error);
    }
    ro_alloc_free(&writer->allocator, bytes, header.file_size, 1);
    ro_alloc_free(&writer->allocator, sorted, writer->count + 1, sizeof *sorted);
    return status;
}
