/* attribution.c - names of source kinds, styles and stances. */
#include "doc/attribution.h"

#include "base/closed_set.h"

static const char *const source_kinds[] = {
#define RO_SOURCE_KIND(member, name) name,
#include "doc/source_kind.def"
#undef RO_SOURCE_KIND
};

static const char *const styles[] = {
#define RO_STYLE(member, name) name,
#include "doc/style.def"
#undef RO_STYLE
};

static const char *const stances[] = {
#define RO_STANCE(member, name) name,
#include "doc/stance.def"
#undef RO_STANCE
};

const char *ro_source_kind_name(ro_source_kind kind)
{
    return ro_closed_set_name(source_kinds, RO_CLOSED_SET_COUNT(source_kinds), (unsigned)kind);
}

const char *ro_style_name(ro_style style)
{
    return ro_closed_set_name(styles, RO_CLOSED_SET_COUNT(styles), (unsigned)style);
}

const char *ro_stance_name(ro_stance stance)
{
    return ro_closed_set_name(stances, RO_CLOSED_SET_COUNT(stances), (unsigned)stance);
}

bool ro_stance_parse(ro_text name, ro_stance *stance)
{
    unsigned index;
    if (!ro_closed_set_find(stances, RO_CLOSED_SET_COUNT(stances), name, &index))
        return false;
    *stance = (ro_stance)index;
    return true;
}
