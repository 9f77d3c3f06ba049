/* text_door.c - a text file is one document, whole. Decoding and the "date 2022-03-03" prefix are
 * the same for every text, and so document.c's.
 */
#include "read/reader.h"

#include "base/error.h"
#include "base/text.h"

enum { LOOKED_AT = 8192, MOST_PARTS = 10 };

/* A text may hold some NULs, and bytes of another encoding. Where it holds both, or NULs alone, and
 * they are more than a tenth of what it begins with, it is a picture, an archive, or UTF-16. */
static ro_status check(const ro_reader *reader, ro_error *error)
{
    const char *bytes = reader->input.data;
    const size_t length = reader->input.length < LOOKED_AT ? reader->input.length : LOOKED_AT;
    size_t nuls = 0, undecodable = 0;
    for (size_t at = 0, step; at<length; at += step> 0 ? step : 1) {
        step = ro_text_valid_prefix(bytes + at, length - at);
        undecodable += step == 0;
        nuls += bytes[at] == '\0';
    }
    if (nuls == 0 || nuls + undecodable <= length / MOST_PARTS)
        return RO_STATUS_OK;
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "read", reader->name, 0, UINT64_MAX,
                           "looks binary: %zu NUL and %zu undecodable bytes among the first %zu; "
                           "expected text in UTF-8",
                           nuls, undecodable, length);
}

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
    ro_status status = check(reader, error);
    if (status != RO_STATUS_OK)
        return status;
    status = ro_document_new((ro_text){"", 0}, (ro_text){input->data, input->length}, reader->date,
                             &reader->allocator, document, error);
    return status == RO_STATUS_OK ? status : ro_reader_locate(reader, status, error);
}
