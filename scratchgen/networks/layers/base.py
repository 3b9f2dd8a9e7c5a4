"""The kinds of integer layer: each a frozen dataclass that computes itself exactly and bounds itself.

A layer says nothing about Scratch. A new kind is one class in a module of this folder (registered by
:func:`layer_kind`, so that weights files can hold it) and one template for the compiler.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import EXACT_LIMIT, Bounds, Interval

__all__ = [
    "LAYER_KINDS",
    "IntegerArray",
    "Layer",
    "exact_product",
    "integers",
    "layer_kind",
    "require_whole",
    "weighted_bounds",
]

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


def require_whole(layer: Layer, **limits: tuple[int, int]) -> None:
    """Refuse fields that are no integers within their limits, both ends included."""
    for name, (low, high) in limits.items():
        value = getattr(layer, name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise NetworkError(f"a {layer.kind} layer's {name} is {value!r}, which is not an integer")
        if not low <= value <= high:
            raise NetworkError(
                f"a {layer.kind} layer's {name} is {value:,}", todo=f"give {low:,} to {high:,}"
            )


def exact_product(values: IntegerArray, weights: IntegerArray) -> IntegerArray:
    """Return ``values @ weights.T``, int64: of (…, inputs) and (outputs, inputs), in doubles where exact."""
    greatest = max(abs(int(values.max(initial=0))), abs(int(values.min(initial=0))))
    most = greatest * int(np.abs(weights).sum(axis=1).max(initial=0))
    if most >= EXACT_LIMIT:
        return values @ weights.T
    # every partial sum, in whatever order, is a whole number below 2**53
    sums = values.astype(np.float64) @ weights.T.astype(np.float64)
    return sums.astype(np.int64)


def weighted_bounds(weights: Sequence[int], low: Sequence[int], high: Sequence[int]) -> tuple[int, int, int]:
    """Return the least and greatest weighted sum of values within their ends, and the sum of magnitudes."""
    least = greatest = magnitude = 0
    for weight, a, b in zip(weights, low, high, strict=True):
        one, other = weight * a, weight * b
        least += min(one, other)
        greatest += max(one, other)
        magnitude += max(abs(one), abs(other))
    return least, greatest, magnitude


class Layer(ABC):
    """A step of the network: integers in, integers out, the same on every machine."""

    __slots__ = ()

    kind: ClassVar[str]
    """The name in weights files and templates."""

    elementwise: ClassVar[bool] = False
    """Whether each output depends on the input of the same place alone."""

    @property
    def state_size(self) -> int:
        """How many values it keeps from one question of a sequence to the next; they begin as 0."""
        return 0

    @abstractmethod
    def output_size(self, inputs: int) -> int:
        """Return how many values come out when ``inputs`` go in; NetworkError when they do not fit."""

    @abstractmethod
    def reference(self, values: IntegerArray) -> IntegerArray:
        """Compute the layer: int64 of shape (rows, inputs) to int64 of shape (rows, outputs)."""

    @abstractmethod
    def bounds(self, interval: Interval) -> Bounds:
        """Bound what comes out, and everything met on the way, for all inputs within the interval."""

    def step(self, values: IntegerArray, state: IntegerArray) -> tuple[IntegerArray, IntegerArray]:
        """Compute the layer within a sequence: outputs and new state, of values and old state.

        The state has the shape (rows, state_size). Layers without state leave it as it is.
        """
        return self.reference(values), state

    def tables(self) -> Iterator[tuple[str, IntegerArray]]:
        """Yield the name and the numbers of each table that the layer needs, those of its parts included.

        >>> from scratchgen.networks.layers import Dense
        >>> [name for name, _ in Dense(weights=[[1]], biases=[2]).tables()]
        ['weights', 'biases']
        """
        for each in fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            if isinstance(value, np.ndarray):
                yield each.name, value
            elif isinstance(value, Layer):
                yield from ((f"{each.name} {name}", table) for name, table in value.tables())

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        pairs = [(getattr(self, each.name), getattr(other, each.name)) for each in fields(self)]  # type: ignore[arg-type]
        return all(
            one == two if isinstance(one, Layer) else bool(np.array_equal(one, two)) for one, two in pairs
        )

    __hash__ = None  # type: ignore[assignment]
