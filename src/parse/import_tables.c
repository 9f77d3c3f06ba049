/* import_tables.c - writes look-up tables keyed by spaCy's string ids: symbols, norms, and what
 * lookups.bin holds (msgpack: {table: {id: string or list of strings}}). The layout is in
 * docs/model-format.md; table.c reads it. The lemmatizer's tables are import_rules.c's.
 */
#include "base/text.h"
#include "parse/import.h"
#include "parse/pack.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
    const ro_import_row *left = a, *right = b;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return left->order < right->order ? -1 : 1;
}

/* Sorts rows by id and keeps the last of each; qsort need not be stable, so rows carry a number. */
static void sort_rows(ro_import_rows *rows)
{
    if (rows->count == 0)
        return;
    for (uint32_t i = 0; i < rows->count; i++)
        rows->items[i].order = i;
    qsort(rows->items, rows->count, sizeof(ro_import_row), by_id);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rows->count; i++)
        if (i + 1 == rows->count || rows->items[i + 1].id != rows->items[i].id)
            rows->items[kept++] = rows->items[i];
    rows->count = kept;
}

static ro_status add(ro_import *import, const char *table, const char *part, ro_weight_type type,
                     uint64_t count, const void *data)
{
    const char *name = ro_arena_format(import->arena, "%s/%s", table, part);
    if (name == NULL)
        return ro_import_no_memory(import);
    return ro_weights_writer_add(import->writer, name, type, 1, &count, data, import->error);
}

ro_status ro_import_tables_write(ro_import *import, const char *name, ro_import_rows *rows,
                                 bool set)
{
    sort_rows(rows);
    uint64_t *keys = ro_arena_alloc(import->arena, rows->count, sizeof *keys);
    uint32_t *offsets = ro_arena_alloc(import->arena, (size_t)rows->count + 1, sizeof *offsets);
    if (keys == NULL || offsets == NULL)
        return ro_import_no_memory(import);
    size_t length = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        keys[i] = rows->items[i].id;
        length += rows->items[i].value.length;
        if (length > UINT32_MAX)
            return ro_import_fail(import, RO_STATUS_TOO_LARGE, name, "holds more than 4 GiB");
        offsets[i + 1] = (uint32_t)length;
    }
    ro_status status = add(import, name, "keys", RO_WEIGHT_TYPE_U64, rows->count, keys);
    if (set || status != RO_STATUS_OK)
        return status;
    char *text = ro_arena_alloc(import->arena, length, 1);
    if (text == NULL)
        return ro_import_no_memory(import);
    for (uint32_t i = 0; i < rows->count; i++)
        if (rows->items[i].value.length > 0)
            memcpy(text + offsets[i], rows->items[i].value.data, rows->items[i].value.length);
    status = add(import, name, "offsets", RO_WEIGHT_TYPE_U32, (uint64_t)rows->count + 1, offsets);
    if (status == RO_STATUS_OK)
        status = add(import, name, "text", RO_WEIGHT_TYPE_U8, length, text);
    return status;
}

bool ro_import_tables_value(ro_import *import, const msgpack_object *object, ro_text *value)
{
    msgpack_object_array array;
    if (ro_pack_text(object, value))
        return memchr(value->data, '\0', value->length) == NULL;
    if (!ro_pack_array(object, &array))
        return false;
    size_t length = 0;
    for (uint32_t i = 0; i < array.size; i++) {
        ro_text item;
        if (!ro_pack_text(&array.ptr[i], &item) || memchr(item.data, '\0', item.length) != NULL)
            return false;
        length += item.length + (i > 0);
    }
    char *joined = ro_arena_alloc(import->arena, length, 1);
    if (joined == NULL)
        return false;
    *value = (ro_text){joined, length};
    for (uint32_t i = 0; i < array.size; i++) {
        ro_text item;
        ro_pack_text(&array.ptr[i], &item);
        joined += i > 0; /* the NUL between two is there already */
        if (item.length > 0)
            memcpy(joined, item.data, item.length);
        joined += item.length;
    }
    return true;
}

static ro_status write_symbols(ro_import *import)
{
    ro_import_rows rows = {0};
    for (uint32_t i = 0; i < import->symbols.count; i++) {
        ro_import_row *row = RO_LIST_ADD(import->arena, &rows);
        if (row == NULL)
            return ro_import_no_memory(import);
        const ro_import_symbol *symbol = &import->symbols.items[i];
        /* the number rides along as bytes, so that it is sorted with its key */
        row->id = ro_text_hash(symbol->string.data, symbol->string.length, 1);
        row->value = (ro_text){(const char *)&symbol->id, sizeof symbol->id};
    }
    sort_rows(&rows);
    uint64_t *values = ro_arena_alloc(import->arena, rows.count, sizeof *values);
    if (values == NULL)
        return ro_import_no_memory(import);
    for (uint32_t i = 0; i < rows.count; i++)
        memcpy(&values[i], rows.items[i].value.data, sizeof values[i]);
    ro_status status = ro_import_tables_write(import, "symbols", &rows, true);
    if (status == RO_STATUS_OK)
        status = add(import, "symbols", "values", RO_WEIGHT_TYPE_U64, rows.count, values);
    return status;
}

static ro_status write_norms(ro_import *import)
{
    ro_import_rows rows = {0};
    for (uint32_t i = 0; i < import->norms.count; i++) {
        ro_import_row *row = RO_LIST_ADD(import->arena, &rows);
        if (row == NULL)
            return ro_import_no_memory(import);
        row->id = ro_import_facts_id(import, import->norms.items[i].string);
        row->value = import->norms.items[i].norm;
    }
    return ro_import_tables_write(import, "norms", &rows, false);
}

static ro_status write_lexeme_norms(ro_import *import, const msgpack_object *table)
{
    msgpack_object_map map;
    ro_import_rows rows = {0};
    if (!ro_pack_map(table, &map))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, "vocab/lookups.bin",
                              "table lexeme_norm is no map");
    for (uint32_t i = 0; i < map.size; i++) {
        ro_import_row *row = RO_LIST_ADD(import->arena, &rows);
        if (row == NULL)
            return ro_import_no_memory(import);
        if (!ro_pack_natural(&map.ptr[i].key, &row->id) ||
            !ro_pack_text(&map.ptr[i].val, &row->value))
            return ro_import_fail(import, RO_STATUS_BAD_FORMAT, "vocab/lookups.bin",
                                  "row %u of lexeme_norm is no id with a string", i);
    }
    return ro_import_tables_write(import, "lookups/lexeme_norm", &rows, false);
}

ro_status ro_import_tables_vocabulary(ro_import *import)
{
    ro_status status = write_symbols(import);
    if (status == RO_STATUS_OK)
        status = write_norms(import);
    ro_text bytes;
    if (status == RO_STATUS_OK)
        status = ro_package_read(import->package, "vocab/lookups.bin", &bytes, import->error);
    if (status != RO_STATUS_OK)
        return status;
    ro_pack pack;
    if (!ro_pack_open(bytes, &pack))
        return ro_import_fail(import, RO_STATUS_BAD_FORMAT, "vocab/lookups.bin", "is no msgpack");
    const msgpack_object *table = ro_pack_get(pack.root, "lexeme_norm");
    if (table != NULL)
        status = write_lexeme_norms(import, table);
    ro_pack_close(&pack);
    return status;
}
