"""Which inputs to try: corners, edges, a grid, and the closest races between two names.

Everything follows from the network's domain, so the same choice serves any integer network with few inputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from scratchgen.errors import InputError
from scratchgen.networks.layers import IntegerArray
from scratchgen.networks.network import IntegerNetwork

__all__ = ["MOST_NUMBERED", "Questions", "choose_questions", "count_ties", "draw_questions"]

GRID = 4096
"""At least so many points of the grid."""
RACES = 500
"""So many of the closest races."""
SEARCH_GRID = 64
"""Points along each axis in the coarse search for close races."""
CANDIDATES = 4_000
"""So many coarse points with close races are searched around."""
MOST_NUMBERED = 2**40
"""Questions that can be numbered through, drawn and walked."""
CHUNK = 2**17
"""Rows a computation, to bound memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The inputs to try, int64 of shape (rows, inputs) without repetition, and how many came from where.

    ``drawn`` were drawn at random, where there are too many inputs for a grid and for races.
    """

    rows: IntegerArray
    corners_and_edges: int
    grid: int
    races: int
    ties: int
    drawn: int = 0


def choose_questions(network: IntegerNetwork) -> Questions:
    """Choose the inputs to try for a network of one to four inputs; the same for the same network.

    Edges are walked in full where they have at most 256 points. ``ties`` counts the rows whose two greatest
    logits are equal.
    """
    edges = _corners_and_edges(network)
    per_axis = int(
        np.ceil(GRID ** (1 / len(network.domain)) - 1e-9)
    )  # the root of a power comes out a hair high
    grid = _grid(network, per_axis)
    races = _closest_races(network)
    rows = _unique(network, np.concatenate([edges, grid, races]))
    margins = np.concatenate([_margins(network, part) for part in _chunks(rows)])
    return Questions(
        rows=rows,
        corners_and_edges=len(edges),
        grid=len(grid),
        races=len(races),
        ties=int((margins == 0).sum()),
    )


def draw_questions(network: IntegerNetwork, count: int, *, seed: int) -> IntegerArray:
    """Draw inputs, each as likely as any other and none twice: int64 of shape (count, inputs), in order.

    The same for the same seed. InputError when the domain does not hold so many.
    """
    total = prod(_spans(network))
    if total >= MOST_NUMBERED:
        raise InputError(
            f"the network has {len(network.domain)} inputs, too many to draw from all questions there are",
            todo="leave out --count",
        )
    if not 0 < count <= total:
        raise InputError(f"{count:,} of {total:,} questions cannot be drawn", todo="draw fewer, or ask --all")
    numbers = np.sort(np.random.default_rng(seed).choice(total, count, replace=False))
    places = np.unravel_index(numbers, _spans(network))
    rows: IntegerArray = np.stack(places, axis=1) + np.array(network.domain.low)
    return rows


def count_ties(logits: IntegerArray) -> int:
    """Return the number of rows whose two greatest logits are equal."""
    if logits.shape[1] < 2:
        return 0
    greatest = logits.max(axis=1, keepdims=True)
    return int(((logits == greatest).sum(axis=1) > 1).sum())


def _chunks(rows: IntegerArray) -> list[IntegerArray]:
    return [rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK)]


def _unique(network: IntegerNetwork, rows: IntegerArray) -> IntegerArray:
    """Return the rows in order without repetition, numbered through the domain (much faster than by row)."""
    low = np.array(network.domain.low)
    _, first = np.unique(np.ravel_multi_index(tuple((rows - low).T), _spans(network)), return_index=True)
    return rows[first]


def _spans(network: IntegerNetwork) -> tuple[int, ...]:
    return tuple(high - low + 1 for low, high in zip(network.domain.low, network.domain.high, strict=True))


def _axis(low: int, high: int, points: int) -> list[int]:
    points = min(points, high - low + 1)
    return [low + (high - low) * at // max(points - 1, 1) for at in range(points)]


def _grid(network: IntegerNetwork, per_axis: int) -> IntegerArray:
    ends = zip(network.domain.low, network.domain.high, strict=True)
    axes = [np.array(_axis(low, high, per_axis), dtype=np.int64) for low, high in ends]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))


def _corners_and_edges(network: IntegerNetwork) -> IntegerArray:
    ends = list(zip(network.domain.low, network.domain.high, strict=True))
    rows = set(product(*ends))
    for moving, (low, high) in enumerate(ends):
        for corner in product(*ends):
            rows |= {(*corner[:moving], value, *corner[moving + 1 :]) for value in _axis(low, high, 256)}
    return np.array(sorted(rows), dtype=np.int64)


def _margins(network: IntegerNetwork, rows: IntegerArray) -> IntegerArray:
    logits = network.reference(rows)
    if logits.shape[1] < 2:
        return np.zeros(len(rows), dtype=np.int64)
    greatest = np.partition(logits, -2, axis=1)
    margins: IntegerArray = greatest[:, -1] - greatest[:, -2]
    return margins


def _closest_races(network: IntegerNetwork) -> IntegerArray:
    """Find the inputs with the smallest margin: a coarse grid, then all neighbours of its closest points."""
    per_axis = SEARCH_GRID if len(network.domain) <= 3 else 24
    coarse = _closest(network, _grid(network, per_axis), CANDIDATES)
    low, high = np.array(network.domain.low), np.array(network.domain.high)
    reach = -((low - high) // (2 * per_axis))  # half the coarse grid's spacing, rounded up
    steps = [np.arange(-r, r + 1) if r <= 4 else np.linspace(-r, r, 9).astype(np.int64) for r in reach]
    offsets = np.stack(np.meshgrid(*steps, indexing="ij"), axis=-1).reshape(-1, len(steps))
    near = np.clip(coarse[:, None, :] + offsets[None, :, :], low, high).reshape(-1, len(steps))
    return _closest(network, _unique(network, near), RACES)


def _closest(network: IntegerNetwork, rows: IntegerArray, count: int) -> IntegerArray:
    margins = np.concatenate([_margins(network, part) for part in _chunks(rows)])
    return rows[np.argsort(margins, kind="stable")[:count]]
