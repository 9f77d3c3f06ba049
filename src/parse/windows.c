/* windows.c - cuts a long row of pieces into overlapping windows.
 *
 * With k windows of length L that overlap by o, k * L - (k - 1) * o pieces are covered: k is the
 * smallest that covers all at the largest L, and L the smallest that does with k, so that no window
 * is a stub and none reads more than it must. Starts are the fractions i / (k - 1) of what a window
 * leaves, rounded down. All being of one length, a piece that two neighbours share sees more on its
 * shorter side in the first as long as it is no further from that one's end than from the start of
 * the second.
 */
#include "parse/windows.h"

/* Pieces of the text in a window, and how many of them neighbours share. */
typedef struct measure {
    size_t room, overlap;
} measure;

static measure measure_of(size_t size, size_t overlap)
{
    size_t room = size > RO_WINDOWS_SPECIAL ? size - RO_WINDOWS_SPECIAL : 1;
    return (measure){room, overlap < room ? overlap : room - 1};
}

static size_t divide_up(size_t number, size_t by)
{
    return number / by + (number % by != 0);
}

size_t ro_windows_count(size_t count, size_t size, size_t overlap)
{
    measure of = measure_of(size, overlap);
    if (count <= of.room)
        return count > 0;
    return divide_up(count - of.overlap, of.room - of.overlap);
}

/* i * rest / steps without overflow. */
static size_t fraction(size_t rest, size_t i, size_t steps)
{
    return rest / steps * i + rest % steps * i / steps;
}

ro_window ro_windows_at(size_t count, size_t size, size_t overlap, size_t index)
{
    size_t windows = ro_windows_count(count, size, overlap);
    if (windows <= 1)
        return (ro_window){0, count, 0, count};
    size_t steps = windows - 1;
    size_t shared = measure_of(size, overlap).overlap;
    size_t length = shared + divide_up(count - shared, windows);
    size_t rest = count - length;
    ro_window found = {.start = fraction(rest, index, steps), .kept_end = count};
    found.end = found.start + length;
    if (index > 0) {
        size_t before = fraction(rest, index - 1, steps) + length;
        found.kept_start = (before - 1 + found.start) / 2 + 1;
    }
    if (index < steps) {
        size_t next = fraction(rest, index + 1, steps);
        found.kept_end = (found.end - 1 + next) / 2 + 1;
    }
    return found;
}
