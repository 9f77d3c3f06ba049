/* head.c - heads over token vectors: scores of tokens, of spans, of pairs of spans. The best chain
 * is chain.c's; what trains them is tools/train/heads.py, which says where the methods are from.
 *
 * Before a chain or a span there may be a hidden layer of GELU units over the vectors of the tokens
 * around (zeros beyond the document). A span is the sum of its tokens' vectors weighted by a
 * learned query; a pair is the means of its sides and the span's sum weighted by a query made of
 * them.
 *
 * W width of the vectors, H of the hidden layer, F of what labels are read from (H, else W), K
 * labels, T tokens.
 */
#include "nn/head.h"

#include "base/alloc.h"
#include "base/closed_set.h"
#include "base/error.h"
#include "nn/chain.h"
#include "nn/linear.h"
#include "nn/matrix.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct ro_head {
    ro_allocator allocator;
    ro_arena *arena; /* of the shape */
    const ro_kernels *kernels;
    ro_head_shape shape;
    size_t window;            /* tokens to each side that the hidden layer sees      */
    ro_linear hidden, labels; /* hidden.outputs 0: there is none                     */
    ro_matrix query;          /* [1, F] of a span, [W, 2W] of a pair                 */
    ro_chain chain;
};

static const char *const kind_names[] = {
#define RO_HEAD_KIND(member, name) name,
#include "nn/head_kind.def"
#undef RO_HEAD_KIND
};

const char *ro_head_kind_name(ro_head_kind kind)
{
    return ro_closed_set_name(kind_names, RO_CLOSED_SET_COUNT(kind_names), kind);
}

bool ro_head_kind_parse(ro_text name, ro_head_kind *kind)
{
    unsigned index;
    if (!ro_closed_set_find(kind_names, RO_CLOSED_SET_COUNT(kind_names), name, &index))
        return false;
    *kind = (ro_head_kind)index;
    return true;
}

/* ---- opening --------------------------------------------------------------------------------- */

typedef char tensor_name[RO_WEIGHT_NAME_SIZE];

static const char *name_of(const ro_head *head, const char *part, tensor_name name)
{
    snprintf(name, sizeof(tensor_name), "heads/%s/%s", head->shape.name, part);
    return name;
}

static ro_status open_layer(ro_head *head, const ro_weights *weights, const char *w, const char *b,
                            size_t outputs, size_t inputs, ro_linear *layer, ro_error *error)
{
    tensor_name full_w, full_b;
    const ro_weight *matrix, *bias;
    name_of(head, w, full_w);
    name_of(head, b, full_b);
    ro_status status = ro_weights_get_finite(weights, full_w, 2,
                                             (const uint64_t[]){outputs, inputs}, &matrix, error);
    if (status == RO_STATUS_OK)
        status = ro_weights_get_finite(weights, full_b, 1, matrix->dims, &bias, error);
    if (status == RO_STATUS_OK)
        status = ro_linear_open(weights, full_w, full_b, outputs, inputs, &head->allocator, layer,
                                error);
    return status;
}

/* The hidden layer over a window of 2n + 1 tokens, if the file has one. */
static ro_status open_hidden(ro_head *head, const ro_weights *weights, ro_error *error)
{
    tensor_name name;
    const ro_weight *found = ro_weights_find(weights, name_of(head, "hidden/W", name));
    if (found == NULL)
        return RO_STATUS_OK;
    uint64_t inputs = found->rank == 2 ? found->dims[1] : 0, tokens = inputs / head->shape.width;
    if (inputs == 0 || inputs % head->shape.width != 0 || tokens % 2 == 0)
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0,
                               UINT64_MAX,
                               "tensor '%s' has %llu columns; expected an odd number of times %zu",
                               name, (unsigned long long)inputs, head->shape.width);
    head->window = (size_t)tokens / 2;
    return open_layer(head, weights, "hidden/W", "hidden/b", 0, (size_t)inputs, &head->hidden,
                      error);
}

static size_t features_width(const ro_head *head)
{
    return head->hidden.outputs != 0 ? head->hidden.outputs : head->shape.width;
}

static ro_status open_chain(ro_head *head, const ro_weights *weights, ro_error *error)
{
    tensor_name name;
    const ro_weight *moves;
    size_t count = head->shape.label_count, faulty;
    ro_status status = ro_weights_get_finite(weights, name_of(head, "transitions", name), 2,
                                             (const uint64_t[]){count, count}, &moves, error);
    if (status != RO_STATUS_OK)
        return status;
    if (ro_chain_make(&head->chain, head->shape.labels, count, moves->data, &faulty))
        return RO_STATUS_OK;
    if (faulty == count)
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0,
                               UINT64_MAX, "head '%s' has %zu labels; expected 1 to %d",
                               head->shape.name, count, RO_CHAIN_LABELS);
    return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0,
                           UINT64_MAX,
                           "head '%s' has the label '%s'; expected O, then B-, I- or R-",
                           head->shape.name, head->shape.labels[faulty]);
}

static ro_status open_query(ro_head *head, const ro_weights *weights, ro_error *error)
{
    tensor_name name;
    const ro_weight *query;
    size_t width = head->shape.width;
    bool pair = head->shape.kind == RO_HEAD_KIND_PAIR;
    uint64_t of_pair[] = {width, 2 * width}, of_span[] = {features_width(head)};
    name_of(head, pair ? "query/W" : "query", name);
    ro_status status =
        ro_weights_get_finite(weights, name, pair ? 2 : 1, pair ? of_pair : of_span, &query, error);
    if (status != RO_STATUS_OK)
        return status;
    return ro_matrix_pack_rows(query->data, pair ? width : 1,
                               pair ? 2 * width : features_width(head), &head->allocator,
                               &head->query);
}

static ro_status open_tensors(ro_head *head, const ro_weights *weights, ro_error *error)
{
    ro_status status = RO_STATUS_OK;
    if (head->shape.width == 0 || head->shape.width % RO_LANES != 0)
        return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model", ro_weights_path(weights), 0,
                               UINT64_MAX,
                               "head '%s' is over vectors of %zu; expected a multiple of %u",
                               head->shape.name, head->shape.width, RO_LANES);
    if (head->shape.kind == RO_HEAD_KIND_PAIR)
        status = open_layer(head, weights, "hidden/W", "hidden/b", 0, 3 * head->shape.width,
                            &head->hidden, error);
    else
        status = open_hidden(head, weights, error);
    if (status == RO_STATUS_OK)
        status = open_layer(head, weights, "W", "b", head->shape.label_count, features_width(head),
                            &head->labels, error);
    if (status == RO_STATUS_OK && head->shape.kind == RO_HEAD_KIND_CHAIN)
        return open_chain(head, weights, error);
    return status == RO_STATUS_OK ? open_query(head, weights, error) : status;
}

static bool copy_shape(ro_head *head, const ro_head_shape *shape)
{
    head->arena = ro_arena_new(&head->allocator);
    if (head->arena == NULL)
        return false;
    const char **labels = ro_arena_alloc(head->arena, shape->label_count, sizeof *labels);
    head->shape = *shape;
    head->shape.name = ro_arena_copy(head->arena, shape->name, strlen(shape->name));
    head->shape.labels = labels;
    for (size_t i = 0; labels != NULL && i < shape->label_count; i++)
        if ((labels[i] = ro_arena_copy(head->arena, shape->labels[i], strlen(shape->labels[i]))) ==
            NULL)
            return false;
    return labels != NULL && head->shape.name != NULL;
}

ro_status ro_head_open(const ro_weights *weights, const ro_head_shape *shape,
                       const ro_kernels *kernels, const ro_allocator *allocator, ro_head **head,
                       ro_error *error)
{
    ro_head *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "out of memory");
    made->allocator = *allocator;
    made->kernels = kernels;
    ro_status status =
        copy_shape(made, shape) ? open_tensors(made, weights, error) : RO_STATUS_OUT_OF_MEMORY;
    if (status != RO_STATUS_OK) {
        ro_head_close(made);
        return status == RO_STATUS_OUT_OF_MEMORY
                   ? ro_error_set(error, status, "model", "out of memory")
                   : status;
    }
    *head = made;
    return RO_STATUS_OK;
}

void ro_head_close(ro_head *head)
{
    if (head == NULL)
        return;
    ro_allocator allocator = head->allocator;
    ro_linear_close(&head->hidden, &allocator);
    ro_linear_close(&head->labels, &allocator);
    ro_matrix_free(&head->query, &allocator);
    ro_arena_free(head->arena);
    ro_alloc_free(&allocator, head, 1, sizeof *head);
}

const ro_head_shape *ro_head_shape_get(const ro_head *head)
{
    return &head->shape;
}

/* ---- scoring --------------------------------------------------------------------------------- */

/* Rows of GELU units: out is rows x layer->matrix.padded. */
static void run_hidden(const ro_head *head, const float *in, size_t stride, size_t rows, float *out)
{
    size_t width = head->hidden.matrix.padded;
    head->kernels->product(in, stride, rows, &head->hidden.matrix, out, width);
    for (size_t i = 0; i < rows; i++)
        head->kernels->gelu(out + i * width, head->hidden.bias, width);
}

/* What the labels of tokens [first, end) are read from, rows of *width floats; NULL: no memory. */
static const float *features(const ro_head *head, ro_token_vectors vectors, ro_range range,
                             ro_arena *arena, size_t *width)
{
    size_t across = head->shape.width, count = range.end - range.first;
    *width = across;
    if (head->hidden.outputs == 0)
        return vectors.rows + range.first * across;
    *width = head->hidden.matrix.padded;
    size_t before = range.first < head->window ? range.first : head->window;
    size_t behind = vectors.count - range.end;
    behind = behind < head->window ? behind : head->window;
    float *wide = ro_arena_alloc(arena, (count + 2 * head->window) * across, sizeof *wide);
    float *out = ro_arena_alloc(arena, count * *width, sizeof *out);
    if (wide == NULL || out == NULL)
        return NULL;
    memcpy(wide + (head->window - before) * across, vectors.rows + (range.first - before) * across,
           (before + count + behind) * across * sizeof *wide);
    run_hidden(head, wide, across, count, out);
    return out;
}

ro_status ro_head_tag(const ro_head *head, ro_token_vectors vectors, ro_arena *arena,
                      uint8_t *labels, float *probabilities)
{
    size_t width, columns = head->labels.matrix.padded;
    const float *rows = features(head, vectors, (ro_range){0, vectors.count}, arena, &width);
    float *scores = ro_arena_alloc(arena, vectors.count * columns, sizeof *scores);
    if (rows == NULL || scores == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_linear_run(&head->labels, head->kernels, rows, width, vectors.count, scores);
    ro_status status = ro_chain_decode(&head->chain, scores, columns, vectors.count, arena, labels);
    if (status == RO_STATUS_OK)
        status = ro_chain_weigh(&head->chain, scores, columns, vectors.count, arena, probabilities);
    return status;
}

static size_t padded(size_t count)
{
    return (count + RO_LANES - 1) / RO_LANES * RO_LANES;
}

/* Makes scores into the softmax of them times factor, in place; room for whole RO_LANES. */
static void soften(const ro_head *head, float *scores, size_t count, float factor)
{
    static const float log2_e = 1.44269504F;
    float sum = head->kernels->exponents(scores, count, factor * log2_e);
    for (size_t i = 0; i < count; i++)
        scores[i] /= sum;
}

/* out += weight * row. */
static void add_weighted(float *out, const float *row, float weight, size_t width)
{
    for (size_t j = 0; j < width; j++)
        out[j] += weight * row[j];
}

/* The labels' probabilities, read from one row. */
static ro_status read_labels(const ro_head *head, const float *row, ro_arena *arena,
                             float *probabilities)
{
    size_t count = head->shape.label_count;
    float *scores = ro_arena_alloc(arena, head->labels.matrix.padded, sizeof *scores);
    if (scores == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_linear_run(&head->labels, head->kernels, row, head->labels.matrix.inner, 1, scores);
    soften(head, scores, count, 1);
    memcpy(probabilities, scores, count * sizeof *scores);
    return RO_STATUS_OK;
}

ro_status ro_head_classify(const ro_head *head, ro_token_vectors vectors, ro_range span,
                           ro_arena *arena, float *probabilities)
{
    size_t width, count = span.end - span.first, columns = head->query.padded;
    const float *rows = features(head, vectors, span, arena, &width);
    float *asked = ro_arena_alloc(arena, count * columns, sizeof *asked);
    float *weights = ro_arena_alloc(arena, padded(count), sizeof *weights);
    float *sum = ro_arena_alloc(arena, width, sizeof *sum);
    if (rows == NULL || asked == NULL || weights == NULL || sum == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    head->kernels->product(rows, width, count, &head->query, asked, columns);
    for (size_t i = 0; i < count; i++)
        weights[i] = asked[i * columns];
    soften(head, weights, count, 1);
    for (size_t i = 0; i < count; i++)
        add_weighted(sum, rows + i * width, weights[i], width);
    return read_labels(head, sum, arena, probabilities);
}

/* Adds the mean of the vectors of ranges to out; nothing for none. */
static void add_mean(const ro_head *head, ro_token_vectors vectors, const ro_range *ranges,
                     size_t count, float *out)
{
    size_t width = head->shape.width, tokens = 0;
    for (size_t i = 0; i < count; i++)
        tokens += ranges[i].end - ranges[i].first;
    for (size_t i = 0; i < count; i++)
        for (uint32_t t = ranges[i].first; t < ranges[i].end; t++)
            add_weighted(out, vectors.rows + t * width, 1.0F / (float)tokens, width);
}

static float dot(const float *a, const float *b, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

ro_status ro_head_relate(const ro_head *head, ro_token_vectors vectors, const ro_head_pair *pair,
                         ro_arena *arena, float *probabilities)
{
    size_t width = head->shape.width, count = pair->span.end - pair->span.first;
    float *inputs = ro_arena_alloc(arena, 3 * width, sizeof *inputs);
    float *query = ro_arena_alloc(arena, head->query.padded, sizeof *query);
    float *weights = ro_arena_alloc(arena, padded(count), sizeof *weights);
    float *hidden = ro_arena_alloc(arena, head->hidden.matrix.padded, sizeof *hidden);
    if (inputs == NULL || query == NULL || weights == NULL || hidden == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t side = 0; side < 2; side++)
        add_mean(head, vectors, pair->sides[side], pair->counts[side], inputs + side * width);
    head->kernels->product(inputs, 2 * width, 1, &head->query, query, head->query.padded);
    const float *rows = vectors.rows + pair->span.first * width;
    for (size_t i = 0; i < count; i++)
        weights[i] = dot(query, rows + i * width, width);
    soften(head, weights, count, 1.0F / sqrtf((float)width));
    for (size_t i = 0; i < count; i++)
        add_weighted(inputs + 2 * width, rows + i * width, weights[i], width);
    run_hidden(head, inputs, 3 * width, 1, hidden);
    return read_labels(head, hidden, arena, probabilities);
}
