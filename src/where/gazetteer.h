/* gazetteer.h - names of places all over the world, and where those lie: a table that is mapped and
 * looked things up in. It knows no document. docs/gazetteer.md says what it is made from. */
#ifndef RO_WHERE_GAZETTEER_H
#define RO_WHERE_GAZETTEER_H
#include "doc/entity.h"

typedef struct ro_gazetteer ro_gazetteer;

/* Strings live as long as the gazetteer. */
typedef struct ro_gazetteer_place {
    uint32_t index;      /* of the place, the same for every name of it   */
    const char *name;    /* its main name                                 */
    ro_place_kind kind;
    const char *country; /* alpha-3, "" if none                           */
    const char *within;  /* its first-level division's name, "" if none   */
    double latitude, longitude; /* degrees                                */
    uint32_t people;     /* who live there: the weight among places of one name */
    uint32_t geonames_id; /* 0 if not known                               */
} ro_gazetteer_place;

/* What a phrase is to a place that it names. */
typedef enum ro_gazetteer_naming {
    RO_GAZETTEER_NAMING_MAIN,     /* "Ukraine"                            */
    RO_GAZETTEER_NAMING_OTHER,    /* "Ukrayina"                           */
    RO_GAZETTEER_NAMING_ADJECTIVE /* "Ukrainian"                          */
} ro_gazetteer_naming;

typedef struct ro_gazetteer_use {
    ro_gazetteer_naming naming;
    bool weak; /* also a common word or a name of persons: counts where something speaks for it */
} ro_gazetteer_use;

/* Maps a table made by ro_gazetteer_compile, of which next to nothing is read: what is damaged
 * behind the header is not found later on. Read-only, shared by threads. BAD_FORMAT (no gazetteer),
 * BAD_VERSION, CORRUPT, OUT_OF_MEMORY, or what opening a file returns. */
ro_status ro_gazetteer_open(const char *path, const ro_allocator *allocator,
                            ro_gazetteer **gazetteer, ro_error *error);
/* The same over a table in memory, borrowed and aligned to 8 bytes. */
ro_status ro_gazetteer_open_table(const void *bytes, size_t length, const ro_allocator *allocator,
                                  ro_gazetteer **gazetteer);
void ro_gazetteer_close(ro_gazetteer *gazetteer);
/* The table that it reads; borrowed. */
ro_text ro_gazetteer_table(const ro_gazetteer *gazetteer);
/* Whether the table is as it was written; reads all of it. */
bool ro_gazetteer_is_whole(const ro_gazetteer *gazetteer);

/* How many entries name places as phrase does (valid UTF-8; compared as phrase.h does, whatever the
 * case), and the first of them: those of places with most people first. 0 if there are none. */
uint32_t ro_gazetteer_find(const ro_gazetteer *gazetteer, ro_text phrase, uint32_t *first);
/* The place of an entry, and how that names it (use may be NULL); false, leaving both, if there is
 * no such entry, or it is damaged. */
bool ro_gazetteer_at(const ro_gazetteer *gazetteer, uint32_t entry, ro_gazetteer_place *place,
                     ro_gazetteer_use *use);

/* A name being read word by word. */
#define RO_GAZETTEER_KEY 160
typedef struct ro_gazetteer_cursor {
    uint32_t first, count; /* the entries that are exactly what was read so far */
    uint32_t low, length;
    char key[RO_GAZETTEER_KEY];
} ro_gazetteer_cursor;

/* Starts a cursor: set it to RO_GAZETTEER_CURSOR, then add tokens while it returns true; where
 * cursor->count was last above 0 is the longest match. False: no name goes on like this. */
#define RO_GAZETTEER_CURSOR ((ro_gazetteer_cursor){.count = 0})
bool ro_gazetteer_read(const ro_gazetteer *gazetteer, ro_gazetteer_cursor *cursor, ro_text token);

/* How many places and names there are, and a place by its index, false if there is none or it is
 * damaged. */
uint32_t ro_gazetteer_place_count(const ro_gazetteer *gazetteer);
uint32_t ro_gazetteer_name_count(const ro_gazetteer *gazetteer);
bool ro_gazetteer_place_at(const ro_gazetteer *gazetteer, uint32_t index,
                           ro_gazetteer_place *place);
/* A country by its code; false if there is no such country. */
bool ro_gazetteer_country(const ro_gazetteer *gazetteer, const char *alpha3,
                          ro_gazetteer_place *place);
#endif
