/* cmd_explain.c - readout explain: what was found in every sentence, and why. */
#include "commands.h"
#include "documents.h"

static const output_name outputs[] = {
    {"text", RO_OUTPUT_EXPLAIN}, {"weighed", RO_OUTPUT_WEIGHED}, {NULL, RO_OUTPUT_EXPLAIN}};

const command cmd_explain = {
    .name = "explain",
    .usage = "[FILE]...",
    .summary = "show why documents are coded so: the lines and rules behind it",
    .text = "Codes documents as 'readout code' does and shows, sentence by sentence, what was\n"
            "found, with the ids of the records, and why: the line of the word lists, the frame\n"
            "or the rule that made it.\n"
            "\n"
            "  who    a mention, whom it stands for and the code; the rule that joined them, and\n"
            "         the line of the lexicon that gave the code (without one: no line did)\n"
            "  when   a time expression and its value\n"
            "  where  a place\n"
            "  says   a cue, who says what to whom, the stance\n"
            "  what   an event's words, its code, actors → recipients, status, and in which\n"
            "         attributions it stands\n"
            "\n"
            "--to weighed gives, for the attributions, every option that was weighed and what\n"
        "speaks for it. The trees are shown by 'readout parse'.\n"
            "\n"
            "Examples:\n"
            "  readout explain dispatch.txt | less\n"
            "  echo 'date 2022-03-04 Poland accused Belarus.' | readout explain",
    .options = OPTION_FROM | OPTION_TO | OPTION_DATE | OPTION_JOBS | OPTION_OUTPUT | OPTION_MODEL |
               OPTION_DATA | OPTION_LEXICON | OPTION_GAZETTEER | OPTION_ENCODER,
    .outputs = outputs,
    .outputs_help = "text, or weighed: all that was weighed, as JSON (else: text)",
};

int cmd_explain_run(int argc, char **argv)
{
    options given;
    int status = options_parse(&cmd_explain, argc, argv, &given);
    return status >= 0 ? status : documents_run(&cmd_explain, &given, ro_worker_code, NULL);
}
