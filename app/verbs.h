/* verbs.h - commands that are several: 'lexicon check', 'lexicon find'. */
#ifndef APP_VERBS_H
#define APP_VERBS_H
#include "options.h"

typedef struct verb {
    const char *name;
    unsigned options; /* of those of the command */
    int (*run)(const options *given);
} verb;

/* Parses the options of a command and runs the verb that its first argument names, with the files
 * behind it. Returns what that returns, or EXIT_USAGE after saying which verbs there are. */
int verbs_run(const command *of, const verb *verbs, size_t count, int argc, char **argv);
#endif
