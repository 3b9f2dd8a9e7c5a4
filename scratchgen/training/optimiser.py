"""Adam, the cosine schedule, and the running mean of weights: how parameters follow their gradients."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from scratchgen.training.float_layers import FloatArray, Parameter

__all__ = ["Adam", "RunningMean", "cosine_rate"]


class Adam:
    """Steps of about ``rate`` against the smoothed gradient (Kingma and Ba, *Adam*, 2015, algorithm 1)."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._parameters = tuple(parameters)
        self._means = [np.zeros_like(parameter.values) for parameter in self._parameters]
        self._squares = [np.zeros_like(parameter.values) for parameter in self._parameters]
        self._steps = 0

    def step(self, rate: float) -> None:
        """Move every parameter once, by the gradient that it holds."""
        self._steps += 1
        # the means begin at 0; dividing by these makes up for it
        mean_part = 1 - 0.9**self._steps
        square_part = 1 - 0.999**self._steps
        for parameter, mean, square in zip(self._parameters, self._means, self._squares, strict=True):
            mean += 0.1 * (parameter.gradient - mean)
            square += 0.001 * (parameter.gradient**2 - square)
            parameter.values -= rate * (mean / mean_part) / (np.sqrt(square / square_part) + 1e-8)


class RunningMean:
    """The mean of parameters over about the last ``steps`` steps: steadier than any single one of them."""

    def __init__(self, parameters: Sequence[Parameter], *, steps: int) -> None:
        self._parameters = tuple(parameters)
        self._share = 1 / steps
        self.values: list[FloatArray] = [parameter.values.copy() for parameter in self._parameters]

    def update(self) -> None:
        """Take the present values in."""
        for mean, parameter in zip(self.values, self._parameters, strict=True):
            mean += self._share * (parameter.values - mean)


def cosine_rate(first: float, done: float) -> float:
    """Return the rate when the part ``done`` (0 to 1) of training is over; it falls to 0 along half a cosine.

    Loshchilov and Hutter, *SGDR*, 2017.

    >>> [round(cosine_rate(0.02, part), 3) for part in (0, 0.5, 1)]
    [0.02, 0.01, 0.0]
    """
    return first * 0.5 * (1 + math.cos(math.pi * done))
