/* cue_options.c - which words are the cue's: the head's span, the tree's, and the edges of both. */
#include "says/option.h"

#include "doc/tree.h"
#include <math.h>
#include <string.h>

enum { REACH = 4 }; /* tokens beyond the cue's in which another edge is looked for */

static const float likely = 0.1F; /* an edge that is worth a look */

static void add(ro_options *options, uint32_t token, ro_range range)
{
    if (range.first <= token && token < range.end)
        ro_option_add(options, &range, 1);
}

static bool is_cue_word(const ro_document *document, uint32_t token, uint32_t head)
{
    return token < document->token_count && document->tokens[token].head == head &&
           ro_tree_has_deprel(document, token, "aux|auxpass|neg|advmod|prt");
}

static void weigh(const ro_option_search *search, const ro_anchor *anchor, ro_option *option)
{
    const ro_document *document = search->claims.document;
    const ro_tagging *tagging = search->tagging;
    ro_range range = option->ranges[0];
    float *values = option->values;
    values[RO_FEATURE_CUE_TAGGED] =
        range.first == anchor->tagged.first && range.end == anchor->tagged.end;
    for (uint32_t i = 0; i < anchor->claim_count; i++)
        if (memcmp(&anchor->claims[i].cue, &range, sizeof range) == 0)
            values[RO_FEATURE_CUE_CLAIMED] = 1;
    values[RO_FEATURE_CUE_BEGIN] = (float)ro_tagging_begin(tagging, RO_PART_CUE, range.first);
    values[RO_FEATURE_CUE_CHAIN] = (float)ro_tagging_chain(tagging, RO_PART_CUE, range);
    values[RO_FEATURE_CUE_END] = (float)ro_tagging_end(tagging, RO_PART_CUE, range.end);
    values[RO_FEATURE_CUE_LENGTH] = logf((float)(range.end - range.first));
    values[RO_FEATURE_CUE_AUXILIARY] = range.first != anchor->token &&
                                       ro_tree_has_deprel(document, range.first, "aux|auxpass|neg");
    values[RO_FEATURE_CUE_ADVERB] =
        range.first != anchor->token && ro_tree_has_deprel(document, range.first, "advmod");
    values[RO_FEATURE_CUE_CUT] =
        (range.first > 0 && is_cue_word(document, range.first - 1, anchor->token)) ||
        is_cue_word(document, range.end, anchor->token);
    uint32_t last = range.end - 1;
    values[RO_FEATURE_CUE_PREPOSITION] =
        last != anchor->token && document->tokens[last].upos == RO_UPOS_ADP;
    for (uint32_t i = anchor->token + 1; i < range.end; i++)
        if (document->tokens[i].upos == RO_UPOS_NOUN || document->tokens[i].upos == RO_UPOS_PROPN)
            values[RO_FEATURE_CUE_OBJECT] = 1;
    values[RO_FEATURE_CUE_COLON] = strcmp(document->tokens[last].lower, ":") == 0;
}

void ro_cue_options(const ro_option_search *search, const ro_anchor *anchor, ro_options *options)
{
    const ro_tagging *tagging = search->tagging;
    uint32_t token = anchor->token, count = search->claims.document->token_count;
    options->count = 0;
    add(options, token, anchor->tagged);
    for (uint32_t i = 0; i < anchor->claim_count; i++)
        add(options, token, anchor->claims[i].cue);
    add(options, token, (ro_range){token, token + 1});
    uint32_t first = token > REACH ? token - REACH : 0;
    uint32_t last = token + REACH < count ? token + REACH : count - 1;
    for (uint32_t i = first; i <= token && tagging->known; i++)
        for (uint32_t j = token; j <= last && tagging->begins[RO_PART_CUE][i] > likely; j++)
            if (1 - tagging->inside[RO_PART_CUE][j + 1] > likely)
                add(options, token, (ro_range){i, j + 1});
    for (uint32_t i = 0; i < options->count; i++)
        weigh(search, anchor, &options->items[i]);
}
