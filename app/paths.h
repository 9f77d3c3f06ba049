/* paths.h - where the model, the data and the examples are found. */
#ifndef APP_PATHS_H
#define APP_PATHS_H
#include "options.h"

enum { PATH_ROOM = 4096 };

/* The option, the environment (READOUT_MODEL and so on), then beside the
 * program: in a checkout (build/readout) or installed (PREFIX/bin/readout). Where nothing is found,
 * one line on standard error and EXIT_FAILED; else -1. path has PATH_ROOM bytes. */
int paths_find_model(const options *given, char *path);
int paths_find_data(const options *given, char *path);
int paths_find_gazetteer(const options *given, char *path);
/* The encoder and whether its heads are asked, into wanted, which borrows path. Where no accurate
 * one is found the fast one serves, which is said. */
void paths_find_encoder(const options *given, char *path, ro_engine_options *wanted);
int paths_find_examples(char *path);
/* The compiled lexicon, which nothing needs; false if there is none. */
bool paths_find_table(char *path);
#endif
