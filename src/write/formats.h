/* formats.h - one function a format, all of them behind ro_document_write (write.c). Each writes
 * one document whole or, OUT_OF_MEMORY, nothing; a failure of the sink is kept in the emit. */
#ifndef RO_WRITE_FORMATS_H
#define RO_WRITE_FORMATS_H
#include "doc/document.h"
#include "write/emit.h"

ro_status ro_jsonl_write(const ro_document *document, const ro_write_options *options,
                         ro_emit *emit);
ro_status ro_event_table_write(const ro_document *document, const ro_write_options *options,
                               ro_emit *emit);
ro_status ro_spacy_write(const ro_document *document, const ro_write_options *options,
                         ro_emit *emit);
ro_status ro_conllu_write(const ro_document *document, const ro_write_options *options,
                          ro_emit *emit);
ro_status ro_explain_write(const ro_document *document, const ro_write_options *options,
                           ro_emit *emit);
ro_status ro_answers_write(const ro_document *document, const ro_write_options *options,
                           ro_emit *emit);
ro_status ro_vectors_write(const ro_document *document, const ro_write_options *options,
                           ro_emit *emit);
ro_status ro_weighed_write(const ro_document *document, const ro_write_options *options,
                           ro_emit *emit);
#endif
