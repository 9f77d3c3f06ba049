/* bert_text.h - the characters of a text as HuggingFace's BertNormalizer gives them, one by one. */
#ifndef RO_PARSE_BERT_TEXT_H
#define RO_PARSE_BERT_TEXT_H
#include "base/arena.h"

/* Which steps are taken, in this order. */
typedef struct ro_bert_options {
    bool clean_text;    /* controls go, white space becomes spaces      */
    bool split_chinese; /* CJK ideographs stand between spaces          */
    bool strip_accents; /* canonical decomposition without its marks    */
    bool lowercase;
} ro_bert_options;

/* A character and the bytes [start, end) of the text that it stands for. */
typedef struct ro_bert_character {
    uint32_t code_point, start, end;
} ro_bert_character;

/* A character that waits for its turn among marks. */
typedef struct ro_bert_pending {
    ro_bert_character character;
    uint8_t class; /* canonical combining class                     */
    bool first;    /* of what one character of the text became      */
} ro_bert_pending;

/* Lists that a reading needs and the next may use again; zeroed at first, memory of the arena. */
typedef struct ro_bert_lists {
    RO_LIST(ro_bert_pending) pending;
    RO_LIST(ro_bert_pending) sorted;
    RO_LIST(ro_bert_character) given;
} ro_bert_lists;

/* One reading of one text. */
typedef struct ro_bert_text {
    ro_bert_options options;
    ro_text text;
    size_t at;
    ro_arena *arena;
    ro_bert_lists *lists;
    uint32_t next; /* of lists->pending */
} ro_bert_text;

/* Starts reading valid UTF-8 of less than 4 GiB, borrowed as arena and lists are. */
void ro_bert_text_start(ro_bert_text *reading, ro_bert_options options, ro_text text,
                        ro_arena *arena, ro_bert_lists *lists);
/* Gives the next character: OK, END, or OUT_OF_MEMORY (the lists are then empty again). Their bytes
 * are in rising order, though not always apart. All of a text takes linear time. */
ro_status ro_bert_text_next(ro_bert_text *reading, ro_bert_character *character);

/* White space (Rust's char::is_whitespace) and punctuation, as BertPreTokenizer has them. */
bool ro_bert_text_is_space(uint32_t code_point);
bool ro_bert_text_is_punctuation(uint32_t code_point);
#endif
