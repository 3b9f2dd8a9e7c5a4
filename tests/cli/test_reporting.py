"""`scratchgen report` writes a page whole or not at all, and its exit code is that of the verification."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scratchgen.cli import run_command_line
from scratchgen.scratch.reader import read_project
from scratchgen.scratch.writer import write_project


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table of the user's own, the network trained on it, and its project."""
    folder = tmp_path_factory.mktemp("own")
    rows = [f"{r},{r},{r},{'</td>dark' if r < 128 else 'bright'}" for r in range(0, 256, 3)]
    (folder / "my.csv").write_text("r,g,b,label\n" + "\n".join(rows), encoding="utf-8")
    quick = ["--epochs", "5", "--restarts", "1", "--hidden", "3"]
    weights, project = folder / "my.json", folder / "my.sb3"
    data = str(folder / "my.csv")
    assert run_command_line(["train", "--data", data, *quick, "--output", str(weights)]) == 0
    assert run_command_line(["build", "--weights", str(weights), "--output", str(project)]) == 0
    return folder


def test_a_report_on_ones_own_labels(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "new" / "page.html"
    arguments = [
        "report",
        str(trained / "my.sb3"),
        "--data",
        str(trained / "my.csv"),
        "--output",
        str(output),
    ]
    assert run_command_line(arguments) == 0
    out, err = capsys.readouterr()
    assert "all equal" in out
    assert out.splitlines()[-1] == f"{output}: {output.stat().st_size:,} bytes"
    assert err.splitlines() == ["asking my.sb3 on the Python simulator …", "drawing the page …"]
    page = output.read_text(encoding="utf-8")
    assert "&lt;/td&gt;dark" in page
    assert "</td>dark" not in page
    assert "rows kept aside" in page
    assert "It learnt for 5 epochs" in page
    assert str(tmp_path) not in page
    assert str(trained) not in page
    again = tmp_path / "again.html"
    assert run_command_line([*arguments[:-1], str(again)]) == 0
    assert again.read_bytes() == output.read_bytes()


def test_without_its_data_the_page_says_so(trained: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    assert run_command_line(["report", str(trained / "my.sb3"), "--output", str(output)]) == 0
    assert "trained on other data" in output.read_text(encoding="utf-8")


def test_other_data_cost_one_line_and_leave_no_page(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("r,g,b,label\n1,2,3,ink\n250,250,250,paper\n", encoding="utf-8")
    output = tmp_path / "page.html"
    arguments = ["report", str(trained / "my.sb3"), "--data", str(other), "--output", str(output)]
    assert run_command_line(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "error: the network was trained on other data; train it again\n"
    assert not output.exists()


def test_a_page_about_a_file_that_answers_otherwise_is_a_finding(trained: Path, tmp_path: Path) -> None:
    project = read_project(trained / "my.sb3")
    [names] = [each for each in project.stage.lists if each.name == "names"]
    other = replace(names, items=tuple(reversed(names.items)))
    lists = tuple(other if each is names else each for each in project.stage.lists)
    changed, output = tmp_path / "changed.sb3", tmp_path / "page.html"
    stage = replace(project.stage, lists=lists)
    write_project(replace(project, sprites=(stage, *project.sprites[1:])), changed)
    weights = ["--weights", str(trained / "my.json")]
    assert run_command_line(["report", str(changed), *weights, "--output", str(output)]) == 1
    assert "✗ not equal" in output.read_text(encoding="utf-8")


@pytest.mark.engine
def test_other_engines_are_asked_besides(
    trained: Path, tmp_path: Path, engines_installed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "page.html"
    engines = ["--engine", "scratch", "--engine", "simulator", "--engine", "scratch"]
    assert run_command_line(["report", str(trained / "my.sb3"), *engines, "--output", str(output)]) == 0
    simulator, official, _ = capsys.readouterr().out.splitlines()
    assert "the Python simulator: all equal" in simulator
    assert "the official engine: all equal" in official
    page = output.read_text(encoding="utf-8")
    assert page.count("✓ all equal") == 2
    assert "the official engine" in page


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["report", "--help"]) == 0
    assert "Example: scratchgen report" in capsys.readouterr().out
    assert run_command_line(["report", "--engine", "abacus"]) == 2


def test_other_commands_do_not_wait_for_the_plots() -> None:
    code = "import sys, scratchgen.cli; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
