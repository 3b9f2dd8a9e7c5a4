"""Verification without exception: every question that a network's domain holds, on all processors.

The file's blocks run in lanes. A file whose script cannot be run so is asked one question after the other,
which takes a thousand times as long.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from math import prod
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from scratchgen.errors import InputError, SimulationError
from scratchgen.evidence.verify import Claim, Mismatch, compare, reference_answers
from scratchgen.networks.layers import IntegerArray
from scratchgen.networks.network import IntegerNetwork
from scratchgen.scratch.manifest import Answer, Manifest
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.simulator import Lanes, Simulator

__all__ = ["Exhaustion", "verify_all"]

MOST_QUESTIONS = 2**32
CHUNK = 2**13
"""Questions worked at once: columns of so many numbers stay in the processor's cache."""
PART = 2**18
"""Questions that a process takes at a time."""
PART_ONE_BY_ONE = 2**11
MOST_KEPT = 1000
"""Mismatches that are kept as they are; the others are only counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhaustion:
    """The outcome: how many questions there are, how many of them are ties, and which answers differ.

    ``lanes_refused`` says why the file was asked one question after the other, if it was.
    """

    file_sha256: str
    questions: int
    ties: int
    differing: int
    mismatches: tuple[Mismatch, ...]
    lanes_refused: str = ""


def verify_all(
    claim: Claim,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    processes: int | None = None,
) -> Exhaustion:
    """Compare every logit and the answer of every question there is with the reference.

    ``progress`` is told how many of how many questions are done. Without ``processes``, as many as the
    machine has processors. InputError when there are more than 2**32 questions.
    """
    total = prod(_spans(claim.trained.network))
    if total > MOST_QUESTIONS:
        raise InputError(f"{total:,} questions are too many to ask all", todo="verify without --all")
    data = Path(claim.path).read_bytes()
    work = (data, claim.manifest, claim.trained.network)
    checker = _Checker(*work)
    size = PART_ONE_BY_ONE if checker.lanes_refused else PART
    parts = [(at, min(at + size, total)) for at in range(0, total, size)]
    count = min(processes or os.cpu_count() or 1, len(parts))
    ties = differing = done = 0
    mismatches: list[Mismatch] = []
    for found in _here(checker, parts) if count == 1 else _in_processes(work, parts, count):
        ties, differing, done = ties + found.ties, differing + found.differing, done + found.questions
        mismatches += found.mismatches[: MOST_KEPT - len(mismatches)]
        progress(done, total)
    return Exhaustion(
        file_sha256=hashlib.sha256(data).hexdigest(),
        questions=total,
        ties=ties,
        differing=differing,
        mismatches=tuple(sorted(mismatches, key=lambda mismatch: mismatch.question)),
        lanes_refused=checker.lanes_refused,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    questions: int
    ties: int
    differing: int
    mismatches: list[Mismatch]


def _spans(network: IntegerNetwork) -> tuple[int, ...]:
    return tuple(high - low + 1 for low, high in zip(network.domain.low, network.domain.high, strict=True))


class _Checker:
    """Compares a stretch of the questions, numbered through the domain."""

    def __init__(self, data: bytes, manifest: Manifest, network: IntegerNetwork) -> None:
        self.manifest, self.network = manifest, network
        self.names = np.array(manifest.names, dtype=object)
        self.low, self.spans = np.array(network.domain.low), _spans(network)
        self.lanes_refused = ""
        project = project_from_bytes(data)
        try:
            self.lanes: Lanes | None = Lanes(project, manifest)
        except SimulationError as fault:
            self.lanes, self.lanes_refused = None, str(fault)
            self.simulator = Simulator(project)

    def check(self, start: int, stop: int) -> _Part:
        with threadpool_limits(limits=1):  # every processor has a process of its own
            chunks = [self._check(at, min(at + CHUNK, stop)) for at in range(start, stop, CHUNK)]
        return _Part(
            questions=stop - start,
            ties=sum(chunk.ties for chunk in chunks),
            differing=sum(chunk.differing for chunk in chunks),
            mismatches=[mismatch for chunk in chunks for mismatch in chunk.mismatches][:MOST_KEPT],
        )

    def _check(self, start: int, stop: int) -> _Part:
        places = np.unravel_index(np.arange(start, stop), self.spans)
        rows = np.stack(places, axis=1) + self.low
        logits = self.network.reference(rows)
        mismatches = self._one_by_one(rows) if self.lanes is None else self._in_lanes(rows, logits)
        return _Part(
            questions=stop - start,
            ties=_ties(logits),
            differing=len(mismatches),
            mismatches=mismatches,
        )

    def _in_lanes(self, rows: IntegerArray, expected: IntegerArray) -> list[Mismatch]:
        assert self.lanes is not None
        winners = self.names[self.network.winners(expected)]
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

    def _one_by_one(self, rows: IntegerArray) -> list[Mismatch]:
        questions = rows.tolist()
        expected = reference_answers(self.network, self.manifest.names, rows)
        return list(compare(questions, expected, self.simulator.ask(self.manifest, questions)))


def _ties(logits: IntegerArray) -> int:
    if logits.shape[1] < 2:
        return 0
    greatest = logits.max(axis=1, keepdims=True)
    return int(((logits == greatest).sum(axis=1) > 1).sum())


def _here(checker: _Checker, parts: list[tuple[int, int]]) -> Iterator[_Part]:
    return (checker.check(start, stop) for start, stop in parts)


_checkers: list[_Checker] = []
"""In a process of its own: what it compares with, made once."""


def _open_checker(data: bytes, manifest: Manifest, network: IntegerNetwork) -> None:
    _checkers.append(_Checker(data, manifest, network))


def _check_part(start: int, stop: int) -> _Part:
    return _checkers[-1].check(start, stop)


def _in_processes(
    work: tuple[bytes, Manifest, IntegerNetwork], parts: list[tuple[int, int]], count: int
) -> Iterator[_Part]:
    # "spawn" everywhere: a fork of a process with threads, as numpy's, may hang
    with ProcessPoolExecutor(
        count, mp_context=get_context("spawn"), initializer=_open_checker, initargs=work
    ) as pool:
        futures: list[Future[_Part]] = [pool.submit(_check_part, *part) for part in parts]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
