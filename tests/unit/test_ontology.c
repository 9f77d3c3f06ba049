/* test_ontology.c - ontology.c: the tables of data/ as they are, and tables with faults. */
#include "data_folder.h"

#include "base/text.h"
#include "what/ontology.h"

static void our_tables_hold_what_the_codebooks_say(void **state)
{
    (void)state;
    ro_ontology *ontology = NULL;
    ro_error error = {0};
    if (ro_ontology_open("data", NULL, &ontology, &error) != RO_STATUS_OK)
        fail_msg("%s:%llu: %s", error.path, (unsigned long long)error.line, error.message);
    const ro_code *call = ro_ontology_find(ontology, RO_TEXT("041"));
    assert_non_null(call);
    assert_string_equal(call->name, "Discuss by telephone");
    assert_string_equal(call->event_type, "CONSULT");
    assert_string_equal(call->mode, "phone");
    assert_int_equal(call->quad, 1);
    assert_int_equal(call->pentaclass, 1);
    assert_true(call->goldstein == 1.0);
    const ro_code *comment = ro_ontology_find(ontology, RO_TEXT("012"));
    assert_string_equal(comment->event_type, "STATEMENT");
    assert_true(comment->goldstein == -0.4);
    assert_int_equal(comment->quad, 0);
    assert_string_equal(ro_ontology_find(ontology, RO_TEXT("0231"))->event_type, "REQUEST");
    assert_int_equal(ro_ontology_find(ontology, RO_TEXT("0231"))->pentaclass, 0);
    assert_string_equal(ro_ontology_find(ontology, RO_TEXT("085"))->event_type, "RETREAT");
    assert_null(ro_ontology_find(ontology, RO_TEXT("04")));
    assert_true(ro_ontology_has_mode(ontology, "CONSULT", RO_TEXT("visit")));
    assert_false(ro_ontology_has_mode(ontology, "CONSULT", RO_TEXT("riot")));
    assert_false(ro_ontology_has_mode(ontology, "DREAM", RO_TEXT("visit")));
    assert_true(ro_ontology_has_type(ontology, RO_TEXT("ASSAULT")));
    assert_string_equal(ro_ontology_announced(ontology, "CONSULT", false)->cameo, "036");
    assert_string_equal(ro_ontology_announced(ontology, "CONSULT", true)->cameo, "125");
    assert_null(ro_ontology_announced(ontology, "ASSAULT", false));
    ro_ontology_close(ontology);
}

static void faults_are_refused_by_line(void **state)
{
    (void)state;
    static const char types[] = "CONSULT\t1\tphone\tmeets\n";
    static const char code[] = "041\tCall\tCONSULT\tphone\t\t1\t1\n";
    static const struct {
        const char *types, *codes, *future, *file;
        uint64_t line;
    } faults[] = {
        {"CONSULT\t5\tphone\tmeets\n", code, "", "plover.tsv", 1},
        {"CONSULT\t1\tphone\tmeets\nCONSULT\t1\t\tmeets\n", code, "", "plover.tsv", 2},
        {"CONSULT\n", code, "", "plover.tsv", 1},
        {types, "041\tCall\tTALK\tphone\t\t1\t1\n", "", "cameo.tsv", 1},
        {types, "041\tCall\tCONSULT\tride\t\t1\t1\n", "", "cameo.tsv", 1},
        {types, "041\tCall\tCONSULT\tphone\t\tone\t1\n", "", "cameo.tsv", 1},
        {types, "041\tCall\tCONSULT\tphone\t\t-\t1\n", "", "cameo.tsv", 1},
        {types, "041\tCall\tCONSULT\tphone\t\t1\t9\n", "", "cameo.tsv", 1},
        {types, "041\tCall\tCONSULT\tphone\t\t1\t1\n041\tCall\tCONSULT\t\t\t1\t1\n", "",
         "cameo.tsv", 2},
        {types, "041\tCall\tCONSULT\n", "", "cameo.tsv", 1},
        {types, code, "CONSULT\t041\t999\n", "future.tsv", 1},
        {types, code, "#\nTALK\t041\t041\n", "future.tsv", 2},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        data_folder folder;
        data_folder_make(&folder);
        data_folder_add_folder(&folder, "ontology");
        data_folder_write(&folder, "ontology/plover.tsv", faults[i].types);
        data_folder_write(&folder, "ontology/cameo.tsv", faults[i].codes);
        data_folder_write(&folder, "ontology/future.tsv", faults[i].future);
        ro_ontology *ontology = NULL;
        ro_error error = {0};
        assert_int_equal(ro_ontology_open(folder.path, NULL, &ontology, &error),
                         RO_STATUS_BAD_FORMAT);
        assert_null(ontology);
        assert_int_equal(error.line, faults[i].line);
        assert_non_null(strstr(error.path, faults[i].file));
        data_folder_remove(&folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_tables_hold_what_the_codebooks_say),
        cmocka_unit_test(faults_are_refused_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
