"""Layers over sequences that can still learn: embedding and recurrent cells, blamed back through time.

Values have the shape (rows, steps, values): every row is a sequence. What a cell remembers begins as zeros.
"""

from __future__ import annotations

import numpy as np

from scratchgen.training.float_layers import FloatArray, Layer, Parameter, Sigmoid, Tanh

__all__ = ["Elman", "Embedding", "Gru"]


class Embedding(Layer):
    """Each number, counted from 1, is replaced by its row of ``vectors``, shape (numbers, size).

    >>> layer = Embedding(np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> layer.forward(np.array([[[2.0], [1.0]]])).tolist()
    [[[3.0, 4.0], [1.0, 2.0]]]
    """

    def __init__(self, vectors: FloatArray) -> None:
        self.vectors = Parameter(vectors)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The vectors."""
        return (self.vectors,)

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Look each number up."""
        self._numbers = inputs[..., 0].astype(np.int64) - 1
        return self.vectors.values[self._numbers]

    def backward(self, gradient: FloatArray) -> FloatArray:
        """Blame each row for every place where it stood; a number itself cannot be changed."""
        self.vectors.gradient = np.zeros_like(self.vectors.values)
        np.add.at(self.vectors.gradient, self._numbers, gradient)
        return np.zeros((*self._numbers.shape, 1))


class Elman(Layer):
    """``state = tanh(input + weights × state)``; weights have the shape (size, size).

    >>> Elman(np.array([[0.0]])).forward(np.array([[[0.0], [100.0]]])).tolist()
    [[[0.0], [1.0]]]
    """

    def __init__(self, weights: FloatArray) -> None:
        self.weights = Parameter(weights)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """How each neuron counts what all said a step ago."""
        return (self.weights,)

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Go through the steps of all rows together."""
        rows, steps, size = inputs.shape
        self._states = np.zeros((steps + 1, rows, size))
        for at in range(steps):
            self._states[at + 1] = Tanh.curve(inputs[:, at] + self._states[at] @ self.weights.values.T)
        return self._states[1:].transpose(1, 0, 2)

    def backward(self, gradient: FloatArray) -> FloatArray:
        """Go back through the steps: each state is blamed by what it gave, now and later."""
        given = np.zeros_like(gradient)
        self.weights.gradient = np.zeros_like(self.weights.values)
        later = np.zeros_like(self._states[0])
        for at in reversed(range(gradient.shape[1])):
            blamed = (gradient[:, at] + later) * Tanh.slope(self._states[at + 1])
            given[:, at] = blamed
            self.weights.gradient += blamed.T @ self._states[at]
            later = blamed @ self.weights.values
        return given


class Gru(Layer):
    """A gated recurrent unit as the integer layer has it; weights have the shape (3 size, size).

    >>> Gru(np.zeros((3, 1))).forward(np.array([[[-100.0, 0.0, 100.0]]])).tolist()
    [[[1.0]]]
    """

    def __init__(self, weights: FloatArray) -> None:
        self.weights = Parameter(weights)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """How each gate and candidate counts what all neurons said a step ago."""
        return (self.weights,)

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Go through the steps of all rows together."""
        rows, steps, _ = inputs.shape
        size = self.weights.values.shape[1]
        self._states = np.zeros((steps + 1, rows, size))
        self._steps: list[tuple[FloatArray, FloatArray, FloatArray, FloatArray]] = []
        for at in range(steps):
            state = self._states[at]
            remembered = state @ self.weights.values.T
            both = Sigmoid.curve(inputs[:, at, : 2 * size] + remembered[:, : 2 * size])
            update, reset = both[:, :size], both[:, size:]
            candidate = Tanh.curve(inputs[:, at, 2 * size :] + reset * remembered[:, 2 * size :])
            self._states[at + 1] = candidate + update * (state - candidate)
            self._steps.append((update, reset, candidate, remembered[:, 2 * size :]))
        return self._states[1:].transpose(1, 0, 2)

    def backward(self, gradient: FloatArray) -> FloatArray:
        """Go back through the steps: each state is blamed by what it gave, now and later."""
        rows, steps, size = gradient.shape
        given = np.zeros((rows, steps, 3 * size))
        self.weights.gradient = np.zeros_like(self.weights.values)
        later = np.zeros((rows, size))
        for at in reversed(range(steps)):
            update, reset, candidate, remembered = self._steps[at]
            state, blamed = self._states[at], gradient[:, at] + later
            by_candidate = blamed * (1 - update) * Tanh.slope(candidate)
            by_update = blamed * (state - candidate) * Sigmoid.slope(update)
            by_reset = by_candidate * remembered * Sigmoid.slope(reset)
            given[:, at] = np.concatenate([by_update, by_reset, by_candidate], axis=1)
            by_remembered = np.concatenate([by_update, by_reset, by_candidate * reset], axis=1)
            self.weights.gradient += by_remembered.T @ state
            later = blamed * update + by_remembered @ self.weights.values
        return given
