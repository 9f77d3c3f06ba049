/* test_grid.c - grid.c: no line is wider than asked, no word is lost, empty columns are left out.
 */
#include "sample_document.h"

#include "write/grid.h"

static sample_sink sink;

static const char *laid_out(const ro_text *cells, uint32_t rows, int width)
{
    static ro_emit emit;
    ro_grid grid = {.columns = {{"", 2}, {"Day", 4}, {"What", 6}, {"Who", 6}, {"Whom", 6},
                                {"Where", 6}, {"How", 6}, {"Says", 6}},
                    .cells = cells, .row_count = rows, .width = width};
    sink = (sample_sink){.used = 0};
    ro_emit_start(&emit, (ro_sink){sample_sink_write, &sink});
    ro_grid_write(&grid, &emit);
    ro_emit_finish(&emit);
    return sink.bytes;
}

static void columns_fit_and_wrap_at_spaces(void **state)
{
    (void)state;
    const ro_text cells[2 * RO_GRID_COLUMNS] = {
        RO_TEXT("e1"), RO_TEXT("2023"), RO_TEXT("CONSULT by phone"), RO_TEXT("Zoë Ndiaye"),
        RO_TEXT(""), RO_TEXT("Bamako"), RO_TEXT(""), RO_TEXT("a neighbour"),
        RO_TEXT("e2"), RO_TEXT(""), RO_TEXT("x"), RO_TEXT("外務省"),
        RO_TEXT(""), RO_TEXT(""), RO_TEXT(""), RO_TEXT("b"),
    };
    assert_string_equal(laid_out(cells, 2, 80),
                        "    Day   What              Who         Where   Says\n"
                        "e1  2023  CONSULT by phone  Zoë Ndiaye  Bamako  a neighbour\n"
                        "e2        x                 外務省              b\n");
    assert_string_equal(laid_out(cells, 2, 47),
                        "    Day   What      Who       Where   Says\n"
                        "e1  2023  CONSULT   Zoë       Bamako  a\n"
                        "          by phone  Ndiaye            neighbour\n"
                        "e2        x         外務省            b\n");
}

static void a_long_word_is_cut_where_it_must(void **state)
{
    (void)state;
    const ro_text cells[RO_GRID_COLUMNS] = {RO_TEXT("e1"), RO_TEXT("abcdefghij"), RO_TEXT("k")};
    assert_string_equal(laid_out(cells, 1, 14), "    Day   What\n"
                                                "e1  abcd  k\n"
                                                "    efgh\n"
                                                "    ij\n");
}

static void too_narrow_gives_blocks(void **state)
{
    (void)state;
    const ro_text cells[RO_GRID_COLUMNS] = {
        RO_TEXT("e1"), RO_TEXT("2023"), RO_TEXT("CONSULT"), RO_TEXT("Zoë Ndiaye of Mali"),
        RO_TEXT("Niger"), RO_TEXT(""), RO_TEXT("actual"), RO_TEXT("a neighbour"),
    };
    assert_string_equal(laid_out(cells, 1, 30), "e1  2023\n"
                                                "    What        CONSULT\n"
                                                "    Who         Zoë Ndiaye of\n"
                                                "                Mali\n"
                                                "    Whom        Niger\n"
                                                "    How         actual\n"
                                                "    Says        a neighbour\n");
    /* the smallest terminal ends too */
    assert_non_null(strstr(laid_out(cells, 1, 1), "Ndiaye"));
}

/* For every width: the words come out in order, and columns keep inside it. */
static void no_width_loses_a_word(void **state)
{
    (void)state;
    const ro_text cells[RO_GRID_COLUMNS] = {
        RO_TEXT("e1"), RO_TEXT("one two three four five six seven eight nine ten"),
    };
    for (int width = 8; width < 60; width++) {
        char all[256] = "";
        const char *written = laid_out(cells, 1, width);
        written = strchr(written, '\n') + 1; /* behind the titles */
        size_t used = 0;
        int line = 0;
        for (const char *at = written + 4; *at != '\0'; at++) {
            line = *at == '\n' ? 0 : line + 1;
            assert_true(line <= width);
            if (*at != ' ' && *at != '\n')
                all[used++] = *at;
        }
        assert_string_equal(all, "onetwothreefourfivesixseveneightnineten");
    }
}

static void a_grid_may_be_indented_and_untitled(void **state)
{
    (void)state;
    static ro_emit emit;
    const ro_text cells[2 * RO_GRID_COLUMNS] = {
        RO_TEXT("who"), RO_TEXT("n1"), RO_TEXT("Zoë Ndiaye of Mali"), RO_TEXT(""),
        RO_TEXT(""), RO_TEXT(""), RO_TEXT(""), RO_TEXT(""),
        RO_TEXT("when"), RO_TEXT(""), RO_TEXT("noon"),
    };
    ro_grid grid = {.cells = cells, .row_count = 2, .width = 24, .indent = 2};
    for (int i = 0; i < RO_GRID_COLUMNS; i++)
        grid.columns[i] = (ro_grid_column){"", 2};
    sink = (sample_sink){.used = 0};
    ro_emit_start(&emit, (ro_sink){sample_sink_write, &sink});
    ro_grid_write(&grid, &emit);
    grid.columns[2].minimum = 16; /* more than there is */
    ro_grid_write(&grid, &emit);
    ro_emit_finish(&emit);
    assert_string_equal(sink.bytes, "  who   n1  Zoë Ndiaye\n"
                                    "            of Mali\n"
                                    "  when      noon\n"
                                    "  who  n1\n"
                                    "      Zoë Ndiaye of Mali\n"
                                    "  when\n"
                                    "      noon\n");
}

static void a_paragraph_hangs_behind_its_label(void **state)
{
    (void)state;
    static ro_emit emit;
    sink = (sample_sink){.used = 0};
    ro_emit_start(&emit, (ro_sink){sample_sink_write, &sink});
    ro_grid_write_paragraph(RO_TEXT("1 "), RO_TEXT("Zoë said that Mali called."), 4, 18, &emit);
    ro_grid_write_paragraph(RO_TEXT("10000 "), RO_TEXT("外務省 said so"), 2, 12, &emit);
    ro_grid_write_paragraph(RO_TEXT("3 "), RO_TEXT(""), 2, 12, &emit);
    ro_emit_finish(&emit);
    assert_string_equal(sink.bytes, "1   Zoë said that\n"
                                    "    Mali called.\n"
                                    "10000 外務省\n"
                                    "  said so\n"
                                    "3 \n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_fit_and_wrap_at_spaces),
        cmocka_unit_test(a_long_word_is_cut_where_it_must),
        cmocka_unit_test(too_narrow_gives_blocks),
        cmocka_unit_test(no_width_loses_a_word),
        cmocka_unit_test(a_grid_may_be_indented_and_untitled),
        cmocka_unit_test(a_paragraph_hangs_behind_its_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
