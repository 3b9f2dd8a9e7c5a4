"""How wide a text is in the font that Scratch draws "Sans Serif" with, from a table of its letters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from scratchgen.resources import resource_folder

__all__ = ["BLANK_WIDTH", "OTHER_WIDTH", "TABLE_SIZE", "fitted", "letter_widths"]

TABLE_SIZE = 20
"""The table's widths are pixels of letters of this size."""
OTHER_WIDTH, BLANK_WIDTH = 14.0, 5.2
"""Of a letter that is not in the table, and of a blank."""


@cache
def letter_widths() -> Mapping[str, float]:
    """Return by how many pixels each letter moves the next one on, at TABLE_SIZE.

    >>> letter_widths()["i"] < letter_widths()["m"]
    True
    """
    path = resource_folder("templates") / "stage" / "letters.json"
    widths: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return widths | {" ": BLANK_WIDTH}


def fitted(text: str, size: float, width: float) -> float:
    """Return the size of letters, at most ``size``, with which a text is at most so wide; all in pixels.

    >>> fitted("ok", 12, 60), fitted("mmmmmmmmmm", 12, 60)
    (12, 6.3)
    """
    widths = letter_widths()
    natural = sum(widths.get(letter, OTHER_WIDTH) for letter in text)
    return round(min(size, width * TABLE_SIZE / natural), 1) if natural else size
