"""Arcsine, arccosine and arctangent in radians, bit for bit as V8 of Node 20 computes them.

V8 follows Sun's fdlibm; each function names its file. Degrees are left to others.
"""
# Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
# Developed at SunSoft, a Sun Microsystems, Inc. business.
# Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
# is preserved. (fdlibm's notice; the functions below are written anew after its algorithms.)

from __future__ import annotations

import math
from math import copysign, sqrt

from scratchgen.simulator.elementary.words import clear_low_word, from_high_word, high_word

__all__ = ["acos", "asin", "atan", "atan2"]

# e_asin.c and e_acos.c: π in two parts, its half, and the first part of its quarter.
PI = 3.14159265358979311600e00
HALF_PI_HIGH = 1.57079632679489655800e00
HALF_PI_LOW = 6.12323399573676603587e-17
QUARTER_PI_HIGH = 7.85398163397448278999e-01

# e_asin.c: asin(x) ≈ x + x (PS0 x² + PS1 x⁴ + …) / (1 + QS1 x² + QS2 x⁴ + …)
PS0 = 1.66666666666666657415e-01
PS1 = -3.25565818622400915405e-01
PS2 = 2.01212532134862925881e-01
PS3 = -4.00555345006794114027e-02
PS4 = 7.91534994289814532176e-04
PS5 = 3.47933107596021167570e-05
QS1 = -2.40339491173441421878e00
QS2 = 2.02094576023350569471e00
QS3 = -6.88283971605453293030e-01
QS4 = 7.70381505559019352791e-02
ASIN_PLAIN_FROM = from_high_word(0x3FEF3333)  # about 0.975
ACOS_CONSTANT_BELOW = from_high_word(0x3C600001)  # about 2**-57


def _asin_quotient(z: float) -> float:
    """Return (asin(x) - x) / x for z = x², at most 1/4."""
    numerator = z * (PS0 + z * (PS1 + z * (PS2 + z * (PS3 + z * (PS4 + z * PS5)))))
    denominator = 1.0 + z * (QS1 + z * (QS2 + z * (QS3 + z * QS4)))
    return numerator / denominator


def asin(x: float) -> float:
    """Return the arcsine in radians: fdlibm's e_asin.c.

    >>> asin(1.0), asin(-0.5), asin(-0.0), asin(1.5)
    (1.5707963267948966, -0.5235987755982989, -0.0, nan)
    """
    size = abs(x)
    if size < 0.5:
        return x if size < 2**-27 else x + x * _asin_quotient(x * x)
    if not size < 1.0:
        return x * HALF_PI_HIGH + x * HALF_PI_LOW if size == 1.0 else math.nan
    z = (1.0 - size) * 0.5
    root = sqrt(z)
    quotient = _asin_quotient(z)
    if size >= ASIN_PLAIN_FROM:
        angle = HALF_PI_HIGH - (2.0 * (root + root * quotient) - HALF_PI_LOW)
    else:
        head = clear_low_word(root)
        tail = (z - head * head) / (root + head)
        rest = 2.0 * root * quotient - (HALF_PI_LOW - 2.0 * tail)
        angle = QUARTER_PI_HIGH - (rest - (QUARTER_PI_HIGH - 2.0 * head))
    return copysign(angle, x)


def acos(x: float) -> float:
    """Return the arccosine in radians: fdlibm's e_acos.c.

    >>> acos(1.0), acos(-1.0), acos(0.0), acos(-1.5)
    (0.0, 3.141592653589793, 1.5707963267948966, nan)
    """
    size = abs(x)
    if size < 0.5:
        if size < ACOS_CONSTANT_BELOW:
            return HALF_PI_HIGH + HALF_PI_LOW
        return HALF_PI_HIGH - (x - (HALF_PI_LOW - x * _asin_quotient(x * x)))
    if not size < 1.0:
        return math.nan if size != 1.0 else 0.0 if x > 0 else PI + 2.0 * HALF_PI_LOW
    z = (1.0 - size) * 0.5
    root = sqrt(z)
    quotient = _asin_quotient(z)
    if x < 0:
        return PI - 2.0 * (root + (quotient * root - HALF_PI_LOW))
    head = clear_low_word(root)
    tail = (z - head * head) / (root + head)
    return 2.0 * (head + (quotient * root + tail))


# s_atan.c: atan(x) ≈ x - x (A0 x² + A1 x⁴ + …), once x is compared with 1/2, 1, 3/2 or infinity.
A0 = 3.33333333333329318027e-01
A1 = -1.99999999998764832476e-01
A2 = 1.42857142725034663711e-01
A3 = -1.11111104054623557880e-01
A4 = 9.09088713343650656196e-02
A5 = -7.69187620504482999495e-02
A6 = 6.66107313738753120669e-02
A7 = -5.83357013379057348645e-02
A8 = 4.97687799461593236017e-02
A9 = -3.65315727442169155270e-02
A10 = 1.62858201153657823623e-02
ATAN_HALF = (4.63647609000806093515e-01, 2.26987774529616870924e-17)
ATAN_1 = (7.85398163397448278999e-01, 3.06161699786838301793e-17)
ATAN_3_HALVES = (9.82793723247329054082e-01, 1.39033110312309984516e-17)
ATAN_INFINITY = (1.57079632679489655800e00, 6.12323399573676603587e-17)


def atan(x: float) -> float:
    """Return the arctangent in radians: fdlibm's s_atan.c.

    >>> atan(1.0), atan(-math.inf), atan(-0.0), atan(math.nan)
    (0.7853981633974483, -1.5707963267948966, -0.0, nan)
    """
    size = abs(x)
    if size < 0.4375:
        return x if size < 2**-27 else x - x * _atan_quotient(x)
    if size < 0.6875:
        (high, low), t = ATAN_HALF, (2.0 * size - 1.0) / (2.0 + size)
    elif size < 1.1875:
        (high, low), t = ATAN_1, (size - 1.0) / (size + 1.0)
    elif size < 2.4375:
        (high, low), t = ATAN_3_HALVES, (size - 1.5) / (1.0 + 1.5 * size)
    elif size < 2**66:
        (high, low), t = ATAN_INFINITY, -1.0 / size
    elif x != x:
        return x
    else:
        return copysign(ATAN_INFINITY[0] + ATAN_INFINITY[1], x)
    return copysign(high - ((t * _atan_quotient(t) - low) - t), x)


PI_LOW = 1.2246467991473531772e-16  # e_atan2.c: what π has beyond PI
STEEP = 60
"""From about 2**60 on, e_atan2.c takes the angle for a right one."""


def atan2(y: float, x: float) -> float:
    """Return the angle of the point (x, y) in radians: fdlibm's e_atan2.c.

    >>> atan2(1.0, -1.0), atan2(-0.0, -1.0), atan2(0.0, 0.0), atan2(-math.inf, math.inf)
    (2.356194490192345, -3.141592653589793, 0.0, -0.7853981633974483)
    """
    if x != x or y != y:
        return math.nan
    if x == 1.0:
        return atan(y)
    is_left = copysign(1.0, x) < 0
    if y == 0:
        return copysign(PI, y) if is_left else y
    if x == 0:
        return copysign(HALF_PI_HIGH, y)
    if math.isinf(x):
        if math.isinf(y):
            return copysign(3.0 * QUARTER_PI_HIGH if is_left else QUARTER_PI_HIGH, y)
        return copysign(PI if is_left else 0.0, y)
    if math.isinf(y):
        return copysign(HALF_PI_HIGH, y)
    steepness = ((high_word(abs(y)) - high_word(abs(x))) >> 20) if y else 0
    if steepness > STEEP:
        return copysign(HALF_PI_HIGH + 0.5 * PI_LOW, y)
    angle = 0.0 if is_left and steepness < -STEEP else atan(abs(y / x))
    if not is_left:
        return copysign(angle, y)
    return PI - (angle - PI_LOW) if y > 0 else (angle - PI_LOW) - PI


def _atan_quotient(t: float) -> float:
    """Return (t - atan(t)) / t for t below about 7/16 in size."""
    z = t * t
    w = z * z
    even = z * (A0 + w * (A2 + w * (A4 + w * (A6 + w * (A8 + w * A10)))))
    odd = w * (A1 + w * (A3 + w * (A5 + w * (A7 + w * A9))))
    return even + odd
