/* python_regex.c - translates Python's regular expressions to PCRE2's, for import. Running them
 * is regex.c.
 *
 * What differs: \uXXXX and \UXXXXXXXX, the flag (?u), \Z, \v and {,n} are written otherwise; \w
 * and \s mean other sets (Python's isalnum and isspace), so they are written out; caseless i and
 * its dotless and dotted kin are one letter to Python alone. Bracket classes are written anew from
 * their sorted, merged ranges. A large class used often (spaCy's French token_match holds one
 * 482 times, 1.4 MB) is defined once and called as a subroutine, which keeps the compiled pattern
 * below PCRE2's limit. In the first pass a class is a MARK and the number of its set.
 * Sources: docs.python.org/3/library/re.html, pcre2pattern(3), CPython's _sre.c and sre_compile.py.
 */
#include "parse/python_regex.h"

#include "base/error.h"
#include "base/text.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#define SHARED_USES 8    /* a class used this often ...           */
#define SHARED_LENGTH 64 /* ... and this long is defined once     */
#define MARK '\xFF'      /* no byte of UTF-8: here stands a class */

#define WORD "\\p{L}\\p{N}_"
#define SPACE                                                                                      \
    "\\x09-\\x0d\\x1c-\\x20\\x85\\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}"      \
    "\\x{205f}\\x{3000}"
#define DOTLESS_AND_DOTTED_I "\\x{130}\\x{131}"

typedef struct range {
    uint32_t first, last;
} range;

typedef struct set {
    ro_text text; /* "[...]" */
    uint32_t uses;
} set;

typedef struct translator {
    ro_arena *arena;
    const char *name;
    ro_error *error;
    ro_text in;
    size_t at;
    bool caseless;
    RO_LIST(char) out;
    RO_LIST(set) sets;
    RO_LIST(range) ranges; /* of the class being read */
} translator;

static ro_status unsupported(const translator *t, const char *what)
{
    return ro_error_set_at(t->error, RO_STATUS_UNSUPPORTED, "import", NULL, 0, t->at,
                           "pattern %s: %s cannot be translated to PCRE2", t->name, what);
}

static ro_status no_memory(const translator *t)
{
    return ro_error_set(t->error, RO_STATUS_OUT_OF_MEMORY, "import", "no memory for pattern %s",
                        t->name);
}

static ro_status put(translator *t, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *next = RO_LIST_ADD(t->arena, &t->out);
        if (next == NULL)
            return no_memory(t);
        *next = bytes[i];
    }
    return RO_STATUS_OK;
}

static ro_status put_string(translator *t, const char *string)
{
    return put(t, string, strlen(string));
}

static bool at_string(const translator *t, const char *string)
{
    return ro_text_starts((ro_text){t->in.data + t->at, t->in.length - t->at}, string);
}

/* Reads count hexadecimal digits; false if there are fewer. */
static bool read_hex(translator *t, unsigned count, uint32_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < count; i++) {
        if (t->at >= t->in.length)
            return false;
        char c = t->in.data[t->at];
        uint32_t digit;
        if (c >= '0' && c <= '9')
            digit = (uint32_t)(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            digit = (uint32_t)((c | 0x20) - 'a' + 10);
        else
            return false;
        *value = *value << 4 | digit;
        t->at++;
    }
    return *value <= 0x10FFFF;
}

/* ---- bracket classes ----------------------------------------------------------------------- */

/* Reads one character of a class, or a class escape: then *escape is its letter. */
static ro_status read_class_character(translator *t, uint32_t *character, char *escape)
{
    *escape = '\0';
    uint32_t c = ro_text_decode(t->in, &t->at);
    *character = c;
    if (c != '\\')
        return RO_STATUS_OK;
    if (t->at >= t->in.length)
        return unsupported(t, "a lone '\\'");
    c = ro_text_decode(t->in, &t->at);
    static const char LETTERS[] = "abfnrtv", CODES[] = "\a\b\f\n\r\t\v";
    const char *letter = c < 0x80 && c != 0 ? strchr(LETTERS, (int)c) : NULL;
    *character = c;
    if (letter != NULL)
        *character = (uint32_t)CODES[letter - LETTERS];
    else if (c == 'x' || c == 'u' || c == 'U')
        return read_hex(t,
                        c == 'x'   ? 2
                        : c == 'u' ? 4
                                   : 8,
                        character)
                   ? RO_STATUS_OK
                   : unsupported(t, "a bad hexadecimal escape");
    else if (c == 'w' || c == 's' || c == 'd')
        *escape = (char)c;
    else if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
        return unsupported(t, "this escape in a class");
    return RO_STATUS_OK;
}

static ro_status add_range(translator *t, uint32_t first, uint32_t last)
{
    /* UTF-8 text holds no surrogates, and PCRE2 takes none as the end of a range */
    if (first >= 0xD800 && first <= 0xDFFF)
        first = 0xE000;
    if (last >= 0xD800 && last <= 0xDFFF)
        last = 0xD7FF;
    if (first > last)
        return RO_STATUS_OK;
    range *added = RO_LIST_ADD(t->arena, &t->ranges);
    if (added == NULL)
        return no_memory(t);
    *added = (range){first, last};
    return RO_STATUS_OK;
}

static int by_first(const void *a, const void *b)
{
    const range *left = a, *right = b;
    return (left->first > right->first) - (left->first < right->first);
}

static void merge_ranges(translator *t)
{
    if (t->ranges.count == 0)
        return;
    qsort(t->ranges.items, t->ranges.count, sizeof(range), by_first);
    uint32_t last = 0;
    for (uint32_t i = 1; i < t->ranges.count; i++) {
        range *before = &t->ranges.items[last];
        const range next = t->ranges.items[i];
        if (next.first > before->last + 1)
            t->ranges.items[++last] = next;
        else if (next.last > before->last)
            before->last = next.last;
    }
    t->ranges.count = last + 1;
}

static bool holds(const translator *t, uint32_t character)
{
    for (uint32_t i = 0; i < t->ranges.count; i++)
        if (t->ranges.items[i].first <= character && character <= t->ranges.items[i].last)
            return true;
    return false;
}

static size_t write_character(uint32_t c, char *out)
{
    bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return (size_t)(plain ? snprintf(out, 16, "%c", (char)c) : snprintf(out, 16, "\\x{%x}", c));
}

/* Writes the class in hand as "[...]"; extra holds what its escapes stand for. */
static ro_status write_class(translator *t, bool negated, const char *extra, ro_text *text)
{
    merge_ranges(t);
    const char *kin = t->caseless && (holds(t, 'i') || holds(t, 'I')) ? DOTLESS_AND_DOTTED_I : "";
    char *out = ro_arena_alloc(t->arena, 32 * (size_t)t->ranges.count + strlen(extra) + 32, 1);
    if (out == NULL)
        return no_memory(t);
    size_t length = (size_t)sprintf(out, "[%s", negated ? "^" : "");
    for (uint32_t i = 0; i < t->ranges.count; i++) {
        const range r = t->ranges.items[i];
        length += write_character(r.first, out + length);
        if (r.last > r.first + 1)
            out[length++] = '-';
        if (r.last > r.first)
            length += write_character(r.last, out + length);
    }
    length += (size_t)sprintf(out + length, "%s%s]", extra, kin);
    *text = (ro_text){out, length};
    return RO_STATUS_OK;
}

/* Numbers a class and puts its mark. */
static ro_status put_set(translator *t, ro_text text)
{
    uint32_t index = 0;
    while (index < t->sets.count && !ro_text_equal(t->sets.items[index].text, text))
        index++;
    if (index == t->sets.count) {
        set *added = RO_LIST_ADD(t->arena, &t->sets);
        if (added == NULL)
            return no_memory(t);
        added->text = text;
    }
    t->sets.items[index].uses++;
    char mark[5] = {MARK};
    memcpy(mark + 1, &index, sizeof index);
    return put(t, mark, sizeof mark);
}

/* At '['. */
static ro_status translate_class(translator *t)
{
    t->at++;
    bool negated = at_string(t, "^");
    t->at += negated;
    t->ranges.count = 0;
    char extra[sizeof SPACE + sizeof WORD + sizeof "\\d"] = "";
    bool word = false, space = false, digit = false;
    for (bool start = true;; start = false) {
        if (t->at >= t->in.length)
            return unsupported(t, "a class without an end");
        if (at_string(t, "]") && !start)
            break;
        uint32_t first, last;
        char escape;
        ro_status status = read_class_character(t, &first, &escape);
        if (status != RO_STATUS_OK)
            return status;
        word |= escape == 'w';
        space |= escape == 's';
        digit |= escape == 'd';
        if (escape != '\0')
            continue;
        last = first;
        if (at_string(t, "-") && t->at + 1 < t->in.length && t->in.data[t->at + 1] != ']') {
            t->at++;
            status = read_class_character(t, &last, &escape);
            if (status != RO_STATUS_OK)
                return status;
            if (escape != '\0' || last < first)
                return unsupported(t, "a bad range in a class");
        }
        status = add_range(t, first, last);
        if (status != RO_STATUS_OK)
            return status;
    }
    t->at++;
    if (t->ranges.count == 0 && !word && !space && !digit)
        return unsupported(t, "a class of surrogates");
    snprintf(extra, sizeof extra, "%s%s%s", word ? WORD : "", space ? SPACE : "",
             digit ? "\\d" : "");
    ro_text text = {NULL, 0};
    ro_status status = write_class(t, negated, extra, &text);
    return status == RO_STATUS_OK ? put_set(t, text) : status;
}

/* ---- the rest of a pattern ----------------------------------------------------------------- */

/* At '\\', outside a class. */
static ro_status translate_escape(translator *t)
{
    size_t start = t->at++;
    if (t->at >= t->in.length)
        return unsupported(t, "a lone '\\'");
    uint32_t value;
    char text[16];
    char c = t->in.data[t->at];
    switch (c) {
    case 'w':
        t->at++;
        return put_string(t, "[" WORD "]");
    case 'W':
        t->at++;
        return put_string(t, "[^" WORD "]");
    case 's':
        t->at++;
        return put_string(t, "[" SPACE "]");
    case 'S':
        t->at++;
        return put_string(t, "[^" SPACE "]");
    case 'Z':
        t->at++;
        return put_string(t, "\\z");
    case 'v':
        t->at++;
        return put_string(t, "\\x0b");
    case 'u':
    case 'U':
        t->at++;
        if (!read_hex(t, c == 'u' ? 4 : 8, &value) || (value >= 0xD800 && value <= 0xDFFF))
            return unsupported(t, "a bad escape");
        return put(t, text, (size_t)snprintf(text, sizeof text, "\\x{%x}", value));
    default:
        break;
    }
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (letter && strchr("AbBdDafnrtx", c) == NULL)
        return unsupported(t, "this escape");
    ro_text_decode(t->in, &t->at);
    return put(t, t->in.data + start, t->at - start);
}

/* "(?iu)" at the start of a pattern; Python allows global flags nowhere else. */
static ro_status translate_flags(translator *t)
{
    size_t length = 0;
    if (at_string(t, "(?"))
        length = strspn(t->in.data + 2, "aiLmsux");
    if (length == 0 || t->in.data[2 + length] != ')')
        return RO_STATUS_OK;
    char flags[8] = "";
    size_t count = 0;
    for (size_t i = 2; i < 2 + length; i++) {
        char flag = t->in.data[i];
        if (strchr("imsu", flag) == NULL)
            return unsupported(t, "one of its flags");
        t->caseless |= flag == 'i';
        if (flag != 'u' && count < sizeof flags - 1)
            flags[count++] = flag;
    }
    t->at = length + 3;
    ro_status status = RO_STATUS_OK;
    if (count > 0) {
        status = put_string(t, "(?");
        if (status == RO_STATUS_OK)
            status = put(t, flags, count);
        if (status == RO_STATUS_OK)
            status = put_string(t, ")");
    }
    return status;
}

static ro_status translate_piece(translator *t)
{
    char c = t->in.data[t->at];
    if (c == '[')
        return translate_class(t);
    if (c == '\\')
        return translate_escape(t);
    if (at_string(t, "{,")) { /* up to n times; text to PCRE2 before 10.43 */
        t->at += 2;
        return put_string(t, "{0,");
    }
    if (at_string(t, "(?a") || at_string(t, "(?u") || at_string(t, "(?L") || at_string(t, "(?x"))
        return unsupported(t, "a flag inside the pattern");
    if (t->caseless && (c == 'i' || c == 'I')) {
        t->at++;
        return put_string(t, "[i" DOTLESS_AND_DOTTED_I "]");
    }
    size_t start = t->at;
    if (at_string(t, "(?")) { /* what opens a group is no text to match */
        const char *end = at_string(t, "(?P=") || at_string(t, "(?#") ? ")" : ":=!>)";
        t->at += 2;
        t->at += strcspn(t->in.data + t->at, end);
    }
    if (t->at < t->in.length)
        ro_text_decode(t->in, &t->at);
    return put(t, t->in.data + start, t->at - start);
}

static bool is_shared(const set *candidate)
{
    return candidate->uses >= SHARED_USES && candidate->text.length >= SHARED_LENGTH;
}

/* Replaces the marks of classes by the classes or calls of them, and defines what is called. The
 * definitions stand last, so that they number no group of the pattern anew. */
static ro_status write_classes(translator *t)
{
    ro_text marked = {t->out.items, t->out.count};
    t->out.items = NULL;
    t->out.count = t->out.capacity = 0;
    ro_status status = put(t, "", 1); /* an empty pattern is a pattern, too */
    t->out.count = 0;
    char text[32];
    for (size_t i = 0; i < marked.length && status == RO_STATUS_OK; i++) {
        if (marked.data[i] != MARK) {
            status = put(t, marked.data + i, 1);
            continue;
        }
        uint32_t index;
        memcpy(&index, marked.data + i + 1, sizeof index);
        i += sizeof index;
        const set *used = &t->sets.items[index];
        if (is_shared(used))
            status = put(t, text, (size_t)snprintf(text, sizeof text, "(?&set%u)", index));
        else
            status = put(t, used->text.data, used->text.length);
    }
    for (uint32_t i = 0; i < t->sets.count && status == RO_STATUS_OK; i++) {
        if (!is_shared(&t->sets.items[i]))
            continue;
        status = put(t, text, (size_t)snprintf(text, sizeof text, "(?(DEFINE)(?<set%u>", i));
        if (status == RO_STATUS_OK)
            status = put(t, t->sets.items[i].text.data, t->sets.items[i].text.length);
        if (status == RO_STATUS_OK)
            status = put_string(t, "))");
    }
    return status;
}

static ro_status check(translator *t)
{
    int number;
    PCRE2_SIZE offset;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL)
        return no_memory(t);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)t->out.items, t->out.count, PCRE2_UTF | PCRE2_UCP,
                                     &number, &offset, context);
    pcre2_compile_context_free(context);
    if (code == NULL) {
        char message[160];
        pcre2_get_error_message(number, (PCRE2_UCHAR *)message, sizeof message);
        return ro_error_set_at(t->error, RO_STATUS_UNSUPPORTED, "import", NULL, 0, offset,
                               "pattern %s: PCRE2 says of its translation: %s", t->name, message);
    }
    pcre2_code_free(code);
    return RO_STATUS_OK;
}

ro_status ro_python_regex_translate(ro_arena *arena, ro_text pattern, const char *name,
                                    ro_text *translated, ro_error *error)
{
    /* with a NUL behind it, so that looking ahead by a character is safe */
    const char *copy = ro_arena_copy(arena, pattern.data, pattern.length);
    translator t = {.arena = arena, .name = name, .error = error, .in = {copy, pattern.length}};
    if (copy == NULL)
        return no_memory(&t);
    for (size_t i = 0, step; i < pattern.length; i += step) {
        step = ro_text_valid_prefix(pattern.data + i, pattern.length - i);
        t.at = i;
        if (step == 0)
            return unsupported(&t, "what is no UTF-8");
    }
    t.at = 0;
    ro_status status = translate_flags(&t);
    while (status == RO_STATUS_OK && t.at < t.in.length)
        status = translate_piece(&t);
    if (status == RO_STATUS_OK)
        status = write_classes(&t);
    if (status == RO_STATUS_OK)
        status = check(&t);
    if (status == RO_STATUS_OK)
        *translated = (ro_text){t.out.items, t.out.count};
    return status;
}
