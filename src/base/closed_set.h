/* closed_set.h - names of the members of an enum, which the .def files list. */
#ifndef RO_BASE_CLOSED_SET_H
#define RO_BASE_CLOSED_SET_H
#include "readout.h"

/* names[index], "" if there is no such member. */
const char *ro_closed_set_name(const char *const *names, size_t count, unsigned index);
/* The index of name in names; false, leaving *index, if it is none of them. */
bool ro_closed_set_find(const char *const *names, size_t count, ro_text name, unsigned *index);

#define RO_CLOSED_SET_COUNT(names) (sizeof(names) / sizeof *(names))
#endif
