/* test_author.c - author.c: whose words a whole text is, and what its "I", "we" and "you" are. */
#include "unit.h"

#include "english_words.h"
#include "hand_parsed.h"
#include "who/nominal.h"

static void the_opening_names_the_author(void **state)
{
    static const struct {
        const char *parse;
        uint32_t name; /* of who is mentioned */
        ro_entity_kind kind;
        bool anonymous, found, is_interview;
    } cases[] = {
        {"Remarks/remark/NNS/NOUN/0/ROOT by/by/IN/ADP/0/prep Brandt/Brandt/NNP/PROPN/1/pobj", 2,
         RO_ENTITY_KIND_PERSON, false, true, false},
        {"Rain/rain/NN/NOUN/0/ROOT | Brandt/Brandt/NNP/PROPN/3/poss 's/'s/POS/PART/1/case "
         "address/address/NN/NOUN/3/ROOT",
         1, RO_ENTITY_KIND_PERSON, false, true, false},
        {"An/an/DT/DET/1/det interview/interview/NN/NOUN/1/ROOT with/with/IN/ADP/1/prep "
         "Brandt/Brandt/NNP/PROPN/2/pobj",
         3, RO_ENTITY_KIND_PERSON, false, true, true},
        {"I/i/PRP/PRON/1/nsubj interviewed/interview/VBD/VERB/1/ROOT "
         "Brandt/Brandt/NNP/PROPN/1/dobj",
         2, RO_ENTITY_KIND_PERSON, false, true, true},
        {"Brandt/Brandt/NNP/PROPN/0/ROOT ,/,/./PUNCT/0/punct "
         "interviewed/interview/VBN/VERB/0/acl by/by/IN/ADP/2/prep us/us/PRP/PRON/3/pobj",
         0, RO_ENTITY_KIND_PERSON, false, true, true},
        {"Interview/interview/NN/NOUN/0/ROOT :/:/./PUNCT/0/punct "
         "Brandt/Brandt/NNP/PROPN/0/dep",
         2, RO_ENTITY_KIND_PERSON, false, true, true},
        {"Remarks/remark/NNS/NOUN/0/ROOT :/:/./PUNCT/0/punct Brandt/Brandt/NNP/PROPN/0/dep", 2,
         RO_ENTITY_KIND_PERSON, false, false, false},
        {"Brandt/Brandt/NNP/PROPN/1/nsubj gave/give/VBD/VERB/1/ROOT a/a/DT/DET/3/det "
         "speech/speech/NN/NOUN/1/dobj",
         0, RO_ENTITY_KIND_PERSON, false, false, false},
        {"Rain/rain/NN/NOUN/1/nsubj addressed/address/VBN/VERB/1/ROOT by/by/IN/ADP/1/prep "
         "Brandt/Brandt/NNP/PROPN/2/pobj",
         3, RO_ENTITY_KIND_PERSON, false, false, false},
        {"Brandt/Brandt/NNP/PROPN/0/ROOT ,/,/./PUNCT/0/punct a/a/DT/DET/3/det "
         "baker/baker/NN/NOUN/0/appos interviewed/interview/VBN/VERB/3/acl "
         "by/by/IN/ADP/4/prep us/us/PRP/PRON/5/pobj",
         0, RO_ENTITY_KIND_PERSON, false, true, true},
        {"Remarks/remark/NNS/NOUN/0/ROOT by/by/IN/ADP/0/prep the/the/DT/DET/3/det "
         "minister/minister/NN/NOUN/1/pobj ,/,/./PUNCT/3/punct "
         "Brandt/Brandt/NNP/PROPN/3/appos",
         5, RO_ENTITY_KIND_PERSON, false, true, false},
        {"A/a/DT/DET/1/det letter/letter/NN/NOUN/1/ROOT by/by/IN/ADP/1/prep "
         "Brandt/Brandt/NNP/PROPN/2/pobj",
         3, RO_ENTITY_KIND_PERSON, false, false, false},
        {"A/a/DT/DET/1/det speech/speech/NN/NOUN/1/ROOT | Brandt/Brandt/NNP/PROPN/3/nsubj "
         "slept/sleep/VBD/VERB/3/ROOT",
         2, RO_ENTITY_KIND_PERSON, false, false, false},
        {"A/a/DT/DET/1/det speech/speech/NN/NOUN/1/ROOT by/by/IN/ADP/1/prep "
         "Boria/Boria/NNP/PROPN/2/pobj",
         3, RO_ENTITY_KIND_COUNTRY, false, false, false},
        {"A/a/DT/DET/1/det speech/speech/NN/NOUN/1/ROOT by/by/IN/ADP/1/prep "
         "ministers/minister/NNS/NOUN/2/pobj",
         3, RO_ENTITY_KIND_PERSON, true, false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ro_document *document = hand_parsed(cases[i].parse);
        uint32_t name = cases[i].name;
        uint32_t entity = hand_entity(document, "Brandt", cases[i].kind, "", name, name + 1, name);
        document->entities.items[entity].anonymous = cases[i].anonymous;
        bool is_interview = !cases[i].is_interview;
        uint32_t found = ro_author_find(english, document, &is_interview);
        if (found != (cases[i].found ? entity : RO_NONE))
            fail_msg("case %d", (int)i);
        assert_int_equal(is_interview, cases[i].is_interview);
        ro_document_free(document);
    }
}

static uint32_t entity_at(const ro_document *document, uint32_t token)
{
    uint32_t mention = ro_tree_mention_at(document, token);
    assert_int_not_equal(mention, RO_NONE);
    assert_string_equal(document->mentions.items[mention].rule, "author");
    return document->mentions.items[mention].entity;
}

static void the_authors_pronouns(void **state)
{
    static const char *const kinds[] = {"remark", "interview"};
    (void)state;
    for (int is_interview = 0; is_interview < 2; is_interview++) {
        char parse[512];
        snprintf(parse, sizeof parse, "A/a/DT/DET/1/det %s/%s/NN/NOUN/1/ROOT %s",
                 kinds[is_interview], kinds[is_interview],
                 "by/by/IN/ADP/1/prep Brandt/Brandt/NNP/PROPN/2/pobj | "
                 "I/i/PRP/PRON/5/nsubj saw/see/VBD/VERB/5/ROOT you/you/PRP/PRON/5/dobj | "
                 "We/we/PRP/PRON/8/nsubj left/leave/VBD/VERB/8/ROOT");
        ro_document *document = hand_parsed(parse);
        uint32_t brandt = hand_entity(document, "Brandt", RO_ENTITY_KIND_PERSON, "", 3, 4, 3);
        assert_int_equal(ro_speakers_find(english, document), RO_STATUS_OK);
        assert_int_equal(entity_at(document, 4), brandt);
        assert_int_equal(entity_at(document, 6) == brandt, is_interview);
        assert_string_equal(document->entities.items[entity_at(document, 7)].name, "we");
        ro_document_free(document);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_opening_names_the_author),
        cmocka_unit_test(the_authors_pronouns),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
