"""How fast the simulator is: against the official engine on the same file, in lanes, and when it starts.

Simulator and engine take turns in one run, so that whatever else the machine does slows both; the medians of
several rounds are compared. Starting up is left out of the rounds.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from scratchgen.engines.official import OfficialEngine
from scratchgen.errors import EngineError
from scratchgen.evidence.exhaustive import verify_all
from scratchgen.evidence.language_bench import program_text
from scratchgen.evidence.memory import peak_memory
from scratchgen.evidence.verify import Claim, Engine
from scratchgen.scratch.layout import arrange
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.reader import read_project
from scratchgen.scratch.writer import write_project
from scratchgen.simulator import Simulator

__all__ = ["LaneTimes", "Speeds", "Starts", "measure_lanes", "measure_speeds", "measure_starts"]

ROUNDS = 5
QUESTIONS = 1000
"""Questions of a round, before which as many are asked to warm up."""
BLOCKS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Speeds:
    """Answers a second: of the simulator, of its slow path, and of the official engine."""

    simulator: float
    slow_path: float
    engine: float

    @property
    def ratio(self) -> float:
        """How many times as fast as the engine the simulator is."""
        return self.simulator / self.engine


def measure_speeds(
    path: Path, manifest: Manifest, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> Speeds:
    """Ask simulator and engine the same random questions in turns; EngineError without the engine."""
    draw = Random(1)
    rows = [[draw.randint(entry.low, entry.high) for entry in manifest.inputs] for _ in range(QUESTIONS)]
    project = read_project(path)
    with OfficialEngine() as engine:
        engine.load(path)
        asked: tuple[Engine, ...] = (Simulator(project), Simulator(project, fast=False), engine)
        rates: list[list[float]] = [[] for _ in asked]
        answers = [each.ask(manifest, rows) for each in asked]
        if answers[0] != answers[1] or answers[0] != answers[2]:
            raise EngineError("simulator and engine answer differently", where=str(path))
        for number in range(ROUNDS):
            for each, found in zip(asked, rates, strict=True):
                found.append(_rate(each, manifest, rows))
            progress(number + 1, ROUNDS)
    simulator, slow_path, official = map(median, rates)
    return Speeds(simulator=simulator, slow_path=slow_path, engine=official)


def _rate(engine: Engine, manifest: Manifest, rows: Sequence[Sequence[int]]) -> float:
    with _stopwatch() as elapsed:
        engine.ask(manifest, rows)
    return len(rows) / elapsed[0]


@contextmanager
def _stopwatch() -> Iterator[list[float]]:
    elapsed = [0.0]
    start = perf_counter()
    yield elapsed
    elapsed[0] = perf_counter() - start


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneTimes:
    """How many questions were asked and compared with the reference, in how many seconds.

    ``memory`` is the most that any of the processes held, in bytes; None where the system does not say.
    """

    questions: int
    seconds: float
    memory: int | None


def measure_lanes(
    claim: Claim, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> LaneTimes:
    """Ask every question there is, in lanes on all processors."""
    with _stopwatch() as elapsed:
        found = verify_all(claim, progress=progress)
    return LaneTimes(questions=found.questions, seconds=elapsed[0], memory=peak_memory(children=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """Seconds to import the package, and to load a project of 1,000 blocks, in a process of its own."""

    importing: float
    loading: float


SCRIPT = """
from time import perf_counter
start = perf_counter()
from scratchgen import Simulator
imported = perf_counter()
Simulator.load({path!r})
print(imported - start, perf_counter() - imported)
"""


def measure_starts() -> Starts:
    """Import and load several times; return the medians."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "thousand.sb3"
        write_project(arrange(parse_project(program_text(BLOCKS))), path)
        command = [sys.executable, "-c", SCRIPT.format(path=str(path))]
        runs = [
            subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            for _ in range(ROUNDS)
        ]
    return Starts(
        importing=median(float(importing) for importing, _ in runs),
        loading=median(float(loading) for _, loading in runs),
    )
