"""How fast a network's blocks are: every form of it on every engine, on the same questions, in one run.

Processor time is measured, and forms take turns, so that whatever else the machine does slows all of them; of
several rounds the quickest counts, since nothing makes a program faster than it is. What the same run takes
with an empty call is subtracted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from time import process_time
from typing import Protocol

import numpy as np

from scratchgen.codegen.counting import count_blocks
from scratchgen.codegen.plan import Budget, make_plan
from scratchgen.engines.engine import Engine
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.errors import EngineError
from scratchgen.evidence.bench_projects import (
    BENCH,
    ROUNDS,
    BenchProject,
    bench_manifest,
    bench_project,
    empty,
    hobbyist,
    naive,
    network,
    table,
)
from scratchgen.evidence.file_costs import project_size
from scratchgen.networks.intervals import Interval
from scratchgen.networks.layers import Dense, IntegerArray, Relu
from scratchgen.networks.network import IntegerNetwork
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.manifest import Manifest
from scratchgen.scratch.reader import project_from_bytes
from scratchgen.simulator import Simulator

__all__ = [
    "BASELINE",
    "EMPTY",
    "ENGINES",
    "NETWORK_SIZES",
    "FormTimes",
    "measure_network",
    "questions_for",
    "quickest",
    "random_network",
    "weight_count",
]

NETWORK_SIZES: tuple[tuple[int, ...], ...] = (
    (3, 8, 11),
    (16, 16, 10),
    (64, 32, 10),
    (128, 128, 10),
    (784, 250, 10),
)
"""Networks of 100 to 200,000 weights; the last list is as long as Scratch allows, but for a few items."""
TURNS = 5
SECONDS_A_TURN = 0.25
SECONDS_OF_WARMING_UP = 1.5
"""Engines compile what they run often; till then they are slower, and compiling takes time of its own."""
MOST_SECONDS = 6.0
"""A form that takes so long in all turns together is not measured again."""
LONGEST_RUN = 10**9
MOST_ROWS, MOST_PRODUCTS = 50, 20_000
MOST_NAIVE = 1_000
"""Weights up to which a network without loops is written naively, to have a second yardstick."""
BASELINE, EMPTY, TABLE = "hobbyist", "empty", "table look-up"
CHANNELS = ("red", "green", "blue")
ARITHMETIC = frozenset(
    {
        "operator_add", "operator_subtract", "operator_multiply", "operator_gt", "operator_lt",
        "operator_equals", "data_variable", "argument_reporter_string_number",
    }
)  # fmt: skip
"""What is the network's own: adding, multiplying, comparing, and reading values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTimes:
    """A form of a network: its size, and how many seconds an answer takes on each engine.

    ``executed`` counts the blocks of an answer on the official engine, ``housekeeping`` those of them that
    are neither the network's arithmetic nor read a value. ``seconds`` has no entry where none were measured.
    """

    sizes: tuple[int, ...]
    neurons: int
    weights: int
    form: str
    blocks: int
    bytes: int
    executed: float
    housekeeping: float
    seconds: Mapping[str, float]

    @property
    def is_network(self) -> bool:
        """Whether it computes the network, and not only its answer."""
        return self.form != TABLE


def dense_sizes(trained: TrainedNetwork) -> tuple[int, ...]:
    """Return the number of inputs and of each dense layer's neurons."""
    dense = [each for each in trained.network.layers if isinstance(each, Dense)]
    return (len(trained.network.domain), *(len(each.biases) for each in dense))


def weight_count(trained: TrainedNetwork) -> int:
    """Return how many weights a network has: the multiplications that an answer takes."""
    return sum(each.weights.size for each in trained.network.layers if isinstance(each, Dense))


def random_network(sizes: Sequence[int], seed: int = 0) -> TrainedNetwork:
    """Return a dense network with ReLU between its layers, its integers of 8 bits drawn at random.

    >>> weight_count(random_network((3, 8, 11)))
    112
    """
    draw = np.random.default_rng(seed)
    layers: list[Dense | Relu] = []
    for inputs, outputs in pairwise(sizes):
        layers += [Relu()] if layers else []
        weights = draw.integers(-127, 128, size=(outputs, inputs))
        layers.append(Dense(weights=weights, biases=draw.integers(-10_000, 10_000, size=outputs)))
    domain = Interval(low=(0,) * sizes[0], high=(255,) * sizes[0])
    names = tuple(f"name {place}" for place in range(1, sizes[-1] + 1))
    return TrainedNetwork(
        names=names, network=IntegerNetwork(domain=domain, layers=tuple(layers)), logit_scale=1e-5
    )


# -- engines


class Runner(Protocol):
    """Something that loads a measured project and runs it."""

    def load(self, data: bytes) -> None:
        """Load the project."""
        ...

    def run(self, rounds: int) -> float:
        """Ask all its questions so many times, and return the processor seconds that it took."""
        ...

    def logits(self, name: str) -> list[float]:
        """Return what the last answer left in the list of that name."""
        ...


class _SimulatorRunner:
    """The simulator, driven as an engine is."""

    def load(self, data: bytes) -> None:
        self.simulator = Simulator(project_from_bytes(data), drawn=False)

    def run(self, rounds: int) -> float:
        self.simulator.set_variable(ROUNDS, rounds, "Network")
        self.simulator.broadcast(BENCH)
        start = process_time()
        if not self.simulator.run(seconds=LONGEST_RUN):
            raise EngineError("the benchmark did not end")
        return process_time() - start

    def logits(self, name: str) -> list[float]:
        return list(map(float, self.simulator.list_items(name)))


class _EngineRunner:
    """A real engine with the real clock."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def load(self, data: bytes) -> None:
        self.engine.load(data)

    def run(self, rounds: int) -> float:
        self.engine.set_variable(ROUNDS, rounds, "Network")
        self.engine.broadcast(BENCH)
        start = self.engine.processor_seconds
        if not self.engine.run(LONGEST_RUN).idle:
            raise EngineError("the benchmark did not end")
        return self.engine.processor_seconds - start

    def logits(self, name: str) -> list[float]:
        return list(map(float, self.engine.list_items(name)))


def _open_simulator(_stack: ExitStack) -> Runner:
    return _SimulatorRunner()


def _open_official(stack: ExitStack) -> Runner:
    return _EngineRunner(stack.enter_context(OfficialEngine(simulated_clock=False)))


def _open_turbowarp(stack: ExitStack) -> Runner:
    return _EngineRunner(stack.enter_context(TurboWarpEngine(simulated_clock=False)))


ENGINES: Mapping[str, Callable[[ExitStack], Runner]] = {
    "scratch": _open_official,
    "turbowarp": _open_turbowarp,
    "simulator": _open_simulator,
}
"""Each engine opens a runner of its own for every form, as a person opens one file."""


# -- forms


def forms_of(trained: TrainedNetwork, manifest: Manifest) -> dict[str, BenchProject]:
    """Return the forms of a network that are compared, by name; the empty call is none of them."""
    plan = make_plan(trained.network, manifest, Budget())
    forms = {
        BASELINE: hobbyist(trained, manifest),
        "readable": network(trained, manifest, None),
        "fast": network(trained, manifest, plan),
    }
    if weight_count(trained) <= MOST_NAIVE:
        forms["naive"] = naive(trained, manifest)
    if len(manifest.inputs) == len(CHANNELS):
        forms[TABLE] = table(trained, manifest)
    return forms


def questions_for(network: IntegerNetwork, weights: int, seed: int = 1) -> IntegerArray:
    """Return the questions of a round, int64 of shape (questions, inputs): fewer for large networks."""
    count = max(2, min(MOST_ROWS, MOST_PRODUCTS // max(weights, 1)))
    low, high = np.array(network.domain.low), np.array(network.domain.high)
    return np.random.default_rng(seed).integers(low, high + 1, size=(count, len(low)))


# -- measuring


def measure_network(
    trained: TrainedNetwork,
    *,
    engines: Sequence[str] = tuple(ENGINES),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[FormTimes]:
    """Measure every form of a network on the engines; EngineError when one of them answers wrongly."""
    manifest = bench_manifest(trained)
    weights = weight_count(trained)
    questions = questions_for(trained.network, weights)
    forms = forms_of(trained, manifest)
    expected = trained.network.reference(questions[-1:])[0].tolist()
    files = {name: bench_project(form, manifest, questions) for name, form in forms.items()}
    files[EMPTY] = bench_project(empty(forms["readable"]), manifest, questions)
    seconds: dict[str, dict[str, float]] = {name: {} for name in forms}
    for number, engine in enumerate(engines):
        found = quickest(engine, files, manifest, expected, len(questions))
        for name in forms:
            seconds[name][engine] = found[name] - found[EMPTY]
        progress(number + 1, len(engines) + 1)
    counts = _executed(files, len(questions))
    progress(len(engines) + 1, len(engines) + 1)
    return [
        FormTimes(
            sizes=trained.network.sizes,
            neurons=sum(dense_sizes(trained)[1:]),
            weights=weights,
            form=name,
            blocks=count_blocks(form.sprite),
            bytes=project_size(form.project),
            executed=sum(counts[name].values()) - sum(counts[EMPTY].values()),
            housekeeping=_housekeeping(counts[name]) - _housekeeping(counts[EMPTY]),
            seconds=seconds[name],
        )
        for name, form in forms.items()
    ]


def quickest(
    engine: str, files: Mapping[str, bytes], manifest: Manifest, expected: list[int], questions: int
) -> dict[str, float]:
    """Return the processor seconds of one question in each file, the least of several turns."""
    with ExitStack() as stack:
        runners, rounds, best, spent = {}, {}, {}, {}
        for name, data in files.items():
            runner = runners[name] = ENGINES[engine](stack)
            runner.load(data)
            once = runner.run(1)
            if name not in (EMPTY, TABLE) and runner.logits(manifest.logits) != expected:
                raise EngineError(f"the form {name!r} answers wrongly", where=engine)
            spent[name] = once
            while spent[name] < SECONDS_OF_WARMING_UP:
                count = max(1, int(SECONDS_A_TURN / once))
                taken = runner.run(count)
                spent[name] += taken
                once = taken / count
            best[name], rounds[name], spent[name] = once, max(1, int(SECONDS_A_TURN / once)), once
        for turn in range(TURNS):
            for name, runner in runners.items():
                if turn and spent[name] > MOST_SECONDS:
                    continue
                taken = runner.run(rounds[name])
                spent[name] += taken
                best[name] = min(best[name], taken / rounds[name])
    return {name: taken / questions for name, taken in best.items()}


def _executed(files: Mapping[str, bytes], questions: int) -> dict[str, dict[str, float]]:
    """Count the blocks of one question in each file, by opcode, on the official engine."""
    found: dict[str, dict[str, float]] = {}
    with OfficialEngine() as engine:
        for name, data in files.items():
            engine.load(data)
            engine.count_blocks()
            engine.broadcast(BENCH)
            engine.run(LONGEST_RUN)
            found[name] = {key: times / questions for key, times in engine.executed.items()}
    return found


def _housekeeping(counts: Mapping[str, float]) -> float:
    return sum(times for opcode, times in counts.items() if opcode not in ARITHMETIC)
