/* opening.h - what a command opens the data folder with, and what it says of faults in it. */
#ifndef APP_OPENING_H
#define APP_OPENING_H
#include "paths.h"

/* The data folder, the files laid over its lexicon and the compiled table. wanted borrows from the
 * rest: an opening stays where it is. */
typedef struct opening {
    char data[PATH_ROOM], table[PATH_ROOM];
    ro_engine_options wanted;
    unsigned long faults; /* of the lexicon, printed so far */
} opening;

/* Finds them; every fault of the lexicon will be printed. Returns -1 to go on, else EXIT_FAILED
 * after a line on standard error. */
int opening_find(const options *given, opening *of);
/* Prints how many faults there were, or, if none, the error; returns EXIT_FAILED. */
int opening_refuse(const opening *of, const ro_error *error);
#endif
