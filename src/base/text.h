/* text.h - UTF-8, character classes as Python's str has them, 64-bit hashes of strings. */
#ifndef RO_BASE_TEXT_H
#define RO_BASE_TEXT_H
#include "readout.h"
#include <string.h>

#define RO_TEXT(literal) ((ro_text){(literal), sizeof(literal) - 1})

ro_text ro_text_of(const char *string); /* NULL gives the empty text */
bool ro_text_equal(ro_text a, ro_text b);
bool ro_text_equal_string(ro_text a, const char *b);
bool ro_text_starts(ro_text text, const char *prefix);
bool ro_text_ends(ro_text text, const char *suffix);
/* Without the white space (as ro_text_is_space) at both ends. */
ro_text ro_text_trim(ro_text text);

/* Decodes the code point at *offset of valid UTF-8 and moves past it. */
uint32_t ro_text_decode(ro_text text, size_t *offset);
/* Writes a code point to out (room for 4); returns the bytes written. */
size_t ro_text_encode(uint32_t code_point, char *out);
/* How many code points valid UTF-8 holds. */
size_t ro_text_count(ro_text text);
/* The length of the valid UTF-8 sequence at the start of bytes, 0 if there is none. Surrogates and
 * overlong forms are invalid. */
size_t ro_text_valid_prefix(const char *bytes, size_t count);
/* Whether all of it is valid UTF-8. */
bool ro_text_is_valid(ro_text text);
/* The beginning of at most most bytes that does not end within a character of UTF-8. */
ro_text ro_text_cut(ro_text text, size_t most);

/* Python's str.isalpha, isdigit, isspace, and Lu, punctuation (P*), of one code point. */
bool ro_text_is_alpha(uint32_t code_point);
bool ro_text_is_digit(uint32_t code_point);
bool ro_text_is_space(uint32_t code_point);
bool ro_text_is_upper(uint32_t code_point);
bool ro_text_is_punctuation(uint32_t code_point);
/* Controls (Cc), what formats without being seen (Cf), separators of lines and paragraphs. */
bool ro_text_is_control(uint32_t code_point);

/* The positions that a code point takes on a terminal: 0 (marks, controls), 1 or 2. */
int ro_text_width(uint32_t code_point);

/* Python's str.lower(), with the final sigma and the dotted capital I. out needs room for
 * 3 * text.length + 1; returns the bytes written (no NUL). */
size_t ro_text_lower(ro_text text, char *out);

/* The lower-case form of one code point, itself if it has none. */
uint32_t ro_text_lower_point(uint32_t code_point);

/* Writes the canonical decomposition of a code point (itself if it has none) to out; returns how
 * many code points that is. */
#define RO_TEXT_DECOMPOSED 8 /* no decomposition is longer */
size_t ro_text_decompose(uint32_t code_point, uint32_t out[RO_TEXT_DECOMPOSED]);
/* The canonical combining class: 0 for what begins anew, else a mark's place among marks. */
uint8_t ro_text_combining(uint32_t code_point);

/* MurmurHash64A, the hash of spaCy's StringStore (seed 1 there). */
uint64_t ro_text_hash(const void *bytes, size_t count, uint64_t seed);
#endif
