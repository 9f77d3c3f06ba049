/* who.c - who is spoken of: runs the passes over one document and orders what they found.
 *
 * names.c makes entities of names, nominals.c of nouns with their owners ("the French president"),
 * pronouns.c gives pronouns to entities; roster.c keeps what they share.
 */
#include "who/who.h"

#include "base/error.h"
#include "doc/tree.h"
#include "who/roster.h"

#include <stdlib.h>

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

ro_status ro_who_find(const ro_lexicon *lexicon, ro_document *document, ro_error *error)
{
    ro_roster roster;
    ro_status status = ro_roster_start(&roster, lexicon, document);
    if (status == RO_STATUS_OK)
        status = ro_names_find(&roster);
    if (status == RO_STATUS_OK)
        status = ro_nominals_find(&roster);
    if (status == RO_STATUS_OK)
        status = ro_pronouns_find(&roster);
    ro_roster_stop(&roster);
    if (status == RO_STATUS_OK && document->mentions.count > 1)
        qsort(document->mentions.items, document->mentions.count, sizeof(ro_mention),
              compare_mentions);
    if (status == RO_STATUS_OK && !ro_tree_link_mentions(document))
        status = RO_STATUS_OUT_OF_MEMORY;
    if (status != RO_STATUS_OK)
        return ro_error_set(error, status, "who", "out of memory");
    return RO_STATUS_OK;
}
