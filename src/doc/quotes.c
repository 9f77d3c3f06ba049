/* quotes.c - finds the quotations of a document by their marks.
 *
 * Curly and angled marks say themselves which way they face; straight ones by the white space about
 * them. Marks of another family inside a quotation belong to it. A paragraph that ends inside a
 * quotation ends it, unless the next one opens with the same mark: so printers carry a quotation
 * on, and so an unbalanced mark can never swallow an article.
 */
#include "doc/quotes.h"

#include "base/text.h"

enum { PARAGRAPHS = 4 }; /* in which the end of a quotation is looked for */

typedef enum family {
    FAMILY_NONE,
    FAMILY_CURLY,
    FAMILY_LOW,
    FAMILY_ANGLE,
    FAMILY_STRAIGHT,
    FAMILY_SINGLE
} family;

typedef struct mark {
    family family;
    bool opens, closes;
} mark;

typedef struct quote_state {
    const ro_document *document;
    ro_arena *arena;
    ro_quotes *quotes;
    family open;      /* of the quotation being read        */
    uint32_t first;   /* its opening mark                    */
    uint32_t closing; /* the last closing mark, or RO_NONE   */
    uint32_t depth;   /* marks of its own family still open  */
} quote_state;

static bool space_before(const ro_document *document, uint32_t token)
{
    if (token == 0)
        return true;
    const ro_token *before = &document->tokens[token - 1];
    return before->is_space || before->space_after;
}

static bool space_behind(const ro_document *document, uint32_t token)
{
    const ro_token *own = &document->tokens[token];
    return own->space_after || token + 1 >= document->token_count ||
           document->tokens[token + 1].is_space;
}

/* Straight marks face the side without white space; between two words they close an open one. */
static mark straight_mark(const ro_document *document, uint32_t token, bool is_open)
{
    bool before = space_before(document, token), behind = space_behind(document, token);
    mark found = {FAMILY_STRAIGHT, false, false};
    if (before != behind)
        found.opens = before;
    else
        found.opens = !is_open;
    found.closes = !found.opens;
    return found;
}

static mark mark_at(const ro_document *document, uint32_t token, family open)
{
    static const struct {
        const char *text;
        mark mark;
    } marks[] = {
        {"\u201C", {FAMILY_CURLY, true, false}},  {"\u201D", {FAMILY_CURLY, false, true}},
        {"``", {FAMILY_CURLY, true, false}},      {"\u201E", {FAMILY_LOW, true, false}},
        {"\u00AB", {FAMILY_ANGLE, true, false}},  {"\u00BB", {FAMILY_ANGLE, false, true}},
        {"\u2018", {FAMILY_SINGLE, true, false}}, {"\u2019", {FAMILY_SINGLE, false, true}},
    };
    ro_text text = ro_document_token_text(document, token);
    if (text.length == 0 || text.length > 3)
        return (mark){FAMILY_NONE, false, false};
    if (ro_text_equal_string(text, "\"") || ro_text_equal_string(text, "''"))
        return straight_mark(document, token, open == FAMILY_STRAIGHT);
    if (open == FAMILY_LOW &&
        (ro_text_equal_string(text, "\u201C") || ro_text_equal_string(text, "\u201D")))
        return (mark){FAMILY_LOW, false, true};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ro_text_equal_string(text, marks[i].text))
            return marks[i].mark;
    return (mark){FAMILY_NONE, false, false};
}

bool ro_quotes_is_break(const ro_document *document, uint32_t token)
{
    const ro_token *own = &document->tokens[token];
    if (!own->is_space)
        return false;
    size_t lines = 0;
    for (uint32_t i = own->start; i < own->end; i++)
        lines += document->text[i] == '\n';
    if (lines == 1 && token + 1 < document->token_count)
        return document->tokens[token + 1].sentence_start;
    return lines > 1;
}

static bool finish(quote_state *state, uint32_t end, bool closed)
{
    ro_quote *quote = RO_LIST_ADD(state->arena, &state->quotes->list);
    if (quote == NULL)
        return false;
    *quote = (ro_quote){state->first, end, closed};
    state->open = FAMILY_NONE;
    return true;
}

/* Whether a quotation that a paragraph leaves open is closed soon after, before another opens. */
static bool is_closed_soon(const quote_state *state, uint32_t from)
{
    const ro_document *document = state->document;
    uint32_t paragraphs = 0;
    for (uint32_t i = from; i < document->token_count && paragraphs < PARAGRAPHS; i++) {
        mark found = mark_at(document, i, state->open);
        if (found.family == state->open)
            return found.closes;
        paragraphs += ro_quotes_is_break(document, i);
    }
    return false;
}

/* A paragraph's end in an open quotation: it goes on if the next paragraph opens with its mark, or
 * if one soon after closes it. */
static bool end_paragraph(quote_state *state, uint32_t token, uint32_t *next)
{
    const ro_document *document = state->document;
    *next = token + 1;
    while (*next < document->token_count && document->tokens[*next].is_space)
        (*next)++;
    if (*next < document->token_count && state->depth == 1) {
        mark found = mark_at(document, *next, FAMILY_NONE);
        if (found.family == state->open && found.opens) {
            (*next)++;
            return true;
        }
        if (state->closing == RO_NONE && is_closed_soon(state, *next))
            return true;
    }
    if (state->closing != RO_NONE)
        return finish(state, state->closing + 1, true);
    return finish(state, token, false);
}

static bool read_mark(quote_state *state, uint32_t token, mark found)
{
    if (state->open == FAMILY_NONE) {
        if (!found.opens)
            return true;
        state->open = found.family;
        state->first = token;
        state->closing = RO_NONE;
        state->depth = 1;
    } else if (found.family == state->open) {
        if (found.opens) {
            state->depth++;
        } else {
            state->closing = token;
            if (--state->depth == 0)
                return finish(state, token + 1, true);
        }
    }
    return true;
}

ro_status ro_quotes_find(const ro_document *document, ro_arena *arena, ro_quotes *quotes)
{
    *quotes = (ro_quotes){0};
    quote_state state = {.document = document, .arena = arena, .quotes = quotes};
    quotes->of = ro_arena_alloc(arena, document->token_count, sizeof *quotes->of);
    if (quotes->of == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    uint32_t token = 0;
    while (token < document->token_count) {
        uint32_t next = token + 1;
        bool good = true;
        if (state.open != FAMILY_NONE && ro_quotes_is_break(document, token)) {
            good = end_paragraph(&state, token, &next);
        } else {
            mark found = mark_at(document, token, state.open);
            if (found.family != FAMILY_NONE)
                good = read_mark(&state, token, found);
        }
        if (!good)
            return RO_STATUS_OUT_OF_MEMORY;
        token = next;
    }
    if (state.open != FAMILY_NONE) {
        bool closed = state.closing != RO_NONE;
        if (!finish(&state, closed ? state.closing + 1 : document->token_count, closed))
            return RO_STATUS_OUT_OF_MEMORY;
    }
    for (uint32_t i = 0; i < document->token_count; i++)
        quotes->of[i] = RO_NONE;
    for (uint32_t i = 0; i < quotes->list.count; i++)
        for (uint32_t t = quotes->list.items[i].first; t < quotes->list.items[i].end; t++)
            quotes->of[t] = i;
    return RO_STATUS_OK;
}
