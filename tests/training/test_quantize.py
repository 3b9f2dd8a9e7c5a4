"""The integer network: within its bits, within its bounds, and of the same opinion as the float network."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import EXACT_LIMIT
from scratchgen.networks.layers import Dense, Relu, TableLookup
from scratchgen.networks.weights import read_weights
from scratchgen.resources import resource_folder
from scratchgen.training.float_layers import ACTIVATIONS
from scratchgen.training.float_layers import Dense as FloatDense
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.integers import agreement, colour_grid, rounded, to_integers
from scratchgen.training.quantize import best_steps, levelled, quantize
from scratchgen.training.train import float_network_of


def network(sizes: tuple[int, ...], activation: str, seed: int) -> FloatNetwork:
    generator = np.random.default_rng(seed)
    made = FloatNetwork.create(sizes, activation, generator)
    for layer in made.dense:
        layer.biases.values = generator.normal(0, 0.3, layer.biases.values.shape)
    return made


@settings(max_examples=12)
@given(
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    hidden=st.lists(st.integers(1, 6), min_size=1, max_size=2),
    bits=st.integers(4, 8),
    seed=st.integers(0, 2**32),
)
def test_integers_fit_their_bits_and_every_number_its_bound(
    activation: str, hidden: list[int], bits: int, seed: int
) -> None:
    source = network((3, *hidden, 3), activation, seed)
    integer = to_integers(source, best_steps(source, bits), bits).network
    largest = 2 ** (bits - 1) - 1
    colours = np.random.default_rng(seed).integers(0, 256, (200, 3))
    values = colours
    for layer, bounds, outputs in zip(
        integer.layers, integer.bounds(), integer.activations(colours), strict=True
    ):
        if isinstance(layer, Dense):
            assert np.abs(layer.weights).max() <= largest
            partial = layer.biases + np.cumsum(layer.weights[None] * values[:, None, :], axis=2).transpose(
                2, 0, 1
            )
            assert np.abs(partial).max() <= bounds.largest
        if isinstance(layer, TableLookup):
            assert np.abs(values * layer.multiplier).max() <= bounds.largest
        assert (outputs >= np.array(bounds.output.low)).all()
        assert (outputs <= np.array(bounds.output.high)).all()
        assert bounds.largest < EXACT_LIMIT
        values = outputs


def test_relu_networks_are_never_rescaled() -> None:
    source = network((3, 5, 4, 2), "relu", 3)
    kinds = [type(layer) for layer in to_integers(source, [0.01] * 3, 8).network.layers]
    assert kinds == [Dense, Relu, Dense, Relu, Dense]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_curves_become_tables_of_256_entries(activation: str) -> None:
    source = network((3, 5, 2), activation, 3)
    table = to_integers(source, best_steps(source, 8), 8).network.layers[1]
    assert isinstance(table, TableLookup)
    assert len(table.table) == 256
    assert (np.diff(table.table) >= 0).all()


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.sampled_from(sorted(ACTIVATIONS)))
def test_levelling_changes_no_share(seed: int, activation: str) -> None:
    source = network((3, 6, 4), activation, seed)
    colours = colour_grid(5)
    before, after = source.logits(colours), levelled(source).logits(colours)
    shift = (before - after).mean(axis=1, keepdims=True)
    # the same sums in another order: an error of some roundings
    assert before - shift == pytest.approx(after, abs=1e-9)


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=9), st.floats(1e-3, 1), st.integers(4, 8))
def test_rounding_is_to_the_nearest_that_fits(weights: list[float], step: float, bits: int) -> None:
    largest = 2 ** (bits - 1) - 1
    for weight, whole in zip(weights, rounded(np.array(weights), step, bits).tolist(), strict=True):
        assert whole == int(whole)
        assert abs(whole) <= largest
        if abs(weight / step) <= largest:
            assert abs(whole - weight / step) <= 0.5


def test_the_centring_of_the_input_is_in_the_biases() -> None:
    source = FloatNetwork(
        [FloatDense(np.array([[0.5, 0.25, -0.5], [1.0, -1.0, 0.25]]), np.array([0.125, -2.0]))], "relu"
    )
    quantized = to_integers(source, [0.25], 8)
    colours = colour_grid(9)
    exact = source.logits(colours)
    # weights that are whole steps lose nothing; a bias is rounded by half a unit at most
    error = quantized.network.reference(colours) * quantized.logit_scale - exact
    assert np.abs(error).max() <= quantized.logit_scale * 0.5 + 1e-12


@pytest.mark.parametrize(("bits", "least"), [(8, 0.995), (4, 0.97)])
def test_the_shipped_networks_names_survive_quantization(bits: int, least: float) -> None:
    source = float_network_of(read_weights(resource_folder("trained_weights") / "colours.json"))
    quantized = quantize(source, bits, np.random.default_rng(1))
    assert agreement(source, quantized.network, colour_grid(64)) >= least


def test_a_network_that_would_not_be_exact_is_refused() -> None:
    source = network((3, 4, 2), "relu", 1)
    source.dense[0].biases.values[:] = 1e15
    with pytest.raises(NetworkError, match="2\\^53"):
        to_integers(source, [0.01, 0.01], 8)
