"""Sine, cosine and tangent of an angle in radians, bit for bit as V8 of Node 20 computes them.

V8 follows Sun's fdlibm (s_sin.c, s_cos.c, s_tan.c): an angle is reduced to at most π/4, and the rest is a
polynomial. The reduction has a module of its own; degrees, and the ten decimals of Scratch's blocks, are
left to others.
"""
# Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
# Developed at SunSoft, a Sun Microsystems, Inc. business.
# Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
# is preserved. (fdlibm's notice; the functions below are written anew after its algorithms.)

from __future__ import annotations

import math

from scratchgen.simulator.elementary.fdlibm_reduction import remainder_of_half_pi
from scratchgen.simulator.elementary.words import clear_low_word, from_high_word

__all__ = ["cos", "sin", "tan"]

WITHOUT_REDUCTION = from_high_word(0x3FE921FC)  # about π/4; s_sin.c, s_cos.c, s_tan.c

# k_sin.c: sin(x) ≈ x + S1 x³ + S2 x⁵ + …
S1 = -1.66666666666666324348e-01
S2 = 8.33333333332248946124e-03
S3 = -1.98412698298579493134e-04
S4 = 2.75573137070700676789e-06
S5 = -2.50507602534068634195e-08
S6 = 1.58969099521155010221e-10

# k_cos.c: cos(x) ≈ 1 - x²/2 + C1 x⁴ + C2 x⁶ + …
C1 = 4.16666666666666019037e-02
C2 = -1.38888888888741095749e-03
C3 = 2.48015872894767294178e-05
C4 = -2.75573143513906633035e-07
C5 = 2.08757232129817482790e-09
C6 = -1.13596475577881948265e-11
COS_SPLIT_FROM = from_high_word(0x3FD33333)  # about 0.3
COS_FIXED_SPLIT_FROM = from_high_word(0x3FE90001)  # just above 0.78125

# k_tan.c: tan(x) ≈ x + T0 x³ + T1 x⁵ + …
T0 = 3.33333333333334091986e-01
T1 = 1.33333333333201242699e-01
T2 = 5.39682539762260521377e-02
T3 = 2.18694882948595424599e-02
T4 = 8.86323982359930005737e-03
T5 = 3.59207910759131235356e-03
T6 = 1.45620945432529025516e-03
T7 = 5.88041240820264096874e-04
T8 = 2.46463134818469906812e-04
T9 = 7.81794442939557092300e-05
T10 = 7.14072491382608190305e-05
T11 = -1.85586374855275456654e-05
T12 = 2.59073051863633712884e-05
QUARTER_PI_HIGH = 7.85398163397448278999e-01
QUARTER_PI_LOW = 3.06161699786838301793e-17
TAN_MIRRORED_FROM = from_high_word(0x3FE59428)  # about 0.6744


def sin(x: float) -> float:
    """Return the sine of ``x`` radians: fdlibm's s_sin.c.

    >>> sin(math.pi), sin(-0.0), sin(math.inf), sin(1e22)
    (1.2246467991473532e-16, -0.0, nan, -0.8522008497671888)
    """
    if abs(x) < WITHOUT_REDUCTION:
        return _sine_without_tail(x)
    if not math.isfinite(x):
        return math.nan
    turns, head, tail = remainder_of_half_pi(x)
    value = _cosine(head, tail) if turns & 1 else _sine(head, tail)
    return -value if turns & 2 else value


def cos(x: float) -> float:
    """Return the cosine of ``x`` radians: fdlibm's s_cos.c.

    >>> cos(math.pi / 2), cos(0.0), cos(math.nan), cos(1e22)
    (6.123233995736766e-17, 1.0, nan, 0.523214785395139)
    """
    if abs(x) < WITHOUT_REDUCTION:
        return _cosine(x, 0.0)
    if not math.isfinite(x):
        return math.nan
    turns, head, tail = remainder_of_half_pi(x)
    value = _sine(head, tail) if turns & 1 else _cosine(head, tail)
    return -value if (turns + 1) & 2 else value


def tan(x: float) -> float:
    """Return the tangent of ``x`` radians: fdlibm's s_tan.c.

    >>> tan(math.pi / 4), tan(-0.0), tan(math.pi / 2), tan(-math.inf)
    (0.9999999999999999, -0.0, 1.633123935319537e+16, nan)
    """
    if abs(x) < WITHOUT_REDUCTION:
        return _tangent(x, 0.0, 1)
    if not math.isfinite(x):
        return math.nan
    turns, head, tail = remainder_of_half_pi(x)
    return _tangent(head, tail, -1 if turns & 1 else 1)


def _sine_without_tail(x: float) -> float:
    """Return the sine of at most π/4: k_sin.c for a tail of zero."""
    if abs(x) < 2**-27:
        return x
    z = x * x
    rest = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))
    return x + z * x * (S1 + z * rest)


def _sine(head: float, tail: float) -> float:
    """Return the sine of head + tail, at most π/4: k_sin.c for a reduced angle."""
    if abs(head) < 2**-27:
        return head
    z = head * head
    cube = z * head
    rest = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)))
    return head - ((z * (0.5 * tail - cube * rest) - tail) - cube * S1)


def _cosine(head: float, tail: float) -> float:
    """Return the cosine of head + tail, at most π/4: k_cos.c."""
    size = abs(head)
    if size < 2**-27:
        return 1.0
    z = head * head
    rest = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))))
    if size < COS_SPLIT_FROM:
        return 1.0 - (0.5 * z - (z * rest - head * tail))
    split = 0.28125 if size >= COS_FIXED_SPLIT_FROM else 0.25 * clear_low_word(size)
    return (1.0 - split) - ((0.5 * z - split) - (z * rest - head * tail))


def _tangent(head: float, tail: float, power: int) -> float:
    """Return tan(head + tail) for a power of 1, -1/tan(head + tail) for a power of -1: k_tan.c."""
    size = abs(head)
    if size < 2**-28:
        return head if power == 1 else _minus_inverse(head, tail)
    sign = 1.0 if head > 0 else -1.0
    mirrored = size >= TAN_MIRRORED_FROM
    if mirrored:
        head = (QUARTER_PI_HIGH - sign * head) + (QUARTER_PI_LOW - sign * tail)
        tail = 0.0
    z = head * head
    w = z * z
    odd = T1 + w * (T3 + w * (T5 + w * (T7 + w * (T9 + w * T11))))
    even = z * (T2 + w * (T4 + w * (T6 + w * (T8 + w * (T10 + w * T12)))))
    cube = z * head
    rest = tail + z * (cube * (odd + even) + tail)
    rest += T0 * cube
    value = head + rest
    if mirrored:
        return sign * (power - 2.0 * (head - (value * value / (value + power) - rest)))
    return value if power == 1 else _minus_inverse(head, rest)


def _minus_inverse(head: float, tail: float) -> float:
    """Return -1 / (head + tail), to less than a unit of the last place: the end of k_tan.c."""
    whole = head + tail
    z = clear_low_word(whole)
    v = tail - (z - head)
    a = -1.0 / whole
    t = clear_low_word(a)
    s = 1.0 + t * z
    return t + a * (s + t * v)
