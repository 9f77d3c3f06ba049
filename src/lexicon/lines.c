/* lines.c - reads the lines of lexicon files: kinds, days, forms, and what is wrong in a line of
 * itself. What it says about other lines (codes, roles, parents) is resolve.c's, what several lines
 * say together check.c's. The format: docs/lexicon.md.
 *
 * A faulty line is kept where it has a kind and a name, so that lines which refer to it are not
 * faulty too.
 */
#include "base/date.h"
#include "base/text.h"
#include "lexicon/draft.h"
#include "lexicon/table.h"

enum { KIND, CODE, FORMS, ROLE, FROM, UNTIL, PRONOUN, PARENT, FIELDS };
_Static_assert(FIELDS == RO_TABLE_FIELDS, "a field of each meaning");

/* What a line may have of each kind, bit by field; all have forms. */
#define HAS(field) (1u << (field))
static const unsigned taken[RO_LEXICON_WHATS] = {
    [RO_FACT_WHAT_SECTOR] = HAS(CODE) | HAS(ROLE),
    [RO_FACT_WHAT_COUNTRY] = HAS(CODE) | HAS(FROM) | HAS(UNTIL),
    [RO_FACT_WHAT_DEMONYM] = HAS(CODE) | HAS(FROM) | HAS(UNTIL),
    [RO_FACT_WHAT_CAPITAL] = HAS(CODE) | HAS(FROM) | HAS(UNTIL),
    [RO_FACT_WHAT_REGION] = HAS(CODE) | HAS(FROM) | HAS(UNTIL),
    [RO_FACT_WHAT_ORGANIZATION] = HAS(CODE) | HAS(ROLE) | HAS(FROM) | HAS(UNTIL) | HAS(PARENT),
    [RO_FACT_WHAT_PERSON] = HAS(CODE) | HAS(ROLE) | HAS(FROM) | HAS(UNTIL) | HAS(PRONOUN),
    [RO_FACT_WHAT_ROLE] = HAS(CODE) | HAS(ROLE) | HAS(PRONOUN) | HAS(PARENT),
    [RO_FACT_WHAT_BODY] = HAS(CODE) | HAS(ROLE),
    [RO_FACT_WHAT_GROUP] = HAS(CODE) | HAS(ROLE),
    [RO_FACT_WHAT_SITE] = HAS(CODE) | HAS(ROLE),
    [RO_FACT_WHAT_GIVEN] = HAS(PRONOUN),
    [RO_FACT_WHAT_WITHDRAW] = HAS(CODE),
};
static const char *const field_names[FIELDS] = {"kind", "code",  "forms",   "role",
                                                "from", "until", "pronoun", "parent"};

static bool parse_what(ro_text name, ro_fact_what *what)
{
    for (int i = 0; i < RO_LEXICON_WHATS; i++) {
        if (ro_text_equal_string(name, ro_lexicon_what_name((ro_fact_what)i))) {
            *what = (ro_fact_what)i;
            return true;
        }
    }
    return false;
}

/* Reads a day; "2012" and "2012-05" are some day in them. */
static bool parse_day(ro_text text, ro_draft_day *day)
{
    char first[] = "0000-01-01";
    *day = (ro_draft_day){RO_DATE_NONE, RO_DATE_NONE};
    if (text.length == 0)
        return true;
    if (text.length != 4 && text.length != 7 && text.length != 10)
        return false;
    memcpy(first, text.data, text.length);
    if (!ro_date_parse((ro_text){first, 10}, &day->earliest))
        return false;
    day->latest = day->earliest;
    if (text.length == 4)
        day->latest.month = 12;
    if (text.length < 10)
        day->latest.day = (int8_t)ro_date_days_in_month(day->latest.year, day->latest.month);
    return true;
}

static void read_term(ro_draft *draft, ro_draft_line *line, const ro_text *fields)
{
    static const char expected[] = "expected a day as YYYY-MM-DD, YYYY-MM or YYYY, found \"%.*s\"";
    bool from = parse_day(fields[FROM], &line->from);
    bool until = parse_day(fields[UNTIL], &line->until);
    if (!from)
        ro_draft_fault(draft, line, expected, RO_DRAFT_SHOWN(fields[FROM]));
    if (!until)
        ro_draft_fault(draft, line, expected, RO_DRAFT_SHOWN(fields[UNTIL]));
    bool ends_first = !ro_date_is_none(line->from.earliest) &&
                      !ro_date_is_none(line->until.latest) &&
                      ro_date_compare(line->until.latest, line->from.earliest) < 0;
    if (ends_first)
        ro_draft_fault(draft, line, "expected a term that ends after it begins, found %.*s to %.*s",
                       RO_DRAFT_SHOWN(fields[FROM]), RO_DRAFT_SHOWN(fields[UNTIL]));
    line->undated = !from || !until || ends_first;
}

static void read_code(ro_draft *draft, ro_draft_line *line, ro_text code)
{
    bool is_sound = code.length % 3 == 0 && code.length <= 15;
    for (size_t i = 0; i < code.length; i++)
        is_sound = is_sound && code.data[i] >= 'A' && code.data[i] <= 'Z';
    line->doubted = !is_sound;
    if (is_sound)
        line->code = code;
    else
        ro_draft_fault(draft, line,
                       "expected a code of capital letters, three, six ... fifteen, found \"%.*s\"",
                       RO_DRAFT_SHOWN(code));
}

static void read_pronoun(ro_draft *draft, ro_draft_line *line, ro_text pronoun)
{
    while (line->pronoun < RO_LEXICON_PRONOUNS &&
           !ro_text_equal_string(pronoun, ro_lexicon_pronoun_name(line->pronoun)))
        line->pronoun++;
    if (line->pronoun < RO_LEXICON_PRONOUNS)
        return;
    line->pronoun = 0;
    ro_draft_fault(draft, line, "expected he or she, found \"%.*s\"", RO_DRAFT_SHOWN(pronoun));
}

static void read_parent(ro_draft *draft, ro_draft_line *line, ro_text parent)
{
    line->one = line->what == RO_FACT_WHAT_ROLE && ro_text_equal_string(parent, "one");
    if (line->what == RO_FACT_WHAT_ORGANIZATION)
        line->parent = parent;
    else if (parent.length > 0 && !line->one)
        ro_draft_fault(draft, line, "expected \"one\" as parent of a role, found \"%.*s\"",
                       RO_DRAFT_SHOWN(parent));
}

/* Tells of fields that the kind of line does not take, and empties them. */
static void drop_fields(ro_draft *draft, const ro_draft_line *line, ro_text *fields)
{
    for (int i = CODE; i < FIELDS; i++) {
        if (i == FORMS || fields[i].length == 0 || (taken[line->what] & HAS(i)))
            continue;
        ro_draft_fault(draft, line, "expected an empty field \"%s\" beside \"%s\", found \"%.*s\"",
                       field_names[i], ro_lexicon_what_name(line->what), RO_DRAFT_SHOWN(fields[i]));
        fields[i] = (ro_text){"", 0};
    }
}

static bool has_letter(ro_text text)
{
    size_t offset = 0;
    while (offset < text.length)
        if (ro_text_is_alpha(ro_text_decode(text, &offset)))
            return true;
    return false;
}

/* Adds a form to the line that will be added next; OK, or OUT_OF_MEMORY. */
static ro_status read_form(ro_draft *draft, ro_draft_line *line, ro_text piece)
{
    char key[RO_LEXICON_KEY];
    bool weak = piece.length > 0 && piece.data[0] == '?';
    if (weak)
        piece = ro_text_trim((ro_text){piece.data + 1, piece.length - 1});
    size_t length = ro_phrase_add(piece, key, 0, sizeof key);
    if (length == 0 || length == SIZE_MAX || !has_letter(piece)) {
        ro_draft_fault(draft, line,
                       "expected forms of at most 150 bytes, with letters, found "
                       "\"%.*s\"",
                       RO_DRAFT_SHOWN(piece));
        return RO_STATUS_OK;
    }
    if (!ro_draft_add_form(draft, draft->lines.count, piece, (ro_text){key, length}, weak))
        return RO_STATUS_OUT_OF_MEMORY;
    if (line->form_count++ == 0)
        line->name = piece;
    return RO_STATUS_OK;
}

static ro_status add_line(ro_draft *draft, const ro_draft_line *line)
{
    if (line->name.length == 0)
        return RO_STATUS_OK;
    ro_draft_line *added = RO_LIST_ADD(draft->arena, &draft->lines);
    if (added == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *added = *line;
    return RO_STATUS_OK;
}

/* Each given name is a thing of its own: its line is read as one a name. */
static ro_status read_forms(ro_draft *draft, ro_draft_line *line, ro_text field)
{
    ro_status status = RO_STATUS_OK;
    ro_text forms = field, piece;
    bool is_empty = true;
    while (status == RO_STATUS_OK && ro_table_piece(&forms, '|', &piece)) {
        is_empty = false;
        if (line->what == RO_FACT_WHAT_SECTOR) { /* a meaning, in words */
            if (line->name.length > 0)
                ro_draft_fault(draft, line,
                               "expected one meaning of a sector, found another: "
                               "\"%.*s\"",
                               RO_DRAFT_SHOWN(piece));
            line->name = piece;
            continue;
        }
        status = read_form(draft, line, piece);
        if (line->what != RO_FACT_WHAT_GIVEN || status != RO_STATUS_OK)
            continue;
        status = add_line(draft, line);
        line->name.length = 0;
        line->form_count = 0;
        line->first_form = draft->forms.count;
    }
    if (is_empty)
        ro_draft_fault(draft, line, "expected forms between '|' as the third field, found none");
    return status == RO_STATUS_OK ? add_line(draft, line) : status;
}

/* A NUL would cut the strings of a fact, other control characters spoil what shows them. */
static bool find_control(const ro_table *table, uint32_t *found)
{
    for (size_t i = 0; i < table->field_count; i++) {
        for (size_t at = 0; at < table->fields[i].length;) {
            *found = ro_text_decode(table->fields[i], &at);
            if (ro_text_is_control(*found))
                return true;
        }
    }
    return false;
}

static ro_status read_line(ro_draft *draft, uint32_t text, const ro_table *table)
{
    ro_draft_line line = {
        .text = text,
        .layer = draft->texts[text].layer,
        .number = table->line,
        .name = {"", 0},
        .code = {"", 0},
        .role = {"", 0},
        .parent = {"", 0},
        .country = {"", 0},
        .sectors = {"", 0},
        .first_form = draft->forms.count,
        .thing = RO_DRAFT_NONE,
        .next = RO_DRAFT_NONE,
        .role_line = RO_DRAFT_NONE,
        .parent_line = RO_DRAFT_NONE,
    };
    ro_text fields[FIELDS];
    uint32_t control;
    memcpy(fields, table->fields, sizeof fields);
    if (find_control(table, &control)) {
        ro_draft_fault(draft, &line, "expected text, found the control character U+%04X",
                       (unsigned)control);
        return RO_STATUS_OK;
    }
    if (!parse_what(fields[KIND], &line.what)) {
        ro_draft_fault(draft, &line,
                       "expected country, person, role ... and a tab as the first field, "
                       "found \"%.*s\"",
                       RO_DRAFT_SHOWN(fields[KIND]));
        return RO_STATUS_OK;
    }
    drop_fields(draft, &line, fields);
    line.role = fields[ROLE];
    read_code(draft, &line, fields[CODE]);
    read_term(draft, &line, fields);
    read_pronoun(draft, &line, fields[PRONOUN]);
    read_parent(draft, &line, fields[PARENT]);
    return read_forms(draft, &line, fields[FORMS]);
}

static ro_status read_text(ro_draft *draft, uint32_t text)
{
    const ro_text bytes = draft->texts[text].bytes;
    ro_table table = {.map = {bytes.data, bytes.length}, .path = draft->texts[text].path};
    for (;;) {
        ro_error error = {0};
        ro_status status = ro_table_next(&table, &error);
        if (status == RO_STATUS_END)
            return RO_STATUS_OK;
        if (status == RO_STATUS_OK)
            status = read_line(draft, text, &table);
        else
            ro_faults_add(draft->faults, text, table.line, "%s", error.message);
        if (status == RO_STATUS_OUT_OF_MEMORY)
            return status;
    }
}

ro_status ro_lines_read(ro_draft *draft)
{
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = 0; i < draft->text_count && status == RO_STATUS_OK; i++)
        status = read_text(draft, i);
    return status;
}
