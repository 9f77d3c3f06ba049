/* test_head.c - head.c: each kind of head against the same head written naively in double, the same
 * bits from all kernels, and what of a file is refused.
 */
#include "unit.h"

#include "failing_allocator.h"
#include "model_file.h"
#include "nn/chain.h"
#include "nn/head.h"

#include <math.h>

enum { WIDTH = 32, HIDDEN = 24, LABELS = 5, TOKENS = 9, WINDOW = 2, NUMBERS = 1 << 13 };

static const char *const LABEL_NAMES[LABELS] = {"O", "B-a", "I-a", "R-a", "B-b"};
static const ro_head_shape SHAPES[] = {{"tags", RO_HEAD_KIND_CHAIN, WIDTH, LABEL_NAMES, LABELS},
                                       {"classes", RO_HEAD_KIND_SPAN, WIDTH, LABEL_NAMES, LABELS},
                                       {"pair", RO_HEAD_KIND_PAIR, WIDTH, LABEL_NAMES, LABELS}};

/* ---- files ----------------------------------------------------------------------------------- */

/* A number of tensor which, small enough for probabilities that are not all 0 or 1. */
static float number_of(size_t which, size_t index)
{
    uint32_t x = (uint32_t)(which * 7919 + index * 104729 + 12345);
    x ^= x >> 13;
    x *= 0x5bd1e995U;
    x ^= x >> 15;
    return (float)(x % 2000) / 4000.0F - 0.25F;
}

typedef struct tensor {
    const char *part;
    uint32_t rank;
    uint64_t dims[2];
    float numbers[NUMBERS];
} tensor;

typedef struct head_file {
    const ro_head_shape *shape;
    tensor tensors[6];
    size_t count;
} head_file;

static tensor *put(head_file *file, const char *part, uint64_t rows, uint64_t columns)
{
    tensor *made = &file->tensors[file->count];
    made->part = part;
    made->rank = columns > 0 ? 2 : 1;
    made->dims[0] = rows;
    made->dims[1] = columns;
    assert_true(rows * (columns > 0 ? columns : 1) <= NUMBERS);
    for (size_t i = 0; i < NUMBERS; i++)
        made->numbers[i] = number_of(file->count, i);
    file->count++;
    return made;
}

/* hidden: whether a chain's or a span's head has a layer over its window. */
static head_file *new_file(const ro_head_shape *shape, bool hidden)
{
    head_file *file = calloc(1, sizeof *file);
    assert_non_null(file);
    file->shape = shape;
    bool pair = shape->kind == RO_HEAD_KIND_PAIR;
    put(file, "W", LABELS, pair || hidden ? HIDDEN : WIDTH);
    put(file, "b", LABELS, 0);
    if (pair || hidden) {
        put(file, "hidden/W", HIDDEN, (pair ? 3 : 2 * WINDOW + 1) * WIDTH);
        put(file, "hidden/b", HIDDEN, 0);
    }
    if (shape->kind == RO_HEAD_KIND_CHAIN)
        put(file, "transitions", LABELS, LABELS);
    else if (pair)
        put(file, "query/W", WIDTH, 2 * WIDTH);
    else
        put(file, "query", hidden ? HIDDEN : WIDTH, 0);
    return file;
}

static tensor *part_of(head_file *file, const char *part)
{
    for (size_t i = 0; i < file->count; i++)
        if (strcmp(file->tensors[i].part, part) == 0)
            return &file->tensors[i];
    return NULL;
}

static ro_weights *weights_of(const head_file *file)
{
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    assert_non_null(writer);
    for (size_t i = 0; i < file->count; i++) {
        const tensor *at = &file->tensors[i];
        char name[RO_WEIGHT_NAME_SIZE];
        snprintf(name, sizeof name, "heads/%s/%s", file->shape->name, at->part);
        assert_int_equal(ro_weights_writer_add(writer, name, RO_WEIGHT_TYPE_F32, at->rank, at->dims,
                                               at->numbers, NULL),
                         RO_STATUS_OK);
    }
    return model_file_open(writer);
}

static ro_head *open_head(const ro_weights *weights, const ro_head_shape *shape,
                          const char *kernels)
{
    ro_head *head = NULL;
    ro_error error = {0};
    ro_status status =
        ro_head_open(weights, shape, ro_kernels_find(kernels), ro_alloc_default(), &head, &error);
    if (status != RO_STATUS_OK)
        fail_msg("%s", error.message);
    return head;
}

static ro_token_vectors vectors(void)
{
    static float rows[TOKENS * WIDTH];
    for (size_t i = 0; i < TOKENS * WIDTH; i++)
        rows[i] = 4 * number_of(99, i);
    return (ro_token_vectors){rows, TOKENS};
}

/* ---- the reference --------------------------------------------------------------------------- */

/* out = W in + b, of tensors "<prefix>W" and "<prefix>b". */
static void layer(head_file *file, const char *prefix, const double *in, double *out)
{
    char name[16];
    snprintf(name, sizeof name, "%sW", prefix);
    const tensor *w = part_of(file, name);
    snprintf(name, sizeof name, "%sb", prefix);
    const tensor *b = part_of(file, name);
    for (size_t i = 0; i < w->dims[0]; i++) {
        out[i] = (double)b->numbers[i];
        for (size_t j = 0; j < w->dims[1]; j++)
            out[i] += (double)w->numbers[i * w->dims[1] + j] * in[j];
    }
}

static void gelu(double *x)
{
    for (size_t i = 0; i < HIDDEN; i++)
        x[i] = x[i] * (1 + erf(x[i] / sqrt(2))) / 2;
}

static void softmax(double *x, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += exp(x[i]);
    for (size_t i = 0; i < count; i++)
        x[i] = exp(x[i]) / sum;
}

/* What the labels of token t are read from. */
static void features(head_file *file, size_t t, double out[WIDTH])
{
    double in[(2 * WINDOW + 1) * WIDTH] = {0};
    const float *rows = vectors().rows;
    if (part_of(file, "hidden/W") == NULL) {
        for (size_t j = 0; j < WIDTH; j++)
            out[j] = (double)rows[t * WIDTH + j];
        return;
    }
    for (size_t k = 0; k < 2 * WINDOW + 1; k++)
        for (size_t j = 0; j < WIDTH && t + k >= WINDOW && t + k - WINDOW < TOKENS; j++)
            in[k * WIDTH + j] = (double)rows[(t + k - WINDOW) * WIDTH + j];
    layer(file, "hidden/", in, out);
    gelu(out);
}

static void classify(head_file *file, ro_range span, double out[LABELS])
{
    double weights[TOKENS], sum[WIDTH] = {0}, rows[TOKENS][WIDTH];
    const tensor *query = part_of(file, "query");
    size_t count = span.end - span.first;
    for (size_t i = 0; i < count; i++) {
        features(file, span.first + i, rows[i]);
        weights[i] = 0;
        for (size_t j = 0; j < query->dims[0]; j++)
            weights[i] += (double)query->numbers[j] * rows[i][j];
    }
    softmax(weights, count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < query->dims[0]; j++)
            sum[j] += weights[i] * rows[i][j];
    layer(file, "", sum, out);
    softmax(out, LABELS);
}

static void relate(head_file *file, const ro_head_pair *pair, double out[LABELS])
{
    double in[3 * WIDTH] = {0}, query[WIDTH] = {0}, weights[TOKENS], hidden[HIDDEN];
    const float *rows = vectors().rows;
    for (size_t side = 0; side < 2; side++) {
        size_t tokens = 0;
        for (size_t i = 0; i < pair->counts[side]; i++)
            tokens += pair->sides[side][i].end - pair->sides[side][i].first;
        for (size_t i = 0; i < pair->counts[side]; i++)
            for (size_t t = pair->sides[side][i].first; t < pair->sides[side][i].end; t++)
                for (size_t j = 0; j < WIDTH; j++)
                    in[side * WIDTH + j] += (double)rows[t * WIDTH + j] / (double)tokens;
    }
    const tensor *w = part_of(file, "query/W");
    for (size_t i = 0; i < WIDTH; i++)
        for (size_t j = 0; j < 2 * WIDTH; j++)
            query[i] += (double)w->numbers[i * 2 * WIDTH + j] * in[j];
    for (size_t t = pair->span.first; t < pair->span.end; t++) {
        double *weight = &weights[t - pair->span.first];
        *weight = 0;
        for (size_t j = 0; j < WIDTH; j++)
            *weight += query[j] * (double)rows[t * WIDTH + j] / sqrt(WIDTH);
    }
    softmax(weights, pair->span.end - pair->span.first);
    for (size_t t = pair->span.first; t < pair->span.end; t++)
        for (size_t j = 0; j < WIDTH; j++)
            in[2 * WIDTH + j] += weights[t - pair->span.first] * (double)rows[t * WIDTH + j];
    layer(file, "hidden/", in, hidden);
    gelu(hidden);
    layer(file, "", hidden, out);
    softmax(out, LABELS);
}

static void assert_near(const float *found, const double *expected)
{
    for (size_t i = 0; i < LABELS; i++)
        if (!(fabs((double)found[i] - expected[i]) < 1e-5))
            fail_msg("label %zu: %.7f, expected %.7f", i, (double)found[i], expected[i]);
}

/* ---- what it gives --------------------------------------------------------------------------- */

static void a_chain_is_the_best_of_its_scores(void **state)
{
    (void)state;
    for (int hidden = 0; hidden <= 1; hidden++) {
        head_file *file = new_file(&SHAPES[0], hidden);
        for (size_t i = 0; i < NUMBERS; i++) /* the tokens decide, not what all have in common */
            part_of(file, "W")->numbers[i] *= 16;
        ro_weights *weights = weights_of(file);
        ro_head *head = open_head(weights, &SHAPES[0], NULL);
        ro_arena *arena = ro_arena_new(NULL);
        float scores[TOKENS * LABELS];
        uint8_t found[TOKENS], expected[TOKENS], seen = 0;
        float likely[TOKENS * LABELS];
        ro_chain chain;
        size_t faulty;
        for (size_t t = 0; t < TOKENS; t++) {
            double row[WIDTH], out[LABELS];
            features(file, t, row);
            layer(file, "", row, out);
            for (size_t i = 0; i < LABELS; i++)
                scores[t * LABELS + i] = (float)out[i];
        }
        assert_true(ro_chain_make(&chain, LABEL_NAMES, LABELS,
                                  part_of(file, "transitions")->numbers, &faulty));
        assert_int_equal(ro_chain_decode(&chain, scores, LABELS, TOKENS, arena, expected),
                         RO_STATUS_OK);
        assert_int_equal(ro_head_tag(head, vectors(), arena, found, likely), RO_STATUS_OK);
        assert_memory_equal(found, expected, TOKENS);
        for (size_t t = 0; t < TOKENS; t++)
            seen |= (uint8_t)(1 << found[t]);
        assert_true((seen & (seen - 1)) != 0); /* not one label everywhere */
        assert_int_equal(
            ro_head_tag(head, (ro_token_vectors){vectors().rows, 0}, arena, found, likely),
            RO_STATUS_OK);
        ro_arena_free(arena);
        ro_head_close(head);
        ro_weights_close(weights);
        free(file);
    }
}

/* The weight of a chain of labels by its own definition. */
static double weight_of(const ro_chain *chain, const float *scores, const uint8_t *labels,
                        size_t tokens)
{
    double sum = chain->starts[labels[0]];
    for (size_t t = 0; t < tokens; t++) {
        sum += scores[t * LABELS + labels[t]];
        if (t > 0)
            sum += chain->moves[labels[t - 1] * LABELS + labels[t]];
    }
    return exp(sum);
}

static void probabilities_are_those_of_all_chains(void **state)
{
    (void)state;
    enum { FEW = 4 };
    float transitions[LABELS * LABELS], scores[FEW * LABELS], found[FEW * LABELS];
    double expected[FEW * LABELS] = {0}, all = 0;
    uint8_t labels[FEW];
    ro_chain chain;
    size_t faulty, chains = LABELS * LABELS * LABELS * LABELS;
    for (size_t i = 0; i < LABELS * LABELS; i++)
        transitions[i] = number_of(1, i) * 4;
    for (size_t i = 0; i < FEW * LABELS; i++)
        scores[i] = number_of(2, i) * 8;
    assert_true(ro_chain_make(&chain, LABEL_NAMES, LABELS, transitions, &faulty));
    for (size_t number = 0; number < chains; number++) {
        for (size_t t = 0, rest = number; t < FEW; t++, rest /= LABELS)
            labels[t] = (uint8_t)(rest % LABELS);
        double weight = weight_of(&chain, scores, labels, FEW);
        all += weight;
        for (size_t t = 0; t < FEW; t++)
            expected[t * LABELS + labels[t]] += weight;
    }
    ro_arena *arena = ro_arena_new(NULL);
    assert_int_equal(ro_chain_weigh(&chain, scores, LABELS, FEW, arena, found), RO_STATUS_OK);
    for (size_t i = 0; i < FEW * LABELS; i++)
        assert_true(fabs(found[i] - expected[i] / all) < 1e-6);
    for (size_t i = 0; i < FEW * LABELS; i++) /* far apart, where nothing may be lost */
        scores[i] *= 100;
    assert_int_equal(ro_chain_weigh(&chain, scores, LABELS, FEW, arena, found), RO_STATUS_OK);
    for (size_t t = 0; t < FEW; t++) {
        double sum = 0;
        for (size_t i = 0; i < LABELS; i++)
            sum += found[t * LABELS + i];
        assert_true(fabs(sum - 1) < 1e-6);
    }
    ro_arena_free(arena);
}

static const ro_range SPANS[] = {{0, TOKENS}, {0, 1}, {0, 3}, {4, 5}, {3, 7}, {TOKENS - 2, TOKENS}};
enum { SPAN_COUNT = sizeof SPANS / sizeof *SPANS };

static void a_span_is_weighed_by_its_query(void **state)
{
    (void)state;
    for (int hidden = 0; hidden <= 1; hidden++) {
        head_file *file = new_file(&SHAPES[1], hidden);
        ro_weights *weights = weights_of(file);
        ro_head *head = open_head(weights, &SHAPES[1], NULL);
        ro_arena *arena = ro_arena_new(NULL);
        for (size_t i = 0; i < SPAN_COUNT; i++) {
            float found[LABELS];
            double expected[LABELS];
            assert_int_equal(ro_head_classify(head, vectors(), SPANS[i], arena, found),
                             RO_STATUS_OK);
            classify(file, SPANS[i], expected);
            assert_near(found, expected);
        }
        ro_arena_free(arena);
        ro_head_close(head);
        ro_weights_close(weights);
        free(file);
    }
}

static const ro_range ACTORS[] = {{0, 2}, {3, 4}}, RECIPIENTS[] = {{5, 5}, {7, TOKENS}},
                      EMPTY[] = {{2, 2}};
static const ro_head_pair PAIRS[] = {
    {{0, TOKENS}, {ACTORS, RECIPIENTS}, {2, 2}}, {{0, TOKENS}, {ACTORS, NULL}, {1, 0}},
    {{2, 6}, {NULL, RECIPIENTS}, {0, 2}},        {{TOKENS - 1, TOKENS}, {NULL, NULL}, {0, 0}},
    {{0, 4}, {EMPTY, ACTORS}, {1, 2}},
};
enum { PAIR_COUNT = sizeof PAIRS / sizeof *PAIRS };

static void a_pair_is_its_sides_and_what_they_ask_for(void **state)
{
    (void)state;
    head_file *file = new_file(&SHAPES[2], true);
    ro_weights *weights = weights_of(file);
    ro_head *head = open_head(weights, &SHAPES[2], NULL);
    ro_arena *arena = ro_arena_new(NULL);
    for (size_t i = 0; i < PAIR_COUNT; i++) {
        float found[LABELS];
        double expected[LABELS];
        assert_int_equal(ro_head_relate(head, vectors(), &PAIRS[i], arena, found), RO_STATUS_OK);
        relate(file, &PAIRS[i], expected);
        assert_near(found, expected);
    }
    ro_arena_free(arena);
    ro_head_close(head);
    ro_weights_close(weights);
    free(file);
}

/* All that a head says, with memory from an arena. */
typedef struct said {
    uint8_t tags[TOKENS];
    float likely[TOKENS * LABELS];
    float classes[SPAN_COUNT][LABELS], types[PAIR_COUNT][LABELS];
} said;

static ro_status ask(const ro_head *head, ro_arena *arena, said *out)
{
    ro_status status = RO_STATUS_OK;
    switch (ro_head_shape_get(head)->kind) {
    case RO_HEAD_KIND_CHAIN:
        return ro_head_tag(head, vectors(), arena, out->tags, out->likely);
    case RO_HEAD_KIND_SPAN:
        for (size_t i = 0; i < SPAN_COUNT && status == RO_STATUS_OK; i++)
            status = ro_head_classify(head, vectors(), SPANS[i], arena, out->classes[i]);
        return status;
    default:
        for (size_t i = 0; i < PAIR_COUNT && status == RO_STATUS_OK; i++)
            status = ro_head_relate(head, vectors(), &PAIRS[i], arena, out->types[i]);
        return status;
    }
}

static void all_kernels_give_the_same_bits(void **state)
{
    (void)state;
    static const char *const kernels[] = {"plain", "avx2", "avx512", "avx512vnni"};
    for (size_t i = 0; i < 2 * sizeof SHAPES / sizeof *SHAPES; i++) {
        head_file *file = new_file(&SHAPES[i / 2], i % 2 == 1);
        ro_weights *weights = weights_of(file);
        said first = {0};
        for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++) {
            if (ro_kernels_find(kernels[k]) == NULL) {
                print_message("# %s: not on this CPU, skipped\n", kernels[k]);
                continue;
            }
            said found = {0};
            ro_arena *arena = ro_arena_new(NULL);
            ro_head *head = open_head(weights, &SHAPES[i / 2], kernels[k]);
            assert_int_equal(ask(head, arena, &found), RO_STATUS_OK);
            if (k == 0)
                first = found;
            assert_memory_equal(&found, &first, sizeof found);
            ro_head_close(head);
            ro_arena_free(arena);
        }
        ro_weights_close(weights);
        free(file);
    }
}

/* Where a span lies in a document does not matter beyond the window. */
static void only_the_window_is_looked_at(void **state)
{
    (void)state;
    head_file *file = new_file(&SHAPES[1], true);
    ro_weights *weights = weights_of(file);
    ro_head *head = open_head(weights, &SHAPES[1], NULL);
    ro_arena *arena = ro_arena_new(NULL);
    float of_all[LABELS], of_part[LABELS];
    ro_token_vectors all = vectors(), part = {all.rows + WIDTH, 2 * WINDOW + 2};
    assert_int_equal(ro_head_classify(head, all, (ro_range){WINDOW + 1, WINDOW + 3}, arena, of_all),
                     RO_STATUS_OK);
    assert_int_equal(ro_head_classify(head, part, (ro_range){WINDOW, WINDOW + 2}, arena, of_part),
                     RO_STATUS_OK);
    assert_memory_equal(of_all, of_part, sizeof of_all);
    ro_arena_free(arena);
    ro_head_close(head);
    ro_weights_close(weights);
    free(file);
}

/* ---- what it refuses ------------------------------------------------------------------------- */

/* Takes the file. */
static void assert_refused(head_file *file, const ro_head_shape *shape, ro_status expected,
                           const char *words)
{
    ro_weights *weights = weights_of(file);
    ro_head *head = NULL;
    ro_error error = {0};
    ro_status status =
        ro_head_open(weights, shape, ro_kernels_find(NULL), ro_alloc_default(), &head, &error);
    if (status != expected || strstr(error.message, words) == NULL)
        fail_msg("expected status %d with '%s', found %d: %s", expected, words, status,
                 error.message);
    assert_null(head);
    assert_int_equal(error.status, expected);
    ro_weights_close(weights);
    free(file);
}

enum { MISSING, MORE_ROWS, MORE_COLUMNS, FLAT, NOT_A_NUMBER, INFINITE, NO_ROWS, FAULTS };

/* False if the tensor has no such fault. */
static bool spoil(head_file *file, size_t index, int fault)
{
    tensor *at = &file->tensors[index];
    bool hidden = strcmp(at->part, "hidden/W") == 0;
    switch (fault) {
    case MISSING:
        *at = file->tensors[--file->count]; /* without a hidden layer there may be none */
        return !hidden || file->shape->kind == RO_HEAD_KIND_PAIR;
    case MORE_ROWS:
        at->dims[0]++;
        return !hidden; /* which has as many as its bias */
    case MORE_COLUMNS:
        at->dims[1]++;
        return at->rank == 2;
    case FLAT:
        at->rank = 1;
        return at->dims[1] > 0;
    case NOT_A_NUMBER:
        at->numbers[at->dims[0] - 1] = NAN;
        return true;
    case INFINITE:
        at->numbers[0] = -INFINITY;
        return true;
    default:
        at->dims[0] = 0;
        return true;
    }
}

static void refuses_tensors_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * sizeof SHAPES / sizeof *SHAPES; i++)
        for (int fault = 0; fault < FAULTS; fault++)
            for (size_t t = 0; t < 6; t++) {
                const ro_head_shape *shape = &SHAPES[i / 2];
                head_file *file = new_file(shape, i % 2 == 1);
                char name[RO_WEIGHT_NAME_SIZE];
                if (t >= file->count) {
                    free(file);
                    continue;
                }
                snprintf(name, sizeof name, "'heads/%s/%s'", shape->name, file->tensors[t].part);
                if (!spoil(file, t, fault)) {
                    free(file);
                    continue;
                }
                /* a layer without rows is told by the bias that has more */
                if (fault == NO_ROWS && strcmp(file->tensors[t].part, "hidden/W") == 0)
                    snprintf(name, sizeof name, "heads/%s/hidden/", shape->name);
                assert_refused(file, shape, RO_STATUS_CORRUPT, name);
            }
}

static void refuses_a_hidden_layer_without_a_bias_or_a_window(void **state)
{
    (void)state;
    head_file *file = new_file(&SHAPES[0], true);
    part_of(file, "hidden/W")->dims[1] = 2 * WIDTH;
    assert_refused(file, &SHAPES[0], RO_STATUS_CORRUPT,
                   "'heads/tags/hidden/W' has 64 columns; expected an odd number of times 32");
    file = new_file(&SHAPES[1], true);
    part_of(file, "hidden/W")->dims[1] = 0;
    assert_refused(file, &SHAPES[1], RO_STATUS_CORRUPT, "'heads/classes/hidden/W' has 0 columns");
    file = new_file(&SHAPES[1], true);
    part_of(file, "hidden/W")->dims[0] = part_of(file, "hidden/b")->dims[0] = 0;
    assert_refused(file, &SHAPES[1], RO_STATUS_CORRUPT, "'heads/classes/hidden/W' is empty");
    file = new_file(&SHAPES[1], false); /* made for another encoder */
    ro_head_shape shape = SHAPES[1];
    shape.width = 2 * WIDTH;
    assert_refused(file, &shape, RO_STATUS_CORRUPT, "'heads/classes/W'");
}

static void refuses_other_widths_and_labels(void **state)
{
    (void)state;
    const char *labels[LABELS] = {"O", "B-a", "I-a", "content", "B-b"};
    ro_head_shape shape = SHAPES[0];
    shape.labels = labels;
    assert_refused(new_file(&SHAPES[0], false), &shape, RO_STATUS_CORRUPT,
                   "head 'tags' has the label 'content'");
    labels[0] = "B-a";
    assert_refused(new_file(&SHAPES[0], false), &shape, RO_STATUS_CORRUPT,
                   "head 'tags' has the label 'B-a'; expected O, then");
    const char *many[RO_CHAIN_LABELS + 1];
    for (size_t i = 0; i <= RO_CHAIN_LABELS; i++)
        many[i] = "O";
    head_file *file = new_file(&SHAPES[0], false);
    for (size_t i = 0; i < file->count; i++)
        file->tensors[i].dims[0] = RO_CHAIN_LABELS + 1;
    part_of(file, "transitions")->dims[1] = RO_CHAIN_LABELS + 1;
    shape.labels = many;
    shape.label_count = RO_CHAIN_LABELS + 1;
    assert_refused(file, &shape, RO_STATUS_CORRUPT, "head 'tags' has 33 labels; expected 1 to 32");
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++)
        for (size_t width = 0; width <= WIDTH; width += 8) {
            shape = SHAPES[i];
            shape.width = width;
            if (width == 0 || width % 16 != 0)
                assert_refused(new_file(&SHAPES[i], true), &shape, RO_STATUS_UNSUPPORTED,
                               "expected a multiple of 16");
        }
}

static void memory_may_fail_at_any_request(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * sizeof SHAPES / sizeof *SHAPES; i++) {
        head_file *file = new_file(&SHAPES[i / 2], i % 2 == 1);
        ro_weights *weights = weights_of(file);
        for (size_t fail_at = 1;; fail_at++) {
            failing_allocator failing = {.fail_at = fail_at};
            ro_allocator allocator = failing_allocator_of(&failing);
            ro_head *head = NULL;
            said found;
            ro_error error = {0};
            ro_status status = ro_head_open(weights, &SHAPES[i / 2], ro_kernels_find(NULL),
                                            &allocator, &head, &error);
            assert_true((status == RO_STATUS_OK) == (head != NULL));
            assert_int_equal(error.status, status);
            ro_arena *arena = head != NULL ? ro_arena_new(&allocator) : NULL;
            if (arena != NULL)
                status = ask(head, arena, &found);
            ro_arena_free(arena);
            ro_head_close(head);
            assert_int_equal(failing.held, 0);
            if (!failing.failed)
                break;
            assert_true(arena == NULL || status == RO_STATUS_OUT_OF_MEMORY);
        }
        ro_weights_close(weights);
        free(file);
    }
}

static void kinds_have_names(void **state)
{
    (void)state;
    ro_head_kind kind;
    for (ro_head_kind i = 0; i < RO_HEAD_KIND_COUNT; i++) {
        assert_true(ro_head_kind_parse(ro_text_of(ro_head_kind_name(i)), &kind));
        assert_int_equal(kind, i);
    }
    assert_false(ro_head_kind_parse(RO_TEXT("chains"), &kind));
    ro_head_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(probabilities_are_those_of_all_chains),
        cmocka_unit_test(a_chain_is_the_best_of_its_scores),
        cmocka_unit_test(a_span_is_weighed_by_its_query),
        cmocka_unit_test(a_pair_is_its_sides_and_what_they_ask_for),
        cmocka_unit_test(all_kernels_give_the_same_bits),
        cmocka_unit_test(only_the_window_is_looked_at),
        cmocka_unit_test(refuses_tensors_by_name),
        cmocka_unit_test(refuses_a_hidden_layer_without_a_bias_or_a_window),
        cmocka_unit_test(refuses_other_widths_and_labels),
        cmocka_unit_test(memory_may_fail_at_any_request),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
