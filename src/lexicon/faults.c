/* faults.c - gathers what is wrong in lexicon files and tells it in the order of files and lines.
 *
 * Steps find faults in their own order, so they are kept until all is read. What is a fault is the
 * steps' matter (draft.h).
 */
#include "lexicon/faults.h"

#include "base/error.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void ro_faults_add(ro_faults *faults, uint32_t text, uint64_t line, const char *format, ...)
{
    char message[sizeof((ro_error *)0)->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    ro_text whole = ro_text_cut(ro_text_of(message), sizeof message);
    const char *copy =
        faults->lost ? NULL : ro_arena_copy(faults->arena, whole.data, whole.length);
    ro_fault *added = copy != NULL ? RO_LIST_ADD(faults->arena, &faults->list) : NULL;
    if (added == NULL) {
        faults->lost = true;
        return;
    }
    *added = (ro_fault){text, faults->list.count, line, copy};
}

static int compare(const void *a, const void *b)
{
    const ro_fault *left = a, *right = b;
    if (left->text != right->text)
        return left->text < right->text ? -1 : 1;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    return left->order < right->order ? -1 : 1;
}

ro_status ro_faults_tell(ro_faults *faults, const ro_lexicon_text *texts,
                         void (*report)(void *context, const ro_error *fault), void *context,
                         ro_error *error)
{
    if (faults->lost)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "lexicon", "out of memory");
    uint32_t count = faults->list.count;
    if (count == 0)
        return RO_STATUS_OK;
    qsort(faults->list.items, count, sizeof *faults->list.items, compare);
    for (uint32_t i = 0; i < count && report != NULL; i++) {
        const ro_fault *fault = &faults->list.items[i];
        ro_error told;
        ro_error_set_at(&told, RO_STATUS_BAD_FORMAT, "lexicon", texts[fault->text].path,
                        fault->line, UINT64_MAX, "%s", fault->message);
        report(context, &told);
    }
    const ro_fault *first = &faults->list.items[0];
    char more[64] = "";
    if (count > 1)
        snprintf(more, sizeof more, " (the first of %lu faults)", (unsigned long)count);
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "lexicon", texts[first->text].path,
                           first->line, UINT64_MAX, "%.*s%s",
                           (int)ro_text_cut(ro_text_of(first->message), 240).length,
                           first->message, more);
}
