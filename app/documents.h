/* documents.h - the part that the commands over documents share: files in, records out. */
#ifndef APP_DOCUMENTS_H
#define APP_DOCUMENTS_H
#include "jobs.h"

/* Opens what is needed, runs a stage over all documents, writes them or, if into is not NULL, what
 * was collected, and tells what failed; the exit status. Needs the data folder where the command
 * has the option --data. */
int documents_run(const command *of, const options *given, job_stage *stage,
                  const collection *into);
/* Opens the engine that the options ask for. Returns -1 to go on, else EXIT_FAILED after what
 * is wrong is told on standard error: of a lexicon all faults. */
int documents_open_engine(const command *of, const options *given, ro_engine **engine);
#endif
