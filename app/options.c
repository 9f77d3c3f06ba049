/* options.c - the options of all commands: one table, from which parsing and help both come.
 *
 * What they mean is left to the commands.
 */
#include "options.h"
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct rule {
    unsigned option;
    char letter; /* also "-o", 0 if there is none */
    const char *name;
    const char *argument; /* NULL: takes none */
    const char *help;     /* NULL: the command's outputs_help */
    const char *values;   /* what it takes, NULL: help says it before " (" */
} rule;

/* In the order of the help. */
static const rule rules[] = {
    {OPTION_FROM, 0, "from", "FORMAT", "text or jsonl (else: jsonl if it begins with '{')", NULL},
    {OPTION_TO, 0, "to", "FORMAT", NULL, NULL},
    {OPTION_DATE, 0, "date", "YYYY-MM-DD", "date of publication; wins over the documents' own",
     "a day as YYYY-MM-DD"},
    {OPTION_WITH_TEXT, 0, "with-text", NULL, "jsonl: repeat the text in the field \"text\"", NULL},
    {OPTION_JOBS, 'j', "jobs", "N", "threads (else: 2 at most; bench: 1)",
     "a number from 1 to 256"},
    {OPTION_OUTPUT, 'o', "output", "FILE", "write to FILE", "a file"},
    {OPTION_MODEL, 0, "model", "FILE", "model (else: READOUT_MODEL, or the one built here)",
     "a file"},
    {OPTION_DATA, 0, "data", "FOLDER", "word lists (else: READOUT_DATA, or our own)", "a folder"},
    {OPTION_LEXICON, 0, "lexicon", "FILE", "lay FILE over our lexicon; may be repeated",
     "a file (64 at most)"},
    {OPTION_GAZETTEER, 0, "gazetteer", "FILE",
     "where places lie (else: READOUT_GAZETTEER, or the one built here)", "a file"},
    {OPTION_ENCODER, 0, "encoder", "FILE",
     "'fast', 'none', or a model with an encoder (else: READOUT_ENCODER, or the one built here)",
     "a file"},
    {OPTION_HEADS, 0, "heads", "FILE", "import: heads and adapters that were trained for it",
     "a file"},
    {OPTION_AT, 0, "at", "YYYY-MM-DD", "find: as on that day", "a day as YYYY-MM-DD"},
    {OPTION_PRECISION, 0, "precision", "NAME",
     "import: float32 or int8 weights (else: int8; of a spaCy package float32)", "float32 or int8"},
    {OPTION_KERNELS, 0, "kernels", "NAME", "plain, avx2, avx512 or avx512vnni (else: the fastest)",
     NULL},
};
enum { RULES = sizeof rules / sizeof rules[0], HELP_COLUMN = 22 };

int options_refuse(const command *of, const char *format, ...)
{
    va_list arguments;
    fputs("readout: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, " (see 'readout %s%s--help')\n", of->name, of->name[0] == '\0' ? "" : " ");
    return EXIT_USAGE;
}

static void print_option(char letter, const char *name, const char *argument, const char *help)
{
    int column = letter == 0 ? printf("  --%s", name) : printf("  -%c, --%s", letter, name);
    if (argument != NULL)
        column += printf(" %s", argument);
    if (column > HELP_COLUMN) {
        putchar('\n');
        column = 0;
    }
    printf("%*s  %s\n", HELP_COLUMN - column, "", help);
}

void options_print_help(const command *of)
{
    printf("Usage: readout %s [OPTION]... %s\n\n%s\n\nOptions:\n", of->name, of->usage, of->text);
    for (size_t i = 0; i < RULES; i++)
        if (of->options & rules[i].option)
            print_option(rules[i].letter, rules[i].name, rules[i].argument,
                         rules[i].help != NULL ? rules[i].help : of->outputs_help);
    print_option('h', "help", NULL, "show this");
    printf("\nExit status: 0 done, 1 %s, 2 wrong use, 3 could not run.\n",
           of->partly != NULL ? of->partly : "done but some documents failed");
}

static bool parse_from(const char *word, ro_format *format)
{
    if (strcmp(word, "text") == 0)
        *format = RO_FORMAT_TEXT;
    else if (strcmp(word, "jsonl") == 0)
        *format = RO_FORMAT_JSONL;
    else
        return false;
    return true;
}

static bool parse_to(const command *of, const char *word, ro_output *output)
{
    for (const output_name *at = of->outputs; at->name != NULL; at++) {
        if (strcmp(word, at->name) == 0) {
            *output = at->output;
            return true;
        }
    }
    return false;
}

static bool parse_jobs(const char *word, unsigned *jobs)
{
    char *end = NULL;
    if (word[0] < '1' || word[0] > '9')
        return false;
    unsigned long number = strtoul(word, &end, 10);
    if (*end != '\0' || number > JOBS_MOST)
        return false;
    *jobs = (unsigned)number;
    return true;
}

/* Whether this machine runs them is the engine's question. */
static bool is_kernels(const char *word)
{
    return strcmp(word, "plain") == 0 || strcmp(word, "avx2") == 0 || strcmp(word, "avx512") == 0 ||
           strcmp(word, "avx512vnni") == 0;
}

static bool parse_precision(const char *word, ro_precision *precision)
{
    if (strcmp(word, "float32") == 0)
        *precision = RO_PRECISION_FLOAT32;
    else if (strcmp(word, "int8") == 0)
        *precision = RO_PRECISION_INT8;
    else
        return false;
    return true;
}

static bool take_lexicon(const char *word, options *result)
{
    /* read more than once: standard input will not do */
    if (word[0] == '\0' || strcmp(word, "-") == 0 || result->lexicon_count == LEXICONS_MOST)
        return false;
    result->lexicons[result->lexicon_count++] = word;
    return true;
}

/* Takes one option; false if its argument is none that it knows. */
static bool take(const command *of, unsigned option, const char *word, options *result)
{
    switch (option) {
    case OPTION_FROM:
        return parse_from(word, &result->from);
    case OPTION_TO:
        result->to_given = true;
        return parse_to(of, word, &result->to);
    case OPTION_DATE:
        return ro_date_parse((ro_text){word, strlen(word)}, &result->date);
    case OPTION_AT:
        return ro_date_parse((ro_text){word, strlen(word)}, &result->at);
    case OPTION_LEXICON:
        return take_lexicon(word, result);
    case OPTION_WITH_TEXT:
        result->with_text = true;
        return true;
    case OPTION_JOBS:
        return parse_jobs(word, &result->jobs);
    case OPTION_PRECISION:
        return parse_precision(word, &result->precision);
    case OPTION_OUTPUT:
        result->output = word;
        break;
    case OPTION_MODEL:
        result->model = word;
        break;
    case OPTION_DATA:
        result->data = word;
        break;
    case OPTION_ENCODER:
        result->encoder = word;
        break;
    case OPTION_HEADS:
        result->heads = word;
        break;
    case OPTION_GAZETTEER:
        result->gazetteer = word;
        break;
    default:
        result->kernels = word;
        return is_kernels(word);
    }
    return word[0] != '\0';
}

/* getopt's list of the options that the command takes; val is the index of the rule, from 1 on. */
static void list_options(const command *of, struct option *list, char *letters)
{
    static const struct option help = {"help", no_argument, NULL, 'h'};
    *letters++ = ':';
    *letters++ = 'h';
    *list++ = help;
    for (int i = 0; i < RULES; i++) {
        if (!(of->options & rules[i].option))
            continue;
        *list++ = (struct option){rules[i].name,
                                  rules[i].argument ? required_argument : no_argument, NULL, i + 1};
        if (rules[i].letter != 0) {
            *letters++ = rules[i].letter;
            *letters++ = ':';
        }
    }
    *list = (struct option){NULL, 0, NULL, 0};
    *letters = '\0';
}

static const rule *rule_of(int found)
{
    for (int i = 0; i < RULES; i++)
        if (found == i + 1 || (rules[i].letter != 0 && found == rules[i].letter))
            return &rules[i];
    return NULL;
}

/* getopt tells what was wrong by ':' (no argument) or '?', and where by optopt and optind. */
static int refuse_word(const command *of, int found, char **argv)
{
    const char *word = argv[optind - 1];
    if (found == ':')
        return options_refuse(of, "option '%s' needs an argument", word);
    if (optopt > RULES && word[1] != '-')
        return options_refuse(of, "unknown option '-%c'", optopt);
    if (optopt > 0 && strchr(word, '=') != NULL)
        return options_refuse(of, "option '%s' takes no argument", word);
    return options_refuse(of, "unknown option '%s'", word);
}

static int refuse_value(const command *of, const rule *option)
{
    const char *values = option->values;
    if (values == NULL)
        values = option->help != NULL ? option->help : of->outputs_help;
    const char *end = strstr(values, " (");
    int length = (int)(end != NULL ? (size_t)(end - values) : strlen(values));
    return options_refuse(of, "--%s takes %.*s, not '%s'", option->name, length, values, optarg);
}

const char *options_name(unsigned set)
{
    for (int i = 0; i < RULES; i++)
        if (rules[i].option & set)
            return rules[i].name;
    return NULL;
}

int options_parse(const command *of, int argc, char **argv, options *result)
{
    struct option list[RULES + 2];
    char letters[2 * RULES + 3];
    *result = (options){0};
    if (of->outputs != NULL)
        result->to = of->outputs[0].output;
    list_options(of, list, letters);
    opterr = 0;
    optind = 1;
    for (;;) {
        int found = getopt_long(argc, argv, letters, list, NULL);
        if (found == -1)
            break;
        if (found == 'h') {
            options_print_help(of);
            return EXIT_DONE;
        }
        const rule *option = rule_of(found);
        if (option == NULL)
            return refuse_word(of, found, argv);
        if (!take(of, option->option, optarg, result))
            return refuse_value(of, option);
        result->seen |= option->option;
    }
    result->files = argv + optind;
    result->file_count = argc - optind;
    return -1;
}
