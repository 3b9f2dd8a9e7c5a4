"""What a network learns from, whichever source it comes from: colours and how they vote among names.

Knows how to hold rows out for validation and how to fill the cube evenly; where the rows come from is the
business of the survey and of tables, what is done with them that of training.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scratchgen.colours.table import LabelledColour

__all__ = ["FloatArray", "TrainingColours", "colours_of_table", "fill_evenly", "hold_out"]

FloatArray = NDArray[np.float64]

TABLE_SPREAD = 4.0
"""Channel steps; no label changes within so few, and it keeps small tables from being learnt by heart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingColours:
    """Colours, how they vote among the names, and how much each counts.

    ``colours`` is int64 of shape (rows, 3) with channels of 0 to 255; ``votes`` float64 of shape
    (rows, names), each row summing to 1; ``weights`` float64 of shape (rows,), positive. ``spreads`` is the
    standard deviation, in channel steps, by which training may move a colour without touching its label.
    ``may_be_held_out`` says which rows validation may take (anchors it may not). ``even_share`` is the share
    of the training samples that are drawn evenly from the whole cube instead (see :func:`fill_evenly`).
    """

    names: tuple[str, ...]
    colours: NDArray[np.int64]
    votes: FloatArray
    weights: FloatArray
    spreads: FloatArray
    may_be_held_out: NDArray[np.bool_]
    even_share: float = 0.0

    def __len__(self) -> int:
        return len(self.colours)

    @property
    def labels(self) -> tuple[str, ...]:
        """The name with most votes of each row; the first of equals."""
        return tuple(self.names[index] for index in self.votes.argmax(axis=1))

    def rows(self, chosen: NDArray[np.bool_]) -> TrainingColours:
        """Return the chosen rows alone."""
        return replace(
            self,
            colours=self.colours[chosen],
            votes=self.votes[chosen],
            weights=self.weights[chosen],
            spreads=self.spreads[chosen],
            may_be_held_out=self.may_be_held_out[chosen],
        )

    def digest(self) -> str:
        """Return the SHA-256 of everything that training sees; weights files name it."""
        content = {
            "names": self.names,
            "colours": self.colours.tolist(),
            # twelve digits: the last bits of a power differ between machines
            "votes": [[f"{vote:.12g}" for vote in row] for row in self.votes.tolist()],
            "weights": [f"{weight:.12g}" for weight in self.weights.tolist()],
            "spreads": self.spreads.tolist(),
            "may_be_held_out": self.may_be_held_out.tolist(),
            "even_share": self.even_share,
        }
        return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def colours_of_table(rows: Sequence[LabelledColour]) -> TrainingColours:
    """Return the rows of a table as training colours: each label takes all of its row's votes.

    The names are the labels in the order in which they first appear.

    >>> ink = LabelledColour(channels=(0, 0, 9), label="ink", weight=1.0, others={})
    >>> snow = LabelledColour(channels=(250, 250, 250), label="snow", weight=3.0, others={})
    >>> data = colours_of_table([ink, snow, ink])
    >>> data.names, data.votes.tolist(), data.weights.tolist()
    (('ink', 'snow'), [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]], [1.0, 3.0, 1.0])
    """
    numbers = {label: number for number, label in enumerate(dict.fromkeys(row.label for row in rows))}
    return TrainingColours(
        names=tuple(numbers),
        colours=np.array([row.channels for row in rows], dtype=np.int64),
        votes=np.eye(len(numbers))[[numbers[row.label] for row in rows]],
        weights=np.array([row.weight for row in rows]),
        spreads=np.full(len(rows), TABLE_SPREAD),
        may_be_held_out=np.ones(len(rows), dtype=np.bool_),
    )


def hold_out(
    data: TrainingColours, share: float, generator: np.random.Generator
) -> tuple[TrainingColours, TrainingColours]:
    """Return (training, validation): about that share of the colours is held out, each with all its rows.

    One colour never stands on both sides, and every name keeps a training row that votes for it most. Where
    nothing can be held out under these rules, the training rows validate as well.
    """
    _, colour_of_row = np.unique(data.colours, axis=0, return_inverse=True)
    colour_of_row = colour_of_row.reshape(-1)  # numpy 2.0 alone gives it a second dimension
    labels = data.votes.argmax(axis=1)
    left = np.bincount(labels, minlength=len(data.names))
    candidates = np.unique(colour_of_row[data.may_be_held_out])
    wanted = max(1, round(share * len(candidates)))
    order = np.argsort(colour_of_row, kind="stable")
    starts = np.searchsorted(colour_of_row[order], np.arange(colour_of_row.max() + 2))
    held = np.zeros(len(data), dtype=np.bool_)
    for colour in generator.permutation(candidates):
        rows = order[starts[colour] : starts[colour + 1]]
        taken = np.bincount(labels[rows], minlength=len(data.names))
        if data.may_be_held_out[rows].all() and (left - taken)[taken > 0].min() > 0:
            held[rows] = True
            left -= taken
            wanted -= 1
        if not wanted:
            break
    if not held.any():
        return data, data
    return data.rows(~held), data.rows(held)


def fill_evenly(
    data: TrainingColours, generator: np.random.Generator, *, count: int = 8_000, width: float = 20.0
) -> TrainingColours:
    """Return the rows and ``count`` more, drawn evenly from the cube, with ``even_share`` of the weight.

    Names crowd where people have many words, while the colours they were shown did not. Each added colour
    takes the weighted mean of its neighbours' votes, under a Gaussian of the given width in channel steps
    (Nadaraya-Watson regression).
    """
    if not data.even_share:
        return data
    added = generator.integers(0, 256, size=(count, 3))
    votes = np.concatenate([_neighbours_votes(part, data, width) for part in np.array_split(added, 32)])
    even = data.even_share * data.weights.sum() / count
    return replace(
        data,
        colours=np.concatenate([data.colours, added]),
        votes=np.concatenate([data.votes, votes]),
        weights=np.concatenate([data.weights * (1 - data.even_share), np.full(count, even)]),
        spreads=np.concatenate([data.spreads, np.zeros(count)]),
        may_be_held_out=np.concatenate([data.may_be_held_out, np.zeros(count, dtype=np.bool_)]),
    )


def _neighbours_votes(colours: NDArray[np.int64], data: TrainingColours, width: float) -> FloatArray:
    squares = ((colours[:, None, :] - data.colours[None, :, :]) ** 2).sum(axis=2)
    # measured from the nearest row, so that a colour far from all of them still has neighbours
    nearness = np.exp((squares.min(axis=1, keepdims=True) - squares) / (2 * width**2)) * data.weights
    votes: FloatArray = nearness @ data.votes / nearness.sum(axis=1, keepdims=True)
    return votes
