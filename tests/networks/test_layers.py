"""Every layer against plain Python integers, and against its own bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import EXACT_LIMIT, Interval
from scratchgen.networks.layers import LAYER_KINDS, Dense, Elman, Layer, Relu, TableLookup
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.serial import layer_from_json, layer_to_json
from tests.networks.by_hand import by_hand, step_by_hand
from tests.networks.layer_strategies import LAYERS, any_layer, layer_of

weights = st.integers(-(2**15), 2**15)


def dense(weights: list[list[int]], biases: list[int]) -> Dense:
    return Dense(weights=np.array(weights), biases=np.array(biases))


@st.composite
def dense_layers(draw: st.DrawFn, inputs: int, outputs: int) -> Dense:
    row = st.lists(weights, min_size=inputs, max_size=inputs)
    return dense(
        draw(st.lists(row, min_size=outputs, max_size=outputs)),
        draw(st.lists(st.integers(-(2**31), 2**31), min_size=outputs, max_size=outputs)),
    )


@st.composite
def layers_and_inputs(draw: st.DrawFn) -> tuple[Layer, list[int], Interval]:
    size = draw(st.integers(1, 12))
    layer = draw(any_layer(size))
    ends = [
        sorted((draw(st.integers(-(2**20), 2**20)), draw(st.integers(-(2**20), 2**20)))) for _ in range(size)
    ]
    values = [draw(st.integers(low, high)) for low, high in ends]
    return layer, values, Interval(low=tuple(low for low, _ in ends), high=tuple(high for _, high in ends))


@given(layers_and_inputs())
def test_the_reference_is_the_definition_and_stays_within_the_bounds(
    case: tuple[Layer, list[int], Interval],
) -> None:
    layer, values, interval = case
    expected = by_hand(layer, values)
    assert layer.reference(np.array([values], dtype=np.int64)).tolist() == [expected]
    bounds = layer.bounds(interval)
    # Python's own integers, or a bound could overflow
    assert {type(end) for end in (*bounds.output.low, *bounds.output.high, bounds.largest)} == {int}
    for low, value, high in zip(bounds.output.low, expected, bounds.output.high, strict=True):
        assert low <= value <= high
        assert abs(value) <= bounds.largest


@given(st.sampled_from(["elman", "gru"]), st.data())
def test_a_cell_remembers_as_defined_and_stays_within_the_bounds(kind: str, data: st.DataObject) -> None:
    layer = data.draw(layer_of(kind, 6))
    interval = Interval(low=(-500,) * 6, high=(500,) * 6)
    bounds = layer.bounds(interval)
    state = [0] * layer.state_size
    given_state = np.array([state])
    for _ in range(4):
        values = data.draw(st.lists(st.integers(-500, 500), min_size=6, max_size=6))
        state = step_by_hand(layer, values, state)
        outputs, given_state = layer.step(np.array([values]), given_state)
        assert outputs.tolist() == given_state.tolist() == [state]
        for low, value, high in zip(bounds.output.low, state, bounds.output.high, strict=True):
            assert low <= value <= high


@given(dense_layers(3, 2), st.permutations([0, 1, 2]), st.tuples(*[st.sampled_from([-9, 255])] * 3))
def test_no_partial_sum_in_any_order_passes_the_bound(
    layer: Dense, order: list[int], corner: tuple[int, ...]
) -> None:
    largest = layer.bounds(Interval(low=(-9,) * 3, high=(255,) * 3)).largest
    for row, bias in zip(layer.weights.tolist(), layer.biases.tolist(), strict=True):
        total = bias
        for place in order:
            total += row[place] * corner[place]
            assert abs(total) <= largest
            assert abs(row[place] * corner[place]) <= largest


@given(layers_and_inputs())
def test_layers_survive_json(case: tuple[Layer, list[int], Interval]) -> None:
    assert layer_from_json(layer_to_json(case[0])) == case[0]


def test_a_dense_bound_is_reached() -> None:
    bounds = dense([[3, -2]], [5]).bounds(Interval(low=(0, 0), high=(255, 255)))
    assert (bounds.output.low, bounds.output.high) == ((5 - 510,), (5 + 765,))


def network_reaching(largest: int) -> IntegerNetwork:
    return IntegerNetwork(domain=Interval(low=(0,), high=(1,)), layers=(dense([[largest - 1]], [1]),))


def test_a_network_is_refused_exactly_from_2_to_the_53() -> None:
    assert network_reaching(EXACT_LIMIT - 1).bounds()[0].largest == EXACT_LIMIT - 1
    with pytest.raises(NetworkError, match=r"layer 1 \(dense\) of 1-1.*9,007,199,254,740,992.*fewer bits"):
        network_reaching(EXACT_LIMIT)


def test_products_before_rescaling_count() -> None:
    table = TableLookup(curve="flat", multiplier=2**30, shift=52, offset=0, table=np.array([0]))
    with pytest.raises(NetworkError, match="2\\^53"):
        IntegerNetwork(domain=Interval(low=(0,), high=(2**23,)), layers=(table,))


STEP = {"kind": "table", "curve": "step", "multiplier": 1, "shift": 0, "offset": 0, "table": [0, 4]}
CONVOLUTION = {
    "kind": "conv2d", "height": 2, "width": 2, "padding": 0, "stride": 1,
    "weights": [[[[1], [2]]]], "biases": [0],
}  # fmt: skip
POOL = {"kind": "max_pool", "channels": 1, "height": 2, "width": 3, "side": 2, "stride": 2}


@pytest.mark.parametrize(
    "content",
    [
        None,
        {"kind": "unheard of"},
        {"kind": "dense", "weights": [[1]]},
        {"kind": "dense", "weights": [[1, 2], [3]], "biases": [1, 2]},
        {"kind": "dense", "weights": [[1.5]], "biases": [1]},
        {"kind": "dense", "weights": [[True]], "biases": [1]},
        {"kind": "dense", "weights": [[10**30]], "biases": [1]},
        {"kind": "dense", "weights": [["1"]], "biases": [1]},
        {"kind": "dense", "weights": [[]], "biases": [1]},
        {"kind": "dense", "weights": [[1]], "biases": [1, 2]},
        {"kind": "table", "curve": "tanh", "multiplier": 0, "shift": 1, "offset": 0, "table": [1]},
        {"kind": "table", "curve": "tanh", "multiplier": 1, "shift": -1, "offset": 0, "table": [1]},
        {"kind": "table", "curve": "tanh", "multiplier": 1.5, "shift": 1, "offset": 0, "table": [1]},
        {"kind": "rescale", "multiplier": 0, "shift": 1, "least": 0, "most": 1},
        {"kind": "rescale", "multiplier": 1, "shift": 1, "least": 2, "most": 1},
        {"kind": "embedding", "vectors": [1, 2]},
        {"kind": "elman", "weights": [[1, 2]], "curve": STEP},
        {"kind": "elman", "weights": [[1]], "curve": {"kind": "relu"}},
        {"kind": "elman", "weights": [[1]], "curve": 3},
        {"kind": "gru", "weights": [[1], [1]], "gate": STEP, "curve": STEP, "one_bits": 2},
        {"kind": "gru", "weights": [[1], [1], [1]], "gate": STEP, "curve": STEP, "one_bits": 0},
        CONVOLUTION | {"stride": 0},
        CONVOLUTION | {"padding": -1},
        CONVOLUTION | {"biases": [1, 2]},
        CONVOLUTION | {"height": 1},
        POOL | {"side": 3},
        POOL | {"stride": 0},
        POOL | {"kind": "average_pool", "multiplier": 0, "shift": 0},
        {"kind": "table", "curve": 3, "multiplier": 1, "shift": 1, "offset": 0, "table": [1]},
    ],
)
def test_damaged_layers_are_refused(content: object) -> None:
    with pytest.raises(NetworkError):
        layer_from_json(content)


@pytest.mark.parametrize(
    "content",
    [
        CONVOLUTION,
        POOL,
        {"kind": "gru", "one_bits": 3} | {"weights": [[1], [1], [1]], "gate": STEP, "curve": STEP},
    ],
)
def test_the_damaged_ones_above_are_damaged_by_what_is_changed(content: dict[str, object]) -> None:
    assert layer_to_json(layer_from_json(content)) == content


@given(st.sampled_from(["conv2d", "max_pool", "average_pool", "elman", "gru"]), st.data())
def test_inputs_that_do_not_fit_are_refused(kind: str, data: st.DataObject) -> None:
    layer = data.draw(layer_of(kind, 6))
    with pytest.raises(NetworkError, match="given 7"):
        layer.output_size(7)


def test_shapes_that_do_not_fit_name_the_layer() -> None:
    with pytest.raises(NetworkError, match=r"layer 2 \(dense\): a dense layer with 3 inputs is given 2"):
        IntegerNetwork(
            domain=Interval(low=(0,), high=(9,)),
            layers=(dense([[1], [2]], [0, 0]), dense([[1, 2, 3]], [0])),
        )


@pytest.mark.parametrize("inputs", [[[256]], [[-1]], [[0.5]], [[1, 2]], [1], [[True]]])
def test_inputs_outside_the_domain_are_refused(inputs: object) -> None:
    network = IntegerNetwork(domain=Interval(low=(0,), high=(255,)), layers=(Relu(),))
    with pytest.raises(NetworkError):
        network.reference(inputs)


def test_the_first_of_equals_wins() -> None:
    assert IntegerNetwork.winners(np.array([[5, 5, 1], [0, 2, 2], [3, 3, 3]])).tolist() == [0, 1, 0]


def test_every_registered_kind_is_tested_here() -> None:
    assert set(LAYER_KINDS) == set(LAYERS)


@given(st.lists(st.integers(-(2**55), 2**55), min_size=3, max_size=3))
def test_sums_beyond_the_exact_doubles_are_exact_too(values: list[int]) -> None:
    layer = dense([[3, -5, 7], [-1, 1, 1], [0, 0, 0]], [1, -2, 3])
    assert layer.reference(np.array([values])).tolist() == [by_hand(layer, values)]


def test_a_sequence_begins_anew_with_each_row() -> None:
    curve = TableLookup(curve="same", multiplier=1, shift=0, offset=50, table=np.arange(-50, 51))
    network = IntegerNetwork(
        domain=Interval(low=(0,), high=(9,)), layers=(Elman(weights=np.array([[2]]), curve=curve),)
    )
    assert network.remembers
    assert network.sequences([[[1], [1], [1]], [[0], [3], [0]]]).tolist() == [
        [[1], [3], [7]],
        [[0], [3], [6]],
    ]
    assert network.reference([[5]]).tolist() == [[5]]
    with pytest.raises(NetworkError, match="domain"):
        network.sequences([[[10]]])
    with pytest.raises(NetworkError, match="steps"):
        network.sequences([[1]])
