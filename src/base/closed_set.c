/* closed_set.c - looks names up in the short lists that the .def files make. */
#include "base/closed_set.h"

#include "base/text.h"

const char *ro_closed_set_name(const char *const *names, size_t count, unsigned index)
{
    return index < count ? names[index] : "";
}

bool ro_closed_set_find(const char *const *names, size_t count, ro_text name, unsigned *index)
{
    for (unsigned i = 0; i < count; ++i) {
        if (ro_text_equal_string(name, names[i])) {
            *index = i;
            return true;
        }
    }
    return false;
}
