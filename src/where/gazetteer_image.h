/* gazetteer_image.h - the bytes of a compiled gazetteer: what gazetteer_make.c writes and
 * gazetteer.c reads in place. Behind the header come, each aligned to 8 bytes: places, keys,
 * entries, strings. Nothing in it depends on where it lies. */
#ifndef RO_WHERE_GAZETTEER_IMAGE_H
#define RO_WHERE_GAZETTEER_IMAGE_H
#include "readout.h"

#define RO_GAZETTEER_IMAGE_MAGIC "readoutG"
/* To be counted up when the layout changes, or what is made of the same text. */
#define RO_GAZETTEER_IMAGE_VERSION 1u
#define RO_GAZETTEER_IMAGE_BYTE_ORDER 0x01020304u

typedef struct ro_gazetteer_header {
    char magic[8];
    uint64_t checksum; /* MurmurHash64A, seed 0, of all bytes behind it */
    uint32_t version, byte_order;
    uint64_t length; /* of all of it */
    uint32_t places, countries, keys, entries, strings, zero;
} ro_gazetteer_header;

/* Countries come first, in the order of their codes. Strings are places among the strings, each
 * with a NUL behind it; 0 is "". */
typedef struct ro_gazetteer_record {
    uint32_t name, within, geonames_id, people;
    int32_t latitude, longitude; /* hundred thousandths of a degree */
    char country[4];             /* alpha-3 and NUL, or NULs        */
    uint8_t kind, zero[3];
} ro_gazetteer_record;

/* A phrase as phrase.c makes it, in the order of the bytes of their text; its entries go on to
 * those of the next key. One key more than there are, without a text, ends the last. */
typedef struct ro_gazetteer_key {
    uint32_t text, first;
} ro_gazetteer_key;

/* An entry: a place and how the key names it. Those of a key are in the order of people there. */
#define RO_GAZETTEER_ENTRY_PLACE 0x0fffffffu
#define RO_GAZETTEER_ENTRY_NAMING 28 /* two bits: ro_gazetteer_naming */
#define RO_GAZETTEER_ENTRY_WEAK 0x40000000u

_Static_assert(sizeof(ro_gazetteer_header) == 56, "the header is 56 bytes");
_Static_assert(sizeof(ro_gazetteer_record) == 32, "a place is 32 bytes");
_Static_assert(sizeof(ro_gazetteer_key) == 8, "a key is 8 bytes");

/* The parts of an image, borrowed from its bytes. */
typedef struct ro_gazetteer_image {
    const ro_gazetteer_header *header;
    const ro_gazetteer_record *places;
    const ro_gazetteer_key *keys;
    const uint32_t *entries;
    const char *strings;
} ro_gazetteer_image;

/* Where each part begins; length is where the last one ends. */
typedef struct ro_gazetteer_layout {
    uint64_t places, keys, entries, strings, length;
} ro_gazetteer_layout;
ro_gazetteer_layout ro_gazetteer_image_layout(const ro_gazetteer_header *header);
/* The checksum of a whole image. */
uint64_t ro_gazetteer_image_checksum(const void *bytes, size_t length);
/* Checks the header of bytes (aligned to 8) and that the parts lie in them, and finds those; looks
 * at nothing else, so that opening costs the same for every size. BAD_FORMAT (no image),
 * BAD_VERSION, CORRUPT. */
ro_status ro_gazetteer_image_open(const void *bytes, size_t length, ro_gazetteer_image *image);
#endif
