"""Verification without exception: every question that a network's domain holds, on all processors.

In the simulator the file's blocks run in lanes, in a real engine by a harness. A file whose script cannot be
run so is asked one question after the other, which takes a thousand times as long.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, replace
from math import prod
from multiprocessing import get_context
from pathlib import Path
from queue import SimpleQueue

import numpy as np
from threadpoolctl import threadpool_limits

from scratchgen.engines.engine import Engine
from scratchgen.errors import InputError, ProgramError, SimulationError
from scratchgen.evidence.askers import Asker, Harnessed, InLanes, OneByOne
from scratchgen.evidence.harness import harness_for
from scratchgen.evidence.questions import count_ties
from scratchgen.evidence.verify import Claim, Mismatch
from scratchgen.networks.layers import IntegerArray
from scratchgen.networks.network import IntegerNetwork
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.simulator import Lanes, Simulator

__all__ = ["Exhaustion", "verify_all", "verify_rows"]

MOST_QUESTIONS = 2**32
CHUNK = 2**13
"""Questions worked at once: columns of so many numbers stay in the processor's cache."""
PART = 2**18
"""Questions that a process takes at a time."""
PART_HARNESSED = 2**14
PART_ONE_BY_ONE = 2**11
MOST_KEPT = 1000
"""Mismatches that are kept as they are; the others are only counted."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhaustion:
    """The outcome: how many questions were asked, how many of them are ties, and which answers differ.

    ``one_by_one`` says why the file was asked one question after the other, if it was; ``not_compiled`` what
    an engine that compiles could not compile.
    """

    file_sha256: str
    questions: int
    ties: int
    differing: int
    mismatches: tuple[Mismatch, ...]
    one_by_one: str = ""
    not_compiled: tuple[str, ...] = ()


def verify_all(
    claim: Claim,
    *,
    open_engine: Callable[[], Engine] | None = None,
    progress: Progress = lambda done, total: None,
    processes: int | None = None,
) -> Exhaustion:
    """Compare every logit and the answer of every question there is with the reference.

    ``open_engine`` starts a real engine, as many as there are ``processes``; without it the simulator is
    asked. ``progress`` is told how many of how many questions are done. Without ``processes``, as many as the
    machine has processors. InputError when there are more than 2**32 questions, EngineError when an engine
    fails.
    """
    total = _count(claim.trained.network)
    count = processes or os.cpu_count() or 1
    if open_engine:
        return _on_engines(claim, open_engine, _Checker, total, progress, count)
    data = Path(claim.path).read_bytes()
    work = (data, claim.manifest, claim.trained.network)
    checker, one_by_one = _simulated(*work)
    parts = _parts(total, PART_ONE_BY_ONE if one_by_one else PART)
    count = min(count, len(parts))
    with threadpool_limits(limits=1):  # for each processor there is a process
        found = _here(checker, parts) if count == 1 else _in_processes(work, parts, count)
        return _sum(found, data, total, progress, one_by_one=one_by_one)


def verify_rows(
    claim: Claim,
    rows: IntegerArray,
    *,
    open_engine: Callable[[], Engine] | None = None,
    progress: Progress = lambda done, total: None,
) -> Exhaustion:
    """Compare every answer to these questions, int64 of shape (questions, inputs), with the reference.

    One engine is asked, else as :func:`verify_all`.
    """

    def checker_of(asker: Asker, network: IntegerNetwork) -> _Checker:
        return _RowsChecker(asker, network, rows)

    if open_engine:
        return _on_engines(claim, open_engine, checker_of, len(rows), progress, 1)
    data, network = Path(claim.path).read_bytes(), claim.trained.network
    checker, one_by_one = _simulated(data, claim.manifest, network)
    found = _here(checker_of(checker.asker, network), _parts(len(rows), CHUNK))
    return _sum(found, data, len(rows), progress, one_by_one=one_by_one)


def _count(network: IntegerNetwork) -> int:
    total = prod(_spans(network))
    if total > MOST_QUESTIONS:
        raise InputError(f"{total:,} questions are too many to ask all", todo="verify without --all")
    return total


def _parts(total: int, size: int) -> list[tuple[int, int]]:
    return [(at, min(at + size, total)) for at in range(0, total, size)]


def _sum(
    found: Iterable[_Part],
    data: bytes,
    total: int,
    progress: Progress,
    *,
    one_by_one: str,
) -> Exhaustion:
    ties = differing = done = 0
    mismatches: list[Mismatch] = []
    for part in found:
        ties, differing, done = ties + part.ties, differing + part.differing, done + part.questions
        mismatches += part.mismatches[: MOST_KEPT - len(mismatches)]
        progress(done, total)
    return Exhaustion(
        file_sha256=hashlib.sha256(data).hexdigest(),
        questions=total,
        ties=ties,
        differing=differing,
        mismatches=tuple(sorted(mismatches, key=lambda mismatch: mismatch.question)),
        one_by_one=one_by_one,
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

    def __init__(self, asker: Asker, network: IntegerNetwork) -> None:
        self.asker, self.network = asker, network
        self.low, self.spans = np.array(network.domain.low), _spans(network)

    def check(self, start: int, stop: int, chunk: int = CHUNK) -> _Part:
        chunks = [self._check(at, min(at + chunk, stop)) for at in range(start, stop, chunk)]
        return _Part(
            questions=stop - start,
            ties=sum(part.ties for part in chunks),
            differing=sum(part.differing for part in chunks),
            mismatches=[mismatch for part in chunks for mismatch in part.mismatches][:MOST_KEPT],
        )

    def rows(self, start: int, stop: int) -> IntegerArray:
        places = np.unravel_index(np.arange(start, stop), self.spans)
        rows: IntegerArray = np.stack(places, axis=1) + self.low
        return rows

    def _check(self, start: int, stop: int) -> _Part:
        rows = self.rows(start, stop)
        logits = self.network.reference(rows)
        mismatches = self.asker.differing(rows, logits)
        return _Part(
            questions=stop - start,
            ties=count_ties(logits),
            differing=len(mismatches),
            mismatches=mismatches,
        )


class _RowsChecker(_Checker):
    """Compares a stretch of the questions that it was given."""

    def __init__(self, asker: Asker, network: IntegerNetwork, rows: IntegerArray) -> None:
        super().__init__(asker, network)
        self.given = rows

    def rows(self, start: int, stop: int) -> IntegerArray:
        return self.given[start:stop]


# -- in the simulator, here or in processes


def _simulated(data: bytes, manifest: Manifest, network: IntegerNetwork) -> tuple[_Checker, str]:
    """Return what checks in the simulator, and why it cannot do so in lanes, if it cannot."""
    project = project_from_bytes(data)
    try:
        return _Checker(InLanes(Lanes(project, manifest), manifest), network), ""
    except SimulationError as fault:
        return _Checker(OneByOne(Simulator(project), manifest), network), str(fault)


def _here(checker: _Checker, parts: list[tuple[int, int]]) -> Iterator[_Part]:
    return (checker.check(start, stop) for start, stop in parts)


_checkers: list[_Checker] = []
"""In a process of its own: what it compares with, made once."""


def _open_checker(data: bytes, manifest: Manifest, network: IntegerNetwork) -> None:
    threadpool_limits(limits=1)
    _checkers.append(_simulated(data, manifest, network)[0])


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


# -- on real engines, each a process of its own that a thread of ours waits for


def _on_engines(
    claim: Claim,
    open_engine: Callable[[], Engine],
    checker: Callable[[Asker, IntegerNetwork], _Checker],
    total: int,
    progress: Progress,
    count: int,
) -> Exhaustion:
    data, network = Path(claim.path).read_bytes(), claim.trained.network
    one_by_one = ""
    try:
        harness = harness_for(data, claim.manifest, where=str(claim.path))
    except ProgramError as fault:
        harness, one_by_one = None, str(fault)
    size = PART_ONE_BY_ONE if harness is None else PART_HARNESSED
    parts = _parts(total, size)
    idle: SimpleQueue[_Checker] = SimpleQueue()

    def check(start: int, stop: int) -> _Part:
        one = idle.get()
        try:
            return one.check(start, stop, chunk=size)
        finally:
            idle.put(one)

    with ExitStack() as stack:
        stack.enter_context(threadpool_limits(limits=1))
        engines = [stack.enter_context(open_engine()) for _ in range(min(count, len(parts)))]
        for engine in engines:
            if harness is None:
                engine.load(data)
                asker: Asker = OneByOne(engine, claim.manifest)
            else:
                asker = Harnessed(engine, harness, claim)
            idle.put(checker(asker, network))
        found = _sum(_in_threads(check, parts, engines), data, total, progress, one_by_one=one_by_one)
        not_compiled = [reason for engine in engines for reason in engine.compile_errors]
    return replace(found, not_compiled=tuple(dict.fromkeys(not_compiled)))


def _in_threads(
    check: Callable[[int, int], _Part], parts: list[tuple[int, int]], engines: list[Engine]
) -> Iterator[_Part]:
    with ThreadPoolExecutor(len(engines)) as pool:
        futures: list[Future[_Part]] = [pool.submit(check, *part) for part in parts]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for engine in engines:  # or a thread would wait for its answer
                engine.close()
            raise
