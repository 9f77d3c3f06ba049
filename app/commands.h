/* commands.h - one function a command; argv[0] is the command's own name. */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H
#include "options.h"

extern const command cmd_code, cmd_explain, cmd_heads, cmd_parse, cmd_lexicon, cmd_gazetteer,
    cmd_model, cmd_bench;
int cmd_code_run(int argc, char **argv);
int cmd_explain_run(int argc, char **argv);
int cmd_heads_run(int argc, char **argv);
int cmd_parse_run(int argc, char **argv);
int cmd_lexicon_run(int argc, char **argv);
int cmd_gazetteer_run(int argc, char **argv);
int cmd_model_run(int argc, char **argv);
int cmd_bench_run(int argc, char **argv);
#endif
