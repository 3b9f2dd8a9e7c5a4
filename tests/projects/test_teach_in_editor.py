"""Pupils teach a network three names of their own in the official editor, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scratchgen.codegen.templates import template_value
from scratchgen.engines.editor import Editor
from scratchgen.engines.schema import schema_check
from scratchgen.projects.learnt import read_learnt
from scratchgen.projects.teach import EXAMPLE_LISTS, LEARNER, LEARNT_LISTS, teach_project
from scratchgen.scratch.writer import project_to_bytes
from scratchgen.training.in_scratch_order import Learner, Settings

SCREENSHOTS = Path(__file__).parent.parent.parent / "out" / "screenshots"
TRACK = template_value("teach/places.txt", "track")
ROWS = template_value("teach/places.txt", "rows")
BUTTONS = {button["sprite"]: button for button in template_value("teach/places.txt", "buttons")}
LESSON = {
    "sunny": [(250, 200, 20), (255, 160, 0), (240, 230, 90)],
    "frosty": [(180, 220, 255), (120, 180, 250), (220, 240, 255)],
    "swampy": [(60, 70, 20), (30, 60, 30), (90, 80, 30)],
}
QUESTIONS = {"sunny": (252, 190, 40), "frosty": (160, 205, 253), "swampy": (50, 66, 26)}
SETTLED = 6
"""Frames in which all that follows from a key or a click has happened."""
pytestmark = pytest.mark.engine


@pytest.fixture
def editor(editor_installed: Path, tmp_path: Path) -> Iterator[Editor]:
    with Editor() as opened:
        yield opened
        assert opened.troubles() == ([], [])


def stage(editor: Editor) -> dict[str, Any]:
    found: dict[str, Any] = editor.state()["Stage"]
    return found


def press(editor: Editor, key: str) -> None:
    editor.press_key(key)
    editor.wait_frames(SETTLED)


def click_button(editor: Editor, sprite: str) -> None:
    editor.click((BUTTONS[sprite]["x"], BUTTONS[sprite]["y"]))
    editor.wait_frames(SETTLED)


def answer(editor: Editor, text: str) -> None:
    editor.answer(text)
    editor.wait_frames(SETTLED)


def choose(editor: Editor, row: int) -> None:
    pitch = (ROWS["top"] - ROWS["bottom"]) / ROWS["fewest"]
    editor.click((ROWS["left"] + 25, ROWS["top"] - (row - 0.5) * pitch))
    editor.wait_frames(SETTLED)


def show(editor: Editor, colour: tuple[int, int, int]) -> None:
    for value, y in zip(colour, TRACK["rows"], strict=True):
        editor.drag([(TRACK["left"] + value, y), (TRACK["left"] + value, y + 2)])
        editor.wait_frames(2)
    editor.wait_frames(SETTLED)
    now = stage(editor)["variables"]
    assert [now[name] for name in ("red", "green", "blue")] == [str(value) for value in colour]


def learnt_texts(editor: Editor) -> dict[str, list[str]]:
    lists = editor.state()[LEARNER]["lists"]
    return {name: lists[name] for name in LEARNT_LISTS}


def test_three_invented_names_are_taught_kept_and_found_again(editor: Editor, tmp_path: Path) -> None:
    project, saved = tmp_path / "teach.sb3", tmp_path / "saved.sb3"
    project.write_bytes(project_to_bytes(teach_project()))
    assert editor.load(project).loaded
    assert [one.missing for one in editor.drawn() if one.missing] == []
    editor.click_flag()
    editor.wait_frames(SETTLED)

    press(editor, "r")  # the first two names get other words, the third one is new
    answer(editor, "sunny")
    press(editor, "ArrowDown")
    click_button(editor, "Rename")
    answer(editor, "frosty")
    click_button(editor, "New name")
    answer(editor, "swampy")
    assert stage(editor)["lists"]["names"] == list(LESSON)

    for row, colours in enumerate(LESSON.values(), start=1):
        choose(editor, row)
        for number, colour in enumerate(colours):
            show(editor, colour)
            if number:
                press(editor, "Space")
            else:
                click_button(editor, "This is it")
    lists = stage(editor)["lists"]
    given = list(zip(*(lists[name] for name in EXAMPLE_LISTS), strict=True))
    assert given == [(*map(str, colour), name) for name, colours in LESSON.items() for colour in colours]

    click_button(editor, "Learn")
    assert editor.wait_until("accuracy", "1", max_frames=900)
    editor.wait_frames(60)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    editor.screenshot(SCREENSHOTS / "teach.png", "stage")
    press(editor, "l")
    assert stage(editor)["variables"]["learning"] == "0"
    for name, colour in QUESTIONS.items():
        show(editor, colour)
        assert stage(editor)["variables"]["name"] == name
    weights, taken = learnt_texts(editor), int(stage(editor)["variables"]["steps learned"])

    # numpy, from the same examples, has the same weights after as many steps
    reference = Learner(
        [(*colour, number) for number, each in enumerate(LESSON.values()) for colour in each],
        len(LESSON),
        Settings(),
    )
    reference.learn(taken)
    assert {name: list(map(float, items)) for name, items in weights.items()} == reference.lists()

    editor.save(saved)
    assert editor.load(saved).loaded
    assert learnt_texts(editor) == weights
    editor.click_flag()
    editor.wait_frames(SETTLED)
    for name, colour in QUESTIONS.items():
        show(editor, colour)
        assert stage(editor)["variables"]["name"] == name
    assert learnt_texts(editor) == weights

    [verdict] = schema_check([saved])
    assert verdict.valid, verdict.reason
    learnt = read_learnt(saved)
    assert learnt.names == tuple(LESSON)
    assert [(each.colour, each.name) for each in learnt.examples] == [
        (colour, name) for name, colours in LESSON.items() for colour in colours
    ]


def test_stop_and_flag_in_the_middle_lose_nothing(editor: Editor, tmp_path: Path) -> None:
    project = tmp_path / "teach.sb3"
    project.write_bytes(project_to_bytes(teach_project()))
    assert editor.load(project).loaded
    editor.click_flag()
    editor.click_flag()
    editor.wait_frames(SETTLED)
    press(editor, "l")
    assert "nothing to learn from" in stage(editor)["variables"]["message"]
    press(editor, "t")
    click_button(editor, "Survey")
    press(editor, "l")
    editor.wait_frames(30)
    editor.click_stop()
    editor.wait_frames(2)
    steps, weights = stage(editor)["variables"]["steps learned"], learnt_texts(editor)
    assert int(steps) > 0
    editor.click_flag()
    editor.wait_frames(SETTLED)
    now = stage(editor)["variables"]
    assert (now["steps learned"], now["learning"], now["page"]) == (steps, "0", "1")
    assert learnt_texts(editor) == weights
    click_button(editor, "Learn")
    assert int(stage(editor)["variables"]["steps learned"]) > int(steps)
    click_button(editor, "Forget")
    editor.click_stop()
