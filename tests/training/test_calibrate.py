"""Integers of 8 bits answer like the float network that they were calibrated from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import Interval
from scratchgen.networks.network import IntegerNetwork
from scratchgen.training.calibrate import calibrated, fraction
from scratchgen.training.chain import Chain
from scratchgen.training.float_images import AveragePool, Conv2d, MaxPool
from scratchgen.training.float_layers import Dense, Layer, Relu, Tanh

DRAWN = np.random.default_rng(5)


def drawn(*shape: int) -> np.ndarray:
    return DRAWN.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)


def pictures(pool: Layer) -> list[Layer]:
    convolution = Conv2d(drawn(4, 1, 3, 3), drawn(4) / 9, height=6, width=6, padding=1)
    return [convolution, Relu(), pool, Dense(drawn(5, 36), drawn(5) / 9)]


SIDES = {"channels": 4, "height": 6, "width": 6, "side": 2, "stride": 2}
CHAINS = {
    "dense": [Dense(drawn(12, 36), drawn(12) / 9), Relu(), Dense(drawn(5, 12), drawn(5) / 9)],
    "max pool": pictures(MaxPool(**SIDES)),
    "average pool": pictures(AveragePool(**SIDES)),
}


@pytest.mark.parametrize("name", CHAINS)
def test_integers_answer_nearly_as_the_floats(name: str) -> None:
    chain, counts = Chain(CHAINS[name]), DRAWN.integers(0, 17, (400, 36))
    wanted = chain.forward(counts / 16)
    layers, unit = calibrated(chain, counts / 16, unit=1 / 16)
    network = IntegerNetwork(domain=Interval(low=(0,) * 36, high=(16,) * 36), layers=layers)
    given_logits = network.reference(counts) * unit
    # eight bits: each weight is off by half a step of a 127th at most, and many of them by less
    assert np.abs(given_logits - wanted).mean() < 0.02 * np.abs(wanted).max()
    agree = given_logits.argmax(axis=1) == wanted.argmax(axis=1)
    assert agree.mean() > 0.95


@given(st.floats(1e-9, 3e4))
def test_a_fraction_is_near_its_ratio(ratio: float) -> None:
    multiplier, shift = fraction(ratio)
    assert 1 <= multiplier <= 2**15
    assert 0 <= shift <= 52
    # the last of at least 14 bits, rounded to the nearest
    assert multiplier / 2**shift == pytest.approx(ratio, rel=2**-15)


@pytest.mark.parametrize("ratio", [0.0, float("nan"), float("inf"), 2.0**15, 2.0**-40])
def test_ratios_beyond_all_use_are_refused(ratio: float) -> None:
    with pytest.raises(NetworkError, match="rescaled"):
        fraction(ratio)


def test_a_layer_that_nobody_can_calibrate_is_named() -> None:
    with pytest.raises(NetworkError, match="Tanh"):
        calibrated(Chain([Dense(drawn(2, 3), drawn(2)), Tanh()]), DRAWN.random((4, 3)))
