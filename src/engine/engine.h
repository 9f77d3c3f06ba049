/* engine.h - what the files here share: the opened parts. */
#ifndef RO_ENGINE_ENGINE_H
#define RO_ENGINE_ENGINE_H
#include "lexicon/lexicon.h"
#include "parse/bert.h"
#include "parse/pipeline.h"
#include "says/says.h"
#include "what/what.h"
#include "when/when.h"
#include "where/where.h"
#include "who/who.h"

struct ro_engine {
    ro_allocator allocator;
    const ro_kernels *kernels;
    ro_pipeline *pipeline;
    ro_bert *bert; /* the accurate encoder; NULL: the pipeline's own vectors serve */
    const ro_headset *heads; /* over the vectors of the encoder at hand; NULL: none are asked */
    const ro_headset *pipeline_heads; /* over the pipeline's vectors, which coding asks beside the
                                         accurate encoder's; NULL if there are none */
    ro_lexicon *lexicon; /* NULL, as the rest, if only parsing is asked for */
    ro_who *who;
    ro_when *when;
    ro_gazetteer *gazetteer; /* NULL if none is asked for: places have no coordinates */
    ro_where *where;
    ro_says *says;
    ro_what *what;
};
#endif
