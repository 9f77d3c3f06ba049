/* pipeline.h - a spaCy pipeline: text -> tokens, sentences, tags, lemmas, tree, names. */
#ifndef RO_PARSE_PIPELINE_H
#define RO_PARSE_PIPELINE_H
#include "doc/document.h"
#include "nn/kernels.h"
#include "nn/weights.h"
#include "parse/headset.h"

typedef struct ro_pipeline ro_pipeline; /* read-only, shared */

/* Opens a model file (docs/model-format.md) and checks it whole. kernels must outlive the
 * pipeline. Fails as ro_engine_open. */
ro_status ro_pipeline_open(const char *path, const ro_kernels *kernels,
                           const ro_allocator *allocator, ro_pipeline **pipeline, ro_error *error);
/* The same over weights, which it takes even if it fails, and their description (model.json),
 * borrowed during the call. */
ro_status ro_pipeline_open_weights(ro_weights *weights, ro_text description,
                                   const ro_kernels *kernels, const ro_allocator *allocator,
                                   ro_pipeline **pipeline, ro_error *error);
void ro_pipeline_close(ro_pipeline *pipeline);

/* One thread's memory: caches of forms, blocks, states. */
typedef struct ro_pipeline_scratch ro_pipeline_scratch;
ro_pipeline_scratch *ro_pipeline_scratch_new(const ro_pipeline *pipeline);
void ro_pipeline_scratch_free(ro_pipeline_scratch *scratch);
/* Nanoseconds spent by stage, RO_STAGE_COUNT of them. */
const uint64_t *ro_pipeline_nanoseconds(const ro_pipeline_scratch *scratch);

/* Parses documents, in batches of its own. statuses[i] gets each one's status; the return is the
 * first that is not OK. A document is written whole or not at all. vectors, if not NULL, is the
 * arena of the vectors of their tokens, those of all encoders side by side (document->vectors). */
ro_status ro_pipeline_run(ro_pipeline_scratch *scratch, ro_document *const *documents, size_t count,
                          ro_arena *vectors, ro_status *statuses);
/* The width of those vectors. */
size_t ro_pipeline_width(const ro_pipeline *pipeline);
/* Opens the heads over them, which parsing does not need: none if the model was imported without.
 * What ro_description_read and ro_headset_open fail with. */
ro_status ro_pipeline_open_heads(ro_pipeline *pipeline, ro_error *error);
/* NULL if they were not opened. */
const ro_headset *ro_pipeline_heads(const ro_pipeline *pipeline);
#endif
