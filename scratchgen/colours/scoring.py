"""How well names fit labels: accuracy, recall of each label, and who is taken for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Score", "score"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The outcome of naming ``rows`` labelled colours, of which ``right`` got their label.

    ``confusion`` counts the rows of each label (outer) by the name that was given (inner). ``labels`` are in
    the order of the names, those that no name can match last.
    """

    rows: int
    right: int
    labels: tuple[str, ...]
    confusion: Mapping[str, Mapping[str, int]]

    @property
    def accuracy(self) -> float:
        """The share of rows that got their label, 0 to 1."""
        return self.right / self.rows

    def recall(self, label: str) -> float:
        """Return the share of the label's rows that got it, 0 to 1."""
        given = self.confusion[label]
        return given.get(label, 0) / sum(given.values())

    @property
    def worst(self) -> str:
        """The label with the lowest recall, the first of equals."""
        return min(self.labels, key=self.recall)


def score(labels: Sequence[str], given: Sequence[str], names: Sequence[str]) -> Score:
    """Compare labels with the names that were given to the same rows; ``names`` are all that could be given.

    A label that is not among the names counts as wrong in each of its rows.

    >>> outcome = score(["ink", "ink", "snow"], ["ink", "snow", "snow"], ["ink", "snow"])
    >>> outcome.right, outcome.recall("ink"), outcome.worst
    (2, 0.5, 'ink')
    """
    if not labels or len(labels) != len(given):
        raise ValueError("give one name for each label, and one label at least")
    confusion: dict[str, Counter[str]] = {}
    for label, name in zip(labels, given, strict=True):
        confusion.setdefault(label, Counter())[name] += 1
    known = [name for name in names if name in confusion]
    unknown = sorted(set(confusion) - set(names))
    return Score(
        rows=len(labels),
        right=sum(counts[label] for label, counts in confusion.items()),
        labels=(*known, *unknown),
        confusion=confusion,
    )
