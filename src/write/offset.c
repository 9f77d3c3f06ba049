/* offset.c - byte offsets of a text as offsets in code points.
 *
 * Inside the library offsets are bytes; the JSON of the contract counts code points, as Python
 * does. A document of plain ASCII needs no work. Else the code points before every step-th byte
 * are noted in a table of fixed size, and the few between a mark and the byte asked are counted.
 */
#include "write/offset.h"

/* The code points of [start, end): the bytes that are no continuation (10xxxxxx). */
static uint32_t count_points(const char *text, uint32_t start, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = start; i < end; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

void ro_offset_start(ro_offset *offset, const char *text, uint32_t base, uint32_t end)
{
    uint32_t points = 0;
    offset->text = text;
    offset->base = base;
    offset->step = (end - base) / RO_OFFSET_MARKS + 1;
    offset->last_byte = base;
    offset->last_point = 0;
    uint32_t at = base;
    for (uint32_t i = 0; i < RO_OFFSET_MARKS; i++) {
        uint32_t next = end - at > offset->step ? at + offset->step : end;
        offset->marks[i] = points;
        points += count_points(text, at, next);
        at = next;
    }
    offset->ascii = points == end - base;
}

uint32_t ro_offset_get(ro_offset *offset, uint32_t byte)
{
    if (offset->ascii)
        return byte - offset->base;
    uint32_t from = offset->last_byte, points = offset->last_point;
    if (byte < from || byte - from > offset->step) {
        uint32_t mark = (byte - offset->base) / offset->step;
        from = offset->base + mark * offset->step;
        points = offset->marks[mark];
    }
    points += count_points(offset->text, from, byte);
    offset->last_byte = byte;
    offset->last_point = points;
    return points;
}
