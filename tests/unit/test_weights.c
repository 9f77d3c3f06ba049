/* test_weights.c - weights.c and weights_writer.c: what is written is read, what is damaged or made
 * to harm is refused. */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include "unit.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/text.h"
#include "failing_allocator.h"
#include "nn/weights.h"
#include "nn/weights_layout.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char path[64];
static char *bytes; /* of a small file, aligned */
static size_t size;

static const float MATRIX[6] = {1, 2, 3, 4, 5, -0.5f};
static const uint64_t KEYS[3] = {1, 2, UINT64_MAX};

static ro_weights_writer *filled_writer(bool turned)
{
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    assert_non_null(writer);
    for (int i = 0; i < 4; i++) {
        ro_status status = RO_STATUS_OK;
        switch (turned ? 3 - i : i) {
        case 0:
            status = ro_weights_writer_add(writer, "net/W", RO_WEIGHT_TYPE_F32, 2,
                                           (uint64_t[]){2, 3}, MATRIX, NULL);
            break;
        case 1:
            status = ro_weights_writer_add(writer, "keys", RO_WEIGHT_TYPE_U64, 1, (uint64_t[]){3},
                                           KEYS, NULL);
            break;
        case 2:
            status = ro_weights_writer_add(writer, "empty", RO_WEIGHT_TYPE_U8, 1, (uint64_t[]){0},
                                           NULL, NULL);
            break;
        default:
            status = ro_weights_writer_add(writer, "one", RO_WEIGHT_TYPE_I8, 0, NULL, "\xFF", NULL);
            break;
        }
        assert_int_equal(status, RO_STATUS_OK);
    }
    return writer;
}

static int set_up(void **state)
{
    (void)state;
    strcpy(path, "/tmp/readout-test-XXXXXX");
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        return -1;
    close(descriptor);
    ro_weights_writer *writer = filled_writer(false);
    assert_int_equal(ro_weights_writer_write(writer, path, NULL), RO_STATUS_OK);
    ro_weights_writer_free(writer);
    ro_file_map map;
    assert_int_equal(ro_file_map_open(path, &map, NULL), RO_STATUS_OK);
    size = map.length;
    bytes = ro_alloc_aligned(ro_alloc_default(), size, 1);
    assert_non_null(bytes);
    memcpy(bytes, map.data, size);
    ro_file_map_close(&map);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    ro_alloc_free_aligned(ro_alloc_default(), bytes, size, 1);
    return unlink(path);
}

static ro_status open_bytes(size_t count)
{
    ro_weights *weights = NULL;
    ro_error error = {0};
    ro_status status = ro_weights_open_memory("made", bytes, count, NULL, &weights, &error);
    assert_int_equal(error.status, status);
    assert_true((weights != NULL) == (status == RO_STATUS_OK));
    assert_true(status == RO_STATUS_OK || (error.message[0] != '\0' && *error.path != '\0'));
    ro_weights_close(weights);
    return status;
}

static ro_weights_header *header(void)
{
    return (ro_weights_header *)(void *)bytes;
}

static ro_weights_entry *entry(size_t index)
{
    return (ro_weights_entry *)(void *)(bytes + header()->directory) + index;
}

/* Opens the bytes with a checksum that fits them: what an attacker would send. */
static ro_status open_resealed(void)
{
    header()->checksum = ro_text_hash(bytes + 64, size - 64, 0);
    return open_bytes(size);
}

static void test_reads_what_was_written(void **state)
{
    (void)state;
    ro_weights *weights = NULL;
    assert_int_equal(ro_weights_open(path, NULL, &weights, NULL), RO_STATUS_OK);
    assert_int_equal(ro_weights_count(weights), 4);
    assert_string_equal(ro_weights_path(weights), path);
    assert_int_equal(ro_weights_size(weights), size);
    static const char *const SORTED[] = {"empty", "keys", "net/W", "one"};
    for (size_t i = 0; i < 4; i++) {
        const ro_weight *weight = ro_weights_at(weights, i);
        assert_string_equal(weight->name, SORTED[i]);
        assert_int_equal((uintptr_t)weight->data % 64, 0);
        assert_ptr_equal(ro_weights_find(weights, SORTED[i]), weight);
    }
    const ro_weight *matrix = ro_weights_find(weights, "net/W");
    assert_int_equal(matrix->rank, 2);
    assert_int_equal(matrix->dims[1], 3);
    assert_memory_equal(matrix->data, MATRIX, sizeof MATRIX);
    assert_memory_equal(ro_weights_find(weights, "keys")->data, KEYS, sizeof KEYS);
    assert_int_equal(*(const signed char *)ro_weights_find(weights, "one")->data, -1);
    assert_int_equal(ro_weights_find(weights, "empty")->bytes, 0);
    assert_null(ro_weights_find(weights, "net"));
    assert_null(ro_weights_find(weights, "zzz"));
    ro_weights_close(weights);
    ro_weights_close(NULL);
}

static void test_get_names_both_shapes(void **state)
{
    (void)state;
    ro_weights *weights = NULL;
    const ro_weight *weight = NULL;
    ro_error error = {0};
    assert_int_equal(ro_weights_open(path, NULL, &weights, NULL), RO_STATUS_OK);
    assert_int_equal(ro_weights_get(weights, "net/W", RO_WEIGHT_TYPE_F32, 2, (uint64_t[]){0, 3},
                                    &weight, &error),
                     RO_STATUS_OK);
    assert_string_equal(weight->name, "net/W");
    assert_int_equal(ro_weights_get(weights, "net/W", RO_WEIGHT_TYPE_F32, 2, (uint64_t[]){0, 4},
                                    &weight, &error),
                     RO_STATUS_CORRUPT);
    assert_non_null(strstr(error.message, "'net/W' is float32 [2, 3], expected float32 [*, 4]"));
    assert_int_equal(
        ro_weights_get(weights, "net/W", RO_WEIGHT_TYPE_U32, 2, (uint64_t[]){0, 0}, &weight, NULL),
        RO_STATUS_CORRUPT);
    assert_int_equal(
        ro_weights_get(weights, "net/W", RO_WEIGHT_TYPE_F32, 1, (uint64_t[]){0}, &weight, NULL),
        RO_STATUS_CORRUPT);
    assert_int_equal(
        ro_weights_get(weights, "none", RO_WEIGHT_TYPE_F32, 1, (uint64_t[]){0}, &weight, &error),
        RO_STATUS_CORRUPT);
    assert_non_null(strstr(error.message, "'none' is absent"));
    ro_weights_close(weights);
}

static void test_order_of_adding_does_not_matter(void **state)
{
    (void)state;
    char other[64];
    strcpy(other, "/tmp/readout-test-XXXXXX");
    int descriptor = mkstemp(other);
    assert_true(descriptor >= 0);
    close(descriptor);
    ro_weights_writer *writer = filled_writer(true);
    assert_int_equal(ro_weights_writer_write(writer, other, NULL), RO_STATUS_OK);
    ro_weights_writer_free(writer);
    ro_file_map map;
    assert_int_equal(ro_file_map_open(other, &map, NULL), RO_STATUS_OK);
    assert_int_equal(map.length, size);
    assert_memory_equal(map.data, bytes, size);
    ro_file_map_close(&map);
    unlink(other);
}

static void test_every_flipped_bit_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < size * 8; i++) {
        bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
        assert_int_not_equal(open_bytes(size), RO_STATUS_OK);
        bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
    }
    assert_int_equal(open_bytes(size), RO_STATUS_OK);
}

static void test_every_cut_is_refused(void **state)
{
    (void)state;
    for (size_t count = 0; count < size; count++)
        assert_int_equal(open_bytes(count), count < 64 ? RO_STATUS_BAD_FORMAT : RO_STATUS_CORRUPT);
}

static void test_other_versions_and_files(void **state)
{
    (void)state;
    header()->version = 2;
    assert_int_equal(open_bytes(size), RO_STATUS_BAD_VERSION);
    header()->version = 1;
    header()->magic[0] = 'R';
    assert_int_equal(open_bytes(size), RO_STATUS_BAD_FORMAT);
    header()->magic[0] = 'r';
    ro_weights *weights = NULL;
    ro_error error = {0};
    assert_int_equal(ro_weights_open_memory("made", "", 0, NULL, &weights, &error),
                     RO_STATUS_BAD_FORMAT);
    char *room = ro_alloc_aligned(ro_alloc_default(), size + 8, 1);
    assert_non_null(room);
    memcpy(room + 8, bytes, size);
    assert_int_equal(ro_weights_open_memory("made", room + 8, size, NULL, &weights, &error),
                     RO_STATUS_BAD_ARGUMENT);
    ro_alloc_free_aligned(ro_alloc_default(), room, size + 8, 1);
    assert_int_equal(ro_weights_open("/tmp/no-such/model", NULL, &weights, &error),
                     RO_STATUS_NOT_FOUND);
    assert_int_equal(ro_weights_open("/tmp", NULL, &weights, &error), RO_STATUS_NOT_A_FILE);
    assert_null(weights);
}

/* Entries made to harm, under a checksum that fits. 0 empty, 1 keys, 2 net/W, 3 one. */
static void test_bad_entries_are_refused(void **state)
{
    (void)state;
    const ro_weights_entry good = *entry(2);
    assert_int_equal(open_resealed(), RO_STATUS_OK);
#define REFUSED(change)                                                                            \
    do {                                                                                           \
        change;                                                                                    \
        assert_int_equal(open_resealed(), RO_STATUS_CORRUPT);                                      \
        *entry(2) = good;                                                                          \
    } while (0)
    REFUSED(entry(2)->offset = 0);                                    /* the header */
    REFUSED(entry(2)->offset += 4);                                   /* unaligned */
    REFUSED(entry(2)->offset = header()->directory);                  /* the directory */
    REFUSED(entry(2)->offset = UINT64_MAX / 64 * 64);                 /* far away */
    REFUSED(entry(2)->bytes = 20);                                    /* less than its shape */
    REFUSED(entry(2)->dims[0] = 3);                                   /* more than its bytes */
    REFUSED((entry(2)->dims[0] = UINT64_MAX, entry(2)->dims[1] = 2)); /* overflows */
    REFUSED((entry(2)->dims[0] = (uint64_t)1 << 62, entry(2)->dims[1] = 4, entry(2)->bytes = 0));
    REFUSED(
        (entry(2)->dims[0] = 1 << 20, entry(2)->bytes = 12ull << 20)); /* runs out of the file */
    REFUSED(entry(2)->rank = 5);
    REFUSED(entry(2)->rank = UINT32_MAX);
    REFUSED(entry(2)->dims[2] = 1);
    REFUSED(entry(2)->type = 5);
    REFUSED(memset(entry(2)->name, 'n', sizeof entry(2)->name)); /* no NUL */
    REFUSED(entry(2)->name[0] = '\0');
    REFUSED(strcpy(entry(2)->name, "keys")); /* twice */
    REFUSED(strcpy(entry(2)->name, "a"));    /* out of order */
    REFUSED(entry(2)->zero[3] = 1);
#undef REFUSED
    assert_int_equal(open_resealed(), RO_STATUS_OK);
    header()->count = UINT32_MAX;
    assert_int_equal(open_resealed(), RO_STATUS_CORRUPT);
}

static void test_writer_refuses(void **state)
{
    (void)state;
    char name[RO_WEIGHT_NAME_SIZE + 1];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    ro_weights_writer *writer = filled_writer(false);
    const uint64_t one[1] = {1};
    ro_error error = {0};
#define ADD(name, type, rank, dims)                                                                \
    ro_weights_writer_add(writer, name, type, rank, dims, "x", &error)
    assert_int_equal(ADD("", RO_WEIGHT_TYPE_U8, 1, one), RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(ADD(name, RO_WEIGHT_TYPE_U8, 1, one), RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(ADD("keys", RO_WEIGHT_TYPE_U8, 1, one), RO_STATUS_BAD_ARGUMENT);
    assert_non_null(strstr(error.message, "keys"));
    assert_int_equal(ADD("big", RO_WEIGHT_TYPE_U64, 1, (uint64_t[]){UINT64_MAX / 2}),
                     RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(ADD("deep", RO_WEIGHT_TYPE_U8, 5, ((uint64_t[]){1, 1, 1, 1, 1})),
                     RO_STATUS_BAD_ARGUMENT);
    name[RO_WEIGHT_NAME_SIZE - 1] = '\0'; /* the longest name that there may be */
    assert_int_equal(ADD(name, RO_WEIGHT_TYPE_U8, 1, one), RO_STATUS_OK);
#undef ADD
    assert_int_equal(ro_weights_writer_write(writer, "/tmp/no-such/model", &error),
                     RO_STATUS_NOT_FOUND);
    ro_weights_writer_free(writer);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t at = 1;; at++) {
        failing_allocator fails = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&fails);
        ro_weights *weights = NULL;
        ro_status status = ro_weights_open(path, &allocator, &weights, NULL);
        assert_int_equal(status, fails.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        ro_weights_close(weights);
        assert_int_equal(fails.held, 0);
        if (!fails.failed)
            break;
        assert_true(at < 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reads_what_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_get_names_both_shapes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_order_of_adding_does_not_matter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_flipped_bit_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_cut_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_versions_and_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_entries_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_writer_refuses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_allocation_may_fail, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
