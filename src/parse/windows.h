/* windows.h - a long row of pieces as overlapping windows that an encoder can see whole. */
#ifndef RO_PARSE_WINDOWS_H
#define RO_PARSE_WINDOWS_H
#include <stddef.h>

/* How many pieces of the text fewer than its size a window holds: [CLS] and [SEP]. */
#define RO_WINDOWS_SPECIAL 2

/* Pieces [start, end) are read together, and of those [kept_start, kept_end) are taken from here:
 * those that see most on their shorter side, ends of the document not counting; of two windows in
 * which a piece sees as much, the first. */
typedef struct ro_window {
    size_t start, end, kept_start, kept_end;
} ro_window;

/* The fewest windows of at most size pieces, [CLS] and [SEP] included, that cover count pieces and
 * of which any two neighbours share at least overlap: 0 for none, 1 where all fit. Needs
 * size > RO_WINDOWS_SPECIAL; an overlap that leaves no room to go on is taken as the largest that
 * does. Windows are of one length and evenly spread; nothing but these numbers matters. */
size_t ro_windows_count(size_t count, size_t size, size_t overlap);
/* The index-th of them, from 0. The kept ranges follow one another and cover all pieces. */
ro_window ro_windows_at(size_t count, size_t size, size_t overlap, size_t index);
#endif
