/* inputs.h - the documents of several files, in order, as one stream. */
#ifndef APP_INPUTS_H
#define APP_INPUTS_H
#include "message.h"
#include "options.h"

typedef struct inputs {
    char **files;            /* NULL: standard input                          */
    int file_count, at;      /* at: the file being read                       */
    ro_reader *reader;       /* NULL between two files                        */
    ro_reader_options options;
    int opened;              /* files that could be opened                    */
    uint64_t failed;         /* files and documents refused                   */
} inputs;

/* No files: standard input, or EXIT_USAGE after showing the help if that is a terminal. Returns -1
 * to go on. */
int inputs_start(inputs *from, const command *of, const options *given);
void inputs_end(inputs *from);
/* The next document, which the caller frees, and the file that it is from; false if there is none
 * left. What is refused is told in messages and counted. */
bool inputs_next(inputs *from, ro_document **document, const char **path, buffer *messages);
#endif
