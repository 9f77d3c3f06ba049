/* data_folder.h - a data folder of a test's own, with the files that it writes, gone afterwards. */
#ifndef RO_TEST_DATA_FOLDER_H
#define RO_TEST_DATA_FOLDER_H
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct data_folder {
    char path[64];
    char files[16][128];
    size_t count;
} data_folder;

static inline void data_folder_make(data_folder *folder)
{
    *folder = (data_folder){.path = "/tmp/readout-test-XXXXXX"};
    assert_non_null(mkdtemp(folder->path));
}

static inline void data_folder_add_folder(data_folder *folder, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_true(folder->count < 16);
    memcpy(folder->files[folder->count++], path, sizeof path);
}

/* Writes a file, replacing an older one. */
static inline void data_folder_write(data_folder *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        memcpy(folder->files[folder->count++], path, sizeof path);
    else
        fclose(file);
    assert_true(folder->count < 16);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static inline void data_folder_remove(data_folder *folder)
{
    while (folder->count > 0)
        remove(folder->files[--folder->count]);
    rmdir(folder->path);
}
#endif
