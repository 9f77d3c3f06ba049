/* fuzz_text_door.c - any bytes are one document, whose text has a U+FFFD for each byte replaced. */
#include "door.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ro_reader_options options = {.format = RO_FORMAT_TEXT};
    const ro_text bytes = {(const char *)data, size};
    fuzz_require(door_read_all(bytes, &options) == 1);
    return 0;
}
