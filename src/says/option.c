/* option.c - lists of options, without two that are the same, and what lies between. */
#include "says/option.h"

#include <string.h>

ro_option *ro_option_add(ro_options *options, const ro_range *ranges, uint32_t count)
{
    if (options->count == RO_OPTIONS)
        return NULL;
    for (uint32_t i = 0; i < options->count; i++)
        if (options->items[i].count == count &&
            memcmp(options->items[i].ranges, ranges, count * sizeof *ranges) == 0)
            return NULL;
    ro_option *made = &options->items[options->count++];
    memset(made, 0, sizeof *made);
    memcpy(made->ranges, ranges, count * sizeof *ranges);
    made->count = count;
    return made;
}

bool ro_option_touches(const ro_option *option, ro_range range)
{
    for (uint32_t i = 0; i < option->count; i++)
        if (option->ranges[i].first < range.end && range.first < option->ranges[i].end)
            return true;
    return false;
}

bool ro_option_overlap(const ro_option *a, const ro_option *b)
{
    for (uint32_t i = 0; i < b->count; i++)
        if (ro_option_touches(a, b->ranges[i]))
            return true;
    return false;
}

bool ro_option_is_mark(const ro_document *document, uint32_t token)
{
    return document->tokens[token].is_space || document->tokens[token].upos == RO_UPOS_PUNCT;
}

uint32_t ro_option_gap(const ro_document *document, ro_range a, ro_range b, const ro_option *holes)
{
    uint32_t first = a.first < b.first ? a.end : b.end, end = a.first < b.first ? b.first : a.first;
    uint32_t words = 0;
    if (end > first && end - first > RO_OPTION_FAR)
        return end - first;
    for (uint32_t i = first; i < end; i++)
        if (!ro_option_is_mark(document, i) &&
            (holes == NULL || !ro_option_touches(holes, (ro_range){i, i + 1})))
            words++;
    return words;
}
