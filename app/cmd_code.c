/* cmd_code.c - readout code: documents to records. */
#include "commands.h"
#include "documents.h"
#include <unistd.h>

static const output_name outputs[] = {
    {"jsonl", RO_OUTPUT_JSONL}, {"table", RO_OUTPUT_TABLE}, {NULL, RO_OUTPUT_JSONL}};

const command cmd_code = {
    .name = "code",
    .usage = "[FILE]...",
    .summary = "code documents: who did what to whom, when, where, and who says so",
    .text = "Codes documents: for every event who did what to whom, when, where, and who says\n"
            "so. A FILE holds one text, or JSON lines with \"text\" and, if known, \"id\" and\n"
            "\"date\"; '-', or no FILE, is standard input. A text may begin with 'date' and a\n"
            "day: its date of publication, against which \"Tuesday\" is understood.\n"
            "\n"
            "Examples:\n"
            "  readout code dispatch.txt\n"
            "  readout code --from jsonl --to jsonl archive.jsonl -o records.jsonl\n"
            "  echo 'date 2022-03-04 Poland accused Belarus.' | readout code --to table",
    .options = OPTION_FROM | OPTION_TO | OPTION_DATE | OPTION_WITH_TEXT | OPTION_JOBS |
               OPTION_OUTPUT | OPTION_MODEL | OPTION_DATA | OPTION_LEXICON | OPTION_GAZETTEER |
               OPTION_ENCODER,
    .outputs = outputs,
    .outputs_help = "table or jsonl (else: table on a terminal, jsonl elsewhere)",
};

int cmd_code_run(int argc, char **argv)
{
    options given;
    int status = options_parse(&cmd_code, argc, argv, &given);
    if (status >= 0)
        return status;
    if (!given.to_given && given.output == NULL && isatty(STDOUT_FILENO))
        given.to = RO_OUTPUT_TABLE;
    return documents_run(&cmd_code, &given, ro_worker_code, NULL);
}
