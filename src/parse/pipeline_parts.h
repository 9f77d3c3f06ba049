/* pipeline_parts.h - what pipeline.c and pipeline_open.c share; for nobody else. */
#ifndef RO_PARSE_PIPELINE_PARTS_H
#define RO_PARSE_PIPELINE_PARTS_H
#include "parse/arc_eager.h"
#include "parse/biluo.h"
#include "parse/blocks.h"
#include "parse/lemma.h"
#include "parse/pipeline.h"
#include "parse/ruler.h"
#include "parse/tokenizer.h"

enum { RO_STACKS = 8, RO_STEPS = 16 };

typedef enum ro_step_kind {
    RO_STEP_TAGGER,
    RO_STEP_MORPHOLOGIZER,
    RO_STEP_SENTER,
    RO_STEP_PARSER,
    RO_STEP_NER,
    RO_STEP_RULER,
    RO_STEP_LEMMATIZER
} ro_step_kind;

/* What a class of a tagger (tag) or morphologizer (tag is the morphology) stands for. */
typedef struct ro_class {
    ro_label tag;
    uint8_t upos;
} ro_class;

typedef struct ro_step {
    ro_step_kind kind;
    size_t stack, head; /* which stack, and which of its classifiers or scorers */
    ro_class *classes;
    bool overwrite;
} ro_step;

struct ro_pipeline {
    ro_allocator allocator;
    const ro_kernels *kernels;
    ro_weights *weights;
    ro_arena *arena;
    ro_labels *labels;
    ro_vocabulary vocabulary;
    ro_tokenizer *tokenizer;
    ro_stack stacks[RO_STACKS];
    const char *stack_names[RO_STACKS]; /* of a tok2vec component; NULL: a component's own */
    size_t stack_count;
    ro_step steps[RO_STEPS];
    size_t step_count;
    ro_ruler *ruler;
    ro_lemma *lemma;
    ro_label root;
    ro_lifted *lifted; /* by label */
    size_t lifted_count;
    ro_headset *heads;
    size_t reach; /* the largest of the encoders' */
};
#endif
