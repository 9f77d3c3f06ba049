/* when.h - time expressions and the dates of events. Rules are data: docs/when.md. */
#ifndef RO_WHEN_WHEN_H
#define RO_WHEN_WHEN_H
#include "doc/document.h"

typedef struct ro_when ro_when;

/* Reads words.tsv, rules.tsv and cues.tsv of data_folder/when. A fault fails with BAD_FORMAT,
 * naming file and line; else what opening a file returns, or OUT_OF_MEMORY. Read-only afterwards,
 * shared by threads. */
ro_status ro_when_open(const char *data_folder, const ro_allocator *allocator, ro_when **when,
                       ro_error *error);
void ro_when_close(ro_when *when);

/* Fills document->timexes from tokens and tree. Values are resolved against document->date;
 * without one they stay open: XXXX-WXX-4 for "Thursday", "" for "last week". OUT_OF_MEMORY. */
ro_status ro_when_find(const ro_when *when, ro_document *document, ro_error *error);

/* Gives each of document->events its timex, date, date_end and granularity, duration and count
 * ("their second visit since May 2"), from the timexes of its clause. An event that has none keeps
 * none, but for one that is told as news of the day (docs/when.md). OUT_OF_MEMORY. */
ro_status ro_when_anchor(const ro_when *when, ro_document *document, ro_error *error);
#endif
