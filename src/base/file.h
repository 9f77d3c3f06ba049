/* file.h - the only place that opens files. */
#ifndef RO_BASE_FILE_H
#define RO_BASE_FILE_H
#include "readout.h"

/* A whole file in memory, mapped read-only where it is a plain file. */
typedef struct ro_file_map {
    const char *data;
    size_t length;
} ro_file_map;

/* Maps a file. NOT_FOUND, NOT_PERMITTED, NOT_A_FILE, IO. An empty file has length 0. */
ro_status ro_file_map_open(const char *path, ro_file_map *map, ro_error *error);
void ro_file_map_close(ro_file_map *map);

/* A stream of bytes, for reading; "-" is standard input. */
typedef struct ro_file ro_file;
ro_status ro_file_open(const char *path, const ro_allocator *allocator, ro_file **file,
                       ro_error *error);
/* Reads up to count bytes; *got is 0 at the end. IO on failure. Interrupted reads go on. */
ro_status ro_file_read(ro_file *file, char *bytes, size_t count, size_t *got, ro_error *error);
void ro_file_close(ro_file *file);

/* Writes a file whole: beside path first, then renamed, so that path is never half written. */
ro_status ro_file_write_whole(const char *path, const char *bytes, size_t count,
                              const ro_allocator *allocator, ro_error *error);
/* How many bytes the path of a file has at most, with the NUL behind it. */
#define RO_FILE_PATH 4096

/* Writes folder/name to path. BAD_ARGUMENT if it has no room there. */
ro_status ro_file_join(const char *folder, const char *name, char path[RO_FILE_PATH],
                       ro_error *error);
/* Whether path is a folder. */
bool ro_file_is_folder(const char *path);
#endif
