/* bert_text.c - reads a text as HuggingFace's BertNormalizer (tokenizers, normalizers/bert.rs)
 * would rewrite it, and keeps for every character the bytes of the text that it stands for.
 *
 * Decomposition puts a run of marks into the order of their combining classes (Unicode, D109); the
 * normalizer then counts positions, so that the i-th character that something of the text became
 * stands for the i-th character of the text, wherever it came from. That is done here in the same
 * way, for spans to be the same. Runs are sorted by counting, so that a million marks in a row take
 * no longer than as many letters.
 *
 * What is punctuation, mark or control is in piece_class.def. Lower case is utf8proc's: what later
 * versions of Unicode add is in no vocabulary, in capitals or not.
 */
#include "parse/bert_text.h"

#include "base/text.h"

enum { REMOVED, MARK, MOVING, PUNCTUATION };
enum { FEW_MARKS = 16, FIRST_MARK = 0x300, FIRST_MARK_BYTE = 0xCC };

static const struct range {
    uint32_t class, first, last;
} ranges[] = {
#define RO_PIECE_CLASS(class, first, last) {class, first, last},
#include "parse/piece_class.def"
#undef RO_PIECE_CLASS
};

static bool in_class(uint32_t class, uint32_t code_point)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct range *each = &ranges[middle];
        if (each->class < class || (each->class == class && each->last < code_point))
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof ranges / sizeof *ranges && ranges[low].class == class &&
           ranges[low].first <= code_point;
}

static bool is_mark(uint32_t c)
{
    return c >= FIRST_MARK && in_class(MARK, c);
}

static bool is_removed(uint32_t c)
{
    if (c < 0x80)
        return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
    return in_class(REMOVED, c);
}

static bool is_chinese(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x2A6DF) ||
           (c >= 0x2A700 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) ||
           (c >= 0x2F800 && c <= 0x2FA1F);
}

bool ro_bert_text_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool ro_bert_text_is_punctuation(uint32_t c)
{
    if (c < 0x80)
        return (c > ' ' && c < '0') || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') ||
               (c > 'z' && c < 0x7F);
    return in_class(PUNCTUATION, c);
}

static uint8_t class_of(uint32_t c)
{
    return c >= FIRST_MARK && (in_class(MARK, c) || in_class(MOVING, c)) ? ro_text_combining(c) : 0;
}

void ro_bert_text_start(ro_bert_text *reading, ro_bert_options options, ro_text text,
                        ro_arena *arena, ro_bert_lists *lists)
{
    lists->pending.count = 0;
    *reading = (ro_bert_text){.options = options, .text = text, .arena = arena, .lists = lists};
}

/* ---- gathering what may change places -------------------------------------------------------- */

static bool push(ro_bert_text *reading, uint32_t code_point, uint8_t class, bool first,
                 const ro_bert_character *given)
{
    ro_bert_pending *added = RO_LIST_ADD(reading->arena, &reading->lists->pending);
    if (added == NULL)
        return false;
    *added = (ro_bert_pending){{code_point, given->start, given->end}, class, first};
    return true;
}

/* Adds what a character of the text becomes. */
static bool push_given(ro_bert_text *reading, const ro_bert_character *given,
                       const uint32_t *becomes, size_t count)
{
    enum { DOTTED_I = 0x130, DOT_ABOVE = 0x307 };
    ro_bert_character *kept = RO_LIST_ADD(reading->arena, &reading->lists->given);
    if (kept == NULL)
        return false;
    *kept = *given;
    for (size_t i = 0; i < count; i++)
        if (!push(reading, becomes[i], class_of(becomes[i]), i == 0, given))
            return false;
    /* the one letter that becomes two in lower case */
    return becomes[0] != DOTTED_I || !reading->options.lowercase ||
           push(reading, DOT_ABOVE, class_of(DOT_ABOVE), false, given);
}

static bool push_space(ro_bert_text *reading, const ro_bert_character *given)
{
    return push_given(reading, given, (const uint32_t[]){' '}, 1);
}

/* Whether what comes is, at a glance, neither a mark nor removed. */
static bool begins_anew(const ro_bert_text *reading)
{
    unsigned char byte = (unsigned char)reading->text.data[reading->at];
    if (byte >= FIRST_MARK_BYTE)
        return false;
    return !reading->options.clean_text || (byte < 0x80 ? !is_removed(byte) : byte > 0xC2);
}

/* Gathers a character that is not ASCII and the marks behind it, up to one that begins anew. */
static bool gather(ro_bert_text *reading)
{
    const ro_bert_options *options = &reading->options;
    ro_bert_lists *lists = reading->lists;
    lists->given.count = 0;
    while (reading->at < reading->text.length) {
        size_t before = reading->at;
        if (lists->pending.count > 0 && begins_anew(reading))
            return true;
        uint32_t c = ro_text_decode(reading->text, &reading->at);
        if (options->clean_text && is_removed(c))
            continue;
        if (options->clean_text && ro_bert_text_is_space(c))
            c = ' ';
        uint32_t becomes[RO_TEXT_DECOMPOSED] = {c};
        size_t count = options->strip_accents ? ro_text_decompose(c, becomes) : 1;
        if (lists->pending.count > 0 && (!options->strip_accents || class_of(becomes[0]) == 0)) {
            reading->at = before;
            return true;
        }
        ro_bert_character given = {c, (uint32_t)before, (uint32_t)reading->at};
        bool apart = options->split_chinese && is_chinese(c);
        if ((apart && !push_space(reading, &given)) ||
            !push_given(reading, &given, becomes, count) || (apart && !push_space(reading, &given)))
            return false;
        if (apart)
            return true;
    }
    return true;
}

/* ---- the order of marks ---------------------------------------------------------------------- */

static void sort_few(ro_bert_pending *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        ro_bert_pending moved = items[i];
        uint32_t at = i;
        for (; at > 0 && items[at - 1].class > moved.class; at--)
            items[at] = items[at - 1];
        items[at] = moved;
    }
}

static bool sort_many(ro_bert_text *reading, ro_bert_pending *items, uint32_t count)
{
    ro_bert_lists *lists = reading->lists;
    uint32_t starts[UINT8_MAX + 2] = {0};
    while (lists->sorted.count < count)
        if (RO_LIST_ADD(reading->arena, &lists->sorted) == NULL)
            return false;
    for (uint32_t i = 0; i < count; i++)
        starts[items[i].class + 1]++;
    for (uint32_t class = 1; class <= UINT8_MAX; class ++)
        starts[class] += starts[class - 1];
    for (uint32_t i = 0; i < count; i++)
        lists->sorted.items[starts[items[i].class]++] = items[i];
    memcpy(items, lists->sorted.items, count * sizeof *items);
    return true;
}

/* Sorts each run of marks by class, equal ones as they stand, and tells the characters which of
 * the text they stand for: positions count, not where they came from. */
static bool sort(ro_bert_text *reading)
{
    ro_bert_lists *lists = reading->lists;
    ro_bert_pending *items = lists->pending.items;
    uint32_t count = lists->pending.count, given = 0;
    for (uint32_t start = 0, end; start < count; start = end) {
        bool sorted = true;
        for (end = start + 1; end < count && items[start].class > 0 && items[end].class > 0; end++)
            sorted = sorted && items[end - 1].class <= items[end].class;
        if (sorted)
            continue;
        if (end - start <= FEW_MARKS)
            sort_few(items + start, end - start);
        else if (!sort_many(reading, items + start, end - start))
            return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        given += items[i].first;
        const ro_bert_character *stands_for = &lists->given.items[given - 1];
        items[i].character.start = stands_for->start;
        items[i].character.end = stands_for->end;
    }
    return true;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* A character that is ASCII: it begins anew, and nothing before it waits. */
static bool read_plain(ro_bert_text *reading, ro_bert_character *character)
{
    uint32_t start = (uint32_t)reading->at;
    uint32_t c = (unsigned char)reading->text.data[reading->at++];
    if (reading->options.clean_text) {
        if (is_removed(c))
            return false;
        if (ro_bert_text_is_space(c))
            c = ' ';
    }
    *character = (ro_bert_character){reading->options.lowercase ? ro_text_lower_point(c) : c, start,
                                     start + 1};
    return true;
}

ro_status ro_bert_text_next(ro_bert_text *reading, ro_bert_character *character)
{
    ro_bert_lists *lists = reading->lists;
    for (;;) {
        while (reading->next < lists->pending.count) {
            *character = lists->pending.items[reading->next++].character;
            if (reading->options.strip_accents && is_mark(character->code_point))
                continue;
            if (reading->options.lowercase)
                character->code_point = ro_text_lower_point(character->code_point);
            return RO_STATUS_OK;
        }
        lists->pending.count = reading->next = 0;
        if (reading->at == reading->text.length)
            return RO_STATUS_END;
        if ((unsigned char)reading->text.data[reading->at] < 0x80) {
            if (read_plain(reading, character))
                return RO_STATUS_OK;
        } else if (!gather(reading) || !sort(reading)) { /* a list that could not grow is lost */
            *lists = (ro_bert_lists){0};
            return RO_STATUS_OUT_OF_MEMORY;
        }
    }
}
