/* test_speakers.c - speakers.c: who "I", "we" and "you" are, on documents whose entities and
 * attributions are made by hand. */
#include "unit.h"

#include "english_words.h"
#include "failing_allocator.h"
#include "hand_parsed.h"
#include "who/nominal.h"

static uint32_t add_person(ro_document *document, uint32_t head, const char *name)
{
    return hand_entity(document, name, RO_ENTITY_KIND_PERSON, "", head, head + 1, head);
}

static void give_actor(ro_document *document, uint32_t entity, const char *code,
                       const char *country, const char *sectors)
{
    document->entities.items[entity].actor = (ro_actor){code, country, sectors, ""};
}

static void add_span(ro_document *document, ro_span_list *list, uint32_t first, uint32_t end)
{
    ro_span *span = RO_LIST_ADD(document->arena, list);
    assert_non_null(span);
    *span = ro_document_span(document, first, end);
}

/* Somebody's quotation, tokens [first, end). */
static ro_attribution *add_quote(ro_document *document, uint32_t source, uint32_t first,
                                 uint32_t end)
{
    ro_attribution *said = RO_LIST_ADD(document->arena, &document->attributions);
    assert_non_null(said);
    *said = (ro_attribution){.source_entity = source,
                             .style = RO_STYLE_DIRECT,
                             .addressee = RO_NONE,
                             .in = RO_NONE,
                             .rule = ""};
    add_span(document, &said->content, first, end);
    return said;
}

static void find(ro_document *document)
{
    assert_int_equal(ro_speakers_find(english, document), RO_STATUS_OK);
    for (uint32_t i = 1; i < document->mentions.count; i++)
        assert_true(document->mentions.items[i - 1].first <= document->mentions.items[i].first);
}

static const ro_mention *mention_at(const ro_document *document, uint32_t token)
{
    uint32_t index = ro_tree_mention_at(document, token);
    return index != RO_NONE ? &document->mentions.items[index] : NULL;
}

static uint32_t entity_at(const ro_document *document, uint32_t token)
{
    const ro_mention *mention = mention_at(document, token);
    if (mention == NULL)
        fail_msg("token %u has no mention", token);
    return mention->entity;
}

static void check_new(const ro_document *document, uint32_t token, const char *name,
                      ro_entity_kind kind, const char *rule)
{
    const ro_entity *entity = &document->entities.items[entity_at(document, token)];
    assert_string_equal(entity->name, name);
    assert_int_equal(entity->kind, kind);
    assert_true(entity->anonymous);
    assert_int_equal(entity->acts_for, RO_NONE);
    assert_string_equal(mention_at(document, token)->rule, rule);
}

/* ---- in quotations --------------------------------------------------------------------------- */

static const char told[] =
    "\u201C/\u201C/./PUNCT/2/punct I/i/PRP/PRON/2/nsubj saw/see/VBD/VERB/2/ROOT "
    "you/you/PRP/PRON/2/dobj and/and/CC/CCONJ/2/cc we/we/PRP/PRON/6/nsubj "
    "left/leave/VBD/VERB/2/conj our/we/PRP$/PRON/8/poss farm/farm/NN/NOUN/6/dobj "
    ",/,/./PUNCT/10/punct \u201D/\u201D/./PUNCT/11/punct "
    "Brandt/Brandt/NNP/PROPN/12/nsubj told/tell/VBD/VERB/12/ROOT "
    "Ida/Ida/NNP/PROPN/12/dobj";

static void the_source_is_i_and_the_addressee_you(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(told);
    uint32_t brandt = add_person(document, 11, "Brandt"), ida = add_person(document, 13, "Ida");
    give_actor(document, brandt, "BORLEG", "BOR", "LEG");
    add_quote(document, brandt, 0, 11)->addressee = ida;
    find(document);
    assert_int_equal(entity_at(document, 1), brandt);
    assert_string_equal(mention_at(document, 1)->rule, "speaker");
    assert_int_equal(mention_at(document, 1)->type, RO_MENTION_TYPE_PRONOUN);
    assert_int_equal(entity_at(document, 3), ida);
    assert_string_equal(mention_at(document, 3)->rule, "addressee");
    /* "we" are a group of his own, the same each time */
    check_new(document, 5, "we", RO_ENTITY_KIND_GROUP, "speaker");
    assert_int_equal(entity_at(document, 7), entity_at(document, 5));
    assert_string_equal(document->entities.items[entity_at(document, 5)].actor.code, "BORLEG");
    assert_int_equal(document->entities.count, 3);
    ro_document_free(document);
}

static void you_without_an_addressee(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(told);
    uint32_t brandt = add_person(document, 11, "Brandt");
    give_actor(document, brandt, "BORLEG", "BOR", "LEG");
    add_quote(document, brandt, 0, 11);
    find(document);
    check_new(document, 3, "you", RO_ENTITY_KIND_GROUP, "addressee");
    assert_string_equal(document->entities.items[entity_at(document, 3)].actor.code, "");
    ro_document_free(document);
}

static void we_are_whom_the_source_speaks_for(void **state)
{
    (void)state;
    for (int is_spokesman = 0; is_spokesman < 2; is_spokesman++) {
        ro_document *document = hand_parsed(told);
        uint32_t league =
            hand_entity(document, "League", RO_ENTITY_KIND_ORGANIZATION, "IGO", 13, 14, 13);
        uint32_t source = is_spokesman ? add_person(document, 11, "Brandt") : league;
        document->entities.items[source].acts_for = is_spokesman ? league : RO_NONE;
        add_quote(document, source, 0, 11);
        find(document);
        assert_int_equal(entity_at(document, 5), league);
        assert_int_equal(entity_at(document, 7), league);
        assert_int_equal(entity_at(document, 1), source);
        ro_document_free(document);
    }
}

static void the_inner_quotation_has_its_own_voice(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(
        "\u201C/\u201C/./PUNCT/2/punct I/i/PRP/PRON/2/nsubj know/know/VBD/VERB/2/ROOT "
        "Ida/Ida/NNP/PROPN/4/nsubj said/say/VBD/VERB/2/ccomp \u201C/\u201C/./PUNCT/7/punct "
        "I/i/PRP/PRON/7/nsubj left/leave/VBD/VERB/4/ccomp \u201D/\u201D/./PUNCT/7/punct "
        "and/and/CC/CCONJ/2/cc I/i/PRP/PRON/11/nsubj slept/sleep/VBD/VERB/2/conj "
        ",/,/./PUNCT/14/punct \u201D/\u201D/./PUNCT/14/punct "
        "Brandt/Brandt/NNP/PROPN/15/nsubj said/say/VBD/VERB/15/ROOT");
    uint32_t brandt = add_person(document, 14, "Brandt"), ida = add_person(document, 3, "Ida");
    add_quote(document, brandt, 0, 14);
    add_quote(document, ida, 5, 9);
    find(document);
    assert_int_equal(entity_at(document, 1), brandt);
    assert_int_equal(entity_at(document, 6), ida);
    assert_int_equal(entity_at(document, 10), brandt);
    ro_document_free(document);
}

static void who_is_not_named_speaks_for_himself(void **state)
{
    static const char parse[] =
        "\u201C/\u201C/./PUNCT/2/punct I/i/PRP/PRON/2/nsubj left/leave/VBD/VERB/2/ROOT "
        ",/,/./PUNCT/2/punct \u201D/\u201D/./PUNCT/2/punct "
        "somebody/somebody/NN/NOUN/6/nsubj said/say/VBD/VERB/6/ROOT | "
        "\u201C/\u201C/./PUNCT/9/punct I/i/PRP/PRON/9/nsubj slept/sleep/VBD/VERB/9/ROOT "
        "and/and/CC/CCONJ/9/cc I/i/PRP/PRON/12/nsubj ate/eat/VBD/VERB/9/conj "
        ",/,/./PUNCT/9/punct \u201D/\u201D/./PUNCT/9/punct another/another/NN/NOUN/16/nsubj "
        "said/say/VBD/VERB/16/ROOT";
    (void)state;
    ro_document *document = hand_parsed(parse);
    add_quote(document, RO_NONE, 0, 5);
    add_quote(document, RO_NONE, 7, 15);
    find(document);
    check_new(document, 1, "I", RO_ENTITY_KIND_PERSON, "speaker");
    check_new(document, 8, "I", RO_ENTITY_KIND_PERSON, "speaker");
    assert_int_not_equal(entity_at(document, 1), entity_at(document, 8));
    assert_int_equal(entity_at(document, 11), entity_at(document, 8));
    ro_document_free(document);
    /* quotations that nobody is known to have said */
    document = hand_parsed(parse);
    find(document);
    assert_int_equal(document->mentions.count, 0);
    assert_int_equal(document->entities.count, 0);
    ro_document_free(document);
}

static void one_speaker_has_one_voice(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(
        "\u201C/\u201C/./PUNCT/2/punct We/we/PRP/PRON/2/nsubj left/leave/VBD/VERB/2/ROOT "
        ",/,/./PUNCT/2/punct \u201D/\u201D/./PUNCT/2/punct Brandt/Brandt/NNP/PROPN/6/nsubj "
        "said/say/VBD/VERB/6/ROOT | \u201C/\u201C/./PUNCT/9/punct We/we/PRP/PRON/9/nsubj "
        "slept/sleep/VBD/VERB/9/ROOT ,/,/./PUNCT/9/punct \u201D/\u201D/./PUNCT/9/punct "
        "Brandt/Brandt/NNP/PROPN/13/nsubj said/say/VBD/VERB/13/ROOT");
    uint32_t brandt = add_person(document, 5, "Brandt");
    add_quote(document, brandt, 0, 5);
    add_quote(document, brandt, 7, 12);
    find(document);
    check_new(document, 1, "we", RO_ENTITY_KIND_GROUP, "speaker");
    assert_int_equal(entity_at(document, 8), entity_at(document, 1));
    ro_document_free(document);
}

static void a_quotation_goes_on_over_paragraphs(void **state)
{
    static const char parse[] =
        "Brandt/Brandt/NNP/PROPN/1/nsubj said/say/VBD/VERB/1/ROOT :/:/./PUNCT/1/punct "
        "\u201C/\u201C/./PUNCT/5/punct I/i/PRP/PRON/5/nsubj left/leave/VBD/VERB/1/ccomp "
        "\n\n/\n\n/_SP/SPACE/0/dep \u201C/\u201C/./PUNCT/9/punct I/i/PRP/PRON/9/nsubj "
        "slept/sleep/VBD/VERB/1/dep \u201D/\u201D/./PUNCT/9/punct \n\n/\n\n/_SP/SPACE/0/dep "
        "We/we/PRP/PRON/13/nsubj ate/eat/VBD/VERB/1/dep";
    (void)state;
    ro_document *document = hand_parsed(parse);
    uint32_t brandt = add_person(document, 0, "Brandt");
    add_quote(document, brandt, 3, 6); /* the first paragraph alone */
    find(document);
    assert_int_equal(entity_at(document, 4), brandt);
    assert_int_equal(entity_at(document, 8), brandt);
    check_new(document, 12, "we", RO_ENTITY_KIND_GROUP, "author");
    ro_document_free(document);
}

/* ---- outside them ---------------------------------------------------------------------------- */

static void the_author_speaks_outside_quotations(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(
        "Brandt/Brandt/NNP/PROPN/1/nsubj said/say/VBD/VERB/1/ROOT we/we/PRP/PRON/3/nsubj "
        "left/leave/VBD/VERB/1/ccomp | I/i/PRP/PRON/5/nsubj slept/sleep/VBD/VERB/5/ROOT | "
        "We/we/PRP/PRON/7/nsubj saw/see/VBD/VERB/7/ROOT you/you/PRP/PRON/7/dobj");
    uint32_t brandt = add_person(document, 0, "Brandt");
    add_quote(document, brandt, 2, 4)->style = RO_STYLE_INDIRECT;
    find(document);
    check_new(document, 2, "we", RO_ENTITY_KIND_GROUP, "author");
    check_new(document, 4, "I", RO_ENTITY_KIND_PERSON, "author");
    check_new(document, 8, "you", RO_ENTITY_KIND_GROUP, "author");
    assert_int_equal(entity_at(document, 6), entity_at(document, 2));
    assert_int_equal(document->entities.count, 4);
    ro_document_free(document);
}

static void what_is_no_such_pronoun(void **state)
{
    (void)state;
    /* a numeral, a possessive ending, a word that somebody has already */
    ro_document *document =
        hand_parsed("I/i/CD/NUM/1/nummod Corps/Corps/NNP/PROPN/3/poss 's/'s/POS/PART/1/case "
                    "horse/horse/NN/NOUN/4/nsubj saw/see/VBD/VERB/4/ROOT us/us/PRP/PRON/4/dobj | "
                    "Let/let/VB/VERB/6/ROOT 's/us/PRP/PRON/8/nsubj go/go/VB/VERB/6/ccomp");
    uint32_t us = hand_entity(document, "us", RO_ENTITY_KIND_COUNTRY, "USA", 5, 6, 5);
    find(document);
    assert_null(mention_at(document, 0));
    assert_null(mention_at(document, 2));
    assert_int_equal(entity_at(document, 5), us);
    check_new(document, 7, "we", RO_ENTITY_KIND_GROUP, "author");
    assert_int_equal(document->mentions.count, 2);
    ro_document_free(document);
}

/* ---- what they have -------------------------------------------------------------------------- */

static void your_country_is_the_addressees(void **state)
{
    static const struct {
        const char *parse;
        const char *country; /* of the addressee */
        bool found;
    } cases[] = {
        {"Boria/Boria/NNP/PROPN/1/nsubj wept/weep/VBD/VERB/1/ROOT | "
         "\u201C/\u201C/./PUNCT/5/punct Your/you/PRP$/PRON/4/poss "
         "country/country/NN/NOUN/5/nsubj slept/sleep/VBD/VERB/5/ROOT ,/,/./PUNCT/5/punct "
         "\u201D/\u201D/./PUNCT/5/punct Brandt/Brandt/NNP/PROPN/9/nsubj "
         "told/tell/VBD/VERB/9/ROOT Ida/Ida/NNP/PROPN/9/dobj",
         "BOR", true},
        {"Boria/Boria/NNP/PROPN/1/nsubj wept/weep/VBD/VERB/1/ROOT | "
         "\u201C/\u201C/./PUNCT/5/punct Your/you/PRP$/PRON/4/poss "
         "countries/country/NNS/NOUN/5/nsubj slept/sleep/VBD/VERB/5/ROOT ,/,/./PUNCT/5/punct "
         "\u201D/\u201D/./PUNCT/5/punct Brandt/Brandt/NNP/PROPN/9/nsubj "
         "told/tell/VBD/VERB/9/ROOT Ida/Ida/NNP/PROPN/9/dobj",
         "BOR", false},
        {"Boria/Boria/NNP/PROPN/1/nsubj wept/weep/VBD/VERB/1/ROOT | "
         "\u201C/\u201C/./PUNCT/5/punct Your/you/PRP$/PRON/4/poss farm/farm/NN/NOUN/5/nsubj "
         "slept/sleep/VBD/VERB/5/ROOT ,/,/./PUNCT/5/punct \u201D/\u201D/./PUNCT/5/punct "
         "Brandt/Brandt/NNP/PROPN/9/nsubj told/tell/VBD/VERB/9/ROOT Ida/Ida/NNP/PROPN/9/dobj",
         "BOR", false},
        /* the dispatch does not name it */
        {"Boria/Boria/NNP/PROPN/1/nsubj wept/weep/VBD/VERB/1/ROOT | "
         "\u201C/\u201C/./PUNCT/5/punct Your/you/PRP$/PRON/4/poss "
         "country/country/NN/NOUN/5/nsubj slept/sleep/VBD/VERB/5/ROOT ,/,/./PUNCT/5/punct "
         "\u201D/\u201D/./PUNCT/5/punct Brandt/Brandt/NNP/PROPN/9/nsubj "
         "told/tell/VBD/VERB/9/ROOT Ida/Ida/NNP/PROPN/9/dobj",
         "KEN", false},
        {"Boria/Boria/NNP/PROPN/1/nsubj wept/weep/VBD/VERB/1/ROOT | "
         "\u201C/\u201C/./PUNCT/5/punct Your/you/PRP$/PRON/4/poss "
         "country/country/NN/NOUN/5/nsubj slept/sleep/VBD/VERB/5/ROOT ,/,/./PUNCT/5/punct "
         "\u201D/\u201D/./PUNCT/5/punct Brandt/Brandt/NNP/PROPN/9/nsubj "
         "told/tell/VBD/VERB/9/ROOT Ida/Ida/NNP/PROPN/9/dobj",
         "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = hand_parsed(cases[i].parse);
        uint32_t boria = hand_entity(document, "Boria", RO_ENTITY_KIND_COUNTRY, "BOR", 0, 1, 0);
        give_actor(document, boria, "BOR", "BOR", "");
        uint32_t brandt = add_person(document, 8, "Brandt"), ida = add_person(document, 10, "Ida");
        give_actor(document, ida, "", cases[i].country, "");
        add_quote(document, brandt, 2, 8)->addressee = ida;
        find(document);
        assert_int_equal(entity_at(document, 3), ida);
        const ro_mention *country = mention_at(document, 4);
        if ((country != NULL) != cases[i].found)
            fail_msg("case %d", (int)i);
        if (country != NULL) {
            assert_int_equal(country->entity, boria);
            assert_int_equal(country->type, RO_MENTION_TYPE_NOMINAL);
            assert_int_equal(country->first, 3);
            assert_int_equal(country->end, 5);
            assert_string_equal(country->rule, "speaker's country");
        }
        ro_document_free(document);
    }
}

static void your_generals_are_of_your_country(void **state)
{
    static const struct {
        ro_actor actor; /* of the generals */
        ro_mention_type type;
        const char *code;
    } cases[] = {
        {{"MIL", "", "MIL", "general"}, RO_MENTION_TYPE_NOMINAL, "BORMIL"},
        {{"KENMIL", "KEN", "MIL", "general"}, RO_MENTION_TYPE_NOMINAL, "KENMIL"},
        {{"", "", "", "aide"}, RO_MENTION_TYPE_NOMINAL, ""},
        {{"MIL", "", "MIL", "general"}, RO_MENTION_TYPE_NAME, "MIL"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = hand_parsed(
            "\u201C/\u201C/./PUNCT/3/punct Your/you/PRP$/PRON/2/poss "
            "generals/general/NNS/NOUN/3/nsubj slept/sleep/VBD/VERB/3/ROOT ,/,/./PUNCT/3/punct "
            "\u201D/\u201D/./PUNCT/3/punct Brandt/Brandt/NNP/PROPN/7/nsubj "
            "told/tell/VBD/VERB/7/ROOT Ida/Ida/NNP/PROPN/7/dobj");
        uint32_t generals = hand_entity(document, "generals", RO_ENTITY_KIND_GROUP, "", 1, 3, 2);
        document->entities.items[generals].actor = cases[i].actor;
        document->mentions.items[0].type = cases[i].type;
        uint32_t brandt = add_person(document, 6, "Brandt"), ida = add_person(document, 8, "Ida");
        give_actor(document, ida, "BORGOV", "BOR", "GOV");
        add_quote(document, brandt, 0, 6)->addressee = ida;
        find(document);
        assert_string_equal(document->entities.items[generals].actor.code, cases[i].code);
        assert_int_equal(entity_at(document, 2), generals);
        ro_document_free(document);
    }
}

/* ---- sources --------------------------------------------------------------------------------- */

static void a_source_that_is_a_pronoun_gets_its_entity(void **state)
{
    (void)state;
    ro_document *document = hand_parsed(
        "\u201C/\u201C/./PUNCT/2/punct I/i/PRP/PRON/2/nsubj think/think/VBD/VERB/2/ROOT "
        "it/it/PRP/PRON/4/nsubj rained/rain/VBD/VERB/2/ccomp and/and/CC/CCONJ/2/cc "
        "my/I/PRP$/PRON/7/poss aide/aide/NN/NOUN/8/nsubj agrees/agree/VBD/VERB/2/conj "
        ",/,/./PUNCT/12/punct \u201D/\u201D/./PUNCT/12/punct "
        "Brandt/Brandt/NNP/PROPN/12/nsubj said/say/VBD/VERB/12/ROOT");
    uint32_t brandt = add_person(document, 11, "Brandt");
    add_quote(document, brandt, 0, 11);
    ro_attribution *thought = add_quote(document, RO_NONE, 3, 5);
    thought->style = RO_STYLE_INDIRECT;
    add_span(document, &thought->source, 1, 2);
    ro_attribution *agreed = add_quote(document, RO_NONE, 3, 5);
    agreed->style = RO_STYLE_INDIRECT;
    add_span(document, &agreed->source, 6, 8);
    add_quote(document, RO_NONE, 3, 5)->style = RO_STYLE_INDIRECT; /* without any source */
    find(document);
    assert_int_equal(document->attributions.items[1].source_entity, brandt);
    assert_int_equal(document->attributions.items[2].source_entity, RO_NONE);
    assert_int_equal(document->attributions.items[3].source_entity, RO_NONE);
    ro_document_free(document);
}

/* ---- failure --------------------------------------------------------------------------------- */

static void memory_may_run_out_at_any_request(void **state)
{
    (void)state;
    size_t at = 1;
    for (;; at++) {
        ro_document *document = hand_parsed(
            "Boria/Boria/NNP/PROPN/1/nsubj wept/weep/VBD/VERB/1/ROOT | "
            "\u201C/\u201C/./PUNCT/5/punct Your/you/PRP$/PRON/4/poss "
            "country/country/NN/NOUN/5/nsubj saw/see/VBD/VERB/5/ROOT your/you/PRP$/PRON/7/poss "
            "generals/general/NNS/NOUN/5/dobj and/and/CC/CCONJ/5/cc we/we/PRP/PRON/10/nsubj "
            "left/leave/VBD/VERB/5/conj ,/,/./PUNCT/14/punct \u201D/\u201D/./PUNCT/14/punct "
            "Brandt/Brandt/NNP/PROPN/14/nsubj told/tell/VBD/VERB/14/ROOT "
            "Ida/Ida/NNP/PROPN/14/dobj | I/i/PRP/PRON/17/nsubj slept/sleep/VBD/VERB/17/ROOT | "
            "You/you/PRP/PRON/19/nsubj ate/eat/VBD/VERB/19/ROOT");
        uint32_t boria = hand_entity(document, "Boria", RO_ENTITY_KIND_COUNTRY, "BOR", 0, 1, 0);
        give_actor(document, boria, "BOR", "BOR", "");
        uint32_t generals = hand_entity(document, "generals", RO_ENTITY_KIND_GROUP, "MIL", 6, 8, 7);
        give_actor(document, generals, "MIL", "", "MIL");
        document->mentions.items[1].type = RO_MENTION_TYPE_NOMINAL;
        uint32_t brandt = add_person(document, 13, "Brandt"), ida = add_person(document, 15, "Ida");
        give_actor(document, ida, "BORGOV", "BOR", "GOV");
        add_quote(document, brandt, 2, 13)->addressee = ida;
        failing_allocator counter = {.fail_at = at};
        const ro_allocator allocator = failing_allocator_of(&counter);
        ro_arena *arena = document->arena;
        document->arena = ro_arena_new(&allocator);
        ro_status status = document->arena == NULL ? RO_STATUS_OUT_OF_MEMORY
                                                   : ro_speakers_find(english, document);
        assert_int_equal(status, counter.failed ? RO_STATUS_OUT_OF_MEMORY : RO_STATUS_OK);
        if (status == RO_STATUS_OK) {
            assert_int_equal(entity_at(document, 4), boria);
            assert_string_equal(document->entities.items[generals].actor.code, "BORMIL");
            assert_int_equal(document->entities.count, 7); /* "we", "I" and "you" of the author */
        }
        ro_arena_free(document->arena);
        assert_int_equal(counter.held, 0);
        document->arena = arena;
        ro_document_free(document);
        if (!counter.failed)
            break;
    }
    assert_true(at > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_source_is_i_and_the_addressee_you),
        cmocka_unit_test(you_without_an_addressee),
        cmocka_unit_test(we_are_whom_the_source_speaks_for),
        cmocka_unit_test(the_inner_quotation_has_its_own_voice),
        cmocka_unit_test(who_is_not_named_speaks_for_himself),
        cmocka_unit_test(one_speaker_has_one_voice),
        cmocka_unit_test(a_quotation_goes_on_over_paragraphs),
        cmocka_unit_test(the_author_speaks_outside_quotations),
        cmocka_unit_test(what_is_no_such_pronoun),
        cmocka_unit_test(your_country_is_the_addressees),
        cmocka_unit_test(your_generals_are_of_your_country),
        cmocka_unit_test(a_source_that_is_a_pronoun_gets_its_entity),
        cmocka_unit_test(memory_may_run_out_at_any_request),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
