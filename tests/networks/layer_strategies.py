"""Layers of every kind, drawn at random, for a given number of inputs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import strategies as st

from scratchgen.networks.layers import (
    AveragePool,
    Conv2d,
    Dense,
    Elman,
    Embedding,
    Gru,
    Layer,
    MaxPool,
    Relu,
    Rescale,
    TableLookup,
)

__all__ = ["LAYERS", "any_layer", "layer_of"]


def _array(draw: st.DrawFn, *shape: int, largest: int = 127) -> np.ndarray:
    """Draw an array by a seed: hypothesis would spend its time on single numbers."""
    draws = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return draws.integers(-largest, largest + 1, shape)


def _dense(draw: st.DrawFn, inputs: int) -> Layer:
    outputs = draw(st.integers(1, 4))
    return Dense(weights=_array(draw, outputs, inputs), biases=_array(draw, outputs, largest=20_000))


def _relu(draw: st.DrawFn, inputs: int) -> Layer:
    return Relu()


def _table(draw: st.DrawFn, inputs: int) -> TableLookup:
    size = draw(st.integers(1, 40))
    return TableLookup(
        curve="drawn",
        multiplier=draw(st.integers(1, 100)),
        shift=draw(st.integers(0, 16)),
        offset=draw(st.integers(-size, size)),
        table=_array(draw, size),
    )


def _rescale(draw: st.DrawFn, inputs: int) -> Layer:
    least, most = sorted((draw(st.integers(-300, 300)), draw(st.integers(-300, 300))))
    return Rescale(
        multiplier=draw(st.integers(1, 1000)), shift=draw(st.integers(0, 20)), least=least, most=most
    )


def _picture(draw: st.DrawFn, inputs: int) -> tuple[int, int, int]:
    """Draw channels, height and width whose product is the number of inputs."""
    channels = draw(st.sampled_from([n for n in range(1, inputs + 1) if inputs % n == 0]))
    left = inputs // channels
    height = draw(st.sampled_from([n for n in range(1, left + 1) if left % n == 0]))
    return channels, height, left // height


def _conv2d(draw: st.DrawFn, inputs: int) -> Layer:
    channels, height, width = _picture(draw, inputs)
    padding, filters = draw(st.integers(0, 2)), draw(st.integers(1, 3))
    window = [draw(st.integers(1, min(3, side + 2 * padding))) for side in (height, width)]
    return Conv2d(
        height=height,
        width=width,
        padding=padding,
        stride=draw(st.integers(1, 3)),
        weights=_array(draw, filters, channels, *window),
        biases=_array(draw, filters, largest=20_000),
    )


def _max_pool(draw: st.DrawFn, inputs: int) -> Layer:
    channels, height, width = _picture(draw, inputs)
    side, stride = draw(st.integers(1, min(3, height, width))), draw(st.integers(1, 3))
    return MaxPool(channels=channels, height=height, width=width, side=side, stride=stride)


def _average_pool(draw: st.DrawFn, inputs: int) -> Layer:
    channels, height, width = _picture(draw, inputs)
    return AveragePool(
        channels=channels,
        height=height,
        width=width,
        side=draw(st.integers(1, min(3, height, width))),
        stride=draw(st.integers(1, 3)),
        multiplier=draw(st.integers(1, 100)),
        shift=draw(st.integers(0, 10)),
    )


def _embedding(draw: st.DrawFn, inputs: int) -> Layer:
    return Embedding(vectors=_array(draw, draw(st.integers(1, 5)), draw(st.integers(1, 3))))


def _elman(draw: st.DrawFn, inputs: int) -> Layer:
    return Elman(weights=_array(draw, inputs, inputs), curve=_table(draw, inputs))


def _gru(draw: st.DrawFn, inputs: int) -> Layer:
    bits, size = draw(st.integers(0, 7)), inputs // 3
    gate = TableLookup(
        curve="gate",
        multiplier=draw(st.integers(1, 100)),
        shift=draw(st.integers(0, 16)),
        offset=draw(st.integers(0, 4)),
        table=np.array(draw(st.lists(st.integers(0, 2**bits), min_size=4, max_size=9))),
    )
    return Gru(weights=_array(draw, 3 * size, size), gate=gate, curve=_table(draw, inputs), one_bits=bits)


LAYERS: dict[str, Callable[[st.DrawFn, int], Layer]] = {
    "average_pool": _average_pool,
    "conv2d": _conv2d,
    "dense": _dense,
    "elman": _elman,
    "embedding": _embedding,
    "gru": _gru,
    "max_pool": _max_pool,
    "relu": _relu,
    "rescale": _rescale,
    "table": _table,
}
"""What draws a layer of a kind for so many inputs."""


@st.composite
def layer_of(draw: st.DrawFn, kind: str, inputs: int) -> Layer:
    """Draw a layer of a kind for so many inputs."""
    return LAYERS[kind](draw, inputs)


@st.composite
def any_layer(draw: st.DrawFn, inputs: int) -> Layer:
    """Draw a layer of any kind that fits so many inputs."""
    kinds = [kind for kind in LAYERS if kind != "gru" or inputs % 3 == 0]
    return LAYERS[draw(st.sampled_from(kinds))](draw, inputs)
