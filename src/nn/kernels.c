/* kernels.c - chooses the kernels that this CPU runs. The arithmetic is in kernels_plain.c,
 * kernels_avx2.c, kernels_avx512.c and kernels_avx512vnni.c.
 */
#include "nn/kernels.h"
#include "nn/kernels_numbers.h"

#include <string.h>

#ifdef RO_HAVE_X86_KERNELS
static bool cpu_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static bool cpu_has_avx512(void)
{
    return cpu_has_avx2() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl");
}

static bool cpu_has_avx512vnni(void)
{
    return cpu_has_avx512() && __builtin_cpu_supports("avx512vnni");
}
#endif

const ro_kernels *ro_kernels_find(const char *name)
{
#ifdef RO_HAVE_X86_KERNELS
    if ((name == NULL || strcmp(name, "avx512vnni") == 0) && cpu_has_avx512vnni())
        return &ro_kernels_avx512vnni;
    if ((name == NULL || strcmp(name, "avx512") == 0) && cpu_has_avx512())
        return &ro_kernels_avx512;
    if ((name == NULL || strcmp(name, "avx2") == 0) && cpu_has_avx2())
        return &ro_kernels_avx2;
#endif
    if (name == NULL || strcmp(name, "plain") == 0)
        return &ro_kernels_plain;
    return NULL;
}

void ro_kernels_maxout_norm(const ro_kernels *kernels, const float *x, size_t x_stride, size_t rows,
                            const float *bias, const ro_norm *norm, const float *residual,
                            size_t width, size_t pieces, float *out)
{
    for (size_t i = 0; i < rows; i++) {
        kernels->maxout(x + i * x_stride, bias, width, pieces, out + i * width);
        kernels->normalize(out + i * width, NULL, norm,
                           residual != NULL ? residual + i * width : NULL, width);
    }
}

ro_coding ro_kernels_coding(float under, float over, float *inverse)
{
    float range = over + under;
    bool any = range > RO_CODE_TINY; /* no, where a NaN is among the values */
    *inverse = any ? RO_CODE_MOST / range : 0.0F;
    float zero = under * *inverse;
    zero = zero > 0.0F ? zero : 0.0F; /* infinities make a NaN of it */
    zero = zero < RO_CODE_MOST ? zero : RO_CODE_MOST;
    return (ro_coding){.scale = any ? range / RO_CODE_MOST : 0.0F,
                       .zero = (int32_t)((zero + RO_ROUNDER) - RO_ROUNDER)};
}

size_t ro_kernels_argmax(const float *values, size_t count)
{
    size_t best = 0;
    while (best + 1 < count && values[best] != values[best]) /* NaN */
        best++;
    for (size_t i = best + 1; i < count; i++)
        if (values[i] > values[best])
            best = i;
    return values[best] == values[best] ? best : 0;
}
