/* model_file.h - a file of weights of a test's own, opened and gone from the disk at once. */
#ifndef RO_TEST_MODEL_FILE_H
#define RO_TEST_MODEL_FILE_H
#include "unit.h"

#include "base/alloc.h"
#include "base/text.h"
#include "nn/weights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Writes, opens and takes the writer. */
static inline ro_weights *model_file_open(ro_weights_writer *writer)
{
    char path[] = "/tmp/readout-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(ro_weights_writer_write(writer, path, NULL), RO_STATUS_OK);
    ro_weights_writer_free(writer);
    ro_weights *weights;
    assert_int_equal(ro_weights_open(path, ro_alloc_default(), &weights, NULL), RO_STATUS_OK);
    unlink(path);
    return weights;
}

/* An ordinary string's id, as spaCy has it. */
static inline uint64_t model_file_id(const char *text)
{
    return ro_text_hash(text, strlen(text), 1);
}

/* Adds a look-up table of pairs (id of key, value), sorted here. */
static inline void model_file_add_table(ro_weights_writer *writer, const char *name,
                                        const char *const pairs[][2], size_t count)
{
    uint64_t keys[32];
    uint32_t offsets[33] = {0};
    const char *values[32];
    char text[1024], entry[64];
    assert_true(count <= 32);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        uint64_t id = model_file_id(pairs[i][0]);
        for (; at > 0 && keys[at - 1] > id; at--) {
            keys[at] = keys[at - 1];
            values[at] = values[at - 1];
        }
        keys[at] = id;
        values[at] = pairs[i][1];
    }
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(values[i]);
        memcpy(text + offsets[i], values[i], length);
        offsets[i + 1] = offsets[i] + (uint32_t)length;
    }
    snprintf(entry, sizeof entry, "%s/keys", name);
    assert_int_equal(ro_weights_writer_add(writer, entry, RO_WEIGHT_TYPE_U64, 1,
                                           (const uint64_t[]){count}, keys, NULL),
                     RO_STATUS_OK);
    snprintf(entry, sizeof entry, "%s/offsets", name);
    assert_int_equal(ro_weights_writer_add(writer, entry, RO_WEIGHT_TYPE_U32, 1,
                                           (const uint64_t[]){count + 1}, offsets, NULL),
                     RO_STATUS_OK);
    snprintf(entry, sizeof entry, "%s/text", name);
    assert_int_equal(ro_weights_writer_add(writer, entry, RO_WEIGHT_TYPE_U8, 1,
                                           (const uint64_t[]){offsets[count]}, text, NULL),
                     RO_STATUS_OK);
}

/* Adds the table of symbols: the one named, with number 1. */
static inline void model_file_add_symbols(ro_weights_writer *writer, const char *name)
{
    uint64_t key = model_file_id(name), value = 1;
    assert_int_equal(ro_weights_writer_add(writer, "symbols/keys", RO_WEIGHT_TYPE_U64, 1,
                                           (const uint64_t[]){1}, &key, NULL),
                     RO_STATUS_OK);
    assert_int_equal(ro_weights_writer_add(writer, "symbols/values", RO_WEIGHT_TYPE_U64, 1,
                                           (const uint64_t[]){1}, &value, NULL),
                     RO_STATUS_OK);
}
#endif
