/* document.h - a document and its layers. It owns one arena; freeing it frees all.
 *
 * Offsets are bytes into text, which is valid UTF-8 (undecodable bytes were replaced when it was
 * read) and NUL-terminated, but may hold NULs; [body, length) is what is coded: before it stand a
 * byte-order mark and a prefix such as "date 2022-03-03", if there are any. Every stage appends to
 * its own lists and reads the others'. Indexes, not pointers, join the layers.
 */
#ifndef RO_DOC_DOCUMENT_H
#define RO_DOC_DOCUMENT_H
#include "base/arena.h"
#include "doc/answer.h"
#include "doc/attribution.h"
#include "doc/entity.h"
#include "doc/event.h"
#include "doc/timex.h"
#include "doc/token.h"
#include "doc/weighed.h"

struct ro_document {
    ro_arena *arena;
    const char *id;                             /* never NULL                                    */
    const char *source, *url, *title, *language; /* NULL if not given                            */
    ro_date date;
    const char *date_found;                     /* a date as given that is no day; NULL          */
    const char *text;
    uint32_t length, body;
    uint32_t replaced;                          /* undecodable bytes                             */
    ro_token *tokens;
    uint32_t token_count;
    ro_sentence *sentences;
    uint32_t sentence_count;
    uint32_t dateline;                          /* a sentence, RO_NONE; see dateline.h           */
    RO_LIST(ro_name) names;
    RO_LIST(ro_timex) timexes;
    RO_LIST(ro_place) places;
    RO_LIST(ro_entity) entities;
    RO_LIST(ro_mention) mentions;               /* all entities' mentions, by first token        */
    uint32_t *mention_of;                       /* token -> mention; see ro_tree_link_mentions   */
    RO_LIST(ro_attribution) attributions;
    RO_LIST(ro_event) events;
    ro_weighed_list weighed;                    /* if the engine keeps it                        */
    RO_LIST(ro_mark) marks;                     /* what heads are asked about                    */
    RO_LIST(ro_answer) answers;                 /* a head each                                   */
    const float *vectors;                       /* an encoder's, rows of vector_width; these two
                                                   lists are borrowed while heads are asked      */
    const uint32_t *vector_starts;              /* [token + 1]: the rows before a token, which has
                                                   one, or none (white space)                    */
    uint32_t vector_width;
};

/* The bytes of a token, or of tokens [first, end) without the white space behind the last. */
ro_text ro_document_token_text(const ro_document *document, uint32_t token);
ro_text ro_document_span_text(const ro_document *document, uint32_t first, uint32_t end);
/* The byte span of tokens [first, end). */
ro_span ro_document_span(const ro_document *document, uint32_t first, uint32_t end);
/* The first timex, the first place that ends behind a token: the one that holds it, or the next;
 * their count if there is none. */
uint32_t ro_document_timex_behind(const ro_document *document, uint32_t token);
uint32_t ro_document_place_behind(const ro_document *document, uint32_t token);
#endif
