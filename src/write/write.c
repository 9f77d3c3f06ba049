/* write.c - ro_document_write: picks the format, and finishes the blocks it writes.
 *
 * The formats are jsonl.c, event_table.c, spacy.c, conllu.c, explain.c, answers.c, vectors.c and
 * weighed.c, one file each; a further one joins the list here and ro_output in readout.h.
 */
#include "base/error.h"
#include "write/formats.h"

typedef ro_status write_format(const ro_document *document, const ro_write_options *options,
                               ro_emit *emit);

static write_format *format_of(ro_output output)
{
    switch (output) {
    case RO_OUTPUT_JSONL:
        return ro_jsonl_write;
    case RO_OUTPUT_TABLE:
        return ro_event_table_write;
    case RO_OUTPUT_SPACY:
        return ro_spacy_write;
    case RO_OUTPUT_CONLLU:
        return ro_conllu_write;
    case RO_OUTPUT_EXPLAIN:
        return ro_explain_write;
    case RO_OUTPUT_ANSWERS:
        return ro_answers_write;
    case RO_OUTPUT_VECTORS:
        return ro_vectors_write;
    case RO_OUTPUT_WEIGHED:
        return ro_weighed_write;
    }
    return NULL;
}

ro_status ro_document_write(const ro_document *document, const ro_write_options *options,
                            ro_sink sink, ro_error *error)
{
    write_format *format = format_of(options->output);
    if (format == NULL)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "write", "no such output format: %d",
                            (int)options->output);
    ro_emit emit;
    ro_emit_start(&emit, sink);
    ro_status status = format(document, options, &emit);
    if (status != RO_STATUS_OK)
        return ro_error_set(error, status, "write", "document %s: %s", document->id,
                            ro_status_text(status));
    status = ro_emit_finish(&emit);
    if (status != RO_STATUS_OK)
        return ro_error_set(error, status, "write", "document %s: the output took no more bytes",
                            document->id);
    return RO_STATUS_OK;
}
