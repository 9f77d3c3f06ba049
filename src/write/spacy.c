/* spacy.c - the objects of spaCy's Doc.to_json, one a line, that Doc(vocab).from_json reads.
 *
 * The text is the part that was parsed: a "date 2022-03-03" prefix is no part of it, and code
 * points are counted behind it, for from_json refuses a text that its tokens do not cover. A layer
 * that the pipeline does not make (no tagger, no parser) is left out, as spaCy does.
 */
#include "write/formats.h"
#include "write/offset.h"

/* Which layers some token has. */
typedef struct layers {
    bool tag, pos, morph, lemma, tree;
} layers;

static layers layers_of(const ro_document *document)
{
    /* spaCy holds a document without tokens to be annotated; there is nothing to write then. */
    layers has = {false, false, false, false, false};
    for (uint32_t i = 0; i < document->token_count; i++) {
        const ro_token *token = &document->tokens[i];
        has.tag = has.tag || token->tag[0] != '\0';
        has.pos = has.pos || token->upos != RO_UPOS_NONE;
        has.morph = has.morph || token->morph[0] != '\0';
        has.lemma = has.lemma || token->lemma[0] != '\0';
        has.tree = has.tree || token->deprel[0] != '\0';
    }
    return has;
}

/* A string that is there even when it is empty: every token has the same keys. */
static void write_string(ro_emit *emit, const char *key, const char *string)
{
    ro_emit_key(emit, key);
    ro_emit_json_text(emit, (ro_text){string, strlen(string)});
}

static void write_edges(ro_emit *emit, ro_offset *offset, ro_span span)
{
    ro_emit_field_unsigned(emit, "start", ro_offset_get(offset, span.start));
    ro_emit_field_unsigned(emit, "end", ro_offset_get(offset, span.end));
}

static void write_token(const ro_document *document, uint32_t index, const layers *has,
                        ro_emit *emit, ro_offset *offset)
{
    const ro_token *token = &document->tokens[index];
    ro_emit_open(emit, '{');
    ro_emit_field_unsigned(emit, "id", index);
    write_edges(emit, offset, (ro_span){token->start, token->end});
    if (has->tag)
        write_string(emit, "tag", token->tag);
    if (has->pos)
        write_string(emit, "pos", ro_upos_name((ro_upos)token->upos));
    if (has->morph)
        write_string(emit, "morph", token->morph);
    if (has->lemma)
        write_string(emit, "lemma", token->lemma);
    if (has->tree) {
        write_string(emit, "dep", token->deprel);
        ro_emit_field_unsigned(emit, "head", token->head);
    }
    ro_emit_close(emit, '}');
}

ro_status ro_spacy_write(const ro_document *document, const ro_write_options *options,
                         ro_emit *emit)
{
    (void)options;
    ro_offset offset;
    ro_offset_start(&offset, document->text, document->body, document->length);
    layers has = layers_of(document);
    ro_emit_open(emit, '{');
    write_string(emit, "id", document->id);
    ro_emit_key(emit, "text");
    ro_emit_json_text(
        emit, (ro_text){document->text + document->body, document->length - document->body});
    ro_emit_key(emit, "ents");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < document->names.count; i++) {
        const ro_name *name = &document->names.items[i];
        ro_emit_open(emit, '{');
        write_edges(emit, &offset, ro_document_span(document, name->first, name->end));
        write_string(emit, "label", name->label);
        ro_emit_close(emit, '}');
    }
    ro_emit_close(emit, ']');
    ro_emit_key(emit, "sents");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < document->sentence_count; i++) {
        const ro_sentence *sentence = &document->sentences[i];
        ro_emit_open(emit, '{');
        write_edges(emit, &offset, ro_document_span(document, sentence->first, sentence->end));
        ro_emit_close(emit, '}');
    }
    ro_emit_close(emit, ']');
    ro_emit_key(emit, "tokens");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < document->token_count; i++)
        write_token(document, i, &has, emit, &offset);
    ro_emit_close(emit, ']');
    ro_emit_close(emit, '}');
    ro_emit_character(emit, '\n');
    emit->comma = false;
    return RO_STATUS_OK;
}
