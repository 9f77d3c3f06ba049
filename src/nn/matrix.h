/* matrix.h - packing weights for ro_kernels.product. */
#ifndef RO_NN_MATRIX_H
#define RO_NN_MATRIX_H
#include "nn/kernels.h"

/* Packs columns taken from a row-major weight array. Column j of the matrix is, for k < inner,
 * weights[offsets[j] + k]; offsets has count entries. Ownership: data, from the allocator. OK or
 * OUT_OF_MEMORY. */
ro_status ro_matrix_pack(const float *weights, const size_t *offsets, size_t count, size_t inner,
                         const ro_allocator *allocator, ro_matrix *matrix);
/* A weight array of shape [columns][inner] as it is. */
ro_status ro_matrix_pack_rows(const float *weights, size_t columns, size_t inner,
                              const ro_allocator *allocator, ro_matrix *matrix);
/* A maxout's weights of shape [width][pieces][parts][inner]; columns in the order
 * [parts][pieces][width], so that what is added and what is compared lie in separate vectors. */
ro_status ro_matrix_pack_maxout(const float *weights, size_t width, size_t pieces, size_t parts,
                                size_t inner, const ro_allocator *allocator, ro_matrix *matrix);
void ro_matrix_free(ro_matrix *matrix, const ro_allocator *allocator);

/* A vector of shape [width][pieces] in the order [pieces][width]; aligned, from the allocator, of
 * width * pieces floats. NULL when out of memory. */
float *ro_matrix_turn(const float *vector, size_t width, size_t pieces,
                      const ro_allocator *allocator);
#endif
