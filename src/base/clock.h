/* clock.h - time that passes, for measuring. */
#ifndef RO_BASE_CLOCK_H
#define RO_BASE_CLOCK_H
#include "readout.h"

/* Nanoseconds since some moment, never fewer than before. */
uint64_t ro_clock_nanoseconds(void);
#endif
