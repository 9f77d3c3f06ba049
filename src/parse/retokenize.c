/* retokenize.c - the second pass of spaCy's tokenizer (_apply_special_cases): pieces that
 * together spell an exception become its tokens; of overlapping matches the longest, then
 * the first, wins.
 */
#include "parse/tokenizer_parts.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { MATCHES_AT = 32 };

/* ---- opening --------------------------------------------------------------------------------- */

static bool may_come_apart(const ro_tokenizer *tokenizer, ro_regex_scratch *scratch, ro_text text)
{
    size_t start, end;
    const ro_regex *affixes[] = {tokenizer->prefix, tokenizer->infix, tokenizer->suffix};
    for (size_t i = 0; i < 3; i++)
        if (ro_regex_search(affixes[i], scratch, text, 0, &start, &end) && end > start)
            return true;
    return memchr(text.data, ' ', text.length) != NULL;
}

static ro_status add_phrase(ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch, ro_forms *forms,
                            ro_text text)
{
    ro_status status = ro_tokenizer_split(tokenizer, scratch, forms, false, text);
    size_t count = scratch->pieces.count;
    if (status != RO_STATUS_OK || count == 0)
        return status;
    uint64_t *ids = ro_alloc_zeroed(&tokenizer->allocator, count, sizeof *ids);
    if (ids == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < count; i++)
        ids[i] = ro_forms_at(forms, scratch->pieces.items[i].form)->attributes.orth;
    status = ro_phrases_add(tokenizer->phrases, ids, count);
    ro_alloc_free(&tokenizer->allocator, ids, count, sizeof *ids);
    return status;
}

ro_status ro_retokenize_open(ro_tokenizer *tokenizer, bool all)
{
    ro_tokenizer_scratch *scratch = ro_tokenizer_scratch_new(tokenizer);
    ro_forms *forms = ro_forms_new(tokenizer->vocabulary, &tokenizer->allocator);
    ro_status status = scratch != NULL && forms != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < tokenizer->exceptions.count && status == RO_STATUS_OK; i++) {
        ro_text text = tokenizer->exceptions.items[i].text;
        if (all || may_come_apart(tokenizer, scratch->regex, text))
            status = add_phrase(tokenizer, scratch, forms, text);
    }
    ro_phrases_finish(tokenizer->phrases);
    ro_tokenizer_scratch_free(scratch);
    ro_forms_free(forms);
    return status;
}

/* ---- running --------------------------------------------------------------------------------- */

/* Fills scratch->matches with every phrase in the pieces. ids is as long as the pieces. */
static ro_status find_matches(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                              const uint64_t *ids)
{
    size_t count = scratch->pieces.count;
    for (size_t i = 0; i < count; i++) {
        uint32_t lengths[MATCHES_AT];
        size_t found = ro_phrases_at(tokenizer->phrases, ids, count, i, lengths, MATCHES_AT);
        for (size_t k = 0; k < found; k++) {
            ro_match *match = RO_LIST_ADD(scratch->lists, &scratch->matches);
            if (match == NULL)
                return RO_STATUS_OUT_OF_MEMORY;
            *match = (ro_match){(uint32_t)i, (uint32_t)i + lengths[k]};
        }
    }
    return RO_STATUS_OK;
}

static int longest_first(const void *a, const void *b)
{
    const ro_match *x = a, *y = b;
    uint32_t x_length = x->end - x->first, y_length = y->end - y->first;
    if (x_length != y_length)
        return x_length > y_length ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

static int first_first(const void *a, const void *b)
{
    const ro_match *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Keeps matches that do not overlap. seen has one byte a piece, zeroed. */
static void filter_matches(ro_tokenizer_scratch *scratch, unsigned char *seen)
{
    ro_match *items = scratch->matches.items;
    qsort(items, scratch->matches.count, sizeof *items, longest_first);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < scratch->matches.count; i++) {
        ro_match match = items[i];
        if (!seen[match.first] && !seen[match.end - 1])
            items[kept++] = match;
        memset(seen + match.first, 1, match.end - match.first);
    }
    scratch->matches.count = kept;
    qsort(items, kept, sizeof *items, first_first);
}

static ro_status rewrite_match(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                               ro_forms *forms, ro_text text, ro_match match)
{
    ro_piece first = scratch->pieces.items[match.first],
             last = scratch->pieces.items[match.end - 1];
    uint32_t number;
    ro_status status = RO_STATUS_OK;
    if (!ro_map_get(tokenizer->by_text, (ro_text){text.data + first.start, last.end - first.start},
                    &number)) { /* the same words, spaced apart */
        for (uint32_t i = match.first; i < match.end; i++) {
            ro_piece *copy = RO_LIST_ADD(scratch->lists, &scratch->rewritten);
            if (copy == NULL)
                return RO_STATUS_OUT_OF_MEMORY;
            *copy = scratch->pieces.items[i];
        }
        return status;
    }
    const ro_exception *exception = &tokenizer->exceptions.items[number];
    uint32_t start = first.start;
    for (uint32_t i = 0; i < exception->count && status == RO_STATUS_OK; i++) {
        const ro_exception_token *token = &exception->tokens[i];
        ro_piece *made = RO_LIST_ADD(scratch->lists, &scratch->rewritten);
        if (made == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        made->start = start;
        made->end = start += (uint32_t)token->orth.length;
        made->space_after = i + 1 == exception->count && last.space_after;
        status = ro_forms_add(forms, token->orth, token->norm, &made->form);
    }
    return status;
}

static ro_status rewrite(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                         ro_forms *forms, ro_text text)
{
    uint32_t next = 0;
    scratch->rewritten.count = 0;
    for (uint32_t i = 0; i < scratch->pieces.count;) {
        if (next < scratch->matches.count && scratch->matches.items[next].first == i) {
            ro_status status =
                rewrite_match(tokenizer, scratch, forms, text, scratch->matches.items[next]);
            if (status != RO_STATUS_OK)
                return status;
            i = scratch->matches.items[next++].end;
            continue;
        }
        ro_piece *copy = RO_LIST_ADD(scratch->lists, &scratch->rewritten);
        if (copy == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *copy = scratch->pieces.items[i++];
    }
    ro_piece *items = scratch->pieces.items;
    uint32_t capacity = scratch->pieces.capacity;
    scratch->pieces.items = scratch->rewritten.items;
    scratch->pieces.count = scratch->rewritten.count;
    scratch->pieces.capacity = scratch->rewritten.capacity;
    scratch->rewritten.items = items;
    scratch->rewritten.capacity = capacity;
    return RO_STATUS_OK;
}

ro_status ro_retokenize_run(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                            ro_forms *forms, ro_text text)
{
    size_t count = scratch->pieces.count;
    scratch->matches.count = 0;
    if (count == 0)
        return RO_STATUS_OK;
    uint64_t *ids = ro_alloc_zeroed(&scratch->allocator, count, sizeof *ids);
    if (ids == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < count; i++)
        ids[i] = ro_forms_at(forms, scratch->pieces.items[i].form)->attributes.orth;
    ro_status status = find_matches(tokenizer, scratch, ids);
    if (status == RO_STATUS_OK && scratch->matches.count > 0) {
        memset(ids, 0, count * sizeof *ids);
        filter_matches(scratch, (unsigned char *)ids);
        status = rewrite(tokenizer, scratch, forms, text);
    }
    ro_alloc_free(&scratch->allocator, ids, count, sizeof *ids);
    return status;
}
