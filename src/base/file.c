/* file.c - the only place that opens files: maps whole ones, streams others, writes them whole.
 * What the bytes mean is the caller's matter.
 *
 * A file to be written appears beside its path first and is renamed when it is complete and on
 * disk. Devices and pipes, which cannot be renamed over, are written directly.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/file.h"

#include "base/alloc.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct ro_file {
    ro_allocator allocator;
    int descriptor;
    char name[256]; /* for errors; cut if longer */
};

static ro_status fail(ro_error *error, const char *path, const char *what)
{
    const int number = errno;
    ro_status status = RO_STATUS_IO;
    switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        status = RO_STATUS_NOT_FOUND;
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        status = RO_STATUS_NOT_PERMITTED;
        break;
    case EISDIR:
        status = RO_STATUS_NOT_A_FILE;
        break;
    case ENOMEM:
        status = RO_STATUS_OUT_OF_MEMORY;
        break;
    default:
        break;
    }
    char reason[128];
    if (strerror_r(number, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", number);
    return ro_error_set_at(error, status, "file", path, 0, UINT64_MAX, "%s: %s", what, reason);
}

static ro_status open_to_read(const char *path, int flags, int *descriptor, struct stat *facts,
                              ro_error *error)
{
    const int opened = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);
    if (opened < 0)
        return fail(error, path, "cannot open");
    if (fstat(opened, facts) != 0) {
        const ro_status status = fail(error, path, "cannot open");
        close(opened);
        return status;
    }
    if (S_ISDIR(facts->st_mode)) {
        close(opened);
        return ro_error_set_at(error, RO_STATUS_NOT_A_FILE, "file", path, 0, UINT64_MAX,
                               "is a folder, expected a file");
    }
    *descriptor = opened;
    return RO_STATUS_OK;
}

ro_status ro_file_map_open(const char *path, ro_file_map *map, ro_error *error)
{
    int descriptor = -1;
    struct stat facts;
    /* without O_NONBLOCK, opening a pipe would wait for its writer only to be refused */
    ro_status status = open_to_read(path, O_NONBLOCK, &descriptor, &facts, error);
    if (status != RO_STATUS_OK)
        return status;
    void *data = NULL;
    if (!S_ISREG(facts.st_mode)) {
        status = ro_error_set_at(error, RO_STATUS_NOT_A_FILE, "file", path, 0, UINT64_MAX,
                                 "is a pipe or device, expected a plain file");
    } else if (facts.st_size > 0) {
        data = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (data == MAP_FAILED)
            status = fail(error, path, "cannot map");
    }
    close(descriptor);
    if (status == RO_STATUS_OK)
        *map = (ro_file_map){data != NULL ? data : "", (size_t)facts.st_size};
    return status;
}

void ro_file_map_close(ro_file_map *map)
{
    if (map != NULL && map->length > 0)
        munmap((void *)(uintptr_t)map->data, map->length);
    if (map != NULL)
        *map = (ro_file_map){"", 0};
}

ro_status ro_file_open(const char *path, const ro_allocator *allocator, ro_file **file,
                       ro_error *error)
{
    const bool standard_input = strcmp(path, "-") == 0;
    int descriptor = STDIN_FILENO;
    if (!standard_input) {
        struct stat facts;
        const ro_status status = open_to_read(path, 0, &descriptor, &facts, error);
        if (status != RO_STATUS_OK)
            return status;
    }
    allocator = ro_alloc_or_default(allocator);
    ro_file *opened = ro_alloc_zeroed(allocator, 1, sizeof *opened);
    if (opened == NULL) {
        if (!standard_input)
            close(descriptor);
        return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "file", path, 0, UINT64_MAX,
                               "out of memory");
    }
    opened->allocator = *allocator;
    opened->descriptor = descriptor;
    snprintf(opened->name, sizeof opened->name, "%s", path);
    *file = opened;
    return RO_STATUS_OK;
}

ro_status ro_file_read(ro_file *file, char *bytes, size_t count, size_t *got, ro_error *error)
{
    ssize_t result;
    do
        result = read(file->descriptor, bytes, count < SSIZE_MAX ? count : SSIZE_MAX);
    while (result < 0 && errno == EINTR);
    if (result < 0)
        return fail(error, file->name, "cannot read");
    *got = (size_t)result;
    return RO_STATUS_OK;
}

void ro_file_close(ro_file *file)
{
    if (file == NULL)
        return;
    if (file->descriptor != STDIN_FILENO)
        close(file->descriptor);
    const ro_allocator allocator = file->allocator;
    ro_alloc_free(&allocator, file, 1, sizeof *file);
}

/* Writes all bytes; false with errno set. */
static bool write_all(int descriptor, const char *bytes, size_t count)
{
    while (count > 0) {
        const ssize_t written = write(descriptor, bytes, count < SSIZE_MAX ? count : SSIZE_MAX);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        count -= (size_t)written;
    }
    return true;
}

static ro_status write_directly(const char *path, const char *bytes, size_t count, ro_error *error)
{
    const int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return fail(error, path, "cannot write");
    ro_status status = RO_STATUS_OK;
    if (!write_all(descriptor, bytes, count))
        status = fail(error, path, "cannot write");
    close(descriptor);
    return status;
}

/* Opens a new file beside path, and puts its name in beside (room bytes). */
static int open_beside(const char *path, char *beside, size_t room)
{
    for (int attempt = 0; attempt < 100; ++attempt) {
        snprintf(beside, room, "%s.part-%ld-%d", path, (long)getpid(), attempt);
        const int descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

static ro_status write_beside(const char *path, const struct stat *old, const char *bytes,
                              size_t count, char *beside, size_t room, ro_error *error)
{
    const int descriptor = open_beside(path, beside, room);
    if (descriptor < 0)
        return fail(error, path, "cannot write");
    ro_status status = RO_STATUS_OK;
    if (!write_all(descriptor, bytes, count) ||
        (old != NULL && fchmod(descriptor, old->st_mode & 0777) != 0) || fsync(descriptor) != 0)
        status = fail(error, path, "cannot write");
    if (close(descriptor) != 0 && status == RO_STATUS_OK)
        status = fail(error, path, "cannot write");
    if (status == RO_STATUS_OK && rename(beside, path) != 0)
        status = fail(error, path, "cannot write");
    if (status != RO_STATUS_OK)
        unlink(beside);
    return status;
}

ro_status ro_file_write_whole(const char *path, const char *bytes, size_t count,
                              const ro_allocator *allocator, ro_error *error)
{
    struct stat old;
    const bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return ro_error_set_at(error, RO_STATUS_NOT_A_FILE, "file", path, 0, UINT64_MAX,
                               "is a folder, expected a file");
    if (exists && !S_ISREG(old.st_mode))
        return write_directly(path, bytes, count, error);
    char target[PATH_MAX]; /* behind links: the link stays, its target is replaced */
    if (exists && realpath(path, target) != NULL)
        path = target;
    allocator = ro_alloc_or_default(allocator);
    const size_t room = strlen(path) + 48;
    char *beside = ro_alloc_zeroed(allocator, room, 1);
    if (beside == NULL)
        return ro_error_set_at(error, RO_STATUS_OUT_OF_MEMORY, "file", path, 0, UINT64_MAX,
                               "out of memory");
    const ro_status status =
        write_beside(path, exists ? &old : NULL, bytes, count, beside, room, error);
    ro_alloc_free(allocator, beside, room, 1);
    return status;
}

bool ro_file_is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

ro_status ro_file_join(const char *folder, const char *name, char path[RO_FILE_PATH],
                       ro_error *error)
{
    const int length = snprintf(path, RO_FILE_PATH, "%s/%s", folder, name);
    if (length < 0 || length >= RO_FILE_PATH)
        return ro_error_set_at(error, RO_STATUS_BAD_ARGUMENT, "file", folder, 0, UINT64_MAX,
                               "the path of %s in it is too long", name);
    return RO_STATUS_OK;
}
