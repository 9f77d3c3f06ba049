/* who.c - who is spoken of: runs the passes over one document and orders what they found.
 *
 * names.c makes entities of names, nominals.c of nouns with their owners ("the French president"),
 * pronouns.c gives pronouns to entities; roster.c keeps what they share. speakers.c is the second
 * pass, when it is known who speaks.
 */
#include "who/who.h"

#include "base/alloc.h"
#include "base/error.h"
#include "doc/tree.h"
#include "who/nominal.h"
#include "who/salience.h"

#include <stdlib.h>

struct ro_who {
    ro_allocator allocator;
    const ro_lexicon *lexicon;
    ro_salience salience;
    ro_words *words;
};

ro_status ro_who_open(const char *data_folder, const ro_lexicon *lexicon,
                      const ro_allocator *allocator, ro_who **who, ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_who *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "who", "out of memory");
    made->allocator = *allocator;
    made->lexicon = lexicon;
    ro_status status = ro_salience_open(data_folder, &made->salience, error);
    if (status == RO_STATUS_OK)
        status = ro_words_open(data_folder, allocator, &made->words, error);
    if (status != RO_STATUS_OK) {
        ro_who_close(made);
        return status;
    }
    *who = made;
    return RO_STATUS_OK;
}

void ro_who_close(ro_who *who)
{
    if (who == NULL)
        return;
    ro_allocator allocator = who->allocator;
    ro_words_close(who->words);
    ro_alloc_free(&allocator, who, 1, sizeof *who);
}

static int compare_mentions(const void *left, const void *right)
{
    const ro_mention *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    if (a->head != b->head)
        return a->head < b->head ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

bool ro_who_order_mentions(ro_document *document)
{
    if (document->mentions.count > 1)
        qsort(document->mentions.items, document->mentions.count, sizeof(ro_mention),
              compare_mentions);
    return ro_tree_link_mentions(document);
}

ro_status ro_who_find(const ro_who *who, ro_document *document, ro_error *error)
{
    ro_roster roster;
    ro_status status = ro_roster_start(&roster, who->lexicon, &who->salience, who->words, document);
    if (status == RO_STATUS_OK)
        status = ro_names_find(&roster);
    if (status == RO_STATUS_OK)
        status = ro_nominals_find(&roster);
    if (status == RO_STATUS_OK)
        status = ro_owner_give_country(&roster);
    ro_roster_stop(&roster);
    if (status == RO_STATUS_OK && !ro_who_order_mentions(document))
        status = RO_STATUS_OUT_OF_MEMORY;
    if (status != RO_STATUS_OK)
        return ro_error_set(error, status, "who", "out of memory");
    return RO_STATUS_OK;
}

ro_status ro_who_find_speakers(const ro_who *who, ro_document *document, ro_error *error)
{
    if (ro_speakers_find(who->words, document) != RO_STATUS_OK)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "who", "out of memory");
    return RO_STATUS_OK;
}
