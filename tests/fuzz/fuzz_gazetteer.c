/* fuzz_gazetteer.c - a gazetteer's text of any bytes, alone and laid over itself, is refused with a
 * line, or compiles to a table that is the same a second time and in which every place is found by
 * its name.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "fuzz.h"
#include "where/gazetteer.h"
#include "where/gazetteer_make.h"

static void read_all(const void *table, size_t length)
{
    ro_gazetteer *gazetteer = NULL;
    fuzz_require(ro_gazetteer_open_table(table, length, NULL, &gazetteer) == RO_STATUS_OK);
    fuzz_require(ro_gazetteer_is_whole(gazetteer));
    for (uint32_t i = 0; i < ro_gazetteer_place_count(gazetteer); i++) {
        ro_gazetteer_place place, country;
        bool is_found = false;
        uint32_t first;
        fuzz_require(ro_gazetteer_place_at(gazetteer, i, &place) && place.index == i);
        uint32_t count = ro_gazetteer_find(gazetteer, ro_text_of(place.name), &first);
        for (uint32_t at = 0; at < count; at++) {
            ro_gazetteer_place other;
            fuzz_require(ro_gazetteer_at(gazetteer, first + at, &other, NULL));
            is_found = is_found || other.index == i;
        }
        fuzz_require(is_found);
        fuzz_require(place.kind != RO_PLACE_KIND_COUNTRY ||
                     ro_gazetteer_country(gazetteer, place.country, &country));
    }
    ro_gazetteer_close(gazetteer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ro_text bytes = {(const char *)data, size};
    const ro_gazetteer_text texts[] = {{"ours.tsv", bytes}, {"theirs.tsv", bytes}};
    for (size_t count = 1; count <= 2; count++) {
        void *tables[2] = {NULL};
        size_t lengths[2] = {0};
        ro_error error = {0};
        ro_status status =
            ro_gazetteer_make_table(texts, count, NULL, &tables[0], &lengths[0], &error);
        fuzz_require(status == RO_STATUS_OK || (status == RO_STATUS_BAD_FORMAT && error.line > 0));
        fuzz_require((status == RO_STATUS_OK) == (tables[0] != NULL));
        if (status == RO_STATUS_OK) {
            fuzz_require(ro_gazetteer_make_table(texts, count, NULL, &tables[1], &lengths[1],
                                                 &error) == RO_STATUS_OK);
            fuzz_require(lengths[0] == lengths[1] && memcmp(tables[0], tables[1], lengths[0]) == 0);
            read_all(tables[0], lengths[0]);
        }
        for (int i = 0; i < 2; i++)
            ro_alloc_free_aligned(ro_alloc_default(), tables[i], lengths[i], 1);
    }
    return 0;
}
