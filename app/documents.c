/* documents.c - the part that the commands over documents share: files in, records out.
 *
 * Opens the engine and the output, leaves the work to jobs.c, and turns what happened into the
 * exit status.
 */
#include "documents.h"
#include "opening.h"

int documents_open_engine(const command *of, const options *given, ro_engine **engine)
{
    char model[PATH_ROOM], gazetteer[PATH_ROOM], encoder[PATH_ROOM];
    opening data = {.faults = 0};
    ro_error error = {.offset = UINT64_MAX};
    int status = paths_find_model(given, model);
    if (status < 0 && (of->options & OPTION_DATA))
        status = opening_find(given, &data);
    if (status >= 0)
        return status;
    if ((of->options & OPTION_GAZETTEER) && paths_find_gazetteer(given, gazetteer) < 0)
        data.wanted.gazetteer = gazetteer;
    else if (of->options & OPTION_GAZETTEER)
        message_print("places get no coordinates");
    if (of->options & OPTION_ENCODER)
        paths_find_encoder(given, encoder, &data.wanted);
    if (given->to == RO_OUTPUT_ANSWERS)
        data.wanted.heads = RO_ASKING_REQUIRED;
    data.wanted.keeps_weighed = given->to == RO_OUTPUT_WEIGHED;
    data.wanted.model_path = model;
    data.wanted.kernels = given->kernels;
    return ro_engine_open(&data.wanted, engine, &error) == RO_STATUS_OK
               ? -1
               : opening_refuse(&data, &error);
}

static int exit_status(const jobs *all)
{
    if (all->broken || (all->from->opened == 0 && all->from->failed > 0))
        return EXIT_FAILED;
    return all->failed > 0 || all->from->failed > 0 ? EXIT_PARTLY : EXIT_DONE;
}

/* Nothing is written where nothing could be read. */
static int write_collection(const collection *from, output *to, int status)
{
    ro_error error = {.offset = UINT64_MAX};
    if (status == EXIT_FAILED)
        return status;
    ro_status written = from->write(from->context, output_sink(to), &error);
    if (written == RO_STATUS_OK || written == RO_STATUS_IO)
        return status; /* the output tells itself */
    message_print_error("", &error);
    return EXIT_FAILED;
}

int documents_run(const command *of, const options *given, job_stage *stage, const collection *into)
{
    ro_engine *engine = NULL;
    inputs from;
    output to;
    int status = inputs_start(&from, of, given);
    if (status < 0)
        status = documents_open_engine(of, given, &engine);
    if (status < 0)
        status = output_open(&to, of, given);
    if (status < 0) {
        jobs all = {.engine = engine, .stage = stage, .into = into, .from = &from, .to = &to};
        all.write = (ro_write_options){given->to, given->with_text, output_width()};
        all.threads = jobs_threads(given->jobs);
        jobs_run(&all);
        status = exit_status(&all);
        if (into != NULL)
            status = write_collection(into, &to, status);
        if (output_close(&to) >= 0)
            status = EXIT_FAILED;
    }
    inputs_end(&from);
    ro_engine_close(engine);
    return status;
}
