/* test_file.c - file.c in a folder of its own below /tmp. */
#define _XOPEN_SOURCE 700 /* mkdtemp is POSIX, symlink and mkfifo are XSI's */
#include "unit.h"

#include "base/file.h"
#include "failing_allocator.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static const char *in_folder(const char *name)
{
    static char paths[4][512];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, name);
    return paths[turn];
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/readout-test-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    DIR *open = opendir(folder);
    for (const struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;)
        if (entry->d_name[0] != '.')
            remove(in_folder(entry->d_name));
    if (open != NULL)
        closedir(open);
    return rmdir(folder);
}

static size_t count_entries(void)
{
    size_t count = 0;
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

static void assert_holds(const char *path, const char *bytes, size_t count)
{
    ro_file_map map;
    assert_int_equal(ro_file_map_open(path, &map, NULL), RO_STATUS_OK);
    assert_int_equal(map.length, count);
    assert_memory_equal(map.data, bytes, count);
    ro_file_map_close(&map);
    ro_file_map_close(&map); /* twice is fine */
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    const char *path = in_folder("a");
    assert_int_equal(ro_file_write_whole(path, "one\0two", 7, NULL, NULL), RO_STATUS_OK);
    assert_holds(path, "one\0two", 7);
    assert_int_equal(ro_file_write_whole(path, "three", 5, NULL, NULL), RO_STATUS_OK);
    assert_holds(path, "three", 5);
    assert_int_equal(ro_file_write_whole(path, NULL, 0, NULL, NULL), RO_STATUS_OK);
    assert_holds(path, "", 0);
    assert_int_equal(count_entries(), 1); /* nothing is left beside it */
}

static void a_stream_gives_all_bytes(void **state)
{
    (void)state;
    const char *path = in_folder("stream");
    static char bytes[100000], read[sizeof bytes];
    for (size_t i = 0; i < sizeof bytes; ++i)
        bytes[i] = (char)(i * 7 % 253);
    assert_int_equal(ro_file_write_whole(path, bytes, sizeof bytes, NULL, NULL), RO_STATUS_OK);
    ro_file *file;
    assert_int_equal(ro_file_open(path, NULL, &file, NULL), RO_STATUS_OK);
    size_t total = 0, got = 1;
    while (got > 0) {
        assert_int_equal(ro_file_read(file, read + total, 777, &got, NULL), RO_STATUS_OK);
        total += got;
    }
    assert_int_equal(total, sizeof bytes);
    assert_memory_equal(read, bytes, sizeof bytes);
    ro_file_close(file);
    ro_file_close(NULL);
}

static void the_mode_and_the_link_stay(void **state)
{
    (void)state;
    const char *path = in_folder("private"), *link = in_folder("link");
    assert_int_equal(ro_file_write_whole(path, "1", 1, NULL, NULL), RO_STATUS_OK);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(symlink("private", link), 0);
    assert_int_equal(ro_file_write_whole(link, "22", 2, NULL, NULL), RO_STATUS_OK);
    assert_holds(path, "22", 2);
    struct stat facts;
    assert_int_equal(lstat(link, &facts), 0);
    assert_true(S_ISLNK(facts.st_mode));
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
}

static void a_device_is_not_renamed_over(void **state)
{
    (void)state;
    assert_int_equal(ro_file_write_whole("/dev/null", "1", 1, NULL, NULL), RO_STATUS_OK);
    struct stat facts;
    assert_int_equal(stat("/dev/null", &facts), 0);
    assert_true(S_ISCHR(facts.st_mode));
}

static void what_cannot_be_opened_says_why(void **state)
{
    (void)state;
    ro_file_map map = {"untouched", 9};
    ro_file *file = NULL;
    ro_error error = {0};
    const char *path = in_folder("missing");
    assert_int_equal(ro_file_map_open(path, &map, &error), RO_STATUS_NOT_FOUND);
    assert_string_equal(error.path, path);
    assert_non_null(strstr(error.message, "No such file"));
    assert_int_equal(ro_file_open(path, NULL, &file, &error), RO_STATUS_NOT_FOUND);
    assert_int_equal(ro_file_open(in_folder("a/b"), NULL, &file, NULL), RO_STATUS_NOT_FOUND);
    assert_int_equal(ro_file_map_open(folder, &map, &error), RO_STATUS_NOT_A_FILE);
    assert_int_equal(ro_file_open(folder, NULL, &file, &error), RO_STATUS_NOT_A_FILE);
    assert_int_equal(ro_file_write_whole(folder, "", 0, NULL, &error), RO_STATUS_NOT_A_FILE);
    const char *pipe = in_folder("pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(ro_file_map_open(pipe, &map, &error), RO_STATUS_NOT_A_FILE);
    assert_int_equal(ro_file_write_whole(in_folder("no/where"), "", 0, NULL, &error),
                     RO_STATUS_NOT_FOUND);
    assert_int_equal(map.length, 9);
    assert_null(file);
    assert_true(ro_file_is_folder(folder));
    assert_false(ro_file_is_folder(path) || ro_file_is_folder(pipe));
}

static void permissions_are_told(void **state)
{
    (void)state;
    const char *path = in_folder("secret");
    assert_int_equal(ro_file_write_whole(path, "1", 1, NULL, NULL), RO_STATUS_OK);
    assert_int_equal(chmod(path, 0), 0);
    const uid_t user = geteuid();
    if (user == 0) /* root may read everything: be nobody for a moment */
        assert_int_equal(seteuid(65534), 0);
    ro_file *file = NULL;
    ro_error error = {0};
    const ro_status read = ro_file_open(path, NULL, &file, &error);
    const ro_status written = ro_file_write_whole(path, "2", 1, NULL, NULL);
    if (user == 0)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(read, RO_STATUS_NOT_PERMITTED);
    assert_string_equal(error.path, path);
    assert_int_equal(written, user == 0 ? RO_STATUS_NOT_PERMITTED : RO_STATUS_OK);
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    const char *path = in_folder("whole");
    static char bytes[100000];
    assert_int_equal(ro_file_write_whole(path, "old", 3, NULL, NULL), RO_STATUS_OK);
    const size_t entries = count_entries();
    struct rlimit limit, kept;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &kept), 0);
    limit = kept;
    limit.rlim_cur = 5000; /* as if the disk were full behind 5000 bytes */
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const ro_status status = ro_file_write_whole(path, bytes, sizeof bytes, NULL, NULL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &kept), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(status, RO_STATUS_IO);
    assert_holds(path, "old", 3);
    assert_int_equal(count_entries(), entries);
}

static void failing_memory_is_told(void **state)
{
    (void)state;
    const char *path = in_folder("memory");
    assert_int_equal(ro_file_write_whole(path, "1", 1, NULL, NULL), RO_STATUS_OK);
    failing_allocator counter = {.fail_at = 1};
    ro_allocator allocator = failing_allocator_of(&counter);
    ro_file *file = NULL;
    assert_int_equal(ro_file_open(path, &allocator, &file, NULL), RO_STATUS_OUT_OF_MEMORY);
    counter = (failing_allocator){.fail_at = 1};
    assert_int_equal(ro_file_write_whole(path, "2", 1, &allocator, NULL), RO_STATUS_OUT_OF_MEMORY);
    assert_holds(path, "1", 1);
    assert_int_equal(counter.held, 0);
}

static void a_path_is_joined_if_it_has_room(void **state)
{
    (void)state;
    char path[RO_FILE_PATH], long_folder[RO_FILE_PATH];
    ro_error error = {0};
    assert_int_equal(ro_file_join("data", "who/words.tsv", path, NULL), RO_STATUS_OK);
    assert_string_equal(path, "data/who/words.tsv");
    memset(long_folder, 'x', sizeof long_folder);
    long_folder[RO_FILE_PATH - 5] = '\0'; /* "/abc" and a NUL fit behind it */
    assert_int_equal(ro_file_join(long_folder, "abc", path, NULL), RO_STATUS_OK);
    assert_int_equal(strlen(path), RO_FILE_PATH - 1);
    assert_int_equal(ro_file_join(long_folder, "abcd", path, &error), RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(error.status, RO_STATUS_BAD_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_stream_gives_all_bytes),
        cmocka_unit_test(the_mode_and_the_link_stay),
        cmocka_unit_test(a_device_is_not_renamed_over),
        cmocka_unit_test(what_cannot_be_opened_says_why),
        cmocka_unit_test(permissions_are_told),
        cmocka_unit_test(a_full_disk_leaves_the_old_file),
        cmocka_unit_test(failing_memory_is_told),
        cmocka_unit_test(a_path_is_joined_if_it_has_room),
    };
    return cmocka_run_group_tests_name("file", tests, make_folder, remove_folder);
}
