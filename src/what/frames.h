/* frames.h - what verbs and nouns mean, given what stands around them: data/frames/ *.frames. The
 * format is described in docs/frames.md. */
#ifndef RO_WHAT_FRAMES_H
#define RO_WHAT_FRAMES_H
#include "base/arena.h"
#include "doc/event.h"
#include "what/ontology.h"

typedef enum ro_slot_kind {
#define RO_SLOT(member, name) RO_SLOT_##member,
#include "what/slot.def"
#undef RO_SLOT
    RO_SLOT_COUNT
} ro_slot_kind;

typedef struct ro_slot {
    ro_slot_kind kind;
    const char *preposition; /* of a PREPOSITION slot */
} ro_slot;
typedef RO_LIST(ro_slot) ro_slot_list;

typedef enum ro_frame_test {
#define RO_FRAME_TEST(member, name, words, weight) RO_FRAME_TEST_##member,
#include "what/frame_test.def"
#undef RO_FRAME_TEST
    RO_FRAME_TEST_COUNT
} ro_frame_test;

/* Holds if it holds of any of its slots. */
typedef struct ro_condition {
    ro_slot_list slots;
    ro_frame_test test;
    const char *words; /* lemmas or event types, separated by '|' */
} ro_condition;

typedef struct ro_frame {
    const char *name;
    const char *line;       /* "accuse (accuse.frames:12)"                         */
    const ro_code *code;    /* NULL for a frame that only says something of others */
    const char *mode;
    ro_slot_list actors, recipients, both;
    RO_LIST(ro_condition) conditions;
    RO_LIST(const char *) examples, counters;
    bool has_inside;
    ro_event_status inside; /* of the events that it governs                       */
    int weight;             /* of its conditions together                          */
    bool weak;              /* reported where its sentence has nothing else        */
} ro_frame;

typedef enum ro_frame_part { RO_FRAME_PART_VERB, RO_FRAME_PART_NOUN } ro_frame_part;

typedef struct ro_frames ro_frames;

/* Reads data_folder/frames; see ro_what_open. The ontology must outlive the frames. */
ro_status ro_frames_open(const char *data_folder, const ro_ontology *ontology,
                         const ro_allocator *allocator, ro_frames **frames, ro_error *error);
void ro_frames_close(ro_frames *frames);
size_t ro_frames_count(const ro_frames *frames);
const ro_frame *ro_frames_at(const ro_frames *frames, size_t index);

/* The frames of a lemma (with its particle, "" if none), one after the other in the order of the
 * files: start with *cursor = 0; NULL at the end. */
const ro_frame *ro_frames_next(const ro_frames *frames, ro_frame_part part, const char *lemma,
                               const char *particle, uint32_t *cursor);
/* Whether a lemma has a frame of one of these event types, separated by '|'. */
bool ro_frames_has_type(const ro_frames *frames, ro_frame_part part, const char *lemma,
                        const char *types);
/* The words of a set, separated by '|'; "" if there is no such set. */
const char *ro_frames_set(const ro_frames *frames, const char *name);
#endif
