"""Interval arithmetic on doubles: between which bounds a finite number lies, and whether it is whole.

Rounding is monotone, so the rounded results at the ends bound the rounded results between them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["EXACT", "Range", "hull", "range_of"]

EXACT = 2.0**53
"""Whole numbers below this magnitude are exact."""
GREATEST = 1e300
"""Above this magnitude a number counts as unbounded, far from where doubles overflow."""
SLACK = 1e-6
"""How much wider the sum of many turns is taken than computed, relative to the largest magnitude on the way:
fewer than 2**32 additions round by at most 2**-53 of it each."""


@dataclass(frozen=True, slots=True)
class Range:
    """The finite numbers from ``low`` to ``high``; only the whole ones if ``whole``.

    >>> Range(1, 3, whole=True) + Range(0.5, 0.5)
    Range(low=1.5, high=3.5, whole=False)
    >>> Range(-2, 3, whole=True) * Range(-10, 1, whole=True)
    Range(low=-30.0, high=20.0, whole=True)
    """

    low: float
    high: float
    whole: bool = False

    def __add__(self, other: Range) -> Range | None:
        return _bounded(self.low + other.low, self.high + other.high, whole=self.whole and other.whole)

    def __sub__(self, other: Range) -> Range | None:
        return _bounded(self.low - other.high, self.high - other.low, whole=self.whole and other.whole)

    def __mul__(self, other: Range) -> Range | None:
        corners = [one * another for one in (self.low, self.high) for another in (other.low, other.high)]
        return _bounded(min(corners), max(corners), whole=self.whole and other.whole)

    def __truediv__(self, other: Range) -> Range | None:
        """Return the range of the quotient; None unless the divisor stays away from 0."""
        if other.holds(0):
            return None
        try:
            corners = [one / another for one in (self.low, self.high) for another in (other.low, other.high)]
        except ZeroDivisionError:  # a divisor that is a subnormal's neighbour
            return None
        return _bounded(min(corners), max(corners))

    def holds(self, number: float) -> bool:
        """Tell whether a number lies between the bounds."""
        return self.low <= number <= self.high

    def covers(self, other: Range) -> bool:
        """Tell whether every number of the other range is one of this range."""
        return self.low <= other.low and other.high <= self.high and (other.whole or not self.whole)

    @property
    def is_exact(self) -> bool:
        """Whether all its numbers are whole and below 2**53."""
        return self.whole and self.low > -EXACT and self.high < EXACT

    def rounded_out(self) -> Range:
        """Return the range with whole ends, of whole numbers."""
        return Range(float(math.floor(self.low)), float(math.ceil(self.high)), whole=True)

    def times(self, turns: Range) -> Range | None:
        """Return the range of a sum of so many numbers of this one, as if it were computed exactly.

        >>> Range(1, 2, whole=True).times(Range(0, 3, whole=True))
        Range(low=0.0, high=6.0, whole=True)
        """
        return self * turns

    def increased(self, total: Range | None) -> Range | None:
        """Return the range after many additions that sum up to ``total``, each of which may be rounded."""
        reached = self + total if total else None
        if total is None or reached is None or (reached.is_exact and self.is_exact):
            return reached
        slack = SLACK * max(abs(end) for end in (self.low, self.high, total.low, total.high))
        return _bounded(reached.low - slack, reached.high + slack, whole=reached.whole)


def _bounded(low: float, high: float, *, whole: bool = False) -> Range | None:
    if low > -GREATEST and high < GREATEST:
        return Range(float(low), float(high), whole)
    return None


def hull(one: Range | None, other: Range | None) -> Range | None:
    """Return the smallest range with all numbers of both; None where one of them is unbounded."""
    if one is None or other is None:
        return None
    return Range(min(one.low, other.low), max(one.high, other.high), one.whole and other.whole)


def range_of(number: float) -> Range | None:
    """Return the range of one number; None of an infinite one and NaN."""
    if not abs(number) < GREATEST:
        return None
    return Range(number, number, float(number).is_integer())
