"""What pupils taught comes out of a saved project: examples as a table, the network as a colour project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from scratchgen.cli import run_command_line
from scratchgen.colours.names import BASIC_NAMES
from scratchgen.networks.weights import read_weights
from scratchgen.scratch.program import Project, Value
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.simulator import Simulator
from scratchgen.training.float_network import FloatNetwork
from scratchgen.training.in_scratch_order import Settings
from tests.projects.teaching import (
    DATA,
    PROJECT,
    learn,
    set_up,
    show,
    tell,
    with_lists,
    with_stage_lists,
)


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
