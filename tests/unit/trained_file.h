/* trained_file.h - safetensors files with "readout_heads" in their header, made in memory. */
#ifndef RO_TEST_TRAINED_FILE_H
#define RO_TEST_TRAINED_FILE_H
#include "unit.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct trained_file {
    json_t *header;
    unsigned char data[1 << 14];
    size_t length;
} trained_file;

/* description: the string "readout_heads"; NULL for a file without metadata. */
static inline trained_file *trained_file_new(const char *description)
{
    trained_file *file = calloc(1, sizeof *file);
    assert_non_null(file);
    file->header = json_object();
    if (description != NULL)
        json_object_set_new(file->header, "__metadata__",
                            json_pack("{s:s}", "readout_heads", description));
    return file;
}

/* A tensor of any type: columns 0 is a vector. */
static inline void trained_file_add(trained_file *file, const char *name, const char *type,
                                    size_t rows, size_t columns, const void *bytes, size_t length)
{
    json_t *shape = columns > 0 ? json_pack("[I, I]", (json_int_t)rows, (json_int_t)columns)
                                : json_pack("[I]", (json_int_t)rows);
    assert_true(length <= sizeof file->data - file->length);
    memcpy(file->data + file->length, bytes, length);
    json_object_set_new(file->header, name,
                        json_pack("{s:s, s:o, s:[I, I]}", "dtype", type, "shape", shape,
                                  "data_offsets", (json_int_t)file->length,
                                  (json_int_t)(file->length + length)));
    file->length += length;
}

static inline void trained_file_add_floats(trained_file *file, const char *name, size_t rows,
                                           size_t columns, const float *numbers)
{
    size_t count = rows * (columns > 0 ? columns : 1);
    trained_file_add(file, name, "F32", rows, columns, numbers, count * sizeof *numbers);
}

/* Writes it to a new file, whose path is put into path, and takes it. */
static inline void trained_file_write(trained_file *file, char path[32])
{
    char *header = json_dumps(file->header, JSON_COMPACT);
    unsigned char bytes[8] = {0};
    strcpy(path, "/tmp/readout-test-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0 && header != NULL);
    size_t length = strlen(header);
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(length >> 8 * i & 0xFF);
    assert_int_equal(write(descriptor, bytes, sizeof bytes), sizeof bytes);
    assert_int_equal(write(descriptor, header, length), length);
    assert_int_equal(write(descriptor, file->data, file->length), file->length);
    close(descriptor);
    free(header);
    json_decref(file->header);
    free(file);
}
#endif
