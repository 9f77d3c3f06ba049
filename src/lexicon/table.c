/* table.c - reads our data files: one fact a line, fields between tabs, comments after '#'.
 *
 * It knows nothing of what the fields mean; lexicon.c and the stages with data files of their own
 * do. Every line is checked to be UTF-8, and every fault names file and line.
 */
#include "lexicon/table.h"

#include "base/error.h"
#include "base/text.h"

#include <stdio.h>

#define BOM "\xEF\xBB\xBF" /* some editors write a byte-order mark first; it says nothing */

ro_status ro_table_open(const char *path, ro_table *table, ro_error *error)
{
    *table = (ro_table){.path = path};
    return ro_file_map_open(path, &table->map, error);
}

void ro_table_close(ro_table *table)
{
    ro_file_map_close(&table->map);
    *table = (ro_table){0};
}

ro_status ro_table_fault(const ro_table *table, ro_error *error, const char *expected,
                         ro_text found)
{
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, "lexicon", table->path, table->line,
                           UINT64_MAX, "expected %s, found \"%.*s\"", expected,
                           (int)ro_text_cut(found, 80).length, found.data);
}

static ro_text next_line(ro_table *table)
{
    if (table->offset == 0 && ro_text_starts((ro_text){table->map.data, table->map.length}, BOM))
        table->offset = sizeof BOM - 1;
    const char *start = table->map.data + table->offset;
    size_t rest = table->map.length - table->offset;
    const char *newline = memchr(start, '\n', rest);
    size_t length = newline != NULL ? (size_t)(newline - start) : rest;
    table->offset += length + (newline != NULL);
    table->line++;
    return (ro_text){start, length};
}

static ro_status refuse_field(const ro_table *table, ro_error *error, size_t limit, ro_text field)
{
    char expected[32];
    snprintf(expected, sizeof expected, "at most %u fields", (unsigned)limit);
    return ro_table_fault(table, error, expected, field);
}

ro_status ro_table_next(ro_table *table, ro_error *error)
{
    const size_t limit = table->limit > 0 ? table->limit : RO_TABLE_FIELDS;
    while (table->offset < table->map.length) {
        ro_text line = next_line(table);
        if (!ro_text_is_valid(line))
            return ro_table_fault(table, error, "UTF-8", RO_TEXT("other bytes"));
        const char *comment = memchr(line.data, '#', line.length);
        if (comment != NULL)
            line.length = (size_t)(comment - line.data);
        if (ro_text_trim(line).length == 0)
            continue;
        table->field_count = 0;
        memset(table->fields, 0, sizeof table->fields);
        for (;;) {
            const char *tab = memchr(line.data, '\t', line.length);
            size_t length = tab != NULL ? (size_t)(tab - line.data) : line.length;
            if (table->field_count == limit)
                return refuse_field(table, error, limit, line);
            table->fields[table->field_count++] = ro_text_trim((ro_text){line.data, length});
            if (tab == NULL)
                return RO_STATUS_OK;
            line = (ro_text){tab + 1, line.length - length - 1};
        }
    }
    return RO_STATUS_END;
}

bool ro_table_piece(ro_text *list, char separator, ro_text *piece)
{
    while (list->length > 0) {
        const char *cut = memchr(list->data, separator, list->length);
        size_t length = cut != NULL ? (size_t)(cut - list->data) : list->length;
        *piece = ro_text_trim((ro_text){list->data, length});
        size_t step = length + (cut != NULL);
        *list = (ro_text){list->data + step, list->length - step};
        if (piece->length > 0)
            return true;
    }
    return false;
}
