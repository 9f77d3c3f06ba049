/* siting.h - where events happened. Private to src/where. */
#ifndef RO_WHERE_SITING_H
#define RO_WHERE_SITING_H
#include "doc/document.h"

/* Sets the place of every event whose clause says one. OK or OUT_OF_MEMORY. */
ro_status ro_siting_anchor(ro_document *document);
#endif
