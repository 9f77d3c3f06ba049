/* transformer.c - opens and runs BERT's encoder: embeddings, then layers of attention and of two
 * products with GELU between, each added to its input and normed (post-norm).
 *
 * Sequences are taken together up to some hundred rows, without padding. Products take the rows in
 * blocks, one after another through all that follows until rows meet again (in attention), so that
 * what a block makes stays in the second cache while the weights stream by. The rows live in the
 * caller's out from the embeddings on.
 * Legend: W width, I inner width, B rows of a block, G rows of a group.
 */
#include "nn/transformer.h"

#include "base/alloc.h"
#include "base/error.h"
#include "nn/attention.h"
#include "nn/dense.h"
#include "nn/quantized.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { GROUP_ROWS = 128, BLOCK_ROWS = 64, LAYERS_MOST = 64 };

typedef struct encoder_layer {
    ro_dense qkv, out, inner, outer;
    ro_norm out_norm, outer_norm;
} encoder_layer;

struct ro_transformer {
    ro_allocator allocator;
    const ro_kernels *kernels;
    ro_transformer_shape shape;
    const void *words;        /* [pieces, W], float or int8_t   */
    const float *word_scales; /* [pieces], NULL if not int8     */
    const float *positions;   /* [positions, W]                 */
    ro_norm norm;
    encoder_layer *layers;
};

struct ro_transformer_scratch {
    const ro_transformer *transformer;
    size_t room;         /* G or one long sequence */
    float *qkv;          /* room x 3 W */
    float *context;      /* room x W   */
    float *wide;         /* B x I      */
    float *part;         /* B x W      */
    ro_dense_codes code; /* B x max(W, I), B */
    ro_attention *attention;
};

/* ---- opening --------------------------------------------------------------------------------- */

ro_status ro_transformer_shape_check(const ro_transformer_shape *shape, const char *path,
                                     ro_error *error)
{
    const struct {
        const char *name;
        size_t value, multiple, most;
    } rules[] = {
        {"width", shape->width, RO_LANES, RO_QUANTIZED_INNER_MOST},
        {"inner width", shape->inner, RO_LANES, RO_QUANTIZED_INNER_MOST},
        {"number of layers", shape->layers, 1, LAYERS_MOST},
        {"number of heads", shape->heads, 1, RO_QUANTIZED_INNER_MOST},
        {"number of positions", shape->positions, 1, 1 << 16},
        {"number of pieces", shape->pieces, 1, 1 << 24},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].value == 0 || rules[i].value % rules[i].multiple != 0 ||
            rules[i].value > rules[i].most)
            return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model", path, 0, UINT64_MAX,
                                   "a transformer's %s of %zu; it must be a multiple of %zu from "
                                   "%zu to %zu",
                                   rules[i].name, rules[i].value, rules[i].multiple,
                                   rules[i].multiple, rules[i].most);
    if (shape->width % (shape->heads * RO_LANES) != 0)
        return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model", path, 0, UINT64_MAX,
                               "a transformer of width %zu with %zu heads; a head's size must be a "
                               "multiple of %u",
                               shape->width, shape->heads, RO_LANES);
    if (!(shape->epsilon >= 0.0F && shape->epsilon <= 1.0F))
        return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model", path, 0, UINT64_MAX,
                               "a transformer's epsilon of %g; it must be from 0 to 1",
                               (double)shape->epsilon);
    return RO_STATUS_OK;
}

static ro_status open_norm(const ro_weights *weights, const char *name, size_t width, float epsilon,
                           ro_norm *norm, ro_error *error)
{
    const ro_weight *scale, *shift;
    char full[RO_WEIGHT_NAME_SIZE];
    snprintf(full, sizeof full, "%s/G", name);
    ro_status status =
        ro_weights_get_finite(weights, full, 1, (const uint64_t[]){width}, &scale, error);
    if (status != RO_STATUS_OK)
        return status;
    snprintf(full, sizeof full, "%s/beta", name);
    status = ro_weights_get_finite(weights, full, 1, (const uint64_t[]){width}, &shift, error);
    if (status == RO_STATUS_OK)
        *norm = (ro_norm){scale->data, shift->data, epsilon};
    return status;
}

static ro_status open_embeddings(const ro_weights *weights, ro_transformer *made, ro_error *error)
{
    const ro_transformer_shape *shape = &made->shape;
    const ro_weight *words, *scales, *positions;
    const uint64_t dims[] = {shape->pieces, shape->width};
    ro_status status;
    if (shape->int8)
        status = ro_weights_get(weights, "transformer/words/W", RO_WEIGHT_TYPE_I8, 2, dims, &words,
                                error);
    else
        status = ro_weights_get_finite(weights, "transformer/words/W", 2, dims, &words, error);
    if (status != RO_STATUS_OK)
        return status;
    made->words = words->data;
    if (shape->int8) {
        status = ro_weights_get_finite(weights, "transformer/words/S", 1, dims, &scales, error);
        if (status != RO_STATUS_OK)
            return status;
        made->word_scales = scales->data;
    }
    status = ro_weights_get_finite(weights, "transformer/positions", 2,
                                   (const uint64_t[]){shape->positions, shape->width}, &positions,
                                   error);
    if (status != RO_STATUS_OK)
        return status;
    made->positions = positions->data;
    return open_norm(weights, "transformer/norm", shape->width, shape->epsilon, &made->norm, error);
}

static ro_status open_layer(const ro_weights *weights, const ro_transformer *transformer,
                            size_t number, encoder_layer *out, ro_error *error)
{
    const ro_transformer_shape *shape = &transformer->shape;
    const struct {
        const char *name;
        size_t outputs, inputs;
        ro_dense *dense;
    } parts[] = {
        {"qkv", 3 * shape->width, shape->width, &out->qkv},
        {"out", shape->width, shape->width, &out->out},
        {"inner", shape->inner, shape->width, &out->inner},
        {"outer", shape->width, shape->inner, &out->outer},
    };
    char name[RO_WEIGHT_NAME_SIZE - 8];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(name, sizeof name, "transformer/%zu/%s", number, parts[i].name);
        ro_status status =
            ro_dense_open(weights, name, parts[i].outputs, parts[i].inputs, shape->int8,
                          &transformer->allocator, parts[i].dense, error);
        if (status != RO_STATUS_OK)
            return status;
    }
    snprintf(name, sizeof name, "transformer/%zu/out_norm", number);
    ro_status status =
        open_norm(weights, name, shape->width, shape->epsilon, &out->out_norm, error);
    if (status != RO_STATUS_OK)
        return status;
    snprintf(name, sizeof name, "transformer/%zu/outer_norm", number);
    return open_norm(weights, name, shape->width, shape->epsilon, &out->outer_norm, error);
}

static ro_status open_parts(const ro_weights *weights, ro_transformer *made, ro_error *error)
{
    ro_status status = open_embeddings(weights, made, error);
    if (status != RO_STATUS_OK)
        return status;
    made->layers = ro_alloc_zeroed(&made->allocator, made->shape.layers, sizeof *made->layers);
    if (made->layers == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; status == RO_STATUS_OK && i < made->shape.layers; i++)
        status = open_layer(weights, made, i, &made->layers[i], error);
    return status;
}

ro_status ro_transformer_open(const ro_weights *weights, const ro_transformer_shape *shape,
                              const ro_kernels *kernels, const ro_allocator *allocator,
                              ro_transformer **transformer, ro_error *error)
{
    ro_status status = ro_transformer_shape_check(shape, ro_weights_path(weights), error);
    if (status != RO_STATUS_OK)
        return status;
    ro_transformer *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made != NULL) {
        made->allocator = *allocator;
        made->kernels = kernels;
        made->shape = *shape;
        status = open_parts(weights, made, error);
    }
    if (made == NULL || status == RO_STATUS_OUT_OF_MEMORY)
        status = ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "model", ro_weights_path(weights),
                                 0, UINT64_MAX, "no memory for a transformer");
    if (status == RO_STATUS_OK)
        *transformer = made;
    else
        ro_transformer_close(made);
    return status;
}

void ro_transformer_close(ro_transformer *transformer)
{
    if (transformer == NULL)
        return;
    ro_allocator allocator = transformer->allocator;
    size_t count = transformer->shape.layers;
    for (size_t i = 0; transformer->layers != NULL && i < count; i++) {
        ro_dense_close(&transformer->layers[i].qkv, &allocator);
        ro_dense_close(&transformer->layers[i].out, &allocator);
        ro_dense_close(&transformer->layers[i].inner, &allocator);
        ro_dense_close(&transformer->layers[i].outer, &allocator);
    }
    ro_alloc_free(&allocator, transformer->layers, count, sizeof *transformer->layers);
    ro_alloc_free(&allocator, transformer, 1, sizeof *transformer);
}

const ro_transformer_shape *ro_transformer_shape_get(const ro_transformer *transformer)
{
    return &transformer->shape;
}

/* ---- scratch --------------------------------------------------------------------------------- */

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

ro_transformer_scratch *ro_transformer_scratch_new(const ro_transformer *transformer)
{
    const ro_transformer_shape *shape = &transformer->shape;
    const ro_allocator *allocator = &transformer->allocator;
    ro_transformer_scratch *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return NULL;
    made->transformer = transformer;
    made->room = larger(GROUP_ROWS, shape->positions);
    made->qkv = ro_alloc_aligned(allocator, made->room * 3 * shape->width, sizeof(float));
    made->context = ro_alloc_aligned(allocator, made->room * shape->width, sizeof(float));
    made->wide = ro_alloc_aligned(allocator, BLOCK_ROWS * shape->inner, sizeof(float));
    made->part = ro_alloc_aligned(allocator, BLOCK_ROWS * shape->width, sizeof(float));
    made->code.codes =
        ro_alloc_aligned(allocator, BLOCK_ROWS * larger(shape->width, shape->inner), 1);
    made->code.codings = ro_alloc_aligned(allocator, BLOCK_ROWS, sizeof(ro_coding));
    made->attention =
        ro_attention_new(shape->positions, shape->heads, shape->width / shape->heads, allocator);
    if (made->qkv == NULL || made->context == NULL || made->wide == NULL || made->part == NULL ||
        made->code.codes == NULL || made->code.codings == NULL || made->attention == NULL) {
        ro_transformer_scratch_free(made);
        return NULL;
    }
    return made;
}

void ro_transformer_scratch_free(ro_transformer_scratch *scratch)
{
    if (scratch == NULL)
        return;
    const ro_transformer_shape *shape = &scratch->transformer->shape;
    const ro_allocator *allocator = &scratch->transformer->allocator;
    ro_alloc_free_aligned(allocator, scratch->qkv, scratch->room * 3 * shape->width, sizeof(float));
    ro_alloc_free_aligned(allocator, scratch->context, scratch->room * shape->width, sizeof(float));
    ro_alloc_free_aligned(allocator, scratch->wide, BLOCK_ROWS * shape->inner, sizeof(float));
    ro_alloc_free_aligned(allocator, scratch->part, BLOCK_ROWS * shape->width, sizeof(float));
    ro_alloc_free_aligned(allocator, scratch->code.codes,
                          BLOCK_ROWS * larger(shape->width, shape->inner), 1);
    ro_alloc_free_aligned(allocator, scratch->code.codings, BLOCK_ROWS, sizeof(ro_coding));
    ro_attention_free(scratch->attention);
    ro_alloc_free(allocator, scratch, 1, sizeof *scratch);
}

/* ---- running --------------------------------------------------------------------------------- */

static void embed(const ro_transformer *transformer, uint32_t id, size_t position, float *row)
{
    size_t width = transformer->shape.width;
    if (transformer->shape.int8) {
        const int8_t *word = (const int8_t *)transformer->words + id * width;
        float scale = transformer->word_scales[id];
        for (size_t j = 0; j < width; j++)
            row[j] = (float)word[j] * scale;
    } else {
        memcpy(row, (const float *)transformer->words + id * width, width * sizeof *row);
    }
    transformer->kernels->normalize(row, transformer->positions + position * width,
                                    &transformer->norm, NULL, width);
}

static void run_layer(const ro_transformer *transformer, const encoder_layer *layer,
                      ro_transformer_scratch *scratch, const size_t *starts, size_t count, float *x)
{
    const ro_kernels *kernels = transformer->kernels;
    size_t width = transformer->shape.width, all = starts[count] - starts[0];
    for (size_t first = 0; first < all; first += BLOCK_ROWS) {
        size_t rows = all - first < BLOCK_ROWS ? all - first : BLOCK_ROWS;
        ro_dense_run(&layer->qkv, kernels, x + first * width, rows, false, &scratch->code,
                     scratch->qkv + first * 3 * width);
    }
    for (size_t i = 0; i < count; i++) {
        size_t first = starts[i] - starts[0];
        ro_attention_run(scratch->attention, kernels, scratch->qkv + first * 3 * width,
                         starts[i + 1] - starts[i], scratch->context + first * width);
    }
    for (size_t first = 0; first < all; first += BLOCK_ROWS) {
        size_t rows = all - first < BLOCK_ROWS ? all - first : BLOCK_ROWS;
        float *block = x + first * width;
        ro_dense_run(&layer->out, kernels, scratch->context + first * width, rows, false,
                     &scratch->code, scratch->part);
        for (size_t i = 0; i < rows; i++)
            kernels->normalize(block + i * width, scratch->part + i * width, &layer->out_norm, NULL,
                               width);
        ro_dense_run(&layer->inner, kernels, block, rows, true, &scratch->code, scratch->wide);
        ro_dense_run(&layer->outer, kernels, scratch->wide, rows, false, &scratch->code,
                     scratch->part);
        for (size_t i = 0; i < rows; i++)
            kernels->normalize(block + i * width, scratch->part + i * width, &layer->outer_norm,
                               NULL, width);
    }
}

static ro_status check_ids(const ro_transformer *transformer, const uint32_t *ids,
                           const size_t *starts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (starts[i + 1] < starts[i] || starts[i + 1] - starts[i] > transformer->shape.positions)
            return RO_STATUS_BAD_ARGUMENT;
    for (size_t i = starts[0]; i < starts[count]; i++)
        if (ids[i] >= transformer->shape.pieces)
            return RO_STATUS_BAD_ARGUMENT;
    return RO_STATUS_OK;
}

ro_status ro_transformer_run(const ro_transformer *transformer, ro_transformer_scratch *scratch,
                             const uint32_t *ids, const size_t *starts, size_t count, float *out)
{
    ro_status status = check_ids(transformer, ids, starts, count);
    if (status != RO_STATUS_OK)
        return status;
    size_t width = transformer->shape.width;
    for (size_t i = 0; i < count; i++)
        for (size_t at = starts[i]; at < starts[i + 1]; at++)
            embed(transformer, ids[at], at - starts[i], out + (at - starts[0]) * width);
    for (size_t first = 0, last; first < count; first = last) {
        for (last = first + 1; last < count; last++)
            if (starts[last + 1] - starts[first] > GROUP_ROWS)
                break;
        for (size_t i = 0; i < transformer->shape.layers; i++)
            run_layer(transformer, &transformer->layers[i], scratch, starts + first, last - first,
                      out + (starts[first] - starts[0]) * width);
    }
    return RO_STATUS_OK;
}
