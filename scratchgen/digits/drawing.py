"""From a drawing on a 32 × 32 grid to the 64 counts that the networks see, as the project's blocks do it.

The data were made so (E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, 1998): a digit
fills a bitmap of 32 × 32 cells, and each block of 4 × 4 counts its inked ones, 0 to 16. All steps are whole
numbers and divisions by 2 and by 32, so that Scratch does exactly the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scratchgen.errors import InputError

__all__ = ["BLOCK", "GRID", "SIDE", "count_blocks", "fitted"]

GRID = 32
"""Cells along each side of the grid that is drawn on."""
BLOCK = 4
"""Cells along each side of a block."""
SIDE = GRID // BLOCK
"""Blocks along each side."""

Cells = NDArray[np.bool_]


def fitted(cells: Cells) -> Cells:
    """Return the drawing made as large as the grid and put into its middle; an empty one stays empty.

    ``cells`` has the shape (32, 32), row by row from the top. The frame is a square whose side is the longer
    side of the drawing, and of its two margins the first is the smaller one. The cell in row ``y`` and column
    ``x`` then shows the cell ``floor(y × side / 32)``, ``floor(x × side / 32)`` of the frame.

    >>> cells = np.zeros((32, 32), dtype=bool)
    >>> cells[10:14, 20] = True
    >>> large = fitted(cells)
    >>> int(large[:, 8:16].sum()), int(large.sum())
    (256, 256)
    """
    if cells.shape != (GRID, GRID):
        raise InputError(f"a drawing has the shape {cells.shape}, not {GRID} × {GRID}")
    rows, columns = np.flatnonzero(cells.any(axis=1)), np.flatnonzero(cells.any(axis=0))
    if not len(rows):
        return cells.copy()
    height, width = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    side = max(height, width)
    top, left = int(rows[0]) - (side - height) // 2, int(columns[0]) - (side - width) // 2
    steps = np.arange(GRID) * side // GRID
    # what lies outside the grid is empty, as an item of a list that is not there
    wide = np.pad(cells, GRID)
    large: Cells = wide[np.ix_(top + steps + GRID, left + steps + GRID)]
    return large


def count_blocks(cells: Cells) -> NDArray[np.int64]:
    """Return the 64 counts, 0 to 16, row by row, of a drawing that was fitted.

    >>> int(count_blocks(np.ones((32, 32), dtype=bool)).min())
    16
    """
    blocks = fitted(cells).reshape(SIDE, BLOCK, SIDE, BLOCK)
    counts: NDArray[np.int64] = blocks.sum(axis=(1, 3)).astype(np.int64).ravel()
    return counts
