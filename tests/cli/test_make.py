"""`make` makes what there is in a language and a style, and says what is left out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scratchgen.cli import making, run_command_line
from scratchgen.cli.making import Kind, Style

EVERY = [Kind.COLOURS, Kind.DIGITS, Kind.WORDS, Kind.TEACH]


@pytest.mark.parametrize(
    ("options", "made"),
    [([], EVERY), (["--language", "de"], EVERY), (["--style", "fast"], EVERY[:3])],
)
def test_what_is_not_there_in_a_language_or_style_is_left_out(
    options: list[str], made: list[Kind], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found: list[Kind] = []

    def maker(kind: Kind) -> Callable[[int | None, Style, str], None]:
        return lambda seed, style, language: found.append(kind)

    makers = {kind: maker(kind) for kind in EVERY}
    monkeypatch.setattr(making, "MAKERS", {**making.MAKERS, **makers})
    assert run_command_line(["make", "all", *options]) == 0
    assert found == made
    assert ("is left out" in capsys.readouterr().err) == (made != EVERY)


def test_make_teach_writes_a_project_that_is_proven_to_learn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for option in (["--language", "xx"], ["--style", "fast"]):
        assert run_command_line(["make", "teach", *option]) == 2
        assert list(tmp_path.iterdir()) == []
    capsys.readouterr()
    assert run_command_line(["make", "teach"]) == 0
    assert "131 weights and biases after 2,000 steps" in capsys.readouterr().out
    first = (tmp_path / "out" / "teach.sb3").read_bytes()
    assert run_command_line(["make", "teach"]) == 0
    assert (tmp_path / "out" / "teach.sb3").read_bytes() == first
    assert run_command_line(["make", "teach", "--language", "de"]) == 0
    assert (tmp_path / "out" / "teach.sb3").read_bytes() != first
