/* jsonl_door.c - JSON lines: one object a line, one document an object. Only the line at hand is in
 * memory. Jansson parses it; what it would refuse, though the text can be read all the same
 * (undecodable bytes, escapes of lone surrogates), becomes U+FFFD first and is counted.
 *
 * Fields: text (required), id (string or integer), date (YYYY-MM-DD, or an ISO date-time, of which
 * the day counts), source, url, title, language (strings), marks (marks.c). null is absent; other
 * fields are passed over.
 */
#include "read/reader.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/error.h"
#include "base/text.h"
#include "doc/document.h"
#include "read/marks.h"

#include <jansson.h>
#include <stdio.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
enum { REPLACEMENT_LENGTH = sizeof replacement - 1 };

/* ---- lines ----------------------------------------------------------------------------------- */

/* Drops the rest of a line that is too long, without keeping it. */
static ro_status skip_line(ro_input *input, ro_error *error)
{
    for (;;) {
        const char *newline = input->length > 0 ? memchr(input->data, '\n', input->length) : NULL;
        ro_input_consume(input,
                         newline != NULL ? (size_t)(newline - input->data) + 1 : input->length);
        if (newline != NULL || input->ended)
            return RO_STATUS_OK;
        const ro_status status = ro_input_fill(input, error);
        if (status != RO_STATUS_OK)
            return status;
    }
}

/* The next line, still in the window; taken is what to consume for it, its end included. */
static ro_status read_line(ro_reader *reader, ro_text *line, size_t *taken, ro_error *error)
{
    ro_input *input = &reader->input;
    const char *newline = NULL;
    size_t searched = 0;
    for (;;) {
        if (input->length > searched)
            newline = memchr(input->data + searched, '\n', input->length - searched);
        searched = input->length;
        if (newline != NULL || input->ended || searched > reader->document_limit)
            break;
        const ro_status status = ro_input_fill(input, error);
        if (status != RO_STATUS_OK)
            return status;
    }
    if (input->length == 0)
        return RO_STATUS_END;
    ++reader->line;
    *line =
        (ro_text){input->data, newline != NULL ? (size_t)(newline - input->data) : input->length};
    *taken = line->length + (newline != NULL);
    if (line->length <= reader->document_limit)
        return RO_STATUS_OK;
    const ro_status status = skip_line(input, error);
    if (status != RO_STATUS_OK)
        return status;
    return ro_error_set_at(error, RO_STATUS_TOO_LARGE, "read", reader->name, reader->line,
                           reader->document_limit,
                           "the line is longer than the limit of %llu bytes",
                           (unsigned long long)reader->document_limit);
}

/* The first character that is none of JSON's spaces, a newline if there is none. */
static char first_character(ro_text line)
{
    for (size_t i = 0; i < line.length; ++i)
        if (line.data[i] != ' ' && line.data[i] != '\t' && line.data[i] != '\r')
            return line.data[i];
    return '\n';
}

/* ---- repair ---------------------------------------------------------------------------------- */

/* The code unit of the escape \uXXXX at this offset; UINT32_MAX if there is none. */
static uint32_t escaped_unit(ro_text line, size_t at)
{
    if (line.length - at < 6 || line.data[at] != '\\' || line.data[at + 1] != 'u')
        return UINT32_MAX;
    uint32_t unit = 0;
    for (size_t i = at + 2; i < at + 6; ++i) {
        const uint32_t c = (unsigned char)line.data[i], letter = c | 0x20;
        if (c - '0' < 10)
            unit = unit << 4 | (c - '0');
        else if (letter - 'a' < 6)
            unit = unit << 4 | (letter - 'a' + 10);
        else
            return UINT32_MAX;
    }
    return unit;
}

/* The length of the next piece of a line, which is either fit for the parser or broken: one byte
 * that cannot be decoded, or the escape of a lone surrogate. */
static size_t next_piece(ro_text line, size_t at, bool *broken)
{
    const size_t start = at;
    *broken = false;
    while (at < line.length && (unsigned char)line.data[at] < 0x80 && line.data[at] != '\\')
        ++at;
    if (at > start)
        return at - start;
    if (line.data[at] != '\\') {
        const size_t length = ro_text_valid_prefix(line.data + at, line.length - at);
        *broken = length == 0;
        return length > 0 ? length : 1;
    }
    const uint32_t unit = escaped_unit(line, at);
    if (unit == UINT32_MAX)
        return line.length - at < 2 || (unsigned char)line.data[at + 1] >= 0x80 ? 1 : 2;
    if (unit < 0xD800 || unit > 0xDFFF)
        return 6;
    const uint32_t second = unit < 0xDC00 ? escaped_unit(line, at + 6) : UINT32_MAX;
    *broken = second < 0xDC00 || second > 0xDFFF;
    return *broken ? 6 : 12;
}

static size_t count_broken(ro_text line)
{
    size_t count = 0;
    bool broken;
    for (size_t at = 0; at < line.length; count += broken)
        at += next_piece(line, at, &broken);
    return count;
}

/* Writes line to out, U+FFFD for what is broken; returns the bytes written. */
static size_t repair(ro_text line, char *out)
{
    size_t written = 0;
    for (size_t at = 0; at < line.length;) {
        bool broken;
        const size_t length = next_piece(line, at, &broken);
        const size_t room = broken ? (size_t)REPLACEMENT_LENGTH : length;
        memcpy(out + written, broken ? replacement : line.data + at, room);
        written += room;
        at += length;
    }
    return written;
}

/* Where in line that stands which repair wrote at this offset. */
static size_t offset_before_repair(ro_text line, size_t offset)
{
    size_t at = 0;
    while (at < line.length && offset > 0) {
        bool broken;
        const size_t length = next_piece(line, at, &broken);
        const size_t room = broken ? (size_t)REPLACEMENT_LENGTH : length;
        if (room > offset)
            return broken ? at : at + offset;
        offset -= room;
        at += length;
    }
    return at;
}

/* ---- fields ---------------------------------------------------------------------------------- */

enum { ID, DATE, SOURCE, URL, TITLE, LANGUAGE, STRING_COUNT };
static const char *const string_keys[STRING_COUNT] = {"id",  "date",  "source",
                                                      "url", "title", "language"};

typedef struct fields {
    ro_text text;
    ro_text strings[STRING_COUNT]; /* data NULL where not given */
    ro_date date;
    ro_text date_found; /* a date that is no day */
    char number[24];    /* an id that is one */
} fields;

static const char *kind_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    case JSON_NULL:
        return "null";
    }
    return "a value";
}

static ro_status refuse(const ro_reader *reader, ro_error *error, const char *key,
                        const char *expected, const char *found)
{
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "read", reader->name, reader->line,
                           UINT64_MAX, "field \"%s\": expected %s, found %s", key, expected, found);
}

static ro_text text_of(const json_t *string)
{
    return (ro_text){json_string_value(string), json_string_length(string)};
}

/* Reads YYYY-MM-DD, alone or before the time of day. */
static bool parse_day(ro_text text, ro_date *date)
{
    if (text.length > 10 && text.data[10] != 'T' && text.data[10] != ' ')
        return false;
    return text.length >= 10 && ro_date_parse((ro_text){text.data, 10}, date);
}

static ro_status get_string(const ro_reader *reader, const json_t *object, int field, fields *found,
                            ro_error *error)
{
    const char *key = string_keys[field];
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return RO_STATUS_OK;
    if (field == ID && json_is_integer(value)) {
        const int length = snprintf(found->number, sizeof found->number, "%" JSON_INTEGER_FORMAT,
                                    json_integer_value(value));
        found->strings[ID] = (ro_text){found->number, (size_t)length};
        return RO_STATUS_OK;
    }
    if (!json_is_string(value))
        return refuse(reader, error, key, field == ID ? "a string or an integer" : "a string",
                      kind_of(value));
    const ro_text text = text_of(value);
    if (memchr(text.data, '\0', text.length) != NULL)
        return refuse(reader, error, key, "a string without NULs", "one with a NUL");
    found->strings[field] = text;
    return RO_STATUS_OK;
}

static ro_status get_fields(const ro_reader *reader, const json_t *object, fields *found,
                            ro_error *error)
{
    if (!json_is_object(object))
        return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "read", reader->name, reader->line, 0,
                               "expected an object, found %s", kind_of(object));
    const json_t *text = json_object_get(object, "text");
    if (!json_is_string(text))
        return refuse(reader, error, "text", "a string", text != NULL ? kind_of(text) : "none");
    found->text = text_of(text);
    for (int field = 0; field < STRING_COUNT; ++field) {
        const ro_status status = get_string(reader, object, field, found, error);
        if (status != RO_STATUS_OK)
            return status;
    }
    const ro_text date = found->strings[DATE];
    found->date = reader->date;
    if (ro_date_is_none(reader->date) && date.length > 0 && !parse_day(date, &found->date))
        found->date_found = date; /* kept, and nothing is dated by it */
    return RO_STATUS_OK;
}

/* ---- documents ------------------------------------------------------------------------------- */

/* Copies a field into the document; false when out of memory. */
static bool copy_field(ro_document *document, ro_text from, const char **to)
{
    if (from.data == NULL)
        return true;
    *to = ro_arena_copy(document->arena, from.data, from.length);
    return *to != NULL;
}

static ro_status make_document(const ro_reader *reader, const fields *found, size_t broken,
                               ro_document **document, ro_error *error)
{
    ro_document *made;
    const ro_status status = ro_document_new(found->strings[ID], found->text, found->date,
                                             &reader->allocator, &made, error);
    if (status != RO_STATUS_OK)
        return ro_reader_locate(reader, status, error);
    if (!copy_field(made, found->date_found, &made->date_found) ||
        !copy_field(made, found->strings[SOURCE], &made->source) ||
        !copy_field(made, found->strings[URL], &made->url) ||
        !copy_field(made, found->strings[TITLE], &made->title) ||
        !copy_field(made, found->strings[LANGUAGE], &made->language)) {
        ro_document_free(made);
        return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "read", reader->name, reader->line,
                               UINT64_MAX, "out of memory");
    }
    made->replaced += (uint32_t)broken; /* fits: each took a byte of the line at least */
    *document = made;
    return RO_STATUS_OK;
}

static ro_status get_marks(const ro_reader *reader, const json_t *object, ro_document *document,
                           ro_error *error)
{
    const json_t *marks = json_object_get(object, "marks");
    const char *expected;
    size_t at;
    if (marks == NULL || json_is_null(marks))
        return RO_STATUS_OK;
    if (!json_is_array(marks))
        return refuse(reader, error, "marks", "a list", kind_of(marks));
    const ro_status status = ro_marks_read(marks, document, &expected, &at);
    if (status == RO_STATUS_OK)
        return status;
    if (status == RO_STATUS_OUT_OF_MEMORY)
        return ro_error_set_at(error, status, "read", reader->name, reader->line, UINT64_MAX,
                               "out of memory");
    return ro_error_set_at(error, status, "read", reader->name, reader->line, UINT64_MAX,
                           "field \"marks\": expected %s; found another at number %zu", expected,
                           at + 1);
}

/* Says why bytes, which are line with its broken pieces replaced, are no JSON. */
static ro_status refuse_syntax(ro_reader *reader, ro_text line, size_t broken,
                               const json_error_t *reason, ro_error *error)
{
    reader->broken = true;
    const size_t position = reason->position > 0 ? (size_t)reason->position : 0;
    const size_t offset = broken > 0 ? offset_before_repair(line, position) : position;
    if (json_error_code(reason) == json_error_premature_end_of_input)
        return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "read", reader->name, reader->line,
                               offset,
                               "not JSON: the line ends too soon; expected one object a "
                               "line, as jq -c . writes it");
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "read", reader->name, reader->line, offset,
                           "not JSON: %s; expected one object a line%s", reason->text,
                           reader->guessed ? ", or --from text for a text that begins with '{'"
                                           : "");
}

/* Parses bytes, which are line with its broken pieces replaced. */
static ro_status parse(ro_reader *reader, ro_text line, ro_text bytes, size_t broken,
                       ro_document **document, ro_error *error)
{
    json_error_t reason;
    json_t *object =
        json_loadb(bytes.data, bytes.length, JSON_ALLOW_NUL | JSON_DECODE_ANY, &reason);
    if (object == NULL && json_error_code(&reason) == json_error_out_of_memory)
        return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "read", reader->name, reader->line,
                               UINT64_MAX, "out of memory");
    if (object == NULL)
        return refuse_syntax(reader, line, broken, &reason, error);
    fields found = {.number = ""};
    ro_document *made = NULL;
    ro_status status = get_fields(reader, object, &found, error);
    if (status == RO_STATUS_OK)
        status = make_document(reader, &found, broken, &made, error);
    if (status == RO_STATUS_OK)
        status = get_marks(reader, object, made, error);
    if (status == RO_STATUS_OK)
        *document = made;
    else
        ro_document_free(made);
    json_decref(object);
    return status;
}

static ro_status read_document(ro_reader *reader, ro_text line, ro_document **document,
                               ro_error *error)
{
    const size_t broken = count_broken(line);
    if (broken == 0)
        return parse(reader, line, line, 0, document, error);
    const size_t room = line.length + broken * (REPLACEMENT_LENGTH - 1);
    char *bytes = ro_alloc_zeroed(&reader->allocator, room, 1);
    if (bytes == NULL)
        return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "read", reader->name, reader->line,
                               UINT64_MAX, "out of memory");
    const size_t length = repair(line, bytes);
    const ro_status status = parse(reader, line, (ro_text){bytes, length}, broken, document, error);
    ro_alloc_free(&reader->allocator, bytes, room, 1);
    return status;
}

/* Lines behind one that is no JSON, up to the next '{', are a part of it: of an object written over
 * several lines, or of a text. */
ro_status ro_jsonl_door_next(ro_reader *reader, ro_document **document, ro_error *error)
{
    for (;;) {
        ro_text line;
        size_t taken;
        ro_status status = read_line(reader, &line, &taken, error);
        if (status != RO_STATUS_OK)
            return status;
        if (reader->line == 1 && ro_text_starts(line, RO_READER_MARK)) {
            line.data += 3;
            line.length -= 3;
        }
        const char first = first_character(line);
        const bool passed = first == '\n' || (first != '{' && reader->broken);
        if (!passed) {
            reader->broken = false;
            status = read_document(reader, line, document, error);
        }
        ro_input_consume(&reader->input, taken);
        if (!passed)
            return status;
    }
}
