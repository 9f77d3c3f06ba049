/* spread.c - which form leads to which lines of a lexicon, and which no longer does: withdrawing.
 *
 * Every form of a thing leads to every line of it, with the plurals of nouns. A withdrawn form is
 * passed over where the file that withdraws it lies above the one that gives it; a line whose name
 * is withdrawn from above is reached by no form. Countries, sectors and nouns can be referred to by
 * code or role even then.
 */
#include "base/text.h"
#include "lexicon/draft.h"

/* Our own have some 66,000; lines and forms of one name multiply. */
enum { ENTRIES_MOST = 1 << 21 };

/* A form that a withdraw line names; those of one key are chained. */
typedef struct rule {
    uint32_t form, next;
    bool used;
} rule;

typedef struct rules {
    ro_map *keys;
    RO_LIST(rule) list;
} rules;

static ro_status list_rules(ro_draft *draft, rules *all)
{
    for (uint32_t i = 0; i < draft->lines.count; i++) {
        const ro_draft_line *line = &draft->lines.items[i];
        if (line->what != RO_FACT_WHAT_WITHDRAW)
            continue;
        for (uint32_t form = line->first_form; form < line->first_form + line->form_count; form++) {
            uint32_t next = RO_DRAFT_NONE;
            ro_text key = draft->forms.items[form].key;
            ro_map_get(all->keys, key, &next);
            rule *added = RO_LIST_ADD(draft->arena, &all->list);
            if (added == NULL || ro_map_set(all->keys, key, all->list.count - 1) != RO_STATUS_OK)
                return RO_STATUS_OUT_OF_MEMORY;
            *added = (rule){form, next, false};
        }
    }
    return RO_STATUS_OK;
}

/* Whether a form given in some layer is withdrawn from a line; marks the rules that say so. */
static bool is_withdrawn(const ro_draft *draft, rules *all, ro_text key, uint32_t layer,
                         const ro_draft_line *line)
{
    uint32_t at = RO_DRAFT_NONE;
    bool found = false;
    if (all->list.count > 0)
        ro_map_get(all->keys, key, &at);
    for (; at != RO_DRAFT_NONE; at = all->list.items[at].next) {
        rule *each = &all->list.items[at];
        const ro_draft_line *by = &draft->lines.items[draft->forms.items[each->form].line];
        if (by->layer > layer && (by->code.length == 0 || ro_text_equal(by->code, line->code)))
            found = each->used = true;
    }
    return found;
}

static ro_status add_entry(ro_draft *draft, ro_text key, uint32_t line, const ro_draft_form *form)
{
    if (draft->entries.count == ENTRIES_MOST)
        return RO_STATUS_TOO_LARGE; /* told by ro_spread_forms */
    ro_draft_entry *entry = RO_LIST_ADD(draft->arena, &draft->entries);
    if (entry == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *entry = (ro_draft_entry){key, line, form->spelling, form->weak};
    return RO_STATUS_OK;
}

static ro_status add_plural(ro_draft *draft, uint32_t line, const ro_draft_form *form)
{
    char room[RO_LEXICON_KEY];
    ro_text plural = ro_draft_plural(form, room);
    if (plural.length == 0)
        return RO_STATUS_OK;
    plural.data = ro_arena_copy(draft->arena, plural.data, plural.length);
    return plural.data != NULL ? add_entry(draft, plural, line, form) : RO_STATUS_OUT_OF_MEMORY;
}

static ro_status spread_to(ro_draft *draft, rules *all, uint32_t index)
{
    ro_draft_line *line = &draft->lines.items[index];
    ro_status status = RO_STATUS_OK;
    ro_text name = draft->forms.items[line->first_form].key;
    line->withdrawn = is_withdrawn(draft, all, name, line->layer, line);
    uint32_t at = draft->things.items[line->thing].first_form;
    for (; at != RO_DRAFT_NONE && status == RO_STATUS_OK; at = draft->forms.items[at].next) {
        const ro_draft_form *form = &draft->forms.items[at];
        /* asked of withdrawn and replaced lines too: a rule that speaks of them is not idle */
        if (is_withdrawn(draft, all, form->key, draft->lines.items[form->line].layer, line) ||
            line->withdrawn || line->replaced)
            continue;
        status = add_entry(draft, form->key, index, form);
        if (status == RO_STATUS_OK && ro_draft_is_noun(line->what))
            status = add_plural(draft, index, form);
    }
    return status;
}

static void check_rules(ro_draft *draft, const rules *all)
{
    for (uint32_t i = 0; i < all->list.count; i++) {
        const ro_draft_form *form = &draft->forms.items[all->list.items[i].form];
        const ro_draft_line *line = &draft->lines.items[form->line];
        if (!all->list.items[i].used)
            ro_draft_fault(draft, line, "expected a form that an earlier file gives%s%.*s, found "
                           "\"%.*s\"", line->code.length > 0 ? " to " : "",
                           RO_DRAFT_SHOWN(line->code), RO_DRAFT_SHOWN(form->text));
    }
}

ro_status ro_spread_forms(ro_draft *draft)
{
    rules all = {.keys = ro_map_new(draft->allocator)};
    ro_status status = all.keys != NULL ? list_rules(draft, &all) : RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        const ro_draft_line *line = &draft->lines.items[i];
        if (line->thing != RO_DRAFT_NONE)
            status = spread_to(draft, &all, i);
        if (status == RO_STATUS_TOO_LARGE)
            ro_draft_fault(draft, line, "expected fewer lines or forms of \"%.*s\": each form "
                           "leads to each line, here past 2^21 ways in all",
                           RO_DRAFT_SHOWN(line->name));
    }
    if (status == RO_STATUS_OK)
        check_rules(draft, &all);
    ro_map_free(all.keys);
    return status == RO_STATUS_TOO_LARGE ? RO_STATUS_OK : status; /* it is among the faults */
}
