/* answering.c - asks the heads of the encoder at hand about documents: the accurate one's if the
 * engine has it, else those of the pipeline's own vectors.
 *
 * Documents go through in small groups: the vectors of a group are forgotten before the next.
 */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/error.h"
#include "engine/engine.h"
#include "engine/worker.h"

#include <string.h>

enum { GROUP_BYTES = 32 * 1024 }; /* of text: some thousand tokens, enough for large products */

/* ---- what a head is asked -------------------------------------------------------------------- */

/* The tokens that share a byte with a span. */
static ro_range tokens_of(const ro_document *document, ro_span span)
{
    uint32_t low = 0, high = document->token_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->tokens[middle].end <= span.start)
            low = middle + 1;
        else
            high = middle;
    }
    ro_range found = {low, low};
    while (span.start < span.end && found.end < document->token_count &&
           document->tokens[found.end].start < span.end)
        found.end++;
    return found;
}

static ro_range rows_of(const ro_document *document, ro_span span)
{
    ro_range tokens = tokens_of(document, span);
    return (ro_range){document->vector_starts[tokens.first], document->vector_starts[tokens.end]};
}

static ro_token_vectors vectors_of(const ro_document *document)
{
    return (ro_token_vectors){document->vectors, document->vector_starts[document->token_count]};
}

/* Where nothing is marked, every sentence is. */
static ro_status mark_sentences(ro_document *document)
{
    for (uint32_t i = 0; i < document->sentence_count; i++) {
        const ro_sentence *sentence = &document->sentences[i];
        ro_mark *mark = RO_LIST_ADD(document->arena, &document->marks);
        if (mark == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        mark->span = ro_document_span(document, sentence->first, sentence->end);
    }
    return RO_STATUS_OK;
}

/* ---- answers --------------------------------------------------------------------------------- */

/* A chain passes over tokens without a vector: they are labelled as what goes on behind them, so
 * that a span goes on over them, else as the first label, which is O. */
static ro_status tag(const ro_head *head, ro_document *document, ro_arena *arena, ro_answer *answer)
{
    ro_token_vectors vectors = vectors_of(document);
    size_t count = answer->label_count, tokens = document->token_count;
    uint8_t *labels = ro_arena_alloc(arena, vectors.count, 1);
    float *probabilities = ro_arena_alloc(arena, vectors.count * count, sizeof *probabilities);
    answer->tags = ro_arena_alloc(document->arena, tokens, 1);
    answer->probabilities =
        ro_arena_alloc(document->arena, tokens * count, sizeof *answer->probabilities);
    if (labels == NULL || probabilities == NULL || answer->tags == NULL ||
        answer->probabilities == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    const uint32_t *starts = document->vector_starts;
    ro_status status = ro_head_tag(head, vectors, arena, labels, probabilities);
    uint8_t next = 0;
    for (size_t t = tokens; t-- > 0 && status == RO_STATUS_OK;) {
        float *own = answer->probabilities + t * count;
        if (starts[t + 1] > starts[t]) {
            next = labels[starts[t]];
            memcpy(own, probabilities + starts[t] * count, count * sizeof *own);
        } else {
            next = answer->labels[next][0] == 'I' ? next : 0;
            own[next] = 1;
        }
        answer->tags[t] = next;
    }
    return status;
}

static ro_status relate(const ro_head *head, const ro_document *document, const ro_mark *mark,
                        ro_range rows, ro_arena *arena, float *probabilities)
{
    ro_head_pair pair = {.span = rows};
    for (int side = 0; side < RO_SIDE_COUNT; side++) {
        ro_range *ranges = ro_arena_alloc(arena, mark->counts[side], sizeof *ranges);
        if (ranges == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        for (uint32_t i = 0; i < mark->counts[side]; i++)
            ranges[i] = rows_of(document, mark->sides[side][i]);
        pair.sides[side] = ranges;
        pair.counts[side] = mark->counts[side];
    }
    return ro_head_relate(head, vectors_of(document), &pair, arena, probabilities);
}

/* A mark may be the whole text, and there may be many: what one takes is given back first. */
static ro_status weigh(const ro_head *head, const ro_document *document, const ro_mark *mark,
                       ro_range rows, const ro_allocator *allocator, float *probabilities)
{
    ro_arena *arena = ro_arena_new(allocator);
    if (arena == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_status status =
        ro_head_shape_get(head)->kind == RO_HEAD_KIND_PAIR
            ? relate(head, document, mark, rows, arena, probabilities)
            : ro_head_classify(head, vectors_of(document), rows, arena, probabilities);
    ro_arena_free(arena);
    return status;
}

static ro_status weigh_marks(const ro_head *head, ro_document *document,
                             const ro_allocator *allocator, ro_answer *answer)
{
    bool pairs = ro_head_shape_get(head)->kind == RO_HEAD_KIND_PAIR;
    ro_status status = RO_STATUS_OK;
    answer->probabilities =
        ro_arena_alloc(document->arena, (size_t)document->marks.count * answer->label_count,
                       sizeof *answer->probabilities);
    if (answer->probabilities == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < document->marks.count && status == RO_STATUS_OK; i++) {
        const ro_mark *mark = &document->marks.items[i];
        ro_range rows = rows_of(document, mark->span);
        float *probabilities = answer->probabilities + (size_t)i * answer->label_count;
        if (rows.first == rows.end || (pairs && !mark->pair))
            continue;
        status = weigh(head, document, mark, rows, allocator, probabilities);
    }
    return status;
}

/* What a run is for. */
typedef enum purpose {
    PURPOSE_VECTORS, /* no head is asked, the vectors are kept         */
    PURPOSE_CODING,  /* the heads that coding uses are asked           */
    PURPOSE_ANSWERS  /* all heads are asked about marks, or sentences  */
} purpose;

static bool is_asked(const ro_head_shape *shape, purpose aim)
{
    return aim == PURPOSE_ANSWERS || strcmp(shape->name, "attribution") == 0;
}

static ro_status ask_all(const ro_headset *set, purpose aim, ro_document *document,
                         const ro_allocator *allocator, ro_arena *arena)
{
    ro_status status = RO_STATUS_OK;
    if (aim == PURPOSE_ANSWERS && document->marks.count == 0)
        status = mark_sentences(document);
    for (size_t i = 0; i < ro_headset_count(set) && status == RO_STATUS_OK; i++) {
        const ro_head *head = ro_headset_at(set, i);
        const ro_head_shape *shape = ro_head_shape_get(head);
        if (!is_asked(shape, aim))
            continue;
        ro_answer *answer = RO_LIST_ADD(document->arena, &document->answers);
        if (answer == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        *answer = (ro_answer){.head = shape->name,
                              .labels = shape->labels,
                              .label_count = (uint32_t)shape->label_count};
        status = shape->kind == RO_HEAD_KIND_CHAIN ? tag(head, document, arena, answer)
                                                   : weigh_marks(head, document, allocator, answer);
    }
    return status;
}

/* What a failing asking has left goes, so that the document can be asked again. */
static ro_status ask(const ro_headset *set, purpose aim, ro_document *document,
                     const ro_allocator *allocator, ro_arena *arena)
{
    bool marked = document->marks.count > 0;
    ro_status status = ask_all(set, aim, document, allocator, arena);
    if (status != RO_STATUS_OK)
        memset(&document->answers, 0, sizeof document->answers);
    if (status != RO_STATUS_OK && !marked)
        memset(&document->marks, 0, sizeof document->marks);
    return status;
}

/* ---- groups ---------------------------------------------------------------------------------- */

/* Keeps a document's vectors beyond its group. */
static ro_status keep(ro_document *document)
{
    size_t tokens = document->token_count, rows = document->vector_starts[tokens];
    float *vectors =
        ro_arena_alloc(document->arena, rows * document->vector_width, sizeof *vectors);
    uint32_t *starts = ro_arena_alloc(document->arena, tokens + 1, sizeof *starts);
    if (vectors == NULL || starts == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    memcpy(vectors, document->vectors, rows * document->vector_width * sizeof *vectors);
    memcpy(starts, document->vector_starts, (tokens + 1) * sizeof *starts);
    document->vectors = vectors;
    document->vector_starts = starts;
    return RO_STATUS_OK;
}

/* The documents that could be parsed: their vectors. */
static ro_status encode(ro_worker *worker, ro_document *const *documents, size_t count,
                        const ro_status *statuses, ro_arena *arena)
{
    if (worker->bert == NULL)
        return RO_STATUS_OK; /* the pipeline gave them */
    uint64_t start = ro_clock_nanoseconds();
    ro_document **parsed = ro_arena_alloc(arena, count, sizeof(ro_document *));
    size_t parsed_count = 0;
    if (parsed == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (statuses[i] == RO_STATUS_OK)
            parsed[parsed_count++] = documents[i];
    ro_status status = ro_bert_run(worker->bert, parsed, parsed_count, arena);
    worker->nanoseconds[RO_STAGE_VECTORS] += ro_clock_nanoseconds() - start;
    return status;
}

/* Asks the heads of a set about the documents that have come so far. */
static void ask_group(ro_worker *worker, ro_document *const *documents, size_t count, purpose aim,
                      const ro_headset *set, ro_status *statuses, ro_arena *arena)
{
    uint64_t start = ro_clock_nanoseconds();
    for (size_t i = 0; i < count; i++)
        if (statuses[i] == RO_STATUS_OK)
            statuses[i] = ask(set, aim, documents[i], &worker->engine->allocator, arena);
    worker->nanoseconds[RO_STAGE_HEADS] += ro_clock_nanoseconds() - start;
}

static void run_group(ro_worker *worker, ro_document *const *documents, size_t count, purpose aim,
                      ro_status *statuses)
{
    const ro_engine *engine = worker->engine;
    ro_arena *arena = ro_arena_new(&engine->allocator);
    ro_status status = arena != NULL ? RO_STATUS_OK : RO_STATUS_OUT_OF_MEMORY;
    bool both = aim == PURPOSE_CODING && engine->pipeline_heads != NULL;
    for (size_t i = 0; i < count; i++)
        memset(&documents[i]->answers, 0, sizeof documents[i]->answers); /* of an earlier asking */
    if (status == RO_STATUS_OK)
        ro_pipeline_run(worker->scratch, documents, count,
                        worker->bert == NULL || both ? arena : NULL, statuses);
    if (status == RO_STATUS_OK && both)
        ask_group(worker, documents, count, aim, engine->pipeline_heads, statuses, arena);
    if (status == RO_STATUS_OK)
        status = encode(worker, documents, count, statuses, arena);
    if (status == RO_STATUS_OK && aim != PURPOSE_VECTORS)
        ask_group(worker, documents, count, aim, engine->heads, statuses, arena);
    for (size_t i = 0; i < count; i++) {
        if (status != RO_STATUS_OK)
            statuses[i] = status;
        if (statuses[i] == RO_STATUS_OK && aim == PURPOSE_VECTORS)
            statuses[i] = keep(documents[i]);
        if (aim != PURPOSE_VECTORS || statuses[i] != RO_STATUS_OK) {
            documents[i]->vectors = NULL;
            documents[i]->vector_starts = NULL;
        }
    }
    ro_arena_free(arena);
}

static ro_status run(ro_worker *worker, ro_document *const *documents, size_t count, purpose aim,
                     ro_status *statuses, ro_error *error)
{
    const ro_allocator *allocator = &worker->engine->allocator;
    ro_status *own = NULL, first_failure = RO_STATUS_OK;
    size_t failed = 0;
    if (statuses == NULL &&
        (statuses = own = ro_alloc_zeroed(allocator, count, sizeof *own)) == NULL)
        return ro_error_set(error, RO_STATUS_OUT_OF_MEMORY, "engine", "out of memory");
    for (size_t first = 0, next; first < count; first = next) {
        size_t bytes = documents[first]->length;
        for (next = first + 1; next < count && bytes + documents[next]->length <= GROUP_BYTES;)
            bytes += documents[next++]->length;
        run_group(worker, documents + first, next - first, aim, statuses + first);
    }
    for (size_t i = count; i-- > 0;)
        if (statuses[i] != RO_STATUS_OK) {
            first_failure = statuses[i];
            failed++;
        }
    ro_alloc_free(allocator, own, count, sizeof *own);
    return failed < count || count == 0
               ? RO_STATUS_OK
               : ro_error_set(error, first_failure, "engine", "%s", ro_status_text(first_failure));
}

ro_status ro_worker_encode(ro_worker *worker, ro_document *const *documents, size_t count,
                           ro_status *statuses, ro_error *error)
{
    return run(worker, documents, count, PURPOSE_VECTORS, statuses, error);
}

ro_status ro_worker_ask(ro_worker *worker, ro_document *const *documents, size_t count,
                        ro_status *statuses, ro_error *error)
{
    return run(worker, documents, count, PURPOSE_CODING, statuses, error);
}

ro_status ro_worker_answer(ro_worker *worker, ro_document *const *documents, size_t count,
                           ro_status *statuses, ro_error *error)
{
    if (worker->engine->heads == NULL)
        return ro_error_set(error, RO_STATUS_BAD_ARGUMENT, "engine",
                            "the engine was opened without heads");
    return run(worker, documents, count, PURPOSE_ANSWERS, statuses, error);
}
