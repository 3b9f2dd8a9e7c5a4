"""The exponential, the logarithm and the powers of ten, bit for bit as V8 of Node 20 computes them.

V8 follows Sun's fdlibm, and so does this: each function names the file of fdlibm that its coefficients and
the order of its operations come from, and where V8 leaves fdlibm. How Scratch's blocks use them is left to
others.
"""
# Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
# Developed at SunSoft, a Sun Microsystems, Inc. business.
# Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
# is preserved. (fdlibm's notice; the functions below are written anew after its algorithms.)

from __future__ import annotations

import math
from math import frexp, ldexp

from scratchgen.simulator.elementary.words import clear_low_word, from_high_word

__all__ = ["exp", "log", "power_of_ten"]

# The logarithm of 2 in two parts; whole multiples below 2**11 of the first are exact (e_exp.c, e_log.c).
LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10

# exp(r) = 1 + 2 r / (R - r) with R(r²) ≈ 2 + P1 r² + P2 r⁴ + … (e_exp.c; e_pow.c has the same).
P1 = 1.66666666666666019037e-01
P2 = -2.77777777770155933842e-03
P3 = 6.61375632143793436117e-05
P4 = -1.65339022054652515390e-06
P5 = 4.13813679705723846039e-08

# e_exp.c
INVERSE_LN2 = 1.44269504088896338700e00
EXP_OVERFLOWS_ABOVE = 7.09782712893383973096e02
EXP_UNDERFLOWS_BELOW = -7.45133219101941108420e02
EXP_WITHOUT_REDUCTION = from_high_word(0x3FD62E43)  # about ln 2 / 2


def exp(x: float) -> float:
    """Return e to the power of ``x``: fdlibm's e_exp.c, with V8's exception that exp(1) is E.

    Its branch for k = ±1 gives the same as the general case, so that it is left out.

    >>> exp(1.0), exp(-0.0), exp(710.0), exp(-746.0)
    (2.718281828459045, 1.0, inf, 0.0)
    """
    size = abs(x)
    if size < EXP_WITHOUT_REDUCTION:
        if size < 2**-28:
            return 1.0 + x
        square = x * x
        c = x - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))))
        return 1.0 - ((x * c) / (c - 2.0) - x)
    if not EXP_UNDERFLOWS_BELOW <= x <= EXP_OVERFLOWS_ABOVE:
        return _beyond(x)
    if x == 1.0:
        return math.e
    k = int(INVERSE_LN2 * x + 0.5) if x > 0 else int(INVERSE_LN2 * x - 0.5)
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    square = r * r
    c = r - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))))
    y = 1.0 - ((low - (r * c) / (2.0 - c)) - high)
    return ldexp(y, k) if k >= -1021 else _scale_to_subnormal(y, k)


def _beyond(x: float) -> float:
    """Return the power of an exponent that is not a number, or too large, or too small."""
    if x != x:
        return x
    return math.inf if x > 0 else 0.0


def _scale_to_subnormal(y: float, k: int) -> float:
    """Return y × 2**k, rounded once; C's ldexp does not round everywhere."""
    return ldexp(y, k + 1000) * 2.0**-1000


# e_log.c: log((1 + s) / (1 - s)) = 2 s + s R(s²) with R(z) ≈ LG1 z + LG2 z² + …
LG1 = 6.666666666666735130e-01
LG2 = 3.999999999940941908e-01
LG3 = 2.857142874366239149e-01
LG4 = 2.222219843214978396e-01
LG5 = 1.818357216161805012e-01
LG6 = 1.531383769920937332e-01
LG7 = 1.479819860511658591e-01

# Bounds of the fraction 1 ≤ m < 2 of the argument, as e_log.c compares high words.
LOG_HALVED_FROM = from_high_word(0x3FF6A09C)  # about √2
LOG_CAREFUL_FROM = from_high_word(0x3FF6147A)
LOG_CAREFUL_BELOW = from_high_word(0x3FF6B852)


def log(x: float) -> float:
    """Return the natural logarithm: fdlibm's e_log.c.

    Its branches for k = 0 give the same as the general case, so that they are left out.

    >>> log(10.0), log(0.0), log(-1.0), log(1.0)
    (2.302585092994046, -inf, nan, 0.0)
    """
    if not 0.0 < x < math.inf:
        return -math.inf if x == 0 else x if x > 0 else math.nan
    half, exponent = frexp(x)
    fraction = 2.0 * half
    if fraction < LOG_HALVED_FROM:
        k = exponent - 1
        f = fraction - 1.0
    else:
        k = exponent
        f = half - 1.0
    if -(2**-20) <= f < 2**-20:
        rest = f * f * (0.5 - 0.33333333333333333 * f)
        return k * LN2_HIGH - ((rest - k * LN2_LOW) - f)
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (LG2 + w * (LG4 + w * LG6))
    odd = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)))
    rest = odd + even
    if LOG_CAREFUL_FROM <= fraction < LOG_CAREFUL_BELOW:
        half_square = 0.5 * f * f
        return k * LN2_HIGH - ((half_square - (s * (half_square + rest) + k * LN2_LOW)) - f)
    return k * LN2_HIGH - ((s * (f - rest) - k * LN2_LOW) - f)


# e_pow.c: log(1 + s) - log(1 - s) = 2 s + 2/3 s³ + 2/3 s³ (L1 s² + L2 s⁴ + …)
L1 = 5.99999999999994648725e-01
L2 = 4.28571428578550184252e-01
L3 = 3.33333329818377432918e-01
L4 = 2.72728123808534006489e-01
L5 = 2.30660745775561754067e-01
L6 = 2.06975017800338417784e-01
LOG2_OF_3_HALVES_HIGH = 5.84962487220764160156e-01
LOG2_OF_3_HALVES_LOW = 1.35003920212974897128e-08
TWO_THIRDS_OVER_LN2 = 9.61796693925975554329e-01
TWO_THIRDS_OVER_LN2_HIGH = 9.61796700954437255859e-01
TWO_THIRDS_OVER_LN2_LOW = -7.02846165095275826516e-09

# e_pow.c: the logarithm of 2, whole and in two parts of which the first has 24 bits.
LG2_WHOLE = 6.93147180559945286227e-01
LG2_HIGH = 6.93147182464599609375e-01
LG2_LOW = -1.90465429995776804525e-09
OVERFLOW_TAIL = 8.0085662595372944372e-17  # -(1024 - log2(largest double + half a unit)), e_pow.c

POW_ROUNDED_FROM = from_high_word(0x3FE00001)  # just above 1/2


def _log2_of_ten() -> tuple[float, float]:
    """Return log2(10) as head and tail: the first half of e_pow.c for 10 = 2³ × 3/2 × (1.25 / 1.5)."""
    n, ax = 3.0, 1.25
    u = ax - 1.5
    v = 1.0 / (ax + 1.5)
    ss = u * v
    s_high = clear_low_word(ss)
    t_high = 2.75  # ax + 3/2, whose low word is zero
    t_low = ax - (t_high - 1.5)
    s_low = v * ((u - s_high * t_high) - s_high * t_low)
    square = ss * ss
    r = square * square * (L1 + square * (L2 + square * (L3 + square * (L4 + square * (L5 + square * L6)))))
    r += s_low * (s_high + ss)
    square = s_high * s_high
    t_high = clear_low_word(3.0 + square + r)
    t_low = r - ((t_high - 3.0) - square)
    u = s_high * t_high
    v = s_low * t_high + t_low * ss
    p_high = clear_low_word(u + v)
    p_low = v - (p_high - u)
    z_high = TWO_THIRDS_OVER_LN2_HIGH * p_high
    z_low = TWO_THIRDS_OVER_LN2_LOW * p_high + p_low * TWO_THIRDS_OVER_LN2 + LOG2_OF_3_HALVES_LOW
    head = clear_low_word(((z_high + z_low) + LOG2_OF_3_HALVES_HIGH) + n)
    tail = z_low - (((head - n) - LOG2_OF_3_HALVES_HIGH) - z_high)
    return head, tail


LOG2_OF_TEN_HEAD, LOG2_OF_TEN_TAIL = _log2_of_ten()
EXACT_POWERS = {0.0: 1.0, 1.0: 10.0, -1.0: 0.1, 2.0: 100.0, 0.5: math.sqrt(10.0)}
"""The exponents that e_pow.c answers without its logarithm."""


def power_of_ten(x: float) -> float:
    """Return 10 to the power of ``x`` as ``Math.pow(10, x)`` does: fdlibm's e_pow.c in V8's version.

    V8 divides by ``(t1 - 2) - (w + z w)``, where fdlibm divides by ``t1 - 2`` and subtracts ``w + z w``.

    >>> power_of_ten(-5.0), power_of_ten(2.0), power_of_ten(309.0), power_of_ten(-324.0)
    (9.999999999999999e-06, 100.0, inf, 0.0)
    """
    if not -324.0 < x < 309.0:
        return _beyond(x)
    if x in EXACT_POWERS:
        return EXACT_POWERS[x]
    x_head = clear_low_word(x)
    p_low = (x - x_head) * LOG2_OF_TEN_HEAD + x * LOG2_OF_TEN_TAIL
    p_high = x_head * LOG2_OF_TEN_HEAD
    z = p_low + p_high
    if z >= 1024.0 and (z > 1024.0 or p_low + OVERFLOW_TAIL > z - p_high):
        return math.inf
    if z <= -1075.0 and (z < -1075.0 or p_low <= z - p_high):
        return 0.0
    n = 0
    if abs(z) >= POW_ROUNDED_FROM:
        n = int(z + 0.5) if z > 0 else int(z - 0.5)
        p_high -= n
    return _power_of_two(n, p_high, p_low)


def _power_of_two(n: int, high: float, low: float) -> float:
    """Return 2 ** (n + high + low) for a sum of at most 1/2: the second half of e_pow.c."""
    t = clear_low_word(low + high)
    u = t * LG2_HIGH
    v = (low - (t - high)) * LG2_WHOLE + t * LG2_LOW
    z = u + v
    w = v - (z - u)
    square = z * z
    c = z - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))))
    r = (z * c) / ((c - 2.0) - (w + z * w))
    y = 1.0 - (r - z)
    return ldexp(y, n) if n >= -1021 else _scale_to_subnormal(y, n)
