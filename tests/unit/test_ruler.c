/* test_ruler.c - ruler.c, ruler_open.c and lemma.c over tokens set by hand. */
#include "unit.h"

#include "doc/token.h"
#include "model_file.h"
#include "parse/lemma.h"
#include "parse/ruler.h"

enum { MOST = 8 };

typedef struct rule_fixture {
    ro_weights *weights;
    ro_vocabulary vocabulary;
    ro_labels *labels;
    ro_forms *forms;
    uint32_t numbers[MOST];
    ro_label tags[MOST], morphs[MOST], deprels[MOST];
    uint8_t upos[MOST];
    const char *lemmas[MOST];
    ro_work work;
} rule_fixture;

static void open_fixture(rule_fixture *fixture)
{
    memset(fixture, 0, sizeof *fixture);
    ro_weights_writer *writer = ro_weights_writer_new(ro_alloc_default());
    model_file_add_symbols(writer, "number");
    static const char *const exceptions[][2] = {{"went", "go"}, {"axes", "ax"}};
    static const char *const index[][2] = {{"walk", ""}, {"box", ""}, {"bake", ""}, {"axe", ""}};
    static const char *const lookup[][2] = {{"grande", "grand"}};
    model_file_add_table(writer, "lemmatizer/exc/verb", exceptions, 1);
    model_file_add_table(writer, "lemmatizer/exc/noun", exceptions + 1, 1);
    model_file_add_table(writer, "lemmatizer/index/verb", index, 3);
    model_file_add_table(writer, "lemmatizer/index/noun", index + 3, 1);
    model_file_add_table(writer, "lemmatizer/lookup", lookup, 1);
    fixture->weights = model_file_open(writer);
    assert_int_equal(ro_vocabulary_open(fixture->weights, &fixture->vocabulary, NULL),
                     RO_STATUS_OK);
    fixture->labels = ro_labels_new(ro_alloc_default());
    fixture->forms = ro_forms_new(&fixture->vocabulary, ro_alloc_default());
    fixture->work = (ro_work){.forms = fixture->numbers,
                              .table = fixture->forms,
                              .tags = fixture->tags,
                              .morphs = fixture->morphs,
                              .upos = fixture->upos,
                              .lemmas = fixture->lemmas};
    fixture->work.tree.labels = fixture->deprels;
}

static void close_fixture(rule_fixture *fixture)
{
    ro_forms_free(fixture->forms);
    ro_labels_free(fixture->labels);
    ro_weights_close(fixture->weights);
}

static void add_token(rule_fixture *fixture, const char *form, const char *tag, const char *deprel,
                      ro_upos upos, const char *morph)
{
    uint32_t at = fixture->work.count++;
    fixture->work.tree.count = fixture->work.count;
    assert_true(at < MOST);
    assert_int_equal(
        ro_forms_add(fixture->forms, ro_text_of(form), RO_TEXT(""), &fixture->numbers[at]),
        RO_STATUS_OK);
    ro_labels_add(fixture->labels, ro_text_of(tag), &fixture->tags[at]);
    ro_labels_add(fixture->labels, ro_text_of(deprel), &fixture->deprels[at]);
    ro_labels_add(fixture->labels, ro_text_of(morph), &fixture->morphs[at]);
    fixture->upos[at] = (uint8_t)upos;
    fixture->lemmas[at] = NULL;
}

static ro_status run_rules(rule_fixture *fixture, const char *patterns, ro_error *error)
{
    json_t *component = json_loads(patterns, 0, NULL);
    assert_non_null(component);
    ro_ruler *ruler = NULL;
    ro_status status = ro_ruler_open(component, &fixture->vocabulary, fixture->labels,
                                     ro_alloc_default(), &ruler, error);
    json_decref(component);
    if (status != RO_STATUS_OK)
        return status;
    ro_ruler_scratch *scratch = ro_ruler_scratch_new(ruler);
    status = ro_ruler_run(ruler, scratch, &fixture->work);
    ro_ruler_scratch_free(scratch);
    ro_ruler_close(ruler);
    return status;
}

static const char *tag_of(const rule_fixture *fixture, uint32_t token)
{
    return ro_labels_text(fixture->labels, fixture->tags[token]);
}

static void later_rules_win_and_see_the_tokens_as_they_were(void **state)
{
    (void)state;
    rule_fixture fixture;
    open_fixture(&fixture);
    add_token(&fixture, "Gonna", "A", "aux", RO_UPOS_NONE, "");
    add_token(&fixture, "na", "B", "xcomp", RO_UPOS_NONE, "");
    static const char rules[] =
        "{\"patterns\": ["
        " {\"patterns\": [[{\"TAG\": \"A\"}]], \"attrs\": {\"TAG\": \"B\", \"POS\": \"VERB\"}},"
        " {\"patterns\": [[{\"TAG\": \"B\"}]], \"attrs\": {\"TAG\": \"C\"}},"
        " {\"patterns\": [[{\"LOWER\": \"gonna\"}, {\"LOWER\": {\"REGEX\": \"^na?$\"}}]],"
        "  \"attrs\": {\"TAG\": \"D\", \"LEMMA\": \"to\"}, \"index\": -1},"
        " {\"patterns\": [[{\"DEP\": {\"NOT_IN\": [\"aux\", \"\"]}, \"IS_SPACE\": false}]],"
        "  \"attrs\": {\"MORPH\": \"VerbForm=Inf\"}, \"index\": 0}]}";
    assert_int_equal(run_rules(&fixture, rules, NULL), RO_STATUS_OK);
    assert_string_equal(tag_of(&fixture, 0), "B"); /* was A when B was sought */
    assert_int_equal(fixture.upos[0], RO_UPOS_VERB);
    assert_string_equal(tag_of(&fixture, 1), "D");
    assert_string_equal(fixture.lemmas[1], "to");
    assert_null(fixture.lemmas[0]);
    assert_int_equal(fixture.morphs[0], 0);
    assert_string_equal(ro_labels_text(fixture.labels, fixture.morphs[1]), "VerbForm=Inf");
    close_fixture(&fixture);
}

static void a_rule_of_one_token_behind_one_of_two_wins(void **state)
{
    (void)state;
    rule_fixture fixture;
    open_fixture(&fixture);
    add_token(&fixture, "x", "A", "", RO_UPOS_NONE, "");
    add_token(&fixture, "y", "B", "", RO_UPOS_NONE, "");
    static const char rules[] =
        "{\"patterns\": ["
        " {\"patterns\": [[{\"TAG\": \"A\"}, {\"TAG\": \"B\"}]], \"attrs\": {\"TAG\": \"C\"},"
        "  \"index\": 1},"
        " {\"patterns\": [[{\"TAG\": {\"IN\": [\"B\"]}}]], \"attrs\": {\"TAG\": \"E\"}}]}";
    assert_int_equal(run_rules(&fixture, rules, NULL), RO_STATUS_OK);
    assert_string_equal(tag_of(&fixture, 1), "E");
    close_fixture(&fixture);
}

static void unknown_attributes_and_operators_are_refused_by_name(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"{\"patterns\": [{\"patterns\": [[{\"LIKE_NUM\": true}]], \"attrs\": {}}]}", "LIKE_NUM"},
        {"{\"patterns\": [{\"patterns\": [[{\"TAG\": {\"FUZZY\": \"a\"}}]], \"attrs\": {}}]}",
         "FUZZY"},
        {"{\"patterns\": [{\"patterns\": [[{\"TAG\": \"A\"}]], \"attrs\": {\"SHAPE\": \"x\"}}]}",
         "sets other"},
        {"{\"patterns\": [{\"patterns\": [[{\"TAG\": \"A\"}]], \"attrs\": {}, \"index\": 1}]}",
         "index"},
        {"{\"patterns\": [{\"patterns\": [[{\"POS\": \"NONSENSE\"}]], \"attrs\": {}}]}",
         "NONSENSE"},
        {"{\"patterns\": [{\"patterns\": [[{\"TAG\": 3}]], \"attrs\": {}}]}", "type"},
    };
    rule_fixture fixture;
    open_fixture(&fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ro_error error = {0};
        assert_int_not_equal(run_rules(&fixture, cases[i][0], &error), RO_STATUS_OK);
        assert_non_null(strstr(error.message, cases[i][1]));
    }
    close_fixture(&fixture);
}

/* Each token's expected lemma stands in its tag. */
static void assert_lemmas(rule_fixture *fixture, const char *description)
{
    json_t *component = json_loads(description, 0, NULL);
    ro_lemma *lemma;
    assert_int_equal(ro_lemma_open(component, "lemmatizer", fixture->weights, &fixture->vocabulary,
                                   fixture->labels, ro_alloc_default(), &lemma, NULL),
                     RO_STATUS_OK);
    ro_lemma_scratch *scratch = ro_lemma_scratch_new(lemma);
    assert_int_equal(ro_lemma_run(lemma, scratch, &fixture->work), RO_STATUS_OK);
    for (uint32_t i = 0; i < fixture->work.count; i++)
        assert_string_equal(fixture->lemmas[i], tag_of(fixture, i));
    ro_lemma_scratch_free(scratch);
    ro_lemma_close(lemma);
    json_decref(component);
}

#define RULES                                                                                      \
    "\"rules\": {\"verb\": [[\"s\", \"\"], [\"es\", \"\"], [\"ing\", \"\"], [\"ing\", \"e\"]],"    \
    " \"noun\": [[\"s\", \"\"]]}"

static void lemmas_follow_the_rules(void **state)
{
    (void)state;
    rule_fixture fixture;
    open_fixture(&fixture);
    add_token(&fixture, "Boxes", "box", "", RO_UPOS_VERB, "");
    add_token(&fixture, "baking", "bake", "", RO_UPOS_VERB, "Aspect=Prog|VerbForm=Part");
    add_token(&fixture, "Blooping", "bloop", "", RO_UPOS_VERB, ""); /* not in the index */
    add_token(&fixture, "went", "go", "", RO_UPOS_VERB, "");
    add_token(&fixture, "axes", "ax", "", RO_UPOS_NOUN, ""); /* exceptions come first */
    add_token(&fixture, "Walks", "walks", "", RO_UPOS_VERB, "VerbForm=Inf");
    add_token(&fixture, "Kyiv", "Kyiv", "", RO_UPOS_PROPN, "Number=Sing");
    add_token(&fixture, "Who", "who", "", RO_UPOS_PRON, "");
    assert_lemmas(&fixture, "{\"mode\": \"rule\", \"procedure\": \"rules\", " RULES
                            ", \"base_forms\": [{\"pos\": \"verb\", \"features\":"
                            " {\"VerbForm\": \"Inf\", \"Number\": null}}]}");
    close_fixture(&fixture);
}

static void lemmas_follow_the_index(void **state)
{
    (void)state;
    rule_fixture fixture;
    open_fixture(&fixture);
    add_token(&fixture, "Walk", "walk", "", RO_UPOS_VERB, "");
    add_token(&fixture, "went", "go", "", RO_UPOS_VERB, "");
    add_token(&fixture, "fixes", "fixe", "", RO_UPOS_VERB, "");  /* the first of two unknown */
    add_token(&fixture, "grande", "grand", "", RO_UPOS_ADJ, ""); /* no part of speech treated */
    add_token(&fixture, "Zig", "zig", "", RO_UPOS_NOUN, "");
    assert_lemmas(&fixture, "{\"mode\": \"rule\", \"procedure\": \"index\","
                            " \"pos\": [\"verb\", \"noun\"], " RULES "}");
    close_fixture(&fixture);
}

static void lemmas_are_looked_up(void **state)
{
    (void)state;
    rule_fixture fixture;
    open_fixture(&fixture);
    add_token(&fixture, "grande", "grand", "", RO_UPOS_ADJ, "");
    add_token(&fixture, "Grande", "Grande", "", RO_UPOS_ADJ, "");
    assert_lemmas(&fixture, "{\"mode\": \"lookup\"}");
    close_fixture(&fixture);
}

static void an_unknown_mode_is_refused(void **state)
{
    (void)state;
    rule_fixture fixture;
    open_fixture(&fixture);
    json_t *component = json_loads("{\"mode\": \"pos_lookup\"}", 0, NULL);
    ro_lemma *lemma = NULL;
    ro_error error = {0};
    assert_int_equal(ro_lemma_open(component, "lemmatizer", fixture.weights, &fixture.vocabulary,
                                   fixture.labels, ro_alloc_default(), &lemma, &error),
                     RO_STATUS_UNSUPPORTED);
    assert_non_null(strstr(error.message, "pos_lookup"));
    json_decref(component);
    close_fixture(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(later_rules_win_and_see_the_tokens_as_they_were),
        cmocka_unit_test(a_rule_of_one_token_behind_one_of_two_wins),
        cmocka_unit_test(unknown_attributes_and_operators_are_refused_by_name),
        cmocka_unit_test(lemmas_follow_the_rules),
        cmocka_unit_test(lemmas_follow_the_index),
        cmocka_unit_test(lemmas_are_looked_up),
        cmocka_unit_test(an_unknown_mode_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
