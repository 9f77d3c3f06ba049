/* draft.h - a lexicon while it is made: the lines of all texts, and what each step finds out about
 * them. In order: lines.c reads, things.c gathers forms, overlay.c lays files over each other,
 * resolve.c looks up codes, roles and parents, spread.c leads forms to lines, check.c compares
 * terms, compile.c makes the table. All memory is the draft's arena. */
#ifndef RO_LEXICON_DRAFT_H
#define RO_LEXICON_DRAFT_H
#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "lexicon/faults.h"
#include "lexicon/lexicon.h"
#include "lexicon/phrase.h"

#define RO_DRAFT_NONE UINT32_MAX

/* A day as it is written: "2005" is some day from 2005-01-01 to 2005-12-31; both none if empty. */
typedef struct ro_draft_day {
    ro_date earliest, latest;
} ro_draft_day;

typedef struct ro_draft_form {
    ro_text text, key; /* as written, as compared */
    ro_phrase_case spelling;
    bool weak;
    uint32_t line; /* that gives it                 */
    uint32_t next; /* form of the same thing        */
} ro_draft_form;

typedef struct ro_draft_line {
    ro_fact_what what;
    uint32_t text, layer; /* layer: 0 ours, own lexicons from 1 on */
    uint64_t number;
    ro_text name, code, role, parent;
    bool doubted; /* a fault of the code or the parent was told   */
    bool undated; /* a fault of the term was told                 */
    ro_draft_day from, until;
    uint8_t pronoun; /* 0 none, 1 he, 2 she */
    bool one;        /* of a role: one person at a time holds it  */
    uint32_t first_form, form_count;

    uint32_t thing, next; /* lines of one kind with one name */
    bool replaced;        /* by a line of a higher layer: states nothing */
    bool withdrawn;       /* no form leads to it; it can still be referred to */
    uint32_t role_line;   /* the role as it is called first; of a role maybe itself */
    uint32_t parent_line;
    ro_text country, sectors;
} ro_draft_line;

/* What several lines of one kind with one name are about. */
typedef struct ro_draft_thing {
    uint32_t first_line, last_line, first_form, last_form;
} ro_draft_thing;

/* A form that leads to a line. */
typedef struct ro_draft_entry {
    ro_text key;
    uint32_t line;
    ro_phrase_case spelling;
    bool weak;
} ro_draft_entry;

typedef struct ro_draft {
    const ro_allocator *allocator;
    ro_arena *arena;
    const ro_lexicon_text *texts; /* the uppermost first */
    uint32_t text_count;
    ro_faults *faults;
    RO_LIST(ro_draft_line) lines; /* in the order of the texts */
    RO_LIST(ro_draft_form) forms;
    RO_LIST(ro_draft_thing) things;
    RO_LIST(ro_draft_entry) entries;
    ro_map *thing_names; /* kind and name -> thing  */
    ro_map *codes;       /* of countries and sectors -> line */
    ro_map *roles;       /* names, other forms and plurals of nouns -> line */
} ro_draft;

/* Each step returns OK or OUT_OF_MEMORY; what is wrong in the texts goes to draft->faults. */
ro_status ro_lines_read(ro_draft *draft);
ro_status ro_things_gather(ro_draft *draft);
/* Marks lines replaced by those of higher layers: those of persons, which needs roles, or the
 * others. */
ro_status ro_overlay_replace(ro_draft *draft, bool persons);
ro_status ro_resolve_roles(ro_draft *draft);
/* Parents, then codes: countries, sectors and what is inherited. */
ro_status ro_resolve_codes(ro_draft *draft);
/* Withdraws, and fills draft->entries. */
ro_status ro_spread_forms(ro_draft *draft);
ro_status ro_check_terms(ro_draft *draft);
/* The table of a draft without faults (image.h), aligned, owned by the caller: length bytes to be
 * freed by ro_alloc_free_aligned. TOO_LARGE beyond 4 GiB of strings. */
ro_status ro_compile_draft(ro_draft *draft, uint64_t digest, void **table, size_t *length);

/* Whether a kind is a noun: role, body, group or site. */
bool ro_draft_is_noun(ro_fact_what what);
/* The fault is of this line. */
void ro_draft_fault(ro_draft *draft, const ro_draft_line *line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a form that a line gives: text as written, which must outlive the draft, and its key, which
 * is copied. NULL when out of memory. */
ro_draft_form *ro_draft_add_form(ro_draft *draft, uint32_t line, ro_text text, ro_text key,
                                 bool weak);
/* The plural of a form as compared, in room of RO_LEXICON_KEY bytes; empty if it is too long. */
ro_text ro_draft_plural(const ro_draft_form *form, char *room);
/* The thing of a kind and a name as compared; RO_DRAFT_NONE if there is none. */
uint32_t ro_draft_thing_find(const ro_draft *draft, ro_fact_what what, ro_text key);
/* The key that a thing is kept under; room has RO_LEXICON_KEY + 1 bytes. */
ro_text ro_draft_thing_key(ro_fact_what what, ro_text key, char *room);
/* "leaders.tsv:12" for messages; in the arena, or "" when out of memory. */
const char *ro_draft_place(const ro_draft *draft, const ro_draft_line *line);
/* For "%.*s": a text of the files, cut where messages would get long. */
#define RO_DRAFT_SHOWN(text) (int)ro_text_cut((text), 80).length, (text).data
#endif
