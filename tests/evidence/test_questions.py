"""The inputs that verification tries: all corners and edges, a grid, and truly the closest races."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scratchgen.errors import InputError
from scratchgen.evidence.questions import choose_questions, count_ties, draw_questions
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense
from scratchgen.networks.network import IntegerNetwork


def network(weights: list[list[int]], biases: list[int], high: int = 255) -> IntegerNetwork:
    inputs = len(weights[0])
    return IntegerNetwork(
        domain=Interval(low=(0,) * inputs, high=(high,) * inputs),
        layers=(Dense(weights=np.array(weights), biases=np.array(biases)),),
    )


COLOURS = network([[1, 2, 3], [3, 2, 1], [-5, 7, 1]], [0, 3, 200])


def test_corners_edges_grid_and_races_are_all_there() -> None:
    questions = choose_questions(COLOURS)
    asked = set(map(tuple, questions.rows.tolist()))
    assert questions.corners_and_edges == 12 * 254 + 8
    assert questions.grid == 16**3
    assert questions.races == 500
    for value in range(256):
        assert {(value, 0, 255), (0, value, 0), (255, 255, value)} <= asked
    assert len(asked) == len(questions.rows)


def test_ties_are_found_where_there_are_many() -> None:
    # red against green: equal on a whole plane of the cube
    questions = choose_questions(network([[1, 0, 0], [0, 1, 0]], [0, 0]))
    ties = sum(red == green for red, green, _ in questions.rows.tolist())
    assert questions.ties == ties >= 500


@settings(max_examples=5)
@given(st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_colour_on_the_coarse_grid_is_closer_than_the_chosen_ones(weights: list[list[int]]) -> None:
    net = network(weights, list(range(len(weights))))
    questions = choose_questions(net)

    def margins(rows: np.ndarray) -> np.ndarray:
        logits = np.sort(net.reference(rows), axis=1)
        return np.sort(logits[:, -1] - logits[:, -2])

    axis = [255 * at // 63 for at in range(64)]
    coarse = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 3)
    assert (margins(questions.rows)[:500] <= margins(coarse)[:500]).all()


@pytest.mark.parametrize("inputs", [1, 2, 4])
def test_other_numbers_of_inputs_work(inputs: int) -> None:
    questions = choose_questions(network([[1] * inputs, [2] * inputs], [300, 0], high=20))
    assert questions.rows.shape[1] == inputs
    assert len(questions.rows) >= 21


def test_the_choice_is_the_same_each_time() -> None:
    assert np.array_equal(choose_questions(COLOURS).rows, choose_questions(COLOURS).rows)


@given(st.integers(1, 5), st.integers(0, 2**32), st.data())
def test_what_is_drawn_is_in_the_domain_and_never_twice(inputs: int, seed: int, data: st.DataObject) -> None:
    small = network([[1] * inputs, [2] * inputs], [0, 0], high=3)
    count = data.draw(st.integers(1, 4**inputs))
    rows = draw_questions(small, count, seed=seed)
    assert rows.shape == (count, inputs)
    assert len(set(map(tuple, rows.tolist()))) == count
    assert rows.min() >= 0
    assert rows.max() <= 3
    assert np.array_equal(rows, draw_questions(small, count, seed=seed))


def test_other_seeds_draw_others_from_everywhere() -> None:
    one, other = (draw_questions(COLOURS, 1000, seed=seed) for seed in (1, 2))
    assert not np.array_equal(one, other)
    assert (abs(one.mean(axis=0) - 127.5) < 15).all()


def test_more_than_there_are_cannot_be_drawn() -> None:
    with pytest.raises(InputError, match="65 of 64 questions cannot be drawn"):
        draw_questions(network([[1, 1, 1]], [0], high=3), 65, seed=1)


@pytest.mark.parametrize(
    ("logits", "ties"), [([[3, 3, 1], [1, 2, 3]], 1), ([[5, 1, 5], [2, 2, 2]], 2), ([[1]], 0)]
)
def test_ties_are_those_of_the_greatest(logits: list[list[int]], ties: int) -> None:
    assert count_ties(np.array(logits)) == ties
