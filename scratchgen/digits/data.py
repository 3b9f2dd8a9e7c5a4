"""The handwritten digits that scikit-learn ships, and which of them training never sees."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scratchgen.errors import InputError

__all__ = ["SOURCE", "DigitRows", "handwritten_digits", "hold_out"]

SOURCE = (
    "the test part of Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak, 1998; UCI Machine "
    "Learning Repository, CC BY 4.0), 1,797 digits of 13 writers, as scikit-learn ships them"
)
DIGITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitRows:
    """Digits as the networks see them: 64 counts of 0 to 16, int64 of shape (rows, 64), and what each is."""

    counts: NDArray[np.int64]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, rows: NDArray[np.int64] | slice) -> DigitRows:
        return DigitRows(counts=self.counts[rows], labels=self.labels[rows])

    def digest(self) -> str:
        """Return the SHA-256 of the numbers."""
        columns = np.column_stack([self.counts, self.labels]).astype("<i8")
        return hashlib.sha256(columns.tobytes()).hexdigest()


def handwritten_digits() -> DigitRows:
    """Return the 1,797 digits; InputError when scikit-learn is missing, which only training needs."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise InputError(
            "the handwritten digits come with scikit-learn, which is missing",
            todo="install it with `pip install 'scratchgen[digits]'`; ready networks need it not",
        ) from None
    found = load_digits()
    return DigitRows(
        counts=found.data.astype(np.int64),
        labels=found.target.astype(np.int64),
    )


def hold_out(rows: DigitRows, *, seed: int) -> tuple[DigitRows, DigitRows]:
    """Return four fifths to train on and a fifth to test on, each digit's share alike.

    >>> rows = DigitRows(counts=np.zeros((20, 64), dtype=np.int64), labels=np.arange(20) % 2)
    >>> training, held_out = hold_out(rows, seed=0)
    >>> len(training), np.bincount(held_out.labels).tolist()
    (16, [2, 2])
    """
    generator = np.random.default_rng(seed)
    held_out = np.zeros(len(rows), dtype=bool)
    for digit in range(DIGITS):
        places = generator.permutation(np.flatnonzero(rows.labels == digit))
        held_out[places[: round(len(places) / 5)]] = True
    return rows[np.flatnonzero(~held_out)], rows[np.flatnonzero(held_out)]
