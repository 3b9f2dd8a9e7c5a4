"""A float network of any layers in a row, which learns by the same rule whatever they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scratchgen.training.float_layers import FloatArray, Layer, Parameter

__all__ = ["Chain"]


class Chain:
    """Layers in a row.

    >>> from scratchgen.training.float_layers import Dense, Relu
    >>> chain = Chain([Dense(np.array([[1.0], [-1.0]]), np.zeros(2)), Relu()])
    >>> chain.forward(np.array([[3.0]])).tolist()
    [[3.0, 0.0]]
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = tuple(layers)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Everything that is learnt, in order."""
        return tuple(parameter for layer in self.layers for parameter in layer.parameters)

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Compute the last layer's outputs."""
        for layer in self.layers:
            inputs = layer.forward(inputs)
        return inputs

    def activations(self, inputs: FloatArray) -> list[FloatArray]:
        """Return every layer's outputs."""
        found = []
        for layer in self.layers:
            inputs = layer.forward(inputs)
            found.append(inputs)
        return found

    def backward(self, gradient: FloatArray) -> None:
        """Set every parameter's gradient by that of the loss by the outputs of the last :meth:`forward`."""
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)

    def take(self, values: Sequence[FloatArray]) -> None:
        """Give every parameter other numbers, in the order of ``parameters``."""
        for parameter, numbers in zip(self.parameters, values, strict=True):
            parameter.values = np.array(numbers)
