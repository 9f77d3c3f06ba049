/* quotes.h - the quotations of a document. */
#ifndef RO_DOC_QUOTES_H
#define RO_DOC_QUOTES_H
#include "base/arena.h"
#include "doc/document.h"

/* Tokens [first, end) with the marks; a quotation that goes on over paragraphs is one. */
typedef struct ro_quote {
    uint32_t first, end;
    bool closed; /* false: the closing mark is missing, and the paragraph ends it */
} ro_quote;

typedef struct ro_quotes {
    RO_LIST(ro_quote) list;
    uint32_t *of; /* for each token, the index of the quotation it lies in, or RO_NONE */
} ro_quotes;

/* Finds the outermost quotations, in text order, in the arena. OK or OUT_OF_MEMORY. */
ro_status ro_quotes_find(const ro_document *document, ro_arena *arena, ro_quotes *quotes);
/* Whether white space between two tokens starts a new paragraph. */
bool ro_quotes_is_break(const ro_document *document, uint32_t token);
#endif
