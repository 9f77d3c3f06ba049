/* input.h - a growing window over the bytes of a file or of memory. */
#ifndef RO_READ_INPUT_H
#define RO_READ_INPUT_H
#include "base/file.h"

/* [data, data + length) are the bytes read and not yet consumed; they move when more are read. */
typedef struct ro_input {
    const char *data;
    size_t length;
    const char *name; /* for errors; borrowed                    */
    bool ended;       /* nothing follows the window              */
    /* input.c's own */
    ro_allocator allocator;
    ro_file *file; /* NULL over memory                        */
    char *buffer;  /* NULL over memory                        */
    size_t capacity;
} ro_input;

/* Over a file, "-" for standard input. name is borrowed until the input is closed. Fails as
 * ro_file_open does. */
ro_status ro_input_open(ro_input *input, const char *name, const ro_allocator *allocator,
                        ro_error *error);
/* Over bytes, which are borrowed; the window holds all of them at once. */
void ro_input_open_memory(ro_input *input, const char *name, ro_text bytes);
void ro_input_close(ro_input *input);
/* Reads some more bytes into the window, or sets ended. OK, IO or OUT_OF_MEMORY; the window stays
 * whole on failure. */
ro_status ro_input_fill(ro_input *input, ro_error *error);
/* Drops count bytes from the start of the window. */
void ro_input_consume(ro_input *input, size_t count);
#endif
