/* fuzz_safetensors.c - a safetensors file of any bytes is refused, or every tensor of it can be
 * read. The bytes are tried as they are, and as a header without its length, which is hard to guess.
 */
#include "parse/safetensors.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void read_all(const ro_safetensors *file)
{
    volatile unsigned char sum = 0;
    for (size_t i = 0; i < ro_safetensors_count(file); i++) {
        const ro_safetensor *tensor = ro_safetensors_at(file, i);
        require(ro_safetensors_find(file, tensor->name) == tensor);
        require(tensor->rank <= RO_SAFETENSORS_RANK);
        for (uint64_t j = 0; j < tensor->count; j++)
            sum = (unsigned char)(sum + tensor->data[j]);
        float *numbers = malloc(tensor->count * sizeof *numbers + 1);
        require(numbers != NULL);
        ro_safetensors_floats(tensor, numbers);
        free(numbers);
    }
    ro_safetensors_metadata(file, "format");
}

static void try_bytes(const char *bytes, size_t size)
{
    ro_safetensors *file = NULL;
    ro_error error = {0};
    ro_status status = ro_safetensors_open((ro_text){bytes, size}, "fuzz", NULL, &file, &error);
    require((status == RO_STATUS_OK) == (file != NULL));
    if (status == RO_STATUS_OK)
        read_all(file);
    else
        require(error.status == status && error.message[0] != '\0');
    ro_safetensors_close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = calloc(size + 8 + 1, 1);
    require(copy != NULL);
    if (size > 0)
        memcpy(copy, data, size);
    try_bytes(copy, size);
    /* the header ends with the first newline, the data are what follows */
    const uint8_t *newline = size > 0 ? memchr(data, '\n', size) : NULL;
    size_t header = newline != NULL ? (size_t)(newline - data) + 1 : size;
    for (int i = 0; i < 8; i++)
        copy[i] = (char)((uint64_t)header >> 8 * i & 0xFF);
    if (size > 0)
        memcpy(copy + 8, data, size);
    try_bytes(copy, size + 8);
    free(copy);
    return 0;
}
