/* resolve.c - looks up what lines of a lexicon say of other lines: codes, roles, parents.
 *
 * A role leads to the line whose first form it is, else to one that has it among its forms, else to
 * one of which it is the plural, and on through synonyms to the line that is no synonym. An
 * organization without a code takes the first one on the way from parent to parent. Such a way has
 * 16 links at most: what goes on is too much for a reader, or goes round in circles.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "lexicon/draft.h"

enum { LINKS_MOST = 16 };

/* ---- roles ----------------------------------------------------------------------------------- */

static bool is_there(const ro_draft_line *line)
{
    return !line->replaced;
}

static ro_status list_noun(ro_draft *draft, ro_text key, uint32_t line)
{
    uint32_t there;
    return ro_map_get(draft->roles, key, &there) ? RO_STATUS_OK
                                                 : ro_map_set(draft->roles, key, line);
}

/* Names come before other forms, and these before plurals, whichever line they are in. */
static ro_status list_nouns(ro_draft *draft)
{
    enum { NAMES, OTHER_FORMS, PLURALS, PASSES };
    ro_status status = RO_STATUS_OK;
    for (int pass = NAMES; pass < PASSES; pass++) {
        for (uint32_t i = 0; i < draft->lines.count; i++) {
            const ro_draft_line *line = &draft->lines.items[i];
            uint32_t first = line->first_form + (pass == OTHER_FORMS);
            uint32_t end = pass == NAMES ? first + 1 : line->first_form + line->form_count;
            if (!ro_draft_is_noun(line->what) || !is_there(line))
                continue;
            for (uint32_t form = first; form < end && status == RO_STATUS_OK; form++) {
                char plural[RO_LEXICON_KEY];
                ro_text key = draft->forms.items[form].key;
                if (pass == PLURALS)
                    key = ro_draft_plural(&draft->forms.items[form], plural);
                if (key.length > 0)
                    status = list_noun(draft, key, i);
            }
        }
    }
    return status;
}

static uint32_t find_noun(const ro_draft *draft, ro_text role)
{
    char key[RO_LEXICON_KEY];
    uint32_t line = RO_DRAFT_NONE;
    size_t length = ro_phrase_add(role, key, 0, sizeof key);
    if (length > 0 && length != SIZE_MAX)
        ro_map_get(draft->roles, (ro_text){key, length}, &line);
    return line;
}

static void find_role(ro_draft *draft, ro_draft_line *line)
{
    if (line->what == RO_FACT_WHAT_SECTOR && line->role.length != 3)
        ro_draft_fault(draft, line, "expected the three letters of PLOVER, found \"%.*s\"",
                       RO_DRAFT_SHOWN(line->role));
    if (line->what == RO_FACT_WHAT_SECTOR)
        return;
    line->role_line = find_noun(draft, line->role);
    if (line->role_line == RO_DRAFT_NONE)
        ro_draft_fault(draft, line,
                       "expected a form of a role, body, group or site line, found \"%.*s\"",
                       RO_DRAFT_SHOWN(line->role));
}

/* The noun that one is another word for in the end, maybe itself. A way that is too long is told
 * where it stops, and cut there. */
static uint32_t last_noun(ro_draft *draft, uint32_t *links, uint32_t noun)
{
    for (int count = 0; links[noun] != RO_DRAFT_NONE && links[noun] != noun; count++) {
        ro_draft_line *line = &draft->lines.items[noun];
        if (count < LINKS_MOST) {
            noun = links[noun];
            continue;
        }
        ro_draft_fault(draft, line, "\"%.*s\" is another word for \"%.*s\", in a circle or a row "
                       "of more than 16", RO_DRAFT_SHOWN(line->name), RO_DRAFT_SHOWN(line->role));
        links[noun] = RO_DRAFT_NONE;
    }
    return noun;
}

ro_status ro_resolve_roles(ro_draft *draft)
{
    uint32_t count = draft->lines.count;
    ro_status status = list_nouns(draft);
    uint32_t *links = ro_arena_alloc(draft->arena, count, sizeof *links);
    if (status != RO_STATUS_OK || links == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        if (is_there(line) && line->role.length > 0)
            find_role(draft, line);
        links[i] = line->role_line;
    }
    for (uint32_t i = 0; i < count; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        if (ro_draft_is_noun(line->what))
            line->role_line = last_noun(draft, links, i);
        else if (line->role_line != RO_DRAFT_NONE)
            line->role_line = last_noun(draft, links, line->role_line);
    }
    return RO_STATUS_OK;
}

/* ---- parents --------------------------------------------------------------------------------- */

static void find_parent(ro_draft *draft, ro_draft_line *line)
{
    char key[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(line->parent, key, 0, sizeof key);
    uint32_t thing = length > 0 && length != SIZE_MAX
                         ? ro_draft_thing_find(draft, RO_FACT_WHAT_ORGANIZATION,
                                               (ro_text){key, length})
                         : RO_DRAFT_NONE;
    if (thing != RO_DRAFT_NONE)
        line->parent_line = draft->things.items[thing].first_line;
    while (line->parent_line != RO_DRAFT_NONE &&
           !is_there(&draft->lines.items[line->parent_line]))
        line->parent_line = draft->lines.items[line->parent_line].next;
    if (line->parent_line != RO_DRAFT_NONE)
        return;
    line->doubted = true;
    ro_draft_fault(draft, line, "expected the name of an organization as parent, found \"%.*s\"",
                   RO_DRAFT_SHOWN(line->parent));
}

/* Gives a line without a code that of the nearest above it, also where that is in doubt. */
static void inherit_code(ro_draft *draft, ro_draft_line *line)
{
    ro_draft_line *at = line, *heir = line->code.length > 0 || line->doubted ? NULL : line;
    for (int count = 0; at->parent_line != RO_DRAFT_NONE; count++) {
        if (count == LINKS_MOST) {
            ro_draft_fault(draft, at, "\"%.*s\" belongs to \"%.*s\", in a circle or a row of more "
                           "than 16", RO_DRAFT_SHOWN(at->name), RO_DRAFT_SHOWN(at->parent));
            at->parent_line = RO_DRAFT_NONE;
            at->doubted = true;
        } else {
            at = &draft->lines.items[at->parent_line];
        }
        if (heir == NULL || (at->code.length == 0 && !at->doubted))
            continue;
        heir->code = at->code;
        heir->country = at->country;
        heir->sectors = at->sectors;
        heir->doubted = at->doubted;
        heir = NULL;
    }
}

/* ---- codes ----------------------------------------------------------------------------------- */

/* Two lines have one code. Lines come from the uppermost layer down: the upper one is at fault, and
 * the code stays with the lower one, on which other lines rely. */
static void settle_code(ro_draft *draft, uint32_t index, uint32_t there)
{
    const ro_draft_line *line = &draft->lines.items[index], *other = &draft->lines.items[there];
    if (other->layer > line->layer) {
        ro_map_set(draft->codes, line->code, index); /* is there: takes no memory */
        line = other;
        other = &draft->lines.items[index];
    }
    ro_draft_fault(draft, line, "expected a new code, found that of \"%.*s\" (%s): %.*s",
                   RO_DRAFT_SHOWN(other->name), ro_draft_place(draft, other),
                   RO_DRAFT_SHOWN(line->code));
}

static ro_status list_codes(ro_draft *draft)
{
    for (uint32_t i = 0; i < draft->lines.count; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        uint32_t there;
        if ((line->what != RO_FACT_WHAT_SECTOR && line->what != RO_FACT_WHAT_COUNTRY) ||
            !is_there(line) || line->doubted)
            continue;
        if (line->code.length != 3) {
            ro_draft_fault(draft, line, "expected a code of three letters, found \"%.*s\"",
                           RO_DRAFT_SHOWN(line->code));
            line->code.length = 0;
            line->doubted = true;
        } else if (ro_map_get(draft->codes, line->code, &there)) {
            settle_code(draft, i, there);
        } else if (ro_map_set(draft->codes, line->code, i) != RO_STATUS_OK) {
            return RO_STATUS_OUT_OF_MEMORY;
        }
    }
    return RO_STATUS_OK;
}

static const ro_draft_line *find_code(const ro_draft *draft, ro_text part)
{
    uint32_t line;
    return ro_map_get(draft->codes, part, &line) ? &draft->lines.items[line] : NULL;
}

/* Kinds of organizations that act across borders. What is behind is their own: UNO of IGOUNO. */
static bool has_own_letters(const ro_draft_line *line)
{
    static const char *const kinds[] = {"IGO", "NGO", "NGM", "MNC", "IMG"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (ro_text_starts(line->code, kinds[i]))
            return !ro_draft_is_noun(line->what);
    return false;
}

static void tell_part(ro_draft *draft, ro_draft_line *line, size_t at)
{
    line->doubted = true;
    if (at == 0)
        ro_draft_fault(draft, line, "expected a code of a known country or sector, found \"%.*s\"",
                       RO_DRAFT_SHOWN(line->code));
    else
        ro_draft_fault(draft, line, "expected a known sector behind %.*s, found \"%.*s\"", (int)at,
                       line->code.data, RO_DRAFT_SHOWN(((ro_text){line->code.data + at, 3})));
}

/* Splits a code into country and sectors, as far as they are known. */
static ro_status split_code(ro_draft *draft, ro_draft_line *line)
{
    char sectors[24]; /* five parts at most */
    size_t length = 0;
    bool own_letters = has_own_letters(line);
    for (size_t i = 0; i < line->code.length; i += 3) {
        ro_text part = {line->code.data + i, 3};
        const ro_draft_line *found = find_code(draft, part);
        bool is_country = found != NULL && found->what == RO_FACT_WHAT_COUNTRY;
        if (is_country && i == 0) {
            line->country = found->code;
        } else if (found != NULL && !is_country) {
            if (length > 0)
                sectors[length++] = ' ';
            memcpy(sectors + length, part.data, 3);
            length += 3;
        } else if (i == 0 || !own_letters) {
            tell_part(draft, line, i);
            break;
        }
    }
    line->sectors = (ro_text){ro_arena_copy(draft->arena, sectors, length), length};
    return line->sectors.data != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

/* Whether the kind of line has the code that it needs, and none that it must not have. */
static void check_code(ro_draft *draft, const ro_draft_line *line)
{
    bool has_country = line->country.length > 0;
    const char *expected = NULL;
    switch (line->what) {
    case RO_FACT_WHAT_DEMONYM:
    case RO_FACT_WHAT_CAPITAL:
    case RO_FACT_WHAT_REGION:
        expected = line->code.length == 3 && has_country ? NULL : "the code of a country";
        break;
    case RO_FACT_WHAT_PERSON:
        expected = line->code.length > 0 ? NULL : "a code";
        break;
    case RO_FACT_WHAT_ORGANIZATION:
        expected = line->code.length > 0 ? NULL : "a code, or a parent that has one";
        break;
    default:
        expected = ro_draft_is_noun(line->what) && has_country ? "sectors alone" : NULL;
        break;
    }
    if (expected != NULL)
        ro_draft_fault(draft, line, "expected %s, found \"%.*s\"", expected,
                       RO_DRAFT_SHOWN(line->code));
}

ro_status ro_resolve_codes(ro_draft *draft)
{
    ro_status status = list_codes(draft);
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        if (is_there(line) && line->parent.length > 0)
            find_parent(draft, line);
        if (is_there(line) && line->what == RO_FACT_WHAT_SECTOR)
            line->sectors = line->code;
        else if (is_there(line))
            status = split_code(draft, line);
    }
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        inherit_code(draft, line);
        if (is_there(line) && !line->doubted)
            check_code(draft, line);
    }
    return status;
}
