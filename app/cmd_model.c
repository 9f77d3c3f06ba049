/* cmd_model.c - readout model: make model files from spaCy packages, and look at them. */
#include "commands.h"
#include "message.h"
#include "output.h"
#include "paths.h"
#include <string.h>

const command cmd_model = {
    .name = "model",
    .usage = "import PACKAGE -o FILE | show FILE",
    .summary = "make a model file from a spaCy package, or describe one",
    .text =
        "import  turns a spaCy v3 pipeline package, a wheel or an unpacked folder, into one\n"
        "        model file; what it does not support is refused by name\n"
        "show    checks a model file and describes it: components, labels, sizes, licence\n"
        "\n"
        "Examples:\n"
        "  readout model import en_core_web_sm-3.8.0-py3-none-any.whl -o en.model\n"
        "  readout model show en.model",
    .options = OPTION_OUTPUT | OPTION_DATA,
};

static int import(const options *given)
{
    char data[PATH_ROOM];
    ro_error error = {.offset = UINT64_MAX};
    if (given->file_count != 2)
        return options_refuse(&cmd_model, "import needs one PACKAGE");
    if (given->output == NULL)
        return options_refuse(&cmd_model, "import needs -o FILE");
    int status = paths_find_data(given, data);
    if (status >= 0)
        return status;
    if (ro_model_import(given->files[1], given->output, data, &error) == RO_STATUS_OK)
        return EXIT_DONE;
    message_print_error(given->files[1], &error);
    return EXIT_FAILED;
}

static int show(const options *given)
{
    ro_error error = {.offset = UINT64_MAX};
    if (given->file_count != 2)
        return options_refuse(&cmd_model, "show needs one FILE");
    if (given->output != NULL)
        return options_refuse(&cmd_model, "show takes no -o");
    options plain = {0};
    output to;
    output_open(&to, &cmd_model, &plain);
    ro_status status = ro_model_show(given->files[1], output_sink(&to), &error);
    if (status == RO_STATUS_OK)
        return EXIT_DONE;
    if (output_close(&to) >= 0)
        return EXIT_FAILED;
    message_print_error(given->files[1], &error);
    return EXIT_FAILED;
}

int cmd_model_run(int argc, char **argv)
{
    options given;
    int status = options_parse(&cmd_model, argc, argv, &given);
    if (status >= 0)
        return status;
    if (given.file_count == 0)
        return options_refuse(&cmd_model, "model needs 'import' or 'show'");
    if (strcmp(given.files[0], "import") == 0)
        return import(&given);
    if (strcmp(given.files[0], "show") == 0)
        return show(&given);
    return options_refuse(&cmd_model, "'%s' is neither 'import' nor 'show'", given.files[0]);
}
