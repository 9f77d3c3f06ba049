/* event_table.c - the events of a document as a table for people, with who says so.
 *
 * Says what stands in each cell: names rather than the words of the text where an entity is
 * known, codes behind them, and the chain of attributions from the one who speaks of the event
 * outwards. How the cells are laid out is left to grid.c; the whole record is jsonl.c's.
 */
#include "base/date.h"
#include "base/text.h"
#include "write/cell.h"
#include "write/formats.h"
#include "write/grid.h"

enum { DEFAULT_WIDTH = 100 };

static const ro_grid_column columns[RO_GRID_COLUMNS] = {
    {"", 2},        {"Date", 10}, {"What", 10},   {"Who", 10},
    {"To whom", 10}, {"Where", 6}, {"Status", 7}, {"Who says so", 10},
};

/* ---- what the cells say -------------------------------------------------------------------- */

static void add_when(ro_cell *to, const ro_event *event)
{
    ro_cell_add_date(to, event->date);
    if (!ro_date_is_none(event->date_end)) {
        ro_cell_add_string(to, " to ");
        ro_cell_add_date(to, event->date_end);
    }
}

static void add_what(ro_cell *to, const ro_event *event)
{
    ro_text trigger =
        ro_document_span_text(to->document, event->trigger_first, event->trigger_end);
    ro_cell_add_codes(to, event);
    ro_cell_add_string(to, " \"");
    ro_cell_add(to, trigger);
    ro_cell_add_string(to, "\"");
}

/* "Vladimir Putin, told < the Kremlin, said": who speaks of the event, as told by whom. */
static void add_says(ro_cell *to, const ro_event *event)
{
    const ro_document *document = to->document;
    if (event->attributions.count == 0)
        ro_cell_add_string(to, "the dispatch");
    for (uint32_t i = 0; i < event->attributions.count; i++) {
        const ro_attribution *said =
            &document->attributions.items[event->attributions.items[i]];
        const ro_entity *speaker = said->source_entity == RO_NONE
                                       ? NULL
                                       : &document->entities.items[said->source_entity];
        if (i > 0)
            ro_cell_add_string(to, " < ");
        if (speaker != NULL && !speaker->anonymous)
            ro_cell_add_string(to, speaker->name);
        else if (said->source.count > 0)
            ro_cell_add_spans(to, &said->source);
        else
            ro_cell_add_string(to, "someone");
        if (said->cue.count > 0)
            ro_cell_add_string(to, ", ");
        ro_cell_add_spans(to, &said->cue);
    }
}

/* Fills the cell of one column (the order of columns[] above). */
static void fill(ro_cell *to, uint32_t index, int column)
{
    const ro_event *event = &to->document->events.items[index];
    switch (column) {
    case 0:
        ro_cell_add_string(to, "e");
        ro_cell_add_number(to, index + 1);
        break;
    case 1:
        add_when(to, event);
        break;
    case 2:
        add_what(to, event);
        break;
    case 3:
        ro_cell_add_participants(to, &event->actors);
        break;
    case 4:
        ro_cell_add_participants(to, &event->recipients);
        break;
    case 5:
        if (event->place != RO_NONE)
            ro_cell_add_string(to, to->document->places.items[event->place].name);
        break;
    case 6:
        ro_cell_add_status(to, event);
        break;
    default:
        add_says(to, event);
        break;
    }
}

/* ---- document ------------------------------------------------------------------------------ */

ro_status ro_event_table_write(const ro_document *document, const ro_write_options *options,
                               ro_emit *emit)
{
    uint32_t rows = document->events.count;
    ro_text *cells = ro_arena_alloc(document->arena, (size_t)rows * RO_GRID_COLUMNS, sizeof *cells);
    if (cells == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t row = 0; row < rows; row++) {
        for (int column = 0; column < RO_GRID_COLUMNS; column++) {
            ro_cell to = RO_CELL(document);
            fill(&to, row, column);
            if (to.failed)
                return RO_STATUS_OUT_OF_MEMORY;
            cells[row * RO_GRID_COLUMNS + (uint32_t)column] = ro_cell_text(&to);
        }
    }
    ro_cell heading = RO_CELL(document);
    ro_cell_add_heading(&heading);
    if (heading.failed)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_emit_bytes(emit, heading.bytes, heading.used);
    ro_emit_character(emit, '\n');
    if (rows == 0)
        return RO_STATUS_OK;
    ro_grid grid = {.cells = cells, .row_count = rows};
    memcpy(grid.columns, columns, sizeof columns);
    grid.width = options->width > 0 ? options->width : DEFAULT_WIDTH;
    ro_grid_write(&grid, emit);
    ro_emit_character(emit, '\n');
    return RO_STATUS_OK;
}
