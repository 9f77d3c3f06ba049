/* image.h - the bytes of a compiled lexicon: what compile.c writes and lexicon.c reads in place,
 * from a file as from memory. Behind the header come, each aligned to 8 bytes: facts, forms, slots,
 * sectors, strings. Nothing in it depends on where it lies. */
#ifndef RO_LEXICON_IMAGE_H
#define RO_LEXICON_IMAGE_H
#include "readout.h"

#define RO_IMAGE_MAGIC "readoutL"
/* To be counted up when the layout changes, or what is made of the same text. */
#define RO_IMAGE_VERSION 2u
#define RO_IMAGE_BYTE_ORDER 0x01020304u
#define RO_IMAGE_NONE UINT32_MAX

typedef struct ro_image_header {
    char magic[8];
    uint64_t checksum; /* MurmurHash64A, seed 0, of all bytes behind it */
    uint32_t version, byte_order;
    uint64_t digest; /* of the text it was made from */
    uint64_t length; /* of all of it                 */
    uint32_t facts, forms, slots, sectors, strings, zero;
} ro_image_header;

/* Strings are places among the strings, each with a NUL behind it; 0 is "". */
typedef struct ro_image_fact {
    uint32_t name, code, country, sectors, role, parent, source;
    ro_date from, until;
    uint8_t what, pronoun;
    uint16_t layer; /* 0 ours; own lexicons from 1 on */
} ro_image_fact;

/* A form, or a holder of an office; those of one key are chained upwards to RO_IMAGE_NONE. */
typedef struct ro_image_form {
    uint32_t fact, next;
    uint8_t spelling, weak, zero[2];
} ro_image_form;

/* A hash table with linear probing; its size is a power of two. Keys are phrases as phrase.c makes
 * them, valued by their first form, or RO_IMAGE_NONE for a mere beginning of a longer one. What
 * else is looked up has a letter in front, which no phrase begins with. */
typedef struct ro_image_slot {
    uint32_t hash, key, value; /* key 0: free */
} ro_image_slot;

#define RO_IMAGE_COUNTRY '\1' /* alpha-3 -> fact                          */
#define RO_IMAGE_SECTOR '\2'  /* letters -> place in the sectors          */
#define RO_IMAGE_NOUN '\3'    /* name of a role, body, group, site -> fact */
#define RO_IMAGE_OFFICE '\4'  /* "FRA president" -> first holder          */

_Static_assert(sizeof(ro_image_header) == 64, "the header is 64 bytes");
_Static_assert(sizeof(ro_image_fact) == 40, "a fact is 40 bytes");
_Static_assert(sizeof(ro_image_form) == 12, "a form is 12 bytes");
_Static_assert(sizeof(ro_image_slot) == 12, "a slot is 12 bytes");

/* The parts of an image, borrowed from its bytes. */
typedef struct ro_image {
    const ro_image_header *header;
    const ro_image_fact *facts;
    const ro_image_form *forms;
    const ro_image_slot *slots;
    const uint32_t *sectors; /* facts, in the order of sectors.tsv */
    const char *strings;
} ro_image;

/* Where each part begins; length is where the last one ends. */
typedef struct ro_image_layout {
    uint64_t facts, forms, slots, sectors, strings, length;
} ro_image_layout;
ro_image_layout ro_image_layout_of(const ro_image_header *header);
/* The hash that the slots go by. */
uint32_t ro_image_hash(const char *key, size_t length);
/* The checksum of a whole image. */
uint64_t ro_image_checksum(const void *bytes, size_t length);
/* Checks every number in bytes (aligned to 8) and finds the parts. BAD_FORMAT (no image),
 * BAD_VERSION, CORRUPT. */
ro_status ro_image_open(const void *bytes, size_t length, ro_image *image);
/* The value of a key; RO_IMAGE_NONE and false if it is absent. */
bool ro_image_find(const ro_image *image, const char *key, size_t length, uint32_t *value);
#endif
