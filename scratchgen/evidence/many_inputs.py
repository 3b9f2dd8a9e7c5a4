"""Which questions to ask where nobody could ask all: networks of many inputs, and networks that remember.

They follow from the manifest and the domain alone, so the same choice serves any such network.
"""

from __future__ import annotations

import numpy as np

from scratchgen.networks.layers import IntegerArray
from scratchgen.networks.network import IntegerNetwork
from scratchgen.scratch.manifest import Manifest

__all__ = ["MOST_INPUTS_SEARCHED", "many_questions", "reference_logits"]

MOST_INPUTS_SEARCHED = 4
"""Up to so many inputs, corners, edges, grids and close races can be searched for."""
RANDOM = 2_000
LONGEST_SEQUENCE = 20
SEED = 1


def many_questions(network: IntegerNetwork, manifest: Manifest) -> tuple[IntegerArray, int]:
    """Return questions, int64 of shape (questions, inputs), and how many of them, the first, are corners.

    Corners: all inputs at one end, then each alone at the other. The rest is drawn at random, 2,000 of them:
    half from the whole domain, half with most inputs at their least, as pictures have. A file that reads
    sequences is asked sequences of 1 to 20 questions instead, the corners among them.
    """
    draws = np.random.default_rng(SEED)
    low, high = np.array(network.domain.low), np.array(network.domain.high)
    size = len(low)
    alone = np.where(np.eye(size, dtype=bool), high, low)
    others = np.where(np.eye(size, dtype=bool), low, high)
    corners = np.concatenate([low[None], high[None], alone, others])
    drawn = draws.integers(low, high + 1, (RANDOM, size))
    if manifest.begins:
        rows = np.concatenate([corners, drawn])
        return np.column_stack([rows, _beginnings(len(rows), draws)]), len(corners)
    sparse = draws.random((RANDOM // 2, size)) < draws.random((RANDOM // 2, 1))
    drawn[: RANDOM // 2] = np.where(sparse, drawn[: RANDOM // 2], low)
    return np.concatenate([corners, drawn]), len(corners)


def _beginnings(count: int, draws: np.random.Generator) -> IntegerArray:
    """Return for each question in a row whether a sequence begins with it."""
    begins = np.zeros(count, dtype=np.int64)
    at = 0
    while at < count:
        begins[at] = 1
        at += int(draws.integers(1, LONGEST_SEQUENCE + 1))
    return begins


def reference_logits(network: IntegerNetwork, manifest: Manifest, rows: IntegerArray) -> IntegerArray:
    """Return the reference's logits for questions asked in this order, int64 of shape (questions, logits).

    Of a file that reads sequences, the first question must begin one.
    """
    if not manifest.begins:
        return network.reference(rows)
    begins, letters = rows[:, -1], rows[:, :-1]
    starts = np.flatnonzero(begins)
    lengths = np.diff([*starts, len(rows)])
    # shorter sequences are filled up with the least input; what comes of that is not looked at
    steps = np.tile(np.array(network.domain.low), (len(starts), int(lengths.max()), 1))
    inside = np.arange(steps.shape[1])[None, :] < lengths[:, None]
    steps[inside] = letters
    found: IntegerArray = network.sequences(steps)[inside]
    return found
