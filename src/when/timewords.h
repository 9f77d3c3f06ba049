/* timewords.h - the words of time and the readings of a sentence's pieces. Private to src/when. */
#ifndef RO_WHEN_TIMEWORDS_H
#define RO_WHEN_TIMEWORDS_H
#include "base/map.h"
#include "doc/document.h"
#include "lexicon/phrase.h"

typedef enum ro_time_class {
#define RO_TIME_CLASS(member, name) RO_TIME_CLASS_##member,
#include "when/time_class.def"
#undef RO_TIME_CLASS
    RO_TIME_CLASS_COUNT_OF
} ro_time_class;

/* Finds a class by its name in small letters (words.tsv) or capitals (rules.tsv). */
bool ro_timewords_parse_class(ro_text name, bool capitals, ro_time_class *found);

/* The class whose plurals a class has, WEEKDAY of WEEKDAYS; else the class itself. A match keeps
 * both as one. */
ro_time_class ro_timewords_singular(ro_time_class class);

/* One line of words.tsv. */
typedef struct ro_timeword {
    ro_time_class class;
    const char *value;
} ro_timeword;

typedef struct ro_timeform {
    uint32_t word, next;
    ro_phrase_case spelling;
} ro_timeform;

typedef struct ro_timewords {
    ro_arena *arena; /* borrowed */
    ro_map *keys;    /* phrase key -> first form, RO_NONE for a mere beginning */
    RO_LIST(ro_timeword) words;
    RO_LIST(ro_timeform) forms;
} ro_timewords;

/* A stretch of text between hyphens and token edges. */
typedef struct ro_piece {
    uint32_t token;
    ro_text text, lower;
    ro_text tag; /* of its token */
    bool is_hyphen; /* a hyphen with no space at either side */
} ro_piece;

/* What pieces [start, *end) mean as one class. */
typedef struct ro_reading {
    uint32_t end;
    double number;     /* NAN if it is no number or one not told */
    const char *value; /* from words.tsv, "" if read from digits */
    ro_text text;      /* as written, if read from digits        */
} ro_reading;

/* Reads words.tsv. */
ro_status ro_timewords_open(const char *path, ro_arena *arena, const ro_allocator *allocator,
                            ro_timewords *words, ro_error *error);
void ro_timewords_close(ro_timewords *words);
/* Whether a piece can begin a reading of any class. */
bool ro_timewords_begins(const ro_timewords *words, const ro_piece *piece);
/* The longest reading of pieces[start, count) as a class; false if there is none. */
bool ro_timewords_read(const ro_timewords *words, const ro_piece *pieces, uint32_t count,
                       uint32_t start, ro_time_class asked, ro_reading *reading);
/* Reads 7, 1,250, 2.5 or 1/2, whatever the locale. */
bool ro_timewords_parse_number(ro_text text, double *number);
#endif
