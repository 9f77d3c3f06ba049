/* arc_eager.h - builds a dependency tree by greedy transitions. */
#ifndef RO_PARSE_ARC_EAGER_H
#define RO_PARSE_ARC_EAGER_H
#include "parse/blocks.h"
#include "parse/heads.h"

/* One thread's memory for states. */
typedef struct ro_arc_eager ro_arc_eager;
ro_arc_eager *ro_arc_eager_new(const ro_allocator *allocator); /* NULL when out of memory */
void ro_arc_eager_free(ro_arc_eager *state);

/* Fills heads and labels of tree (count tokens at rows row, row + 1, … of blocks) with transition
 * scorer number `transition`; root is the label of roots. tree->starts says where sentences are
 * known to start (1) or not
 * (-1). Left, right and starts are not set: see heads.h. OK or OUT_OF_MEMORY. */
ro_status ro_arc_eager_run(ro_arc_eager *state, ro_blocks *blocks, const ro_transition *scorer,
                           size_t transition, size_t row, ro_label root, ro_heads *tree);
#endif
