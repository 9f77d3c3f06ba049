/* wordlist.c - reads tables of classes and their words, and tells which classes a word is in.
 *
 * The words are a language's, so they are data; which classes there are, each stage says in a .def,
 * and the rules that use them are its own.
 */
#include "lexicon/wordlist.h"

#include "base/alloc.h"
#include "base/closed_set.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "lexicon/table.h"

/* How many bytes a word has at most. */
#define LONGEST 80

struct ro_wordlist {
    ro_allocator allocator;
    ro_map *classes; /* word -> a bit for each class */
};

/* The classes that a table may name, and a bit for each that was. */
typedef struct naming {
    const char *const *names;
    size_t count;
    uint32_t given;
} naming;

static ro_status add_word(ro_wordlist *list, ro_text word, uint32_t bit)
{
    char lower[3 * LONGEST + 1];
    uint32_t bits = 0;
    ro_text key = {lower, ro_text_lower(word, lower)};
    ro_map_get(list->classes, key, &bits);
    return ro_map_set(list->classes, key, bits | bit);
}

static ro_status add_line(ro_wordlist *list, const ro_table *table, naming *classes,
                          ro_error *error)
{
    unsigned class;
    if (!ro_closed_set_find(classes->names, classes->count, table->fields[0], &class))
        return ro_table_fault(table, error, "a class of words", table->fields[0]);
    ro_text words = table->fields[1], word;
    if (table->field_count != 2 || words.length == 0)
        return ro_table_fault(table, error, "words between '|' as the second and last field",
                              words);
    while (ro_table_piece(&words, '|', &word)) {
        if (word.length > LONGEST)
            return ro_table_fault(table, error, "a short word", word);
        if (add_word(list, word, UINT32_C(1) << class) != RO_STATUS_OK)
            return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "lexicon", "out of memory");
    }
    classes->given |= UINT32_C(1) << class;
    return RO_STATUS_OK;
}

/* Behind the last line of the last table. */
static ro_status require_all(const ro_table *table, const naming *classes, ro_error *error)
{
    for (size_t class = 0; class < classes->count; class ++)
        if ((classes->given >> class & 1) == 0)
            return ro_table_fault(table, error, classes->names[class],
                                  RO_TEXT("the end of the file"));
    return RO_STATUS_OK;
}

static ro_status read_table(ro_wordlist *list, const char *path, bool is_last, naming *classes,
                            ro_error *error)
{
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    while ((status = ro_table_next(&table, error)) == RO_STATUS_OK)
        if ((status = add_line(list, &table, classes, error)) != RO_STATUS_OK)
            break;
    if (status == RO_STATUS_END)
        status = is_last ? require_all(&table, classes, error) : RO_STATUS_OK;
    ro_table_close(&table);
    return status;
}

ro_status ro_wordlist_open(const char *data_folder, const char *const *files,
                           const char *const *names, size_t count, const ro_allocator *allocator,
                           ro_wordlist **list, ro_error *error)
{
    if (count > RO_WORDLIST_CLASSES)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "lexicon", "more than %d classes",
                            RO_WORDLIST_CLASSES);
    allocator = ro_alloc_or_default(allocator);
    ro_wordlist *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "lexicon", "out of memory");
    made->allocator = *allocator;
    made->classes = ro_map_new(&made->allocator);
    ro_status status = made->classes != NULL ? RO_STATUS_OK
                                             : ro_error_set(error, RO_STATUS_OUT_OF_MEMORY,
                                                            "lexicon", "out of memory");
    naming classes = {names, count, 0};
    for (; status == RO_STATUS_OK && *files != NULL; files++) {
        char path[RO_FILE_PATH];
        status = ro_file_join(data_folder, *files, path, error);
        if (status == RO_STATUS_OK)
            status = read_table(made, path, files[1] == NULL, &classes, error);
    }
    if (status != RO_STATUS_OK) {
        ro_wordlist_close(made);
        return status;
    }
    *list = made;
    return RO_STATUS_OK;
}

void ro_wordlist_close(ro_wordlist *list)
{
    if (list == NULL)
        return;
    ro_allocator allocator = list->allocator;
    ro_map_free(list->classes);
    ro_alloc_free(&allocator, list, 1, sizeof *list);
}

bool ro_wordlist_has(const ro_wordlist *list, unsigned class, ro_text word)
{
    uint32_t bits = 0;
    return ro_map_get(list->classes, word, &bits) && (bits >> class & 1) != 0;
}
