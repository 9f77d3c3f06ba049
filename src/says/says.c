/* says.c - fills a document's attributions: what linking.c has decided becomes attributions with
 * their source's entity and kind, style, addressee, date, and the attribution that they are nested
 * in.
 */
#include "says/says.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/error.h"
#include "base/text.h"
#include "doc/clause.h"
#include "doc/nesting.h"
#include "doc/tree.h"
#include "lexicon/weighing.h"
#include "says/linking.h"
#include <string.h>

struct ro_says {
    const ro_allocator *allocator;
    ro_cues *cues;
    ro_linking_weights own, tree;
    bool keeps; /* what was weighed */
};

static ro_status read_weights(const char *data_folder, const char *file,
                              ro_linking_weights *weights, ro_error *error)
{
    return ro_weighing_read(data_folder, file, ro_linking_features(), RO_FEATURES, weights->of,
                            error);
}

ro_status ro_says_open(const ro_says_options *options, ro_says **says, ro_error *error)
{
    const ro_allocator *allocator = ro_alloc_or_default(options->allocator);
    ro_says *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    made->allocator = allocator;
    made->keeps = options->keeps;
    ro_status status = ro_cues_open(options->data_folder, allocator, &made->cues, error);
    if (status == RO_STATUS_OK)
        status = read_weights(options->data_folder,
                              options->accurate ? "says/accurate.tsv" : "says/fast.tsv", &made->own,
                              error);
    if (status == RO_STATUS_OK)
        status = read_weights(options->data_folder, "says/tree.tsv", &made->tree, error);
    if (status != RO_STATUS_OK) {
        ro_says_close(made);
        return status;
    }
    *says = made;
    return RO_STATUS_OK;
}

void ro_says_close(ro_says *says)
{
    if (says == NULL)
        return;
    ro_cues_close(says->cues);
    ro_alloc_free(says->allocator, says, 1, sizeof *says);
}

/* ---- attributions --------------------------------------------------------------------------- */

static uint32_t entity_at(const ro_document *document, uint32_t token)
{
    if (token == RO_NONE)
        return RO_NONE;
    uint32_t mention = ro_tree_mention_at(document, ro_clause_antecedent(document, token));
    return mention == RO_NONE ? RO_NONE : document->mentions.items[mention].entity;
}

static bool is_plural(const ro_document *document, uint32_t token)
{
    const char *tag = document->tokens[token].tag;
    return strcmp(tag, "NNS") == 0 || strcmp(tag, "NNPS") == 0;
}

static ro_source_kind kind_of(const ro_says *says, const ro_document *document, uint32_t token,
                              uint32_t entity)
{
    if (token == RO_NONE)
        return RO_SOURCE_KIND_UNKNOWN;
    token = ro_clause_antecedent(document, token);
    const ro_entity *known = entity != RO_NONE ? &document->entities.items[entity] : NULL;
    bool proper = document->tokens[token].upos == RO_UPOS_PROPN;
    ro_source_kind noun;
    bool listed = !proper && ro_cues_source_kind(says->cues, document->tokens[token].lemma, &noun);
    if (known != NULL && known->anonymous)
        return is_plural(document, token) ? RO_SOURCE_KIND_COLLECTIVE : RO_SOURCE_KIND_ANONYMOUS;
    if (listed && (known == NULL || noun == RO_SOURCE_KIND_DOCUMENT)) {
        bool people = noun == RO_SOURCE_KIND_ROLE || noun == RO_SOURCE_KIND_ANONYMOUS;
        return people && is_plural(document, token) ? RO_SOURCE_KIND_COLLECTIVE : noun;
    }
    if (known == NULL)
        return proper ? RO_SOURCE_KIND_NAMED : RO_SOURCE_KIND_UNKNOWN;
    size_t offset = 0;
    switch (known->kind) {
    case RO_ENTITY_KIND_PERSON:
        return ro_text_is_upper(ro_text_decode(ro_text_of(known->name), &offset))
                   ? RO_SOURCE_KIND_NAMED
                   : RO_SOURCE_KIND_ROLE;
    case RO_ENTITY_KIND_GROUP:
        return RO_SOURCE_KIND_COLLECTIVE;
    default:
        return RO_SOURCE_KIND_INSTITUTION;
    }
}

/* Direct where quotation marks hold all of the content, mixed where they hold some. */
static ro_style style_of(const ro_quotes *quotes, const ro_link *link)
{
    uint32_t own = quotes->of[link->token];
    bool all = true, any = false;
    for (uint32_t i = 0; i < link->content.count; i++)
        for (uint32_t t = link->content.ranges[i].first; t < link->content.ranges[i].end; t++) {
            bool quoted = quotes->of[t] != RO_NONE && quotes->of[t] != own;
            all = all && quoted;
            any = any || quoted;
        }
    return all ? RO_STYLE_DIRECT : any ? RO_STYLE_MIXED : RO_STYLE_INDIRECT;
}

/* When it was said: the first dated time expression that hangs on the cue itself. Writes for every
 * such verb the index of its time expression. */
static void mark_dates(const ro_document *document, uint32_t *timex_of)
{
    for (uint32_t t = 0; t < document->token_count; t++)
        timex_of[t] = RO_NONE;
    for (uint32_t i = 0; i < document->timexes.count; i++) {
        uint32_t head = document->timexes.items[i].first;
        for (int step = 0; step < 8; step++) {
            head = document->tokens[head].head;
            if (document->tokens[head].upos == RO_UPOS_VERB)
                break;
        }
        if (timex_of[head] == RO_NONE && !ro_date_is_none(document->timexes.items[i].date))
            timex_of[head] = i;
    }
}

static bool add_span(ro_document *document, ro_span_list *list, uint32_t first, uint32_t end)
{
    ro_span *span = RO_LIST_ADD(document->arena, list);
    if (span == NULL)
        return false;
    *span = ro_document_span(document, first, end);
    return true;
}

/* The spans of a content: one a paragraph. */
static bool add_content(ro_document *document, ro_span_list *list, const ro_range *range)
{
    uint32_t first = range->first;
    for (uint32_t i = range->first; i < range->end; i++) {
        if (!ro_quotes_is_break(document, i))
            continue;
        if (first < i && !add_span(document, list, first, i))
            return false;
        first = i + 1;
    }
    return first == range->end || add_span(document, list, first, range->end);
}

static bool add_attribution(const ro_says *says, const ro_quotes *quotes, const ro_link *link,
                            const uint32_t *timex_of, ro_document *document)
{
    ro_attribution *made = RO_LIST_ADD(document->arena, &document->attributions);
    if (made == NULL)
        return false;
    uint32_t head = RO_NONE;
    if (link->source.count > 0)
        head =
            ro_tree_span_head(document, link->source.ranges[0].first, link->source.ranges[0].end);
    made->source_entity = entity_at(document, head);
    made->source_kind = kind_of(says, document, head, made->source_entity);
    made->style = style_of(quotes, link);
    made->stance = link->line != NULL ? link->line->stance : RO_STANCE_ASSERT;
    made->negated = link->negated;
    made->addressee = entity_at(document, link->addressee);
    made->in = RO_NONE;
    made->cue_token = link->token;
    made->sentence = document->tokens[link->token].sentence;
    if (timex_of[link->token] != RO_NONE)
        made->date = document->timexes.items[timex_of[link->token]].date;
    made->rule = link->line != NULL ? link->line->line : "";
    bool good = add_span(document, &made->cue, link->cue.first, link->cue.end);
    if (link->source.count > 0)
        good = good && add_span(document, &made->source, link->source.ranges[0].first,
                                link->source.ranges[0].end);
    for (uint32_t i = 0; i < link->content.count; i++)
        good = good && add_content(document, &made->content, &link->content.ranges[i]);
    return good;
}

/* Whether an attribution is another or nested in it. */
static bool is_within(const ro_document *document, uint32_t attribution, uint32_t other)
{
    while (attribution != RO_NONE && attribution != other)
        attribution = document->attributions.items[attribution].in;
    return attribution == other;
}

static void nest(ro_document *document, uint32_t base, uint32_t *inner, uint32_t *scratch)
{
    ro_nesting_mark(document, inner, scratch);
    for (uint32_t i = base; i < document->attributions.count; i++) {
        uint32_t holder = inner[document->attributions.items[i].cue_token];
        if (holder != RO_NONE && !is_within(document, holder, i))
            document->attributions.items[i].in = holder;
    }
}

/* "told reporters ..., adding that ...": the same were told. */
static void share_addressees(const ro_document *document, ro_link_list *links)
{
    for (uint32_t i = 1; i < links->count; i++) {
        ro_link *link = &links->items[i];
        const ro_link *first = link - 1;
        if (link->addressee != RO_NONE || first->token != document->tokens[link->token].head ||
            !ro_tree_has_deprel(document, link->token, "advcl|conj|xcomp"))
            continue;
        link->addressee = first->addressee;
    }
}

static uint32_t *number_paragraphs(const ro_document *document, ro_arena *arena)
{
    uint32_t *paragraphs = ro_arena_alloc(arena, document->token_count, sizeof *paragraphs);
    for (uint32_t t = 1; paragraphs != NULL && t < document->token_count; t++)
        paragraphs[t] = paragraphs[t - 1] + ro_quotes_is_break(document, t);
    return paragraphs;
}

static ro_status find(const ro_says *says, ro_document *document, ro_arena *arena)
{
    ro_quotes quotes;
    ro_tagging tagging, blank;
    ro_link_list links = {0};
    if (ro_quotes_find(document, arena, &quotes) != RO_STATUS_OK ||
        ro_tagging_read(document, arena, &tagging) != RO_STATUS_OK ||
        ro_tagging_blank(document, arena, &blank) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_option_search search = {
        {says->cues, &quotes, document}, &tagging, number_paragraphs(document, arena)};
    uint32_t *scratch = ro_arena_alloc(arena, 2 * (size_t)document->token_count, sizeof *scratch);
    if (scratch == NULL || search.paragraphs == NULL ||
        ro_linking_find(&search, &blank, &says->own, &says->tree, arena,
                        says->keeps ? &document->weighed : NULL, &links) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    share_addressees(document, &links);
    mark_dates(document, scratch);
    uint32_t base = document->attributions.count;
    for (uint32_t i = 0; i < links.count; i++)
        if (!add_attribution(says, &quotes, &links.items[i], scratch, document))
            return RO_STATUS_OUT_OF_MEMORY;
    nest(document, base, scratch, scratch + document->token_count);
    document->weighed.features = ro_linking_features();
    document->weighed.feature_count = RO_FEATURES;
    return RO_STATUS_OK;
}

ro_status ro_says_find(const ro_says *says, ro_document *document, ro_error *error)
{
    ro_arena *arena = ro_arena_new(says->allocator);
    ro_status status = arena != NULL ? find(says, document, arena) : RO_STATUS_OUT_OF_MEMORY;
    ro_arena_free(arena);
    if (status != RO_STATUS_OK)
        return ro_error_set(error, status, "says", "out of memory");
    return RO_STATUS_OK;
}
