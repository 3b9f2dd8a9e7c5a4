"""The project in the official editor: it opens, every block is drawn, and what is saved is the same."""

from pathlib import Path

import pytest

from scratchgen.cli import run_command_line
from scratchgen.engines.editor import open_in_editor
from scratchgen.engines.schema import schema_check
from scratchgen.evidence.verify import read_claim, verify_claim
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_file
from scratchgen.simulator import Simulator

SHIPPED = Path(__file__).parent.parent.parent / "out" / "colours.sb3"
WEIGHTS = resource_folder("trained_weights") / "colours.json"
pytestmark = pytest.mark.engine


@pytest.fixture(scope="module", params=["readable", "fast"])
def project(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    path = tmp_path_factory.mktemp(request.param) / "colours.sb3"
    assert run_command_line(["build", "--style", request.param, "--output", str(path)]) == 0
    return path


def test_the_official_schema_check_takes_it(project: Path, engines_installed: Path) -> None:
    [verdict] = schema_check([project])
    assert verdict.valid, verdict.reason


def test_the_editor_draws_every_block_runs_it_and_saves_it_unharmed(
    project: Path, tmp_path: Path, editor_installed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    [report] = open_in_editor([project], save_to=saved)
    assert report.problems == []
    assert {one.sprite: one.blocks for one in report.drawn}["Network"] > 100
    simulator = Simulator.load(project)
    simulator.click_flag()
    assert simulator.run()
    assert [bubble.text for bubble in report.says] == [say.text for say in simulator.says]
    assert report.state == simulator.state()

    # what the editor saved answers as the reference does, and so does what our text makes of it
    file = saved / "colours.sb3"
    assert [finding for finding in check_file(file) if finding.severity == "error"] == []
    assert run_command_line(["text", str(file), "-o", str(tmp_path / "saved.txt")]) == 0
    assert run_command_line(["compile", str(tmp_path / "saved.txt"), "-o", str(tmp_path / "again.sb3")]) == 0
    for path in (file, tmp_path / "again.sb3"):
        claim = read_claim(path, weights=WEIGHTS)
        assert verify_claim(claim, Simulator.load(path), engine_name="s").mismatches == ()
