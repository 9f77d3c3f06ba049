/* wordpiece.c - cuts texts into pieces of words, as HuggingFace's BertPreTokenizer and WordPiece do
 * it: words end at white space and around punctuation; of a word the longest beginning that is a
 * piece is taken, then the longest of the rest ("##" and on), and a word that cannot be cut so, or
 * is too long, is one unknown piece (tokenizers, models/wordpiece). Characters are bert_text.c's.
 *
 * Pieces are found by an open-addressed table of their hashes (FNV-1a, which goes on from a shorter
 * beginning to a longer one), half full at most, made when the model is opened.
 */
#include "parse/wordpiece.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "parse/description.h"

enum { CHARACTER_BYTES = 4, FIRST_SLOTS = 16 };

typedef struct slot {
    uint32_t hash, number; /* number: id + 1, 0 if free */
} slot;

struct ro_wordpiece {
    ro_allocator allocator;
    const uint32_t *offsets;
    const char *text;
    uint32_t count, longest_word;
    uint32_t longest_piece[2]; /* bytes of a piece that begins, that goes on a word */
    ro_wordpiece_ids ids;
    ro_bert_options options;
    slot *slots;
    size_t slot_count; /* a power of two */
};

/* ---- the vocabulary -------------------------------------------------------------------------- */

static uint64_t hash_start(bool goes_on)
{
    return goes_on ? 0x84222325CBF29CE4 : 0xCBF29CE484222325;
}

static uint64_t hash_add(uint64_t hash, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001B3;
    return hash;
}

/* FNV's low bits depend on the last byte's low bits alone. */
static uint32_t hash_end(uint64_t hash)
{
    return (uint32_t)((hash ^ hash >> 29) * 0x9E3779B97F4A7C15 >> 32);
}

ro_text ro_wordpiece_text(const ro_wordpiece *wordpiece, uint32_t id)
{
    uint32_t start = wordpiece->offsets[id];
    return (ro_text){wordpiece->text + start, wordpiece->offsets[id + 1] - start};
}

/* A piece without the mark that it goes on a word. */
static ro_text stem_of(const ro_wordpiece *wordpiece, uint32_t id, bool *goes_on)
{
    ro_text text = ro_wordpiece_text(wordpiece, id);
    *goes_on = ro_text_starts(text, RO_WORDPIECE_PREFIX);
    size_t skipped = *goes_on ? strlen(RO_WORDPIECE_PREFIX) : 0;
    return (ro_text){text.data + skipped, text.length - skipped};
}

/* The slot of a piece, or the free one where it belongs. */
static slot *find(const ro_wordpiece *wordpiece, uint32_t hash, bool goes_on, ro_text stem)
{
    size_t last = wordpiece->slot_count - 1;
    for (size_t at = hash & last;; at = (at + 1) & last) {
        slot *each = &wordpiece->slots[at];
        bool other;
        if (each->number == 0)
            return each;
        if (each->hash == hash &&
            ro_text_equal(stem_of(wordpiece, each->number - 1, &other), stem) && other == goes_on)
            return each;
    }
}

static ro_status refuse(const ro_weights *weights, ro_error *error, ro_status status,
                        const char *what)
{
    return ro_error_set_at(error, status, "model", ro_weights_path(weights), 0, UINT64_MAX,
                           "wordpiece: %s", what);
}

static ro_status fill_slots(ro_wordpiece *wordpiece, const ro_weights *weights, ro_error *error)
{
    size_t count = FIRST_SLOTS;
    while (count / 2 < wordpiece->count)
        count *= 2;
    wordpiece->slots = ro_alloc_zeroed(&wordpiece->allocator, count, sizeof *wordpiece->slots);
    if (wordpiece->slots == NULL)
        return refuse(weights, error, RO_STATUS_OUT_OF_MEMORY, "no memory for the vocabulary");
    wordpiece->slot_count = count;
    for (uint32_t id = 0; id < wordpiece->count; id++) {
        bool goes_on;
        ro_text stem = stem_of(wordpiece, id, &goes_on);
        if (!ro_text_is_valid(stem))
            return refuse(weights, error, RO_STATUS_CORRUPT, "a piece is no UTF-8");
        uint32_t hash = hash_end(hash_add(hash_start(goes_on), stem.data, stem.length));
        slot *place = find(wordpiece, hash, goes_on, stem);
        if (place->number != 0)
            return refuse(weights, error, RO_STATUS_CORRUPT, "two pieces are the same");
        *place = (slot){hash, id + 1};
        if (stem.length > wordpiece->longest_piece[goes_on])
            wordpiece->longest_piece[goes_on] = (uint32_t)stem.length;
    }
    return RO_STATUS_OK;
}

static ro_status open_vocabulary(ro_wordpiece *wordpiece, const ro_weights *weights,
                                 ro_error *error)
{
    const ro_weight *offsets, *text;
    ro_status status = ro_weights_get(weights, "wordpiece/offsets", RO_WEIGHT_TYPE_U32, 1,
                                      (const uint64_t[]){0}, &offsets, error);
    if (status == RO_STATUS_OK)
        status = ro_weights_get(weights, "wordpiece/text", RO_WEIGHT_TYPE_U8, 1,
                                (const uint64_t[]){0}, &text, error);
    if (status != RO_STATUS_OK)
        return status;
    const uint32_t *edges = offsets->data;
    uint64_t count = offsets->dims[0];
    bool ordered =
        count >= 2 && count <= INT32_MAX && edges[0] == 0 && edges[count - 1] == text->dims[0];
    for (uint64_t i = 1; ordered && i < count; i++)
        ordered = edges[i - 1] <= edges[i];
    if (!ordered)
        return refuse(weights, error, RO_STATUS_CORRUPT, "the pieces do not cover their text");
    wordpiece->offsets = edges;
    wordpiece->text = text->data;
    wordpiece->count = (uint32_t)(count - 1);
    return fill_slots(wordpiece, weights, error);
}

/* ---- opening --------------------------------------------------------------------------------- */

static bool read_truth(const json_t *description, const char *key, bool *truth)
{
    const json_t *value = json_object_get(description, key);
    *truth = json_is_true(value);
    return json_is_boolean(value);
}

static bool read_number(const json_t *description, const char *key, uint32_t most, uint32_t *number)
{
    const json_t *value = json_object_get(description, key);
    json_int_t found = json_integer_value(value);
    *number = (uint32_t)found;
    return json_is_integer(value) && found >= 0 && found <= most;
}

static ro_status read_description(ro_wordpiece *wordpiece, const json_t *description,
                                  const ro_weights *weights, ro_error *error)
{
    ro_bert_options *options = &wordpiece->options;
    ro_wordpiece_ids *ids = &wordpiece->ids;
    const char *prefix = json_string_value(json_object_get(description, "prefix"));
    uint32_t last = wordpiece->count - 1;
    if (!read_truth(description, "clean_text", &options->clean_text) ||
        !read_truth(description, "split_chinese", &options->split_chinese) ||
        !read_truth(description, "strip_accents", &options->strip_accents) ||
        !read_truth(description, "lowercase", &options->lowercase))
        return refuse(weights, error, RO_STATUS_CORRUPT,
                      "clean_text, split_chinese, strip_accents or lowercase is missing");
    if (prefix == NULL || strcmp(prefix, RO_WORDPIECE_PREFIX) != 0)
        return refuse(weights, error, RO_STATUS_UNSUPPORTED, "the prefix is not '##'");
    if (!read_number(description, "longest_word", RO_WORDPIECE_WORD, &wordpiece->longest_word) ||
        wordpiece->longest_word == 0)
        return refuse(weights, error, RO_STATUS_UNSUPPORTED, "longest_word is not in 1 to 256");
    if (!read_number(description, "unknown", last, &ids->unknown) ||
        !read_number(description, "start", last, &ids->start) ||
        !read_number(description, "end", last, &ids->end) ||
        !read_number(description, "padding", last, &ids->padding))
        return refuse(weights, error, RO_STATUS_CORRUPT,
                      "unknown, start, end or padding is no piece of the vocabulary");
    return RO_STATUS_OK;
}

ro_status ro_wordpiece_open(const ro_weights *weights, const json_t *description,
                            const ro_allocator *allocator, ro_wordpiece **wordpiece,
                            ro_error *error)
{
    const ro_allocator *from = ro_alloc_or_default(allocator);
    ro_wordpiece *made = ro_alloc_zeroed(from, 1, sizeof *made);
    if (made == NULL)
        return refuse(weights, error, RO_STATUS_OUT_OF_MEMORY, "no memory for the vocabulary");
    made->allocator = *from;
    ro_status status = open_vocabulary(made, weights, error);
    if (status == RO_STATUS_OK)
        status = read_description(made, description, weights, error);
    if (status != RO_STATUS_OK) {
        ro_wordpiece_close(made);
        return status;
    }
    *wordpiece = made;
    return RO_STATUS_OK;
}

ro_status ro_wordpiece_open_model(const ro_weights *weights, const ro_allocator *allocator,
                                  ro_wordpiece **wordpiece, ro_error *error)
{
    json_t *description;
    ro_status status = ro_description_read(weights, &description, error);
    if (status != RO_STATUS_OK)
        return status;
    const json_t *described = json_object_get(description, "wordpiece");
    if (described != NULL)
        status = ro_wordpiece_open(weights, described, allocator, wordpiece, error);
    else
        status = refuse(weights, error, RO_STATUS_CORRUPT, "this model has no pieces of words");
    json_decref(description);
    return status;
}

void ro_wordpiece_close(ro_wordpiece *wordpiece)
{
    if (wordpiece == NULL)
        return;
    const ro_allocator allocator = wordpiece->allocator;
    ro_alloc_free(&allocator, wordpiece->slots, wordpiece->slot_count, sizeof *wordpiece->slots);
    ro_alloc_free(&allocator, wordpiece, 1, sizeof *wordpiece);
}

size_t ro_wordpiece_count(const ro_wordpiece *wordpiece)
{
    return wordpiece->count;
}

ro_wordpiece_ids ro_wordpiece_ids_get(const ro_wordpiece *wordpiece)
{
    return wordpiece->ids;
}

/* ---- cutting --------------------------------------------------------------------------------- */

/* A word as it is read. Of a word that is too long only its length and its bytes in the text are
 * kept, for it is one unknown piece. */
typedef struct word {
    size_t count;        /* characters                                       */
    uint32_t start, end; /* bytes of the text                                */
    struct {
        uint32_t at;         /* of the character in bytes                    */
        uint32_t start, end; /* bytes of the text                            */
    } characters[RO_WORDPIECE_WORD + 1];
    char bytes[RO_WORDPIECE_WORD * CHARACTER_BYTES];
} word;

static void add_character(word *to, const ro_bert_character *character, uint32_t longest)
{
    if (to->count == 0) {
        to->start = character->start;
        to->characters[0].at = 0;
    }
    if (to->count < longest) {
        uint32_t at = to->characters[to->count].at;
        to->characters[to->count].start = character->start;
        to->characters[to->count].end = character->end;
        at += (uint32_t)ro_text_encode(character->code_point, to->bytes + at);
        to->characters[to->count + 1].at = at;
    }
    to->end = character->end;
    to->count++;
}

/* The longest piece at a character of a word; *end is the character behind it. */
static bool find_piece(const ro_wordpiece *wordpiece, const word *in, size_t start, size_t *end,
                       uint32_t *id)
{
    uint32_t hashes[RO_WORDPIECE_WORD];
    bool goes_on = start > 0;
    uint32_t from = in->characters[start].at;
    uint64_t hash = hash_start(goes_on);
    size_t last = start;
    while (last < in->count &&
           in->characters[last + 1].at - from <= wordpiece->longest_piece[goes_on]) {
        uint32_t at = in->characters[last].at;
        hash = hash_add(hash, in->bytes + at, in->characters[last + 1].at - at);
        hashes[last++] = hash_end(hash);
    }
    for (; last > start; last--) {
        ro_text stem = {in->bytes + from, in->characters[last].at - from};
        const slot *found = find(wordpiece, hashes[last - 1], goes_on, stem);
        if (found->number != 0) {
            *id = found->number - 1;
            *end = last;
            return true;
        }
    }
    return false;
}

static bool add(ro_subwords *subwords, uint32_t id, uint32_t start, uint32_t end)
{
    ro_subword *added = RO_LIST_ADD(subwords->arena, subwords);
    if (added != NULL)
        *added = (ro_subword){id, start, end};
    return added != NULL;
}

/* Appends the pieces of a word and empties it; false without memory. */
static bool end_word(const ro_wordpiece *wordpiece, word *ended, ro_subwords *subwords)
{
    size_t count = ended->count, start = 0, end;
    uint32_t before = subwords->count, id;
    if (count == 0)
        return true;
    while (count <= wordpiece->longest_word && start < count &&
           find_piece(wordpiece, ended, start, &end, &id)) {
        if (!add(subwords, id, ended->characters[start].start, ended->characters[end - 1].end))
            return false;
        start = end;
    }
    ended->count = 0;
    if (start == count)
        return true;
    subwords->count = before;
    return add(subwords, wordpiece->ids.unknown, ended->start, ended->end);
}

ro_status ro_wordpiece_cut(const ro_wordpiece *wordpiece, ro_text text, ro_subwords *subwords)
{
    ro_bert_text reading;
    ro_bert_character character;
    word current;
    bool room = true;
    current.count = 0;
    ro_bert_text_start(&reading, wordpiece->options, text, subwords->arena, &subwords->lists);
    ro_status status;
    while (room && (status = ro_bert_text_next(&reading, &character)) == RO_STATUS_OK) {
        bool space = ro_bert_text_is_space(character.code_point);
        bool apart = !space && ro_bert_text_is_punctuation(character.code_point);
        if (space || apart)
            room = end_word(wordpiece, &current, subwords);
        if (!space)
            add_character(&current, &character, wordpiece->longest_word);
        if (apart && room)
            room = end_word(wordpiece, &current, subwords);
    }
    if (room && status == RO_STATUS_END && end_word(wordpiece, &current, subwords))
        return RO_STATUS_OK;
    subwords->items = NULL; /* a list that could not grow is lost */
    subwords->count = subwords->capacity = 0;
    return RO_STATUS_OUT_OF_MEMORY;
}
