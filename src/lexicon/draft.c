/* draft.c - what the steps that make a lexicon share: faults of a line, its place, the names that
 * things are kept under. The steps themselves stand in files of their own (draft.h).
 */
#include "lexicon/draft.h"

#include "base/error.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

bool ro_draft_is_noun(ro_fact_what what)
{
    return what == RO_FACT_WHAT_ROLE || what == RO_FACT_WHAT_BODY || what == RO_FACT_WHAT_GROUP ||
           what == RO_FACT_WHAT_SITE;
}

void ro_draft_fault(ro_draft *draft, const ro_draft_line *line, const char *format, ...)
{
    char message[sizeof((ro_error *)0)->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    ro_faults_add(draft->faults, line->text, line->number, "%s", message);
}

const char *ro_draft_place(const ro_draft *draft, const ro_draft_line *line)
{
    const char *place = ro_arena_format(draft->arena, "%s:%llu", draft->texts[line->text].source,
                                        (unsigned long long)line->number);
    return place != NULL ? place : "";
}

ro_draft_form *ro_draft_add_form(ro_draft *draft, uint32_t line, ro_text text, ro_text key,
                                 bool weak)
{
    const char *copy = ro_arena_copy(draft->arena, key.data, key.length);
    ro_draft_form *form = copy != NULL ? RO_LIST_ADD(draft->arena, &draft->forms) : NULL;
    if (form != NULL)
        *form = (ro_draft_form){.text = text,
                                .key = {copy, key.length},
                                .spelling = ro_phrase_case_of(text),
                                .weak = weak,
                                .line = line,
                                .next = RO_DRAFT_NONE};
    return form;
}

ro_text ro_draft_plural(const ro_draft_form *form, char *room)
{
    char plural[RO_LEXICON_KEY];
    size_t length = ro_phrase_plural(form->text, plural, sizeof plural);
    if (length != SIZE_MAX)
        length = ro_phrase_add((ro_text){plural, length}, room, 0, RO_LEXICON_KEY);
    return (ro_text){room, length != SIZE_MAX ? length : 0};
}

ro_text ro_draft_thing_key(ro_fact_what what, ro_text key, char *room)
{
    room[0] = (char)what;
    memcpy(room + 1, key.data, key.length);
    return (ro_text){room, key.length + 1};
}

uint32_t ro_draft_thing_find(const ro_draft *draft, ro_fact_what what, ro_text key)
{
    char room[RO_LEXICON_KEY + 1];
    uint32_t thing = RO_DRAFT_NONE;
    ro_map_get(draft->thing_names, ro_draft_thing_key(what, key, room), &thing);
    return thing;
}
