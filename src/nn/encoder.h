/* encoder.h - spaCy's Tok2Vec: hashed embeddings, mixed, then windows of maxout layers.
 *
 * A row is a token or padding. What a row looks like before the first window depends on its form
 * alone (its feature ids), so forms are numbered by the caller and what depends on a form is
 * computed once and kept in a cache: the mixed embedding and its three (2 x window + 1) products
 * with the first layer's weights. Shapes: W is the width, P pieces, w the window.
 */
#ifndef RO_NN_ENCODER_H
#define RO_NN_ENCODER_H
#include "nn/kernels.h"
#include "nn/weights.h"

enum { RO_ENCODER_FEATURES = 8, RO_ENCODER_LAYERS = 16 };

/* The names of the weights of one maxout layer: W [W, P, inputs], b [W, P], scale and shift [W]. */
typedef struct ro_layer_names {
    const char *weights, *bias, *scale, *shift;
    size_t window; /* 0 for the mixing layer */
} ro_layer_names;

typedef struct ro_encoder_names {
    size_t feature_count, layer_count;
    const char *tables[RO_ENCODER_FEATURES]; /* [rows, W] */
    uint32_t seeds[RO_ENCODER_FEATURES];
    ro_layer_names mix, layers[RO_ENCODER_LAYERS];
} ro_encoder_names;

typedef struct ro_encoder ro_encoder;

/* Checks shapes and packs weights; the weights must outlive the encoder. CORRUPT (a wrong or
 * missing weight), UNSUPPORTED (a width that is no multiple of RO_LANES, too many layers) or
 * OUT_OF_MEMORY. Read-only afterwards. */
ro_status ro_encoder_open(const ro_weights *weights, const ro_encoder_names *names,
                          const ro_kernels *kernels, const ro_allocator *allocator,
                          ro_encoder **encoder, ro_error *error);
void ro_encoder_close(ro_encoder *encoder);
size_t ro_encoder_width(const ro_encoder *encoder);
/* How many rows to each side a row's vector depends on: the sum of the windows. */
size_t ro_encoder_reach(const ro_encoder *encoder);

/* Scratch memory and the cache of forms, for one thread. */
typedef struct ro_encoder_cache ro_encoder_cache;
/* capacity: forms kept at most; block: rows of one run at most,
 * block < capacity. NULL when out of memory. */
ro_encoder_cache *ro_encoder_cache_new(const ro_encoder *encoder, size_t capacity, size_t block);
void ro_encoder_cache_free(ro_encoder_cache *cache);
/* Forgets all forms: their numbers mean other forms from now on. */
void ro_encoder_cache_reset(ro_encoder_cache *cache);

/* Gives the feature ids of a form, in the order of the names. */
typedef void ro_encoder_ids(void *context, uint32_t form, uint64_t *ids);

/* Encodes rows of forms (UINT32_MAX is padding) into out, rows x W. The first and last reach rows
 * see zeros beyond the edge. Results of a row depend on nothing but the reach rows around it. OK or
 * OUT_OF_MEMORY. */
ro_status ro_encoder_run(const ro_encoder *encoder, ro_encoder_cache *cache, const uint32_t *forms,
                         size_t rows, ro_encoder_ids *ids, void *context, float *out);
#endif
