/* linking.c - decides, cue by cue, on the words, the content and the source of an attribution, then
 * whether it is one, then which of several that want the same words are kept.
 *
 * Each part's options are weighed by a sum (a log-linear model over the options of one cue:
 * tools/train/links.py learns it), so that every decision can be shown. A content belongs to one
 * attribution only; what is said inside it is read by the tree alone, since the head was taught
 * the outermost ones.
 */
#include "says/linking.h"

#include "doc/tree.h"
#include "says/source.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 5 }; /* contents of an anchor that conflicts may fall back upon       */
/* Tokens of a quotation, marks included: of one that is more than a word, and at most. */
enum { QUOTED_LEAST = 6, QUOTED_MOST = 400 };
enum { NEIGHBORS = 64 }; /* anchors to either side that may want the same words           */

/* A run of tokens that the head takes for a cue as likely as this is worth weighing. */
static const float worth_weighing = 0.2F;
/* How much worse than the best another content may be that stays clear of what others say. */
static const double fall_back = 2.5;

typedef struct candidate {
    ro_link link;
    ro_option contents[KEPT];
    uint32_t content_count;
    bool kept;
} candidate;

typedef RO_LIST(candidate) candidate_list;

typedef struct linking {
    const ro_option_search *search;
    const ro_linking_weights *weights;
    ro_arena *arena;
    ro_weighed_list *weighed;
    ro_options *options; /* of one part */
    uint32_t decisions;
} linking;

const char *const *ro_linking_features(void)
{
    static const char *const names[] = {
#define RO_FEATURE(member, name) name,
#include "says/feature.def"
#undef RO_FEATURE
    };
    return names;
}

/* ---- scores ---------------------------------------------------------------------------------- */

/* What is decided about an anchor, in this order, and the features that each rests on. */
typedef struct question {
    const char *name;
    int first, end;
} question;

static const question cue_question = {"cue", RO_FEATURE_CUE_TAGGED, RO_FEATURE_TAGGED};
static const question content_question = {"content", RO_FEATURE_TAGGED, RO_FEATURE_NO_SOURCE};
static const question source_question = {"source", RO_FEATURE_NO_SOURCE, RO_FEATURE_ANY};
static const question any_question = {"any", RO_FEATURE_ANY, RO_FEATURES};

static double sum_of(const ro_linking_weights *weights, const question *about, const float *values)
{
    double sum = 0;
    for (int i = about->first; i < about->end; i++)
        sum += weights->of[i] * (double)values[i];
    return 0.01 * sum;
}

static bool keep(linking *of, const char *part, const ro_option *option)
{
    if (of->weighed == NULL)
        return true;
    ro_arena *arena = of->search->claims.document->arena; /* it outlives the linking */
    ro_weighed *made = RO_LIST_ADD(arena, &of->weighed->list);
    ro_range *ranges = ro_arena_alloc(arena, option->count, sizeof *ranges);
    float *values = ro_arena_alloc(arena, RO_FEATURES, sizeof *values);
    if (made == NULL || ranges == NULL || values == NULL)
        return false;
    memcpy(ranges, option->ranges, option->count * sizeof *ranges);
    memcpy(values, option->values, RO_FEATURES * sizeof *values);
    *made = (ro_weighed){of->decisions, part, ranges, option->count, option->score, values};
    return true;
}

/* Scores all options, keeps them if somebody wants them. */
static bool score(linking *of, const question *about)
{
    for (uint32_t i = 0; i < of->options->count; i++) {
        ro_option *option = &of->options->items[i];
        option->score = sum_of(of->weights, about, option->values);
        if (!keep(of, about->name, option))
            return false;
    }
    return true;
}

static const ro_option *best_of(const ro_options *options)
{
    const ro_option *best = &options->items[0];
    for (uint32_t i = 1; i < options->count; i++)
        if (options->items[i].score > best->score)
            best = &options->items[i];
    return best;
}

/* The best options, best first, KEPT at most; of equals the one that was proposed first. */
static uint32_t rank(const ro_options *options, ro_option *kept)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < options->count; i++) {
        uint32_t at = count;
        while (at > 0 && kept[at - 1].score < options->items[i].score)
            at--;
        if (at == KEPT)
            continue;
        count += count < KEPT;
        memmove(kept + at + 1, kept + at, (count - 1 - at) * sizeof *kept);
        kept[at] = options->items[i];
    }
    return count;
}

/* ---- one anchor ------------------------------------------------------------------------------ */

static double log_odds(double probability)
{
    return log(fmax(probability, 0.01)) - log(fmax(1 - probability, 0.01));
}

/* A mark that nothing closes says little about where the quotation ends, and what is longer than
 * anybody is quoted is the text itself. */
static bool is_speech(const ro_quote *quote)
{
    return quote->closed && quote->end - quote->first <= QUOTED_MOST;
}

static void weigh_any(const ro_option_search *search, const ro_anchor *anchor, const ro_link *link,
                      const ro_option *cue, float *values)
{
    const ro_document *document = search->claims.document;
    const ro_tagging *tagging = search->tagging;
    const ro_option *content = &link->content, *source = &link->source;
    float most = 0;
    for (uint32_t t = link->cue.first; t < link->cue.end; t++)
        most = fmaxf(most, ro_tagging_of(tagging, RO_PART_CUE, t));
    values[RO_FEATURE_ANY] = 1;
    values[RO_FEATURE_ANY_TAGGED] = anchor->tagged.end > anchor->tagged.first;
    values[RO_FEATURE_ANY_CUE] = tagging->known ? (float)log_odds((double)most) : 0;
    values[RO_FEATURE_ANY_CUE_SCORE] = (float)cue->score;
    values[RO_FEATURE_ANY_CONTENT_SCORE] = (float)content->score;
    values[RO_FEATURE_ANY_SOURCE_SCORE] = (float)source->score;
    values[RO_FEATURE_ANY_CONTENT] = content->values[RO_FEATURE_SHARE];
    values[RO_FEATURE_ANY_SOURCE] = source->values[RO_FEATURE_SOURCE_SHARE];
    values[RO_FEATURE_ANY_NO_SOURCE] = source->count == 0;
    values[RO_FEATURE_ANY_WITHIN] = ro_tagging_of(tagging, RO_PART_CONTENT, anchor->token);
    values[RO_FEATURE_ANY_LISTED] = link->line != NULL && link->line->listed;
    values[RO_FEATURE_ANY_CLAIMED] = anchor->claim_count > 0 && anchor->claims[0].line->listed;
    values[RO_FEATURE_ANY_VERB] = ro_tree_is_verb(document, anchor->token);
    values[RO_FEATURE_ANY_NOUN] = document->tokens[anchor->token].upos == RO_UPOS_NOUN;
    values[RO_FEATURE_ANY_ADJECTIVE] = document->tokens[anchor->token].upos == RO_UPOS_ADJ;
    if (content->claim != NULL)
        values[RO_FEATURE_ANY_COMPLEMENT + content->claim->reading] = 1;
    values[RO_FEATURE_ANY_QUOTED] = content->values[RO_FEATURE_QUOTED];
    const ro_quotes *quotes = search->claims.quotes;
    uint32_t quote = quotes->of[anchor->token];
    values[RO_FEATURE_ANY_IN_QUOTE] = quote != RO_NONE && is_speech(&quotes->list.items[quote]);
    if (source->count > 0) {
        uint32_t head = ro_tree_span_head(document, source->ranges[0].first, source->ranges[0].end);
        values[RO_FEATURE_ANY_FIRST_PERSON] = ro_tree_has_lemma(document, head, "I|we|you");
        values[RO_FEATURE_ANY_PRONOUN] = source->values[RO_FEATURE_SOURCE_PRONOUN];
    }
}

static const ro_cue *line_of(const ro_option_search *search, const ro_anchor *anchor,
                             const ro_option *content)
{
    if (content->claim != NULL && content->claim->line->listed)
        return content->claim->line;
    if (anchor->claim_count > 0)
        return anchor->claims[0].line;
    for (int part = 0; part < RO_CUE_PART_COUNT; part++) {
        const ro_cue *line =
            ro_cues_find(search->claims.cues, search->claims.document->tokens[anchor->token].lemma,
                         "", (ro_cue_part)part);
        if (line != NULL)
            return line;
    }
    return NULL;
}

/* Decides on an anchor's parts; *found is false if it has no content. Options' claims are borrowed
 * from the anchor and not to be asked behind it. */
static bool decide(linking *of, const ro_anchor *anchor, const ro_option *shared, candidate *made,
                   bool *found)
{
    const ro_option_search *search = of->search;
    const ro_document *document = search->claims.document;
    *found = false;
    ro_cue_options(search, anchor, of->options);
    if (!score(of, &cue_question))
        return false;
    const ro_option cue = *best_of(of->options);
    ro_content_options(search, anchor, &cue, of->options);
    if (!score(of, &content_question))
        return false;
    if (of->options->count == 0)
        return true;
    ro_link *link = &made->link;
    made->content_count = rank(of->options, made->contents);
    *link = (ro_link){.token = anchor->token,
                      .cue = cue.ranges[0],
                      .content = made->contents[0],
                      .addressee = anchor->claim_count > 0 ? anchor->claims[0].addressee : RO_NONE,
                      .negated = ro_tree_child(document, anchor->token, "neg") != RO_NONE};
    ro_source_options(search, anchor, &cue, &link->content, shared, of->options);
    if (!score(of, &source_question))
        return false;
    link->source = *best_of(of->options);
    link->line = line_of(search, anchor, &link->content);
    ro_option any = {.count = 0};
    weigh_any(search, anchor, link, &cue, any.values);
    any.score = link->score = sum_of(of->weights, &any_question, any.values);
    *found = true;
    return keep(of, any_question.name, &any);
}

/* ---- anchors --------------------------------------------------------------------------------- */

/* Which token of a cue's words carries it: their head, or one that the tree reads a claim of. */
static void read_claims(const ro_option_search *search, ro_range words, ro_anchor *anchor)
{
    const ro_document *document = search->claims.document;
    anchor->token = ro_tree_span_head(document, words.first, words.end);
    anchor->claim_count = ro_claim_read(&search->claims, anchor->token, true, anchor->claims);
    for (uint32_t t = words.first; t < words.end && anchor->claim_count == 0; t++) {
        anchor->claim_count = ro_claim_read(&search->claims, t, false, anchor->claims);
        if (anchor->claim_count > 0)
            anchor->token = t;
    }
}

/* The next anchor at or behind *token, which goes on behind it; false at the end of the text. */
static bool next_anchor(const ro_option_search *search, uint32_t *token, ro_anchor *anchor)
{
    const ro_document *document = search->claims.document;
    const ro_tagging *tagging = search->tagging;
    for (uint32_t t = *token; t < document->token_count; t++) {
        uint32_t at = ro_tagging_behind(tagging, RO_PART_CUE, t);
        *anchor = (ro_anchor){.token = t};
        if (at < tagging->spans[RO_PART_CUE].count &&
            tagging->spans[RO_PART_CUE].items[at].range.first == t) {
            anchor->tagged = tagging->spans[RO_PART_CUE].items[at].range;
            read_claims(search, anchor->tagged, anchor);
            *token = anchor->tagged.end;
            return true;
        }
        if (ro_tagging_of(tagging, RO_PART_CUE, t) >= worth_weighing) {
            uint32_t end = t + 1, stop = document->token_count;
            if (at < tagging->spans[RO_PART_CUE].count)
                stop = tagging->spans[RO_PART_CUE].items[at].range.first;
            while (end < stop && ro_tagging_of(tagging, RO_PART_CUE, end) >= worth_weighing)
                end++;
            read_claims(search, (ro_range){t, end}, anchor);
            *token = end;
            return true;
        }
        if (!tagging->known) {
            anchor->claim_count = ro_claim_read(&search->claims, t, false, anchor->claims);
            *token = t + 1;
            if (anchor->claim_count > 0)
                return true;
        }
    }
    return false;
}

/* ---- all anchors ----------------------------------------------------------------------------- */

static bool find_all(linking *of, candidate_list *candidates)
{
    ro_anchor anchor;
    uint32_t token = 0, before = 0;
    while (next_anchor(of->search, &token, &anchor)) {
        candidate *made = RO_LIST_ADD(of->arena, candidates);
        bool found;
        if (made == NULL)
            return false;
        const ro_option *shared = NULL; /* of the likely one before */
        if (candidates->count > 1)
            shared = &candidates->items[before].link.source;
        if (!decide(of, &anchor, shared, made, &found))
            return false;
        of->decisions++;
        if (!found)
            candidates->count--;
        else if (made->link.score > 0)
            before = candidates->count - 1;
    }
    return true;
}

static int by_score(const void *a, const void *b)
{
    const candidate *const *one = a, *const *other = b;
    double left = (*one)->link.score, right = (*other)->link.score;
    if (left != right)
        return left > right ? -1 : 1;
    return (*one)->link.token < (*other)->link.token ? -1 : 1;
}

/* Whether all of b lies in the content of a. */
static bool holds(const ro_link *a, const ro_link *b)
{
    ro_option cue = {.count = 1, .ranges = {b->cue}};
    for (uint32_t i = 0; i < a->content.count; i++) {
        ro_range range = a->content.ranges[i];
        if (range.first <= b->cue.first && b->cue.end <= range.end)
            return ro_option_overlap(&a->content, &cue);
    }
    return false;
}

/* Whether one wants words as cue or content that the other has. */
static bool overlap(const ro_link *a, const ro_link *b)
{
    return (a->cue.first < b->cue.end && b->cue.first < a->cue.end) ||
           ro_option_touches(&a->content, b->cue) || ro_option_touches(&b->content, a->cue) ||
           ro_option_overlap(&a->content, &b->content);
}

/* The same, or as the source: which may be that of several, but is no part of a content. */
static bool clash(const ro_link *a, const ro_link *b)
{
    return overlap(a, b) || ro_option_overlap(&a->content, &b->source) ||
           ro_option_overlap(&b->content, &a->source);
}

static bool is_clear(const candidate_list *candidates, uint32_t own, bool nests)
{
    const ro_link *link = &candidates->items[own].link;
    uint32_t first = own > NEIGHBORS ? own - NEIGHBORS : 0;
    for (uint32_t i = first; i < candidates->count && i <= own + NEIGHBORS; i++) {
        const ro_link *other = &candidates->items[i].link;
        if (candidates->items[i].kept && clash(link, other) &&
            !(nests && (holds(link, other) || holds(other, link))))
            return false;
    }
    return true;
}

/* Keeps the likely ones, the likeliest first; one whose content another has takes its next best.
 * nests: one may lie in the content of another. */
static bool settle(const linking *of, candidate_list *candidates, bool nests)
{
    uint32_t count = candidates->count;
    candidate **order = ro_arena_alloc(of->arena, count, sizeof *order);
    if (order == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        order[i] = &candidates->items[i];
    if (count > 1)
        qsort(order, count, sizeof *order, by_score);
    for (uint32_t i = 0; i < count && order[i]->link.score > 0; i++) {
        candidate *own = order[i];
        for (uint32_t j = 0; j < own->content_count && !own->kept; j++) {
            if (own->contents[0].score - own->contents[j].score > fall_back)
                break;
            own->link.content = own->contents[j];
            own->kept = !ro_option_overlap(&own->link.source, &own->link.content) &&
                        is_clear(candidates, (uint32_t)(own - candidates->items), nests);
        }
    }
    return true;
}

/* ---- inside contents ------------------------------------------------------------------------- */

/* Whether somebody is named for it, and all of it lies within one range of what another says. */
static bool fits_in(const ro_document *document, const ro_link *outer, const candidate *inner,
                    ro_range range)
{
    const ro_option *content = &inner->link.content, *source = &inner->link.source;
    if (source->count == 0 || source->ranges[0].first < range.first)
        return false;
    uint32_t head = ro_tree_span_head(document, source->ranges[0].first, source->ranges[0].end);
    return content->ranges[0].first >= range.first &&
           content->ranges[content->count - 1].end <= range.end &&
           source->ranges[0].end <= range.end && document->tokens[head].tag[0] != 'W' &&
           !ro_tree_has_lemma(document, head, "I|we|you|that") && inner->link.token != outer->token;
}

/* What is said within a range of a content, by the tree. */
static bool find_nested(linking *of, const ro_link *outer, ro_range range,
                        candidate_list *candidates)
{
    ro_anchor anchor;
    uint32_t token = range.first;
    while (token < range.end && next_anchor(of->search, &token, &anchor) &&
           anchor.token < range.end) {
        candidate *made = RO_LIST_ADD(of->arena, candidates);
        bool found;
        if (made == NULL || !decide(of, &anchor, NULL, made, &found))
            return false;
        of->decisions++;
        made->link.nested = true;
        made->link.score += 0.01 * of->weights->of[RO_FEATURE_ANY_NESTED];
        if (!found || !fits_in(of->search->claims.document, outer, made, range))
            candidates->count--;
    }
    return true;
}

static bool add_links(const candidate_list *candidates, ro_arena *arena, ro_link_list *links)
{
    for (uint32_t i = 0; i < candidates->count; i++) {
        ro_link *link = candidates->items[i].kept ? RO_LIST_ADD(arena, links) : NULL;
        if (candidates->items[i].kept && link == NULL)
            return false;
        if (link != NULL)
            *link = candidates->items[i].link;
    }
    return true;
}

/* Whether a link wants words of one of those that are there, in text order. "Macron told her to
 * stop, saying: '...'": its source may stand in the content of another. */
static bool is_taken(const ro_link *link, const ro_link_list *links)
{
    uint32_t low = 0, high = links->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (links->items[middle].cue.first < link->cue.first)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t first = low > NEIGHBORS ? low - NEIGHBORS : 0;
    for (uint32_t i = first; i < links->count && i < low + NEIGHBORS; i++)
        if (overlap(link, &links->items[i]))
            return true;
    return false;
}

/* Whether a quotation that the cue stands out of is what a claim takes for its content. */
static bool quotes_something(const ro_quotes *quotes, const ro_anchor *anchor)
{
    for (uint32_t i = 0; i < anchor->claim_count; i++) {
        uint32_t quote = quotes->of[anchor->claims[i].content[0].first];
        if (quote != RO_NONE && quote != quotes->of[anchor->token])
            return true;
    }
    return false;
}

/* The quotations that the head gives to nobody: by the tree somebody may say them. */
static bool add_quoted(linking *of, ro_link_list *links)
{
    candidate_list candidates = {0};
    ro_anchor anchor;
    uint32_t token = 0;
    while (next_anchor(of->search, &token, &anchor)) {
        if (!quotes_something(of->search->claims.quotes, &anchor))
            continue;
        candidate *made = RO_LIST_ADD(of->arena, &candidates);
        bool found;
        if (made == NULL || !decide(of, &anchor, NULL, made, &found))
            return false;
        ro_range first = made->link.content.ranges[0];
        if (!found || made->link.content.values[RO_FEATURE_QUOTED] == 0 ||
            first.end - first.first < QUOTED_LEAST || is_taken(&made->link, links))
            candidates.count--;
    }
    return settle(of, &candidates, false) && add_links(&candidates, of->arena, links);
}

static int by_place(const void *a, const void *b)
{
    const ro_link *one = a, *other = b;
    if (one->cue.first != other->cue.first)
        return one->cue.first < other->cue.first ? -1 : 1;
    return one->token < other->token ? -1 : one->token > other->token;
}

/* Reads the contents that were found once more, by the tree: the head knows the outermost ones. */
static bool add_nested(linking *of, ro_link_list *links)
{
    candidate_list candidates = {0};
    for (uint32_t i = 0; i < links->count; i++)
        for (uint32_t j = 0; j < links->items[i].content.count; j++)
            if (!find_nested(of, &links->items[i], links->items[i].content.ranges[j], &candidates))
                return false;
    return settle(of, &candidates, true) && add_links(&candidates, of->arena, links);
}

/* Without a head all are read at once; those that lie in others have to be as sure. */
static void weaken_nested(const linking *of, ro_link_list *links)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < links->count; i++) {
        ro_link *link = &links->items[i];
        uint32_t first = i > NEIGHBORS ? i - NEIGHBORS : 0;
        for (uint32_t j = first; j < links->count && j <= i + NEIGHBORS; j++)
            link->nested = link->nested || (j != i && holds(&links->items[j], link));
        if (link->nested)
            link->score += 0.01 * of->weights->of[RO_FEATURE_ANY_NESTED];
    }
    for (uint32_t i = 0; i < links->count; i++)
        if (links->items[i].score > 0)
            links->items[kept++] = links->items[i];
    links->count = kept;
}

ro_status ro_linking_find(const ro_option_search *search, const ro_tagging *blank,
                          const ro_linking_weights *own, const ro_linking_weights *tree,
                          ro_arena *arena, ro_weighed_list *weighed, ro_link_list *links)
{
    linking of = {.search = search,
                  .weights = search->tagging->known ? own : tree,
                  .arena = arena,
                  .weighed = weighed,
                  .options = ro_arena_alloc(arena, 1, sizeof(ro_options))};
    candidate_list candidates = {0};
    bool known = search->tagging->known;
    if (of.options == NULL || !find_all(&of, &candidates) || !settle(&of, &candidates, !known) ||
        !add_links(&candidates, arena, links))
        return RO_STATUS_OUT_OF_MEMORY;
    if (!known)
        weaken_nested(&of, links);
    ro_option_search inside = *search;
    inside.tagging = blank;
    of.search = &inside;
    of.weights = tree;
    of.weighed = NULL;
    if (known && (!add_quoted(&of, links) || !add_nested(&of, links)))
        return RO_STATUS_OUT_OF_MEMORY;
    if (links->count > 1)
        qsort(links->items, links->count, sizeof *links->items, by_place);
    return RO_STATUS_OK;
}
