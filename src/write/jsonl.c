/* jsonl.c - a document's records as one line of JSON: the output contract of the project.
 *
 * Published as docs/schema/document.schema.json, "schema": 1; the order of the keys is fixed, so
 * that the same document is the same bytes. What is absent or empty is left out; truth values are
 * always there. Offsets are code points (offset.c). Ids number the lists of the document: entity
 * n1, attribution a1, event e1. Bytes and escapes are left to emit.c.
 */
#include "base/date.h"
#include "base/text.h"
#include "write/formats.h"
#include "write/offset.h"
#include <math.h>

/* What the functions below share: the document, its code points and where it goes. Mentions stand
 * in text order over all entities; here each entity's are chained, RO_NONE at the end. */
typedef struct record {
    const ro_document *document;
    ro_emit *emit;
    ro_offset offset;
    uint32_t *first_mention; /* [entity]  */
    uint32_t *next_mention;  /* [mention] */
} record;

static ro_status chain_mentions(record *to)
{
    const ro_document *document = to->document;
    uint32_t entities = document->entities.count, mentions = document->mentions.count;
    to->first_mention = ro_arena_alloc(document->arena, entities, sizeof *to->first_mention);
    to->next_mention = ro_arena_alloc(document->arena, mentions, sizeof *to->next_mention);
    if (to->first_mention == NULL || to->next_mention == NULL)
        return RO_STATUS_OUT_OF_MEMORY;
    for (uint32_t i = 0; i < entities; i++)
        to->first_mention[i] = RO_NONE;
    for (uint32_t i = mentions; i-- > 0;) {
        uint32_t entity = document->mentions.items[i].entity;
        to->next_mention[i] = to->first_mention[entity];
        to->first_mention[entity] = i;
    }
    return RO_STATUS_OK;
}

static ro_text text_between(const record *to, ro_span span)
{
    return (ro_text){to->document->text + span.start, span.end - span.start};
}

static void write_edges(record *to, ro_span span)
{
    ro_emit_field_unsigned(to->emit, "start", ro_offset_get(&to->offset, span.start));
    ro_emit_field_unsigned(to->emit, "end", ro_offset_get(&to->offset, span.end));
}

/* start, end and text of tokens [first, end). */
static void write_tokens(record *to, uint32_t first, uint32_t end)
{
    ro_span span = ro_document_span(to->document, first, end);
    write_edges(to, span);
    ro_emit_field_text(to->emit, "text", text_between(to, span));
}

/* [start, end] */
static void write_pair(record *to, ro_span span)
{
    ro_emit_open(to->emit, '[');
    ro_emit_json_unsigned(to->emit, ro_offset_get(&to->offset, span.start));
    ro_emit_json_unsigned(to->emit, ro_offset_get(&to->offset, span.end));
    ro_emit_close(to->emit, ']');
}

/* An array of the words that single spaces separate. */
static void write_words(record *to, const char *key, const char *words)
{
    if (words[0] == '\0')
        return;
    ro_emit_key(to->emit, key);
    ro_emit_open(to->emit, '[');
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        if (length > 0)
            ro_emit_json_text(to->emit, (ro_text){words, length});
        words += length + (words[length] == ' ');
    }
    ro_emit_close(to->emit, ']');
}

static void open_list(record *to, const char *key)
{
    ro_emit_key(to->emit, key);
    ro_emit_open(to->emit, '[');
}

/* ---- sentences, entities ------------------------------------------------------------------- */

static void write_sentences(record *to)
{
    const ro_document *document = to->document;
    if (document->sentence_count == 0)
        return;
    open_list(to, "sentences");
    for (uint32_t i = 0; i < document->sentence_count; i++) {
        const ro_sentence *sentence = &document->sentences[i];
        ro_emit_open(to->emit, '{');
        write_edges(to, ro_document_span(document, sentence->first, sentence->end));
        ro_emit_close(to->emit, '}');
    }
    ro_emit_close(to->emit, ']');
}

static void write_mention(record *to, const ro_mention *mention)
{
    ro_emit *emit = to->emit;
    ro_emit_open(emit, '{');
    write_tokens(to, mention->first, mention->end);
    ro_emit_key(emit, "head");
    write_pair(to, ro_document_span(to->document, mention->head, mention->head + 1));
    ro_emit_field_string(emit, "type", ro_mention_type_name(mention->type));
    ro_emit_close(emit, '}');
}

static void write_actor(record *to, const ro_actor *actor)
{
    if (actor->code[0] == '\0' && actor->country[0] == '\0' && actor->sectors[0] == '\0' &&
        actor->role[0] == '\0')
        return;
    ro_emit_key(to->emit, "actor");
    ro_emit_open(to->emit, '{');
    ro_emit_field_string(to->emit, "code", actor->code);
    ro_emit_field_string(to->emit, "country", actor->country);
    write_words(to, "sectors", actor->sectors);
    ro_emit_field_string(to->emit, "role", actor->role);
    ro_emit_close(to->emit, '}');
}

static void write_entity(record *to, uint32_t index)
{
    const ro_entity *entity = &to->document->entities.items[index];
    uint32_t mention = to->first_mention[index];
    ro_emit *emit = to->emit;
    ro_emit_open(emit, '{');
    ro_emit_field_id(emit, "id", 'n', index);
    ro_emit_field_string(emit, "name", entity->name);
    ro_emit_field_string(emit, "kind", ro_entity_kind_name(entity->kind));
    write_actor(to, &entity->actor);
    ro_emit_field_boolean(emit, "anonymous", entity->anonymous);
    if (mention != RO_NONE) {
        open_list(to, "mentions");
        for (; mention != RO_NONE; mention = to->next_mention[mention])
            write_mention(to, &to->document->mentions.items[mention]);
        ro_emit_close(emit, ']');
    }
    ro_emit_close(emit, '}');
}

static void write_entities(record *to)
{
    uint32_t count = to->document->entities.count;
    if (count == 0)
        return;
    open_list(to, "entities");
    for (uint32_t i = 0; i < count; i++)
        write_entity(to, i);
    ro_emit_close(to->emit, ']');
}

/* ---- the day of publication ------------------------------------------------------------------ */

static void write_date(record *to)
{
    const ro_document *document = to->document;
    bool is_early = !ro_date_is_none(document->date) && document->date.year < RO_TIME_EARLY;
    ro_time_flag flag = document->date_found != NULL ? RO_TIME_FLAG_MALFORMED
                        : is_early                   ? RO_TIME_FLAG_EARLY
                                                     : RO_TIME_FLAG_NONE;
    ro_emit_field_date(to->emit, "date", document->date);
    ro_emit_field_string(to->emit, "date_found", document->date_found);
    ro_emit_field_string(to->emit, "date_flag", ro_time_flag_name(flag));
}

/* ---- timexes, places ----------------------------------------------------------------------- */

static void write_timexes(record *to)
{
    const ro_document *document = to->document;
    if (document->timexes.count == 0)
        return;
    open_list(to, "timexes");
    for (uint32_t i = 0; i < document->timexes.count; i++) {
        const ro_timex *timex = &document->timexes.items[i];
        ro_emit_open(to->emit, '{');
        write_tokens(to, timex->first, timex->end);
        ro_emit_field_string(to->emit, "type", ro_timex_type_name(timex->type));
        ro_emit_field_string(to->emit, "value", timex->value);
        ro_emit_field_string(to->emit, "flag", ro_time_flag_name(timex->flag));
        ro_emit_close(to->emit, '}');
    }
    ro_emit_close(to->emit, ']');
}

static void write_position(record *to, const ro_place *place)
{
    if (isfinite(place->latitude) && isfinite(place->longitude)) {
        ro_emit_key(to->emit, "latitude");
        ro_emit_json_number(to->emit, place->latitude);
        ro_emit_key(to->emit, "longitude");
        ro_emit_json_number(to->emit, place->longitude);
    }
    if (place->geonames_id != 0)
        ro_emit_field_unsigned(to->emit, "geonames_id", place->geonames_id);
}

/* event is NULL for the places of the document, which have a kind; the location of an event says
 * where it was told. */
static void write_place(record *to, const ro_place *place, const ro_event *event)
{
    ro_emit_open(to->emit, '{');
    write_tokens(to, place->first, place->end);
    ro_emit_field_string(to->emit, "name", place->name);
    if (event == NULL)
        ro_emit_field_string(to->emit, "kind", ro_place_kind_name(place->kind));
    ro_emit_field_string(to->emit, "country", place->country);
    ro_emit_field_string(to->emit, "within", place->within);
    write_position(to, place);
    ro_emit_field_string(to->emit, "near", place->near);
    if (event != NULL)
        ro_emit_field_string(to->emit, "from", ro_place_from_name(event->place_from));
    ro_emit_close(to->emit, '}');
}

static void write_places(record *to)
{
    const ro_document *document = to->document;
    if (document->places.count == 0)
        return;
    open_list(to, "places");
    for (uint32_t i = 0; i < document->places.count; i++)
        write_place(to, &document->places.items[i], NULL);
    ro_emit_close(to->emit, ']');
}

/* ---- attributions -------------------------------------------------------------------------- */

/* The members spans and text; a text in several pieces is joined by spaces. */
static void write_spans(record *to, const ro_span_list *spans)
{
    if (spans->count == 0)
        return;
    open_list(to, "spans");
    for (uint32_t i = 0; i < spans->count; i++)
        write_pair(to, spans->items[i]);
    ro_emit_close(to->emit, ']');
    ro_emit_key(to->emit, "text");
    ro_emit_text_start(to->emit);
    for (uint32_t i = 0; i < spans->count; i++) {
        if (i > 0)
            ro_emit_text_piece(to->emit, RO_TEXT(" "));
        ro_emit_text_piece(to->emit, text_between(to, spans->items[i]));
    }
    ro_emit_text_end(to->emit);
}

static void write_part(record *to, const char *key, const ro_span_list *spans)
{
    if (spans->count == 0)
        return;
    ro_emit_key(to->emit, key);
    ro_emit_open(to->emit, '{');
    write_spans(to, spans);
    ro_emit_close(to->emit, '}');
}

/* A passive or agentless claim has neither words for its source nor an entity. */
static void write_source(record *to, const ro_attribution *attribution)
{
    if (attribution->source.count == 0 && attribution->source_entity == RO_NONE)
        return;
    ro_emit_key(to->emit, "source");
    ro_emit_open(to->emit, '{');
    write_spans(to, &attribution->source);
    if (attribution->source_entity != RO_NONE) {
        const ro_entity *entity = &to->document->entities.items[attribution->source_entity];
        ro_emit_field_id(to->emit, "entity", 'n', attribution->source_entity);
        ro_emit_field_string(to->emit, "name", entity->name);
        ro_emit_field_string(to->emit, "code", entity->actor.code);
    }
    ro_emit_field_string(to->emit, "kind", ro_source_kind_name(attribution->source_kind));
    ro_emit_close(to->emit, '}');
}

static void write_attribution(record *to, uint32_t index)
{
    const ro_attribution *attribution = &to->document->attributions.items[index];
    ro_emit *emit = to->emit;
    ro_emit_open(emit, '{');
    ro_emit_field_id(emit, "id", 'a', index);
    write_source(to, attribution);
    write_part(to, "cue", &attribution->cue);
    write_part(to, "content", &attribution->content);
    ro_emit_field_string(emit, "style", ro_style_name(attribution->style));
    ro_emit_field_string(emit, "stance", ro_stance_name(attribution->stance));
    ro_emit_field_boolean(emit, "negated", attribution->negated);
    if (attribution->addressee != RO_NONE)
        ro_emit_field_id(emit, "addressee", 'n', attribution->addressee);
    if (attribution->in != RO_NONE)
        ro_emit_field_id(emit, "in", 'a', attribution->in);
    ro_emit_field_date(emit, "date", attribution->date);
    ro_emit_field_unsigned(emit, "sentence", attribution->sentence);
    ro_emit_close(emit, '}');
}

static void write_attributions(record *to)
{
    uint32_t count = to->document->attributions.count;
    if (count == 0)
        return;
    open_list(to, "attributions");
    for (uint32_t i = 0; i < count; i++)
        write_attribution(to, i);
    ro_emit_close(to->emit, ']');
}

/* ---- events -------------------------------------------------------------------------------- */

static void write_participant(record *to, const ro_participant *participant)
{
    ro_emit_open(to->emit, '{');
    if (participant->entity != RO_NONE)
        ro_emit_field_id(to->emit, "entity", 'n', participant->entity);
    write_tokens(to, participant->first, participant->end);
    if (participant->entity != RO_NONE) {
        const ro_entity *entity = &to->document->entities.items[participant->entity];
        ro_emit_field_string(to->emit, "name", entity->name);
        ro_emit_field_string(to->emit, "code", entity->actor.code);
        ro_emit_field_string(to->emit, "country", entity->actor.country);
        write_words(to, "sectors", entity->actor.sectors);
    }
    ro_emit_close(to->emit, '}');
}

static void write_participants(record *to, const char *key, const ro_participant_list *list)
{
    if (list->count == 0)
        return;
    open_list(to, key);
    for (uint32_t i = 0; i < list->count; i++)
        write_participant(to, &list->items[i]);
    ro_emit_close(to->emit, ']');
}

static void write_codes(record *to, const ro_event *event)
{
    ro_emit *emit = to->emit;
    ro_emit_field_string(emit, "event_type", event->event_type);
    ro_emit_field_string(emit, "mode", event->mode);
    write_words(to, "contexts", event->contexts);
    ro_emit_field_string(emit, "cameo", event->cameo);
    ro_emit_key(emit, "quad");
    ro_emit_json_signed(emit, event->quad);
    ro_emit_key(emit, "pentaclass");
    ro_emit_json_signed(emit, event->pentaclass);
    if (isfinite(event->goldstein)) {
        ro_emit_key(emit, "goldstein");
        ro_emit_json_number(emit, event->goldstein);
    }
    ro_emit_field_boolean(emit, "main", event->main);
}

static void write_time_and_place(record *to, const ro_event *event)
{
    ro_emit *emit = to->emit;
    ro_emit_field_date(emit, "date", event->date);
    ro_emit_field_date(emit, "date_end", event->date_end);
    ro_emit_field_string(emit, "date_granularity", ro_granularity_name(event->granularity));
    if (event->timex != RO_NONE)
        ro_emit_field_unsigned(emit, "timex", event->timex);
    if (event->place != RO_NONE) {
        ro_emit_key(emit, "location");
        write_place(to, &to->document->places.items[event->place], event);
    }
    ro_emit_field_string(emit, "duration", event->duration);
}

static void write_count(record *to, const ro_event *event)
{
    if (event->count_ordinal == 0)
        return;
    ro_emit_key(to->emit, "count");
    ro_emit_open(to->emit, '{');
    ro_emit_key(to->emit, "ordinal");
    ro_emit_json_signed(to->emit, event->count_ordinal);
    ro_emit_field_string(to->emit, "since", event->count_since);
    ro_emit_field_string(to->emit, "within", event->count_within);
    ro_emit_close(to->emit, '}');
}

/* A number that is -1 where the text gives none. */
static void write_number(record *to, const char *key, int number)
{
    if (number >= 0)
        ro_emit_field_unsigned(to->emit, key, (uint64_t)number);
}

static void write_event(record *to, uint32_t index)
{
    const ro_event *event = &to->document->events.items[index];
    ro_emit *emit = to->emit;
    ro_emit_open(emit, '{');
    ro_emit_field_id(emit, "id", 'e', index);
    write_codes(to, event);
    write_participants(to, "actors", &event->actors);
    write_participants(to, "recipients", &event->recipients);
    write_time_and_place(to, event);
    write_count(to, event);
    write_number(to, "killed", event->killed);
    write_number(to, "injured", event->injured);
    write_number(to, "size", event->size);
    ro_emit_field_string(emit, "status", ro_event_status_name(event->status));
    ro_emit_field_boolean(emit, "negated", event->negated);
    if (event->attributions.count > 0) {
        open_list(to, "attribution");
        for (uint32_t i = 0; i < event->attributions.count; i++)
            ro_emit_json_id(emit, 'a', event->attributions.items[i]);
        ro_emit_close(emit, ']');
    }
    ro_emit_key(emit, "trigger");
    ro_emit_open(emit, '{');
    write_edges(to, ro_document_span(to->document, event->trigger_first, event->trigger_end));
    ro_emit_close(emit, '}');
    ro_emit_field_unsigned(emit, "sentence", event->sentence);
    if (isfinite(event->confidence)) {
        ro_emit_key(emit, "confidence");
        ro_emit_json_number(emit, event->confidence);
    }
    ro_emit_close(emit, '}');
}

static void write_events(record *to)
{
    uint32_t count = to->document->events.count;
    if (count == 0)
        return;
    open_list(to, "events");
    for (uint32_t i = 0; i < count; i++)
        write_event(to, i);
    ro_emit_close(to->emit, ']');
}

/* ---- document ------------------------------------------------------------------------------ */

ro_status ro_jsonl_write(const ro_document *document, const ro_write_options *options,
                         ro_emit *emit)
{
    record to;
    to.document = document;
    to.emit = emit;
    ro_status status = chain_mentions(&to);
    if (status != RO_STATUS_OK)
        return status;
    ro_offset_start(&to.offset, document->text, 0, document->length);
    ro_emit_open(emit, '{');
    ro_emit_field_unsigned(emit, "schema", 1);
    ro_emit_field_string(emit, "id", document->id);
    write_date(&to);
    ro_emit_field_string(emit, "source", document->source);
    ro_emit_field_string(emit, "url", document->url);
    ro_emit_field_string(emit, "title", document->title);
    ro_emit_field_string(emit, "language", document->language);
    if (options->with_text) {
        ro_emit_key(emit, "text");
        ro_emit_json_text(emit, (ro_text){document->text, document->length});
    }
    write_sentences(&to);
    write_entities(&to);
    write_timexes(&to);
    write_places(&to);
    write_attributions(&to);
    write_events(&to);
    ro_emit_close(emit, '}');
    ro_emit_character(emit, '\n');
    emit->comma = false;
    return RO_STATUS_OK;
}
