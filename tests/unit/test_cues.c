/* test_cues.c - cues.c: looking words up, and refusing files with faults by their line. */
#include "data_folder.h"

#include "base/text.h"
#include "says/cues.h"

static const char nouns[] = "report\tdocument\town\n";

static ro_status open_text(const char *cues_text, const char *nouns_text, ro_error *error,
                           ro_cues **cues)
{
    data_folder folder;
    data_folder_make(&folder);
    data_folder_add_folder(&folder, "says");
    data_folder_write(&folder, "says/cues.tsv", cues_text);
    data_folder_write(&folder, "says/sources.tsv", nouns_text);
    ro_status status = ro_cues_open(folder.path, NULL, cues, error);
    data_folder_remove(&folder);
    return status;
}

static void lines_of_a_lemma_come_in_order(void **state)
{
    (void)state;
    ro_cues *cues = NULL;
    ro_error error = {0};
    assert_int_equal(open_text("# words\nask\tverb\tclause,about,for\task\town\n"
                               "point out\tverb\tobject\tassert\town\n"
                               "ask\tverb\tinfinitive\turge\town\n",
                               nouns, &error, &cues),
                     RO_STATUS_OK);
    const ro_cue *first = ro_cues_find(cues, "ask", "", RO_CUE_PART_VERB);
    assert_non_null(first);
    assert_int_equal(first->stance, RO_STANCE_ASK);
    assert_int_equal(first->patterns, 1u << RO_CUE_PATTERN_CLAUSE);
    assert_string_equal(first->prepositions, "about|for");
    assert_string_equal(first->line, "cues.tsv:2");
    assert_non_null(first->next);
    assert_int_equal(first->next->stance, RO_STANCE_URGE);
    assert_null(first->next->next);
    assert_non_null(ro_cues_find(cues, "point", "out", RO_CUE_PART_VERB));
    assert_null(ro_cues_find(cues, "point", "", RO_CUE_PART_VERB));
    assert_null(ro_cues_find(cues, "ask", "", RO_CUE_PART_NOUN));
    char longer[200];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_null(ro_cues_find(cues, longer, "", RO_CUE_PART_VERB));
    ro_source_kind kind;
    assert_true(ro_cues_source_kind(cues, "report", &kind));
    assert_int_equal(kind, RO_SOURCE_KIND_DOCUMENT);
    assert_false(ro_cues_source_kind(cues, "chair", &kind));
    ro_cues_close(cues);
}

static void faults_are_refused_by_line(void **state)
{
    (void)state;
    static const struct {
        const char *cues, *nouns, *file;
        uint64_t line;
    } faults[] = {
        {"say\tverb\tclause\tassert\n", nouns, "cues.tsv", 1},
        {"say\tverb\tclause\tassert\town\nsay\tparticle\tclause\tassert\town\n", nouns, "cues.tsv",
         2},
        {"say\tverb\t\tassert\town\n", nouns, "cues.tsv", 1},
        {"say\tverb\tclause\tsing\town\n", nouns, "cues.tsv", 1},
        {"\tverb\tclause\tassert\town\n", nouns, "cues.tsv", 1},
        {"say\tverb\tclause\tassert\town\n", "report\tpaper\town\n", "sources.tsv", 1},
        {"say\tverb\tclause\tassert\town\n", "\n\nreport\n", "sources.tsv", 3},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        ro_cues *cues = NULL;
        ro_error error = {0};
        assert_int_equal(open_text(faults[i].cues, faults[i].nouns, &error, &cues),
                         RO_STATUS_BAD_FORMAT);
        assert_null(cues);
        assert_int_equal(error.line, faults[i].line);
        assert_non_null(strstr(error.path, faults[i].file));
    }
    ro_cues *cues = NULL;
    assert_int_equal(ro_cues_open("/nowhere", NULL, &cues, NULL), RO_STATUS_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_lemma_come_in_order),
        cmocka_unit_test(faults_are_refused_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
