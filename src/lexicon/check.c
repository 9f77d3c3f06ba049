/* check.c - what no line of a lexicon shows of itself: lines that say the same of the same time,
 * and offices that two people hold at once.
 *
 * Lines are sorted by what they have in common and by the day on which they have surely begun; on
 * the way the term that surely lasts longest is kept, and that of another person. A day is sure
 * where it does not depend on what a year or a month leaves open, so "until 2005" and "from 2005"
 * do not overlap, nor do terms that share a day.
 */
#include "base/date.h"
#include "base/text.h"
#include "lexicon/draft.h"

#include <stdlib.h>

typedef struct term {
    uint32_t group, line;
    int32_t from, until; /* days that it surely holds on */
} term;

typedef struct terms {
    term *items;
    uint32_t count;
    ro_map *groups;
} terms;

static int compare(const void *a, const void *b)
{
    const term *left = a, *right = b;
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return left->line < right->line ? -1 : left->line > right->line;
}

static ro_status add_term(const ro_draft *draft, terms *all, ro_text key, uint32_t index)
{
    const ro_draft_line *line = &draft->lines.items[index];
    uint32_t group = (uint32_t)ro_map_count(all->groups);
    if (!ro_map_get(all->groups, key, &group) &&
        ro_map_set(all->groups, key, group) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_date from = line->from.latest, until = line->until.earliest;
    all->items[all->count++] =
        (term){group, index, ro_date_is_none(from) ? INT32_MIN : ro_date_to_days(from),
               ro_date_is_none(until) ? INT32_MAX : ro_date_to_days(until)};
    return RO_STATUS_OK;
}

static bool is_same_day(ro_draft_day a, ro_draft_day b)
{
    return ro_date_compare(a.earliest, b.earliest) == 0 && ro_date_compare(a.latest, b.latest) == 0;
}

static bool overlap(const ro_draft *draft, const term *a, const term *b)
{
    const ro_draft_line *left = &draft->lines.items[a->line], *right = &draft->lines.items[b->line];
    int32_t from = a->from > b->from ? a->from : b->from;
    int32_t until = a->until < b->until ? a->until : b->until;
    return from < until ||
           (is_same_day(left->from, right->from) && is_same_day(left->until, right->until));
}

/* Whether what is compared is known: no fault was told of it. */
static bool is_clear(const ro_draft_line *line)
{
    return !line->doubted && !line->undated &&
           (line->role.length == 0 || line->role_line != RO_DRAFT_NONE);
}

/* ---- one office, two people ------------------------------------------------------------------ */

/* Only within a layer: who is put into an office by an own lexicon holds it (ro_lexicon_holder),
 * whatever ours says of the same time. */

static bool is_office(const ro_draft *draft, const ro_draft_line *line)
{
    return line->what == RO_FACT_WHAT_PERSON && line->role_line != RO_DRAFT_NONE &&
           draft->lines.items[line->role_line].one && !line->replaced && !line->withdrawn &&
           is_clear(line);
}

static ro_status add_office(const ro_draft *draft, terms *all, uint32_t index)
{
    const ro_draft_line *line = &draft->lines.items[index];
    ro_text owner = line->country.length > 0 ? line->country : line->code;
    const char *key =
        ro_arena_format(draft->arena, "%.*s %u %u", (int)owner.length, owner.data,
                        (unsigned)line->role_line, (unsigned)line->layer);
    return key != NULL ? add_term(draft, all, ro_text_of(key), index) : RO_STATUS_OUT_OF_MEMORY;
}

static void tell_office(ro_draft *draft, const term *now, const term *other)
{
    /* told of the line that stands further down */
    uint32_t last = now->line > other->line ? now->line : other->line;
    uint32_t first = now->line > other->line ? other->line : now->line;
    const ro_draft_line *line = &draft->lines.items[last], *by = &draft->lines.items[first];
    ro_text owner = line->country.length > 0 ? line->country : line->code;
    ro_draft_fault(draft, line, "expected one at a time as %.*s of %.*s, found \"%.*s\" and "
                   "\"%.*s\" (%s) in overlapping terms",
                   RO_DRAFT_SHOWN(draft->lines.items[line->role_line].name), RO_DRAFT_SHOWN(owner),
                   RO_DRAFT_SHOWN(line->name), RO_DRAFT_SHOWN(by->name),
                   ro_draft_place(draft, by));
}

static uint32_t thing_of(const ro_draft *draft, const term *of)
{
    return draft->lines.items[of->line].thing;
}

static void find_shared_offices(ro_draft *draft, const terms *all)
{
    const term *longest = NULL, *other = NULL; /* other: the longest of somebody else */
    for (uint32_t i = 0; i < all->count; i++) {
        const term *now = &all->items[i];
        if (longest != NULL && longest->group != now->group)
            longest = other = NULL;
        bool is_same = longest != NULL && thing_of(draft, longest) == thing_of(draft, now);
        const term *rival = is_same ? other : longest;
        if (rival != NULL && overlap(draft, now, rival))
            tell_office(draft, now, rival);
        if (longest == NULL || now->until > longest->until) {
            other = is_same ? other : longest;
            longest = now;
        } else if (!is_same && (other == NULL || now->until > other->until)) {
            other = now;
        }
    }
}

/* ---- one line, twice ------------------------------------------------------------------------- */

static bool is_statement(const ro_draft_line *line)
{
    return line->thing != RO_DRAFT_NONE && !line->replaced && !line->withdrawn && is_clear(line);
}

/* Lines that are the same but for the term; of people in one office the sectors do not matter. */
static ro_status add_statement(const ro_draft *draft, terms *all, uint32_t index)
{
    const ro_draft_line *line = &draft->lines.items[index];
    bool is_person = line->what == RO_FACT_WHAT_PERSON && line->country.length > 0;
    ro_text code = is_person ? line->country : line->code;
    const char *key =
        ro_arena_format(draft->arena, "%u %.*s %u %u %d", (unsigned)line->thing, (int)code.length,
                        code.data, (unsigned)line->role_line, (unsigned)line->parent_line,
                        line->what == RO_FACT_WHAT_GIVEN ? line->pronoun : 0);
    return key != NULL ? add_term(draft, all, ro_text_of(key), index) : RO_STATUS_OUT_OF_MEMORY;
}

static void find_repeated_lines(ro_draft *draft, const terms *all)
{
    const term *longest = NULL;
    for (uint32_t i = 0; i < all->count; i++) {
        const term *now = &all->items[i];
        if (longest == NULL || longest->group != now->group) {
            longest = now;
            continue;
        }
        if (overlap(draft, now, longest)) {
            uint32_t last = now->line > longest->line ? now->line : longest->line;
            uint32_t first = now->line > longest->line ? longest->line : now->line;
            const ro_draft_line *line = &draft->lines.items[last];
            ro_draft_fault(draft, line, "\"%.*s\" is stated already, by %s",
                           RO_DRAFT_SHOWN(line->name),
                           ro_draft_place(draft, &draft->lines.items[first]));
        }
        if (now->until > longest->until)
            longest = now;
    }
}

/* ---- all ------------------------------------------------------------------------------------- */

static ro_status find(ro_draft *draft, bool offices)
{
    terms all = {.items = ro_arena_alloc(draft->arena, draft->lines.count, sizeof(term)),
                 .groups = ro_map_new(draft->allocator)};
    ro_status status =
        all.items != NULL && all.groups != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        const ro_draft_line *line = &draft->lines.items[i];
        if (offices && is_office(draft, line))
            status = add_office(draft, &all, i);
        else if (!offices && is_statement(line))
            status = add_statement(draft, &all, i);
    }
    ro_map_free(all.groups);
    if (status != RO_STATUS_OK)
        return status;
    qsort(all.items, all.count, sizeof *all.items, compare);
    if (offices)
        find_shared_offices(draft, &all);
    else
        find_repeated_lines(draft, &all);
    return RO_STATUS_OK;
}

ro_status ro_check_terms(ro_draft *draft)
{
    ro_status status = find(draft, false);
    return status == RO_STATUS_OK ? find(draft, true) : status;
}
