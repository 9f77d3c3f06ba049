/* pack.c - reads msgpack objects by type and key, over msgpack-c, which bounds their depth. What
 * they mean is left to the import_*.c files.
 */
#include "parse/pack.h"

#include "base/text.h"

bool ro_pack_open(ro_text bytes, ro_pack *pack)
{
    size_t offset = 0;
    msgpack_unpacked_init(&pack->unpacked);
    msgpack_unpack_return result =
        msgpack_unpack_next(&pack->unpacked, bytes.data, bytes.length, &offset);
    if (result != MSGPACK_UNPACK_SUCCESS || offset != bytes.length) {
        msgpack_unpacked_destroy(&pack->unpacked);
        pack->root = NULL;
        return false;
    }
    pack->root = &pack->unpacked.data;
    return true;
}

void ro_pack_close(ro_pack *pack)
{
    if (pack->root != NULL)
        msgpack_unpacked_destroy(&pack->unpacked);
    pack->root = NULL;
}

const msgpack_object *ro_pack_get(const msgpack_object *object, const char *key)
{
    msgpack_object_map map;
    if (!ro_pack_map(object, &map))
        return NULL;
    for (uint32_t i = 0; i < map.size; i++) {
        ro_text name;
        if (ro_pack_text(&map.ptr[i].key, &name) && ro_text_equal_string(name, key))
            return &map.ptr[i].val;
    }
    return NULL;
}

bool ro_pack_text(const msgpack_object *object, ro_text *text)
{
    if (object != NULL && object->type == MSGPACK_OBJECT_STR)
        *text = (ro_text){object->via.str.ptr, object->via.str.size};
    else if (object != NULL && object->type == MSGPACK_OBJECT_BIN)
        *text = (ro_text){object->via.bin.ptr, object->via.bin.size};
    else
        return false;
    return true;
}

bool ro_pack_natural(const msgpack_object *object, uint64_t *number)
{
    if (object == NULL || object->type != MSGPACK_OBJECT_POSITIVE_INTEGER)
        return false;
    *number = object->via.u64;
    return true;
}

bool ro_pack_truth(const msgpack_object *object, bool *truth)
{
    if (object == NULL || object->type != MSGPACK_OBJECT_BOOLEAN)
        return false;
    *truth = object->via.boolean;
    return true;
}

bool ro_pack_array(const msgpack_object *object, msgpack_object_array *array)
{
    if (object == NULL || object->type != MSGPACK_OBJECT_ARRAY)
        return false;
    *array = object->via.array;
    return true;
}

bool ro_pack_map(const msgpack_object *object, msgpack_object_map *map)
{
    if (object == NULL || object->type != MSGPACK_OBJECT_MAP)
        return false;
    *map = object->via.map;
    return true;
}
