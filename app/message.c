/* message.c - lines on standard error, each "readout: PATH:LINE: message".
 *
 * Threads gather theirs in a buffer, printed when their documents are written (documents.c), so
 * that messages come in the order of the input.
 */
#include "message.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_ROOM = 1024 };

bool buffer_add(buffer *to, const char *bytes, size_t count)
{
    if (count == 0)
        return true;
    if (to->room - to->used < count) {
        size_t room = to->used + count + to->room;
        char *grown = realloc(to->bytes, room);
        if (grown == NULL)
            return false;
        to->bytes = grown;
        to->room = room;
    }
    memcpy(to->bytes + to->used, bytes, count);
    to->used += count;
    return true;
}

void buffer_free(buffer *of)
{
    free(of->bytes);
    *of = (buffer){0};
}

static void add_line(buffer *to, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void add_line(buffer *to, const char *format, va_list arguments)
{
    char line[LINE_ROOM];
    vsnprintf(line, sizeof line, format, arguments);
    for (char *at = line; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            *at = '?'; /* names of files may hold anything: one line stays one line */
    /* out of memory: the line is printed out of its turn rather than lost */
    if (buffer_add(to, "readout: ", 9) && buffer_add(to, line, strlen(line)) &&
        buffer_add(to, "\n", 1))
        return;
    fprintf(stderr, "readout: %s\n", line);
}

void message_add(buffer *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_line(to, format, arguments);
    va_end(arguments);
}

void message_add_error(buffer *to, const char *path, const ro_error *error)
{
    const char *about = error->path[0] != '\0' ? error->path : path;
    const char *what = error->message[0] != '\0' ? error->message : ro_status_text(error->status);
    if (strcmp(about, "-") == 0)
        about = "standard input";
    if (about[0] == '\0')
        message_add(to, "%s", what);
    else if (error->line > 0)
        message_add(to, "%s:%llu: %s", about, (unsigned long long)error->line, what);
    else if (error->offset != UINT64_MAX && error->offset > 0)
        message_add(to, "%s: %s (at byte %llu)", about, what, (unsigned long long)error->offset);
    else
        message_add(to, "%s: %s", about, what);
}

void message_flush(buffer *from)
{
    if (from->used > 0)
        fwrite(from->bytes, 1, from->used, stderr);
    from->used = 0;
}

void message_print(const char *format, ...)
{
    buffer line = {0};
    va_list arguments;
    va_start(arguments, format);
    add_line(&line, format, arguments);
    va_end(arguments);
    message_flush(&line);
    buffer_free(&line);
}

void message_print_error(const char *path, const ro_error *error)
{
    buffer line = {0};
    message_add_error(&line, path, error);
    message_flush(&line);
    buffer_free(&line);
}
