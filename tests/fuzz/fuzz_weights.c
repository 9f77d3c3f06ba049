/* fuzz_weights.c - a model file of any bytes is refused, or every tensor in it can be read. The
 * bytes are tried as they are, and again under a header that fits them: no fuzzer finds a checksum,
 * and one who means harm would send the right one.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "fuzz.h"
#include "nn/weights.h"
#include "nn/weights_layout.h"

#include <string.h>

static void read_all(const ro_weights *weights)
{
    volatile unsigned char sum = 0;
    for (size_t i = 0; i < ro_weights_count(weights); i++) {
        const ro_weight *weight = ro_weights_at(weights, i);
        const unsigned char *bytes = weight->data;
        for (uint64_t j = 0; j < weight->bytes; j++)
            sum = (unsigned char)(sum + bytes[j]);
        const ro_weight *found = NULL;
        fuzz_require(ro_weights_find(weights, weight->name) == weight);
        fuzz_require(ro_weights_get(weights, weight->name, weight->type, weight->rank, weight->dims,
                                    &found, NULL) == RO_STATUS_OK &&
                     found == weight);
    }
}

static void try_bytes(const void *bytes, size_t size)
{
    ro_weights *weights = NULL;
    ro_error error = {0};
    ro_status status = ro_weights_open_memory("fuzz", bytes, size, NULL, &weights, &error);
    fuzz_require((status == RO_STATUS_OK) == (weights != NULL));
    if (status == RO_STATUS_OK)
        read_all(weights);
    else
        fuzz_require(error.status == status && error.message[0] != '\0');
    ro_weights_close(weights);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ro_allocator *allocator = ro_alloc_default();
    unsigned char *copy = ro_alloc_aligned(allocator, size + 1, 1);
    fuzz_require(copy != NULL);
    if (size > 0)
        memcpy(copy, data, size);
    try_bytes(copy, size);
    if (size >= sizeof(ro_weights_header)) {
        ro_weights_header header;
        memcpy(&header, copy, sizeof header);
        memcpy(header.magic, RO_WEIGHTS_LAYOUT_MAGIC, sizeof header.magic);
        header.version = RO_WEIGHTS_LAYOUT_VERSION;
        header.byte_order = RO_WEIGHTS_LAYOUT_BYTE_ORDER;
        header.file_size = size;
        header.directory = size - header.count * (uint64_t)sizeof(ro_weights_entry);
        header.reserved = 0;
        memset(header.zero, 0, sizeof header.zero);
        header.checksum = ro_text_hash(copy + sizeof header, size - sizeof header, 0);
        memcpy(copy, &header, sizeof header);
        try_bytes(copy, size);
    }
    ro_alloc_free_aligned(allocator, copy, size + 1, 1);
    return 0;
}
