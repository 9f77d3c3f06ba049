/* input.c - a growing window over the bytes of a file or of memory: what is consumed makes room for
 * what is read next, and the buffer grows only while nothing is consumed. Where documents begin and
 * end is the doors' matter.
 */
#include "read/input.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

enum { FIRST_CAPACITY = 64 * 1024 };

ro_status ro_input_open(ro_input *input, const char *name, const ro_allocator *allocator,
                        ro_error *error)
{
    *input = (ro_input){.data = "", .name = name, .allocator = *ro_alloc_or_default(allocator)};
    return ro_file_open(name, &input->allocator, &input->file, error);
}

void ro_input_open_memory(ro_input *input, const char *name, ro_text bytes)
{
    *input = (ro_input){.data = bytes.length > 0 ? bytes.data : "",
                        .length = bytes.length,
                        .name = name,
                        .ended = true};
}

void ro_input_close(ro_input *input)
{
    ro_file_close(input->file);
    if (input->buffer != NULL)
        ro_alloc_free(&input->allocator, input->buffer, input->capacity, 1);
    input->file = NULL;
    input->buffer = NULL;
}

/* Makes room behind the window: to the front of the buffer if that frees half of it, else by a
 * buffer of twice the size. */
static bool make_room(ro_input *input)
{
    if (input->buffer != NULL && input->length <= input->capacity / 2) {
        memmove(input->buffer, input->data, input->length);
    } else {
        if (input->capacity > SIZE_MAX / 2)
            return false;
        const size_t capacity = input->capacity > 0 ? 2 * input->capacity : FIRST_CAPACITY;
        const ro_allocator *allocator = &input->allocator;
        char *buffer = allocator->alloc(allocator->context, capacity);
        if (buffer == NULL)
            return false;
        memcpy(buffer, input->data, input->length);
        ro_alloc_free(allocator, input->buffer, input->capacity, 1);
        input->buffer = buffer;
        input->capacity = capacity;
    }
    input->data = input->buffer;
    return true;
}

ro_status ro_input_fill(ro_input *input, ro_error *error)
{
    if (input->ended)
        return RO_STATUS_OK;
    size_t used = input->buffer != NULL ? (size_t)(input->data - input->buffer) + input->length : 0;
    if (used == input->capacity) {
        if (!make_room(input))
            return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "read", input->name, 0,
                                   UINT64_MAX, "out of memory");
        used = input->length;
    }
    size_t got = 0;
    const ro_status status =
        ro_file_read(input->file, input->buffer + used, input->capacity - used, &got, error);
    if (status != RO_STATUS_OK)
        return status;
    input->length += got;
    input->ended = got == 0;
    return RO_STATUS_OK;
}

void ro_input_consume(ro_input *input, size_t count)
{
    input->data += count;
    input->length -= count;
}
