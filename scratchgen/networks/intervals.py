"""Interval arithmetic on exact integers: what a layer can produce, and how large it gets on the way.

Everything here is Python integers, so a bound is never itself the victim of an overflow.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EXACT_LIMIT", "Bounds", "Interval"]

EXACT_LIMIT = 2**53
"""Integers below this magnitude are exact in IEEE doubles, the only numbers that Scratch has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The least and the greatest value of each component of a vector.

    >>> Interval(low=(0, -3), high=(255, 4)).magnitudes
    (255, 4)
    """

    low: tuple[int, ...]
    high: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.low) != len(self.high) or any(a > b for a, b in zip(self.low, self.high, strict=True)):
            raise ValueError("an interval needs as many lows as highs, and no low above its high")

    def __len__(self) -> int:
        return len(self.low)

    @property
    def magnitudes(self) -> tuple[int, ...]:
        """The largest absolute value of each component."""
        return tuple(max(abs(low), abs(high)) for low, high in zip(self.low, self.high, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a layer was proven to stay within.

    ``output`` holds every value that the layer can produce; ``largest`` bounds the magnitude of every number
    met on the way there, partial sums in any order and products before rescaling included.
    """

    output: Interval
    largest: int

    @property
    def margin_bits(self) -> float:
        """How many bits are left to 2^53.

        >>> Bounds(output=Interval(low=(0,), high=(1,)), largest=2**20).margin_bits
        33.0
        """
        from math import log2

        return 53.0 - log2(max(self.largest, 1))
