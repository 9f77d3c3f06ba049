/* encoder.c - runs MultiHashEmbed + MaxoutWindowEncoder (Honnibal et al., spaCy v3; "Embed,
 * encode, attend, predict"). The arithmetic is in kernels_*.c, the weights' file in weights.c; the
 * feature ids come from the caller.
 *
 * Padding rows are zero before the first layer and computed like any other row behind it, as in
 * thinc's with_array(pad=...).
 * Legend: W width, P pieces, F features, w window, K inputs of a layer = (2w+1) W.
 */
#include "nn/encoder.h"

#include "base/alloc.h"
#include "base/error.h"
#include "nn/matrix.h"

#include <string.h>

#define NO_SLOT UINT32_MAX
#define EPSILON 1e-8F
#define MISS_ROWS 64 /* new forms embedded in one product */

typedef struct window_layer {
    ro_matrix matrix;
    float *bias; /* [P][W] */
    ro_norm norm;
    size_t pieces, window;
} window_layer;

typedef struct hash_table {
    const float *rows;
    uint64_t count;
    uint32_t seed;
} hash_table;

struct ro_encoder {
    ro_allocator allocator;
    const ro_kernels *kernels;
    size_t width, feature_count, layer_count, reach;
    hash_table tables[RO_ENCODER_FEATURES];
    window_layer mix, layers[RO_ENCODER_LAYERS]; /* layers[0].matrix: [W] x [(2w+1) P W] */
};

/* What is kept of a form. Slots are given anew by the clock algorithm (Corbato 1968): a hand goes
 * round, passes what was used since it last came, and never takes what the run at hand needs. */
typedef struct cache_slot {
    uint32_t form, run; /* run: the last that used it */
    bool referenced;
} cache_slot;

struct ro_encoder_cache {
    const ro_encoder *encoder;
    size_t capacity, block;
    uint32_t *slots; /* by form */
    size_t slot_capacity;
    cache_slot *owners; /* by slot */
    size_t used, hand;
    uint32_t run;     /* number of the run at hand */
    uint32_t *fresh;  /* slots to be computed, block of them at most */
    float *mixed;     /* capacity x W */
    float *products;  /* capacity x (2w+1) P W */
    float *embedded;  /* MISS_ROWS x F W */
    float *new_mixed; /* MISS_ROWS x W */
    float *new_products;
    float *raw;         /* max rows x widest output */
    float *ping, *pong; /* (block + 2 w) x W with zero rows at both ends */
    size_t raw_size, product_width, guard;
};

/* ---- opening --------------------------------------------------------------------------------- */

static ro_status open_layer(const ro_weights *weights, const ro_layer_names *names, size_t width,
                            size_t inputs, bool split, const ro_encoder *encoder, window_layer *out,
                            ro_error *error)
{
    const ro_weight *w, *b, *scale, *shift;
    ro_status status = ro_weights_get(weights, names->weights, RO_WEIGHT_TYPE_F32, 3,
                                      (const uint64_t[]){width, 0, inputs}, &w, error);
    if (status != RO_STATUS_OK)
        return status;
    size_t pieces = (size_t)w->dims[1];
    const uint64_t vector[] = {width, pieces};
    if ((status = ro_weights_get(weights, names->bias, RO_WEIGHT_TYPE_F32, 2, vector, &b, error)) !=
            RO_STATUS_OK ||
        (status = ro_weights_get(weights, names->scale, RO_WEIGHT_TYPE_F32, 1, vector, &scale,
                                 error)) != RO_STATUS_OK ||
        (status = ro_weights_get(weights, names->shift, RO_WEIGHT_TYPE_F32, 1, vector, &shift,
                                 error)) != RO_STATUS_OK)
        return status;
    if (pieces == 0 || pieces > 16)
        return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model", ro_weights_path(weights), 0,
                               UINT64_MAX, "%s has %zu pieces, expected 1 to 16", names->weights,
                               pieces);
    size_t parts = split ? 2 * names->window + 1 : 1;
    status = ro_matrix_pack_maxout(w->data, width, pieces, parts, inputs / parts,
                                   &encoder->allocator, &out->matrix);
    if (status != RO_STATUS_OK)
        return status;
    out->pieces = pieces;
    out->window = names->window;
    out->norm = (ro_norm){scale->data, shift->data, EPSILON};
    out->bias = ro_matrix_turn(b->data, width, pieces, &encoder->allocator);
    return out->bias != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

static ro_status open_tables(const ro_weights *weights, const ro_encoder_names *names,
                             ro_encoder *encoder, ro_error *error)
{
    for (size_t i = 0; i < names->feature_count; i++) {
        const ro_weight *rows;
        ro_status status = ro_weights_get(weights, names->tables[i], RO_WEIGHT_TYPE_F32, 2,
                                          (const uint64_t[]){0, encoder->width}, &rows, error);
        if (status != RO_STATUS_OK)
            return status;
        if (rows->dims[0] == 0)
            return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0,
                                   UINT64_MAX, "%s has no rows", names->tables[i]);
        encoder->tables[i] = (hash_table){rows->data, rows->dims[0], names->seeds[i]};
        if (i == 0)
            encoder->width = (size_t)rows->dims[1];
    }
    return RO_STATUS_OK;
}

static ro_status open_parts(const ro_weights *weights, const ro_encoder_names *names,
                            ro_encoder *encoder, ro_error *error)
{
    if (names->feature_count < 1 || names->feature_count > RO_ENCODER_FEATURES ||
        names->layer_count < 1 || names->layer_count > RO_ENCODER_LAYERS)
        return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model", ro_weights_path(weights), 0,
                               UINT64_MAX, "an encoder of %zu features and %zu layers",
                               names->feature_count, names->layer_count);
    ro_status status = open_tables(weights, names, encoder, error);
    if (status != RO_STATUS_OK)
        return status;
    size_t width = encoder->width;
    if (width == 0 || width % RO_LANES != 0 || width > 4096)
        return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model", ro_weights_path(weights), 0,
                               UINT64_MAX, "an encoder of width %zu, expected a multiple of %u",
                               width, RO_LANES);
    encoder->feature_count = names->feature_count;
    status = open_layer(weights, &names->mix, width, names->feature_count * width, false, encoder,
                        &encoder->mix, error);
    for (size_t i = 0; status == RO_STATUS_OK && i < names->layer_count; i++) {
        size_t window = names->layers[i].window;
        if (window < 1 || window > 8)
            return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model", ro_weights_path(weights),
                                   0, UINT64_MAX, "a window of %zu", window);
        status = open_layer(weights, &names->layers[i], width, (2 * window + 1) * width, i == 0,
                            encoder, &encoder->layers[i], error);
        encoder->reach += window;
        encoder->layer_count = i + 1;
    }
    return status;
}

ro_status ro_encoder_open(const ro_weights *weights, const ro_encoder_names *names,
                          const ro_kernels *kernels, const ro_allocator *allocator,
                          ro_encoder **encoder, ro_error *error)
{
    ro_encoder *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    made->allocator = *allocator;
    made->kernels = kernels;
    ro_status status = open_parts(weights, names, made, error);
    if (status != RO_STATUS_OK) {
        ro_encoder_close(made);
        return status;
    }
    *encoder = made;
    return RO_STATUS_OK;
}

static void close_layer(window_layer *layer, size_t width, const ro_allocator *allocator)
{
    ro_matrix_free(&layer->matrix, allocator);
    ro_alloc_free_aligned(allocator, layer->bias, width * layer->pieces, sizeof *layer->bias);
}

void ro_encoder_close(ro_encoder *encoder)
{
    if (encoder == NULL)
        return;
    ro_allocator allocator = encoder->allocator;
    close_layer(&encoder->mix, encoder->width, &allocator);
    for (size_t i = 0; i < RO_ENCODER_LAYERS; i++)
        close_layer(&encoder->layers[i], encoder->width, &allocator);
    ro_alloc_free(&allocator, encoder, 1, sizeof *encoder);
}

size_t ro_encoder_width(const ro_encoder *encoder)
{
    return encoder->width;
}

size_t ro_encoder_reach(const ro_encoder *encoder)
{
    return encoder->reach;
}

/* ---- cache ----------------------------------------------------------------------------------- */

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static bool fill_cache(ro_encoder_cache *cache)
{
    const ro_encoder *encoder = cache->encoder;
    const ro_allocator *allocator = &encoder->allocator;
    size_t width = encoder->width;
    size_t widest = encoder->mix.matrix.padded;
    for (size_t i = 0; i < encoder->layer_count; i++) {
        widest = i > 0 ? larger(widest, encoder->layers[i].matrix.padded) : widest;
        cache->guard = larger(cache->guard, encoder->layers[i].window);
    }
    cache->product_width = encoder->layers[0].matrix.padded;
    cache->raw_size = MISS_ROWS * widest;
    size_t window_rows = cache->block + 2 * cache->guard;
    cache->owners = ro_alloc_zeroed(allocator, cache->capacity, sizeof *cache->owners);
    cache->fresh = ro_alloc_zeroed(allocator, cache->block, sizeof *cache->fresh);
    cache->new_mixed = ro_alloc_aligned(allocator, MISS_ROWS * width, sizeof(float));
    cache->new_products =
        ro_alloc_aligned(allocator, MISS_ROWS * cache->product_width, sizeof(float));
    cache->mixed = ro_alloc_aligned(allocator, cache->capacity * width, sizeof(float));
    cache->products =
        ro_alloc_aligned(allocator, cache->capacity * cache->product_width, sizeof(float));
    cache->embedded =
        ro_alloc_aligned(allocator, MISS_ROWS * encoder->feature_count * width, sizeof(float));
    cache->raw = ro_alloc_aligned(allocator, cache->raw_size, sizeof(float));
    cache->ping = ro_alloc_aligned(allocator, window_rows * width, sizeof(float));
    cache->pong = ro_alloc_aligned(allocator, window_rows * width, sizeof(float));
    return cache->owners != NULL && cache->mixed != NULL && cache->products != NULL &&
           cache->embedded != NULL && cache->raw != NULL && cache->ping != NULL &&
           cache->pong != NULL && cache->fresh != NULL && cache->new_mixed != NULL &&
           cache->new_products != NULL;
}

ro_encoder_cache *ro_encoder_cache_new(const ro_encoder *encoder, size_t capacity, size_t block)
{
    ro_encoder_cache *cache = ro_alloc_zeroed(&encoder->allocator, 1, sizeof *cache);
    if (cache == NULL)
        return NULL;
    cache->encoder = encoder;
    cache->capacity = capacity;
    cache->block = block;
    if (!fill_cache(cache)) {
        ro_encoder_cache_free(cache);
        return NULL;
    }
    return cache;
}

void ro_encoder_cache_free(ro_encoder_cache *cache)
{
    if (cache == NULL)
        return;
    const ro_encoder *encoder = cache->encoder;
    const ro_allocator *allocator = &encoder->allocator;
    size_t width = encoder->width;
    size_t window_rows = cache->block + 2 * cache->guard;
    ro_alloc_free(allocator, cache->slots, cache->slot_capacity, sizeof *cache->slots);
    ro_alloc_free(allocator, cache->owners, cache->capacity, sizeof *cache->owners);
    ro_alloc_free(allocator, cache->fresh, cache->block, sizeof *cache->fresh);
    ro_alloc_free_aligned(allocator, cache->new_mixed, MISS_ROWS * width, sizeof(float));
    ro_alloc_free_aligned(allocator, cache->new_products, MISS_ROWS * cache->product_width,
                          sizeof(float));
    ro_alloc_free_aligned(allocator, cache->mixed, cache->capacity * width, sizeof(float));
    ro_alloc_free_aligned(allocator, cache->products, cache->capacity * cache->product_width,
                          sizeof(float));
    ro_alloc_free_aligned(allocator, cache->embedded, MISS_ROWS * encoder->feature_count * width,
                          sizeof(float));
    ro_alloc_free_aligned(allocator, cache->raw, cache->raw_size, sizeof(float));
    ro_alloc_free_aligned(allocator, cache->ping, window_rows * width, sizeof(float));
    ro_alloc_free_aligned(allocator, cache->pong, window_rows * width, sizeof(float));
    ro_alloc_free(allocator, cache, 1, sizeof *cache);
}

void ro_encoder_cache_reset(ro_encoder_cache *cache)
{
    for (size_t i = 0; i < cache->used; i++)
        cache->slots[cache->owners[i].form] = NO_SLOT;
    cache->used = cache->hand = 0;
}

static bool reserve_slots(ro_encoder_cache *cache, uint32_t form)
{
    if (form < cache->slot_capacity)
        return true;
    const ro_allocator *allocator = &cache->encoder->allocator;
    size_t capacity = larger((size_t)form + 1, 2 * cache->slot_capacity + 1024);
    uint32_t *slots =
        allocator->resize(allocator->context, cache->slots, cache->slot_capacity * sizeof *slots,
                          capacity * sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = cache->slot_capacity; i < capacity; i++)
        slots[i] = NO_SLOT;
    cache->slots = slots;
    cache->slot_capacity = capacity;
    return true;
}

/* ---- running --------------------------------------------------------------------------------- */

/* thinc's hash of an id into four table rows: MurmurHash3's 128-bit finish of one 64-bit block. */
static void hash_id(uint64_t id, uint32_t seed, uint32_t out[4])
{
    uint64_t a = id * 0x87c37b91114253d5U;
    a = (a << 31) | (a >> 33);
    a *= 0x4cf5ad432745937fU;
    a ^= seed;
    a ^= 8;
    uint64_t b = (uint64_t)seed ^ 8;
    a += b;
    b += a;
    uint64_t *halves[2] = {&a, &b};
    for (size_t i = 0; i < 2; i++) {
        uint64_t h = *halves[i];
        h ^= h >> 33;
        h *= 0xff51afd7ed558ccdU;
        h ^= h >> 33;
        h *= 0xc4ceb9fe1a85ec53U;
        *halves[i] = h ^ (h >> 33);
    }
    a += b;
    b += a;
    out[0] = (uint32_t)a;
    out[1] = (uint32_t)(a >> 32);
    out[2] = (uint32_t)b;
    out[3] = (uint32_t)(b >> 32);
}

static void embed(const ro_encoder *encoder, const uint64_t *ids, float *out)
{
    for (size_t i = 0; i < encoder->feature_count; i++) {
        const hash_table *table = &encoder->tables[i];
        uint32_t keys[4];
        hash_id(ids[i], table->seed, keys);
        const float *rows[4];
        for (size_t k = 0; k < 4; k++)
            rows[k] = table->rows + keys[k] % table->count * encoder->width;
        encoder->kernels->add_rows(rows, 4, out + i * encoder->width, encoder->width);
    }
}

/* Computes what is kept of the forms in these slots, MISS_ROWS of them at most. */
static void compute_slots(const ro_encoder *encoder, ro_encoder_cache *cache, const uint32_t *slots,
                          size_t count, ro_encoder_ids *ids, void *context)
{
    size_t width = encoder->width, inputs = encoder->feature_count * width;
    const window_layer *mix = &encoder->mix;
    for (size_t i = 0; i < count; i++) {
        uint64_t values[RO_ENCODER_FEATURES];
        ids(context, cache->owners[slots[i]].form, values);
        embed(encoder, values, cache->embedded + i * inputs);
    }
    encoder->kernels->product(cache->embedded, inputs, count, &mix->matrix, cache->raw,
                              mix->matrix.padded);
    ro_kernels_maxout_norm(encoder->kernels, cache->raw, mix->matrix.padded, count, mix->bias,
                           &mix->norm, NULL, width, mix->pieces, cache->new_mixed);
    encoder->kernels->product(cache->new_mixed, width, count, &encoder->layers[0].matrix,
                              cache->new_products, cache->product_width);
    for (size_t i = 0; i < count; i++) {
        memcpy(cache->mixed + slots[i] * width, cache->new_mixed + i * width,
               width * sizeof(float));
        memcpy(cache->products + slots[i] * cache->product_width,
               cache->new_products + i * cache->product_width,
               cache->product_width * sizeof(float));
    }
}

static uint32_t take_slot(ro_encoder_cache *cache)
{
    if (cache->used < cache->capacity)
        return (uint32_t)cache->used++;
    for (;;) { /* ends: a run needs fewer forms than there are slots */
        uint32_t slot = (uint32_t)cache->hand;
        cache_slot *owner = &cache->owners[slot];
        cache->hand = (cache->hand + 1) % cache->capacity;
        if (owner->run != cache->run && !owner->referenced) {
            cache->slots[owner->form] = NO_SLOT;
            return slot;
        }
        owner->referenced = false;
    }
}

/* Sees to it that every form of the rows has a slot. */
static ro_status fill_slots(const ro_encoder *encoder, ro_encoder_cache *cache,
                            const uint32_t *forms, size_t rows, ro_encoder_ids *ids, void *context)
{
    size_t fresh = 0;
    cache->run++;
    for (size_t i = 0; i < rows; i++)
        if (forms[i] != UINT32_MAX && !reserve_slots(cache, forms[i]))
            return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < rows; i++) {
        if (forms[i] == UINT32_MAX)
            continue;
        uint32_t slot = cache->slots[forms[i]];
        if (slot != NO_SLOT) {
            cache->owners[slot].run = cache->run;
            cache->owners[slot].referenced = true;
            continue;
        }
        slot = take_slot(cache);
        cache->slots[forms[i]] = slot;
        cache->owners[slot] = (cache_slot){forms[i], cache->run, false};
        cache->fresh[fresh++] = slot;
    }
    for (size_t done = 0; done < fresh; done += MISS_ROWS)
        compute_slots(encoder, cache, cache->fresh + done,
                      fresh - done < MISS_ROWS ? fresh - done : MISS_ROWS, ids, context);
    return RO_STATUS_OK;
}

/* The first window layer, from the kept products of each row's neighbours. */
static void run_first(const ro_encoder *encoder, ro_encoder_cache *cache, const uint32_t *forms,
                      size_t rows, float *out)
{
    const window_layer *layer = &encoder->layers[0];
    size_t width = encoder->width, columns = width * layer->pieces, window = layer->window;
    for (size_t i = 0; i < rows; i++) {
        const float *parts[17];
        for (size_t part = 0; part <= 2 * window; part++) {
            size_t at = i + part;
            bool inside = at >= window && at - window < rows && forms[at - window] != UINT32_MAX;
            parts[part] = inside ? cache->products +
                                       cache->slots[forms[at - window]] * cache->product_width +
                                       part * columns
                                 : NULL;
        }
        encoder->kernels->add_rows(parts, 2 * window + 1, cache->raw, columns);
        const float *residual =
            forms[i] != UINT32_MAX ? cache->mixed + cache->slots[forms[i]] * width : NULL;
        ro_kernels_maxout_norm(encoder->kernels, cache->raw, columns, 1, layer->bias, &layer->norm,
                               residual, width, layer->pieces, out + i * width);
    }
}

static void run_layer(const ro_encoder *encoder, ro_encoder_cache *cache, const window_layer *layer,
                      const float *in, size_t rows, float *out)
{
    size_t width = encoder->width;
    for (size_t first = 0; first < rows; first += MISS_ROWS) {
        size_t count = rows - first < MISS_ROWS ? rows - first : MISS_ROWS;
        const float *center = in + first * width;
        encoder->kernels->product(center - layer->window * width, width, count, &layer->matrix,
                                  cache->raw, layer->matrix.padded);
        ro_kernels_maxout_norm(encoder->kernels, cache->raw, layer->matrix.padded, count,
                               layer->bias, &layer->norm, center, width, layer->pieces,
                               out + first * width);
    }
}

ro_status ro_encoder_run(const ro_encoder *encoder, ro_encoder_cache *cache, const uint32_t *forms,
                         size_t rows, ro_encoder_ids *ids, void *context, float *out)
{
    size_t width = encoder->width, edge = cache->guard * width;
    if (rows > cache->block)
        return RO_STATUS_BAD_ARGUMENT;
    ro_status status = fill_slots(encoder, cache, forms, rows, ids, context);
    if (status != RO_STATUS_OK)
        return status;
    float *in = cache->ping + edge, *next = cache->pong + edge;
    memset(cache->ping, 0, edge * sizeof(float));
    memset(cache->pong, 0, edge * sizeof(float));
    memset(in + rows * width, 0, edge * sizeof(float));
    memset(next + rows * width, 0, edge * sizeof(float));
    bool last = encoder->layer_count == 1;
    run_first(encoder, cache, forms, rows, last ? out : in);
    for (size_t i = 1; i < encoder->layer_count; i++) {
        last = i + 1 == encoder->layer_count;
        run_layer(encoder, cache, &encoder->layers[i], in, rows, last ? out : next);
        float *swap = in;
        in = next;
        next = swap;
    }
    return RO_STATUS_OK;
}
