/* grid.c - cells of text laid out in columns that fit a width.
 *
 * Widths are those of a terminal (wide characters 2, combining marks 0). Every column gets what
 * its longest cell needs; as long as that is too much, the widest one that may gives up a
 * position. Cells wrap at spaces and behind hyphens, inside a word only where it is longer than a
 * line. What the cells say is left to event_table.c.
 */
#include "write/grid.h"
#include "base/text.h"

enum { GAP = 2, INDENT = 4, BLOCK_TITLE = 12, BLOCK_HEAD_CELLS = 2, SMALLEST = 8 };

static int width_of(ro_text text)
{
    int width = 0;
    for (size_t i = 0; i < text.length;)
        width += ro_text_width(ro_text_decode(text, &i));
    return width;
}

/* Takes the next line of at most width positions off *rest. */
static ro_text take_line(ro_text *rest, int width)
{
    size_t end = 0, at = 0; /* end: behind the last character that fits           */
    size_t cut = 0;         /* the last place that fits where a line may well end */
    int used = 0;
    while (at < rest->length) {
        size_t start = at;
        uint32_t point = ro_text_decode(*rest, &at);
        if (point == ' ')
            cut = start;
        used += ro_text_width(point);
        if (used > width && end > 0)
            break;
        end = at;
        if (point == '-')
            cut = end;
    }
    if (end < rest->length && cut > 0)
        end = cut;
    ro_text line = {rest->data, end};
    size_t next = end;
    while (next < rest->length && rest->data[next] == ' ')
        next++;
    *rest = (ro_text){rest->data + next, rest->length - next};
    return line;
}

static void write_spaces(ro_emit *emit, int count)
{
    for (int i = 0; i < count; i++)
        ro_emit_character(emit, ' ');
}

/* One row of cells over as many lines as the longest needs; columns of width 0 are left out. */
static void write_row(ro_emit *emit, const ro_text *cells, const int *widths, int indent)
{
    ro_text rest[RO_GRID_COLUMNS];
    for (int i = 0; i < RO_GRID_COLUMNS; i++)
        rest[i] = cells[i];
    for (bool more = true; more;) {
        int pending = indent; /* spaces owed before the next text of the line */
        more = false;
        for (int i = 0; i < RO_GRID_COLUMNS; i++) {
            if (widths[i] == 0)
                continue;
            ro_text line = take_line(&rest[i], widths[i]);
            if (line.length > 0) {
                write_spaces(emit, pending);
                ro_emit_bytes(emit, line.data, line.length);
                pending = 0;
            }
            pending += widths[i] - width_of(line) + GAP;
            more = more || rest[i].length > 0;
        }
        ro_emit_character(emit, '\n');
    }
}

/* What each column needs, 0 for one without a cell. */
static void measure(const ro_grid *grid, int *widths)
{
    for (int i = 0; i < RO_GRID_COLUMNS; i++) {
        widths[i] = 0;
        for (uint32_t row = 0; row < grid->row_count; row++) {
            int width = width_of(grid->cells[row * RO_GRID_COLUMNS + (uint32_t)i]);
            if (width > widths[i])
                widths[i] = width;
        }
        int title = width_of(ro_text_of(grid->columns[i].title));
        if (widths[i] > 0 && widths[i] < title)
            widths[i] = title;
    }
}

/* Narrows the columns until they fit; false if their least widths do not. */
static bool fit(const ro_grid *grid, int *widths)
{
    int total = grid->indent - GAP;
    for (int i = 0; i < RO_GRID_COLUMNS; i++)
        total += widths[i] > 0 ? widths[i] + GAP : 0;
    for (; total > grid->width; total--) {
        int widest = -1;
        for (int i = 0; i < RO_GRID_COLUMNS; i++)
            if (widths[i] > grid->columns[i].minimum && (widest < 0 || widths[i] > widths[widest]))
                widest = i;
        if (widest < 0)
            return false;
        widths[widest]--;
    }
    return true;
}

void ro_grid_write_paragraph(ro_text label, ro_text text, int indent, int width, ro_emit *emit)
{
    int room = width - indent > SMALLEST ? width - indent : SMALLEST;
    do {
        ro_text line = take_line(&text, room);
        ro_emit_bytes(emit, label.data, label.length);
        write_spaces(emit, indent - width_of(label));
        ro_emit_bytes(emit, line.data, line.length);
        ro_emit_character(emit, '\n');
        label = ro_text_of("");
    } while (text.length > 0);
}

static void write_block_line(ro_emit *emit, const ro_grid *grid, int column, ro_text cell,
                             int title_width)
{
    int indent = grid->indent + INDENT;
    int room = grid->width - indent - title_width;
    ro_text head = ro_text_of(grid->columns[column].title);
    while (cell.length > 0) {
        ro_text line = take_line(&cell, room > SMALLEST ? room : SMALLEST);
        write_spaces(emit, indent);
        ro_emit_bytes(emit, head.data, head.length);
        write_spaces(emit, title_width - width_of(head));
        ro_emit_bytes(emit, line.data, line.length);
        ro_emit_character(emit, '\n');
        head = ro_text_of("");
    }
}

static void write_block(ro_emit *emit, const ro_grid *grid, const ro_text *cells, int title_width)
{
    int pending = grid->indent;
    for (int i = 0; i < BLOCK_HEAD_CELLS; i++) {
        if (cells[i].length == 0)
            continue;
        write_spaces(emit, pending);
        ro_emit_bytes(emit, cells[i].data, cells[i].length);
        pending = GAP;
    }
    ro_emit_character(emit, '\n');
    for (int i = BLOCK_HEAD_CELLS; i < RO_GRID_COLUMNS; i++)
        write_block_line(emit, grid, i, cells[i], title_width);
}

void ro_grid_write(const ro_grid *grid, ro_emit *emit)
{
    int widths[RO_GRID_COLUMNS];
    ro_text titles[RO_GRID_COLUMNS];
    bool titled = false;
    for (int i = 0; i < RO_GRID_COLUMNS; i++) {
        titles[i] = ro_text_of(grid->columns[i].title);
        titled = titled || titles[i].length > 0;
    }
    measure(grid, widths);
    bool columns = fit(grid, widths);
    if (columns && titled)
        write_row(emit, titles, widths, grid->indent);
    for (uint32_t row = 0; row < grid->row_count; row++) {
        const ro_text *cells = &grid->cells[row * RO_GRID_COLUMNS];
        if (columns)
            write_row(emit, cells, widths, grid->indent);
        else
            write_block(emit, grid, cells, titled ? BLOCK_TITLE : 0);
    }
}
