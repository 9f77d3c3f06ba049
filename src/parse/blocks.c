/* blocks.c - computes the vectors of a batch block by block, and what classifiers and transition
 * scorers need of them. The encoder is nn/encoder.c; pipeline.c, arc_eager.c and biluo.c ask.
 *
 * A block is encoded with the encoder's reach of rows around it, so its results do not depend on
 * where blocks begin: the records are the same for every batch.
 */
#include "parse/blocks.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <string.h>

/* A state's tokens lie in no more blocks than it has features: none is taken for another. */
_Static_assert((int)RO_BLOCK_SLOTS > (int)RO_TRANSITION_FEATURES,
               "slots for the blocks of a state");

enum { FORM_CAPACITY = 3072, CHUNK_ROWS = 64, NO_SLOT = UINT8_MAX };

struct ro_blocks {
    ro_allocator allocator;
    const ro_stack *stack;
    const ro_kernels *kernels;
    ro_encoder_cache *cache;
    ro_forms *forms;
    const uint32_t *rows;
    size_t row_count;
    uint32_t held[RO_BLOCK_SLOTS]; /* the block in each slot, UINT32_MAX if none */
    uint64_t used[RO_BLOCK_SLOTS]; /* when each slot was last asked for */
    uint64_t clock;
    uint8_t *slots; /* by block: its slot, NO_SLOT if none */
    float *vectors; /* (RO_BLOCK_ROWS + 2 reach) x W              */
    float *kept;    /* row_count x W, borrowed; NULL: not wanted  */
    float *chunk;   /* CHUNK_ROWS x the widest linear output      */
    size_t chunk_size;
    float *features[RO_BLOCK_HEADS]; /* RO_BLOCK_SLOTS x RO_BLOCK_ROWS x width   */
    uint16_t *classes[RO_BLOCK_HEADS];
    bool *classified; /* by block: classes are known */
    size_t row_capacity;
    float *scratch, *scores;
    size_t scratch_size, scores_size;
    uint64_t nanoseconds;
};

bool ro_blocks_feature_parse(const char *name, ro_feature *feature)
{
    static const char *const names[] = {
#define RO_FEATURE(member) #member,
#include "parse/feature.def"
#undef RO_FEATURE
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) {
            *feature = (ro_feature)i;
            return true;
        }
    return false;
}

void ro_blocks_close_stack(ro_stack *stack, const ro_allocator *allocator)
{
    ro_encoder_close(stack->encoder);
    for (size_t i = 0; i < stack->classifier_count; i++)
        ro_linear_close(&stack->classifiers[i], allocator);
    for (size_t i = 0; i < stack->transition_count; i++)
        ro_transition_close(&stack->transitions[i], allocator);
    *stack = (ro_stack){0};
}

/* ---- memory ---------------------------------------------------------------------------------- */

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t block_rows(const ro_blocks *blocks)
{
    return RO_BLOCK_ROWS + 2 * ro_encoder_reach(blocks->stack->encoder);
}

static bool fill(ro_blocks *blocks)
{
    const ro_stack *stack = blocks->stack;
    const ro_allocator *allocator = &blocks->allocator;
    size_t widest = 1;
    for (size_t i = 0; i < stack->classifier_count; i++)
        widest = larger(widest, stack->classifiers[i].matrix.padded);
    for (size_t i = 0; i < stack->transition_count; i++) {
        const ro_transition *transition = &stack->transitions[i];
        size_t columns = transition->hidden * transition->pieces;
        widest = larger(widest, transition->linear.matrix.padded);
        blocks->scratch_size = larger(blocks->scratch_size, columns + transition->hidden);
        blocks->scores_size = larger(blocks->scores_size, transition->upper.matrix.padded);
        blocks->features[i] = ro_alloc_aligned(
            allocator, (size_t)RO_BLOCK_SLOTS * RO_BLOCK_ROWS * transition->width, sizeof(float));
        if (blocks->features[i] == NULL)
            return false;
    }
    blocks->chunk_size = CHUNK_ROWS * widest;
    blocks->cache = ro_encoder_cache_new(stack->encoder, FORM_CAPACITY, block_rows(blocks));
    blocks->vectors = ro_alloc_aligned(
        allocator, block_rows(blocks) * ro_encoder_width(stack->encoder), sizeof(float));
    blocks->chunk = ro_alloc_aligned(allocator, blocks->chunk_size, sizeof(float));
    blocks->scratch = ro_alloc_aligned(allocator, blocks->scratch_size, sizeof(float));
    blocks->scores = ro_alloc_aligned(allocator, blocks->scores_size, sizeof(float));
    return blocks->cache != NULL && blocks->vectors != NULL && blocks->chunk != NULL &&
           blocks->scratch != NULL && blocks->scores != NULL;
}

ro_blocks *ro_blocks_new(const ro_stack *stack, const ro_kernels *kernels,
                         const ro_allocator *allocator)
{
    ro_blocks *blocks = ro_alloc_zeroed(allocator, 1, sizeof *blocks);
    if (blocks == NULL)
        return NULL;
    blocks->allocator = *allocator;
    blocks->stack = stack;
    blocks->kernels = kernels;
    if (!fill(blocks)) {
        ro_blocks_free(blocks);
        return NULL;
    }
    return blocks;
}

static void free_rows(ro_blocks *blocks)
{
    const ro_allocator *allocator = &blocks->allocator;
    for (size_t i = 0; i < RO_BLOCK_HEADS; i++) {
        ro_alloc_free(allocator, blocks->classes[i], blocks->row_capacity, sizeof(uint16_t));
        blocks->classes[i] = NULL;
    }
    ro_alloc_free(allocator, blocks->classified, blocks->row_capacity / RO_BLOCK_ROWS,
                  sizeof(bool));
    ro_alloc_free(allocator, blocks->slots, blocks->row_capacity / RO_BLOCK_ROWS, 1);
    blocks->classified = NULL;
    blocks->slots = NULL;
    blocks->row_capacity = 0;
}

void ro_blocks_free(ro_blocks *blocks)
{
    if (blocks == NULL)
        return;
    ro_allocator allocator = blocks->allocator;
    free_rows(blocks);
    for (size_t i = 0; i < blocks->stack->transition_count; i++)
        ro_alloc_free_aligned(&allocator, blocks->features[i],
                              (size_t)RO_BLOCK_SLOTS * RO_BLOCK_ROWS *
                                  blocks->stack->transitions[i].width,
                              sizeof(float));
    ro_alloc_free_aligned(&allocator, blocks->vectors,
                          block_rows(blocks) * ro_encoder_width(blocks->stack->encoder),
                          sizeof(float));
    ro_alloc_free_aligned(&allocator, blocks->chunk, blocks->chunk_size, sizeof(float));
    ro_alloc_free_aligned(&allocator, blocks->scratch, blocks->scratch_size, sizeof(float));
    ro_alloc_free_aligned(&allocator, blocks->scores, blocks->scores_size, sizeof(float));
    ro_encoder_cache_free(blocks->cache);
    ro_alloc_free(&allocator, blocks, 1, sizeof *blocks);
}

void ro_blocks_forget_forms(ro_blocks *blocks)
{
    ro_encoder_cache_reset(blocks->cache);
}

static ro_status reserve_rows(ro_blocks *blocks, size_t count)
{
    size_t capacity = (count + RO_BLOCK_ROWS - 1) / RO_BLOCK_ROWS * RO_BLOCK_ROWS;
    if (capacity <= blocks->row_capacity)
        return RO_STATUS_OK;
    free_rows(blocks);
    const ro_allocator *allocator = &blocks->allocator;
    blocks->row_capacity = capacity;
    blocks->classified = ro_alloc_zeroed(allocator, capacity / RO_BLOCK_ROWS, sizeof(bool));
    blocks->slots = ro_alloc_zeroed(allocator, capacity / RO_BLOCK_ROWS, 1);
    bool good = blocks->classified != NULL && blocks->slots != NULL;
    for (size_t i = 0; i < blocks->stack->classifier_count && good; i++) {
        blocks->classes[i] = ro_alloc_zeroed(allocator, capacity, sizeof(uint16_t));
        good = blocks->classes[i] != NULL;
    }
    if (!good)
        free_rows(blocks);
    return good ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

ro_status ro_blocks_begin(ro_blocks *blocks, ro_forms *forms, const uint32_t *rows, size_t count)
{
    ro_status status = reserve_rows(blocks, count);
    if (status != RO_STATUS_OK)
        return status;
    memset(blocks->held, 0xFF, sizeof blocks->held);
    memset(blocks->used, 0, sizeof blocks->used);
    memset(blocks->slots, NO_SLOT, blocks->row_capacity / RO_BLOCK_ROWS);
    memset(blocks->classified, 0, blocks->row_capacity / RO_BLOCK_ROWS * sizeof(bool));
    blocks->forms = forms;
    blocks->rows = rows;
    blocks->row_count = count;
    blocks->kept = NULL;
    return RO_STATUS_OK;
}

void ro_blocks_keep(ro_blocks *blocks, float *kept)
{
    blocks->kept = kept;
}

/* ---- computing a block ----------------------------------------------------------------------- */

static void give_ids(void *context, uint32_t row, uint64_t *ids)
{
    ro_blocks *blocks = context;
    const ro_attributes *form = &ro_forms_at(blocks->forms, row / 2)->attributes;
    for (size_t i = 0; i < blocks->stack->feature_count; i++) {
        switch (blocks->stack->features[i]) {
        case RO_FEATURE_ORTH:
            ids[i] = form->orth;
            break;
        case RO_FEATURE_LOWER:
            ids[i] = form->lower;
            break;
        case RO_FEATURE_NORM:
            ids[i] = form->norm;
            break;
        case RO_FEATURE_PREFIX:
            ids[i] = form->prefix;
            break;
        case RO_FEATURE_SUFFIX:
            ids[i] = form->suffix;
            break;
        case RO_FEATURE_SHAPE:
            ids[i] = form->shape;
            break;
        case RO_FEATURE_SPACY:
            ids[i] = row % 2;
            break;
        case RO_FEATURE_IS_SPACE:
            ids[i] = form->is_space;
            break;
        }
    }
}

static void classify(ro_blocks *blocks, size_t number, const float *vectors, size_t first,
                     size_t count)
{
    const ro_linear *linear = &blocks->stack->classifiers[number];
    size_t width = ro_encoder_width(blocks->stack->encoder), columns = linear->matrix.padded;
    for (size_t done = 0; done < count; done += CHUNK_ROWS) {
        size_t rows = count - done < CHUNK_ROWS ? count - done : CHUNK_ROWS;
        ro_linear_run(linear, blocks->kernels, vectors + done * width, width, rows, blocks->chunk);
        for (size_t i = 0; i < rows; i++)
            blocks->classes[number][first + done + i] =
                (uint16_t)ro_kernels_argmax(blocks->chunk + i * columns, linear->outputs);
    }
}

static void precompute(ro_blocks *blocks, size_t number, const float *vectors, size_t slot,
                       size_t count)
{
    const ro_transition *transition = &blocks->stack->transitions[number];
    size_t width = ro_encoder_width(blocks->stack->encoder);
    size_t inputs = transition->linear.matrix.padded;
    float *out = blocks->features[number] + slot * RO_BLOCK_ROWS * transition->width;
    for (size_t done = 0; done < count; done += CHUNK_ROWS) {
        size_t rows = count - done < CHUNK_ROWS ? count - done : CHUNK_ROWS;
        ro_linear_run(&transition->linear, blocks->kernels, vectors + done * width, width, rows,
                      blocks->chunk);
        blocks->kernels->product(blocks->chunk, inputs, rows, &transition->lower,
                                 out + done * transition->width, transition->width);
    }
}

static size_t oldest_slot(const ro_blocks *blocks)
{
    size_t oldest = 0;
    for (size_t i = 1; i < RO_BLOCK_SLOTS; i++)
        if (blocks->used[i] < blocks->used[oldest])
            oldest = i;
    return oldest;
}

static ro_status compute(ro_blocks *blocks, uint32_t block)
{
    uint64_t start = ro_clock_nanoseconds();
    const ro_stack *stack = blocks->stack;
    size_t reach = ro_encoder_reach(stack->encoder);
    size_t first = (size_t)block * RO_BLOCK_ROWS;
    size_t end =
        first + RO_BLOCK_ROWS < blocks->row_count ? first + RO_BLOCK_ROWS : blocks->row_count;
    size_t from = first > reach ? first - reach : 0;
    size_t to = end + reach < blocks->row_count ? end + reach : blocks->row_count;
    ro_status status = ro_encoder_run(stack->encoder, blocks->cache, blocks->rows + from, to - from,
                                      give_ids, blocks, blocks->vectors);
    if (status != RO_STATUS_OK)
        return status;
    size_t width = ro_encoder_width(stack->encoder);
    const float *vectors = blocks->vectors + (first - from) * width;
    if (!blocks->classified[block]) {
        for (size_t i = 0; i < stack->classifier_count; i++)
            classify(blocks, i, vectors, first, end - first);
        if (blocks->kept != NULL)
            memcpy(blocks->kept + first * width, vectors, (end - first) * width * sizeof(float));
    }
    blocks->classified[block] = true;
    size_t slot = oldest_slot(blocks);
    if (blocks->held[slot] != UINT32_MAX)
        blocks->slots[blocks->held[slot]] = NO_SLOT;
    for (size_t i = 0; i < stack->transition_count; i++)
        precompute(blocks, i, vectors, slot, end - first);
    blocks->held[slot] = block;
    blocks->slots[block] = (uint8_t)slot;
    blocks->nanoseconds += ro_clock_nanoseconds() - start;
    return RO_STATUS_OK;
}

uint64_t ro_blocks_nanoseconds(const ro_blocks *blocks)
{
    return blocks->nanoseconds;
}

/* ---- asking ---------------------------------------------------------------------------------- */

ro_status ro_blocks_score(ro_blocks *blocks, size_t transition, const uint32_t *rows,
                          const float **scores)
{
    const ro_transition *scorer = &blocks->stack->transitions[transition];
    size_t columns = scorer->hidden * scorer->pieces;
    const float *parts[RO_TRANSITION_FEATURES];
    blocks->clock++;
    for (size_t f = 0; f < scorer->features; f++) {
        if (rows[f] == UINT32_MAX) {
            parts[f] = scorer->pad + f * columns;
            continue;
        }
        uint32_t block = rows[f] / RO_BLOCK_ROWS;
        ro_status status = blocks->slots[block] == NO_SLOT ? compute(blocks, block) : RO_STATUS_OK;
        if (status != RO_STATUS_OK)
            return status;
        size_t slot = blocks->slots[block];
        blocks->used[slot] = blocks->clock;
        parts[f] = blocks->features[transition] +
                   (slot * RO_BLOCK_ROWS + rows[f] % RO_BLOCK_ROWS) * scorer->width + f * columns;
    }
    ro_transition_score(scorer, blocks->kernels, parts, blocks->scratch, blocks->scores);
    *scores = blocks->scores;
    return RO_STATUS_OK;
}

ro_status ro_blocks_class(ro_blocks *blocks, size_t classifier, size_t row, uint16_t *class_found)
{
    uint32_t block = (uint32_t)(row / RO_BLOCK_ROWS);
    if (!blocks->classified[block]) {
        ro_status status = compute(blocks, block);
        if (status != RO_STATUS_OK)
            return status;
    }
    *class_found = blocks->classes[classifier][row];
    return RO_STATUS_OK;
}

ro_status ro_blocks_finish(ro_blocks *blocks)
{
    for (uint32_t block = 0; (size_t)block * RO_BLOCK_ROWS < blocks->row_count; block++) {
        ro_status status = blocks->classified[block] ? RO_STATUS_OK : compute(blocks, block);
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}
