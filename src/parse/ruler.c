/* ruler.c - runs an attribute ruler's rules. All are matched against the tokens as they were, then
 * applied in their order, so that later rules win (spaCy's attributeruler.py).
 *
 * Which rules a token matches by itself depends on its form, tag, relation and part of speech, and
 * is remembered; only rules of several tokens look further.
 */
#include "parse/ruler_parts.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 12 };
#define NONE UINT32_MAX

/* The rules whose first token pattern a token matches, ascending: those of one token, whose common
 * effect is `effect`, and those of several, to be looked at further. */
typedef struct rule_memo {
    uint32_t form;
    uint64_t rest; /* tag, relation and part of speech */
    uint32_t *rules;
    uint32_t count;
    bool has_longer;
    ro_effect effect;
} rule_memo;

typedef struct hit {
    uint32_t rule, token; /* token: the one that the rule sets */
} hit;

struct ro_ruler_scratch {
    ro_allocator allocator;
    ro_regex_scratch *regex;
    ro_arena *arena; /* memory of memos, cleared with the forms */
    RO_LIST(rule_memo) memos;
    uint32_t *slots; /* open addressing, NONE if free           */
    size_t slot_count;
    uint32_t *chosen; /* by token: its memo                      */
    size_t chosen_capacity;
    hit *hits; /* of rules of several tokens              */
    size_t hit_count, hit_capacity;
};

ro_ruler_scratch *ro_ruler_scratch_new(const ro_ruler *ruler)
{
    ro_ruler_scratch *scratch = ro_alloc_zeroed(&ruler->allocator, 1, sizeof *scratch);
    if (scratch == NULL)
        return NULL;
    scratch->allocator = ruler->allocator;
    scratch->regex = ro_regex_scratch_new();
    if (scratch->regex == NULL || ro_ruler_scratch_clear(scratch) != RO_STATUS_OK) {
        ro_ruler_scratch_free(scratch);
        return NULL;
    }
    return scratch;
}

void ro_ruler_scratch_free(ro_ruler_scratch *scratch)
{
    if (scratch == NULL)
        return;
    ro_allocator allocator = scratch->allocator;
    ro_regex_scratch_free(scratch->regex);
    ro_arena_free(scratch->arena);
    ro_alloc_free(&allocator, scratch->slots, scratch->slot_count, sizeof *scratch->slots);
    ro_alloc_free(&allocator, scratch->chosen, scratch->chosen_capacity, sizeof *scratch->chosen);
    ro_alloc_free(&allocator, scratch->hits, scratch->hit_capacity, sizeof *scratch->hits);
    ro_alloc_free(&allocator, scratch, 1, sizeof *scratch);
}

static bool make_slots(ro_ruler_scratch *scratch, size_t count)
{
    uint32_t *slots = ro_alloc_zeroed(&scratch->allocator, count, sizeof *slots);
    if (slots == NULL)
        return false;
    memset(slots, 0xFF, count * sizeof *slots);
    ro_alloc_free(&scratch->allocator, scratch->slots, scratch->slot_count, sizeof *slots);
    scratch->slots = slots;
    scratch->slot_count = count;
    return true;
}

ro_status ro_ruler_scratch_clear(ro_ruler_scratch *scratch)
{
    ro_arena *arena = ro_arena_new(&scratch->allocator);
    if (arena == NULL || !make_slots(scratch, FIRST_SLOTS)) {
        ro_arena_free(arena);
        return RO_STATUS_OUT_OF_MEMORY;
    }
    ro_arena_free(scratch->arena);
    scratch->arena = arena;
    memset(&scratch->memos, 0, sizeof scratch->memos);
    return RO_STATUS_OK;
}

/* ---- matching -------------------------------------------------------------------------------- */

static uint64_t value_of(const ro_work *work, uint32_t token, ro_ruler_field field)
{
    const ro_form *form = ro_forms_at(work->table, work->forms[token]);
    switch (field) {
    case RO_RULER_FIELD_ORTH:
    case RO_RULER_FIELD_TEXT:
        return form->attributes.orth;
    case RO_RULER_FIELD_LOWER:
        return form->attributes.lower;
    case RO_RULER_FIELD_NORM:
        return form->attributes.norm;
    case RO_RULER_FIELD_TAG:
        return work->tags[token];
    case RO_RULER_FIELD_POS:
        return work->upos[token];
    case RO_RULER_FIELD_DEP:
        return work->tree.labels[token];
    default:
        return form->attributes.is_space;
    }
}

static ro_text text_of(const ro_ruler *ruler, const ro_work *work, uint32_t token,
                       ro_ruler_field field)
{
    const ro_form *form = ro_forms_at(work->table, work->forms[token]);
    switch (field) {
    case RO_RULER_FIELD_LOWER:
        return form->lower;
    case RO_RULER_FIELD_TAG:
        return ro_text_of(ro_labels_text(ruler->labels, work->tags[token]));
    case RO_RULER_FIELD_DEP:
        return ro_text_of(ro_labels_text(ruler->labels, work->tree.labels[token]));
    default:
        return form->text;
    }
}

static bool condition_holds(const ro_ruler *ruler, ro_ruler_scratch *scratch, const ro_work *work,
                            uint32_t token, const ro_condition *condition)
{
    if (condition->regex != NULL) {
        size_t start, end;
        return ro_regex_search(condition->regex, scratch->regex,
                               text_of(ruler, work, token, condition->field), 0, &start, &end);
    }
    uint64_t value = value_of(work, token, condition->field);
    for (size_t i = 0; i < condition->value_count; i++)
        if (condition->values[i] == value)
            return !condition->negated;
    return condition->negated;
}

static bool token_matches(const ro_ruler *ruler, ro_ruler_scratch *scratch, const ro_work *work,
                          uint32_t token, const ro_token_pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->conditions.count; i++)
        if (!condition_holds(ruler, scratch, work, token, &pattern->conditions.items[i]))
            return false;
    return true;
}

static void add_effect(ro_effect *sum, const ro_effect *effect)
{
    sum->sets |= effect->sets;
    if (effect->sets & RO_EFFECT_TAG)
        sum->tag = effect->tag;
    if (effect->sets & RO_EFFECT_MORPH)
        sum->morph = effect->morph;
    if (effect->sets & RO_EFFECT_DEPREL)
        sum->deprel = effect->deprel;
    if (effect->sets & RO_EFFECT_LEMMA)
        sum->lemma = effect->lemma;
    if (effect->sets & RO_EFFECT_UPOS)
        sum->upos = effect->upos;
}

static ro_status make_memo(const ro_ruler *ruler, ro_ruler_scratch *scratch, const ro_work *work,
                           uint32_t token, rule_memo *made)
{
    RO_LIST(uint32_t) rules = {0};
    for (uint32_t i = 0; i < ruler->rules.count; i++) {
        const ro_rule *rule = &ruler->rules.items[i];
        if (!token_matches(ruler, scratch, work, token, &rule->tokens.items[0]))
            continue;
        uint32_t *item = RO_LIST_ADD(scratch->arena, &rules);
        if (item == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *item = i;
        if (rule->tokens.count == 1)
            add_effect(&made->effect, &rule->effect);
        else
            made->has_longer = true;
    }
    made->rules = rules.items;
    made->count = rules.count;
    return RO_STATUS_OK;
}

static size_t slot_of(const ro_ruler_scratch *scratch, uint32_t form, uint64_t rest)
{
    uint64_t hash = ((uint64_t)form << 40 ^ rest) * 0x9E3779B97F4A7C15U;
    for (size_t slot = (size_t)(hash >> 20);; slot++) {
        uint32_t held = scratch->slots[slot &= scratch->slot_count - 1];
        const rule_memo *memo = held != NONE ? &scratch->memos.items[held] : NULL;
        if (memo == NULL || (memo->form == form && memo->rest == rest))
            return slot;
    }
}

static bool grow_slots(ro_ruler_scratch *scratch)
{
    if (2 * (size_t)scratch->memos.count < scratch->slot_count)
        return true;
    if (!make_slots(scratch, 2 * scratch->slot_count))
        return false;
    for (uint32_t i = 0; i < scratch->memos.count; i++) {
        const rule_memo *memo = &scratch->memos.items[i];
        scratch->slots[slot_of(scratch, memo->form, memo->rest)] = i;
    }
    return true;
}

static ro_status find_memo(const ro_ruler *ruler, ro_ruler_scratch *scratch, const ro_work *work,
                           uint32_t token, uint32_t *found)
{
    uint32_t form = work->forms[token];
    uint64_t rest = (uint64_t)work->tags[token] << 24 | (uint64_t)work->tree.labels[token] << 8 |
                    work->upos[token];
    size_t slot = slot_of(scratch, form, rest);
    if (scratch->slots[slot] == NONE) {
        if (!grow_slots(scratch))
            return RO_STATUS_OUT_OF_MEMORY;
        rule_memo made = {.form = form, .rest = rest};
        ro_status status = make_memo(ruler, scratch, work, token, &made);
        rule_memo *item =
            status == RO_STATUS_OK ? RO_LIST_ADD(scratch->arena, &scratch->memos) : NULL;
        if (item == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *item = made;
        slot = slot_of(scratch, form, rest);
        scratch->slots[slot] = scratch->memos.count - 1;
    }
    *found = scratch->slots[slot];
    return RO_STATUS_OK;
}

/* ---- applying -------------------------------------------------------------------------------- */

static void apply(const ro_ruler *ruler, ro_work *work, uint32_t token, const ro_effect *effect)
{
    if (effect->sets & RO_EFFECT_TAG)
        work->tags[token] = effect->tag;
    if (effect->sets & RO_EFFECT_MORPH)
        work->morphs[token] = effect->morph;
    if (effect->sets & RO_EFFECT_DEPREL)
        work->tree.labels[token] = effect->deprel;
    if (effect->sets & RO_EFFECT_LEMMA)
        work->lemmas[token] = ro_labels_text(ruler->labels, effect->lemma);
    if (effect->sets & RO_EFFECT_UPOS)
        work->upos[token] = effect->upos;
}

static ro_status add_hit(ro_ruler_scratch *scratch, uint32_t rule, uint32_t token)
{
    if (scratch->hit_count == scratch->hit_capacity) {
        size_t capacity = 2 * scratch->hit_capacity + 64;
        hit *hits = scratch->allocator.resize(scratch->allocator.context, scratch->hits,
                                              scratch->hit_capacity * sizeof *hits,
                                              capacity * sizeof *hits);
        if (hits == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        scratch->hits = hits;
        scratch->hit_capacity = capacity;
    }
    scratch->hits[scratch->hit_count++] = (hit){rule, token};
    return RO_STATUS_OK;
}

/* Finds the rules of several tokens that match at token. */
static ro_status find_longer(const ro_ruler *ruler, ro_ruler_scratch *scratch, const ro_work *work,
                             uint32_t token, const rule_memo *memo)
{
    for (uint32_t i = 0; i < memo->count; i++) {
        const ro_rule *rule = &ruler->rules.items[memo->rules[i]];
        uint32_t length = rule->tokens.count, j = 1;
        if (length == 1 || length > work->count - token)
            continue;
        while (j < length && token_matches(ruler, scratch, work, token + j, &rule->tokens.items[j]))
            j++;
        ro_status status =
            j == length ? add_hit(scratch, memo->rules[i], token + rule->target) : RO_STATUS_OK;
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}

static int compare_hits(const void *a, const void *b)
{
    const hit *x = a, *y = b;
    if (x->token != y->token)
        return x->token < y->token ? -1 : 1;
    return (x->rule > y->rule) - (x->rule < y->rule);
}

/* Applies a token's own rules and the hits on it, in the order of the rules: a merge of two
 * ascending lists. */
static void apply_merged(const ro_ruler *ruler, ro_ruler_scratch *scratch, ro_work *work,
                         const hit *hits, size_t count)
{
    uint32_t token = hits[0].token;
    const rule_memo *memo = &scratch->memos.items[scratch->chosen[token]];
    size_t next = 0;
    for (uint32_t i = 0; i <= memo->count; i++) {
        uint32_t rule = i < memo->count ? memo->rules[i] : UINT32_MAX;
        for (; next < count && hits[next].rule < rule; next++)
            apply(ruler, work, token, &ruler->rules.items[hits[next].rule].effect);
        if (rule != UINT32_MAX && ruler->rules.items[rule].tokens.count == 1)
            apply(ruler, work, token, &ruler->rules.items[rule].effect);
    }
}

ro_status ro_ruler_run(const ro_ruler *ruler, ro_ruler_scratch *scratch, ro_work *work)
{
    const ro_allocator *allocator = &scratch->allocator;
    if (work->count > scratch->chosen_capacity) {
        ro_alloc_free(allocator, scratch->chosen, scratch->chosen_capacity,
                      sizeof *scratch->chosen);
        scratch->chosen = ro_alloc_zeroed(allocator, work->count, sizeof *scratch->chosen);
        scratch->chosen_capacity = scratch->chosen != NULL ? work->count : 0;
        if (scratch->chosen == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    scratch->hit_count = 0;
    for (uint32_t i = 0; i < work->count; i++) {
        ro_status status = find_memo(ruler, scratch, work, i, &scratch->chosen[i]);
        const rule_memo *memo =
            status == RO_STATUS_OK ? &scratch->memos.items[scratch->chosen[i]] : NULL;
        if (memo != NULL && memo->has_longer)
            status = find_longer(ruler, scratch, work, i, memo);
        if (status != RO_STATUS_OK)
            return status;
    }
    for (uint32_t i = 0; i < work->count; i++)
        apply(ruler, work, i, &scratch->memos.items[scratch->chosen[i]].effect);
    if (scratch->hit_count > 0)
        qsort(scratch->hits, scratch->hit_count, sizeof *scratch->hits, compare_hits);
    for (size_t i = 0, end; i < scratch->hit_count; i = end) {
        end = i + 1;
        while (end < scratch->hit_count && scratch->hits[end].token == scratch->hits[i].token)
            end++;
        apply_merged(ruler, scratch, work, &scratch->hits[i], end - i);
    }
    return RO_STATUS_OK;
}
