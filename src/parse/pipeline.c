/* pipeline.c - runs a pipeline over documents: cuts them into batches, tokenizes, lets each step
 * add its layer, and writes the result into the documents. Opening is pipeline_open.c's.
 */
#include "parse/pipeline_parts.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "doc/tree.h"

#include <string.h>

enum {
    BATCH_ROWS = RO_BLOCK_ROWS * RO_BLOCK_SLOTS, /* of one batch, so that its blocks stay at hand */
    FORMS_KEPT = 25000,                          /* forms before the caches start anew            */
    BYTES_A_TOKEN = 4,                           /* about: to guess a document's rows            */
};

struct ro_pipeline_scratch {
    const ro_pipeline *pipeline;
    ro_forms *forms;
    ro_tokenizer_scratch *tokenizer;
    ro_blocks *blocks[RO_STACKS];
    ro_arc_eager *arc_eager;
    ro_ruler_scratch *ruler;
    ro_lemma_scratch *lemma;
    uint32_t serial; /* of the document that is written */
    bool stale;      /* a failure left the caches half made: they start anew */
    uint64_t nanoseconds[RO_STAGE_COUNT];
};

/* A document in a batch. */
typedef struct batch_item {
    ro_document *document;
    ro_status *status;
    ro_piece *pieces;
    size_t row; /* of its first token */
    ro_work work;
    ro_found_name *names;
    uint32_t name_count;
} batch_item;

typedef struct document_batch {
    ro_arena *arena;
    ro_arena *vectors; /* of the documents' vectors; NULL: not wanted */
    float *kept[RO_STACKS];
    RO_LIST(batch_item) items;
    size_t rows;
} document_batch;

/* ---- scratch --------------------------------------------------------------------------------- */

static bool fill_scratch(ro_pipeline_scratch *scratch)
{
    const ro_pipeline *pipeline = scratch->pipeline;
    scratch->forms = ro_forms_new(&pipeline->vocabulary, &pipeline->allocator);
    scratch->tokenizer = ro_tokenizer_scratch_new(pipeline->tokenizer);
    scratch->arc_eager = ro_arc_eager_new(&pipeline->allocator);
    if (scratch->forms == NULL || scratch->tokenizer == NULL || scratch->arc_eager == NULL)
        return false;
    for (size_t i = 0; i < pipeline->stack_count; i++) {
        scratch->blocks[i] =
            ro_blocks_new(&pipeline->stacks[i], pipeline->kernels, &pipeline->allocator);
        if (scratch->blocks[i] == NULL)
            return false;
    }
    if (pipeline->ruler != NULL && (scratch->ruler = ro_ruler_scratch_new(pipeline->ruler)) == NULL)
        return false;
    return pipeline->lemma == NULL ||
           (scratch->lemma = ro_lemma_scratch_new(pipeline->lemma)) != NULL;
}

ro_pipeline_scratch *ro_pipeline_scratch_new(const ro_pipeline *pipeline)
{
    ro_pipeline_scratch *scratch = ro_alloc_zeroed(&pipeline->allocator, 1, sizeof *scratch);
    if (scratch == NULL)
        return NULL;
    scratch->pipeline = pipeline;
    if (!fill_scratch(scratch)) {
        ro_pipeline_scratch_free(scratch);
        return NULL;
    }
    return scratch;
}

void ro_pipeline_scratch_free(ro_pipeline_scratch *scratch)
{
    if (scratch == NULL)
        return;
    ro_forms_free(scratch->forms);
    ro_tokenizer_scratch_free(scratch->tokenizer);
    ro_arc_eager_free(scratch->arc_eager);
    for (size_t i = 0; i < scratch->pipeline->stack_count; i++)
        ro_blocks_free(scratch->blocks[i]);
    ro_ruler_scratch_free(scratch->ruler);
    ro_lemma_scratch_free(scratch->lemma);
    ro_alloc_free(&scratch->pipeline->allocator, scratch, 1, sizeof *scratch);
}

const uint64_t *ro_pipeline_nanoseconds(const ro_pipeline_scratch *scratch)
{
    return scratch->nanoseconds;
}

/* All caches are keyed by forms: they are cleared together, or not used. */
static ro_status clear_caches(ro_pipeline_scratch *scratch)
{
    ro_status status = ro_forms_clear(scratch->forms);
    if (status == RO_STATUS_OK)
        status = ro_tokenizer_scratch_clear(scratch->tokenizer);
    if (status == RO_STATUS_OK && scratch->ruler != NULL)
        status = ro_ruler_scratch_clear(scratch->ruler);
    if (status == RO_STATUS_OK && scratch->lemma != NULL)
        status = ro_lemma_scratch_clear(scratch->lemma);
    for (size_t i = 0; i < scratch->pipeline->stack_count; i++)
        ro_blocks_forget_forms(scratch->blocks[i]);
    scratch->serial = 0;
    scratch->stale = status != RO_STATUS_OK;
    return status;
}

/* ---- steps ----------------------------------------------------------------------------------- */

static ro_status run_classifier(ro_pipeline_scratch *scratch, const ro_step *step, batch_item *item)
{
    ro_work *work = &item->work;
    for (uint32_t i = 0; i < work->count; i++) {
        uint16_t found = 0;
        ro_status status =
            ro_blocks_class(scratch->blocks[step->stack], step->head, item->row + i, &found);
        if (status != RO_STATUS_OK)
            return status;
        if (step->kind == RO_STEP_SENTER) {
            if (work->tree.starts[i] == 0 || step->overwrite)
                work->tree.starts[i] = found == 1 ? 1 : -1;
            continue;
        }
        ro_class class_found = step->classes[found];
        ro_label *label = step->kind == RO_STEP_TAGGER ? &work->tags[i] : &work->morphs[i];
        if (*label == 0 || step->overwrite)
            *label = class_found.tag;
        if (step->kind == RO_STEP_MORPHOLOGIZER && (work->upos[i] == 0 || step->overwrite))
            work->upos[i] = class_found.upos;
    }
    return RO_STATUS_OK;
}

static ro_status run_parser(ro_pipeline_scratch *scratch, const ro_step *step, batch_item *item,
                            ro_arena *arena)
{
    const ro_pipeline *pipeline = scratch->pipeline;
    ro_heads *tree = &item->work.tree;
    uint32_t *queue = ro_arena_alloc(arena, tree->count, sizeof *queue);
    if (queue == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    ro_status status = ro_arc_eager_run(scratch->arc_eager, scratch->blocks[step->stack],
                                        &pipeline->stacks[step->stack].transitions[step->head],
                                        step->head, item->row, pipeline->root, tree);
    if (status != RO_STATUS_OK)
        return status;
    ro_heads_extend(tree);
    ro_heads_deprojectivize(tree, pipeline->lifted, pipeline->lifted_count, queue);
    return RO_STATUS_OK;
}

static ro_status run_names(ro_pipeline_scratch *scratch, const ro_step *step, batch_item *item,
                           ro_arena *arena)
{
    item->names = ro_arena_alloc(arena, item->work.count, sizeof *item->names);
    if (item->names == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    return ro_biluo_run(scratch->blocks[step->stack],
                        &scratch->pipeline->stacks[step->stack].transitions[step->head], step->head,
                        item->row, &item->work.tree, item->names, &item->name_count);
}

static ro_status run_step(ro_pipeline_scratch *scratch, const ro_step *step, batch_item *item,
                          ro_arena *arena)
{
    switch (step->kind) {
    case RO_STEP_PARSER:
        return run_parser(scratch, step, item, arena);
    case RO_STEP_NER:
        return run_names(scratch, step, item, arena);
    case RO_STEP_RULER:
        return ro_ruler_run(scratch->pipeline->ruler, scratch->ruler, &item->work);
    case RO_STEP_LEMMATIZER:
        return ro_lemma_run(scratch->pipeline->lemma, scratch->lemma, &item->work);
    default:
        return run_classifier(scratch, step, item);
    }
}

static ro_stage stage_of(ro_step_kind kind)
{
    switch (kind) {
    case RO_STEP_PARSER:
        return RO_STAGE_TREE;
    case RO_STEP_NER:
        return RO_STAGE_NAMES;
    case RO_STEP_RULER:
    case RO_STEP_LEMMATIZER:
        return RO_STAGE_LEMMA;
    default:
        return RO_STAGE_TAG;
    }
}

/* ---- writing the document -------------------------------------------------------------------- */

static const char *copy_lower(ro_pipeline_scratch *scratch, ro_document *document, uint32_t number)
{
    ro_form *form = ro_forms_at(scratch->forms, number);
    if (form->document_serial != scratch->serial) {
        form->document_lower = ro_arena_copy(document->arena, form->lower.data, form->lower.length);
        form->document_serial = form->document_lower != NULL ? scratch->serial : UINT32_MAX;
    }
    return form->document_lower;
}

static ro_status write_tokens(ro_pipeline_scratch *scratch, const batch_item *item,
                              ro_token *tokens)
{
    const ro_labels *labels = scratch->pipeline->labels;
    const ro_work *work = &item->work;
    ro_document *document = item->document;
    for (uint32_t i = 0; i < work->count; i++) {
        const ro_piece *piece = &item->pieces[i];
        const char *lower = copy_lower(scratch, document, piece->form);
        const char *lemma = work->lemmas[i] != NULL ? work->lemmas[i] : "";
        if (lower == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        lemma = strcmp(lemma, lower) == 0 ? lower
                                          : ro_arena_copy(document->arena, lemma, strlen(lemma));
        if (lemma == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        tokens[i] = (ro_token){
            .start = document->body + piece->start,
            .end = document->body + piece->end,
            .head = work->tree.heads[i],
            .left = work->tree.left[i],
            .right = work->tree.right[i],
            .name = RO_NONE,
            .tag = ro_labels_text(labels, work->tags[i]),
            .morph = ro_labels_text(labels, work->morphs[i]),
            .deprel = ro_labels_text(labels, work->tree.labels[i]),
            .lemma = lemma,
            .lower = lower,
            .upos = work->upos[i],
            .space_after = piece->space_after,
            .is_space = work->tree.spaces[i],
            .sentence_start = i == 0 || work->tree.starts[i] == 1,
        };
    }
    ro_tree_link(tokens, work->count);
    return RO_STATUS_OK;
}

static ro_status write_sentences(ro_document *document, ro_token *tokens, uint32_t count,
                                 ro_sentence **sentences, uint32_t *sentence_count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        found += tokens[i].sentence_start;
    ro_sentence *made = ro_arena_alloc(document->arena, found, sizeof *made);
    if (made == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    found = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (tokens[i].sentence_start)
            made[found++].first = i;
        tokens[i].sentence = found - 1;
        made[found - 1].end = i + 1;
    }
    *sentences = made;
    *sentence_count = found;
    return RO_STATUS_OK;
}

static ro_status write_names(ro_pipeline_scratch *scratch, const batch_item *item, ro_token *tokens)
{
    ro_document *document = item->document;
    memset(&document->names, 0, sizeof document->names);
    for (uint32_t i = 0; i < item->name_count; i++) {
        ro_name *name = RO_LIST_ADD(document->arena, &document->names);
        if (name == NULL) {
            memset(&document->names, 0, sizeof document->names);
            return RO_STATUS_OUT_OF_MEMORY;
        }
        *name = (ro_name){item->names[i].first, item->names[i].end,
                          ro_labels_text(scratch->pipeline->labels, item->names[i].label)};
        for (uint32_t j = name->first; j < name->end; j++)
            tokens[j].name = i;
    }
    return RO_STATUS_OK;
}

static ro_status write_document(ro_pipeline_scratch *scratch, const batch_item *item)
{
    ro_document *document = item->document;
    ro_sentence *sentences = NULL;
    uint32_t sentence_count = 0, count = item->work.count;
    ro_token *tokens = ro_arena_alloc(document->arena, count, sizeof *tokens);
    scratch->serial++;
    ro_status status =
        tokens != NULL ? write_tokens(scratch, item, tokens) : RO_STATUS_OUT_OF_MEMORY;
    if (status == RO_STATUS_OK)
        status = write_sentences(document, tokens, count, &sentences, &sentence_count);
    if (status == RO_STATUS_OK)
        status = write_names(scratch, item, tokens);
    if (status != RO_STATUS_OK)
        return status;
    document->tokens = tokens;
    document->token_count = count;
    document->sentences = sentences;
    document->sentence_count = sentence_count;
    return RO_STATUS_OK;
}

/* ---- batches --------------------------------------------------------------------------------- */

/* The arrays of one document; pieces are copied, for the tokenizer lends them only until its next
 * text. */
static ro_status fill_item(ro_pipeline_scratch *scratch, ro_arena *arena, batch_item *item,
                           const ro_piece *pieces, uint32_t count)
{
    uint32_t *forms = ro_arena_alloc(arena, count, sizeof *forms);
    bool *spaces = ro_arena_alloc(arena, count, sizeof *spaces);
    ro_work *work = &item->work;
    item->pieces = ro_arena_alloc(arena, count, sizeof *item->pieces);
    work->tags = ro_arena_alloc(arena, count, sizeof *work->tags);
    work->morphs = ro_arena_alloc(arena, count, sizeof *work->morphs);
    work->upos = ro_arena_alloc(arena, count, sizeof *work->upos);
    work->lemmas = ro_arena_alloc(arena, count, sizeof *work->lemmas);
    ro_heads *tree = &work->tree;
    tree->heads = ro_arena_alloc(arena, count, sizeof *tree->heads);
    tree->left = ro_arena_alloc(arena, count, sizeof *tree->left);
    tree->right = ro_arena_alloc(arena, count, sizeof *tree->right);
    tree->labels = ro_arena_alloc(arena, count, sizeof *tree->labels);
    tree->starts = ro_arena_alloc(arena, count, sizeof *tree->starts);
    if (forms == NULL || spaces == NULL || item->pieces == NULL || work->tags == NULL ||
        work->morphs == NULL || work->upos == NULL || work->lemmas == NULL || tree->heads == NULL ||
        tree->left == NULL || tree->right == NULL || tree->labels == NULL || tree->starts == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    if (count > 0)
        memcpy(item->pieces, pieces, count * sizeof *pieces);
    for (uint32_t i = 0; i < count; i++) {
        forms[i] = pieces[i].form;
        spaces[i] = ro_forms_at(scratch->forms, forms[i])->attributes.is_space;
        tree->heads[i] = tree->left[i] = tree->right[i] = i;
        tree->starts[i] = i == 0;
    }
    work->count = tree->count = count;
    work->forms = forms;
    work->table = scratch->forms;
    tree->spaces = spaces;
    return RO_STATUS_OK;
}

static ro_status add_item(ro_pipeline_scratch *scratch, document_batch *batch,
                          ro_document *document, ro_status *status_kept)
{
    const ro_piece *pieces;
    size_t count;
    uint64_t start = ro_clock_nanoseconds();
    ro_status status = ro_tokenizer_run(
        scratch->pipeline->tokenizer, scratch->tokenizer, scratch->forms,
        (ro_text){document->text + document->body, document->length - document->body}, &pieces,
        &count);
    scratch->nanoseconds[RO_STAGE_TOKENIZE] += ro_clock_nanoseconds() - start;
    batch_item made = {.document = document, .status = status_kept, .row = batch->rows};
    if (status == RO_STATUS_OK)
        status = fill_item(scratch, batch->arena, &made, pieces, (uint32_t)count);
    if (status != RO_STATUS_OK)
        return status;
    batch_item *kept = RO_LIST_ADD(batch->arena, &batch->items);
    if (kept == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    *kept = made;
    batch->rows += count + scratch->pipeline->reach;
    return RO_STATUS_OK;
}

static ro_status keep_vectors(ro_pipeline_scratch *scratch, document_batch *batch)
{
    for (size_t i = 0; i < scratch->pipeline->stack_count; i++) {
        size_t width = ro_encoder_width(scratch->pipeline->stacks[i].encoder);
        batch->kept[i] = ro_arena_alloc(batch->arena, batch->rows * width, sizeof(float));
        if (batch->kept[i] == NULL)
            return RO_STATUS_OUT_OF_MEMORY;
        ro_blocks_keep(scratch->blocks[i], batch->kept[i]);
    }
    return RO_STATUS_OK;
}

/* The vectors of all encoders side by side, a row a token that is no white space. */
static ro_status lay_vectors(ro_pipeline_scratch *scratch, const document_batch *batch,
                             const batch_item *item)
{
    const ro_pipeline *pipeline = scratch->pipeline;
    size_t all = ro_pipeline_width(pipeline);
    uint32_t count = item->work.count;
    uint32_t *starts = ro_arena_alloc(batch->vectors, count + (size_t)1, sizeof *starts);
    if (starts == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t t = 0; t < count; t++)
        starts[t + 1] = starts[t] + !item->work.tree.spaces[t];
    float *out = ro_arena_alloc(batch->vectors, starts[count] * all, sizeof *out);
    if (out == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    item->document->vectors = out;
    item->document->vector_starts = starts;
    item->document->vector_width = (uint32_t)all;
    for (size_t i = 0; i < pipeline->stack_count; i++) {
        size_t width = ro_encoder_width(pipeline->stacks[i].encoder);
        for (uint32_t t = 0; t < count; t++)
            if (starts[t + 1] > starts[t])
                memcpy(out + starts[t] * all, batch->kept[i] + (item->row + t) * width,
                       width * sizeof *out);
        out += width;
    }
    return RO_STATUS_OK;
}

static ro_status write_vectors(ro_pipeline_scratch *scratch, const document_batch *batch)
{
    const ro_pipeline *pipeline = scratch->pipeline;
    ro_status status = RO_STATUS_OK;
    for (size_t i = 0; i < pipeline->stack_count && status == RO_STATUS_OK; i++)
        status = ro_blocks_finish(scratch->blocks[i]);
    for (uint32_t j = 0; j < batch->items.count && status == RO_STATUS_OK; j++)
        status = lay_vectors(scratch, batch, &batch->items.items[j]);
    return status;
}

/* The rows of the batch: padding, then each document with padding behind it. */
static ro_status begin_blocks(ro_pipeline_scratch *scratch, document_batch *batch)
{
    uint32_t *rows = ro_arena_alloc(batch->arena, batch->rows, sizeof *rows);
    if (rows == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    memset(rows, 0xFF, batch->rows * sizeof *rows);
    for (uint32_t i = 0; i < batch->items.count; i++) {
        const batch_item *item = &batch->items.items[i];
        for (uint32_t j = 0; j < item->work.count; j++)
            rows[item->row + j] = 2 * item->pieces[j].form + item->pieces[j].space_after;
    }
    ro_status status = RO_STATUS_OK;
    for (size_t i = 0; i < scratch->pipeline->stack_count && status == RO_STATUS_OK; i++)
        status = ro_blocks_begin(scratch->blocks[i], scratch->forms, rows, batch->rows);
    return status == RO_STATUS_OK && batch->vectors != NULL ? keep_vectors(scratch, batch) : status;
}

static uint64_t encoding_time(const ro_pipeline_scratch *scratch)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < scratch->pipeline->stack_count; i++)
        sum += ro_blocks_nanoseconds(scratch->blocks[i]);
    return sum;
}

static ro_status run_batch(ro_pipeline_scratch *scratch, document_batch *batch)
{
    const ro_pipeline *pipeline = scratch->pipeline;
    ro_status status = begin_blocks(scratch, batch);
    for (size_t i = 0; i < pipeline->step_count && status == RO_STATUS_OK; i++) {
        const ro_step *step = &pipeline->steps[i];
        uint64_t start = ro_clock_nanoseconds(), encoded = encoding_time(scratch);
        for (uint32_t j = 0; j < batch->items.count && status == RO_STATUS_OK; j++)
            status = run_step(scratch, step, &batch->items.items[j], batch->arena);
        uint64_t encoding = encoding_time(scratch) - encoded;
        scratch->nanoseconds[RO_STAGE_ENCODE] += encoding;
        scratch->nanoseconds[stage_of(step->kind)] += ro_clock_nanoseconds() - start - encoding;
    }
    if (status == RO_STATUS_OK && batch->vectors != NULL)
        status = write_vectors(scratch, batch);
    for (uint32_t j = 0; j < batch->items.count && status == RO_STATUS_OK; j++)
        *batch->items.items[j].status = write_document(scratch, &batch->items.items[j]);
    return status;
}

/* One batch from documents[*next] on; moves *next past it. */
static ro_status run_next(ro_pipeline_scratch *scratch, ro_document *const *documents, size_t count,
                          ro_arena *vectors, ro_status *statuses, size_t *next)
{
    document_batch batch = {.rows = scratch->pipeline->reach, .vectors = vectors};
    size_t first = *next;
    ro_status status = RO_STATUS_OK;
    if (scratch->stale || ro_forms_count(scratch->forms) > FORMS_KEPT)
        status = clear_caches(scratch);
    batch.arena = ro_arena_new(&scratch->pipeline->allocator);
    if (batch.arena == NULL)
        status = RO_STATUS_OUT_OF_MEMORY;
    while (status == RO_STATUS_OK && *next < count &&
           (*next == first || batch.rows + documents[*next]->length / BYTES_A_TOKEN < BATCH_ROWS)) {
        status = add_item(scratch, &batch, documents[*next], &statuses[*next]);
        ++*next;
    }
    if (status == RO_STATUS_OK)
        status = run_batch(scratch, &batch);
    if (*next == first)
        ++*next;
    for (size_t i = first; i < *next && status != RO_STATUS_OK; i++)
        statuses[i] = status;
    scratch->stale = scratch->stale || status != RO_STATUS_OK;
    ro_arena_free(batch.arena);
    return status;
}

size_t ro_pipeline_width(const ro_pipeline *pipeline)
{
    size_t width = 0;
    for (size_t i = 0; i < pipeline->stack_count; i++)
        width += ro_encoder_width(pipeline->stacks[i].encoder);
    return width;
}

const ro_headset *ro_pipeline_heads(const ro_pipeline *pipeline)
{
    return pipeline->heads;
}

ro_status ro_pipeline_run(ro_pipeline_scratch *scratch, ro_document *const *documents, size_t count,
                          ro_arena *vectors, ro_status *statuses)
{
    ro_status status = RO_STATUS_OK;
    for (size_t next = 0; next < count;) {
        ro_status run = run_next(scratch, documents, count, vectors, statuses, &next);
        status = status == RO_STATUS_OK ? run : status;
    }
    for (size_t i = 0; i < count && status == RO_STATUS_OK; i++)
        status = statuses[i];
    return status;
}
