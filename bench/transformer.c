/* transformer.c - times the transformer of a model file on one thread over sequences of piece ids,
 * one sequence a line, numbers separated by spaces. Prints how long opening took, and the best of
 * some rounds in pieces a second, of time on the clock and of the processor's.
 *
 *     build/bench/bench_transformer [-k KERNELS] [-r ROUNDS] [-b BATCH] [-o FILE] MODEL IDS
 *
 * -b: sequences handed over at a time (64); -o: writes the vectors, raw float32, row by row.
 */
#include "nn/transformer.h"
#include "base/alloc.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct sequences {
    uint32_t *ids;
    size_t *starts;
    size_t count;
} sequences;

static double read_clock(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_transformer: %s\n", what);
    exit(1);
}

static void *room(void *old, size_t count, size_t size)
{
    void *made = realloc(old, (count > 0 ? count : 1) * size);
    if (made == NULL)
        fail("out of memory");
    return made;
}

static sequences read_sequences(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail("no such file of ids");
    sequences all = {NULL, room(NULL, 1, sizeof *all.starts), 0};
    size_t used = 0, capacity = 0;
    all.starts[0] = 0;
    for (int next = getc(file); next != EOF; next = getc(file)) {
        if (next >= '0' && next <= '9') {
            unsigned id;
            ungetc(next, file);
            if (fscanf(file, "%u", &id) != 1)
                fail("a file of ids holds something else");
            if (used == capacity) {
                capacity = 2 * capacity + 1024;
                all.ids = room(all.ids, capacity, sizeof *all.ids);
            }
            all.ids[used++] = id;
        } else if (next == '\n' && used > all.starts[all.count]) {
            all.starts = room(all.starts, ++all.count + 1, sizeof *all.starts);
            all.starts[all.count] = used;
        }
    }
    fclose(file);
    return all;
}

static ro_transformer_shape read_shape(const ro_weights *weights)
{
    const ro_weight *description = ro_weights_find(weights, "model.json");
    if (description == NULL)
        fail("no model.json in the model");
    json_t *root = json_loadb(description->data, description->bytes, 0, NULL);
    const char *precision;
    int width, layers, heads, inner, positions;
    double epsilon;
    if (json_unpack(root, "{s:{s:s, s:i, s:i, s:i, s:i, s:i, s:F}}", "transformer", "precision",
                    &precision, "width", &width, "layers", &layers, "heads", &heads, "inner",
                    &inner, "positions", &positions, "epsilon", &epsilon) != 0)
        fail("no transformer in the model");
    const ro_weight *words = ro_weights_find(weights, "transformer/words/W");
    if (words == NULL)
        fail("no words in the model");
    ro_transformer_shape shape = {.width = (size_t)width,
                                  .layers = (size_t)layers,
                                  .heads = (size_t)heads,
                                  .inner = (size_t)inner,
                                  .positions = (size_t)positions,
                                  .pieces = (size_t)words->dims[0],
                                  .epsilon = (float)epsilon,
                                  .int8 = strcmp(precision, "int8") == 0};
    json_decref(root);
    return shape;
}

/* One pass over all sequences, batch of them at a time. */
static void run(const ro_transformer *transformer, ro_transformer_scratch *scratch,
                const sequences *all, size_t batch, float *out)
{
    size_t width = ro_transformer_shape_get(transformer)->width;
    for (size_t first = 0; first < all->count; first += batch) {
        size_t count = all->count - first < batch ? all->count - first : batch;
        if (ro_transformer_run(transformer, scratch, all->ids, all->starts + first, count,
                               out + all->starts[first] * width) != RO_STATUS_OK)
            fail("an id or a length that the model does not have");
    }
}

int main(int count, char **words)
{
    const char *kernels_name = NULL, *output = NULL;
    size_t rounds = 5, batch = 64;
    for (int letter; (letter = getopt(count, words, "k:r:b:o:")) != -1;) {
        if (letter == 'k')
            kernels_name = optarg;
        else if (letter == 'r')
            rounds = strtoul(optarg, NULL, 10);
        else if (letter == 'b')
            batch = strtoul(optarg, NULL, 10);
        else if (letter == 'o')
            output = optarg;
        else
            return 2;
    }
    const ro_kernels *kernels = ro_kernels_find(kernels_name);
    if (count - optind != 2 || kernels == NULL || rounds == 0 || batch == 0)
        fail("expected MODEL IDS, and kernels that this CPU runs");

    ro_weights *weights;
    ro_transformer *transformer;
    ro_error error;
    double start = now();
    if (ro_weights_open(words[optind], NULL, &weights, &error) != RO_STATUS_OK)
        fail(error.message);
    double mapped = now();
    const ro_transformer_shape shape = read_shape(weights);
    if (ro_transformer_open(weights, &shape, kernels, ro_alloc_default(), &transformer, &error) !=
        RO_STATUS_OK)
        fail(error.message);
    double opened = now();

    sequences all = read_sequences(words[optind + 1]);
    size_t pieces = all.starts[all.count];
    float *out = room(NULL, pieces * shape.width, sizeof *out);
    ro_transformer_scratch *scratch = ro_transformer_scratch_new(transformer);
    if (scratch == NULL)
        fail("out of memory");
    double best = 0.0, best_busy = 0.0;
    for (size_t i = 0; i < rounds; i++) {
        double from = now(), busy_from = read_clock(CLOCK_PROCESS_CPUTIME_ID);
        run(transformer, scratch, &all, batch, out);
        double rate = (double)pieces / (now() - from);
        double busy_rate = (double)pieces / (read_clock(CLOCK_PROCESS_CPUTIME_ID) - busy_from);
        best = rate > best ? rate : best;
        best_busy = busy_rate > best_busy ? busy_rate : best_busy;
    }
    printf("%s: opened in %.1f + %.1f ms; %zu sequences, %zu pieces: %.0f pieces a second "
           "(%.0f of processor time)\n",
           kernels->name, (mapped - start) * 1e3, (opened - mapped) * 1e3, all.count, pieces, best,
           best_busy);
    if (output != NULL) {
        FILE *file = fopen(output, "wb");
        if (file == NULL || fwrite(out, shape.width * sizeof *out, pieces, file) != pieces ||
            fclose(file) != 0)
            fail("cannot write the vectors");
    }
    ro_transformer_scratch_free(scratch);
    ro_transformer_close(transformer);
    ro_weights_close(weights);
    free(out);
    free(all.ids);
    free(all.starts);
    return 0;
}
