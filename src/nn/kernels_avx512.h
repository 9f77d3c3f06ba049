/* kernels_avx512.h - what kernels_avx512vnni.c shares with kernels_avx512.c: all but the int8
 * product. The contracts are those of ro_kernels. */
#ifndef RO_NN_KERNELS_AVX512_H
#define RO_NN_KERNELS_AVX512_H
#include "nn/kernels.h"

void ro_kernels_avx512_product(const float *a, size_t a_stride, size_t rows, const ro_matrix *b,
                               float *c, size_t c_stride);
void ro_kernels_avx512_add_rows(const float *const *rows, size_t count, float *out, size_t width);
void ro_kernels_avx512_maxout(const float *x, const float *bias, size_t width, size_t pieces,
                              float *out);
void ro_kernels_avx512_normalize(float *row, const float *before, const ro_norm *norm,
                                 const float *after, size_t width);
void ro_kernels_avx512_gelu(float *x, const float *bias, size_t width);
float ro_kernels_avx512_exponents(float *x, size_t count, float factor);
void ro_kernels_avx512_quantize(const float *row, size_t width, uint8_t *codes,
                                ro_coding *coding);
#endif
