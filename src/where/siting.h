/* siting.h - where events happened. Private to src/where. */
#ifndef RO_WHERE_SITING_H
#define RO_WHERE_SITING_H
#include "where/sighting.h"

/* Sets the place of every event: one of its clause, else of its sentence, else that of the
 * dateline. OK or OUT_OF_MEMORY. */
ro_status ro_siting_anchor(const ro_atlas *atlas, ro_document *document);
#endif
