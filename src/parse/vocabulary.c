/* vocabulary.c - lexical attributes of word forms, as spaCy computes them (lang/lex_attrs.py,
 * vocab.pyx, strings.pyx).
 */
#include "parse/vocabulary.h"

#include "base/error.h"
#include "base/text.h"

enum { STRING_SEED = 1, SUFFIX_CHARACTERS = 3, LONG_FORM = 100, SHAPE_RUN = 4 };

ro_status ro_vocabulary_open(const ro_weights *weights, ro_vocabulary *vocabulary, ro_error *error)
{
    const ro_weight *hashes, *ids;
    ro_status status = ro_weights_get(weights, "symbols/keys", RO_WEIGHT_TYPE_U64, 1,
                                      (const uint64_t[]){0}, &hashes, error);
    if (status == RO_STATUS_OK)
        status = ro_weights_get(weights, "symbols/values", RO_WEIGHT_TYPE_U64, 1, hashes->dims,
                                &ids, error);
    if (status == RO_STATUS_OK)
        status = ro_lookup_open(weights, "norms", &vocabulary->norms, error);
    if (status == RO_STATUS_OK)
        status = ro_lookup_open(weights, "lookups/lexeme_norm", &vocabulary->lexeme_norms, error);
    if (status != RO_STATUS_OK)
        return status;
    if (!ro_lookup_sorted(hashes->data, (size_t)hashes->dims[0]))
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(weights), 0,
                               UINT64_MAX, "table symbols: its keys are not sorted");
    vocabulary->symbol_hashes = hashes->data;
    vocabulary->symbol_ids = ids->data;
    vocabulary->symbol_count = (size_t)hashes->dims[0];
    return RO_STATUS_OK;
}

uint64_t ro_vocabulary_id(const ro_vocabulary *vocabulary, ro_text text)
{
    if (text.length == 0)
        return 0;
    uint64_t hash = ro_text_hash(text.data, text.length, STRING_SEED);
    size_t at = ro_lookup_search(vocabulary->symbol_hashes, vocabulary->symbol_count, hash);
    return at < vocabulary->symbol_count ? vocabulary->symbol_ids[at] : hash;
}

/* "Xxxx", "dd.dd": letters and digits by kind, a kind at most four times in a row. */
static size_t write_shape(ro_text form, char *out)
{
    size_t length = 0, at = 0, run = 0;
    uint32_t last = 0;
    while (at < form.length) {
        uint32_t c = ro_text_decode(form, &at);
        uint32_t kind = c;
        if (ro_text_is_alpha(c))
            kind = ro_text_is_upper(c) ? 'X' : 'x';
        else if (ro_text_is_digit(c))
            kind = 'd';
        run = length > 0 && kind == last ? run + 1 : 0;
        last = kind;
        if (run < SHAPE_RUN)
            length += ro_text_encode(kind, out + length);
    }
    return length;
}

static ro_text suffix_of(ro_text form)
{
    size_t at = form.length;
    for (size_t characters = 0; characters < SUFFIX_CHARACTERS && at > 0; characters++)
        do
            at--;
        while (at > 0 && ((unsigned char)form.data[at] & 0xC0) == 0x80);
    return (ro_text){form.data + at, form.length - at};
}

static bool is_space(ro_text form)
{
    for (size_t at = 0; at < form.length;)
        if (!ro_text_is_space(ro_text_decode(form, &at)))
            return false;
    return form.length > 0;
}

void ro_vocabulary_attributes(const ro_vocabulary *vocabulary, ro_text form, ro_text lower,
                              ro_text norm, char *scratch, ro_attributes *attributes)
{
    uint64_t orth = ro_vocabulary_id(vocabulary, form);
    ro_text found = lower;
    if (norm.length > 0)
        found = norm;
    else if (!ro_lookup_find(&vocabulary->lexeme_norms, orth, &found))
        ro_lookup_find(&vocabulary->norms, orth, &found);
    size_t first = 0;
    ro_text_decode(form, &first);
    bool is_long = form.length >= LONG_FORM && ro_text_count(form) >= LONG_FORM;
    ro_text shape = RO_TEXT("LONG");
    if (!is_long)
        shape = (ro_text){scratch, write_shape(form, scratch)};
    *attributes = (ro_attributes){
        .orth = orth,
        .lower = ro_vocabulary_id(vocabulary, lower),
        .norm = ro_vocabulary_id(vocabulary, found),
        .prefix = ro_vocabulary_id(vocabulary, (ro_text){form.data, first}),
        .suffix = ro_vocabulary_id(vocabulary, suffix_of(form)),
        .shape = ro_vocabulary_id(vocabulary, shape),
        .is_space = is_space(form),
    };
}
