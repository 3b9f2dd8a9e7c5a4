"""Embeddings: a number that stands for a letter or a word picks a row of a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import Bounds, Interval
from scratchgen.networks.layers.base import IntegerArray, Layer, integers, layer_kind

__all__ = ["Embedding"]


@layer_kind("embedding")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Embedding(Layer):
    """Each input, counted from 1, is replaced by the numbers of its row; one outside picks the nearest row.

    ``vectors`` has the shape (rows, size); ``inputs`` numbers become ``inputs × size`` values.

    >>> Embedding(vectors=[[1, 2], [3, 4], [5, 6]]).reference(np.array([[3, 1]])).tolist()
    [[5, 6, 1, 2]]
    """

    vectors: IntegerArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "vectors", integers(self.vectors, what="vectors", dimensions=2))

    @property
    def size(self) -> int:
        """How many values one input becomes."""
        return int(self.vectors.shape[1])

    def output_size(self, inputs: int) -> int:
        """Return ``inputs × size``."""
        return inputs * self.size

    def reference(self, values: IntegerArray) -> IntegerArray:
        """Look each input's row up."""
        rows = np.clip(values, 1, len(self.vectors)) - 1
        return self.vectors[rows].reshape(len(values), -1)

    def bounds(self, interval: Interval) -> Bounds:
        """Take the extremes of the rows that the interval reaches."""
        low: list[int] = []
        high: list[int] = []
        for a, b in zip(interval.low, interval.high, strict=True):
            first, last = (min(max(end, 1), len(self.vectors)) for end in (a, b))
            reached = self.vectors[first - 1 : last]
            low += reached.min(axis=0).tolist()
            high += reached.max(axis=0).tolist()
        # on the way: the place in the list of vectors
        largest = max(*interval.magnitudes, int(self.vectors.size), *map(abs, low), *map(abs, high))
        if not low:
            raise NetworkError("an embedding is given nothing")
        return Bounds(output=Interval(low=tuple(low), high=tuple(high)), largest=largest)
