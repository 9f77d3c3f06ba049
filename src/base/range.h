/* range.h - items [first, end) of a list, most often the tokens of a document. */
#ifndef RO_BASE_RANGE_H
#define RO_BASE_RANGE_H
#include <stdint.h>

typedef struct ro_range {
    uint32_t first, end;
} ro_range;
#endif
