/* says.c - fills a document's attributions: claims (claim.c) become attributions with their
 * source's entity and kind, style, addressee, date, and the attribution that they are nested in.
 *
 * A quotation that nobody is named for and that follows an attributed one in its paragraph goes on
 * with the same speaker: so reporters write.
 */
#include "says/says.h"

#include "base/alloc.h"
#include "base/date.h"
#include "base/error.h"
#include "base/text.h"
#include "doc/clause.h"
#include "doc/nesting.h"
#include "doc/tree.h"
#include "says/claim.h"
#include "says/content.h"
#include <string.h>

struct ro_says {
    const ro_allocator *allocator;
    ro_cues *cues;
};

typedef struct claim_list {
    RO_LIST(ro_claim) list;
} claim_list;

ro_status ro_says_open(const char *data_folder, const ro_allocator *allocator, ro_says **says,
                       ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_says *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "says", "out of memory");
    made->allocator = allocator;
    ro_status status = ro_cues_open(data_folder, allocator, &made->cues, error);
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

/* ---- quotations without a cue of their own -------------------------------------------------- */

/* How many claims stand before a token: they are in the order of their tokens. */
static uint32_t claims_before(const claim_list *claims, uint32_t token)
{
    uint32_t low = 0, high = claims->list.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (claims->list.items[middle].token < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The claim whose content ends in a quotation's last words, or RO_NONE. */
static uint32_t claim_of_quote(const claim_list *claims, const ro_quote *quote)
{
    for (uint32_t i = claims_before(claims, quote->end + RO_CLAIM_LIMIT); i-- > 0;) {
        const ro_claim *claim = &claims->list.items[i];
        for (uint32_t j = 0; j < claim->count; j++)
            if (claim->content[j].first <= quote->first && quote->end <= claim->content[j].end)
                return i;
        if (claim->token + RO_CLAIM_LIMIT < quote->first)
            break;
    }
    return RO_NONE;
}

static bool is_text(const ro_document *document, uint32_t token, const char *const *texts)
{
    ro_text text = ro_document_token_text(document, token);
    for (; *texts != NULL; texts++)
        if (ro_text_equal_string(text, *texts))
            return true;
    return false;
}

/* Whether a quotation goes on with a claim made before it: as sentences of its own, or behind the
 * comma after "he said". */
static bool goes_on(const ro_document *document, const ro_quote *quote, const ro_claim *claim)
{
    static const char *const stops[] = {".", "!", "?", "\u2026", "...", NULL};
    static const char *const leads[] = {",", ":", ";", NULL};
    uint32_t before = quote->first;
    while (before > 0 && document->tokens[before - 1].is_space)
        before--;
    if (before == 0)
        return false;
    before--;
    if (is_text(document, before, leads) && claim->content[0].end <= claim->token)
        return document->tokens[before].sentence == document->tokens[claim->token].sentence;
    return is_text(document, before, stops) && quote->end - quote->first > 2 &&
           is_text(document, quote->end - 2, stops);
}

static bool same_paragraph(const ro_document *document, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (ro_quotes_is_break(document, i))
            return false;
    return true;
}

static void attach_floating(const ro_document *document, const ro_quotes *quotes,
                            claim_list *claims)
{
    uint32_t speaker = RO_NONE; /* of the last quotation */
    for (uint32_t i = 0; i < quotes->list.count; i++) {
        const ro_quote *quote = &quotes->list.items[i];
        uint32_t owner = claim_of_quote(claims, quote);
        if (owner == RO_NONE && speaker != RO_NONE &&
            goes_on(document, quote, &claims->list.items[speaker])) {
            ro_claim *claim = &claims->list.items[speaker];
            uint32_t last = claim->content[claim->count - 1].end;
            uint32_t from = last > claim->token ? last : claim->token;
            if (claim->content[claim->count - 1].end <= quote->first &&
                same_paragraph(document, from, quote->first)) {
                ro_content_add(claim, quote->first, quote->end);
                owner = speaker;
            }
        }
        speaker = owner;
    }
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
    bool listed = !proper &&
                  ro_cues_source_kind(says->cues, document->tokens[token].lemma, &noun);
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
static ro_style style_of(const ro_quotes *quotes, const ro_claim *claim)
{
    uint32_t own = quotes->of[claim->token];
    bool all = true, any = false;
    for (uint32_t i = 0; i < claim->count; i++)
        for (uint32_t t = claim->content[i].first; t < claim->content[i].end; t++) {
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

/* The source as it is written, with its appositions and relative clauses, but without anything of
 * the cue or the content. */
static ro_range source_range(const ro_document *document, const ro_claim *claim)
{
    const ro_token *own = &document->tokens[claim->source];
    ro_range range = {own->left, own->right + 1};
    if (range.end - range.first > RO_CLAIM_LIMIT)
        ro_tree_noun_phrase(document, claim->source, &range.first, &range.end);
    for (uint32_t i = 0; i <= claim->count; i++) {
        ro_range other = i < claim->count ? claim->content[i] : claim->cue;
        if (other.first > claim->source && other.first < range.end)
            range.end = other.first;
        if (other.end <= claim->source && other.end > range.first)
            range.first = other.end;
    }
    if (range.end - range.first > 1 && ro_tree_has_deprel(document, range.end - 1, "case"))
        range.end--;
    return range;
}

static bool add_attribution(const ro_says *says, const ro_quotes *quotes, const ro_claim *claim,
                            const uint32_t *timex_of, ro_document *document)
{
    ro_attribution *made = RO_LIST_ADD(document->arena, &document->attributions);
    if (made == NULL)
        return false;
    made->source_entity = entity_at(document, claim->source);
    made->source_kind = kind_of(says, document, claim->source, made->source_entity);
    made->style = style_of(quotes, claim);
    made->stance = claim->line->stance;
    made->negated = claim->negated;
    made->addressee = entity_at(document, claim->addressee);
    made->in = RO_NONE;
    made->cue_token = claim->token;
    made->sentence = document->tokens[claim->token].sentence;
    if (timex_of[claim->token] != RO_NONE)
        made->date = document->timexes.items[timex_of[claim->token]].date;
    made->rule = claim->line->line;
    bool good = add_span(document, &made->cue, claim->cue.first, claim->cue.end);
    if (claim->source != RO_NONE) {
        ro_range range = source_range(document, claim);
        good = good && add_span(document, &made->source, range.first, range.end);
    }
    for (uint32_t i = 0; i < claim->count; i++)
        good = good && add_content(document, &made->content, &claim->content[i]);
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
static void share_addressees(const ro_document *document, claim_list *claims)
{
    for (uint32_t i = 0; i < claims->list.count; i++) {
        ro_claim *claim = &claims->list.items[i];
        if (claim->addressee != RO_NONE ||
            !ro_tree_has_deprel(document, claim->token, "advcl|conj|xcomp"))
            continue;
        uint32_t head = document->tokens[claim->token].head;
        const ro_claim *first = &claims->list.items[claims_before(claims, head)];
        if (head < claim->token && first->token == head && first->source == claim->source)
            claim->addressee = first->addressee;
    }
}

static ro_status find(const ro_says *says, ro_document *document, ro_arena *arena)
{
    ro_quotes quotes;
    if (ro_quotes_find(document, arena, &quotes) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_claim_search search = {says->cues, &quotes, document};
    claim_list claims = {0};
    for (uint32_t i = 0; i < document->token_count; i++) {
        ro_claim claim;
        if (!ro_claim_read(&search, i, &claim))
            continue;
        ro_claim *kept = RO_LIST_ADD(arena, &claims.list);
        if (kept == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *kept = claim;
    }
    attach_floating(document, &quotes, &claims);
    share_addressees(document, &claims);
    uint32_t *scratch = ro_arena_alloc(arena, 2 * (size_t)document->token_count, sizeof *scratch);
    if (scratch == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    mark_dates(document, scratch);
    uint32_t base = document->attributions.count;
    for (uint32_t i = 0; i < claims.list.count; i++)
        if (!add_attribution(says, &quotes, &claims.list.items[i], scratch, document))
            return RO_STATUS_OUT_OF_MEMORY;
    nest(document, base, scratch, scratch + document->token_count);
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
