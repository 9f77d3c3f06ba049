/* heads.c - extents and sentence starts (spaCy's set_children_from_heads) and pseudo-projective
 * parsing undone (Nivre and Nilsson 2005, scheme HEAD; spaCy's nonproj.pyx).
 */
#include "parse/heads.h"

enum { ROUNDS = 11 };

static void widen(ro_heads *tree, uint32_t child)
{
    uint32_t head = tree->heads[child];
    if (tree->left[child] < tree->left[head])
        tree->left[head] = tree->left[child];
    if (tree->right[child] > tree->right[head])
        tree->right[head] = tree->right[child];
}

/* Marks sentence starts: the left ends of roots. */
static void mark_starts(ro_heads *tree)
{
    for (uint32_t i = 0; i < tree->count; i++)
        tree->starts[i] = -1;
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->heads[i] == i)
            tree->starts[tree->left[i]] = 1;
}

static bool heads_in_sentences(const ro_heads *tree)
{
    uint32_t start = 0;
    for (uint32_t i = 0; i < tree->count; i++) {
        bool last = i + 1 == tree->count;
        if (!(i > 0 && tree->starts[i] == 1) && !last)
            continue;
        for (uint32_t j = start; j < i; j++)
            if (tree->heads[j] < start || tree->heads[j] >= i + 1)
                return false;
        start = i;
    }
    return true;
}

void ro_heads_extend(ro_heads *tree)
{
    for (uint32_t i = 0; i < tree->count; i++)
        tree->left[i] = tree->right[i] = i;
    for (int round = 0; round <= ROUNDS; round++) {
        for (uint32_t i = 0; i < tree->count; i++)
            widen(tree, i);
        for (uint32_t i = tree->count; i > 0; i--)
            widen(tree, i - 1);
        mark_starts(tree);
        if (heads_in_sentences(tree))
            break;
    }
}

/* Breadth first, left to right, from the head of token; its head if there is no such label. */
static uint32_t find_head(const ro_heads *tree, uint32_t token, ro_label label, uint32_t *queue)
{
    uint32_t first = 0, end = 0;
    queue[end++] = tree->heads[token];
    while (first < end) {
        uint32_t at = queue[first++];
        for (uint32_t i = tree->left[at]; i <= tree->right[at]; i++) {
            if (tree->heads[i] != at || i == at || i == token || tree->spaces[i])
                continue;
            if (tree->labels[i] == label)
                return i;
            if (end < tree->count)
                queue[end++] = i;
        }
    }
    return tree->heads[token];
}

void ro_heads_deprojectivize(ro_heads *tree, const ro_lifted *lifted, size_t lifted_count,
                             uint32_t *queue)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        ro_label label = tree->labels[i];
        if (label >= lifted_count || lifted[label].head == 0)
            continue;
        tree->heads[i] = find_head(tree, i, lifted[label].head, queue);
        tree->labels[i] = lifted[label].plain;
    }
    ro_heads_extend(tree);
}
