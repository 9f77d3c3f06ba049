/* work.h - one document while it is being parsed: arrays by token, borrowed from the worker. */
#ifndef RO_PARSE_WORK_H
#define RO_PARSE_WORK_H
#include "parse/forms.h"
#include "parse/heads.h"

typedef struct ro_work {
    uint32_t count;
    const uint32_t *forms; /* numbers in the worker's forms          */
    ro_forms *table;       /* those forms                            */
    ro_heads tree;         /* tree.labels are the relations          */
    ro_label *tags, *morphs;
    uint8_t *upos;       /* ro_upos                                */
    const char **lemmas; /* NULL until set                         */
} ro_work;
#endif
