/* description.h - what a model file says of itself: the tensor model.json. */
#ifndef RO_PARSE_DESCRIPTION_H
#define RO_PARSE_DESCRIPTION_H
#include "nn/weights.h"

#include <jansson.h>

/* Reads the description, which the caller owns. CORRUPT, BAD_VERSION; OUT_OF_MEMORY. */
ro_status ro_description_read(const ro_weights *weights, json_t **description, ro_error *error);
#endif
