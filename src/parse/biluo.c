/* biluo.c - the transition system of spaCy's named entity recogniser (ner.pyx): each token
 * begins, continues, ends or is a name, or is outside. Scores come from blocks.c.
 */
#include "parse/biluo.h"

#define NONE UINT32_MAX

/* The name that is open at token: its start and label, or start NONE. */
typedef struct open_name {
    uint32_t start;
    ro_label label;
} open_name;

static bool is_valid(ro_move move, const ro_heads *tree, uint32_t token, open_name open)
{
    bool last = token + 1 >= tree->count;
    bool crosses = !last && tree->starts[token + 1] == 1;
    switch (move.action) {
    case 'B':
        return open.start == NONE && move.label != 0 && !last && !crosses && !tree->spaces[token];
    case 'I':
        return open.start != NONE && move.label == open.label && !last && !crosses;
    case 'L':
        return open.start != NONE && move.label == open.label;
    case 'U':
        return open.start == NONE && move.label != 0 && !tree->spaces[token];
    case 'O':
        return open.start == NONE;
    default:
        return false;
    }
}

static uint32_t best_move(const ro_transition *scorer, const float *scores, const ro_heads *tree,
                          uint32_t token, open_name open)
{
    uint32_t best = NONE;
    for (uint32_t i = 0; i < scorer->class_count; i++)
        if ((best == NONE || scores[i] > scores[best]) &&
            is_valid(scorer->moves[i], tree, token, open))
            best = i;
    return best;
}

/* The token, the first token of the open name, and the one before it in the name (3 features), or
 * the first five of the name (6 features): spaCy's context tokens. */
static void fill_features(size_t features, size_t row, uint32_t token, open_name open,
                          uint32_t *rows)
{
    for (size_t i = 0; i < features; i++)
        rows[i] = NONE;
    rows[0] = (uint32_t)row + token;
    if (open.start == NONE)
        return;
    if (features == 3) {
        rows[1] = (uint32_t)row + open.start;
        rows[2] = (uint32_t)row + token - 1;
    } else {
        for (uint32_t i = 1; i < features && open.start + i - 1 < token; i++)
            rows[i] = (uint32_t)row + open.start + i - 1;
    }
}

ro_status ro_biluo_run(ro_blocks *blocks, const ro_transition *scorer, size_t transition,
                       size_t row, const ro_heads *tree, ro_found_name *names, uint32_t *count)
{
    open_name open = {NONE, 0};
    *count = 0;
    for (uint32_t token = 0; token < tree->count; token++) {
        uint32_t rows[RO_TRANSITION_FEATURES];
        const float *scores;
        fill_features(scorer->features, row, token, open, rows);
        ro_status status = ro_blocks_score(blocks, transition, rows, &scores);
        if (status != RO_STATUS_OK)
            return status;
        uint32_t best = best_move(scorer, scores, tree, token, open);
        if (best == NONE) /* a model without the action needed: the token stays outside */
            continue;
        ro_move move = scorer->moves[best];
        if (move.action == 'B')
            open = (open_name){token, move.label};
        else if (move.action == 'U')
            names[(*count)++] = (ro_found_name){token, token + 1, move.label};
        else if (move.action == 'L') {
            names[(*count)++] = (ro_found_name){open.start, token + 1, open.label};
            open = (open_name){NONE, 0};
        }
    }
    return RO_STATUS_OK;
}
