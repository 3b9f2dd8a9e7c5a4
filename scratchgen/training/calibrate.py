"""From a chain of float layers to integers of 8 bits, calibrated on data.

Weights get one step a layer. Between layers, numbers are rescaled so that the largest that the data cause
becomes 255 (B. Jacob et al., *Quantization and Training of Neural Networks for Efficient
Integer-Arithmetic-Only Inference*, 2018). Half of a rescaled unit goes into the biases, so that rounding down
rounds to the nearest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scratchgen.errors import NetworkError
from scratchgen.networks.layers import AveragePool as IntegerAveragePool
from scratchgen.networks.layers import Conv2d as IntegerConv2d
from scratchgen.networks.layers import Dense as IntegerDense
from scratchgen.networks.layers import Layer as IntegerLayer
from scratchgen.networks.layers import MaxPool as IntegerMaxPool
from scratchgen.networks.layers import Rescale
from scratchgen.training.chain import Chain
from scratchgen.training.float_images import AveragePool, Conv2d, MaxPool
from scratchgen.training.float_layers import Dense, FloatArray, Layer, Relu

__all__ = ["calibrated", "fraction", "steps_of"]

TOP = 255
"""What the largest number that a layer hands on becomes."""
MULTIPLIER_BITS = 15
COMMON = 99.99
"""Per cent of the numbers that calibration holds within the range; rarer ones are cut off."""


def fraction(ratio: float) -> tuple[int, int]:
    """Return a multiplier of at most 15 bits and a shift with ``multiplier / 2^shift`` close to the ratio.

    >>> fraction(0.75)
    (24576, 15)
    """
    if not (np.isfinite(ratio) and 2.0**-36 < ratio < 2**MULTIPLIER_BITS):
        raise NetworkError(f"numbers cannot be rescaled by {ratio!r}", todo="train again with other data")
    shift = MULTIPLIER_BITS - max(0, int(np.floor(np.log2(ratio))) + 1)
    shift += max(0, -int(np.floor(np.log2(ratio))) - 1)
    return max(1, round(ratio * 2**shift)), shift


def steps_of(weights: FloatArray, bits: int) -> float:
    """Return the real weight that one integer stands for: the largest weight gets the largest integer."""
    largest = float(np.abs(weights).max()) or 1.0
    return largest / int(2 ** (bits - 1) - 1)


def calibrated(
    chain: Chain, inputs: FloatArray, *, bits: int = 8, unit: float = 1.0
) -> tuple[tuple[IntegerLayer, ...], float]:
    """Return the integer layers of a chain, and the real value that one unit of their outputs stands for.

    ``inputs`` are the data to calibrate on, as the chain takes them; one unit of the integers that the
    integer network will be given is ``unit`` of them. A ReLU becomes a rescaling that cuts off at 0.
    """
    found: list[IntegerLayer] = []
    activations = chain.activations(inputs)
    following: Sequence[Layer | None] = (*chain.layers[1:], None)
    for layer, after, outputs in zip(
        chain.layers, following, (*activations[1:], activations[-1]), strict=True
    ):
        match layer:
            case Dense() | Conv2d():
                step = steps_of(layer.weights.values, bits)
                unit *= step
                larger = _unit(outputs) if isinstance(after, Relu) else unit
                half = larger / 2 if isinstance(after, Relu) else 0.0
                found.append(_weighing(layer, step, np.rint((layer.biases.values + half) / unit)))
            case Relu():
                multiplier, shift = fraction(unit / larger)
                found.append(Rescale(multiplier=multiplier, shift=shift, least=0, most=TOP))
                unit = unit * 2**shift / multiplier
            case MaxPool():
                found.append(IntegerMaxPool(**_sides(layer)))
            case AveragePool():
                multiplier, shift = fraction(1 / layer.side**2)
                found.append(IntegerAveragePool(**_sides(layer), multiplier=multiplier, shift=shift))
            case _:
                raise NetworkError(f"nobody knows how to calibrate a layer of kind {type(layer).__name__}")
    return tuple(found), unit


def _unit(outputs: FloatArray) -> float:
    return float(np.percentile(outputs, COMMON) or 1.0) / TOP


def _sides(layer: MaxPool | AveragePool) -> dict[str, int]:
    return {name: getattr(layer, name) for name in ("channels", "height", "width", "side", "stride")}


def _weighing(layer: Dense | Conv2d, step: float, biases: FloatArray) -> IntegerLayer:
    weights = np.rint(layer.weights.values / step).astype(np.int64)
    if isinstance(layer, Dense):
        return IntegerDense(weights=weights, biases=biases.astype(np.int64))
    return IntegerConv2d(
        height=layer.height,
        width=layer.width,
        padding=layer.padding,
        stride=layer.stride,
        weights=weights,
        biases=biases.astype(np.int64),
    )
