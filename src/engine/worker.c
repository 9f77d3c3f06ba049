/* worker.c - runs the stages over documents, in the order of docs/tour.md, and times them.
 */
#include "engine/worker.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/error.h"
#include "doc/dateline.h"

ro_status ro_worker_new(const ro_engine *engine, ro_worker **worker, ro_error *error)
{
    ro_worker *made = ro_alloc_zeroed(&engine->allocator, 1, sizeof *made);
    if (made != NULL) {
        made->engine = engine;
        made->scratch = ro_pipeline_scratch_new(engine->pipeline);
        made->bert = engine->bert != NULL ? ro_bert_scratch_new(engine->bert) : NULL;
    }
    if (made == NULL || made->scratch == NULL || (engine->bert != NULL && made->bert == NULL)) {
        ro_worker_free(made);
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "engine", "out of memory");
    }
    *worker = made;
    return RO_STATUS_OK;
}

void ro_worker_free(ro_worker *worker)
{
    if (worker == NULL)
        return;
    ro_bert_scratch_free(worker->bert);
    ro_pipeline_scratch_free(worker->scratch);
    ro_alloc_free(&worker->engine->allocator, worker, 1, sizeof *worker);
}

ro_status ro_worker_parse(ro_worker *worker, ro_document *const *documents, size_t count,
                          ro_status *statuses, ro_error *error)
{
    const ro_allocator *allocator = &worker->engine->allocator;
    ro_status *own = NULL;
    if (statuses == NULL &&
        (statuses = own = ro_alloc_zeroed(allocator, count, sizeof *own)) == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "parse", "out of memory");
    ro_status status = ro_pipeline_run(worker->scratch, documents, count, NULL, statuses);
    size_t failed = 0;
    for (size_t i = 0; i < count; i++)
        failed += statuses[i] != RO_STATUS_OK;
    ro_alloc_free(allocator, own, count, sizeof *own);
    if (failed < count || count == 0)
        return RO_STATUS_OK;
    return ro_error_set(error, status, "parse", "%s", ro_status_text(status));
}

/* ---- coding ---------------------------------------------------------------------------------- */

typedef ro_status pass(const ro_engine *engine, ro_document *document, ro_error *error);

static ro_status split_dateline(const ro_engine *engine, ro_document *document, ro_error *error)
{
    (void)engine;
    return ro_dateline_split(document)
               ? RO_STATUS_OK
               : ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "engine", "out of memory");
}

static ro_status find_timexes(const ro_engine *engine, ro_document *document, ro_error *error)
{
    return ro_when_find(engine->when, document, error);
}

static ro_status find_places(const ro_engine *engine, ro_document *document, ro_error *error)
{
    return ro_where_find(engine->where, document, error);
}

static ro_status find_entities(const ro_engine *engine, ro_document *document, ro_error *error)
{
    return ro_who_find(engine->who, document, error);
}

static ro_status find_attributions(const ro_engine *engine, ro_document *document, ro_error *error)
{
    return ro_says_find(engine->says, document, error);
}

static ro_status find_speakers(const ro_engine *engine, ro_document *document, ro_error *error)
{
    return ro_who_find_speakers(engine->who, document, error);
}

static ro_status find_events(const ro_engine *engine, ro_document *document, ro_error *error)
{
    return ro_what_find(engine->what, document, error);
}

static ro_status anchor_times(const ro_engine *engine, ro_document *document, ro_error *error)
{
    return ro_when_anchor(engine->when, document, error);
}

static ro_status anchor_places(const ro_engine *engine, ro_document *document, ro_error *error)
{
    return ro_where_anchor(engine->where, document, error);
}

/* The passes behind parsing, in order, and the stage whose time each counts to. */
static const struct {
    pass *run;
    ro_stage stage;
} passes[] = {
    {split_dateline, RO_STAGE_WHERE},   {find_timexes, RO_STAGE_WHEN},
    {find_places, RO_STAGE_WHERE},      {find_entities, RO_STAGE_WHO},
    {find_attributions, RO_STAGE_SAYS}, {find_speakers, RO_STAGE_WHO},
    {find_events, RO_STAGE_WHAT},       {anchor_times, RO_STAGE_WHEN},
    {anchor_places, RO_STAGE_WHERE},
};

ro_status ro_worker_code(ro_worker *worker, ro_document *const *documents, size_t count,
                         ro_status *statuses, ro_error *error)
{
    if (worker->engine->lexicon == NULL)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "engine",
                            "opened without a data folder: it can parse, not code");
    const ro_allocator *allocator = &worker->engine->allocator;
    ro_status *own = NULL;
    if (statuses == NULL &&
        (statuses = own = ro_alloc_zeroed(allocator, count, sizeof *own)) == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "engine", "out of memory");
    ro_status status = worker->engine->heads != NULL
                           ? ro_worker_ask(worker, documents, count, statuses, error)
                           : ro_worker_parse(worker, documents, count, statuses, error);
    for (size_t p = 0; p < sizeof passes / sizeof *passes && status == RO_STATUS_OK; p++) {
        uint64_t start = ro_clock_nanoseconds();
        for (size_t i = 0; i < count; i++)
            if (statuses[i] == RO_STATUS_OK)
                statuses[i] = passes[p].run(worker->engine, documents[i], error);
        worker->nanoseconds[passes[p].stage] += ro_clock_nanoseconds() - start;
    }
    ro_alloc_free(allocator, own, count, sizeof *own);
    return status;
}

uint64_t ro_worker_nanoseconds_get(const ro_worker *worker, ro_stage stage)
{
    if ((unsigned)stage >= RO_STAGE_COUNT)
        return 0;
    return worker->nanoseconds[stage] + ro_pipeline_nanoseconds(worker->scratch)[stage];
}

const char *ro_stage_name(ro_stage stage)
{
    static const char *const names[RO_STAGE_COUNT] = {
        [RO_STAGE_TOKENIZE] = "tokenize", [RO_STAGE_ENCODE] = "encode", [RO_STAGE_TAG] = "tag",
        [RO_STAGE_TREE] = "tree",         [RO_STAGE_LEMMA] = "lemma",   [RO_STAGE_NAMES] = "names",
        [RO_STAGE_VECTORS] = "vectors",   [RO_STAGE_HEADS] = "heads",   [RO_STAGE_WHEN] = "when",
        [RO_STAGE_WHERE] = "where",       [RO_STAGE_WHO] = "who",       [RO_STAGE_SAYS] = "says",
        [RO_STAGE_WHAT] = "what",
    };
    return (unsigned)stage < RO_STAGE_COUNT ? names[stage] : "";
}
