"""Makes many digits of one: moved, larger or smaller, slanted, turned, and with thicker or thinner strokes.

The counts are taken for the brightness of a blurred picture, which is looked at through a bent grid of 32
by 32 cells; what is bright enough is ink, and the ink is counted in blocks again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scratchgen.digits.drawing import BLOCK, GRID, SIDE

__all__ = ["augmented"]

MOVED = 0.3
"""Blocks."""
RESIZED = 0.1
SLANTED = 0.2
TURNED = 0.1
"""Radians."""
EDGE = 4.0
"""How sharp ink ends: the larger, the more like a bitmap."""
LEAST_INK, MOST_INK = 0.3, 0.75
"""The part of full brightness from which on a cell is ink."""
FULL = BLOCK * BLOCK


def augmented(counts: NDArray[np.int64], generator: np.random.Generator) -> NDArray[np.int64]:
    """Return as many other digits, counts of 0 to 16 of shape (rows, 64).

    >>> augmented(np.full((3, 64), 16), np.random.default_rng(1)).shape
    (3, 64)
    """
    rows = len(counts)
    y, x = _looked_at(rows, generator)
    bright = _between(counts.reshape(rows, SIDE, SIDE) / FULL, y, x)
    threshold = generator.uniform(LEAST_INK, MOST_INK, (rows, 1, 1))
    ink = np.clip((bright - threshold) * EDGE + 0.5, 0.0, 1.0)
    ink += (bright - ink) * generator.random((rows, 1, 1))  # some keep their strokes as they are
    blocks = ink.reshape(rows, SIDE, BLOCK, SIDE, BLOCK).sum(axis=(2, 4))
    whole: NDArray[np.int64] = np.rint(blocks).astype(np.int64).reshape(rows, -1)
    return whole


def _looked_at(rows: int, generator: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where each cell looks, in blocks from the middle of the first: two of shape (rows, 32, 32)."""
    middle = (np.arange(GRID) + 0.5) / BLOCK - SIDE / 2
    y, x = np.broadcast_arrays(middle[None, :, None], middle[None, None, :])

    def about(spread: float) -> NDArray[np.float64]:
        return generator.normal(0, spread / 2, (rows, 1, 1))

    angle, slant = about(TURNED * 2), about(SLANTED * 2)
    turned_y = np.cos(angle) * y - np.sin(angle) * x
    turned_x = np.sin(angle) * y + np.cos(angle) * x + slant * y
    return (
        turned_y * np.exp(about(RESIZED)) + about(MOVED * 2) + SIDE / 2 - 0.5,
        turned_x * np.exp(about(RESIZED * 2)) + about(MOVED * 2) + SIDE / 2 - 0.5,
    )


def _between(
    pictures: NDArray[np.float64], y: NDArray[np.float64], x: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the brightness between the middles of blocks (bilinear); outside the picture it is 0."""
    padded = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    top, left = np.floor(y).astype(np.int64), np.floor(x).astype(np.int64)
    down, right = y - top, x - left
    row = np.arange(len(pictures))[:, None, None]
    total = np.zeros(y.shape)
    for below, share_y in ((0, 1 - down), (1, down)):
        for beside, share_x in ((0, 1 - right), (1, right)):
            at_y, at_x = (np.clip(at, 0, SIDE + 1) for at in (top + below + 1, left + beside + 1))
            total += padded[row, at_y, at_x] * share_y * share_x
    return total
