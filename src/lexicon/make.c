/* make.c - from lexicon files to a table: finds and maps the files, and runs the steps of draft.h.
 */
#include "lexicon/make.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "lexicon/draft.h"

/* Without the first two no code can be read; of the others a data folder may lack some. */
static const char *const file_names[] = {
    "sectors.tsv",       "countries.tsv", "leaders.tsv", "institutions.tsv", "organizations.tsv",
    "armed_groups.tsv",  "media.tsv",     "roles.tsv",   "nouns.tsv",        "given_names.tsv",
};
enum { FILES = sizeof file_names / sizeof file_names[0], REQUIRED = 2 };

/* ---- texts ----------------------------------------------------------------------------------- */

static ro_status map_text(ro_make_texts *texts, const char *path, const char *source,
                          uint32_t layer, bool is_optional, ro_error *error)
{
    ro_file_map map;
    if (path == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_error told;
    ro_status status = ro_file_map_open(path, &map, &told);
    if (status == RO_STATUS_NOT_FOUND && is_optional)
        return RO_STATUS_OK;
    if (status != RO_STATUS_OK && error != NULL)
        *error = told;
    if (status == RO_STATUS_OK)
        texts->items[texts->count++] =
            (ro_lexicon_text){path, source, {map.data, map.length}, layer};
    return status;
}

ro_status ro_make_texts_open(const ro_engine_options *options, ro_make_texts *texts,
                             ro_error *error)
{
    size_t own = options->lexicon_count;
    *texts = (ro_make_texts){.arena = ro_arena_new(options->allocator)};
    ro_status status = texts->arena != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    if (status == RO_STATUS_OK && own < UINT32_MAX - FILES)
        texts->items = ro_arena_alloc(texts->arena, own + FILES, sizeof *texts->items);
    if (texts->items == NULL)
        status = RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = own; i-- > 0 && status == RO_STATUS_OK;) {
        const char *path = options->lexicons[i];
        status = map_text(texts, ro_arena_copy(texts->arena, path, strlen(path)), path,
                          (uint32_t)i + 1, false, error);
    }
    for (size_t i = 0; i < FILES && status == RO_STATUS_OK; i++) {
        const char *path = ro_arena_format(texts->arena, "%s/lexicon/%s", options->data_folder,
                                           file_names[i]);
        status = map_text(texts, path, file_names[i], 0, i >= REQUIRED, error);
    }
    if (status == RO_STATUS_OK)
        return status;
    ro_make_texts_close(texts);
    if (status == RO_STATUS_OUT_OF_MEMORY)
        ro_error_set(error, status, "lexicon", "out of memory");
    return status;
}

void ro_make_texts_close(ro_make_texts *texts)
{
    for (uint32_t i = 0; i < texts->count; i++)
        ro_file_map_close(
            &(ro_file_map){texts->items[i].bytes.data, texts->items[i].bytes.length});
    ro_arena_free(texts->arena);
    *texts = (ro_make_texts){0};
}

uint64_t ro_make_digest(const ro_make_texts *texts)
{
    uint64_t digest = 0;
    for (uint32_t i = 0; i < texts->count; i++) {
        const ro_lexicon_text *text = &texts->items[i];
        digest = ro_text_hash(text->source, strlen(text->source), digest);
        digest = ro_text_hash(text->bytes.data, text->bytes.length, digest);
    }
    return digest;
}

/* ---- table ----------------------------------------------------------------------------------- */

static ro_status run_steps(ro_draft *draft)
{
    ro_status status = ro_lines_read(draft);
    if (status == RO_STATUS_OK)
        status = ro_things_gather(draft);
    if (status == RO_STATUS_OK)
        status = ro_overlay_replace(draft, false);
    if (status == RO_STATUS_OK)
        status = ro_resolve_roles(draft);
    if (status == RO_STATUS_OK)
        status = ro_overlay_replace(draft, true);
    if (status == RO_STATUS_OK)
        status = ro_resolve_codes(draft);
    if (status == RO_STATUS_OK)
        status = ro_spread_forms(draft);
    return status == RO_STATUS_OK ? ro_check_terms(draft) : status;
}

ro_status ro_make_table(const ro_make_texts *texts, const ro_engine_options *options, void **table,
                        size_t *length, ro_error *error)
{
    const ro_allocator *allocator = ro_alloc_or_default(options->allocator);
    ro_arena *arena = ro_arena_new(allocator);
    ro_faults faults = {.arena = arena};
    ro_draft draft = {
        .allocator = allocator,
        .arena = arena,
        .texts = texts->items,
        .text_count = texts->count,
        .faults = &faults,
        .thing_names = ro_map_new(allocator),
        .codes = ro_map_new(allocator),
        .roles = ro_map_new(allocator),
    };
    ro_status status = RO_STATUS_OUT_OF_MEMORY;
    if (arena != NULL && draft.thing_names != NULL && draft.codes != NULL && draft.roles != NULL)
        status = run_steps(&draft);
    if (status == RO_STATUS_OK) {
        status = ro_faults_tell(&faults, texts->items, options->report, options->report_context,
                                error);
        if (status == RO_STATUS_OK)
            status = ro_compile_draft(&draft, ro_make_digest(texts), table, length);
    }
    ro_map_free(draft.thing_names);
    ro_map_free(draft.codes);
    ro_map_free(draft.roles);
    ro_arena_free(arena);
    if (status != RO_STATUS_OK && status != RO_STATUS_BAD_FORMAT)
        ro_error_set(error, status, "lexicon", "%s", ro_status_text(status));
    return status;
}
