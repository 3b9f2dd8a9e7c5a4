"""Layers over pictures: convolution and pooling. A picture's values lie channel by channel, row by row.

Nothing has to be flattened before a dense layer: values travel as flat lists everywhere.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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

__all__ = ["AveragePool", "Conv2d", "MaxPool"]

LONGEST_SIDE = 1000


def _require_picture(layer: Layer, channels: int, height: int, width: int, inputs: int) -> None:
    if inputs != channels * height * width:
        raise NetworkError(
            f"a {layer.kind} layer over {channels} × {height} × {width} values is given {inputs}"
        )


def _windows(channels: int, height: int, width: int, side: tuple[int, int], stride: int) -> NDArray[np.intp]:
    """Return the places of each window's values: shape (channels, windows, values of a window)."""
    rows = np.arange(0, height - side[0] + 1, stride)
    columns = np.arange(0, width - side[1] + 1, stride)
    corners = (rows[:, None] * width + columns[None, :]).ravel()
    within = (np.arange(side[0])[:, None] * width + np.arange(side[1])[None, :]).ravel()
    places: NDArray[np.intp] = (
        np.arange(channels)[:, None, None] * (height * width) + corners[None, :, None] + within[None, None, :]
    )
    return places


@layer_kind("conv2d")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Conv2d(Layer):
    """Every filter slides over the picture and adds up what it sees: a 2-D convolution.

    ``weights`` has the shape (filters, channels, window height, window width), ``biases`` (filters,).
    ``height`` and ``width`` are those of the picture; ``padding`` rows and columns of zeros are put around
    it, and the window moves by ``stride``.

    >>> edge = Conv2d(height=2, width=3, padding=0, stride=1, weights=[[[[-1, 1]]]], biases=[10])
    >>> edge.reference(np.array([[0, 5, 5, 7, 7, 0]])).tolist()
    [[15, 10, 10, 3]]
    """

    height: int
    width: int
    padding: int
    stride: int
    weights: IntegerArray
    biases: IntegerArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", integers(self.weights, what="weights", dimensions=4))
        object.__setattr__(self, "biases", integers(self.biases, what="biases", dimensions=1))
        side = (1, LONGEST_SIDE)
        require_whole(self, height=side, width=side, stride=side, padding=(0, LONGEST_SIDE))
        if len(self.biases) != self.filters:
            raise NetworkError(f"a conv2d layer has {self.filters} filters and {len(self.biases)} biases")
        if self.window[0] > self.padded_height or self.window[1] > self.padded_width:
            raise NetworkError(
                f"a window of {self.window[0]} × {self.window[1]} does not fit into a picture of "
                f"{self.padded_height} × {self.padded_width}, its padding included"
            )

    @property
    def filters(self) -> int:
        """How many filters there are: the channels of what comes out."""
        return int(self.weights.shape[0])

    @property
    def channels(self) -> int:
        """How many channels the picture has."""
        return int(self.weights.shape[1])

    @property
    def window(self) -> tuple[int, int]:
        """Height and width of what a filter sees."""
        return int(self.weights.shape[2]), int(self.weights.shape[3])

    @property
    def padded_height(self) -> int:
        """The picture's height, its padding included."""
        return self.height + 2 * self.padding

    @property
    def padded_width(self) -> int:
        """The picture's width, its padding included."""
        return self.width + 2 * self.padding

    @property
    def output_height(self) -> int:
        """How many windows lie one under the other."""
        return (self.padded_height - self.window[0]) // self.stride + 1

    @property
    def output_width(self) -> int:
        """How many windows lie side by side."""
        return (self.padded_width - self.window[1]) // self.stride + 1

    def output_size(self, inputs: int) -> int:
        """Return filters × windows."""
        _require_picture(self, self.channels, self.height, self.width, inputs)
        return self.filters * self.output_height * self.output_width

    def _padded(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        pictures = values.reshape(-1, self.channels, self.height, self.width)
        shape = (len(values), self.channels, self.padded_height, self.padded_width)
        padded = np.zeros(shape, dtype=values.dtype)  # of Python's own integers, where bounds are computed
        rows, columns = (slice(self.padding, self.padding + side) for side in (self.height, self.width))
        padded[:, :, rows, columns] = pictures
        return padded.reshape(len(values), -1)

    def _places(self) -> NDArray[np.intp]:
        """Return the places of what each window sees, all channels in a row: shape (windows, values)."""
        places = _windows(self.channels, self.padded_height, self.padded_width, self.window, self.stride)
        return places.transpose(1, 0, 2).reshape(places.shape[1], -1)

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Multiply what each window sees by each filter."""
        seen = self._padded(values)[:, self._places()].astype(np.int64)
        sums = exact_product(seen, self.weights.reshape(self.filters, -1)) + self.biases
        return sums.transpose(0, 2, 1).reshape(len(values), -1)

    def bounds(self, interval: Interval) -> Bounds:
        """Bound each sum by the sign of each weight; the way there by the sum of all magnitudes."""
        ends = np.array([interval.low, interval.high], dtype=object)
        low_seen, high_seen = self._padded(ends)[:, self._places()].tolist()
        low, high, largest = [], [], self._padded(ends).shape[1]
        for row, bias in zip(
            self.weights.reshape(self.filters, -1).tolist(), self.biases.tolist(), strict=True
        ):
            for lows, highs in zip(low_seen, high_seen, strict=True):
                least, greatest, magnitude = weighted_bounds(row, lows, highs)
                low.append(bias + least)
                high.append(bias + greatest)
                largest = max(largest, abs(bias) + magnitude)
        return Bounds(output=Interval(low=tuple(low), high=tuple(high)), largest=largest)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pool(Layer):
    """What both kinds of pooling share: square windows that move by ``stride`` within each channel."""

    channels: int
    height: int
    width: int
    side: int
    stride: int

    def _require_window(self) -> None:
        side = (1, LONGEST_SIDE)
        require_whole(self, channels=(1, 200_000), height=side, width=side, side=side, stride=side)
        if self.side > min(self.height, self.width):
            raise NetworkError(
                f"a window of {self.side} × {self.side} does not fit into a picture of "
                f"{self.height} × {self.width}"
            )

    @property
    def output_height(self) -> int:
        """How many windows lie one under the other."""
        return (self.height - self.side) // self.stride + 1

    @property
    def output_width(self) -> int:
        """How many windows lie side by side."""
        return (self.width - self.side) // self.stride + 1

    def output_size(self, inputs: int) -> int:
        """Return channels × windows."""
        _require_picture(self, self.channels, self.height, self.width, inputs)
        return self.channels * self.output_height * self.output_width

    def _seen(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Return what each window sees: shape (rows, outputs, values of a window)."""
        places = _windows(self.channels, self.height, self.width, (self.side, self.side), self.stride)
        return values[:, places.reshape(-1, self.side * self.side)]

    @abstractmethod
    def reference(self, values: IntegerArray) -> IntegerArray:
        """Compute the layer: int64 of shape (rows, inputs) to int64 of shape (rows, outputs)."""


@layer_kind("max_pool")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MaxPool(_Pool):
    """The greatest value of each window.

    >>> MaxPool(channels=1, height=2, width=4, side=2, stride=2).reference(
    ...     np.array([[1, 5, -3, -4, 2, 0, -9, -8]])).tolist()
    [[5, -3]]
    """

    def __post_init__(self) -> None:
        self._require_window()

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Take the greatest value of each window."""
        greatest: IntegerArray = self._seen(values).astype(np.int64).max(axis=2)
        return greatest

    def bounds(self, interval: Interval) -> Bounds:
        """Take the greatest of the ends: no window is less than any of its lows, or more than all highs."""
        ends = np.array([interval.low, interval.high], dtype=object)
        low, high = self._seen(ends).max(axis=2).tolist()
        # on the way: the places in the list
        largest = max(*interval.magnitudes, len(interval))
        return Bounds(output=Interval(low=tuple(low), high=tuple(high)), largest=largest)


@layer_kind("average_pool")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AveragePool(_Pool):
    """The sum of each window, rescaled: ``floor(sum × multiplier / 2^shift)``.

    A multiplier of 1 and a shift of 2 make the mean of a window of 2 × 2, rounded down.

    >>> AveragePool(channels=1, height=2, width=2, side=2, stride=2, multiplier=1, shift=2).reference(
    ...     np.array([[1, 5, 2, 3]])).tolist()
    [[2]]
    """

    multiplier: int
    shift: int

    def __post_init__(self) -> None:
        self._require_window()
        require_whole(self, multiplier=(1, 2**52), shift=(0, 52))

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Add up each window and rescale; ``>>`` on int64 is the floored division by a power of two."""
        sums = self._seen(values).astype(np.int64).sum(axis=2)
        rescaled: IntegerArray = (sums * np.int64(self.multiplier)) >> self.shift
        return rescaled

    def bounds(self, interval: Interval) -> Bounds:
        """Add up the ends; before rescaling the sums are as large as they get."""
        ends = np.array([interval.low, interval.high], dtype=object)
        low, high = (
            [(total * self.multiplier) >> self.shift for total in row]
            for row in self._seen(ends).sum(axis=2).tolist()
        )
        magnitudes = self._seen(np.array([interval.magnitudes], dtype=object)).sum(axis=2).tolist()[0]
        largest = max(max(magnitudes) * self.multiplier, len(interval))
        return Bounds(output=Interval(low=tuple(low), high=tuple(high)), largest=largest)
