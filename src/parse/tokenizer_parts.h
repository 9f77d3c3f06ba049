/* tokenizer_parts.h - what tokenizer.c and retokenize.c share; for nobody else. */
#ifndef RO_PARSE_TOKENIZER_PARTS_H
#define RO_PARSE_TOKENIZER_PARTS_H
#include "base/arena.h"
#include "base/map.h"
#include "parse/phrases.h"
#include "parse/regex.h"
#include "parse/tokenizer.h"

typedef struct ro_exception_token {
    ro_text orth, norm; /* norm empty if not given */
} ro_exception_token;

typedef struct ro_exception {
    ro_text text;
    ro_exception_token *tokens;
    uint32_t count;
} ro_exception;

struct ro_tokenizer {
    ro_allocator allocator;
    const ro_vocabulary *vocabulary;
    ro_arena *arena;
    ro_regex *prefix, *suffix, *infix, *token_match, *url_match;
    RO_LIST(ro_exception) exceptions;
    ro_map *by_text;
    size_t longest_exception;
    ro_phrases *phrases; /* exceptions whose tokens may come apart */
};

/* A stretch of text without white space (or of white space), and its forms. */
typedef struct ro_stretch {
    struct ro_stretch *next;
    uint64_t hash;
    ro_text text;
    const uint32_t *forms;
    size_t count;
} ro_stretch;

typedef struct ro_match {
    uint32_t first, end; /* pieces */
} ro_match;

struct ro_tokenizer_scratch {
    ro_allocator allocator;
    ro_regex_scratch *regex;
    ro_arena *lists; /* memory of the lists below */
    RO_LIST(ro_piece) pieces;
    RO_LIST(ro_piece) rewritten;
    RO_LIST(ro_match) matches;
    RO_LIST(uint32_t) stretch;
    RO_LIST(ro_text) suffixes;
    ro_arena *cache;
    ro_stretch **buckets;
    size_t bucket_count;
};

/* Cuts text into scratch->pieces without the pass over the result. */
ro_status ro_tokenizer_split(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                             ro_forms *forms, bool exceptions, ro_text text);

/* Fills tokenizer->phrases: exceptions that affixes, infixes or spaces could cut, or all. */
ro_status ro_retokenize_open(ro_tokenizer *tokenizer, bool all);
/* Replaces pieces that together are an exception by that exception's tokens. */
ro_status ro_retokenize_run(const ro_tokenizer *tokenizer, ro_tokenizer_scratch *scratch,
                            ro_forms *forms, ro_text text);
#endif
