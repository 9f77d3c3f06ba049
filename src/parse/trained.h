/* trained.h - what tools/train has learned for a package: adapters of its matrices, and heads. */
#ifndef RO_PARSE_TRAINED_H
#define RO_PARSE_TRAINED_H
#include "nn/weights.h"

#include <jansson.h>

typedef struct ro_trained ro_trained;

/* Opens a safetensors file with the string "readout_heads" in its header. What ro_file_map_open and
 * ro_safetensors_open fail with; BAD_FORMAT if it is none of ours or a number in it is not
 * finite. */
ro_status ro_trained_open(const char *path, ro_trained **trained, ro_error *error);
void ro_trained_close(ro_trained *trained);
/* BAD_FORMAT unless it was made for the package with this digest (NULL, of a folder: unknown). */
ro_status ro_trained_check(const ro_trained *trained, const char *sha256, ro_error *error);
/* Adds the low-rank change B A of a matrix [rows, columns] ("<name>.A" [rank, columns], "<name>.B"
 * [rows, rank]), or puts a whole one in its place ("<name>.weight"), if the file has such tensors;
 * the same for a vector (columns 0), which is put in place whole. trained may be NULL. BAD_FORMAT
 * for a tensor of another shape or type, or whose numbers are not finite, or not once added;
 * OUT_OF_MEMORY. */
ro_status ro_trained_adapt(ro_trained *trained, const char *name, uint64_t rows, uint64_t columns,
                           float *weights, ro_error *error);
/* Adds the heads' tensors to a model, and what describes them to its description. BAD_FORMAT, with
 * its name, for a tensor that nothing took (one for a matrix that the package does not have), and
 * for one of a head that is no vector or matrix of finite numbers; OUT_OF_MEMORY. */
ro_status ro_trained_write(ro_trained *trained, ro_weights_writer *writer, json_t *model,
                           ro_error *error);
#endif
