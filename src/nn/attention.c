/* attention.c - scaled dot-product attention (Vaswani et al. 2017, section 3.2) over one sequence.
 *
 * A head's keys are packed as the weights of a product, its values as those of another; then a few
 * queries at a time, so that their scores stay in the cache, go through the first product, the
 * exponents and the second. The sum divides at the end, where a row is short.
 */
#include "nn/attention.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

#define QUERY_ROWS 32 /* a multiple of the tiles' rows */

struct ro_attention {
    ro_allocator allocator;
    size_t longest, heads, size;
    float *keys;   /* size x longest, packed; longest rounded up to RO_LANES */
    float *values; /* longest x size, packed */
    float *scores; /* QUERY_ROWS x longest */
};

ro_attention *ro_attention_new(size_t longest, size_t heads, size_t size,
                               const ro_allocator *allocator)
{
    ro_attention *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return NULL;
    made->allocator = *allocator;
    made->longest = (longest + RO_LANES - 1) / RO_LANES * RO_LANES;
    made->heads = heads;
    made->size = size;
    made->keys = ro_alloc_aligned(allocator, made->longest * size, sizeof(float));
    made->values = ro_alloc_aligned(allocator, made->longest * size, sizeof(float));
    made->scores = ro_alloc_aligned(allocator, made->longest * QUERY_ROWS, sizeof(float));
    if (made->keys == NULL || made->values == NULL || made->scores == NULL) {
        ro_attention_free(made);
        return NULL;
    }
    return made;
}

void ro_attention_free(ro_attention *attention)
{
    if (attention == NULL)
        return;
    ro_allocator allocator = attention->allocator;
    size_t count = attention->longest * attention->size;
    ro_alloc_free_aligned(&allocator, attention->keys, count, sizeof(float));
    ro_alloc_free_aligned(&allocator, attention->values, count, sizeof(float));
    ro_alloc_free_aligned(&allocator, attention->scores, attention->longest * QUERY_ROWS,
                          sizeof(float));
    ro_alloc_free(&allocator, attention, 1, sizeof *attention);
}

/* Keys become columns: [size] x [rows], zeros behind. */
static ro_matrix pack_keys(const ro_attention *attention, const float *keys, size_t stride,
                           size_t rows)
{
    size_t size = attention->size, padded = (rows + RO_LANES - 1) / RO_LANES * RO_LANES;
    static const float zeros[RO_LANES];
    for (size_t first = 0; first < padded; first += RO_LANES) {
        size_t start = first / RO_PANEL * RO_PANEL, left = padded - start;
        size_t width = left < RO_PANEL ? left : RO_PANEL;
        float *panel = attention->keys + start * size + (first - start);
        for (size_t k = 0; k < size; k += RO_LANES) {
            const float *lines[RO_LANES];
            for (size_t j = 0; j < RO_LANES; j++)
                lines[j] = first + j < rows ? keys + (first + j) * stride + k : zeros;
            for (size_t i = 0; i < RO_LANES; i++)
                for (size_t j = 0; j < RO_LANES; j++)
                    panel[(k + i) * width + j] = lines[j][i];
        }
    }
    return (ro_matrix){size, rows, padded, attention->keys};
}

static ro_matrix pack_values(const ro_attention *attention, const float *values, size_t stride,
                             size_t rows)
{
    size_t size = attention->size;
    for (size_t first = 0; first < size; first += RO_PANEL) {
        size_t width = size - first < RO_PANEL ? size - first : RO_PANEL;
        float *panel = attention->values + first * rows;
        for (size_t i = 0; i < rows; i++)
            memcpy(panel + i * width, values + i * stride + first, width * sizeof *panel);
    }
    return (ro_matrix){rows, size, size, attention->values};
}

static void run_head(const ro_attention *attention, const ro_kernels *kernels, const float *in,
                     size_t rows, float *out)
{
    size_t size = attention->size, width = attention->heads * size, stride = 3 * width;
    ro_matrix keys = pack_keys(attention, in + width, stride, rows);
    ro_matrix values = pack_values(attention, in + 2 * width, stride, rows);
    const float factor = 1.44269504F / sqrtf((float)size); /* e^x is 2 to the power of x log2 e */
    for (size_t first = 0; first < rows; first += QUERY_ROWS) {
        size_t count = rows - first < QUERY_ROWS ? rows - first : QUERY_ROWS;
        float *results = out + first * width;
        float inverses[QUERY_ROWS];
        kernels->product(in + first * stride, stride, count, &keys, attention->scores, keys.padded);
        for (size_t i = 0; i < count; i++)
            inverses[i] =
                1.0F / kernels->exponents(attention->scores + i * keys.padded, rows, factor);
        kernels->product(attention->scores, keys.padded, count, &values, results, width);
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < size; j++)
                results[i * width + j] *= inverses[i];
    }
}

void ro_attention_run(ro_attention *attention, const ro_kernels *kernels, const float *in,
                      size_t rows, float *out)
{
    for (size_t head = 0; head < attention->heads; head++)
        run_head(attention, kernels, in + head * attention->size, rows,
                 out + head * attention->size);
}
