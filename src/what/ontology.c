/* ontology.c - reads data/ontology: PLOVER's event types with quad and modes, CAMEO's codes with
 * names, type, mode, contexts, Goldstein scale and pentaclass. Loaded, not compiled in; every code
 * is checked against its event type.
 */
#include "what/ontology.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "lexicon/table.h"

#define NO_CODE UINT32_MAX

typedef struct type_line {
    int quad;
    const char *modes;
    uint32_t announced, refused; /* codes of future.tsv, or NO_CODE */
} type_line;

struct ro_ontology {
    const ro_allocator *allocator;
    ro_arena *arena;
    ro_map *code_index, *type_index;
    RO_LIST(ro_code) codes;
    RO_LIST(type_line) types;
};

static ro_status no_memory(ro_error *error)
{
    return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "what", "out of memory");
}

/* A decimal with an optional sign and fraction: "-6.5". Locale plays no part. */
static bool read_number(ro_text text, double *number)
{
    double value = 0, scale = 1;
    bool negative = text.length > 0 && text.data[0] == '-', fraction = false;
    size_t digits = 0;
    for (size_t i = negative; i < text.length; i++) {
        char c = text.data[i];
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            scale *= fraction ? 10 : 1;
            digits++;
        } else {
            return false;
        }
    }
    *number = (negative ? -value : value) / scale;
    return digits > 0 && digits < 12;
}

static bool read_digit(ro_text text, int limit, int *digit)
{
    if (text.length != 1 || text.data[0] < '0' || text.data[0] > '0' + limit)
        return false;
    *digit = text.data[0] - '0';
    return true;
}

static ro_status read_type(ro_ontology *ontology, const ro_table *table, ro_error *error)
{
    const ro_text *fields = table->fields;
    int quad;
    if (table->field_count < 3 || fields[0].length == 0)
        return ro_table_fault(table, error, "event type, quad, modes, description", fields[0]);
    if (!read_digit(fields[1], 4, &quad))
        return ro_table_fault(table, error, "a quad of 0 to 4", fields[1]);
    uint32_t known;
    if (ro_map_get(ontology->type_index, fields[0], &known))
        return ro_table_fault(table, error, "each event type once", fields[0]);
    type_line *type = RO_LIST_ADD(ontology->arena, &ontology->types);
    if (type == NULL)
        return no_memory(error);
    type->quad = quad;
    type->announced = type->refused = NO_CODE;
    type->modes = ro_arena_copy(ontology->arena, fields[2].data, fields[2].length);
    if (type->modes == NULL ||
        ro_map_set(ontology->type_index, fields[0], ontology->types.count - 1) != RO_STATUS_OK)
        return no_memory(error);
    return RO_STATUS_OK;
}

static ro_status read_code(ro_ontology *ontology, const ro_table *table, ro_error *error)
{
    const ro_text *fields = table->fields;
    uint32_t type, known;
    if (table->field_count != 7)
        return ro_table_fault(table, error,
                              "code, name, event type, mode, contexts, goldstein, pentaclass",
                              fields[0]);
    if (ro_map_get(ontology->code_index, fields[0], &known))
        return ro_table_fault(table, error, "each code once", fields[0]);
    if (!ro_map_get(ontology->type_index, fields[2], &type))
        return ro_table_fault(table, error, "an event type of plover.tsv", fields[2]);
    ro_code *code = RO_LIST_ADD(ontology->arena, &ontology->codes);
    if (code == NULL)
        return no_memory(error);
    const char **strings[] = {&code->cameo, &code->name, &code->event_type, &code->mode,
                              &code->contexts};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        *strings[i] = ro_arena_copy(ontology->arena, fields[i].data, fields[i].length);
        if (*strings[i] == NULL)
            return no_memory(error);
    }
    code->quad = ontology->types.items[type].quad;
    if (code->mode[0] != '\0' && !ro_ontology_has_mode(ontology, code->event_type, fields[3]))
        return ro_table_fault(table, error, "a mode of the event type", fields[3]);
    if (!read_number(fields[5], &code->goldstein))
        return ro_table_fault(table, error, "a number", fields[5]);
    if (!read_digit(fields[6], 4, &code->pentaclass))
        return ro_table_fault(table, error, "a class of 0 to 4", fields[6]);
    if (ro_map_set(ontology->code_index, fields[0], ontology->codes.count - 1) != RO_STATUS_OK)
        return no_memory(error);
    return RO_STATUS_OK;
}

static ro_status read_future(ro_ontology *ontology, const ro_table *table, ro_error *error)
{
    const ro_text *fields = table->fields;
    uint32_t at;
    if (table->field_count != 3)
        return ro_table_fault(table, error, "event type, announced, refused", fields[0]);
    if (!ro_map_get(ontology->type_index, fields[0], &at))
        return ro_table_fault(table, error, "an event type of plover.tsv", fields[0]);
    type_line *type = &ontology->types.items[at];
    if (!ro_map_get(ontology->code_index, fields[1], &type->announced))
        return ro_table_fault(table, error, "a code of cameo.tsv", fields[1]);
    if (!ro_map_get(ontology->code_index, fields[2], &type->refused))
        return ro_table_fault(table, error, "a code of cameo.tsv", fields[2]);
    return RO_STATUS_OK;
}

static ro_status read_file(ro_ontology *ontology, const char *data_folder, const char *name,
                           ro_status (*read_row)(ro_ontology *, const ro_table *, ro_error *),
                           ro_error *error)
{
    const char *path = ro_arena_format(ontology->arena, "%s/ontology/%s", data_folder, name);
    if (path == NULL)
        return no_memory(error);
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    while ((status = ro_table_next(&table, error)) == RO_STATUS_OK)
        if ((status = read_row(ontology, &table, error)) != RO_STATUS_OK)
            break;
    ro_table_close(&table);
    return status == RO_STATUS_END ? RO_STATUS_OK : status;
}

ro_status ro_ontology_open(const char *data_folder, const ro_allocator *allocator,
                           ro_ontology **ontology, ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_ontology *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return no_memory(error);
    made->allocator = allocator;
    made->arena = ro_arena_new(allocator);
    made->code_index = ro_map_new(allocator);
    made->type_index = ro_map_new(allocator);
    ro_status status = RO_STATUS_OK;
    if (made->arena == NULL || made->code_index == NULL || made->type_index == NULL)
        status = no_memory(error);
    if (status == RO_STATUS_OK)
        status = read_file(made, data_folder, "plover.tsv", read_type, error);
    if (status == RO_STATUS_OK)
        status = read_file(made, data_folder, "cameo.tsv", read_code, error);
    if (status == RO_STATUS_OK)
        status = read_file(made, data_folder, "future.tsv", read_future, error);
    if (status != RO_STATUS_OK) {
        ro_ontology_close(made);
        return status;
    }
    *ontology = made;
    return RO_STATUS_OK;
}

void ro_ontology_close(ro_ontology *ontology)
{
    if (ontology == NULL)
        return;
    ro_map_free(ontology->code_index);
    ro_map_free(ontology->type_index);
    ro_arena_free(ontology->arena);
    ro_alloc_free(ontology->allocator, ontology, 1, sizeof *ontology);
}

const ro_code *ro_ontology_find(const ro_ontology *ontology, ro_text cameo)
{
    uint32_t index;
    return ro_map_get(ontology->code_index, cameo, &index) ? &ontology->codes.items[index] : NULL;
}

bool ro_ontology_has_mode(const ro_ontology *ontology, const char *event_type, ro_text mode)
{
    uint32_t index;
    if (!ro_map_get(ontology->type_index, ro_text_of(event_type), &index))
        return false;
    ro_text list = ro_text_of(ontology->types.items[index].modes), piece;
    while (ro_table_piece(&list, ' ', &piece))
        if (ro_text_equal(piece, mode))
            return true;
    return false;
}

bool ro_ontology_has_type(const ro_ontology *ontology, ro_text event_type)
{
    uint32_t index;
    return ro_map_get(ontology->type_index, event_type, &index);
}

const ro_code *ro_ontology_announced(const ro_ontology *ontology, const char *event_type,
                                     bool negated)
{
    uint32_t index;
    if (!ro_map_get(ontology->type_index, ro_text_of(event_type), &index))
        return NULL;
    const type_line *type = &ontology->types.items[index];
    uint32_t code = negated ? type->refused : type->announced;
    return code != NO_CODE ? &ontology->codes.items[code] : NULL;
}
