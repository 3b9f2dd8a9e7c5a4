"""From a float network to an integer network of 4 to 8 bits that names nearly every colour alike.

Chooses the steps of the weights and says what is learnt again after rounding; the arithmetic of the integer
network is that of ``integers.py``, the learning that of ``student.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.integers import Quantized, colour_grid, rounded, to_integers
from scratchgen.training.loss import soft_cross_entropy, softmax
from scratchgen.training.student import Student

__all__ = ["best_steps", "levelled", "quantize"]

AWARE_BELOW = 7
"""Bits; with fewer the weights are learnt again with their rounding."""
ATTEMPTS = 3
"""Students that learn with few bits, each from other colours; the best of them is taken."""
MOST_TRIED_WEIGHTS = 300
"""Larger networks forgo the trial of each weight's neighbours, which would take minutes."""
CLIPPINGS = tuple(percent / 100 for percent in range(40, 101, 3))
"""Parts of the largest weight that the largest integer may stand for."""
LEVELLING_ROUNDS = 20


def quantize(network: FloatNetwork, bits: int, generator: np.random.Generator) -> Quantized:
    """Return an integer network with weights of ``bits``, sign included, that answers like the float network.

    NetworkError when a sum could reach 2^53 for some colour.

    >>> generator = np.random.default_rng(1)
    >>> network = FloatNetwork.create((3, 4, 2), "relu", generator)
    >>> quantize(network, 8, generator).network.sizes
    (3, 4, 4, 2)
    """
    level = levelled(network)
    steps = best_steps(level, bits)
    students = [_taught(level, steps, bits, generator) for _ in range(ATTEMPTS if bits < AWARE_BELOW else 1)]
    return to_integers(min(students, key=Student.error).network, steps, bits)


def _taught(
    teacher: FloatNetwork, steps: Sequence[float], bits: int, generator: np.random.Generator
) -> Student:
    student = Student(teacher, steps, bits, generator)
    if bits >= AWARE_BELOW:
        student.learn_biases()
        return student
    student.learn_weights()
    student.learn_biases()
    if sum(layer.weights.values.size for layer in teacher.dense) <= MOST_TRIED_WEIGHTS:
        student.try_neighbours()
        student.learn_biases()
    return student


def levelled(network: FloatNetwork) -> FloatNetwork:
    """Return a network that answers the same and suffers less from rounding.

    Softmax does not see what is added to all logits alike, so the last layer's columns are centred. And a
    ReLU neuron may be made smaller on its way in and larger by as much on its way out: with both ranges made
    equal no neuron's weights drown in the step of the largest (Nagel et al., *Data-Free Quantization Through
    Weight Equalization and Bias Correction*, 2019).
    """
    level = network.copy()
    last = level.dense[-1].weights
    last.values = last.values - (last.values.max(axis=0) + last.values.min(axis=0)) / 2
    if network.activation != "relu":
        return level
    for _ in range(LEVELLING_ROUNDS):  # a layer's ranges depend on those of its neighbours
        for before, after in zip(level.dense, level.dense[1:], strict=False):
            way_in = np.abs(before.weights.values).max(axis=1)
            way_out = np.abs(after.weights.values).max(axis=0)
            alive = (way_in > 0) & (way_out > 0)
            factors = np.sqrt(np.where(alive, way_out, 1.0) / np.where(alive, way_in, 1.0))
            before.weights.values = before.weights.values * factors[:, None]
            before.biases.values = before.biases.values * factors
            after.weights.values = after.weights.values / factors
    return level


def best_steps(network: FloatNetwork, bits: int) -> list[float]:
    """Return for each dense layer the real weight that one integer step stands for.

    A step that clips the largest weights a little renders the others finer: layer by layer, the clipping
    whose answers are closest to the exact network's, over a grid of colours, wins.
    """
    colours = colour_grid(12)
    wanted = softmax(network.logits(colours))
    trial = network.copy()
    steps = []
    for layer, exact in zip(trial.dense, network.dense, strict=True):
        # a layer of zeros has no largest weight, and any step will do
        largest = float(np.abs(exact.weights.values).max()) or 1.0
        errors = {}
        for clipping in CLIPPINGS:
            step = clipping * largest / (2 ** (bits - 1) - 1)
            layer.weights.values = step * rounded(exact.weights.values, step, bits)
            errors[step], _ = soft_cross_entropy(trial.logits(colours), wanted)
        steps.append(min(errors, key=lambda step: errors[step]))
        layer.weights.values = steps[-1] * rounded(exact.weights.values, steps[-1], bits)
    return steps
