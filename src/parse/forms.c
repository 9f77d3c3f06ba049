/* forms.c - a worker's table of word forms. What depends on a form alone (ids, shape, lower case)
 * is computed when it is first seen.
 */
#include "parse/forms.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/text.h"

enum { BUCKETS = 1 << 15, SCRATCH = 512 };
#define NONE UINT32_MAX

struct ro_forms {
    ro_allocator allocator;
    const ro_vocabulary *vocabulary;
    ro_arena *arena;
    ro_form *items;
    size_t count, capacity;
    uint32_t *buckets;
};

ro_forms *ro_forms_new(const ro_vocabulary *vocabulary, const ro_allocator *allocator)
{
    ro_forms *forms = ro_alloc_zeroed(allocator, 1, sizeof *forms);
    if (forms == NULL)
        return NULL;
    forms->allocator = *allocator;
    forms->vocabulary = vocabulary;
    forms->buckets = ro_alloc_zeroed(allocator, BUCKETS, sizeof *forms->buckets);
    if (forms->buckets == NULL || ro_forms_clear(forms) != RO_STATUS_OK) {
        ro_forms_free(forms);
        return NULL;
    }
    return forms;
}

void ro_forms_free(ro_forms *forms)
{
    if (forms == NULL)
        return;
    ro_allocator allocator = forms->allocator;
    ro_arena_free(forms->arena);
    ro_alloc_free(&allocator, forms->items, forms->capacity, sizeof *forms->items);
    ro_alloc_free(&allocator, forms->buckets, BUCKETS, sizeof *forms->buckets);
    ro_alloc_free(&allocator, forms, 1, sizeof *forms);
}

ro_status ro_forms_clear(ro_forms *forms)
{
    ro_arena *arena = ro_arena_new(&forms->allocator);
    if (arena == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_arena_free(forms->arena);
    forms->arena = arena;
    forms->count = 0;
    for (size_t i = 0; i < BUCKETS; i++)
        forms->buckets[i] = NONE;
    return RO_STATUS_OK;
}

static bool reserve(ro_forms *forms)
{
    if (forms->count < forms->capacity)
        return true;
    size_t capacity = forms->capacity == 0 ? 4096 : 2 * forms->capacity;
    ro_form *items =
        forms->allocator.resize(forms->allocator.context, forms->items,
                                forms->capacity * sizeof *items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    forms->items = items;
    forms->capacity = capacity;
    return true;
}

static ro_status fill(ro_forms *forms, ro_text text, ro_text norm, ro_form *form)
{
    char small[SCRATCH];
    size_t room = 4 * text.length + 4;
    char *scratch = small;
    if (room > sizeof small && (scratch = ro_alloc_zeroed(&forms->allocator, room, 1)) == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    size_t lower_length = ro_text_lower(text, scratch);
    *form = (ro_form){.document_serial = NONE, .next = NONE};
    const char *copy = ro_arena_copy(forms->arena, text.data, text.length);
    const char *lower = ro_arena_copy(forms->arena, scratch, lower_length);
    const char *norm_copy = ro_arena_copy(forms->arena, norm.data, norm.length);
    ro_status status =
        copy != NULL && lower != NULL && norm_copy != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    if (status == RO_STATUS_OK) {
        form->text = (ro_text){copy, text.length};
        form->lower = (ro_text){lower, lower_length};
        form->norm = (ro_text){norm_copy, norm.length};
        ro_vocabulary_attributes(forms->vocabulary, form->text, form->lower, form->norm, scratch,
                                 &form->attributes);
    }
    if (scratch != small)
        ro_alloc_free(&forms->allocator, scratch, room, 1);
    return status;
}

ro_status ro_forms_add(ro_forms *forms, ro_text text, ro_text norm, uint32_t *form)
{
    uint64_t hash = ro_text_hash(text.data, text.length, norm.length);
    uint32_t *bucket = &forms->buckets[hash % BUCKETS];
    for (uint32_t i = *bucket; i != NONE; i = forms->items[i].next)
        if (ro_text_equal(forms->items[i].text, text) &&
            ro_text_equal(forms->items[i].norm, norm)) {
            *form = i;
            return RO_STATUS_OK;
        }
    if (!reserve(forms))
        return RO_STATUS_OUT_OF_MEMORY;
    ro_status status = fill(forms, text, norm, &forms->items[forms->count]);
    if (status != RO_STATUS_OK)
        return status;
    forms->items[forms->count].next = *bucket;
    *bucket = (uint32_t)forms->count;
    *form = (uint32_t)forms->count++;
    return RO_STATUS_OK;
}

ro_form *ro_forms_at(ro_forms *forms, uint32_t form)
{
    return &forms->items[form];
}

size_t ro_forms_count(const ro_forms *forms)
{
    return forms->count;
}
