/* resolve.c - looks up what lines of a lexicon say of other lines: codes, roles, parents.
 *
 * A role leads to the line whose first form it is, else to one that has it among its forms, else to
 * one of which it is the plural, and on through synonyms to the line that is no synonym. An
 * organization without a code takes the first one on the way from parent to parent. Chains are
 * walked twice, to their end and again to note it, so that long ones take linear time; a chain that
 * comes back to itself is a fault.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "lexicon/draft.h"

/* ---- chains ---------------------------------------------------------------------------------- */

/* What walking has found out about a line. */
enum { UNSEEN, ON_THE_WAY, DONE };

/* Marks the chain of links from a line to its end; returns the last line. Sets *circular if it
 * comes back to itself. */
static uint32_t walk(const uint32_t *links, uint8_t *seen, uint32_t start, bool *circular)
{
    uint32_t at = start;
    *circular = false;
    for (;;) {
        seen[at] = ON_THE_WAY;
        uint32_t next = links[at];
        if (next == RO_DRAFT_NONE || seen[next] == DONE)
            return at;
        if (seen[next] == ON_THE_WAY) {
            *circular = true;
            return at;
        }
        at = next;
    }
}

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

/* Who may have a role; a sector's is what PLOVER calls it. */
static bool takes_role(ro_fact_what what)
{
    return ro_draft_is_noun(what) || what == RO_FACT_WHAT_PERSON ||
           what == RO_FACT_WHAT_ORGANIZATION;
}

static void check_role(ro_draft *draft, ro_draft_line *line)
{
    if (line->role.length == 0)
        return;
    if (line->what == RO_FACT_WHAT_SECTOR) {
        if (line->role.length != 3)
            ro_draft_fault(draft, line, "expected the three letters of PLOVER, found \"%.*s\"",
                           RO_DRAFT_SHOWN(line->role));
        return;
    }
    if (!takes_role(line->what)) {
        ro_draft_fault(draft, line, "expected no role here, found \"%.*s\"",
                       RO_DRAFT_SHOWN(line->role));
        return;
    }
    line->role_line = find_noun(draft, line->role);
    if (line->role_line == RO_DRAFT_NONE)
        ro_draft_fault(draft, line,
                       "expected a form of a role, body, group or site line, found \"%.*s\"",
                       RO_DRAFT_SHOWN(line->role));
}

/* Leads every noun's role_line to the end of its chain of synonyms. */
static ro_status follow_synonyms(ro_draft *draft)
{
    uint32_t count = draft->lines.count;
    uint32_t *links = ro_arena_alloc(draft->arena, count, sizeof *links);
    uint8_t *seen = ro_arena_alloc(draft->arena, count, 1);
    if (links == NULL || seen == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const ro_draft_line *line = &draft->lines.items[i];
        bool is_synonym = ro_draft_is_noun(line->what) && line->role_line != i;
        links[i] = is_synonym ? line->role_line : RO_DRAFT_NONE;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!ro_draft_is_noun(draft->lines.items[i].what) || seen[i] != UNSEEN)
            continue;
        bool circular;
        uint32_t last = walk(links, seen, i, &circular);
        uint32_t beyond = circular ? RO_DRAFT_NONE : links[last];
        uint32_t end = beyond != RO_DRAFT_NONE ? draft->lines.items[beyond].role_line : last;
        if (circular)
            ro_draft_fault(draft, &draft->lines.items[last],
                           "\"%.*s\" is another word for itself, by way of \"%.*s\"",
                           RO_DRAFT_SHOWN(draft->lines.items[last].name),
                           RO_DRAFT_SHOWN(draft->lines.items[last].role));
        for (uint32_t at = i; at != RO_DRAFT_NONE && seen[at] == ON_THE_WAY; at = links[at]) {
            seen[at] = DONE;
            draft->lines.items[at].role_line = end;
        }
    }
    return RO_STATUS_OK;
}

ro_status ro_resolve_roles(ro_draft *draft)
{
    ro_status status = list_nouns(draft);
    if (status != RO_STATUS_OK)
        return status;
    for (uint32_t i = 0; i < draft->lines.count; i++)
        if (is_there(&draft->lines.items[i]) &&
            draft->lines.items[i].what != RO_FACT_WHAT_WITHDRAW)
            check_role(draft, &draft->lines.items[i]);
    status = follow_synonyms(draft);
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        if (!ro_draft_is_noun(line->what) && line->role_line != RO_DRAFT_NONE)
            line->role_line = draft->lines.items[line->role_line].role_line;
    }
    return status;
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

static ro_status inherit_codes(ro_draft *draft)
{
    uint32_t count = draft->lines.count;
    uint32_t *links = ro_arena_alloc(draft->arena, count, sizeof *links);
    uint8_t *seen = ro_arena_alloc(draft->arena, count, 1);
    if (links == NULL || seen == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        links[i] = draft->lines.items[i].parent_line;
    for (uint32_t i = 0; i < count; i++) {
        bool circular;
        if (links[i] == RO_DRAFT_NONE || seen[i] != UNSEEN)
            continue;
        uint32_t last = walk(links, seen, i, &circular);
        draft->lines.items[last].doubted |= circular;
        if (circular)
            ro_draft_fault(draft, &draft->lines.items[last],
                           "\"%.*s\" belongs to itself, by way of \"%.*s\"",
                           RO_DRAFT_SHOWN(draft->lines.items[last].name),
                           RO_DRAFT_SHOWN(draft->lines.items[last].parent));
        /* the code comes from the nearest above: note the way back, and take it from its end */
        uint32_t above = circular ? RO_DRAFT_NONE : links[last];
        for (uint32_t at = i, back = RO_DRAFT_NONE;;) {
            uint32_t next = links[at];
            links[at] = back;
            back = at;
            if (at == last)
                break;
            at = next;
        }
        for (uint32_t at = last; at != RO_DRAFT_NONE; above = at, at = links[at]) {
            ro_draft_line *line = &draft->lines.items[at];
            seen[at] = DONE;
            if (line->code.length == 0 && above != RO_DRAFT_NONE)
                line->code = draft->lines.items[above].code;
        }
    }
    return RO_STATUS_OK;
}

/* ---- codes ----------------------------------------------------------------------------------- */

static ro_status list_codes(ro_draft *draft)
{
    for (uint32_t i = 0; i < draft->lines.count; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        uint32_t there;
        if ((line->what != RO_FACT_WHAT_SECTOR && line->what != RO_FACT_WHAT_COUNTRY) ||
            !is_there(line) || line->doubted)
            continue;
        if (line->code.length != 3)
            ro_draft_fault(draft, line, "expected a code of three letters, found \"%.*s\"",
                           RO_DRAFT_SHOWN(line->code));
        else if (ro_map_get(draft->codes, line->code, &there))
            ro_draft_fault(draft, line, "expected a new code, found that of \"%.*s\" (%s): %.*s",
                           RO_DRAFT_SHOWN(draft->lines.items[there].name),
                           ro_draft_place(draft, &draft->lines.items[there]),
                           RO_DRAFT_SHOWN(line->code));
        else if (ro_map_set(draft->codes, line->code, i) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

static const ro_draft_line *find_code(const ro_draft *draft, ro_text part)
{
    uint32_t line;
    return ro_map_get(draft->codes, part, &line) ? &draft->lines.items[line] : NULL;
}

/* Splits a code into country and sectors; the rest of an organization's code (UNO of IGOUNO) is
 * its own. */
static ro_status split_code(ro_draft *draft, ro_draft_line *line)
{
    char sectors[24]; /* five parts at most */
    size_t length = 0;
    for (size_t i = 0; i < line->code.length; i += 3) {
        ro_text part = {line->code.data + i, 3};
        const ro_draft_line *found = find_code(draft, part);
        bool is_country = found != NULL && found->what == RO_FACT_WHAT_COUNTRY;
        if ((i == 0 || ro_draft_is_noun(line->what)) && found == NULL)
            ro_draft_fault(draft, line,
                           "expected a code of a known country or sector, found \"%.*s\"",
                           RO_DRAFT_SHOWN(line->code));
        if (is_country && i == 0) {
            line->country = found->code;
        } else if (found != NULL && !is_country) {
            if (length > 0)
                sectors[length++] = ' ';
            memcpy(sectors + length, part.data, 3);
            length += 3;
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
    case RO_FACT_WHAT_GIVEN:
        expected = line->code.length == 0 ? NULL : "no code";
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
    for (uint32_t i = 0; i < draft->lines.count; i++)
        if (is_there(&draft->lines.items[i]) && draft->lines.items[i].parent.length > 0)
            find_parent(draft, &draft->lines.items[i]);
    if (status == RO_STATUS_OK)
        status = inherit_codes(draft);
    for (uint32_t i = 0; i < draft->lines.count && status == RO_STATUS_OK; i++) {
        ro_draft_line *line = &draft->lines.items[i];
        if (!is_there(line))
            continue;
        if (line->what == RO_FACT_WHAT_SECTOR) {
            line->sectors = line->code;
        } else {
            status = split_code(draft, line);
            if (line->what != RO_FACT_WHAT_WITHDRAW && !line->doubted)
                check_code(draft, line);
        }
    }
    return status;
}
