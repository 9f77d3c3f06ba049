/* error.h - filling an ro_error. */
#ifndef RO_BASE_ERROR_H
#define RO_BASE_ERROR_H
#include "readout.h"

/* Fills *error (which may be NULL) and returns status: return ro_error_set(error, ...). */
ro_status ro_error_set(ro_error *error, ro_status status, const char *stage, const char *format,
                       ...)
    __attribute__((format(printf, 4, 5)));
/* The same with a position: path may be NULL, line 0, offset UINT64_MAX where unknown. */
ro_status ro_error_set_at(ro_error *error, ro_status status, const char *stage, const char *path,
                          uint64_t line, uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
#endif
