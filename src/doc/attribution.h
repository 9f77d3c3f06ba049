/* attribution.h - who says so: source, cue, content. Plain data. */
#ifndef RO_DOC_ATTRIBUTION_H
#define RO_DOC_ATTRIBUTION_H
#include "base/arena.h"
#include "doc/entity.h"

typedef enum ro_source_kind {
#define RO_SOURCE_KIND(member, name) RO_SOURCE_KIND_##member,
#include "doc/source_kind.def"
#undef RO_SOURCE_KIND
} ro_source_kind;
const char *ro_source_kind_name(ro_source_kind kind);

typedef enum ro_style {
#define RO_STYLE(member, name) RO_STYLE_##member,
#include "doc/style.def"
#undef RO_STYLE
} ro_style;
const char *ro_style_name(ro_style style);

typedef enum ro_stance {
#define RO_STANCE(member, name) RO_STANCE_##member,
#include "doc/stance.def"
#undef RO_STANCE
} ro_stance;
const char *ro_stance_name(ro_stance stance);
bool ro_stance_parse(ro_text name, ro_stance *stance);

/* Spans in text order; discontinuous where the text is. */
typedef RO_LIST(ro_span) ro_span_list;

typedef struct ro_attribution {
    ro_span_list source, cue, content; /* source is empty for a passive or agentless claim        */
    uint32_t source_entity;            /* index into entities, RO_NONE if not linked              */
    ro_source_kind source_kind;
    ro_style style;
    ro_stance stance;
    bool negated;
    uint32_t addressee;                /* index into entities, RO_NONE if none                    */
    uint32_t in;                       /* index of the attribution it is nested in, RO_NONE       */
    uint32_t cue_token;                /* the token that carries the cue                          */
    uint32_t sentence;
    ro_date date;
    const char *rule;                  /* the data line or rule that made it                      */
} ro_attribution;
#endif
