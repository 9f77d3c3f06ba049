/* vocabulary.h - what a model says about word forms: string ids and lexical attributes. */
#ifndef RO_PARSE_VOCABULARY_H
#define RO_PARSE_VOCABULARY_H
#include "nn/weights.h"
#include "parse/lookup.h"

/* Read-only tables, borrowed from the weights. */
typedef struct ro_vocabulary {
    const uint64_t *symbol_hashes, *symbol_ids;
    size_t symbol_count;
    ro_lookup norms;        /* spaCy's BASE_NORMS       */
    ro_lookup lexeme_norms; /* the package's own, first */
} ro_vocabulary;

/* CORRUPT if a table is damaged. */
ro_status ro_vocabulary_open(const ro_weights *weights, ro_vocabulary *vocabulary, ro_error *error);

/* spaCy's id of a string: 0 if empty, a symbol's number, else the hash. */
uint64_t ro_vocabulary_id(const ro_vocabulary *vocabulary, ro_text text);

/* The lexical attributes that features and rules read, as ids. */
typedef struct ro_attributes {
    uint64_t orth, lower, norm, prefix, suffix, shape;
    bool is_space;
} ro_attributes;

/* Computes the attributes of a form that is not empty. lower is its lower-cased form; norm, if
 * not empty, wins over the tables (a tokenizer exception's). scratch has room for
 * 4 * form.length + 4 bytes. */
void ro_vocabulary_attributes(const ro_vocabulary *vocabulary, ro_text form, ro_text lower,
                              ro_text norm, char *scratch, ro_attributes *attributes);
#endif
