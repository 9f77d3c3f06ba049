/* pack.h - reading msgpack, as a spaCy package holds it. */
#ifndef RO_PARSE_PACK_H
#define RO_PARSE_PACK_H
#include "readout.h"

#include <msgpack.h>

/* One unpacked file; its objects borrow from it and from the bytes. */
typedef struct ro_pack {
    msgpack_unpacked unpacked;
    const msgpack_object *root; /* NULL before ro_pack_open */
} ro_pack;

/* Unpacks bytes, which must hold one object and nothing more. False if they do not, or without
 * memory; then there is nothing to close. */
bool ro_pack_open(ro_text bytes, ro_pack *pack);
void ro_pack_close(ro_pack *pack);
/* The value of a key (string or bytes) of a map; NULL if object is NULL, no map, or lacks it. */
const msgpack_object *ro_pack_get(const msgpack_object *object, const char *key);
/* What an object holds, false if it is NULL or of another type. Bytes count as text. */
bool ro_pack_text(const msgpack_object *object, ro_text *text);
bool ro_pack_natural(const msgpack_object *object, uint64_t *number);
bool ro_pack_truth(const msgpack_object *object, bool *truth);
bool ro_pack_array(const msgpack_object *object, msgpack_object_array *array);
bool ro_pack_map(const msgpack_object *object, msgpack_object_map *map);
#endif
