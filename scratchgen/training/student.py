"""A network whose weights are whole steps, and which learns to answer like the exact one that it came from.

Its biases stay exact (as integers they are fine enough to be), so they can make up for much of what the
rounding of the weights does; with few bits, the weights are learnt anew with their rounding as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scratchgen.training.float_layers import FloatArray, Parameter
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.integers import colour_grid, rounded
from scratchgen.training.loss import soft_cross_entropy, softmax
from scratchgen.training.optimiser import Adam, cosine_rate

__all__ = ["Student"]

BATCH = 1024
BIAS_RATE = 0.01
WEIGHT_RATE = 0.003
LOOK_EVERY = 25
"""Steps between two looks at the error while weights are learnt."""
GRID = 10
"""Points along each axis of the grid on which the student is examined."""


class Student:
    """A copy of the teacher with rounded weights; ``steps`` are what one integer means in each layer."""

    def __init__(
        self, teacher: FloatNetwork, steps: Sequence[float], bits: int, generator: np.random.Generator
    ) -> None:
        self.network = teacher.copy()
        self._teacher = teacher
        self._steps = tuple(steps)
        self._bits = bits
        self._generator = generator
        self._grid = colour_grid(GRID)
        self._wanted = softmax(teacher.logits(self._grid))
        self._round([layer.weights.values for layer in teacher.dense])

    def error(self) -> float:
        """Return the cross-entropy with the teacher's shares over a grid of colours, in nats a colour."""
        return soft_cross_entropy(self.network.logits(self._grid), self._wanted)[0]

    def learn_biases(self, count: int = 400) -> None:
        """Learn the biases alone, from so many batches of colours."""
        optimiser = Adam([layer.biases for layer in self.network.dense])
        for number in range(count):
            self._learn_from_teacher()
            optimiser.step(cosine_rate(BIAS_RATE, number / count))

    def learn_weights(self, count: int = 1500) -> None:
        """Learn weights and biases from so many batches: quantization-aware training.

        Exact weights are kept behind the rounded ones. The rounded ones compute the loss and its gradient,
        and the exact ones take the step, as if rounding had slope 1 (the straight-through estimator: Bengio
        et al., *Estimating or Propagating Gradients Through Stochastic Neurons*, 2013). Weights near the
        middle between two steps keep jumping, so the best moment is kept, not the last.
        """
        dense = self.network.dense
        exact = [Parameter(layer.weights.values.copy()) for layer in self._teacher.dense]
        optimiser = Adam([*exact, *(layer.biases for layer in dense)])
        best_error, best = self.error(), self.network.copy()
        for number in range(count):
            self._learn_from_teacher()
            for behind, layer in zip(exact, dense, strict=True):
                behind.gradient = layer.weights.gradient
            optimiser.step(cosine_rate(WEIGHT_RATE, number / count))
            self._round([behind.values for behind in exact])
            if number % LOOK_EVERY == LOOK_EVERY - 1 and (error := self.error()) < best_error:
                best_error, best = error, self.network.copy()
        self.network = best

    def try_neighbours(self, sweeps: int = 2) -> None:
        """Move each weight by one step up or down wherever that lowers the error (coordinate descent)."""
        best = self.error()
        for _ in range(sweeps):
            before = best
            for layer, step in zip(self.network.dense, self._steps, strict=True):
                weights = layer.weights.values
                for place in np.ndindex(weights.shape):
                    best = self._try_place(weights, place, step, best)
            if best == before:
                break

    def _try_place(self, weights: FloatArray, place: tuple[int, ...], step: float, best: float) -> float:
        old = weights[place]
        limit = step * (
            2 ** (self._bits - 1) - 0.5
        )  # half a step beyond the largest, so roundings do not matter
        for new in (old - step, old + step):
            if abs(new) < limit:
                weights[place] = new
                error = self.error()
                if error < best:
                    return error
        weights[place] = old
        return best

    def _learn_from_teacher(self) -> None:
        colours = self._generator.uniform(0, 255, (BATCH, 3))
        self.network.learn_from(colours, softmax(self._teacher.logits(colours)))

    def _round(self, exact: Sequence[FloatArray]) -> None:
        for layer, values, step in zip(self.network.dense, exact, self._steps, strict=True):
            layer.weights.values = step * rounded(values, step, self._bits)
