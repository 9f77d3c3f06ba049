/* weighing.h - weights that are data: a table of features, each with a whole number. */
#ifndef RO_LEXICON_WEIGHING_H
#define RO_LEXICON_WEIGHING_H
#include "readout.h"

/* Reads the table data_folder/file, which gives each of count names its weight once, to weights. A
 * fault fails with BAD_FORMAT, naming file and line; else BAD_ARGUMENT for too long a path, or what
 * opening a file returns. */
ro_status ro_weighing_read(const char *data_folder, const char *file, const char *const *names,
                           size_t count, int32_t *weights, ro_error *error);
#endif
