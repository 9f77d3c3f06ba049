/* phrase.c - how words are compared: case, accents and punctuation do not count.
 *
 * A key is made from characters, not from tokens, so that it does not depend on how a language's
 * tokenizer cuts "Guinea-Bissau" or "Cote d'Ivoire": a token's edge is always a word's edge here.
 * Marks are dropped by Unicode's compatibility decomposition (utf8proc), which allocates nothing
 * one code point at a time.
 */
#include "lexicon/phrase.h"

#include "base/text.h"

#include <utf8proc.h>

#define DECOMPOSED 32

static bool is_letter(uint32_t byte)
{
    return (byte | 0x20) - 'a' < 26;
}

static bool is_digit(uint32_t byte)
{
    return byte - '0' < 10;
}

/* What a phrase does not go over unless its form has it: "Washington, State Department". */
static bool is_divider(uint32_t byte)
{
    return byte == ',' || byte == ';' || byte == ':';
}

/* A mark by itself ("e" and U+0301) belongs to the letter before it and is dropped. */
static bool is_mark(uint32_t code_point)
{
    const utf8proc_category_t found = utf8proc_category((utf8proc_int32_t)code_point);
    return found == UTF8PROC_CATEGORY_MN || found == UTF8PROC_CATEGORY_ME;
}

/* Adds a code point beyond ASCII; *gap: a space is due before the next character. */
static size_t add_other(uint32_t code_point, bool *gap, char *key, size_t length, size_t capacity)
{
    if (!ro_text_is_alpha(code_point) && !ro_text_is_digit(code_point)) {
        *gap = length > 0 && (*gap || !is_mark(code_point));
        return length;
    }
    utf8proc_int32_t parts[DECOMPOSED];
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code_point, parts, DECOMPOSED,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD, NULL);
    for (utf8proc_ssize_t i = 0; i < count && i < DECOMPOSED; i++) {
        if (length + 6 > capacity)
            return SIZE_MAX;
        if (*gap)
            key[length++] = ' ';
        *gap = false;
        length += ro_text_encode((uint32_t)parts[i], key + length);
    }
    return length;
}

/* The last character tells a word's end; dots are dropped so that "U.S." is one word. This is run
 * over every token, so ASCII, which is nearly all there is, is dealt with here. */
size_t ro_phrase_add(ro_text text, char *key, size_t length, size_t capacity)
{
    bool gap = length > 0;
    for (size_t offset = 0; offset < text.length;) {
        unsigned char byte = (unsigned char)text.data[offset];
        if (byte >= 0x80) {
            length = add_other(ro_text_decode(text, &offset), &gap, key, length, capacity);
            if (length == SIZE_MAX)
                return length;
            continue;
        }
        offset++;
        bool is_word = is_letter(byte) || is_digit(byte) || (is_divider(byte) && length > 0);
        if (!is_word) {
            gap = gap || (byte != '.' && length > 0);
            continue;
        }
        if (length + 6 > capacity)
            return SIZE_MAX;
        if (gap || is_divider(byte))
            key[length++] = ' ';
        gap = is_divider(byte);
        key[length++] = (char)(is_letter(byte) ? byte | 0x20 : byte);
    }
    return length;
}

static void count_letters(ro_text text, size_t *letters, size_t *capitals)
{
    *letters = *capitals = 0;
    for (size_t offset = 0; offset < text.length;) {
        unsigned char byte = (unsigned char)text.data[offset];
        if (byte < 0x80) {
            *letters += is_letter(byte);
            *capitals += is_letter(byte) && (byte & 0x20) == 0;
            offset++;
            continue;
        }
        uint32_t code_point = ro_text_decode(text, &offset);
        *letters += ro_text_is_alpha(code_point);
        *capitals += ro_text_is_upper(code_point);
    }
}

ro_phrase_case ro_phrase_case_of(ro_text form)
{
    size_t letters, capitals;
    count_letters(form, &letters, &capitals);
    if (capitals == 0)
        return RO_PHRASE_CASE_ANY;
    return letters >= 2 && capitals == letters ? RO_PHRASE_CASE_UPPER : RO_PHRASE_CASE_CAPITAL;
}

bool ro_phrase_case_fits(ro_phrase_case asked, ro_text written)
{
    size_t letters, capitals;
    if (asked == RO_PHRASE_CASE_ANY)
        return true;
    count_letters(written, &letters, &capitals);
    return (asked == RO_PHRASE_CASE_CAPITAL && capitals > 0) || capitals == letters;
}

size_t ro_phrase_plural(ro_text phrase, char *out, size_t capacity)
{
    if (phrase.length == 0 || phrase.length + 3 > capacity)
        return SIZE_MAX;
    memcpy(out, phrase.data, phrase.length);
    size_t length = phrase.length;
    char last = phrase.data[length - 1], before = length > 1 ? phrase.data[length - 2] : ' ';
    if (ro_text_ends(phrase, "man")) {
        out[length - 2] = 'e';
        return length;
    }
    if (last == 'y' && strchr("aeiou", before) == NULL) {
        memcpy(out + length - 1, "ies", 3);
        return length + 2;
    }
    if (last == 's' || last == 'x' || ro_text_ends(phrase, "ch") || ro_text_ends(phrase, "sh")) {
        memcpy(out + length, "es", 2);
        return length + 2;
    }
    out[length] = 's';
    return length + 1;
}
