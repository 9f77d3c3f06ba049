/* things.c - gathers the forms of things: lines of one kind with one name are about one thing, and
 * the forms of any of them lead to all. Where they lead in the end is spread.c's matter.
 *
 * The last word of a person's forms is a weak form without being written; a word without a capital
 * or in capitals ("II") and an abbreviation ("Jr.") is no surname. Of a form given twice the
 * uppermost file says whether it is weak; within one layer it is not if one of them is not.
 */
#include "base/text.h"
#include "lexicon/draft.h"

/* Finds or makes the thing of a line and chains the line to it. */
static ro_status join_thing(ro_draft *draft, uint32_t index)
{
    ro_draft_line *line = &draft->lines.items[index];
    ro_text key = draft->forms.items[line->first_form].key;
    line->thing = ro_draft_thing_find(draft, line->what, key);
    if (line->thing != RO_DRAFT_NONE) {
        ro_draft_thing *thing = &draft->things.items[line->thing];
        draft->lines.items[thing->last_line].next = index;
        thing->last_line = index;
        return RO_STATUS_OK;
    }
    char room[RO_LEXICON_KEY + 1];
    ro_draft_thing *made = RO_LIST_ADD(draft->arena, &draft->things);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *made = (ro_draft_thing){index, index, RO_DRAFT_NONE, RO_DRAFT_NONE};
    line->thing = draft->things.count - 1;
    return ro_map_set(draft->thing_names, ro_draft_thing_key(line->what, key, room), line->thing);
}

/* A form of a thing as a key of the map of those that were seen. */
static ro_text form_key(uint32_t thing, ro_phrase_case spelling, ro_text key, char *room)
{
    memcpy(room, &thing, sizeof thing);
    room[sizeof thing] = (char)spelling;
    memcpy(room + sizeof thing + 1, key.data, key.length);
    return (ro_text){room, sizeof thing + 1 + key.length};
}
enum { FORM_KEY_ROOM = RO_LEXICON_KEY + sizeof(uint32_t) + 1 };

static void chain_form(ro_draft *draft, ro_draft_thing *thing, uint32_t index)
{
    if (thing->last_form == RO_DRAFT_NONE)
        thing->first_form = index;
    else
        draft->forms.items[thing->last_form].next = index;
    thing->last_form = index;
}

static ro_status join_form(ro_draft *draft, ro_map *seen, uint32_t index)
{
    char room[FORM_KEY_ROOM];
    ro_draft_form *form = &draft->forms.items[index];
    const ro_draft_line *line = &draft->lines.items[form->line];
    ro_text key = form_key(line->thing, form->spelling, form->key, room);
    uint32_t there;
    if (!ro_map_get(seen, key, &there)) {
        chain_form(draft, &draft->things.items[line->thing], index);
        return ro_map_set(seen, key, index);
    }
    ro_draft_form *known = &draft->forms.items[there];
    if (known->line == form->line)
        ro_draft_fault(draft, line,
                       "\"%.*s\" is the same form as \"%.*s\": accents and signs do "
                       "not count, and both ask for the same capitals",
                       RO_DRAFT_SHOWN(form->text), RO_DRAFT_SHOWN(known->text));
    if (draft->lines.items[known->line].layer == line->layer)
        known->weak = known->weak && form->weak;
    return RO_STATUS_OK;
}

/* The last word of a form of two words or more, where it may be a surname; else empty. */
static ro_text surname_of(ro_text form)
{
    size_t start = form.length;
    while (start > 0 && form.data[start - 1] != ' ')
        start--;
    ro_text word = {form.data + start, form.length - start};
    bool is_surname = start > 0 && !ro_text_ends(word, ".") &&
                      (ro_phrase_case_of(word) == RO_PHRASE_CASE_CAPITAL ||
                       (ro_phrase_case_of(word) == RO_PHRASE_CASE_UPPER &&
                        ro_phrase_case_of(form) == RO_PHRASE_CASE_UPPER));
    return is_surname ? word : (ro_text){"", 0};
}

static ro_status add_surname(ro_draft *draft, ro_map *seen, uint32_t thing, uint32_t of)
{
    char key[RO_LEXICON_KEY], room[FORM_KEY_ROOM];
    ro_text word = surname_of(draft->forms.items[of].text);
    size_t length = ro_phrase_add(word, key, 0, sizeof key);
    uint32_t there;
    if (length == 0 || length == SIZE_MAX)
        return RO_STATUS_OK;
    for (int spelling = RO_PHRASE_CASE_ANY; spelling <= RO_PHRASE_CASE_UPPER; spelling++)
        if (ro_map_get(seen,
                       form_key(thing, (ro_phrase_case)spelling, (ro_text){key, length}, room),
                       &there))
            return RO_STATUS_OK;
    const ro_draft_form *form =
        ro_draft_add_form(draft, draft->forms.items[of].line, word, (ro_text){key, length}, true);
    if (form == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    uint32_t index = draft->forms.count - 1;
    chain_form(draft, &draft->things.items[thing], index);
    return ro_map_set(seen, form_key(thing, form->spelling, form->key, room), index);
}

static ro_status add_surnames(ro_draft *draft, ro_map *seen)
{
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = 0; i < draft->things.count; i++) {
        const ro_draft_thing *thing = &draft->things.items[i];
        if (draft->lines.items[thing->first_line].what != RO_FACT_WHAT_PERSON)
            continue;
        /* up to the last that is written: surnames have no surnames */
        uint32_t last = thing->last_form;
        for (uint32_t form = thing->first_form; status == RO_STATUS_OK;
             form = draft->forms.items[form].next) {
            status = add_surname(draft, seen, i, form);
            if (form == last)
                break;
        }
    }
    return status;
}

ro_status ro_things_gather(ro_draft *draft)
{
    ro_map *seen = ro_map_new(draft->allocator);
    ro_status status = seen != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        const ro_draft_line *line = &draft->lines.items[i];
        uint32_t first = line->first_form, end = first + line->form_count;
        if (line->what == RO_FACT_WHAT_SECTOR || line->what == RO_FACT_WHAT_WITHDRAW)
            continue;
        status = join_thing(draft, i);
        for (uint32_t form = first; form < end && status == RO_STATUS_OK; form++)
            status = join_form(draft, seen, form);
    }
    if (status == RO_STATUS_OK)
        status = add_surnames(draft, seen);
    ro_map_free(seen);
    return status;
}
