/* token.h - tokens, sentences and names: what parse adds to a document. Plain data. */
#ifndef RO_DOC_TOKEN_H
#define RO_DOC_TOKEN_H
#include "readout.h"

typedef enum ro_upos {
    RO_UPOS_NONE,
#define RO_UPOS(member) RO_UPOS_##member,
#include "doc/upos.def"
#undef RO_UPOS
} ro_upos;
const char *ro_upos_name(ro_upos upos);              /* "" for NONE */
bool ro_upos_parse(ro_text name, ro_upos *upos);     /* "" gives NONE */

#define RO_NONE UINT32_MAX /* no token, no entity, no index */

/* Strings are NUL-terminated, never NULL, and live as long as the document (lower, lemma) or the
 * engine (tag, morph, deprel). */
typedef struct ro_token {
    uint32_t start, end;   /* bytes into the document's text                                    */
    uint32_t head;         /* index of the head token; its own index for a root                 */
    uint32_t left, right;  /* first and last token of its subtree's extent, inclusive           */
    uint32_t first_child, next_sibling; /* RO_NONE if none; set by ro_tree_link                 */
    uint32_t sentence;     /* index into sentences                                              */
    uint32_t name;         /* index into names, RO_NONE if in none                              */
    const char *tag;       /* language-specific tag: NNP, VBD                                   */
    const char *morph;     /* "Number=Sing|Person=3", "" if none                                */
    const char *deprel;    /* nsubj, dobj, ROOT                                                 */
    const char *lemma;
    const char *lower;     /* the lower-cased form                                              */
    uint8_t upos;          /* ro_upos                                                           */
    bool space_after;      /* one U+0020 follows and belongs to this token                      */
    bool is_space;         /* the token itself is white space                                   */
    bool sentence_start;
} ro_token;

typedef struct ro_sentence {
    uint32_t first, end;   /* tokens [first, end) */
} ro_sentence;

/* A named span as the recogniser found it. */
typedef struct ro_name {
    uint32_t first, end;   /* tokens [first, end) */
    const char *label;     /* PERSON, GPE, ORG; lives as long as the engine */
} ro_name;
#endif
