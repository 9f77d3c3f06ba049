/* replay.c - runs a fuzz target over the files of a corpus folder, for compilers without libFuzzer.
 * Prints TAP. Files that ever broke a door are kept in the corpus, so that they stay mended.
 */
#define _DEFAULT_SOURCE
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static int is_case(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Runs one file through the target; false if it cannot be read. */
static int replay(const char *folder, const char *name)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return 0;
    uint8_t *bytes = NULL;
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    int read = 0;
    if (size >= 0 && fseek(file, 0, SEEK_SET) == 0) {
        /* Exactly as large as the file, so that the sanitizer sees one byte too far. */
        bytes = malloc(size > 0 ? (size_t)size : 1);
        read = bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size;
    }
    fclose(file);
    if (read)
        LLVMFuzzerTestOneInput(bytes, (size_t)size);
    free(bytes);
    return read;
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    int count = argc == 2 ? scandir(argv[1], &entries, is_case, alphasort) : -1;
    if (count < 0) {
        fprintf(stderr, "usage: %s CORPUS-FOLDER\n", argv[0]);
        return 2;
    }
    int failures = count == 0;
    for (int i = 0; i < count; i++) {
        int passed = replay(argv[1], entries[i]->d_name);
        failures += !passed;
        printf("%s %d - %s\n", passed ? "ok" : "not ok", i + 1, entries[i]->d_name);
        fflush(stdout);
        free(entries[i]);
    }
    free(entries);
    printf("1..%d\n", count);
    return failures != 0;
}
