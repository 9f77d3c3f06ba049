/* suggest.c - readout lexicon suggest: names in dispatches that no line of the lexicon knows.
 *
 * Codes the documents as readout code does; counting and writing are the library's.
 */
#include "suggest.h"
#include "commands.h"
#include "documents.h"

static ro_status add(void *context, const ro_document *document, ro_error *error)
{
    return ro_suggestions_add(context, document, error);
}

static ro_status write_all(void *context, ro_sink sink, ro_error *error)
{
    return ro_suggestions_write(context, sink, error);
}

int suggest_run(const options *given)
{
    ro_suggestions *names = NULL;
    ro_error error = {.offset = UINT64_MAX};
    if (ro_suggestions_new(NULL, &names, &error) != RO_STATUS_OK) {
        message_print_error("", &error);
        return EXIT_FAILED;
    }
    collection into = {add, write_all, names};
    int status = documents_run(&cmd_lexicon, given, ro_worker_code, &into);
    ro_suggestions_free(names);
    return status;
}
