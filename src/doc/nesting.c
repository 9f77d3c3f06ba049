/* nesting.c - in which attribution's content a token stands, so that stages need not search.
 *
 * One pass over the contents; where several hold a token the shortest is the innermost, and of two
 * of one length the later.
 */
#include "doc/nesting.h"

uint32_t ro_nesting_token_at(const ro_document *document, uint32_t byte)
{
    uint32_t low = 0, high = document->token_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->tokens[middle].end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void mark(const ro_document *document, bool spoken, uint32_t *inner, uint32_t *scratch)
{
    for (uint32_t t = 0; t < document->token_count; t++)
        inner[t] = RO_NONE;
    for (uint32_t i = 0; i < document->attributions.count; i++) {
        if (spoken && document->attributions.items[i].style == RO_STYLE_INDIRECT)
            continue;
        const ro_span_list *content = &document->attributions.items[i].content;
        uint32_t length = 0;
        for (uint32_t j = 0; j < content->count; j++)
            length += content->items[j].end - content->items[j].start;
        for (uint32_t j = 0; j < content->count; j++)
            for (uint32_t t = ro_nesting_token_at(document, content->items[j].start);
                 t < document->token_count && document->tokens[t].start < content->items[j].end;
                 t++)
                if (inner[t] == RO_NONE || length <= scratch[t]) {
                    inner[t] = i;
                    scratch[t] = length;
                }
    }
}

void ro_nesting_mark(const ro_document *document, uint32_t *inner, uint32_t *scratch)
{
    mark(document, false, inner, scratch);
}

void ro_nesting_mark_spoken(const ro_document *document, uint32_t *inner, uint32_t *scratch)
{
    mark(document, true, inner, scratch);
}
