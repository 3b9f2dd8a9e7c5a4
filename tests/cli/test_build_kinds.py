"""`build` writes the project that a weights file is for, and refuses in one line what does not fit."""

from pathlib import Path

import pytest

from scratchgen.cli import run_command_line
from scratchgen.codegen.languages import catalogue
from scratchgen.evidence.verify import read_claim
from scratchgen.resources import resource_folder
from scratchgen.scratch.program import all_blocks
from scratchgen.scratch.reader import read_project
from scratchgen.simulator import Simulator

FOLDER = resource_folder("trained_weights")
KINDS = {
    "digits_dense": ("digits", "Dense network"),
    "digits_convolutional": ("digits", "Convolutional network"),
    "words": ("words", "Network"),
    "colours": ("colours", "Network"),
}


@pytest.mark.parametrize(
    ("name", "style"),
    [
        (name, style)
        for name in KINDS
        for style in ("readable", "fast")
        if (name, style) != ("colours", "fast")
    ],
)
def test_the_weights_say_which_project_is_built(name: str, style: str, tmp_path: Path) -> None:
    path = tmp_path / "p.sb3"
    command = ["build", "--weights", str(FOLDER / f"{name}.json"), "--style", style, "--output", str(path)]
    assert run_command_line(command) == 0
    manifest = read_claim(path).manifest
    assert (manifest.kind, manifest.sprite) == KINDS[name]
    assert manifest.style == style
    row = [entry.low for entry in manifest.inputs[:-1]] + [1]
    [answer] = Simulator.load(path).ask(manifest, [row])
    assert len(answer.logits) == len(manifest.names)


@pytest.mark.parametrize("option", [["--explain"], ["--budget-blocks", "9"], ["--budget-bytes", "9"]])
def test_what_only_colours_have_is_refused(
    option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.sb3"
    command = ["build", "--weights", str(FOLDER / "words.json"), "--output", str(path), *option]
    assert run_command_line(command) == 2
    assert "are for networks that name colours" in " ".join(capsys.readouterr().err.split())
    assert not path.exists()


@pytest.mark.parametrize("name", ["digits_convolutional", "words"])
@pytest.mark.parametrize("style", ["readable", "fast"])
def test_scripts_speak_other_languages(name: str, style: str, tmp_path: Path) -> None:
    path = tmp_path / "p.sb3"
    command = ["build", "--weights", str(FOLDER / f"{name}.json"), "--style", style, "--output", str(path)]
    assert run_command_line([*command, "--language", "de"]) == 0
    project = read_project(path)
    comments = [
        block.comment.text
        for sprite in project.sprites
        for script in sprite.scripts
        for block in all_blocks(script.blocks)
        if block.comment
    ]
    english = [text.split("%")[0] for text in catalogue("de") if len(text.split("%")[0]) > 20]
    assert len(comments) > 8
    assert [text for text in comments if any(part in text for part in english)] == []
    assert read_claim(path).manifest.language == "de"


@pytest.mark.parametrize("name", ["digits_dense", "words"])
def test_the_simulators_bench_refuses_what_it_cannot_ask_all(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.sb3"
    assert run_command_line(["build", "--weights", str(FOLDER / f"{name}.json"), "--output", str(path)]) == 0
    assert run_command_line(["bench", "simulator", str(path)]) == 2
    assert "name a project that names colours" in " ".join(capsys.readouterr().err.split())
