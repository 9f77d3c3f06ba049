/* ruler_parts.h - what ruler.c and ruler_open.c share; for nobody else. */
#ifndef RO_PARSE_RULER_PARTS_H
#define RO_PARSE_RULER_PARTS_H
#include "base/arena.h"
#include "parse/ruler.h"

typedef enum ro_ruler_field {
#define RO_RULER_FIELD(member) RO_RULER_FIELD_##member,
#include "parse/ruler_field.def"
#undef RO_RULER_FIELD
} ro_ruler_field;

/* A field's value is one of values (or, negated, none of them), or matches the regex. Strings are
 * compared as string ids, tags and relations as labels, parts of speech as ro_upos. */
typedef struct ro_condition {
    ro_ruler_field field;
    bool negated;
    uint64_t *values;
    size_t value_count;
    const ro_regex *regex; /* NULL if values decide */
} ro_condition;

/* What is to be closed with the ruler. */
typedef struct ro_owned_regex {
    struct ro_owned_regex *next;
    ro_regex *regex;
} ro_owned_regex;

typedef struct ro_token_pattern {
    RO_LIST(ro_condition) conditions;
} ro_token_pattern;

/* What a rule sets; bits of `sets` say which. */
typedef struct ro_effect {
    unsigned sets;
    ro_label tag, morph, deprel, lemma;
    uint8_t upos;
} ro_effect;
enum {
    RO_EFFECT_TAG = 1,
    RO_EFFECT_MORPH = 2,
    RO_EFFECT_DEPREL = 4,
    RO_EFFECT_LEMMA = 8,
    RO_EFFECT_UPOS = 16
};

typedef struct ro_rule {
    RO_LIST(ro_token_pattern) tokens;
    uint32_t target; /* which token of the match is set           */
    ro_effect effect;
} ro_rule;

struct ro_ruler {
    ro_allocator allocator;
    const ro_vocabulary *vocabulary;
    ro_labels *labels;
    ro_arena *arena;
    RO_LIST(ro_rule) rules; /* in the order in which they are applied */
    ro_owned_regex *regexes;
};
#endif
