/* fuzz_text_door.c - any bytes are one document, whose text has a U+FFFD for each byte replaced; or
 * none, if they hold NULs or a byte-order mark of UTF-16. */
#include "door.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ro_reader_options options = {.format = RO_FORMAT_TEXT};
    const ro_text bytes = {(const char *)data, size};
    const bool plain = size == 0 || (memchr(data, 0, size) == NULL && data[0] < 0xFE);
    const size_t documents = door_read_all(bytes, &options);
    fuzz_require(documents == 1 || (documents == 0 && !plain));
    return 0;
}
