"""The cost model against measurement: every shape of dense layers, in networks of five sizes.

What each program executes is known; what it takes is measured. The table is fitted to that by least squares
on relative errors, drawn towards the table that there is, since blocks that always occur together cannot be
told apart (A. Hoerl and R. Kennard's ridge regression, 1970).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from scratchgen.codegen.costs import BLOCK, CostTable, crowd
from scratchgen.codegen.counting import count_blocks, executed_by
from scratchgen.codegen.plan import Budget, Plan, make_plan
from scratchgen.engines.editor import Editor
from scratchgen.errors import EngineError, ProgramError
from scratchgen.evidence.bench_projects import BenchProject, bench_manifest, bench_project, empty, network
from scratchgen.evidence.network_bench import EMPTY, questions_for, quickest, random_network, weight_count
from scratchgen.networks.weights import TrainedNetwork
from scratchgen.scratch.writer import write_project

__all__ = [
    "COST_SIZES",
    "SHAPES",
    "Measured",
    "errors",
    "fitted",
    "fitted_opening",
    "measure_costs",
    "measure_editor",
    "table_text",
    "winners_right",
]

COST_SIZES: tuple[tuple[int, ...], ...] = ((3, 8, 11), (8, 16, 4), (24, 24, 10), (64, 32, 10), (128, 32, 10))
SHAPES = ("loops", "inner", "flat", "literal", "shared", "packed")
UNBOUND = Budget(blocks=10**6, bytes=10**9)
PULL = 0.1
"""How strongly the fit is drawn towards the old table: a share of a program's error."""
FRESH_ENGINES = 3
"""Each program is measured in so many engines: where its code comes to lie in memory is chance, and the
same program takes up to a fifth longer in one engine than in the next. The quickest counts."""
LEAST = 0.4
"""No block costs less than this part of what it cost before; a fit may not make one free."""
FIRST_CROWD = 0.25
"""What crowding costs where no table says it yet, as a part of what an addition costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A program: the network's sizes, the shape, what it executes, and the nanoseconds that it takes."""

    sizes: tuple[int, ...]
    shape: str
    executed: Mapping[str, float]
    nanoseconds: float

    @property
    def blocks_executed(self) -> float:
        """How many blocks an answer executes."""
        return sum(times for key, times in self.executed.items() if ":" not in key and key != BLOCK)


def measure_costs(
    engine: str, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> list[Measured]:
    """Measure every shape in networks of five sizes; EngineError when a program answers wrongly."""
    found: list[Measured] = []
    for number, sizes in enumerate(COST_SIZES):
        found += _measured(engine, random_network(sizes), sizes)
        progress(number + 1, len(COST_SIZES))
    return found


def _measured(engine: str, trained: TrainedNetwork, sizes: tuple[int, ...]) -> list[Measured]:
    manifest = bench_manifest(trained)
    plans: dict[str, Plan] = {}
    for shape in SHAPES:
        try:
            plans[shape] = make_plan(trained.network, manifest, UNBOUND, shape=shape)
        except ProgramError:
            continue  # two neurons need not fit into one number
    forms = {shape: network(trained, manifest, plan) for shape, plan in plans.items()}
    questions = questions_for(trained.network, weight_count(trained))
    files = {shape: bench_project(form, manifest, questions) for shape, form in forms.items()}
    files[EMPTY] = bench_project(empty(forms["loops"]), manifest, questions)
    expected = trained.network.reference(questions[-1:])[0].tolist()
    turns = [quickest(engine, files, manifest, expected, len(questions)) for _ in range(FRESH_ENGINES)]
    seconds = {name: min(turn[name] for turn in turns) for name in files}
    return [
        Measured(
            sizes=sizes,
            shape=shape,
            executed=_executed(form, plans[shape]),
            nanoseconds=(seconds[shape] - seconds[EMPTY]) * 1e9,
        )
        for shape, form in forms.items()
    ]


def _executed(form: BenchProject, plan: Plan) -> Mapping[str, float]:
    """Return what an answer executes beyond an empty call, and how many blocks take part in it."""
    lengths = {step.target.names[0]: step.target.size for step in plan.steps}
    lengths |= {plan.inputs.names[0]: plan.inputs.size}
    found = dict(executed_by(form.calls, form.sprite, lengths))
    found[BLOCK] = float(count_blocks(form.sprite))
    for key in ("procedures_call", "procedures_definition"):
        found[key] -= 1
    return found


def fitted(measured: Sequence[Measured], table: CostTable) -> dict[str, float]:
    """Return nanoseconds by key that explain the measurements best, none below :data:`LEAST` of the old."""
    counts = [_with_crowd(each.executed) for each in measured]
    keys = sorted({key for each in counts for key in each})
    crowding = FIRST_CROWD * table.of("operator_add")
    old = np.array(
        [table.nanoseconds.get(key, crowding) if key in crowd(0) else table.of(key) for key in keys]
    )
    rows = np.array(
        [
            [each.get(key, 0.0) / one.nanoseconds for key in keys]
            for each, one in zip(counts, measured, strict=True)
        ]
    )
    scale = 1 / median(rows @ old)
    old = old * scale
    shares = rows * old  # what the old table explains of each program
    factors, free = np.ones(len(keys)), np.ones(len(keys), dtype=bool)
    while True:
        held = 1.0 - shares[:, ~free] @ factors[~free]
        count = int(free.sum())
        system = np.concatenate([shares[:, free], PULL * np.eye(count)])
        found = np.linalg.lstsq(system, np.concatenate([held, np.full(count, PULL)]), rcond=None)[0]
        factors[free] = np.maximum(found, LEAST)
        if (found >= LEAST).all():
            break
        free[np.flatnonzero(free)[found < LEAST]] = False
    # what none of the programs executes keeps its cost, on this machine
    found = {key: value * scale for key, value in table.nanoseconds.items()}
    found |= dict(zip(keys, (factors * old).tolist(), strict=True))
    return {key: float(f"{value:.4g}") for key, value in found.items()}


def _with_crowd(executed: Mapping[str, float]) -> dict[str, float]:
    return {key: times for key, times in executed.items() if key != BLOCK} | crowd(executed[BLOCK])


def errors(measured: Sequence[Measured], table: CostTable) -> list[float]:
    """Return predicted over measured for each program, scaled to this machine by their median."""
    ratios = [table.time(each.executed) / each.nanoseconds for each in measured]
    return [ratio / median(ratios) for ratio in ratios]


def winners_right(measured: Sequence[Measured], table: CostTable) -> tuple[int, int]:
    """Return in how many pairs of shapes of a network the table names the quicker one, and of how many.

    Pairs that differ by less than a twentieth are no contest.
    """
    right = total = 0
    for at, one in enumerate(measured):
        for other in measured[at + 1 :]:
            faster = min(one.nanoseconds, other.nanoseconds)
            if one.sizes != other.sizes or abs(one.nanoseconds - other.nanoseconds) < faster / 20:
                continue
            predicted = table.time(one.executed) < table.time(other.executed)
            right += predicted == (one.nanoseconds < other.nanoseconds)
            total += 1
    return right, total


def measure_editor() -> list[tuple[int, float]]:
    """Return blocks and the seconds in which the editor opens them, a small sprite before them.

    EngineError when the editor or Chromium is missing.
    """
    found: list[tuple[int, float]] = []
    with TemporaryDirectory() as folder, Editor() as editor:
        for sizes in COST_SIZES:
            trained = random_network(sizes)
            manifest = bench_manifest(trained)
            for shape in ("loops", "literal"):
                plan = make_plan(trained.network, manifest, UNBOUND, shape=shape)
                project = network(trained, manifest, plan).project
                small = replace(project.sprites[1], name="first", scripts=(), variables=(), lists=())
                path = Path(folder) / "opened.sb3"
                write_project(replace(project, sprites=(project.stage, small, project.sprites[1])), path)
                opening = editor.load(path)
                if not opening.loaded:
                    raise EngineError(f"it refuses a project: {opening.reason}", where="the editor")
                found.append((count_blocks(project.sprites[1]), opening.seconds))
    return found


def fitted_opening(openings: Sequence[tuple[int, float]]) -> dict[str, float]:
    """Return the seconds that opening takes in any case, and those of each block.

    >>> fitted_opening([(0, 0.5), (1000, 0.75), (2000, 1.0)])
    {'opening': 0.5, 'block': 0.00025}
    """
    blocks, seconds = np.array(openings, dtype=float).T
    slope, base = np.polyfit(blocks, seconds, 1).tolist()
    return {"opening": float(f"{base:.3g}"), "block": float(f"{slope:.3g}")}


def table_text(fits: Mapping[str, Mapping[str, float]]) -> str:
    """Return the table of costs as it stands in the repository."""
    lines = [
        "# What a block costs on each engine: nanoseconds each time it is executed; `block` for each block",
        "# that takes part in an answer, since code that does not fit into a processor's cache is slower.",
        "# `editor` has seconds: of opening any project, and of each block that is not in its first sprite.",
        "# Measured and written by `scratchgen bench costs --editor --write`.",
    ]
    for engine, costs in fits.items():
        lines += ["", f"[{engine}]"]
        lines += [f"{_toml_key(key)} = {value!r}" for key, value in sorted(costs.items())]
    return "\n".join(lines) + "\n"


def _toml_key(key: str) -> str:
    return f'"{key}"' if set("@:") & set(key) else key
