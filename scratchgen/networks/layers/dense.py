"""Dense layers: every output is a weighted sum of all inputs."""

from __future__ import annotations

from dataclasses import dataclass

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import Bounds, Interval
from scratchgen.networks.layers.base import (
    IntegerArray,
    Layer,
    exact_product,
    integers,
    layer_kind,
    weighted_bounds,
)

__all__ = ["Dense"]


@layer_kind("dense")
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dense(Layer):
    """Every output is a bias plus a weighted sum of all inputs.

    ``weights`` has the shape (outputs, inputs), ``biases`` (outputs,). No rescaling: sums stay exact.

    >>> import numpy as np
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
        return exact_product(values, self.weights) + self.biases

    def bounds(self, interval: Interval) -> Bounds:
        """Bound each sum by the sign of each weight; the way there by the sum of all magnitudes."""
        low, high, largest = [], [], 0
        for row, bias in zip(self.weights.tolist(), self.biases.tolist(), strict=True):
            least, greatest, magnitude = weighted_bounds(row, interval.low, interval.high)
            low.append(bias + least)
            high.append(bias + greatest)
            largest = max(largest, abs(bias) + magnitude)
        return Bounds(output=Interval(low=tuple(low), high=tuple(high)), largest=largest)
