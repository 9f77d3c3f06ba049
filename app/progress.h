/* progress.h - a line on the terminal while long work goes on. */
#ifndef APP_PROGRESS_H
#define APP_PROGRESS_H
#include "inputs.h"
#include <time.h>

typedef struct progress {
    bool wanted;          /* standard error is a terminal, and the output is not  */
    bool shown;
    uint64_t total;       /* bytes of all files, 0 if not known                   */
    uint64_t documents, bytes, tokens;
    struct timespec start, last;
} progress;

/* Only where standard error is a terminal and the output is none. */
void progress_start(progress *of, const inputs *from, int output_descriptor);
/* Counts work done; shows the line if the work is long and the last one is old. */
void progress_add(progress *of, uint64_t documents, uint64_t bytes, uint64_t tokens);
/* Wipes the line, before a message and at the end. */
void progress_clear(progress *of);
/* Seconds from start to now. */
double progress_seconds(const struct timespec *start);
#endif
