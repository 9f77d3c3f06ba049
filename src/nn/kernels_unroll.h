/* kernels_unroll.h - RO_UNROLL(8) before a loop of constant count, at most 8: so that the sums of a
 * tile are registers. Clang unrolls too late for that unless told in its own words. */
#ifndef RO_NN_KERNELS_UNROLL_H
#define RO_NN_KERNELS_UNROLL_H

#ifdef __clang__
#define RO_UNROLL(most) _Pragma("clang loop unroll(full)")
#else
#define RO_UNROLL_PRAGMA(words) _Pragma(#words)
#define RO_UNROLL(most) RO_UNROLL_PRAGMA(GCC unroll most)
#endif
#endif
