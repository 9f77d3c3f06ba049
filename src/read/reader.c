/* reader.c - the public reader: opens a file or memory, finds out its format, and asks the format's
 * door for one document after the other (text_door.c, jsonl_door.c).
 */
#include "read/reader.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

static const uint64_t default_limit = 1024 * 1024 * 1024;

static ro_status check_options(const ro_reader_options *options, ro_error *error)
{
    if (options->format != RO_FORMAT_AUTO && options->format != RO_FORMAT_TEXT &&
        options->format != RO_FORMAT_JSONL)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "read", "no such format: %d",
                            (int)options->format);
    const ro_date date = options->date;
    if (!ro_date_is_none(date) && !ro_date_is_valid(date.year, date.month, date.day))
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "read",
                            "%d-%d-%d is no day of the calendar", date.year, date.month, date.day);
    return RO_STATUS_OK;
}

/* A reader that has no input yet. */
static ro_status make(const char *name, const ro_reader_options *options, ro_reader **reader,
                      ro_error *error)
{
    const ro_reader_options none = {.format = RO_FORMAT_AUTO};
    if (options == NULL)
        options = &none;
    const ro_status status = check_options(options, error);
    if (status != RO_STATUS_OK)
        return status;
    const ro_allocator *allocator = ro_alloc_or_default(options->allocator);
    ro_reader *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    char *copy = made != NULL ? ro_alloc_zeroed(allocator, strlen(name) + 1, 1) : NULL;
    if (copy == NULL) {
        ro_alloc_free(allocator, made, 1, sizeof *made);
        return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "read", name, 0, UINT64_MAX,
                               "out of memory");
    }
    made->allocator = *allocator;
    made->format = options->format;
    made->date = options->date;
    made->document_limit = options->document_limit > 0 ? options->document_limit : default_limit;
    made->name = strcpy(copy, name);
    *reader = made;
    return RO_STATUS_OK;
}

ro_status ro_reader_open(const char *path, const ro_reader_options *options, ro_reader **reader,
                         ro_error *error)
{
    ro_reader *made = NULL;
    ro_status status = make(path, options, &made, error);
    if (status != RO_STATUS_OK)
        return status;
    status = ro_input_open(&made->input, made->name, &made->allocator, error);
    if (status == RO_STATUS_OK)
        *reader = made;
    else
        ro_reader_close(made);
    return status;
}

ro_status ro_reader_open_memory(const char *name, ro_text bytes, const ro_reader_options *options,
                                ro_reader **reader, ro_error *error)
{
    ro_reader *made = NULL;
    const ro_status status = make(name, options, &made, error);
    if (status != RO_STATUS_OK)
        return status;
    ro_input_open_memory(&made->input, made->name, bytes);
    *reader = made;
    return RO_STATUS_OK;
}

void ro_reader_close(ro_reader *reader)
{
    if (reader == NULL)
        return;
    ro_input_close(&reader->input);
    const ro_allocator allocator = reader->allocator;
    ro_alloc_free(&allocator, reader->name, strlen(reader->name) + 1, 1);
    ro_alloc_free(&allocator, reader, 1, sizeof *reader);
}

/* Fills the window until it holds at least count bytes, or all that there are. */
static ro_status want(ro_input *input, size_t count, ro_error *error)
{
    ro_status status = RO_STATUS_OK;
    while (status == RO_STATUS_OK && input->length < count && !input->ended)
        status = ro_input_fill(input, error);
    return status;
}

/* JSON lines if '{' is the first character that is no space (nor a byte-order mark), else text. */
static ro_status find_format(ro_reader *reader, ro_error *error)
{
    ro_input *input = &reader->input;
    ro_status status = want(input, 3, error);
    size_t at = ro_text_starts((ro_text){input->data, input->length}, RO_READER_MARK) ? 3 : 0;
    for (; status == RO_STATUS_OK; ++at) {
        status = want(input, at + 1, error);
        if (at >= input->length || at > reader->document_limit ||
            !ro_text_is_space((unsigned char)input->data[at]))
            break;
    }
    if (status == RO_STATUS_OK) {
        const bool brace = at < input->length && input->data[at] == '{';
        reader->format = brace ? RO_FORMAT_JSONL : RO_FORMAT_TEXT;
    }
    return status;
}

ro_status ro_reader_next(ro_reader *reader, ro_document **document, ro_error *error)
{
    if (reader->done)
        return RO_STATUS_END;
    ro_status status = RO_STATUS_OK;
    if (reader->format == RO_FORMAT_AUTO)
        status = find_format(reader, error);
    if (status == RO_STATUS_OK && reader->format == RO_FORMAT_TEXT)
        status = ro_text_door_next(reader, document, error);
    else if (status == RO_STATUS_OK)
        status = ro_jsonl_door_next(reader, document, error);
    if (status == RO_STATUS_IO)
        reader->done = true; /* what cannot be read now would be asked for again and again */
    return status;
}

ro_status ro_reader_locate(const ro_reader *reader, ro_status status, ro_error *error)
{
    if (error != NULL) {
        const ro_error found = *error;
        ro_error_set_at(error, status, "read", reader->name, reader->line, found.offset, "%s",
                        found.message);
    }
    return status;
}
