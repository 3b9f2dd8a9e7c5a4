"""The elementary functions correctly rounded: the double nearest to the true value, ties to even.

Ziv's strategy ("Fast evaluation of elementary mathematical functions with correctly rounded last bit", ACM
TOMS 17, 1991): compute a little more than needed, and more still as long as the error leaves two doubles
possible. It ends, because no value is a double or halfway between two, but the few that are answered
beforehand (by Lindemann's theorem, and since a broken power of ten is no rational number).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from scratchgen.simulator.elementary.fixed_point import (
    atan_series,
    cos_and_sin_series,
    exp_series,
    ln_2,
    log_series,
    pi,
)

__all__ = ["acos", "asin", "atan", "atan2", "cos", "exp", "log", "power_of_ten", "sin", "tan"]

FIRST_BITS = 96
GUARD = 32
"""Bits computed beyond those that count: they hold the series' errors, of less than 2**12 units, and what
multiplying a constant by up to 2**11 makes of them."""

Approximation = Callable[[float, int], tuple[int, int]]
"""Of x and bits: y and k with the true value between (y - 1) and (y + 1), times 2**(k - bits)."""


def _nearest(y: int, exponent: int) -> float:
    """Return the double nearest to y × 2**exponent, infinity beyond the largest.

    >>> _nearest(3, -1), _nearest(-1, 5000), _nearest(1, -1075), _nearest(3, -1075)
    (1.5, -inf, 0.0, 1e-323)
    """
    try:
        return float(y << exponent) if exponent > 0 else y / (1 << -exponent)
    except OverflowError:
        return math.inf if y > 0 else -math.inf


def _settle(approximate: Approximation, x: float) -> float:
    """Return the double nearest to the true value, with as many bits as that takes."""
    bits = FIRST_BITS
    while True:
        y, exponent = approximate(x, bits)
        low = _nearest(y - 1, exponent - bits)
        if low == _nearest(y + 1, exponent - bits):
            return low
        bits *= 2


def _fixed(x: float, bits: int) -> int:
    """Return x × 2**bits, cut downwards."""
    numerator, denominator = x.as_integer_ratio()
    return (numerator << bits) // denominator


def exp(x: float) -> float:
    """Return e to the power of ``x``.

    >>> exp(1.0), exp(-0.0), exp(710.0), exp(-745.2)
    (2.718281828459045, 1.0, inf, 0.0)
    """
    if not -746.0 < x < 710.0:
        return _beyond(x)
    return 1.0 if abs(x) < 2**-54 else _settle(_exp, x)


def _beyond(x: float) -> float:
    """Return the power of an exponent that is not a number, or too large, or too small."""
    if x != x:
        return x
    return math.inf if x > 0 else 0.0


def _exp(x: float, bits: int) -> tuple[int, int]:
    return _scaled_exp(_fixed(x, bits + GUARD), bits)


def _scaled_exp(x: int, bits: int) -> tuple[int, int]:
    """Return e to the power of x / 2**(bits + GUARD), as an approximation."""
    inner = bits + GUARD
    k, r = divmod(x, ln_2(inner))
    return exp_series(r, inner) >> GUARD, k


def power_of_ten(x: float) -> float:
    """Return 10 to the power of ``x``.

    >>> power_of_ten(-5.0), power_of_ten(23.0), power_of_ten(309.0), power_of_ten(-324.0)
    (1e-05, 1e+23, inf, 0.0)
    """
    if not -324.0 < x < 309.0:
        return _beyond(x)
    if x == int(x):  # reading a decimal number rounds correctly, halves too
        return float(f"1e{int(x)}")
    return 1.0 if abs(x) < 2**-56 else _settle(_power_of_ten, x)


def _power_of_ten(x: float, bits: int) -> tuple[int, int]:
    inner = bits + GUARD
    ln_10 = 3 * ln_2(inner) + log_series((1 << inner) // 9, inner)  # 10 is 8 × (1 + 1/9) / (1 - 1/9)
    numerator, denominator = x.as_integer_ratio()
    return _scaled_exp(numerator * ln_10 // denominator, bits)


def log(x: float) -> float:
    """Return the natural logarithm.

    >>> log(10.0), log(0.0), log(-1.0), log(1.0)
    (2.302585092994046, -inf, nan, 0.0)
    """
    if not 0.0 < x < math.inf:
        return -math.inf if x == 0 else x if x > 0 else math.nan
    return 0.0 if x == 1.0 else _settle(_log, x)


def _log(x: float, bits: int) -> tuple[int, int]:
    inner = bits + GUARD
    half, k = math.frexp(x)
    if half < 0.75:
        half, k = 2 * half, k - 1
    numerator, denominator = half.as_integer_ratio()
    t = ((numerator - denominator) << inner) // (numerator + denominator)
    return k * ln_2(inner) + log_series(t, inner) >> GUARD, 0


def sin(x: float) -> float:
    """Return the sine of ``x`` radians.

    >>> sin(math.pi), sin(-0.0), sin(math.inf), sin(1e22)
    (1.2246467991473532e-16, -0.0, nan, -0.8522008497671888)
    """
    if not math.isfinite(x):
        return math.nan
    return x if abs(x) < 2**-27 else _settle(_sin, x)


def cos(x: float) -> float:
    """Return the cosine of ``x`` radians.

    >>> cos(math.pi / 2), cos(0.0), cos(math.nan), cos(1e22)
    (6.123233995736766e-17, 1.0, nan, 0.523214785395139)
    """
    if not math.isfinite(x):
        return math.nan
    return 1.0 if abs(x) < 2**-27 else _settle(_cos, x)


def tan(x: float) -> float:
    """Return the tangent of ``x`` radians.

    >>> tan(math.pi / 4), tan(-0.0), tan(math.pi / 2), tan(-math.inf)
    (0.9999999999999999, -0.0, 1.633123935319537e+16, nan)
    """
    if not math.isfinite(x):
        return math.nan
    return x if abs(x) < 2**-27 else _settle(_tan, x)


def _turned_cos_and_sin(x: float, inner: int) -> tuple[int, int]:
    """Return the cosine and the sine of x on ``inner`` bits, off by less than 2**12 units."""
    whole_bits = max(math.frexp(x)[1], 0)  # π takes as many bits more as x has before the point
    half_pi = pi(inner + whole_bits) >> 1
    turns, r = divmod(_fixed(x, inner + whole_bits) + (half_pi >> 1), half_pi)
    cosine, sine = cos_and_sin_series(r - (half_pi >> 1) >> whole_bits, inner)
    if turns & 1:
        cosine, sine = -sine, cosine
    return (-cosine, -sine) if turns & 2 else (cosine, sine)


def _sin(x: float, bits: int) -> tuple[int, int]:
    return _turned_cos_and_sin(x, bits + GUARD)[1] >> GUARD, 0


def _cos(x: float, bits: int) -> tuple[int, int]:
    return _turned_cos_and_sin(x, bits + GUARD)[0] >> GUARD, 0


def _tan(x: float, bits: int) -> tuple[int, int]:
    # No double is nearer than 2**-62 to a multiple of π/2 (J.-M. Muller, "Elementary Functions", on the worst
    # cases of range reduction), so that the cosine keeps enough of these bits.
    inner = bits + GUARD + 64
    cosine, sine = _turned_cos_and_sin(x, inner)
    k = inner - cosine.bit_length()
    return (sine << bits - k) // cosine, k


def asin(x: float) -> float:
    """Return the arcsine in radians.

    >>> asin(1.0), asin(-0.5), asin(-0.0), asin(1.5)
    (1.5707963267948966, -0.5235987755982989, -0.0, nan)
    """
    if not abs(x) <= 1.0:
        return math.nan
    return x if abs(x) < 2**-27 else math.copysign(_settle(_asin, abs(x)), x)


def _asin(x: float, bits: int) -> tuple[int, int]:
    """Twice the arctangent of x / (1 + √(1 - x²))."""
    inner = bits + GUARD
    n, d = x.as_integer_ratio()
    root = math.isqrt(((d * d - n * n) << 2 * inner) // (d * d))
    return 2 * atan_series((n << 2 * inner) // (d * ((1 << inner) + root)), inner) >> GUARD, 0


def acos(x: float) -> float:
    """Return the arccosine in radians.

    >>> acos(1.0), acos(-1.0), acos(0.0), acos(-1.5)
    (0.0, 3.141592653589793, 1.5707963267948966, nan)
    """
    if not abs(x) <= 1.0:
        return math.nan
    return 0.0 if x == 1.0 else _settle(_acos, x)


def _acos(x: float, bits: int) -> tuple[int, int]:
    """Twice the arctangent of √((1 - x) / (1 + x)), and what is left to π for a negative x."""
    inner = bits + GUARD
    n, d = abs(x).as_integer_ratio()
    angle = 2 * atan_series(math.isqrt(((d - n) << 2 * inner) // (d + n)), inner)
    return (angle if x > 0 else pi(inner) - angle) >> GUARD, 0


def atan(x: float) -> float:
    """Return the arctangent in radians.

    >>> atan(1.0), atan(-math.inf), atan(-0.0), atan(math.nan)
    (0.7853981633974483, -1.5707963267948966, -0.0, nan)
    """
    size = abs(x)
    if size < 2**-27 or x != x:
        return x
    return math.copysign(math.pi / 2 if size == math.inf else _settle(_atan, size), x)


def _atan(x: float, bits: int) -> tuple[int, int]:
    """The arctangent of x, or what that of 1 / x leaves to π/2."""
    inner = bits + GUARD
    n, d = x.as_integer_ratio()
    angle = (
        atan_series((n << inner) // d, inner)
        if n <= d
        else pi(inner) // 2 - atan_series((d << inner) // n, inner)
    )
    return angle >> GUARD, 0


def atan2(y: float, x: float) -> float:
    """Return the angle of the point (x, y) in radians, from -π to π; the signs of zeros count.

    >>> atan2(1.0, -1.0), atan2(-0.0, -1.0), atan2(0.0, 0.0), atan2(-math.inf, math.inf)
    (2.356194490192345, -3.141592653589793, 0.0, -0.7853981633974483)
    """
    if x != x or y != y:
        return math.nan
    if math.inf in (abs(x), abs(y)):  # only the directions count
        x, y = (math.copysign(float(math.isinf(each)), each) for each in (x, y))
    if y == 0:
        return math.copysign(math.pi if math.copysign(1.0, x) < 0 else 0.0, y)
    if x == 0:
        return math.copysign(math.pi / 2, y)
    return math.copysign(_settle(partial(_atan2, abs(y)), x), y)


def _atan2(y: float, x: float, bits: int) -> tuple[int, int]:
    """The arctangent of the smaller slope, y / x or x / y, or what it leaves to π/2 or π."""
    inner = bits + GUARD
    (n, y_below), (d, x_below) = y.as_integer_ratio(), abs(x).as_integer_ratio()
    n, d = n * x_below, d * y_below
    if x > 0 and n <= d:
        zeros = d.bit_length() - n.bit_length()  # with which the angle begins
        return atan_series((n << inner + zeros) // d, inner + zeros) >> GUARD, -zeros
    if n <= d:
        angle = pi(inner) - atan_series((n << inner) // d, inner)
    else:
        rest = atan_series((d << inner) // n, inner)
        angle = pi(inner) // 2 + (rest if x < 0 else -rest)
    return angle >> GUARD, 0
