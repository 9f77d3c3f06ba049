/* small_lexicon.h - a data folder with a small lexicon, files to lay over it, and the faults that
 * opening it finds, as lines "leaders.tsv:2: message". */
#ifndef RO_TEST_SMALL_LEXICON_H
#define RO_TEST_SMALL_LEXICON_H
#include "unit.h"

#include "base/text.h"
#include "data_folder.h"
#include "lexicon/lexicon.h"

#define SMALL_LEXICON_OWN 3

typedef struct small_lexicon {
    data_folder folder;
    char own[SMALL_LEXICON_OWN][128];
    const char *lexicons[SMALL_LEXICON_OWN];
    ro_engine_options options;
    char faults[8192];
} small_lexicon;

static const char small_sectors[] = "sector\tGOV\tgovernment\nsector\tMIL\tarmy\n"
                                    "sector\tMED\tmedia\tJRN\nsector\tIGO\tinternational\n";
static const char small_countries[] =
    "country\tAAA\tAland | Republic of Aland\ndemonym\tAAA\tAlandic\ncountry\tBBB\tNew Aland\n"
    "capital\tAAA\tUpper Town\n";
static const char small_leaders[] =
    "person\tAAAGOV\tAnn Example | Example\tpresident\t2001-05-02\t2005-05-02\tshe\n"
    "person\tAAAGOV\tBob Sample\thead of state\t2005-05-03\t\the\n"
    "person\tAAAGOV\tAnn Example\tpremier\t2007\t2009-06\tshe\n"
    "person\tIGOXYZ\tCid Third\tchief\t2001\t\n";
static const char small_organizations[] =
    "organization\tIGOXYZ\tXYZ | League of Xylophones\tbodies\n"
    "organization\t\tXYZ Panel | ?Panel\tbody\t\t\t\tLeague Council\n"
    "organization\t\tLeague Council\t\t\t\t\tXYZ\n";
static const char small_roles[] =
    "role\tGOV\tpresident | head of state\t\t\t\t\tone\nrole\tGOV\tpremier\tprime minister\n"
    "role\tGOV\tprime minister\t\t\t\t\tone\nrole\t\taide\nrole\t\tchief\t\t\t\t\tone\n"
    "body\t\tbody\nsite\t\tcity\n";

static inline void small_lexicon_report(void *context, const ro_error *fault)
{
    small_lexicon *to = context;
    const char *slash = strrchr(fault->path, '/');
    size_t used = strlen(to->faults);
    int added = snprintf(to->faults + used, sizeof to->faults - used, "%s:%llu: %s\n",
                         slash != NULL ? slash + 1 : fault->path,
                         (unsigned long long)fault->line, fault->message);
    assert_true(added > 0 && (size_t)added < sizeof to->faults - used);
    assert_int_equal(fault->status, RO_STATUS_BAD_FORMAT);
}

static inline void small_lexicon_make(small_lexicon *to)
{
    *to = (small_lexicon){0};
    data_folder_make(&to->folder);
    data_folder_add_folder(&to->folder, "lexicon");
    data_folder_write(&to->folder, "lexicon/sectors.tsv", small_sectors);
    data_folder_write(&to->folder, "lexicon/countries.tsv", small_countries);
    data_folder_write(&to->folder, "lexicon/leaders.tsv", small_leaders);
    data_folder_write(&to->folder, "lexicon/organizations.tsv", small_organizations);
    data_folder_write(&to->folder, "lexicon/roles.tsv", small_roles);
    to->options = (ro_engine_options){.data_folder = to->folder.path,
                                      .lexicons = to->lexicons,
                                      .report = small_lexicon_report,
                                      .report_context = to};
}

/* Lays a file over it, above those before. */
static inline void small_lexicon_lay(small_lexicon *to, const char *text)
{
    size_t at = to->options.lexicon_count++;
    char name[16];
    assert_true(at < SMALL_LEXICON_OWN);
    snprintf(name, sizeof name, "own%u.tsv", (unsigned)at + 1);
    data_folder_write(&to->folder, name, text);
    memcpy(to->own[at], to->folder.files[to->folder.count - 1], sizeof to->own[at]);
    to->lexicons[at] = to->own[at];
}

static inline ro_lexicon *small_lexicon_open(small_lexicon *to)
{
    ro_lexicon *lexicon = NULL;
    ro_error error = {0};
    to->faults[0] = '\0';
    if (ro_lexicon_open_with(&to->options, &lexicon, &error) != RO_STATUS_OK)
        fail_msg("%s:%d: %s\n%s", error.path, (int)error.line, error.message, to->faults);
    assert_string_equal(to->faults, "");
    return lexicon;
}

static inline void small_lexicon_remove(small_lexicon *to)
{
    data_folder_remove(&to->folder);
}

/* The facts of a phrase in their order, weak ones with '?', as "?leaders.tsv:1 own1.tsv:2"; "" if
 * there are none. Words are cut at spaces. The text is static. */
static inline const char *small_lexicon_lines(const ro_lexicon *lexicon, const char *phrase)
{
    static char lines[512];
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    const char *end = phrase + strlen(phrase);
    lines[0] = '\0';
    for (const char *word = phrase; word < end;) {
        size_t length = strcspn(word, " ");
        if (!ro_lexicon_read(lexicon, &cursor, (ro_text){word, length}))
            return lines;
        word += length + (word[length] == ' ');
    }
    bool weak = false;
    uint32_t forms = cursor.forms;
    const ro_fact *fact;
    while ((fact = ro_lexicon_fact_next(lexicon, &forms, ro_text_of(phrase), &weak)) != NULL) {
        const char *slash = strrchr(fact->source, '/');
        size_t used = strlen(lines);
        snprintf(lines + used, sizeof lines - used, "%s%s%s", used > 0 ? " " : "", weak ? "?" : "",
                 slash != NULL ? slash + 1 : fact->source);
    }
    return lines;
}

/* The first fact of a phrase, strong or weak; NULL if there is none. */
static inline const ro_fact *small_lexicon_fact(const ro_lexicon *lexicon, const char *phrase)
{
    ro_lexicon_cursor cursor = RO_LEXICON_CURSOR;
    bool weak;
    if (!ro_lexicon_read(lexicon, &cursor, ro_text_of(phrase)))
        return NULL;
    return ro_lexicon_fact_next(lexicon, &cursor.forms, ro_text_of(phrase), &weak);
}
#endif
