/* dense.h - an affine layer out = in W' + b whose weights are float32 or int8. */
#ifndef RO_NN_DENSE_H
#define RO_NN_DENSE_H
#include "nn/kernels.h"
#include "nn/linear.h"
#include "nn/weights.h"

typedef struct ro_dense {
    bool int8;
    ro_linear floats;      /* if not int8 */
    ro_quantized integers; /* if int8     */
    const float *bias;
} ro_dense;

/* Reads <name>/W [outputs, inputs] and <name>/b [outputs], and <name>/S [outputs] if int8; the file
 * must outlive the layer. outputs and inputs are multiples of RO_LANES, inputs at most
 * RO_QUANTIZED_INNER_MOST. CORRUPT, with the tensor's name (absent, of another shape or type, not
 * finite), or OUT_OF_MEMORY; on failure nothing is left to free. */
ro_status ro_dense_open(const ro_weights *file, const char *name, size_t outputs, size_t inputs,
                        bool int8, const ro_allocator *allocator, ro_dense *dense, ro_error *error);
void ro_dense_close(ro_dense *dense, const ro_allocator *allocator);

/* Scratch memory: codes of rows x inputs bytes and a coding for each row. */
typedef struct ro_dense_codes {
    uint8_t *codes;
    ro_coding *codings;
} ro_dense_codes;

/* in: rows x inputs, out: rows x outputs. gelu: applied to the result. */
void ro_dense_run(const ro_dense *dense, const ro_kernels *kernels, const float *in, size_t rows,
                  bool gelu, const ro_dense_codes *codes, float *out);
#endif
