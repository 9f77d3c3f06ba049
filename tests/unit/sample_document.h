/* sample_document.h - a small document built by hand, with every layer filled, and a sink that
 * keeps what is written. The text has a prefix, letters of two bytes and a white-space token. */
#ifndef RO_TEST_SAMPLE_DOCUMENT_H
#define RO_TEST_SAMPLE_DOCUMENT_H
#include "unit.h"

#include "base/text.h"
#include "doc/document.h"

#include <math.h>
#include <stdlib.h>

typedef struct sample_token {
    const char *text, *lemma, *tag;
    ro_upos upos;
    const char *morph, *deprel;
    uint32_t head;
    bool sentence_start;
} sample_token;

static const sample_token sample_tokens[] = {
    {"Zoë", "Zoë", "NNP", RO_UPOS_PROPN, "Number=Sing", "nsubj", 1, true}, /* 0 */
    {"said", "say", "VBD", RO_UPOS_VERB, "Tense=Past", "ROOT", 1, false},  /* 1 */
    {"Mali", "Mali", "NNP", RO_UPOS_PROPN, "", "nsubj", 4, false},         /* 2 */
    {"\n\n", "\n\n", "_SP", RO_UPOS_SPACE, "", "dep", 2, false},           /* 3 */
    {"called", "call", "VBD", RO_UPOS_VERB, "", "ccomp", 1, false},        /* 4 */
    {"Niger", "Niger", "NNP", RO_UPOS_PROPN, "", "dobj", 4, false},        /* 5 */
    {".", ".", ".", RO_UPOS_PUNCT, "", "punct", 1, false},                 /* 6 */
    {"It", "it", "PRP", RO_UPOS_PRON, "", "nsubj", 8, true},               /* 7 */
    {"rained", "rain", "VBD", RO_UPOS_VERB, "", "ROOT", 8, false},         /* 8 */
};
enum { SAMPLE_TOKENS = sizeof sample_tokens / sizeof sample_tokens[0] };
static const char sample_text[] = "date 2023-05-02 Zoë said Mali \n\ncalled Niger. It rained";

static inline void sample_fill_tokens(ro_document *document)
{
    uint32_t at = document->body;
    document->tokens = ro_arena_alloc(document->arena, SAMPLE_TOKENS, sizeof(ro_token));
    document->sentences = ro_arena_alloc(document->arena, 2, sizeof(ro_sentence));
    document->token_count = SAMPLE_TOKENS;
    document->sentence_count = 0;
    for (uint32_t i = 0; i < SAMPLE_TOKENS; i++) {
        const sample_token *from = &sample_tokens[i];
        ro_token *token = &document->tokens[i];
        uint32_t length = (uint32_t)strlen(from->text);
        assert_memory_equal(document->text + at, from->text, length);
        if (from->sentence_start)
            document->sentences[document->sentence_count++].first = i;
        document->sentences[document->sentence_count - 1].end = i + 1;
        *token = (ro_token){.start = at,
                            .end = at + length,
                            .head = from->head,
                            .sentence = document->sentence_count - 1,
                            .name = RO_NONE,
                            .tag = from->tag,
                            .morph = from->morph,
                            .deprel = from->deprel,
                            .lemma = from->lemma,
                            .lower = from->text,
                            .upos = (uint8_t)from->upos,
                            .is_space = from->upos == RO_UPOS_SPACE,
                            .sentence_start = from->sentence_start};
        token->space_after = document->text[token->end] == ' ';
        at = token->end + token->space_after;
    }
    assert_int_equal(at, document->length);
}

static inline void sample_fill_names(ro_document *document)
{
    *RO_LIST_ADD(document->arena, &document->names) = (ro_name){0, 1, "PERSON"};
    *RO_LIST_ADD(document->arena, &document->names) = (ro_name){4, 6, "EVENT"};
    document->tokens[0].name = 0;
    document->tokens[4].name = document->tokens[5].name = 1;
}

/* Entities n1 to n3; the mentions of n1 stand around that of n2. */
static inline void sample_fill_entities(ro_document *document)
{
    ro_arena *arena = document->arena;
    *RO_LIST_ADD(arena, &document->entities) =
        (ro_entity){"Zoë Ndiaye", RO_ENTITY_KIND_PERSON, {"MLIGOV", "MLI", "GOV SPY", "minister"},
                    false,        "leaders.tsv:12",      RO_NONE};
    *RO_LIST_ADD(arena, &document->entities) =
        (ro_entity){"Mali", RO_ENTITY_KIND_COUNTRY, {"MLI", "MLI", "", ""}, false, "", RO_NONE};
    *RO_LIST_ADD(arena, &document->entities) =
        (ro_entity){"a neighbour", RO_ENTITY_KIND_GROUP, {"", "", "", ""}, true, "", RO_NONE};
    *RO_LIST_ADD(arena, &document->mentions) =
        (ro_mention){0, 0, 1, 0, RO_MENTION_TYPE_NAME, "name"};
    *RO_LIST_ADD(arena, &document->mentions) =
        (ro_mention){1, 2, 3, 2, RO_MENTION_TYPE_NOMINAL, "same head"};
    *RO_LIST_ADD(arena, &document->mentions) =
        (ro_mention){0, 7, 8, 7, RO_MENTION_TYPE_PRONOUN, NULL};
    *RO_LIST_ADD(arena, &document->timexes) = (ro_timex){
        7, 8, RO_TIMEX_TYPE_DURATION, "PT1H", {0, 0, 0}, RO_TIME_FLAG_NONE, "rules.tsv:3"};
}

/* The first place has all that a place can have, chosen from two; the second the least. */
static inline void sample_fill_places(ro_document *document)
{
    static const ro_place_candidate niger[] = {
        {"Niger", RO_PLACE_KIND_COUNTRY, "NER", "", 13.5, -2.1098, 2440476, "countries.tsv:7", 240},
        {"Niger", RO_PLACE_KIND_REGION, "NGA", "Niger", 9.6, 6.55, 0, "", 180}};
    *RO_LIST_ADD(document->arena, &document->places) = (ro_place){.first = 5,
                                                                  .end = 6,
                                                                  .name = "Niger",
                                                                  .kind = RO_PLACE_KIND_COUNTRY,
                                                                  .country = "NER",
                                                                  .within = "Tillabéri",
                                                                  .latitude = 13.5,
                                                                  .longitude = -2.1098,
                                                                  .geonames_id = 2440476,
                                                                  .near = "Ayorou",
                                                                  .candidates = niger,
                                                                  .candidate_count = 2,
                                                                  .fact = "countries.tsv:7"};
    *RO_LIST_ADD(document->arena, &document->places) = (ro_place){.first = 2,
                                                                  .end = 3,
                                                                  .name = "Mali",
                                                                  .kind = RO_PLACE_KIND_DEMONYM,
                                                                  .country = "",
                                                                  .within = "",
                                                                  .latitude = (double)NAN,
                                                                  .longitude = (double)NAN,
                                                                  .near = "",
                                                                  .fact = ""};
}

static inline ro_span sample_span(const ro_document *document, uint32_t first, uint32_t end)
{
    return (ro_span){document->tokens[first].start, document->tokens[end - 1].end};
}

/* a1: Zoë said ... in two pieces; a2, inside it, has neither source nor cue. */
static inline void sample_fill_attributions(ro_document *document)
{
    ro_arena *arena = document->arena;
    ro_attribution said = {.source_entity = 0,
                           .source_kind = RO_SOURCE_KIND_NAMED,
                           .style = RO_STYLE_INDIRECT,
                           .stance = RO_STANCE_DENY,
                           .negated = true,
                           .addressee = 2,
                           .in = RO_NONE,
                           .date = {2023, 5, 1},
                           .rule = "cues.tsv:2"};
    *RO_LIST_ADD(arena, &said.source) = sample_span(document, 0, 1);
    *RO_LIST_ADD(arena, &said.cue) = sample_span(document, 1, 2);
    *RO_LIST_ADD(arena, &said.content) = sample_span(document, 2, 3);
    *RO_LIST_ADD(arena, &said.content) = sample_span(document, 4, 6);
    ro_attribution bare = {.source_entity = RO_NONE,
                           .source_kind = RO_SOURCE_KIND_UNKNOWN,
                           .addressee = RO_NONE,
                           .in = 0,
                           .sentence = 1};
    *RO_LIST_ADD(arena, &bare.content) = sample_span(document, 7, 9);
    *RO_LIST_ADD(arena, &document->attributions) = said;
    *RO_LIST_ADD(arena, &document->attributions) = bare;
}

/* e1 has all that an event can have, e2 the least. */
static inline void sample_fill_events(ro_document *document)
{
    ro_arena *arena = document->arena;
    ro_event call = {.event_type = "CONSULT",
                     .mode = "phone",
                     .contexts = "diplomatic military",
                     .cameo = "041",
                     .quad = 1,
                     .pentaclass = 1,
                     .goldstein = -2.8,
                     .main = true,
                     .date = {2023, 5, 1},
                     .date_end = {2023, 5, 7},
                     .granularity = RO_GRANULARITY_WEEK,
                     .timex = 0,
                     .place = 0,
                     .place_from = RO_PLACE_FROM_SENTENCE,
                     .duration = "PT1H",
                     .count_ordinal = 3,
                     .count_since = "2023-02-24",
                     .count_within = "P1M",
                     .killed = 0,
                     .injured = 12,
                     .size = -1,
                     .status = RO_EVENT_STATUS_DENIED,
                     .negated = true,
                     .trigger_first = 4,
                     .trigger_end = 5,
                     .sentence = 0,
                     .confidence = 0.87654321,
                     .frame = "call (talk.frames:3)"};
    *RO_LIST_ADD(arena, &call.actors) = (ro_participant){0, 0, 1};
    *RO_LIST_ADD(arena, &call.recipients) = (ro_participant){RO_NONE, 5, 6};
    *RO_LIST_ADD(arena, &call.attributions) = 1;
    *RO_LIST_ADD(arena, &call.attributions) = 0;
    ro_event rain = {.event_type = "STATEMENT",
                     .mode = "",
                     .contexts = "",
                     .cameo = "010",
                     .goldstein = (double)NAN,
                     .timex = RO_NONE,
                     .place = RO_NONE,
                     .duration = "",
                     .count_since = "",
                     .count_within = "",
                     .killed = -1,
                     .injured = -1,
                     .size = -1,
                     .trigger_first = 8,
                     .trigger_end = 9,
                     .sentence = 1,
                     .confidence = 1};
    *RO_LIST_ADD(arena, &document->events) = call;
    *RO_LIST_ADD(arena, &document->events) = rain;
}

/* Only the text, without any layer. */
static inline ro_document *sample_new_bare(const char *id, const char *text)
{
    ro_document *document = NULL;
    assert_int_equal(ro_document_new(ro_text_of(id), ro_text_of(text), (ro_date){0, 0, 0}, NULL,
                                     &document, NULL),
                     RO_STATUS_OK);
    return document;
}

static inline ro_document *sample_new(void)
{
    ro_document *document = sample_new_bare("s-1", sample_text);
    sample_fill_tokens(document);
    sample_fill_names(document);
    sample_fill_entities(document);
    sample_fill_places(document);
    sample_fill_attributions(document);
    sample_fill_events(document);
    return document;
}

/* ---- a sink that keeps all ------------------------------------------------------------------ */

typedef struct sample_sink {
    char bytes[65536]; /* with a NUL behind them */
    size_t used;
    size_t refuse_after; /* writes that go well, 0: all */
    size_t writes;
} sample_sink;

static inline ro_status sample_sink_write(void *context, const char *bytes, size_t count)
{
    sample_sink *sink = context;
    if (sink->refuse_after > 0 && sink->writes >= sink->refuse_after)
        return RO_STATUS_IO;
    sink->writes++;
    assert_true(count < sizeof sink->bytes - sink->used);
    memcpy(sink->bytes + sink->used, bytes, count);
    sink->used += count;
    sink->bytes[sink->used] = '\0';
    return RO_STATUS_OK;
}

/* What a document is in a format; good until the next call. */
static inline const char *sample_written(const ro_document *document, ro_write_options options)
{
    static sample_sink sink;
    sink = (sample_sink){.used = 0};
    assert_int_equal(
        ro_document_write(document, &options, (ro_sink){sample_sink_write, &sink}, NULL),
        RO_STATUS_OK);
    return sink.bytes;
}
#endif
