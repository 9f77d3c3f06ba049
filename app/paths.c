/* paths.c - where the model, the data and the examples are found.
 *
 * The program may be run from anywhere, so what belongs to it is looked for from the folder above
 * its own, /proc/self/exe: in a checkout it is build/readout (or in another build folder beside
 * it), installed PREFIX/bin/readout.
 */
#include "paths.h"
#include "message.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLACES = 2 };
/* From the folder above the program's: in a checkout, installed. */
static const char *const model_places[PLACES] = {"build/models/en.model",
                                                 "share/readout/models/en.model"};
static const char *const data_places[PLACES] = {"data", "share/readout/data"};
static const char *const table_places[PLACES] = {"build/lexicon.table",
                                                 "share/readout/lexicon.table"};
static const char *const gazetteer_places[PLACES] = {"build/gazetteer.table",
                                                     "share/readout/gazetteer.table"};
static const char *const encoder_places[PLACES] = {"build/models/accurate.model",
                                                   "share/readout/models/accurate.model"};
static const char *const example_places[PLACES] = {"examples", "share/readout/examples"};

/* The folder above the program's, "" for the root; false if it cannot be told. */
static bool find_root(char *path)
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_ROOM - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    for (int above = 0; above < 2; above++) {
        char *slash = strrchr(path, '/');
        if (slash != NULL)
            *slash = '\0';
    }
    return true;
}

static bool copy(char *path, const char *from)
{
    return snprintf(path, PATH_ROOM, "%s", from) < PATH_ROOM;
}

static bool find_beside(const char *const *places, char *path)
{
    char root[PATH_ROOM];
    struct stat found;
    if (!find_root(root))
        return false;
    for (int i = 0; i < PLACES; i++) {
        int length = snprintf(path, PATH_ROOM, "%s/%s", root, places[i]);
        if (length > 0 && length < PATH_ROOM && stat(path, &found) == 0)
            return true;
    }
    return false;
}

/* What was named is taken as it is: if it is not there, opening it says so. */
static bool find(const char *option, const char *variable, const char *const *places, char *path)
{
    const char *value = variable != NULL ? getenv(variable) : NULL;
    if (option != NULL)
        return copy(path, option);
    if (value != NULL && value[0] != '\0')
        return copy(path, value);
    return find_beside(places, path);
}

int paths_find_model(const options *given, char *path)
{
    if (find(given->model, "READOUT_MODEL", model_places, path))
        return -1;
    message_print("no model found: run 'make' in the checkout, or name one with --model FILE "
                  "or READOUT_MODEL ('readout model import' makes one)");
    return EXIT_FAILED;
}

int paths_find_data(const options *given, char *path)
{
    if (find(given->data, "READOUT_DATA", data_places, path))
        return -1;
    message_print("no data folder found: name one with --data FOLDER or READOUT_DATA");
    return EXIT_FAILED;
}

int paths_find_gazetteer(const options *given, char *path)
{
    if (find(given->gazetteer, "READOUT_GAZETTEER", gazetteer_places, path))
        return -1;
    message_print("no gazetteer found: run 'make' in the checkout, or name one with --gazetteer "
                  "FILE or READOUT_GAZETTEER");
    return EXIT_FAILED;
}

void paths_find_encoder(const options *given, char *path, ro_engine_options *wanted)
{
    bool found = find(given->encoder, "READOUT_ENCODER", encoder_places, path);
    if (!found)
        message_print("no accurate encoder found, the fast one serves: run 'make' in the checkout, "
                      "or name one with --encoder FILE or READOUT_ENCODER ('--encoder fast' says "
                      "nothing)");
    bool none = found && strcmp(path, "none") == 0;
    wanted->heads = none ? RO_ASKING_NEVER : RO_ASKING_IF_THERE;
    if (found && !none && strcmp(path, "fast") != 0)
        wanted->encoder_path = path;
}

int paths_find_examples(char *path)
{
    if (find(NULL, NULL, example_places, path))
        return -1;
    message_print("no sample dispatches found: name files to read");
    return EXIT_FAILED;
}

bool paths_find_table(char *path)
{
    return find(NULL, NULL, table_places, path);
}
