"""The project that learns: its blocks take the reference's steps, bit for bit, whatever pupils set."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest

from scratchgen.cli import run_command_line
from scratchgen.colours.names import BASIC_NAMES
from scratchgen.colours.survey_examples import survey_examples, survey_tests
from scratchgen.engines.engine import Engine
from scratchgen.engines.official import OfficialEngine
from scratchgen.engines.turbowarp import TurboWarpEngine
from scratchgen.evidence.teach_bench import measure_teaching
from scratchgen.evidence.verify_learning import learning_manifest_of
from scratchgen.networks.weights import read_weights
from scratchgen.projects.teach import EXAMPLE_LISTS, LEARNER, LEARNT_LISTS, teach_project
from scratchgen.scratch.linter import check_bytes
from scratchgen.scratch.parser import parse_project
from scratchgen.scratch.printer import print_project
from scratchgen.scratch.program import Project, Value
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.in_scratch_order import Example, Learner, Settings

PROJECT = teach_project()
DATA = project_to_bytes(PROJECT)
STEPS = 2000 if os.environ.get("SCRATCHGEN_EXACT") == "full" else 150
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
    if isinstance(machine, Simulator):
        machine.run(seconds=0.2)  # the stage, once begun, is never done
    else:
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


def test_what_was_learned_becomes_a_colour_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Simulator(PROJECT, fast=False)
    set_up(machine, Settings(hidden=(6, 5)))
    tell(machine, "start with the survey")
    machine.set_list("names", ["night" if name == "black" else name for name in BASIC_NAMES])
    learn(machine, 300)
    saved = tmp_path / "saved.sb3"
    saved.write_bytes(project_to_bytes(with_lists(machine)))
    assert run_command_line(["export-examples", str(saved)]) == 0
    rows = saved.with_suffix(".csv").read_text().splitlines()
    assert rows[:2] == ["r,g,b,label", "0,0,0,black"]
    assert len(rows) == 111
    built = tmp_path / "built.sb3"
    given = ["build", "--weights", str(saved.with_suffix(".json")), "--output", str(built)]
    assert run_command_line(given) == 0
    trained = read_weights(saved.with_suffix(".json"))
    assert trained.names[0] == "night"
    network = FloatNetwork.from_json(trained.training["float_network"])
    colours = np.array([[red, 255 - red, 40] for red in range(0, 256, 15)])
    assert network.sizes == (3, 6, 5, 11)
    # the file keeps every weight; numpy's products of matrices add up in another order than the blocks
    reference = [[float(item) for item in logits_of(machine, *colour)] for colour in colours.tolist()]
    np.testing.assert_allclose(network.logits(colours), reference, atol=1e-9)


def test_exporting_a_project_without_examples_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "teach.sb3"
    file.write_bytes(DATA)
    assert run_command_line(["export-examples", str(file)]) == 2
    assert run_command_line(["export-examples", "out/colours.sb3"]) == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["teach.sb3"]


def logits_of(machine: Simulator, red: int, green: int, blue: int) -> list[Value]:
    for name, value in zip(("red", "green", "blue"), (red, green, blue), strict=True):
        machine.set_variable(name, value)
    tell(machine, "name colour")
    return machine.list_items("logits")


def with_variables(project: Project, values: Mapping[str, Value]) -> Project:
    stage = project.stage
    changed = tuple(replace(each, value=values.get(each.name, each.value)) for each in stage.variables)
    return replace(project, sprites=(replace(stage, variables=changed), *project.sprites[1:]))


def with_stage_lists(project: Project, values: Mapping[str, Sequence[Value]]) -> Project:
    stage = project.stage
    changed = tuple(replace(each, items=tuple(values.get(each.name, each.items))) for each in stage.lists)
    return replace(project, sprites=(replace(stage, lists=changed), *project.sprites[1:]))


@pytest.fixture(scope="module")
def taught() -> Project:
    """A project that has learnt two names of two examples."""
    machine = Simulator(PROJECT, fast=False)
    show(machine, [("200.5", 0x10, 300, "warm"), (1, 2, 3, "cold")])
    learn(machine, 20)
    return with_lists(machine)


def test_examples_come_out_as_the_table_that_train_reads(taught: Project, tmp_path: Path) -> None:
    file = tmp_path / "t.sb3"
    file.write_bytes(project_to_bytes(taught))
    assert run_command_line(["export-examples", str(file)]) == 0
    assert file.with_suffix(".csv").read_text() == "r,g,b,label\n201,16,255,warm\n1,2,3,cold\n"
    built = ["build", "--weights", str(file.with_suffix(".json")), "--output", str(tmp_path / "two.sb3")]
    assert run_command_line(built) == 0
    assert run_command_line(["verify", str(tmp_path / "two.sb3"), "--weights", built[2]]) == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"names": ["warm", "cold", "new"]}, "was not learnt with 3 names"),
        ({"names": ["warm"]}, "its list of names holds 1"),
        ({"names": ["warm", "Warm"]}, "one word"),
        ({"example red": [1]}, "not equally long"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(
    taught: Project,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changed: Mapping[str, Sequence[Value]],
    said: str,
) -> None:
    file = tmp_path / "t.sb3"
    file.write_bytes(project_to_bytes(with_stage_lists(taught, changed)))
    assert run_command_line(["export-examples", str(file)]) == 2
    assert said in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["t.sb3"]


def with_lists(machine: Simulator) -> Project:
    """The project with the machine's lists, as the editor would save it."""
    return replace(
        PROJECT,
        sprites=tuple(
            replace(
                sprite,
                lists=tuple(
                    replace(each, items=tuple(machine.list_items(each.name, sprite.name)))
                    for each in sprite.lists
                ),
            )
            for sprite in PROJECT.sprites
        ),
    )


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
