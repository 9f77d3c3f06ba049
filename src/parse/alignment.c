/* alignment.c - which pieces of words the tokens of a document begin at: one walk along both. */
#include "parse/alignment.h"

void ro_alignment_find(const ro_token *tokens, size_t token_count, const ro_subword *pieces,
                       size_t piece_count, uint32_t offset, uint32_t *first)
{
    size_t piece = 0;
    for (size_t i = 0; i < token_count; i++) {
        while (piece < piece_count && pieces[piece].end + offset <= tokens[i].start)
            piece++;
        bool shares = piece < piece_count && pieces[piece].start + offset < tokens[i].end;
        first[i] = shares ? (uint32_t)piece : RO_NONE;
    }
}
