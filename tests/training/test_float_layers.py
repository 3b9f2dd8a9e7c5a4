"""Layers over pictures and sequences: every gradient against finite differences."""

import numpy as np
import pytest

from scratchgen.training.float_images import AveragePool, Conv2d, MaxPool
from scratchgen.training.float_layers import Dense, Layer
from scratchgen.training.float_sequences import Elman, Embedding, Gru

STEP = 1e-6
DRAWN = np.random.default_rng(8)
LETTERS = DRAWN.integers(1, 5, (3, 4, 1)).astype(np.float64)


def drawn(*shape: int) -> np.ndarray:
    return DRAWN.normal(0, 1, shape)


CASES: dict[str, tuple[Layer, np.ndarray]] = {
    "conv2d": (Conv2d(drawn(3, 2, 2, 3), drawn(3), height=4, width=5), drawn(3, 40)),
    "conv2d padded": (
        Conv2d(drawn(2, 1, 3, 3), drawn(2), height=4, width=5, padding=1, stride=2),
        drawn(3, 20),
    ),
    "max pool": (MaxPool(channels=2, height=4, width=5, side=2, stride=2), drawn(3, 40)),
    "max pool overlapping": (MaxPool(channels=1, height=4, width=5, side=3, stride=1), drawn(3, 20)),
    "average pool": (AveragePool(channels=2, height=4, width=5, side=2, stride=1), drawn(3, 40)),
    "embedding": (Embedding(drawn(4, 3)), LETTERS),
    "elman": (Elman(drawn(3, 3)), drawn(2, 5, 3)),
    "gru": (Gru(drawn(9, 3)), drawn(2, 5, 9)),
    "dense over steps": (Dense(drawn(2, 3), drawn(2)), drawn(2, 5, 3)),
}


@pytest.mark.parametrize("name", CASES)
def test_every_gradient_is_the_slope_of_the_loss(name: str) -> None:
    layer, inputs = CASES[name]
    blame = np.random.default_rng(1).normal(0, 1, layer.forward(inputs).shape)

    def loss() -> float:
        return float((layer.forward(inputs) * blame).sum())

    layer.forward(inputs)
    by_inputs = layer.backward(blame)
    pairs = [(parameter.values, parameter.gradient) for parameter in layer.parameters]
    if name != "embedding":  # letters have no slope
        pairs.append((inputs, by_inputs))
    for values, gradient in pairs:
        assert gradient.shape == values.shape
        for place in np.ndindex(values.shape):
            kept, losses = values[place], []
            for moved in (kept - STEP, kept + STEP):
                values[place] = moved
                losses.append(loss())
            values[place] = kept
            slope = (losses[1] - losses[0]) / (2 * STEP)
            # central differences in doubles: an error of about eps / step, times values of about 10
            assert gradient[place] == pytest.approx(slope, abs=1e-6)
