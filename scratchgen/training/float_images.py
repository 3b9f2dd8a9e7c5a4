"""Layers over pictures that can still learn: convolution and pooling, forward and backward.

Values travel as flat rows, channel by channel and row by row, as in the integer layers of the same names.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from scratchgen.training.float_layers import FloatArray, Layer, Parameter

__all__ = ["AveragePool", "Conv2d", "MaxPool"]


def _windows(pictures: FloatArray, rows: int, columns: int, stride: int) -> FloatArray:
    """Return all windows: shape (pictures, channels, down, across, rows, columns), a view."""
    windows: FloatArray = sliding_window_view(pictures, (rows, columns), axis=(2, 3))
    return windows[:, :, ::stride, ::stride]


class Conv2d(Layer):
    """Every filter slides over the picture; weights have the shape (filters, channels, rows, columns).

    >>> layer = Conv2d(np.array([[[[-1.0, 1.0]]]]), np.array([0.5]), height=1, width=3)
    >>> layer.forward(np.array([[1.0, 4.0, 2.0]])).tolist()
    [[3.5, -1.5]]
    """

    def __init__(
        self,
        weights: FloatArray,
        biases: FloatArray,
        *,
        height: int,
        width: int,
        padding: int = 0,
        stride: int = 1,
    ) -> None:
        self.weights = Parameter(weights)
        self.biases = Parameter(biases)
        self.height, self.width, self.padding, self.stride = height, width, padding, stride

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Weights and biases."""
        return self.weights, self.biases

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Multiply what each window sees by each filter."""
        filters, channels, rows, columns = self.weights.values.shape
        pictures = inputs.reshape(-1, channels, self.height, self.width)
        around = (self.padding, self.padding)
        self._padded = np.pad(pictures, ((0, 0), (0, 0), around, around))
        windows = _windows(self._padded, rows, columns, self.stride)
        self._shape = windows.shape
        # (pictures, down, across, channels, rows, columns), as rows of a matrix
        self._seen = np.ascontiguousarray(windows.transpose(0, 2, 3, 1, 4, 5)).reshape(
            -1, channels * rows * columns
        )
        sums = self._seen @ self.weights.values.reshape(filters, -1).T + self.biases.values
        down, across = self._shape[2:4]
        return sums.reshape(-1, down * across, filters).transpose(0, 2, 1).reshape(len(inputs), -1)

    def backward(self, gradient: FloatArray) -> FloatArray:
        """Blame each weight by what it saw, each pixel by the weights of every window that saw it."""
        filters, channels, rows, columns = self.weights.values.shape
        down, across = self._shape[2:4]
        by_sum = gradient.reshape(-1, filters, down * across).transpose(0, 2, 1).reshape(-1, filters)
        self.weights.gradient = (by_sum.T @ self._seen).reshape(self.weights.values.shape)
        self.biases.gradient = by_sum.sum(axis=0)
        seen = (by_sum @ self.weights.values.reshape(filters, -1)).reshape(
            -1, down, across, channels, rows, columns
        )
        padded = np.zeros_like(self._padded)
        for row in range(rows):
            for column in range(columns):
                to_rows = slice(row, row + self.stride * down, self.stride)
                to_columns = slice(column, column + self.stride * across, self.stride)
                padded[:, :, to_rows, to_columns] += seen[:, :, :, :, row, column].transpose(0, 3, 1, 2)
        inner = padded[
            :, :, self.padding : self.padding + self.height, self.padding : self.padding + self.width
        ]
        return inner.reshape(len(gradient), -1)


class _Pool(Layer):
    """What both kinds of pooling share: square windows within each channel."""

    def __init__(self, *, channels: int, height: int, width: int, side: int, stride: int) -> None:
        self.channels, self.height, self.width = channels, height, width
        self.side, self.stride = side, stride

    def _seen(self, inputs: FloatArray) -> FloatArray:
        """Return what each window sees: shape (rows, channels, down, across, values)."""
        pictures = inputs.reshape(-1, self.channels, self.height, self.width)
        windows = _windows(pictures, self.side, self.side, self.stride)
        return windows.reshape(*windows.shape[:4], -1)

    def _to_pixels(self, shares: FloatArray) -> FloatArray:
        """Add what each value of each window is blamed for to its pixel; shaped as :meth:`_seen`."""
        rows, channels, down, across, _ = shares.shape
        pictures = np.zeros((rows, channels, self.height, self.width))
        for place in range(self.side**2):
            row, column = divmod(place, self.side)
            to_rows = slice(row, row + self.stride * down, self.stride)
            to_columns = slice(column, column + self.stride * across, self.stride)
            pictures[:, :, to_rows, to_columns] += shares[..., place]
        return pictures.reshape(rows, -1)


class MaxPool(_Pool):
    """The greatest value of each window.

    >>> pool = MaxPool(channels=1, height=2, width=2, side=2, stride=2)
    >>> pool.forward(np.array([[1.0, 4.0, 2.0, 3.0]])).tolist(), pool.backward(np.array([[5.0]])).tolist()
    ([[4.0]], [[0.0, 5.0, 0.0, 0.0]])
    """

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Take the greatest value of each window, the first of equals."""
        seen = self._seen(inputs)
        self._greatest = seen.argmax(axis=4)[..., None] == np.arange(self.side**2)
        greatest: FloatArray = seen.max(axis=4)
        return greatest.reshape(len(inputs), -1)

    def backward(self, gradient: FloatArray) -> FloatArray:
        """Blame the pixel that was taken."""
        return self._to_pixels(self._greatest * gradient.reshape(*self._greatest.shape[:4], 1))


class AveragePool(_Pool):
    """The mean of each window.

    >>> pool = AveragePool(channels=1, height=2, width=2, side=2, stride=2)
    >>> pool.forward(np.array([[1.0, 4.0, 2.0, 3.0]])).tolist()
    [[2.5]]
    """

    def forward(self, inputs: FloatArray) -> FloatArray:
        """Take the mean of each window."""
        seen = self._seen(inputs)
        self._shape = seen.shape
        means: FloatArray = seen.mean(axis=4)
        return means.reshape(len(inputs), -1)

    def backward(self, gradient: FloatArray) -> FloatArray:
        """Blame all pixels of a window alike."""
        each = gradient.reshape(*self._shape[:4], 1) / self.side**2
        return self._to_pixels(np.broadcast_to(each, self._shape))
