/* fuzz.h - what all fuzz targets share: their entry, and how they say that something broke. */
#ifndef RO_TEST_FUZZ_H
#define RO_TEST_FUZZ_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* abort() is what libFuzzer and the replay take for a failure. */
static inline void fuzz_require(bool holds)
{
    if (!holds)
        abort();
}
#endif
