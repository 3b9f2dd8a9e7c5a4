"""Digits in the fonts that matplotlib ships, drawn on the grid: digits that no hand wrote."""

from __future__ import annotations

import numpy as np
from matplotlib import get_data_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray

from scratchgen.digits.drawing import GRID

__all__ = ["FONTS", "drawn_digit"]

FONTS = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSerif",
    "DejaVuSerif-Bold",
    "DejaVuSansMono",
    "DejaVuSansMono-Bold",
    "STIXGeneral",
    "STIXGeneralBol",
    "cmr10",
    "cmss10",
    "cmtt10",
)
"""The names of the files of the fonts."""
POINTS = 24


def drawn_digit(digit: int, font: str, *, points: float = POINTS) -> NDArray[np.bool_]:
    """Return a digit on the grid, shape (32, 32), black cells true; a pixel is a cell.

    >>> cells = drawn_digit(1, "DejaVuSans")
    >>> cells.shape, bool(cells.any())
    ((32, 32), True)
    """
    folder = get_data_path()
    properties = FontProperties(fname=f"{folder}/fonts/ttf/{font}.ttf")
    figure = Figure(figsize=(1, 1), dpi=GRID)
    canvas = FigureCanvasAgg(figure)
    size = points * 72 / GRID
    figure.text(0.5, 0.5, str(digit), fontproperties=properties, fontsize=size, ha="center", va="center")
    canvas.draw()  # type: ignore[no-untyped-call] # matplotlib has no types for these two
    pixels: NDArray[np.uint8] = np.asarray(canvas.buffer_rgba())[..., 0]  # type: ignore[no-untyped-call]
    return pixels < 128
