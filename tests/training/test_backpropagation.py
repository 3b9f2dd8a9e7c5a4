"""Every gradient against finite differences, for every curve and any sizes; softmax and its loss."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.training.float_layers import ACTIVATIONS
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.loss import accuracy, soft_cross_entropy, softmax
from scratchgen.training.optimiser import Adam, RunningMean

STEP = 1e-6


def votes_like(generator: np.random.Generator, rows: int, names: int) -> np.ndarray:
    votes: np.ndarray = generator.random((rows, names))
    votes /= votes.sum(axis=1, keepdims=True)
    return votes


@settings(max_examples=15)
@given(
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    hidden=st.lists(st.integers(1, 5), max_size=3),
    names=st.integers(2, 4),
    seed=st.integers(0, 2**32),
)
def test_every_gradient_is_the_slope_of_the_loss(
    activation: str, hidden: list[int], names: int, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    network = FloatNetwork.create((3, *hidden, names), activation, generator)
    for layer in network.dense:  # away from 0, where ReLU has no slope
        layer.biases.values = generator.normal(0, 0.5, layer.biases.values.shape)
    colours = generator.uniform(0, 255, (7, 3))
    votes = votes_like(generator, 7, names)
    network.learn_from(colours, votes)
    for parameter in network.parameters:
        for place in np.ndindex(parameter.values.shape):
            kept = parameter.values[place]
            losses = []
            for moved in (kept - STEP, kept + STEP):
                parameter.values[place] = moved
                losses.append(soft_cross_entropy(network.logits(colours), votes)[0])
            parameter.values[place] = kept
            slope = (losses[1] - losses[0]) / (2 * STEP)
            # central differences in doubles: an error of about eps / step, and a ReLU's corner within a step
            assert parameter.gradient[place] == pytest.approx(slope, abs=1e-6)


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=1, max_size=4))
def test_softmax_gives_shares_whatever_the_size_of_the_logits(logits: list[list[float]]) -> None:
    shares = softmax(np.array(logits))
    assert ((shares >= 0) & (shares <= 1)).all()
    # a sum of three roundings
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(logits)), abs=1e-15)


def test_the_loss_is_least_where_the_shares_are_the_votes() -> None:
    votes = np.array([[0.2, 0.5, 0.3]])
    best, gradient = soft_cross_entropy(np.log(votes), votes)
    assert np.abs(gradient).max() < 1e-15  # the rounding of exp and log
    for moved in np.eye(3):
        assert soft_cross_entropy(np.log(votes) + 0.1 * moved, votes)[0] > best


def test_adam_walks_down_a_valley() -> None:
    network = FloatNetwork.create((3, 2), "relu", np.random.default_rng(0))
    colours, votes = np.array([[255.0, 0, 0], [0, 0, 255.0]]), np.eye(2)
    optimiser, mean = Adam(network.parameters), RunningMean(network.parameters, steps=10)
    losses = []
    for _ in range(200):
        losses.append(network.learn_from(colours, votes))
        optimiser.step(0.05)
        mean.update()
    assert losses[-1] < 0.05 < losses[0]
    assert accuracy(network.with_values(mean.values).logits(colours), votes) == 1.0


@settings(max_examples=20)
@given(st.sampled_from(sorted(ACTIVATIONS)), st.lists(st.integers(1, 4), max_size=2), st.integers(0, 2**32))
def test_networks_survive_json(activation: str, hidden: list[int], seed: int) -> None:
    network = FloatNetwork.create((3, *hidden, 2), activation, np.random.default_rng(seed))
    again = FloatNetwork.from_json(network.to_json())
    colours = np.random.default_rng(1).uniform(0, 255, (5, 3))
    assert np.array_equal(network.logits(colours), again.logits(colours))
