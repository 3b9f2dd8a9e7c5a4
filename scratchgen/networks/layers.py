"""The kinds of integer layer: each a frozen dataclass that computes itself exactly and bounds itself.

A layer says nothing about Scratch. A new kind is one class here (registered by :func:`layer_kind`, so that
weights files can hold it) and one template for the compiler.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import EXACT_LIMIT, Bounds, Interval

__all__ = ["LAYER_KINDS", "Dense", "IntegerArray", "Layer", "Relu", "TableLookup", "layer_kind"]

IntegerArray = NDArray[np.int64]

LAYER_KINDS: dict[str, type[Layer]] = {}
"""Every kind of layer by the name that weights files give it."""

LayerClass = TypeVar("LayerClass", bound="type[Layer]")


def layer_kind(name: str) -> Callable[[LayerClass], LayerClass]:
    """Register a class of layers under the name that weights files and templates use."""

    def register(cls: LayerClass) -> LayerClass:
        cls.kind = name
        LAYER_KINDS[name] = cls
        return cls

    return register


def integers(values: object, *, what: str, dimensions: int) -> IntegerArray:
    """Return a read-only int64 copy; refuse what is not whole, does not fit, or has other dimensions."""
    try:
        array = np.array(values)
    except ValueError as fault:
        raise NetworkError(f"the {what} are not a table of numbers: {fault}") from None
    if array.ndim != dimensions or array.size == 0:
        raise NetworkError(
            f"the {what} have the shape {array.shape}",
            todo=f"give {dimensions} dimensions, none of them empty",
        )
    if array.dtype.kind not in "iu" or (array.dtype.kind == "u" and array.max() > np.iinfo(np.int64).max):
        raise NetworkError(f"the {what} are not all integers of 64 bits")
    array = array.astype(np.int64)
    array.setflags(write=False)
    return array


class Layer(ABC):
    """A step of the network: integers in, integers out, the same on every machine."""

    __slots__ = ()

    kind: ClassVar[str]
    """The name in weights files and templates."""

    elementwise: ClassVar[bool] = False
    """Whether each output depends on the input of the same place alone."""

    @abstractmethod
    def output_size(self, inputs: int) -> int:
        """Return how many values come out when ``inputs`` go in; NetworkError when they do not fit."""

    @abstractmethod
    def reference(self, values: IntegerArray) -> IntegerArray:
        """Compute the layer: int64 of shape (rows, inputs) to int64 of shape (rows, outputs)."""

    @abstractmethod
    def bounds(self, interval: Interval) -> Bounds:
        """Bound what comes out, and everything met on the way, for all inputs within the interval."""

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(np.array_equal(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))  # type: ignore[arg-type]

    __hash__ = None  # type: ignore[assignment]


@layer_kind("dense")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dense(Layer):
    """Every output is a bias plus a weighted sum of all inputs.

    ``weights`` has the shape (outputs, inputs), ``biases`` (outputs,). No rescaling: sums stay exact.

    >>> Dense(weights=[[2, -1], [0, 3]], biases=[10, -4]).reference(np.array([[5, 7]])).tolist()
    [[13, 17]]
    """

    weights: IntegerArray
    biases: IntegerArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", integers(self.weights, what="weights", dimensions=2))
        object.__setattr__(self, "biases", integers(self.biases, what="biases", dimensions=1))
        if len(self.biases) != len(self.weights):
            raise NetworkError(
                f"a dense layer has {len(self.weights)} rows of weights and {len(self.biases)} biases"
            )

    def output_size(self, inputs: int) -> int:
        """Return the number of neurons."""
        if inputs != self.weights.shape[1]:
            raise NetworkError(f"a dense layer with {self.weights.shape[1]} inputs is given {inputs}")
        return len(self.weights)

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Compute ``values @ weights.T + biases`` in int64, or in doubles where they are as exact."""
        greatest = max(abs(int(values.max(initial=0))), abs(int(values.min(initial=0))))
        most = greatest * int(np.abs(self.weights).sum(axis=1).max(initial=0))
        if most >= EXACT_LIMIT:
            return values @ self.weights.T + self.biases
        # every partial sum, in whatever order, is a whole number below 2**53
        sums = values.astype(np.float64) @ self.weights.T.astype(np.float64)
        return sums.astype(np.int64) + self.biases

    def bounds(self, interval: Interval) -> Bounds:
        """Bound each sum by the sign of each weight; the way there by the sum of all magnitudes."""
        low, high, largest = [], [], 0
        for row, bias in zip(self.weights.tolist(), self.biases.tolist(), strict=True):
            ends = [
                (w * a, w * b) if w >= 0 else (w * b, w * a)
                for w, a, b in zip(row, interval.low, interval.high, strict=True)
            ]
            low.append(bias + sum(a for a, _ in ends))
            high.append(bias + sum(b for _, b in ends))
            largest = max(largest, abs(bias) + sum(max(abs(a), abs(b)) for a, b in ends))
        return Bounds(output=Interval(low=tuple(low), high=tuple(high)), largest=largest)


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
