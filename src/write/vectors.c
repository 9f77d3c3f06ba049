/* vectors.c - the vectors of a document's tokens, one JSON object a line (docs/models.md).
 *
 * "tokens": start and end of the tokens that have a vector, in code points; "vectors": width
 * little-endian float32 for each of them, one token behind the other, in base64 (RFC 4648).
 */
#include "write/formats.h"
#include "write/offset.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* A stretch of bytes as base64, three bytes at a time. */
static void write_bytes(ro_emit *emit, const unsigned char *bytes, size_t count)
{
    char four[4];
    for (size_t i = 0; i < count; i += 3) {
        size_t left = count - i < 3 ? count - i : 3;
        uint32_t bits = (uint32_t)bytes[i] << 16;
        if (left > 1)
            bits |= (uint32_t)bytes[i + 1] << 8;
        if (left > 2)
            bits |= bytes[i + 2];
        for (size_t j = 0; j < 4; j++)
            four[j] = j <= left ? digits[bits >> (18 - 6 * j) & 63] : '=';
        ro_emit_bytes(emit, four, sizeof four);
    }
}

static void write_tokens(const ro_document *document, ro_emit *emit)
{
    ro_offset offset;
    ro_offset_start(&offset, document->text, 0, document->length);
    ro_emit_key(emit, "tokens");
    ro_emit_open(emit, '[');
    for (uint32_t i = 0; i < document->token_count; i++) {
        if (document->vector_starts[i + 1] == document->vector_starts[i])
            continue;
        ro_emit_open(emit, '[');
        ro_emit_json_unsigned(emit, ro_offset_get(&offset, document->tokens[i].start));
        ro_emit_json_unsigned(emit, ro_offset_get(&offset, document->tokens[i].end));
        ro_emit_close(emit, ']');
    }
    ro_emit_close(emit, ']');
}

/* The rows, whatever the machine's byte order. */
static void write_rows(const ro_document *document, ro_emit *emit)
{
    size_t width = document->vector_width;
    size_t count = document->vector_starts[document->token_count] * width;
    unsigned char bytes[3 * sizeof(float)];
    ro_emit_key(emit, "vectors");
    ro_emit_character(emit, '"');
    for (size_t i = 0; i < count; i += 3) {
        size_t some = count - i < 3 ? count - i : 3;
        for (size_t j = 0; j < some; j++) {
            uint32_t bits;
            memcpy(&bits, document->vectors + i + j, sizeof bits);
            for (size_t byte = 0; byte < sizeof bits; byte++)
                bytes[j * sizeof bits + byte] = (unsigned char)(bits >> 8 * byte);
        }
        write_bytes(emit, bytes, some * sizeof(float));
    }
    ro_emit_character(emit, '"');
}

ro_status ro_vectors_write(const ro_document *document, const ro_write_options *options,
                           ro_emit *emit)
{
    (void)options;
    ro_emit_open(emit, '{');
    ro_emit_field_string(emit, "id", document->id);
    ro_emit_field_unsigned(emit, "width", document->vector_width);
    if (document->vectors != NULL) {
        write_tokens(document, emit);
        write_rows(document, emit);
    }
    ro_emit_close(emit, '}');
    ro_emit_character(emit, '\n');
    emit->comma = false;
    return RO_STATUS_OK;
}
