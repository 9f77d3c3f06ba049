/* test_tokenizer.c - tokenizer.c and retokenize.c with rules of a language made up for it.
 * The real languages' rules are held by the parity sample.
 */
#include "unit.h"

#include "model_file.h"
#include "parse/tokenizer.h"

static const char rules[] =
    "{\"prefix\": \"^[(\\\"]\", \"suffix\": \"[).,\\\"]$|'s$\", \"infix\": \"-\","
    " \"token_match\": \"(?i)^wx-yz$\", \"url_match\": \"^https?://\\\\S+$\","
    " \"faster_heuristics\": true, \"exceptions\": ["
    "  {\"text\": \"can't\", \"tokens\": [{\"orth\": \"ca\"}, {\"orth\": \"n't\", \"norm\": "
    "\"not\"}]},"
    "  {\"text\": \"a.m.\", \"tokens\": [{\"orth\": \"a.m.\"}]},"
    "  {\"text\": \"x-y-z\", \"tokens\": [{\"orth\": \"x-y-z\"}]}]}";

typedef struct rule_fixture {
    ro_weights *weights;
    ro_vocabulary vocabulary;
    ro_tokenizer *tokenizer;
    ro_tokenizer_scratch *scratch;
    ro_forms *forms;
} rule_fixture;

static void open_fixture(rule_fixture *fixture)
{
    ro_weights_writer *writer = ro_weights_writer_new(ro_alloc_default());
    model_file_add_symbols(writer, "number");
    static const char *const norms[][2] = {{"colour", "color"}};
    model_file_add_table(writer, "lookups/lexeme_norm", norms, 1);
    fixture->weights = model_file_open(writer);
    assert_int_equal(ro_vocabulary_open(fixture->weights, &fixture->vocabulary, NULL),
                     RO_STATUS_OK);
    json_t *description = json_loads(rules, 0, NULL);
    assert_non_null(description);
    assert_int_equal(ro_tokenizer_open(description, &fixture->vocabulary, ro_alloc_default(),
                                       &fixture->tokenizer, NULL),
                     RO_STATUS_OK);
    json_decref(description);
    fixture->scratch = ro_tokenizer_scratch_new(fixture->tokenizer);
    fixture->forms = ro_forms_new(&fixture->vocabulary, ro_alloc_default());
}

static void close_fixture(rule_fixture *fixture)
{
    ro_forms_free(fixture->forms);
    ro_tokenizer_scratch_free(fixture->scratch);
    ro_tokenizer_close(fixture->tokenizer);
    ro_weights_close(fixture->weights);
}

/* The tokens joined by '|', a '_' behind each that a space follows. */
static void assert_tokens(rule_fixture *fixture, const char *text, const char *expected)
{
    char found[512] = "";
    const ro_piece *pieces;
    size_t count, length = 0;
    assert_int_equal(ro_tokenizer_run(fixture->tokenizer, fixture->scratch, fixture->forms,
                                      ro_text_of(text), &pieces, &count),
                     RO_STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        ro_text form = ro_forms_at(fixture->forms, pieces[i].form)->text;
        assert_int_equal(pieces[i].end - pieces[i].start, form.length);
        assert_memory_equal(text + pieces[i].start, form.data, form.length);
        length +=
            (size_t)snprintf(found + length, sizeof found - length, "%s%.*s%s", i > 0 ? "|" : "",
                             (int)form.length, form.data, pieces[i].space_after ? "_" : "");
    }
    assert_string_equal(found, expected);
}

static void texts_are_cut_by_the_rules(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {" ", " "},
        {"one two", "one_|two"},
        {"one  two ", "one_| |two_"},
        {"one\n\ntwo", "one|\n\n|two"},
        {"(one).", "(|one|)|."},
        {"(\"(one", "(|\"|(|one"},
        {"((", "(|("},
        {"Ann's, too", "Ann|'s|,_|too"},
        {"left-right-up", "left|-|right|-|up"},
        {"-x", "-x"},
        {"x-", "x|-"},
        {"can't", "ca|n't"},
        {"(can't).", "(|ca|n't|)|."},
        {"9 a.m., then", "9_|a.m.|,_|then"},
        {"WX-yz", "WX-yz"},
        {"see http://a-b.c-d/e", "see_|http://a-b.c-d/e"},
        {"wx-yz.", "wx-yz|."},
    };
    rule_fixture fixture;
    open_fixture(&fixture);
    for (size_t round = 0; round < 2; round++) /* the second from the cache */
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            assert_tokens(&fixture, cases[i][0], cases[i][1]);
    close_fixture(&fixture);
}

static void pieces_that_spell_an_exception_become_it(void **state)
{
    (void)state;
    rule_fixture fixture;
    open_fixture(&fixture);
    assert_tokens(&fixture, "a,x-y-z", "a,x|-|y|-|z"); /* infixes do not cut there: no match */
    assert_tokens(&fixture, "\"x-y-z\" now", "\"|x-y-z|\"_|now");
    assert_tokens(&fixture, "x-y-z-w", "x-y-z|-|w");
    assert_tokens(&fixture, "x - y - z", "x_|-_|y_|-_|z");
    close_fixture(&fixture);
}

static const ro_form *only_form(rule_fixture *fixture, const char *text, size_t at)
{
    const ro_piece *pieces;
    size_t count;
    assert_int_equal(ro_tokenizer_run(fixture->tokenizer, fixture->scratch, fixture->forms,
                                      ro_text_of(text), &pieces, &count),
                     RO_STATUS_OK);
    assert_true(at < count);
    return ro_forms_at(fixture->forms, pieces[at].form);
}

static void forms_have_spacys_attributes(void **state)
{
    (void)state;
    rule_fixture fixture;
    open_fixture(&fixture);
    const ro_attributes *word = &only_form(&fixture, "Österreich", 0)->attributes;
    assert_int_equal(word->lower, model_file_id("österreich"));
    assert_int_equal(word->norm, model_file_id("österreich"));
    assert_int_equal(word->prefix, model_file_id("Ö"));
    assert_int_equal(word->suffix, model_file_id("ich"));
    assert_int_equal(word->shape, model_file_id("Xxxxx"));
    assert_int_equal(only_form(&fixture, "B2ß-X99999", 0)->attributes.shape, model_file_id("Xdx"));
    assert_int_equal(only_form(&fixture, "colour", 0)->attributes.norm, model_file_id("color"));
    assert_int_equal(only_form(&fixture, "can't", 1)->attributes.norm, model_file_id("not"));
    assert_int_equal(only_form(&fixture, "number", 0)->attributes.orth, 1);
    assert_true(only_form(&fixture, "a \n b", 1)->attributes.is_space);
    char longest[128];
    memset(longest, 'a', 100);
    longest[100] = '\0';
    assert_int_equal(only_form(&fixture, longest, 0)->attributes.shape, model_file_id("LONG"));
    close_fixture(&fixture);
}

static void a_long_stretch_takes_time_in_line_with_its_length(void **state)
{
    (void)state;
    enum { LENGTH = 200000 };
    rule_fixture fixture;
    open_fixture(&fixture);
    char *text = malloc(LENGTH + 1);
    assert_non_null(text);
    memset(text, '(', LENGTH);
    text[LENGTH] = '\0';
    const ro_piece *pieces;
    size_t count;
    assert_int_equal(ro_tokenizer_run(fixture.tokenizer, fixture.scratch, fixture.forms,
                                      (ro_text){text, LENGTH}, &pieces, &count),
                     RO_STATUS_OK);
    assert_int_equal(count, LENGTH);
    free(text);
    close_fixture(&fixture);
}

static void damaged_rules_are_refused(void **state)
{
    (void)state;
    static const char *const damages[] = {
        "{}",
        "{\"prefix\": \"(\", \"suffix\": null, \"infix\": null, \"token_match\": null,"
        " \"url_match\": null, \"exceptions\": []}",
        "{\"prefix\": null, \"suffix\": null, \"infix\": null, \"token_match\": null,"
        " \"url_match\": null}",
        "{\"prefix\": null, \"suffix\": null, \"infix\": null, \"token_match\": null,"
        " \"url_match\": null, \"exceptions\": [{\"text\": \"ab\", \"tokens\": [{\"orth\": "
        "\"a\"}]}]}",
        "{\"prefix\": null, \"suffix\": null, \"infix\": null, \"token_match\": null,"
        " \"url_match\": null, \"exceptions\": [{\"text\": \"\", \"tokens\": []}]}",
    };
    rule_fixture fixture;
    open_fixture(&fixture);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        json_t *description = json_loads(damages[i], 0, NULL);
        ro_tokenizer *tokenizer = NULL;
        ro_error error = {0};
        assert_int_not_equal(ro_tokenizer_open(description, &fixture.vocabulary, ro_alloc_default(),
                                               &tokenizer, &error),
                             RO_STATUS_OK);
        assert_null(tokenizer);
        assert_true(error.message[0] != '\0');
        json_decref(description);
    }
    close_fixture(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cut_by_the_rules),
        cmocka_unit_test(pieces_that_spell_an_exception_become_it),
        cmocka_unit_test(forms_have_spacys_attributes),
        cmocka_unit_test(a_long_stretch_takes_time_in_line_with_its_length),
        cmocka_unit_test(damaged_rules_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
