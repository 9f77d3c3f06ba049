/* lexicon_show.c - the lexicon's own commands: counts, what a phrase is coded as, compiling. They
 * need no model, so words are cut here: at spaces and signs, which forms do not have either.
 *
 * Which of several facts counts is decided in a document by what else stands there (who/); here the
 * day alone speaks: strong forms before weak ones, then who held his office, then the order.
 */
#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "lexicon/lexicon.h"
#include "lexicon/phrase.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- output ---------------------------------------------------------------------------------- */

typedef struct writer {
    ro_sink sink;
    ro_arena *arena;
    ro_status status; /* the first that was not OK */
} writer;

static void say(writer *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(writer *to, const char *format, ...)
{
    char text[512];
    va_list arguments;
    if (to->status != RO_STATUS_OK)
        return;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    char *whole = text;
    if (length >= (int)sizeof text) {
        whole = ro_arena_alloc(to->arena, (size_t)length + 1, 1);
        if (whole == NULL) {
            to->status = RO_STATUS_OUT_OF_MEMORY;
            return;
        }
        va_start(arguments, format);
        vsnprintf(whole, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    to->status = to->sink.write(to->sink.context, whole, (size_t)length);
}

static ro_status finish(writer *to, ro_error *error)
{
    ro_arena_free(to->arena);
    if (to->status == RO_STATUS_OUT_OF_MEMORY)
        return ro_error_set(error, to->status, "lexicon", "out of memory");
    return to->status;
}

/* ---- check, compile -------------------------------------------------------------------------- */

ro_status ro_lexicon_check(const ro_engine_options *options, ro_sink sink, ro_error *error)
{
    ro_lexicon *lexicon = NULL;
    ro_engine_options from_text = *options;
    size_t counts[RO_LEXICON_WHATS] = {0};
    from_text.lexicon_table = NULL; /* what is checked is the text */
    ro_status status = ro_lexicon_open_with(&from_text, &lexicon, error);
    if (status != RO_STATUS_OK)
        return status;
    size_t count = ro_lexicon_fact_count(lexicon);
    for (size_t i = 0; i < count; i++)
        counts[ro_lexicon_fact_at(lexicon, i)->what]++;
    writer to = {.sink = sink, .arena = ro_arena_new(options->allocator)};
    if (to.arena == NULL)
        to.status = RO_STATUS_OUT_OF_MEMORY;
    say(&to, "%llu facts", (unsigned long long)count);
    const char *separator = ": ";
    for (int i = 0; i < RO_LEXICON_WHATS; i++) {
        if (counts[i] == 0)
            continue;
        say(&to, "%s%llu %s", separator, (unsigned long long)counts[i],
            ro_lexicon_what_name((ro_fact_what)i));
        separator = ", ";
    }
    say(&to, "\n");
    ro_lexicon_close(lexicon);
    return finish(&to, error);
}

ro_status ro_lexicon_compile(const ro_engine_options *options, const char *path, ro_error *error)
{
    ro_lexicon *lexicon = NULL;
    ro_engine_options from_text = *options;
    from_text.lexicon_table = NULL;
    ro_status status = ro_lexicon_open_with(&from_text, &lexicon, error);
    if (status != RO_STATUS_OK)
        return status;
    ro_text table = ro_lexicon_table(lexicon);
    status = ro_file_write_whole(path, table.data, table.length, options->allocator, error);
    ro_lexicon_close(lexicon);
    return status;
}

/* ---- find ------------------------------------------------------------------------------------ */

/* A fact that a phrase leads to. */
typedef struct match {
    const ro_fact *fact;
    bool weak;
} match;

typedef struct match_list {
    RO_LIST(match) list;
} match_list;

/* Days between a fact's term and a day; 0 within it. */
static int32_t days_off(const ro_fact *fact, ro_date day)
{
    if (ro_lexicon_in_term(fact, day))
        return 0;
    if (!ro_date_is_none(fact->from) && ro_date_compare(day, fact->from) < 0)
        return ro_date_to_days(fact->from) - ro_date_to_days(day);
    return ro_date_to_days(day) - ro_date_to_days(fact->until);
}

static bool is_same_thing(const ro_fact *a, const ro_fact *b)
{
    return a->what == b->what && strcmp(a->name, b->name) == 0;
}

/* Whether b counts rather than a, which comes before it. */
static bool is_better(const match *a, const match *b, ro_date day)
{
    if (a->weak != b->weak)
        return a->weak;
    int32_t days = days_off(a->fact, day), other_days = days_off(b->fact, day);
    return (other_days == 0 && days > 0) ||
           (is_same_thing(a->fact, b->fact) && other_days < days);
}

static void say_term(writer *to, const ro_fact *fact)
{
    char from[11], until[11];
    ro_date_format(fact->from, from);
    ro_date_format(fact->until, until);
    if (from[0] != '\0' && until[0] != '\0')
        say(to, "%s to %s", from, until);
    else if (from[0] != '\0' || until[0] != '\0')
        say(to, "%s %s", from[0] != '\0' ? "from" : "until", from[0] != '\0' ? from : until);
}

static bool has_term(const ro_fact *fact)
{
    return !ro_date_is_none(fact->from) || !ro_date_is_none(fact->until);
}

static void say_sectors(writer *to, const ro_lexicon *lexicon, const char *sectors)
{
    for (const char *at = sectors; strlen(at) >= 3; at += at[3] == ' ' ? 4 : 3) {
        const ro_fact *sector = ro_lexicon_sector(lexicon, at);
        if (sector != NULL)
            say(to, "  sector   %s %s, PLOVER %s\n", sector->code, sector->name, sector->role);
    }
}

static void say_first(writer *to, const ro_lexicon *lexicon, const match *first, ro_date day)
{
    const ro_fact *fact = first->fact, *country = ro_lexicon_country(lexicon, fact->country);
    if (ro_lexicon_is_former(fact, day))
        say(to, "  code     %sELI, out of office: %s\n", fact->country, fact->code);
    else
        say(to, "  code     %s\n",
            fact->code[0] != '\0' ? fact->code : "that of whom it belongs to");
    say(to, "  kind     %s: %s%s%s\n", ro_lexicon_what_name(fact->what), fact->name,
        fact->pronoun[0] != '\0' ? ", " : "", fact->pronoun);
    if (country != NULL)
        say(to, "  country  %s %s\n", country->code, country->name);
    say_sectors(to, lexicon, fact->sectors);
    if (fact->role[0] != '\0' && fact->what != RO_FACT_WHAT_SECTOR)
        say(to, "  role     %s\n", fact->role);
    if (fact->parent[0] != '\0')
        say(to, "  parent   %s\n", fact->parent);
    if (has_term(fact)) {
        say(to, "  term     ");
        say_term(to, fact);
        say(to, "%s\n", days_off(fact, day) > 0 ? ", not on that day" : "");
    }
    if (first->weak)
        say(to, "  weak     counts only where something else speaks for it\n");
    say(to, "  line     %s\n", fact->source);
}

static void say_other(writer *to, const match *other)
{
    const ro_fact *fact = other->fact;
    say(to, "  or       %s %s: %s%s", fact->code, ro_lexicon_what_name(fact->what), fact->name,
        other->weak ? ", weak" : "");
    if (fact->role[0] != '\0' && strcmp(fact->role, fact->name) != 0)
        say(to, ", %s", fact->role);
    if (has_term(fact)) {
        say(to, ", ");
        say_term(to, fact);
    }
    say(to, " (%s)\n", fact->source);
}

static void say_phrase(writer *to, const ro_lexicon *lexicon, ro_text written,
                       const match_list *matches, ro_date day)
{
    uint32_t first = 0;
    for (uint32_t i = 1; i < matches->list.count; i++)
        if (is_better(&matches->list.items[first], &matches->list.items[i], day))
            first = i;
    say(to, "%.*s\n", (int)written.length, written.data);
    say_first(to, lexicon, &matches->list.items[first], day);
    for (uint32_t i = 0; i < matches->list.count; i++)
        if (i != first)
            say_other(to, &matches->list.items[i]);
}

static bool is_sign(uint32_t code_point)
{
    if (code_point == '.')
        return false;
    if (code_point < 0x80)
        return !ro_text_is_alpha(code_point) && !ro_text_is_digit(code_point);
    return ro_text_is_space(code_point) || ro_text_is_punctuation(code_point);
}

/* The word at *at or behind it, moving *at to its end; empty at the end of the text. */
static ro_text next_word(ro_text text, size_t *at)
{
    size_t start = *at, end;
    for (size_t next = start; start < text.length; start = next)
        if (!is_sign(ro_text_decode(text, &next)))
            break;
    end = start;
    for (size_t next = end; end < text.length; end = next)
        if (is_sign(ro_text_decode(text, &next)))
            break;
    *at = end;
    return (ro_text){text.data + start, end - start};
}

/* The longest phrase that begins with the word at start; its length in bytes, 0 if there is none.
 * OUT_OF_MEMORY goes to to->status. */
static size_t find_phrase(writer *to, const ro_lexicon *lexicon, ro_text text, size_t start,
                          match_list *matches)
{
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    size_t longest = 0;
    for (size_t at = start; at < text.length;) {
        ro_text word = next_word(text, &at);
        if (word.length == 0 || !ro_lexicon_read(lexicon, &cursor, word))
            break;
        uint32_t forms = cursor.forms;
        match now = {NULL, false};
        ro_text written = {text.data + start, at - start};
        bool is_first = true;
        while ((now.fact = ro_lexicon_fact_next(lexicon, &forms, written, &now.weak)) != NULL) {
            if (is_first)
                matches->list.count = 0;
            is_first = false;
            match *added = RO_LIST_ADD(to->arena, &matches->list);
            if (added == NULL) {
                to->status = RO_STATUS_OUT_OF_MEMORY;
                return 0;
            }
            *added = now;
            longest = at - start;
        }
    }
    return longest;
}

/* How many bytes a name, as compared, begins with like a key. */
static size_t common_beginning(const char *name, ro_text key)
{
    char room[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(ro_text_of(name), room, 0, sizeof room), same = 0;
    while (length != SIZE_MAX && same < length && same < key.length && room[same] == key.data[same])
        same++;
    return same;
}

/* What is known that begins most like the text, three letters at least. */
static void say_unknown(writer *to, const ro_lexicon *lexicon, ro_text text)
{
    enum { NAMES_MOST = 5, LETTERS_LEAST = 3 };
    char room[RO_LEXICON_KEY];
    size_t length = ro_phrase_add(text, room, 0, sizeof room), most = LETTERS_LEAST, shown = 0;
    ro_text key = {room, length != SIZE_MAX ? length : 0};
    size_t count = ro_lexicon_fact_count(lexicon);
    for (size_t i = 0; i < count; i++) {
        size_t same = common_beginning(ro_lexicon_fact_at(lexicon, i)->name, key);
        most = same > most ? same : most;
    }
    say(to, "%.*s\n  unknown", (int)text.length, text.data);
    const char *before = "";
    for (size_t i = 0; i < count && shown < NAMES_MOST; i++) {
        const char *name = ro_lexicon_fact_at(lexicon, i)->name;
        if (common_beginning(name, key) != most || strcmp(name, before) == 0)
            continue;
        say(to, "%s%s", shown++ == 0 ? "; what begins like it: " : ", ", name);
        before = name;
    }
    say(to, "\n");
}

static bool is_valid(ro_text text)
{
    for (size_t at = 0, length; at < text.length; at += length)
        if ((length = ro_text_valid_prefix(text.data + at, text.length - at)) == 0)
            return false;
    return true;
}

ro_status ro_lexicon_find(const ro_engine_options *options, ro_text text, ro_date day, ro_sink sink,
                          size_t *found, ro_error *error)
{
    ro_lexicon *lexicon = NULL;
    if (!is_valid(text))
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "lexicon", "the phrase is no UTF-8");
    ro_status status = ro_lexicon_open_with(options, &lexicon, error);
    if (status != RO_STATUS_OK)
        return status;
    writer to = {.sink = sink, .arena = ro_arena_new(options->allocator)};
    if (to.arena == NULL)
        to.status = RO_STATUS_OUT_OF_MEMORY;
    match_list matches = {{0}};
    size_t phrases = 0;
    for (size_t at = 0; at < text.length && to.status == RO_STATUS_OK;) {
        ro_text word = next_word(text, &at);
        size_t start = at - word.length;
        size_t length = find_phrase(&to, lexicon, text, start, &matches);
        if (length == 0)
            continue;
        say_phrase(&to, lexicon, (ro_text){text.data + start, length}, &matches, day);
        at = start + length;
        phrases++;
    }
    if (phrases == 0)
        say_unknown(&to, lexicon, ro_text_trim(text));
    ro_lexicon_close(lexicon);
    status = finish(&to, error);
    if (status == RO_STATUS_OK)
        *found = phrases;
    return status;
}
