/* suggestions.c - the names that took part in events and have no code: what a lexicon lacks.
 *
 * A tally over documents, of names that the lexicon would compare as equal. What is kept of a name
 * is bounded: a few spellings, and three sentences cut to a line's length. The same documents in
 * the same order give the same bytes. Who knows a name is left to who/; the format of the lines is
 * docs/lexicon.md.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "lexicon/phrase.h"
#include "write/cell.h"
#include "write/emit.h"
#include <stdlib.h>

enum {
    KEY_BYTES = 160, /* longer names are no forms of a lexicon */
    SPELLINGS = 4,
    EXAMPLES = 3,
    ID_BYTES = 48,
    EXAMPLE_BYTES = 200,
    BEFORE_BYTES = 80 /* of an example, before the name where the sentence is cut */
};

static const struct {
    ro_entity_kind kind;
    const char *line; /* the kind of a lexicon's line */
} kinds[] = {
    {RO_ENTITY_KIND_PERSON, "person"},      {RO_ENTITY_KIND_ORGANIZATION, "organization"},
    {RO_ENTITY_KIND_GROUP, "organization"}, {RO_ENTITY_KIND_PLACE, "region"},
    {RO_ENTITY_KIND_COUNTRY, "region"},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

typedef struct spelling {
    const char *name; /* fit for a form */
    uint64_t documents;
} spelling;

typedef struct example {
    const char *text; /* "d1: Zoë Ndiaye met the envoys." */
    uint64_t document;
    uint32_t sentence;
} example;

typedef struct suggestion {
    uint64_t events, claims, documents;
    uint64_t last_event, last_document; /* counted last */
    uint64_t of_kind[KINDS];
    const char *role; /* "" if none is known */
    spelling spellings[SPELLINGS];
    example examples[EXAMPLES];
    uint32_t spelling_count, example_count;
} suggestion;

struct ro_suggestions {
    ro_allocator allocator;
    ro_arena *arena;
    ro_map *keys; /* a name as the lexicon compares it -> its index in names */
    RO_LIST(suggestion) names;
    uint64_t documents, events; /* added so far */
    bool failed;
};

/* A document being added. */
typedef struct reading {
    ro_suggestions *to;
    const ro_document *document;
    uint32_t *name_of; /* entity -> its index in names, UNSEEN or RO_NONE for one not wanted */
} reading;

#define UNSEEN (RO_NONE - 1)

ro_status ro_suggestions_new(const ro_allocator *allocator, ro_suggestions **suggestions,
                             ro_error *error)
{
    allocator = ro_alloc_or_default(allocator);
    ro_suggestions *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made != NULL) {
        made->allocator = *allocator;
        made->arena = ro_arena_new(allocator);
        made->keys = ro_map_new(allocator);
    }
    if (made == NULL || made->arena == NULL || made->keys == NULL) {
        ro_suggestions_free(made);
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "write", "out of memory");
    }
    *suggestions = made;
    return RO_STATUS_OK;
}

void ro_suggestions_free(ro_suggestions *suggestions)
{
    if (suggestions == NULL)
        return;
    ro_allocator allocator = suggestions->allocator;
    ro_map_free(suggestions->keys);
    ro_arena_free(suggestions->arena);
    ro_alloc_free(&allocator, suggestions, 1, sizeof *suggestions);
}

/* ---- names --------------------------------------------------------------------------------- */

/* A copy in the tally's arena; "" with failed set when out of memory. */
static const char *keep(ro_suggestions *to, const ro_cell *cell)
{
    ro_text text = ro_text_trim(ro_cell_text(cell));
    const char *copy = cell->failed ? NULL : ro_arena_copy(to->arena, text.data, text.length);
    if (copy != NULL)
        return copy;
    to->failed = true;
    return "";
}

/* A name on one line and without the signs that mean something in a lexicon; they count for
 * nothing when names are compared, and neither does a space. */
static ro_cell form_of(const reading *of, const char *name)
{
    ro_cell form = RO_CELL(of->document);
    while (*name != '\0') {
        size_t length = strcspn(name, "#|?");
        ro_cell_add(&form, (ro_text){name, length});
        name += length;
        if (*name != '\0') {
            ro_cell_add_string(&form, " ");
            name++;
        }
    }
    form.used = ro_text_trim(ro_cell_text(&form)).length; /* none is at the start */
    return form;
}

static void count_spelling(const reading *of, suggestion *name, const char *written)
{
    ro_cell form = form_of(of, written);
    uint32_t at = 0;
    while (at < name->spelling_count &&
           !ro_text_equal_string(ro_cell_text(&form), name->spellings[at].name))
        at++;
    if (at == SPELLINGS)
        return;
    if (at == name->spelling_count) {
        name->spellings[at].name = keep(of->to, &form);
        name->spelling_count++;
    }
    name->spellings[at].documents++;
}

/* Once a document: the name's entry, new or known; RO_NONE for what cannot be a form. */
static uint32_t enter(const reading *of, const ro_entity *entity)
{
    ro_suggestions *to = of->to;
    char bytes[KEY_BYTES];
    size_t length = ro_phrase_add(ro_text_of(entity->name), bytes, 0, sizeof bytes);
    if (length == 0 || length == SIZE_MAX)
        return RO_NONE;
    ro_text key = {bytes, length};
    uint32_t index = to->names.count;
    if (!ro_map_get(to->keys, key, &index)) {
        suggestion *added = RO_LIST_ADD(to->arena, &to->names);
        if (added == NULL || ro_map_set(to->keys, key, index) != RO_STATUS_OK) {
            to->failed = true;
            return RO_NONE;
        }
        added->role = "";
    }
    suggestion *name = &to->names.items[index];
    name->documents += name->last_document != to->documents;
    name->last_document = to->documents;
    for (size_t i = 0; i < KINDS; i++)
        name->of_kind[i] += kinds[i].kind == entity->kind;
    count_spelling(of, name, entity->name);
    if (name->role[0] == '\0' && entity->actor.role[0] != '\0') {
        ro_cell role = RO_CELL(of->document);
        ro_cell_add_string(&role, entity->actor.role);
        name->role = keep(to, &role);
    }
    return index;
}

/* The entry of an entity; NULL if its name is none that is looked for. */
static suggestion *find(const reading *of, uint32_t entity)
{
    if (entity == RO_NONE || of->to->failed)
        return NULL;
    uint32_t *index = &of->name_of[entity];
    if (*index == UNSEEN)
        *index = enter(of, &of->document->entities.items[entity]);
    return *index == RO_NONE || of->to->failed ? NULL : &of->to->names.items[*index];
}

/* ---- examples ------------------------------------------------------------------------------ */

/* The sentence around a token, or as much of it as fits. */
static void add_sentence(ro_cell *to, uint32_t anchor)
{
    const ro_token *tokens = to->document->tokens;
    const ro_sentence *sentence = &to->document->sentences[tokens[anchor].sentence];
    uint32_t first = anchor, end = anchor + 1;
    while (first > sentence->first &&
           tokens[end - 1].end - tokens[first - 1].start <= BEFORE_BYTES)
        first--;
    while (end < sentence->end && tokens[end].end - tokens[first].start <= EXAMPLE_BYTES)
        end++;
    while (first > sentence->first &&
           tokens[end - 1].end - tokens[first - 1].start <= EXAMPLE_BYTES)
        first--;
    ro_cell_add_string(to, first > sentence->first ? "… " : "");
    ro_cell_add_ends(to, ro_document_span_text(to->document, first, end), EXAMPLE_BYTES);
    ro_cell_add_string(to, end < sentence->end ? " …" : "");
}

static void add_example(const reading *of, suggestion *name, uint32_t anchor)
{
    ro_suggestions *to = of->to;
    uint32_t sentence = of->document->tokens[anchor].sentence;
    for (uint32_t i = 0; i < name->example_count; i++)
        if (name->examples[i].document == to->documents &&
            name->examples[i].sentence == sentence)
            return;
    if (name->example_count == EXAMPLES)
        return;
    ro_cell text = RO_CELL(of->document);
    ro_cell_add_ends(&text, ro_text_of(of->document->id), ID_BYTES);
    ro_cell_add_string(&text, ": ");
    add_sentence(&text, anchor);
    name->examples[name->example_count++] = (example){keep(to, &text), to->documents, sentence};
}

/* ---- documents ----------------------------------------------------------------------------- */

/* An event counts once for a name, on whichever side it stands. */
static void add_participants(const reading *of, const ro_participant_list *participants)
{
    for (uint32_t i = 0; i < participants->count; i++) {
        const ro_participant *party = &participants->items[i];
        suggestion *name = find(of, party->entity);
        if (name == NULL || name->last_event == of->to->events)
            continue;
        name->last_event = of->to->events;
        name->events++;
        add_example(of, name, party->first);
    }
}

/* Entities with a name and without a code. */
static void mark_unknown(const reading *of)
{
    const ro_document *document = of->document;
    for (uint32_t i = 0; i < document->entities.count; i++)
        of->name_of[i] = RO_NONE;
    for (uint32_t i = 0; i < document->mentions.count; i++) {
        const ro_mention *mention = &document->mentions.items[i];
        const ro_actor *actor = &document->entities.items[mention->entity].actor;
        if (mention->type == RO_MENTION_TYPE_NAME && actor->code[0] == '\0' &&
            actor->country[0] == '\0')
            of->name_of[mention->entity] = UNSEEN;
    }
}

ro_status ro_suggestions_add(ro_suggestions *suggestions, const ro_document *document,
                             ro_error *error)
{
    reading of = {suggestions, document, NULL};
    of.name_of = ro_arena_alloc(document->arena, document->entities.count, sizeof *of.name_of);
    if (of.name_of != NULL)
        mark_unknown(&of);
    else
        suggestions->failed = true;
    suggestions->documents++;
    for (uint32_t i = 0; i < document->events.count && !suggestions->failed; i++) {
        suggestions->events++;
        add_participants(&of, &document->events.items[i].actors);
        add_participants(&of, &document->events.items[i].recipients);
    }
    for (uint32_t i = 0; i < document->attributions.count && !suggestions->failed; i++) {
        const ro_attribution *said = &document->attributions.items[i];
        suggestion *name = find(&of, said->source_entity);
        if (name == NULL)
            continue;
        name->claims++;
        add_example(&of, name, said->cue_token);
    }
    if (suggestions->failed)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "write", "out of memory");
    return RO_STATUS_OK;
}

/* ---- writing ------------------------------------------------------------------------------- */

typedef struct row {
    const suggestion *of;
    const char *name;
} row;

/* As most documents write it, the first of several. */
static const char *usual_spelling(const suggestion *of)
{
    const spelling *best = &of->spellings[0];
    for (uint32_t i = 1; i < of->spelling_count; i++)
        if (of->spellings[i].documents > best->documents)
            best = &of->spellings[i];
    return best->name;
}

static size_t usual_kind(const suggestion *of)
{
    size_t best = 0;
    for (size_t i = 1; i < KINDS; i++)
        if (of->of_kind[i] > of->of_kind[best])
            best = i;
    return best;
}

static int compare_rows(const void *left, const void *right)
{
    const row *a = left, *b = right;
    if (a->of->events != b->of->events)
        return a->of->events > b->of->events ? -1 : 1;
    if (a->of->documents != b->of->documents)
        return a->of->documents > b->of->documents ? -1 : 1;
    return strcmp(a->name, b->name);
}

static void write_count(ro_emit *emit, uint64_t count, const char *noun)
{
    ro_emit_unsigned(emit, count);
    ro_emit_character(emit, ' ');
    ro_emit_literal(emit, noun);
    ro_emit_literal(emit, count == 1 ? "" : "s");
}

static void write_row(ro_emit *emit, const row *written)
{
    const suggestion *of = written->of;
    size_t kind = usual_kind(of);
    ro_emit_literal(emit, "\n# ");
    ro_emit_literal(emit, written->name);
    ro_emit_literal(emit, ", ");
    ro_emit_literal(emit, ro_entity_kind_name(kinds[kind].kind));
    ro_emit_literal(emit, ": ");
    write_count(emit, of->events, "event");
    if (of->claims > 0) {
        ro_emit_literal(emit, ", source of ");
        write_count(emit, of->claims, "claim");
    }
    ro_emit_literal(emit, ", in ");
    write_count(emit, of->documents, "document");
    for (uint32_t i = 0; i < of->example_count; i++) {
        ro_emit_literal(emit, "\n#   ");
        ro_emit_literal(emit, of->examples[i].text);
    }
    ro_emit_literal(emit, "\n#");
    ro_emit_literal(emit, kinds[kind].line);
    ro_emit_literal(emit, "\t???\t");
    ro_emit_literal(emit, written->name);
    if (kinds[kind].kind == RO_ENTITY_KIND_PERSON && of->role[0] != '\0') {
        ro_emit_character(emit, '\t');
        ro_emit_literal(emit, of->role);
    }
    ro_emit_character(emit, '\n');
}

static void write_heading(ro_emit *emit, const ro_suggestions *of)
{
    ro_emit_literal(emit, "# ");
    write_count(emit, of->names.count, "name");
    ro_emit_literal(emit, " without a code took part in events or said something, in ");
    write_count(emit, of->documents, "document");
    ro_emit_literal(emit, ".\n");
    if (of->names.count > 0)
        ro_emit_literal(emit, "# To add one to a lexicon, write its code for ???, complete the "
                              "line and remove the '#'\n# before it; the fields are: kind, code, "
                              "forms, role, from, until, pronoun, parent.\n");
}

ro_status ro_suggestions_write(const ro_suggestions *suggestions, ro_sink sink, ro_error *error)
{
    uint32_t count = suggestions->names.count;
    row *rows = ro_alloc_zeroed(&suggestions->allocator, (size_t)count + 1, sizeof *rows);
    if (rows == NULL || suggestions->failed) {
        ro_alloc_free(&suggestions->allocator, rows, (size_t)count + 1, sizeof *rows);
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "write", "out of memory");
    }
    for (uint32_t i = 0; i < count; i++)
        rows[i] = (row){&suggestions->names.items[i],
                        usual_spelling(&suggestions->names.items[i])};
    qsort(rows, count, sizeof *rows, compare_rows);
    ro_emit emit;
    ro_emit_start(&emit, sink);
    write_heading(&emit, suggestions);
    for (uint32_t i = 0; i < count; i++)
        write_row(&emit, &rows[i]);
    ro_alloc_free(&suggestions->allocator, rows, (size_t)count + 1, sizeof *rows);
    ro_status status = ro_emit_finish(&emit);
    if (status != RO_STATUS_OK)
        return ro_error_set(error, status, "write", "the output took no more bytes");
    return RO_STATUS_OK;
}
