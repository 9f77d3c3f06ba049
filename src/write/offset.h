/* offset.h - byte offsets of a text as offsets in code points. Nothing here allocates. */
#ifndef RO_WRITE_OFFSET_H
#define RO_WRITE_OFFSET_H
#include "readout.h"

#define RO_OFFSET_MARKS 1024

/* Counts made once a document; big, but plain data for the stack. */
typedef struct ro_offset {
    const char *text;
    uint32_t base;                   /* the byte that is code point 0                     */
    bool ascii;                      /* every code point is one byte                      */
    uint32_t step;                   /* bytes between two marks                           */
    uint32_t last_byte, last_point;  /* where the last question was, the next is mostly near */
    uint32_t marks[RO_OFFSET_MARKS]; /* code points in [base, base + i * step)            */
} ro_offset;

/* Counts text[base, end), which is borrowed. Code points are counted from base on. */
void ro_offset_start(ro_offset *offset, const char *text, uint32_t base, uint32_t end);
/* The code points in [base, byte), for base <= byte <= end. Quickest in rising order. */
uint32_t ro_offset_get(ro_offset *offset, uint32_t byte);
#endif
