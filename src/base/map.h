/* map.h - a hash table from strings to 32-bit numbers; keys are copied. */
#ifndef RO_BASE_MAP_H
#define RO_BASE_MAP_H
#include "readout.h"

typedef struct ro_map ro_map;

ro_map *ro_map_new(const ro_allocator *allocator); /* NULL when out of memory */
void ro_map_free(ro_map *map);
/* Sets key to value, replacing an older one. OK or OUT_OF_MEMORY. */
ro_status ro_map_set(ro_map *map, ro_text key, uint32_t value);
/* False, leaving *value, if key is absent. Safe for several readers at once. */
bool ro_map_get(const ro_map *map, ro_text key, uint32_t *value);
size_t ro_map_count(const ro_map *map);
#endif
