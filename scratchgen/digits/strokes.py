"""Digits as strokes, in the shapes that people draw on screens and that printers use.

Thirteen writers of forty years ago draw no 1 with a foot and no closed 4. Each shape is a few lines through
points of a square, drawn with pens of several widths; training sees them bent in many ways.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scratchgen.digits.data import DigitRows
from scratchgen.digits.drawing import GRID, count_blocks

__all__ = ["SHAPES", "stroke_digits"]

Point = tuple[float, float]
Line = tuple[Point, ...]
PENS = (1.1, 1.6, 2.2, 2.9)
"""Half the widths of the pens, in cells."""


def _arc(x: float, y: float, wide: float, high: float, begin: float, end: float) -> Line:
    """Return points along an ellipse around (x, y); angles in turns, 0 to the right and 0.25 below."""
    turns = np.linspace(begin, end, 16) * 2 * np.pi
    points = zip(x + wide * np.cos(turns), y + high * np.sin(turns), strict=True)
    return tuple((float(a), float(b)) for a, b in points)


SHAPES: tuple[tuple[int, tuple[Line, ...]], ...] = (
    (0, (_arc(0.5, 0.5, 0.27, 0.45, 0, 1),)),
    (0, (_arc(0.5, 0.5, 0.2, 0.45, 0, 1),)),
    (0, (_arc(0.5, 0.5, 0.33, 0.45, 0, 1),)),
    (1, (((0.5, 0.05), (0.5, 0.95)),)),
    (1, (((0.33, 0.22), (0.52, 0.05), (0.52, 0.95)),)),
    (1, (((0.33, 0.18), (0.52, 0.05), (0.52, 0.95)), ((0.3, 0.95), (0.74, 0.95)))),
    (1, (((0.27, 0.12), (0.52, 0.05), (0.52, 0.95)), ((0.22, 0.95), (0.8, 0.95)))),
    (1, (((0.37, 0.15), (0.52, 0.05), (0.52, 0.95)), ((0.38, 0.95), (0.66, 0.95)))),
    (2, ((*_arc(0.5, 0.3, 0.25, 0.25, 0.55, 1.08), (0.25, 0.95), (0.78, 0.95)),)),
    (2, ((*_arc(0.48, 0.28, 0.26, 0.23, 0.5, 1.12), (0.22, 0.94), (0.76, 0.94)),)),
    (3, ((*_arc(0.47, 0.28, 0.25, 0.23, 0.55, 1.22), *_arc(0.47, 0.72, 0.29, 0.23, -0.22, 0.45)),)),
    (3, (((0.25, 0.05), (0.72, 0.05), (0.45, 0.4), *_arc(0.45, 0.67, 0.29, 0.27, -0.22, 0.42)),)),
    (4, (((0.66, 0.95), (0.66, 0.05), (0.2, 0.68), (0.82, 0.68)),)),
    (4, (((0.62, 0.95), (0.62, 0.05), (0.15, 0.72), (0.84, 0.72)),)),
    (4, (((0.66, 0.95), (0.66, 0.05), (0.2, 0.72), (0.82, 0.72)), ((0.5, 0.95), (0.82, 0.95)))),
    (4, (((0.3, 0.05), (0.25, 0.55), (0.75, 0.55)), ((0.68, 0.05), (0.66, 0.95)))),
    (5, (((0.72, 0.06), (0.3, 0.06), (0.27, 0.45), *_arc(0.47, 0.66, 0.28, 0.27, -0.25, 0.42)),)),
    (5, (((0.75, 0.06), (0.33, 0.06), (0.3, 0.42), *_arc(0.47, 0.67, 0.3, 0.27, -0.32, 0.38)),)),
    (6, ((*_arc(0.56, 0.5, 0.31, 0.45, -0.15, -0.5), *_arc(0.5, 0.67, 0.26, 0.27, -0.5, 0.5)),)),
    (6, (((0.65, 0.05), (0.4, 0.3), *_arc(0.5, 0.68, 0.26, 0.26, -0.5, 0.5)),)),
    (7, (((0.22, 0.06), (0.77, 0.06), (0.4, 0.95)),)),
    (7, (((0.22, 0.06), (0.77, 0.06), (0.4, 0.95)), ((0.35, 0.5), (0.75, 0.5)))),
    (7, (((0.22, 0.22), (0.22, 0.06), (0.77, 0.06), (0.42, 0.95)),)),
    (8, (_arc(0.5, 0.27, 0.23, 0.22, 0, 1), _arc(0.5, 0.72, 0.27, 0.23, 0, 1))),
    (8, (_arc(0.5, 0.28, 0.25, 0.22, 0, 1), _arc(0.5, 0.71, 0.29, 0.24, 0, 1))),
    (9, (_arc(0.5, 0.33, 0.26, 0.27, 0, 1), _arc(0.44, 0.5, 0.32, 0.45, 0, 0.36))),
    (9, (_arc(0.48, 0.3, 0.25, 0.25, 0, 1), ((0.73, 0.3), (0.68, 0.95)))),
    (9, (_arc(0.5, 0.32, 0.26, 0.26, 0, 1), ((0.75, 0.36), (0.6, 0.75), (0.35, 0.95)))),
)
"""What each shape is, and its lines; x to the right, y down, both from 0 to 1."""


@cache
def stroke_digits() -> DigitRows:
    """Return every shape in every pen, as the networks see it.

    >>> len(stroke_digits()) == len(SHAPES) * len(PENS)
    True
    """
    found = [(count_blocks(_drawn(lines, pen)), digit) for digit, lines in SHAPES for pen in PENS]
    return DigitRows(
        counts=np.array([counts for counts, _ in found]), labels=np.array([digit for _, digit in found])
    )


def _drawn(lines: tuple[Line, ...], pen: float) -> NDArray[np.bool_]:
    """Ink every cell whose middle is within the pen's half width of a line."""
    y, x = np.mgrid[0:GRID, 0:GRID] + 0.5
    cells = np.zeros((GRID, GRID), dtype=bool)
    for line in lines:
        points = np.array(line) * (GRID - 8) + 4
        for (x1, y1), (x2, y2) in pairwise(points):
            length = (x2 - x1) ** 2 + (y2 - y1) ** 2
            along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / max(length, 1e-12)
            along = np.clip(along, 0, 1)
            cells |= np.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) <= pen
    return cells
