/* token.c - names of the universal parts of speech; NONE is "". */
#include "doc/token.h"

#include "base/closed_set.h"

static const char *const names[] = {
    "",
#define RO_UPOS(member) #member,
#include "doc/upos.def"
#undef RO_UPOS
};

const char *ro_upos_name(ro_upos upos)
{
    return ro_closed_set_name(names, RO_CLOSED_SET_COUNT(names), (unsigned)upos);
}

bool ro_upos_parse(ro_text name, ro_upos *upos)
{
    unsigned index;
    if (!ro_closed_set_find(names, RO_CLOSED_SET_COUNT(names), name, &index))
        return false;
    *upos = (ro_upos)index;
    return true;
}
