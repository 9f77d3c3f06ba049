/* ontology.h - CAMEO codes and what they are in PLOVER: data/ontology/ *.tsv. */
#ifndef RO_WHAT_ONTOLOGY_H
#define RO_WHAT_ONTOLOGY_H
#include "readout.h"

/* One line of cameo.tsv. Strings are "" if not given and live as long as the ontology. */
typedef struct ro_code {
    const char *cameo, *name, *event_type, *mode, *contexts;
    double goldstein;
    int quad, pentaclass;
} ro_code;

typedef struct ro_ontology ro_ontology;

/* Reads data_folder/ontology; see ro_what_open. */
ro_status ro_ontology_open(const char *data_folder, const ro_allocator *allocator,
                           ro_ontology **ontology, ro_error *error);
void ro_ontology_close(ro_ontology *ontology);
/* NULL if there is no such code. */
const ro_code *ro_ontology_find(const ro_ontology *ontology, ro_text cameo);
/* Whether an event type has a mode; false for an unknown type. */
bool ro_ontology_has_mode(const ro_ontology *ontology, const char *event_type, ro_text mode);
/* Whether there is such an event type. */
bool ro_ontology_has_type(const ro_ontology *ontology, ro_text event_type);
/* What a cooperative act becomes when it is only announced (or announced not to be): an intention
 * (or a refusal); NULL for other acts. */
const ro_code *ro_ontology_announced(const ro_ontology *ontology, const char *event_type,
                                     bool negated);
#endif
