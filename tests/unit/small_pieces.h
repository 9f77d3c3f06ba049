/* small_pieces.h - a small vocabulary of pieces of words as weights of a test's own. */
#ifndef RO_TEST_SMALL_PIECES_H
#define RO_TEST_SMALL_PIECES_H
#include "model_file.h"
#include "parse/wordpiece.h"

static const char *const SMALL_PIECES[] = {
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "kremlin", "##s", "k", "##re", "##rem", "##lin",
    "n", "##aive", ",", ".", "[", "]", "sep", "said", "a", "##a", "\u91ce", "e", "i", "\u0439",
    "##e", "don", "'", "t", "\u2019", "##i", "\u1112", "##\u1161", "##\u11ab", "##",
};
enum { SMALL_COUNT = sizeof SMALL_PIECES / sizeof *SMALL_PIECES };

#define SMALL_DESCRIPTION                                                                          \
    "{\"lowercase\":true,\"strip_accents\":true,\"split_chinese\":true,\"clean_text\":true,"       \
    "\"prefix\":\"##\",\"longest_word\":100,\"unknown\":1,\"start\":2,\"end\":3,\"padding\":0}"

static inline void small_pieces_add(ro_weights_writer *writer, const char *const pieces[],
                                    size_t count)
{
    uint32_t offsets[SMALL_COUNT + 2] = {0};
    char text[1024];
    assert_true(count <= SMALL_COUNT + 1);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(pieces[i]);
        memcpy(text + offsets[i], pieces[i], length);
        offsets[i + 1] = offsets[i] + (uint32_t)length;
    }
    assert_int_equal(ro_weights_writer_add(writer, "wordpiece/offsets", RO_WEIGHT_TYPE_U32, 1,
                                           (const uint64_t[]){count + 1}, offsets, NULL),
                     RO_STATUS_OK);
    assert_int_equal(ro_weights_writer_add(writer, "wordpiece/text", RO_WEIGHT_TYPE_U8, 1,
                                           (const uint64_t[]){offsets[count]}, text, NULL),
                     RO_STATUS_OK);
}

static inline ro_weights *small_pieces_weights(void)
{
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    small_pieces_add(writer, SMALL_PIECES, SMALL_COUNT);
    return model_file_open(writer);
}

/* Opens with a description, which is JSON. */
static inline ro_status small_pieces_open(const ro_weights *weights, const char *description,
                                          const ro_allocator *allocator, ro_wordpiece **wordpiece,
                                          ro_error *error)
{
    json_t *json = json_loads(description, 0, NULL);
    assert_non_null(json);
    ro_status status = ro_wordpiece_open(weights, json, allocator, wordpiece, error);
    json_decref(json);
    return status;
}
#endif
