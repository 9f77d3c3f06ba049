/* test_wordpiece.c - wordpiece.c and bert_text.c: texts as pieces of words, with the bytes that each
 * stands for, as HuggingFace's tokenizers gives them (expected values are its own); odd vocabularies
 * refused; time linear in the text. The whole of it is tools/parity_pieces.py's. */
#include "base/arena.h"
#include "base/clock.h"
#include "failing_allocator.h"
#include "small_pieces.h"

static ro_weights *weights;
static ro_wordpiece *pieces;
static ro_subwords found;

static int open_small(void **state)
{
    (void)state;
    weights = small_pieces_weights();
    found = (ro_subwords){.arena = ro_arena_new(NULL)};
    return small_pieces_open(weights, SMALL_DESCRIPTION, NULL, &pieces, NULL) != RO_STATUS_OK;
}

static int close_small(void **state)
{
    (void)state;
    ro_wordpiece_close(pieces);
    ro_weights_close(weights);
    ro_arena_free(found.arena);
    return 0;
}

/* "the:0-3 ##s:3-4" */
static void assert_cut(const char *text, const char *expected)
{
    char out[2048] = "";
    size_t used = 0;
    found.count = 0;
    assert_int_equal(ro_wordpiece_cut(pieces, ro_text_of(text), &found), RO_STATUS_OK);
    for (uint32_t i = 0; i < found.count; i++) {
        const ro_subword *piece = &found.items[i];
        ro_text name = ro_wordpiece_text(pieces, piece->id);
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s:%u-%u", i > 0 ? " " : "",
                                 (int)name.length, name.data, piece->start, piece->end);
        assert_true(used < sizeof out);
    }
    assert_string_equal(out, expected);
}

static void test_takes_the_longest(void **state)
{
    (void)state;
    assert_cut("", "");
    assert_cut(" \t\r\n", "");
    assert_cut("The Kremlin's", "the:0-3 kremlin:4-11 ':11-12 [UNK]:12-13");
    assert_cut("kremlins", "kremlin:0-7 ##s:7-8");
    assert_cut("kres", "k:0-1 ##re:1-3 ##s:3-4");
    assert_cut("krex", "[UNK]:0-4"); /* not one piece of a word that cannot be cut whole */
    assert_cut("said,the.", "said:0-4 ,:4-5 the:5-8 .:8-9");
    assert_cut("don\u2019t", "don:0-3 \u2019:3-6 t:6-7");
    assert_cut("[SEP]", "[:0-1 sep:1-4 ]:4-5"); /* text, whatever it spells */
    assert_cut("##s", "[UNK]:0-1 [UNK]:1-2 [UNK]:2-3");
}

static void test_rewrites_as_bert_does(void **state)
{
    (void)state;
    assert_cut("NA\u00CFVE", "n:0-1 ##aive:1-6");
    assert_cut("na\u0308i\u0308ve", "n:0-1 ##aive:1-9");
    assert_cut("th\u00ADe\u200D", "the:0-5"); /* what is removed stands within, but not behind */
    assert_cut("t\001h\177e\357\277\275", "the:0-5");
    assert_cut("the\u00A0said\u3000a", "the:0-3 said:5-9 a:12-13");
    assert_cut("a\u91CE\u91CEa", "a:0-1 \u91CE:1-4 \u91CE:4-7 a:7-8");
    assert_cut("\uD55C", "\u1112:0-3 ##\u1161:0-3 ##\u11AB:0-3");
    assert_cut("\u0419", "[UNK]:0-2"); /* its breve is a mark */
    assert_cut("\u0301 \u0301\u0323", "");
    /* a mark that is kept (U+302E) and one before it that sorts behind it (U+0345): positions */
    assert_cut("a\u0345\u302E", "[UNK]:0-3");
}

static void test_other_steps(void **state)
{
    (void)state;
    ro_wordpiece *kept = pieces;
    static const char PLAIN[] =
        "{\"lowercase\":true,\"strip_accents\":false,\"split_chinese\":false,\"clean_text\":false,"
        "\"prefix\":\"##\",\"longest_word\":3,\"unknown\":1,\"start\":2,\"end\":3,\"padding\":0}";
    assert_int_equal(small_pieces_open(weights, PLAIN, NULL, &pieces, NULL), RO_STATUS_OK);
    assert_cut("\u0419", "\u0439:0-2");
    assert_cut("\u0130", "[UNK]:0-2"); /* i with a dot above: two characters */
    assert_cut("a\u91CE", "[UNK]:0-4");
    assert_cut("t\001e", "[UNK]:0-3");
    assert_cut("THE said", "the:0-3 [UNK]:4-8"); /* four letters are too many here */
    ro_wordpiece_close(pieces);
    pieces = kept;
}

static void test_long_words(void **state)
{
    (void)state;
    char text[102];
    memset(text, 'a', 101);
    text[101] = '\0';
    assert_cut(text, "[UNK]:0-101");
    text[100] = '\0';
    found.count = 0;
    assert_int_equal(ro_wordpiece_cut(pieces, ro_text_of(text), &found), RO_STATUS_OK);
    assert_int_equal(found.count, 100);
    assert_int_equal(found.items[99].start, 99);
}

static void test_appends(void **state)
{
    (void)state;
    found.count = 0;
    assert_int_equal(ro_wordpiece_cut(pieces, RO_TEXT("the"), &found), RO_STATUS_OK);
    assert_int_equal(ro_wordpiece_cut(pieces, RO_TEXT("a said"), &found), RO_STATUS_OK);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.items[2].start, 2);
    assert_int_equal(ro_wordpiece_count(pieces), SMALL_COUNT);
    assert_int_equal(ro_wordpiece_ids_get(pieces).end, 3);
}

/* A quarter of a megabyte of what could take the square of its length. */
static void test_takes_linear_time(void **state)
{
    (void)state;
    static const char *const ODD[] = {
        "a",      "\u0301", "\u0323\u0301", "\u302E\u0301", "\u1B44\u0323",
        "\u91CE", ".",      "\u0F73",       "\u200D",       "\u00E9\u0323"};
    enum { LENGTH = 1 << 18 };
    char *text = malloc(LENGTH);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++) {
        size_t size = strlen(ODD[i]), length = 0;
        for (; length + size <= LENGTH; length += size)
            memcpy(text + length, ODD[i], size);
        uint64_t before = ro_clock_nanoseconds();
        found.count = 0;
        assert_int_equal(ro_wordpiece_cut(pieces, (ro_text){text, length}, &found), RO_STATUS_OK);
        assert_true(ro_clock_nanoseconds() - before < 20000000000);
    }
    free(text);
}

static void assert_refused(const char *description, ro_status expected, const char *words)
{
    ro_wordpiece *opened = NULL;
    ro_error error = {0};
    assert_int_equal(small_pieces_open(weights, description, NULL, &opened, &error), expected);
    assert_null(opened);
    assert_non_null(strstr(error.message, words));
}

static void test_refuses_descriptions(void **state)
{
    (void)state;
    assert_refused("{}", RO_STATUS_CORRUPT, "clean_text");
#define STEPS                                                                                      \
    "\"lowercase\":true,\"strip_accents\":true,\"split_chinese\":true,\"clean_text\":true,"
#define IDS "\"unknown\":1,\"start\":2,\"end\":3"
    assert_refused("{" STEPS IDS "}", RO_STATUS_UNSUPPORTED, "prefix");
    assert_refused("{" STEPS "\"prefix\":\"@@\"," IDS "}", RO_STATUS_UNSUPPORTED, "prefix");
    assert_refused("{" STEPS "\"prefix\":\"##\",\"longest_word\":257," IDS "}",
                   RO_STATUS_UNSUPPORTED, "longest_word");
    assert_refused("{" STEPS "\"prefix\":\"##\",\"longest_word\":0," IDS "}", RO_STATUS_UNSUPPORTED,
                   "longest_word");
    assert_refused("{" STEPS "\"prefix\":\"##\",\"longest_word\":9," IDS "}", RO_STATUS_CORRUPT,
                   "padding");
    assert_refused("{" STEPS "\"prefix\":\"##\",\"longest_word\":9," IDS ",\"padding\":-1}",
                   RO_STATUS_CORRUPT, "padding");
    assert_refused("{" STEPS "\"prefix\":\"##\",\"longest_word\":9," IDS ",\"padding\":99}",
                   RO_STATUS_CORRUPT, "padding");
}

/* Opens other tensors with the small description. */
static void assert_pieces_refused(ro_weights_writer *writer, const char *words)
{
    ro_weights *kept = weights;
    weights = model_file_open(writer);
    assert_refused(SMALL_DESCRIPTION, RO_STATUS_CORRUPT, words);
    ro_wordpiece *opened = NULL;
    assert_int_equal(ro_wordpiece_open_model(weights, NULL, &opened, NULL), RO_STATUS_CORRUPT);
    ro_weights_close(weights);
    weights = kept;
}

static ro_weights_writer *writer_of(uint32_t count, const uint32_t *offsets, const char *text)
{
    ro_weights_writer *writer = ro_weights_writer_new(NULL);
    uint64_t edges = count, length = strlen(text);
    assert_int_equal(ro_weights_writer_add(writer, "wordpiece/offsets", RO_WEIGHT_TYPE_U32, 1,
                                           &edges, offsets, NULL),
                     RO_STATUS_OK);
    assert_int_equal(
        ro_weights_writer_add(writer, "wordpiece/text", RO_WEIGHT_TYPE_U8, 1, &length, text, NULL),
        RO_STATUS_OK);
    return writer;
}

static void test_refuses_vocabularies(void **state)
{
    (void)state;
    assert_pieces_refused(ro_weights_writer_new(NULL), "wordpiece/offsets");
    assert_pieces_refused(writer_of(1, (const uint32_t[]){0}, ""), "cover");
    assert_pieces_refused(writer_of(3, (const uint32_t[]){0, 9, 4}, "abcd"), "cover");
    assert_pieces_refused(writer_of(3, (const uint32_t[]){1, 2, 4}, "abcd"), "cover");
    assert_pieces_refused(writer_of(3, (const uint32_t[]){0, 2, 3}, "abcd"), "cover");
    assert_pieces_refused(writer_of(3, (const uint32_t[]){0, 2, 4}, "abab"), "same");
    assert_pieces_refused(writer_of(3, (const uint32_t[]){0, 2, 4}, "ab\377d"), "UTF-8");
}

static void test_gives_up_without_memory(void **state)
{
    (void)state;
    const ro_text text = RO_TEXT("the a\u0301\u0323\u0301\u0323\u0301\u0323\u0301\u0323\u0301\u0323"
                                 "\u0301\u0323\u0301\u0323\u0301\u0323\u0301\u0323 said a a a a a");
    for (size_t at = 1, done = 0; !done; at++) {
        failing_allocator memory = {.fail_at = at};
        ro_allocator allocator = failing_allocator_of(&memory);
        ro_wordpiece *opened = NULL;
        ro_error error = {0};
        ro_status status =
            small_pieces_open(weights, SMALL_DESCRIPTION, &allocator, &opened, &error);
        ro_arena *arena = status == RO_STATUS_OK ? ro_arena_new(&allocator) : NULL;
        if (arena != NULL) {
            ro_subwords list = {.arena = arena};
            status = ro_wordpiece_cut(opened, text, &list);
            assert_int_equal(list.count, status == RO_STATUS_OK ? 8 : 0);
            if (status != RO_STATUS_OK) /* and works again with what is there */
                assert_int_equal(ro_wordpiece_cut(opened, text, &list), RO_STATUS_OK);
        }
        assert_true(memory.failed || status == RO_STATUS_OK);
        assert_true(status == RO_STATUS_OK || status == RO_STATUS_OUT_OF_MEMORY);
        done = !memory.failed;
        ro_arena_free(arena);
        ro_wordpiece_close(opened);
        assert_int_equal(memory.held, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_takes_the_longest),
        cmocka_unit_test(test_rewrites_as_bert_does),
        cmocka_unit_test(test_other_steps),
        cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_appends),
        cmocka_unit_test(test_takes_linear_time),
        cmocka_unit_test(test_refuses_descriptions),
        cmocka_unit_test(test_refuses_vocabularies),
        cmocka_unit_test(test_gives_up_without_memory),
    };
    return cmocka_run_group_tests(tests, open_small, close_small);
}
