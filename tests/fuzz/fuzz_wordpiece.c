/* fuzz_wordpiece.c - any text is cut into pieces that stand for bytes of it, in rising order and on
 * edges of characters, with every combination of the normalizer's steps, which the first byte picks.
 */
#include "base/arena.h"
#include "base/text.h"
#include "parse/wordpiece.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char PIECES[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##a\nb\n##b\nab\n##ab\ne\n##e\n.\n";

static void require(bool holds)
{
    if (!holds)
        abort();
}

static ro_weights *open_weights(void)
{
    uint32_t offsets[32] = {0};
    char text[sizeof PIECES];
    uint64_t edges = 1, length = 0;
    for (const char *at = PIECES; *at != '\0'; at++) {
        if (*at != '\n')
            text[length++] = *at;
        else
            offsets[edges++] = (uint32_t)length;
    }
    char path[] = "/tmp/readout-fuzz-XXXXXX";
    int file = mkstemp(path);
    require(file >= 0);
    close(file);
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    ro_weights *weights = NULL;
    require(ro_weights_writer_add(writer, "wordpiece/offsets", RO_WEIGHT_TYPE_U32, 1, &edges,
                                  offsets, NULL) == RO_STATUS_OK);
    require(ro_weights_writer_add(writer, "wordpiece/text", RO_WEIGHT_TYPE_U8, 1, &length, text,
                                  NULL) == RO_STATUS_OK);
    require(ro_weights_writer_write(writer, path, NULL) == RO_STATUS_OK);
    require(ro_weights_open(path, NULL, &weights, NULL) == RO_STATUS_OK);
    remove(path);
    ro_weights_writer_free(writer);
    return weights;
}

static ro_wordpiece *open_steps(const ro_weights *weights, unsigned steps)
{
    json_t *description =
        json_pack("{s:b, s:b, s:b, s:b, s:s, s:i, s:i, s:i, s:i, s:i}", "lowercase", steps & 1,
                  "strip_accents", steps >> 1 & 1, "split_chinese", steps >> 2 & 1, "clean_text",
                  steps >> 3 & 1, "prefix", "##", "longest_word", 5, "unknown", 1, "start", 2,
                  "end", 3, "padding", 0);
    ro_wordpiece *wordpiece = NULL;
    require(ro_wordpiece_open(weights, description, NULL, &wordpiece, NULL) == RO_STATUS_OK);
    json_decref(description);
    return wordpiece;
}

static bool is_edge(ro_text text, size_t at)
{
    return at == text.length || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static void cut(const ro_wordpiece *wordpiece, ro_text text)
{
    ro_subwords pieces = {.arena = ro_arena_new(NULL)};
    require(pieces.arena != NULL);
    require(ro_wordpiece_cut(wordpiece, text, &pieces) == RO_STATUS_OK);
    for (uint32_t i = 0; i < pieces.count; i++) {
        const ro_subword *piece = &pieces.items[i];
        require(piece->id < ro_wordpiece_count(wordpiece));
        require(piece->start < piece->end && piece->end <= text.length);
        require(is_edge(text, piece->start) && is_edge(text, piece->end));
        require(i == 0 || (piece[-1].start <= piece->start && piece[-1].end <= piece->end));
    }
    ro_arena_free(pieces.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ro_weights *weights;
    static ro_wordpiece *wordpieces[16];
    if (weights == NULL) {
        weights = open_weights();
        for (unsigned steps = 0; steps < 16; steps++)
            wordpieces[steps] = open_steps(weights, steps);
    }
    if (size == 0)
        return 0;
    char *text = malloc(size);
    require(text != NULL);
    size_t length = 0;
    for (size_t at = 1; at < size;) {
        size_t valid = ro_text_valid_prefix((const char *)data + at, size - at);
        if (valid > 0)
            memcpy(text + length, data + at, valid);
        length += valid;
        at += valid > 0 ? valid : 1;
    }
    cut(wordpieces[data[0] % 16], (ro_text){text, length});
    free(text);
    return 0;
}
