/* cmd_gazetteer.c - readout gazetteer: compile the text of a gazetteer, look names up in it, and
 * say what it holds. None needs a model.
 */
#include "commands.h"
#include "message.h"
#include "output.h"
#include "paths.h"
#include "verbs.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const command cmd_gazetteer = {
    .name = "gazetteer",
    .usage = "compile FILE... -o TABLE | find NAME... | info",
    .summary = "compile the names of places, look one up",
    .text =
        "compile  makes one table of text files, of which the first counts most; a faulty line is\n"
        "         named with file and reason, and nothing is written ('make' compiles ours)\n"
        "find     shows the places that a NAME may mean, those with most people first\n"
        "info     says how many places and names there are, and whether all is undamaged\n"
        "\n"
        "Examples:\n"
        "  readout gazetteer find Paris 'New York'\n"
        "  readout gazetteer compile own.tsv build/gazetteer.tsv -o own.table",
    .options = OPTION_OUTPUT | OPTION_GAZETTEER,
    .partly = "a name that no place has",
};

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

static int compile(const options *given)
{
    ro_error error = {.offset = UINT64_MAX};
    if (given->file_count == 0)
        return options_refuse(&cmd_gazetteer, "compile needs a FILE");
    if (given->output == NULL)
        return options_refuse(&cmd_gazetteer, "compile needs -o TABLE");
    for (int i = 0; i < given->file_count; i++)
        if (is_same_file(given->files[i], given->output))
            return options_refuse(&cmd_gazetteer, "-o '%s' would write over what it is made from",
                                  given->output);
    if (ro_gazetteer_compile((const char *const *)given->files, (size_t)given->file_count,
                             given->output, NULL, &error) == RO_STATUS_OK)
        return EXIT_DONE;
    message_print_error("", &error);
    return EXIT_FAILED;
}

/* What writing to the output came to. */
static int finish(output *to, ro_status status, const char *path, const ro_error *error)
{
    if (output_close(to) >= 0)
        return EXIT_FAILED;
    if (status == RO_STATUS_OK)
        return EXIT_DONE;
    message_print_error(path, error);
    return EXIT_FAILED;
}

static int find(const options *given)
{
    char path[PATH_ROOM];
    options plain = {0};
    output to;
    ro_error error = {.offset = UINT64_MAX};
    size_t count = (size_t)given->file_count, unknown = 0;
    if (count == 0)
        return options_refuse(&cmd_gazetteer, "find needs a NAME");
    int status = paths_find_gazetteer(given, path);
    if (status >= 0)
        return status;
    ro_text *names = calloc(count, sizeof *names);
    if (names == NULL) {
        message_print("out of memory");
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < count; i++)
        names[i] = (ro_text){given->files[i], strlen(given->files[i])};
    output_open(&to, &cmd_gazetteer, &plain);
    ro_status found = ro_gazetteer_list(path, names, count, output_sink(&to), &unknown, &error);
    free(names);
    status = finish(&to, found, "", &error);
    return status == EXIT_DONE && unknown > 0 ? EXIT_PARTLY : status;
}

static int info(const options *given)
{
    char path[PATH_ROOM];
    options plain = {0};
    output to;
    ro_error error = {.offset = UINT64_MAX};
    if (given->file_count > 0)
        return options_refuse(&cmd_gazetteer, "info takes no FILE; name one with --gazetteer");
    int status = paths_find_gazetteer(given, path);
    if (status >= 0)
        return status;
    output_open(&to, &cmd_gazetteer, &plain);
    return finish(&to, ro_gazetteer_show(path, output_sink(&to), &error), path, &error);
}

static const verb verbs[] = {
    {"compile", OPTION_OUTPUT, compile},
    {"find", OPTION_GAZETTEER, find},
    {"info", OPTION_GAZETTEER, info},
};

int cmd_gazetteer_run(int argc, char **argv)
{
    return verbs_run(&cmd_gazetteer, verbs, sizeof verbs / sizeof verbs[0], argc, argv);
}
