/* opening.c - what a command opens the data folder with: where it is, what is laid over its
 * lexicon, the compiled table; every fault in the lexicon is printed as it is found.
 */
#include "opening.h"
#include "message.h"

static void print_fault(void *context, const ro_error *fault)
{
    opening *of = context;
    message_print_error("", fault);
    of->faults++;
}

int opening_find(const options *given, opening *of)
{
    of->faults = 0;
    of->wanted = (ro_engine_options){
        .data_folder = of->data,
        .lexicons = given->lexicons,
        .lexicon_count = given->lexicon_count,
        .lexicon_table = paths_find_table(of->table) ? of->table : NULL,
        .report = print_fault,
        .report_context = of,
    };
    return paths_find_data(given, of->data);
}

int opening_refuse(const opening *of, const ro_error *error)
{
    if (of->faults == 0)
        message_print_error("", error);
    else
        message_print("%lu fault%s", of->faults, of->faults == 1 ? "" : "s");
    return EXIT_FAILED;
}
