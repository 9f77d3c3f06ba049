/* words.c - the function words that linking rests on, by class: pronouns, articles, prepositions.
 *
 * lexicon/wordlist.c reads them; the rules that use them are those of src/who.
 */
#include "who/words.h"

#include "base/text.h"

static const char *const names[] = {
#define RO_WORD(member, name) name,
#include "who/words.def"
#undef RO_WORD
};

ro_status ro_words_open(const char *data_folder, const ro_allocator *allocator, ro_words **words,
                        ro_error *error)
{
    static const char *const files[] = {"who/words.tsv", NULL};
    return ro_wordlist_open(data_folder, files, names, RO_WORD_COUNT, allocator, words, error);
}

void ro_words_close(ro_words *words)
{
    ro_wordlist_close(words);
}

bool ro_words_has(const ro_words *words, const char *word, ro_word class)
{
    return ro_wordlist_has(words, class, ro_text_of(word));
}

bool ro_words_is(const ro_words *words, const ro_document *document, uint32_t token, ro_word class)
{
    return token < document->token_count &&
           ro_words_has(words, document->tokens[token].lower, class);
}

bool ro_words_is_lemma(const ro_words *words, const ro_document *document, uint32_t token,
                       ro_word class)
{
    return token < document->token_count &&
           ro_words_has(words, document->tokens[token].lemma, class);
}
