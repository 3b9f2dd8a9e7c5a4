"""Layers that remember: recurrent cells, which read a sequence step by step and keep a state between steps.

The layer before a cell (an embedding or a dense layer) says what is new; the cell adds what it remembers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import Bounds, Interval
from scratchgen.networks.layers.base import (
    IntegerArray,
    Layer,
    exact_product,
    integers,
    layer_kind,
    require_whole,
    weighted_bounds,
)
from scratchgen.networks.layers.curves import TableLookup

__all__ = ["Elman", "Gru"]


def _require_curve(layer: Layer, name: str) -> None:
    if not isinstance(getattr(layer, name), TableLookup):
        raise NetworkError(f"the {name} of a layer of kind {layer.kind!r} is not a table")


def _span(*curves: TableLookup) -> tuple[int, int]:
    """Return the least and the greatest that tables hold, with the 0 that every state begins as."""
    entries = [0, *(int(entry) for curve in curves for entry in (curve.table.min(), curve.table.max()))]
    return min(entries), max(entries)


class _Cell(Layer):
    """What all cells share: a question alone is a step from the state of zeros."""

    __slots__ = ()

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Compute the first step of a sequence."""
        return self.step(values, np.zeros((len(values), self.state_size), dtype=np.int64))[0]


@layer_kind("elman")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Elman(_Cell):
    """The simplest cell: ``state = curve(input + weights × state)``, and the state is what comes out.

    ``weights`` has the shape (size, size): how each neuron counts what each of them said a step ago
    (J. L. Elman, *Finding Structure in Time*, 1990).

    >>> same = TableLookup(curve="same", multiplier=1, shift=0, offset=9, table=list(range(-9, 10)))
    >>> cell = Elman(weights=[[2]], curve=same)
    >>> first, state = cell.step(np.array([[3]]), np.array([[0]]))
    >>> cell.step(np.array([[1]]), state)[0].tolist()
    [[7]]
    """

    weights: IntegerArray
    curve: TableLookup

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", integers(self.weights, what="weights", dimensions=2))
        _require_curve(self, "curve")
        if self.weights.shape[0] != self.weights.shape[1]:
            raise NetworkError(f"an elman layer's weights have the shape {self.weights.shape}, not a square")

    @property
    def state_size(self) -> int:
        """The number of neurons."""
        return len(self.weights)

    def output_size(self, inputs: int) -> int:
        """Return the number of neurons, which is that of the inputs."""
        if inputs != self.state_size:
            raise NetworkError(f"an elman layer of {self.state_size} neurons is given {inputs} values")
        return inputs

    def step(self, values: IntegerArray, state: IntegerArray) -> tuple[IntegerArray, IntegerArray]:
        """Compute one step; the outputs are the new state."""
        new = self.curve.reference(values + exact_product(state, self.weights))
        return new, new

    def bounds(self, interval: Interval) -> Bounds:
        """Bound a step from any state that the curve's table can make: so it holds for every step."""
        low, high = _span(self.curve)
        lows, highs, largest = [], [], 0
        for row, a, b in zip(self.weights.tolist(), interval.low, interval.high, strict=True):
            least, greatest, magnitude = weighted_bounds(row, [low] * len(row), [high] * len(row))
            lows.append(a + least)
            highs.append(b + greatest)
            largest = max(largest, magnitude + max(abs(a), abs(b)))
        curve = self.curve.bounds(Interval(low=tuple(lows), high=tuple(highs)))
        return Bounds(output=curve.output, largest=max(largest, curve.largest, self.weights.size))


@layer_kind("gru")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gru(_Cell):
    """A gated recurrent unit: it learns what to keep.

    K. Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder*, 2014.

    With ``H`` neurons it is given ``3 H`` values: for the update gate, the reset gate and the candidate.
    ``2^one_bits`` stands for one, and a gate's table holds 0 to that::

        update    = gate(update input + update weights × state)
        reset     = gate(reset input + reset weights × state)
        candidate = curve(candidate input + floor(reset × (candidate weights × state) / 2^one_bits))
        state     = candidate + floor(update × (state - candidate) / 2^one_bits)

    ``weights`` has the shape (3 H, H), in the order of the inputs.

    >>> gate = TableLookup(curve="gate", multiplier=1, shift=0, offset=0, table=[0, 1, 2, 3, 4])
    >>> same = TableLookup(curve="same", multiplier=1, shift=0, offset=9, table=list(range(-9, 10)))
    >>> cell = Gru(weights=[[0], [0], [1]], gate=gate, curve=same, one_bits=2)
    >>> cell.step(np.array([[1, 2, 4]]), np.array([[8]]))[0].tolist()  # all are 8
    [[8]]
    """

    weights: IntegerArray
    gate: TableLookup
    curve: TableLookup
    one_bits: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", integers(self.weights, what="weights", dimensions=2))
        _require_curve(self, "gate")
        _require_curve(self, "curve")
        require_whole(self, one_bits=(0, 30))
        if self.weights.shape[0] != 3 * self.weights.shape[1]:
            raise NetworkError(
                f"a gru layer's weights have the shape {self.weights.shape}", todo="give (3 H, H)"
            )
        if self.gate.table.min() < 0 or self.gate.table.max() > 2**self.one_bits:
            raise NetworkError(f"a gate's table holds more than 0 to {2**self.one_bits:,}")

    @property
    def state_size(self) -> int:
        """The number of neurons."""
        return int(self.weights.shape[1])

    def output_size(self, inputs: int) -> int:
        """Return the number of neurons; three values are given for each."""
        if inputs != 3 * self.state_size:
            raise NetworkError(
                f"a gru layer of {self.state_size} neurons is given {inputs} values, "
                f"not {3 * self.state_size}"
            )
        return self.state_size

    def step(self, values: IntegerArray, state: IntegerArray) -> tuple[IntegerArray, IntegerArray]:
        """Compute one step; the outputs are the new state."""
        remembered = np.split(exact_product(state, self.weights), 3, axis=1)
        given = np.split(values, 3, axis=1)
        update, reset = (self.gate.reference(given[at] + remembered[at]) for at in (0, 1))
        candidate = self.curve.reference(given[2] + ((reset * remembered[2]) >> self.one_bits))
        new = candidate + ((update * (state - candidate)) >> self.one_bits)
        return new, new

    def bounds(self, interval: Interval) -> Bounds:
        """Bound a step from any state within the curve's table and 0, where every step ends.

        Between candidate and old state the new one stays: a floored part of their difference never leads
        beyond either.
        """
        low, high = _span(self.curve)
        size, one = self.state_size, 2**self.one_bits
        sums: list[tuple[int, int]] = []
        largest = max(self.weights.size, one * (high - low), *interval.magnitudes)
        for place, row in enumerate(self.weights.tolist()):
            a, b = interval.low[place], interval.high[place]
            least, greatest, magnitude = weighted_bounds(row, [low] * size, [high] * size)
            largest = max(largest, magnitude + max(abs(a), abs(b)))
            if place >= 2 * size:  # the reset gate may let all or nothing of it through
                least, greatest = min(least, 0), max(greatest, 0)
                largest = max(largest, magnitude * one)
            sums.append((a + least, b + greatest))
        gates = _interval(sums[: 2 * size])
        candidates = _interval(sums[2 * size :])
        largest = max(largest, self.gate.bounds(gates).largest, self.curve.bounds(candidates).largest)
        return Bounds(output=Interval(low=(low,) * size, high=(high,) * size), largest=largest)


def _interval(ends: list[tuple[int, int]]) -> Interval:
    return Interval(low=tuple(a for a, _ in ends), high=tuple(b for _, b in ends))
