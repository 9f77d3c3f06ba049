/* inputs.c - the documents of several files, in order, as one stream.
 *
 * A file or document that is refused becomes a message, and reading goes on behind it. Formats are
 * left to the library's reader.
 */
#include "inputs.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How many bytes of a date that is none are shown. */
#define DATE_SHOWN 40

int inputs_start(inputs *from, const command *of, const options *given)
{
    *from = (inputs){.files = given->files, .file_count = given->file_count};
    from->options.format = given->from;
    from->options.date = given->date;
    if (given->file_count > 0)
        return -1;
    if (isatty(STDIN_FILENO)) {
        options_print_help(of);
        return EXIT_USAGE;
    }
    from->files = NULL;
    from->file_count = 1;
    return -1;
}

void inputs_end(inputs *from)
{
    ro_reader_close(from->reader);
    from->reader = NULL;
}

static const char *name_of(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static void refuse(inputs *from, const char *path, const ro_error *error, buffer *messages)
{
    message_add_error(messages, path, error);
    from->failed++;
}

/* How many bytes of a text are shown: at most so many, and only whole characters. */
static size_t cut(ro_text text, size_t most)
{
    size_t length = text.length < most ? text.length : most;
    while (length < text.length && length > 0 && ((unsigned char)text.data[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static void warn(const inputs *from, const char *path, const ro_document *document, buffer *to,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));

static void warn(const inputs *from, const char *path, const ro_document *document, buffer *to,
                 const char *format, ...)
{
    ro_text id = ro_document_id_get(document);
    unsigned long long line = ro_reader_line_get(from->reader);
    char place[24] = "", what[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (line > 0)
        snprintf(place, sizeof place, ":%llu", line);
    message_add(to, "%s%s: warning: document %.*s: %s", path, place, (int)id.length, id.data, what);
}

/* Whether a day has not come yet; a day ahead may be another time zone's. */
static bool is_to_come(ro_date date)
{
    time_t latest = time(NULL) + 24 * 60 * 60;
    struct tm day;
    if (date.year == 0 || gmtime_r(&latest, &day) == NULL)
        return false;
    int years = date.year - day.tm_year - 1900, months = date.month - day.tm_mon - 1;
    return years > 0 || (years == 0 && (months > 0 || (months == 0 && date.day > day.tm_mday)));
}

/* Says so where the day of publication is none, or has not come yet: what is told of "yesterday" is
 * then not to be trusted; and where the text is not what the file holds. */
static void warn_of(const inputs *from, const char *path, const ro_document *document, buffer *to)
{
    ro_text found = ro_document_date_found_get(document);
    ro_date date = ro_document_date_get(document);
    size_t replaced = ro_document_replaced_count(document);
    if (found.length > 0)
        warn(from, path, document, to,
             "date '%.*s' is no day YYYY-MM-DD; the document is taken without a date",
             (int)cut(found, DATE_SHOWN), found.data);
    if (is_to_come(date))
        warn(from, path, document, to, "date %04d-%02d-%02d is still to come", date.year,
             date.month, date.day);
    if (replaced > 0)
        warn(from, path, document, to, "not UTF-8: %zu undecodable byte%s replaced", replaced,
             replaced == 1 ? "" : "s");
}

bool inputs_next(inputs *from, ro_document **document, const char **path, buffer *messages)
{
    while (from->at < from->file_count) {
        ro_error error = {.offset = UINT64_MAX};
        *path = from->files != NULL ? from->files[from->at] : "-";
        if (from->reader == NULL) {
            if (ro_reader_open(*path, &from->options, &from->reader, &error) != RO_STATUS_OK) {
                refuse(from, *path, &error, messages);
                from->at++;
                continue;
            }
            from->opened++;
        }
        ro_status status = ro_reader_next(from->reader, document, &error);
        if (status == RO_STATUS_OK) {
            *path = name_of(*path);
            warn_of(from, *path, *document, messages);
            return true;
        }
        if (status != RO_STATUS_END)
            refuse(from, *path, &error, messages);
        if (status == RO_STATUS_END || status == RO_STATUS_IO ||
            status == RO_STATUS_OUT_OF_MEMORY) {
            inputs_end(from);
            from->at++;
        }
    }
    return false;
}
