/* cmd_lexicon.c - readout lexicon: check the word lists, look phrases up in them, find what they
 * lack, compile them. None but suggest (suggest.c) needs a model.
 */
#include "commands.h"
#include "message.h"
#include "opening.h"
#include "output.h"
#include "suggest.h"
#include "verbs.h"
#include <stdlib.h>
#include <string.h>

const command cmd_lexicon = {
    .name = "lexicon",
    .usage = "check [FILE]... | find PHRASE... | suggest [FILE]... | compile -o FILE",
    .summary = "check the word lists, look phrases up, find what is missing",
    .text =
        "check    lists every fault in the word lists, and in FILEs laid over them, with file,\n"
        "         line and reason\n"
        "find     shows what a PHRASE, or the phrases in a longer text, would be coded as, and\n"
        "         from which line\n"
        "suggest  codes documents and lists the names in them that no line knows\n"
        "compile  writes our lists as one table, which opens faster ('make' does it)\n"
        "\n"
        "Examples:\n"
        "  readout lexicon check\n"
        "  readout lexicon check my_ministers.tsv\n"
        "  readout lexicon find 'the Elysee' --at 2022-03-03",
    .options = OPTION_FROM | OPTION_DATE | OPTION_AT | OPTION_JOBS | OPTION_OUTPUT | OPTION_MODEL |
               OPTION_DATA | OPTION_LEXICON,
    .partly = "faults, unknown phrases or failed documents",
};

/* ---- check ----------------------------------------------------------------------------------- */

static int print_counts(const opening *data)
{
    options plain = {0};
    output to;
    ro_error error = {.offset = UINT64_MAX};
    output_open(&to, &cmd_lexicon, &plain);
    ro_status status = ro_lexicon_check(&data->wanted, output_sink(&to), &error);
    if (output_close(&to) >= 0)
        return EXIT_FAILED;
    if (status == RO_STATUS_OK)
        return EXIT_DONE;
    int refused = opening_refuse(data, &error);
    return data->faults > 0 ? EXIT_PARTLY : refused;
}

/* The files named are laid over ours, and over those of --lexicon. */
static int check(const options *given)
{
    opening data;
    size_t own = given->lexicon_count, count = own + (size_t)given->file_count;
    for (int i = 0; i < given->file_count; i++)
        if (strcmp(given->files[i], "-") == 0)
            return options_refuse(&cmd_lexicon, "check takes files, not '-'");
    int status = opening_find(given, &data);
    if (status >= 0)
        return status;
    const char **all = calloc(count + 1, sizeof *all);
    if (all == NULL) {
        message_print("out of memory");
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < count; i++)
        all[i] = i < own ? given->lexicons[i] : given->files[i - own];
    data.wanted.lexicons = all;
    data.wanted.lexicon_count = count;
    status = print_counts(&data);
    free(all);
    return status;
}

/* ---- find ------------------------------------------------------------------------------------ */

static int find(const options *given)
{
    opening data;
    options plain = {0};
    output to;
    ro_error error = {.offset = UINT64_MAX};
    size_t count = (size_t)given->file_count, unknown = 0;
    if (count == 0)
        return options_refuse(&cmd_lexicon, "find needs a PHRASE");
    int status = opening_find(given, &data);
    if (status >= 0)
        return status;
    ro_text *phrases = calloc(count, sizeof *phrases);
    if (phrases == NULL) {
        message_print("out of memory");
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < count; i++)
        phrases[i] = (ro_text){given->files[i], strlen(given->files[i])};
    output_open(&to, &cmd_lexicon, &plain);
    ro_status found = ro_lexicon_find(&data.wanted, phrases, count, given->at, output_sink(&to),
                                      &unknown, &error);
    free(phrases);
    if (output_close(&to) >= 0)
        return EXIT_FAILED;
    if (found != RO_STATUS_OK)
        return opening_refuse(&data, &error);
    return unknown == 0 ? EXIT_DONE : EXIT_PARTLY;
}

/* ---- compile --------------------------------------------------------------------------------- */

static int compile(const options *given)
{
    opening data;
    ro_error error = {.offset = UINT64_MAX};
    if (given->file_count > 0)
        return options_refuse(&cmd_lexicon, "compile takes no FILE");
    if (given->output == NULL)
        return options_refuse(&cmd_lexicon, "compile needs -o FILE");
    int status = opening_find(given, &data);
    if (status >= 0)
        return status;
    return ro_lexicon_compile(&data.wanted, given->output, &error) == RO_STATUS_OK
               ? EXIT_DONE
               : opening_refuse(&data, &error);
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

int cmd_lexicon_run(int argc, char **argv)
{
    return verbs_run(&cmd_lexicon, verbs, sizeof verbs / sizeof verbs[0], argc, argv);
}
