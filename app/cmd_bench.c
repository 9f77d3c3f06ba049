/* cmd_bench.c - readout bench: words a second of every stage.
 *
 * Reads the documents once, then runs all stages over copies of them, batch by batch and round
 * after round, for at least two seconds. The stages are timed by the library, reading and writing
 * (JSON lines, thrown away) here. Words are tokens, punctuation included, as spaCy counts.
 */
#include "commands.h"
#include "documents.h"
#include "paths.h"
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_DOCUMENTS = 256, BATCH_BYTES = 256 * 1024, SECONDS = 2 };

const command cmd_bench = {
    .name = "bench",
    .usage = "[FILE]...",
    .summary = "measure words a second of every stage",
    .text = "Measures how many words a second every stage reads, on the documents of FILE or,\n"
            "without one, on the sample dispatches. Words are tokens, as spaCy counts them. One\n"
            "thread works, unless --jobs says otherwise.\n"
            "\n"
            "Example:\n"
            "  readout bench --kernels plain archive.jsonl",
    .options = OPTION_FROM | OPTION_JOBS | OPTION_MODEL | OPTION_DATA | OPTION_LEXICON |
               OPTION_GAZETTEER | OPTION_ENCODER | OPTION_KERNELS,
};

/* The documents, in batches of those that follow each other. */
typedef struct corpus {
    ro_document **documents;
    size_t count, room;
    size_t *batches; /* the first document of each, and count at the end */
    size_t batch_count;
    double read_seconds;
    uint64_t bytes;
} corpus;

/* What one thread, or all of them, did. */
typedef struct tally {
    uint64_t documents, tokens, nanoseconds[RO_STAGE_COUNT];
    double write_seconds;
} tally;

typedef struct bench {
    const corpus *of;
    const ro_engine *engine;
    pthread_mutex_t lock;
    struct timespec start;
    size_t next;    /* under lock: batches handed out, in all rounds */
    tally total;    /* under lock */
    ro_error error; /* under lock: the first failure */
} bench;

/* ---- documents ----------------------------------------------------------------------------- */

static bool keep(corpus *to, ro_document *document)
{
    if (to->count == to->room) {
        size_t room = to->room * 2 + 256;
        ro_document **grown = realloc(to->documents, room * sizeof *grown);
        if (grown == NULL)
            return false;
        to->documents = grown;
        to->room = room;
    }
    to->documents[to->count++] = document;
    to->bytes += ro_document_text_get(document).length;
    return true;
}

static bool cut_batches(corpus *of)
{
    size_t documents = 0, bytes = 0;
    of->batches = calloc(of->count + 1, sizeof *of->batches);
    if (of->batches == NULL)
        return false;
    for (size_t i = 0; i < of->count; i++) {
        if (i == 0 || documents == BATCH_DOCUMENTS || bytes >= BATCH_BYTES) {
            of->batches[of->batch_count++] = i;
            documents = bytes = 0;
        }
        documents++;
        bytes += ro_document_text_get(of->documents[i]).length;
    }
    of->batches[of->batch_count] = of->count;
    return true;
}

static void free_corpus(corpus *of)
{
    for (size_t i = 0; i < of->count; i++)
        ro_document_free(of->documents[i]);
    free(of->documents);
    free(of->batches);
}

/* Reads all files; -1 to go on. */
static int read_corpus(const options *given, corpus *to)
{
    inputs from;
    buffer messages = {0};
    ro_document *document = NULL;
    const char *path = NULL;
    bool kept = true;
    struct timespec start;
    int status = inputs_start(&from, &cmd_bench, given);
    if (status >= 0)
        return status;
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (kept && inputs_next(&from, &document, &path, &messages)) {
        kept = keep(to, document);
        if (!kept)
            ro_document_free(document);
    }
    to->read_seconds = progress_seconds(&start);
    inputs_end(&from);
    message_flush(&messages);
    buffer_free(&messages);
    if (!kept || !cut_batches(to)) {
        message_print("out of memory");
        return EXIT_FAILED;
    }
    if (to->count > 0)
        return -1;
    message_print("there is no document to measure");
    return EXIT_FAILED;
}

static int is_text(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".txt") == 0;
}

/* Reads the sample dispatches, in the order of their names. */
static int read_examples(const options *given, corpus *to)
{
    char folder[PATH_ROOM];
    struct dirent **entries = NULL;
    int status = paths_find_examples(folder);
    int count = status >= 0 ? 0 : scandir(folder, &entries, is_text, alphasort);
    if (status < 0 && count <= 0) {
        message_print("%s: no sample dispatches there", folder);
        status = EXIT_FAILED;
    }
    options files = *given;
    files.files = count > 0 ? calloc((size_t)count, sizeof *files.files) : NULL;
    for (int i = 0; i < count; i++) {
        size_t room = strlen(folder) + strlen(entries[i]->d_name) + 2;
        char *path = files.files != NULL ? malloc(room) : NULL;
        if (path != NULL) {
            snprintf(path, room, "%s/%s", folder, entries[i]->d_name);
            files.files[files.file_count++] = path;
        }
        free(entries[i]);
    }
    free(entries);
    if (status < 0)
        status = read_corpus(&files, to);
    for (int i = 0; i < files.file_count; i++)
        free(files.files[i]);
    free(files.files);
    return status;
}

/* ---- measuring ----------------------------------------------------------------------------- */

static ro_status count_bytes(void *context, const char *bytes, size_t count)
{
    (void)bytes;
    *(uint64_t *)context += count;
    return RO_STATUS_OK;
}

/* Copies of documents [first, end), as a reader would give them. */
static ro_status copy_batch(const corpus *of, size_t first, size_t end, ro_document **copies,
                            ro_error *error)
{
    for (size_t i = first; i < end; i++) {
        const ro_document *from = of->documents[i];
        ro_status status =
            ro_document_new(ro_document_id_get(from), ro_document_text_get(from),
                            ro_document_date_get(from), NULL, &copies[i - first], error);
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}

static ro_status measure_batch(const corpus *of, size_t batch, ro_worker *worker, tally *to,
                               ro_error *error)
{
    static const ro_write_options jsonl = {RO_OUTPUT_JSONL, false, 0};
    ro_document *copies[BATCH_DOCUMENTS] = {NULL};
    size_t first = of->batches[batch], count = of->batches[batch + 1] - first;
    struct timespec start;
    uint64_t bytes = 0;
    ro_status status = copy_batch(of, first, first + count, copies, error);
    if (status == RO_STATUS_OK)
        status = ro_worker_code(worker, copies, count, NULL, error);
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (size_t i = 0; i < count && status == RO_STATUS_OK; i++)
        status = ro_document_write(copies[i], &jsonl, (ro_sink){count_bytes, &bytes}, error);
    to->write_seconds += progress_seconds(&start);
    for (size_t i = 0; i < count; i++) {
        to->tokens += copies[i] != NULL ? ro_document_token_count(copies[i]) : 0;
        ro_document_free(copies[i]);
    }
    to->documents += count;
    return status;
}

/* The next batch; false when every document was read and the time is over. */
static bool take_batch(bench *of, size_t *batch)
{
    pthread_mutex_lock(&of->lock);
    size_t count = of->of->batch_count;
    bool more = of->error.status == RO_STATUS_OK &&
                (of->next < count || progress_seconds(&of->start) < SECONDS);
    if (more)
        *batch = of->next++ % count;
    pthread_mutex_unlock(&of->lock);
    return more;
}

static void *measure(void *context)
{
    bench *of = context;
    ro_worker *worker = NULL;
    ro_error error = {.offset = UINT64_MAX};
    tally mine = {0};
    size_t batch = 0;
    ro_status status = ro_worker_new(of->engine, &worker, &error);
    while (status == RO_STATUS_OK && take_batch(of, &batch))
        status = measure_batch(of->of, batch, worker, &mine, &error);
    pthread_mutex_lock(&of->lock);
    of->total.documents += mine.documents;
    of->total.tokens += mine.tokens;
    of->total.write_seconds += mine.write_seconds;
    for (int i = 0; i < RO_STAGE_COUNT && worker != NULL; i++)
        of->total.nanoseconds[i] += ro_worker_nanoseconds_get(worker, (ro_stage)i);
    if (status != RO_STATUS_OK && of->error.status == RO_STATUS_OK) {
        of->error = error;
        of->error.status = status;
    }
    pthread_mutex_unlock(&of->lock);
    ro_worker_free(worker);
    return NULL;
}

/* ---- report -------------------------------------------------------------------------------- */

static void print_line(const char *name, double seconds, double tokens, double all)
{
    if (seconds > 0)
        printf("%-10s %9.3f %12.0f %6.1f %%\n", name, seconds, tokens / seconds,
               100 * seconds / all);
    else
        printf("%-10s %9.3f %12s %6.1f %%\n", name, 0.0, "-", 0.0);
}

static void print_report(const bench *of, unsigned threads, double opening, double wall)
{
    static const char *const kernels[] = {"plain", "avx2", "avx512", "avx512vnni"};
    const tally *total = &of->total;
    double tokens = (double)total->tokens;
    double rounds = (double)total->documents / (double)of->of->count;
    double read = of->of->read_seconds * rounds;
    double all = read + total->write_seconds;
    for (int i = 0; i < RO_STAGE_COUNT; i++)
        all += 1e-9 * (double)total->nanoseconds[i];
    printf("%zu document%s of %.0f words, %.1f times; %u thread%s; kernels %s (of", of->of->count,
           of->of->count == 1 ? "" : "s", tokens / rounds, rounds, threads, threads == 1 ? "" : "s",
           ro_engine_kernels_get(of->engine));
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++)
        if (ro_engine_kernels_supported(kernels[i]))
            printf(" %s", kernels[i]);
    printf(")\n\n%-10s %9s %12s %8s\n", "stage", "seconds", "words/s", "share");
    print_line("read", read, tokens, all);
    for (int i = 0; i < RO_STAGE_COUNT; i++)
        if (total->nanoseconds[i] > 0) /* there may be no encoder */
            print_line(ro_stage_name((ro_stage)i), 1e-9 * (double)total->nanoseconds[i], tokens,
                       all);
    print_line("write", total->write_seconds, tokens, all);
    print_line("all", all, tokens, all);
    printf("\nby the clock, copying instead of reading: %.0f words a second\n", tokens / wall);
    printf("opening model, lexicons, gazetteer and frames: %.0f ms\n", 1e3 * opening);
}

int cmd_bench_run(int argc, char **argv)
{
    options given;
    corpus documents = {0};
    ro_engine *engine = NULL;
    pthread_t others[JOBS_MOST];
    unsigned started = 0;
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int status = options_parse(&cmd_bench, argc, argv, &given);
    if (status < 0)
        status = documents_open_engine(&cmd_bench, &given, &engine);
    double opening = progress_seconds(&start);
    if (status < 0)
        status = given.file_count == 0 ? read_examples(&given, &documents)
                                       : read_corpus(&given, &documents);
    if (status < 0) {
        unsigned threads = given.jobs > 0 ? given.jobs : 1;
        bench of = {.of = &documents, .engine = engine};
        pthread_mutex_init(&of.lock, NULL);
        clock_gettime(CLOCK_MONOTONIC, &of.start);
        while (started + 1 < threads && pthread_create(&others[started], NULL, measure, &of) == 0)
            started++;
        measure(&of);
        for (unsigned i = 0; i < started; i++)
            pthread_join(others[i], NULL);
        double wall = progress_seconds(&of.start);
        pthread_mutex_destroy(&of.lock);
        status = EXIT_FAILED;
        if (of.error.status != RO_STATUS_OK) {
            message_print_error("", &of.error);
        } else if (of.total.tokens == 0) {
            message_print("there are no words to measure");
        } else {
            print_report(&of, started + 1, opening, wall);
            status = EXIT_DONE;
        }
    }
    free_corpus(&documents);
    ro_engine_close(engine);
    return status;
}
