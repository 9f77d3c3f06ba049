/* sectors.c - lists of sectors ("GOV MIL"): asking them, and putting them in CAMEO's order.
 *
 * The order is that of sectors.tsv: what somebody is in the state, then parties, then trades.
 */
#include "lexicon/sectors.h"

#include <stdio.h>
#include <string.h>

/* The next code of a list: each is three letters and, but for the last, a separator. */
static const char *next_code(const char *code)
{
    return code + (code[3] != '\0' ? 4 : 3);
}

void ro_sectors_add(ro_sectors *set, const ro_lexicon *lexicon, const char *list)
{
    for (; list[0] != '\0'; list = next_code(list)) {
        size_t at = 0;
        uint32_t rank = ro_lexicon_sector_rank(lexicon, list);
        while (at < set->count && ro_lexicon_sector_rank(lexicon, set->codes[at]) < rank)
            at++;
        if (set->count == RO_SECTORS_MOST ||
            (at < set->count && memcmp(set->codes[at], list, 3) == 0))
            continue;
        memmove(set->codes[at + 1], set->codes[at], (set->count - at) * sizeof set->codes[0]);
        memcpy(set->codes[at], list, 3);
        set->codes[at][3] = '\0';
        set->count++;
    }
}

const char *ro_sectors_join(const ro_sectors *set, ro_arena *arena, const char *first,
                            const char *between)
{
    char text[64];
    size_t length = (size_t)snprintf(text, sizeof text, "%s", first);
    for (size_t i = 0; i < set->count && length < sizeof text; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s",
                                   i > 0 ? between : "", set->codes[i]);
    return ro_arena_copy(arena, text, length < sizeof text ? length : sizeof text - 1);
}

bool ro_sectors_have(const char *list, const char *one_of)
{
    for (; list[0] != '\0'; list = next_code(list))
        for (const char *code = one_of; code[0] != '\0'; code = next_code(code))
            if (memcmp(list, code, 3) == 0)
                return true;
    return false;
}
