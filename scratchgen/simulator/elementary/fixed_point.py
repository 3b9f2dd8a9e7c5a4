"""Series of the elementary functions on whole numbers: a number y stands for y / 2**bits.

Each division cuts less than a unit and each series has fewer than a hundred terms for the first 500 bits, so
that every result is off by less than 2**12 units; whoever needs sure bits takes more and drops the last.
Bringing arguments near zero, and rounding, is left to others.
"""

from __future__ import annotations

from functools import cache
from math import isqrt

__all__ = ["atan_series", "cos_and_sin_series", "exp_series", "ln_2", "log_series", "pi"]


def exp_series(r: int, bits: int) -> int:
    """Return e to the power of r, for an r below 1 in size.

    >>> exp_series(1 << 63, 64) / 2**64
    1.6487212707001282
    """
    total = term = 1 << bits
    n = 0
    while term not in (0, -1):
        n += 1
        term = (term * r >> bits) // n
        total += term
    return total


def cos_and_sin_series(r: int, bits: int) -> tuple[int, int]:
    """Return the cosine and the sine of r, for an r below 1 in size.

    >>> [y / 2**64 for y in cos_and_sin_series(1 << 63, 64)]
    [0.8775825618903728, 0.479425538604203]
    """
    square = r * r >> bits
    cosine = term = 1 << bits
    n = 0
    while term not in (0, -1):
        n += 2
        term = -(term * square >> bits) // (n * (n - 1))
        cosine += term
    sine = term = r
    n = 1
    while term not in (0, -1):
        n += 2
        term = -(term * square >> bits) // (n * (n - 1))
        sine += term
    return cosine, sine


def _odd_series(t: int, square: int, bits: int) -> int:
    """Return t + t s / 3 + t s² / 5 + … for s = ``square``, below 1/4 in size."""
    total, power, n = t, t, 1
    while power not in (0, -1):
        n += 2
        power = power * square >> bits
        total += power // n
    return total


def log_series(t: int, bits: int) -> int:
    """Return ln((1 + t) / (1 - t)), for a t below 1/2 in size.

    >>> log_series((1 << 64) // 3, 64) / 2**64
    0.6931471805599453
    """
    return 2 * _odd_series(t, t * t >> bits, bits)


def atan_series(t: int, bits: int) -> int:
    """Return the arctangent of t, for t from 0 to 1; it is halved three times first.

    >>> atan_series(1 << 64, 64) / 2**64
    0.7853981633974483
    """
    one = 1 << bits
    for _ in range(3):
        t = (t << bits) // (one + isqrt((one << bits) + t * t))
    return _odd_series(t, -(t * t >> bits), bits) << 3


def _atan_of_inverse(n: int, bits: int) -> int:
    """Return the arctangent of 1 / n, for whole n above 1."""
    total = power = (1 << bits) // n
    k = 1
    while power:
        power //= -n * n
        k += 2
        total += power // k
    return total


@cache
def pi(bits: int) -> int:
    """Return π to less than a unit of the last place, by Machin's formula π/4 = 4 atan(1/5) - atan(1/239).

    >>> hex(pi(64))
    '0x3243f6a8885a308d3'
    """
    guarded = bits + 16
    return 4 * (4 * _atan_of_inverse(5, guarded) - _atan_of_inverse(239, guarded)) >> 16


@cache
def ln_2(bits: int) -> int:
    """Return ln 2, as ln((1 + 1/3) / (1 - 1/3)); off by less than a unit of the last place.

    >>> ln_2(64) / 2**64
    0.6931471805599453
    """
    guarded = bits + 16
    return log_series((1 << guarded) // 3, guarded) >> 16
