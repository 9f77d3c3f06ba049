/* conllu.c - CoNLL-U: a token a line, a blank line behind each sentence.
 *
 * https://universaldependencies.org/format.html, with the labels of the model. What a line cannot
 * hold is escaped: in FORM and LEMMA of a white-space token (UPOS SPACE) a space is \s, and in all
 * fields line feed, return and tab are \n, \r, \t and other control characters and line ends \xNN
 * or \uNNNN. "# text" has a space for each of these. An absent field is "_". A root has HEAD 0 and
 * DEPREL "root". start_char and end_char are code points into the text as given, NER is B-, I-.
 * A document without tokens gives no lines.
 */
#include "base/text.h"
#include "write/formats.h"
#include "write/offset.h"

/* Characters that would break a line, or that a reader may take for a line end. */
static bool is_breaking(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

static void write_escape(ro_emit *emit, uint32_t point)
{
    static const char hex[] = "0123456789abcdef";
    switch (point) {
    case ' ':
        ro_emit_literal(emit, "\\s");
        return;
    case '\n':
        ro_emit_literal(emit, "\\n");
        return;
    case '\r':
        ro_emit_literal(emit, "\\r");
        return;
    case '\t':
        ro_emit_literal(emit, "\\t");
        return;
    default:
        break;
    }
    ro_emit_literal(emit, point > 0xFF ? "\\u" : "\\x");
    for (int shift = point > 0xFF ? 12 : 4; shift >= 0; shift -= 4)
        ro_emit_character(emit, hex[point >> shift & 15]);
}

/* One field; escape_all for what is white space as a whole. */
static void write_field(ro_emit *emit, ro_text text, bool escape_all)
{
    if (text.length == 0)
        ro_emit_character(emit, '_');
    for (size_t i = 0; i < text.length;) {
        size_t start = i;
        uint32_t point = ro_text_decode(text, &i);
        if (escape_all || is_breaking(point))
            write_escape(emit, point);
        else
            ro_emit_bytes(emit, text.data + start, i - start);
    }
}

/* The value of a comment: one line, a space for what would break it. */
static void write_comment(ro_emit *emit, const char *name, ro_text value)
{
    ro_emit_literal(emit, "# ");
    ro_emit_literal(emit, name);
    ro_emit_literal(emit, " = ");
    for (size_t i = 0; i < value.length;) {
        size_t start = i;
        if (is_breaking(ro_text_decode(value, &i)))
            ro_emit_character(emit, ' ');
        else
            ro_emit_bytes(emit, value.data + start, i - start);
    }
}

/* HEAD and DEPREL; "_" for both where there is no tree. A head outside the sentence, which the
 * format cannot say, makes a root too. */
static void write_relation(ro_emit *emit, const ro_token *token, uint32_t index,
                           const ro_sentence *sentence)
{
    if (token->deprel[0] == '\0') {
        ro_emit_literal(emit, "_\t_");
    } else if (token->head == index || token->head < sentence->first ||
               token->head >= sentence->end) {
        ro_emit_literal(emit, "0\troot");
    } else {
        ro_emit_unsigned(emit, token->head - sentence->first + 1);
        ro_emit_character(emit, '\t');
        write_field(emit, ro_text_of(token->deprel), false);
    }
}

static void write_misc(ro_emit *emit, const ro_document *document, uint32_t index,
                       ro_offset *offset)
{
    const ro_token *token = &document->tokens[index];
    if (!token->space_after)
        ro_emit_literal(emit, "SpaceAfter=No|");
    ro_emit_literal(emit, "start_char=");
    ro_emit_unsigned(emit, ro_offset_get(offset, token->start));
    ro_emit_literal(emit, "|end_char=");
    ro_emit_unsigned(emit, ro_offset_get(offset, token->end));
    if (token->name != RO_NONE) {
        const ro_name *name = &document->names.items[token->name];
        ro_emit_literal(emit, name->first == index ? "|NER=B-" : "|NER=I-");
        write_field(emit, ro_text_of(name->label), false);
    }
}

static void write_token(ro_emit *emit, const ro_document *document, uint32_t index,
                        const ro_sentence *sentence, ro_offset *offset)
{
    const ro_token *token = &document->tokens[index];
    const char *upos = ro_upos_name((ro_upos)token->upos);
    ro_emit_unsigned(emit, index - sentence->first + 1);
    ro_emit_character(emit, '\t');
    write_field(emit, ro_document_token_text(document, index), token->is_space);
    ro_emit_character(emit, '\t');
    write_field(emit, ro_text_of(token->lemma), token->is_space);
    ro_emit_character(emit, '\t');
    write_field(emit, ro_text_of(upos), false);
    ro_emit_character(emit, '\t');
    write_field(emit, ro_text_of(token->tag), false);
    ro_emit_character(emit, '\t');
    write_field(emit, ro_text_of(token->morph), false);
    ro_emit_character(emit, '\t');
    write_relation(emit, token, index, sentence);
    ro_emit_literal(emit, "\t_\t");
    write_misc(emit, document, index, offset);
    ro_emit_character(emit, '\n');
}

ro_status ro_conllu_write(const ro_document *document, const ro_write_options *options,
                          ro_emit *emit)
{
    (void)options;
    ro_offset offset;
    ro_offset_start(&offset, document->text, 0, document->length);
    for (uint32_t i = 0; i < document->sentence_count; i++) {
        const ro_sentence *sentence = &document->sentences[i];
        if (i == 0) {
            write_comment(emit, "newdoc id", ro_text_of(document->id));
            ro_emit_character(emit, '\n');
        }
        write_comment(emit, "sent_id", ro_text_of(document->id));
        ro_emit_character(emit, '-');
        ro_emit_unsigned(emit, (uint64_t)i + 1);
        ro_emit_character(emit, '\n');
        write_comment(emit, "text",
                      ro_document_span_text(document, sentence->first, sentence->end));
        ro_emit_character(emit, '\n');
        for (uint32_t token = sentence->first; token < sentence->end; token++)
            write_token(emit, document, token, sentence, &offset);
        ro_emit_character(emit, '\n');
    }
    return RO_STATUS_OK;
}
