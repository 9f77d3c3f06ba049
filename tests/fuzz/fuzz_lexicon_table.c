/* fuzz_lexicon_table.c - a compiled lexicon of any bytes is refused, or all of it can be read. The
 * bytes are tried as they are, and again under a header that fits them: no fuzzer finds a checksum,
 * and one who means harm would send the right one.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "fuzz.h"
#include "lexicon/image.h"
#include "lexicon/lexicon.h"

static void read_all(const ro_lexicon *lexicon)
{
    volatile size_t sum = 0;
    for (size_t i = 0; i < ro_lexicon_fact_count(lexicon); i++) {
        const ro_fact *fact = ro_lexicon_fact_at(lexicon, i);
        sum += strlen(fact->name) + strlen(fact->code) + strlen(fact->country) +
               strlen(fact->sectors) + strlen(fact->role) + strlen(fact->parent) +
               strlen(fact->source) + strlen(ro_lexicon_what_name(fact->what));
        ro_lexicon_country(lexicon, fact->country);
        ro_lexicon_role(lexicon, fact->role);
        if (strlen(fact->sectors) >= 3)
            ro_lexicon_sector(lexicon, fact->sectors);
        ro_lexicon_holder(lexicon, fact->country, fact->role, (ro_date){2005, 5, 2});
        ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
        bool weak;
        if (i < 64 && ro_lexicon_read(lexicon, &cursor, ro_text_of(fact->name)))
            while (ro_lexicon_fact_next(lexicon, &cursor.forms, ro_text_of(fact->name), &weak))
                sum++;
    }
}

static void try_bytes(const void *bytes, size_t size)
{
    ro_lexicon *lexicon = NULL;
    if (ro_lexicon_open_table(bytes, size, NULL, &lexicon) == RO_STATUS_OK)
        read_all(lexicon);
    else
        fuzz_require(lexicon == NULL);
    ro_lexicon_close(lexicon);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ro_allocator *allocator = ro_alloc_default();
    unsigned char *copy = ro_alloc_aligned(allocator, size + 1, 1);
    if (copy == NULL)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    try_bytes(copy, size);
    if (size >= sizeof(ro_image_header)) {
        ro_image_header header;
        memcpy(&header, copy, sizeof header);
        memcpy(header.magic, RO_IMAGE_MAGIC, sizeof header.magic);
        header.version = RO_IMAGE_VERSION;
        header.byte_order = RO_IMAGE_BYTE_ORDER;
        header.length = size;
        memcpy(copy, &header, sizeof header);
        header.checksum = ro_image_checksum(copy, size);
        memcpy(copy, &header, sizeof header);
        try_bytes(copy, size);
    }
    ro_alloc_free_aligned(allocator, copy, size + 1, 1);
    return 0;
}
