"""Every layer against plain Python integers, and against its own bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.errors import NetworkError
from scratchgen.networks.intervals import EXACT_LIMIT, Interval
from scratchgen.networks.layers import LAYER_KINDS, Dense, Layer, Relu, TableLookup
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.serial import layer_from_json, layer_to_json

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
def tables(draw: st.DrawFn) -> TableLookup:
    table = draw(st.lists(st.integers(-127, 127), min_size=1, max_size=256))
    return TableLookup(
        curve="drawn",
        multiplier=draw(st.integers(1, 1000)),
        shift=draw(st.integers(0, 40)),
        offset=draw(st.integers(-len(table), len(table))),
        table=np.array(table),
    )


@st.composite
def layers_and_inputs(draw: st.DrawFn) -> tuple[Layer, list[int], Interval]:
    size = draw(st.integers(1, 5))
    layer = draw(st.one_of(dense_layers(size, draw(st.integers(1, 4))), st.just(Relu()), tables()))
    ends = [
        sorted((draw(st.integers(-(2**20), 2**20)), draw(st.integers(-(2**20), 2**20)))) for _ in range(size)
    ]
    values = [draw(st.integers(low, high)) for low, high in ends]
    return layer, values, Interval(low=tuple(low for low, _ in ends), high=tuple(high for _, high in ends))


def by_hand(layer: Layer, values: list[int]) -> list[int]:
    """The layers' definitions on Python integers, which have no size."""
    match layer:
        case Dense():
            rows = layer.weights.tolist()
            return [
                bias + sum(w * v for w, v in zip(row, values, strict=True))
                for row, bias in zip(rows, layer.biases.tolist(), strict=True)
            ]
        case Relu():
            return [max(0, value) for value in values]
        case TableLookup():
            last = len(layer.table) - 1
            places = [(value * layer.multiplier) // 2**layer.shift + layer.offset for value in values]
            return [int(layer.table[min(max(place, 0), last)]) for place in places]
    raise AssertionError(layer)


@given(layers_and_inputs())
def test_the_reference_is_the_definition_and_stays_within_the_bounds(
    case: tuple[Layer, list[int], Interval],
) -> None:
    layer, values, interval = case
    expected = by_hand(layer, values)
    assert layer.reference(np.array([values], dtype=np.int64)).tolist() == [expected]
    bounds = layer.bounds(interval)
    for low, value, high in zip(bounds.output.low, expected, bounds.output.high, strict=True):
        assert low <= value <= high
        assert abs(value) <= bounds.largest


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
        {"kind": "table", "curve": 3, "multiplier": 1, "shift": 1, "offset": 0, "table": [1]},
    ],
)
def test_damaged_layers_are_refused(content: object) -> None:
    with pytest.raises(NetworkError):
        layer_from_json(content)


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
    assert set(LAYER_KINDS) == {"dense", "relu", "table"}


@given(st.lists(st.integers(-(2**55), 2**55), min_size=3, max_size=3))
def test_sums_beyond_the_exact_doubles_are_exact_too(values: list[int]) -> None:
    layer = dense([[3, -5, 7], [-1, 1, 1], [0, 0, 0]], [1, -2, 3])
    assert layer.reference(np.array([values])).tolist() == [by_hand(layer, values)]
