"""`scratchgen bench editor`: what a pupil waits for is measured, and is within what the project promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scratchgen.cli import measuring_projects, run_command_line
from scratchgen.evidence import editor_bench
from scratchgen.evidence.editor_bench import EditorTimes
from tests.engines.handmade import adder, sb3, target

SHIPPED = Path(__file__).parent.parent.parent / "out" / "colours.sb3"
ANSWER_FRAMES = 2


@pytest.mark.engine
def test_the_colour_project_answers_within_two_frames(
    editor_installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(editor_bench, "COLD", 1)
    monkeypatch.setattr(editor_bench, "WARM", 0)
    monkeypatch.setattr(editor_bench, "DRAGS", editor_bench.DRAGS[:4])
    assert run_command_line(["bench", "editor", str(SHIPPED), "--json"]) == 0
    times = json.loads(capsys.readouterr().out)
    assert times["bytes"] == SHIPPED.stat().st_size
    assert len(times["cold"]) == 1
    assert times["warm"] == []
    assert times["drawn"] == times["blocks"] > 100
    assert 1 <= times["response"]["answer"][1] <= ANSWER_FRAMES
    assert 1 <= times["response"]["picture"][1] <= ANSWER_FRAMES
    assert times["map"]["frames"] > 10  # not in one go, or nobody could move a slider meanwhile
    assert times["map"]["seconds"] > 0.3
    assert 20 < times["map"]["longest_gap"] < 1000 * times["map"]["seconds"]


def test_only_the_colour_project_is_used(tmp_path: Path) -> None:
    assert editor_bench._is_colours(SHIPPED)
    (tmp_path / "adder.sb3").write_bytes(adder())
    assert not editor_bench._is_colours(tmp_path / "adder.sb3")


@pytest.mark.parametrize(("warm", "words"), [((0.5, 0.44), "0.5 s, 0.4 s"), ((), "")])
def test_the_table_says_what_was_measured(
    warm: tuple[float, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    times = EditorTimes(bytes=12345, cold=(2.0,), warm=warm, blocks=20, drawn=19, response=None, map=None)
    monkeypatch.setattr(measuring_projects, "measure_in_editor", lambda file, progress: times)
    assert run_command_line(["bench", "editor", "cat.sb3"]) == 0
    out = capsys.readouterr().out
    assert "cat.sb3 in the official editor" in out
    for told in ("12,345 bytes", "2.0 s", "19 of 20", words):
        assert told in out
    assert "colour map" not in out


def test_a_file_that_is_none_costs_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.sb3").write_text("no archive", "utf-8")
    assert run_command_line(["bench", "editor", str(tmp_path / "text.sb3")]) == 2
    assert capsys.readouterr().err.count("error:") == 1


@pytest.mark.engine
def test_a_file_that_the_editor_refuses_costs_one_line(
    editor_installed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(editor_bench, "COLD", 1)
    (tmp_path / "bad.sb3").write_bytes(
        sb3(target("Stage", rotationStyle="sideways", tempo=60), target("Cat", rotationStyle="sideways"))
    )
    assert run_command_line(["bench", "editor", str(tmp_path / "bad.sb3")]) == 2
    assert "the editor refuses it" in capsys.readouterr().err
