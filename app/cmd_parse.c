/* cmd_parse.c - readout parse: tokens, tags, tree and names. */
#include "commands.h"
#include "documents.h"

static const output_name outputs[] = {
    {"conllu", RO_OUTPUT_CONLLU}, {"spacy", RO_OUTPUT_SPACY}, {NULL, RO_OUTPUT_CONLLU}};

const command cmd_parse = {
    .name = "parse",
    .usage = "[FILE]...",
    .summary = "parse documents: tokens, tags, lemmas, tree and names",
    .text = "Parses documents: tokens, sentences, tags, lemmas, the tree and names. FILE is as\n"
            "for 'readout code'. CoNLL-U counts start_char and end_char in code points of the\n"
            "text as given, and escapes white-space tokens (\\s, \\n, \\t); spacy gives the\n"
            "objects of spaCy's Doc.to_json, one a line, which Doc(vocab).from_json reads.\n"
            "\n"
            "Examples:\n"
            "  readout parse dispatch.txt\n"
            "  readout parse --to spacy --from jsonl archive.jsonl -o archive.docs.jsonl",
    .options = OPTION_FROM | OPTION_TO | OPTION_DATE | OPTION_JOBS | OPTION_OUTPUT | OPTION_MODEL,
    .outputs = outputs,
    .outputs_help = "conllu or spacy (else: conllu)",
};

int cmd_parse_run(int argc, char **argv)
{
    options given;
    int status = options_parse(&cmd_parse, argc, argv, &given);
    return status >= 0 ? status : documents_run(&cmd_parse, &given, ro_worker_parse, NULL);
}
