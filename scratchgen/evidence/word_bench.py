"""How far guesses of a name's colour are from the survey's, beside what needs no network: one run, one table.

Every way sees nine tenths of the names and is asked for the tenth that was kept aside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scratchgen.networks.network import IntegerNetwork
from scratchgen.training.words import NamedColours, hold_out_names
from scratchgen.words.lab import distances
from scratchgen.words.letters import ALPHABET, padded

__all__ = ["WordScore", "compare_ways"]

FloatArray = NDArray[np.float64]
FULL = 255
RIDGES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""How much large weights cost; the best for the names kept aside is taken, which favours the simple ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordScore:
    """A way to guess, and its mean CIELAB distance on the names kept aside."""

    way: str
    distance: float


def compare_ways(network: IntegerNetwork, data: NamedColours) -> list[WordScore]:
    """Return the mean distance of each way, the integer network first."""
    training, held_out = hold_out_names(data, seed=0)
    wanted = held_out.colours / FULL

    def score(way: str, guesses: FloatArray) -> WordScore:
        return WordScore(way=way, distance=float(distances(np.clip(guesses, 0, 1), wanted).mean()))

    words = sorted({word for name in training.names for word in name.split()})
    return [
        score("the integer network, letter by letter", network_guesses(network, held_out.names)),
        score("bag of words, ridge regression", _best(training, held_out, _counts(words, str.split))),
        score("nearest name by edit distance", nearest_guesses(training, held_out.names)),
        score("bag of letters, ridge regression", _best(training, held_out, _counts(ALPHABET, list))),
        score("the mean colour", np.tile(training.colours.mean(axis=0) / FULL, (len(held_out), 1))),
    ]


def network_guesses(network: IntegerNetwork, names: Sequence[str]) -> FloatArray:
    """Return the integer network's guesses after the last letter of each name, shares of 0 to 1."""
    letters, lengths = padded(names)
    guesses = network.sequences(letters[..., None])
    return guesses[np.arange(len(names)), lengths - 1] / FULL


def nearest_guesses(training: NamedColours, names: Sequence[str]) -> FloatArray:
    """Return the colour of the name that takes the fewest changes of letters, the first of equals."""
    places = [min(range(len(training)), key=lambda at: edits(name, training.names[at])) for name in names]
    return training.colours[places] / FULL


def edits(one: str, other: str) -> int:
    """Return how many letters have to be put in, taken out or changed (V. Levenshtein, 1965).

    >>> edits("rose", "rust")
    2
    """
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        diagonal, row[0] = row[0], at
        for place, wanted in enumerate(other, start=1):
            cheapest = min(row[place] + 1, row[place - 1] + 1, diagonal + (letter != wanted))
            diagonal, row[place] = row[place], cheapest
    return row[-1]


def _counts(parts: Sequence[str], split: Callable[[str], list[str]]) -> Callable[[Sequence[str]], FloatArray]:
    """Return what counts each of the parts in names, with a 1 for the constant behind."""
    places = {part: at for at, part in enumerate(parts)}

    def count(names: Sequence[str]) -> FloatArray:
        found = np.zeros((len(names), len(places) + 1))
        found[:, -1] = 1
        for row, name in enumerate(names):
            for part in split(name):
                if part in places:
                    found[row, places[part]] += 1
        return found

    return count


def _best(
    training: NamedColours, held_out: NamedColours, count: Callable[[Sequence[str]], FloatArray]
) -> FloatArray:
    """Return the guesses of ridge regression (A. Hoerl and R. Kennard, 1970) with the best of the ridges."""
    seen, asked = count(training.names), count(held_out.names)
    mean = training.colours.mean(axis=0) / FULL
    guesses = []
    for ridge in RIDGES:
        costs = ridge * np.eye(seen.shape[1])
        costs[-1, -1] = 0  # the constant costs nothing
        weights = np.linalg.solve(seen.T @ seen + costs, seen.T @ (training.colours / FULL - mean))
        guesses.append(np.clip(asked @ weights + mean, 0, 1))
    wanted = held_out.colours / FULL
    return min(guesses, key=lambda each: float(distances(each, wanted).mean()))
