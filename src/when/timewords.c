/* timewords.c - the words of time (words.tsv) and what a stretch of text means as one of their
 * classes: names of days and months, units, numbers in words and digits.
 *
 * A piece is a token, or a part of one between hyphens; phrases are compared as in the lexicon
 * (lexicon/phrase.h). Which classes may follow each other is timerules.c's matter.
 */
#include "when/timewords.h"

#include "base/closed_set.h"
#include "base/error.h"
#include "base/text.h"
#include "lexicon/table.h"

#include <math.h>

#define KEY_SIZE 96
#define NUMBER_PIECES 24
/* Digits of a whole number that is read as a part of a date. */
#define DIGITS 9

static const char *const class_names[] = {
#define RO_TIME_CLASS(member, name) name,
#include "when/time_class.def"
#undef RO_TIME_CLASS
};

static const char *const class_capitals[] = {
#define RO_TIME_CLASS(member, name) #member,
#include "when/time_class.def"
#undef RO_TIME_CLASS
};

bool ro_timewords_parse_class(ro_text name, bool capitals, ro_time_class *found)
{
    unsigned class;
    if (!ro_closed_set_find(capitals ? class_capitals : class_names, RO_TIME_CLASS_COUNT_OF, name,
                            &class))
        return false;
    *found = (ro_time_class) class;
    return true;
}

ro_time_class ro_timewords_singular(ro_time_class class)
{
    return class == RO_TIME_CLASS_UNITS      ? RO_TIME_CLASS_UNIT
           : class == RO_TIME_CLASS_WEEKDAYS ? RO_TIME_CLASS_WEEKDAY
           : class == RO_TIME_CLASS_PARTS    ? RO_TIME_CLASS_PART
                                             : class;
}

/* ---- the file -------------------------------------------------------------------------------- */

static ro_status add_form(ro_timewords *words, uint32_t word, ro_text written)
{
    char key[KEY_SIZE];
    size_t length = ro_phrase_add(written, key, 0, sizeof key);
    uint32_t there = RO_NONE;
    if (length == 0 || length == SIZE_MAX)
        return RO_STATUS_BAD_FORMAT;
    for (size_t i = 1; i < length; i++)
        if (key[i] == ' ' && !ro_map_get(words->keys, (ro_text){key, i}, &there) &&
            ro_map_set(words->keys, (ro_text){key, i}, RO_NONE) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    there = RO_NONE;
    ro_map_get(words->keys, (ro_text){key, length}, &there);
    ro_timeform *form = RO_LIST_ADD(words->arena, &words->forms);
    if (form == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *form = (ro_timeform){word, there, ro_phrase_case_of(written)};
    return ro_map_set(words->keys, (ro_text){key, length}, words->forms.count - 1);
}

static ro_status add_word(ro_timewords *words, const ro_table *table, ro_error *error)
{
    ro_timeword *word = RO_LIST_ADD(words->arena, &words->words);
    if (word == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    if (!ro_timewords_parse_class(table->fields[0], false, &word->class))
        return ro_table_fault(table, error, "a class (weekday, month, unit ...)", table->fields[0]);
    if (table->field_count != 3 || table->fields[1].length == 0)
        return ro_table_fault(table, error, "class, value and forms", table->fields[0]);
    word->value = ro_arena_copy(words->arena, table->fields[1].data, table->fields[1].length);
    if (word->value == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_text forms = table->fields[2], piece;
    while (ro_table_piece(&forms, '|', &piece)) {
        ro_status status = add_form(words, words->words.count - 1, piece);
        if (status == RO_STATUS_BAD_FORMAT)
            return ro_table_fault(table, error, "forms of letters", piece);
        if (status != RO_STATUS_OK)
            return status;
    }
    return RO_STATUS_OK;
}

ro_status ro_timewords_open(const char *path, ro_arena *arena, const ro_allocator *allocator,
                            ro_timewords *words, ro_error *error)
{
    *words = (ro_timewords){.arena = arena, .keys = ro_map_new(allocator)};
    ro_table table;
    if (words->keys == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "when", "out of memory");
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    while ((status = ro_table_next(&table, error)) == RO_STATUS_OK)
        if ((status = add_word(words, &table, error)) != RO_STATUS_OK)
            break;
    ro_table_close(&table);
    if (status == RO_STATUS_OUT_OF_MEMORY)
        return ro_error_set(error, status, "when", "out of memory");
    return status == RO_STATUS_END ? RO_STATUS_OK : status;
}

void ro_timewords_close(ro_timewords *words)
{
    ro_map_free(words->keys);
    words->keys = NULL;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* The longest phrase of words.tsv at start that is of this class. */
static const ro_timeword *read_word(const ro_timewords *words, const ro_piece *pieces,
                                    uint32_t count, uint32_t start, ro_time_class asked,
                                    uint32_t *end)
{
    char key[KEY_SIZE];
    size_t length = 0;
    const ro_timeword *found = NULL;
    for (uint32_t i = start; i < count; i++) {
        size_t longer = ro_phrase_add(pieces[i].text, key, length, sizeof key);
        uint32_t form;
        if (longer == SIZE_MAX || (longer == length && i == start))
            break;
        bool grew = longer > length;
        length = longer;
        if (!ro_map_get(words->keys, (ro_text){key, length}, &form))
            break;
        for (; grew && form != RO_NONE; form = words->forms.items[form].next) {
            const ro_timeword *word = &words->words.items[words->forms.items[form].word];
            bool is_unit = asked == RO_TIME_CLASS_UNIT && word->class == RO_TIME_CLASS_UNITS;
            if ((word->class == asked || is_unit) &&
                ro_phrase_case_fits(words->forms.items[form].spelling, pieces[start].text)) {
                found = word;
                *end = i + 1;
            }
        }
    }
    return found;
}

/* The value as a number, with its sign; NAN if it is none. */
static double value_of(const ro_timeword *word)
{
    bool is_negative = word->value[0] == '-';
    double number;
    if (!ro_timewords_parse_number(ro_text_of(word->value + is_negative), &number))
        return NAN;
    return is_negative ? -number : number;
}

/* ---- digits ---------------------------------------------------------------------------------- */

/* A whole number of so many digits. */
static bool read_digits(ro_text text, size_t least, size_t most, double *number)
{
    if (text.length < least || text.length > most)
        return false;
    double value = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *number = value;
    return true;
}

bool ro_timewords_parse_number(ro_text text, double *number)
{
    double whole = 0, scale = 0, below = 0;
    bool is_fraction = false;
    if (text.length == 0 || text.length > 15 || text.data[0] < '0' || text.data[0] > '9')
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c >= '0' && c <= '9' && is_fraction)
            below = below * 10 + (c - '0');
        else if (c >= '0' && c <= '9') {
            whole = whole * 10 + (c - '0');
            scale *= 10;
        } else if (c == '.' && scale == 0 && i + 1 < text.length)
            scale = 1;
        else if (c == '/' && scale == 0 && !is_fraction)
            is_fraction = true;
        else if (c != ',' || scale != 0)
            return false;
    }
    if (is_fraction && below == 0)
        return false;
    *number = is_fraction ? whole / below : scale > 0 ? whole / scale : whole;
    return true;
}

/* 1st, 22nd, 3rd, 15th */
static bool read_suffixed(ro_text lower, double *number)
{
    if (lower.length < 3 || lower.length > 4)
        return false;
    ro_text digits = {lower.data, lower.length - 2};
    return (ro_text_ends(lower, "st") || ro_text_ends(lower, "nd") || ro_text_ends(lower, "rd") ||
            ro_text_ends(lower, "th")) &&
           read_digits(digits, 1, 2, number);
}

/* Past a glued hyphen: "twenty-one", "two-and-a-half". */
static uint32_t past_hyphen(const ro_piece *pieces, uint32_t count, uint32_t at)
{
    return at < count && pieces[at].is_hyphen ? at + 1 : at;
}

/* Past "and a half"; at if it does not stand there. */
static uint32_t past_half(const ro_piece *pieces, uint32_t count, uint32_t at)
{
    static const char *const words[] = {"and", "a", "half"};
    uint32_t end = at;
    for (size_t i = 0; i < 3; i++) {
        end = past_hyphen(pieces, count, end);
        if (end >= count || !ro_text_equal_string(pieces[end].lower, words[i]))
            return at;
        end++;
    }
    return end;
}

/* A number in words, digits or both: "two hundred and fifty", "2.5 million", "2 1/2". */
static bool read_number(const ro_timewords *words, const ro_piece *pieces, uint32_t count,
                        uint32_t start, ro_reading *reading)
{
    double total = 0, current = 0;
    bool any = false, is_open = false;
    /* each of a row of number words begins a number: without a limit a long row takes forever */
    count = count - start > NUMBER_PIECES ? start + NUMBER_PIECES : count;
    for (uint32_t at = start;;) {
        uint32_t next = any ? past_hyphen(pieces, count, at) : at, end = next;
        if (any && next < count && ro_text_equal_string(pieces[next].lower, "and") &&
            (current >= 100 || total > 0))
            next = past_hyphen(pieces, count, next + 1);
        double number = 0;
        const ro_timeword *word = NULL;
        if (next < count && ro_timewords_parse_number(pieces[next].text, &number) &&
            (!any || (number < 1 && current == floor(current)))) {
            current += number;
            end = next + 1;
        } else if (next < count && (word = read_word(words, pieces, count, next,
                                                     RO_TIME_CLASS_NUMBER, &end)) != NULL) {
            if (any && (current < 20 || value_of(word) >= 10) && current != 0 &&
                fmod(current, 100) != 0)
                break;
            is_open = is_open || word->value[0] == 'X';
            current += is_open ? 0 : value_of(word);
        } else if (next < count && (word = read_word(words, pieces, count, next,
                                                     RO_TIME_CLASS_SCALE, &end)) != NULL) {
            double scale = value_of(word);
            current = (current > 0 ? current : 1) * scale;
            if (scale >= 1000) {
                total += current;
                current = 0;
            }
        } else {
            break;
        }
        any = true;
        at = reading->end = end;
    }
    uint32_t half = any ? past_half(pieces, count, reading->end) : reading->end;
    if (half != reading->end && !is_open) {
        current += 0.5;
        reading->end = half;
    }
    reading->number = is_open ? NAN : total + current;
    reading->value = is_open ? "X" : "";
    return any;
}

/* "nineteen ninety-six" */
static bool read_year_words(const ro_timewords *words, const ro_piece *pieces, uint32_t count,
                            uint32_t start, ro_reading *reading)
{
    uint32_t end;
    const ro_timeword *century = read_word(words, pieces, count, start, RO_TIME_CLASS_NUMBER, &end);
    double hundreds = century != NULL ? value_of(century) : 0;
    ro_reading rest;
    if (hundreds < 15 || hundreds > 20 || end >= count ||
        !read_number(words, pieces, count, end, &rest) || !(rest.number >= 10) ||
        rest.number > 99 || rest.number != floor(rest.number))
        return false;
    *reading = (ro_reading){.end = rest.end, .number = hundreds * 100 + rest.number, .value = ""};
    return true;
}

/* 1990s, 90s: the value is the year without its last digit. */
static bool read_decade(ro_text lower, ro_reading *reading)
{
    double number;
    if (lower.length < 3 || lower.data[lower.length - 1] != 's')
        return false;
    ro_text digits = {lower.data, lower.length - 1};
    if (!read_digits(digits, 2, 2, &number) && !read_digits(digits, 4, 4, &number))
        return false;
    if (number < 100)
        number += number >= 20 ? 1900 : 2000;
    if (fmod(number, 10) != 0)
        return false;
    reading->number = number / 10;
    return true;
}

static bool read_clock(ro_text text, ro_reading *reading)
{
    const char *colon = memchr(text.data, ':', text.length);
    double hour, minute;
    if (colon == NULL)
        return false;
    size_t length = (size_t)(colon - text.data);
    if (!read_digits((ro_text){text.data, length}, 1, 2, &hour) ||
        !read_digits((ro_text){colon + 1, text.length - length - 1}, 2, 2, &minute) || hour > 24 ||
        minute > 59 || (hour == 24 && minute > 0))
        return false;
    reading->number = hour * 60 + minute;
    return true;
}

/* 11/02/89, 3/4/2022 or, with the whole year, 4.3.2022 */
static bool read_slashed(ro_text text)
{
    size_t marks = 0, year = 0;
    const char *mark = memchr(text.data, '/', text.length) != NULL ? "/" : ".";
    for (size_t i = 0; i < text.length; i++) {
        bool is_mark = text.data[i] == mark[0];
        if (!is_mark && (text.data[i] < '0' || text.data[i] > '9'))
            return false;
        marks += is_mark;
        year = is_mark ? 0 : year + 1;
        if (year > DIGITS)
            return false;
    }
    return marks == 2 && text.length >= 6 && (mark[0] == '/' || year >= 4);
}

/* 1430: minutes of the day */
static bool read_hours(ro_text text, double *number)
{
    if (!read_digits(text, 4, 4, number) || *number > 2400 || fmod(*number, 100) > 59)
        return false;
    *number = floor(*number / 100) * 60 + fmod(*number, 100);
    return true;
}

bool ro_timewords_begins(const ro_timewords *words, const ro_piece *piece)
{
    char key[KEY_SIZE];
    uint32_t form;
    if (piece->text.length > 0 && piece->text.data[0] >= '0' && piece->text.data[0] <= '9')
        return true;
    size_t length = ro_phrase_add(piece->text, key, 0, sizeof key);
    return length > 0 && length != SIZE_MAX &&
           ro_map_get(words->keys, (ro_text){key, length}, &form);
}

bool ro_timewords_read(const ro_timewords *words, const ro_piece *pieces, uint32_t count,
                       uint32_t start, ro_time_class asked, ro_reading *reading)
{
    const ro_piece *piece = &pieces[start];
    *reading = (ro_reading){.end = start + 1, .number = NAN, .value = "", .text = piece->text};
    double *number = &reading->number;
    const ro_timeword *word = NULL;
    switch (asked) {
    case RO_TIME_CLASS_NUMBER:
        return read_number(words, pieces, count, start, reading);
    case RO_TIME_CLASS_YEAR:
        if (read_digits(piece->text, 4, 4, number))
            return *number >= 1500 && *number <= 2100;
        return read_year_words(words, pieces, count, start, reading);
    case RO_TIME_CLASS_FARYEAR:
        return read_digits(piece->text, 4, 9, number);
    case RO_TIME_CLASS_MM:
    case RO_TIME_CLASS_DD:
        return read_digits(piece->text, 2, 2, number);
    case RO_TIME_CLASS_COUNT:
        return read_digits(piece->text, 1, 2, number) && *number >= 1 && *number <= 12;
    case RO_TIME_CLASS_CLOCK:
        return read_clock(piece->text, reading);
    case RO_TIME_CLASS_HHMM:
        return read_hours(piece->text, number);
    case RO_TIME_CLASS_SLASHED:
        return read_slashed(piece->text);
    case RO_TIME_CLASS_DAY:
        if (read_digits(piece->text, 1, 2, number) || read_suffixed(piece->lower, number))
            return *number >= 1 && *number <= 31;
        asked = RO_TIME_CLASS_ORDINAL;
        break;
    case RO_TIME_CLASS_ORDINAL:
        if (read_suffixed(piece->lower, number))
            return true;
        break;
    case RO_TIME_CLASS_DECADE:
        if (read_decade(piece->lower, reading))
            return true;
        break;
    default:
        break;
    }
    word = read_word(words, pieces, count, start, asked, &reading->end);
    if (word == NULL)
        return false;
    reading->value = word->value;
    *number = value_of(word);
    return true;
}
