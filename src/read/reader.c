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

/* Refuses all of the input. */
static ro_status refuse(ro_reader *reader, ro_error *error, const char *what)
{
    reader->done = true;
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "read", reader->name, 0, UINT64_MAX, "%s",
                           what);
}

/* The first character from *at on that is no space, NUL if there is none. */
static ro_status skip_space(ro_reader *reader, size_t *at, char *found, ro_error *error)
{
    ro_input *input = &reader->input;
    *found = '\0';
    for (;; ++*at) {
        const ro_status status = want(input, *at + 1, error);
        if (status != RO_STATUS_OK || *at >= input->length || *at > reader->document_limit)
            return status;
        if (!ro_text_is_space((unsigned char)input->data[*at])) {
            *found = input->data[*at];
            return RO_STATUS_OK;
        }
    }
}

/* JSON lines if '{' is the first character that is no space (nor a byte-order mark), else text.
 * Prose may begin with '[', but hardly with an object in it. */
static ro_status find_format(ro_reader *reader, ro_error *error)
{
    const ro_text start = {reader->input.data, reader->input.length};
    size_t at = ro_text_starts(start, RO_READER_MARK) ? 3 : 0;
    char first, second = '\0';
    ro_status status = skip_space(reader, &at, &first, error);
    if (status == RO_STATUS_OK && first == '[') {
        ++at;
        status = skip_space(reader, &at, &second, error);
    }
    if (status != RO_STATUS_OK)
        return status;
    if (second == '{')
        return refuse(reader, error,
                      "a JSON array; expected one object a line, as jq -c '.[]' writes them");
    if (reader->format == RO_FORMAT_AUTO) {
        reader->format = first == '{' ? RO_FORMAT_JSONL : RO_FORMAT_TEXT;
        reader->guessed = true;
    }
    return status;
}

/* Looks at what the input begins with. */
static ro_status begin(ro_reader *reader, ro_error *error)
{
    const ro_input *input = &reader->input;
    ro_status status = want(&reader->input, 3, error);
    if (status == RO_STATUS_OK && input->length >= 2 &&
        (memcmp(input->data, "\xFF\xFE", 2) == 0 || memcmp(input->data, "\xFE\xFF", 2) == 0))
        return refuse(reader, error,
                      "UTF-16, by its byte-order mark; expected UTF-8, as iconv -f UTF-16 -t UTF-8 "
                      "writes it");
    if (status == RO_STATUS_OK && reader->format != RO_FORMAT_TEXT)
        status = find_format(reader, error);
    reader->begun = status == RO_STATUS_OK;
    return status;
}

ro_status ro_reader_next(ro_reader *reader, ro_document **document, ro_error *error)
{
    if (reader->done)
        return RO_STATUS_END;
    ro_status status = reader->begun ? RO_STATUS_OK : begin(reader, error);
    if (status == RO_STATUS_OK) {
        status = reader->format == RO_FORMAT_TEXT ? ro_text_door_next(reader, document, error)
                                                  : ro_jsonl_door_next(reader, document, error);
        reader->guessed = false;
    }
    if (status == RO_STATUS_IO)
        reader->done = true; /* what cannot be read now would be asked for again and again */
    return status;
}

uint64_t ro_reader_line_get(const ro_reader *reader)
{
    return reader->line;
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
