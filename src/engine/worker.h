/* worker.h - what worker.c and answering.c share: one thread's memory of every part. */
#ifndef RO_ENGINE_WORKER_H
#define RO_ENGINE_WORKER_H
#include "engine/engine.h"

struct ro_worker {
    const ro_engine *engine;
    ro_pipeline_scratch *scratch;
    ro_bert_scratch *bert; /* NULL: the engine has no accurate encoder */
    uint64_t nanoseconds[RO_STAGE_COUNT];
};

/* Parses, then asks the heads that coding uses. As ro_worker_answer. */
ro_status ro_worker_ask(ro_worker *worker, ro_document *const *documents, size_t count,
                        ro_status *statuses, ro_error *error);
#endif
