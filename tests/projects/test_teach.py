"""The project that learns: its blocks take the reference's steps, bit for bit, whatever pupils set."""

from __future__ import annotations

import math
import os
from itertools import product
from pathlib import Path
from typing import Protocol

import pytest

from scratchgen.cli import run_command_line
from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.survey_examples import survey_tests
from scratchgen.engines.engine import Engine
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.evidence.teach_bench import measure_teaching
from scratchgen.evidence.verify_learning import learning_manifest_of
from scratchgen.projects.teach import LEARNER, LEARNT_LISTS
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.printer import print_project
from scratchgen.scratch.program import Value
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from scratchgen.training.in_scratch_order import Learner, Settings
from tests.projects.teaching import (
    DATA,
    PROJECT,
    SURVEY,
    learn,
    set_up,
    show,
    tell,
    weights_of,
    with_variables,
)

STEPS = 2000 if os.environ.get("SCRATCHGEN_EXACT") == "full" else 150
SETTINGS = (
    Settings(),
    Settings(activation="tanh", seed=7),
    Settings(activation="sigmoid", momentum=0.9, learning_rate=0.1),
    Settings(hidden=(5, 4), seed=-3),
    Settings(hidden=(3, 6), activation="tanh"),
    Settings(learning_rate=1.0, momentum=0.99),
)


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
    assert machine.variable("steps learned") == steps
    assert machine.list_items("losses") == [each.loss for each in reference.rounds]
    assert machine.list_items("accuracies") == [each.accuracy for each in reference.rounds]


def test_nothing_in_the_file_is_swallowed_by_the_editor() -> None:
    assert [str(each) for each in check_bytes(DATA) if each.severity == "error"] == []


@pytest.mark.parametrize("settings", SETTINGS)
def test_weights_are_the_references_in_the_simulator(settings: Settings) -> None:
    require_same_steps(Simulator(PROJECT, fast=False), settings, STEPS)


def test_weights_are_the_references_where_the_simulator_compiles_whole_stretches() -> None:
    require_same_steps(Simulator(PROJECT), Settings(), STEPS)


@pytest.mark.engine
@pytest.mark.parametrize("settings", SETTINGS)
def test_weights_are_the_references_on_the_official_engine(
    official_engine: OfficialEngine, settings: Settings
) -> None:
    official_engine.load(DATA)
    require_same_steps(official_engine, settings, STEPS)


@pytest.mark.engine
@pytest.mark.parametrize("settings", SETTINGS)
def test_weights_are_the_references_on_turbowarp(
    turbowarp_engine: TurboWarpEngine, settings: Settings
) -> None:
    turbowarp_engine.load(DATA)
    require_same_steps(turbowarp_engine, settings, STEPS)


def test_a_colour_gets_the_references_name_and_logits() -> None:
    machine = Simulator(PROJECT, fast=False)
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
    machine = Simulator(PROJECT, fast=False)
    tell(machine, "start with the survey")
    begun = weights_of(machine)
    learn(machine, 30)
    assert weights_of(machine) != begun
    tell(machine, "forget")
    assert weights_of(machine) == begun
    tell(machine, "forget with another seed")
    assert machine.variable("seed") == 2
    assert weights_of(machine) != begun


def live(machine: Simulator, frames: int = 5) -> None:
    machine.broadcast("learn")
    machine.step(frames)


def started() -> Simulator:
    machine = Simulator(PROJECT, fast=False)
    machine.click_flag()
    machine.step(3)
    return machine


def test_without_an_example_it_says_so_and_stops() -> None:
    machine = started()
    live(machine)
    assert machine.variable("learning") == 0
    assert "nothing to learn from" in str(machine.variable("message"))


@pytest.mark.parametrize("names", [[], ["warm"], [f"name {number}" for number in range(13)]])
def test_too_few_or_too_many_names_are_refused_in_words(names: list[Value]) -> None:
    machine = started()
    show(machine, [(1, 2, 3, "warm")])
    machine.set_list("names", names)
    live(machine)
    assert machine.variable("learning") == 0
    assert "2 to 12 names" in str(machine.variable("message"))
    tell(machine, "name colour")
    assert machine.variable("name") == ""


def test_examples_of_one_name_are_learned_and_commented_on() -> None:
    machine = started()
    show(machine, [(200, 10, 10, "warm"), (220, 60, 10, "warm")])
    live(machine)
    assert machine.variable("learning") == 1
    assert "same name" in str(machine.variable("message"))
    require_finite(machine)


def test_contradictory_examples_end_undecided() -> None:
    machine = started()
    show(machine, [(100, 100, 100, "warm"), (100, 100, 100, "cold")])
    machine.set_variable("learning rate", 1)
    machine.set_variable("momentum", 5)
    learn(machine, 400)
    require_finite(machine)
    assert "loss" in machine.state()["Stage"]["variables"]


WILD: tuple[Value, ...] = (1e308, math.inf, -math.inf, -1e308, math.nan, "abc", "")


def test_wild_settings_and_examples_never_make_a_number_that_is_none() -> None:
    machine = started()  # one for all, since it takes longer to load than to learn
    for activation, wild in product(("ReLU", "tanh", "sigmoid", "nonsense"), WILD):
        show(
            machine,
            [(wild, 3, 4, "warm"), (5, wild, 200, "cold"), (9, 9, wild, "warm"), (wild, 0, 0, "gone")],
        )
        for name in ("learning rate", "momentum", "hidden units", "hidden units 2", "seed", "red"):
            machine.set_variable(name, wild)
        machine.set_variable("activation", activation)
        tell(machine, "forget")
        learn(machine, 20)
        require_finite(machine)
        tell(machine, "name colour")
        assert machine.variable("name") in ("warm", "cold")


def test_five_hundred_examples_are_learned() -> None:
    machine = started()
    show(machine, [(n % 256, 7 * n % 256, 3 * n % 256, "warm" if n % 2 else "cold") for n in range(500)])
    learn(machine, 501)
    assert machine.list_items("losses") != []
    require_finite(machine)


def test_names_and_examples_may_change_while_it_learns() -> None:
    machine = started()
    tell(machine, "start with the survey")
    live(machine)
    machine.set_list("names", ["red", "green", "a new one"])
    machine.step(5)
    assert machine.variable("learning") == 1
    assert len(machine.list_items("biases", LEARNER)) == 8 + 3
    machine.set_list("names", ["other", "names", "altogether"])
    machine.step(5)
    assert machine.variable("learning") == 0, "no example bears these"
    show(machine, [(1, 2, 3, "other"), (200, 2, 3, "names")])
    live(machine)
    show(machine, [])
    machine.step(5)
    assert machine.variable("learning") == 0
    assert "nothing to learn from" in str(machine.variable("message"))
    require_finite(machine)


def test_it_stops_when_told_keeps_what_it_learned_and_goes_on_from_there() -> None:
    machine = started()
    tell(machine, "start with the survey")
    live(machine)
    machine.broadcast("stop learning")
    machine.step(2)
    assert machine.variable("learning") == 0
    steps, kept = machine.variable("steps learned"), weights_of(machine)
    assert isinstance(steps, float)
    assert steps > 0
    machine.click_flag()
    machine.click_flag()
    machine.step(10)
    assert (machine.variable("steps learned"), weights_of(machine)) == (steps, kept)
    live(machine)
    machine.click_stop()
    machine.click_flag()
    machine.step(10)
    assert machine.variable("learning") == 0
    goes_on = machine.variable("steps learned")
    assert isinstance(goes_on, float)
    assert goes_on > steps
    require_finite(machine)


def test_verify_proves_the_steps_and_finds_a_changed_block(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "teach.sb3"
    file.write_bytes(DATA)
    assert run_command_line(["verify", str(file), "--steps", "120"]) == 0
    assert "131 weights and biases after 120 steps" in capsys.readouterr().out
    text = print_project(PROJECT)
    changed = text.replace("change [loss sum v]", "change [blame v]").replace("(48271)", "(48273)")
    assert changed != text
    file.write_bytes(project_to_bytes(parse_project(changed)))
    assert run_command_line(["verify", str(file), "--steps", "5"]) == 1
    assert run_command_line(["verify", str(file), "--count", "5"]) == 2
    assert run_command_line(["verify", "out/colours.sb3", "--steps", "5"]) == 2
    capsys.readouterr()
    assert run_command_line(["name", "red", "--project", str(file)]) == 2
    assert "a project that learns" in capsys.readouterr().err


def test_verify_keeps_odd_settings_within_the_limits_as_the_blocks_do(tmp_path: Path) -> None:
    file = tmp_path / "teach.sb3"
    odd: dict[str, Value] = {
        "learning rate": "7",
        "momentum": -1,
        "hidden units": 2.5,
        "hidden units 2": "two",
        "seed": 1e300,
    }
    file.write_bytes(project_to_bytes(with_variables(PROJECT, odd | {"activation": "TANH"})))
    assert run_command_line(["verify", str(file), "--steps", "30"]) == 0


def test_the_survey_is_learned_and_other_names_of_it_are_recognised() -> None:
    learner = Learner(SURVEY, len(BASIC_NAMES), Settings())
    learner.learn(181 * len(SURVEY))
    assert max(each.accuracy for each in learner.rounds) >= 0.95
    others = survey_tests()
    right = sum(BASIC_NAMES[learner.name_of(*each.colour)] == each.name for each in others)
    assert right / len(others) >= 0.9


@pytest.mark.engine
def test_no_frame_is_longer_than_the_issue_allows(engines_installed: Path, tmp_path: Path) -> None:
    file = tmp_path / "teach.sb3"
    file.write_bytes(DATA)
    manifest = learning_manifest_of(file)
    assert manifest is not None
    # by the real clock, so what else the machine does may spoil one measurement, but not each of three
    speeds = (measure_teaching(file, manifest, steps=500, live_seconds=2) for _ in range(3))
    assert any(each.longest_frame < 0.5 and each.work > 0 and each.live > 0 for each in speeds)
