/* cell.h - one line of text for people, made piece by piece from a document. */
#ifndef RO_WRITE_CELL_H
#define RO_WRITE_CELL_H
#include "doc/document.h"

/* A line under construction, in the document's arena. Callers check failed (out of memory) once,
 * at the end. */
typedef struct ro_cell {
    const ro_document *document;
    char *bytes;
    size_t used, room;
    bool failed;
} ro_cell;

#define RO_CELL(document) ((ro_cell){(document), NULL, 0, 0, false})
ro_text ro_cell_text(const ro_cell *cell);

/* Adds text as one line: white space and control characters become one space each run. */
void ro_cell_add(ro_cell *cell, ro_text text);
void ro_cell_add_string(ro_cell *cell, const char *string); /* NULL adds nothing */
/* Adds a word behind a separator; nothing for an empty word, no separator in an empty cell. */
void ro_cell_add_word(ro_cell *cell, const char *separator, const char *word);
void ro_cell_add_number(ro_cell *cell, uint64_t number);
void ro_cell_add_date(ro_cell *cell, ro_date date);
/* Adds a text's beginning and end, with an ellipsis between them where it has more than most
 * bytes. */
void ro_cell_add_ends(ro_cell *cell, ro_text text, size_t most);
/* The words of spans, with a space between two. */
void ro_cell_add_spans(ro_cell *cell, const ro_span_list *spans);
/* "Sauli Niinisto [FINGOV]" */
void ro_cell_add_entity(ro_cell *cell, uint32_t entity);
/* The same for each; the words of the text where a participant is no entity. */
void ro_cell_add_participants(ro_cell *cell, const ro_participant_list *participants);
/* "CONSULT phone 041" */
void ro_cell_add_codes(ro_cell *cell, const ro_event *event);
/* "denied, negated" */
void ro_cell_add_status(ro_cell *cell, const ro_event *event);
/* Id, date, source and title of the document, and how much there is. */
void ro_cell_add_heading(ro_cell *cell);
#endif
