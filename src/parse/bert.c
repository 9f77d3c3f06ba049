/* bert.c - runs a BERT-shaped encoder over documents: pieces (wordpiece.c), windows (windows.c),
 * the transformer (nn/transformer.c), and back to tokens (alignment.c).
 *
 * Windows of all documents wait until there are enough for large products; what a window gives
 * depends on it alone.
 */
#include "parse/bert.h"

#include "base/alloc.h"
#include "base/error.h"
#include "nn/transformer.h"
#include "parse/alignment.h"
#include "parse/description.h"
#include "parse/windows.h"
#include "parse/wordpiece.h"

#include <string.h>

enum {
    WAITING_PIECES = 2048, /* run when this many wait                            */
    WAITING_WINDOWS = 512, /* or so many windows                                 */
    WINDOW = 256,          /* pieces of a window where no head was trained on one */
    OVERLAP = 64,
};

struct ro_bert {
    ro_allocator allocator;
    ro_weights *weights;
    ro_wordpiece *wordpiece;
    ro_transformer *transformer;
    ro_headset *heads;
    size_t width, window, overlap;
};

/* A document's tokens while their vectors are being found. */
typedef struct reading {
    float *rows;          /* of the tokens that have a piece                     */
    uint32_t *first;      /* [row] the piece that the token begins at, ascending */
    uint32_t count, next; /* rows, and the first that is still to be filled   */
} reading;

/* A window that waits to be run. */
typedef struct waiting_window {
    reading *of;
    ro_window window;
} waiting_window;

struct ro_bert_scratch {
    const ro_bert *bert;
    ro_transformer_scratch *transformer;
    uint32_t *ids; /* WAITING_PIECES + a window's */
    float *out;    /* a row each                  */
    size_t starts[WAITING_WINDOWS + 1];
    waiting_window waiting[WAITING_WINDOWS];
    size_t count; /* windows that wait */
};

/* ---- opening --------------------------------------------------------------------------------- */

static bool read_size(const json_t *object, const char *key, size_t *size)
{
    const json_t *value = json_object_get(object, key);
    *size = json_is_integer(value) && json_integer_value(value) > 0
                ? (size_t)json_integer_value(value)
                : 0;
    return *size != 0;
}

/* What model.json says of the transformer; false if something is missing. */
static bool read_shape(const json_t *object, ro_transformer_shape *shape)
{
    const char *precision = json_string_value(json_object_get(object, "precision"));
    const json_t *epsilon = json_object_get(object, "epsilon");
    shape->epsilon = (float)json_number_value(epsilon);
    shape->int8 = precision != NULL && strcmp(precision, "int8") == 0;
    return precision != NULL && (shape->int8 || strcmp(precision, "float32") == 0) &&
           json_is_number(epsilon) && read_size(object, "width", &shape->width) &&
           read_size(object, "layers", &shape->layers) &&
           read_size(object, "heads", &shape->heads) && read_size(object, "inner", &shape->inner) &&
           read_size(object, "positions", &shape->positions);
}

/* How a long text is cut: as the heads were trained, as far as the transformer can see. */
static void choose_windows(ro_bert *bert, size_t positions)
{
    bert->window = ro_headset_window(bert->heads);
    bert->overlap = ro_headset_overlap(bert->heads);
    if (bert->window <= RO_WINDOWS_SPECIAL) {
        bert->window = WINDOW;
        bert->overlap = OVERLAP;
    }
    if (bert->window > positions)
        bert->window = positions;
    if (bert->overlap > bert->window / 2) /* else most pieces would be read many times */
        bert->overlap = bert->window / 2;
}

static ro_status open_parts(ro_bert *bert, const json_t *description, const ro_kernels *kernels,
                            ro_error *error)
{
    ro_transformer_shape shape = {0};
    const json_t *transformer = json_object_get(description, "transformer");
    if (json_object_get(description, "components") != NULL)
        return ro_error_set_at(error, RO_STATUS_UNSUPPORTED, "model",
                               ro_weights_path(bert->weights), 0, UINT64_MAX,
                               "a language model, no encoder; its own vectors are --encoder fast");
    if (transformer == NULL || !read_shape(transformer, &shape))
        return ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(bert->weights), 0,
                               UINT64_MAX, "it holds no transformer, or a damaged description");
    ro_status status = ro_wordpiece_open(bert->weights, json_object_get(description, "wordpiece"),
                                         &bert->allocator, &bert->wordpiece, error);
    if (status != RO_STATUS_OK)
        return status;
    shape.pieces = ro_wordpiece_count(bert->wordpiece);
    bert->width = shape.width;
    status = ro_transformer_open(bert->weights, &shape, kernels, &bert->allocator,
                                 &bert->transformer, error);
    if (status == RO_STATUS_OK)
        status = ro_headset_open(bert->weights, json_object_get(description, "heads"), shape.width,
                                 kernels, &bert->allocator, &bert->heads, error);
    if (status == RO_STATUS_OK && shape.positions <= RO_WINDOWS_SPECIAL)
        status = ro_error_set_at(error, RO_STATUS_CORRUPT, "model", ro_weights_path(bert->weights),
                                 0, UINT64_MAX, "a transformer of %zu positions sees no text",
                                 shape.positions);
    if (status == RO_STATUS_OK)
        choose_windows(bert, shape.positions);
    return status;
}

ro_status ro_bert_open(const char *path, const ro_kernels *kernels, const ro_allocator *allocator,
                       ro_bert **bert, ro_error *error)
{
    ro_bert *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    json_t *description = NULL;
    if (made == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "model", "out of memory");
    made->allocator = *allocator;
    ro_status status = ro_weights_open(path, allocator, &made->weights, error);
    if (status == RO_STATUS_OK)
        status = ro_description_read(made->weights, &description, error);
    if (status == RO_STATUS_OK)
        status = open_parts(made, description, kernels, error);
    json_decref(description);
    if (status != RO_STATUS_OK) {
        ro_bert_close(made);
        return status;
    }
    *bert = made;
    return RO_STATUS_OK;
}

void ro_bert_close(ro_bert *bert)
{
    if (bert == NULL)
        return;
    ro_allocator allocator = bert->allocator;
    ro_headset_close(bert->heads);
    ro_transformer_close(bert->transformer);
    ro_wordpiece_close(bert->wordpiece);
    ro_weights_close(bert->weights);
    ro_alloc_free(&allocator, bert, 1, sizeof *bert);
}

const ro_headset *ro_bert_heads(const ro_bert *bert)
{
    return bert->heads;
}

/* ---- scratch --------------------------------------------------------------------------------- */

static size_t room_of(const ro_bert *bert)
{
    return WAITING_PIECES + bert->window;
}

ro_bert_scratch *ro_bert_scratch_new(const ro_bert *bert)
{
    const ro_allocator *allocator = &bert->allocator;
    ro_bert_scratch *made = ro_alloc_zeroed(allocator, 1, sizeof *made);
    if (made == NULL)
        return NULL;
    made->bert = bert;
    made->transformer = ro_transformer_scratch_new(bert->transformer);
    made->ids = ro_alloc_zeroed(allocator, room_of(bert), sizeof *made->ids);
    made->out = ro_alloc_aligned(allocator, room_of(bert) * bert->width, sizeof *made->out);
    if (made->transformer == NULL || made->ids == NULL || made->out == NULL) {
        ro_bert_scratch_free(made);
        return NULL;
    }
    return made;
}

void ro_bert_scratch_free(ro_bert_scratch *scratch)
{
    if (scratch == NULL)
        return;
    const ro_bert *bert = scratch->bert;
    ro_transformer_scratch_free(scratch->transformer);
    ro_alloc_free(&bert->allocator, scratch->ids, room_of(bert), sizeof *scratch->ids);
    ro_alloc_free_aligned(&bert->allocator, scratch->out, room_of(bert) * bert->width,
                          sizeof *scratch->out);
    ro_alloc_free(&bert->allocator, scratch, 1, sizeof *scratch);
}

/* ---- running --------------------------------------------------------------------------------- */

/* Runs the windows that wait and gives the tokens that they are kept for their rows. */
static ro_status run_waiting(ro_bert_scratch *scratch)
{
    size_t width = scratch->bert->width;
    ro_status status =
        ro_transformer_run(scratch->bert->transformer, scratch->transformer, scratch->ids,
                           scratch->starts, scratch->count, scratch->out);
    if (status != RO_STATUS_OK)
        return status;
    for (size_t i = 0; i < scratch->count; i++) {
        const ro_window *window = &scratch->waiting[i].window;
        reading *of = scratch->waiting[i].of;
        const float *rows = scratch->out + (scratch->starts[i] + 1) * width; /* behind [CLS] */
        for (; of->next < of->count && of->first[of->next] < window->kept_end; of->next++)
            memcpy(of->rows + of->next * width,
                   rows + (of->first[of->next] - window->start) * width, width * sizeof *rows);
    }
    scratch->count = 0;
    return RO_STATUS_OK;
}

static void add_window(ro_bert_scratch *scratch, reading *of, const ro_subword *pieces,
                       ro_window window)
{
    ro_wordpiece_ids special = ro_wordpiece_ids_get(scratch->bert->wordpiece);
    size_t at = scratch->starts[scratch->count];
    scratch->ids[at++] = special.start;
    for (size_t i = window.start; i < window.end; i++)
        scratch->ids[at++] = pieces[i].id;
    scratch->ids[at++] = special.end;
    scratch->waiting[scratch->count++] = (waiting_window){of, window};
    scratch->starts[scratch->count] = at;
}

/* The rows of a document, and which piece each token begins at. */
static ro_status begin(const ro_bert *bert, ro_document *document, const ro_subwords *pieces,
                       reading *of, ro_arena *vectors)
{
    uint32_t tokens = document->token_count;
    uint32_t *first = ro_arena_alloc(pieces->arena, tokens, sizeof *first);
    uint32_t *starts = ro_arena_alloc(vectors, tokens + (size_t)1, sizeof *starts);
    if (first == NULL || starts == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_alignment_find(document->tokens, tokens, pieces->items, pieces->count, document->body,
                      first);
    *of = (reading){.first = first};
    for (uint32_t t = 0; t < tokens; t++) {
        starts[t] = of->count;
        if (first[t] != RO_NONE)
            first[of->count++] = first[t];
    }
    starts[tokens] = of->count;
    of->rows = ro_arena_alloc(vectors, of->count * bert->width, sizeof *of->rows);
    if (of->rows == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    document->vectors = of->rows;
    document->vector_starts = starts;
    document->vector_width = (uint32_t)bert->width;
    return RO_STATUS_OK;
}

static ro_status run_document(ro_bert_scratch *scratch, ro_document *document, reading *of,
                              ro_arena *arena, ro_arena *vectors)
{
    const ro_bert *bert = scratch->bert;
    ro_subwords pieces = {.arena = arena};
    ro_text text = {document->text + document->body, document->length - document->body};
    ro_status status = ro_wordpiece_cut(bert->wordpiece, text, &pieces);
    if (status == RO_STATUS_OK)
        status = begin(bert, document, &pieces, of, vectors);
    size_t windows = ro_windows_count(pieces.count, bert->window, bert->overlap);
    for (size_t i = 0; i < windows && status == RO_STATUS_OK; i++) {
        add_window(scratch, of, pieces.items,
                   ro_windows_at(pieces.count, bert->window, bert->overlap, i));
        if (scratch->count == WAITING_WINDOWS || scratch->starts[scratch->count] >= WAITING_PIECES)
            status = run_waiting(scratch);
    }
    return status;
}

ro_status ro_bert_run(ro_bert_scratch *scratch, ro_document *const *documents, size_t count,
                      ro_arena *vectors)
{
    ro_arena *arena = ro_arena_new(&scratch->bert->allocator);
    reading *readings = arena != NULL ? ro_arena_alloc(arena, count, sizeof *readings) : NULL;
    ro_status status = readings != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    scratch->count = 0;
    for (size_t i = 0; i < count && status == RO_STATUS_OK; i++)
        status = run_document(scratch, documents[i], &readings[i], arena, vectors);
    if (status == RO_STATUS_OK && scratch->count > 0)
        status = run_waiting(scratch);
    ro_arena_free(arena);
    return status;
}
