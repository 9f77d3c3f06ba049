/* fuzz_trained.c - a file of adapters and heads of any bytes is refused, or what it holds is merged
 * into matrices, written and opened as heads, which then answer. The first byte says which widths
 * the matrices have, the rest is the file.
 */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include "base/alloc.h"
#include "fuzz.h"
#include "parse/headset.h"
#include "parse/trained.h"

#include <jansson.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 16, ROWS = 3, TOKENS = 4 };

/* A file with these bytes, which the caller removes. */
static void new_file(char path[32], const void *bytes, size_t size)
{
    strcpy(path, "/tmp/readout-fuzz-XXXXXX");
    const int file = mkstemp(path);
    fuzz_require(file >= 0);
    fuzz_require(size == 0 || write(file, bytes, size) == (ssize_t)size);
    fuzz_require(close(file) == 0);
}

static void check_error(ro_status status, const ro_error *error)
{
    fuzz_require(status == RO_STATUS_OK ||
                 (error->status == status && error->message[0] != '\0' && error->path[0] != '\0'));
}

static void check_probabilities(const ro_head *head, const float *found)
{
    for (size_t i = 0; i < ro_head_shape_get(head)->label_count; i++)
        fuzz_require(!(found[i] < 0) && !(found[i] > 1)); /* or none at all: numbers overflowed */
}

static void ask(const ro_head *head)
{
    static float rows[TOKENS * WIDTH];
    static const ro_range side = {1, 2};
    const ro_token_vectors vectors = {rows, TOKENS};
    const ro_head_pair pair = {{1, TOKENS}, {&side, NULL}, {1, 0}};
    const ro_head_shape *shape = ro_head_shape_get(head);
    uint8_t tags[TOKENS];
    ro_arena *arena = ro_arena_new(NULL);
    size_t room = TOKENS * shape->label_count;
    float *found = arena != NULL ? ro_arena_alloc(arena, room, sizeof *found) : NULL;
    fuzz_require(found != NULL);
    for (size_t i = 0; i < TOKENS * WIDTH; i++)
        rows[i] = (float)(i % 7) - 3;
    switch (shape->kind) {
    case RO_HEAD_KIND_CHAIN:
        fuzz_require(ro_head_tag(head, vectors, arena, tags, found) == RO_STATUS_OK);
        for (size_t i = 0; i < TOKENS; i++) {
            fuzz_require(tags[i] < shape->label_count);
            check_probabilities(head, found + i * shape->label_count);
        }
        break;
    case RO_HEAD_KIND_SPAN:
        fuzz_require(ro_head_classify(head, vectors, (ro_range){1, TOKENS}, arena, found) ==
                     RO_STATUS_OK);
        check_probabilities(head, found);
        break;
    default:
        fuzz_require(ro_head_relate(head, vectors, &pair, arena, found) == RO_STATUS_OK);
        check_probabilities(head, found);
        break;
    }
    ro_arena_free(arena);
}

static void open_heads(const ro_weights_writer *writer, const json_t *model)
{
    char path[32];
    ro_weights *weights = NULL;
    ro_headset *set = NULL;
    ro_error error = {0};
    new_file(path, NULL, 0);
    fuzz_require(ro_weights_writer_write(writer, path, NULL) == RO_STATUS_OK);
    fuzz_require(ro_weights_open(path, NULL, &weights, NULL) == RO_STATUS_OK);
    fuzz_require(unlink(path) == 0);
    const ro_status status =
        ro_headset_open(weights, json_object_get(model, "heads"), WIDTH, ro_kernels_find("plain"),
                        ro_alloc_default(), &set, &error);
    fuzz_require((status == RO_STATUS_OK) == (set != NULL));
    check_error(status, &error);
    for (size_t i = 0; set != NULL && i < ro_headset_count(set); i++)
        ask(ro_headset_at(set, i));
    ro_headset_close(set);
    ro_weights_close(weights);
}

static void merge(ro_trained *trained, size_t columns)
{
    float weights[ROWS * WIDTH] = {1, -2, 3}, biases[ROWS] = {0.5F};
    ro_error error = {0};
    ro_status status = ro_trained_adapt(trained, "layer.weight", ROWS, columns, weights, &error);
    check_error(status, &error);
    for (size_t i = 0; status == RO_STATUS_OK && i < ROWS * columns; i++)
        fuzz_require(isfinite(weights[i]));
    if (status == RO_STATUS_OK)
        check_error(ro_trained_adapt(trained, "layer.bias", ROWS, 0, biases, &error), &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[32];
    ro_trained *trained = NULL;
    ro_error error = {0};
    if (size == 0)
        return 0;
    new_file(path, data + 1, size - 1);
    ro_status status = ro_trained_open(path, &trained, &error);
    fuzz_require(unlink(path) == 0);
    fuzz_require((status == RO_STATUS_OK) == (trained != NULL));
    check_error(status, &error);
    if (status != RO_STATUS_OK)
        return 0;
    ro_trained_check(trained, "0123456789abcdef", &error);
    merge(trained, data[0] % WIDTH + 1);
    json_t *model = json_object();
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    fuzz_require(model != NULL && writer != NULL);
    error = (ro_error){0};
    status = ro_trained_write(trained, writer, model, &error);
    check_error(status, &error);
    if (status == RO_STATUS_OK)
        open_heads(writer, model);
    ro_weights_writer_free(writer);
    json_decref(model);
    ro_trained_close(trained);
    return 0;
}
