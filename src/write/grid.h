/* grid.h - cells of text laid out in columns that fit a width. Nothing here allocates. */
#ifndef RO_WRITE_GRID_H
#define RO_WRITE_GRID_H
#include "write/emit.h"

#define RO_GRID_COLUMNS 8

typedef struct ro_grid_column {
    const char *title;
    int minimum; /* columns of a terminal that it needs at least */
} ro_grid_column;

/* Cells are one line of valid UTF-8 without control characters, row by row, all borrowed. */
typedef struct ro_grid {
    ro_grid_column columns[RO_GRID_COLUMNS];
    const ro_text *cells; /* [row_count * RO_GRID_COLUMNS] */
    uint32_t row_count;
    int width;            /* of the terminal */
    int indent;           /* spaces before each line */
} ro_grid;

/* Columns without any cell are left out; long cells are wrapped. Where the width is too small for
 * columns, each row becomes a block: the first two cells in a line, the others below, one each
 * behind its title. Where no column has a title, nothing stands for titles. */
void ro_grid_write(const ro_grid *grid, ro_emit *emit);
/* Writes a text wrapped to width, every line behind indent spaces, the first behind a label instead
 * as far as that is as wide. Both are as cells are. */
void ro_grid_write_paragraph(ro_text label, ro_text text, int indent, int width, ro_emit *emit);
#endif
