/* test_suggestions.c - suggestions.c: names without a code, counted and in order; whatever a text
 * holds, each line written is a comment. */
#include "sample_document.h"

#include "failing_allocator.h"

#include <stdio.h>

/* A document whose words single spaces separate; a sentence ends behind a full stop. */
static ro_document *new_document(const char *id, const char *text)
{
    ro_document *document = sample_new_bare(id, text);
    document->tokens = ro_arena_alloc(document->arena, strlen(text) + 1, sizeof(ro_token));
    document->sentences = ro_arena_alloc(document->arena, strlen(text) + 1, sizeof(ro_sentence));
    bool starts = true;
    for (uint32_t at = 0; at < document->length; at++) {
        uint32_t length = (uint32_t)strcspn(text + at, " ");
        uint32_t sentence = document->sentence_count - !starts;
        if (starts)
            document->sentences[document->sentence_count++].first = document->token_count;
        document->tokens[document->token_count++] =
            (ro_token){.start = at, .end = at + length, .sentence = sentence};
        document->sentences[sentence].end = document->token_count;
        starts = text[at + length - 1] == '.';
        at += length;
    }
    return document;
}

static uint32_t add_entity(ro_document *document, const char *name, ro_entity_kind kind,
                           const char *code)
{
    uint32_t index = document->entities.count;
    *RO_LIST_ADD(document->arena, &document->entities) =
        (ro_entity){name, kind, {code, "", "", ""}, false, "", RO_NONE};
    *RO_LIST_ADD(document->arena, &document->mentions) =
        (ro_mention){index, 0, 1, 0, RO_MENTION_TYPE_NAME, "name"};
    return index;
}

static void add_event(ro_document *document, uint32_t actor, uint32_t recipient, uint32_t token)
{
    ro_event event = {.trigger_first = token, .trigger_end = token + 1};
    *RO_LIST_ADD(document->arena, &event.actors) = (ro_participant){actor, token, token + 1};
    *RO_LIST_ADD(document->arena, &event.recipients) =
        (ro_participant){recipient, token, token + 1};
    *RO_LIST_ADD(document->arena, &document->events) = event;
}

static void add_claim(ro_document *document, uint32_t source, uint32_t token)
{
    *RO_LIST_ADD(document->arena, &document->attributions) =
        (ro_attribution){.source_entity = source, .cue_token = token};
}

/* Adds a document and frees it. */
static void take(ro_suggestions *to, ro_document *document)
{
    assert_int_equal(ro_suggestions_add(to, document, NULL), RO_STATUS_OK);
    ro_document_free(document);
}

static ro_suggestions *new_suggestions(void)
{
    ro_suggestions *made = NULL;
    assert_int_equal(ro_suggestions_new(NULL, &made, NULL), RO_STATUS_OK);
    return made;
}

/* What is written; frees the suggestions. Good until the next call. */
static const char *written(ro_suggestions *of)
{
    static sample_sink sink;
    sink = (sample_sink){.used = 0};
    assert_int_equal(ro_suggestions_write(of, (ro_sink){sample_sink_write, &sink}, NULL),
                     RO_STATUS_OK);
    ro_suggestions_free(of);
    return sink.bytes;
}

#define HEADING                                                                                    \
    "# To add one to a lexicon, write its code for ???, complete the line and remove the '#'\n"   \
    "# before it; the fields are: kind, code, forms, role, from, until, pronoun, parent.\n"

/* Toma Veld has three events in two documents, the Ruvi Front one, Hana Iro only says something.
 * The known one, the nameless one and who took no part are not there. */
static void names_come_with_counts_and_examples(void **state)
{
    (void)state;
    ro_suggestions *to = new_suggestions();
    ro_document *one = new_document("d1", "Veld met them. He called Iro. She said so.");
    uint32_t veld = add_entity(one, "Toma Veld", RO_ENTITY_KIND_PERSON, "");
    uint32_t iro = add_entity(one, "Hana Iro", RO_ENTITY_KIND_PERSON, "");
    uint32_t known = add_entity(one, "Japan", RO_ENTITY_KIND_COUNTRY, "JPN");
    uint32_t nameless = add_entity(one, "a driver", RO_ENTITY_KIND_PERSON, "");
    one->mentions.items[nameless].type = RO_MENTION_TYPE_NOMINAL;
    add_entity(one, "Nobody Here", RO_ENTITY_KIND_PERSON, "");
    one->entities.items[veld].actor.role = "mayor";
    add_event(one, veld, known, 1);
    add_event(one, nameless, veld, 4);
    add_event(one, RO_NONE, known, 4);
    add_claim(one, iro, 7);
    add_claim(one, RO_NONE, 7);
    take(to, one);
    ro_document *two = new_document("d2", "The Ruvi Front met Veld.");
    uint32_t front = add_entity(two, "Ruvi Front", RO_ENTITY_KIND_GROUP, "");
    add_event(two, front, add_entity(two, "Toma Veld", RO_ENTITY_KIND_PERSON, ""), 3);
    take(to, two);
    assert_string_equal(written(to),
                        "# 3 names without a code took part in events or said something, in 2 "
                        "documents.\n" HEADING
                        "\n# Toma Veld, person: 3 events, in 2 documents\n"
                        "#   d1: Veld met them.\n"
                        "#   d1: He called Iro.\n"
                        "#   d2: The Ruvi Front met Veld.\n"
                        "#person\t???\tToma Veld\tmayor\n"
                        "\n# Ruvi Front, group: 1 event, in 1 document\n"
                        "#   d2: The Ruvi Front met Veld.\n"
                        "#organization\t???\tRuvi Front\n"
                        "\n# Hana Iro, person: 0 events, source of 1 claim, in 1 document\n"
                        "#   d1: She said so.\n"
                        "#person\t???\tHana Iro\n");
}

static void an_event_counts_once_for_a_name(void **state)
{
    (void)state;
    ro_suggestions *to = new_suggestions();
    ro_document *document = new_document("d", "They met.");
    uint32_t one = add_entity(document, "Oru Tal", RO_ENTITY_KIND_ORGANIZATION, "");
    uint32_t same = add_entity(document, "ORU-TAL", RO_ENTITY_KIND_ORGANIZATION, "");
    add_event(document, one, same, 1);
    take(to, document);
    assert_non_null(strstr(written(to), "# Oru Tal, organization: 1 event, in 1 document\n"));
}

/* Spelt twice with an accent and once without; called a person twice and a place once. */
static void spellings_of_one_name_are_one(void **state)
{
    static const char *const names[] = {"Renè-Kolo", "Rene Kolo", "Renè Kolo", "Renè Kolo"};
    (void)state;
    ro_suggestions *to = new_suggestions();
    for (size_t i = 0; i < 4; i++) {
        ro_document *document = new_document("d", "They met.");
        ro_entity_kind kind = i == 0 ? RO_ENTITY_KIND_PLACE : RO_ENTITY_KIND_PERSON;
        add_event(document, add_entity(document, names[i], kind, ""), RO_NONE, 0);
        take(to, document);
    }
    const char *all = written(to);
    assert_non_null(strstr(all, "# 1 name without"));
    assert_non_null(strstr(all, "# Renè Kolo, person: 4 events, in 4 documents\n"
                                "#   d: They met.\n#   d: They met.\n#   d: They met.\n"
                                "#person\t???\tRenè Kolo\n"));
}

static void ties_are_in_the_order_of_names(void **state)
{
    static const char *const names[] = {"Ceba", "Aba", "Bema"};
    (void)state;
    ro_suggestions *to = new_suggestions();
    ro_document *document = new_document("d", "They met.");
    for (size_t i = 0; i < 3; i++)
        add_event(document, add_entity(document, names[i], RO_ENTITY_KIND_PLACE, ""), RO_NONE, 0);
    take(to, document);
    const char *all = written(to);
    const char *first = strstr(all, "\n# Aba"), *second = strstr(all, "\n# Bema");
    assert_true(first != NULL && second > first && strstr(all, "\n# Ceba") > second);
    assert_non_null(strstr(first, "#region\t???\tAba\n"));
}

static void nothing_written_breaks_a_line(void **state)
{
    (void)state;
    ro_suggestions *to = new_suggestions();
    static char junk[5000];
    memset(junk, 'x', sizeof junk - 1);
    ro_document *document = new_document("a\nperson\tRUS\tb", "?Mad\nperson\tUSA #2 came.");
    add_event(document, add_entity(document, "?Mad\nMax | #\x1B[31m2?", RO_ENTITY_KIND_PERSON, ""),
              RO_NONE, 0);
    add_event(document, add_entity(document, "#|?", RO_ENTITY_KIND_PERSON, ""), RO_NONE, 0);
    add_event(document, add_entity(document, junk, RO_ENTITY_KIND_PERSON, ""), RO_NONE, 0);
    take(to, document);
    document = new_document(junk, junk);
    add_event(document, add_entity(document, "Mad Max 31m2", RO_ENTITY_KIND_PERSON, ""), RO_NONE,
              0);
    take(to, document);
    const char *all = written(to);
    assert_non_null(strstr(all, "# 1 name without"));
    assert_non_null(strstr(all, "#person\t???\tMad Max [31m2\n"));
    for (const char *at = all; *at != '\0'; at += strcspn(at, "\n") + 1) {
        assert_true(*at == '#' || *at == '\n');
        assert_true(strcspn(at, "\n") < 500);
    }
}

/* A long sentence is cut around the words that matter, at words. */
static void a_long_sentence_is_cut(void **state)
{
    static char text[4096];
    (void)state;
    for (int i = 0; i < 300; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "w%d%s", i, i < 299 ? " " : ".");
    ro_suggestions *to = new_suggestions();
    ro_document *document = new_document("d", text);
    uint32_t veld = add_entity(document, "Toma Veld", RO_ENTITY_KIND_PERSON, "");
    add_event(document, veld, RO_NONE, 150);
    take(to, document);
    const char *example = strstr(written(to), "#   d: ");
    assert_non_null(example);
    assert_int_equal(strncmp(example, "#   d: … w", strlen("#   d: … w")), 0);
    size_t length = strcspn(example, "\n");
    assert_in_range(length, 180, 220);
    assert_int_equal(strncmp(example + length - strlen(" …"), " …", strlen(" …")), 0);
    assert_non_null(strstr(example, " w149 w150 w151 "));
}

static void nothing_to_suggest_is_said(void **state)
{
    (void)state;
    assert_string_equal(written(new_suggestions()), "# 0 names without a code took part in events "
                                                    "or said something, in 0 documents.\n");
}

/* Each request for memory fails in turn: the status says so, and nothing is kept. */
static void every_failing_request_is_told(void **state)
{
    (void)state;
    static sample_sink sink;
    bool failed = true;
    for (size_t at = 1; failed; at++) {
        failing_allocator memory = {.fail_at = at};
        ro_allocator allocator = failing_allocator_of(&memory);
        ro_suggestions *made = NULL;
        sink = (sample_sink){.used = 0};
        ro_status status = ro_suggestions_new(&allocator, &made, NULL);
        for (int i = 0; i < 40 && status == RO_STATUS_OK; i++) {
            char name[16];
            snprintf(name, sizeof name, "Veld%c%c", 'a' + i % 26, 'a' + i / 26);
            ro_document *document = new_document("d", "They met.");
            uint32_t veld = add_entity(document, name, RO_ENTITY_KIND_PERSON, "");
            document->entities.items[veld].actor.role = "mayor";
            add_event(document, veld, RO_NONE, 0);
            status = ro_suggestions_add(made, document, NULL);
            if (status != RO_STATUS_OK) {
                assert_int_equal(ro_suggestions_add(made, document, NULL),
                                 RO_STATUS_OUT_OF_MEMORY);
                assert_int_equal(
                    ro_suggestions_write(made, (ro_sink){sample_sink_write, &sink}, NULL),
                    RO_STATUS_OUT_OF_MEMORY);
            }
            ro_document_free(document);
        }
        if (status == RO_STATUS_OK)
            status = ro_suggestions_write(made, (ro_sink){sample_sink_write, &sink}, NULL);
        assert_int_equal(status, memory.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        ro_suggestions_free(made);
        assert_int_equal(memory.held, 0);
        failed = memory.failed;
    }
    assert_non_null(strstr(sink.bytes, "# 40 names"));
}

static void a_failing_sink_is_told(void **state)
{
    (void)state;
    static sample_sink sink;
    sink = (sample_sink){.refuse_after = 1, .writes = 1};
    ro_suggestions *to = new_suggestions();
    assert_int_equal(ro_suggestions_write(to, (ro_sink){sample_sink_write, &sink}, NULL),
                     RO_STATUS_IO);
    ro_suggestions_free(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_with_counts_and_examples),
        cmocka_unit_test(an_event_counts_once_for_a_name),
        cmocka_unit_test(spellings_of_one_name_are_one),
        cmocka_unit_test(ties_are_in_the_order_of_names),
        cmocka_unit_test(nothing_written_breaks_a_line),
        cmocka_unit_test(a_long_sentence_is_cut),
        cmocka_unit_test(nothing_to_suggest_is_said),
        cmocka_unit_test(every_failing_request_is_told),
        cmocka_unit_test(a_failing_sink_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
