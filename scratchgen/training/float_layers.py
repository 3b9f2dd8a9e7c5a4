"""The layers of a network that can still learn: each goes forward, and hands its error backward.

Backpropagation is written out, one layer a class, to be read with pencil and paper; gradients are checked
against finite differences in the tests. The loss and the optimiser have rooms of their own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "Dense",
    "FloatArray",
    "Layer",
    "Parameter",
    "Relu",
    "Sigmoid",
    "Tanh",
]

FloatArray = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class Parameter:
    """Numbers that are learnt, and how the loss of the last batch changes with each of them."""

    values: FloatArray
    gradient: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        self.gradient = np.zeros_like(self.values)


class Layer(ABC):
    """A step of the network; ``backward`` belongs to the last ``forward``."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the layer learns."""
        return ()

    @abstractmethod
    def forward(self, inputs: FloatArray) -> FloatArray:
        """Compute outputs of shape (rows, outputs) from inputs of shape (rows, inputs)."""

    @abstractmethod
    def backward(self, gradient: FloatArray) -> FloatArray:
        """Turn the loss's gradient by the outputs into that by the inputs; set those of the parameters."""


class Dense(Layer):
    """Every output is a bias plus a weighted sum of all inputs; weights have the shape (outputs, inputs).

    >>> layer = Dense(np.array([[2.0, -1.0]]), np.array([0.5]))
    >>> layer.forward(np.array([[3.0, 4.0]])).tolist()
    [[2.5]]
    >>> layer.backward(np.array([[10.0]])).tolist(), layer.weights.gradient.tolist()
    ([[20.0, -10.0]], [[30.0, 40.0]])
    """

    def __init__(self, weights: FloatArray, biases: FloatArray) -> None:
        self.weights = Parameter(weights)
        self.biases = Parameter(biases)

    def __repr__(self) -> str:
        outputs, inputs = self.weights.values.shape
        return f"Dense({inputs} to {outputs})"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Weights and biases."""
        return self.weights, self.biases

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Compute ``inputs @ weights.T + biases``."""
        self._inputs = inputs
        return inputs @ self.weights.values.T + self.biases.values

    def backward(self, gradient: FloatArray) -> FloatArray:
        """Blame each weight by the input that it multiplied, each input by the weights that it met."""
        # what comes before the last axis is rows, or rows and steps
        blamed = gradient.reshape(-1, gradient.shape[-1])
        self.weights.gradient = blamed.T @ self._inputs.reshape(-1, self._inputs.shape[-1])
        self.biases.gradient = blamed.sum(axis=0)
        return gradient @ self.weights.values


class Activation(Layer):
    """A curve that each value goes through by itself; subclasses say the curve and its slope."""

    name: ClassVar[str]

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    @staticmethod
    @abstractmethod
    def curve(values: FloatArray) -> FloatArray:
        """Return the curve's height at each value."""

    @staticmethod
    @abstractmethod
    def slope(outputs: FloatArray) -> FloatArray:
        """Return the curve's slope where it has these heights."""

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Send each value through the curve."""
        self._outputs = self.curve(inputs)
        return self._outputs

    def backward(self, gradient: FloatArray) -> FloatArray:
        """Multiply by the slope (the chain rule)."""
        return gradient * self.slope(self._outputs)


class Relu(Activation):
    """Negative values become 0."""

    name = "relu"

    @staticmethod
    def curve(values: FloatArray) -> FloatArray:
        """Return the greater of each value and 0."""
        return np.maximum(values, 0.0)

    @staticmethod
    def slope(outputs: FloatArray) -> FloatArray:
        """Return 1 where the value passed, 0 where it was cut off."""
        return (outputs > 0).astype(np.float64)


class Tanh(Activation):
    """The S-curve from -1 to 1."""

    name = "tanh"

    @staticmethod
    def curve(values: FloatArray) -> FloatArray:
        """Return the hyperbolic tangent."""
        return np.tanh(values)

    @staticmethod
    def slope(outputs: FloatArray) -> FloatArray:
        """Return ``1 - tanh²``."""
        return 1.0 - outputs * outputs


class Sigmoid(Activation):
    """The S-curve from 0 to 1."""

    name = "sigmoid"

    @staticmethod
    def curve(values: FloatArray) -> FloatArray:
        """Return ``1 / (1 + e^-value)``, in the form that does not overflow."""
        return 0.5 * (1.0 + np.tanh(0.5 * values))

    @staticmethod
    def slope(outputs: FloatArray) -> FloatArray:
        """Return ``sigmoid × (1 - sigmoid)``."""
        return outputs * (1.0 - outputs)


ACTIVATIONS: dict[str, type[Activation]] = {cls.name: cls for cls in (Relu, Tanh, Sigmoid)}
"""Every curve by the name that options and weights files give it."""
