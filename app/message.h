/* message.h - lines on standard error, each "readout: PATH:LINE: message". */
#ifndef APP_MESSAGE_H
#define APP_MESSAGE_H
#include "readout.h"

/* Bytes that grow; zero it before the first use. */
typedef struct buffer {
    char *bytes;
    size_t used, room;
} buffer;

/* False when out of memory; the buffer keeps what it had. */
bool buffer_add(buffer *to, const char *bytes, size_t count);
void buffer_free(buffer *of);

/* Adds a line to a buffer of messages, to be printed in its turn. Control characters become '?'. */
void message_add(buffer *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same from an error; path stands for the error's own where that is empty. */
void message_add_error(buffer *to, const char *path, const ro_error *error);
/* Prints at once. */
void message_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void message_print_error(const char *path, const ro_error *error);
/* Prints and empties a buffer of messages. */
void message_flush(buffer *from);
#endif
