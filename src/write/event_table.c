/* event_table.c - the events of a document as a table for people, with who says so.
 *
 * Says what stands in each cell: names rather than the words of the text where an entity is
 * known, codes behind them, and the chain of attributions from the one who speaks of the event
 * outwards. How the cells are laid out is left to grid.c; the whole record is jsonl.c's.
 */
#include "base/date.h"
#include "base/text.h"
#include "write/formats.h"
#include "write/grid.h"

enum { DEFAULT_WIDTH = 100 };

static const ro_grid_column columns[RO_GRID_COLUMNS] = {
    {"", 2},        {"Date", 10}, {"What", 10},   {"Who", 10},
    {"To whom", 10}, {"Where", 6}, {"Status", 7}, {"Who says so", 10},
};

/* A cell under construction, in the document's arena. */
typedef struct cell {
    const ro_document *document;
    char *bytes;
    size_t used, room;
    bool failed;
} cell;

static void start_cell(cell *to, const ro_document *document)
{
    *to = (cell){document, NULL, 0, 0, false};
}

/* Adds text as one line: white space and control characters become one space each run. */
static void add(cell *to, ro_text text)
{
    if (to->room - to->used < text.length + 1) {
        size_t room = 2 * (to->used + text.length) + 64;
        char *bytes = ro_arena_alloc(to->document->arena, room, 1);
        if (bytes == NULL) {
            to->failed = true;
            return;
        }
        if (to->used > 0)
            memcpy(bytes, to->bytes, to->used);
        to->bytes = bytes;
        to->room = room;
    }
    for (size_t i = 0; i < text.length;) {
        size_t start = i;
        uint32_t point = ro_text_decode(text, &i);
        if (point < 0x20 || (point >= 0x7F && point < 0xA0) || ro_text_is_space(point)) {
            if (to->used > 0 && to->bytes[to->used - 1] != ' ')
                to->bytes[to->used++] = ' ';
        } else {
            memcpy(to->bytes + to->used, text.data + start, i - start);
            to->used += i - start;
        }
    }
}

static void add_string(cell *to, const char *string)
{
    add(to, ro_text_of(string));
}

/* Adds a word behind a space, nothing for an empty one. */
static void add_word(cell *to, ro_text word)
{
    if (word.length == 0)
        return;
    if (to->used > 0)
        add_string(to, " ");
    add(to, word);
}

static void add_number(cell *to, uint32_t number)
{
    char digits[10];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    add(to, (ro_text){digits + at, sizeof digits - at});
}

static void add_date(cell *to, ro_date date)
{
    char day[11];
    ro_date_format(date, day);
    add_string(to, day);
}

/* ---- what the cells say -------------------------------------------------------------------- */

static void add_when(cell *to, const ro_event *event)
{
    add_date(to, event->date);
    if (!ro_date_is_none(event->date_end)) {
        add_string(to, " to ");
        add_date(to, event->date_end);
    }
}

static void add_what(cell *to, const ro_event *event)
{
    ro_text trigger =
        ro_document_span_text(to->document, event->trigger_first, event->trigger_end);
    add_word(to, ro_text_of(event->event_type));
    add_word(to, ro_text_of(event->mode));
    add_word(to, ro_text_of(event->cameo));
    add_string(to, " \"");
    add(to, trigger);
    add_string(to, "\"");
}

static void add_participants(cell *to, const ro_participant_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const ro_participant *party = &list->items[i];
        if (i > 0)
            add_string(to, "; ");
        if (party->entity == RO_NONE) {
            add(to, ro_document_span_text(to->document, party->first, party->end));
            continue;
        }
        const ro_entity *entity = &to->document->entities.items[party->entity];
        add_string(to, entity->name);
        if (entity->actor.code[0] != '\0') {
            add_string(to, " [");
            add_string(to, entity->actor.code);
            add_string(to, "]");
        }
    }
}

static void add_spans(cell *to, const ro_span_list *spans)
{
    for (uint32_t i = 0; i < spans->count; i++) {
        ro_span span = spans->items[i];
        add_word(to, (ro_text){to->document->text + span.start, span.end - span.start});
    }
}

/* "Vladimir Putin, told < the Kremlin, said": who speaks of the event, as told by whom. */
static void add_says(cell *to, const ro_event *event)
{
    const ro_document *document = to->document;
    if (event->attributions.count == 0)
        add_string(to, "the dispatch");
    for (uint32_t i = 0; i < event->attributions.count; i++) {
        const ro_attribution *said =
            &document->attributions.items[event->attributions.items[i]];
        const ro_entity *speaker = said->source_entity == RO_NONE
                                       ? NULL
                                       : &document->entities.items[said->source_entity];
        if (i > 0)
            add_string(to, " < ");
        if (speaker != NULL && !speaker->anonymous)
            add_string(to, speaker->name);
        else if (said->source.count > 0)
            add_spans(to, &said->source);
        else
            add_string(to, "someone");
        if (said->cue.count > 0)
            add_string(to, ",");
        add_spans(to, &said->cue);
    }
}

static void add_status(cell *to, const ro_event *event)
{
    add_string(to, ro_event_status_name(event->status));
    if (event->negated)
        add_string(to, ", negated");
}

/* Fills the cell of one column (the order of columns[] above). */
static void fill(cell *to, uint32_t index, int column)
{
    const ro_event *event = &to->document->events.items[index];
    switch (column) {
    case 0:
        add_string(to, "e");
        add_number(to, index + 1);
        break;
    case 1:
        add_when(to, event);
        break;
    case 2:
        add_what(to, event);
        break;
    case 3:
        add_participants(to, &event->actors);
        break;
    case 4:
        add_participants(to, &event->recipients);
        break;
    case 5:
        if (event->place != RO_NONE)
            add_string(to, to->document->places.items[event->place].name);
        break;
    case 6:
        add_status(to, event);
        break;
    default:
        add_says(to, event);
        break;
    }
}

/* ---- document ------------------------------------------------------------------------------ */

/* Id, date, source and title, and how much there is. */
static ro_status write_heading(const ro_document *document, ro_emit *emit)
{
    cell to;
    start_cell(&to, document);
    add_string(&to, document->id);
    add_string(&to, ro_date_is_none(document->date) ? "" : " ");
    add_date(&to, document->date);
    add_word(&to, ro_text_of(document->source));
    add_word(&to, ro_text_of(document->title));
    add_string(&to, " (");
    add_number(&to, document->events.count);
    add_string(&to, document->events.count == 1 ? " event, " : " events, ");
    add_number(&to, document->sentence_count);
    add_string(&to, document->sentence_count == 1 ? " sentence)" : " sentences)");
    if (to.failed)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_emit_bytes(emit, to.bytes, to.used);
    ro_emit_character(emit, '\n');
    return RO_STATUS_OK;
}

ro_status ro_event_table_write(const ro_document *document, const ro_write_options *options,
                         ro_emit *emit)
{
    uint32_t rows = document->events.count;
    ro_text *cells = ro_arena_alloc(document->arena, (size_t)rows * RO_GRID_COLUMNS, sizeof *cells);
    if (cells == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t row = 0; row < rows; row++) {
        for (int column = 0; column < RO_GRID_COLUMNS; column++) {
            cell to;
            start_cell(&to, document);
            fill(&to, row, column);
            if (to.failed)
                return RO_STATUS_OUT_OF_MEMORY;
            cells[row * RO_GRID_COLUMNS + (uint32_t)column] = (ro_text){to.bytes, to.used};
        }
    }
    ro_status status = write_heading(document, emit);
    if (status != RO_STATUS_OK || rows == 0)
        return status;
    ro_grid grid = {.cells = cells, .row_count = rows};
    memcpy(grid.columns, columns, sizeof columns);
    grid.width = options->width > 0 ? options->width : DEFAULT_WIDTH;
    ro_grid_write(&grid, emit);
    ro_emit_character(emit, '\n');
    return RO_STATUS_OK;
}
