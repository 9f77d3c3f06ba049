/* config.h - spaCy's config.cfg as JSON. */
#ifndef RO_PARSE_CONFIG_H
#define RO_PARSE_CONFIG_H
#include "readout.h"

#include <jansson.h>

/* Reads a configuration into nested objects: [a.b] with c = 1 gives {"a": {"b": {"c": 1}}}. Values
 * are JSON; what is no JSON stays a string, as do references (${a.b:c}), which nothing here needs.
 * path stands in errors. The caller owns the result. BAD_FORMAT with the line, OUT_OF_MEMORY. */
ro_status ro_config_parse(ro_text text, const char *path, json_t **config, ro_error *error);
/* The value at a path ("components.ner.model"), borrowed; NULL if there is none. */
const json_t *ro_config_get(const json_t *config, const char *path);
/* The same if it is a string, else NULL. */
const char *ro_config_string(const json_t *config, const char *path);
#endif
