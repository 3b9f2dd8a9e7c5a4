"""CIELAB against published values, and its slopes against finite differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.words.lab import distances, distances_and_slopes, to_lab

STEP = 1e-6
shares = st.lists(st.floats(0.001, 0.999), min_size=3, max_size=3).map(np.array)


@pytest.mark.parametrize(
    ("colour", "lab"),
    [
        ((0, 0, 0), (0.0, 0.0, 0.0)),
        ((0, 255, 0), (87.73, -86.18, 83.18)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
        ((128, 128, 128), (53.59, 0.0, 0.0)),
    ],
)
def test_known_colours_lie_where_tables_say(
    colour: tuple[int, int, int], lab: tuple[float, float, float]
) -> None:
    # the tables have two decimals, and rounded constants of their own
    assert to_lab(np.array(colour) / 255) == pytest.approx(lab, abs=0.02)


@given(shares, shares)
def test_a_distance_is_none_to_itself_and_the_same_both_ways(one: np.ndarray, other: np.ndarray) -> None:
    assert distances(one, one) == 0
    assert distances(one, other) == distances(other, one) >= 0


@given(shares, shares)
def test_slopes_are_those_of_finite_differences(given_shares: np.ndarray, wanted: np.ndarray) -> None:
    _, slopes = distances_and_slopes(given_shares, wanted)
    for channel in range(3):
        ends = []
        for moved in (-STEP, STEP):
            shifted = given_shares.copy()
            shifted[channel] += moved
            ends.append(float(distances_and_slopes(shifted, wanted)[0]))
        slope = (ends[1] - ends[0]) / (2 * STEP)
        # central differences in doubles, of distances up to 250, and bends of the curves within a step
        assert slopes[channel] == pytest.approx(slope, rel=1e-3, abs=1e-2)
