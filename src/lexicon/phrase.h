/* phrase.h - how words are compared: case, accents and punctuation do not count. */
#ifndef RO_LEXICON_PHRASE_H
#define RO_LEXICON_PHRASE_H
#include "readout.h"

/* Appends the words of text to key[0, length) as the lexicon compares them: lower case, no marks,
 * no dots, one space between words; a comma, a colon or a semicolon behind a word is a word of its
 * own, any other sign counts as a space. Returns the new length, or
 * SIZE_MAX if capacity is too small. A text of other signs alone adds nothing. */
size_t ro_phrase_add(ro_text text, char *key, size_t length, size_t capacity);

/* What a form asks of the spelling in the text. */
typedef enum ro_phrase_case {
    RO_PHRASE_CASE_ANY,     /* "foreign minister": no capital in the form                 */
    RO_PHRASE_CASE_CAPITAL, /* "Turkey": a capital somewhere                              */
    RO_PHRASE_CASE_UPPER    /* "US", "WHO": every letter a capital                        */
} ro_phrase_case;
ro_phrase_case ro_phrase_case_of(ro_text form);
/* Whether a text is written as a form of that case asks. */
bool ro_phrase_case_fits(ro_phrase_case asked, ro_text written);

/* Writes the regular plural of an English noun phrase ("deputy", "spokesman") to out; returns its
 * length, or SIZE_MAX if capacity is too small. */
size_t ro_phrase_plural(ro_text phrase, char *out, size_t capacity);
#endif
