/* main.c - the program: finds the command, and tells which there are. */
#include "commands.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct entry {
    const command *of;
    int (*run)(int argc, char **argv);
} entry;

static const entry commands[] = {
    {&cmd_code, cmd_code_run},       {&cmd_explain, cmd_explain_run},
    {&cmd_parse, cmd_parse_run},     {&cmd_heads, cmd_heads_run},
    {&cmd_lexicon, cmd_lexicon_run}, {&cmd_gazetteer, cmd_gazetteer_run},
    {&cmd_model, cmd_model_run},     {&cmd_bench, cmd_bench_run},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const command program = {.name = ""};

static int print_help(void)
{
    puts("Usage: readout COMMAND [OPTION]... [FILE]...\n\n"
         "Reads dated dispatches and answers, for every event in them: who did what to whom,\n"
         "when, where, and who says so.\n\nCommands:");
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-10s %s\n", commands[i].of->name, commands[i].of->summary);
    puts("\n'readout COMMAND --help' tells more; 'readout --version' the version.\n\n"
         "Example:\n"
         "  readout code dispatch.txt");
    return EXIT_DONE;
}

static int run(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;
    if (word == NULL)
        return options_refuse(&program, "a command is needed");
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return print_help();
    if (strcmp(word, "--version") == 0) {
        puts("readout " RO_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(word, commands[i].of->name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    return options_refuse(&program, "unknown %s '%s'", word[0] == '-' ? "option" : "command", word);
}

int main(int argc, char **argv)
{
    int status = run(argc, argv);
    if (fflush(stdout) == 0)
        return status;
    fprintf(stderr, "readout: standard output: %s\n", strerror(errno));
    return EXIT_FAILED;
}
