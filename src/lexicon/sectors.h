/* sectors.h - lists of sectors ("GOV MIL"): asking them, and putting them in CAMEO's order. */
#ifndef RO_LEXICON_SECTORS_H
#define RO_LEXICON_SECTORS_H
#include "base/arena.h"
#include "lexicon/lexicon.h"

enum { RO_SECTORS_MOST = 6 };

typedef struct ro_sectors {
    char codes[RO_SECTORS_MOST][4];
    size_t count;
} ro_sectors;

/* Adds the sectors of a list, each once, in the order of the lexicon; beyond the most there can be
 * they are left out. */
void ro_sectors_add(ro_sectors *set, const ro_lexicon *lexicon, const char *list);
/* Writes them one behind another after first, with between between them, into the arena. NULL when
 * out of memory. */
const char *ro_sectors_join(const ro_sectors *set, ro_arena *arena, const char *first,
                            const char *between);
/* Whether a list has one of another list's; any sign separates them. */
bool ro_sectors_have(const char *list, const char *one_of);
#endif
