/* suggest.h - readout lexicon suggest: names in dispatches that no line of the lexicon knows. */
#ifndef APP_SUGGEST_H
#define APP_SUGGEST_H
#include "options.h"

/* Codes the documents of given->files (the word "suggest" is not among them; none: standard input)
 * and writes what to add to the lexicon. Returns the exit status. */
int suggest_run(const options *given);
#endif
