/* jobs.c - documents through the library by several threads, in the order read.
 *
 * Every thread does the same: under one lock it reads the next batch, alone it works on it and
 * writes it to memory, and when all batches before it are written it is its turn to write to the
 * output. So there is no queue, a thread holds one batch at a time, and a batch whose output grows
 * large waits for its turn and then writes straight through. The first batches are small, for the
 * first bytes to come soon. A further thread starts only when there was more to read.
 */
#include "jobs.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BATCH_DOCUMENTS = 256,
    BATCH_BYTES = 256 * 1024,
    OUTPUT_BYTES = 1024 * 1024, /* of one batch in memory */
    THREADS_UNASKED = 2         /* each takes some 60 MB; unasked, 200 MB in all is the promise */
};

typedef struct shared {
    jobs *all;
    pthread_mutex_t input, turn;
    pthread_cond_t next;
    uint64_t batches_read; /* under input */
    bool ended;            /* under input: nothing is left to read, or no use in it */
    pthread_t threads[JOBS_MOST];
    unsigned thread_count;    /* under input */
    uint64_t batches_written; /* under turn  */
} shared;

typedef struct batch {
    shared *of;
    uint64_t number;
    size_t count;
    ro_document *documents[BATCH_DOCUMENTS];
    const char *paths[BATCH_DOCUMENTS];
    ro_status statuses[BATCH_DOCUMENTS];
    buffer output, messages;
    bool has_turn;
    uint64_t done, failed, bytes, tokens;
} batch;

unsigned jobs_threads(unsigned given)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (given > 0)
        return given;
    if (processors < 1)
        return 1;
    return processors < THREADS_UNASKED ? (unsigned)processors : THREADS_UNASKED;
}

/* ---- writing in turn ----------------------------------------------------------------------- */

static void take_turn(batch *of)
{
    if (of->has_turn)
        return;
    pthread_mutex_lock(&of->of->turn);
    while (of->of->batches_written != of->number)
        pthread_cond_wait(&of->of->next, &of->of->turn);
    pthread_mutex_unlock(&of->of->turn);
    of->has_turn = true;
}

/* In its turn: hands on what the batch has in memory; false if the output takes no more. */
static bool write_through(batch *of)
{
    jobs *all = of->of->all;
    take_turn(of);
    bool open = output_write(all->to, of->output.bytes, of->output.used);
    of->output.used = 0;
    return open;
}

static ro_status gather(void *context, const char *bytes, size_t count)
{
    batch *of = context;
    if (!buffer_add(&of->output, bytes, count))
        return RO_STATUS_OUT_OF_MEMORY;
    if (of->output.used > OUTPUT_BYTES && !write_through(of))
        return RO_STATUS_IO;
    return RO_STATUS_OK;
}

/* False if the output takes no more. */
static bool pass_turn(batch *of)
{
    jobs *all = of->of->all;
    bool open = write_through(of);
    all->done += of->done;
    all->failed += of->failed;
    if (of->messages.used > 0) {
        progress_clear(&all->progress);
        message_flush(&of->messages);
    }
    progress_add(&all->progress, of->count, of->bytes, of->tokens);
    pthread_mutex_lock(&of->of->turn);
    of->of->batches_written++;
    pthread_cond_broadcast(&of->of->next);
    pthread_mutex_unlock(&of->of->turn);
    return open;
}

/* ---- a batch ------------------------------------------------------------------------------- */

static void *work(void *context);

/* Reads the next batch. False if there is nothing left: no documents and no messages. */
static bool read_batch(shared *of, batch *next)
{
    next->of = of;
    next->count = 0;
    next->has_turn = false;
    next->done = next->failed = next->bytes = next->tokens = 0;
    pthread_mutex_lock(&of->input);
    bool any = !of->ended;
    if (any) {
        next->number = of->batches_read++;
        size_t most = next->number < 4 ? (size_t)1 << (2 * next->number) : BATCH_DOCUMENTS;
        while (next->count < most && next->bytes < BATCH_BYTES) {
            if (!inputs_next(of->all->from, &next->documents[next->count],
                             &next->paths[next->count], &next->messages)) {
                of->ended = true;
                break;
            }
            next->bytes += ro_document_text_get(next->documents[next->count]).length;
            next->count++;
        }
        if (!of->ended && of->thread_count < of->all->threads &&
            pthread_create(&of->threads[of->thread_count], NULL, work, of) == 0)
            of->thread_count++;
    }
    pthread_mutex_unlock(&of->input);
    return any;
}

/* If the batch failed as a whole, its documents are tried one by one, so that each answers for
 * itself. */
static void process(batch *of, ro_worker *worker)
{
    job_stage *stage = of->of->all->stage;
    ro_error error = {.offset = UINT64_MAX};
    if (of->count == 0 ||
        stage(worker, of->documents, of->count, of->statuses, &error) == RO_STATUS_OK)
        return;
    for (size_t i = 0; i < of->count; i++) {
        ro_status status = stage(worker, &of->documents[i], 1, &of->statuses[i], &error);
        if (status != RO_STATUS_OK)
            of->statuses[i] = status;
    }
}

static void write_document(batch *of, size_t index)
{
    const jobs *all = of->of->all;
    const ro_document *document = of->documents[index];
    const char *path = of->paths[index];
    ro_text id = ro_document_id_get(document);
    ro_status status = of->statuses[index];
    ro_error error = {.offset = UINT64_MAX};
    if (status == RO_STATUS_OK && all->into != NULL)
        status = all->into->add(all->into->context, document, &error);
    else if (status == RO_STATUS_OK)
        status = ro_document_write(document, &all->write, (ro_sink){gather, of}, &error);
    if (status == RO_STATUS_IO)
        return; /* told once, when all threads are done */
    if (status != RO_STATUS_OK) {
        of->failed++;
        message_add(&of->messages, "%s: document %.*s: %s", path, (int)id.length, id.data,
                    ro_status_text(status));
        return;
    }
    of->done++;
    of->tokens += ro_document_token_count(document);
}

/* ---- a thread ------------------------------------------------------------------------------ */

static void give_up(shared *of)
{
    pthread_mutex_lock(&of->input);
    of->ended = true;
    pthread_mutex_unlock(&of->input);
}

/* No memory for a worker: the documents of the batch are refused. */
static void refuse_batch(batch *of, const ro_error *error)
{
    message_add_error(&of->messages, "", error);
    for (size_t i = 0; i < of->count; i++)
        of->statuses[i] = error->status;
    take_turn(of);
    of->of->all->broken = true;
}

static void *work(void *context)
{
    shared *of = context;
    ro_worker *worker = NULL;
    batch *next = calloc(1, sizeof *next);
    while (next != NULL && read_batch(of, next)) {
        ro_error error = {.offset = UINT64_MAX};
        if (worker == NULL && next->count > 0 &&
            ro_worker_new(of->all->engine, &worker, &error) != RO_STATUS_OK) {
            give_up(of);
            refuse_batch(next, &error);
        } else {
            process(next, worker);
        }
        if (of->all->into != NULL)
            take_turn(next);
        for (size_t i = 0; i < next->count; i++) {
            write_document(next, i);
            ro_document_free(next->documents[i]);
        }
        if (!pass_turn(next))
            give_up(of);
    }
    ro_worker_free(worker);
    if (next != NULL) {
        buffer_free(&next->output);
        buffer_free(&next->messages);
    }
    free(next);
    return NULL;
}

void jobs_run(jobs *all)
{
    shared of = {.all = all, .thread_count = 1};
    pthread_mutex_init(&of.input, NULL);
    pthread_mutex_init(&of.turn, NULL);
    pthread_cond_init(&of.next, NULL);
    progress_start(&all->progress, all->from, all->to->descriptor);
    work(&of); /* this thread is the first of them */
    for (unsigned i = 1; i < of.thread_count; i++)
        pthread_join(of.threads[i], NULL);
    progress_clear(&all->progress);
    if (!of.ended) {
        message_print("out of memory");
        all->broken = true;
    }
    pthread_cond_destroy(&of.next);
    pthread_mutex_destroy(&of.turn);
    pthread_mutex_destroy(&of.input);
}
