"""A float network's numbers as integers, once the steps of the weights are chosen; how well both agree.

One step a layer, biases as full integers, the centring of the input folded into the first biases. Between
ReLU layers nothing is rescaled; tanh and sigmoid become tables of 256 entries.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import EXACT_LIMIT, Interval
from scratchgen.networks.layers import Dense as IntegerDense
from scratchgen.networks.layers import Layer as IntegerLayer
from scratchgen.networks.layers import Relu, TableLookup
from scratchgen.networks.network import IntegerNetwork
from scratchgen.training.float_layers import ACTIVATIONS, FloatArray
from scratchgen.training.float_network import INPUT_CENTRE, FloatNetwork

__all__ = ["Quantized", "agreement", "colour_grid", "curve_table", "rounded", "to_integers"]

TABLE_SIZE = 256
TABLE_TOP = 255
"""The largest entry of a table; it stands for 1."""
TABLE_REACH = {"tanh": 3.5, "sigmoid": 6.5}
"""A table covers -reach to reach; beyond, the curve is flat to within half an entry's step."""
MULTIPLIER_BITS = 16
LARGEST_SHIFT = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantized:
    """An integer network, and the real logit that one unit of its logits stands for."""

    network: IntegerNetwork
    logit_scale: float


def colour_grid(points: int) -> NDArray[np.int64]:
    """Return the ``points``³ colours of an even grid over the cube, corners included, shape (points³, 3).

    >>> colour_grid(2).tolist()[:3], len(colour_grid(64))
    ([[0, 0, 0], [0, 0, 255], [0, 255, 0]], 262144)
    """
    axis = np.arange(points) * 255 // (points - 1)
    return np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 3)


def agreement(network: FloatNetwork, integer: IntegerNetwork, colours: NDArray[np.int64]) -> float:
    """Return the share of the colours, shape (rows, 3), to which both give the same name."""
    chosen = network.logits(colours).argmax(axis=1)
    return float((IntegerNetwork.winners(integer.reference(colours)) == chosen).mean())


def rounded(weights: FloatArray, step: float, bits: int) -> FloatArray:
    """Return the nearest integers to ``weights / step`` that ``bits`` hold, evenly around 0.

    >>> rounded(np.array([0.26, -9.0]), 0.1, 4).tolist()
    [3.0, -7.0]
    """
    largest = 2 ** (bits - 1) - 1
    whole: FloatArray = np.clip(np.rint(weights / step), -largest, largest)
    return whole


def to_integers(network: FloatNetwork, steps: Sequence[float], bits: int) -> Quantized:
    """Return the integer network in which each layer's integers stand for so many ``steps``.

    NetworkError when a sum could reach 2^53.

    >>> from scratchgen.training.float_layers import Dense
    >>> network = FloatNetwork([Dense(np.array([[0.5, 0.25, -0.5]]), np.array([0.1]))], "relu")
    >>> quantized = to_integers(network, [0.25], 4)
    >>> quantized.network.layers
    (Dense(weights=array([[ 2,  1, -2]]), biases=array([-76])),)
    >>> logit = quantized.network.reference([[255, 0, 51]])[0, 0] * quantized.logit_scale
    >>> float(logit), float(network.logits(np.array([[255, 0, 51]]))[0, 0])  # doctest: +ELLIPSIS
    (0.650..., 0.65...)
    """
    layers: list[IntegerLayer] = []
    unit = 1 / INPUT_CENTRE  # the real value that one unit of the integers stands for, layer by layer
    for number, (layer, step) in enumerate(zip(network.dense, steps, strict=True)):
        if number:
            curve = _integer_curve(network.activation, unit)
            unit = 1 / TABLE_TOP if isinstance(curve, TableLookup) else unit
            layers.append(curve)
        weights = rounded(layer.weights.values, step, bits)
        # the float network sees channel / centre - 1; that -1, met by every weight, goes into the biases
        shift = step * weights.sum(axis=1) if number == 0 else 0.0
        unit *= step
        biases = np.rint((layer.biases.values - shift) / unit)
        if not np.abs(biases).max() < EXACT_LIMIT:  # nor is NaN, which no comparison holds for
            raise NetworkError(
                "a bias would reach 2^53",
                where=f"dense layer {number + 1}",
                todo="train again with other data",
            )
        layers.append(IntegerDense(weights=weights.astype(np.int64), biases=biases.astype(np.int64)))
    channels = network.sizes[0]
    domain = Interval(low=(0,) * channels, high=(255,) * channels)
    return Quantized(network=IntegerNetwork(domain=domain, layers=tuple(layers)), logit_scale=unit)


def _integer_curve(activation: str, unit: float) -> IntegerLayer:
    """Return the curve for integers of that unit: ReLU as it is, others as a table around 0."""
    if activation == "relu":
        return Relu()
    return curve_table(activation, unit)


def curve_table(activation: str, unit: float, *, top: int = TABLE_TOP, size: int = TABLE_SIZE) -> TableLookup:
    """Return a curve for integers of that unit as a table around 0, in which ``top`` stands for 1."""
    reach = TABLE_REACH[activation]
    places = size / (2 * reach) * unit  # places in the table that one unit moves
    shift = min(LARGEST_SHIFT, max(0, MULTIPLIER_BITS - 1 - math.floor(math.log2(places))))
    middles = (np.arange(size) + 0.5) / size * 2 * reach - reach
    table = np.rint(top * ACTIVATIONS[activation].curve(middles)).astype(np.int64)
    return TableLookup(
        curve=activation,
        multiplier=max(1, round(places * 2**shift)),
        shift=shift,
        offset=size // 2,
        table=table,
    )
