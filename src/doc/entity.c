/* entity.c - names of entity kinds, mention types and place kinds. */
#include "doc/entity.h"

#include "base/closed_set.h"

static const char *const entity_kinds[] = {
#define RO_ENTITY_KIND(member, name) name,
#include "doc/entity_kind.def"
#undef RO_ENTITY_KIND
};

static const char *const mention_types[] = {
    [RO_MENTION_TYPE_NAME] = "name",
    [RO_MENTION_TYPE_NOMINAL] = "nominal",
    [RO_MENTION_TYPE_PRONOUN] = "pronoun",
};

static const char *const place_kinds[] = {
#define RO_PLACE_KIND(member, name) name,
#include "doc/place_kind.def"
#undef RO_PLACE_KIND
};

const char *ro_entity_kind_name(ro_entity_kind kind)
{
    return ro_closed_set_name(entity_kinds, RO_CLOSED_SET_COUNT(entity_kinds), (unsigned)kind);
}

bool ro_entity_kind_parse(ro_text name, ro_entity_kind *kind)
{
    unsigned index;
    if (!ro_closed_set_find(entity_kinds, RO_CLOSED_SET_COUNT(entity_kinds), name, &index))
        return false;
    *kind = (ro_entity_kind)index;
    return true;
}

const char *ro_mention_type_name(ro_mention_type type)
{
    return ro_closed_set_name(mention_types, RO_CLOSED_SET_COUNT(mention_types), (unsigned)type);
}

const char *ro_place_kind_name(ro_place_kind kind)
{
    return ro_closed_set_name(place_kinds, RO_CLOSED_SET_COUNT(place_kinds), (unsigned)kind);
}

bool ro_place_kind_parse(ro_text name, ro_place_kind *kind)
{
    unsigned index;
    if (!ro_closed_set_find(place_kinds, RO_CLOSED_SET_COUNT(place_kinds), name, &index))
        return false;
    *kind = (ro_place_kind)index;
    return true;
}
