/* emit.c - bytes, numbers and JSON into a sink, in blocks.
 *
 * Output is a good part of the work once reading is fast, so this writes JSON straight into one
 * buffer, without a tree of values and without printf, whose numbers would depend on the locale.
 * What the records are is left to jsonl.c, spacy.c, conllu.c and event_table.c.
 */
#include "write/emit.h"
#include "base/date.h"
#include <math.h>

void ro_emit_start(ro_emit *emit, ro_sink sink)
{
    emit->sink = sink;
    emit->status = RO_STATUS_OK;
    emit->used = 0;
    emit->comma = false;
}

static void hand_on(ro_emit *emit, const char *bytes, size_t count)
{
    if (emit->status == RO_STATUS_OK && count > 0)
        emit->status = emit->sink.write(emit->sink.context, bytes, count);
}

static void flush(ro_emit *emit)
{
    hand_on(emit, emit->buffer, emit->used);
    emit->used = 0;
}

ro_status ro_emit_finish(ro_emit *emit)
{
    flush(emit);
    return emit->status;
}

void ro_emit_bytes(ro_emit *emit, const char *bytes, size_t count)
{
    if (count > sizeof emit->buffer - emit->used) {
        flush(emit);
        if (count > sizeof emit->buffer) {
            hand_on(emit, bytes, count);
            return;
        }
    }
    if (count > 0)
        memcpy(emit->buffer + emit->used, bytes, count);
    emit->used += count;
}

void ro_emit_literal(ro_emit *emit, const char *string)
{
    ro_emit_bytes(emit, string, strlen(string));
}

void ro_emit_character(ro_emit *emit, char character)
{
    if (emit->used == sizeof emit->buffer)
        flush(emit);
    emit->buffer[emit->used++] = character;
}

/* Writes number with at least width digits. */
static void emit_digits(ro_emit *emit, uint64_t number, size_t width)
{
    char digits[20];
    size_t at = sizeof digits;
    while (number > 0 || sizeof digits - at < width) {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    }
    ro_emit_bytes(emit, digits + at, sizeof digits - at);
}

void ro_emit_unsigned(ro_emit *emit, uint64_t number)
{
    emit_digits(emit, number, 1);
}

static uint64_t magnitude(int64_t number)
{
    return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

void ro_emit_date(ro_emit *emit, ro_date date)
{
    char day[11];
    ro_date_format(date, day);
    ro_emit_literal(emit, day);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void separate(ro_emit *emit)
{
    if (emit->comma)
        ro_emit_character(emit, ',');
    emit->comma = true;
}

void ro_emit_open(ro_emit *emit, char bracket)
{
    separate(emit);
    ro_emit_character(emit, bracket);
    emit->comma = false;
}

void ro_emit_close(ro_emit *emit, char bracket)
{
    ro_emit_character(emit, bracket);
    emit->comma = true;
}

void ro_emit_key(ro_emit *emit, const char *key)
{
    separate(emit);
    ro_emit_character(emit, '"');
    ro_emit_literal(emit, key);
    ro_emit_bytes(emit, "\":", 2);
    emit->comma = false;
}

/* The letter of a short escape, 'u' for a long one, 0 for a byte that stands for itself. */
static char escape_of(unsigned char byte)
{
    switch (byte) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return byte < 0x20 ? 'u' : 0;
    }
}

void ro_emit_text_start(ro_emit *emit)
{
    separate(emit);
    ro_emit_character(emit, '"');
}

void ro_emit_text_end(ro_emit *emit)
{
    ro_emit_character(emit, '"');
}

void ro_emit_text_piece(ro_emit *emit, ro_text text)
{
    static const char hex[] = "0123456789abcdef";
    size_t plain = 0; /* the first byte not yet written */
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        ro_emit_bytes(emit, text.data + plain, i - plain);
        char letter = escape_of(byte);
        char escape[6] = {'\\', letter, '0', '0', hex[byte >> 4], hex[byte & 15]};
        ro_emit_bytes(emit, escape, letter == 'u' ? 6 : 2);
        plain = i + 1;
    }
    if (text.length > plain)
        ro_emit_bytes(emit, text.data + plain, text.length - plain);
}

void ro_emit_json_text(ro_emit *emit, ro_text text)
{
    ro_emit_text_start(emit);
    ro_emit_text_piece(emit, text);
    ro_emit_text_end(emit);
}

void ro_emit_json_unsigned(ro_emit *emit, uint64_t number)
{
    separate(emit);
    ro_emit_unsigned(emit, number);
}

void ro_emit_json_signed(ro_emit *emit, int64_t number)
{
    separate(emit);
    if (number < 0)
        ro_emit_character(emit, '-');
    ro_emit_unsigned(emit, magnitude(number));
}

void ro_emit_json_number(ro_emit *emit, double number)
{
    const int64_t unit = 1000000;
    int64_t scaled = llround(number * (double)unit);
    separate(emit);
    if (scaled < 0)
        ro_emit_character(emit, '-');
    uint64_t size = magnitude(scaled), decimals = size % (uint64_t)unit;
    ro_emit_unsigned(emit, size / (uint64_t)unit);
    if (decimals == 0)
        return;
    size_t width = 6;
    for (; decimals % 10 == 0; decimals /= 10)
        width--;
    ro_emit_character(emit, '.');
    emit_digits(emit, decimals, width);
}

void ro_emit_json_boolean(ro_emit *emit, bool truth)
{
    separate(emit);
    ro_emit_literal(emit, truth ? "true" : "false");
}

void ro_emit_json_id(ro_emit *emit, char prefix, uint32_t index)
{
    separate(emit);
    ro_emit_character(emit, '"');
    ro_emit_character(emit, prefix);
    ro_emit_unsigned(emit, (uint64_t)index + 1);
    ro_emit_character(emit, '"');
}

void ro_emit_field_text(ro_emit *emit, const char *key, ro_text text)
{
    if (text.length == 0)
        return;
    ro_emit_key(emit, key);
    ro_emit_json_text(emit, text);
}

void ro_emit_field_string(ro_emit *emit, const char *key, const char *string)
{
    if (string != NULL)
        ro_emit_field_text(emit, key, (ro_text){string, strlen(string)});
}

void ro_emit_field_date(ro_emit *emit, const char *key, ro_date date)
{
    if (ro_date_is_none(date))
        return;
    ro_emit_key(emit, key);
    ro_emit_character(emit, '"');
    ro_emit_date(emit, date);
    ro_emit_character(emit, '"');
    emit->comma = true;
}

void ro_emit_field_unsigned(ro_emit *emit, const char *key, uint64_t number)
{
    ro_emit_key(emit, key);
    ro_emit_json_unsigned(emit, number);
}

void ro_emit_field_boolean(ro_emit *emit, const char *key, bool truth)
{
    ro_emit_key(emit, key);
    ro_emit_json_boolean(emit, truth);
}

void ro_emit_field_id(ro_emit *emit, const char *key, char prefix, uint32_t index)
{
    ro_emit_key(emit, key);
    ro_emit_json_id(emit, prefix, index);
}
