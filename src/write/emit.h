/* emit.h - bytes, numbers and JSON into a sink, in blocks. Nothing here allocates. */
#ifndef RO_WRITE_EMIT_H
#define RO_WRITE_EMIT_H
#include "readout.h"
#include <string.h>

/* Gathers bytes and hands them on in blocks. After the sink failed once, everything further is
 * dropped and status keeps the failure, so that callers check once, at the end. */
typedef struct ro_emit {
    ro_sink sink;
    ro_status status;
    size_t used;
    bool comma; /* the next JSON value in this array or object needs a comma before it */
    char buffer[16384];
} ro_emit;

void ro_emit_start(ro_emit *emit, ro_sink sink);
/* Hands on what is left; returns the first failure of the sink, or OK. */
ro_status ro_emit_finish(ro_emit *emit);

void ro_emit_bytes(ro_emit *emit, const char *bytes, size_t count);
void ro_emit_literal(ro_emit *emit, const char *string); /* a NUL-terminated string, as it is */
void ro_emit_character(ro_emit *emit, char character);
void ro_emit_unsigned(ro_emit *emit, uint64_t number);
void ro_emit_date(ro_emit *emit, ro_date date); /* YYYY-MM-DD */

/* JSON. A value is ro_emit_open..ro_emit_close or one of the ro_emit_json_*; inside an object each
 * value follows ro_emit_key. Commas come by themselves. */
void ro_emit_open(ro_emit *emit, char bracket);  /* '{' or '[' */
void ro_emit_close(ro_emit *emit, char bracket); /* '}' or ']' */
void ro_emit_key(ro_emit *emit, const char *key); /* a key that needs no escapes */
void ro_emit_json_text(ro_emit *emit, ro_text text);      /* valid UTF-8, escaped and quoted */
/* A text value in pieces: start, then any number of pieces, then end. */
void ro_emit_text_start(ro_emit *emit);
void ro_emit_text_piece(ro_emit *emit, ro_text piece);
void ro_emit_text_end(ro_emit *emit);
void ro_emit_json_unsigned(ro_emit *emit, uint64_t number);
void ro_emit_json_signed(ro_emit *emit, int64_t number);
/* Rounded to six decimals, without trailing zeros: the same bytes in every locale. number is
 * finite and its size below 1e12. */
void ro_emit_json_number(ro_emit *emit, double number);
void ro_emit_json_boolean(ro_emit *emit, bool truth);

/* Key and value at once; the text and date ones write nothing for an empty value. */
void ro_emit_field_text(ro_emit *emit, const char *key, ro_text text);
void ro_emit_field_string(ro_emit *emit, const char *key, const char *string); /* may be NULL */
void ro_emit_field_date(ro_emit *emit, const char *key, ro_date date);
void ro_emit_field_unsigned(ro_emit *emit, const char *key, uint64_t number);
void ro_emit_field_boolean(ro_emit *emit, const char *key, bool truth);
/* An id of the contract: a prefix and the 1-based number of an index ("e1" for 'e', 0). */
void ro_emit_field_id(ro_emit *emit, const char *key, char prefix, uint32_t index);
void ro_emit_json_id(ro_emit *emit, char prefix, uint32_t index);
#endif
