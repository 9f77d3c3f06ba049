/* test_image.c - image.c and compiling: a mapped table is the bytes that are made in memory and says
 * the same; one that does not fit the text, or is damaged, is not read. */
#include "small_lexicon.h"

#include "base/alloc.h"
#include "base/file.h"
#include "lexicon/image.h"

/* Gives the first fact of a table a pronoun that its line does not have. */
static void mark(unsigned char *bytes, size_t length)
{
    ((ro_image_fact *)(void *)(bytes + sizeof(ro_image_header)))->pronoun = 1;
    uint64_t checksum = ro_image_checksum(bytes, length);
    memcpy(bytes + offsetof(ro_image_header, checksum), &checksum, sizeof checksum);
}

/* Whether what was opened is a table that was marked, and no text. */
static bool is_marked(const ro_lexicon *lexicon)
{
    return strcmp(ro_lexicon_fact_at(lexicon, 0)->pronoun, "he") == 0;
}

static void write_table(small_lexicon *small, char path[static 128], ro_text bytes)
{
    data_folder_write(&small->folder, "lexicon.table", "");
    memcpy(path, small->folder.files[small->folder.count - 1], 128);
    assert_int_equal(ro_file_write_whole(path, bytes.data, bytes.length, NULL, NULL),
                     RO_STATUS_OK);
}

static void write_marked_table(small_lexicon *small, char path[static 128])
{
    ro_lexicon *made = small_lexicon_open(small);
    ro_text bytes = ro_lexicon_table(made);
    unsigned char *copy = test_malloc(bytes.length);
    memcpy(copy, bytes.data, bytes.length);
    mark(copy, bytes.length);
    write_table(small, path, (ro_text){(const char *)copy, bytes.length});
    test_free(copy);
    ro_lexicon_close(made);
}

static void assert_same_facts(const ro_lexicon *a, const ro_lexicon *b)
{
    assert_int_equal(ro_lexicon_fact_count(a), ro_lexicon_fact_count(b));
    for (size_t i = 0; i < ro_lexicon_fact_count(a); i++) {
        const ro_fact *left = ro_lexicon_fact_at(a, i), *right = ro_lexicon_fact_at(b, i);
        assert_int_equal(left->what, right->what);
        assert_string_equal(left->name, right->name);
        assert_string_equal(left->code, right->code);
        assert_string_equal(left->role, right->role);
        assert_string_equal(left->source, right->source);
        assert_memory_equal(&left->from, &right->from, sizeof left->from);
        assert_memory_equal(&left->until, &right->until, sizeof left->until);
    }
}

static void a_mapped_table_is_what_is_made_of_the_text(void **state)
{
    (void)state;
    small_lexicon small;
    char path[128];
    small_lexicon_make(&small);
    ro_lexicon *made = small_lexicon_open(&small), *again = small_lexicon_open(&small);
    ro_text bytes = ro_lexicon_table(made), same = ro_lexicon_table(again);
    assert_int_equal(bytes.length, same.length);
    assert_memory_equal(bytes.data, same.data, bytes.length);
    write_table(&small, path, bytes);
    small.options.lexicon_table = path;
    ro_lexicon *mapped = small_lexicon_open(&small);
    assert_same_facts(made, mapped);
    assert_string_equal(small_lexicon_lines(mapped, "Example"), "leaders.tsv:1 leaders.tsv:3");
    ro_lexicon_close(mapped);
    ro_lexicon_close(again);
    ro_lexicon_close(made);
    small_lexicon_remove(&small);
}

static void compiling_writes_the_table(void **state)
{
    (void)state;
    small_lexicon small;
    char path[128];
    small_lexicon_make(&small);
    write_table(&small, path, RO_TEXT("old"));
    assert_int_equal(ro_lexicon_compile(&small.options, path, NULL), RO_STATUS_OK);
    ro_lexicon *made = small_lexicon_open(&small);
    ro_text bytes = ro_lexicon_table(made);
    ro_file_map written;
    assert_int_equal(ro_file_map_open(path, &written, NULL), RO_STATUS_OK);
    assert_int_equal(written.length, bytes.length);
    assert_memory_equal(written.data, bytes.data, bytes.length);
    ro_file_map_close(&written);
    ro_lexicon_close(made);
    assert_int_equal(ro_lexicon_compile(&small.options, "/nowhere/table", NULL),
                     RO_STATUS_NOT_FOUND);
    small_lexicon_remove(&small);
}

static void only_a_table_that_fits_the_text_is_read(void **state)
{
    (void)state;
    small_lexicon small;
    char path[128];
    small_lexicon_make(&small);
    write_marked_table(&small, path);
    small.options.lexicon_table = path;
    ro_lexicon *lexicon = small_lexicon_open(&small);
    assert_true(is_marked(lexicon));
    ro_lexicon_close(lexicon);
    data_folder_write(&small.folder, "lexicon/nouns.tsv", "role\t\tnurse\n");
    lexicon = small_lexicon_open(&small);
    assert_false(is_marked(lexicon));
    assert_string_equal(small_lexicon_lines(lexicon, "nurse"), "nouns.tsv:1");
    ro_lexicon_close(lexicon);
    data_folder_write(&small.folder, "lexicon/nouns.tsv", "");
    small_lexicon_lay(&small, "role\t\tnurse\n");
    lexicon = small_lexicon_open(&small);
    assert_false(is_marked(lexicon));
    assert_string_equal(small_lexicon_lines(lexicon, "nurse"), "own1.tsv:1");
    ro_lexicon_close(lexicon);
    small.options.lexicon_count = 0;
    small.options.lexicon_table = "/nowhere/table";
    lexicon = small_lexicon_open(&small);
    assert_false(is_marked(lexicon));
    ro_lexicon_close(lexicon);
    small_lexicon_remove(&small);
}

/* Looks at everything there is. */
static void read_all(const ro_lexicon *lexicon)
{
    size_t length = 0;
    for (size_t i = 0; i < ro_lexicon_fact_count(lexicon); i++) {
        const ro_fact *fact = ro_lexicon_fact_at(lexicon, i);
        length += strlen(fact->name) + strlen(fact->code) + strlen(fact->country) +
                  strlen(fact->sectors) + strlen(fact->role) + strlen(fact->parent) +
                  strlen(fact->source) + strlen(fact->pronoun);
        length += strlen(small_lexicon_lines(lexicon, fact->name));
        ro_lexicon_country(lexicon, fact->country);
        ro_lexicon_role(lexicon, fact->role);
        if (strlen(fact->sectors) >= 3)
            ro_lexicon_sector(lexicon, fact->sectors);
        ro_lexicon_holder(lexicon, fact->country, fact->role, (ro_date){2005, 5, 2});
    }
    assert_true(length > 0);
}

static ro_status open_bytes(const void *bytes, size_t length, ro_lexicon **lexicon)
{
    *lexicon = NULL;
    return ro_lexicon_open_table(bytes, length, NULL, lexicon);
}

/* A copy of a small table; the caller frees it. */
static unsigned char *copy_of_table(size_t *length)
{
    small_lexicon small;
    small_lexicon_make(&small);
    ro_lexicon *made = small_lexicon_open(&small);
    ro_text bytes = ro_lexicon_table(made);
    unsigned char *copy = test_malloc(bytes.length);
    memcpy(copy, bytes.data, bytes.length);
    *length = bytes.length;
    ro_lexicon_close(made);
    small_lexicon_remove(&small);
    return copy;
}

static void damage_is_refused_wherever_it_is(void **state)
{
    (void)state;
    size_t length;
    unsigned char *bytes = copy_of_table(&length);
    ro_lexicon *lexicon;
    assert_int_equal(open_bytes(bytes, length, &lexicon), RO_STATUS_OK);
    read_all(lexicon);
    ro_lexicon_close(lexicon);
    for (size_t i = 0; i < length; i++) {
        for (int flip = 1; flip < 256; flip = 2 * flip + 1) {
            bytes[i] = (unsigned char)(bytes[i] ^ flip);
            assert_int_not_equal(open_bytes(bytes, length, &lexicon), RO_STATUS_OK);
            bytes[i] = (unsigned char)(bytes[i] ^ flip);
        }
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char *cut = test_malloc(i + 1); /* so that a byte too far is seen */
        memcpy(cut, bytes, i);
        assert_int_not_equal(open_bytes(cut, i, &lexicon), RO_STATUS_OK);
        test_free(cut);
    }
    test_free(bytes);
}

/* Somebody may send the checksum that fits: what is opened then can be read to the end. */
static void damage_under_a_fitting_checksum_cannot_lead_astray(void **state)
{
    (void)state;
    size_t length, opened = 0;
    unsigned char *bytes = copy_of_table(&length);
    uint64_t checksum;
    for (size_t i = 0; i < length; i++) {
        for (int value = 0; value < 3; value++) {
            unsigned char before = bytes[i];
            ro_lexicon *lexicon;
            bytes[i] = (unsigned char)(value == 0 ? 0xFF : value == 1 ? before + 1 : 0);
            checksum = ro_image_checksum(bytes, length);
            memcpy(bytes + offsetof(ro_image_header, checksum), &checksum, sizeof checksum);
            if (open_bytes(bytes, length, &lexicon) == RO_STATUS_OK) {
                read_all(lexicon);
                opened++;
            }
            ro_lexicon_close(lexicon);
            bytes[i] = before;
        }
    }
    assert_true(opened > 0);
    test_free(bytes);
}

static void other_versions_are_told_apart(void **state)
{
    (void)state;
    size_t length;
    unsigned char *bytes = copy_of_table(&length);
    ro_lexicon *lexicon;
    ro_image_header header;
    memcpy(&header, bytes, sizeof header);
    header.version++;
    memcpy(bytes, &header, sizeof header);
    assert_int_equal(open_bytes(bytes, length, &lexicon), RO_STATUS_BAD_VERSION);
    bytes[0] = 'R';
    assert_int_equal(open_bytes(bytes, length, &lexicon), RO_STATUS_BAD_FORMAT);
    test_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mapped_table_is_what_is_made_of_the_text),
        cmocka_unit_test(compiling_writes_the_table),
        cmocka_unit_test(only_a_table_that_fits_the_text_is_read),
        cmocka_unit_test(damage_is_refused_wherever_it_is),
        cmocka_unit_test(damage_under_a_fitting_checksum_cannot_lead_astray),
        cmocka_unit_test(other_versions_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
