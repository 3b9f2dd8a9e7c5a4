"""Layers that work value by value: ReLU, curves from tables, rescaling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import Bounds, Interval
from scratchgen.networks.layers.base import IntegerArray, Layer, integers, layer_kind, require_whole

__all__ = ["Relu", "Rescale", "TableLookup"]


@layer_kind("relu")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Relu(Layer):
    """Negative values become 0.

    >>> Relu().reference(np.array([[-3, 0, 8]])).tolist()
    [[0, 0, 8]]
    """

    elementwise = True

    def output_size(self, inputs: int) -> int:
        """Return as many as go in."""
        return inputs

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Compute the greater of each value and 0."""
        return np.maximum(values, 0)

    def bounds(self, interval: Interval) -> Bounds:
        """Cut the interval off at 0."""
        output = Interval(
            low=tuple(max(0, low) for low in interval.low), high=tuple(max(0, high) for high in interval.high)
        )
        return Bounds(output=output, largest=max(interval.magnitudes))


@layer_kind("table")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableLookup(Layer):
    """A curve such as tanh or sigmoid, read from a table after rescaling.

    The place in the table is ``floor(value × multiplier / 2^shift) + offset``, counted from 0 and held within
    the table. ``value × multiplier`` must stay below 2^53 like everything else. ``curve`` names the function
    for the reader; nothing is computed from it.

    >>> step = TableLookup(curve="step", multiplier=1, shift=2, offset=2, table=[-7, -7, 7, 7])
    >>> step.reference(np.array([[-100, -1, 0, 3, 100]])).tolist()
    [[-7, -7, 7, 7, 7]]
    """

    elementwise = True

    curve: str
    multiplier: int
    shift: int
    offset: int
    table: IntegerArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", integers(self.table, what="table entries", dimensions=1))
        if not isinstance(self.curve, str):
            raise NetworkError(f"a table's curve is {self.curve!r}, which is not a name")
        for name in ("multiplier", "shift", "offset"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int):
                raise NetworkError(f"a table's {name} is {value!r}, which is not an integer")
        if self.multiplier < 1 or not 0 <= self.shift <= 52 or abs(self.offset) > len(self.table):
            raise NetworkError(
                f"a table has multiplier {self.multiplier}, shift {self.shift} and offset {self.offset}",
                todo="the multiplier must be positive, the shift 0 to 52, the offset within the table",
            )

    def output_size(self, inputs: int) -> int:
        """Return as many as go in."""
        return inputs

    def _places(self, scaled: IntegerArray) -> IntegerArray:
        places: IntegerArray = np.clip((scaled >> self.shift) + self.offset, 0, len(self.table) - 1)
        return places

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Look each value up; ``>>`` on int64 is the floored division by a power of two."""
        looked_up: IntegerArray = self.table[self._places(values * np.int64(self.multiplier))]
        return looked_up

    def bounds(self, interval: Interval) -> Bounds:
        """Take the extremes of the part of the table that the interval reaches."""
        low, high = [], []
        for a, b in zip(interval.low, interval.high, strict=True):
            first, last = (
                min(max(((end * self.multiplier) >> self.shift) + self.offset, 0), len(self.table) - 1)
                for end in (a, b)
            )
            reached = self.table[first : last + 1]
            low.append(int(reached.min()))
            high.append(int(reached.max()))
        scaled = max(interval.magnitudes) * self.multiplier
        largest = max(scaled, len(self.table) + abs(self.offset) + (scaled >> self.shift) + 1)
        largest = max(largest, *map(abs, self.table.tolist()))
        return Bounds(output=Interval(low=tuple(low), high=tuple(high)), largest=largest)


@layer_kind("rescale")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rescale(Layer):
    """Values become smaller: ``floor(value × multiplier / 2^shift)``, held between ``least`` and ``most``.

    The one rule by which quantized layers pass numbers on (B. Jacob et al., *Quantization and Training of
    Neural Networks for Efficient Integer-Arithmetic-Only Inference*, 2018).
    With ``least`` 0 it is a ReLU too.

    >>> Rescale(multiplier=3, shift=2, least=0, most=255).reference(np.array([[-9, 0, 7, 10_000]])).tolist()
    [[0, 0, 5, 255]]
    """

    elementwise = True

    multiplier: int
    shift: int
    least: int
    most: int

    def __post_init__(self) -> None:
        require_whole(self, multiplier=(1, 2**52), shift=(0, 52))
        require_whole(self, least=(-(2**52), 2**52), most=(-(2**52), 2**52))
        if self.least > self.most:
            raise NetworkError(f"a rescale layer holds values between {self.least:,} and {self.most:,}")

    def output_size(self, inputs: int) -> int:
        """Return as many as go in."""
        return inputs

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Rescale each value; ``>>`` on int64 is the floored division by a power of two."""
        rescaled: IntegerArray = np.clip(
            (values * np.int64(self.multiplier)) >> self.shift, self.least, self.most
        )
        return rescaled

    def bounds(self, interval: Interval) -> Bounds:
        """Rescale both ends, since the greater of two values stays so."""
        ends = [
            tuple(min(max((end * self.multiplier) >> self.shift, self.least), self.most) for end in side)
            for side in (interval.low, interval.high)
        ]
        largest = max(max(interval.magnitudes) * self.multiplier, abs(self.least), abs(self.most))
        return Bounds(output=Interval(low=ends[0], high=ends[1]), largest=largest)
