/* document.c - makes documents from texts and answers the plain questions about them. Files are
 * read by src/read; every stage fills its own layer.
 *
 * The document and all that hangs from it stand in its one arena. A text is decoded as UTF-8 with
 * U+FFFD for each byte that belongs to no valid sequence (so a lone surrogate gives three).
 */
#include "doc/document.h"

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
enum { REPLACEMENT_LENGTH = sizeof replacement - 1 };

/* ---- making ---------------------------------------------------------------------------------- */

/* The length of the run of valid UTF-8 at the start of bytes. */
static size_t valid_run(const char *bytes, size_t count)
{
    size_t at = 0;
    while (at < count) {
        if ((unsigned char)bytes[at] < 0x80) {
            ++at;
            continue;
        }
        const size_t length = ro_text_valid_prefix(bytes + at, count - at);
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

static size_t count_undecodable(ro_text text)
{
    size_t undecodable = 0;
    for (size_t at = valid_run(text.data, text.length); at < text.length;) {
        ++undecodable;
        ++at;
        at += valid_run(text.data + at, text.length - at);
    }
    return undecodable;
}

/* Writes text, which holds so many undecodable bytes, to out. */
static void decode(ro_text text, char *out)
{
    for (size_t at = 0; at < text.length;) {
        const size_t run = valid_run(text.data + at, text.length - at);
        memcpy(out, text.data + at, run);
        at += run;
        out += run;
        if (at < text.length) {
            memcpy(out, replacement, REPLACEMENT_LENGTH);
            out += REPLACEMENT_LENGTH;
            ++at;
        }
    }
}

/* Decodes text into the arena; NULL when out of memory. */
static char *copy_decoded(ro_arena *arena, ro_text text, size_t undecodable, size_t length)
{
    if (undecodable == 0)
        return ro_arena_copy(arena, text.data, text.length);
    char *out = ro_arena_alloc(arena, length + 1, 1);
    if (out != NULL)
        decode(text, out);
    return out;
}

static size_t skip_space(ro_text text, size_t at)
{
    while (at < text.length) {
        size_t next = at;
        if (!ro_text_is_space(ro_text_decode(text, &next)))
            break;
        at = next;
    }
    return at;
}

/* The end of what is written like a day, "2023-02-30" or "3/4/2882015" with what follows up to
 * white space; start if nothing is. */
static size_t skip_day(ro_text text, size_t start)
{
    size_t at = start, marks = 0;
    bool is_digit = false;
    for (; at < text.length && marks < 3; at++) {
        const char c = text.data[at];
        const bool is_mark = is_digit && (c == '-' || c == '/' || c == '.');
        if (!is_mark && (c < '0' || c > '9'))
            break;
        is_digit = !is_mark;
        marks += is_mark;
    }
    if (marks != 2 || !is_digit || at - start < sizeof "1/1/22" - 1)
        return start;
    for (size_t next = at; at < text.length; at = next)
        if (ro_text_is_space(ro_text_decode(text, &next)))
            break;
    return at;
}

/* Where what is coded begins: behind a byte-order mark, and behind "date 2022-03-03" ("date:" too)
 * with the white space around it, whose day goes to *date; [*found, *found_end) is the day as it
 * stands. */
static size_t find_body(ro_text text, ro_date *date, size_t *found, size_t *found_end)
{
    const size_t start = ro_text_starts(text, "\xEF\xBB\xBF") ? 3 : 0;
    const size_t word = skip_space(text, start);
    const ro_text rest = {text.data + word, text.length - word};
    if (!ro_text_starts(rest, "date"))
        return start;
    const size_t day = skip_space(text, word + (ro_text_starts(rest, "date:") ? 5 : 4));
    const size_t day_end = skip_day(text, day);
    if (day == word + 4 || day_end == day)
        return start;
    *found = day;
    *found_end = day_end;
    const bool is_day =
        *found_end - *found == 10 || (*found_end - *found > 10 && text.data[*found + 10] == 'T');
    if (is_day)
        ro_date_parse((ro_text){text.data + *found, 10}, date);
    return skip_space(text, *found_end);
}

/* The id of a document without one: the same text has the same id in every run. */
static const char *make_id(ro_arena *arena, ro_text text)
{
    return ro_arena_format(arena, "%016llx",
                           (unsigned long long)ro_text_hash(text.data, text.length, 0));
}

static ro_status out_of_memory(ro_error *error)
{
    return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "document", "out of memory");
}

static ro_status check(ro_text id, ro_text text, ro_date date, size_t undecodable, ro_error *error)
{
    if (id.length > 0 && memchr(id.data, '\0', id.length) != NULL)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "document", "the id holds a NUL");
    if (!ro_date_is_none(date) && !ro_date_is_valid(date.year, date.month, date.day))
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "document",
                            "%d-%d-%d is no day of the calendar", date.year, date.month, date.day);
    if (text.length > UINT32_MAX ||
        undecodable > (UINT32_MAX - text.length) / (REPLACEMENT_LENGTH - 1))
        return ro_error_set(error, RO_STATUS_TOO_LARGE, "document",
                            "the text has %llu bytes, expected less than 4 GiB",
                            (unsigned long long)text.length);
    return RO_STATUS_OK;
}

ro_status ro_document_new(ro_text id, ro_text text, ro_date date, const ro_allocator *allocator,
                          ro_document **document, ro_error *error)
{
    const size_t undecodable = text.length <= UINT32_MAX ? count_undecodable(text) : 0;
    const ro_status status = check(id, text, date, undecodable, error);
    if (status != RO_STATUS_OK)
        return status;
    ro_arena *arena = ro_arena_new(allocator);
    if (arena == NULL)
        return out_of_memory(error);
    const size_t length = text.length + undecodable * (REPLACEMENT_LENGTH - 1);
    const size_t id_undecodable = count_undecodable(id);
    const size_t id_length = id.length + id_undecodable * (REPLACEMENT_LENGTH - 1);
    ro_document *made = ro_arena_alloc(arena, 1, sizeof *made);
    const char *copy = copy_decoded(arena, text, undecodable, length);
    const char *name = id.length > 0  ? copy_decoded(arena, id, id_undecodable, id_length)
                       : copy != NULL ? make_id(arena, (ro_text){copy, length})
                                      : NULL;
    if (made == NULL || copy == NULL || name == NULL) {
        ro_arena_free(arena);
        return out_of_memory(error);
    }
    ro_date prefix = RO_DATE_NONE;
    size_t found = 0, found_end = 0;
    made->arena = arena;
    made->dateline = RO_NONE;
    made->id = name;
    made->text = copy;
    made->length = (uint32_t)length;
    made->body = (uint32_t)find_body((ro_text){copy, length}, &prefix, &found, &found_end);
    made->date = ro_date_is_none(date) ? prefix : date;
    if (ro_date_is_none(made->date) && found_end > found &&
        (made->date_found = ro_arena_copy(arena, copy + found, found_end - found)) == NULL) {
        ro_arena_free(arena);
        return out_of_memory(error);
    }
    made->replaced = (uint32_t)undecodable;
    *document = made;
    return RO_STATUS_OK;
}

void ro_document_free(ro_document *document)
{
    if (document != NULL)
        ro_arena_free(document->arena);
}

/* ---- asking ---------------------------------------------------------------------------------- */

ro_text ro_document_id_get(const ro_document *document)
{
    return ro_text_of(document->id);
}

ro_text ro_document_text_get(const ro_document *document)
{
    return (ro_text){document->text, document->length};
}

ro_text ro_document_date_found_get(const ro_document *document)
{
    return ro_text_of(document->date_found != NULL ? document->date_found : "");
}

ro_date ro_document_date_get(const ro_document *document)
{
    return document->date;
}

size_t ro_document_token_count(const ro_document *document)
{
    return document->token_count;
}

size_t ro_document_sentence_count(const ro_document *document)
{
    return document->sentence_count;
}

size_t ro_document_event_count(const ro_document *document)
{
    return document->events.count;
}

size_t ro_document_attribution_count(const ro_document *document)
{
    return document->attributions.count;
}

size_t ro_document_replaced_count(const ro_document *document)
{
    return document->replaced;
}

ro_span ro_document_span(const ro_document *document, uint32_t first, uint32_t end)
{
    if (first >= end || end > document->token_count) {
        const uint32_t at =
            first < document->token_count ? document->tokens[first].start : document->length;
        return (ro_span){at, at};
    }
    return (ro_span){document->tokens[first].start, document->tokens[end - 1].end};
}

ro_text ro_document_span_text(const ro_document *document, uint32_t first, uint32_t end)
{
    const ro_span span = ro_document_span(document, first, end);
    return (ro_text){document->text + span.start, span.end - span.start};
}

ro_text ro_document_token_text(const ro_document *document, uint32_t token)
{
    return ro_document_span_text(document, token, token + 1);
}

/* The first of count things in text order that ends behind a token; each is size bytes long and has
 * its end, an uint32_t, at end_at. */
static uint32_t first_behind(const void *things, size_t size, size_t end_at, uint32_t count,
                             uint32_t token)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, end;
        memcpy(&end, (const char *)things + middle * size + end_at, sizeof end);
        if (end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t ro_document_timex_behind(const ro_document *document, uint32_t token)
{
    return first_behind(document->timexes.items, sizeof(ro_timex), offsetof(ro_timex, end),
                        document->timexes.count, token);
}

uint32_t ro_document_place_behind(const ro_document *document, uint32_t token)
{
    return first_behind(document->places.items, sizeof(ro_place), offsetof(ro_place, end),
                        document->places.count, token);
}
