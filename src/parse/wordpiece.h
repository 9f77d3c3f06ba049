/* wordpiece.h - cuts texts into the pieces of words that a BERT-shaped encoder knows. */
#ifndef RO_PARSE_WORDPIECE_H
#define RO_PARSE_WORDPIECE_H
#include "nn/weights.h"
#include "parse/bert_text.h"

#include <jansson.h>

#define RO_WORDPIECE_PREFIX "##" /* of a piece that goes on a word */
#define RO_WORDPIECE_WORD 256    /* "longest_word" at most         */

typedef struct ro_wordpiece ro_wordpiece; /* read-only, shared by threads */

/* Ids that stand for no text. */
typedef struct ro_wordpiece_ids {
    uint32_t unknown, start, end, padding; /* [UNK], [CLS], [SEP], [PAD] */
} ro_wordpiece_ids;

/* A piece: its id and the bytes [start, end) of the text that it stands for. Starts and ends never
 * fall from one piece to the next, but pieces of one character stand for the same bytes. */
typedef struct ro_subword {
    uint32_t id, start, end;
} ro_subword;

/* A growing list of pieces, an RO_LIST with what finding them takes. Zeroed at first but for arena,
 * whose memory all of it is; setting count to 0 empties it and keeps the memory. */
typedef struct ro_subwords {
    ro_subword *items;
    uint32_t count, capacity;
    ro_arena *arena;
    ro_bert_lists lists;
} ro_subwords;

/* Opens the object "wordpiece" of model.json (borrowed only during the call) with the tensors
 * wordpiece/offsets and wordpiece/text, which must outlive it. CORRUPT or UNSUPPORTED say what is
 * wrong; OUT_OF_MEMORY. */
ro_status ro_wordpiece_open(const ro_weights *weights, const json_t *description,
                            const ro_allocator *allocator, ro_wordpiece **wordpiece,
                            ro_error *error);
/* The same by the description in the model file itself; CORRUPT where it holds no pieces. */
ro_status ro_wordpiece_open_model(const ro_weights *weights, const ro_allocator *allocator,
                                  ro_wordpiece **wordpiece, ro_error *error);
void ro_wordpiece_close(ro_wordpiece *wordpiece);
/* How many pieces there are; ids are below it. */
size_t ro_wordpiece_count(const ro_wordpiece *wordpiece);
ro_wordpiece_ids ro_wordpiece_ids_get(const ro_wordpiece *wordpiece);
/* The text of a piece, "##" included; borrowed. */
ro_text ro_wordpiece_text(const ro_wordpiece *wordpiece, uint32_t id);

/* Appends the pieces of a text (valid UTF-8, less than 4 GiB), without [CLS] and [SEP]; a text that
 * spells such a piece is text. Takes time linear in the text. OK, or OUT_OF_MEMORY, after which the
 * list is empty. */
ro_status ro_wordpiece_cut(const ro_wordpiece *wordpiece, ro_text text, ro_subwords *subwords);
#endif
