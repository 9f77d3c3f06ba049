/* content.c - the edges of a content, as the PolNeAR annotators draw them: a content keeps its
 * quotation marks and the word that opens its clause, and loses the comma or full stop behind it.
 *
 * The tree gives the clause, the quotation marks correct it: sentences are split and clauses are
 * hung wrongly inside quotations more often than marks are wrong.
 */
#include "says/content.h"

#include "base/text.h"
#include <string.h>

enum { REACH = 16 }; /* tokens between a cue and a quotation behind it */

void ro_content_add(ro_claim *claim, uint32_t first, uint32_t end)
{
    if (first < end && claim->count < RO_CLAIM_RANGES)
        claim->content[claim->count++] = (ro_range){first, end};
}

static bool is_one_of(const ro_document *document, uint32_t token, const char *const *texts)
{
    ro_text text = ro_document_token_text(document, token);
    for (; *texts != NULL; texts++)
        if (ro_text_equal_string(text, *texts))
            return true;
    return false;
}

static bool is_separator(const ro_document *document, uint32_t token)
{
    static const char *const separators[] = {",",  ".",      ";",      ":",      "-",
                                             "--", "\u2013", "\u2014", "\u2015", NULL};
    return document->tokens[token].is_space || is_one_of(document, token, separators);
}

static void trim(const ro_document *document, ro_range *range)
{
    while (range->first < range->end && is_separator(document, range->first))
        range->first++;
    while (range->first < range->end && is_separator(document, range->end - 1))
        range->end--;
}

/* The quotation at a token, unless the cue stands in it too. */
static const ro_quote *quote_at(const ro_claim_search *search, uint32_t token, uint32_t cue)
{
    uint32_t quote = search->quotes->of[token];
    if (quote == RO_NONE || quote == search->quotes->of[cue])
        return NULL;
    return &search->quotes->list.items[quote];
}

static void stretch(const ro_claim_search *search, uint32_t cue, ro_range *range)
{
    const ro_quote *first = quote_at(search, range->first, cue);
    const ro_quote *last = quote_at(search, range->end - 1, cue);
    if (first != NULL)
        range->first = first->first;
    if (last != NULL)
        range->end = last->end;
    uint32_t own = search->quotes->of[cue];
    if (own == RO_NONE)
        return;
    const ro_quote *outer = &search->quotes->list.items[own];
    if (range->first <= outer->first)
        range->first = outer->first + 1;
    if (range->end >= outer->end)
        range->end = outer->end - outer->closed;
}

/* Keeps the part of a range that is in the cue's paragraph; a quotation may go on over several. */
static void keep_paragraph(const ro_claim_search *search, uint32_t cue, ro_range *range)
{
    for (uint32_t i = range->first; i < range->end; i++) {
        if (search->quotes->of[i] != RO_NONE || !ro_quotes_is_break(search->document, i))
            continue;
        if (range->first > cue)
            range->end = i;
        else
            range->first = i + 1;
    }
}

/* Puts ranges in order and joins those that overlap. */
static void join(ro_claim *claim)
{
    for (uint32_t i = 1; i < claim->count; i++)
        for (uint32_t j = i; j > 0 && claim->content[j].first < claim->content[j - 1].first; j--) {
            ro_range other = claim->content[j];
            claim->content[j] = claim->content[j - 1];
            claim->content[j - 1] = other;
        }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < claim->count; i++) {
        ro_range *last = kept > 0 ? &claim->content[kept - 1] : NULL;
        if (last != NULL && claim->content[i].first < last->end) {
            if (claim->content[i].end > last->end)
                last->end = claim->content[i].end;
        } else {
            claim->content[kept++] = claim->content[i];
        }
    }
    claim->count = kept;
}

bool ro_content_finish(const ro_claim_search *search, ro_claim *claim)
{
    uint32_t kept = 0, length = 0;
    for (uint32_t i = 0; i < claim->count; i++) {
        ro_range range = claim->content[i];
        if (range.end - range.first > RO_CLAIM_LIMIT)
            return false;
        keep_paragraph(search, claim->token, &range);
        trim(search->document, &range);
        if (range.first >= range.end)
            continue;
        stretch(search, claim->token, &range);
        if (range.first < range.end)
            claim->content[kept++] = range;
    }
    claim->count = kept;
    join(claim);
    for (uint32_t i = 0; i < claim->count; i++) {
        const ro_range *range = &claim->content[i];
        length += range->end - range->first;
        if (range->first <= claim->token && claim->token < range->end)
            return false;
    }
    return length > 0 && length <= RO_CLAIM_LIMIT;
}

uint32_t ro_content_quote_beside(const ro_claim_search *search, const ro_claim *claim,
                                 uint32_t first)
{
    static const char *const leads[] = {":", ",", NULL};
    const ro_document *document = search->document;
    const uint32_t *of = search->quotes->of;
    if (of[claim->token] != RO_NONE)
        return RO_NONE;
    uint32_t before = first;
    while (before > 0 && is_separator(document, before - 1) &&
           !ro_quotes_is_break(document, before - 1))
        before--;
    if (before > 0 && of[before - 1] != RO_NONE)
        return of[before - 1];
    uint32_t last = claim->cue.end - 1;
    for (uint32_t i = claim->cue.end; i < document->token_count && i < last + REACH; i++) {
        if (of[i] != RO_NONE) {
            uint32_t lead = i - 1;
            while (lead > last && document->tokens[lead].is_space)
                lead--;
            bool led = lead <= last || is_one_of(document, lead, leads);
            return led ? of[i] : RO_NONE;
        }
        if (document->tokens[i].sentence != document->tokens[last].sentence &&
            !document->tokens[i].is_space)
            return RO_NONE;
    }
    return RO_NONE;
}
