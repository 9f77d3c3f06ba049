/* regex.h - the regular expressions of tokenizers and rules, run by PCRE2. */
#ifndef RO_PARSE_REGEX_H
#define RO_PARSE_REGEX_H
#include "readout.h"

typedef struct ro_regex ro_regex;                 /* a compiled pattern; read-only, shared */
typedef struct ro_regex_scratch ro_regex_scratch; /* one thread's memory for matching       */

/* Compiles a pattern (PCRE2 syntax, UTF-8, Unicode properties; no \C, so that matches are whole
 * characters). BAD_FORMAT names the offset in the
 * pattern and PCRE2's message; OUT_OF_MEMORY. */
ro_status ro_regex_open(ro_text pattern, const ro_allocator *allocator, ro_regex **regex,
                        ro_error *error);
void ro_regex_close(ro_regex *regex);
ro_regex_scratch *ro_regex_scratch_new(void); /* NULL when out of memory */
void ro_regex_scratch_free(ro_regex_scratch *scratch);

/* The leftmost match at or after from; text is valid UTF-8. A NULL regex, or a match that takes
 * more than set limits of steps and memory, matches nothing. */
bool ro_regex_search(const ro_regex *regex, ro_regex_scratch *scratch, ro_text text, size_t from,
                     size_t *start, size_t *end);
/* Whether the pattern matches at the start of the text (Python's re.match). */
bool ro_regex_match(const ro_regex *regex, ro_regex_scratch *scratch, ro_text text);
#endif
