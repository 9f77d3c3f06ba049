/* door.h - what holds of every document that a door gives, whatever the bytes were. */
#ifndef RO_TEST_DOOR_H
#define RO_TEST_DOOR_H
#include "base/date.h"
#include "base/text.h"
#include "doc/document.h"
#include "fuzz.h"

/* in_text_only: what was replaced stands in the text, not in another field. */
static inline void door_check_document(const ro_document *document, bool in_text_only)
{
    const ro_text text = ro_document_text_get(document);
    size_t replacements = 0;
    for (size_t at = 0; at < text.length;) {
        const size_t length = ro_text_valid_prefix(text.data + at, text.length - at);
        fuzz_require(length > 0);
        size_t offset = at;
        replacements += ro_text_decode(text, &offset) == 0xFFFD;
        fuzz_require(offset == at + length);
        at = offset;
    }
    fuzz_require(text.data[text.length] == '\0');
    fuzz_require(!in_text_only || replacements >= ro_document_replaced_count(document));
    fuzz_require(document->body <= text.length);
    fuzz_require(document->body == text.length ||
                 ((unsigned char)text.data[document->body] & 0xC0) != 0x80);
    const ro_date date = ro_document_date_get(document);
    fuzz_require(ro_date_is_none(date) || ro_date_is_valid(date.year, date.month, date.day));
    fuzz_require(ro_document_id_get(document).length > 0);
}

/* Reads all documents of bytes; returns how many there were. */
static inline size_t door_read_all(ro_text bytes, const ro_reader_options *options)
{
    ro_reader *reader = NULL;
    ro_error error = {0};
    if (ro_reader_open_memory("fuzz", bytes, options, &reader, &error) != RO_STATUS_OK)
        return 0;
    size_t documents = 0;
    for (;;) {
        ro_document *document = NULL;
        error = (ro_error){0};
        const ro_status status = ro_reader_next(reader, &document, &error);
        if (status == RO_STATUS_END)
            break;
        if (status == RO_STATUS_OK) {
            ++documents;
            door_check_document(document, options->format == RO_FORMAT_TEXT);
            ro_document_free(document);
        } else {
            fuzz_require(document == NULL && error.status == status && error.message[0] != '\0');
            fuzz_require(status == RO_STATUS_BAD_FORMAT || status == RO_STATUS_TOO_LARGE);
            fuzz_require(error.offset == UINT64_MAX || error.offset <= bytes.length);
        }
    }
    ro_reader_close(reader);
    return documents;
}
#endif
