/* weights_layout.h - the bytes of a model file as weights.c and weights_writer.c see them. */
#ifndef RO_NN_WEIGHTS_LAYOUT_H
#define RO_NN_WEIGHTS_LAYOUT_H
#include "nn/weights.h"

#define RO_WEIGHTS_LAYOUT_MAGIC "readoutM"
#define RO_WEIGHTS_LAYOUT_VERSION 1u
#define RO_WEIGHTS_LAYOUT_BYTE_ORDER 0x01020304u

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "a model file is read in place and holds little-endian numbers"
#endif

typedef struct ro_weights_header {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t file_size, directory;
    uint32_t count, reserved;
    uint64_t checksum; /* MurmurHash64A, seed 0, of all bytes behind the header */
    char zero[16];
} ro_weights_header;

typedef struct ro_weights_entry {
    char name[RO_WEIGHT_NAME_SIZE];
    uint32_t type, rank;
    uint64_t dims[RO_WEIGHT_RANK_MAX];
    uint64_t offset, bytes;
    char zero[8];
} ro_weights_entry;

_Static_assert(sizeof(ro_weights_header) == 64, "the header is 64 bytes");
_Static_assert(sizeof(ro_weights_entry) == 128, "a directory entry is 128 bytes");

/* The bytes of a shape of elements of this size; false if they overflow. */
bool ro_weights_layout_bytes(uint64_t size, uint32_t rank, const uint64_t *dims, uint64_t *bytes);
#endif
