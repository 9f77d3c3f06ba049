/* fuzz_jsonl_door.c - every line of any bytes is a document, a refusal or blank, and none stops the
 * reading; with a small limit too, which makes the door skip lines. */
#include "door.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ro_text bytes = {(const char *)data, size};
    const ro_reader_options options = {.format = RO_FORMAT_JSONL};
    const size_t all = door_read_all(bytes, &options);
    const ro_reader_options limited = {.format = RO_FORMAT_JSONL, .document_limit = 24};
    fuzz_require(door_read_all(bytes, &limited) <= all);
    const ro_reader_options automatic = {.format = RO_FORMAT_AUTO};
    door_read_all(bytes, &automatic);
    return 0;
}
