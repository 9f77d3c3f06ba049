/* text.c - UTF-8, character classes and lower case as Python 3.11's str has them, MurmurHash64A.
 *
 * Classes come from utf8proc's general categories; where Python answers otherwise, unicode.def says
 * so. ASCII, nearly everything that is ever asked, is answered before utf8proc is. The rule of the
 * final sigma is Unicode's (SpecialCasing.txt, Final_Sigma), as in CPython's unicodeobject.c.
 * The hash is Austin Appleby's MurmurHash64A (public domain), as in the Python package murmurhash.
 */
#include "base/text.h"

#include <utf8proc.h>

typedef struct range {
    uint32_t class, first, last;
} range;

enum { NEWER, DIGIT, UPPER, CASED, IGNORED };

static const range ranges[] = {
#define RO_UNICODE(class, first, last) {class, first, last},
#include "base/unicode.def"
#undef RO_UNICODE
};

static bool in_class(uint32_t class, uint32_t code_point)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const range *each = &ranges[middle];
        if (each->class < class || (each->class == class && each->last < code_point))
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof ranges / sizeof *ranges && ranges[low].class == class &&
           ranges[low].first <= code_point;
}

static utf8proc_category_t category(uint32_t code_point)
{
    if (code_point > 0x10FFFF)
        return UTF8PROC_CATEGORY_CN;
    const utf8proc_category_t found = utf8proc_category((utf8proc_int32_t)code_point);
    return found != UTF8PROC_CATEGORY_CN && in_class(NEWER, code_point) ? UTF8PROC_CATEGORY_CN
                                                                        : found;
}

/* ---- slices ---------------------------------------------------------------------------------- */

ro_text ro_text_of(const char *string)
{
    return string != NULL ? (ro_text){string, strlen(string)} : (ro_text){"", 0};
}

bool ro_text_equal(ro_text a, ro_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool ro_text_equal_string(ro_text a, const char *b)
{
    return ro_text_equal(a, ro_text_of(b));
}

bool ro_text_starts(ro_text text, const char *prefix)
{
    const size_t length = strlen(prefix);
    return length <= text.length && (length == 0 || memcmp(text.data, prefix, length) == 0);
}

bool ro_text_ends(ro_text text, const char *suffix)
{
    const size_t length = strlen(suffix);
    return length <= text.length &&
           (length == 0 || memcmp(text.data + text.length - length, suffix, length) == 0);
}

ro_text ro_text_trim(ro_text text)
{
    for (size_t next = 0; text.length > 0; next = 0) {
        if (!ro_text_is_space(ro_text_decode(text, &next)))
            break;
        text.data += next;
        text.length -= next;
    }
    while (text.length > 0) {
        size_t start = text.length - 1;
        while (start > 0 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
            --start;
        size_t next = start;
        if (!ro_text_is_space(ro_text_decode(text, &next)))
            break;
        text.length = start;
    }
    return text;
}

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

uint32_t ro_text_decode(ro_text text, size_t *offset)
{
    const unsigned char *bytes = (const unsigned char *)text.data + *offset;
    const uint32_t lead = bytes[0];
    if (lead < 0x80) {
        *offset += 1;
        return lead;
    }
    const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.length - *offset < length) { /* not valid UTF-8; do not read behind it */
        *offset = text.length;
        return 0xFFFD;
    }
    *offset += length;
    if (length == 2)
        return (lead & 0x1F) << 6 | (bytes[1] & 0x3Fu);
    if (length == 3)
        return (lead & 0x0F) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    return (lead & 0x07) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 |
           (bytes[3] & 0x3Fu);
}

size_t ro_text_encode(uint32_t code_point, char *out)
{
    unsigned char *bytes = (unsigned char *)out;
    if (code_point < 0x80) {
        bytes[0] = (unsigned char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        bytes[0] = (unsigned char)(0xC0 | code_point >> 6);
        bytes[1] = (unsigned char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        bytes[0] = (unsigned char)(0xE0 | code_point >> 12);
        bytes[1] = (unsigned char)(0x80 | (code_point >> 6 & 0x3F));
        bytes[2] = (unsigned char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    bytes[0] = (unsigned char)(0xF0 | code_point >> 18);
    bytes[1] = (unsigned char)(0x80 | (code_point >> 12 & 0x3F));
    bytes[2] = (unsigned char)(0x80 | (code_point >> 6 & 0x3F));
    bytes[3] = (unsigned char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t ro_text_count(ro_text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; ++i)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

size_t ro_text_valid_prefix(const char *bytes, size_t count)
{
    const unsigned char *b = (const unsigned char *)bytes;
    if (count == 0)
        return 0;
    if (b[0] < 0x80)
        return 1;
    const size_t length = b[0] < 0xC2 ? 0 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : b[0] < 0xF5 ? 4 : 0;
    if (length == 0 || count < length)
        return 0;
    for (size_t i = 1; i < length; ++i)
        if ((b[i] & 0xC0) != 0x80)
            return 0;
    /* the second byte rules out overlong forms, surrogates and what is beyond U+10FFFF */
    if ((b[0] == 0xE0 && b[1] < 0xA0) || (b[0] == 0xED && b[1] > 0x9F) ||
        (b[0] == 0xF0 && b[1] < 0x90) || (b[0] == 0xF4 && b[1] > 0x8F))
        return 0;
    return length;
}

bool ro_text_is_valid(ro_text text)
{
    for (size_t at = 0, length; at < text.length; at += length) {
        length = ro_text_valid_prefix(text.data + at, text.length - at);
        if (length == 0)
            return false;
    }
    return true;
}

ro_text ro_text_cut(ro_text text, size_t most)
{
    size_t end = text.length < most ? text.length : most, last = end;
    while (last > 0 && end - last < 4) {
        const unsigned char byte = (unsigned char)text.data[--last];
        if ((byte & 0xC0) == 0x80)
            continue;
        const size_t needed = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        return (ro_text){text.data, end - last < needed ? last : end};
    }
    return (ro_text){text.data, end};
}

/* ---- classes --------------------------------------------------------------------------------- */

bool ro_text_is_alpha(uint32_t code_point)
{
    if (code_point < 0x80)
        return (code_point | 0x20) - 'a' < 26;
    const utf8proc_category_t found = category(code_point);
    return found >= UTF8PROC_CATEGORY_LU && found <= UTF8PROC_CATEGORY_LO;
}

bool ro_text_is_digit(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point - '0' < 10;
    return category(code_point) == UTF8PROC_CATEGORY_ND || in_class(DIGIT, code_point);
}

bool ro_text_is_space(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || code_point - 0x09 < 5 || code_point - 0x1C < 4;
    if (code_point == 0x85)
        return true;
    const utf8proc_category_t found = category(code_point);
    return found >= UTF8PROC_CATEGORY_ZS && found <= UTF8PROC_CATEGORY_ZP;
}

bool ro_text_is_upper(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point - 'A' < 26;
    return category(code_point) == UTF8PROC_CATEGORY_LU || in_class(UPPER, code_point);
}

bool ro_text_is_punctuation(uint32_t code_point)
{
    const utf8proc_category_t found = category(code_point);
    return found >= UTF8PROC_CATEGORY_PC && found <= UTF8PROC_CATEGORY_PO;
}

bool ro_text_is_control(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point < ' ' || code_point == 0x7F;
    const utf8proc_category_t found = category(code_point);
    return found == UTF8PROC_CATEGORY_CC || found == UTF8PROC_CATEGORY_CF ||
           found == UTF8PROC_CATEGORY_ZL || found == UTF8PROC_CATEGORY_ZP;
}

int ro_text_width(uint32_t code_point)
{
    if (code_point < 0x7F)
        return code_point >= ' ';
    return code_point > 0x10FFFF ? 1 : utf8proc_charwidth((utf8proc_int32_t)code_point);
}

/* ---- lower case ------------------------------------------------------------------------------ */

static bool is_cased(uint32_t code_point)
{
    const utf8proc_category_t found = category(code_point);
    return (found >= UTF8PROC_CATEGORY_LU && found <= UTF8PROC_CATEGORY_LT) ||
           in_class(CASED, code_point);
}

static bool is_case_ignorable(uint32_t code_point)
{
    const utf8proc_category_t found = category(code_point);
    return found == UTF8PROC_CATEGORY_MN || found == UTF8PROC_CATEGORY_ME ||
           found == UTF8PROC_CATEGORY_CF || found == UTF8PROC_CATEGORY_LM ||
           found == UTF8PROC_CATEGORY_SK || in_class(IGNORED, code_point);
}

/* Whether the capital sigma at [start, end) closes a word: a cased letter before it and none behind
 * it, case-ignorable characters in between passed over. */
static bool is_final_sigma(ro_text text, size_t start, size_t end)
{
    bool cased = false;
    while (start > 0) {
        do
            --start;
        while (start > 0 && ((unsigned char)text.data[start] & 0xC0) == 0x80);
        size_t next = start;
        const uint32_t before = ro_text_decode(text, &next);
        if (!is_case_ignorable(before)) {
            cased = is_cased(before);
            break;
        }
    }
    if (!cased)
        return false;
    while (end < text.length) {
        const uint32_t behind = ro_text_decode(text, &end);
        if (!is_case_ignorable(behind))
            return !is_cased(behind);
    }
    return true;
}

size_t ro_text_lower(ro_text text, char *out)
{
    enum { CAPITAL_SIGMA = 0x3A3, FINAL_SIGMA = 0x3C2, DOTTED_I = 0x130, DOT_ABOVE = 0x307 };
    size_t written = 0;
    for (size_t at = 0; at < text.length;) {
        const unsigned char lead = (unsigned char)text.data[at];
        if (lead < 0x80) {
            out[written++] = (char)((unsigned)lead - 'A' < 26 ? lead + 0x20 : lead);
            ++at;
            continue;
        }
        const size_t start = at;
        const uint32_t code_point = ro_text_decode(text, &at);
        if (code_point == CAPITAL_SIGMA && is_final_sigma(text, start, at)) {
            written += ro_text_encode(FINAL_SIGMA, out + written);
        } else if (code_point == DOTTED_I) {
            out[written++] = 'i';
            written += ro_text_encode(DOT_ABOVE, out + written);
        } else {
            const utf8proc_int32_t lower = utf8proc_tolower((utf8proc_int32_t)code_point);
            written += ro_text_encode((uint32_t)lower, out + written);
        }
    }
    return written;
}

uint32_t ro_text_lower_point(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point - 'A' < 26 ? code_point + 0x20 : code_point;
    return code_point > 0x10FFFF ? code_point
                                 : (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

/* ---- decomposition --------------------------------------------------------------------------- */

size_t ro_text_decompose(uint32_t code_point, uint32_t out[RO_TEXT_DECOMPOSED])
{
    utf8proc_int32_t found[RO_TEXT_DECOMPOSED];
    int boundary = 0;
    out[0] = code_point;
    if (code_point < 0x80 || code_point > 0x10FFFF)
        return 1;
    const utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code_point, found, RO_TEXT_DECOMPOSED, UTF8PROC_DECOMPOSE, &boundary);
    if (count < 1 || count > RO_TEXT_DECOMPOSED)
        return 1;
    for (utf8proc_ssize_t i = 0; i < count; ++i)
        out[i] = (uint32_t)found[i];
    return (size_t)count;
}

uint8_t ro_text_combining(uint32_t code_point)
{
    if (code_point < 0x80 || code_point > 0x10FFFF)
        return 0;
    return (uint8_t)utf8proc_get_property((utf8proc_int32_t)code_point)->combining_class;
}

/* ---- hash ------------------------------------------------------------------------------------ */

uint64_t ro_text_hash(const void *bytes, size_t count, uint64_t seed)
{
    const uint64_t m = 0xC6A4A7935BD1E995;
    const int r = 47;
    const unsigned char *data = bytes;
    uint64_t h = seed ^ (count * m);
    for (; count >= 8; data += 8, count -= 8) {
        uint64_t k; /* model files are little-endian, and refused where memory is not */
        memcpy(&k, data, sizeof k);
        k *= m;
        k ^= k >> r;
        k *= m;
        h ^= k;
        h *= m;
    }
    if (count > 0) {
        for (size_t i = 0; i < count; ++i)
            h ^= (uint64_t)data[i] << 8 * i;
        h *= m;
    }
    h ^= h >> r;
    h *= m;
    h ^= h >> r;
    return h;
}
