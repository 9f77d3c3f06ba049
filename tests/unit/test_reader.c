/* test_reader.c - reader.c, input.c and the doors: formats, fields, bad lines, limits, streams. */
#include "unit.h"

#include "base/file.h"
#include "base/text.h"
#include "doc/document.h"
#include "failing_allocator.h"

#include <stdio.h>
#include <unistd.h>

#define MARK "\xEF\xBB\xBF"

static ro_reader *open_text(const char *text, const ro_reader_options *options)
{
    ro_reader *reader = NULL;
    assert_int_equal(ro_reader_open_memory("memory", ro_text_of(text), options, &reader, NULL),
                     RO_STATUS_OK);
    return reader;
}

static ro_document *next_of(ro_reader *reader)
{
    ro_document *document = NULL;
    ro_error error = {0};
    const ro_status status = ro_reader_next(reader, &document, &error);
    if (status != RO_STATUS_OK)
        fail_msg("line %d: %s", (int)error.line, error.message);
    return document;
}

static void assert_end(ro_reader *reader)
{
    ro_document *document = NULL;
    for (int i = 0; i < 2; ++i)
        assert_int_equal(ro_reader_next(reader, &document, NULL), RO_STATUS_END);
    assert_null(document);
    ro_reader_close(reader);
}

static void assert_date(const ro_document *document, int year, int month, int day)
{
    const ro_date date = ro_document_date_get(document);
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

/* The one document of a text. */
static ro_document *only(const char *text, const ro_reader_options *options)
{
    ro_reader *reader = open_text(text, options);
    ro_document *document = next_of(reader);
    assert_end(reader);
    return document;
}

/* The error of the one document of a text. */
static ro_error only_error(const char *text, const ro_reader_options *options)
{
    ro_reader *reader = open_text(text, options);
    ro_document *document = NULL;
    ro_error error = {0};
    const ro_status status = ro_reader_next(reader, &document, &error);
    assert_int_equal(status, error.status);
    assert_null(document);
    assert_end(reader);
    return error;
}

static void assert_text(const ro_document *document, const char *text)
{
    assert_true(ro_text_equal_string(ro_document_text_get(document), text));
}

static void a_text_is_one_document(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " \r\n",
        "They met.\nThey parted.\r\n",
        MARK,
        MARK " x",
        "\xC3\xA9t\xC3\xA9",
        "x{}",
        MARK MARK "{}",
        "[1]",
        "[",
        "[Correction: {x}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        ro_document *document = only(texts[i], NULL);
        assert_text(document, texts[i]);
        assert_date(document, 0, 0, 0);
        ro_document_free(document);
    }
}

static void the_option_wins_over_json_and_that_over_the_prefix(void **state)
{
    (void)state;
    const ro_reader_options options = {.date = {2024, 5, 6}};
    static const struct {
        const char *text;
        int year, body;
    } cases[] = {
        {"date 2022-03-03 x", 2022, 16},
        {"{\"text\":\"date 2022-03-03 x\"}", 2022, 16},
        {"{\"text\":\"date 2022-03-03 x\",\"date\":\"2023-03-03\"}", 2023, 16},
        {"{\"text\":\"x\",\"date\":\"2023-03-03\"}", 2023, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        ro_document *document = only(cases[i].text, NULL);
        assert_int_equal(ro_document_date_get(document).year, cases[i].year);
        assert_int_equal(document->body, cases[i].body);
        ro_document_free(document);
        document = only(cases[i].text, &options);
        assert_date(document, 2024, 5, 6);
        assert_int_equal(document->body, cases[i].body);
        ro_document_free(document);
    }
    ro_document_free(only("{\"text\":\"x\",\"date\":\"soon\"}", &options));
}

static void fields_are_taken(void **state)
{
    (void)state;
    ro_document *document =
        only(MARK " \t{\"gold\":[{\"a\":[1.5,null,true]}],\"id\":\"d-1\",\"date\":\"2022-03-03\","
                  "\"text\":\"Caf\\u00e9 \\ud83d\\ude00 \\\\u\",\"source\":\"Wire\","
                  "\"url\":\"https://example.org/1\",\"title\":\"T\",\"language\":\"en\"}\r\n",
             NULL);
    assert_text(document, "Caf\xC3\xA9 \xF0\x9F\x98\x80 \\u");
    assert_true(ro_text_equal_string(ro_document_id_get(document), "d-1"));
    assert_date(document, 2022, 3, 3);
    assert_string_equal(document->source, "Wire");
    assert_string_equal(document->url, "https://example.org/1");
    assert_string_equal(document->title, "T");
    assert_string_equal(document->language, "en");
    assert_int_equal(ro_document_replaced_count(document), 0);
    ro_document_free(document);

    document = only("{\"text\":\"\",\"id\":-9007199254740993,\"date\":null,\"title\":null}", NULL);
    assert_text(document, "");
    assert_true(ro_text_equal_string(ro_document_id_get(document), "-9007199254740993"));
    assert_date(document, 0, 0, 0);
    assert_null(document->title);
    assert_null(document->source);
    ro_document_free(document);
}

static void documents_without_an_id_get_the_one_of_their_text(void **state)
{
    (void)state;
    ro_document *documents[] = {only("x", NULL), only("{\"text\":\"x\"}", NULL),
                                only("{\"id\":\"\",\"text\":\"x\"}", NULL)};
    for (size_t i = 1; i < 3; ++i)
        assert_true(
            ro_text_equal(ro_document_id_get(documents[0]), ro_document_id_get(documents[i])));
    for (size_t i = 0; i < 3; ++i)
        ro_document_free(documents[i]);
}

static void dates_may_have_a_time(void **state)
{
    (void)state;
    static const char *const dates[] = {"2022-03-03", "2022-03-03T10:00:00Z",
                                        "2022-03-03T23:59:59.5+02:00", "2022-03-03 10:00"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; ++i) {
        char line[128];
        snprintf(line, sizeof line, "{\"text\":\"x\",\"date\":\"%s\"}", dates[i]);
        ro_document *document = only(line, NULL);
        assert_date(document, 2022, 3, 3);
        ro_document_free(document);
    }
    ro_document *document = only("{\"text\":\"x\",\"date\":\"\"}", NULL);
    assert_date(document, 0, 0, 0);
    ro_document_free(document);
}

static void bad_lines_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *line, *message;
    } cases[] = {
        {"{\"text\":\"x\"", "not JSON"},
        {"{\"text\":\"x\"} {\"text\":\"y\"}", "not JSON"},
        {"{", "not JSON"},
        {"{\"text\":\"x\",\"n\":1e999}", "not JSON"},
        {"{\"text\":\"\\x\"}", "not JSON"},
        {"{\"text\":\"\\u12", "not JSON"},
        {"{\"text\":\"tab\tinside\"}", "not JSON"},
        {"{}", "field \"text\": expected a string, found none"},
        {"{\"text\":null}", "field \"text\": expected a string, found null"},
        {"{\"text\":[\"x\"]}", "field \"text\": expected a string, found an array"},
        {"{\"text\":\"x\",\"id\":1.5}", "field \"id\": expected a string or an integer"},
        {"{\"text\":\"x\",\"id\":{}}", "found an object"},
        {"{\"text\":\"x\",\"id\":\"a\\u0000b\"}", "without NULs"},
        {"{\"text\":\"x\",\"title\":true}", "field \"title\": expected a string"},
        {"{\"text\":\"x\",\"date\":20220303}", "field \"date\": expected a string"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        const ro_error error = only_error(cases[i].line, NULL);
        assert_int_equal(error.status, RO_STATUS_BAD_FORMAT);
        assert_string_equal(error.stage, "read");
        assert_string_equal(error.path, "memory");
        assert_int_equal(error.line, 1);
        assert_non_null(strstr(error.message, cases[i].message));
    }
    const ro_reader_options jsonl = {.format = RO_FORMAT_JSONL};
    assert_non_null(
        strstr(only_error("[1]", &jsonl).message, "expected an object, found an array"));
    assert_non_null(strstr(only_error("\"x\"", &jsonl).message, "found a string"));
    assert_non_null(strstr(only_error("x", &jsonl).message, "not JSON"));
}

static void the_next_line_is_read_after_a_bad_one(void **state)
{
    (void)state;
    ro_reader *reader =
        open_text("\n{\"text\":\"a\"}\n\r\n {\"text\":\n{\"text\":\"b\"}\r\n\n", NULL);
    ro_document *document = next_of(reader);
    assert_text(document, "a");
    ro_document_free(document);
    ro_error error = {0};
    document = NULL;
    assert_int_equal(ro_reader_next(reader, &document, &error), RO_STATUS_BAD_FORMAT);
    assert_int_equal(error.line, 4);
    assert_true(error.offset <= 9);
    assert_int_equal(ro_reader_line_get(reader), 4);
    document = next_of(reader);
    assert_text(document, "b");
    ro_document_free(document);
    assert_end(reader);
}

/* The errors of all lines, in JSON lines whose only document is "b". */
static size_t count_errors(const char *text, ro_error *last)
{
    ro_reader *reader = open_text(text, NULL);
    ro_document *document = NULL;
    ro_status status;
    size_t errors = 0, documents = 0;
    while ((status = ro_reader_next(reader, &document, last)) != RO_STATUS_END) {
        errors += status != RO_STATUS_OK;
        if (status != RO_STATUS_OK)
            continue;
        documents++;
        assert_text(document, "b");
        ro_document_free(document);
    }
    assert_int_equal(documents, 1);
    ro_reader_close(reader);
    return errors;
}

static void a_broken_object_goes_on_to_the_next_brace(void **state)
{
    (void)state;
    ro_error error = {0};
    assert_int_equal(count_errors("{\n  \"text\": \"a\"\n}\n{\"text\":\"b\"}", &error), 1);
    assert_int_equal(error.line, 1);
    assert_non_null(strstr(error.message, "the line ends too soon; expected one object a line"));
    assert_int_equal(count_errors("{\"text\":\"a\n7\nb\"}\n {\"text\":\"b\"}", &error), 1);
    assert_int_equal(count_errors("{\"text\":}\nx\n{\"text\":!}\n\n{\"text\":\"b\"}\n7", &error),
                     3);
    assert_int_equal(error.line, 6);
    /* an object that is whole ends where it ends */
    assert_int_equal(count_errors("{\"text\":7}\nx\ny\n{\"text\":\"b\"}", &error), 2);
}

static void a_format_that_was_guessed_is_named_once(void **state)
{
    (void)state;
    const ro_reader_options jsonl = {.format = RO_FORMAT_JSONL};
    const char *text = "{Editor's note} Rain fell.\nSnow fell.\n";
    assert_non_null(strstr(only_error(text, NULL).message, "--from text"));
    assert_null(strstr(only_error(text, &jsonl).message, "--from text"));
    ro_error error = {0};
    assert_int_equal(count_errors("{\"text\":\"b\"}\n{x}\n", &error), 1);
    assert_null(strstr(error.message, "--from text"));
}

static void what_is_no_text_is_refused_whole(void **state)
{
    (void)state;
    const ro_reader_options text = {.format = RO_FORMAT_TEXT}, jsonl = {.format = RO_FORMAT_JSONL};
    const struct {
        ro_text bytes;
        const char *message;
    } cases[] = {
        {RO_TEXT("\xFF\xFEx\0"), "UTF-16"},
        {RO_TEXT("\xFE\xFF\0{"), "UTF-16"},
        {RO_TEXT("x\0y\0z\0"), "looks binary: 3 NUL and 0 undecodable bytes among the first 6"},
        {RO_TEXT("a picture\0\xFF\x80\x80 \xC3("), "looks binary: 1 NUL and 4 undecodable"},
    };
    for (size_t i = 0; i < 3 * sizeof cases / sizeof *cases; i++) {
        const ro_reader_options *options[] = {NULL, &text, &jsonl};
        if (options[i % 3] == &jsonl && i / 3 > 1)
            continue; /* a line that is no JSON */
        ro_reader *reader = NULL;
        ro_document *document = NULL;
        ro_error error = {0};
        assert_int_equal(
            ro_reader_open_memory("memory", cases[i / 3].bytes, options[i % 3], &reader, NULL),
            RO_STATUS_OK);
        assert_int_equal(ro_reader_next(reader, &document, &error), RO_STATUS_BAD_FORMAT);
        assert_non_null(strstr(error.message, cases[i / 3].message));
        assert_string_equal(error.path, "memory");
        assert_end(reader);
    }
    assert_non_null(strstr(only_error(MARK " [\n {\"text\":\"x\"}]", NULL).message, "JSON array"));
    assert_non_null(strstr(only_error("[{", &jsonl).message, "JSON array"));
    ro_document_free(only("[{\"text\":\"x\"}]", &text));
}

/* A NUL in ten bytes is told from text; so are other encodings without any. */
static void a_text_may_hold_some_of_what_is_none(void **state)
{
    (void)state;
    const ro_text texts[] = {RO_TEXT("123456789\0"), RO_TEXT("\xC3\xE9\xE8 \xE0"), RO_TEXT("\xFFx"),
                             RO_TEXT("\xFE")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ro_reader *reader = NULL;
        assert_int_equal(ro_reader_open_memory("memory", texts[i], NULL, &reader, NULL),
                         RO_STATUS_OK);
        ro_document_free(next_of(reader));
        assert_int_equal(ro_reader_line_get(reader), 0);
        assert_end(reader);
    }
    char *bytes = calloc(1, 8192 + 2000); /* what stands far behind is not looked at */
    memset(bytes, 'a', 8192);
    ro_reader *reader = NULL;
    assert_int_equal(
        ro_reader_open_memory("memory", (ro_text){bytes, 8192 + 2000}, NULL, &reader, NULL),
        RO_STATUS_OK);
    ro_document_free(next_of(reader));
    assert_end(reader);
    free(bytes);
}

static void errors_give_the_offset_in_the_line_as_given(void **state)
{
    (void)state;
    const ro_error plain = only_error("{\"text\":\"ab\",!}", NULL);
    const ro_error repaired = only_error("{\"text\":\"\xFF\x80\",!}", NULL);
    const ro_error escaped = only_error("{\"text\":\"\\ud800\",!}", NULL);
    assert_in_range(plain.offset, 13, 14);
    assert_int_equal(repaired.offset, plain.offset);
    assert_int_equal(escaped.offset, plain.offset + 4);
}

static void what_cannot_be_decoded_is_coded_and_counted(void **state)
{
    (void)state;
#define FFFD "\xEF\xBF\xBD"
    static const struct {
        const char *line, *text;
        size_t replaced;
    } cases[] = {
        {"{\"text\":\"a\xFFz\"}", "a" FFFD "z", 1},
        {"{\"text\":\"\xED\xA0\x80\"}", FFFD FFFD FFFD, 3},
        {"{\"text\":\"\\ud800\"}", FFFD, 1},
        {"{\"text\":\"\\uDC00x\"}", FFFD "x", 1},
        {"{\"text\":\"\\ud83d\\ud83d\\ude00\"}", FFFD "\xF0\x9F\x98\x80", 1},
        {"{\"text\":\"\\ud83d\\n\"}", FFFD "\n", 1},
        {"{\"text\":\"\\ud83d\\u0041\"}", FFFD "A", 1},
        {"{\"text\":\"\\\\ud800\"}", "\\ud800", 0},
        {"{\"text\":\"\\\"\\ud800\\\\\"}", "\"" FFFD "\\", 1},
        {"{\"text\":\"x\",\"title\":\"\\udfff\"}", "x", 1},
        {"{\"text\":\"\xEF\xBF\xBD \\ufffd\"}", FFFD " " FFFD, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        ro_document *document = only(cases[i].line, NULL);
        assert_text(document, cases[i].text);
        assert_int_equal(ro_document_replaced_count(document), cases[i].replaced);
        ro_document_free(document);
    }
    ro_document *document = only("{\"text\":\"a\\u0000\\u0001\"}", NULL);
    assert_true(ro_text_equal(ro_document_text_get(document), RO_TEXT("a\0\x01")));
    ro_document_free(document);
    document = only("a\xFF", NULL);
    assert_text(document, "a" FFFD);
    assert_int_equal(ro_document_replaced_count(document), 1);
    ro_document_free(document);
}

static void a_format_may_be_asked_for(void **state)
{
    (void)state;
    ro_document *document =
        only("{\"text\":\"x\"}", &(ro_reader_options){.format = RO_FORMAT_TEXT});
    assert_text(document, "{\"text\":\"x\"}");
    ro_document_free(document);
    assert_end(open_text("", &(ro_reader_options){.format = RO_FORMAT_JSONL}));
    assert_end(open_text(MARK " \n\n\r\n", &(ro_reader_options){.format = RO_FORMAT_JSONL}));
    ro_reader *reader = NULL;
    assert_int_equal(ro_reader_open_memory("m", RO_TEXT(""),
                                           &(ro_reader_options){.format = (ro_format)9}, &reader,
                                           NULL),
                     RO_STATUS_BAD_ARGUMENT);
    assert_int_equal(ro_reader_open_memory("m", RO_TEXT(""),
                                           &(ro_reader_options){.date = {2022, 2, 30}}, &reader,
                                           NULL),
                     RO_STATUS_BAD_ARGUMENT);
    assert_null(reader);
}

static void limits_are_kept(void **state)
{
    (void)state;
    const ro_reader_options options = {.document_limit = 14};
    assert_int_equal(only_error("123456789012345", &options).status, RO_STATUS_TOO_LARGE);
    ro_document_free(only("12345678901234", &options));
    ro_reader *reader =
        open_text("{\"text\":\"abc\"}\n{\"text\":\"abcd\"}\n{\"text\":\"d\"}", &options);
    ro_document *document = next_of(reader);
    assert_text(document, "abc");
    ro_document_free(document);
    ro_error error = {0};
    assert_int_equal(ro_reader_next(reader, &document, &error), RO_STATUS_TOO_LARGE);
    assert_int_equal(error.line, 2);
    document = next_of(reader);
    assert_text(document, "d");
    ro_document_free(document);
    assert_end(reader);
}

/* A file of its own with these bytes; its path is static. */
static const char *write_file(const char *bytes, size_t count)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/readout-test-reader-%ld", (long)getpid());
    assert_int_equal(ro_file_write_whole(path, bytes, count, NULL, NULL), RO_STATUS_OK);
    return path;
}

static void files_are_streamed_line_by_line(void **state)
{
    (void)state;
    enum { LINES = 600 };
    size_t room = 0;
    char *bytes = malloc(4000 * LINES + 1300000);
    for (size_t i = 0; i < LINES; ++i) { /* of 40 bytes to 4 KB, and one longer than the buffer */
        const int pad = i == LINES / 2 ? 1200000 : (int)(i * 7919 % 3900);
        room += (size_t)sprintf(bytes + room, "{\"id\":%zu,\"text\":\"%0*d\"}\n", i, pad, 7);
    }
    const char *path = write_file(bytes, room);
    failing_allocator counter = {0};
    const ro_allocator allocator = failing_allocator_of(&counter);
    const ro_reader_options options = {.allocator = &allocator, .document_limit = 200000};
    ro_reader *reader = NULL;
    assert_int_equal(ro_reader_open(path, &options, &reader, NULL), RO_STATUS_OK);
    for (size_t i = 0; i < LINES; ++i) {
        ro_document *document = NULL;
        ro_error error = {0};
        const ro_status status = ro_reader_next(reader, &document, &error);
        assert_int_equal(status, i == LINES / 2 ? RO_STATUS_TOO_LARGE : RO_STATUS_OK);
        if (status != RO_STATUS_OK) {
            assert_int_equal(error.line, i + 1);
            assert_string_equal(error.path, path);
            continue;
        }
        assert_int_equal(atoi(ro_document_id_get(document).data), i);
        ro_document_free(document);
        assert_true(counter.held <= 2 * 262144 + 1024); /* the buffer, not the file */
    }
    assert_end(reader);
    assert_int_equal(counter.held, 0);
    free(bytes);
    remove(path);
}

static void a_text_file_is_read_whole(void **state)
{
    (void)state;
    enum { SIZE = 300001 };
    char *bytes = malloc(SIZE + 1);
    for (size_t i = 0; i < SIZE; ++i)
        bytes[i] = i % 11 == 0 ? '\n' : 'a';
    bytes[SIZE] = '\0';
    const char *path = write_file(bytes, SIZE);
    ro_reader *reader = NULL;
    assert_int_equal(ro_reader_open(path, NULL, &reader, NULL), RO_STATUS_OK);
    ro_document *document = next_of(reader);
    assert_text(document, bytes);
    ro_document_free(document);
    assert_end(reader);
    const ro_reader_options limited = {.document_limit = SIZE - 1};
    assert_int_equal(ro_reader_open(path, &limited, &reader, NULL), RO_STATUS_OK);
    assert_int_equal(ro_reader_next(reader, &document, NULL), RO_STATUS_TOO_LARGE);
    assert_end(reader);
    free(bytes);
    remove(path);
}

static void what_is_no_file_is_refused_when_opened(void **state)
{
    (void)state;
    ro_reader *reader = NULL;
    ro_error error = {0};
    assert_int_equal(ro_reader_open("/tmp", NULL, &reader, &error), RO_STATUS_NOT_A_FILE);
    assert_string_equal(error.path, "/tmp");
    assert_int_equal(ro_reader_open("/no/such/file", NULL, &reader, &error), RO_STATUS_NOT_FOUND);
    assert_null(reader);
    ro_reader_close(NULL);
}

static void standard_input_is_a_dash(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const int kept = dup(STDIN_FILENO);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    assert_int_equal(write(ends[1], "{\"text\":\"a\"}\n{\"text\":\"b\"}", 25), 25);
    close(ends[1]);
    ro_reader *reader = NULL;
    assert_int_equal(ro_reader_open("-", NULL, &reader, NULL), RO_STATUS_OK);
    for (int i = 0; i < 2; ++i) {
        ro_document *document = next_of(reader);
        assert_text(document, i == 0 ? "a" : "b");
        ro_document_free(document);
    }
    assert_end(reader);
    dup2(kept, STDIN_FILENO);
    close(kept);
}

/* Reads all of a file with the n-th request failing; whether one did. */
static bool read_failing(const char *path, size_t n)
{
    failing_allocator counter = {.fail_at = n};
    const ro_allocator allocator = failing_allocator_of(&counter);
    const ro_reader_options options = {.allocator = &allocator};
    ro_reader *reader = NULL;
    ro_error error = {0};
    ro_status status = ro_reader_open(path, &options, &reader, &error);
    size_t failures = status != RO_STATUS_OK;
    while (reader != NULL && status != RO_STATUS_END) {
        ro_document *document = NULL;
        status = ro_reader_next(reader, &document, &error);
        assert_true(status == RO_STATUS_OK || status == RO_STATUS_END ||
                    status == RO_STATUS_OUT_OF_MEMORY);
        assert_true((status == RO_STATUS_OK) == (document != NULL));
        failures += status == RO_STATUS_OUT_OF_MEMORY;
        ro_document_free(document);
    }
    ro_reader_close(reader);
    assert_int_equal(counter.held, 0);
    assert_int_equal(failures, counter.failed);
    assert_true(failures == 0 || error.status == RO_STATUS_OUT_OF_MEMORY);
    return counter.failed;
}

static void failing_memory_leaks_nothing(void **state)
{
    (void)state;
    static const char jsonl[] =
        "{\"text\":\"a\xFF\",\"source\":\"s\",\"url\":\"u\",\"title\":\"t\",\"language\":\"en\"}\n"
        "{\"id\":7,\"text\":\"date 2022-03-03 b\"}\n";
    const char *path = write_file(jsonl, sizeof jsonl - 1);
    size_t n = 1;
    while (read_failing(path, n))
        ++n;
    assert_true(n > 8);
    char *text = malloc(200000);
    memset(text, 'a', 200000);
    path = write_file(text, 200000);
    for (n = 1; read_failing(path, n);)
        ++n;
    assert_true(n > 6);
    free(text);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_one_document),
        cmocka_unit_test(the_option_wins_over_json_and_that_over_the_prefix),
        cmocka_unit_test(fields_are_taken),
        cmocka_unit_test(documents_without_an_id_get_the_one_of_their_text),
        cmocka_unit_test(dates_may_have_a_time),
        cmocka_unit_test(bad_lines_are_refused_by_name),
        cmocka_unit_test(the_next_line_is_read_after_a_bad_one),
        cmocka_unit_test(a_broken_object_goes_on_to_the_next_brace),
        cmocka_unit_test(a_format_that_was_guessed_is_named_once),
        cmocka_unit_test(what_is_no_text_is_refused_whole),
        cmocka_unit_test(a_text_may_hold_some_of_what_is_none),
        cmocka_unit_test(errors_give_the_offset_in_the_line_as_given),
        cmocka_unit_test(what_cannot_be_decoded_is_coded_and_counted),
        cmocka_unit_test(a_format_may_be_asked_for),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(files_are_streamed_line_by_line),
        cmocka_unit_test(a_text_file_is_read_whole),
        cmocka_unit_test(what_is_no_file_is_refused_when_opened),
        cmocka_unit_test(standard_input_is_a_dash),
        cmocka_unit_test(failing_memory_leaks_nothing),
    };
    return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
