/* error.c - texts of statuses, and filling an ro_error. */
#include "base/error.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *ro_status_text(ro_status status)
{
    switch (status) {
#define RO_STATUS(member, text)                                                                    \
    case RO_STATUS_##member:                                                                       \
        return text;
#include "readout/status.def"
#undef RO_STATUS
    }
    return "unknown status";
}

static void copy_cut(char *to, size_t room, const char *from)
{
    size_t length = strlen(from);
    if (length >= room)
        length = ro_text_cut(ro_text_of(from), room - 1).length;
    memcpy(to, from, length);
    to[length] = '\0';
}

static void fill(ro_error *error, ro_status status, const char *stage, const char *path,
                 uint64_t line, uint64_t offset, const char *format, va_list arguments)
    __attribute__((format(printf, 7, 0)));

static void fill(ro_error *error, ro_status status, const char *stage, const char *path,
                 uint64_t line, uint64_t offset, const char *format, va_list arguments)
{
    error->status = status;
    copy_cut(error->stage, sizeof error->stage, stage);
    copy_cut(error->path, sizeof error->path, path != NULL ? path : "");
    error->line = line;
    error->offset = offset;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    error->message[ro_text_cut(ro_text_of(error->message), sizeof error->message).length] = '\0';
    for (char *c = error->message; *c != '\0'; ++c)
        if ((unsigned char)*c < 0x20 || *c == 0x7F) /* one line, no escapes, whatever it quotes */
            *c = ' ';
}

ro_status ro_error_set(ro_error *error, ro_status status, const char *stage, const char *format,
                       ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, stage, NULL, 0, UINT64_MAX, format, arguments);
        va_end(arguments);
    }
    return status;
}

ro_status ro_error_set_at(ro_error *error, ro_status status, const char *stage, const char *path,
                          uint64_t line, uint64_t offset, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, stage, path, line, offset, format, arguments);
        va_end(arguments);
    }
    return status;
}
