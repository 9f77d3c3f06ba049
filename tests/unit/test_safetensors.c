/* test_safetensors.c - the container of weights: what is read of a good one, what of a bad one is
 * refused and how it is named. */
#include "failing_allocator.h"
#include "parse/safetensors.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static char bytes[4096];

/* A file of a header and data in memory. */
static ro_text file_of(const char *header, const void *data, size_t count)
{
    size_t length = strlen(header);
    assert_true(8 + length + count <= sizeof bytes);
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(length >> 8 * i & 0xFF);
    memcpy(bytes + 8, header, length);
    if (count > 0)
        memcpy(bytes + 8 + length, data, count);
    return (ro_text){bytes, 8 + length + count};
}

static void assert_refused(ro_text file, ro_status expected, const char *words)
{
    ro_safetensors *opened = NULL;
    ro_error error = {0};
    ro_status status = ro_safetensors_open(file, "small", NULL, &opened, &error);
    if (status != expected || strstr(error.message, words) == NULL)
        fail_msg("expected status %d with '%s', found %d: %s", expected, words, status,
                 error.message);
    assert_null(opened);
    assert_string_equal(error.path, "small");
}

static void test_reads(void **state)
{
    (void)state;
    static const unsigned char data[] = {0,    0,    0x80, 0x3F, 0, 0,    0, 0xC0, /* 1, -2 */
                                         0,    0x3C, 1,    0x80, 0, 0x7C, /* 1, -2^-24, inf */
                                         0x80, 0x3F,                      /* 1 */
                                         7,    0xFF};
    ro_text file = file_of("{\"__metadata__\":{\"rank\":\"8\"},"
                           "\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                           "\"a\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[8,14]},"
                           "\"none\":{\"dtype\":\"I64\",\"shape\":[0,5],\"data_offsets\":[14,14]},"
                           "\"one\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[14,16]},"
                           "\"i\":{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[16,18]}} ",
                           data, sizeof data);
    ro_safetensors *opened = NULL;
    float numbers[3];
    assert_int_equal(ro_safetensors_open(file, "small", NULL, &opened, NULL), RO_STATUS_OK);
    assert_int_equal(ro_safetensors_count(opened), 5);
    assert_string_equal(ro_safetensors_at(opened, 0)->name, "a");
    assert_string_equal(ro_safetensors_metadata(opened, "rank"), "8");
    assert_null(ro_safetensors_metadata(opened, "alpha"));
    assert_null(ro_safetensors_find(opened, "c"));
    assert_null(ro_safetensors_find(opened, "__metadata__"));
    const ro_safetensor *b = ro_safetensors_find(opened, "b");
    assert_int_equal(b->rank, 2);
    assert_int_equal(b->dims[0], 2);
    assert_true(ro_safetensors_floats(b, numbers) && numbers[0] == 1 && numbers[1] == -2);
    assert_true(ro_safetensors_floats(ro_safetensors_find(opened, "a"), numbers));
    assert_true(numbers[0] == 1 && numbers[1] == -0x1p-24f && isinf(numbers[2]));
    assert_true(ro_safetensors_floats(ro_safetensors_find(opened, "one"), numbers));
    assert_true(numbers[0] == 1);
    assert_int_equal(ro_safetensors_find(opened, "none")->count, 0);
    const ro_safetensor *i = ro_safetensors_find(opened, "i");
    assert_false(ro_safetensors_floats(i, numbers));
    assert_string_equal(ro_safetensors_type_name(i->type), "I8");
    assert_int_equal(i->data[1], 0xFF);
    ro_safetensors_close(opened);
    ro_safetensors_close(NULL);
}

static void test_halves_are_exact(void **state)
{
    (void)state;
    static const struct {
        uint16_t bits;
        float number;
    } HALVES[] = {
        {0x0000, 0},     {0x3C00, 1},         {0x0400, 0x1p-14f},    {0x03FF, 0x1.FF8p-15f},
        {0x7BFF, 65504}, {0x8001, -0x1p-24f}, {0x3555, 0x1.554p-2f}, {0xC000, -2}};
    for (size_t i = 0; i < sizeof HALVES / sizeof *HALVES; i++) {
        unsigned char data[] = {(unsigned char)(HALVES[i].bits & 0xFF),
                                (unsigned char)(HALVES[i].bits >> 8)};
        ro_safetensor one = {.type = RO_SAFETENSOR_TYPE_F16, .count = 1, .data = data};
        float number;
        assert_true(ro_safetensors_floats(&one, &number));
        assert_true(number == HALVES[i].number);
    }
}

static void test_refuses_headers(void **state)
{
    (void)state;
    assert_refused((ro_text){"", 0}, RO_STATUS_BAD_FORMAT, "too short");
    assert_refused((ro_text){"\1\0\0\0\0\0\0\0", 8}, RO_STATUS_BAD_FORMAT, "beyond");
    assert_refused((ro_text){"\377\377\377\377\377\377\377\377{}", 10}, RO_STATUS_BAD_FORMAT,
                   "beyond");
    assert_refused(file_of("[]", NULL, 0), RO_STATUS_BAD_FORMAT, "no JSON object");
    assert_refused(file_of("{", NULL, 0), RO_STATUS_BAD_FORMAT, "no JSON object");
    assert_refused(file_of("{}", "x", 1), RO_STATUS_BAD_FORMAT, "covers");
    assert_refused(file_of("{\"__metadata__\":[]}", NULL, 0), RO_STATUS_BAD_FORMAT, "no object");
    assert_refused(file_of("{\"__metadata__\":{\"a\":1}}", NULL, 0), RO_STATUS_BAD_FORMAT,
                   "strings");
    ro_text twice = file_of("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                            "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                            "x", 1);
    assert_refused(twice, RO_STATUS_BAD_FORMAT, "no JSON object");
}

static void test_refuses_tensors(void **state)
{
    (void)state;
    static const struct {
        const char *described;
        ro_status status;
        const char *words;
    } CASES[] = {
        {"3", RO_STATUS_BAD_FORMAT, "is not described"},
        {"{\"dtype\":\"U8\",\"shape\":[4]}", RO_STATUS_BAD_FORMAT, "is not described"},
        {"{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4],\"x\":1}", RO_STATUS_BAD_FORMAT,
         "is not described"},
        {"{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0]}", RO_STATUS_BAD_FORMAT,
         "is not described"},
        {"{\"dtype\":\"C64\",\"shape\":[4],\"data_offsets\":[0,4]}", RO_STATUS_UNSUPPORTED,
         "unknown dtype"},
        {"{\"dtype\":\"U8\",\"shape\":[1,1,1,1,1,1,1,1,4],\"data_offsets\":[0,4]}",
         RO_STATUS_UNSUPPORTED, "8 dimensions"},
        {"{\"dtype\":\"U8\",\"shape\":[-4],\"data_offsets\":[0,4]}", RO_STATUS_BAD_FORMAT,
         "no list of sizes"},
        {"{\"dtype\":\"U8\",\"shape\":[4.0],\"data_offsets\":[0,4]}", RO_STATUS_BAD_FORMAT,
         "no list of sizes"},
        {"{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}",
         RO_STATUS_BAD_FORMAT, "overflows"},
        {"{\"dtype\":\"I64\",\"shape\":[4611686018427387905],\"data_offsets\":[0,4]}",
         RO_STATUS_BAD_FORMAT, "do not fit"},
        {"{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}", RO_STATUS_BAD_FORMAT,
         "do not fit"},
        {"{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[0,5]}", RO_STATUS_BAD_FORMAT,
         "within the file"},
        {"{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[-1,0]}", RO_STATUS_BAD_FORMAT,
         "within the file"},
        {"{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[3,2]}", RO_STATUS_BAD_FORMAT,
         "within the file"},
        {"{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[1,4]}", RO_STATUS_BAD_FORMAT, "hole"},
        {"{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
         "\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[3,4]}",
         RO_STATUS_BAD_FORMAT, "overlap"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char header[512];
        snprintf(header, sizeof header, "{\"w\u00E9\":%s}", CASES[i].described);
        assert_refused(file_of(header, "abcd", 4), CASES[i].status, CASES[i].words);
        assert_refused(file_of(header, "abcd", 4), CASES[i].status, "tensor w");
    }
}

static void test_gives_up_without_memory(void **state)
{
    (void)state;
    ro_text file =
        file_of("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", "abcd", 4);
    for (size_t at = 1, done = 0; !done; at++) {
        failing_allocator memory = {.fail_at = at};
        ro_allocator allocator = failing_allocator_of(&memory);
        ro_safetensors *opened = NULL;
        ro_status status = ro_safetensors_open(file, "small", &allocator, &opened, NULL);
        assert_int_equal(status, memory.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        done = !memory.failed;
        ro_safetensors_close(opened);
        assert_int_equal(memory.held, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),
        cmocka_unit_test(test_halves_are_exact),
        cmocka_unit_test(test_refuses_headers),
        cmocka_unit_test(test_refuses_tensors),
        cmocka_unit_test(test_gives_up_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
