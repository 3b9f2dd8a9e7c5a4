"""A network of float layers over colours: made, computed, trained one batch, and kept in weights files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scratchgen.errors import WeightsError
from scratchgen.training.float_layers import ACTIVATIONS, Dense, FloatArray, Layer, Parameter
from scratchgen.training.loss import soft_cross_entropy

__all__ = ["INPUT_CENTRE", "FloatNetwork"]

INPUT_CENTRE = 127.5
"""Channels of 0 to 255 enter as ``(channel - centre) / centre``, so between -1 and 1."""


class FloatNetwork:
    """Dense layers with a curve between each two.

    >>> network = FloatNetwork.create((3, 8, 11), "relu", np.random.default_rng(1))
    >>> network
    FloatNetwork(3-8-11 relu)
    >>> network.logits(np.array([[0, 128, 255]])).shape
    (1, 11)
    """

    def __init__(self, dense: Sequence[Dense], activation: str) -> None:
        self.dense = tuple(dense)
        self.activation = activation
        curve = ACTIVATIONS[activation]
        self.layers: tuple[Layer, ...] = tuple(layer for part in self.dense for layer in (part, curve()))[:-1]

    @classmethod
    def create(cls, sizes: Sequence[int], activation: str, generator: np.random.Generator) -> FloatNetwork:
        """Return a network with random weights, as large as keeps values level (He et al., 2015)."""
        return cls(
            [
                Dense(generator.normal(0.0, np.sqrt(2 / inputs), (outputs, inputs)), np.zeros(outputs))
                for inputs, outputs in pairwise(sizes)
            ],
            activation,
        )

    def __repr__(self) -> str:
        return f"FloatNetwork({'-'.join(map(str, self.sizes))} {self.activation})"

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, and of each dense layer's outputs."""
        first = self.dense[0].weights.values.shape[1]
        return first, *(len(layer.biases.values) for layer in self.dense)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Everything that is learnt, in order."""
        return tuple(parameter for layer in self.layers for parameter in layer.parameters)

    def copy(self) -> FloatNetwork:
        """Return a network of the same numbers that learns apart."""
        return self.with_values([parameter.values for parameter in self.parameters])

    def with_values(self, values: Sequence[FloatArray]) -> FloatNetwork:
        """Return a network of this kind with other numbers, given in the order of ``parameters``."""
        numbers: Iterator[FloatArray] = iter(values)
        return FloatNetwork(
            [Dense(next(numbers).copy(), next(numbers).copy()) for _ in self.dense], self.activation
        )

    def logits(self, colours: NDArray[np.int64] | FloatArray) -> FloatArray:
        """Return the logits, shape (rows, names), of colours, shape (rows, 3), with channels of 0 to 255."""
        values: FloatArray = colours / INPUT_CENTRE - 1.0
        for layer in self.layers:
            values = layer.forward(values)
        return values

    def learn_from(self, colours: NDArray[np.int64] | FloatArray, votes: FloatArray) -> float:
        """Set every parameter's gradient by this batch and return its loss; the numbers stay as they are."""
        loss, gradient = soft_cross_entropy(self.logits(colours), votes)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return loss

    def to_json(self) -> dict[str, Any]:
        """Return the network as JSON values that restore every double."""
        return {
            "activation": self.activation,
            "layers": [
                {"weights": layer.weights.values.tolist(), "biases": layer.biases.values.tolist()}
                for layer in self.dense
            ],
        }

    @classmethod
    def from_json(cls, content: object) -> FloatNetwork:
        """Return the network that the JSON values describe; WeightsError when they describe none."""
        match content:
            case {"activation": str(activation), "layers": [*layers]} if activation in ACTIVATIONS and layers:
                network = cls([_dense_from_json(layer) for layer in layers], activation)
                fitting = pairwise(network.dense)
                if all(len(a.biases.values) == b.weights.values.shape[1] for a, b in fitting):
                    return network
        raise WeightsError("the float network is damaged")


def _dense_from_json(content: object) -> Dense:
    if isinstance(content, Mapping):
        try:
            weights = np.array(content.get("weights"), dtype=np.float64)
            biases = np.array(content.get("biases"), dtype=np.float64)
        except (TypeError, ValueError):
            pass
        else:
            fitting = weights.ndim == 2 and weights.size > 0 and biases.shape == weights.shape[:1]
            if fitting and np.isfinite(weights).all() and np.isfinite(biases).all():
                return Dense(weights, biases)
    raise WeightsError("a layer of the float network is damaged")
