/* test_spacy.c - spacy.c: the keys of Doc.to_json, counted from the text that was parsed. */
#include "sample_document.h"

static const ro_write_options spacy = {RO_OUTPUT_SPACY, false, 0};

static void the_object_is_that_of_to_json(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    assert_string_equal(
        sample_written(document, spacy),
        "{\"id\":\"s-1\",\"text\":\"Zoë said Mali \\n\\ncalled Niger. It rained\","
        "\"ents\":[{\"start\":0,\"end\":3,\"label\":\"PERSON\"},"
        "{\"start\":16,\"end\":28,\"label\":\"EVENT\"}],"
        "\"sents\":[{\"start\":0,\"end\":29},{\"start\":30,\"end\":39}],"
        "\"tokens\":["
        "{\"id\":0,\"start\":0,\"end\":3,\"tag\":\"NNP\",\"pos\":\"PROPN\","
        "\"morph\":\"Number=Sing\",\"lemma\":\"Zoë\",\"dep\":\"nsubj\",\"head\":1},"
        "{\"id\":1,\"start\":4,\"end\":8,\"tag\":\"VBD\",\"pos\":\"VERB\","
        "\"morph\":\"Tense=Past\",\"lemma\":\"say\",\"dep\":\"ROOT\",\"head\":1},"
        "{\"id\":2,\"start\":9,\"end\":13,\"tag\":\"NNP\",\"pos\":\"PROPN\",\"morph\":\"\","
        "\"lemma\":\"Mali\",\"dep\":\"nsubj\",\"head\":4},"
        "{\"id\":3,\"start\":14,\"end\":16,\"tag\":\"_SP\",\"pos\":\"SPACE\",\"morph\":\"\","
        "\"lemma\":\"\\n\\n\",\"dep\":\"dep\",\"head\":2},"
        "{\"id\":4,\"start\":16,\"end\":22,\"tag\":\"VBD\",\"pos\":\"VERB\",\"morph\":\"\","
        "\"lemma\":\"call\",\"dep\":\"ccomp\",\"head\":1},"
        "{\"id\":5,\"start\":23,\"end\":28,\"tag\":\"NNP\",\"pos\":\"PROPN\",\"morph\":\"\","
        "\"lemma\":\"Niger\",\"dep\":\"dobj\",\"head\":4},"
        "{\"id\":6,\"start\":28,\"end\":29,\"tag\":\".\",\"pos\":\"PUNCT\",\"morph\":\"\","
        "\"lemma\":\".\",\"dep\":\"punct\",\"head\":1},"
        "{\"id\":7,\"start\":30,\"end\":32,\"tag\":\"PRP\",\"pos\":\"PRON\",\"morph\":\"\","
        "\"lemma\":\"it\",\"dep\":\"nsubj\",\"head\":8},"
        "{\"id\":8,\"start\":33,\"end\":39,\"tag\":\"VBD\",\"pos\":\"VERB\",\"morph\":\"\","
        "\"lemma\":\"rain\",\"dep\":\"ROOT\",\"head\":8}]}\n");
    ro_document_free(document);
}

/* A pipeline without a tagger and a parser: spaCy leaves these keys out, from every token. */
static void layers_that_are_not_there_are_left_out(void **state)
{
    (void)state;
    ro_document *document = sample_new();
    for (uint32_t i = 0; i < document->token_count; i++) {
        document->tokens[i].tag = document->tokens[i].deprel = document->tokens[i].morph = "";
        document->tokens[i].lemma = "";
        document->tokens[i].upos = i == 4 ? RO_UPOS_VERB : RO_UPOS_NONE;
    }
    const char *written = sample_written(document, spacy);
    assert_non_null(strstr(written, "{\"id\":0,\"start\":0,\"end\":3,\"pos\":\"\"},"));
    assert_non_null(strstr(written, "{\"id\":4,\"start\":16,\"end\":22,\"pos\":\"VERB\"},"));
    assert_null(strstr(written, "\"head\""));
    ro_document_free(document);
}

static void an_empty_document_is_an_object(void **state)
{
    (void)state;
    ro_document *document = sample_new_bare("none", "date 2023-05-02");
    assert_string_equal(sample_written(document, spacy),
                        "{\"id\":\"none\",\"text\":\"\",\"ents\":[],\"sents\":[],\"tokens\":[]}\n");
    ro_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_object_is_that_of_to_json),
        cmocka_unit_test(layers_that_are_not_there_are_left_out),
        cmocka_unit_test(an_empty_document_is_an_object),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
