/* python_regex.h - Python's regular expressions in PCRE2's syntax. */
#ifndef RO_PARSE_PYTHON_REGEX_H
#define RO_PARSE_PYTHON_REGEX_H
#include "base/arena.h"

/* Translates a pattern of Python's re (of str, so Unicode) to one that PCRE2 10.40 or later,
 * compiled with UTF, UCP and LF as newline, matches alike, and compiles it as a proof. The result
 * lives in the arena. name stands in errors. UNSUPPORTED with what has no translation and its
 * offset in the pattern, OUT_OF_MEMORY. */
ro_status ro_python_regex_translate(ro_arena *arena, ro_text pattern, const char *name,
                                    ro_text *translated, ro_error *error);
#endif
