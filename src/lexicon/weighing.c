/* weighing.c - reads a table of weights: what speaks for a choice, and how much. Which features
 * there are, each stage says in a .def; scripts of tools/train/ find the numbers.
 */
#include "lexicon/weighing.h"

#include "base/text.h"
#include "lexicon/table.h"

/* No weight is larger; sums of them stay whole numbers. */
#define LIMIT 999999
#define ABSENT INT32_MIN

static bool parse_weight(ro_text text, int32_t *weight)
{
    bool negative = text.length > 0 && text.data[0] == '-';
    int32_t value = 0;
    if (text.length == negative)
        return false;
    for (size_t i = negative; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || value > LIMIT)
            return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *weight = negative ? -value : value;
    return value <= LIMIT;
}

static ro_status read_lines(ro_table *table, const char *const *names, size_t count,
                            int32_t *weights, ro_error *error)
{
    ro_status status;
    for (size_t at = 0; at < count; at++)
        weights[at] = ABSENT;
    while ((status = ro_table_next(table, error)) == RO_STATUS_OK) {
        size_t at = 0;
        while (at < count && !ro_text_equal_string(table->fields[0], names[at]))
            at++;
        if (at == count || weights[at] != ABSENT)
            return ro_table_fault(table, error, "a feature that has a weight, once",
                                  table->fields[0]);
        if (table->field_count != 2 || !parse_weight(table->fields[1], &weights[at]))
            return ro_table_fault(table, error, "a whole number as its weight", table->fields[1]);
    }
    for (size_t at = 0; at < count && status == RO_STATUS_END; at++)
        if (weights[at] == ABSENT)
            return ro_table_fault(table, error, names[at], RO_TEXT("the end of the file"));
    return status == RO_STATUS_END ? RO_STATUS_OK : status;
}

ro_status ro_weighing_read(const char *data_folder, const char *file, const char *const *names,
                           size_t count, int32_t *weights, ro_error *error)
{
    char path[RO_FILE_PATH];
    ro_table table;
    ro_status status = ro_file_join(data_folder, file, path, error);
    if (status == RO_STATUS_OK)
        status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    status = read_lines(&table, names, count, weights, error);
    ro_table_close(&table);
    return status;
}
