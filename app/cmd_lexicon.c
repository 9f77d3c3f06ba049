/* cmd_lexicon.c - readout lexicon: check the word lists, look phrases up in them, find what they
 * lack, compile them. None but suggest (suggest.c) needs a model.
 */
#include "commands.h"
#include "message.h"
#include "output.h"
#include "paths.h"
#include "suggest.h"
#include <stdlib.h>
#include <string.h>

const command cmd_lexicon = {
    .name = "lexicon",
    .usage = "check [FILE]... | find PHRASE... | suggest [FILE]... | compile -o FILE",
    .summary = "check the word lists, look phrases up, find what is missing",
    .text =
        "check    lists every fault in the word lists, and in FILEs laid over them, with file,\n"
        "         line and reason; the status is 1 if there are any\n"
        "find     shows what a PHRASE, or the phrases in a longer text, would be coded as, and\n"
        "         from which line; the status is 1 if nothing is known\n"
        "suggest  codes documents and lists the names in them that no line knows\n"
        "compile  writes our lists as one table, which opens faster ('make' does it)\n"
        "\n"
        "Examples:\n"
        "  readout lexicon check\n"
        "  readout lexicon check my_ministers.tsv\n"
        "  readout lexicon find 'the Elysee' --at 2022-03-03",
    .options = OPTION_FROM | OPTION_DATE | OPTION_AT | OPTION_JOBS | OPTION_OUTPUT | OPTION_MODEL |
               OPTION_DATA | OPTION_LEXICON,
};

typedef struct verb {
    const char *name;
    unsigned options; /* of those of the command */
    int (*run)(const options *given);
} verb;

/* What every verb opens the lexicon with; data and table are found at the paths beside it. */
typedef struct lexicon_paths {
    char data[PATH_ROOM], table[PATH_ROOM];
    ro_engine_options wanted;
} lexicon_paths;

static int find_lexicon(const options *given, lexicon_paths *paths)
{
    int status = paths_find_data(given, paths->data);
    paths->wanted = (ro_engine_options){
        .data_folder = paths->data,
        .lexicons = given->lexicons,
        .lexicon_count = given->lexicon_count,
        .lexicon_table = paths_find_table(paths->table) ? paths->table : NULL,
    };
    return status;
}

static int refuse(const ro_error *error)
{
    message_print_error("", error);
    return EXIT_FAILED;
}

/* ---- check ----------------------------------------------------------------------------------- */

static void print_fault(void *context, const ro_error *fault)
{
    unsigned long *count = context;
    message_print_error("", fault);
    ++*count;
}

static int print_counts(const lexicon_paths *paths, const unsigned long *faults)
{
    options plain = {0};
    output to;
    ro_error error = {.offset = UINT64_MAX};
    output_open(&to, &cmd_lexicon, &plain);
    ro_status status = ro_lexicon_check(&paths->wanted, output_sink(&to), &error);
    if (output_close(&to) >= 0)
        return EXIT_FAILED;
    if (status == RO_STATUS_OK)
        return EXIT_DONE;
    if (*faults == 0)
        return refuse(&error);
    message_print("%lu fault%s", *faults, *faults == 1 ? "" : "s");
    return EXIT_PARTLY;
}

/* The files named are laid over ours, and over those of --lexicon. */
static int check(const options *given)
{
    lexicon_paths paths;
    unsigned long faults = 0;
    size_t count = given->lexicon_count + (size_t)given->file_count;
    int status = find_lexicon(given, &paths);
    if (status >= 0)
        return status;
    const char **all = calloc(count + 1, sizeof *all);
    if (all == NULL) {
        message_print("out of memory");
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < count; i++)
        all[i] = i < given->lexicon_count ? given->lexicons[i]
                                          : given->files[i - given->lexicon_count];
    paths.wanted.lexicons = all;
    paths.wanted.lexicon_count = count;
    paths.wanted.report = print_fault;
    paths.wanted.report_context = &faults;
    status = print_counts(&paths, &faults);
    free(all);
    return status;
}

/* ---- find ------------------------------------------------------------------------------------ */

static int find(const options *given)
{
    lexicon_paths paths;
    options plain = {0};
    output to;
    ro_status found_all = RO_STATUS_OK;
    ro_error error = {.offset = UINT64_MAX};
    bool is_known = true;
    if (given->file_count == 0)
        return options_refuse(&cmd_lexicon, "find needs a PHRASE");
    int status = find_lexicon(given, &paths);
    if (status >= 0)
        return status;
    output_open(&to, &cmd_lexicon, &plain);
    for (int i = 0; i < given->file_count && found_all == RO_STATUS_OK; i++) {
        const char *phrase = given->files[i];
        size_t found = 0;
        found_all = ro_lexicon_find(&paths.wanted, (ro_text){phrase, strlen(phrase)}, given->at,
                                    output_sink(&to), &found, &error);
        is_known = is_known && found > 0;
    }
    if (output_close(&to) >= 0)
        return EXIT_FAILED;
    if (found_all != RO_STATUS_OK)
        return refuse(&error);
    return is_known ? EXIT_DONE : EXIT_PARTLY;
}

/* ---- compile --------------------------------------------------------------------------------- */

static int compile(const options *given)
{
    lexicon_paths paths;
    unsigned long faults = 0;
    ro_error error = {.offset = UINT64_MAX};
    if (given->file_count > 0)
        return options_refuse(&cmd_lexicon, "compile takes no FILE");
    if (given->output == NULL)
        return options_refuse(&cmd_lexicon, "compile needs -o FILE");
    int status = find_lexicon(given, &paths);
    if (status >= 0)
        return status;
    paths.wanted.report = print_fault;
    paths.wanted.report_context = &faults;
    if (ro_lexicon_compile(&paths.wanted, given->output, &error) == RO_STATUS_OK)
        return EXIT_DONE;
    return faults > 0 ? EXIT_FAILED : refuse(&error);
}

/* ---- the command ----------------------------------------------------------------------------- */

static const verb verbs[] = {
    {"check", OPTION_DATA | OPTION_LEXICON, check},
    {"find", OPTION_DATA | OPTION_LEXICON | OPTION_AT, find},
    {"suggest",
     OPTION_FROM | OPTION_DATE | OPTION_JOBS | OPTION_OUTPUT | OPTION_MODEL | OPTION_DATA |
         OPTION_LEXICON,
     suggest_run},
    {"compile", OPTION_DATA | OPTION_OUTPUT, compile},
};
enum { VERBS = sizeof verbs / sizeof verbs[0] };

int cmd_lexicon_run(int argc, char **argv)
{
    options given;
    int status = options_parse(&cmd_lexicon, argc, argv, &given);
    if (status >= 0)
        return status;
    if (given.file_count == 0)
        return options_refuse(&cmd_lexicon,
                              "lexicon needs 'check', 'find', 'suggest' or 'compile'");
    const char *word = given.files[0];
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(word, verbs[i].name) != 0)
            continue;
        const char *idle = options_name(given.seen & ~verbs[i].options);
        if (idle != NULL)
            return options_refuse(&cmd_lexicon, "%s takes no --%s", word, idle);
        given.files++;
        given.file_count--;
        return verbs[i].run(&given);
    }
    return options_refuse(&cmd_lexicon, "'%s' is none of 'check', 'find', 'suggest', 'compile'",
                          word);
}
