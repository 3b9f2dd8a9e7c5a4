"""The project that learns: its blocks take the reference's steps, bit for bit, whatever pupils set."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

import pytest

from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.survey_examples import survey_examples
from scratchgen.engines.engine import Engine
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.projects.teach import EXAMPLE_LISTS, LEARNER, LEARNT_LISTS, teach_project
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.program import Value
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from scratchgen.training.in_scratch_order import Example, Learner, Settings

PROJECT = teach_project()
DATA = project_to_bytes(PROJECT)
SURVEY: list[Example] = [(*each.colour, BASIC_NAMES.index(each.name)) for each in survey_examples()]
SETTINGS = (
    Settings(),
    Settings(activation="tanh", seed=7),
    Settings(activation="sigmoid", momentum=0.9, learning_rate=0.1),
    Settings(hidden=(5, 4), seed=-3),
    Settings(hidden=(3, 6), activation="tanh"),
    Settings(learning_rate=1.0, momentum=0.99),
)


def set_up(machine: Engine | Simulator, settings: Settings) -> None:
    given: Mapping[str, Value] = {
        "learning rate": settings.learning_rate,
        "momentum": settings.momentum,
        "hidden units": settings.hidden[0],
        "hidden units 2": settings.hidden[1] if len(settings.hidden) > 1 else 0,
        "activation": settings.activation,
        "seed": settings.seed,
    }
    for name, value in given.items():
        machine.set_variable(name, value)


def tell(machine: Engine | Simulator, broadcast: str) -> None:
    assert machine.broadcast(broadcast)
    machine.run()


def learn(machine: Engine | Simulator, steps: int) -> None:
    machine.set_variable("steps to learn", steps)
    tell(machine, "learn steps")


def weights_of(machine: Engine | Simulator) -> dict[str, list[Value]]:
    return {name: machine.list_items(name, LEARNER) for name in LEARNT_LISTS}


def show(machine: Engine | Simulator, examples: list[tuple[Value, Value, Value, str]]) -> None:
    columns = list(zip(*examples, strict=True)) if examples else [()] * 4
    for name, column in zip(EXAMPLE_LISTS, columns, strict=True):
        machine.set_list(name, list(column))


class HasWeights(Protocol):
    def list_items(self, name: str, sprite: str | None = None) -> list[Value]: ...


def require_finite(machine: HasWeights) -> None:
    for name in LEARNT_LISTS:
        items = machine.list_items(name, LEARNER)
        assert all(isinstance(item, int | float) and math.isfinite(item) for item in items), name


def require_same_steps(machine: Engine | Simulator, settings: Settings, steps: int) -> None:
    set_up(machine, settings)
    tell(machine, "start with the survey")
    learn(machine, steps)
    reference = Learner(SURVEY, len(BASIC_NAMES), settings)
    reference.learn(steps)
    assert weights_of(machine) == reference.lists()
    assert machine.variable("step") == steps
    assert machine.list_items("losses") == [each.loss for each in reference.rounds]
    assert machine.list_items("accuracies") == [each.accuracy for each in reference.rounds]


def test_nothing_in_the_file_is_swallowed_by_the_editor() -> None:
    assert [str(each) for each in check_bytes(DATA) if each.severity == "error"] == []


@pytest.mark.parametrize("settings", SETTINGS)
def test_weights_are_the_references_in_the_simulator(settings: Settings) -> None:
    require_same_steps(Simulator(PROJECT), settings, 150)


@pytest.mark.engine
@pytest.mark.parametrize("settings", SETTINGS)
def test_weights_are_the_references_on_the_official_engine(
    official_engine: OfficialEngine, settings: Settings
) -> None:
    official_engine.load(DATA)
    require_same_steps(official_engine, settings, 150)


@pytest.mark.engine
@pytest.mark.parametrize("settings", SETTINGS)
def test_weights_are_the_references_on_turbowarp(
    turbowarp_engine: TurboWarpEngine, settings: Settings
) -> None:
    turbowarp_engine.load(DATA)
    require_same_steps(turbowarp_engine, settings, 150)


def test_a_colour_gets_the_references_name_and_logits() -> None:
    machine = Simulator(PROJECT)
    set_up(machine, Settings())
    tell(machine, "start with the survey")
    learn(machine, 500)
    reference = Learner(SURVEY, len(BASIC_NAMES), Settings())
    reference.learn(500)
    for red, green, blue in ((0, 0, 0), (255, 20, 20), (30, 60, 200), (90, 90, 90)):
        for name, value in zip(("red", "green", "blue"), (red, green, blue), strict=True):
            machine.set_variable(name, value)
        tell(machine, "name colour")
        assert machine.variable("name") == BASIC_NAMES[reference.name_of(red, green, blue)]
        assert machine.list_items("logits") == reference.forward(red, green, blue)[-1].tolist()


def test_the_same_seed_begins_alike_and_another_does_not() -> None:
    machine = Simulator(PROJECT)
    tell(machine, "start with the survey")
    begun = weights_of(machine)
    learn(machine, 30)
    assert weights_of(machine) != begun
    tell(machine, "forget")
    assert weights_of(machine) == begun
    tell(machine, "forget with another seed")
    assert machine.variable("seed") == 2
    assert weights_of(machine) != begun
