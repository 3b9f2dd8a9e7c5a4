"""The word project on stage: a typed name is read letter by letter, and the field shows the last guess."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import matplotlib.image
import numpy as np
import pytest

from scratchgen.engines.editor import Editor
from scratchgen.engines.official import OfficialEngine
from scratchgen.evidence.verify import answers_to
from scratchgen.networks.weights import read_weights
from scratchgen.projects.build import build_project
from scratchgen.projects.words import words_manifest, words_project
from scratchgen.resources import resource_folder
from scratchgen.scratch.linter import check_file
from scratchgen.words.letters import letter_numbers

TRAINED = read_weights(resource_folder("trained_weights") / "words.json")
SCREENSHOTS = Path(__file__).parent.parent.parent / "out" / "screenshots"
pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "words.sb3"
    assert build_project(words_project(TRAINED), path) < 250_000
    return path


@pytest.fixture(scope="module")
def running(project: Path, engines_installed: Path) -> Iterator[OfficialEngine]:
    with OfficialEngine(drawn=True) as engine:
        engine.load(project)
        engine.click_flag()
        engine.step(5)
        yield engine


def guess(name: str) -> float:
    """The reference's last guess, as one number."""
    rows = np.array([[number, int(at == 0)] for at, number in enumerate(letter_numbers(name))])
    return float(str(answers_to(TRAINED.network, words_manifest(TRAINED), rows)[-1].answer))


def test_the_check_finds_nothing(project: Path) -> None:
    assert check_file(project) == []


@pytest.mark.parametrize(
    ("name", "unknown"),
    [("dusty rose", ""), ("Teal", ""), ("b", ""), ("Céladon 3", "é3"), ("sea foam green-blue / grey", "-")],
)
def test_a_typed_name_is_read_to_its_end(running: OfficialEngine, name: str, unknown: str) -> None:
    assert running.is_asking
    running.answer(name)
    for _ in range(600):
        running.step(1)
        if running.is_asking:
            break
    assert running.is_asking
    assert running.variable("unknown letters") == unknown
    assert float(str(running.variable("colour"))) == guess(name)
    shown = [sprite for sprite in running.sprites() if sprite.name == "Letter" and sprite.visible]
    assert len(shown) == len(name)


def test_a_name_without_letters_and_a_very_long_one_do_no_harm(running: OfficialEngine) -> None:
    for name, letters in (("", 0), ("a" * 60, 40)):
        running.answer(name)
        running.step(500)
        assert running.is_asking
        assert running.variable("read so far") == letters


def test_a_name_is_typed_in_the_editor_and_the_field_turns(project: Path, editor_installed: Path) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with Editor() as editor:
        assert editor.load(project).loaded
        assert [one.missing for one in editor.drawn() if one.missing] == []
        editor.click_flag()
        editor.answer("dusty rose")
        editor.wait_frames(130)
        editor.screenshot(SCREENSHOTS / "words.png", "stage")
        assert editor.troubles() == ([], [])
    image = (matplotlib.image.imread(SCREENSHOTS / "words.png")[:, :, :3] * 255).round().astype(int)
    number = int(guess("dusty rose"))
    wanted = [number >> 16, number >> 8 & 255, number & 255]
    # the engine keeps a pen's hue, saturation and brightness, which may be one off in each channel
    assert np.abs(image[180, 240] - wanted).max() <= 1
