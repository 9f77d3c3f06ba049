/* biluo.h - finds names by greedy transitions. */
#ifndef RO_PARSE_BILUO_H
#define RO_PARSE_BILUO_H
#include "parse/blocks.h"
#include "parse/heads.h"

/* A name over tokens [first, end). */
typedef struct ro_found_name {
    uint32_t first, end;
    ro_label label;
} ro_found_name;

/* Finds the names of tree->count tokens at rows row, row + 1, …: none crosses a sentence start
 * (tree->starts) or begins on white space. names has room for tree->count. OK or OUT_OF_MEMORY. */
ro_status ro_biluo_run(ro_blocks *blocks, const ro_transition *scorer, size_t transition,
                       size_t row, const ro_heads *tree, ro_found_name *names, uint32_t *count);
#endif
