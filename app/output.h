/* output.h - standard output or the file of -o, as bytes. */
#ifndef APP_OUTPUT_H
#define APP_OUTPUT_H
#include "options.h"

typedef struct output {
    int descriptor;
    const char *path; /* NULL: standard output                    */
    int failed;       /* errno of the first failure, 0 if there is none */
} output;

/* Opens the file of -o, if there is one, anew. Returns -1 to go on, else the exit status after a
 * line on standard error: a file that is also read is not overwritten. */
int output_open(output *to, const command *of, const options *given);
/* Writes all; false, with failed set, from the first failure on. A reader that went away ends the
 * program, as SIGPIPE does. */
bool output_write(output *to, const char *bytes, size_t count);
/* Closes the file of -o. Returns -1 if all was written, else EXIT_FAILED after a line on standard
 * error. */
int output_close(output *to);
/* A sink over an output, for what is written outside of documents. */
ro_sink output_sink(output *to);
/* Columns of the terminal that standard output is, or of COLUMNS; 0 if neither says. */
int output_width(void);
#endif
