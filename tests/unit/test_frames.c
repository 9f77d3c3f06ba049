/* test_frames.c - frames.c: the frames of data/, each with the sentences that must and must not
 * fire it (through the whole program, with the model that READOUT_MODEL names), and files with
 * faults. */
#include "data_folder.h"

#include "base/text.h"
#include "doc/document.h"
#include "what/frames.h"

typedef struct opened {
    ro_ontology *ontology;
    ro_frames *frames;
} opened;

static opened open_ours(void)
{
    opened ours = {NULL, NULL};
    ro_error error = {0};
    assert_int_equal(ro_ontology_open("data", NULL, &ours.ontology, &error), RO_STATUS_OK);
    if (ro_frames_open("data", ours.ontology, NULL, &ours.frames, &error) != RO_STATUS_OK) {
        ro_ontology_close(ours.ontology);
        fail_msg("%s:%llu: %s", error.path, (unsigned long long)error.line, error.message);
    }
    return ours;
}

static void close_ours(opened ours)
{
    ro_frames_close(ours.frames);
    ro_ontology_close(ours.ontology);
}

static void frames_are_found_by_lemma_and_part(void **state)
{
    (void)state;
    opened ours = open_ours();
    uint32_t cursor = 0, count = 0;
    const ro_frame *frame, *first = NULL;
    while ((frame = ro_frames_next(ours.frames, RO_FRAME_PART_VERB, "accuse", "", &cursor)) !=
           NULL) {
        first = first == NULL ? frame : first;
        count++;
    }
    assert_true(count >= 4);
    assert_string_equal(first->name, "accuse");
    assert_string_equal(first->code->event_type, "ACCUSE");
    assert_non_null(strstr(first->line, "accuse (accuse.frames:"));
    cursor = 0;
    assert_null(ro_frames_next(ours.frames, RO_FRAME_PART_NOUN, "accuse", "", &cursor));
    cursor = 0;
    assert_non_null(ro_frames_next(ours.frames, RO_FRAME_PART_VERB, "pull", "out", &cursor));
    assert_true(ro_frames_has_type(ours.frames, RO_FRAME_PART_NOUN, "talk", "AID|CONSULT"));
    assert_false(ro_frames_has_type(ours.frames, RO_FRAME_PART_NOUN, "talk", "AID|CON"));
    assert_non_null(strstr(ro_frames_set(ours.frames, "light"), "|launch|"));
    assert_string_equal(ro_frames_set(ours.frames, "heavy"), "");
    close_ours(ours);
}

/* Every event type has a frame. */
static void no_event_type_is_left_out(void **state)
{
    (void)state;
    static const char *const types[] = {
        "STATEMENT", "AGREE",  "CONSULT",  "SUPPORT", "CONCEDE",  "COOPERATE", "AID",    "RETREAT",
        "REQUEST",   "ACCUSE", "REJECT",   "THREATEN", "PROTEST", "SANCTION",  "COERCE", "MOBILIZE",
        "ASSAULT",
    };
    opened ours = open_ours();
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t found = 0;
        for (size_t j = 0; j < ro_frames_count(ours.frames); j++) {
            const ro_code *code = ro_frames_at(ours.frames, j)->code;
            found += code != NULL && strcmp(code->event_type, types[i]) == 0;
        }
        if (found == 0)
            fail_msg("no frame for %s", types[i]);
    }
    close_ours(ours);
}

/* Whether a frame fires in a sentence: for one that only governs, whether any event is found. */
static bool fires(ro_worker *worker, const ro_frame *frame, const char *sentence)
{
    ro_document *document = NULL;
    assert_int_equal(ro_document_new(RO_TEXT("x"), ro_text_of(sentence), (ro_date){2023, 5, 9},
                                     NULL, &document, NULL),
                     RO_STATUS_OK);
    ro_status status = RO_STATUS_OK;
    assert_int_equal(ro_worker_code(worker, &document, 1, &status, NULL), RO_STATUS_OK);
    assert_int_equal(status, RO_STATUS_OK);
    bool fired = false;
    for (uint32_t i = 0; i < document->events.count; i++)
        fired = fired || frame->code == NULL ||
                strcmp(document->events.items[i].frame, frame->line) == 0;
    ro_document_free(document);
    return fired;
}

static void every_example_fires_its_frame(void **state)
{
    (void)state;
    const char *model = getenv("READOUT_MODEL");
    if (model == NULL || access(model, R_OK) != 0) {
        print_message("no model: READOUT_MODEL names none\n");
        skip();
    }
    ro_engine_options options = {.model_path = model, .data_folder = "data"};
    ro_engine *engine = NULL;
    ro_worker *worker = NULL;
    ro_error error = {0};
    if (ro_engine_open(&options, &engine, &error) != RO_STATUS_OK)
        fail_msg("%s: %s", error.path, error.message);
    assert_int_equal(ro_worker_new(engine, &worker, &error), RO_STATUS_OK);
    opened ours = open_ours();
    size_t wrong = 0;
    for (size_t i = 0; i < ro_frames_count(ours.frames); i++) {
        const ro_frame *frame = ro_frames_at(ours.frames, i);
        for (uint32_t j = 0; j < frame->examples.count; j++)
            if (!fires(worker, frame, frame->examples.items[j])) {
                print_message("does not fire %s: %s\n", frame->line, frame->examples.items[j]);
                wrong++;
            }
        for (uint32_t j = 0; j < frame->counters.count; j++)
            if (fires(worker, frame, frame->counters.items[j])) {
                print_message("fires %s: %s\n", frame->line, frame->counters.items[j]);
                wrong++;
            }
    }
    close_ours(ours);
    ro_worker_free(worker);
    ro_engine_close(engine);
    assert_int_equal(wrong, 0);
}

static void faults_are_refused_by_line(void **state)
{
    (void)state;
#define HEAD "set preposition with on\nframe meet\nverb meet\ncode 040\n"
#define TAIL "actor subject\nexample Chad met Mali.\n"
    static const struct {
        const char *text;
        uint64_t line; /* 0: no fault */
    } files[] = {
        {HEAD TAIL, 0},
        {HEAD TAIL "recipient object with\nif with|on is a b\nif object none\ninside planned\n", 0},
        {HEAD "example Chad met Mali.\n", 5},                   /* no actor */
        {HEAD "actor subject\n", 5},                            /* no example */
        {"frame meet\ncode 040\n" TAIL "frame x\n", 5},         /* no verb */
        {"frame meet\nverb meet\n" TAIL "frame x\n", 5},        /* no code */
        {"verb meet\n", 1},                                     /* no frame */
        {HEAD "actor subjekt\n", 5},
        {HEAD "actor under\n", 5},                              /* not among the prepositions */
        {HEAD "actor\n", 5},
        {HEAD TAIL "if object tall\n", 7},
        {HEAD TAIL "if object is\n", 7},
        {HEAD TAIL "if object any thing\n", 7},
        {HEAD TAIL "if object is $nowhere\n", 7},
        {HEAD TAIL "if clause event DREAM\n", 7},
        {HEAD TAIL "inside out\n", 7},
        {HEAD TAIL "mode riot\n", 7},
        {HEAD TAIL "weak willed\n", 7},
        {HEAD TAIL "colour red\n", 7},
        {HEAD TAIL "counter\n", 7},
        {"frame meet\nverb meet\ncode 999\n", 3},
        {"frame meet\nmode phone\n", 2},
        {"frame\n", 1},
        {"set a b\nset a c\n", 2},
        {HEAD "actor\tsubject\n", 5},
    };
    ro_ontology *ontology = NULL;
    assert_int_equal(ro_ontology_open("data", NULL, &ontology, NULL), RO_STATUS_OK);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        data_folder folder;
        data_folder_make(&folder);
        data_folder_add_folder(&folder, "frames");
        data_folder_write(&folder, "frames/index.tsv", "a.frames\n");
        data_folder_write(&folder, "frames/a.frames", files[i].text);
        ro_frames *frames = NULL;
        ro_error error = {0};
        ro_status status = ro_frames_open(folder.path, ontology, NULL, &frames, &error);
        data_folder_remove(&folder);
        if (status != (files[i].line == 0 ? RO_STATUS_OK : RO_STATUS_BAD_FORMAT) ||
            error.line != files[i].line)
            fail_msg("file %zu: status %d, line %llu: %s", i, (int)status,
                     (unsigned long long)error.line, error.message);
        assert_true((frames != NULL) == (files[i].line == 0));
        ro_frames_close(frames);
    }
    ro_ontology_close(ontology);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_found_by_lemma_and_part),
        cmocka_unit_test(no_event_type_is_left_out),
        cmocka_unit_test(faults_are_refused_by_line),
        cmocka_unit_test(every_example_fires_its_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
