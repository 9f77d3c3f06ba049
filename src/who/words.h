/* words.h - the function words that linking rests on, by class. Private to src/who. */
#ifndef RO_WHO_WORDS_H
#define RO_WHO_WORDS_H
#include "doc/document.h"
#include "lexicon/wordlist.h"

typedef enum ro_word {
#define RO_WORD(member, name) RO_WORD_##member,
#include "who/words.def"
#undef RO_WORD
    RO_WORD_COUNT
} ro_word;

typedef ro_wordlist ro_words;

/* Reads data_folder/who/words.tsv: every class of words.def with its words. What ro_wordlist_open
 * returns. */
ro_status ro_words_open(const char *data_folder, const ro_allocator *allocator, ro_words **words,
                        ro_error *error);
void ro_words_close(ro_words *words);
/* Whether a word, lower-cased, is in a class. */
bool ro_words_has(const ro_words *words, const char *word, ro_word class);
/* The same of a token's lower-cased form or of its lemma; false for RO_NONE. */
bool ro_words_is(const ro_words *words, const ro_document *document, uint32_t token, ro_word class);
bool ro_words_is_lemma(const ro_words *words, const ro_document *document, uint32_t token,
                       ro_word class);
#endif
