/* lexicon_show.c - the lexicon's own commands: counts, compiling, what phrases are coded as. They
 * need no model, so words are cut here: at spaces and signs, which forms do not have either. What
 * phrases make together is together.c's, what is near to something unknown near.c's.
 *
 * Which of several facts counts is decided in a document by what else stands there (who/); here the
 * day alone speaks: strong forms before weak ones, then who held his office, then the order.
 */
#include "lexicon/lexicon_show.h"

#include "base/date.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- output ---------------------------------------------------------------------------------- */

void ro_lexicon_show_say(ro_lexicon_show *to, const char *format, ...)
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

static ro_lexicon_show start(const ro_engine_options *options, ro_sink sink)
{
    ro_lexicon_show to = {.sink = sink, .arena = ro_arena_new(options->allocator)};
    if (to.arena == NULL)
        to.status = RO_STATUS_OUT_OF_MEMORY;
    return to;
}

static ro_status finish(ro_lexicon_show *to, ro_error *error)
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
    ro_lexicon_show to = start(options, sink);
    ro_lexicon_show_say(&to, "%llu facts", (unsigned long long)count);
    const char *separator = ": ";
    for (int i = 0; i < RO_LEXICON_WHATS; i++) {
        if (counts[i] == 0)
            continue;
        ro_lexicon_show_say(&to, "%s%llu %s", separator, (unsigned long long)counts[i],
                            ro_lexicon_what_name((ro_fact_what)i));
        separator = ", ";
    }
    ro_lexicon_show_say(&to, "\n");
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

/* ---- find: facts ----------------------------------------------------------------------------- */

static bool is_same_thing(const ro_fact *a, const ro_fact *b)
{
    return a->what == b->what && strcmp(a->name, b->name) == 0;
}

/* Whether b counts rather than a, which comes before it. */
static bool is_better(const ro_lexicon_match *a, const ro_lexicon_match *b, ro_date day)
{
    if (a->weak != b->weak)
        return a->weak;
    int32_t days = ro_lexicon_days_off(a->fact, day);
    int32_t other_days = ro_lexicon_days_off(b->fact, day);
    return (other_days == 0 && days > 0) ||
           (is_same_thing(a->fact, b->fact) && other_days < days);
}

static void say_term(ro_lexicon_show *to, const ro_fact *fact)
{
    char from[11], until[11];
    ro_date_format(fact->from, from);
    ro_date_format(fact->until, until);
    if (from[0] != '\0' && until[0] != '\0')
        ro_lexicon_show_say(to, "%s to %s", from, until);
    else if (from[0] != '\0' || until[0] != '\0')
        ro_lexicon_show_say(to, "%s %s", from[0] != '\0' ? "from" : "until",
                            from[0] != '\0' ? from : until);
}

static bool has_term(const ro_fact *fact)
{
    return !ro_date_is_none(fact->from) || !ro_date_is_none(fact->until);
}

static void say_sectors(ro_lexicon_show *to, const char *sectors)
{
    for (const char *at = sectors; strlen(at) >= 3; at += at[3] == ' ' ? 4 : 3) {
        const ro_fact *sector = ro_lexicon_sector(to->lexicon, at);
        if (sector != NULL)
            ro_lexicon_show_say(to, "  sector   %s %s, PLOVER %s\n", sector->code, sector->name,
                                sector->role);
    }
}

static void say_first(ro_lexicon_show *to, const ro_lexicon_match *first)
{
    const ro_fact *fact = first->fact, *country = ro_lexicon_country(to->lexicon, fact->country);
    if (ro_lexicon_is_former(fact, to->day))
        ro_lexicon_show_say(to, "  code     %sELI, out of office: %s\n", fact->country, fact->code);
    else
        ro_lexicon_show_say(to, "  code     %s\n",
                            fact->code[0] != '\0' ? fact->code : "that of whom it belongs to");
    ro_lexicon_show_say(to, "  kind     %s: %s%s%s\n", ro_lexicon_what_name(fact->what), fact->name,
                            fact->pronoun[0] != '\0' ? ", " : "", fact->pronoun);
    if (country != NULL)
        ro_lexicon_show_say(to, "  country  %s %s\n", country->code, country->name);
    say_sectors(to, fact->sectors);
    if (fact->role[0] != '\0' && fact->what != RO_FACT_WHAT_SECTOR)
        ro_lexicon_show_say(to, "  role     %s\n", fact->role);
    if (fact->parent[0] != '\0')
        ro_lexicon_show_say(to, "  parent   %s\n", fact->parent);
    if (has_term(fact)) {
        ro_lexicon_show_say(to, "  term     ");
        say_term(to, fact);
        ro_lexicon_show_say(to, "%s\n",
                            ro_lexicon_days_off(fact, to->day) > 0 ? ", not on that day" : "");
    }
    if (first->weak)
        ro_lexicon_show_say(to, "  weak     counts only where something else speaks for it\n");
    ro_lexicon_show_say(to, "  line     %s\n", fact->source);
}

void ro_lexicon_show_match(ro_lexicon_show *to, const char *label, const ro_lexicon_match *match)
{
    const ro_fact *fact = match->fact;
    ro_lexicon_show_say(to, "  %-8s %s %s: %s%s", label, fact->code,
                        ro_lexicon_what_name(fact->what), fact->name,
                        match->weak ? ", weak" : "");
    if (fact->role[0] != '\0' && strcmp(fact->role, fact->name) != 0)
        ro_lexicon_show_say(to, ", %s", fact->role);
    if (has_term(fact)) {
        ro_lexicon_show_say(to, ", ");
        say_term(to, fact);
    }
    ro_lexicon_show_say(to, " (%s)\n", fact->source);
}

static void say_phrase(ro_lexicon_show *to, ro_text text, const ro_lexicon_phrase *phrase)
{
    ro_lexicon_show_say(to, "%.*s\n", (int)(phrase->end - phrase->start),
                        text.data + phrase->start);
    say_first(to, &phrase->matches.items[phrase->first]);
    for (uint32_t i = 0; i < phrase->matches.count; i++)
        if (i != phrase->first)
            ro_lexicon_show_match(to, "or", &phrase->matches.items[i]);
}

/* ---- find: phrases --------------------------------------------------------------------------- */

static bool is_sign(uint32_t code_point)
{
    if (code_point == '.')
        return false;
    if (code_point < 0x80)
        return !ro_text_is_alpha(code_point) && !ro_text_is_digit(code_point);
    return ro_text_is_space(code_point) || ro_text_is_punctuation(code_point);
}

ro_text ro_lexicon_show_word(ro_text text, size_t *at)
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

/* Reads the longest phrase that begins with the word at phrase->start; false if there is none. */
static bool read_phrase(ro_lexicon_show *to, ro_text text, ro_lexicon_phrase *phrase)
{
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    phrase->matches.count = phrase->first = 0;
    for (size_t at = phrase->start; at < text.length;) {
        ro_text word = ro_lexicon_show_word(text, &at);
        if (word.length == 0 || !ro_lexicon_read(to->lexicon, &cursor, word))
            break;
        uint32_t forms = cursor.forms;
        ro_lexicon_match now = {NULL, false};
        ro_text written = {text.data + phrase->start, at - phrase->start};
        while ((now.fact = ro_lexicon_fact_next(to->lexicon, &forms, written, &now.weak)) != NULL) {
            if (phrase->end != at)
                phrase->matches.count = 0;
            phrase->end = at;
            ro_lexicon_match *added = RO_LIST_ADD(to->arena, &phrase->matches);
            if (added == NULL) {
                to->status = RO_STATUS_OUT_OF_MEMORY;
                return false;
            }
            *added = now;
        }
    }
    for (uint32_t i = 1; i < phrase->matches.count; i++)
        if (is_better(&phrase->matches.items[phrase->first], &phrase->matches.items[i], to->day))
            phrase->first = i;
    return phrase->matches.count > 0;
}

/* Whether something is known of the text. */
static bool say_text(ro_lexicon_show *to, ro_text text)
{
    ro_lexicon_phrase phrase = {0};
    ro_together before = RO_TOGETHER_NOBODY;
    bool is_known = false;
    for (size_t at = 0; at < text.length && to->status == RO_STATUS_OK;) {
        ro_text word = ro_lexicon_show_word(text, &at);
        phrase.start = at - word.length;
        if (!read_phrase(to, text, &phrase))
            continue;
        say_phrase(to, text, &phrase);
        ro_together_show(to, text, &phrase, &before);
        at = phrase.end;
        is_known = true;
    }
    if (!is_known && to->status == RO_STATUS_OK)
        ro_near_show(to, ro_text_trim(text));
    return is_known;
}

ro_status ro_lexicon_find(const ro_engine_options *options, const ro_text *texts, size_t count,
                          ro_date day, ro_sink sink, size_t *unknown, ro_error *error)
{
    ro_lexicon *lexicon = NULL;
    size_t missed = 0;
    for (size_t i = 0; i < count; i++)
        if (!ro_text_is_valid(texts[i]))
            return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "lexicon", "the phrase is no UTF-8");
    ro_status status = ro_lexicon_open_with(options, &lexicon, error);
    if (status != RO_STATUS_OK)
        return status;
    ro_lexicon_show to = start(options, sink);
    to.lexicon = lexicon;
    to.day = day;
    for (size_t i = 0; i < count && to.status == RO_STATUS_OK; i++)
        missed += !say_text(&to, texts[i]);
    ro_lexicon_close(lexicon);
    status = finish(&to, error);
    if (status == RO_STATUS_OK)
        *unknown = missed;
    return status;
}
