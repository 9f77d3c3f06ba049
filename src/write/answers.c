/* answers.c - what the heads say of a document, one JSON object a line (docs/models.md).
 *
 * Chains give spans of tokens, a label begun and resumed being one; spans and pairs give the
 * likeliest label of each mark with its probability. Offsets are code points (offset.c).
 */
#include "base/text.h"
#include "write/formats.h"
#include "write/offset.h"

typedef struct answers_line {
    const ro_document *document;
    ro_emit *emit;
    ro_offset offset;
} answers_line;

static void write_edge(answers_line *to, uint32_t byte)
{
    ro_emit_json_unsigned(to->emit, ro_offset_get(&to->offset, byte));
}

/* ---- chains ---------------------------------------------------------------------------------- */

/* The name of a label behind "B-", and its first letter: "O" has none. */
static const char *name_of(const ro_answer *answer, uint32_t token, char *part)
{
    const char *label = answer->labels[answer->tags[token]];
    *part = label[0];
    return label[0] == 'O' ? "" : label + 2;
}

/* Where the run of I-NAME behind a token ends. */
static uint32_t run_end(const answers_line *to, const ro_answer *answer, uint32_t token)
{
    char part;
    const char *name = name_of(answer, token, &part);
    for (token++; token < to->document->token_count; token++) {
        const char *next = name_of(answer, token, &part);
        if (part != 'I' || strcmp(next, name) != 0)
            break;
    }
    return token;
}

static void write_span(answers_line *to, uint32_t first, uint32_t end)
{
    ro_span span = ro_document_span(to->document, first, end);
    ro_emit_open(to->emit, '[');
    write_edge(to, span.start);
    write_edge(to, span.end);
    ro_emit_close(to->emit, ']');
}

/* The span that begins at a token and the spans that resume it, up to the next of its name. */
static void write_spans(answers_line *to, const ro_answer *answer, uint32_t first)
{
    char part;
    const char *name = name_of(answer, first, &part);
    ro_emit_open(to->emit, '{');
    ro_emit_field_string(to->emit, "label", name);
    ro_emit_key(to->emit, "spans");
    ro_emit_open(to->emit, '[');
    uint32_t token = run_end(to, answer, first);
    write_span(to, first, token);
    while (token < to->document->token_count) {
        const char *next = name_of(answer, token, &part);
        bool same = strcmp(next, name) == 0;
        if (same && part == 'B')
            break;
        if (!same || part != 'R') {
            token++;
            continue;
        }
        uint32_t end = run_end(to, answer, token);
        write_span(to, token, end);
        token = end;
    }
    ro_emit_close(to->emit, ']');
    ro_emit_close(to->emit, '}');
}

/* Whether nothing of its name stands before a span that resumes one: then it begins it. */
static bool is_first(const ro_answer *answer, uint32_t token)
{
    char part;
    const char *name = name_of(answer, token, &part);
    while (token-- > 0)
        if (strcmp(name_of(answer, token, &part), name) == 0)
            return false;
    return true;
}

static void write_chain(answers_line *to, const ro_answer *answer)
{
    char part;
    ro_emit_key(to->emit, answer->head);
    ro_emit_open(to->emit, '[');
    for (uint32_t i = 0; i < to->document->token_count; i++) {
        name_of(answer, i, &part);
        if (part == 'B' || (part == 'R' && is_first(answer, i)))
            write_spans(to, answer, i);
    }
    ro_emit_close(to->emit, ']');
}

/* ---- marks ----------------------------------------------------------------------------------- */

static void write_best(answers_line *to, const ro_answer *answer, const float *probabilities)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < answer->label_count; i++)
        best = probabilities[i] > probabilities[best] ? i : best;
    if (!(probabilities[best] > 0)) /* not asked: no pair, or no token; or no number */
        return;
    ro_emit_key(to->emit, answer->head);
    ro_emit_open(to->emit, '{');
    ro_emit_field_string(to->emit, "label", answer->labels[best]);
    ro_emit_key(to->emit, "probability");
    ro_emit_json_number(to->emit, (double)probabilities[best]);
    ro_emit_close(to->emit, '}');
}

static void write_mark(answers_line *to, uint32_t index)
{
    const ro_document *document = to->document;
    const ro_mark *mark = &document->marks.items[index];
    ro_emit_open(to->emit, '{');
    ro_emit_field_unsigned(to->emit, "start", ro_offset_get(&to->offset, mark->span.start));
    ro_emit_field_unsigned(to->emit, "end", ro_offset_get(&to->offset, mark->span.end));
    for (uint32_t i = 0; i < document->answers.count; i++) {
        const ro_answer *answer = &document->answers.items[i];
        if (answer->tags == NULL)
            write_best(to, answer, answer->probabilities + (size_t)index * answer->label_count);
    }
    ro_emit_close(to->emit, '}');
}

ro_status ro_answers_write(const ro_document *document, const ro_write_options *options,
                           ro_emit *emit)
{
    (void)options;
    answers_line to = {.document = document, .emit = emit};
    ro_offset_start(&to.offset, document->text, 0, document->length);
    ro_emit_open(emit, '{');
    ro_emit_field_string(emit, "id", document->id);
    for (uint32_t i = 0; i < document->answers.count; i++)
        if (document->answers.items[i].tags != NULL)
            write_chain(&to, &document->answers.items[i]);
    ro_emit_key(emit, "marks");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < document->marks.count; i++)
        write_mark(&to, i);
    ro_emit_close(emit, ']');
    ro_emit_close(emit, '}');
    ro_emit_character(emit, '\n');
    emit->comma = false;
    return RO_STATUS_OK;
}
