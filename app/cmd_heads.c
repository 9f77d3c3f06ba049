/* cmd_heads.c - readout heads: what the learned heads say, before any rule. */
#include "commands.h"
#include "documents.h"

static const output_name outputs[] = {
    {"jsonl", RO_OUTPUT_ANSWERS}, {"vectors", RO_OUTPUT_VECTORS}, {NULL, RO_OUTPUT_ANSWERS}};

const command cmd_heads = {
    .name = "heads",
    .usage = "[FILE]...",
    .summary = "ask the learned heads alone: tags, classes, types of pairs",
    .text = "Shows what the heads of an encoder say of documents, before any rule: the tags\n"
            "of sources, cues and contents, of actors and recipients, and for each sentence\n"
            "the class and the type of its event. A JSON document may have \"marks\", a list\n"
            "of {\"start\", \"end\", \"actor\": [[s, e]], \"recipient\": [[s, e]]}: then these\n"
            "stretches are asked about instead, and those with an actor or a recipient as\n"
            "pairs. vectors gives the vectors of the tokens instead, in base64.\n"
            "\n"
            "Examples:\n"
            "  readout heads dispatch.txt\n"
            "  readout heads --encoder fast --to vectors archive.jsonl",
    .options = OPTION_FROM | OPTION_TO | OPTION_DATE | OPTION_JOBS | OPTION_OUTPUT | OPTION_MODEL |
               OPTION_ENCODER | OPTION_KERNELS,
    .outputs = outputs,
    .outputs_help = "jsonl or vectors (else: jsonl)",
};

int cmd_heads_run(int argc, char **argv)
{
    options given;
    int status = options_parse(&cmd_heads, argc, argv, &given);
    if (status >= 0)
        return status;
    bool vectors = given.to == RO_OUTPUT_VECTORS;
    return documents_run(&cmd_heads, &given, vectors ? ro_worker_encode : ro_worker_answer, NULL);
}
