"""Ways to ask a file many questions and compare every logit and the answer with the reference.

In lanes of the simulator, in a real engine by a harness, or one question after the other, which anything that
runs a file can do.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scratchgen.engines.columns import Column
from scratchgen.engines.engine import Engine as RealEngine
from scratchgen.errors import EngineError
from scratchgen.evidence.harness import Harness
from scratchgen.evidence.verify import Claim, Engine, Mismatch, answers_of, compare
from scratchgen.networks.layers import IntegerArray
from scratchgen.networks.network import IntegerNetwork
from scratchgen.scratch.manifest import Answer, Manifest
from scratchgen.simulator import Lanes

__all__ = ["Asker", "Harnessed", "InLanes", "OneByOne"]

FEWEST, MOST = 2**6, 2**14
"""Questions that a harness gets at once; a list holds at most 200,000 items."""
SECONDS = 1.0
"""What a harness should take for them."""
MOST_ASKED_AGAIN = 100


class Asker(Protocol):
    """Something that asks a file and compares."""

    def differing(self, rows: IntegerArray, expected: IntegerArray) -> list[Mismatch]:
        """Return what the file answers otherwise.

        ``rows`` are the questions, int64 of shape (questions, inputs), ``expected`` the reference's logits,
        int64 of shape (questions, logits).
        """
        ...


class OneByOne:
    """Asks one question after the other; the engine has loaded the file."""

    def __init__(self, engine: Engine, manifest: Manifest) -> None:
        self.engine, self.manifest = engine, manifest

    def differing(self, rows: IntegerArray, expected: IntegerArray) -> list[Mismatch]:
        """Return what the file answers otherwise; see :class:`Asker`."""
        questions = rows.tolist()
        answers = answers_of(expected, self.manifest.names)
        return list(compare(questions, answers, self.engine.ask(self.manifest, questions)))


class InLanes:
    """Asks in lanes of the simulator."""

    def __init__(self, lanes: Lanes, manifest: Manifest) -> None:
        self.lanes = lanes
        self.names = np.array(manifest.names, dtype=object)

    def differing(self, rows: IntegerArray, expected: IntegerArray) -> list[Mismatch]:
        """Return what the file answers otherwise; see :class:`Asker`."""
        winners = self.names[IntegerNetwork.winners(expected)]
        logits, answers = self.lanes.ask(rows.astype(np.float64))
        if logits.shape == expected.shape:
            # doubles hold the reference's integers exactly
            differs = (logits != expected).any(axis=1) | (answers != winners)
        else:
            differs = np.ones(len(rows), dtype=bool)
        return [
            Mismatch(
                question=tuple(rows[at].tolist()),
                expected=Answer(tuple(expected[at].tolist()), winners[at]),
                given=Answer(tuple(logits[at].tolist()), answers[at]),
            )
            for at in np.flatnonzero(differs)
        ]


class Harnessed:
    """Asks in a real engine by a harness, as many questions at once as take about a second."""

    def __init__(self, engine: RealEngine, harness: Harness, claim: Claim) -> None:
        self.engine, self.harness, self.manifest = engine, harness, claim.manifest
        self.where = str(claim.path)
        self.numbers = _numbered(self.manifest.names)
        self.at_once = 4 * FEWEST
        engine.load(harness.data)

    def differing(self, rows: IntegerArray, expected: IntegerArray) -> list[Mismatch]:
        """Return what the file answers otherwise; see :class:`Asker`.

        EngineError when the harness does not come to its end.
        """
        found: list[Mismatch] = []
        at = 0
        while at < len(rows):
            stop, start = at + self.at_once, time.perf_counter()
            found += self._differing(rows[at:stop], expected[at:stop])
            speed = len(rows[at:stop]) / max(time.perf_counter() - start, 1e-9)
            self.at_once = max(FEWEST, min(MOST, 4 * self.at_once, int(speed * SECONDS)))
            at = stop
        return found

    def _differing(self, rows: IntegerArray, expected: IntegerArray) -> list[Mismatch]:
        columns = self._ask(rows)
        *logits, lengths, answers = columns
        winners = IntegerNetwork.winners(expected)
        differs = lengths.numbers != expected.shape[1]
        for column, wanted in zip(logits, expected.T, strict=True):
            # doubles hold the reference's integers exactly, and what is no number is NaN here
            differs |= column.numbers != wanted
        differs |= self._of_names(answers) != self._names()[winners]
        places = np.flatnonzero(differs)
        given = [self._given(columns, int(at), expected.shape[1]) for at in places]
        again = [n for n, answer in enumerate(given) if answer is None][:MOST_ASKED_AGAIN]
        told = self.engine.ask(self.manifest, [rows[places[n]].tolist() for n in again])
        for n, answer in zip(again, told, strict=True):
            given[n] = answer
        return [
            Mismatch(
                question=tuple(rows[at].tolist()),
                expected=Answer(tuple(expected[at].tolist()), self.manifest.names[winners[at]]),
                given=answer or Answer((), answers.item(int(at))),
            )
            for at, answer in zip(places, given, strict=True)
        ]

    def _ask(self, rows: IntegerArray) -> list[Column]:
        harness = self.harness
        columns = self.engine.work(
            harness.broadcast,
            sprite=harness.sprite,
            given=dict(zip(harness.questions, rows.T, strict=True)),
            wanted=harness.results,
        )
        counts = {len(column.which) for column in columns}
        if counts != {len(rows)}:
            raise EngineError(
                f"{len(rows)} questions got {min(counts)} to {max(counts)} answers in one run",
                where=self.where,
                todo="verify it without --all and --count",
            )
        return columns

    def _names(self) -> NDArray[np.intp]:
        return np.array([self.numbers[name] for name in self.manifest.names])

    def _of_names(self, answers: Column) -> NDArray[np.intp]:
        """Return the numbers of the names that were answered, −1 for what is no name."""
        numbers = [self.numbers.get(value, -1) if isinstance(value, str) else -1 for value in answers.values]
        # the last one is what −1, a number, points to
        return np.array([*numbers, -1])[answers.which]

    def _given(self, columns: Sequence[Column], at: int, count: int) -> Answer | None:
        """Return what was answered; None when that were too many or too few logits to be in the columns."""
        *logits, lengths, answers = columns
        if lengths.numbers[at] != count:
            return None
        return Answer(tuple(column.item(at) for column in logits), answers.item(at))


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
