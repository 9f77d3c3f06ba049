/* test_gazetteer_show.c - gazetteer_show.c: compiling files, what a name may mean, what a table
 * holds, and what is said of one that is damaged or none. */
#include "small_gazetteer.h"

#include "data_folder.h"
#include "failing_allocator.h"
#include "where/gazetteer_image.h"

typedef struct compiled {
    data_folder folder;
    char path[128];
    const char *files[2];
} compiled;

typedef struct written {
    char text[4096];
    size_t used;
} written;

static ro_status keep(void *context, const char *bytes, size_t count)
{
    written *to = context;
    assert_true(to->used + count < sizeof to->text);
    memcpy(to->text + to->used, bytes, count);
    to->used += count;
    to->text[to->used] = '\0';
    return RO_STATUS_OK;
}

static ro_status refuse(void *context, const char *bytes, size_t count)
{
    (void)context;
    (void)bytes;
    (void)count;
    return RO_STATUS_IO;
}

static ro_sink sink_of(written *to)
{
    *to = (written){.used = 0};
    return (ro_sink){keep, to};
}

static int compile_small(void **state)
{
    static compiled one;
    ro_error error = {0};
    data_folder_make(&one.folder);
    data_folder_write(&one.folder, "ours.tsv", small_gazetteer_ours);
    data_folder_write(&one.folder, "theirs.tsv", small_gazetteer_theirs);
    data_folder_write(&one.folder, "table", "");
    for (int i = 0; i < 2; i++)
        one.files[i] = one.folder.files[i];
    memcpy(one.path, one.folder.files[2], sizeof one.path);
    if (ro_gazetteer_compile(one.files, 2, one.path, NULL, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s", error.path, (int)error.line, error.message);
    *state = &one;
    return 0;
}

static int remove_small(void **state)
{
    data_folder_remove(&((compiled *)*state)->folder);
    return 0;
}

static void a_table_lists_what_a_name_may_mean(void **state)
{
    const compiled *one = *state;
    const ro_text names[] = {RO_TEXT("paris"), RO_TEXT("Nizza"), RO_TEXT("Atlantis")};
    written to;
    size_t unknown = 0;
    ro_error error = {0};
    assert_int_equal(ro_gazetteer_list(one->path, names, 3, sink_of(&to), &unknown, &error),
                     RO_STATUS_OK);
    assert_int_equal(unknown, 1);
    assert_string_equal(
        to.text,
        "paris\n"
        "  place  kind  country  within         named  latitude  longitude   people  geonames\n"
        "  Paris  city  FRA      Île-de-France  main   48.85341    2.34880  2138551   2988507\n"
        "  Paris  city  USA      Texas          main   33.66094  -95.55551    24782   4717560\n"
        "Nizza\n"
        "  place  kind  country  within  named        latitude  longitude  people  geonames\n"
        "  Nice   city  FRA      Côte    other, weak  43.70000    7.27000  342669   2990440\n"
        "Atlantis: no place is called so\n");
    assert_int_equal(
        ro_gazetteer_list(one->path, &(ro_text){"\xff", 1}, 1, sink_of(&to), &unknown, &error),
        RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(
        ro_gazetteer_list(one->path, names, 1, (ro_sink){refuse, NULL}, &unknown, &error),
        RO_STATUS_IO);
}

static void a_table_says_what_it_holds(void **state)
{
    const compiled *one = *state;
    written to;
    char expected[256];
    size_t length;
    void *table = small_gazetteer_table(&length);
    assert_int_equal(ro_gazetteer_show(one->path, sink_of(&to), NULL), RO_STATUS_OK);
    snprintf(expected, sizeof expected,
             "14 places: 3 country, 4 region, 5 city, 1 water, 1 area\n"
             "22 names, %lu bytes, checksum as it was written\n",
             (unsigned long)length);
    assert_string_equal(to.text, expected);
    ro_alloc_free_aligned(ro_alloc_default(), table, length, 1);
}

static void write_bytes(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void damage_is_told_with_the_file(void **state)
{
    compiled *one = *state;
    char path[128];
    size_t length;
    written to;
    data_folder_write(&one->folder, "damaged", "");
    memcpy(path, one->folder.files[one->folder.count - 1], sizeof path);
    char *bytes = small_gazetteer_table(&length);
    bytes[length - 2] ^= 1;
    const struct {
        size_t length;
        ro_status status;
        const char *message;
    } cases[] = {
        {length, RO_STATUS_CORRUPT, "is damaged: the checksum does not fit the bytes"},
        {length - 8, RO_STATUS_CORRUPT, "is damaged or cut short, expected the whole table"},
        {4, RO_STATUS_BAD_FORMAT,
         "is no gazetteer, expected what 'readout gazetteer compile' writes"},
        {0, RO_STATUS_BAD_FORMAT,
         "is no gazetteer, expected what 'readout gazetteer compile' writes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_error error = {0};
        write_bytes(path, bytes, cases[i].length);
        assert_int_equal(ro_gazetteer_show(path, sink_of(&to), &error), cases[i].status);
        assert_string_equal(error.message, cases[i].message);
        assert_string_equal(error.path, path);
        assert_int_equal(to.used, 0);
    }
    bytes[offsetof(ro_gazetteer_header, version)]++;
    write_bytes(path, bytes, length);
    ro_error error = {0};
    assert_int_equal(ro_gazetteer_show(path, sink_of(&to), &error), RO_STATUS_BAD_VERSION);
    assert_string_equal(error.message,
                        "was made by another version or on another machine, expected one compiled "
                        "here");
    ro_alloc_free_aligned(ro_alloc_default(), bytes, length, 1);
}

static void what_cannot_be_compiled_writes_nothing(void **state)
{
    compiled *one = *state;
    written before, after;
    ro_error error = {0};
    assert_int_equal(ro_gazetteer_show(one->path, sink_of(&before), NULL), RO_STATUS_OK);
    const char *missing[] = {one->files[0], "/nowhere/there.tsv"};
    assert_int_equal(ro_gazetteer_compile(missing, 2, one->path, NULL, &error),
                     RO_STATUS_NOT_FOUND);
    assert_string_equal(error.path, "/nowhere/there.tsv");
    const char *faulty[] = {one->path};
    assert_int_equal(ro_gazetteer_compile(faulty, 1, one->path, NULL, &error),
                     RO_STATUS_BAD_FORMAT);
    assert_int_equal(ro_gazetteer_compile(one->files, 2, "/nowhere/table", NULL, &error),
                     RO_STATUS_NOT_FOUND);
    assert_int_equal(ro_gazetteer_show(one->path, sink_of(&after), NULL), RO_STATUS_OK);
    assert_string_equal(after.text, before.text);
}

static void memory_that_runs_out_is_told(void **state)
{
    const compiled *one = *state;
    failing_allocator memory = {.fail_at = 1};
    const ro_allocator allocator = failing_allocator_of(&memory);
    for (;; memory.fail_at += 1 + memory.fail_at / 16) {
        memory.requests = 0;
        memory.failed = false;
        const ro_status status = ro_gazetteer_compile(one->files, 2, one->path, &allocator, NULL);
        assert_int_equal(status, memory.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        assert_int_equal(memory.held, 0);
        if (!memory.failed)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_lists_what_a_name_may_mean),
        cmocka_unit_test(a_table_says_what_it_holds),
        cmocka_unit_test(damage_is_told_with_the_file),
        cmocka_unit_test(what_cannot_be_compiled_writes_nothing),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, compile_small, remove_small);
}
