/* arc_eager.c - the arc-eager transition system (Nivre 2003) with the non-monotonic actions and
 * sentence breaks of spaCy (Honnibal and Johnson 2015; arc_eager.pyx, _state.pxd). Scores come from
 * blocks.c; lifted arcs and extents are heads.c's.
 *
 * The left (right) arcs of a head form a list from the last added back to the first, linked
 * through `older` by child: a child has one head, and only a head's last arc is ever taken back.
 */
#include "parse/arc_eager.h"

#include "base/alloc.h"

#include <string.h>

#define NONE UINT32_MAX

struct ro_arc_eager {
    ro_allocator allocator;
    size_t capacity;
    uint32_t *memory; /* the arrays below, capacity each */
    uint32_t *stack, *rebuffer;
    uint32_t *last_left, *last_right, *older; /* lists of arcs */
    uint32_t *heads;                          /* NONE if none  */
    uint32_t *flags;
    /* the state at hand */
    uint32_t count, next, stack_count, rebuffer_count;
    ro_label *labels;
};

enum { ARRAYS = 7, UNSHIFTABLE = 1, SENTENCE_START = 2, NO_SENTENCE_START = 4 };

ro_arc_eager *ro_arc_eager_new(const ro_allocator *allocator)
{
    ro_arc_eager *state = ro_alloc_zeroed(allocator, 1, sizeof *state);
    if (state != NULL)
        state->allocator = *allocator;
    return state;
}

void ro_arc_eager_free(ro_arc_eager *state)
{
    if (state == NULL)
        return;
    ro_allocator allocator = state->allocator;
    ro_alloc_free(&allocator, state->memory, ARRAYS * state->capacity, sizeof *state->memory);
    ro_alloc_free(&allocator, state, 1, sizeof *state);
}

static ro_status begin(ro_arc_eager *state, const ro_heads *tree)
{
    if (tree->count > state->capacity) {
        size_t capacity = tree->count;
        uint32_t *memory = ro_alloc_zeroed(&state->allocator, ARRAYS * capacity, sizeof *memory);
        if (memory == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        ro_alloc_free(&state->allocator, state->memory, ARRAYS * state->capacity, sizeof *memory);
        uint32_t **arrays[ARRAYS] = {&state->stack,      &state->rebuffer, &state->last_left,
                                     &state->last_right, &state->older,    &state->heads,
                                     &state->flags};
        for (size_t i = 0; i < ARRAYS; i++)
            *arrays[i] = memory + i * capacity;
        state->memory = memory;
        state->capacity = capacity;
    }
    size_t bytes = tree->count * sizeof *state->memory;
    if (bytes > 0) { /* without tokens there may be no memory yet */
        memset(state->last_left, 0xFF, bytes);
        memset(state->last_right, 0xFF, bytes);
        memset(state->older, 0xFF, bytes);
        memset(state->heads, 0xFF, bytes);
    }
    for (uint32_t i = 0; i < tree->count; i++)
        state->flags[i] = tree->starts[i] == 1    ? SENTENCE_START
                          : tree->starts[i] == -1 ? NO_SENTENCE_START
                                                  : 0;
    state->count = tree->count;
    state->next = state->stack_count = state->rebuffer_count = 0;
    state->labels = tree->labels;
    return RO_STATUS_OK;
}

/* The i-th item of the stack, from the top, and of the buffer. */
static uint32_t stack_at(const ro_arc_eager *state, uint32_t i)
{
    return i < state->stack_count ? state->stack[state->stack_count - 1 - i] : NONE;
}

static uint32_t buffer_at(const ro_arc_eager *state, uint32_t i)
{
    if (i < state->rebuffer_count)
        return state->rebuffer[state->rebuffer_count - 1 - i];
    uint32_t at = state->next + (i - state->rebuffer_count);
    return at < state->count ? at : NONE;
}

static uint32_t buffer_length(const ro_arc_eager *state)
{
    return state->count - state->next + state->rebuffer_count;
}

static bool has_flag(const ro_arc_eager *state, uint32_t token, uint32_t flag)
{
    return token != NONE && (state->flags[token] & flag) != 0;
}

static void push(ro_arc_eager *state)
{
    uint32_t token =
        state->rebuffer_count > 0 ? state->rebuffer[--state->rebuffer_count] : state->next++;
    state->stack[state->stack_count++] = token;
}

static void add_arc(ro_arc_eager *state, uint32_t head, uint32_t child, ro_label label)
{
    uint32_t old = state->heads[child];
    if (old != NONE) {
        uint32_t *last = old > child ? &state->last_left[old] : &state->last_right[old];
        if (*last == child)
            *last = state->older[child];
    }
    uint32_t *last = head > child ? &state->last_left[head] : &state->last_right[head];
    state->older[child] = *last;
    *last = child;
    state->heads[child] = head;
    state->labels[child] = label;
}

static uint32_t allowed_actions(const ro_arc_eager *state)
{
    uint32_t first = buffer_at(state, 0), second = buffer_at(state, 1);
    uint32_t length = buffer_length(state);
    bool at_start = has_flag(state, first, SENTENCE_START);
    uint32_t allowed = 0;
    if (state->stack_count == 0 ||
        (length >= 2 && !at_start && !has_flag(state, first, UNSHIFTABLE)))
        allowed |= ro_transition_bit('S');
    if (state->stack_count > 0 &&
        (length == 0 || !(state->stack_count == 1 && has_flag(state, first, NO_SENTENCE_START))))
        allowed |= ro_transition_bit('D');
    if (state->stack_count > 0 && length > 0 && !at_start)
        allowed |= ro_transition_bit('L') | ro_transition_bit('R');
    if (length >= 2 && second == first + 1 &&
        !has_flag(state, second, SENTENCE_START | NO_SENTENCE_START))
        allowed |= ro_transition_bit('B');
    return allowed;
}

static void apply(ro_arc_eager *state, ro_move move)
{
    uint32_t top = stack_at(state, 0), first = buffer_at(state, 0);
    switch (move.action) {
    case 'S':
        push(state);
        break;
    case 'D':
        state->stack_count--;
        if (state->heads[top] == NONE && state->stack_count > 0) { /* back onto the buffer */
            state->flags[top] |= UNSHIFTABLE;
            state->rebuffer[state->rebuffer_count++] = top;
        }
        break;
    case 'L':
        add_arc(state, first, top, move.label);
        state->flags[first] &= ~(uint32_t)UNSHIFTABLE;
        state->stack_count--;
        break;
    case 'R':
        add_arc(state, top, first, move.label);
        push(state);
        break;
    default:
        state->flags[buffer_at(state, 1)] |= SENTENCE_START;
        break;
    }
}

/* The tokens that a state looks at: spaCy's context tokens for 8 features (and 2 or 13). */
static void fill_features(const ro_arc_eager *state, size_t count, size_t row, uint32_t *rows)
{
    uint32_t b0 = buffer_at(state, 0), s0 = stack_at(state, 0), s1 = stack_at(state, 1);
    uint32_t left_b0 = b0 != NONE ? state->last_left[b0] : NONE;
    uint32_t left_s0 = s0 != NONE ? state->last_left[s0] : NONE;
    uint32_t right_s0 = s0 != NONE ? state->last_right[s0] : NONE;
    if (count == 8) {
        const uint32_t tokens[8] = {
            b0, buffer_at(state, 1), s0, s1, stack_at(state, 2), left_b0, left_s0, right_s0};
        memcpy(rows, tokens, sizeof tokens);
    } else {
        uint32_t left_s1 = s1 != NONE ? state->last_left[s1] : NONE;
        uint32_t right_s1 = s1 != NONE ? state->last_right[s1] : NONE;
        const uint32_t tokens[13] = {b0,
                                     buffer_at(state, 1),
                                     s0,
                                     s1,
                                     stack_at(state, 2),
                                     left_s0,
                                     right_s0,
                                     left_b0,
                                     right_s0 != NONE ? state->older[right_s0] : NONE,
                                     left_s1,
                                     left_s1 != NONE ? state->older[left_s1] : NONE,
                                     right_s1,
                                     right_s1 != NONE ? state->older[right_s1] : NONE};
        memcpy(rows, tokens, sizeof tokens);
    }
    for (size_t i = 0; i < count; i++)
        if (rows[i] != NONE)
            rows[i] += (uint32_t)row;
}

ro_status ro_arc_eager_run(ro_arc_eager *state, ro_blocks *blocks, const ro_transition *scorer,
                           size_t transition, size_t row, ro_label root, ro_heads *tree)
{
    ro_status status = begin(state, tree);
    if (status != RO_STATUS_OK)
        return status;
    while (state->stack_count > 0 || buffer_length(state) > 0) {
        uint32_t rows[RO_TRANSITION_FEATURES];
        const float *scores;
        fill_features(state, scorer->features, row, rows);
        status = ro_blocks_score(blocks, transition, rows, &scores);
        if (status != RO_STATUS_OK)
            return status;
        uint32_t best = ro_transition_best(scorer, scores, allowed_actions(state));
        if (best == NONE)
            break; /* a model without the action needed: what is attached stays */
        apply(state, scorer->moves[best]);
    }
    for (uint32_t i = 0; i < tree->count; i++) {
        tree->heads[i] = state->heads[i] != NONE ? state->heads[i] : i;
        if (tree->heads[i] == i)
            tree->labels[i] = root;
    }
    return RO_STATUS_OK;
}
