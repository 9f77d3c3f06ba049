/* pieces.c - the pieces of words that a transformer's tokenizer cuts documents into, as JSON: to
 * look at, and to hold against other tokenizers.
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "doc/document.h"
#include "parse/wordpiece.h"
#include "write/emit.h"
#include "write/offset.h"

struct ro_pieces {
    ro_allocator allocator;
    ro_weights *weights;
    ro_wordpiece *wordpiece;
    ro_subwords subwords;
};

ro_status ro_pieces_open(const char *model_path, const ro_allocator *allocator, ro_pieces **pieces,
                         ro_error *error)
{
    const ro_allocator *from = ro_alloc_or_default(allocator);
    ro_pieces *made = ro_alloc_zeroed(from, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "no memory for the pieces");
    made->allocator = *from;
    ro_status status = ro_weights_open(model_path, &made->allocator, &made->weights, error);
    if (status == RO_STATUS_OK)
        status = ro_wordpiece_open_model(made->weights, &made->allocator, &made->wordpiece, error);
    if (status == RO_STATUS_OK) {
        made->subwords.arena = ro_arena_new(&made->allocator);
        if (made->subwords.arena == NULL)
            status =
                ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "no memory for the pieces");
    }
    if (status != RO_STATUS_OK) {
        ro_pieces_close(made);
        return status;
    }
    *pieces = made;
    return RO_STATUS_OK;
}

void ro_pieces_close(ro_pieces *pieces)
{
    if (pieces == NULL)
        return;
    const ro_allocator allocator = pieces->allocator;
    ro_arena_free(pieces->subwords.arena);
    ro_wordpiece_close(pieces->wordpiece);
    ro_weights_close(pieces->weights);
    ro_alloc_free(&allocator, pieces, 1, sizeof *pieces);
}

static void write_document(const ro_document *document, const ro_subwords *subwords, ro_emit *emit)
{
    ro_offset offset;
    ro_offset_start(&offset, document->text, 0, document->length);
    ro_emit_open(emit, '{');
    ro_emit_field_string(emit, "id", document->id);
    ro_emit_key(emit, "ids");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < subwords->count; i++)
        ro_emit_json_unsigned(emit, subwords->items[i].id);
    ro_emit_close(emit, ']');
    ro_emit_key(emit, "spans");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < subwords->count; i++) {
        const ro_subword *piece = &subwords->items[i];
        ro_emit_open(emit, '[');
        ro_emit_json_unsigned(emit, ro_offset_get(&offset, document->body + piece->start));
        ro_emit_json_unsigned(emit, ro_offset_get(&offset, document->body + piece->end));
        ro_emit_close(emit, ']');
    }
    ro_emit_close(emit, ']');
    ro_emit_close(emit, '}');
    ro_emit_character(emit, '\n');
    emit->comma = false;
}

ro_status ro_pieces_write(ro_pieces *pieces, const ro_document *document, ro_sink sink,
                          ro_error *error)
{
    ro_text body = {document->text + document->body, document->length - document->body};
    ro_emit emit;
    pieces->subwords.count = 0;
    if (ro_wordpiece_cut(pieces->wordpiece, body, &pieces->subwords) != RO_STATUS_OK)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "pieces", "document %s: out of memory",
                            document->id);
    ro_emit_start(&emit, sink);
    write_document(document, &pieces->subwords, &emit);
    ro_status status = ro_emit_finish(&emit);
    return status == RO_STATUS_OK
               ? status
               : ro_error_set(error, status, "pieces", "document %s: the output took no more bytes",
                              document->id);
}
