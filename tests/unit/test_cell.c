/* test_cell.c - cell.c: one line without control characters, whatever comes in; long texts keep
 * their ends. */
#include "sample_document.h"

#include "write/cell.h"

static const char *text_of(const ro_cell *cell)
{
    assert_false(cell->failed);
    return ro_arena_copy(cell->document->arena, cell->bytes, cell->used);
}

static void a_cell_is_one_line(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("x", "Nothing.");
    ro_cell cell = RO_CELL(document);
    ro_cell_add(&cell, RO_TEXT("\n\t a\x1B[2J\0b\r\n\n c\x7F\xC2\x9B"
                               "d\xE2\x80\xA8"
                               "e"));
    assert_string_equal(text_of(&cell), "a [2J b c d e");
    ro_document_free(document);
}

static void words_are_separated_and_nothing_is_none(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("x", "Nothing.");
    ro_cell cell = RO_CELL(document);
    ro_cell_add_word(&cell, ", ", "");
    ro_cell_add_word(&cell, ", ", "one");
    ro_cell_add_word(&cell, ", ", NULL);
    ro_cell_add_word(&cell, ", ", "two");
    ro_cell_add_string(&cell, NULL);
    ro_cell_add_number(&cell, 0);
    ro_cell_add_number(&cell, UINT64_MAX);
    assert_string_equal(text_of(&cell), "one, two018446744073709551615");
    ro_document_free(document);
}

/* Every length of a text of two-byte letters and words: what is left is whole characters. */
static void a_long_text_keeps_its_ends(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("x", "Nothing.");
    ro_cell cell = RO_CELL(document);
    ro_text short_text = RO_TEXT("the first words of it, and the last");
    ro_cell_add_ends(&cell, short_text, short_text.length);
    assert_string_equal(text_of(&cell), "the first words of it, and the last");
    cell = RO_CELL(document);
    ro_cell_add_ends(&cell, RO_TEXT("the first words of it, then much that is left out, and the "
                                    "last words"), 36);
    assert_string_equal(text_of(&cell), "the first words of it, … the last words");
    static char letters[400];
    for (size_t i = 0; i < sizeof letters; i += 2)
        memcpy(letters + i, "é", 2);
    for (size_t length = 100; length <= sizeof letters; length += 2) {
        cell = RO_CELL(document);
        ro_cell_add_ends(&cell, (ro_text){letters, length}, 60);
        assert_true(cell.used < length && cell.used < 100);
        for (size_t i = 0; i < cell.used;) {
            size_t step = ro_text_valid_prefix(cell.bytes + i, cell.used - i);
            assert_true(step > 0);
            i += step;
        }
    }
    ro_document_free(document);
}

static void entities_come_with_their_codes(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    ro_cell cell = RO_CELL(document);
    ro_cell_add_participants(&cell, &document->events.items[0].actors);
    ro_cell_add_string(&cell, " / ");
    ro_cell_add_participants(&cell, &document->events.items[0].recipients);
    ro_cell_add_string(&cell, " / ");
    ro_cell_add_entity(&cell, 2);
    ro_cell_add_string(&cell, " / ");
    ro_cell_add_spans(&cell, &document->attributions.items[0].content);
    assert_string_equal(text_of(&cell),
                        "Zoë Ndiaye [MLIGOV] / Niger / a neighbour / Mali called Niger");
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_is_one_line),
        cmocka_unit_test(words_are_separated_and_nothing_is_none),
        cmocka_unit_test(a_long_text_keeps_its_ends),
        cmocka_unit_test(entities_come_with_their_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
