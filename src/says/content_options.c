/* content_options.c - what a content may be: the head's spans beside the cue, alone or several,
 * what the tree gives the cue, the quotations that go on, and all of these with other edges.
 */
#include "says/option.h"

#include "doc/tree.h"
#include "says/content.h"
#include <math.h>
#include <string.h>

/* The head's spans to each side of a cue that are looked at, and those of one content. */
enum { SPANS_BEFORE = 3, SPANS_BEHIND = 4, SPANS_TOGETHER = 4 };
/* Tokens from an edge in which another one is looked for; such edges of one kind. */
enum { REACH = 48, EDGES = 24 };
/* Quotations that a content may go on with. */
enum { GOES_ON = 3 };

static const float likely = 0.1F; /* an edge that is worth a look */

/* A content in the making. */
typedef struct content_search {
    const ro_option_search *in;
    const ro_anchor *anchor;
    ro_range cue;
    ro_options *options;
} content_search;

/* ---- options --------------------------------------------------------------------------------- */

/* Nobody is told to have said so much: a tree of a text without punctuation, or of a table. */
static bool is_too_long(const content_search *search, ro_range range)
{
    const ro_quotes *quotes = search->in->claims.quotes;
    uint32_t quote = quotes->of[range.first];
    bool quoted = quote != RO_NONE && quotes->list.items[quote].closed &&
                  range.end <= quotes->list.items[quote].end;
    return range.end - range.first > (quoted ? RO_CLAIM_LIMIT : RO_CLAIM_UNQUOTED);
}

static ro_option *add(const content_search *search, const ro_range *ranges, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (ranges[i].first >= ranges[i].end || is_too_long(search, ranges[i]) ||
            (ranges[i].first < search->cue.end && search->cue.first < ranges[i].end))
            return NULL;
        if (i > 0 && ranges[i].first < ranges[i - 1].end)
            return NULL;
    }
    return count > 0 ? ro_option_add(search->options, ranges, count) : NULL;
}

/* The same with the edges that quotation marks and paragraphs give it. */
static void add_finished(const content_search *search, const ro_range *ranges, uint32_t count)
{
    ro_claim claim = {.token = search->anchor->token, .count = count};
    memcpy(claim.content, ranges, count * sizeof *ranges);
    if (ro_content_finish(&search->in->claims, &claim))
        add(search, claim.content, claim.count);
}

static void add_tagged(const content_search *search)
{
    const ro_tagging *tagging = search->in->tagging;
    const ro_tagged_list *spans = &tagging->spans[RO_PART_CONTENT];
    uint32_t at = ro_tagging_behind(tagging, RO_PART_CONTENT, search->cue.first);
    uint32_t first = at > SPANS_BEFORE ? at - SPANS_BEFORE : 0;
    uint32_t end = at + SPANS_BEHIND < spans->count ? at + SPANS_BEHIND : spans->count;
    for (uint32_t i = first; i < end; i++) {
        ro_range ranges[SPANS_TOGETHER];
        uint32_t count = 0;
        for (uint32_t j = i; j < end && j - i < SPANS_TOGETHER; j++) {
            ro_range next = spans->items[j].range;
            uint32_t last = count > 0 ? ranges[count - 1].end : 0;
            /* what stands side by side is one */
            if (count > 0 && last <= next.first && next.first - last <= 1 &&
                ro_option_gap(search->in->claims.document, ranges[count - 1], next, NULL) == 0)
                ranges[count - 1].end = next.end;
            else
                ranges[count++] = next;
            add(search, ranges, count);
            add_finished(search, ranges, count);
        }
    }
}

static void add_claimed(const content_search *search)
{
    const ro_anchor *anchor = search->anchor;
    for (uint32_t i = 0; i < anchor->claim_count; i++)
        add(search, anchor->claims[i].content, anchor->claims[i].count);
}

/* What stands there, with the quotations behind it in its paragraph. */
static void add_going_on(const content_search *search)
{
    const ro_quotes *quotes = search->in->claims.quotes;
    uint32_t count = search->options->count;
    for (uint32_t i = 0; i < count; i++) {
        ro_option option = search->options->items[i];
        uint32_t last = option.ranges[option.count - 1].end;
        if (last < search->cue.end)
            last = search->cue.end;
        for (uint32_t t = last, added = 0;
             t < search->in->claims.document->token_count && t < last + RO_OPTION_FAR &&
             added < GOES_ON && option.count < RO_CLAIM_RANGES &&
             search->in->paragraphs[t] == search->in->paragraphs[search->cue.first];
             t++) {
            if (quotes->of[t] == RO_NONE || quotes->of[t] == quotes->of[search->anchor->token])
                continue;
            const ro_quote *quote = &quotes->list.items[quotes->of[t]];
            if (quote->first == t) {
                option.ranges[option.count++] = (ro_range){quote->first, quote->end};
                add(search, option.ranges, option.count);
                added++;
                last = quote->end;
            }
            t = quote->end - 1;
        }
    }
}

/* ---- edges ----------------------------------------------------------------------------------- */

typedef struct edges {
    uint32_t items[EDGES];
    uint32_t count;
} edges;

static void add_edge(edges *to, uint32_t edge)
{
    for (uint32_t i = 0; i < to->count; i++)
        if (to->items[i] == edge)
            return;
    if (to->count < EDGES)
        to->items[to->count++] = edge;
}

/* Whether the head takes it for likely that a content ends behind a token. */
static bool may_end(const content_search *search, uint32_t token)
{
    const ro_tagging *tagging = search->in->tagging;
    return !search->in->claims.document->tokens[token].is_space &&
           ro_tagging_of(tagging, RO_PART_CONTENT, token) -
                   tagging->inside[RO_PART_CONTENT][token + 1] >
               likely;
}

/* Where contents may begin, and end: where one of the options does, or where the head takes it for
 * likely near one that it has. */
static void find_edges(const content_search *search, uint32_t count, edges *starts, edges *ends)
{
    const ro_tagging *tagging = search->in->tagging;
    uint32_t tokens = search->in->claims.document->token_count;
    uint32_t low = search->cue.first, high = search->cue.end;
    starts->count = ends->count = 0;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < search->options->items[i].count; j++) {
            ro_range range = search->options->items[i].ranges[j];
            add_edge(starts, range.first);
            add_edge(ends, range.end);
            low = range.first < low ? range.first : low;
            high = range.end > high ? range.end : high;
        }
    low = search->cue.first - low > REACH ? search->cue.first - REACH : low;
    high = high - search->cue.end > REACH ? search->cue.end + REACH : high;
    for (uint32_t t = low; tagging->known && t < high && t < tokens; t++) {
        if (tagging->begins[RO_PART_CONTENT][t] > likely)
            add_edge(starts, t);
        if (may_end(search, t))
            add_edge(ends, t + 1);
    }
}

static bool is_near(uint32_t a, uint32_t b)
{
    return a < b ? b - a <= REACH : a - b <= REACH;
}

static void vary_edges(const content_search *search)
{
    uint32_t count = search->options->count;
    edges starts, ends;
    find_edges(search, count, &starts, &ends);
    for (uint32_t i = 0; i < count; i++) {
        ro_option *option = &search->options->items[i];
        ro_range ranges[RO_CLAIM_RANGES], *last = &ranges[option->count - 1];
        memcpy(ranges, option->ranges, sizeof ranges);
        for (uint32_t j = 0; j < starts.count; j++) {
            ranges[0].first = starts.items[j];
            if (is_near(ranges[0].first, option->ranges[0].first))
                add(search, ranges, option->count);
        }
        ranges[0] = option->ranges[0];
        for (uint32_t j = 0; j < ends.count; j++) {
            last->end = ends.items[j];
            if (is_near(last->end, option->ranges[option->count - 1].end))
                add(search, ranges, option->count);
        }
    }
}

/* ---- features -------------------------------------------------------------------------------- */

static void weigh_tags(const ro_tagging *tagging, ro_option *option)
{
    float *values = option->values;
    uint32_t tokens = 0;
    double begin = 0, chain = 0, end = 0, share = 0, least = 1;
    bool all = true;
    for (uint32_t i = 0; i < option->count; i++) {
        ro_range range = option->ranges[i];
        uint32_t size = range.end - range.first;
        double mean = ro_tagging_mean(tagging, RO_PART_CONTENT, range);
        tokens += size;
        begin += ro_tagging_begin(tagging, RO_PART_CONTENT, range.first);
        chain += ro_tagging_chain(tagging, RO_PART_CONTENT, range);
        end += ro_tagging_end(tagging, RO_PART_CONTENT, range.end);
        share += mean * size;
        least = fmin(least, mean);
        all = all && ro_tagging_is_span(tagging, RO_PART_CONTENT, range);
        uint32_t at = ro_tagging_behind(tagging, RO_PART_CONTENT, range.first);
        if (i > 0 && at < tagging->spans[RO_PART_CONTENT].count)
            values[RO_FEATURE_RESUMES] += tagging->spans[RO_PART_CONTENT].items[at].resumes;
    }
    values[RO_FEATURE_TAGGED] = all;
    values[RO_FEATURE_BEGIN] = (float)(begin / option->count);
    values[RO_FEATURE_CHAIN] = (float)(chain / tokens);
    values[RO_FEATURE_CHAIN_SUM] = (float)-sqrt(-chain);
    values[RO_FEATURE_END] = (float)(end / option->count);
    values[RO_FEATURE_SHARE] = (float)(share / tokens);
    values[RO_FEATURE_LEAST] = (float)least;
    values[RO_FEATURE_LENGTH] = logf((float)tokens);
    uint32_t behind =
        ro_tagging_behind(tagging, RO_PART_CONTENT, option->ranges[option->count - 1].end);
    values[RO_FEATURE_BREAKS_OFF] = behind < tagging->spans[RO_PART_CONTENT].count &&
                                    tagging->spans[RO_PART_CONTENT].items[behind].resumes;
}

/* Whether all tokens of one are the other's. */
static bool is_part(const ro_range *ranges, uint32_t count, const ro_range *whole, uint32_t many)
{
    for (uint32_t i = 0; i < count; i++) {
        bool held = false;
        for (uint32_t j = 0; j < many; j++)
            held = held || (whole[j].first <= ranges[i].first && ranges[i].end <= whole[j].end);
        if (!held)
            return false;
    }
    return true;
}

static void weigh_claims(const ro_anchor *anchor, ro_option *option)
{
    const ro_claim *likeliest = &anchor->claims[0];
    for (uint32_t i = 0; i < anchor->claim_count; i++) {
        uint32_t addressee = anchor->claims[i].addressee;
        /* "urged her to leave": she is who is to leave, too */
        if (addressee != RO_NONE && anchor->claims[i].reading != RO_READING_INFINITIVE &&
            ro_option_touches(option, (ro_range){addressee, addressee + 1}))
            option->values[RO_FEATURE_HOLDS_ADDRESSEE] = 1;
    }
    if (anchor->claim_count > 0) {
        bool within = is_part(option->ranges, option->count, likeliest->content, likeliest->count);
        bool beyond = is_part(likeliest->content, likeliest->count, option->ranges, option->count);
        option->values[RO_FEATURE_WITHIN_CLAIM] = within && !beyond;
        option->values[RO_FEATURE_BEYOND_CLAIM] = beyond && !within;
    }
    for (uint32_t i = 0; i < anchor->claim_count; i++) {
        const ro_claim *claim = &anchor->claims[i];
        if (claim->count != option->count ||
            memcmp(claim->content, option->ranges, option->count * sizeof *option->ranges) != 0)
            continue;
        option->claim = claim;
        option->values[RO_FEATURE_COMPLEMENT + claim->reading] = 1;
        option->values[RO_FEATURE_LISTED] = claim->line->listed;
        option->values[RO_FEATURE_FIRST_READING] = i == 0;
    }
}

static void weigh_tree(const content_search *search, ro_option *option)
{
    const ro_document *document = search->in->claims.document;
    float *values = option->values;
    ro_range first = option->ranges[0], last = option->ranges[option->count - 1];
    uint32_t head = ro_tree_span_head(document, first.first, first.end);
    const ro_token *own = &document->tokens[head];
    uint32_t right = own->right + 1, left = own->left;
    while (right > last.end && ro_option_is_mark(document, right - 1))
        right--;
    while (left < first.first && ro_option_is_mark(document, left))
        left++;
    values[RO_FEATURE_LEFT_EDGE] = left == first.first;
    values[RO_FEATURE_RIGHT_EDGE] = right == last.end;
    values[RO_FEATURE_GOVERNED] =
        own->head != head && search->cue.first <= own->head && own->head < search->cue.end;
    values[RO_FEATURE_GOVERNS] =
        document->tokens[search->anchor->token].head == head && head != search->anchor->token;
    uint32_t sentences = 0;
    for (uint32_t i = 0; i < option->count; i++)
        sentences += document->tokens[option->ranges[i].end - 1].sentence -
                     document->tokens[option->ranges[i].first].sentence;
    values[RO_FEATURE_SENTENCES] = (float)sentences;
    values[RO_FEATURE_STARTS_THAT] = strcmp(document->tokens[first.first].lower, "that") == 0;
    values[RO_FEATURE_LEAVES_THAT] =
        first.first > 0 && strcmp(document->tokens[first.first - 1].lower, "that") == 0;
    values[RO_FEATURE_ENDS_COMMA] = strcmp(document->tokens[last.end - 1].lower, ",") == 0;
    values[RO_FEATURE_ENDS_SENTENCE] =
        last.end >= document->token_count || document->tokens[last.end].sentence_start ||
        (ro_option_is_mark(document, last.end) &&
         (last.end + 1 >= document->token_count || document->tokens[last.end + 1].sentence_start));
}

static void weigh_quotes(const content_search *search, ro_option *option)
{
    const ro_quotes *quotes = search->in->claims.quotes;
    uint32_t own = quotes->of[search->anchor->token], cut = 0, at_edges = 0;
    bool all = true;
    for (uint32_t i = 0; i < option->count; i++) {
        ro_range range = option->ranges[i];
        uint32_t first = quotes->of[range.first], last = quotes->of[range.end - 1];
        bool from = first != RO_NONE && first != own, to = last != RO_NONE && last != own;
        bool opens = from && quotes->list.items[first].first == range.first;
        bool closes = to && quotes->list.items[last].end == range.end;
        all = all && from && to && first == last;
        cut += from && (first != last ? !opens : opens != closes);
        cut += to && first != last && !closes;
        at_edges += (uint32_t)opens + (uint32_t)closes;
    }
    option->values[RO_FEATURE_QUOTED] = all;
    option->values[RO_FEATURE_QUOTE_CUT] = (float)cut;
    option->values[RO_FEATURE_QUOTE_EDGES] = (float)at_edges;
    if (all)
        option->values[RO_FEATURE_SENTENCES] = 0;
}

/* The spans of a part between two places. */
static float between(const ro_tagging *tagging, ro_part part, uint32_t first, uint32_t end)
{
    if (first >= end)
        return 0;
    uint32_t many = ro_tagging_behind(tagging, part, end) - ro_tagging_behind(tagging, part, first);
    return (float)(many < 4 ? many : 4);
}

static void weigh_place(const content_search *search, ro_option *option)
{
    const ro_document *document = search->in->claims.document;
    const ro_tagging *tagging = search->in->tagging;
    ro_range cue = search->cue, first = option->ranges[0], last = option->ranges[option->count - 1];
    float *values = option->values;
    bool in_front = last.end <= cue.first, behind = first.first >= cue.end;
    ro_option source = {0};
    for (uint32_t i = 0; i < search->anchor->claim_count && source.count == 0; i++)
        if (search->anchor->claims[i].source != RO_NONE) {
            const ro_token *head = &document->tokens[search->anchor->claims[i].source];
            source.ranges[source.count++] = (ro_range){head->left, head->right + 1};
        }
    ro_range near = in_front ? last : first;
    for (uint32_t i = 0; i < option->count && !in_front && !behind; i++)
        if (option->ranges[i].end <= cue.first)
            near = option->ranges[i];
    uint32_t gap = ro_option_gap(document, near, cue, &source);
    values[RO_FEATURE_TOUCHES] = gap == 0;
    values[RO_FEATURE_DISTANCE] = logf(1 + (float)gap);
    values[RO_FEATURE_IN_FRONT] = in_front;
    values[RO_FEATURE_AROUND] = !in_front && !behind;
    values[RO_FEATURE_RANGES] = (float)option->count - 1;
    const uint32_t *paragraphs = search->in->paragraphs;
    uint32_t far = behind ? paragraphs[near.first] - paragraphs[cue.first]
                          : paragraphs[cue.first] - paragraphs[near.end - 1];
    values[RO_FEATURE_PARAGRAPHS] = (float)(far < 4 ? far : 4);
    values[RO_FEATURE_ACROSS_CUE] = in_front ? between(tagging, RO_PART_CUE, near.end, cue.first)
                                             : between(tagging, RO_PART_CUE, cue.end, near.first);
    values[RO_FEATURE_ACROSS_CONTENT] =
        in_front ? between(tagging, RO_PART_CONTENT, near.end, cue.first)
                 : between(tagging, RO_PART_CONTENT, cue.end, near.first);
    for (uint32_t i = 0; i < option->count; i++)
        values[RO_FEATURE_HOLDS_CUE] +=
            between(tagging, RO_PART_CUE, option->ranges[i].first, option->ranges[i].end);
}

void ro_content_options(const ro_option_search *in, const ro_anchor *anchor, const ro_option *cue,
                        ro_options *options)
{
    content_search search = {in, anchor, cue->ranges[0], options};
    options->count = 0;
    add_claimed(&search);
    add_tagged(&search);
    add_going_on(&search);
    vary_edges(&search);
    for (uint32_t i = 0; i < options->count; i++) {
        ro_option *option = &options->items[i];
        weigh_tags(in->tagging, option);
        weigh_claims(anchor, option);
        weigh_tree(&search, option);
        weigh_quotes(&search, option);
        weigh_place(&search, option);
    }
}
