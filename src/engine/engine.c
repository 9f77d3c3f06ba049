/* engine.c - opens the model, the lexicons, the gazetteer and the frames, once, for all threads.
 * Running them is worker.c's.
 */
#include "engine/engine.h"

#include "base/alloc.h"
#include "base/error.h"
#include "nn/kernels.h"

static ro_status open_stages(ro_engine *engine, const ro_engine_options *options, ro_error *error)
{
    const char *folder = options->data_folder;
    ro_status status = ro_lexicon_open_with(options, &engine->lexicon, error);
    if (status == RO_STATUS_OK)
        status = ro_who_open(folder, engine->lexicon, &engine->allocator, &engine->who, error);
    if (status == RO_STATUS_OK)
        status = ro_when_open(folder, &engine->allocator, &engine->when, error);
    if (status == RO_STATUS_OK && options->gazetteer != NULL)
        status =
            ro_gazetteer_open(options->gazetteer, &engine->allocator, &engine->gazetteer, error);
    if (status == RO_STATUS_OK)
        status = ro_where_open(folder, engine->lexicon, engine->gazetteer, &engine->allocator,
                               &engine->where, error);
    if (status == RO_STATUS_OK)
        status = ro_says_open(&(ro_says_options){folder, &engine->allocator, engine->bert != NULL,
                                                 options->keeps_weighed},
                              &engine->says, error);
    if (status == RO_STATUS_OK)
        status = ro_what_open(folder, &engine->allocator, &engine->what, error);
    return status;
}

static const ro_headset *some(const ro_headset *set)
{
    return set != NULL && ro_headset_count(set) > 0 ? set : NULL;
}

/* The model, and the accurate encoder if one is named. */
static ro_status open_encoders(ro_engine *engine, const ro_engine_options *options, ro_error *error)
{
    const char *path = options->encoder_path;
    ro_status status = ro_pipeline_open(options->model_path, engine->kernels, &engine->allocator,
                                        &engine->pipeline, error);
    if (status == RO_STATUS_OK && path != NULL)
        status = ro_bert_open(path, engine->kernels, &engine->allocator, &engine->bert, error);
    if (status == RO_STATUS_OK && options->heads != RO_ASKING_NEVER)
        status = ro_pipeline_open_heads(engine->pipeline, error);
    if (status == RO_STATUS_OK && options->heads != RO_ASKING_NEVER) {
        const ro_headset *own = some(ro_pipeline_heads(engine->pipeline));
        engine->heads = path != NULL ? some(ro_bert_heads(engine->bert)) : own;
        engine->pipeline_heads = path != NULL ? own : NULL;
    }
    if (status == RO_STATUS_OK && options->heads == RO_ASKING_REQUIRED && engine->heads == NULL)
        status = ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "engine",
                                 path != NULL ? path : options->model_path, 0, UINT64_MAX,
                                 "the model has no heads: import it with --heads FILE");
    return status;
}

ro_status ro_engine_open(const ro_engine_options *options, ro_engine **engine, ro_error *error)
{
    const ro_kernels *kernels = ro_kernels_find(options->kernels);
    if (kernels == NULL)
        return ro_error_set(
            error, RO_STATUS_BAD_ARGUMENT, "engine",
            "kernels '%s' are not to be had here; expected plain, avx2, avx512 or avx512vnni",
            options->kernels);
    if (options->model_path == NULL)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "engine", "no model named");
    const ro_allocator *allocator = ro_alloc_or_default(options->allocator);
    ro_engine *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "engine", "out of memory");
    made->allocator = *allocator;
    made->kernels = kernels;
    ro_status status = open_encoders(made, options, error);
    if (status == RO_STATUS_OK && options->data_folder != NULL)
        status = open_stages(made, options, error);
    if (status != RO_STATUS_OK) {
        ro_engine_close(made);
        return status;
    }
    *engine = made;
    return RO_STATUS_OK;
}

void ro_engine_close(ro_engine *engine)
{
    if (engine == NULL)
        return;
    ro_allocator allocator = engine->allocator;
    ro_what_close(engine->what);
    ro_says_close(engine->says);
    ro_where_close(engine->where);
    ro_gazetteer_close(engine->gazetteer);
    ro_when_close(engine->when);
    ro_who_close(engine->who);
    ro_lexicon_close(engine->lexicon);
    ro_bert_close(engine->bert);
    ro_pipeline_close(engine->pipeline);
    ro_alloc_free(&allocator, engine, 1, sizeof *engine);
}

const char *ro_engine_kernels_get(const ro_engine *engine)
{
    return engine->kernels->name;
}

bool ro_engine_kernels_supported(const char *name)
{
    return name != NULL && ro_kernels_find(name) != NULL;
}
