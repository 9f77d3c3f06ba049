/* cmd_model.c - readout model: make model files from spaCy packages, and look at them. */
#include "commands.h"
#include "message.h"
#include "output.h"
#include "paths.h"
#include "verbs.h"

const command cmd_model = {
    .name = "model",
    .usage = "import PACKAGE -o FILE | show FILE",
    .summary = "make a model file from a spaCy package, or describe one",
    .text = "import  turns a spaCy v3 pipeline package, a wheel or an unpacked folder, into one\n"
            "        model file; what it does not support is refused by name\n"
            "show    checks a model file and describes it: components, labels, sizes, licence\n"
            "\n"
            "Examples:\n"
            "  readout model import en_core_web_sm-3.8.0-py3-none-any.whl -o en.model\n"
            "  readout model show en.model",
    .options = OPTION_OUTPUT | OPTION_DATA | OPTION_PRECISION | OPTION_HEADS,
};

static int import(const options *given)
{
    char data[PATH_ROOM];
    ro_error error = {.offset = UINT64_MAX};
    if (given->file_count != 1)
        return options_refuse(&cmd_model, "import needs one PACKAGE");
    if (given->output == NULL)
        return options_refuse(&cmd_model, "import needs -o FILE");
    int status = paths_find_data(given, data);
    if (status >= 0)
        return status;
    const ro_import_options how = {.data_folder = data, .precision = given->precision, .heads_path = given->heads};
    if (ro_model_import(given->files[0], given->output, &how, &error) == RO_STATUS_OK)
        return EXIT_DONE;
    message_print_error(given->files[0], &error);
    return EXIT_FAILED;
}

static int show(const options *given)
{
    ro_error error = {.offset = UINT64_MAX};
    if (given->file_count != 1)
        return options_refuse(&cmd_model, "show needs one FILE");
    options plain = {0};
    output to;
    output_open(&to, &cmd_model, &plain);
    ro_status status = ro_model_show(given->files[0], output_sink(&to), &error);
    if (status == RO_STATUS_OK)
        return EXIT_DONE;
    if (output_close(&to) >= 0)
        return EXIT_FAILED;
    message_print_error(given->files[0], &error);
    return EXIT_FAILED;
}

static const verb verbs[] = {
    {"import", OPTION_OUTPUT | OPTION_DATA | OPTION_PRECISION | OPTION_HEADS, import},
    {"show", 0, show},
};

int cmd_model_run(int argc, char **argv)
{
    return verbs_run(&cmd_model, verbs, sizeof verbs / sizeof verbs[0], argc, argv);
}
