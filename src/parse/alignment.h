/* alignment.h - which pieces of words the tokens of a document begin at. */
#ifndef RO_PARSE_ALIGNMENT_H
#define RO_PARSE_ALIGNMENT_H
#include "doc/token.h"
#include "parse/wordpiece.h"

/* Sets first[i] to the index of the first piece that shares a byte with token i, RO_NONE if none
 * does: white space, controls. Tokens follow one another; pieces are those of ro_wordpiece_cut, and
 * offset is the byte of the tokens' text at which the pieces' text begins. A piece that holds
 * several tokens is the first of each. */
void ro_alignment_find(const ro_token *tokens, size_t token_count, const ro_subword *pieces,
                       size_t piece_count, uint32_t offset, uint32_t *first);
#endif
