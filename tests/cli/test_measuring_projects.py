"""The benches of projects take what they can measure."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scratchgen.cli import measuring_projects, run_command_line
from scratchgen.evidence.answer_bench import AnswerTimes

OUT = Path(__file__).parent.parent.parent / "out"


def test_answers_are_timed_of_all_projects_made_but_those_that_learn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    for name in ("colours.sb3", "teach.sb3"):
        shutil.copy(OUT / name, tmp_path / "out")
    monkeypatch.chdir(tmp_path)

    def measured(path: Path) -> Iterator[AnswerTimes]:
        yield AnswerTimes(project=path.name, network="Network", weights=1, bytes=1, milliseconds=0.5)

    monkeypatch.setattr(measuring_projects, "measure_answers", measured)
    assert run_command_line(["bench", "answers"]) == 0
    shown = capsys.readouterr().out
    assert "colours.sb3" in shown
    assert "teach.sb3" not in shown


def test_a_project_that_learns_is_refused_by_name() -> None:
    assert run_command_line(["bench", "answers", str(OUT / "teach.sb3")]) == 2
