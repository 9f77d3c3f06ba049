/* kernels_numbers.h - the numbers of the polynomials that every version of the kernels steps
 * through.
 *
 * gelu(x) = max(x, 0) - z p(z)^8, where z = min(|x|, RO_GELU_END) and p is the eighth root of the
 * upper tail of the normal distribution, which is smooth enough for 7 degrees (after Abramowitz and
 * Stegun 7.1.28). The weights of the fit are those of the error of z p^8: 1.1e-7 before rounding,
 * 3.6e-7 with it. At the end z p^8 is 1.0e-7, and stays so behind it.
 *
 * 2^y = 2^n 2^f with n the whole number nearest to y; 2^f is a polynomial of 5 degrees, 2.2e-7 off
 * with its rounding. Both are minimax fits, lowest degree first, for Horner's scheme.
 */
#ifndef RO_NN_KERNELS_NUMBERS_H
#define RO_NN_KERNELS_NUMBERS_H

#define RO_GELU_END 5.5F
#define RO_GELU_0 0.917005181F
#define RO_GELU_1 -0.0914720818F
#define RO_GELU_2 -0.0318664573F
#define RO_GELU_3 -0.000792554056F
#define RO_GELU_4 0.00163039856F
#define RO_GELU_5 -3.99326054e-05F
#define RO_GELU_6 -3.56920282e-05F
#define RO_GELU_7 3.23830614e-06F

#define RO_POWER_LEAST -125.0F /* what is lower counts as 0, so that all is a normal number */
#define RO_POWER_0 1.00000012F
#define RO_POWER_1 0.693146944F
#define RO_POWER_2 0.240221202F
#define RO_POWER_3 0.0555071309F
#define RO_POWER_4 0.00967554096F
#define RO_POWER_5 0.00132764713F

#define RO_CODE_MOST 255.0F    /* the largest code                     */
#define RO_CODE_TINY 1e-30F    /* a row that spans no more than it is 0 */
#define RO_ROUNDER 12582912.0F /* 1.5 * 2^23: (x + it) - it is x rounded, |x| < 2^22 */
#endif
