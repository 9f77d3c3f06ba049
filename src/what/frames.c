/* frames.c - reads data/frames: index.tsv names the files, each holds sets and frames.
 *
 * A frame is a line "frame NAME" and the lines behind it, up to the next frame or set; every fault
 * is refused with file and line. What a condition means in a sentence is match.c's work.
 */
#include "what/frames.h"

#include "base/alloc.h"
#include "base/closed_set.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "lexicon/table.h"
#include <stdio.h>

enum { KEY_LIMIT = 96 };
#define END UINT32_MAX

typedef struct entry {
    uint32_t frame, next; /* next entry of the same lemma, or END */
} entry;

struct ro_frames {
    const ro_allocator *allocator;
    const ro_ontology *ontology;
    ro_arena *arena;
    ro_map *index; /* "v point out" -> first entry */
    ro_map *set_index;
    RO_LIST(ro_frame) list;
    RO_LIST(entry) entries;
    RO_LIST(const char *) sets;
};

/* The file being read. */
typedef struct file_reader {
    ro_frames *frames;
    const char *name;
    const ro_table *table;
    ro_frame *frame; /* the one being read, NULL before the first */
    uint32_t lemmas; /* how many the frame has                    */
    ro_error *error;
} file_reader;

static ro_status no_memory(ro_error *error)
{
    return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "what", "out of memory");
}

static ro_status fault(const file_reader *reader, const char *expected, ro_text found)
{
    return ro_table_fault(reader->table, reader->error, expected, found);
}

static ro_text make_key(char *key, ro_frame_part part, const char *lemma, const char *particle)
{
    int length = snprintf(key, KEY_LIMIT, "%c %s%s%s", part == RO_FRAME_PART_VERB ? 'v' : 'n',
                          lemma, particle[0] != '\0' ? " " : "", particle);
    return (ro_text){key, length > 0 && length < KEY_LIMIT ? (size_t)length : 0};
}

const char *ro_frames_set(const ro_frames *frames, const char *name)
{
    uint32_t index;
    return ro_map_get(frames->set_index, ro_text_of(name), &index) ? frames->sets.items[index] : "";
}

/* Whether a word is one of several, separated by '|'. */
static bool is_word_of(const char *words, ro_text word)
{
    ro_text list = ro_text_of(words), piece;
    while (ro_table_piece(&list, '|', &piece))
        if (ro_text_equal(piece, word))
            return true;
    return false;
}

/* ---- words and slots ------------------------------------------------------------------------ */

/* "a b $set" as "a|b|c|d"; '_' stands for a space. */
static ro_status read_words(const file_reader *reader, ro_text list, const char **words)
{
    ro_arena *arena = reader->frames->arena;
    const char *found = "";
    ro_text piece;
    while (ro_table_piece(&list, ' ', &piece)) {
        const char *part = ro_arena_format(arena, "%.*s", (int)piece.length, piece.data);
        if (part == NULL)
            return no_memory(reader->error);
        if (part[0] == '$') {
            part = ro_frames_set(reader->frames, part + 1);
            if (part[0] == '\0')
                return fault(reader, "a set that was named before", piece);
        }
        found = ro_arena_format(arena, "%s%s%s", found, found[0] != '\0' ? "|" : "", part);
        if (found == NULL)
            return no_memory(reader->error);
    }
    if (found[0] == '\0')
        return fault(reader, "words", list);
    *words = found;
    return RO_STATUS_OK;
}

static ro_status read_slot(const file_reader *reader, ro_text name, ro_slot_list *slots)
{
    static const char *const names[] = {
#define RO_SLOT(member, name) name,
#include "what/slot.def"
#undef RO_SLOT
    };
    ro_slot *slot = RO_LIST_ADD(reader->frames->arena, slots);
    if (slot == NULL)
        return no_memory(reader->error);
    slot->kind = RO_SLOT_PREPOSITION;
    slot->preposition = "";
    unsigned kind;
    if (ro_closed_set_find(names, RO_SLOT_PREPOSITION, name, &kind)) {
        slot->kind = (ro_slot_kind)kind;
        return RO_STATUS_OK;
    }
    if (!is_word_of(ro_frames_set(reader->frames, "preposition"), name))
        return fault(reader, "a slot", name);
    slot->preposition = ro_arena_copy(reader->frames->arena, name.data, name.length);
    return slot->preposition != NULL ? RO_STATUS_OK : no_memory(reader->error);
}

static ro_status read_slots(const file_reader *reader, ro_text list, char separator,
                            ro_slot_list *slots)
{
    ro_text piece;
    while (ro_table_piece(&list, separator, &piece)) {
        ro_status status = read_slot(reader, piece, slots);
        if (status != RO_STATUS_OK)
            return status;
    }
    return slots->count > 0 ? RO_STATUS_OK : fault(reader, "a slot", list);
}

/* ---- lines ---------------------------------------------------------------------------------- */

static ro_text take_word(ro_text *line)
{
    ro_text word = {NULL, 0};
    if (!ro_table_piece(line, ' ', &word))
        return RO_TEXT("");
    *line = ro_text_trim(*line);
    return word;
}

static ro_status add_lemma(const file_reader *reader, ro_frame_part part, ro_text lemma)
{
    ro_frames *frames = reader->frames;
    char *word = ro_arena_copy(frames->arena, lemma.data, lemma.length);
    if (word == NULL)
        return no_memory(reader->error);
    for (char *c = word; *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    char buffer[KEY_LIMIT];
    ro_text key = make_key(buffer, part, word, "");
    if (key.length == 0)
        return fault(reader, "a lemma of 1 to 80 bytes", lemma);
    entry *added = RO_LIST_ADD(frames->arena, &frames->entries);
    if (added == NULL)
        return no_memory(reader->error);
    *added = (entry){frames->list.count - 1, END};
    uint32_t at = frames->entries.count - 1, first;
    if (!ro_map_get(frames->index, key, &first))
        return ro_map_set(frames->index, key, at) == RO_STATUS_OK ? RO_STATUS_OK
                                                                  : no_memory(reader->error);
    while (frames->entries.items[first].next != END)
        first = frames->entries.items[first].next;
    if (frames->entries.items[first].frame != frames->list.count - 1)
        frames->entries.items[first].next = at;
    return RO_STATUS_OK;
}

static ro_status read_lemmas(file_reader *reader, ro_frame_part part, ro_text list)
{
    const char *words;
    ro_status status = read_words(reader, list, &words);
    ro_text rest = ro_text_of(status == RO_STATUS_OK ? words : ""), piece;
    while (status == RO_STATUS_OK && ro_table_piece(&rest, '|', &piece)) {
        status = add_lemma(reader, part, piece);
        reader->lemmas++;
    }
    return status;
}

static ro_status read_condition(const file_reader *reader, ro_text line)
{
    static const struct {
        const char *name;
        bool words;
        int weight;
    } tests[] = {
#define RO_FRAME_TEST(member, name, words, weight) {name, words, weight},
#include "what/frame_test.def"
#undef RO_FRAME_TEST
    };
    ro_condition *condition = RO_LIST_ADD(reader->frames->arena, &reader->frame->conditions);
    if (condition == NULL)
        return no_memory(reader->error);
    ro_text slots = take_word(&line), test = take_word(&line);
    ro_status status = read_slots(reader, slots, '|', &condition->slots);
    if (status != RO_STATUS_OK)
        return status;
    condition->words = "";
    for (int i = 0; i < RO_FRAME_TEST_COUNT; i++) {
        if (!ro_text_equal_string(test, tests[i].name))
            continue;
        condition->test = (ro_frame_test)i;
        reader->frame->weight += tests[i].weight;
        if (!tests[i].words)
            return line.length == 0 ? RO_STATUS_OK : fault(reader, "no words", line);
        status = read_words(reader, line, &condition->words);
        if (status != RO_STATUS_OK || i != RO_FRAME_TEST_EVENT)
            return status;
        ro_text list = ro_text_of(condition->words), piece;
        while (ro_table_piece(&list, '|', &piece))
            if (!ro_ontology_has_type(reader->frames->ontology, piece))
                return fault(reader, "an event type", piece);
        return RO_STATUS_OK;
    }
    return fault(reader, "a test", test);
}

/* A frame that is complete: it means something, and shows it by an example. */
static ro_status end_frame(const file_reader *reader)
{
    const ro_frame *frame = reader->frame;
    if (frame == NULL)
        return RO_STATUS_OK;
    ro_text name = ro_text_of(frame->name);
    if (reader->lemmas == 0)
        return fault(reader, "verbs or nouns in the frame above", name);
    if (frame->code == NULL && !frame->has_inside)
        return fault(reader, "a code or \"inside\" in the frame above", name);
    if (frame->code != NULL && frame->actors.count + frame->both.count == 0)
        return fault(reader, "an actor in the frame above", name);
    if (frame->examples.count == 0)
        return fault(reader, "an example in the frame above", name);
    return RO_STATUS_OK;
}

static ro_status start_frame(file_reader *reader, ro_text name)
{
    ro_status status = end_frame(reader);
    if (status != RO_STATUS_OK)
        return status;
    if (name.length == 0)
        return fault(reader, "a name", name);
    ro_frames *frames = reader->frames;
    reader->frame = RO_LIST_ADD(frames->arena, &frames->list);
    if (reader->frame == NULL)
        return no_memory(reader->error);
    reader->lemmas = 0;
    reader->frame->mode = "";
    reader->frame->name = ro_arena_copy(frames->arena, name.data, name.length);
    reader->frame->line =
        ro_arena_format(frames->arena, "%.*s (%s:%llu)", (int)name.length, name.data, reader->name,
                        (unsigned long long)reader->table->line);
    if (reader->frame->name == NULL || reader->frame->line == NULL)
        return no_memory(reader->error);
    return RO_STATUS_OK;
}

static ro_status read_set(file_reader *reader, ro_text line)
{
    ro_frames *frames = reader->frames;
    ro_status status = end_frame(reader);
    reader->frame = NULL;
    ro_text name = take_word(&line);
    const char *words = NULL;
    uint32_t known;
    if (status == RO_STATUS_OK && ro_map_get(frames->set_index, name, &known))
        status = fault(reader, "each set once", name);
    if (status == RO_STATUS_OK)
        status = read_words(reader, line, &words);
    if (status != RO_STATUS_OK)
        return status;
    const char **slot = RO_LIST_ADD(frames->arena, &frames->sets);
    if (slot == NULL || ro_map_set(frames->set_index, name, frames->sets.count - 1) != RO_STATUS_OK)
        return no_memory(reader->error);
    *slot = words;
    return RO_STATUS_OK;
}

static ro_status read_example(const file_reader *reader, ro_text line, bool counter)
{
    if (line.length == 0)
        return fault(reader, "a sentence", line);
    ro_arena *arena = reader->frames->arena;
    const char **slot = counter ? RO_LIST_ADD(arena, &reader->frame->counters)
                                : RO_LIST_ADD(arena, &reader->frame->examples);
    if (slot == NULL)
        return no_memory(reader->error);
    *slot = ro_arena_copy(arena, line.data, line.length);
    return *slot != NULL ? RO_STATUS_OK : no_memory(reader->error);
}

static ro_status read_code(const file_reader *reader, ro_text line)
{
    reader->frame->code = ro_ontology_find(reader->frames->ontology, line);
    if (reader->frame->code == NULL)
        return fault(reader, "a code of cameo.tsv", line);
    reader->frame->mode = reader->frame->code->mode;
    return RO_STATUS_OK;
}

static ro_status read_mode(const file_reader *reader, ro_text line)
{
    ro_frame *frame = reader->frame;
    if (frame->code == NULL ||
        !ro_ontology_has_mode(reader->frames->ontology, frame->code->event_type, line))
        return fault(reader, "a mode of the code's event type, behind the code", line);
    frame->mode = ro_arena_copy(reader->frames->arena, line.data, line.length);
    return frame->mode != NULL ? RO_STATUS_OK : no_memory(reader->error);
}

static ro_status read_inside(const file_reader *reader, ro_text line)
{
    reader->frame->has_inside = true;
    return ro_event_status_parse(line, &reader->frame->inside)
               ? RO_STATUS_OK
               : fault(reader, "actual, planned, ongoing, hypothetical or denied", line);
}

static ro_status read_line(file_reader *reader, ro_text line)
{
    ro_text word = take_word(&line);
    if (ro_text_equal_string(word, "set"))
        return read_set(reader, line);
    if (ro_text_equal_string(word, "frame"))
        return start_frame(reader, line);
    if (reader->frame == NULL)
        return fault(reader, "\"frame\" or \"set\"", word);
    if (ro_text_equal_string(word, "verb"))
        return read_lemmas(reader, RO_FRAME_PART_VERB, line);
    if (ro_text_equal_string(word, "noun"))
        return read_lemmas(reader, RO_FRAME_PART_NOUN, line);
    if (ro_text_equal_string(word, "code"))
        return read_code(reader, line);
    if (ro_text_equal_string(word, "mode"))
        return read_mode(reader, line);
    if (ro_text_equal_string(word, "actor"))
        return read_slots(reader, line, ' ', &reader->frame->actors);
    if (ro_text_equal_string(word, "recipient"))
        return read_slots(reader, line, ' ', &reader->frame->recipients);
    if (ro_text_equal_string(word, "both"))
        return read_slots(reader, line, ' ', &reader->frame->both);
    if (ro_text_equal_string(word, "if"))
        return read_condition(reader, line);
    if (ro_text_equal_string(word, "inside"))
        return read_inside(reader, line);
    if (ro_text_equal_string(word, "example"))
        return read_example(reader, line, false);
    if (ro_text_equal_string(word, "counter"))
        return read_example(reader, line, true);
    if (ro_text_equal_string(word, "weak") && line.length == 0) {
        reader->frame->weak = true;
        return RO_STATUS_OK;
    }
    return fault(reader, "a line of a frame", word);
}

/* ---- files ---------------------------------------------------------------------------------- */

static ro_status read_file(ro_frames *frames, const char *data_folder, ro_text name,
                           ro_error *error)
{
    const char *path =
        ro_arena_format(frames->arena, "%s/frames/%.*s", data_folder, (int)name.length, name.data);
    const char *own = ro_arena_copy(frames->arena, name.data, name.length);
    if (path == NULL || own == NULL)
        return no_memory(error);
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    file_reader reader = {.frames = frames, .name = own, .table = &table, .error = error};
    while ((status = ro_table_next(&table, error)) == RO_STATUS_OK) {
        status = table.field_count == 1 ? read_line(&reader, table.fields[0])
                                        : fault(&reader, "no tabs", table.fields[0]);
        if (status != RO_STATUS_OK)
            break;
    }
    if (status == RO_STATUS_END)
        status = end_frame(&reader);
    ro_table_close(&table);
    return status;
}

static ro_status read_all(ro_frames *frames, const char *data_folder, ro_error *error)
{
    const char *path = ro_arena_format(frames->arena, "%s/frames/index.tsv", data_folder);
    if (path == NULL)
        return no_memory(error);
    ro_table table;
    ro_status status = ro_table_open(path, &table, error);
    if (status != RO_STATUS_OK)
        return status;
    while ((status = ro_table_next(&table, error)) == RO_STATUS_OK)
        if ((status = read_file(frames, data_folder, table.fields[0], error)) != RO_STATUS_OK)
            break;
    ro_table_close(&table);
    return status == RO_STATUS_END ? RO_STATUS_OK : status;
}

ro_status ro_frames_open(const char *data_folder, const ro_ontology *ontology,
                         const ro_allocator *allocator, ro_frames **frames, ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_frames *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return no_memory(error);
    made->allocator = allocator;
    made->ontology = ontology;
    made->arena = ro_arena_new(allocator);
    made->index = ro_map_new(allocator);
    made->set_index = ro_map_new(allocator);
    ro_status status = RO_STATUS_OK;
    if (made->arena == NULL || made->index == NULL || made->set_index == NULL)
        status = no_memory(error);
    if (status == RO_STATUS_OK)
        status = read_all(made, data_folder, error);
    if (status != RO_STATUS_OK) {
        ro_frames_close(made);
        return status;
    }
    *frames = made;
    return RO_STATUS_OK;
}

void ro_frames_close(ro_frames *frames)
{
    if (frames == NULL)
        return;
    ro_map_free(frames->set_index);
    ro_map_free(frames->index);
    ro_arena_free(frames->arena);
    ro_alloc_free(frames->allocator, frames, 1, sizeof *frames);
}

size_t ro_frames_count(const ro_frames *frames)
{
    return frames->list.count;
}

const ro_frame *ro_frames_at(const ro_frames *frames, size_t index)
{
    return &frames->list.items[index];
}

const ro_frame *ro_frames_next(const ro_frames *frames, ro_frame_part part, const char *lemma,
                               const char *particle, uint32_t *cursor)
{
    uint32_t at = *cursor - 1;
    if (*cursor == 0) {
        char buffer[KEY_LIMIT];
        if (!ro_map_get(frames->index, make_key(buffer, part, lemma, particle), &at))
            return NULL;
    }
    if (at == END - 1)
        return NULL;
    const entry *found = &frames->entries.items[at];
    *cursor = found->next == END ? END : found->next + 1;
    return &frames->list.items[found->frame];
}

bool ro_frames_has_type(const ro_frames *frames, ro_frame_part part, const char *lemma,
                        const char *types)
{
    uint32_t cursor = 0;
    for (const ro_frame *frame; (frame = ro_frames_next(frames, part, lemma, "", &cursor)) != NULL;)
        if (frame->code != NULL && is_word_of(types, ro_text_of(frame->code->event_type)))
            return true;
    return false;
}
