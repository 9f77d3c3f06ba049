/* text_door.c - a text file is one document, whole. Decoding and the "date 2022-03-03" prefix are
 * the same for every text, and so document.c's.
 */
#include "read/reader.h"

#include "base/error.h"

ro_status ro_text_door_next(ro_reader *reader, ro_document **document, ro_error *error)
{
    ro_input *input = &reader->input;
    while (!input->ended && input->length <= reader->document_limit) {
        const ro_status status = ro_input_fill(input, error);
        if (status != RO_STATUS_OK)
            return status;
    }
    reader->done = true;
    if (input->length > reader->document_limit)
        return ro_error_set_at(error, RO_STATUS_TOO_LARGE, "read", input->name, 0,
                               reader->document_limit,
                               "the text is longer than the limit of %llu bytes",
                               (unsigned long long)reader->document_limit);
    const ro_status status =
        ro_document_new((ro_text){"", 0}, (ro_text){input->data, input->length}, reader->date,
                        &reader->allocator, document, error);
    return status == RO_STATUS_OK ? status : ro_reader_locate(reader, status, error);
}
