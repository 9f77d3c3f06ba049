/* cell.c - one line of text for people, made piece by piece from a document.
 *
 * Whatever a text holds, a cell holds no line end and nothing that a terminal would obey. Which
 * pieces make a cell is left to event_table.c, explain.c and suggestions.c.
 */
#include "write/cell.h"
#include "base/date.h"
#include "base/text.h"

enum { WORD_BYTES = 24 };

ro_text ro_cell_text(const ro_cell *cell)
{
    return (ro_text){cell->bytes, cell->used};
}

static bool make_room(ro_cell *cell, size_t more)
{
    if (cell->room - cell->used >= more)
        return true;
    size_t room = 2 * (cell->used + more) + 64;
    char *bytes = ro_arena_alloc(cell->document->arena, room, 1);
    if (bytes == NULL) {
        cell->failed = true;
        return false;
    }
    if (cell->used > 0)
        memcpy(bytes, cell->bytes, cell->used);
    cell->bytes = bytes;
    cell->room = room;
    return true;
}

void ro_cell_add(ro_cell *cell, ro_text text)
{
    if (!make_room(cell, text.length))
        return;
    for (size_t i = 0; i < text.length;) {
        size_t start = i;
        uint32_t point = ro_text_decode(text, &i);
        if (point < 0x20 || (point >= 0x7F && point < 0xA0) || ro_text_is_space(point)) {
            if (cell->used > 0 && cell->bytes[cell->used - 1] != ' ')
                cell->bytes[cell->used++] = ' ';
        } else {
            memcpy(cell->bytes + cell->used, text.data + start, i - start);
            cell->used += i - start;
        }
    }
}

void ro_cell_add_string(ro_cell *cell, const char *string)
{
    ro_cell_add(cell, ro_text_of(string));
}

void ro_cell_add_word(ro_cell *cell, const char *separator, const char *word)
{
    if (word == NULL || word[0] == '\0')
        return;
    if (cell->used > 0)
        ro_cell_add_string(cell, separator);
    ro_cell_add_string(cell, word);
}

void ro_cell_add_number(ro_cell *cell, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    ro_cell_add(cell, (ro_text){digits + at, sizeof digits - at});
}

void ro_cell_add_date(ro_cell *cell, ro_date date)
{
    char day[11];
    ro_date_format(date, day);
    ro_cell_add_string(cell, day);
}

/* The last place at or before a byte where a word ends, or a character if that is far. */
static size_t cut_before(ro_text text, size_t byte)
{
    size_t character = byte;
    while (character > 0 && ((unsigned char)text.data[character] & 0xC0) == 0x80)
        character--;
    for (size_t at = character; at > 0 && at + WORD_BYTES > byte; at--)
        if (text.data[at] == ' ')
            return at;
    return character;
}

void ro_cell_add_ends(ro_cell *cell, ro_text text, size_t most)
{
    if (text.length <= most) {
        ro_cell_add(cell, text);
        return;
    }
    size_t end = cut_before(text, most * 2 / 3);
    size_t start = cut_before(text, text.length - most / 3);
    ro_cell_add(cell, (ro_text){text.data, end});
    ro_cell_add_string(cell, " …");
    ro_cell_add(cell, (ro_text){text.data + start, text.length - start});
}

void ro_cell_add_spans(ro_cell *cell, const ro_span_list *spans)
{
    for (uint32_t i = 0; i < spans->count; i++) {
        ro_span span = spans->items[i];
        if (i > 0)
            ro_cell_add_string(cell, " ");
        ro_cell_add(cell, (ro_text){cell->document->text + span.start, span.end - span.start});
    }
}

void ro_cell_add_entity(ro_cell *cell, uint32_t index)
{
    const ro_entity *entity = &cell->document->entities.items[index];
    ro_cell_add_string(cell, entity->name);
    if (entity->actor.code[0] == '\0')
        return;
    ro_cell_add_string(cell, " [");
    ro_cell_add_string(cell, entity->actor.code);
    ro_cell_add_string(cell, "]");
}

void ro_cell_add_participants(ro_cell *cell, const ro_participant_list *participants)
{
    for (uint32_t i = 0; i < participants->count; i++) {
        const ro_participant *party = &participants->items[i];
        if (i > 0)
            ro_cell_add_string(cell, "; ");
        if (party->entity == RO_NONE)
            ro_cell_add(cell, ro_document_span_text(cell->document, party->first, party->end));
        else
            ro_cell_add_entity(cell, party->entity);
    }
}

void ro_cell_add_codes(ro_cell *cell, const ro_event *event)
{
    ro_cell_add_word(cell, " ", event->event_type);
    ro_cell_add_word(cell, " ", event->mode);
    ro_cell_add_word(cell, " ", event->cameo);
}

void ro_cell_add_status(ro_cell *cell, const ro_event *event)
{
    ro_cell_add_string(cell, ro_event_status_name(event->status));
    if (event->negated)
        ro_cell_add_string(cell, ", negated");
}

void ro_cell_add_heading(ro_cell *cell)
{
    const ro_document *document = cell->document;
    ro_cell_add_string(cell, document->id);
    ro_cell_add_string(cell, ro_date_is_none(document->date) ? "" : " ");
    ro_cell_add_date(cell, document->date);
    ro_cell_add_word(cell, " ", document->source);
    ro_cell_add_word(cell, " ", document->title);
    ro_cell_add_string(cell, " (");
    ro_cell_add_number(cell, document->events.count);
    ro_cell_add_string(cell, document->events.count == 1 ? " event, " : " events, ");
    ro_cell_add_number(cell, document->sentence_count);
    ro_cell_add_string(cell, document->sentence_count == 1 ? " sentence)" : " sentences)");
}
