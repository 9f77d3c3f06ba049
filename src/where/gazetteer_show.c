/* gazetteer_show.c - the gazetteer's own commands: compiling, what a name may mean, what there is.
 * They need no model.
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "where/gazetteer.h"
#include "where/gazetteer_make.h"

#include <stdarg.h>
#include <stdio.h>

enum { PLACES_SHOWN = 20, COLUMNS = 9 };

typedef struct show {
    const ro_gazetteer *gazetteer;
    ro_arena *arena;
    ro_sink sink;
    ro_status status; /* of the first failure: then nothing more is written */
} show;

static void say(show *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(show *to, const char *format, ...)
{
    char line[512]; /* names are shorter than RO_GAZETTEER_KEY */
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    ro_text text = ro_text_cut((ro_text){line, (size_t)length}, sizeof line - 1);
    if (to->status == RO_STATUS_OK)
        to->status = to->sink.write(to->sink.context, text.data, text.length);
}

/* ---- compile --------------------------------------------------------------------------------- */

ro_status ro_gazetteer_compile(const char *const *files, size_t count, const char *path,
                               const ro_allocator *allocator, ro_error *error)
{
    void *table = NULL;
    size_t length = 0, opened = 0;
    allocator = ro_alloc_or_default(allocator);
    ro_gazetteer_text *texts = ro_alloc_zeroed(allocator, count, sizeof *texts);
    if (texts == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "gazetteer", "out of memory");
    ro_status status = RO_STATUS_OK;
    for (ro_file_map map; opened < count; opened++) {
        status = ro_file_map_open(files[opened], &map, error);
        if (status != RO_STATUS_OK)
            break;
        texts[opened] = (ro_gazetteer_text){files[opened], {map.data, map.length}};
    }
    if (status == RO_STATUS_OK)
        status = ro_gazetteer_make_table(texts, count, allocator, &table, &length, error);
    if (status == RO_STATUS_OK)
        status = ro_file_write_whole(path, table, length, allocator, error);
    ro_alloc_free_aligned(allocator, table, length, 1);
    while (opened-- > 0)
        ro_file_map_close(&(ro_file_map){texts[opened].bytes.data, texts[opened].bytes.length});
    ro_alloc_free(allocator, texts, count, sizeof *texts);
    return status;
}

/* ---- list ------------------------------------------------------------------------------------ */

typedef struct row {
    const char *cells[COLUMNS]; /* NULL: out of memory */
} row;

static const row heading = {
    {"place", "kind", "country", "within", "named", "latitude", "longitude", "people", "geonames"}};
enum { FIRST_NUMBER = 5 }; /* columns from here on are set right */

static const char *naming_of(ro_gazetteer_use use)
{
    static const char *const names[][2] = {
        {"main", "main, weak"}, {"other", "other, weak"}, {"adjective", "adjective, weak"}};
    return names[use.naming][use.weak];
}

static const char *or_dash(const char *text)
{
    return text[0] != '\0' ? text : "-";
}

static void fill(show *to, row *out, const ro_gazetteer_place *place, ro_gazetteer_use use)
{
    *out = (row){{place->name, ro_place_kind_name(place->kind), or_dash(place->country),
                  or_dash(place->within), naming_of(use),
                  ro_arena_format(to->arena, "%.5f", place->latitude),
                  ro_arena_format(to->arena, "%.5f", place->longitude),
                  ro_arena_format(to->arena, "%lu", (unsigned long)place->people),
                  place->geonames_id == 0
                      ? "-"
                      : ro_arena_format(to->arena, "%lu", (unsigned long)place->geonames_id)}};
    for (int i = 0; i < COLUMNS; i++)
        if (out->cells[i] == NULL)
            to->status = RO_STATUS_OUT_OF_MEMORY;
}

static int width_of(const char *string)
{
    ro_text text = ro_text_of(string);
    int width = 0;
    for (size_t at = 0; at < text.length;)
        width += ro_text_width(ro_text_decode(text, &at));
    return width;
}

static void say_row(show *to, const row *from, const int *widths)
{
    for (int i = 0; i < COLUMNS; i++) {
        int gap = widths[i] - width_of(from->cells[i]);
        if (i >= FIRST_NUMBER)
            say(to, "  %*s%s", gap, "", from->cells[i]);
        else
            say(to, "  %s%*s", from->cells[i], gap, "");
    }
    say(to, "\n");
}

/* Whether any place is called so. */
static bool list_name(show *to, ro_text name)
{
    row rows[1 + PLACES_SHOWN] = {heading};
    int widths[COLUMNS] = {0}, count = 1;
    uint32_t first, entries = ro_gazetteer_find(to->gazetteer, name, &first), at = 0;
    for (; at < entries && count <= PLACES_SHOWN && to->status == RO_STATUS_OK; at++) {
        ro_gazetteer_place place;
        ro_gazetteer_use use;
        if (ro_gazetteer_at(to->gazetteer, first + at, &place, &use))
            fill(to, &rows[count++], &place, use);
    }
    say(to, "%.*s%s\n", (int)ro_text_cut(name, 256).length, name.data,
        entries == 0 ? ": no place is called so" : "");
    if (entries == 0 || to->status != RO_STATUS_OK)
        return entries > 0;
    for (int i = 0; i < count; i++)
        for (int column = 0; column < COLUMNS; column++)
            if (width_of(rows[i].cells[column]) > widths[column])
                widths[column] = width_of(rows[i].cells[column]);
    for (int i = 0; i < count; i++)
        say_row(to, &rows[i], widths);
    if (at < entries)
        say(to, "  and %lu more, with fewer people\n", (unsigned long)(entries - at));
    return true;
}

ro_status ro_gazetteer_list(const char *path, const ro_text *names, size_t count, ro_sink sink,
                            size_t *unknown, ro_error *error)
{
    ro_gazetteer *gazetteer = NULL;
    size_t missed = 0;
    for (size_t i = 0; i < count; i++)
        if (!ro_text_is_valid(names[i]))
            return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "gazetteer", "the name is no UTF-8");
    ro_status status = ro_gazetteer_open(path, NULL, &gazetteer, error);
    if (status != RO_STATUS_OK)
        return status;
    show to = {.gazetteer = gazetteer, .arena = ro_arena_new(NULL), .sink = sink};
    if (to.arena == NULL)
        to.status = RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < count && to.status == RO_STATUS_OK; i++)
        missed += !list_name(&to, names[i]);
    ro_arena_free(to.arena);
    ro_gazetteer_close(gazetteer);
    if (to.status == RO_STATUS_OK)
        *unknown = missed;
    if (to.status == RO_STATUS_OUT_OF_MEMORY)
        ro_error_set(error, to.status, "gazetteer", "out of memory");
    return to.status;
}

/* ---- show ------------------------------------------------------------------------------------ */

ro_status ro_gazetteer_show(const char *path, ro_sink sink, ro_error *error)
{
    ro_gazetteer *gazetteer = NULL;
    ro_status status = ro_gazetteer_open(path, NULL, &gazetteer, error);
    if (status != RO_STATUS_OK)
        return status;
    uint32_t counts[RO_PLACE_KIND_DEMONYM] = {0}, places = ro_gazetteer_place_count(gazetteer);
    uint32_t names = ro_gazetteer_name_count(gazetteer);
    size_t bytes = ro_gazetteer_table(gazetteer).length;
    bool is_whole = ro_gazetteer_is_whole(gazetteer);
    for (uint32_t i = 0; i < places && is_whole; i++) {
        ro_gazetteer_place place;
        if (ro_gazetteer_place_at(gazetteer, i, &place))
            counts[place.kind]++;
    }
    ro_gazetteer_close(gazetteer);
    if (!is_whole)
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "gazetteer", path, 0, UINT64_MAX,
                               "is damaged: the checksum does not fit the bytes");
    show to = {.sink = sink};
    say(&to, "%lu places:", (unsigned long)places);
    const char *separator = "";
    for (int i = 0; i < RO_PLACE_KIND_DEMONYM; i++) {
        if (counts[i] == 0)
            continue;
        say(&to, "%s %lu %s", separator, (unsigned long)counts[i],
            ro_place_kind_name((ro_place_kind)i));
        separator = ",";
    }
    say(&to, "\n%lu names, %llu bytes, checksum as it was written\n", (unsigned long)names,
        (unsigned long long)bytes);
    return to.status;
}
