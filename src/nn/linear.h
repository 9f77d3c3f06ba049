/* linear.h - an affine layer: out = in W' + b. */
#ifndef RO_NN_LINEAR_H
#define RO_NN_LINEAR_H
#include "nn/kernels.h"
#include "nn/weights.h"

typedef struct ro_linear {
    ro_matrix matrix;
    float *bias;    /* padded columns, aligned             */
    size_t outputs; /* columns in use; matrix.padded is the row width of results */
} ro_linear;

/* weights [outputs, inputs], bias [outputs]; 0 outputs or inputs: any. CORRUPT or OUT_OF_MEMORY; on
 * failure nothing is left to free. */
ro_status ro_linear_open(const ro_weights *file, const char *weights, const char *bias,
                         size_t outputs, size_t inputs, const ro_allocator *allocator,
                         ro_linear *linear, ro_error *error);
void ro_linear_close(ro_linear *linear, const ro_allocator *allocator);
/* in: rows x in_stride, out: rows x matrix.padded (what is beyond outputs is 0). */
void ro_linear_run(const ro_linear *linear, const ro_kernels *kernels, const float *in,
                   size_t in_stride, size_t rows, float *out);
#endif
