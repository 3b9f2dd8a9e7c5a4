"""The way from a drawing to 64 counts, cell by cell on plain integers, as blocks will do it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scratchgen.digits.drawing import count_blocks, fitted
from scratchgen.digits.strokes import stroke_digits
from scratchgen.errors import InputError

cells_of_a_drawing = st.sets(st.tuples(st.integers(0, 31), st.integers(0, 31)), max_size=30)


def grid(cells: set[tuple[int, int]]) -> np.ndarray:
    drawn = np.zeros((32, 32), dtype=bool)
    for row, column in cells:
        drawn[row, column] = True
    return drawn


def counts_by_hand(cells: set[tuple[int, int]]) -> list[int]:
    counts = [0] * 64
    if not cells:
        return counts
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    side = max(height, width)
    top, left = min(rows) - (side - height) // 2, min(columns) - (side - width) // 2
    for y in range(32):
        for x in range(32):
            if (top + y * side // 32, left + x * side // 32) in cells:
                counts[y // 4 * 8 + x // 4] += 1
    return counts


@given(cells_of_a_drawing)
def test_the_counts_are_those_of_single_cells(cells: set[tuple[int, int]]) -> None:
    assert count_blocks(grid(cells)).tolist() == counts_by_hand(cells)


@given(st.sets(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1), st.integers(0, 11))
def test_where_a_drawing_lies_does_not_matter(cells: set[tuple[int, int]], moved: int) -> None:
    elsewhere = {(row + moved, column + 11 - moved) for row, column in cells}
    assert count_blocks(grid(cells)).tolist() == count_blocks(grid(elsewhere)).tolist()


@given(cells_of_a_drawing.filter(bool))
def test_a_drawing_fills_the_grid_in_one_direction(cells: set[tuple[int, int]]) -> None:
    large = fitted(grid(cells))
    edges = [large[:, 0], large[:, 31], large[0], large[31]]
    left, right, top, bottom = (bool(edge.any()) for edge in edges)
    assert (left and right) or (top and bottom)


def test_another_grid_is_refused() -> None:
    with pytest.raises(InputError, match=r"\(28, 28\)"):
        fitted(np.zeros((28, 28), dtype=bool))


def test_every_digit_has_strokes() -> None:
    rows = stroke_digits()
    assert set(rows.labels.tolist()) == set(range(10))
    assert rows.counts.min() >= 0
    assert rows.counts.max() <= 16
