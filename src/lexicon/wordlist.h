/* wordlist.h - words by class, which are data: tables of a class and its words. */
#ifndef RO_LEXICON_WORDLIST_H
#define RO_LEXICON_WORDLIST_H
#include "readout.h"

/* How many classes a list has at most. */
#define RO_WORDLIST_CLASSES 32

typedef struct ro_wordlist ro_wordlist;

/* Reads the tables of data_folder that files names, up to NULL. A line is a class, one of count
 * names, and words (or phrases) between '|', whose case does not count; several lines of a class
 * add up, and every class has one. A fault fails with BAD_FORMAT, naming file and line; else
 * BAD_ARGUMENT for too many classes or too long a path, what opening a file returns, or
 * OUT_OF_MEMORY. Read-only afterwards, shared by threads. */
ro_status ro_wordlist_open(const char *data_folder, const char *const *files,
                           const char *const *names, size_t count, const ro_allocator *allocator,
                           ro_wordlist **list, ro_error *error);
void ro_wordlist_close(ro_wordlist *list);
/* Whether a word, in small letters, is in a class: an index of names. */
bool ro_wordlist_has(const ro_wordlist *list, unsigned class, ro_text word);
#endif
