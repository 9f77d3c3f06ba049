/* import_facts.c - reads the tables of data/spacy/: what spaCy's source says and its packages do
 * not (tools/spacy_facts.py writes them), and gives strings their ids.
 */
#include "parse/import.h"

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

#include <stdlib.h>

#define FIELDS 4

/* A table being read: rows of fields between tabs, comments after '#'. */
typedef struct rows {
    ro_import *import;
    const char *path;
    ro_text rest;
    uint64_t line;
    ro_text fields[FIELDS]; /* those not given are empty */
} rows;

static ro_status bad_row(const rows *r, const char *expected)
{
    return ro_error_set_at(r->import->error, RO_STATUS_BAD_FORMAT, "import", r->path, r->line,
                           UINT64_MAX, "expected %s", expected);
}

static bool next_row(rows *r)
{
    while (r->rest.length > 0) {
        const char *end = memchr(r->rest.data, '\n', r->rest.length);
        ro_text line = {r->rest.data, end != NULL ? (size_t)(end - r->rest.data) : r->rest.length};
        size_t used = end != NULL ? line.length + 1 : line.length;
        r->rest = (ro_text){r->rest.data + used, r->rest.length - used};
        r->line++;
        if (line.length == 0 || line.data[0] == '#')
            continue;
        for (int i = 0; i < FIELDS; i++) {
            const char *tab = memchr(line.data, '\t', line.length);
            size_t length = tab != NULL ? (size_t)(tab - line.data) : line.length;
            size_t step = tab != NULL ? length + 1 : length;
            r->fields[i] = (ro_text){line.data, length};
            line = (ro_text){line.data + step, line.length - step};
        }
        return true;
    }
    return false;
}

/* Copies a table into the arena, so that its rows may be kept. */
static ro_status open_rows(ro_import *import, const char *folder, const char *name, rows *r)
{
    const char *path = ro_arena_format(import->arena, "%s/spacy/%s", folder, name);
    if (path == NULL)
        return ro_import_no_memory(import);
    ro_file_map map;
    ro_status status = ro_file_map_open(path, &map, import->error);
    if (status != RO_STATUS_OK)
        return status;
    const char *copy = ro_arena_copy(import->arena, map.data, map.length);
    *r = (rows){.import = import, .path = path, .rest = {copy, map.length}};
    ro_file_map_close(&map);
    return copy != NULL ? RO_STATUS_OK : ro_import_no_memory(import);
}

static ro_status read_symbols(ro_import *import, const char *folder)
{
    rows r;
    ro_status status = open_rows(import, folder, "symbols.tsv", &r);
    import->symbol_ids = ro_map_new(NULL);
    if (status == RO_STATUS_OK && import->symbol_ids == NULL)
        return ro_import_no_memory(import);
    while (status == RO_STATUS_OK && next_row(&r)) {
        char digits[16] = "", *end;
        if (r.fields[0].length < sizeof digits)
            memcpy(digits, r.fields[0].data, r.fields[0].length);
        unsigned long id = strtoul(digits, &end, 10);
        if (end == digits || *end != '\0' || id > UINT32_MAX)
            return bad_row(&r, "a number and a string");
        ro_import_symbol *symbol = RO_LIST_ADD(import->arena, &import->symbols);
        if (symbol == NULL ||
            ro_map_set(import->symbol_ids, r.fields[1], (uint32_t)id) != RO_STATUS_OK)
            return ro_import_no_memory(import);
        *symbol = (ro_import_symbol){id, r.fields[1]};
    }
    return status;
}

static ro_status read_norms(ro_import *import, const char *folder)
{
    rows r;
    ro_status status = open_rows(import, folder, "base_norms.tsv", &r);
    while (status == RO_STATUS_OK && next_row(&r)) {
        if (r.fields[0].length == 0 || r.fields[1].length == 0)
            return bad_row(&r, "a norm and a string");
        ro_import_norm *norm = RO_LIST_ADD(import->arena, &import->norms);
        if (norm == NULL)
            return ro_import_no_memory(import);
        *norm = (ro_import_norm){.norm = r.fields[0], .string = r.fields[1]};
    }
    return status;
}

static ro_status read_language(ro_import *import, const char *folder)
{
    rows r;
    ro_status status = open_rows(import, folder, "languages.tsv", &r);
    while (status == RO_STATUS_OK && next_row(&r)) {
        if (r.fields[1].length == 0 || r.fields[2].length == 0)
            return bad_row(&r, "a language, a fact and its value");
        if (!ro_text_equal_string(r.fields[0], import->language))
            continue;
        ro_import_fact *fact = RO_LIST_ADD(import->arena, &import->facts);
        if (fact == NULL)
            return ro_import_no_memory(import);
        *fact = (ro_import_fact){r.fields[1], r.fields[2], r.fields[3]};
    }
    if (status == RO_STATUS_OK && import->facts.count == 0)
        return ro_import_fail(import, RO_STATUS_UNSUPPORTED, "config.cfg",
                              "language '%s' is not in %s", import->language, r.path);
    return status;
}

ro_status ro_import_facts_read(ro_import *import, const char *folder)
{
    ro_status status = read_symbols(import, folder);
    if (status == RO_STATUS_OK)
        status = read_norms(import, folder);
    if (status == RO_STATUS_OK)
        status = read_language(import, folder);
    return status;
}

uint64_t ro_import_facts_id(const ro_import *import, ro_text string)
{
    uint32_t symbol;
    if (ro_map_get(import->symbol_ids, string, &symbol))
        return symbol;
    return ro_text_hash(string.data, string.length, 1);
}

bool ro_import_facts_symbol(const ro_import *import, uint64_t id, ro_text *string)
{
    for (uint32_t i = 0; i < import->symbols.count; i++) {
        if (import->symbols.items[i].id == id) {
            *string = import->symbols.items[i].string;
            return true;
        }
    }
    return false;
}

ro_text ro_import_facts_value(const ro_import *import, const char *fact)
{
    for (uint32_t i = 0; i < import->facts.count; i++)
        if (ro_text_equal_string(import->facts.items[i].fact, fact))
            return import->facts.items[i].value;
    return RO_TEXT("");
}
