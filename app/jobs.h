/* jobs.h - documents through the library by several threads, in the order read. */
#ifndef APP_JOBS_H
#define APP_JOBS_H
#include "inputs.h"
#include "output.h"
#include "progress.h"

/* ro_worker_parse or ro_worker_code. */
typedef ro_status job_stage(ro_worker *worker, ro_document *const *documents, size_t count,
                            ro_status *statuses, ro_error *error);

/* What takes the documents where they are not written one by one: add gets each in the order read,
 * from one thread at a time, and write the result of all. */
typedef struct collection {
    ro_status (*add)(void *context, const ro_document *document, ro_error *error);
    ro_status (*write)(void *context, ro_sink sink, ro_error *error);
    void *context;
} collection;

typedef struct jobs {
    const ro_engine *engine;
    job_stage *stage;
    const collection *into; /* NULL: documents are written */
    inputs *from;
    ro_write_options write;
    output *to;
    unsigned threads;
    progress progress;
    uint64_t done, failed; /* documents written and refused; files and documents not read are
                              counted in from */
    bool broken;           /* no thread could work at all (told on standard error) */
} jobs;

/* Reads, works on and writes all documents. The bytes written do not depend on threads. */
void jobs_run(jobs *all);
/* How many threads to use: as given, else one a processor, two at most. */
unsigned jobs_threads(unsigned given);
#endif
