/* explain.c - every sentence of a document with what was found in it and why, for people.
 *
 * Below a sentence stands a line for each mention (who), time expression (when), place (where),
 * attribution (says) and event (what): the words, what they are taken for, and the line of data or
 * the rule that made it. Ids are those of the JSON record. How the cells are laid out is left to
 * grid.c, the tree to conllu.c.
 */
#include "base/date.h"
#include "base/text.h"
#include "write/cell.h"
#include "write/formats.h"
#include "write/grid.h"

#include <stdio.h>

enum { DEFAULT_WIDTH = 100, INDENT = 4, LONGEST_BYTES = 72 /* of the text, in one cell */ };

/* The columns: layer, id, words, what they are taken for, why. Lines speak for themselves, so
 * nothing stands above them. */
static const ro_grid_column columns[RO_GRID_COLUMNS] = {{"", 5},  {"", 3}, {"", 10}, {"", 18},
                                                        {"", 12}, {"", 0}, {"", 0},  {"", 0}};

/* Fills the cells of one line. */
typedef void fill_line(ro_cell *cells, uint32_t index);

enum { LAYER, ID, WORDS, TAKEN_FOR, WHY };

/* ---- what the lines say -------------------------------------------------------------------- */

static void add_id(ro_cell *to, const char *letter, uint32_t index)
{
    ro_cell_add_word(to, ", ", letter);
    ro_cell_add_number(to, (uint64_t)index + 1);
}

static void add_words(ro_cell *to, uint32_t first, uint32_t end)
{
    ro_cell_add_ends(to, ro_document_span_text(to->document, first, end), LONGEST_BYTES);
}

/* A name is known by its own words; how a noun or a pronoun came to its entity is a rule. */
static void fill_mention(ro_cell *cells, uint32_t index)
{
    const ro_document *document = cells->document;
    const ro_mention *mention = &document->mentions.items[index];
    const ro_entity *entity = &document->entities.items[mention->entity];
    const char *type = ro_mention_type_name(mention->type);
    ro_cell_add_string(&cells[LAYER], "who");
    add_id(&cells[ID], "n", mention->entity);
    add_words(&cells[WORDS], mention->first, mention->end);
    ro_cell_add_entity(&cells[TAKEN_FOR], mention->entity);
    ro_cell_add_word(&cells[TAKEN_FOR], ", ", ro_entity_kind_name(entity->kind));
    ro_cell_add_word(&cells[TAKEN_FOR], ", ", entity->actor.role);
    ro_cell_add_word(&cells[TAKEN_FOR], ", ", entity->anonymous ? "anonymous" : "");
    ro_cell_add_string(&cells[WHY], type);
    if (mention->rule != NULL && strcmp(mention->rule, type) != 0)
        ro_cell_add_word(&cells[WHY], ", ", mention->rule);
    ro_cell_add_word(&cells[WHY], ", ", entity->fact);
}

static void fill_timex(ro_cell *cells, uint32_t index)
{
    const ro_timex *timex = &cells->document->timexes.items[index];
    ro_cell_add_string(&cells[LAYER], "when");
    add_words(&cells[WORDS], timex->first, timex->end);
    ro_cell_add_string(&cells[TAKEN_FOR], timex->value[0] != '\0' ? timex->value : "open");
    ro_cell_add_word(&cells[TAKEN_FOR], ", ", ro_timex_type_name(timex->type));
    ro_cell_add_word(&cells[TAKEN_FOR], ", ", ro_time_flag_name(timex->flag));
    ro_cell_add_string(&cells[WHY], timex->rule);
}

/* "Tripoli, Liban-Nord, LBN 134": what a name may be meant for and what speaks for it. */
static void add_candidate(ro_cell *to, const ro_place_candidate *candidate, bool is_further)
{
    char score[16];
    snprintf(score, sizeof score, " %d", (int)candidate->score);
    if (is_further)
        ro_cell_add_string(to, "; ");
    ro_cell_add_string(to, candidate->name);
    ro_cell_add_word(to, ", ", candidate->within);
    ro_cell_add_word(to, ", ", candidate->country);
    ro_cell_add_string(to, score);
}

static void fill_place(ro_cell *cells, uint32_t index)
{
    const ro_place *place = &cells->document->places.items[index];
    ro_cell_add_string(&cells[LAYER], "where");
    add_words(&cells[WORDS], place->first, place->end);
    ro_cell_add_string(&cells[TAKEN_FOR], place->name);
    ro_cell_add_word(&cells[TAKEN_FOR], ", ", ro_place_kind_name(place->kind));
    ro_cell_add_word(&cells[TAKEN_FOR], ", ", place->country);
    ro_cell_add_word(&cells[TAKEN_FOR], ", near ", place->near);
    ro_cell_add_string(&cells[WHY], place->fact);
    for (uint32_t i = 0; i < place->candidate_count; i++)
        add_candidate(&cells[WHY], &place->candidates[i], i > 0 || place->fact[0] != '\0');
}

static void add_ends(ro_cell *to, ro_span span, size_t most)
{
    ro_cell_add_ends(to, (ro_text){to->document->text + span.start, span.end - span.start}, most);
}

/* What is said: all of it, or the beginning and the end. A sentence may hold many of length. */
static void add_content(ro_cell *to, const ro_span_list *content)
{
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < content->count; i++)
        bytes += content->items[i].end - content->items[i].start;
    if (bytes <= LONGEST_BYTES) {
        ro_cell_add_spans(to, content);
    } else if (content->count == 1) {
        add_ends(to, content->items[0], LONGEST_BYTES);
    } else {
        add_ends(to, content->items[0], LONGEST_BYTES / 2);
        ro_cell_add_string(to, " … ");
        add_ends(to, content->items[content->count - 1], LONGEST_BYTES / 2);
    }
}

static void fill_attribution(ro_cell *cells, uint32_t index)
{
    const ro_document *document = cells->document;
    const ro_attribution *said = &document->attributions.items[index];
    ro_cell *to = &cells[TAKEN_FOR];
    ro_cell_add_string(&cells[LAYER], "says");
    add_id(&cells[ID], "a", index);
    ro_cell_add_spans(&cells[WORDS], &said->cue);
    if (said->source_entity != RO_NONE)
        ro_cell_add_entity(to, said->source_entity);
    else if (said->source.count > 0)
        ro_cell_add_spans(to, &said->source);
    else
        ro_cell_add_string(to, "someone");
    if (said->addressee != RO_NONE) {
        ro_cell_add_string(to, " to ");
        ro_cell_add_entity(to, said->addressee);
    }
    ro_cell_add_word(to, ", ", ro_stance_name(said->stance));
    ro_cell_add_word(to, ", ", said->negated ? "negated" : "");
    ro_cell_add_word(to, ", ", ro_style_name(said->style));
    if (said->in != RO_NONE)
        add_id(to, "in a", said->in);
    ro_cell_add_string(to, ": ");
    add_content(to, &said->content);
    ro_cell_add_string(&cells[WHY], said->rule);
}

static void fill_event(ro_cell *cells, uint32_t index)
{
    const ro_document *document = cells->document;
    const ro_event *event = &document->events.items[index];
    ro_cell *to = &cells[TAKEN_FOR];
    ro_cell_add_string(&cells[LAYER], "what");
    add_id(&cells[ID], "e", index);
    add_words(&cells[WORDS], event->trigger_first, event->trigger_end);
    ro_cell_add_codes(to, event);
    ro_cell_add_string(to, event->actors.count + event->recipients.count > 0 ? ": " : "");
    ro_cell_add_participants(to, &event->actors);
    if (event->recipients.count > 0) {
        ro_cell_add_string(to, " → ");
        ro_cell_add_participants(to, &event->recipients);
    }
    ro_cell_add_string(to, ", ");
    ro_cell_add_status(to, event);
    if (!ro_date_is_none(event->date)) {
        ro_cell_add_string(to, ", ");
        ro_cell_add_date(to, event->date);
    }
    if (event->place != RO_NONE) {
        ro_cell_add_word(to, ", in ", document->places.items[event->place].name);
        ro_cell_add_word(to, " (", ro_place_from_name(event->place_from));
        ro_cell_add_string(to, ")");
    }
    for (uint32_t i = 0; i < event->attributions.count; i++)
        add_id(to, i == 0 ? "by a" : "a", event->attributions.items[i]);
    ro_cell_add_string(&cells[WHY], event->frame);
}

/* ---- lines in the order of the sentences --------------------------------------------------- */

typedef struct line {
    fill_line *fill;
    uint32_t index, sentence;
} line;

typedef RO_LIST(line) line_list;

/* A document under explanation. */
typedef struct explanation {
    const ro_document *document;
    line_list lines;      /* layer by layer                                              */
    const line **ordered; /* the same, sentence by sentence                              */
    uint32_t *ends;       /* of each sentence: behind its last line in ordered           */
    bool failed;
} explanation;

static void add_line(explanation *to, fill_line *fill, uint32_t index, uint32_t sentence)
{
    line *added = to->failed ? NULL : RO_LIST_ADD(to->document->arena, &to->lines);
    if (added != NULL)
        *added = (line){fill, index, sentence};
    else
        to->failed = true;
}

static void add_lines(explanation *to)
{
    const ro_document *document = to->document;
    const ro_token *tokens = document->tokens;
    for (uint32_t i = 0; i < document->mentions.count; i++)
        add_line(to, fill_mention, i, tokens[document->mentions.items[i].first].sentence);
    for (uint32_t i = 0; i < document->timexes.count; i++)
        add_line(to, fill_timex, i, tokens[document->timexes.items[i].first].sentence);
    for (uint32_t i = 0; i < document->places.count; i++)
        add_line(to, fill_place, i, tokens[document->places.items[i].first].sentence);
    for (uint32_t i = 0; i < document->attributions.count; i++)
        add_line(to, fill_attribution, i, document->attributions.items[i].sentence);
    for (uint32_t i = 0; i < document->events.count; i++)
        add_line(to, fill_event, i, document->events.items[i].sentence);
}

/* Sorts by counting, which keeps the order within a sentence. */
static void order_lines(explanation *of)
{
    const ro_document *document = of->document;
    uint32_t count = of->lines.count, before = 0;
    of->ordered = ro_arena_alloc(document->arena, count, sizeof *of->ordered);
    of->ends = ro_arena_alloc(document->arena, document->sentence_count, sizeof *of->ends);
    if (of->ordered == NULL || of->ends == NULL) {
        of->failed = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        of->ends[of->lines.items[i].sentence]++;
    for (uint32_t i = 0; i < document->sentence_count; i++) {
        uint32_t here = of->ends[i];
        of->ends[i] = before;
        before += here;
    }
    for (uint32_t i = 0; i < count; i++)
        of->ordered[of->ends[of->lines.items[i].sentence]++] = &of->lines.items[i];
}

/* The cells of all lines; NULL when out of memory. */
static ro_text *fill_cells(const explanation *of)
{
    const ro_document *document = of->document;
    size_t count = (size_t)of->lines.count * RO_GRID_COLUMNS;
    ro_text *cells = ro_arena_alloc(document->arena, count, sizeof *cells);
    for (uint32_t i = 0; i < of->lines.count && cells != NULL; i++) {
        ro_cell made[RO_GRID_COLUMNS];
        for (int column = 0; column < RO_GRID_COLUMNS; column++)
            made[column] = RO_CELL(document);
        of->ordered[i]->fill(made, of->ordered[i]->index);
        for (size_t column = 0; column < RO_GRID_COLUMNS; column++) {
            if (made[column].failed)
                return NULL;
            cells[i * (size_t)RO_GRID_COLUMNS + column] = ro_cell_text(&made[column]);
        }
    }
    return cells;
}

/* ---- document ------------------------------------------------------------------------------ */

/* The texts of all sentences behind their numbers, in pairs; NULL when out of memory. */
static ro_text *fill_sentences(const ro_document *document)
{
    ro_text *texts =
        ro_arena_alloc(document->arena, 2 * (size_t)document->sentence_count, sizeof *texts);
    for (uint32_t i = 0; i < document->sentence_count && texts != NULL; i++) {
        const ro_sentence *sentence = &document->sentences[i];
        ro_cell number = RO_CELL(document), text = RO_CELL(document);
        ro_cell_add_number(&number, (uint64_t)i + 1);
        ro_cell_add_string(&number, " ");
        ro_cell_add(&text, ro_document_span_text(document, sentence->first, sentence->end));
        if (number.failed || text.failed)
            return NULL;
        texts[2 * (size_t)i] = ro_cell_text(&number);
        texts[2 * (size_t)i + 1] = ro_text_trim(ro_cell_text(&text));
    }
    return texts;
}

ro_status ro_explain_write(const ro_document *document, const ro_write_options *options,
                           ro_emit *emit)
{
    int width = options->width > 0 ? options->width : DEFAULT_WIDTH;
    explanation of = {.document = document};
    ro_cell heading = RO_CELL(document);
    add_lines(&of);
    if (!of.failed)
        order_lines(&of);
    const ro_text *cells = of.failed ? NULL : fill_cells(&of);
    const ro_text *sentences = fill_sentences(document);
    ro_cell_add_heading(&heading);
    if (cells == NULL || sentences == NULL || heading.failed)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_grid_write_paragraph(ro_text_of(""), ro_cell_text(&heading), 0, width, emit);
    ro_emit_character(emit, '\n');
    for (uint32_t i = 0; i < document->sentence_count; i++) {
        uint32_t first = i > 0 ? of.ends[i - 1] : 0;
        ro_grid grid = {.cells = cells + (size_t)first * RO_GRID_COLUMNS,
                        .row_count = of.ends[i] - first,
                        .width = width,
                        .indent = INDENT};
        memcpy(grid.columns, columns, sizeof columns);
        ro_grid_write_paragraph(sentences[2 * (size_t)i], sentences[2 * (size_t)i + 1], INDENT,
                                width, emit);
        ro_grid_write(&grid, emit);
        ro_emit_character(emit, '\n');
    }
    return RO_STATUS_OK;
}
