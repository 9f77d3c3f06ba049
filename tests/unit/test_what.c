/* test_what.c - what.c over parses written by hand, with the frames of data/. */
#include "hand_parsed.h"

#include "failing_allocator.h"
#include "what/what.h"

static void code(ro_document *document)
{
    ro_what *what = NULL;
    ro_error error = {0};
    if (ro_what_open("data", NULL, &what, &error) != RO_STATUS_OK)
        fail_msg("%s:%llu: %s", error.path, (unsigned long long)error.line, error.message);
    assert_int_equal(ro_what_find(what, document, NULL), RO_STATUS_OK);
    /* codes and names live as long as the frames: keep what the tests look at */
    for (uint32_t i = 0; i < document->events.count; i++) {
        ro_event *event = &document->events.items[i];
        event->event_type = hand_copy(document, event->event_type);
        event->cameo = hand_copy(document, event->cameo);
        event->mode = hand_copy(document, event->mode);
        event->frame = hand_copy(document, event->frame);
    }
    ro_what_close(what);
}

/* The participants' noun phrases, joined by "; ". */
static const char *parties(const ro_document *document, const ro_participant_list *list)
{
    static char text[HAND_TEXT];
    size_t at = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < list->count; i++) {
        ro_text each = ro_document_span_text(document, list->items[i].first, list->items[i].end);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%.*s", i > 0 ? "; " : "",
                               (int)each.length, each.data);
    }
    return text;
}

static void check(const ro_document *document, uint32_t index, const char *cameo,
                  const char *actors, const char *recipients)
{
    assert_true(index < document->events.count);
    const ro_event *event = &document->events.items[index];
    assert_string_equal(event->cameo, cameo);
    assert_string_equal(parties(document, &event->actors), actors);
    assert_string_equal(parties(document, &event->recipients), recipients);
}

static const char call[] =
    "Chad/Chad/NNP/PROPN/1/nsubj called/call/VBD/VERB/1/ROOT Mali/Mali/NNP/PROPN/1/dobj "
    "on/on/IN/ADP/1/prep Monday/Monday/NNP/PROPN/3/pobj ./././PUNCT/1/punct";

static ro_document *chad_and_mali(const char *parse, uint32_t chad, uint32_t mali)
{
    ro_document *document = hand_parsed(parse);
    hand_entity(document, "Chad", RO_ENTITY_KIND_COUNTRY, "TCD", chad, chad + 1, chad);
    hand_entity(document, "Mali", RO_ENTITY_KIND_COUNTRY, "MLI", mali, mali + 1, mali);
    return document;
}

static void a_call_has_an_actor_and_a_recipient(void **state)
{
    (void)state;
    ro_document *document = chad_and_mali(call, 0, 2);
    code(document);
    assert_int_equal(document->events.count, 1);
    check(document, 0, "041", "Chad", "Mali");
    const ro_event *event = &document->events.items[0];
    assert_string_equal(event->event_type, "CONSULT");
    assert_string_equal(event->mode, "phone");
    assert_int_equal(event->quad, 1);
    assert_int_equal(event->status, RO_EVENT_STATUS_ACTUAL);
    assert_true(event->main);
    assert_false(event->negated);
    assert_int_equal(event->trigger_first, 1);
    assert_int_equal(event->attributions.count, 0);
    assert_non_null(strstr(event->frame, "call (talk.frames:"));
    assert_true(event->confidence > 0.5 && event->confidence <= 1.0);
    ro_document_free(document);
}

static void nobody_known_is_no_event(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(call);
    code(document);
    assert_int_equal(document->events.count, 0);
    ro_document_free(document);
}

static void the_passive_turns_the_parties_round(void **state)
{
    (void)state;
    ro_document *document = chad_and_mali(
        "Mali/Mali/NNP/PROPN/3/nsubjpass was/be/VBD/AUX/3/auxpass not/not/RB/PART/3/neg "
        "attacked/attack/VBN/VERB/3/ROOT by/by/IN/ADP/3/agent Chad/Chad/NNP/PROPN/4/pobj", 5, 0);
    code(document);
    assert_int_equal(document->events.count, 1);
    check(document, 0, "190", "Chad", "Mali");
    assert_true(document->events.items[0].negated);
    ro_document_free(document);
}

static void a_noun_takes_its_parties_through_a_light_verb(void **state)
{
    (void)state;
    ro_document *document = chad_and_mali(
        "Chad/Chad/NNP/PROPN/2/nsubj may/may/MD/AUX/2/aux launch/launch/VB/VERB/2/ROOT "
        "an/an/DT/DET/4/det attack/attack/NN/NOUN/2/dobj on/on/IN/ADP/4/prep "
        "Mali/Mali/NNP/PROPN/5/pobj", 0, 6);
    code(document);
    assert_int_equal(document->events.count, 1);
    check(document, 0, "190", "Chad", "Mali");
    assert_int_equal(document->events.items[0].status, RO_EVENT_STATUS_HYPOTHETICAL);
    ro_document_free(document);
}

static void what_is_announced_is_an_intention(void **state)
{
    (void)state;
    ro_document *document = chad_and_mali(
        "Chad/Chad/NNP/PROPN/2/nsubj will/will/MD/AUX/2/aux meet/meet/VB/VERB/2/ROOT "
        "Mali/Mali/NNP/PROPN/2/dobj", 0, 3);
    code(document);
    assert_int_equal(document->events.count, 1);
    check(document, 0, "036", "Chad", "Mali");
    assert_string_equal(document->events.items[0].event_type, "AGREE");
    assert_int_equal(document->events.items[0].status, RO_EVENT_STATUS_PLANNED);
    ro_document_free(document);
}

static void a_threat_governs_what_is_threatened(void **state)
{
    (void)state;
    ro_document *document = chad_and_mali(
        "Chad/Chad/NNP/PROPN/1/nsubj threatened/threaten/VBD/VERB/1/ROOT to/to/TO/PART/3/aux "
        "attack/attack/VB/VERB/1/xcomp Mali/Mali/NNP/PROPN/3/dobj", 0, 4);
    code(document);
    assert_int_equal(document->events.count, 2);
    check(document, 0, "138", "Chad", "Mali");
    check(document, 1, "190", "Chad", "Mali");
    assert_true(document->events.items[0].main);
    assert_false(document->events.items[1].main);
    assert_int_equal(document->events.items[0].status, RO_EVENT_STATUS_ACTUAL);
    assert_int_equal(document->events.items[1].status, RO_EVENT_STATUS_PLANNED);
    ro_document_free(document);
}

/* "Rome said that Chad had called Mali": the call is the main event, and stands under what Rome
 * said; the statement alone is not reported. */
static void an_event_in_a_content_names_its_attribution(void **state)
{
    (void)state;
    ro_document *document = chad_and_mali(
        "Rome/Rome/NNP/PROPN/1/nsubj said/say/VBD/VERB/1/ROOT that/that/IN/SCONJ/5/mark "
        "Chad/Chad/NNP/PROPN/5/nsubj had/have/VBD/AUX/5/aux called/call/VBN/VERB/1/ccomp "
        "Mali/Mali/NNP/PROPN/5/dobj", 3, 6);
    ro_attribution *said = RO_LIST_ADD(document->arena, &document->attributions);
    ro_span *span = RO_LIST_ADD(document->arena, &said->content);
    *span = ro_document_span(document, 2, 7);
    said->in = said->addressee = said->source_entity = RO_NONE;
    said->cue_token = 1;
    code(document);
    assert_int_equal(document->events.count, 1);
    check(document, 0, "041", "Chad", "Mali");
    assert_true(document->events.items[0].main);
    assert_int_equal(document->events.items[0].attributions.count, 1);
    assert_int_equal(document->events.items[0].attributions.items[0], 0);
    ro_document_free(document);
}

static void both_sides_of_a_coordination_take_part(void **state)
{
    (void)state;
    ro_document *document = chad_and_mali(
        "Chad/Chad/NNP/PROPN/3/nsubj and/and/CC/CCONJ/0/cc Mali/Mali/NNP/PROPN/0/conj "
        "met/meet/VBD/VERB/3/ROOT ./././PUNCT/3/punct", 0, 2);
    code(document);
    assert_int_equal(document->events.count, 1);
    check(document, 0, "040", "Chad; Mali", "");
    ro_document_free(document);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    ro_status status = RO_STATUS_OUT_OF_MEMORY;
    for (size_t fail_at = 1; status == RO_STATUS_OUT_OF_MEMORY; fail_at += fail_at < 64 ? 1 : 97) {
        failing_allocator failing = {.fail_at = fail_at};
        ro_allocator allocator = failing_allocator_of(&failing);
        ro_what *what = NULL;
        status = ro_what_open("data", &allocator, &what, NULL);
        ro_what_close(what);
        assert_int_equal(failing.held, 0);
        assert_int_equal(status == RO_STATUS_OUT_OF_MEMORY, failing.failed);
    }
    assert_int_equal(status, RO_STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_has_an_actor_and_a_recipient),
        cmocka_unit_test(nobody_known_is_no_event),
        cmocka_unit_test(the_passive_turns_the_parties_round),
        cmocka_unit_test(a_noun_takes_its_parties_through_a_light_verb),
        cmocka_unit_test(what_is_announced_is_an_intention),
        cmocka_unit_test(a_threat_governs_what_is_threatened),
        cmocka_unit_test(an_event_in_a_content_names_its_attribution),
        cmocka_unit_test(both_sides_of_a_coordination_take_part),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
