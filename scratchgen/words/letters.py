"""Letters as numbers: what a network that reads names is given, and what it does not know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["ALPHABET", "UNKNOWN", "letter_numbers", "padded"]

ALPHABET = "abcdefghijklmnopqrstuvwxyz /'"
"""The letters of the survey's names, in the order of their numbers from 1."""
UNKNOWN = len(ALPHABET) + 1
"""The number of every other letter."""


def letter_numbers(name: str) -> list[int]:
    """Return the number of each letter; capitals count as small ones.

    >>> letter_numbers("Ab é")
    [1, 2, 27, 30]
    """
    return [ALPHABET.find(letter) + 1 or UNKNOWN for letter in name.lower()]


def padded(names: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return names as numbers, int64 of shape (names, steps), blanks behind short ones, and their lengths.

    >>> padded(["ab", "c"])[0].tolist()
    [[1, 2], [3, 27]]
    """
    numbers = [letter_numbers(name) for name in names]
    lengths = np.array([len(row) for row in numbers])
    blank = ALPHABET.index(" ") + 1
    rows = [row + [blank] * (int(lengths.max()) - len(row)) for row in numbers]
    return np.array(rows), lengths
