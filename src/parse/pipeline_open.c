/* pipeline_open.c - opens a model file: reads its description (model.json) and builds the
 * components, in the order in which they run. The file itself is weights.c's, each component's
 * weights are its own file's. What cannot be run is refused by component.
 */
#include "parse/pipeline_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "doc/token.h"
#include "parse/description.h"

#include <stdio.h>
#include <string.h>

/* One opening: the description and what is being made of it. */
typedef struct model_opening {
    ro_pipeline *pipeline;
    const json_t *components;
    ro_error *error;
} model_opening;

static ro_status refuse(const model_opening *opening, ro_status status, const char *component,
                        const char *what)
{
    return ro_error_set_at(opening->error, status, "model",
                           ro_weights_path(opening->pipeline->weights), 0, UINT64_MAX,
                           "component %s: %s", component, what);
}

static const char *string_at(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

/* ---- encoders -------------------------------------------------------------------------------- */

/* Takes a whole number below 2^32; false if it is none. */
static bool number_at(const json_t *object, const char *key, uint32_t *number)
{
    const json_t *value = json_object_get(object, key);
    json_int_t found = json_integer_value(value);
    *number = (uint32_t)found;
    return json_is_integer(value) && found >= 0 && found <= UINT32_MAX;
}

static bool read_layer(const json_t *layer, ro_layer_names *names)
{
    *names = (ro_layer_names){string_at(layer, "W"), string_at(layer, "b"), string_at(layer, "G"),
                              string_at(layer, "beta"), 0};
    return json_is_object(layer);
}

static bool read_encoder(const json_t *encoder, ro_encoder_names *names, ro_feature *features)
{
    const json_t *list = json_object_get(encoder, "features");
    const json_t *layers = json_object_get(encoder, "layers");
    names->feature_count = json_array_size(list);
    names->layer_count = json_array_size(layers);
    if (names->feature_count > RO_ENCODER_FEATURES || names->layer_count > RO_ENCODER_LAYERS)
        return false;
    for (size_t i = 0; i < names->feature_count; i++) {
        const json_t *feature = json_array_get(list, i);
        if (!ro_blocks_feature_parse(string_at(feature, "attribute"), &features[i]) ||
            !number_at(feature, "seed", &names->seeds[i]))
            return false;
        names->tables[i] = string_at(feature, "E");
    }
    for (size_t i = 0; i < names->layer_count; i++) {
        uint32_t window;
        if (!read_layer(json_array_get(layers, i), &names->layers[i]) ||
            !number_at(json_array_get(layers, i), "window", &window))
            return false;
        names->layers[i].window = window;
    }
    return read_layer(json_object_get(encoder, "mix"), &names->mix);
}

static ro_status add_stack(model_opening *opening, const char *component, const json_t *encoder,
                           const char *name, size_t *stack)
{
    ro_pipeline *pipeline = opening->pipeline;
    ro_encoder_names names = {0};
    if (pipeline->stack_count == RO_STACKS)
        return refuse(opening, RO_STATUS_UNSUPPORTED, component, "too many encoders");
    ro_stack *made = &pipeline->stacks[pipeline->stack_count];
    if (!read_encoder(encoder, &names, made->features))
        return refuse(opening, RO_STATUS_UNSUPPORTED, component,
                      "its encoder has unknown features, or layers that are none");
    ro_status status = ro_encoder_open(pipeline->weights, &names, pipeline->kernels,
                                       &pipeline->allocator, &made->encoder, opening->error);
    if (status != RO_STATUS_OK)
        return status;
    made->feature_count = names.feature_count;
    if (ro_encoder_reach(made->encoder) > pipeline->reach)
        pipeline->reach = ro_encoder_reach(made->encoder);
    pipeline->stack_names[pipeline->stack_count] = name;
    *stack = pipeline->stack_count++;
    return RO_STATUS_OK;
}

/* The stack that a component reads: a tok2vec component's by name, or one of its own. */
static ro_status find_stack(model_opening *opening, const char *name, const json_t *component,
                            size_t *stack)
{
    const json_t *encoder = json_object_get(component, "encoder");
    if (!json_is_string(encoder))
        return add_stack(opening, name, encoder, NULL, stack);
    const char *upstream = json_string_value(encoder);
    for (size_t i = 0; i < opening->pipeline->stack_count; i++)
        if (opening->pipeline->stack_names[i] != NULL &&
            strcmp(opening->pipeline->stack_names[i], upstream) == 0) {
            *stack = i;
            return RO_STATUS_OK;
        }
    const json_t *source = json_object_get(opening->components, upstream);
    if (strcmp(string_at(source, "factory"), "tok2vec") != 0)
        return refuse(opening, RO_STATUS_CORRUPT, name, "it listens to a component that is none");
    const char *kept =
        ro_arena_copy(opening->pipeline->arena, upstream, json_string_length(encoder));
    if (kept == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    return add_stack(opening, upstream, json_object_get(source, "encoder"), kept, stack);
}

/* ---- components ------------------------------------------------------------------------------ */

static ro_status open_class(model_opening *opening, const char *name, const json_t *item,
                            ro_class *class_made)
{
    const json_t *morph = json_object_get(item, "morph");
    const json_t *tag = json_is_string(item) ? item : morph;
    ro_upos upos = RO_UPOS_NONE;
    if (!json_is_string(tag) || !ro_upos_parse(ro_text_of(string_at(item, "pos")), &upos))
        return refuse(opening, RO_STATUS_CORRUPT, name, "its labels are damaged");
    class_made->upos = (uint8_t)upos;
    return ro_labels_add(opening->pipeline->labels,
                         (ro_text){json_string_value(tag), json_string_length(tag)},
                         &class_made->tag);
}

static ro_status open_classifier(model_opening *opening, const char *name, const json_t *component,
                                 ro_step *step)
{
    ro_pipeline *pipeline = opening->pipeline;
    ro_status status = find_stack(opening, name, component, &step->stack);
    if (status != RO_STATUS_OK)
        return status;
    ro_stack *stack = &pipeline->stacks[step->stack];
    bool senter = step->kind == RO_STEP_SENTER;
    const json_t *labels = senter ? NULL : json_object_get(component, "labels");
    size_t count = senter ? 2 : json_array_size(labels);
    if (stack->classifier_count == RO_BLOCK_HEADS)
        return refuse(opening, RO_STATUS_UNSUPPORTED, name, "too many components on one encoder");
    if (count == 0 || count > UINT16_MAX)
        return refuse(opening, RO_STATUS_CORRUPT, name, "it has no labels");
    status = ro_linear_open(pipeline->weights, string_at(component, "W"), string_at(component, "b"),
                            count, ro_encoder_width(stack->encoder), &pipeline->allocator,
                            &stack->classifiers[stack->classifier_count], opening->error);
    if (status != RO_STATUS_OK)
        return status;
    step->head = stack->classifier_count++;
    step->overwrite = json_is_true(json_object_get(component, "overwrite"));
    if (json_is_true(json_object_get(component, "extend")))
        return refuse(opening, RO_STATUS_UNSUPPORTED, name, "extend = true");
    step->classes = ro_arena_alloc(pipeline->arena, count, sizeof *step->classes);
    if (step->classes == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < json_array_size(labels) && status == RO_STATUS_OK; i++)
        status = open_class(opening, name, json_array_get(labels, i), &step->classes[i]);
    return status;
}

static ro_status open_scorer(model_opening *opening, const char *name, const json_t *component,
                             ro_step *step)
{
    ro_pipeline *pipeline = opening->pipeline;
    ro_status status = find_stack(opening, name, component, &step->stack);
    if (status != RO_STATUS_OK)
        return status;
    ro_stack *stack = &pipeline->stacks[step->stack];
    bool arcs = step->kind == RO_STEP_PARSER;
    if (stack->transition_count == RO_BLOCK_HEADS)
        return refuse(opening, RO_STATUS_UNSUPPORTED, name, "too many components on one encoder");
    step->head = stack->transition_count++; /* counted first, so that it is closed on failure */
    ro_transition *transition = &stack->transitions[step->head];
    status = ro_transition_open(component, name, arcs ? "SDLRB" : "MBILUO", pipeline->weights,
                                ro_encoder_width(stack->encoder), pipeline->labels,
                                &pipeline->allocator, transition, opening->error);
    if (status != RO_STATUS_OK)
        return status;
    size_t features = transition->features;
    if (arcs ? features != 8 && features != 13 : features != 3 && features != 6)
        return refuse(opening, RO_STATUS_UNSUPPORTED, name, "an unknown number of state features");
    return RO_STATUS_OK;
}

/* What labels of the form X||Y stand for. */
static ro_status open_lifted(ro_pipeline *pipeline, const ro_transition *transition)
{
    size_t count = UINT16_MAX + 1;
    pipeline->lifted = ro_arena_alloc(pipeline->arena, count, sizeof *pipeline->lifted);
    if (pipeline->lifted == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    pipeline->lifted_count = count;
    for (uint32_t i = 0; i < transition->class_count; i++) {
        ro_label label = transition->moves[i].label;
        const char *text = ro_labels_text(pipeline->labels, label);
        const char *mark = strstr(text, "||");
        if (mark == NULL)
            continue;
        ro_lifted *lifted = &pipeline->lifted[label];
        ro_status status =
            ro_labels_add(pipeline->labels, (ro_text){text, (size_t)(mark - text)}, &lifted->plain);
        if (status == RO_STATUS_OK)
            status = ro_labels_add(pipeline->labels, ro_text_of(mark + 2), &lifted->head);
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}

static ro_status open_step(model_opening *opening, const char *name, const json_t *component,
                           ro_step *step)
{
    ro_pipeline *pipeline = opening->pipeline;
    ro_status status;
    switch (step->kind) {
    case RO_STEP_TAGGER:
    case RO_STEP_MORPHOLOGIZER:
    case RO_STEP_SENTER:
        return open_classifier(opening, name, component, step);
    case RO_STEP_PARSER:
        status = open_scorer(opening, name, component, step);
        return status == RO_STATUS_OK
                   ? open_lifted(pipeline, &pipeline->stacks[step->stack].transitions[step->head])
                   : status;
    case RO_STEP_NER:
        return open_scorer(opening, name, component, step);
    case RO_STEP_RULER:
        return ro_ruler_open(component, &pipeline->vocabulary, pipeline->labels,
                             &pipeline->allocator, &pipeline->ruler, opening->error);
    default:
        return ro_lemma_open(component, name, pipeline->weights, &pipeline->vocabulary,
                             pipeline->labels, &pipeline->allocator, &pipeline->lemma,
                             opening->error);
    }
}

static bool find_kind(const char *factory, ro_step_kind *kind)
{
    static const struct {
        const char *factory;
        ro_step_kind kind;
    } kinds[] = {{"tagger", RO_STEP_TAGGER},
                 {"morphologizer", RO_STEP_MORPHOLOGIZER},
                 {"senter", RO_STEP_SENTER},
                 {"parser", RO_STEP_PARSER},
                 {"ner", RO_STEP_NER},
                 {"attribute_ruler", RO_STEP_RULER},
                 {"lemmatizer", RO_STEP_LEMMATIZER}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].factory, factory) == 0) {
            *kind = kinds[i].kind;
            return true;
        }
    return false;
}

/* Whether there is a step of this kind already and there may be but one. */
static bool is_second(const ro_pipeline *pipeline, ro_step_kind kind)
{
    bool found = false;
    for (size_t i = 0; i < pipeline->step_count; i++)
        found |= pipeline->steps[i].kind == kind;
    return found && (kind == RO_STEP_PARSER || kind == RO_STEP_NER || kind == RO_STEP_RULER ||
                     kind == RO_STEP_LEMMATIZER);
}

/* Puts the steps in running order: taggers wait until something reads tags, so that the parser
 * meets each block first and a long document's vectors are computed once. */
static void order_steps(ro_pipeline *pipeline)
{
    ro_step ordered[RO_STEPS], waiting[RO_STEPS];
    size_t count = 0, wait = 0;
    for (size_t i = 0; i < pipeline->step_count; i++) {
        ro_step step = pipeline->steps[i];
        if (step.kind == RO_STEP_TAGGER || step.kind == RO_STEP_MORPHOLOGIZER) {
            waiting[wait++] = step;
            continue;
        }
        if (step.kind == RO_STEP_RULER || step.kind == RO_STEP_LEMMATIZER) {
            for (size_t j = 0; j < wait; j++)
                ordered[count++] = waiting[j];
            wait = 0;
        }
        ordered[count++] = step;
    }
    for (size_t j = 0; j < wait; j++)
        ordered[count++] = waiting[j];
    memcpy(pipeline->steps, ordered, count * sizeof *ordered);
}

static ro_status open_steps(model_opening *opening, const json_t *description)
{
    ro_pipeline *pipeline = opening->pipeline;
    const json_t *names = json_object_get(description, "pipeline");
    if (!json_is_array(names))
        return refuse(opening, RO_STATUS_CORRUPT, "pipeline", "it is no list");
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        const json_t *component = name != NULL ? json_object_get(opening->components, name) : NULL;
        const char *factory = string_at(component, "factory");
        ro_step step = {0};
        if (component == NULL)
            return refuse(opening, RO_STATUS_CORRUPT, name != NULL ? name : "", "it is not there");
        if (strcmp(factory, "tok2vec") == 0)
            continue;
        if (!find_kind(factory, &step.kind))
            return refuse(opening, RO_STATUS_UNSUPPORTED, name, factory);
        if (is_second(pipeline, step.kind))
            return refuse(opening, RO_STATUS_UNSUPPORTED, name, "a second one of its kind");
        if (pipeline->step_count == RO_STEPS)
            return refuse(opening, RO_STATUS_UNSUPPORTED, name, "too many components");
        ro_status status = open_step(opening, name, component, &step);
        if (status != RO_STATUS_OK)
            return status;
        pipeline->steps[pipeline->step_count++] = step;
    }
    order_steps(pipeline);
    return RO_STATUS_OK;
}

static ro_status read_description(const ro_pipeline *pipeline, ro_text text, json_t **description,
                                  ro_error *error)
{
    json_error_t problem;
    *description = json_loadb(text.data, text.length, JSON_ALLOW_NUL, &problem);
    if (*description == NULL)
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "model",
                               ro_weights_path(pipeline->weights), (uint64_t)problem.line,
                               (uint64_t)problem.position, "model.json: %s", problem.text);
    if (json_integer_value(json_object_get(*description, "readout_model")) != 1)
        return ro_error_set_at(error, RO_STATUS_BAD_VERSION, "model",
                               ro_weights_path(pipeline->weights), 0, UINT64_MAX,
                               "model.json is not of version 1");
    if (json_object_get(*description, "transformer") != NULL)
        return ro_error_set_at(
            error, RO_STATUS_UNSUPPORTED, "model", ro_weights_path(pipeline->weights), 0,
            UINT64_MAX, "an encoder, no language model; readout heads takes it as --encoder");
    return RO_STATUS_OK;
}

static ro_status open_parts(ro_pipeline *pipeline, ro_text text, ro_error *error)
{
    json_t *description = NULL;
    pipeline->arena = ro_arena_new(&pipeline->allocator);
    pipeline->labels = ro_labels_new(&pipeline->allocator);
    ro_status status = pipeline->arena != NULL && pipeline->labels != NULL
                           ? ro_labels_add(pipeline->labels, RO_TEXT("ROOT"), &pipeline->root)
                           : RO_STATUS_OUT_OF_MEMORY;
    if (status == RO_STATUS_OK)
        status = read_description(pipeline, text, &description, error);
    if (status == RO_STATUS_OK)
        status = ro_vocabulary_open(pipeline->weights, &pipeline->vocabulary, error);
    if (status == RO_STATUS_OK)
        status = ro_tokenizer_open(json_object_get(description, "tokenizer"), &pipeline->vocabulary,
                                   &pipeline->allocator, &pipeline->tokenizer, error);
    if (status == RO_STATUS_OK) {
        model_opening opening = {pipeline, json_object_get(description, "components"), error};
        status = open_steps(&opening, description);
    }
    json_decref(description);
    return status;
}

ro_status ro_pipeline_open_weights(ro_weights *weights, ro_text description,
                                   const ro_kernels *kernels, const ro_allocator *allocator,
                                   ro_pipeline **pipeline, ro_error *error)
{
    ro_pipeline *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL) {
        ro_weights_close(weights);
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "out of memory");
    }
    made->allocator = *allocator;
    made->kernels = kernels;
    made->weights = weights;
    ro_status status = open_parts(made, description, error);
    if (status == RO_STATUS_OK) {
        *pipeline = made;
        return status;
    }
    if (error != NULL && error->status != status)
        ro_error_set(error, status, "model", "%s", ro_status_text(status));
    if (error != NULL && error->path[0] == '\0')
        snprintf(error->path, sizeof error->path, "%s", ro_weights_path(weights));
    ro_pipeline_close(made);
    return status;
}

ro_status ro_pipeline_open(const char *path, const ro_kernels *kernels,
                           const ro_allocator *allocator, ro_pipeline **pipeline, ro_error *error)
{
    ro_weights *weights;
    const ro_weight *description;
    ro_status status = ro_weights_open(path, allocator, &weights, error);
    if (status != RO_STATUS_OK)
        return status;
    status = ro_weights_get(weights, "model.json", RO_WEIGHT_TYPE_U8, 1, (const uint64_t[]){0},
                            &description, error);
    if (status != RO_STATUS_OK) {
        ro_weights_close(weights);
        return status;
    }
    ro_text text = {description->data, (size_t)description->bytes};
    return ro_pipeline_open_weights(weights, text, kernels, allocator, pipeline, error);
}

ro_status ro_pipeline_open_heads(ro_pipeline *pipeline, ro_error *error)
{
    json_t *description = NULL;
    ro_status status = ro_description_read(pipeline->weights, &description, error);
    if (status == RO_STATUS_OK)
        status = ro_headset_open(pipeline->weights, json_object_get(description, "heads"),
                                 ro_pipeline_width(pipeline), pipeline->kernels,
                                 &pipeline->allocator, &pipeline->heads, error);
    json_decref(description);
    return status;
}

void ro_pipeline_close(ro_pipeline *pipeline)
{
    if (pipeline == NULL)
        return;
    ro_allocator allocator = pipeline->allocator;
    for (size_t i = 0; i < pipeline->stack_count; i++)
        ro_blocks_close_stack(&pipeline->stacks[i], &allocator);
    ro_headset_close(pipeline->heads);
    ro_ruler_close(pipeline->ruler);
    ro_lemma_close(pipeline->lemma);
    ro_tokenizer_close(pipeline->tokenizer);
    ro_labels_free(pipeline->labels);
    ro_arena_free(pipeline->arena);
    ro_weights_close(pipeline->weights);
    ro_alloc_free(&allocator, pipeline, 1, sizeof *pipeline);
}
