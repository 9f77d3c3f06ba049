/* words.c - the function words that linking rests on, by class: pronouns, articles, prepositions.
 *
 * They are a language's, so they are data; the rules that use them are not.
 */
#include "who/words.h"

#include "base/alloc.h"
#include "base/closed_set.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "lexicon/table.h"

#include <stdio.h>

struct ro_words {
    ro_allocator allocator;
    ro_map *classes; /* word -> a bit for each class */
};

static const char *const names[] = {
#define RO_WORD(member, name) name,
#include "who/words.def"
#undef RO_WORD
};

static ro_status add_class(ro_words *words, ro_text list, unsigned class)
{
    ro_text word;
    while (ro_table_piece(&list, '|', &word)) {
        uint32_t bits = 0;
        ro_map_get(words->classes, word, &bits);
        if (ro_map_set(words->classes, word, bits | 1u << class) != RO_STATUS_OK)
            return RO_STATUS_OUT_OF_MEMORY;
    }
    return RO_STATUS_OK;
}

static ro_status read_classes(ro_words *words, ro_table *table, ro_error *error)
{
    bool given[RO_WORD_COUNT] = {false};
    ro_status status;
    while ((status = ro_table_next(table, error)) == RO_STATUS_OK) {
        unsigned class;
        if (!ro_closed_set_find(names, RO_WORD_COUNT, table->fields[0], &class) || given[class])
            return ro_table_fault(table, error, "a class of words.def, once", table->fields[0]);
        if (table->field_count != 2 || table->fields[1].length == 0)
            return ro_table_fault(table, error, "words between '|' as the second and last field",
                                  table->fields[1]);
        if (add_class(words, table->fields[1], class) != RO_STATUS_OK)
            return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "who", "out of memory");
        given[class] = true;
    }
    for (unsigned class = 0; class < RO_WORD_COUNT && status == RO_STATUS_END; class ++)
        if (!given[class])
            return ro_table_fault(table, error, names[class], RO_TEXT("the end of the file"));
    return status == RO_STATUS_END ? RO_STATUS_OK : status;
}

static ro_status read_words(ro_words *words, const char *data_folder, ro_error *error)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/who/words.tsv", data_folder);
    if (length < 0 || (size_t)length >= sizeof path)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "who", "the data folder's path is long");
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    status = read_classes(words, &table, error);
    ro_table_close(&table);
    return status;
}

ro_status ro_words_open(const char *data_folder, const ro_allocator *allocator, ro_words **words,
                        ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_words *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "who", "out of memory");
    made->allocator = *allocator;
    made->classes = ro_map_new(&made->allocator);
    ro_status status = made->classes != NULL
                           ? read_words(made, data_folder, error)
                           : ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "who", "out of memory");
    if (status != RO_STATUS_OK) {
        ro_words_close(made);
        return status;
    }
    *words = made;
    return RO_STATUS_OK;
}

void ro_words_close(ro_words *words)
{
    if (words == NULL)
        return;
    ro_allocator allocator = words->allocator;
    ro_map_free(words->classes);
    ro_alloc_free(&allocator, words, 1, sizeof *words);
}

bool ro_words_has(const ro_words *words, const char *word, ro_word class)
{
    uint32_t bits = 0;
    return ro_map_get(words->classes, ro_text_of(word), &bits) && (bits >> class & 1u) != 0;
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
