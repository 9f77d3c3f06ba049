/* transition.c - opens and runs the scorer of a greedy transition parser (Honnibal, Goldberg and
 * Johnson 2013; Kiperwasser and Goldberg 2016 for the features), as spaCy's parser_model.pyx.
 * The states and actions are in arc_eager.c and biluo.c.
 */
#include "parse/transition.h"

#include "base/alloc.h"
#include "base/error.h"
#include "nn/matrix.h"

#include <string.h>

static const char *string_at(const json_t *component, const char *part, const char *key)
{
    const char *value = json_string_value(json_object_get(json_object_get(component, part), key));
    return value != NULL ? value : "";
}

static ro_status open_lower(const json_t *component, const char *name, const ro_weights *weights,
                            const ro_allocator *allocator, ro_transition *transition,
                            ro_error *error)
{
    const ro_weight *w, *b, *pad;
    ro_status status =
        ro_weights_get(weights, string_at(component, "lower", "W"), RO_WEIGHT_TYPE_F32, 4,
                       (const uint64_t[]){0, 0, 0, transition->linear.outputs}, &w, error);
    if (status == RO_STATUS_OK)
        status = ro_weights_get(weights, string_at(component, "lower", "b"), RO_WEIGHT_TYPE_F32, 2,
                                w->dims + 1, &b, error);
    if (status == RO_STATUS_OK)
        status = ro_weights_get(weights, string_at(component, "lower", "pad"), RO_WEIGHT_TYPE_F32,
                                3, w->dims, &pad, error);
    if (status != RO_STATUS_OK)
        return status;
    size_t features = (size_t)w->dims[0], hidden = (size_t)w->dims[1], pieces = (size_t)w->dims[2];
    size_t inputs = (size_t)w->dims[3];
    if (hidden == 0 || hidden % RO_LANES != 0 || features > RO_TRANSITION_FEATURES || pieces == 0)
        return ro_error_set(error, RO_STATUS_UNSUPPORTED, "model",
                            "%s: %zu features and a hidden width of %zu, expected at most %d and a "
                            "multiple of %u",
                            name, features, hidden, RO_TRANSITION_FEATURES, RO_LANES);
    transition->features = features;
    transition->hidden = hidden;
    transition->pieces = pieces;
    transition->width = features * hidden * pieces;
    size_t *offsets = ro_alloc_zeroed(allocator, transition->width, sizeof *offsets);
    transition->pad = ro_alloc_aligned(allocator, transition->width, sizeof(float));
    transition->bias = ro_matrix_turn(b->data, hidden, pieces, allocator);
    status = offsets != NULL && transition->pad != NULL && transition->bias != NULL
                 ? RO_STATUS_OK
                 : RO_STATUS_OUT_OF_MEMORY;
    for (size_t f = 0; f < features && status == RO_STATUS_OK; f++)
        for (size_t p = 0; p < pieces; p++)
            for (size_t o = 0; o < hidden; o++) {
                size_t from = (f * hidden + o) * pieces + p, to = (f * pieces + p) * hidden + o;
                offsets[to] = from * inputs;
                transition->pad[to] = ((const float *)pad->data)[from];
            }
    if (status == RO_STATUS_OK)
        status = ro_matrix_pack(w->data, offsets, transition->width, inputs, allocator,
                                &transition->lower);
    ro_alloc_free(allocator, offsets, transition->width, sizeof *offsets);
    return status;
}

static ro_status open_move(const json_t *item, const char *name, const char *actions,
                           ro_labels *labels, ro_move *move, ro_error *error)
{
    const char *action = json_string_value(json_object_get(item, "move"));
    const json_t *label = json_object_get(item, "label");
    if (action == NULL || strlen(action) != 1 || strchr(actions, action[0]) == NULL ||
        !json_is_string(label))
        return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                            "%s.moves: expected a move of %s and a label", name, actions);
    if (strcmp(json_string_value(label), "subtok") == 0)
        return ro_error_set(error, RO_STATUS_UNSUPPORTED, "model",
                            "%s joins tokens (label subtok), which is not supported", name);
    move->action = action[0];
    return ro_labels_add(labels, (ro_text){json_string_value(label), json_string_length(label)},
                         &move->label);
}

static ro_status open_moves(const json_t *component, const char *name, const char *actions,
                            ro_labels *labels, const ro_allocator *allocator,
                            ro_transition *transition, ro_error *error)
{
    const json_t *list = json_object_get(component, "moves");
    size_t count = json_array_size(list);
    if (count == 0 || count > RO_TRANSITION_CLASSES || count != transition->upper.outputs)
        return ro_error_set(error, RO_STATUS_CORRUPT, "model", "%s: %zu moves for %zu classes",
                            name, count, transition->upper.outputs);
    transition->class_count = (uint32_t)count;
    transition->moves = ro_alloc_zeroed(allocator, count, sizeof *transition->moves);
    transition->runs = ro_alloc_zeroed(allocator, count, sizeof *transition->runs);
    if (transition->moves == NULL || transition->runs == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        ro_move *move = &transition->moves[i];
        ro_status status = open_move(json_array_get(list, i), name, actions, labels, move, error);
        if (status != RO_STATUS_OK)
            return status;
        ro_move_run *run = &transition->runs[transition->run_count];
        if (i > 0 && run[-1].action == move->action) {
            run[-1].end = i + 1;
        } else {
            *run = (ro_move_run){move->action, i, i + 1};
            transition->run_count++;
        }
    }
    return RO_STATUS_OK;
}

ro_status ro_transition_open(const json_t *component, const char *name, const char *actions,
                             const ro_weights *weights, size_t encoder_width, ro_labels *labels,
                             const ro_allocator *allocator, ro_transition *transition,
                             ro_error *error)
{
    if (!json_is_object(json_object_get(component, "upper")))
        return ro_error_set(error, RO_STATUS_UNSUPPORTED, "model",
                            "%s has no upper layer (use_upper = false)", name);
    ro_status status = ro_linear_open(weights, string_at(component, "linear", "W"),
                                      string_at(component, "linear", "b"), 0, encoder_width,
                                      allocator, &transition->linear, error);
    if (status == RO_STATUS_OK)
        status = open_lower(component, name, weights, allocator, transition, error);
    if (status == RO_STATUS_OK)
        status = ro_linear_open(weights, string_at(component, "upper", "W"),
                                string_at(component, "upper", "b"), 0, transition->hidden,
                                allocator, &transition->upper, error);
    return status == RO_STATUS_OK
               ? open_moves(component, name, actions, labels, allocator, transition, error)
               : status;
}

void ro_transition_close(ro_transition *transition, const ro_allocator *allocator)
{
    ro_linear_close(&transition->linear, allocator);
    ro_linear_close(&transition->upper, allocator);
    ro_matrix_free(&transition->lower, allocator);
    ro_alloc_free_aligned(allocator, transition->pad, transition->width, sizeof(float));
    ro_alloc_free_aligned(allocator, transition->bias, transition->hidden * transition->pieces,
                          sizeof(float));
    ro_alloc_free(allocator, transition->moves, transition->class_count, sizeof *transition->moves);
    ro_alloc_free(allocator, transition->runs, transition->class_count, sizeof *transition->runs);
}

void ro_transition_score(const ro_transition *transition, const ro_kernels *kernels,
                         const float *const *parts, float *scratch, float *scores)
{
    size_t columns = transition->hidden * transition->pieces;
    float *hidden = scratch + columns;
    kernels->add_rows(parts, transition->features, scratch, columns);
    kernels->maxout(scratch, transition->bias, transition->hidden, transition->pieces, hidden);
    ro_linear_run(&transition->upper, kernels, hidden, transition->hidden, 1, scores);
}

uint32_t ro_transition_bit(char action)
{
    static const char letters[] = "SDLRBIUOM";
    const char *at = strchr(letters, action);
    return at != NULL && action != '\0' ? UINT32_C(1) << (at - letters) : 0;
}

uint32_t ro_transition_best(const ro_transition *transition, const float *scores, uint32_t allowed)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < transition->run_count; i++) {
        const ro_move_run *run = &transition->runs[i];
        if ((ro_transition_bit(run->action) & allowed) == 0)
            continue;
        uint32_t found =
            run->first + (uint32_t)ro_kernels_argmax(scores + run->first, run->end - run->first);
        if (best == UINT32_MAX || scores[found] > scores[best])
            best = found;
    }
    return best;
}
