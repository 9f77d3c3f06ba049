/* fuzz_lexicon.c - a lexicon file of any bytes, beside a small one and laid over it twice (so that it
 * replaces and withdraws from itself), is refused with a line, or compiles to a table that is sound,
 * is the same a second time, and in which what facts refer to is found.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "fuzz.h"
#include "lexicon/lexicon.h"
#include "lexicon/make.h"

static void count_fault(void *context, const ro_error *fault)
{
    fuzz_require(fault->line > 0 && fault->message[0] != '\0' && fault->path[0] != '\0');
    ++*(size_t *)context;
}

static void read_all(const void *table, size_t length)
{
    ro_lexicon *lexicon = NULL;
    fuzz_require(ro_lexicon_open_table(table, length, NULL, &lexicon) == RO_STATUS_OK);
    for (size_t i = 0; i < ro_lexicon_fact_count(lexicon); i++) {
        const ro_fact *fact = ro_lexicon_fact_at(lexicon, i);
        fuzz_require(fact->name[0] != '\0' && strchr(fact->source, ':') != NULL);
        fuzz_require(fact->country[0] == '\0' ||
                     ro_lexicon_country(lexicon, fact->country) != NULL);
        fuzz_require(fact->role[0] == '\0' || fact->what == RO_FACT_WHAT_SECTOR ||
                     ro_lexicon_role(lexicon, fact->role) != NULL);
        ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
        if (fact->what != RO_FACT_WHAT_SECTOR &&
            ro_lexicon_read(lexicon, &cursor, ro_text_of(fact->name))) {
            bool weak;
            while (ro_lexicon_fact_next(lexicon, &cursor.forms, ro_text_of(fact->name), &weak))
                continue;
        }
    }
    ro_lexicon_close(lexicon);
}

static void try_texts(const ro_make_texts *texts)
{
    size_t faults = 0, lengths[2] = {0};
    void *tables[2] = {NULL};
    ro_error error = {0};
    const ro_engine_options options = {.report = count_fault, .report_context = &faults};
    ro_status status = ro_make_table(texts, &options, &tables[0], &lengths[0], &error);
    fuzz_require((status == RO_STATUS_OK) == (faults == 0));
    fuzz_require((status == RO_STATUS_OK) == (tables[0] != NULL));
    fuzz_require(status == RO_STATUS_OK || (status == RO_STATUS_BAD_FORMAT && error.line > 0));
    if (status == RO_STATUS_OK) {
        fuzz_require(ro_make_table(texts, &options, &tables[1], &lengths[1], &error) ==
                     RO_STATUS_OK);
        fuzz_require(lengths[0] == lengths[1] && memcmp(tables[0], tables[1], lengths[0]) == 0);
        read_all(tables[0], lengths[0]);
    }
    for (int i = 0; i < 2; i++)
        ro_alloc_free_aligned(ro_alloc_default(), tables[i], lengths[i], 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char base[] = "sector\tGOV\tgovernment\ncountry\tAAA\tAland\nrole\tGOV\tchief"
                               "\t\t\t\t\tone\nperson\tAAAGOV\tAnn Lee | ?Ann\tchief\t2001\t2002\n";
    const ro_text bytes = {(const char *)data, size};
    ro_lexicon_text over[] = {{"over.tsv", "over.tsv", bytes, 2},
                              {"own.tsv", "own.tsv", bytes, 1},
                              {"base.tsv", "base.tsv", RO_TEXT(base), 0}};
    ro_lexicon_text beside[] = {{"base.tsv", "base.tsv", RO_TEXT(base), 0},
                                {"own.tsv", "own.tsv", bytes, 0}};
    const ro_make_texts all[] = {{over, 3, NULL}, {beside, 2, NULL}};
    for (size_t i = 0; i < 2; i++)
        try_texts(&all[i]);
    return 0;
}
