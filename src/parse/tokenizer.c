/* tokenizer.c - cuts text into tokens as spaCy's tokenizer.pyx does: white space, then affixes,
 * exceptions, token and url matches and infixes within a stretch, then exceptions over the result
 * (retokenize.c). Regular expressions run in regex.c.
 *
 * Stretches are cached, for most words come again. One of more than LONG_STRETCH bytes is cut
 * without the token and url matches, and its suffixes are sought in its last SUFFIX_REACH bytes
 * only: otherwise time would grow with the square of its length. Nothing in real text is that long.
 */
#include "parse/tokenizer_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

enum { LONG_STRETCH = 1024, SUFFIX_REACH = 128, FIRST_BUCKETS = 1 << 14 };

/* ---- opening --------------------------------------------------------------------------------- */

static ro_status open_pattern(const json_t *description, const char *key,
                              const ro_allocator *allocator, ro_regex **regex, ro_error *error)
{
    const json_t *pattern = json_object_get(description, key);
    *regex = NULL;
    if (json_is_null(pattern))
        return RO_STATUS_OK;
    if (!json_is_string(pattern))
        return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                            "tokenizer.%s: expected a pattern or null", key);
    return ro_regex_open((ro_text){json_string_value(pattern), json_string_length(pattern)},
                         allocator, regex, error);
}

static ro_status copy_text(ro_tokenizer *tokenizer, const json_t *value, ro_text *text)
{
    const char *copy =
        ro_arena_copy(tokenizer->arena, json_string_value(value), json_string_length(value));
    *text = (ro_text){copy, json_string_length(value)};
    return copy != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
}

/* One exception: its tokens, joined, must give its text. */
static ro_status open_exception(ro_tokenizer *tokenizer, const json_t *item, ro_error *error)
{
    const json_t *text = json_object_get(item, "text"), *tokens = json_object_get(item, "tokens");
    ro_exception *made = RO_LIST_ADD(tokenizer->arena, &tokenizer->exceptions);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    if (!json_is_string(text) || json_string_length(text) == 0 || json_array_size(tokens) == 0)
        return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                            "tokenizer.exceptions: expected a text and its tokens");
    made->count = (uint32_t)json_array_size(tokens);
    made->tokens = ro_arena_alloc(tokenizer->arena, made->count, sizeof *made->tokens);
    if (made->tokens == NULL || copy_text(tokenizer, text, &made->text) != RO_STATUS_OK)
        return RO_STATUS_OUT_OF_MEMORY;
    size_t at = 0;
    for (uint32_t i = 0; i < made->count; i++) {
        const json_t *orth = json_object_get(json_array_get(tokens, i), "orth");
        const json_t *norm = json_object_get(json_array_get(tokens, i), "norm");
        size_t length = json_string_length(orth);
        if (length == 0 || length > made->text.length - at ||
            memcmp(made->text.data + at, json_string_value(orth), length) != 0)
            return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                                "tokenizer.exceptions: the tokens of '%s' do not give its text",
                                made->text.data);
        made->tokens[i].orth = (ro_text){made->text.data + at, length};
        if (json_is_string(norm) &&
            copy_text(tokenizer, norm, &made->tokens[i].norm) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
        at += length;
    }
    if (at != made->text.length)
        return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                            "tokenizer.exceptions: the tokens of '%s' do not give its text",
                            made->text.data);
    if (made->text.length > tokenizer->longest_exception)
        tokenizer->longest_exception = made->text.length;
    return ro_map_set(tokenizer->by_text, made->text, tokenizer->exceptions.count - 1);
}

static ro_status open_parts(ro_tokenizer *tokenizer, const json_t *description, ro_error *error)
{
    struct {
        const char *key;
        ro_regex **regex;
    } patterns[] = {{"prefix", &tokenizer->prefix},
                    {"suffix", &tokenizer->suffix},
                    {"infix", &tokenizer->infix},
                    {"token_match", &tokenizer->token_match},
                    {"url_match", &tokenizer->url_match}};
    ro_status status = RO_STATUS_OK;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns && status == RO_STATUS_OK; i++)
        status = open_pattern(description, patterns[i].key, &tokenizer->allocator,
                              patterns[i].regex, error);
    const json_t *exceptions = json_object_get(description, "exceptions"), *item;
    size_t index;
    if (status == RO_STATUS_OK && !json_is_array(exceptions))
        return ro_error_set(error, RO_STATUS_CORRUPT, "model",
                            "tokenizer.exceptions: expected a list");
    if (status == RO_STATUS_OK)
        json_array_foreach(exceptions, index,
                           item) if ((status = open_exception(tokenizer, item, error)) !=
                                     RO_STATUS_OK) break;
    bool all = json_is_false(json_object_get(description, "faster_heuristics"));
    return status == RO_STATUS_OK ? ro_retokenize_open(tokenizer, all) : status;
}

ro_status ro_tokenizer_open(const json_t *description, const ro_vocabulary *vocabulary,
                            const ro_allocator *allocator, ro_tokenizer **tokenizer,
                            ro_error *error)
{
    ro_tokenizer *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    made->allocator = *allocator;
    made->vocabulary = vocabulary;
    made->arena = ro_arena_new(allocator);
    made->by_text = ro_map_new(allocator);
    made->phrases = ro_phrases_new(allocator);
    ro_status status = RO_STATUS_OUT_OF_MEMORY;
    if (made->arena != NULL && made->by_text != NULL && made->phrases != NULL)
        status = open_parts(made, description, error);
    if (status != RO_STATUS_OK) {
        ro_tokenizer_close(made);
        return status;
    }
    *tokenizer = made;
    return RO_STATUS_OK;
}

void ro_tokenizer_close(ro_tokenizer *tokenizer)
{
    if (tokenizer == NULL)
        return;
    ro_allocator allocator = tokenizer->allocator;
    ro_regex_close(tokenizer->prefix);
    ro_regex_close(tokenizer->suffix);
    ro_regex_close(tokenizer->infix);
    ro_regex_close(tokenizer->token_match);
    ro_regex_close(tokenizer->url_match);
    ro_phrases_free(tokenizer->phrases);
    ro_map_free(tokenizer->by_text);
    ro_arena_free(tokenizer->arena);
    ro_alloc_free(&allocator, tokenizer, 1, sizeof *tokenizer);
}

/* ---- scratch --------------------------------------------------------------------------------- */

ro_tokenizer_scratch *ro_tokenizer_scratch_new(const ro_tokenizer *tokenizer)
{
    ro_tokenizer_scratch *scratch = ro_alloc_zeroed(&tokenizer->allocator, 1, sizeof *scratch);
    if (scratch == NULL)
        return NULL;
    scratch->allocator = tokenizer->allocator;
    scratch->regex = ro_regex_scratch_new();
    scratch->lists = ro_arena_new(&tokenizer->allocator);
    scratch->bucket_count = FIRST_BUCKETS;
    scratch->buckets =
        ro_alloc_zeroed(&scratch->allocator, FIRST_BUCKETS, sizeof *scratch->buckets);
    if (scratch->regex == NULL || scratch->lists == NULL || scratch->buckets == NULL ||
        ro_tokenizer_scratch_clear(scratch) != RO_STATUS_OK) {
        ro_tokenizer_scratch_free(scratch);
        return NULL;
    }
    return scratch;
}

void ro_tokenizer_scratch_free(ro_tokenizer_scratch *scratch)
{
    if (scratch == NULL)
        return;
    ro_allocator allocator = scratch->allocator;
    ro_regex_scratch_free(scratch->regex);
    ro_arena_free(scratch->lists);
    ro_arena_free(scratch->cache);
    ro_alloc_free(&allocator, scratch->buckets, scratch->bucket_count, sizeof *scratch->buckets);
    ro_alloc_free(&allocator, scratch, 1, sizeof *scratch);
}

ro_status ro_tokenizer_scratch_clear(ro_tokenizer_scratch *scratch)
{
    ro_arena *arena = ro_arena_new(&scratch->allocator);
    if (arena == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_arena_free(scratch->cache);
    scratch->cache = arena;
    memset(scratch->buckets, 0, scratch->bucket_count * sizeof *scratch->buckets);
    return RO_STATUS_OK;
}

/* ---- a stretch without white space ----------------------------------------------------------- */

static bool find_exception(const ro_tokenizer *tokenizer, ro_text text, bool exceptions,
                           uint32_t *found)
{
    return exceptions && text.length > 0 && text.length <= tokenizer->longest_exception &&
           ro_map_get(tokenizer->by_text, text, found);
}

/* A match's length counts, wherever it lies, as in spaCy; one that would cut a character apart is
 * none. */
static bool cuts_at(ro_text text, size_t at)
{
    return at == text.length || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static size_t find_prefix(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                          ro_text text)
{
    size_t start, end;
    if (!ro_regex_search(tokenizer->prefix, scratch->regex, text, 0, &start, &end))
        return 0;
    return cuts_at(text, end - start) ? end - start : 0;
}

static size_t find_suffix(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                          ro_text text)
{
    size_t from = 0, start, end;
    if (text.length > LONG_STRETCH) {
        from = text.length - SUFFIX_REACH;
        while (!cuts_at(text, from))
            from++;
    }
    if (!ro_regex_search(tokenizer->suffix, scratch->regex, text, from, &start, &end))
        return 0;
    return cuts_at(text, text.length - (end - start)) ? end - start : 0;
}

static ro_status add_form(ro_tokenizer_scratch *scratch, ro_forms *forms, ro_text text,
                          ro_text norm)
{
    uint32_t *form = RO_LIST_ADD(scratch->lists, &scratch->stretch);
    return form != NULL ? ro_forms_add(forms, text, norm, form) : RO_STATUS_OUT_OF_MEMORY;
}

static ro_status add_text(ro_tokenizer_scratch *scratch, ro_forms *forms, ro_text text)
{
    return add_form(scratch, forms, text, (ro_text){"", 0});
}

static ro_status add_exception(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                               ro_forms *forms, uint32_t number)
{
    const ro_exception *exception = &tokenizer->exceptions.items[number];
    ro_status status = RO_STATUS_OK;
    for (uint32_t i = 0; i < exception->count && status == RO_STATUS_OK; i++)
        status = add_form(scratch, forms, exception->tokens[i].orth, exception->tokens[i].norm);
    return status;
}

static ro_text slice(ro_text text, size_t start, size_t end)
{
    return (ro_text){text.data + start, end - start};
}

/* Takes prefixes and suffixes off; what is left is the result. Prefixes go out at once, suffixes
 * wait (innermost last). */
static ro_status split_affixes(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                               ro_forms *forms, bool exceptions, ro_text *rest)
{
    ro_text text = *rest;
    size_t last = SIZE_MAX;
    ro_status status = RO_STATUS_OK;
    uint32_t ignored;
    while (status == RO_STATUS_OK && text.length > 0 && text.length != last) {
        if ((text.length <= LONG_STRETCH &&
             ro_regex_match(tokenizer->token_match, scratch->regex, text)) ||
            find_exception(tokenizer, text, exceptions, &ignored))
            break;
        last = text.length;
        size_t before = find_prefix(tokenizer, scratch, text);
        ro_text behind = slice(text, before, text.length);
        if (before > 0 && find_exception(tokenizer, behind, exceptions, &ignored)) {
            status = add_text(scratch, forms, slice(text, 0, before));
            text = behind;
            break;
        }
        size_t after = find_suffix(tokenizer, scratch, behind);
        size_t cut = text.length - after;
        bool is_exception =
            after > 0 && find_exception(tokenizer, slice(text, 0, cut), exceptions, &ignored);
        bool both = !is_exception && before > 0 && after > 0 && before + after <= text.length;
        bool take_suffix = is_exception || both || (before == 0 && after > 0);
        if (before > 0 && !is_exception)
            status = add_text(scratch, forms, slice(text, 0, before));
        if (take_suffix && status == RO_STATUS_OK) {
            ro_text *suffix = RO_LIST_ADD(scratch->lists, &scratch->suffixes);
            if (suffix == NULL)
                return RO_STATUS_OUT_OF_MEMORY;
            *suffix = slice(text, cut, text.length);
        }
        text = slice(text, is_exception ? 0 : before, take_suffix ? cut : text.length);
        if (is_exception)
            break;
    }
    *rest = text;
    return status;
}

/* Cuts at infixes; a match at the very start is passed over, as in spaCy. */
static ro_status split_infixes(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                               ro_forms *forms, ro_text text)
{
    size_t done = 0, from = 0, start, end;
    ro_status status = RO_STATUS_OK;
    while (status == RO_STATUS_OK && from <= text.length &&
           ro_regex_search(tokenizer->infix, scratch->regex, text, from, &start, &end)) {
        from = end;
        if (end == start && from < text.length) /* an empty match: go on one character further */
            ro_text_decode(text, &from);
        else if (end == start)
            from++;
        if (start == 0)
            continue;
        if (start != done)
            status = add_text(scratch, forms, slice(text, done, start));
        if (start != end && status == RO_STATUS_OK)
            status = add_text(scratch, forms, slice(text, start, end));
        done = end;
    }
    return status == RO_STATUS_OK && done < text.length
               ? add_text(scratch, forms, slice(text, done, text.length))
               : status;
}

/* Fills scratch->stretch with the forms of a stretch. */
static ro_status split(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                       ro_forms *forms, bool exceptions, ro_text text)
{
    uint32_t exception;
    scratch->stretch.count = scratch->suffixes.count = 0;
    if (find_exception(tokenizer, text, exceptions, &exception))
        return add_exception(tokenizer, scratch, forms, exception);
    ro_text rest = text;
    ro_status status = split_affixes(tokenizer, scratch, forms, exceptions, &rest);
    if (status != RO_STATUS_OK)
        return status;
    if (find_exception(tokenizer, rest, exceptions, &exception))
        status = add_exception(tokenizer, scratch, forms, exception);
    else if (rest.length > 0 && rest.length <= LONG_STRETCH &&
             (ro_regex_match(tokenizer->token_match, scratch->regex, rest) ||
              ro_regex_match(tokenizer->url_match, scratch->regex, rest)))
        status = add_text(scratch, forms, rest);
    else if (rest.length > 0)
        status = split_infixes(tokenizer, scratch, forms, rest);
    for (size_t i = scratch->suffixes.count; i > 0 && status == RO_STATUS_OK; i--)
        status = add_text(scratch, forms, scratch->suffixes.items[i - 1]);
    return status;
}

/* ---- text ------------------------------------------------------------------------------------ */

static ro_status add_pieces(ro_tokenizer_scratch *scratch, ro_forms *forms, const uint32_t *list,
                            size_t count, size_t start)
{
    for (size_t i = 0; i < count; i++) {
        ro_piece *piece = RO_LIST_ADD(scratch->lists, &scratch->pieces);
        if (piece == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        size_t end = start + ro_forms_at(forms, list[i])->text.length;
        *piece = (ro_piece){(uint32_t)start, (uint32_t)end, list[i], false};
        start = end;
    }
    return RO_STATUS_OK;
}

static ro_status add_stretch(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                             ro_forms *forms, bool exceptions, ro_text text, size_t start,
                             size_t end)
{
    ro_text stretch = slice(text, start, end);
    uint64_t hash = ro_text_hash(stretch.data, stretch.length, 0);
    ro_stretch **bucket = &scratch->buckets[hash % scratch->bucket_count];
    for (const ro_stretch *item = *bucket; item != NULL; item = item->next)
        if (item->hash == hash && ro_text_equal(item->text, stretch))
            return add_pieces(scratch, forms, item->forms, item->count, start);
    ro_status status = split(tokenizer, scratch, forms, exceptions, stretch);
    if (status != RO_STATUS_OK)
        return status;
    ro_stretch *made = ro_arena_alloc(scratch->cache, 1, sizeof *made);
    uint32_t *list = ro_arena_alloc(scratch->cache, scratch->stretch.count, sizeof *list);
    const char *copy = ro_arena_copy(scratch->cache, stretch.data, stretch.length);
    if (made == NULL || list == NULL || copy == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    memcpy(list, scratch->stretch.items, scratch->stretch.count * sizeof *list);
    *made = (ro_stretch){*bucket, hash, {copy, stretch.length}, list, scratch->stretch.count};
    *bucket = made;
    return add_pieces(scratch, forms, list, made->count, start);
}

ro_status ro_tokenizer_split(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                             ro_forms *forms, bool exceptions, ro_text text)
{
    scratch->pieces.count = 0;
    size_t start = 0, at = 0;
    bool in_space = false;
    ro_status status = RO_STATUS_OK;
    while (at < text.length && status == RO_STATUS_OK) {
        size_t here = at;
        uint32_t c = ro_text_decode(text, &at);
        bool is_space = ro_text_is_space(c);
        if (here == 0)
            in_space = is_space;
        if (is_space == in_space)
            continue;
        if (start < here)
            status = add_stretch(tokenizer, scratch, forms, exceptions, text, start, here);
        start = here;
        if (c == ' ' && status == RO_STATUS_OK) { /* one space belongs to the token before it */
            scratch->pieces.items[scratch->pieces.count - 1].space_after = true;
            start = at;
        }
        in_space = !in_space;
    }
    if (start < text.length && status == RO_STATUS_OK) {
        status = add_stretch(tokenizer, scratch, forms, exceptions, text, start, text.length);
        if (status == RO_STATUS_OK)
            scratch->pieces.items[scratch->pieces.count - 1].space_after =
                text.data[text.length - 1] == ' ' && !in_space;
    }
    return status;
}

ro_status ro_tokenizer_run(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                           ro_forms *forms, ro_text text, const ro_piece **pieces, size_t *count)
{
    ro_status status = ro_tokenizer_split(tokenizer, scratch, forms, true, text);
    if (status == RO_STATUS_OK)
        status = ro_retokenize_run(tokenizer, scratch, forms, text);
    if (status != RO_STATUS_OK) { /* a list that could not grow is lost: start anew */
        memset(&scratch->pieces, 0, sizeof scratch->pieces);
        memset(&scratch->stretch, 0, sizeof scratch->stretch);
        memset(&scratch->suffixes, 0, sizeof scratch->suffixes);
        memset(&scratch->rewritten, 0, sizeof scratch->rewritten);
        memset(&scratch->matches, 0, sizeof scratch->matches);
        return status;
    }
    *pieces = scratch->pieces.items;
    *count = scratch->pieces.count;
    return RO_STATUS_OK;
}
