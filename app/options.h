/* options.h - the words that all commands share: options, their help and their errors. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H
#include "readout.h"

/* What the program ends with. */
enum {
    EXIT_DONE = 0,   /* all done                                        */
    EXIT_PARTLY = 1, /* done, but some documents failed                 */
    EXIT_USAGE = 2,  /* wrong use                                       */
    EXIT_FAILED = 3  /* could not run                                   */
};

enum { JOBS_MOST = 256, LEXICONS_MOST = 64 };

/* The options there are; a command names those that it takes, or'ed. */
enum {
    OPTION_FROM = 1 << 0,
    OPTION_TO = 1 << 1,
    OPTION_DATE = 1 << 2,
    OPTION_WITH_TEXT = 1 << 3,
    OPTION_JOBS = 1 << 4,
    OPTION_OUTPUT = 1 << 5,
    OPTION_MODEL = 1 << 6,
    OPTION_DATA = 1 << 7,
    OPTION_KERNELS = 1 << 8,
    OPTION_LEXICON = 1 << 9,
    OPTION_AT = 1 << 10,
    OPTION_GAZETTEER = 1 << 11,
    OPTION_PRECISION = 1 << 12,
    OPTION_ENCODER = 1 << 13,
    OPTION_HEADS = 1 << 14
};

/* A format that a command writes. */
typedef struct output_name {
    const char *name;
    ro_output output;
} output_name;

typedef struct command {
    const char *name;            /* "code", "model import"                                 */
    const char *usage;           /* what follows the name and the options: "[FILE]..."     */
    const char *summary;         /* one line, for the list of commands                     */
    const char *text;            /* what it does, and an example, lines of at most 80      */
    unsigned options;            /* OPTION_*, or'ed                                        */
    const output_name *outputs;  /* what --to takes, ends with a NULL name; the first is the
                                    default                                                */
    const char *outputs_help;    /* the help of --to                                       */
    const char *partly;          /* what the status 1 says, NULL: that some documents failed */
} command;

typedef struct options {
    ro_format from;
    ro_output to;
    bool to_given;
    ro_date date, at;
    bool with_text;
    unsigned jobs;               /* 0: not given */
    ro_precision precision;
    const char *output, *model, *data, *gazetteer, *kernels, *encoder, *heads; /* NULL: not given */
    const char *lexicons[LEXICONS_MOST]; /* in the order given */
    size_t lexicon_count;
    unsigned seen;               /* OPTION_* that were given, or'ed */
    char **files;                /* what stands behind the options, borrowed from argv */
    int file_count;
} options;

/* argv[0] is the command's own name. Returns -1 to go on, else the exit status: after --help, or
 * after one line about wrong use on standard error. */
int options_parse(const command *of, int argc, char **argv, options *result);
void options_print_help(const command *of);
/* The long name of the first option in a set, NULL if it is empty; static. */
const char *options_name(unsigned set);
/* One line on standard error, with a hint at the help; returns EXIT_USAGE. */
int options_refuse(const command *of, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
#endif
