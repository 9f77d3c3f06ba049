/* source_options.c - who a source may be: the head's spans around the cue, who does what the cue
 * says by the tree, the source of the attribution before; or nobody.
 */
#include "says/option.h"

#include "doc/tree.h"
#include "says/source.h"
#include <math.h>
#include <string.h>

enum { SPANS_BEFORE = 3, SPANS_BEHIND = 2, SENTENCES = 3, REACH = 12 };

static const float likely = 0.1F; /* an edge that is worth a look */

typedef struct source_search {
    const ro_option_search *in;
    const ro_anchor *anchor;
    const ro_option *cue, *content;
    ro_options *options;
} source_search;

/* ---- options --------------------------------------------------------------------------------- */

static void add(const source_search *search, ro_range range)
{
    if (range.first < range.end && !ro_option_touches(search->cue, range) &&
        !ro_option_touches(search->content, range))
        ro_option_add(search->options, &range, 1);
}

/* A source does not reach into the cue or the content. */
static ro_range cut(const source_search *search, uint32_t head, ro_range range)
{
    for (uint32_t i = 0; i <= search->content->count; i++) {
        ro_range other =
            i < search->content->count ? search->content->ranges[i] : search->cue->ranges[0];
        if (other.first > head && other.first < range.end)
            range.end = other.first;
        if (other.end <= head && other.end > range.first)
            range.first = other.end;
    }
    const ro_document *document = search->in->claims.document;
    while (range.end > head + 1 && (ro_option_is_mark(document, range.end - 1) ||
                                    ro_tree_has_deprel(document, range.end - 1, "case")))
        range.end--;
    return range;
}

static void add_head(const source_search *search, uint32_t head)
{
    const ro_document *document = search->in->claims.document;
    if (head == RO_NONE)
        return;
    ro_range phrase, whole;
    ro_tree_around(document, head, &whole.first, &whole.end);
    whole.end++;
    add(search, cut(search, head, whole));
    ro_tree_noun_phrase(document, head, &phrase.first, &phrase.end);
    add(search, cut(search, head, phrase));
}

static void add_tagged(const source_search *search)
{
    const ro_tagging *tagging = search->in->tagging;
    const ro_tagged_list *spans = &tagging->spans[RO_PART_SOURCE];
    uint32_t at = ro_tagging_behind(tagging, RO_PART_SOURCE, search->cue->ranges[0].first);
    uint32_t first = at > SPANS_BEFORE ? at - SPANS_BEFORE : 0;
    for (uint32_t i = first; i < at + SPANS_BEHIND && i < spans->count; i++)
        add(search, spans->items[i].range);
}

/* The same options with other edges that the head takes for likely. */
static void vary_edges(const source_search *search)
{
    const ro_tagging *tagging = search->in->tagging;
    uint32_t count = search->options->count, tokens = search->in->claims.document->token_count;
    for (uint32_t i = 0; i < count && tagging->known; i++) {
        ro_range range = search->options->items[i].ranges[0];
        uint32_t first = range.first > REACH ? range.first - REACH : 0;
        for (uint32_t t = first; t < range.end; t++)
            if (tagging->begins[RO_PART_SOURCE][t] > likely)
                add(search, (ro_range){t, range.end});
        for (uint32_t t = range.first; t < tokens && t < range.end + REACH; t++)
            if ((double)ro_tagging_of(tagging, RO_PART_SOURCE, t) -
                    (double)tagging->inside[RO_PART_SOURCE][t + 1] >
                (double)likely)
                add(search, (ro_range){range.first, t + 1});
    }
}

/* ---- features -------------------------------------------------------------------------------- */

/* Log of how probable it is that the head sees no source in the sentence of the cue. */
static float none_near(const source_search *search)
{
    const ro_tagging *tagging = search->in->tagging;
    const ro_document *document = search->in->claims.document;
    const ro_sentence *sentence =
        &document->sentences[document->tokens[search->anchor->token].sentence];
    float most = 0;
    for (uint32_t t = sentence->first; t < sentence->end; t++)
        if (tagging->begins[RO_PART_SOURCE][t] > most)
            most = tagging->begins[RO_PART_SOURCE][t];
    return logf(fmaxf(1 - most, 0.01F));
}

static void weigh_none(const source_search *search, ro_option *option)
{
    const ro_claim *claim = search->content->claim;
    option->values[RO_FEATURE_NO_SOURCE] = 1;
    option->values[RO_FEATURE_NO_SOURCE_TAGGED] = none_near(search);
    option->values[RO_FEATURE_NO_SOURCE_CLAIMED] = claim != NULL && claim->source == RO_NONE;
}

static void weigh_tree(const source_search *search, ro_option *option)
{
    const ro_document *document = search->in->claims.document;
    ro_range range = option->ranges[0], phrase;
    uint32_t head = ro_tree_span_head(document, range.first, range.end);
    const ro_token *own = &document->tokens[head];
    const ro_quotes *quotes = search->in->claims.quotes;
    float *values = option->values;
    bool claimed = ro_source_of_verb(document, search->anchor->token) == head;
    for (uint32_t i = 0; i < search->anchor->claim_count; i++)
        claimed = claimed || search->anchor->claims[i].source == head;
    ro_range whole = cut(search, head, (ro_range){own->left, own->right + 1});
    ro_tree_noun_phrase(document, head, &phrase.first, &phrase.end);
    phrase = cut(search, head, phrase);
    values[RO_FEATURE_SOURCE_CLAIMED] = claimed;
    values[RO_FEATURE_SOURCE_LEFT_EDGE] = whole.first == range.first;
    values[RO_FEATURE_SOURCE_RIGHT_EDGE] = whole.end == range.end;
    values[RO_FEATURE_SOURCE_PHRASE] = phrase.first == range.first && phrase.end == range.end;
    values[RO_FEATURE_SOURCE_PRONOUN] = own->upos == RO_UPOS_PRON;
    values[RO_FEATURE_SOURCE_NAME] = own->upos == RO_UPOS_PROPN;
    values[RO_FEATURE_SOURCE_QUOTED] =
        quotes->of[head] != RO_NONE && quotes->of[head] != quotes->of[search->anchor->token];
}

/* The spans of a part between two ranges. */
static float between(const ro_tagging *tagging, ro_part part, ro_range a, ro_range b)
{
    uint32_t first = a.first < b.first ? a.end : b.end, end = a.first < b.first ? b.first : a.first;
    if (first >= end)
        return 0;
    uint32_t many = ro_tagging_behind(tagging, part, end) - ro_tagging_behind(tagging, part, first);
    return (float)(many < 4 ? many : 4);
}

static void weigh_place(const source_search *search, ro_option *option)
{
    const ro_document *document = search->in->claims.document;
    const ro_tagging *tagging = search->in->tagging;
    ro_range range = option->ranges[0], cue = search->cue->ranges[0];
    float *values = option->values;
    uint32_t gap = ro_option_gap(document, range, cue, search->content);
    uint32_t here = document->tokens[cue.first].sentence;
    uint32_t there = document->tokens[range.first].sentence;
    uint32_t sentences = here > there ? here - there : there - here;
    values[RO_FEATURE_SOURCE_TOUCHES] = gap == 0;
    values[RO_FEATURE_SOURCE_DISTANCE] = logf(1 + (float)gap);
    values[RO_FEATURE_SOURCE_BEHIND] = range.first >= cue.end;
    values[RO_FEATURE_SOURCE_SENTENCES] = (float)(sentences < SENTENCES ? sentences : SENTENCES);
    values[RO_FEATURE_SOURCE_ACROSS_CUE] = between(tagging, RO_PART_CUE, range, cue);
    values[RO_FEATURE_SOURCE_ACROSS_SOURCE] = between(tagging, RO_PART_SOURCE, range, cue);
}

static void weigh(const source_search *search, const ro_option *shared, ro_option *option)
{
    const ro_tagging *tagging = search->in->tagging;
    if (option->count == 0) {
        weigh_none(search, option);
        return;
    }
    ro_range range = option->ranges[0];
    float *values = option->values;
    values[RO_FEATURE_SOURCE_TAGGED] = ro_tagging_is_span(tagging, RO_PART_SOURCE, range);
    values[RO_FEATURE_SOURCE_BEGIN] = (float)ro_tagging_begin(tagging, RO_PART_SOURCE, range.first);
    values[RO_FEATURE_SOURCE_CHAIN] = (float)ro_tagging_chain(tagging, RO_PART_SOURCE, range);
    values[RO_FEATURE_SOURCE_END] = (float)ro_tagging_end(tagging, RO_PART_SOURCE, range.end);
    values[RO_FEATURE_SOURCE_SHARE] = (float)ro_tagging_mean(tagging, RO_PART_SOURCE, range);
    values[RO_FEATURE_SOURCE_LENGTH] = logf((float)(range.end - range.first));
    values[RO_FEATURE_SOURCE_SHARED] =
        shared != NULL && shared->count > 0 &&
        memcmp(shared->ranges, option->ranges, sizeof *option->ranges) == 0;
    weigh_tree(search, option);
    weigh_place(search, option);
}

void ro_source_options(const ro_option_search *in, const ro_anchor *anchor, const ro_option *cue,
                       const ro_option *content, const ro_option *shared, ro_options *options)
{
    source_search search = {in, anchor, cue, content, options};
    options->count = 0;
    ro_option_add(options, &(ro_range){0, 0}, 0);
    for (uint32_t i = 0; i < anchor->claim_count; i++)
        add_head(&search, anchor->claims[i].source);
    add_head(&search, ro_source_of_verb(in->claims.document, anchor->token));
    add_head(&search, ro_source_of_noun(in->claims.document, anchor->token));
    add_tagged(&search);
    if (shared != NULL && shared->count > 0)
        add(&search, shared->ranges[0]);
    vary_edges(&search);
    for (uint32_t i = 0; i < options->count; i++)
        weigh(&search, shared, &options->items[i]);
}
